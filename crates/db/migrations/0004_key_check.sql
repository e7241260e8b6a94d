-- One row (id 1): a digest of the site's keys, so that a server with other keys refuses to start.

CREATE TABLE key_check (
  id {INT} NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL
) {STRICT};
