//! The last screen: similar cases before it, everything once more, who will see what, and the one button that sends.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::{IntoResponse, Redirect};
use http::{HeaderMap, StatusCode};
use madang_base::Result;
use madang_cases::model::Channel;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::draft::Draft;
use madang_cases::service::file::{self, FilingInput, Receipt};
use madang_cases::service::personal::{self, Finding};
use madang_form::{CasePublicity, Definition, Field, FieldKind, Filer, Party};
use madang_http::{Input, Outcome, Sent, Visit};
use madang_identity::limit::FILING_NETWORK;
use madang_identity::rate;
use madang_kernel::Assurance;
use serde_json::{Value, json};

use super::code::{self, Carried};
use super::{address, cases, drafts, filing, shapes};
use crate::i18n::FieldMessage;
use crate::page::{Page, form_errors, keep_for_form, words};

/// What the review's own fields hold.
#[derive(Default)]
struct Typed {
    name: String,
    mail: String,
    follow: bool,
    public: String,
    acked: Vec<String>,
}

impl Typed {
    fn read(input: &Input) -> Self {
        let acked = input.fields().filter_map(|(name, _)| name.strip_prefix("ack.")).map(str::to_owned).collect();
        Self {
            name: input.text("name").to_owned(),
            mail: input.text("mail").to_owned(),
            follow: input.has("follow"),
            public: input.text("wants_public").to_owned(),
            acked,
        }
    }
}

pub async fn show(visit: &Visit, version: &Arc<ServiceVersion>, draft: Option<Draft>) -> Outcome {
    let def = &version.definition;
    let Some(draft) = draft else {
        return Ok(Redirect::to(&address::screen(visit, &def.id, 1)).into_response());
    };
    if let Some(screen) = unfinished(visit, def, &draft) {
        let to = format!("{}?check=1", address::screen(visit, &def.id, screen));
        return Ok(Redirect::to(&to).into_response());
    }
    page(visit, version, &draft, &Typed { follow: true, ..Typed::default() }, Vec::new(), StatusCode::OK).await
}

/// The first screen on which something is missing. Somebody who must sign in first may have the rest in the account.
fn unfinished(visit: &Visit, def: &Definition, draft: &Draft) -> Option<u8> {
    if must_sign_in(visit, def).is_some() {
        return None;
    }
    let today = visit.ctx.now.kst_date();
    (1..def.screens()).find(|screen| !filing::missing(def, *screen, &draft.answers, today).is_empty())
}

pub async fn act(visit: &Visit, version: &Arc<ServiceVersion>, headers: &HeaderMap, sent: Sent) -> Outcome {
    let def = &version.definition;
    let own = drafts::own(visit, headers);
    let Some(draft) = drafts::get(visit, &own.owner, &def.id).await? else {
        return Ok(Redirect::to(&gone(visit, headers, def)).into_response());
    };
    let typed = Typed::read(&sent.input);
    if !sent.holds() {
        let note = FieldMessage { field: String::new(), message: words(visit, "filing-held", &[]) };
        return page(visit, version, &draft, &typed, vec![note], StatusCode::FORBIDDEN).await;
    }
    if let Some(screen) = unfinished(visit, def, &draft) {
        let to = format!("{}?check=1", address::screen(visit, &def.id, screen));
        return Ok(Redirect::to(&to).into_response());
    }
    let errors = unanswered(visit, def, &draft, &typed);
    if !errors.is_empty() {
        return page(visit, version, &draft, &typed, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match send(visit, def, &draft, &typed).await {
        Ok(receipt) => {
            let mut response = Redirect::to(&visit.url(&format!("/receipt/{}", receipt.number))).into_response();
            if let Some(code) = receipt.secret {
                code::give(visit, &mut response, &Carried { number: receipt.number, code, fresh: true })?;
            }
            Ok(response)
        }
        Err(error) => {
            let error = keep_for_form(error)?;
            let status = madang_http::status_of(error.kind());
            page(visit, version, &draft, &typed, form_errors(&visit.app, visit, &error), status).await
        }
    }
}

/// The draft went with a first press of the button: to what came of it.
fn gone(visit: &Visit, headers: &HeaderMap, def: &Definition) -> String {
    match code::latest(visit, headers) {
        Some(carried) => visit.url(&format!("/receipt/{}", carried.number)),
        None if visit.person().is_some() => visit.url("/me/cases"),
        None => address::screen(visit, &def.id, 1),
    }
}

/// What the review itself asks.
fn unanswered(visit: &Visit, def: &Definition, draft: &Draft, typed: &Typed) -> Vec<FieldMessage> {
    let mut errors = Vec::new();
    let mut wrong = |field: String, key: &str| errors.push(FieldMessage { field, message: words(visit, key, &[]) });
    if def.public.case == CasePublicity::AuthorChooses && typed.public.is_empty() {
        wrong("wants_public".to_owned(), "filing-public-choose");
    }
    for finding in findings(def, draft).values().flatten() {
        if must_go(finding) {
            wrong(finding.field.clone(), "filing-finding-must-short");
        } else if !typed.acked.contains(&finding.field) {
            wrong(format!("ack.{}", finding.field), "filing-finding-choose");
        }
    }
    errors.dedup_by(|a, b| a.field == b.field);
    errors
}

async fn send(visit: &Visit, def: &Definition, draft: &Draft, typed: &Typed) -> Result<Receipt> {
    let account = visit.account_name();
    let input = FilingInput {
        service: def.id.clone(),
        answers: draft.answers.clone(),
        uploads: Vec::new(),
        channel: Channel::Web,
        name: if visit.person().is_some() { account } else { typed.name.clone() },
        mail: Some(typed.mail.clone()).filter(|mail| !mail.is_empty() && visit.person().is_none()),
        wants_public: typed.public == "yes",
        request_key: draft.request_key.clone(),
        proxy: None,
        follow: typed.follow || !typed.mail.is_empty(),
    };
    let (ctx, cases) = (visit.ctx.clone(), cases(visit)?);
    let network = visit.network.clone();
    let work = move |tx: &mut madang_db::Tx| {
        if ctx.account().is_none() {
            rate::attempt(tx, &ctx, FILING_NETWORK, &network)?;
        }
        file::file(tx, &ctx, &cases, &input)
    };
    visit.app.db.write(work).await
}

/// Personal data in what can become public, by field.
fn findings(def: &Definition, draft: &Draft) -> BTreeMap<String, Vec<Finding>> {
    let mut by_field = BTreeMap::<String, Vec<Finding>>::new();
    for finding in personal::findings(def, &draft.answers, true) {
        by_field.entry(finding.field.clone()).or_default().push(finding);
    }
    by_field
}

/// Numbers that nobody may publish or collect without a law that says so (Personal Information Protection Act, art. 24-2).
fn must_go(finding: &Finding) -> bool {
    matches!(finding.kind.as_str(), "resident-number" | "foreigner-number")
}

/// Why somebody must sign in, or prove who they are, before this can be sent.
fn must_sign_in(visit: &Visit, def: &Definition) -> Option<&'static str> {
    let who = &def.filing.who;
    let Some(person) = visit.person() else {
        return (!who.contains(&Filer::Anonymous)).then_some("filing-sign-in-needed");
    };
    let enough = who.contains(&Filer::Anonymous)
        || who.contains(&Filer::Pseudonymous)
        || (who.contains(&Filer::Verified) && person.assurance >= Assurance::Verified);
    (!enough).then_some("filing-proof-needed")
}

async fn page(
    visit: &Visit,
    version: &Arc<ServiceVersion>,
    draft: &Draft,
    typed: &Typed,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let def = &version.definition;
    let agencies = filing::agencies(visit).await?;
    // What cannot be seen is not sent; everything below shows what will be.
    let draft = &Draft { answers: personal::visible(def, &draft.answers), ..draft.clone() };
    let found = findings(def, draft);
    let asked = madang_form::values::asked(def, &Party::Author, None, &draft.answers);
    let names = filing::screens(visit, def);
    let files_at = visit.url(&format!("/services/{}/new/files", def.id));
    let line = |field: &&Field| {
        let answer = draft.answers.get(&field.id);
        let shown = answer.map(|answer| {
            let mut shown = shapes::answer(visit, field, answer, &agencies, &files_at);
            if let Some(found) = found.get(&field.id) {
                shown["parts"] = json!(marked(shown["text"].as_str().unwrap_or(""), found));
            }
            shown
        });
        let (sees, open) = shapes::sees(visit, def, field);
        let finding = found.get(&field.id).map(|found| {
            let kinds: Vec<String> =
                found.iter().map(|f| words(visit, &format!("finding-{}", f.kind), &[])).collect();
            let key = if found.iter().any(must_go) { "filing-finding-must" } else { "filing-finding" };
            json!({
                "text": words(visit, key, &[("what", unique(kinds).join(", ").into())]), "ack": format!("ack.{}", field.id),
                "acked": typed.acked.contains(&field.id), "must": found.iter().any(must_go),
            })
        });
        json!({
            "id": field.id, "name": field.name, "a": shown, "sees": sees, "open": open, "finding": finding,
            "edit_href": format!("{}#f-{}", address::screen(visit, &def.id, field.screen), field.id),
        })
    };
    let sections: Vec<Value> = (1..def.screens())
        .map(|screen| {
            let answers: Vec<Value> = asked.iter().filter(|field| field.screen == screen).map(line).collect();
            json!({
                "title": names[usize::from(screen) - 1], "edit_href": address::screen(visit, &def.id, screen),
                "answers": answers,
            })
        })
        .collect();
    let known = visit.person().is_some();
    let has_person = asked.iter().any(|field| matches!(field.kind, FieldKind::Person));
    let here = address::screen(visit, &def.id, def.screens());
    let sign_in = must_sign_in(visit, def).map(|key| {
        let href = if known { visit.url("/me/security") } else { address::sign_in(visit, &here) };
        json!({ "text": words(visit, key, &[]), "href": href })
    });
    let context = json!({
        "service": { "name": def.name, "case_name": def.case_name, "href": address::service(visit, &def.id), "after": shapes::some(&def.filing.after) },
        "action": here, "screens": names, "errors": errors, "request_key": draft.request_key, "sections": sections,
        "asks": {
            "name": !known && !has_person && sign_in.is_none(), "mail": !known && sign_in.is_none(), "follow": known,
            "public": def.public.case == CasePublicity::AuthorChooses,
        },
        "values": { "name": typed.name, "mail": typed.mail, "follow": typed.follow, "public": typed.public },
        "sign_in": sign_in, "public_note": shapes::case_publicity(visit, def), "author_note": shapes::author_shown(visit, def),
    });
    Page::new(visit, "services/review.html").form().status(status).render(&context)
}

fn unique(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

/// The text with the found parts apart. Places that are none of the text's are left out.
fn marked(text: &str, found: &[Finding]) -> Vec<Value> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut places: Vec<(usize, usize)> = found.iter().map(|f| (f.start, f.end)).collect();
    places.sort_unstable();
    for (start, end) in places {
        if start < at || start >= end {
            continue;
        }
        let (Some(before), Some(part)) = (text.get(at..start), text.get(start..end)) else { continue };
        if !before.is_empty() {
            out.push(json!({ "text": before, "mark": false }));
        }
        out.push(json!({ "text": part, "mark": true }));
        at = end;
    }
    if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        out.push(json!({ "text": rest, "mark": false }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_parts_stand_apart() {
        let finding = |start, end| Finding {
            field: "why".to_owned(),
            kind: "phone".to_owned(),
            start,
            end,
            masked: String::new(),
        };
        let text = "전화 010 그리고 끝";
        let parts = marked(text, &[finding(7, 10), finding(8, 9), finding(500, 600)]);
        let said: Vec<_> = parts.iter().map(|p| (p["text"].as_str().unwrap(), p["mark"].as_bool().unwrap())).collect();
        assert_eq!(said, [("전화 ", false), ("010", true), (" 그리고 끝", false)]);
    }
}
