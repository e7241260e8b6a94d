-- The transparency log: every line of the change feed is a leaf (position p is leaf p-1); tiles lie in the blob store.

-- Of what is not public: the salted digest of its event, 64 hexadecimal digits, which alone stands in the log.
ALTER TABLE inbox ADD COLUMN commitment TEXT;
ALTER TABLE change ADD COLUMN commitment TEXT;
CREATE INDEX change_at ON change (at);

-- One row (id 1): how far the tree has been built and signed. The fence of all who sign. root: 64 hexadecimal digits.
CREATE TABLE log_tree (
  id {INT} NOT NULL PRIMARY KEY,
  origin TEXT NOT NULL,
  size {INT} NOT NULL,
  root TEXT NOT NULL,
  signed_at {INT} NOT NULL
) {STRICT};

-- Keys that have signed, by their verifier keys (C2SP signed-note). first_size: of the first checkpoint under it;
-- last_size: of the last one, none while it signs. lost: it could not sign its own end.
CREATE TABLE log_key (
  vkey TEXT NOT NULL PRIMARY KEY,
  first_size {INT} NOT NULL,
  last_size {INT},
  lost {INT} NOT NULL,
  created_at {INT} NOT NULL
) {STRICT};

-- Signed checkpoints. note: as it was signed, without cosignatures.
CREATE TABLE log_checkpoint (
  size {INT} NOT NULL PRIMARY KEY,
  root TEXT NOT NULL,
  signed_at {INT} NOT NULL,
  note TEXT NOT NULL
) {STRICT};
CREATE INDEX log_checkpoint_at ON log_checkpoint (signed_at);

-- What witnesses signed beside us. line: the signature line of the note. at: the time the witness states.
CREATE TABLE log_cosignature (
  size {INT} NOT NULL,
  witness TEXT NOT NULL,
  at {INT} NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (size, witness)
) {STRICT};
CREATE INDEX log_cosignature_witness ON log_cosignature (witness, size);

-- How each witness is doing. witness: the name of its key. size: the last that it cosigned, 0 before. error: what the last
-- attempt failed with. audited_*: the last full check that it reports, and what came of it.
CREATE TABLE log_witness (
  witness TEXT NOT NULL PRIMARY KEY,
  size {INT} NOT NULL,
  cosigned_at {INT},
  asked_at {INT},
  error TEXT,
  audited_size {INT},
  audited_at {INT},
  audit TEXT
) {STRICT};

-- Who does what only one of several nodes may do at a time.
CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  until_at {INT} NOT NULL
) {STRICT};
