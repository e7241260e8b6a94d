-- Plans: what was promised, what is reported and assessed, what is measured, who follows.
-- Ids of plans, commitments, milestones and indicators are the words of their addresses: kr-2021, kr-2021/2.1,
-- kr-2021/2.1/3. Days are numbers like 20211231. `content` is the record of the plan format (docs/plans-format.md) as
-- JSON; what lists filter and sort by has its own column. What is removed from a plan is retired, never deleted.

CREATE TABLE plan (
  id TEXT NOT NULL PRIMARY KEY,
  number {INT} NOT NULL,
  name TEXT NOT NULL,
  start_day {INT} NOT NULL,
  end_day {INT} NOT NULL,
  lead TEXT NOT NULL REFERENCES organisation (id),
  content TEXT NOT NULL,
  agencies TEXT NOT NULL,
  revision {INT} NOT NULL,
  created_at {INT} NOT NULL,
  changed_at {INT} NOT NULL
) {STRICT};
CREATE INDEX plan_start ON plan (start_day);

CREATE TABLE theme (
  plan TEXT NOT NULL REFERENCES plan (id),
  id TEXT NOT NULL,
  position {INT} NOT NULL,
  content TEXT NOT NULL,
  retired_at {INT},
  PRIMARY KEY (plan, id)
) {STRICT};

CREATE TABLE commitment (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  theme TEXT NOT NULL,
  parent TEXT REFERENCES commitment (id),
  number TEXT NOT NULL,
  slug TEXT NOT NULL,
  position {INT} NOT NULL,
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  content TEXT NOT NULL,
  retired_at {INT}
) {STRICT};
CREATE INDEX commitment_plan ON commitment (plan, position);
CREATE INDEX commitment_slug ON commitment (plan, slug);
CREATE INDEX commitment_parent ON commitment (parent);

-- role: lead or other.
CREATE TABLE commitment_agency (
  commitment TEXT NOT NULL REFERENCES commitment (id),
  role TEXT NOT NULL,
  position {INT} NOT NULL,
  plan TEXT NOT NULL REFERENCES plan (id),
  organisation TEXT NOT NULL REFERENCES organisation (id),
  division TEXT NOT NULL,
  PRIMARY KEY (commitment, role, position)
) {STRICT};
CREATE INDEX commitment_agency_plan ON commitment_agency (plan);
CREATE INDEX commitment_agency_organisation ON commitment_agency (organisation);

-- `claim` is what was last reported of the milestone as a whole or of any of its periods.
CREATE TABLE milestone (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  commitment TEXT NOT NULL REFERENCES commitment (id),
  number TEXT NOT NULL,
  position {INT} NOT NULL,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  continues {INT} NOT NULL,
  throughout {INT} NOT NULL,
  recurs {INT} NOT NULL,
  claim TEXT,
  claimed_at {INT},
  retired_at {INT}
) {STRICT};
CREATE INDEX milestone_plan ON milestone (plan, position);
CREATE INDEX milestone_commitment ON milestone (commitment, position);

-- What is due when; recurring milestones are written out. `reported_day` is the day of the first report that claimed
-- completion or came after the due day.
CREATE TABLE milestone_period (
  milestone TEXT NOT NULL REFERENCES milestone (id),
  no {INT} NOT NULL,
  plan TEXT NOT NULL REFERENCES plan (id),
  start_day {INT},
  due_day {INT},
  claim TEXT,
  reported_day {INT},
  PRIMARY KEY (milestone, no)
) {STRICT};
CREATE INDEX milestone_period_plan ON milestone_period (plan, due_day);
CREATE INDEX milestone_period_due ON milestone_period (due_day, milestone);
CREATE INDEX milestone_period_start ON milestone_period (start_day, milestone);

-- What an agency reports. A correction is a new row; the old one names it and stays readable.
CREATE TABLE progress (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  commitment TEXT NOT NULL REFERENCES commitment (id),
  milestone TEXT REFERENCES milestone (id),
  period {INT},
  organisation TEXT NOT NULL REFERENCES organisation (id),
  account TEXT,
  claim TEXT NOT NULL,
  percent {INT},
  text TEXT NOT NULL,
  delay_reason TEXT NOT NULL,
  at {INT} NOT NULL,
  corrects TEXT REFERENCES progress (id),
  corrected_by TEXT REFERENCES progress (id)
) {STRICT};
CREATE INDEX progress_commitment ON progress (commitment, id);
CREATE INDEX progress_milestone ON progress (milestone, id);
CREATE INDEX progress_organisation ON progress (organisation, id);

CREATE TABLE evidence (
  progress TEXT NOT NULL REFERENCES progress (id),
  position {INT} NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (progress, position)
) {STRICT};

-- side: civil or agency. `period` is a word such as 2022-H1 or end.
CREATE TABLE assessment (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  commitment TEXT NOT NULL REFERENCES commitment (id),
  side TEXT NOT NULL,
  period TEXT NOT NULL,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  account TEXT,
  completion TEXT NOT NULL,
  ambition TEXT,
  early_results TEXT,
  reasons TEXT NOT NULL,
  at {INT} NOT NULL,
  replaced_by TEXT REFERENCES assessment (id)
) {STRICT};
CREATE INDEX assessment_commitment ON assessment (commitment, id);
CREATE INDEX assessment_plan ON assessment (plan, id);

CREATE TABLE indicator (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  commitment TEXT REFERENCES commitment (id),
  series TEXT NOT NULL,
  position {INT} NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  retired_at {INT}
) {STRICT};
CREATE INDEX indicator_plan ON indicator (plan, position);
CREATE INDEX indicator_commitment ON indicator (commitment);

CREATE TABLE indicator_target (
  indicator TEXT NOT NULL REFERENCES indicator (id),
  day {INT} NOT NULL,
  date TEXT NOT NULL,
  value {REAL} NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (indicator, day)
) {STRICT};

-- `organisation` is empty for the whole. A value that is corrected stays and says when.
CREATE TABLE indicator_value (
  id TEXT NOT NULL PRIMARY KEY,
  indicator TEXT NOT NULL REFERENCES indicator (id),
  organisation TEXT NOT NULL,
  day {INT} NOT NULL,
  date TEXT NOT NULL,
  value {REAL} NOT NULL,
  note TEXT NOT NULL,
  account TEXT,
  at {INT} NOT NULL,
  replaced_at {INT}
) {STRICT};
CREATE INDEX indicator_value_series ON indicator_value (indicator, organisation, day);

CREATE TABLE round (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  label TEXT NOT NULL,
  title TEXT NOT NULL,
  due_day {INT} NOT NULL,
  state TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  opened_at {INT} NOT NULL,
  closed_at {INT},
  published_at {INT},
  UNIQUE (plan, label)
) {STRICT};

-- One row for each agency that is asked; `answered_at` is NULL until it answers.
CREATE TABLE round_answer (
  round TEXT NOT NULL REFERENCES round (id),
  organisation TEXT NOT NULL REFERENCES organisation (id),
  text TEXT NOT NULL,
  account TEXT,
  answered_at {INT},
  PRIMARY KEY (round, organisation)
) {STRICT};
CREATE INDEX round_answer_organisation ON round_answer (organisation);

-- subscriber: account:<id> or mail:<address>. Not confirmed: no mail is sent. A follow that ends is deleted.
CREATE TABLE follow (
  id TEXT NOT NULL PRIMARY KEY,
  subscriber TEXT NOT NULL,
  object TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at {INT} NOT NULL,
  confirmed_at {INT},
  digested_at {INT} NOT NULL,
  UNIQUE (subscriber, object)
) {STRICT};
CREATE INDEX follow_object ON follow (object, rhythm);
CREATE INDEX follow_rhythm ON follow (rhythm, id);

-- An edit of a commitment that is not published yet, or was, with what was there before.
CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  commitment TEXT NOT NULL REFERENCES commitment (id),
  state TEXT NOT NULL,
  content TEXT NOT NULL,
  base TEXT NOT NULL,
  account TEXT,
  created_at {INT} NOT NULL,
  changed_at {INT} NOT NULL,
  published_at {INT}
) {STRICT};
CREATE INDEX draft_commitment ON draft (commitment, state);

-- What moved: feeds, notices, digests and the plan's page are read from here. Ids sort by time. `notified` is the last
-- subscriber who was written to, so that a job that runs twice writes to nobody twice.
CREATE TABLE news (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  commitment TEXT,
  milestone TEXT,
  organisation TEXT,
  detail TEXT NOT NULL,
  at {INT} NOT NULL,
  notified TEXT NOT NULL
) {STRICT};
CREATE INDEX news_plan ON news (plan, id);

-- The objects whose followers and pages the news is for.
CREATE TABLE news_object (
  object TEXT NOT NULL,
  news TEXT NOT NULL REFERENCES news (id),
  PRIMARY KEY (object, news)
) {STRICT};
CREATE INDEX news_object_news ON news_object (news);
