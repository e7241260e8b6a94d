-- Accounts, how people sign in, what they may do, and who looked at them. Table organisation is in 0001_kernel.sql.

-- A person's place on this site. A deleted account keeps its id (public records point at it) and nothing else.
-- name: texts by language; email: an address that was proven, for mail only, not for finding the account.
CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'deleted')),
  name TEXT NOT NULL,
  email TEXT,
  locale TEXT NOT NULL,
  created_at {INT} NOT NULL,
  deleted_at {INT}
) {STRICT};
CREATE INDEX account_email ON account (email);

-- What a sign-in is recognised by. kind mail: issuer '', subject the address; oidc: issuer and subject of the provider;
-- demo: issuer '', subject the name of the demonstration account.
CREATE TABLE credential (
  kind TEXT NOT NULL CHECK (kind IN ('mail', 'oidc', 'demo')),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),
  created_at {INT} NOT NULL,
  PRIMARY KEY (kind, issuer, subject)
) {STRICT};
CREATE INDEX credential_account ON credential (account);

-- key: HMAC of a provider's stable claim (or of a mail address). It stays when the account goes (account NULL), so that
-- one person is never counted as two. person: the key this person was first known by.
CREATE TABLE person_key (
  key TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  assurance TEXT NOT NULL,
  account TEXT REFERENCES account (id),
  created_at {INT} NOT NULL,
  released_at {INT}
) {STRICT};
CREATE INDEX person_key_account ON person_key (account);

-- One-time links. account is set when the link adds an address to that account or was made for it by an administrator.
CREATE TABLE login_link (
  token_hash TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'add-address')),
  email TEXT NOT NULL,
  account TEXT REFERENCES account (id),
  return_to TEXT,
  created_at {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  used_at {INT}
) {STRICT};
CREATE INDEX login_link_email ON login_link (email);
CREATE INDEX login_link_expires ON login_link (expires_at);

-- One journey to a provider and back. verifier is sealed with the master key.
CREATE TABLE oidc_state (
  state_hash TEXT NOT NULL PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  provider TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier {BYTES} NOT NULL,
  account TEXT REFERENCES account (id),
  return_to TEXT,
  created_at {INT} NOT NULL,
  expires_at {INT} NOT NULL
) {STRICT};
CREATE INDEX oidc_state_expires ON oidc_state (expires_at);

-- idle_seconds: ends when not seen for so long; expires_at: ends then in any case. agent: browser family and system.
CREATE TABLE session (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  method TEXT NOT NULL CHECK (method IN ('mail', 'oidc', 'demo')),
  assurance TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at {INT} NOT NULL,
  seen_at {INT} NOT NULL,
  idle_seconds {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  second_factor_at {INT}
) {STRICT};
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires_at);

-- organisation is NULL for roles that hold on the whole site; scope repeats it with '*' so that it can be in the key.
CREATE TABLE membership (
  account TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  scope TEXT NOT NULL,
  organisation TEXT REFERENCES organisation (id),
  created_at {INT} NOT NULL,
  PRIMARY KEY (account, role, scope)
) {STRICT};
CREATE INDEX membership_organisation ON membership (organisation);
CREATE INDEX membership_role ON membership (role);

-- secret: in force; pending: being enrolled; both sealed with the master key. last_step: the newest 30-second step whose code was used.
-- public: a demonstration account, whose code is on the page anyway.
CREATE TABLE totp (
  account TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
  secret {BYTES},
  pending {BYTES},
  last_step {INT} NOT NULL,
  public {INT} NOT NULL,
  created_at {INT} NOT NULL,
  confirmed_at {INT}
) {STRICT};

CREATE TABLE recovery_code (
  account TEXT NOT NULL REFERENCES account (id),
  code_hash TEXT NOT NULL,
  created_at {INT} NOT NULL,
  used_at {INT},
  PRIMARY KEY (account, code_hash)
) {STRICT};

-- scopes: names separated by spaces. last_used_on: a day in Korea, not a moment.
CREATE TABLE api_key (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  prefix TEXT NOT NULL UNIQUE,
  secret_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  assurance TEXT NOT NULL,
  second_factor {INT} NOT NULL,
  created_at {INT} NOT NULL,
  expires_at {INT} NOT NULL,
  last_used_on TEXT,
  revoked_at {INT}
) {STRICT};
CREATE INDEX api_key_account ON api_key (account);

-- Every look of staff at personal data. subject: whose (NULL: a list of many); what: a code; why: in the reader's words.
CREATE TABLE access_log (
  id TEXT NOT NULL PRIMARY KEY,
  at {INT} NOT NULL,
  actor TEXT,
  subject TEXT,
  what TEXT NOT NULL,
  object TEXT,
  why TEXT NOT NULL
) {STRICT};
CREATE INDEX access_log_actor ON access_log (actor, id);
CREATE INDEX access_log_subject ON access_log (subject, id);

-- One row per attempt; counted within a window and thrown away. bucket: HMAC of the limit and the address or network.
CREATE TABLE rate_limit (
  id TEXT NOT NULL PRIMARY KEY,
  bucket TEXT NOT NULL,
  at {INT} NOT NULL
) {STRICT};
CREATE INDEX rate_limit_bucket ON rate_limit (bucket, at);
CREATE INDEX rate_limit_at ON rate_limit (at);
