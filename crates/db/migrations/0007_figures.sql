-- serves: 6
-- What is counted of services and agencies, and cases that are alike. `case_term` is read and written by older programs only
-- and goes with a later release; what is erased or hidden still loses its rows there.

-- What is counted of each case, as it was last counted. agency: '-' for none. day: of filing, like 20260315. facts: what it
-- adds one to, as lines `measure value`.
CREATE TABLE case_fact (
  case_id TEXT NOT NULL PRIMARY KEY,
  service TEXT NOT NULL,
  agency TEXT NOT NULL,
  day {INT} NOT NULL,
  facts TEXT NOT NULL
) {STRICT};

-- The sums. agency and service: '*' for all. period: a day like 20260315 or a month like 202603. counts: what tables of
-- agencies and services show; others: what only a page of one shows; both as lines `count measure value`.
CREATE TABLE case_figure (
  agency TEXT NOT NULL,
  service TEXT NOT NULL,
  period {INT} NOT NULL,
  counts TEXT NOT NULL,
  others TEXT NOT NULL,
  PRIMARY KEY (agency, service, period)
) {STRICT};
CREATE INDEX case_figure_service ON case_figure (service, period, agency);

-- One row for each follower (1: figures, 2: alike cases). position: up to which position of the change feed it is complete;
-- version: of the rules by which it works; after: while all cases are gone through for the first time, the last one.
CREATE TABLE figure_head (
  id {INT} NOT NULL PRIMARY KEY,
  position {INT} NOT NULL,
  version {INT} NOT NULL,
  after TEXT
) {STRICT};

-- Cases of which something changed that is no event: the date of a clock, by a holiday that was declared later.
CREATE TABLE case_stale (
  id {SERIAL},
  case_id TEXT NOT NULL
) {STRICT};

-- Hashes of what a case says, for finding alike ones among those that are not public too; gone when the case is erased.
CREATE TABLE case_band (
  band {INT} NOT NULL,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  PRIMARY KEY (band, case_id)
) {STRICT};
CREATE INDEX case_band_case ON case_band (case_id);

-- Pairs of alike cases of one service, both ways. per_mille: how much they share.
CREATE TABLE case_alike (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  other TEXT NOT NULL REFERENCES case_file (id),
  per_mille {INT} NOT NULL,
  PRIMARY KEY (case_id, other)
) {STRICT};
CREATE INDEX case_alike_other ON case_alike (other);
