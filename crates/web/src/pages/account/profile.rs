//! The own page: name, language of mails, address, roles, and what one follows.

use axum::extract::State;
use http::StatusCode;
use madang_base::{Error, Locale, Result};
use madang_db::Tx;
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_identity::{Membership, account, link};
use madang_kernel::{Ctx, ObjectKind, Owner, Verb, organisation};
use serde_json::{Value, json};

use crate::i18n::FieldMessage;
use crate::mail_texts::SiteMailTexts;
use crate::page::{Page, done, form_errors, keep_for_form, words};
use crate::pages::follow;

/// What was typed and what is wrong with it.
#[derive(Default)]
struct Typed {
    name: Option<String>,
    locale: Option<String>,
    email: String,
    errors: Vec<FieldMessage>,
    status: StatusCode,
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    page(&app, &visit, Typed::default()).await
}

async fn page(app: &App, visit: &Visit, typed: Typed) -> Outcome {
    let ctx = visit.ctx.clone();
    let (me, organisations) = app
        .db
        .read(move |tx| {
            let me = account::me(tx, &ctx)?;
            let organisations = names(tx, &me.memberships)?;
            Ok((me, organisations))
        })
        .await?;
    // What is followed is not shown before the second factor.
    let may = visit.ctx.may(Verb::Read, ObjectKind::Follow, visit.ctx.account().map(Owner::Account));
    let follows = if may { Some(follow::own(visit).await?) } else { None };
    let memberships: Vec<Value> = me
        .memberships
        .iter()
        .zip(&organisations)
        .map(|(held, organisation)| {
            json!({ "organisation": organisation, "role": words(visit, &format!("role-{}", held.role), &[]) })
        })
        .collect();
    let email = me.account.email.clone().unwrap_or_default();
    let name = me.account.name.get(visit.locale).to_owned();
    let title = [&name, &email].into_iter().find(|text| !text.is_empty()).cloned();
    let locale = typed.locale.unwrap_or_else(|| me.account.locale.to_string());
    let languages: Vec<Value> = Locale::ALL
        .iter()
        .map(|l| json!({ "value": l.tag(), "label": words(visit, &format!("language-{l}"), &[]), "selected": l.tag() == locale }))
        .collect();
    let assurance = visit.person().map(|person| person.assurance.code()).unwrap_or_default();
    let context = json!({
        "me": {
            "title": title.unwrap_or_else(|| words(visit, "me-title", &[])),
            "mail": email,
            "assurance": assurance,
            "since": me.account.created_at.rfc3339(),
            "memberships": memberships,
        },
        "values": { "name": typed.name.unwrap_or(name), "email": typed.email },
        "languages": languages,
        "follows": follows,
        "errors": typed.errors,
    });
    Page::new(visit, "me.html").form().status(typed.status).render(&context)
}

/// The names of the organisations of these roles, in their order; none for roles of the whole site.
fn names(tx: &mut Tx, memberships: &[Membership]) -> Result<Vec<Value>> {
    memberships
        .iter()
        .map(|held| match held.organisation {
            Some(id) => Ok(json!(organisation::get(tx, id)?.name)),
            None => Ok(Value::Null),
        })
        .collect()
}

pub(super) async fn edit(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let (name, locale) = (input.text("name").to_owned(), input.text("locale").to_owned());
    let (ctx, new_name) = (visit.ctx.clone(), name.clone());
    let outcome = match locale.parse::<Locale>() {
        Ok(locale) => app.db.write(move |tx| account::edit(tx, &ctx, &new_name, locale)).await,
        Err(error) => Err(Error::invalid("locale.unknown").field("locale", "locale.unknown").source(error)),
    };
    match outcome {
        Ok(()) => Ok(done(&visit, "/me", "profile-saved")),
        Err(error) => {
            again(&app, &visit, error, Typed { name: Some(name), locale: Some(locale), ..Typed::default() }).await
        }
    }
}

pub(super) async fn change_address(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let email = input.text("email").to_owned();
    let texts = SiteMailTexts::of(&visit)?;
    let ctx: Ctx = visit.ctx.clone();
    let request = link::Request { address: email.clone(), network: visit.network.clone(), return_to: None };
    match app.db.write(move |tx| link::request_address(tx, &ctx, &texts, &request)).await {
        Ok(()) => Ok(done(&visit, "/me", "address-sent")),
        Err(error) => again(&app, &visit, error, Typed { email, ..Typed::default() }).await,
    }
}

async fn again(app: &App, visit: &Visit, error: Error, typed: Typed) -> Outcome {
    let error = keep_for_form(error)?;
    let errors = form_errors(app, visit, &error);
    page(app, visit, Typed { errors, status: status_of(error.kind()), ..typed }).await
}
