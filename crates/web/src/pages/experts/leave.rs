//! Leaving by the link under a letter, without signing in. Opening it changes nothing; the button takes the entry out.

use axum::extract::Path;
use axum::response::Response;
use http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY};
use madang_http::{Input, Outcome, Visit};
use madang_identity::directory;
use serde_json::json;

use crate::page::{Page, done};

pub(super) async fn show(visit: Visit, Path((_, token)): Path<(String, String)>) -> Outcome {
    let (ctx, own) = (visit.ctx.clone(), token.clone());
    let expert = visit.app.db.read(move |tx| directory::withdraw_token_of(tx, &ctx, &own)).await?;
    let action = visit.url(&format!("/experts/leave/{token}"));
    let page = Page::new(&visit, "experts/leave.html").form();
    Ok(secret(page.render(&json!({ "name": expert.name, "action": action }))?))
}

pub(super) async fn go(visit: Visit, Path((_, token)): Path<(String, String)>, _: Input) -> Outcome {
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| directory::expert_withdraw_by(tx, &ctx, &token)).await?;
    Ok(secret(done(&visit, "/experts", "expert-withdrawn")))
}

/// The address is a secret: no store keeps it and no other site is told.
fn secret(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
