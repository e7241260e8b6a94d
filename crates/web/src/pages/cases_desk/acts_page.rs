//! The form of an act on a case: what it means, what it asks for, and the case as it stands. What was typed stays, also
//! when the case has changed meanwhile.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result};
use madang_cases::service::lookup;
use madang_cases::views::CaseView;
use madang_form::timeline::may_extend;
use madang_http::{Input, Outcome, Sent, Visit, status_of};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use serde_json::{Value, json};

use super::acts::{self, Act, Typed};
use super::case::{head, involved};
use super::kit::{self, option, t};
use super::names::Names;
use super::{content, reading, timeline};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, query_value};

type Place = Path<(String, String)>;

/// The relations that an officer can give a case.
const RELATIONS: [&str; 4] = ["became", "implements", "answers", "evidence-of"];

/// A form on its way back.
#[derive(Default)]
struct Wrong {
    errors: Vec<FieldMessage>,
    status: StatusCode,
    /// The case is no longer as it was when the form was opened.
    changed: bool,
    /// The visit had ended.
    held: bool,
}

pub(super) async fn show(visit: Visit, Path((_, number)): Place, act: Act) -> Outcome {
    let view = reading::open_as_officer(&visit, &number).await?;
    let typed = Typed {
        clock: query_value(&visit.query, "clock").unwrap_or_default(),
        list: match act {
            Act::Review => view.case.reviewed.iter().cloned().collect(),
            _ => query_value(&visit.query, "with").map(|with| split(&with)).unwrap_or_default(),
        },
        to: view.case.assignee.filter(|_| act == Act::Assign).map(|id| id.to_string()).unwrap_or_default(),
        ..Typed::default()
    };
    page(&visit, &view, act, &typed, Wrong::default()).await
}

/// Numbers as people write them one after another.
fn split(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn read(input: &Input) -> Typed {
    let mut list: Vec<String> = input.list("list").into_iter().map(str::to_owned).collect();
    for number in split(input.text("numbers")) {
        if !list.contains(&number) {
            list.push(number);
        }
    }
    Typed {
        text: input.text("text").to_owned(),
        to: input.text("to").to_owned(),
        clock: input.text("clock").to_owned(),
        consent: input.has("consent"),
        list,
        into: input.text("into").to_owned(),
        relation: input.text("relation").to_owned(),
        revision: input.text("revision").parse().ok(),
    }
}

pub(super) async fn act(visit: Visit, Path((_, number)): Place, sent: Sent, act: Act) -> Outcome {
    let typed = read(&sent.input);
    if !sent.holds() {
        let view = reading::open_as_officer(&visit, &number).await?;
        return page(
            &visit,
            &view,
            act,
            &typed,
            Wrong { held: true, status: StatusCode::FORBIDDEN, ..Wrong::default() },
        )
        .await;
    }
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(&visit)?);
    let (wanted, what) = (number.clone(), typed.clone());
    let outcome = visit.app.db.write(move |tx| acts::perform(tx, &ctx, &cases, &wanted, act, &what)).await;
    let Err(error) = outcome else {
        // Whoever passed a case on has no more business with it.
        let path =
            if act == Act::Transfer || act == Act::Leave { "/desk/cases".to_owned() } else { kit::path(&number) };
        return Ok(done(
            &visit,
            &path,
            match act {
                Act::Ask => "case-asked",
                Act::Transfer => "case-transferred",
                Act::Invite => "case-invited",
                Act::Leave => "case-left",
                Act::Extend => "case-extended",
                Act::Merge => "case-merged",
                Act::Split => "case-split",
                Act::Link => "case-linked",
                Act::Review => "case-reviewed",
                Act::Hide => "case-hidden",
                Act::Show => "case-shown",
                Act::Note => "case-noted",
                Act::Assign => "case-assigned",
            },
        ));
    };
    let error = keep_for_form(error)?;
    let changed = error.code() == "case.changed";
    let errors = if changed { Vec::new() } else { at_fields(&visit, &error) };
    let view = reading::open_as_officer(&visit, &number).await?;
    page(&visit, &view, act, &typed, Wrong { errors, status: status_of(error.kind()), changed, held: false }).await
}

/// Errors at the fields of these pages; the domain calls the reason and the question by their own names.
fn at_fields(visit: &Visit, error: &Error) -> Vec<FieldMessage> {
    let mut errors = form_errors(&visit.app, visit, error);
    for error in &mut errors {
        let place = match error.field.as_str() {
            "reason" | "question" | "note" | "reply" => "text",
            "organisation" | "agency" | "account" => "to",
            "from" | "number" => "list",
            other => other,
        };
        error.field = place.to_owned();
    }
    errors
}

async fn page(visit: &Visit, view: &CaseView, act: Act, typed: &Typed, wrong: Wrong) -> Outcome {
    if !act.allowed(&view.may, view) && !wrong.changed {
        return Err(Error::conflict("desk.act-shut").arg("number", &view.case.number).into());
    }
    let word = act.word();
    let asks_text = !matches!(act, Act::Link | Act::Review | Act::Assign);
    let context = json!({
        "case": head(visit, view), "action": visit.url(&visit.path), "act": word,
        "title": t(visit, &format!("desk-act-{word}"), &[]), "lead": t(visit, &format!("desk-lead-{word}"), &[]),
        "button": t(visit, &format!("desk-go-{word}"), &[]), "danger": act.takes_away(),
        "text": if asks_text { json!({ "label": t(visit, text_key(act), &[]), "hint": t(visit, hint_key(act), &[]), "value": typed.text }) } else { Value::Null },
        "agencies": if matches!(act, Act::Transfer | Act::Invite) { agencies(visit, view, typed).await? } else { Vec::new() },
        "officers": if act == Act::Assign { officers(visit, view, typed).await? } else { Vec::new() },
        "clocks": if act == Act::Extend { clocks(visit, view, typed) } else { Vec::new() },
        "consent": act == Act::Extend && view.may.extend.iter().any(|id| needs_consent(view, id)), "consents": typed.consent,
        "cases": if act == Act::Merge { candidates(visit, view, typed).await? } else { Vec::new() },
        "relations": if act == Act::Link { relations(visit, typed) } else { Vec::new() },
        "to": typed.to,
        "review": if act == Act::Review { review(visit, view, typed).await? } else { Vec::new() },
        "basis": basis(view, act),
        "changed": wrong.changed, "held": wrong.held,
        "summary": kit::summary(visit, &wrong.errors, |id| (id == "text").then(|| t(visit, text_key(act), &[]))),
        "errors": wrong.errors,
    });
    Page::new(visit, "cases-desk/act.html").form().status(wrong.status).render(&context)
}

const fn text_key(act: Act) -> &'static str {
    match act {
        Act::Ask => "desk-text-question",
        Act::Note => "desk-text-note",
        _ => "desk-text-reason",
    }
}

const fn hint_key(act: Act) -> &'static str {
    match act {
        Act::Ask => "desk-hint-question",
        Act::Note => "desk-hint-note",
        Act::Hide | Act::Show => "desk-hint-public-reason",
        _ => "desk-hint-reason",
    }
}

fn basis(view: &CaseView, act: Act) -> Value {
    let clocks = view.may.extend.iter().filter_map(|id| view.service.definition.clock(id));
    match act {
        Act::Extend => {
            json!(clocks.filter_map(|c| c.extension.as_ref()).flat_map(|e| &e.basis).collect::<Vec<_>>())
        }
        _ => json!([]),
    }
}

/// The agencies that the case can go to: not the one that has it, nor those that take part.
async fn agencies(visit: &Visit, view: &CaseView, typed: &Typed) -> Result<Vec<Value>> {
    let all = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    let here = involved(view);
    let mut rest: Vec<&Organisation> = all.iter().filter(|agency| !here.contains(&agency.id)).collect();
    rest.sort_by(|a, b| a.name.get(visit.locale).cmp(b.name.get(visit.locale)));
    Ok(rest.iter().map(|a| option(&a.slug, a.name.get(visit.locale), a.slug == typed.to)).collect())
}

async fn officers(visit: &Visit, view: &CaseView, typed: &Typed) -> Result<Vec<Value>> {
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(visit)?, involved(view));
    let names = visit.app.db.read(move |tx| Names::of(tx, &ctx, &cases, &ids)).await?;
    let mut out = vec![option("", t(visit, "desk-nobody", &[]), typed.to.is_empty())];
    out.extend(names.options(visit, kit::account(&typed.to).ok().flatten()));
    Ok(out)
}

fn needs_consent(view: &CaseView, id: &str) -> bool {
    let run = view.clocks.iter().find(|run| run.clock == id);
    let clock = view.service.definition.clock(id);
    clock.zip(run).is_some_and(|(clock, run)| !may_extend(&view.service.definition, clock, run, false))
}

/// The clocks that can be extended, each with the date that it would have then.
fn clocks(visit: &Visit, view: &CaseView, typed: &Typed) -> Vec<Value> {
    let only = view.may.extend.len() == 1;
    let with = view.may.extend.iter().filter_map(|id| Some((id, view.service.definition.clock(id)?)));
    with.map(|(id, clock)| {
        let consent = needs_consent(view, id);
        let now = view.clocks.iter().find(|run| run.clock == *id).and_then(|run| run.due_on.or(run.expected_on));
        let then = timeline::extended(visit, view, id, consent).and_then(|run| run.due_on.or(run.expected_on));
        let date = |day: Option<jiff::civil::Date>| day.map(|day| kit::day(visit, day)).unwrap_or_default();
        let mut hint = t(visit, "desk-extend-dates", &[("now", date(now).into()), ("then", date(then).into())]);
        if consent {
            hint = format!("{hint} {}", t(visit, "desk-extend-consent", &[]));
        }
        json!({ "value": id, "label": clock.name.get(visit.locale), "hint": hint, "selected": only || typed.clock == *id })
    })
    .collect()
}

/// This case and those that are to be one with it; the first is the one that stays.
async fn candidates(visit: &Visit, view: &CaseView, typed: &Typed) -> Result<Vec<Value>> {
    let (ctx, cases, numbers) = (visit.ctx.clone(), kit::cases(visit)?, typed.list.clone());
    let found = visit.app.db.read(move |tx| {
        let mut found = Vec::new();
        for number in numbers.clone() {
            match lookup::open(tx, &ctx, &cases, &number, None) {
                Ok(other) => found.push((other.case.number.clone(), Some(other))),
                // Said at the field when the form is sent.
                Err(error) if error.code() == "case.unknown" => found.push((number, None)),
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    });
    let line = |number: &str, other: Option<&CaseView>, here: bool| {
        json!({
            "number": number, "title": other.map(|o| o.case.title.as_str()).unwrap_or_default(), "here": here,
            "filed_at": other.map(|o| o.case.filed_at.micros()),
            "state": other.map(|o| kit::state_of(&o.service.definition, &o.case.state)),
            "supports": other.and_then(|o| o.supports.as_ref()).map(|s| s.count),
            "into": if typed.into.is_empty() { here } else { typed.into == number },
        })
    };
    let mut out = vec![line(&view.case.number, Some(view), true)];
    out.extend(found.await?.iter().map(|(number, other)| line(number, other.as_ref(), false)));
    Ok(out)
}

fn relations(visit: &Visit, typed: &Typed) -> Vec<Value> {
    let first = |word: &str| typed.relation == word || (typed.relation.is_empty() && word == "became");
    RELATIONS.iter().map(|word| option(word, t(visit, &format!("link-{word}-out"), &[]), first(word))).collect()
}

/// What becomes public when an officer has read it, with what looks like personal data marked.
async fn review(visit: &Visit, view: &CaseView, typed: &Typed) -> Result<Vec<Value>> {
    let agencies = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    let mut all = content::answers(visit, view, &agencies);
    all.retain(|answer| answer["review"] == true);
    for answer in &mut all {
        let chosen = typed.list.iter().any(|id| answer["id"] == id.as_str());
        answer["selected"] = json!(chosen);
    }
    Ok(all)
}
