//! The inbox: the cases of an agency, what is due first on top.

use axum::extract::State;
use http::StatusCode;
use jiff::civil::Date;
use madang_base::{LocalizedText, Result};
use madang_cases::Cases;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::inbox::{self, DueWithin, Inbox, InboxCounts, InboxFilter, Whose};
use madang_cases::views::{CaseFilter, CaseLine};
use madang_db::Tx;
use madang_form::Phase;
use madang_http::{App, Outcome, Visit};
use madang_kernel::organisation::{self, Organisation};
use madang_kernel::{AccountId, Ctx, OrganisationId};
use serde_json::{Value, json};
use std::sync::Arc;

use super::kit::{self, option, t};
use super::names::Names;
use super::reading::{self, WaitingStep};
use crate::i18n::FieldMessage;
use crate::page::{Page, query_value};
use crate::pages::services::shapes;

/// Lines of a page.
const LINES: u32 = 50;

/// The tabs, in their order.
pub const TABS: [&str; 7] = ["today", "overdue", "unassigned", "mine", "waiting", "joint", "all"];

/// What the address asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub tab: String,
    pub organisation: String,
    pub service: String,
    pub state: String,
    pub phase: String,
    pub assignee: String,
    pub words: String,
    pub since: String,
    pub until: String,
    pub after: String,
}

impl Asked {
    pub fn read(query: &str) -> Self {
        let said = |name: &str| query_value(query, name).unwrap_or_default();
        Self {
            tab: said("tab"),
            organisation: said("organisation"),
            service: said("service"),
            state: said("state"),
            phase: said("phase"),
            assignee: said("assignee"),
            words: said("q"),
            since: said("since"),
            until: said("until"),
            after: said("after"),
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 9] {
        [
            ("tab", &*self.tab),
            ("organisation", &*self.organisation),
            ("service", &*self.service),
            ("state", &*self.state),
            ("phase", &*self.phase),
            ("assignee", &*self.assignee),
            ("q", &*self.words),
            ("since", &*self.since),
            ("until", &*self.until),
        ]
    }

    /// The path of this list, without the place in it.
    pub fn path(&self) -> String {
        kit::address("/desk/cases", &self.pairs())
    }

    fn without(&self, names: &[&str]) -> String {
        let kept: Vec<_> = self.pairs().into_iter().filter(|(name, _)| !names.contains(name)).collect();
        kit::address("/desk/cases", &kept)
    }

    fn filter(&self, organisation: OrganisationId) -> Result<InboxFilter> {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let whose = match (self.tab.as_str(), self.assignee.as_str()) {
            ("unassigned", _) | (_, "none") => Whose::Unassigned,
            ("mine", _) | (_, "me") => Whose::Mine,
            ("joint", _) => Whose::Joint,
            _ => Whose::All,
        };
        let due = match self.tab.as_str() {
            "today" => DueWithin::Today,
            "overdue" => DueWithin::Overdue,
            _ => DueWithin::Any,
        };
        let filter = CaseFilter {
            service: filled(&self.service),
            state: filled(&self.state).filter(|_| !self.service.is_empty()),
            phase: Phase::ALL.into_iter().find(|phase| phase.code() == self.phase),
            words: filled(&self.words),
            since: self.since.parse::<Date>().ok(),
            until: self.until.parse::<Date>().ok(),
            after: filled(&self.after),
            limit: LINES,
            ..CaseFilter::default()
        };
        Ok(InboxFilter { organisation, whose, due, filter })
    }
}

/// What the page shows.
struct Found {
    here: Organisation,
    own: Vec<Organisation>,
    services: Vec<Arc<ServiceVersion>>,
    names: Names,
    inbox: Inbox,
    waiting: Vec<WaitingStep>,
}

/// The agency that the address names, or the visitor's first.
pub fn here(own: &[Organisation], slug: &str) -> Result<Organisation> {
    let found = own.iter().find(|o| o.slug == slug).or_else(|| own.first());
    found.cloned().ok_or_else(|| madang_base::Error::forbidden("desk.no-agency"))
}

fn find(tx: &mut Tx, ctx: &Ctx, cases: &Cases, ids: &[OrganisationId], asked: &Asked) -> Result<Found> {
    let own: Vec<Organisation> = ids.iter().map(|id| organisation::get(tx, *id)).collect::<Result<_>>()?;
    let here = here(&own, &asked.organisation)?;
    let inbox = inbox::inbox(tx, ctx, cases, &asked.filter(here.id)?)?;
    let services = cases.services.list(tx)?;
    let names = Names::of(tx, ctx, cases, &[here.id])?;
    let waiting = if asked.tab == "waiting" { reading::waiting(tx, ctx, cases, here.id)? } else { Vec::new() };
    Ok(Found { here, own, services, names, inbox, waiting })
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Outcome {
    let asked = Asked::read(&visit.query);
    page(&app, &visit, asked, Vec::new(), StatusCode::OK).await
}

/// The list with what is wrong with the last act on it.
pub(super) async fn page(
    app: &App,
    visit: &Visit,
    mut asked: Asked,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let (ctx, cases, ids) = (visit.ctx.clone(), kit::cases(visit)?, kit::agencies(visit));
    if asked.tab.is_empty() {
        let (ctx, ids, slug) = (ctx.clone(), ids.clone(), asked.organisation.clone());
        let counts = app.db.read(move |tx| {
            let own: Vec<Organisation> = ids.iter().map(|id| organisation::get(tx, *id)).collect::<Result<_>>()?;
            inbox::counts(tx, &ctx, here(&own, &slug)?.id)
        });
        // Today first; on a day when nothing is due, everything.
        asked.tab = if counts.await?.today > 0 { "today" } else { "all" }.to_owned();
    }
    let (reader, wanted) = (cases.clone(), asked.clone());
    let found = app.db.read(move |tx| find(tx, &ctx, &reader, &ids, &wanted)).await?;
    let mut context = context(visit, &cases, &found, &asked);
    context["errors"] = json!(errors);
    context["undo"] = super::bulk::undo(&visit.query);
    Page::new(visit, "cases-desk/inbox.html").form().status(status).render(&context)
}

fn context(visit: &Visit, cases: &Cases, found: &Found, asked: &Asked) -> Value {
    let lines: Vec<Value> = found
        .inbox
        .page
        .lines
        .iter()
        .zip(found.inbox.assignees.iter().zip(&found.inbox.alike))
        .map(|(line, (assignee, alike))| {
            let mut row = row(visit, cases, &found.names, line, *assignee);
            row["alike"] = json!(alike);
            row["alike_href"] = json!(super::alike::href(visit, &found.here.slug, &line.number));
            row
        })
        .collect();
    let page = &found.inbox.page;
    let at = |place: &Option<String>| {
        place.as_ref().map(|after| {
            let path = asked.path();
            let mark = if path.contains('?') { '&' } else { '?' };
            visit.url(&format!("{path}{mark}{}", serde_urlencoded::to_string([("after", after)]).unwrap_or_default()))
        })
    };
    let several = found.own.len() > 1;
    json!({
        "organisation": found.here.name,
        "organisations": if several { found.own.iter().map(|o| json!({
            "label": o.name, "current": o.id == found.here.id,
            "href": visit.url(&kit::address("/desk/cases", &[("organisation", &o.slug)])),
        })).collect::<Vec<_>>() } else { Vec::new() },
        "alike": visit.url(&kit::address("/desk/cases/alike", &[("organisation", &asked.organisation)])),
        "today": visit.ctx.now.kst_date().to_string(),
        "tab": asked.tab,
        "tabs": tabs(visit, &found.inbox.counts, asked),
        "filters": filters(visit, found, asked),
        "keep": [{ "name": "tab", "value": asked.tab }, { "name": "organisation", "value": asked.organisation }],
        "values": { "q": asked.words, "since": asked.since, "until": asked.until },
        "chips": chips(visit, found, asked),
        "here": visit.url(&asked.path()),
        "clear": visit.url(&asked.without(&["service", "state", "phase", "assignee", "q", "since", "until"])),
        "count": shapes::count(visit, page.count),
        "rows": lines,
        "waiting": found.waiting.iter().map(|w| reading::waiting_row(visit, &found.names, w)).collect::<Vec<_>>(),
        "officers": found.names.options(visit, None),
        "pager": {
            "first": (!asked.after.is_empty()).then(|| visit.url(&asked.path())),
            "previous": at(&page.previous), "next": at(&page.next),
        },
    })
}

fn row(visit: &Visit, cases: &Cases, names: &Names, line: &CaseLine, assignee: Option<AccountId>) -> Value {
    json!({
        "number": line.number, "title": line.title, "href": kit::href(visit, &line.number),
        "service": line.service_name, "state": kit::state(line.phase, &line.state_name),
        "outcome": line.outcome_name, "filed_at": line.filed_at.micros(), "due": kit::due(visit, cases, line.due_at),
        "assignee": names.get(visit, assignee), "assignee_id": assignee.map(|id| id.to_string()).unwrap_or_default(),
        "mine": assignee.is_some() && assignee == visit.ctx.account(),
        "says": line.citizen_says.map(madang_cases::CitizenSays::code).unwrap_or_default(),
    })
}

fn tabs(visit: &Visit, counts: &InboxCounts, asked: &Asked) -> Vec<Value> {
    TABS.iter()
        // Few agencies have cases together with others.
        .filter(|tab| **tab != "joint" || counts.joint > 0 || asked.tab == "joint")
        .map(|tab| {
            let n = match *tab {
                "today" => Some(counts.today),
                "overdue" => Some(counts.overdue),
                "unassigned" => Some(counts.unassigned),
                "mine" => Some(counts.mine),
                "waiting" => Some(counts.waiting_approval),
                "joint" => Some(counts.joint),
                "all" => Some(counts.all),
                _ => None,
            };
            // The counts stop at a thousand.
            let n = n.map(|n| if n >= inbox::COUNTED { format!("{}+", inbox::COUNTED - 1) } else { n.to_string() });
            let path = kit::address("/desk/cases", &[("tab", tab), ("organisation", &asked.organisation)]);
            json!({
                "key": tab, "label": t(visit, &format!("desk-tab-{tab}"), &[]), "count": n.unwrap_or_default(),
                "current": *tab == asked.tab, "href": visit.url(&path), "alert": *tab == "overdue" && counts.overdue > 0,
            })
        })
        .collect()
}

fn name_of<'a>(found: &'a Found, service: &str) -> Option<&'a LocalizedText> {
    found.services.iter().find(|s| s.definition.id == service).map(|s| &s.definition.name)
}

fn filters(visit: &Visit, found: &Found, asked: &Asked) -> Vec<Value> {
    let locale = visit.locale;
    let any = || option("", t(visit, "filter-any", &[]), false);
    let mut services = vec![any()];
    services.extend(found.services.iter().map(|s| {
        let def = &s.definition;
        option(&def.id, def.name.get(locale), def.id == asked.service)
    }));
    let mut out = vec![json!({ "name": "service", "label": t(visit, "desk-service", &[]), "options": services })];
    // States are a service's own; across services there are their sorts.
    if let Some(service) = found.services.iter().find(|s| s.definition.id == asked.service) {
        let mut states = vec![any()];
        states.extend(service.definition.states.iter().map(|s| option(&s.id, s.name.get(locale), s.id == asked.state)));
        out.push(json!({ "name": "state", "label": t(visit, "column-state", &[]), "options": states }));
    } else {
        let mut phases = vec![any()];
        phases.extend(Phase::ALL.into_iter().map(|phase| {
            let code = phase.code();
            option(code, t(visit, &format!("phase-{code}"), &[]), code == asked.phase)
        }));
        out.push(json!({ "name": "phase", "label": t(visit, "column-state", &[]), "options": phases }));
    }
    let whose = ["", "me", "none"].map(|word| match word {
        "" => any(),
        word => option(word, t(visit, &format!("desk-assignee-{word}"), &[]), word == asked.assignee),
    });
    out.push(json!({ "name": "assignee", "label": t(visit, "desk-assignee", &[]), "options": whose }));
    out
}

fn chips(visit: &Visit, found: &Found, asked: &Asked) -> Vec<Value> {
    let mut chips = Vec::new();
    let mut chip = |label: String, names: &[&str]| {
        chips.push(json!({ "label": label, "remove": visit.url(&asked.without(names)) }));
    };
    if let Some(name) = name_of(found, &asked.service) {
        chip(name.get(visit.locale).to_owned(), &["service", "state"]);
    }
    let states = found.services.iter().filter(|s| s.definition.id == asked.service);
    if let Some(state) = states.filter_map(|s| s.definition.state(&asked.state)).next() {
        chip(state.name.get(visit.locale).to_owned(), &["state"]);
    }
    if Phase::ALL.into_iter().any(|phase| phase.code() == asked.phase) {
        chip(t(visit, &format!("phase-{}", asked.phase), &[]), &["phase"]);
    }
    if ["me", "none"].contains(&asked.assignee.as_str()) {
        chip(t(visit, &format!("desk-assignee-{}", asked.assignee), &[]), &["assignee"]);
    }
    if !asked.words.is_empty() {
        chip(format!("“{}”", asked.words), &["q"]);
    }
    if !asked.since.is_empty() || !asked.until.is_empty() {
        chip(format!("{} ~ {}", asked.since, asked.until), &["since", "until"]);
    }
    chips
}

/// For the desk's first page: how many cases of the visitor's agencies are due today and how many are overdue; none for
/// somebody who handles none.
///
/// # Errors
/// Those of the database.
pub async fn due_today(visit: &Visit) -> Result<Option<Value>> {
    let Some(first) = kit::agencies(visit).first().copied() else { return Ok(None) };
    let ctx = visit.ctx.clone();
    let counts = visit.app.db.read(move |tx| inbox::counts(tx, &ctx, first)).await?;
    Ok(Some(
        json!({ "today": counts.today, "overdue": counts.overdue, "unassigned": counts.unassigned, "href": visit.url("/desk/cases") }),
    ))
}
