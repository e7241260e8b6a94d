//! One case for its officers: what stands, what can be done now, what was filed, and what happened.

use std::collections::BTreeMap;

use axum::extract::Path;
use madang_base::Result;
use madang_cases::Publication;
use madang_cases::service::approve::ApprovalState;
use madang_cases::support::{Batch, Burst, batch, burst};
use madang_cases::views::{CaseView, OpenStep};
use madang_flows::search::{Search, Similar};
use madang_form::{ClockRun, ClockStatus, Field, FieldKind, Phase};
use madang_http::{Outcome, Visit};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use madang_kernel::{ObjectKind, OrganisationId, Verb};
use serde_json::{Value, json};

use super::acts::Act;
use super::kit::{self, t};
use super::names::Names;
use super::{content, reading, timeline};
use crate::i18n::Arg;
use crate::page::Page;
use crate::pages::plans::thread;
use crate::pages::services::shapes;
use crate::pages::services::timeline::shown;
use crate::pages::services::why as clock_page;

/// Alike cases shown beside one.
const ALIKE: usize = 5;

/// What the page needs beside the case.
struct Around {
    names: Names,
    agencies: Vec<Organisation>,
    alike: Vec<Similar>,
    links: Vec<thread::Titled>,
    batches: Vec<Batch>,
    bursts: Vec<Burst>,
}

pub(super) async fn show(visit: Visit, Path((_, number)): Path<(String, String)>) -> Outcome {
    let view = reading::open_as_officer(&visit, &number).await?;
    let around = around(&visit, &view).await?;
    Page::new(&visit, "cases-desk/case.html").form().render(&context(&visit, &view, &around)?)
}

/// Why a clock of the case ends when it ends.
pub(super) async fn why(visit: Visit, Path((_, number, clock)): Path<(String, String, String)>) -> Outcome {
    let view = reading::open_as_officer(&visit, &number).await?;
    clock_page::page(&visit, &view, &clock, &kit::href(&visit, &view.case.number))
}

/// Where files of a case are for its officers.
pub(super) fn files_at(visit: &Visit, number: &str) -> String {
    visit.url(&format!("{}/files", kit::path(number)))
}

/// The agencies whose officers have to do with the case.
pub(super) fn involved(view: &CaseView) -> Vec<OrganisationId> {
    let mut ids: Vec<OrganisationId> = view.standing.agency_here.into_iter().chain(view.case.agency).collect();
    ids.extend(view.agencies.iter().filter(|held| held.until.is_none()).map(|held| held.agency.id));
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn around(visit: &Visit, view: &CaseView) -> Result<Around> {
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(visit)?, involved(view));
    let (case, today) = (view.case.clone(), visit.ctx.now.kst_date());
    let service = view.service.clone();
    let texts = service.definition.fields.iter().filter(|f| matches!(f.kind, FieldKind::Text { .. }));
    let text = texts.filter_map(|f| case.answers.get(&f.id)).filter_map(|a| a.words().first().map(|w| (*w).to_owned()));
    let text = text.collect::<Vec<_>>().join("\n");
    let search = visit.app.own::<Search>()?;
    let mut alike = search.similar(&visit.app.db, &visit.ctx, &case.service, &case.title, &text, ALIKE + 1).await?;
    alike.retain(|other| other.number != case.number);
    visit
        .app
        .db
        .read(move |tx| {
            let support = service.definition.support.is_some();
            Ok(Around {
                names: Names::of(tx, &ctx, &cases, &ids)?,
                agencies: organisation::list(tx, Some(OrganisationKind::Agency))?,
                alike: alike.clone(),
                links: thread::read(tx, &case_ref(&case), today)?,
                batches: if support { batch::list(tx, case.id)? } else { Vec::new() },
                bursts: if support { burst::list(tx, case.id)? } else { Vec::new() },
            })
        })
        .await
}

fn case_ref(case: &madang_cases::CaseFile) -> madang_kernel::Ref {
    madang_kernel::Ref::new(ObjectKind::Case, case.id)
}

/// What every page about a case shows on top.
pub(super) fn head(visit: &Visit, view: &CaseView) -> Value {
    let def = &view.service.definition;
    json!({
        "number": view.case.number, "title": view.case.title, "href": kit::href(visit, &view.case.number),
        "service": def.name, "case_name": def.case_name, "state": kit::state_of(def, &view.case.state),
        "revision": view.case.revision,
    })
}

fn context(visit: &Visit, view: &CaseView, around: &Around) -> Result<Value> {
    let cases = kit::cases(visit)?;
    let (case, def) = (&view.case, &view.service.definition);
    let mut head = head(visit, view);
    let state = def.state(&case.state);
    let more = json!({
        "help": state.and_then(|s| shapes::some(&s.help)), "filed_at": case.filed_at.micros(),
        "outcome": case.outcome.as_deref().and_then(|id| timeline::outcome_name(visit, def, id)),
        "public_href": visit.url(&format!("/cases/{}", case.number)), "publication": case.publication.code(),
        "publication_words": t(visit, &format!("desk-publication-{}", case.publication), &[]),
        "author": case.author_name, "mail": case.mail, "channel": t(visit, &format!("desk-channel-{}", case.channel), &[]),
        "assurance": t(visit, &format!("desk-assurance-{}", case.assurance), &[]),
        "consent": case.consent.as_ref().map(|c| json!({
            "how": t(visit, &format!("counter-how-{}", c.how), &[]), "note": c.note, "at": c.at.micros(),
        })),
        "merged": view.merged_into.as_ref().map(|n| json!({ "number": n, "href": kit::href(visit, n) })),
        "says": case.citizen_says.map(|says| t(visit, &format!("desk-says-{says}"), &[])),
        "rating": case.satisfaction.map(|stars| json!({ "stars": stars, "text": case.satisfaction_text })),
        "erased": case.erased_at.is_some(),
    });
    if let (Value::Object(head), Value::Object(more)) = (&mut head, more) {
        head.extend(more);
    }
    let ended = matches!(case.phase, Phase::Answered | Phase::Refused | Phase::Closed);
    let review: Vec<&Field> = def.fields.iter().filter(|f| f.public == madang_form::Publicity::AfterReview).collect();
    // The date on top is that of the clock that ends first.
    let first = case.due_at.and_then(|due| view.clocks.iter().find(|run| run.overdue_from == Some(due)));
    let why = first.map(|run| visit.url(&format!("{}/why/{}", kit::path(&case.number), run.clock)));
    Ok(json!({
        "other": other(visit, view), "case": head, "why_href": why.unwrap_or_default(),
        "due": if ended && case.due_at.is_none() { Value::Null } else { kit::due(visit, &cases, case.due_at) },
        "clocks": view.clocks.iter().filter_map(|run| clock(visit, view, run)).collect::<Vec<_>>(),
        "agency": view.agency.as_ref().map(|a| &a.name),
        "here": around.agencies.iter().find(|a| Some(a.id) == view.standing.agency_here).map(|a| &a.name),
        "assignee": around.names.get(visit, case.assignee), "mine": case.assignee.is_some() && case.assignee == visit.ctx.account(),
        "officers": around.names.options(visit, case.assignee),
        "me": visit.ctx.account().map(|id| id.to_string()),
        "may": {
            "assign": view.may.assign, "note": view.may.note, "ask": view.may.ask, "review": view.may.review && !review.is_empty(),
            "link": view.may.link,
        },
        "steps": view.open_steps.iter().map(|open| step(visit, view, open)).collect::<Vec<_>>(),
        "acts": acts(visit, view),
        "approvals": view.approvals.iter().map(|a| approval(visit, view, &around.names, a)).collect::<Vec<_>>(),
        "answers": content::answers(visit, view, &around.agencies),
        "findings": view.findings.len(),
        "questions": view.questions.iter().rev().map(|q| json!({
            "text": q.text, "asked_at": q.asked_at.micros(), "by": around.names.get(visit, q.asked_by),
            "reply": q.reply, "replied_at": q.replied_at.map(madang_base::Time::micros),
        })).collect::<Vec<_>>(),
        "notes": view.notes.iter().map(|n| json!({
            "text": n.text, "at": n.at.micros(), "by": around.names.get(visit, n.account),
        })).collect::<Vec<_>>(),
        "agencies": view.agencies.iter().map(|held| json!({
            "name": held.agency.name, "role": t(visit, &format!("desk-role-{}", held.role), &[]),
            "from": held.from.micros(), "until": held.until.map(madang_base::Time::micros),
        })).collect::<Vec<_>>(),
        "alike": around.alike.iter().map(|other| json!({
            "number": other.number, "title": other.title, "href": visit.url(&format!("/cases/{}", other.number)),
            "state": kit::state_of(def, &other.state), "shared": other.shared.join(", "), "filed_at": other.filed_at.micros(),
            "merge_href": if view.may.merge {
                visit.url(&kit::address(&format!("{}/merge", kit::path(&case.number)), &[("with", &other.number)]))
            } else { String::new() },
        })).collect::<Vec<_>>(),
        "thread": thread::lines(visit, &case_ref(case), &around.links),
        "supports": supports(visit, view, around),
        "timeline": shown(visit, view, &files_at(visit, &case.number)),
    }))
}

/// Of a case that has no date of its own: the running clock that ends first, with whose it is.
fn other(visit: &Visit, view: &CaseView) -> Value {
    if view.case.due_at.is_some() {
        return Value::Null;
    }
    let def = &view.service.definition;
    let running = view.clocks.iter().filter(|run| matches!(run.status, ClockStatus::Running | ClockStatus::Overdue));
    let first = running.min_by_key(|run| (run.overdue_from.is_none(), run.overdue_from));
    let Some((run, clock)) = first.and_then(|run| Some((run, def.clock(&run.clock)?))) else { return Value::Null };
    let args: [(&str, Arg); 2] =
        [("who", shapes::party(visit, def, &clock.who).into()), ("clock", shapes::due_words(visit, clock, run).into())];
    json!({
        "words": t(visit, "desk-due-other", &args),
        "why_href": visit.url(&format!("{}/why/{}", kit::path(&view.case.number), run.clock)),
    })
}

fn clock(visit: &Visit, view: &CaseView, run: &ClockRun) -> Option<Value> {
    let clock = view.service.definition.clock(&run.clock)?;
    let extend = view.may.extend.contains(&run.clock);
    let extend_path = kit::address(&format!("{}/extend", kit::path(&view.case.number)), &[("clock", &run.clock)]);
    Some(json!({
        "id": run.clock, "name": clock.name, "status": shapes::clock_status(visit, run), "tone": shapes::clock_tone(run),
        "date": run.due_on.or(run.expected_on).map(|day| day.to_string()), "extensions": run.extensions,
        "who": shapes::party(visit, &view.service.definition, &clock.who), "basis": clock.basis,
        "why_href": visit.url(&format!("{}/why/{}", kit::path(&view.case.number), run.clock)),
        "extend_href": if extend { visit.url(&extend_path) } else { String::new() },
    }))
}

fn step(visit: &Visit, view: &CaseView, open: &OpenStep) -> Value {
    let step = &open.step;
    let to = step.to.as_deref().and_then(|id| view.service.definition.state(id));
    // What waits for a second officer is looked at, not begun again.
    let waiting = view.approvals.iter().find(|a| a.step == step.id && a.state == ApprovalState::Waiting);
    let place = waiting.map_or_else(|| format!("steps/{}", step.id), |approval| format!("approvals/{}", approval.id));
    json!({
        "name": step.name, "help": shapes::some(&step.help), "waits": open.waits_for_approval,
        "second": step.needs(&madang_form::Need::Approval),
        "to": to.map(|state| kit::state(state.phase, &state.name)),
        "ends": to.is_some_and(|state| matches!(state.phase, Phase::Refused | Phase::Closed)),
        "href": visit.url(&format!("{}/{place}", kit::path(&view.case.number))),
    })
}

/// What else can be done, in groups of the same sort.
fn acts(visit: &Visit, view: &CaseView) -> Vec<Value> {
    let shown = Act::ALL.into_iter().filter(|act| act.on_menu() && act.allowed(&view.may, view));
    shown
        .map(|act| {
            let href = visit.url(&format!("{}/{}", kit::path(&view.case.number), act.word()));
            json!({ "key": act.word(), "label": t(visit, &format!("desk-act-{}", act.word()), &[]), "href": href })
        })
        .collect()
}

fn approval(
    visit: &Visit,
    view: &CaseView,
    names: &Names,
    approval: &madang_cases::service::approve::Approval,
) -> Value {
    use madang_cases::service::approve::ApprovalState::{Draft, Returned, Waiting};
    let step = view.service.definition.step(&approval.step);
    let own = approval.by.is_some() && approval.by == visit.ctx.account();
    let under = |what: String| visit.url(&format!("{}/{what}", kit::path(&view.case.number)));
    let href = match approval.state {
        Waiting => under(format!("approvals/{}", approval.id)),
        _ => under(format!("steps/{}", approval.step)),
    };
    let state = match approval.state {
        Draft => "draft",
        Returned => "returned",
        _ => "waiting",
    };
    json!({
        "step": step.map(|s| &s.name), "by": names.get(visit, approval.by), "at": approval.at.micros(), "own": own,
        "state": state, "note": approval.note, "href": href,
        "decide": approval.state == Waiting && !own && visit.may_somewhere(Verb::Approve, ObjectKind::Case).is_ok(),
    })
}

fn supports(visit: &Visit, view: &CaseView, around: &Around) -> Value {
    let (Some(found), Some(support)) = (&view.supports, &view.service.definition.support) else { return Value::Null };
    let marked = around.bursts.iter().filter(|b| b.state == madang_cases::support::BurstState::Marked).count();
    let paper: i64 = around.batches.iter().filter(|b| b.undone_at.is_none()).map(|b| b.accepted).sum();
    let under = |what: &str| visit.url(&format!("{}/{what}", kit::path(&view.case.number)));
    let thresholds: Vec<Value> = found
        .thresholds
        .iter()
        .map(
            |th| json!({ "name": th.name, "count": th.count, "reached": th.reached_at.map(madang_base::Time::micros) }),
        )
        .collect();
    json!({
        "words": shapes::support_words(visit, support, found.count), "position": found.position, "paper": paper,
        "excluded": found.excluded, "thresholds": thresholds, "marked": marked, "bursts": around.bursts.len(),
        "batches_href": if support.paper { under("batches") } else { String::new() }, "bursts_href": under("bursts"),
    })
}

/// Names of agencies by slug, for answers that name one.
pub(super) fn agency_names(visit: &Visit, agencies: &[Organisation]) -> BTreeMap<String, String> {
    agencies.iter().map(|a| (a.slug.clone(), a.name.get(visit.locale).to_owned())).collect()
}

/// Whether everybody sees the case.
pub(super) fn public(view: &CaseView) -> bool {
    view.case.publication == Publication::Published
}
