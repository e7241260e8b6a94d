//! What pages (`web`) and APIs (`api`) share: the application's parts, the route table and its guards, the visit
//! (who asks, in which language), form input with its token, and errors as responses.
//!
//! It holds no page and no wire format of a standard. Invariant: every route is in a table with the access it asks
//! for, and the guard that enforces it is made from that table. Start reading at [`Route`].

mod app;
mod cookie;
mod failure;
mod guard;
mod input;
mod route;
mod security;
mod tagged;
mod visit;

pub use app::{App, AppParts, Site, Words};
pub use cookie::{
    CASE_COOKIE, Cookie, DRAFT_COOKIE, JOURNEY_COOKIE, PREFERENCES_COOKIE, SESSION_COOKIE, read as read_cookie,
};
pub use failure::{Failure, Outcome, Problem, status_of};
pub use input::{Input, Sent, Upload, clean};
pub use route::{Access, Route, Surface, matched_path, router};
pub use tagged::tagged;
pub use visit::{Preferences, Visit};

#[cfg(test)]
mod tests;
