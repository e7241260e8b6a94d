-- serves: 7
-- Who answers for what: the offices and officers that agencies declare, and groups and experts who agreed to be found.

-- An office of an agency and its officer. role: officer (of open government) or office. topics, areas: one in a line.
-- name: of the officer; may be empty. retired_at: it no longer stands in the directory.
CREATE TABLE contact (
  id TEXT NOT NULL PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL,
  office TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  phone TEXT NOT NULL,
  mail TEXT NOT NULL,
  topics TEXT NOT NULL,
  areas TEXT NOT NULL,
  created_at {INT} NOT NULL,
  changed_at {INT} NOT NULL,
  confirmed_at {INT} NOT NULL,
  retired_at {INT}
) {STRICT};
CREATE INDEX contact_organisation ON contact (organisation, retired_at);

-- A group or a person who agreed to be found for topics, by an own account. consent_at: when they agreed; withdrawing
-- deletes the row.
CREATE TABLE expert (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  introduction TEXT NOT NULL,
  topics TEXT NOT NULL,
  areas TEXT NOT NULL,
  web TEXT NOT NULL,
  consent_at {INT} NOT NULL,
  changed_at {INT} NOT NULL
) {STRICT};
