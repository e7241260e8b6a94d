-- What every engine stands on: organisations, the ledger's inbox and the change feed, history, links, jobs, mail, files.
-- Times are microseconds since 1970 UTC, booleans 0 or 1, ids and references TEXT, structured values JSON in TEXT.

CREATE TABLE organisation (
  id TEXT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  parent TEXT REFERENCES organisation (id),
  created_at {INT} NOT NULL,
  updated_at {INT} NOT NULL
) {STRICT};
CREATE INDEX organisation_parent ON organisation (parent);

-- Acts wait here, in the transaction that did them, until the sequencer gives them a position.
CREATE TABLE inbox (
  id {SERIAL},
  at {INT} NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  public {INT} NOT NULL,
  json TEXT NOT NULL
) {STRICT};

-- The change feed: gapless positions from 1.
CREATE TABLE change (
  position {INT} NOT NULL PRIMARY KEY,
  at {INT} NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  public {INT} NOT NULL,
  json TEXT NOT NULL
) {STRICT};
CREATE INDEX change_object ON change (object, kind, position);

-- One row (id 1): how many positions have been given. The sequencer's fence.
CREATE TABLE log_head (
  id {INT} NOT NULL PRIMARY KEY,
  size {INT} NOT NULL
) {STRICT};

-- How many changes of a kind an object has had, folded from the change feed.
CREATE TABLE folded_count (
  object TEXT NOT NULL,
  name TEXT NOT NULL,
  value {INT} NOT NULL,
  position {INT} NOT NULL,
  PRIMARY KEY (object, name)
) {STRICT};

-- What opens a salted digest of the ledger. Deleting a row makes the digest say nothing; the log stays valid.
CREATE TABLE salt (
  digest TEXT NOT NULL PRIMARY KEY,
  object TEXT NOT NULL,
  field TEXT NOT NULL,
  salt TEXT NOT NULL,
  created_at {INT} NOT NULL
) {STRICT};
CREATE INDEX salt_object ON salt (object, field);

-- Who changed which field of what, when, from what to what. `topic` is the page that shows it.
CREATE TABLE history (
  id TEXT NOT NULL PRIMARY KEY,
  at {INT} NOT NULL,
  account TEXT,
  object TEXT NOT NULL,
  topic TEXT NOT NULL,
  root TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT
) {STRICT};
CREATE INDEX history_root ON history (root, id);
CREATE INDEX history_object ON history (object, id);
CREATE INDEX history_topic ON history (topic, id);
CREATE INDEX history_account ON history (account, id);

-- Threads: typed links between any two objects.
CREATE TABLE link (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  target TEXT NOT NULL,
  created_at {INT} NOT NULL,
  created_by TEXT,
  PRIMARY KEY (source, type, target)
) {STRICT};
CREATE INDEX link_target ON link (target, type);

CREATE TABLE job (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts {INT} NOT NULL,
  run_at {INT} NOT NULL,
  locked_until {INT},
  last_error TEXT,
  created_at {INT} NOT NULL,
  updated_at {INT} NOT NULL
) {STRICT};
CREATE INDEX job_due ON job (state, run_at, id);
CREATE INDEX job_kind ON job (kind, state);

-- When a recurring job comes next; moved on by compare-and-set, so that one node of many enqueues it.
CREATE TABLE job_schedule (
  kind TEXT NOT NULL PRIMARY KEY,
  next_at {INT} NOT NULL
) {STRICT};

CREATE TABLE mail (
  id TEXT NOT NULL PRIMARY KEY,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT,
  headers TEXT NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  at {INT} NOT NULL,
  updated_at {INT} NOT NULL
) {STRICT};
CREATE INDEX mail_state ON mail (state, id);
CREATE INDEX mail_recipient ON mail (recipient);

-- Files are kept by their digest; the row is written after the file.
CREATE TABLE blob (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size {INT} NOT NULL,
  media_type TEXT NOT NULL,
  width {INT},
  height {INT},
  created_at {INT} NOT NULL
) {STRICT};
CREATE INDEX blob_created ON blob (created_at, sha256);

CREATE TABLE blob_use (
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  object TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at {INT} NOT NULL,
  PRIMARY KEY (sha256, object)
) {STRICT};
CREATE INDEX blob_use_object ON blob_use (object, created_at);
