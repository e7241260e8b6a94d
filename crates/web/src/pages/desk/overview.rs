//! What waits for the visitor: what is due, drafts, rounds, what is to be assessed, what was published lately.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use jiff::civil::Date;
use madang_base::{LocalizedText, Result, Time};
use madang_db::Tx;
use madang_http::{Outcome, Visit};
use madang_kernel::organisation;
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Role, Verb};
use madang_plans::model::{AgencyRole, Draft};
use madang_plans::rules::State;
use madang_plans::service::edit;
use madang_plans::views::{self, CommitmentView, Due, Waiting};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::plans::shape;
use super::organisations;
use crate::page::Page;

/// What is due within so many days stands on the desk.
const AHEAD_DAYS: i64 = 120;
/// Rows of a list.
const SHOWN: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
}

/// Everything the page shows.
#[derive(Default)]
struct Found {
    name: LocalizedText,
    due: Vec<Due>,
    reported: BTreeMap<String, Time>,
    drafts: Vec<(Draft, CommitmentView)>,
    rounds: Vec<Waiting>,
    to_assess: Vec<(CommitmentView, Option<Time>)>,
    published: Vec<(Draft, CommitmentView)>,
}

struct Who {
    ctx: Ctx,
    /// Agencies that the visitor speaks for.
    agencies: Vec<OrganisationId>,
    /// Civil society's organisations.
    civil: Vec<OrganisationId>,
    today: Date,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let who = Who {
        ctx: visit.ctx.clone(),
        agencies: organisations(&visit, &[Role::Officer, Role::Lead]),
        civil: organisations(&visit, &[Role::CivilSociety]),
        today: shape::today(&visit),
    };
    let found = visit.app.db.read(move |tx| find(tx, &who)).await?;
    let mut context = context(&visit, &found, &asked);
    context["cases"] = json!(super::super::cases_desk::due_today(&visit).await?);
    Page::new(&visit, "desk.html").form().render(&context)
}

fn find(tx: &mut Tx, who: &Who) -> Result<Found> {
    let mut found = Found::default();
    if let Some(first) = who.agencies.first().or_else(|| who.civil.first()) {
        found.name = organisation::get(tx, *first)?.name;
    }
    if !who.agencies.is_empty() {
        found.due = due(tx, who)?;
        found.rounds = views::waiting(tx, &who.agencies)?;
    }
    for card in views::plans(tx, who.today)? {
        let plan = views::plan(tx, &card.plan.id, who.today, 0)?;
        // Parts are listed beside the commitments that they make up.
        for line in plan.themes.iter().flat_map(|theme| &theme.commitments) {
            of_commitment(tx, who, &line.commitment.id, &mut found)?;
        }
    }
    let wanted: BTreeSet<String> = found.due.iter().map(|d| d.commitment.clone()).collect();
    for commitment in wanted {
        for update in views::updates(tx, &commitment)? {
            if let Some(milestone) = update.milestone {
                found.reported.entry(milestone).or_insert(update.at);
            }
        }
    }
    found.drafts.sort_by_key(|(draft, _)| std::cmp::Reverse(draft.changed_at));
    found.published.sort_by_key(|(draft, _)| std::cmp::Reverse(draft.published_at));
    Ok(found)
}

/// Periods of the visitor's agencies that wait for a report, the longest overdue first.
fn due(tx: &mut Tx, who: &Who) -> Result<Vec<Due>> {
    let ahead = who.ctx.now.plus_days(AHEAD_DAYS).kst_date();
    let mut due = views::calendar(tx, None, Date::constant(1900, 1, 1), ahead, who.today)?;
    due.retain(|d| {
        let own = d.agencies.iter().any(|a| who.agencies.contains(&a.id));
        let open = !matches!(d.period.state, State::Completed | State::Upcoming);
        own && open
    });
    due.sort_by(|a, b| {
        let key = |d: &Due| (d.period.due.is_none(), d.period.due, d.milestone.clone(), d.period.no);
        key(a).cmp(&key(b))
    });
    Ok(due)
}

fn of_commitment(tx: &mut Tx, who: &Who, id: &str, found: &mut Found) -> Result<()> {
    let view = views::commitment(tx, id, who.today)?;
    let parts: Vec<String> = view.parts.iter().map(|(part, _, _)| part.id.clone()).collect();
    let mut owners: Vec<OrganisationId> = super::leads(&view.agencies);
    for part in &parts {
        owners.extend(super::leads(&views::commitment(tx, part, who.today)?.agencies));
    }
    if !who.civil.is_empty() && parts.is_empty() {
        let last = view.assessments.iter().filter(|a| who.civil.contains(&a.agency.id)).map(|a| a.at).max();
        found.to_assess.push((view.clone(), last));
    }
    // What the lead ministry may edit is the whole plan; its desk shows its own commitments and open drafts.
    let may = who.ctx.may(Verb::Edit, ObjectKind::Commitment, Some(Owner::Organisations(&owners)));
    if may {
        if let Some(draft) = edit::open(tx, &who.ctx, id)? {
            found.drafts.push((draft, view.clone()));
        }
        if let Some(draft) = edit::undoable(tx, id)? {
            found.published.push((draft, view));
        }
    }
    Ok(())
}

fn context(visit: &Visit, found: &Found, asked: &Asked) -> Value {
    let today = shape::today(visit);
    let wanted = |d: &&Due| asked.state.is_empty() || d.period.state.code() == asked.state;
    let due: Vec<Value> =
        found.due.iter().filter(wanted).take(SHOWN).map(|d| due_line(visit, found, d, today)).collect();
    let present: BTreeSet<&str> = found.due.iter().map(|d| d.period.state.code()).collect();
    let mut options = vec![shape::option("", shape::t(visit, "filter-all", &[]), asked.state.is_empty())];
    let mut chips = Vec::new();
    for state in shape::STATES.iter().filter(|s| present.contains(**s) || **s == asked.state) {
        let label = shape::t(visit, &format!("state-{state}"), &[]);
        if *state == asked.state {
            chips.push(json!({ "label": label, "remove": visit.url("/desk") }));
        }
        options.push(shape::option(state, label, *state == asked.state));
    }
    json!({
        "who": { "organisation": found.name, "officer": !organisations(visit, &[Role::Officer, Role::Lead]).is_empty() },
        "today": today.to_string(),
        "filters": [{ "name": "state", "label": shape::t(visit, "column-state", &[]), "options": options }],
        "chips": chips,
        "due": due,
        "drafts": found.drafts.iter().map(|(draft, view)| json!({
            "title": draft.content.name, "kind": "commitment", "edited": draft.changed_at.micros(), "by": by(visit, view),
            "href": visit.url(&format!("/desk/plans/{}/commitments/{}/edit", view.plan.id, view.name.number)),
        })).collect::<Vec<_>>(),
        "rounds": found.rounds.iter().map(|w| json!({
            "title": w.round.title, "due": w.round.due.to_string(), "days": (w.round.due - today).get_days(),
            "href": visit.url(&format!("/desk/plans/{}/rounds/{}/answer", w.round.plan, w.round.id)),
        })).collect::<Vec<_>>(),
        "to_assess": found.to_assess.iter().map(|(view, last)| json!({
            "number": view.name.number, "title": view.name.name, "last": last.map(Time::micros),
            "href": visit.url(&format!("/plans/{}/commitments/{}/assess", view.plan.id, view.name.number)),
        })).collect::<Vec<_>>(),
        "published": found.published.iter().map(|(draft, view)| json!({
            "title": draft.content.name, "time": draft.published_at.unwrap_or(draft.changed_at).micros(),
            "undo": visit.url(&format!("/desk/plans/{}/commitments/{}/undo/{}", view.plan.id, view.name.number, draft.id)),
        })).collect::<Vec<_>>(),
    })
}

/// The agency that leads, in the page's language.
fn by(visit: &Visit, view: &CommitmentView) -> String {
    let lead = view.agencies.iter().find(|a| a.role == AgencyRole::Lead);
    lead.map(|a| a.agency.name.get(visit.locale).to_owned()).unwrap_or_default()
}

fn due_line(visit: &Visit, found: &Found, d: &Due, today: Date) -> Value {
    let report = format!("/desk/plans/{}/milestones/{}/{}/report", d.plan, d.commitment_number, d.number);
    let several = d.period.no > 1
        || found.due.iter().any(|other| other.milestone == d.milestone && other.period.no != d.period.no);
    let report = if several { format!("{report}?period={}", d.period.no) } else { report };
    json!({
        "title": d.title, "commitment": d.commitment_number, "state": d.period.state.code(), "recurring": several,
        "href": visit.url(&format!("/plans/{}/commitments/{}#m{}", d.plan, d.commitment_number, d.number)),
        "due": d.period.due.map(|day| day.to_string()),
        "days": d.period.due.map(|day| (day - today).get_days()),
        "report_href": visit.url(&report),
        "last_report": found.reported.get(&d.milestone).map(|at| at.micros()),
    })
}
