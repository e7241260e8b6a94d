//! What an administrator does to an account. Each act is asked for with the reason that the page was opened with.

use axum::extract::{Path, State};
use axum::response::Response;
use madang_base::{Error, Result};
use madang_db::Tx;
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_identity::membership::{self, Whom};
use madang_identity::{account, second_factor, session};
use madang_kernel::{AccountId, Ctx, OrganisationId, Role};

use super::accounts::show;
use super::address;
use crate::page::{done, form_errors, keep_for_form};

type At = Path<(String, String)>;

/// Runs an act, then goes back to the account's page, which says what was done or what stood against it.
async fn act<S, F>(app: App, visit: Visit, id: String, input: Input, say: S, work: F) -> Outcome
where
    S: FnOnce(&Visit, &str) -> Response,
    F: Fn(&mut Tx, &Ctx, AccountId, &str) -> Result<()> + Send + 'static,
{
    let id = id.parse::<AccountId>()?;
    let (ctx, why) = (visit.ctx.clone(), input.text("why").to_owned());
    let reason = why.clone();
    match app.db.write(move |tx| work(tx, &ctx, id, &reason)).await {
        Ok(()) => Ok(say(&visit, &address(&format!("/admin/accounts/{id}"), &[("why", &why)]))),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            show(&app, &visit, id, &why, errors, status_of(error.kind())).await
        }
    }
}

/// The role and the organisation that a form names.
fn role_of(input: &Input) -> Result<(Role, Option<OrganisationId>)> {
    let role = input.text("role").parse::<Role>().map_err(|e| e.field("role", "role.unknown"))?;
    let organisation = input.optional("organisation").map(str::parse::<OrganisationId>).transpose();
    Ok((
        role,
        organisation
            .map_err(|_| Error::invalid("organisation.unknown").field("organisation", "organisation.unknown"))?,
    ))
}

pub(super) async fn give_role(State(app): State<App>, visit: Visit, Path((_, id)): At, input: Input) -> Outcome {
    match role_of(&input) {
        Ok((role, organisation)) => {
            act(
                app,
                visit,
                id,
                input,
                |visit, page| done(visit, page, "role-given"),
                move |tx, ctx, id, _| membership::grant(tx, ctx, &Whom::Account(id), role, organisation).map(drop),
            )
            .await
        }
        Err(error) => {
            let (id, why) = (id.parse::<AccountId>()?, input.text("why").to_owned());
            let errors = form_errors(&app, &visit, &error);
            show(&app, &visit, id, &why, errors, status_of(error.kind())).await
        }
    }
}

pub(super) async fn take_role(State(app): State<App>, visit: Visit, Path((_, id)): At, input: Input) -> Outcome {
    let (role, organisation) = role_of(&input)?;
    act(
        app,
        visit,
        id,
        input,
        |visit, page| done(visit, page, "role-taken"),
        move |tx, ctx, id, _| membership::remove(tx, ctx, id, role, organisation),
    )
    .await
}

pub(super) async fn block(State(app): State<App>, visit: Visit, Path((_, id)): At, input: Input) -> Outcome {
    act(app, visit, id, input, |visit, page| done(visit, page, "account-blocked"), account::suspend).await
}

pub(super) async fn unblock(State(app): State<App>, visit: Visit, Path((_, id)): At, input: Input) -> Outcome {
    act(app, visit, id, input, |visit, page| done(visit, page, "account-unblocked"), account::restore).await
}

pub(super) async fn sign_out(State(app): State<App>, visit: Visit, Path((_, id)): At, input: Input) -> Outcome {
    act(
        app,
        visit,
        id,
        input,
        |visit, page| done(visit, page, "account-signed-out"),
        |tx, ctx, id, _| session::end_all_of(tx, ctx, id).map(drop),
    )
    .await
}

pub(super) async fn reset_factor(State(app): State<App>, visit: Visit, Path((_, id)): At, input: Input) -> Outcome {
    act(
        app,
        visit,
        id,
        input,
        |visit, page| done(visit, page, "factor-reset"),
        |tx, ctx, id, _| second_factor::reset(tx, ctx, id),
    )
    .await
}
