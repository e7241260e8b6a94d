//! A case, as its visitor may see it: where it stands, until when, what one can do, and all that happened.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use http::HeaderMap;
use madang_base::{Result, Time};
use madang_cases::model::{CitizenSays, Publication};
use madang_cases::service::lookup;
use madang_cases::views::{CaseView, Held};
use madang_form::{ClockRun, ClockStatus, Party, Step};
use madang_http::{Outcome, Visit};
use madang_kernel::organisation::Organisation;
use madang_kernel::{ObjectKind, Ref};
use serde_json::{Value, json};

use super::super::plans::thread;
use super::super::receipts::check::{self, Check};
use super::{address, cases, code, filing, shapes, supports, timeline};
use crate::page::{Page, words};

/// The case of this number as the visitor may see it.
///
/// # Errors
/// `case.unknown`, also when there is one that is not the visitor's business.
pub async fn open(visit: &Visit, headers: &HeaderMap, number: &str) -> Result<CaseView> {
    let known = code::of(visit, headers, number);
    let (ctx, there, number) = (visit.ctx.clone(), cases(visit)?, number.to_owned());
    visit.app.db.read(move |tx| lookup::open(tx, &ctx, &there, &number, known.as_deref())).await
}

/// The same for pages of citizens: staff who see more than everybody does look at it from the desk, where looks are
/// written down.
///
/// # Errors
/// As [`open`].
pub async fn citizens(visit: &Visit, headers: &HeaderMap, number: &str) -> Result<CaseView> {
    let view = open(visit, headers, number).await?;
    if view.standing.staff_reads && !view.standing.author && view.case.publication != Publication::Published {
        return Err(madang_base::Error::not_found("case.unknown").arg("value", number));
    }
    Ok(view)
}

pub async fn show(visit: Visit, Path((_, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    if let Some(number) = number.strip_suffix(".json") {
        return super::feeds::one_json(&visit, &headers, number).await;
    }
    if let Some(number) = number.strip_suffix(".atom") {
        return super::feeds::one_atom(&visit, &headers, number).await;
    }
    let view = open(&visit, &headers, &number).await?;
    let standing = &view.standing;
    if standing.staff_reads && !standing.author && view.case.publication != Publication::Published {
        let desk = visit.url(&format!("/desk/cases/{}", view.case.number));
        return Ok(Redirect::to(&desk).into_response());
    }
    let agencies = filing::agencies(&visit).await?;
    let thread = thread::of(&visit, &Ref::new(ObjectKind::Case, view.case.id)).await?;
    let object = Ref::new(ObjectKind::Case, view.case.id);
    let check = match view.supports.as_ref().filter(|_| view.case.publication == Publication::Published) {
        Some(supports) => {
            let data_href = format!("/cases/{}/count.json", view.case.number);
            let position = Some(supports.position).filter(|position| *position > 0);
            check::of(&visit, Check { key: "supports", position, object: Some(&object), data_href }).await
        }
        None => Value::Null,
    };
    let context = context(&visit, &view, &agencies, thread, &check);
    let mut response = Page::new(&visit, "services/case.html").render(&context)?;
    if standing.inside() {
        use http::header::{CACHE_CONTROL, HeaderValue};
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    Ok(response)
}

fn context(visit: &Visit, view: &CaseView, agencies: &[Organisation], thread: Vec<Value>, check: &Value) -> Value {
    let (case, def) = (&view.case, &view.service.definition);
    let public = case.publication == Publication::Published;
    let href = address::case(visit, &case.number);
    let files_at = address::under(visit, &case.number, "files");
    let outcome = case.outcome.as_ref().and_then(|id| {
        let state = def.state(&case.state)?;
        state.outcomes.iter().find(|outcome| outcome.id == *id).map(|outcome| &outcome.name)
    });
    let acts = acts(visit, view);
    let question = view.question.as_ref().filter(|_| view.may.reply).map(|q| {
        json!({ "text": q.text, "asked_at": q.asked_at.micros(), "reply_href": address::under(visit, &case.number, "reply") })
    });
    let asked = |q: &madang_cases::service::ask::Question| {
        json!({
            "text": q.text, "asked_at": q.asked_at.micros(), "reply": q.reply,
            "replied_at": q.replied_at.unwrap_or(q.asked_at).micros(),
        })
    };
    json!({
        "case": {
            "number": case.number, "title": case.title, "href": href, "filed_at": case.filed_at.micros(),
            "service": { "id": def.id, "name": def.name, "case_name": def.case_name, "href": address::service(visit, &def.id) },
            "state": shapes::state_of(def, &case.state, case.phase), "author": case.author_name,
            "public": public, "outcome": outcome,
            "merged": view.merged_into.as_ref().map(|number| json!({ "number": number, "href": address::case(visit, number) })),
        },
        "agency": view.agency.as_ref().map(|a| {
            let offices = crate::pages::offices::shape::href(visit, &a.slug);
            json!({ "name": a.name, "href": agency(visit, &a.slug), "offices_href": offices })
        }),
        "own": view.standing.author, "due": due(visit, view), "primary": acts.primary, "second": acts.second,
        "others": acts.others, "question": question, "says": says(visit, view),
        "answer": timeline::answer(visit, view, &files_at),
        "supports": view.supports.as_ref().filter(|s| s.taken || s.count > 0).map(|s| supports::shown(visit, view, s, check)),
        "answers": answers(visit, view, agencies, &files_at), "clocks": clocks(visit, view),
        "agencies": view.agencies.iter().map(|held| held_by(visit, held)).collect::<Vec<_>>(),
        "timeline": timeline::shown(visit, view, &files_at), "questions": view.questions.iter().filter(|q| q.reply.is_some()).map(asked).collect::<Vec<_>>(),
        "rating": rating(visit, view), "thread": thread,
        "follow": { "href": address::under(visit, &case.number, "follow"), "on": view.follows, "possible": public || view.may.follow },
        "share": format!("{}{href}", visit.app.site.base_url),
        "embed_href": if public { address::under(visit, &case.number, "embed") } else { String::new() },
        "exports": href,
    })
}

fn agency(visit: &Visit, slug: &str) -> String {
    visit.url(&format!("/agencies/{slug}"))
}

/// The clock that is waited for: what is late first, then what ends first; an agency's before others'.
fn next(view: &CaseView) -> Option<&ClockRun> {
    let def = &view.service.definition;
    // The author's own time matters to the author, and to others while nothing else is waited for.
    let matters = |run: &&ClockRun| {
        let clock = def.clock(&run.clock);
        view.standing.author || clock.is_some_and(|c| c.who != Party::Author) || !shapes::is_over(view.case.phase)
    };
    let running = |status| matches!(status, ClockStatus::Running | ClockStatus::Paused | ClockStatus::Overdue);
    let waited = |run: &&ClockRun| running(run.status) && matters(run);
    view.clocks.iter().filter(waited).min_by_key(|run| {
        let agency = def.clock(&run.clock).is_some_and(|clock| clock.who == Party::Agency);
        (run.status != ClockStatus::Overdue, run.paused, !agency, run.due_on.or(run.expected_on))
    })
}

/// The next date in words, with a way to its reason.
pub fn due(visit: &Visit, view: &CaseView) -> Value {
    let found = next(view).and_then(|run| Some((run, view.service.definition.clock(&run.clock)?)));
    found.map_or(Value::Null, |(run, clock)| {
        json!({
            "words": shapes::due_words(visit, clock, run), "tone": shapes::clock_tone(run),
            "why_href": address::under(visit, &view.case.number, &format!("why/{}", clock.id)),
        })
    })
}

fn clocks(visit: &Visit, view: &CaseView) -> Vec<Value> {
    let def = &view.service.definition;
    let line = |run: &ClockRun| {
        let clock = def.clock(&run.clock)?;
        Some(json!({
            "name": clock.name, "status": shapes::clock_status(visit, run), "tone": shapes::clock_tone(run),
            "date": run.due_on.or(run.expected_on).map(|d| d.to_string()).unwrap_or_default(),
            "why_href": address::under(visit, &view.case.number, &format!("why/{}", clock.id)),
        }))
    };
    view.clocks.iter().filter_map(line).collect()
}

fn held_by(visit: &Visit, held: &Held) -> Value {
    let until: Time = held.until.unwrap_or(visit.ctx.now);
    let days = until.seconds_since(held.from) / 86_400;
    json!({
        "name": held.agency.name, "href": agency(visit, &held.agency.slug), "from": held.from.micros(),
        "role": words(visit, &format!("held-{}", if held.role == "joint" { "joint" } else { "handling" }), &[]),
        "until": held.until.map(Time::micros), "days": words(visit, "cases-held-days", &[("n", days.into())]),
    })
}

/// What the agency says and what the citizen says, once the citizen has said anything.
fn says(visit: &Visit, view: &CaseView) -> Value {
    let Some(citizen) = view.case.citizen_says else { return Value::Null };
    let def = &view.service.definition;
    let agency = def.state(&view.case.state).map_or("", |state| state.name.get(visit.locale));
    let key = match citizen {
        CitizenSays::Confirmed => "cases-says-confirmed",
        CitizenSays::Disputed => "cases-says-disputed",
    };
    json!({ "agency": agency, "citizen": words(visit, key, &[]), "confirmed": citizen == CitizenSays::Confirmed })
}

fn answers(visit: &Visit, view: &CaseView, agencies: &[Organisation], files_at: &str) -> Vec<Value> {
    let def = &view.service.definition;
    let line = |field: &madang_form::Field| {
        // The title heads the page.
        let answer = view.case.answers.get(&field.id).filter(|_| field.id != def.public.title)?;
        let (sees, open) = shapes::sees(visit, def, field);
        let shown = shapes::answer(visit, field, answer, agencies, files_at);
        Some(json!({ "id": field.id, "name": field.name, "a": shown, "sees": sees, "open": open }))
    };
    def.fields.iter().filter_map(line).collect()
}

fn rating(visit: &Visit, view: &CaseView) -> Value {
    view.case.satisfaction.map_or(Value::Null, |stars| {
        json!({
            "stars": stars, "words": words(visit, &format!("rate-{}", stars.clamp(1, 5)), &[]),
            "text": view.case.satisfaction_text.clone().unwrap_or_default(),
        })
    })
}

/// The buttons of a case.
#[derive(Default)]
struct Acts {
    primary: Option<Value>,
    second: Option<Value>,
    others: Vec<Value>,
}

/// The steps that a citizen may take here; what agencies do is done at the desk.
pub fn own_steps(view: &CaseView) -> impl Iterator<Item = &Step> {
    let mine =
        |party: &Party| *party != Party::Agency && *party != Party::System && view.standing.parties.contains(party);
    view.open_steps.iter().map(|open| &open.step).filter(move |step| step.by.iter().any(mine))
}

fn acts(visit: &Visit, view: &CaseView) -> Acts {
    let at = |what: &str| address::under(visit, &view.case.number, what);
    let mut acts = Acts::default();
    let button = |href: String, label: String, icon: &str| json!({ "href": href, "label": label, "icon": icon });
    if view.may.reply && view.question.is_some() {
        acts.primary = Some(button(at("reply"), words(visit, "cases-reply", &[]), "edit"));
    }
    let mut steps: Vec<&Step> = own_steps(view).collect();
    // What the citizen says of the agency's "done": yes and no stand side by side.
    steps.sort_by_key(|step| (step.citizen_says.is_none(), step.citizen_says == Some(false)));
    let said = steps.iter().any(|step| step.citizen_says.is_some());
    let mut rest = Vec::new();
    for step in steps {
        let one = button(at(&format!("steps/{}", step.id)), step.name.get(visit.locale).to_owned(), "edit");
        let speaks = step.citizen_says.is_some() || (view.standing.author && step.by.contains(&Party::Author));
        if acts.primary.is_none() && speaks && !view.may.support {
            acts.primary = Some(one);
        } else if said && step.citizen_says.is_some() && acts.second.is_none() {
            acts.second = Some(one);
        } else {
            rest.push(json!({ "href": one["href"], "label": one["label"], "danger": false }));
        }
    }
    // Whoever is not signed in is asked to on the page of the button.
    let open = view.supports.as_ref().is_some_and(|supports| supports.taken && !supports.given_by_me);
    if (view.may.support || (open && visit.person().is_none()))
        && let Some(support) = &view.service.definition.support
    {
        let label = words(visit, &format!("support-give-{}", shapes::word(support.word)), &[]);
        acts.primary.get_or_insert(button(at("support"), label, "check"));
    }
    if view.may.rate {
        let label = words(visit, "rate-title", &[]);
        match acts.primary {
            None => acts.primary = Some(button(at("rate"), label, "edit")),
            Some(_) => rest.push(json!({ "href": at("rate"), "label": label, "danger": false })),
        }
    }
    let mut also = |may: bool, what: &str, key: &str, danger: bool| {
        if may {
            rest.push(json!({ "href": at(what), "label": words(visit, key, &[]), "danger": danger }));
        }
    };
    also(view.may.correct, "correct", "correct-title", false);
    also(view.may.withdraw, "withdraw", "withdraw-title", true);
    if view.standing.officer {
        let desk = visit.url(&format!("/desk/cases/{}", view.case.number));
        rest.push(json!({ "href": desk, "label": words(visit, "cases-at-desk", &[]), "danger": false }));
    }
    acts.others = rest;
    acts
}
