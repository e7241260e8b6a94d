//! Whose draft it is: the account's, or with a token in a cookie the browser's.

use axum::response::Response;
use http::HeaderMap;
use madang_base::Result;
use madang_cases::service::draft::{self, Draft, DraftOwner};
use madang_http::{Cookie, DRAFT_COOKIE, Visit, read_cookie};
use madang_kernel::digest;
use serde_json::{Value, json};

use super::{address, cases, code};

/// Seconds for which a browser remembers what it began; as long as drafts are kept.
const KEPT: i64 = draft::KEPT_DAYS * 86_400;

/// The owner of the visitor's drafts, and the token that a browser without one is given.
#[derive(Debug)]
pub struct Own {
    pub owner: DraftOwner,
    new_token: Option<String>,
}

fn owner_of(token: &str) -> DraftOwner {
    DraftOwner::Browser(digest::sha256(token.as_bytes()))
}

/// Who the visitor's drafts belong to; none when nobody is signed in and nothing was begun here.
pub fn known(visit: &Visit, headers: &HeaderMap) -> Option<DraftOwner> {
    match visit.ctx.account() {
        Some(account) => Some(DraftOwner::Account(account)),
        None => read_cookie(headers, DRAFT_COOKIE).map(owner_of),
    }
}

/// The same for somebody who begins to write.
pub fn own(visit: &Visit, headers: &HeaderMap) -> Own {
    known(visit, headers).map_or_else(
        || {
            let token = visit.app.rng.token();
            Own { owner: owner_of(&token), new_token: Some(token) }
        },
        |owner| Own { owner, new_token: None },
    )
}

impl Own {
    /// Lets the browser remember a token that was made now.
    pub fn remember(&self, visit: &Visit, response: &mut Response) {
        if let Some(token) = &self.new_token {
            code::set(visit, response, &Cookie { name: DRAFT_COOKIE, value: token.clone(), max_age: Some(KEPT) });
        }
    }
}

/// After signing in: what this browser has begun without an account becomes the account's.
///
/// # Errors
/// Those of the database.
pub async fn adopt(visit: &Visit, headers: &HeaderMap) -> Result<()> {
    let (Some(account), Some(token)) = (visit.ctx.account(), read_cookie(headers, DRAFT_COOKIE)) else { return Ok(()) };
    let from = owner_of(token);
    let (ask, cases_there) = (from.clone(), cases(visit)?);
    // A look first: most visits have nothing to adopt, and a look takes no lock.
    if visit.app.db.read(move |tx| draft::list(tx, &cases_there, &ask)).await?.is_empty() {
        return Ok(());
    }
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| draft::adopt(tx, &ctx, &from, account)).await.map(|_| ())
}

/// The draft of a service.
///
/// # Errors
/// Those of the database.
pub async fn get(visit: &Visit, owner: &DraftOwner, service: &str) -> Result<Option<Draft>> {
    let (cases, owner, service) = (cases(visit)?, owner.clone(), service.to_owned());
    visit.app.db.read(move |tx| draft::get(tx, &cases, &owner, &service)).await
}

/// All drafts of the visitor, as lists show them.
///
/// # Errors
/// Those of the database.
pub async fn lines(visit: &Visit, headers: &HeaderMap) -> Result<Vec<Value>> {
    adopt(visit, headers).await?;
    let Some(owner) = known(visit, headers) else { return Ok(Vec::new()) };
    let cases = cases(visit)?;
    let found = visit.app.db.read(move |tx| {
        let drafts = draft::list(tx, &cases, &owner)?;
        drafts.into_iter().map(|d| Ok((cases.services.current(tx, &d.service)?, d))).collect::<Result<Vec<_>>>()
    });
    Ok(found
        .await?
        .into_iter()
        .map(|(version, d)| {
            let title = d.raw.one(&version.definition.public.title).to_owned();
            json!({
                "service": version.definition.name, "title": title, "saved_at": d.updated_at.micros(),
                "href": address::screen(visit, &d.service, d.screen.max(1)),
            })
        })
        .collect())
}
