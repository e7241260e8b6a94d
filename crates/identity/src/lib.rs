//! Who somebody is, what they may do, and who looked at them: sign-in by mail and OpenID Connect, sessions, the second
//! factor, organisations' members and their roles, API keys, the access log, export and deletion; and the [`directory`]
//! of who answers for what.
//!
//! Every verb is one function of the module of its subject ([`link`], [`oidc`], [`session`], [`second_factor`],
//! [`account`], [`membership`], [`organisation`], [`api_key`], [`access`], [`admin`], [`demo`]); it takes the transaction
//! and the [`Ctx`](madang_kernel::Ctx), asks for permission, decides, writes. Nothing here knows HTTP, HTML or the words
//! of a mail.
//!
//! **Refusals that must be remembered.** An error undoes the transaction, and with it the record of a failed attempt. So
//! the verbs that count attempts answer `Result<Result<T>>`: the outer error is the transaction's, the inner one is a
//! refusal that has been written down. A caller writes `db.write(…).await??`.
//!
//! **Invariants.** Secrets are stored as digests or sealed. Opening a link changes nothing. Accounts are found by
//! credential only, never by a contact address. A deleted account keeps its id; a person key outlives it. No address or
//! network is stored, only keyed hashes of them, for an hour. No log line names a person.
//!
//! Start reading at [`link`] and [`session`].

pub mod audit;
pub mod directory;
mod hidden;
pub mod kinds;
mod model;
mod options;
mod ports;
mod rules;
mod service;
mod store;

pub use model::{
    Access, AccessId, Account, ApiKey, ApiKeyId, Credential, Device, Factor, Membership, Method, PersonKey, SessionId,
    SignedIn, Status,
};
pub use options::{Options, ProviderConfig};
pub use ports::{Begun, Claims, MailText, MailTexts, OidcProvider, PersonalData};
pub use rules::email::Email;
pub use rules::limit::{self, Limit};
pub use service::{
    access, account, admin, api_key, demo, link, membership, oidc, organisation, person, rate, second_factor, session,
    upkeep,
};
