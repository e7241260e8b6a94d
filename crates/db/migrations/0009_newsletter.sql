-- serves: 8
-- Newsletters: a digest of what the site knows, put together by the program, edited by an officer, kept as pages.

-- topic: words of a search, empty for all. agency: id of an organisation; agency, area: empty for all. rhythm: weekly or
-- monthly. revision: what an edit of the settings began from.
CREATE TABLE newsletter (
  id TEXT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  topic TEXT NOT NULL,
  agency TEXT NOT NULL,
  area TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  revision {INT} NOT NULL,
  created_at {INT} NOT NULL,
  retired_at {INT}
) {STRICT};
CREATE INDEX newsletter_organisation ON newsletter (organisation);

-- One number of it. period: 2026-10 or 2026-W43. state: draft, waiting (for send_at) or sent. content: JSON, see
-- newsletter::model::Content; undo: the contents before the last edits, newest last. revision: what an edit began from.
-- reached: the last subscriber who was written to, ~ when all were.
CREATE TABLE newsletter_issue (
  id TEXT NOT NULL PRIMARY KEY,
  newsletter TEXT NOT NULL REFERENCES newsletter (id),
  period TEXT NOT NULL,
  from_at {INT} NOT NULL,
  until_at {INT} NOT NULL,
  state TEXT NOT NULL,
  content TEXT NOT NULL,
  undo TEXT NOT NULL,
  revision {INT} NOT NULL,
  account TEXT,
  created_at {INT} NOT NULL,
  changed_at {INT} NOT NULL,
  send_at {INT},
  sent_at {INT},
  reached TEXT NOT NULL,
  UNIQUE (newsletter, period)
) {STRICT};
CREATE INDEX newsletter_issue_sent ON newsletter_issue (newsletter, sent_at);
CREATE INDEX newsletter_issue_state ON newsletter_issue (state, id);

-- subscriber: account:<id> or mail:<address>. Not confirmed: nothing is sent. Leaving deletes the row.
CREATE TABLE newsletter_subscription (
  id TEXT NOT NULL PRIMARY KEY,
  newsletter TEXT NOT NULL REFERENCES newsletter (id),
  subscriber TEXT NOT NULL,
  locale TEXT NOT NULL,
  created_at {INT} NOT NULL,
  confirmed_at {INT},
  UNIQUE (newsletter, subscriber)
) {STRICT};
CREATE INDEX newsletter_subscription_subscriber ON newsletter_subscription (subscriber);
