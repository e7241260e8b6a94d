//! The accounts of a demonstration, entered without mail.

use axum::extract::State;
use madang_http::{App, Input, Outcome, Visit};
use madang_identity::demo;

use super::session::{enter, identity_options};

pub(super) async fn enter_as(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let (ctx, options) = (visit.ctx.clone(), identity_options(&visit));
    let (key, back) = (input.text("key").to_owned(), input.optional("back").map(str::to_owned));
    let agent = visit.user_agent.clone();
    let signed_in = app.db.write(move |tx| demo::sign_in(tx, &ctx, &options, &key, back.as_deref(), &agent)).await?;
    enter(&visit, &signed_in)
}
