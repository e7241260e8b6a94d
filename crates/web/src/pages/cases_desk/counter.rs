//! The counter: for people who come, call or write. A clerk chooses what to file, or looks up what was filed before, with
//! number and code, or by name for what this counter filed. Every look is in the access log.

use axum::extract::State;
use http::StatusCode;
use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_cases::service::lookup;
use madang_cases::views::CaseView;
use madang_form::Filer;
use madang_form::number::{normalise, normalise_secret};
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_identity::{Limit, access, rate};
use serde_json::{Value, json};

use super::{content, kit, reading};
use crate::i18n::FieldMessage;
use crate::page::{Page, form_errors, keep_for_form};
use crate::pages::services::shapes;
use crate::pages::services::timeline;

/// Codes that one clerk tries: a queue of people, not a guesser.
const TRIES: Limit = Limit { name: "counter-code", attempts: 60, seconds: 900 };
/// What a search by name is called in the access log.
const BY_NAME: &str = "case.by-name";

/// The look-up forms as typed.
#[derive(Default)]
struct Typed {
    number: String,
    code: String,
    name: String,
    since: String,
    until: String,
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    page(&app, &visit, &Typed::default(), &Value::Null, &Value::Null, Vec::new(), StatusCode::OK).await
}

async fn page(
    app: &App,
    visit: &Visit,
    typed: &Typed,
    found: &Value,
    named: &Value,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let (cases, today) = (kit::cases(visit)?, visit.ctx.now.kst_date());
    let services = app.db.read(move |tx| cases.services.list(tx)).await?;
    let open = services.iter().filter(|s| s.definition.filing.who.contains(&Filer::Proxy) && shapes::open(s, today));
    let lines: Vec<Value> = open
        .map(|s| {
            let def = &s.definition;
            json!({
                "name": def.name, "summary": def.summary, "term": shapes::longest_term(visit, def),
                "href": visit.url(&format!("/desk/counter/{}", def.id)),
            })
        })
        .collect();
    let today = today.to_string();
    let context = json!({
        "services": lines, "action": visit.url("/desk/counter"),
        "values": {
            "number": typed.number, "code": typed.code, "name": typed.name,
            "since": if typed.since.is_empty() { &today } else { &typed.since },
            "until": if typed.until.is_empty() { &today } else { &typed.until },
        },
        "found": found, "named": named, "errors": errors,
    });
    Page::new(visit, "cases-desk/counter.html").form().status(status).render(&context)
}

pub(super) async fn look_up(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let text = |name: &str| input.text(name).to_owned();
    let typed = Typed {
        number: text("number"),
        code: text("code"),
        name: text("name"),
        since: text("since"),
        until: text("until"),
    };
    let outcome = match input.text("go") {
        "name" => by_name(&visit, &typed).await.map(|named| (Value::Null, named)),
        _ => by_code(&visit, &typed).await.map(|found| (found, Value::Null)),
    };
    match outcome {
        Ok((found, named)) => page(&app, &visit, &typed, &found, &named, Vec::new(), StatusCode::OK).await,
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            page(&app, &visit, &typed, &Value::Null, &Value::Null, errors, status_of(error.kind())).await
        }
    }
}

fn wrong(field: &'static str, code: &'static str) -> Error {
    Error::invalid(code).field(field, code)
}

async fn by_code(visit: &Visit, typed: &Typed) -> Result<Value> {
    let number = normalise(&typed.number).ok_or_else(|| wrong("number", "lookup.number"))?;
    let code = normalise_secret(&typed.code).ok_or_else(|| wrong("code", "lookup.code"))?;
    let (ctx, who) = (visit.ctx.clone(), visit.ctx.account().map(|id| id.to_string()).unwrap_or_default());
    visit.app.db.write(move |tx| rate::attempt(tx, &ctx, TRIES, &who)).await?;
    let view = reading::open(visit, &number, Some(code)).await;
    let view = view.map_err(|e| if e.code() == "case.unknown" { wrong("code", "lookup.nothing") } else { e })?;
    if !(view.standing.bearer || view.standing.clerk || view.standing.author) {
        return Err(wrong("code", "lookup.nothing"));
    }
    shown(visit, &view).await
}

/// A case as somebody at the counter is told of it.
async fn shown(visit: &Visit, view: &CaseView) -> Result<Value> {
    use madang_kernel::organisation::{self, OrganisationKind};
    let agencies = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    let def = &view.service.definition;
    let clock = view.clocks.iter().find(|run| run.stopped_at.is_none());
    let due = clock.and_then(|run| Some(shapes::due_words(visit, def.clock(&run.clock)?, run)));
    Ok(json!({
        "number": view.case.number, "title": view.case.title, "service": def.name,
        "state": kit::state_of(def, &view.case.state), "help": def.state(&view.case.state).and_then(|s| shapes::some(&s.help)),
        "due": due, "agency": view.agency.as_ref().map(|a| &a.name), "filed_at": view.case.filed_at.micros(),
        "author": view.case.author_name, "question": view.question.as_ref().map(|q| &q.text),
        "answers": content::answers(visit, view, &agencies), "timeline": timeline::shown(visit, view, ""),
        "officer_href": if view.standing.officer { kit::href(visit, &view.case.number) } else { String::new() },
    }))
}

async fn by_name(visit: &Visit, typed: &Typed) -> Result<Value> {
    if typed.name.is_empty() {
        return Err(wrong("name", "counter.name"));
    }
    let day = |text: &str, field: &'static str| text.parse::<Date>().map_err(|_| wrong(field, "counter.day"));
    let (since, until) = (day(&typed.since, "since")?, day(&typed.until, "until")?);
    let (ctx, name) = (visit.ctx.clone(), typed.name.clone());
    // The reason is the search itself; the name stands nowhere but in the case.
    let why = kit::t(
        visit,
        "counter-look-reason",
        &[("since", since.to_string().into()), ("until", until.to_string().into())],
    );
    let numbers = visit
        .app
        .db
        .write(move |tx| {
            access::record(tx, &ctx, None, BY_NAME, None, &why)?;
            lookup::by_name(tx, &ctx, &name, since, until)
        })
        .await?;
    Ok(json!({ "numbers": numbers, "count": numbers.len() }))
}
