-- Services and cases. A service is a definition file kept by its digest; a case is one thing filed through it and stays on
-- the version it was filed under. Times are microseconds since 1970 UTC, booleans 0 or 1.

-- Every definition that ever was in force, by the SHA-256 of its text.
CREATE TABLE service_version (
  digest TEXT NOT NULL PRIMARY KEY,
  service TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at {INT} NOT NULL,
  created_by TEXT
) {STRICT};
CREATE INDEX service_version_service ON service_version (service, created_at);

-- Which version new cases are filed under. origin: shipped (with the program) or operator. open: 0 when shut.
CREATE TABLE service (
  id TEXT NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL REFERENCES service_version (digest),
  origin TEXT NOT NULL,
  open {INT} NOT NULL,
  updated_at {INT} NOT NULL
) {STRICT};

-- Who belongs to a group that a definition declares (committee, experts).
CREATE TABLE party_member (
  service TEXT NOT NULL REFERENCES service (id),
  party TEXT NOT NULL,
  account TEXT NOT NULL,
  created_at {INT} NOT NULL,
  created_by TEXT,
  PRIMARY KEY (service, party, account)
) {STRICT};
CREATE INDEX party_member_account ON party_member (account);

-- author: account, none for those without one. mail: where somebody without account is written to. secret_hash: of the
-- code on the receipt. consent: of a case filed by a clerk. answers: by field, as form::Answers. reviewed: fields that an
-- officer looked at. due_at: when the agency's next running clock runs out, folded from case_clock. request_key: what
-- makes sending twice one case.
CREATE TABLE case_file (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL REFERENCES service (id),
  version TEXT NOT NULL REFERENCES service_version (digest),
  state TEXT NOT NULL,
  phase TEXT NOT NULL,
  outcome TEXT,
  title TEXT NOT NULL,
  agency TEXT REFERENCES organisation (id),
  assignee TEXT,
  author TEXT,
  author_name TEXT NOT NULL,
  mail TEXT,
  locale TEXT NOT NULL,
  assurance TEXT NOT NULL,
  channel TEXT NOT NULL,
  secret_hash TEXT,
  consent TEXT,
  publication TEXT NOT NULL,
  published_at {INT},
  wants_public {INT} NOT NULL,
  delivery TEXT NOT NULL,
  delivered_at {INT},
  citizen_says TEXT,
  satisfaction {INT},
  satisfaction_text TEXT,
  answers TEXT NOT NULL,
  reviewed TEXT NOT NULL,
  area TEXT,
  filed_at {INT} NOT NULL,
  updated_at {INT} NOT NULL,
  answered_at {INT},
  closed_at {INT},
  erased_at {INT},
  due_at {INT},
  merged_into TEXT,
  revision {INT} NOT NULL,
  request_key TEXT UNIQUE
) {STRICT};
-- Those of public cases hold all that lists filter by, so that counting ten thousand reads no case.
CREATE INDEX case_public ON case_file (publication, filed_at, id, phase, state, service, agency, due_at);
CREATE INDEX case_public_phase ON case_file (publication, phase, filed_at, id, state, service, agency, due_at);
CREATE INDEX case_public_service ON case_file (publication, service, filed_at, id, phase, state, agency, due_at);
CREATE INDEX case_public_service_phase ON case_file (publication, service, phase, filed_at, id, state, agency, due_at);
CREATE INDEX case_public_agency ON case_file (publication, agency, filed_at, id, phase, state, service, due_at);
CREATE INDEX case_public_agency_phase ON case_file (publication, agency, phase, filed_at, id, state, service, due_at);
CREATE INDEX case_public_due ON case_file (publication, due_at, id);
CREATE INDEX case_public_agency_due ON case_file (publication, agency, due_at, id);
CREATE INDEX case_agency_state ON case_file (agency, state, filed_at, id);
CREATE INDEX case_of_agency ON case_file (agency, filed_at, id);
CREATE INDEX case_due ON case_file (agency, closed_at, due_at);
CREATE INDEX case_assignee ON case_file (assignee, due_at);
CREATE INDEX case_author ON case_file (author, filed_at);
CREATE INDEX case_merged ON case_file (merged_into);
CREATE INDEX case_version ON case_file (version, state);
CREATE INDEX case_closed ON case_file (erased_at, closed_at);

-- Everything that happened to a case, in order. body: JSON, see cases::model::EventBody. public: whether the body is; the
-- fact of a step is public when the case is.
CREATE TABLE case_event (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  no {INT} NOT NULL,
  at {INT} NOT NULL,
  kind TEXT NOT NULL,
  step TEXT,
  from_state TEXT,
  to_state TEXT,
  party TEXT NOT NULL,
  account TEXT,
  organisation TEXT,
  public {INT} NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (case_id, no)
) {STRICT};
CREATE INDEX case_event_at ON case_event (at, case_id);

-- Clocks, folded from the events so that lists can ask for them; the events are what counts. ran_out_at: the overdue_from
-- for which running out was put on record in this run.
CREATE TABLE case_clock (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  clock TEXT NOT NULL,
  agency TEXT,
  who TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at {INT} NOT NULL,
  due_on TEXT,
  overdue_from {INT},
  stopped_at {INT},
  ran_out_at {INT},
  PRIMARY KEY (case_id, clock)
) {STRICT};
CREATE INDEX case_clock_due ON case_clock (status, overdue_from);
CREATE INDEX case_clock_agency ON case_clock (agency, status, overdue_from);

-- Which agency had the case, from when to when. role: handling or joint.
CREATE TABLE case_agency (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  organisation TEXT NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL,
  from_at {INT} NOT NULL,
  until_at {INT},
  PRIMARY KEY (case_id, organisation, from_at)
) {STRICT};
CREATE INDEX case_agency_organisation ON case_agency (organisation, until_at);

CREATE TABLE case_question (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  no {INT} NOT NULL,
  asked_at {INT} NOT NULL,
  asked_by TEXT,
  text TEXT NOT NULL,
  replied_at {INT},
  reply TEXT,
  PRIMARY KEY (case_id, no)
) {STRICT};

CREATE TABLE case_note (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  at {INT} NOT NULL,
  account TEXT,
  text TEXT NOT NULL
) {STRICT};
CREATE INDEX case_note_case ON case_note (case_id, at);

-- A step that is prepared (state draft) or waits for the second officer (waiting), then approved or returned.
CREATE TABLE case_approval (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  input TEXT NOT NULL,
  by_account TEXT,
  organisation TEXT NOT NULL,
  at {INT} NOT NULL,
  decided_by TEXT,
  decided_at {INT},
  note TEXT NOT NULL
) {STRICT};
CREATE INDEX case_approval_case ON case_approval (case_id, state);
CREATE INDEX case_approval_organisation ON case_approval (organisation, state, at);

-- Values of fields that lists filter by.
CREATE TABLE case_value (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  service TEXT NOT NULL,
  filed_at {INT} NOT NULL,
  PRIMARY KEY (case_id, field, value)
) {STRICT};
CREATE INDEX case_value_value ON case_value (service, field, value, filed_at, case_id);

-- Words of public cases, for finding alike ones.
CREATE TABLE case_term (
  term TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  PRIMARY KEY (term, case_id)
) {STRICT};
CREATE INDEX case_term_case ON case_term (case_id);

-- A case that is being written. owner: account:ID or browser:HASH.
CREATE TABLE case_draft (
  owner TEXT NOT NULL,
  service TEXT NOT NULL,
  version TEXT NOT NULL,
  request_key TEXT NOT NULL,
  screen {INT} NOT NULL,
  answers TEXT NOT NULL,
  raw TEXT NOT NULL,
  updated_at {INT} NOT NULL,
  PRIMARY KEY (owner, service)
) {STRICT};
CREATE INDEX case_draft_updated ON case_draft (updated_at);
CREATE INDEX case_draft_request ON case_draft (request_key);

-- Who follows a case: account:ID or mail:ADDRESS. id: what links that end it speak of. reason: asked, supported, merged.
CREATE TABLE case_follow (
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  subscriber TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  reason TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at {INT} NOT NULL,
  digested_at {INT} NOT NULL,
  PRIMARY KEY (case_id, subscriber)
) {STRICT};
CREATE INDEX case_follow_subscriber ON case_follow (subscriber);
CREATE INDEX case_follow_rhythm ON case_follow (rhythm, subscriber);

-- Events whose notices are being written. reached: the last one who was written to; gone when all are.
CREATE TABLE case_notice (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  no {INT} NOT NULL,
  reached TEXT NOT NULL,
  PRIMARY KEY (case_id, no)
) {STRICT};

-- A case's own random key, wrapped by the master key. Without it nullifiers of the case cannot be made any more.
CREATE TABLE case_key (
  case_id TEXT NOT NULL PRIMARY KEY REFERENCES case_file (id),
  wrapped {BYTES} NOT NULL
) {STRICT};

-- One per person and case. at: when it was given (again). status: given, withdrawn or excluded. batch: of a paper or proxy
-- entry. burst: by whose decision it is excluded. region, age_band: as first stated. network: hashed; gone after 30 days.
CREATE TABLE support (
  case_id TEXT NOT NULL,
  nullifier TEXT NOT NULL,
  at {INT} NOT NULL,
  status TEXT NOT NULL,
  channel TEXT NOT NULL,
  batch TEXT,
  burst TEXT,
  region TEXT,
  age_band TEXT,
  network TEXT,
  PRIMARY KEY (case_id, nullifier)
) {STRICT};
CREATE INDEX support_of_batch ON support (batch) WHERE batch IS NOT NULL;
CREATE INDEX support_of_burst ON support (burst) WHERE burst IS NOT NULL;
CREATE INDEX support_network ON support (at) WHERE network IS NOT NULL;

CREATE TABLE support_batch (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  at {INT} NOT NULL,
  account TEXT,
  organisation TEXT,
  protocol TEXT NOT NULL,
  sheets {INT} NOT NULL,
  accepted {INT} NOT NULL,
  duplicates {INT} NOT NULL,
  refused {INT} NOT NULL,
  undone_at {INT},
  undone_by TEXT,
  undone_reason TEXT NOT NULL
) {STRICT};
CREATE INDEX support_batch_case ON support_batch (case_id, at);

-- Marks on bursts, and recorded decisions to leave supports out of the count.
CREATE TABLE support_burst (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  from_at {INT} NOT NULL,
  until_at {INT} NOT NULL,
  size {INT} NOT NULL,
  network TEXT,
  state TEXT NOT NULL,
  decided_at {INT},
  decided_by TEXT,
  reason TEXT NOT NULL,
  excluded {INT} NOT NULL
) {STRICT};
CREATE INDEX support_burst_case ON support_burst (case_id, from_at);
CREATE UNIQUE INDEX support_burst_one ON support_burst (case_id, kind, from_at, network);

-- Folded by the sequencer: dimension total, region, age or day; position: the log position it is right at.
CREATE TABLE support_count (
  case_id TEXT NOT NULL,
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  count {INT} NOT NULL,
  position {INT} NOT NULL,
  PRIMARY KEY (case_id, dimension, value)
) {STRICT};
CREATE INDEX support_count_top ON support_count (dimension, count, case_id);

-- Once per case and threshold, for ever.
CREATE TABLE threshold_reached (
  case_id TEXT NOT NULL,
  threshold TEXT NOT NULL,
  at {INT} NOT NULL,
  position {INT} NOT NULL,
  count {INT} NOT NULL,
  PRIMARY KEY (case_id, threshold)
) {STRICT};

-- Calls to other people's programs when something public happens. The secret is derived from the master key and the id.
-- kinds: separated by blanks, empty for all; position: up to where the change feed has been told.
CREATE TABLE webhook (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  state TEXT NOT NULL,
  position {INT} NOT NULL,
  created_at {INT} NOT NULL
) {STRICT};
CREATE INDEX webhook_account ON webhook (account);

CREATE TABLE webhook_delivery (
  id TEXT NOT NULL PRIMARY KEY,
  webhook TEXT NOT NULL REFERENCES webhook (id),
  position {INT} NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts {INT} NOT NULL,
  status {INT},
  error TEXT,
  at {INT} NOT NULL,
  updated_at {INT} NOT NULL
) {STRICT};
CREATE INDEX webhook_delivery_updated ON webhook_delivery (updated_at);
CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook, position);
