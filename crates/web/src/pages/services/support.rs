//! Supporting a case: first the page that says what is shown publicly, then one press of the button. Opening the page
//! changes nothing, so that mail scanners and previews support nobody.

use axum::extract::Path;
use http::{HeaderMap, StatusCode};
use madang_base::{Error, Kind, Result};
use madang_cases::model::Channel;
use madang_cases::support::{self, AgeBand, Region, SupportInput};
use madang_cases::views::CaseView;
use madang_form::Support;
use madang_http::{Outcome, Sent, Visit, status_of};
use serde_json::{Value, json};

use super::super::plans::shape;
use super::{address, case, cases, shapes};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, with_receipt, words};

#[derive(Default)]
struct Typed {
    region: String,
    age: String,
    follow: bool,
}

fn service(view: &CaseView) -> Result<&Support> {
    let none = || Error::not_found("page.unknown");
    view.service.definition.support.as_ref().ok_or_else(none)
}

fn page(visit: &Visit, view: &CaseView, typed: &Typed, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let (case, def) = (&view.case, &view.service.definition);
    let support = service(view)?;
    let given = view.supports.as_ref().is_some_and(|supports| supports.given_by_me);
    let count = view.supports.as_ref().map_or(0, |supports| supports.count);
    // Who may not yet is told why, and what to do about it.
    let why = support::may(&visit.ctx, def, case).err();
    let mut errors = errors;
    let sign_in = match (&why, visit.person()) {
        (None, Some(_)) => None,
        (_, None) => {
            let href = address::sign_in(visit, &visit.url(&visit.path));
            Some(json!({ "text": words(visit, "support-sign-in", &[]), "href": href }))
        }
        (Some(error), Some(_)) if error.code() == "support.who" => {
            Some(json!({ "text": words(visit, "filing-proof-needed", &[]), "href": visit.url("/me/security") }))
        }
        (Some(error), Some(_)) => {
            if errors.is_empty() && !given && error.kind() != Kind::Internal {
                errors = form_errors(&visit.app, visit, error);
            }
            None
        }
    };
    let none = shape::option("", words(visit, "support-not-say", &[]), true);
    let choices = |prefix: &str, codes: Vec<&'static str>, chosen: &str| -> Vec<Value> {
        let rest = codes
            .into_iter()
            .map(|code| shape::option(code, words(visit, &format!("{prefix}{code}"), &[]), code == chosen));
        std::iter::once(none.clone()).chain(rest).collect()
    };
    let mut shown = vec![words(visit, "support-shown-count", &[]), words(visit, "support-shown-name", &[])];
    if support.breakdown {
        let args = [("n", i64::from(support.smallest).into())];
        shown.push(words(visit, "support-shown-breakdown", &args));
    }
    Page::new(visit, "services/support.html").form().status(status).render(&json!({
        "case": {
            "number": case.number, "title": case.title, "href": address::case(visit, &case.number),
            "state": shapes::state_of(def, &case.state, case.phase),
        },
        "word": shapes::word(support.word), "count": shapes::support_words(visit, support, count), "given": given,
        "action": visit.url(&visit.path), "errors": errors, "asks": { "region": support.breakdown, "age": support.breakdown },
        "regions": choices("region-", Region::ALL.iter().map(|r| r.code()).collect(), &typed.region),
        "ages": choices("age-", AgeBand::ALL.iter().map(|a| a.code()).collect(), &typed.age),
        "follow": typed.follow, "shown": shown, "basis": support.basis, "sign_in": sign_in,
    }))
}

pub async fn show(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    page(&visit, &view, &Typed { follow: true, ..Typed::default() }, Vec::new(), StatusCode::OK)
}

pub async fn act(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap, sent: Sent) -> Outcome {
    let view = case::citizens(&visit, &headers, &number).await?;
    service(&view)?;
    let input = &sent.input;
    let typed = Typed {
        region: input.text("region").to_owned(),
        age: input.text("age_band").to_owned(),
        follow: input.has("follow"),
    };
    if !sent.holds() {
        let note = FieldMessage { field: String::new(), message: words(&visit, "filing-held", &[]) };
        return page(&visit, &view, &typed, vec![note], StatusCode::FORBIDDEN);
    }
    let back = input.text("go") == "back";
    let given = SupportInput {
        region: Some(typed.region.clone()).filter(|code| !code.is_empty()),
        age_band: Some(typed.age.clone()).filter(|code| !code.is_empty()),
        follow: typed.follow,
        channel: Channel::Web,
        network: visit.network.clone(),
    };
    let (ctx, there, number) = (visit.ctx.clone(), cases(&visit)?, view.case.number.clone());
    let result = visit
        .app
        .db
        .write(move |tx| {
            if back {
                return support::withdraw(tx, &ctx, &there, &number).map(|receipt| (false, Some(receipt)));
            }
            support::give(tx, &ctx, &there, &number, &given).map(|given| (given.again, given.receipt))
        })
        .await;
    match result {
        Ok((again, receipt)) => {
            let path = format!("/cases/{}", view.case.number);
            let page = match (back, again) {
                (true, _) => done(&visit, &path, "support-back"),
                (false, true) => done(&visit, &path, "support-again"),
                (false, false) => done(&visit, &path, "support-given"),
            };
            Ok(with_receipt(page, receipt))
        }
        // The page itself says that one must sign in.
        Err(error) if error.kind() == Kind::Unauthenticated => page(&visit, &view, &typed, Vec::new(), StatusCode::OK),
        Err(error) => {
            let error = keep_for_form(error)?;
            page(&visit, &view, &typed, form_errors(&visit.app, &visit, &error), status_of(error.kind()))
        }
    }
}
