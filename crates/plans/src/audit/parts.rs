//! One table after the other.

use madang_base::{LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::ledger::Audited;
use madang_kernel::log_audit::{self, Covered, RECORD, Row};
use madang_kernel::{ObjectKind, Ref};

use super::store as own;
use crate::model::{NewsKind, RoundId, UpdateId};
use crate::rules;
use crate::store::{self, milestone::PeriodRow};
use crate::{id, record};

const PAGE: u32 = 50;

/// The name of this audit.
const BY: &str = "plans";

fn row<'a>(table: &'static str, object: &'a Ref, name: &'a str) -> Row<'a> {
    Row { by: BY, table, object, name }
}

/// Where the next part begins: after the last of a full page.
fn next(page: Vec<String>) -> Option<String> {
    if page.len() == PAGE as usize { page.into_iter().next_back() } else { None }
}

fn called(name: &LocalizedText) -> String {
    name.get(madang_base::Locale::Ko).to_owned()
}

pub(super) fn plans(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::plans(tx, after, PAGE)?;
    for id in &page {
        let face = record::plan(tx, id);
        row("plan", &id::plan_ref(id), id).holds(tx, face, audited)?;
    }
    Ok(next(page))
}

/// Before plans had records their parts had no events of their own.
fn older(tx: &mut Tx, plan: &str) -> Result<bool> {
    let events = log_audit::events(tx, &id::plan_ref(plan))?;
    Ok(events.iter().any(|said| said.kind == "plan.imported" && !said.fields.contains_key(RECORD)))
}

fn part(tx: &mut Tx, row: &Row<'_>, plan: &str, face: Result<String>, audited: &mut Audited) -> Result<()> {
    match row.record(tx, face, audited)? {
        Covered::Compared => {}
        Covered::Unheard if !older(tx, plan)? => {
            audited.differs(row.differs("row", "none", "a row that no leaf speaks of", None));
        }
        Covered::Older | Covered::Unheard => audited.uncovered(row.table),
    }
    Ok(())
}

pub(super) fn commitments(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::commitments(tx, after, PAGE)?;
    for id in &page {
        let (face, object) = (record::commitment(tx, id), id::commitment_ref(id));
        let found = store::commitment::get(tx, id).ok().flatten();
        let name = found.map(|(name, ..)| called(&name.name)).unwrap_or_default();
        part(tx, &row("commitment", &object, &name), plan_of(id), face, audited)?;
    }
    Ok(next(page))
}

/// `kr-2021/2.1` is of `kr-2021`.
fn plan_of(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// Columns beside the content, and what follows from the reports. The content itself is in the commitment's record.
pub(super) fn milestones(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::milestones(tx, after, PAGE)?;
    for id in &page {
        let object = id::milestone_ref(id);
        let outcome = milestone(tx, id, &object, audited);
        row("milestone", &object, "").read(outcome, audited)?;
    }
    Ok(next(page))
}

fn milestone(tx: &mut Tx, id: &str, object: &Ref, audited: &mut Audited) -> Result<()> {
    let stands = own::milestone(tx, id)?;
    let Some(full) = store::milestone::get(tx, id)? else { return Ok(()) };
    let name = called(&full.content.title);
    let row = row("milestone", object, &name);
    audited.looked("milestone");
    if full.retired_at.is_some() {
        audited.uncovered("milestone");
    }
    let recurs = full.content.recurs.as_ref();
    let flag = |flag: bool| i64::from(flag).to_string();
    let claims = store::progress::claims(tx, id)?;
    let last = claims.last();
    let columns = [
        ("number", full.content.number.clone(), stands.number),
        ("title", full.content.title.to_json(), stands.title),
        ("continues", flag(full.content.continues), stands.continues.to_string()),
        ("throughout", flag(recurs.is_some_and(|r| r.throughout)), stands.throughout.to_string()),
        ("recurs", flag(recurs.is_some_and(|r| !r.throughout)), stands.recurs.to_string()),
        ("claim", last.map(|c| c.1.to_string()).unwrap_or_default(), stands.claim.unwrap_or_default()),
        (
            "claimed_at",
            last.map(|c| c.2.micros().to_string()).unwrap_or_default(),
            stands.claimed_at.map(|at| at.to_string()).unwrap_or_default(),
        ),
    ];
    for (column, expected, found) in columns {
        if expected != found {
            audited.differs(row.differs(column, expected, found, None));
        }
    }
    let reports: Vec<rules::Report> = claims
        .iter()
        .map(|(period, claim, at)| rules::Report { period: *period, claim: *claim, day: at.kst_date() })
        .collect();
    for period in store::milestone::periods(tx, id)? {
        audited.looked("milestone_period");
        let (claim, reported) = rules::fold(period.no, period.start, period.due, &reports);
        let folded = PeriodRow { claim, reported, ..period };
        if folded != period {
            let what = format!("period {}", period.no);
            audited.differs(row.differs(&what, format!("{folded:?}"), format!("{period:?}"), None));
        }
    }
    Ok(())
}

pub(super) fn indicators(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::indicators(tx, after, PAGE)?;
    for id in &page {
        let (face, object) = (record::indicator(tx, id), id::indicator_ref(id));
        let found = store::indicator::get(tx, id).ok().flatten();
        let name = found.as_ref().map(|row| called(&row.content.name)).unwrap_or_default();
        let row = row("indicator", &object, &name);
        part(tx, &row, plan_of(id), face, audited)?;
        for _ in 0..own::replaced_values(tx, id)? {
            audited.uncovered("indicator_value");
        }
        let Some(found) = found else { continue };
        let (name, series) = own::indicator(tx, id)?;
        let columns = [("name", found.content.name.to_json(), name), ("series", found.content.group, series)];
        for (column, expected, stands) in columns {
            if expected != stands {
                audited.differs(row.differs(column, expected, stands, None));
            }
        }
        for (day, target) in store::indicator::targets(tx, id).unwrap_or_default() {
            audited.looked("indicator_target");
            if day != target.date.last_day() {
                let what = format!("target of {}", target.date);
                audited.differs(row.differs(&what, target.date.last_day(), day, None));
            }
        }
        let times: Vec<i64> = log_audit::events(tx, &object)?.iter().map(|said| said.at).collect();
        for value in store::indicator::values(tx, id).unwrap_or_default() {
            audited.looked("indicator_value");
            let what = format!("value of {}", value.date);
            if value.day != value.date.last_day() {
                audited.differs(row.differs(&what, value.date.last_day(), value.day, None));
            }
            if !times.is_empty() && !times.contains(&value.at.micros()) {
                let found = format!("reported at {}", value.at.rfc3339());
                audited.differs(row.differs(&what, "the time of a report", found, None));
            }
        }
    }
    Ok(next(page))
}

pub(super) fn rounds(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::rounds(tx, after, PAGE)?;
    for id in &page {
        let object = Ref::new(ObjectKind::Round, id);
        let round: Result<RoundId> = id.parse();
        let face = round.and_then(|id| record::round(tx, id));
        row("round", &object, "").holds(tx, face, audited)?;
    }
    Ok(next(page))
}

pub(super) fn updates(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::updates(tx, after, PAGE)?;
    for id in &page {
        let object = Ref::new(ObjectKind::Update, id);
        let update: Result<UpdateId> = id.parse();
        let found = update.and_then(|id| store::progress::get(tx, id));
        let name = found.as_ref().ok().and_then(Option::as_ref).map(|u| u.commitment.clone()).unwrap_or_default();
        let face = found.and_then(|found| {
            let found = found.ok_or_else(|| madang_base::Error::internal("a report of no organisation"))?;
            record::update(&found)
        });
        let row = row("progress", &object, &name);
        row.holds(tx, face, audited)?;
        let (expected, stands) = own::corrected(tx, id)?;
        if expected != stands {
            let spell = |id: Option<String>| id.unwrap_or_else(|| "not corrected".to_owned());
            audited.differs(row.differs("corrected_by", spell(expected), spell(stands), None));
        }
    }
    Ok(next(page))
}

pub(super) fn assessments(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::assessments(tx, after, PAGE)?;
    for id in &page {
        let object = Ref::new(ObjectKind::Assessment, id);
        let found = store::assessment::get(tx, id);
        let name = found.as_ref().ok().and_then(Option::as_ref).map(|a| a.commitment.clone()).unwrap_or_default();
        let face = found.and_then(|found| {
            let found = found.ok_or_else(|| madang_base::Error::internal("an assessment of no organisation"))?;
            record::assessment(&found)
        });
        let row = row("assessment", &object, &name);
        row.holds(tx, face, audited)?;
        let (expected, stands) = own::replaced(tx, id)?;
        if expected != stands {
            let spell = |id: Option<String>| id.unwrap_or_else(|| "not replaced".to_owned());
            audited.differs(row.differs("replaced_by", spell(expected), spell(stands), None));
        }
    }
    Ok(next(page))
}

/// The event that a news item tells of.
fn told(kind: &str) -> Option<&'static str> {
    Some(match kind.parse::<NewsKind>().ok()? {
        NewsKind::PlanImported => "plan.imported",
        NewsKind::CommitmentPublished => "commitment.published",
        NewsKind::CommitmentUndone => "commitment.undone",
        NewsKind::ProgressReported => "update.published",
        NewsKind::ProgressCorrected => "update.corrected",
        NewsKind::Assessed => "assessment.published",
        NewsKind::IndicatorReported => "indicator.reported",
        NewsKind::RoundOpened => "round.opened",
        NewsKind::RoundPublished => "round.published",
    })
}

pub(super) fn news(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    let page = own::news(tx, after, PAGE)?;
    for news in &page {
        audited.looked("news");
        let Ok(object) = news.object.parse::<Ref>() else {
            let row = Row { by: BY, table: "news", object: &id::plan_ref("none"), name: &news.object };
            audited.differs(row.differs("news", "an object", &news.object, None));
            continue;
        };
        let row = row("news", &object, &news.id);
        let kind = told(&news.kind);
        let events = log_audit::events(tx, &object)?;
        let Some(said) = events.iter().find(|said| Some(said.kind.as_str()) == kind && said.at == news.at) else {
            audited.differs(row.differs("news", "an event of this kind and time", &news.kind, None));
            continue;
        };
        let bare = |reference: Option<&str>| reference.and_then(|r| r.split_once(':')).map(|r| r.1.to_owned());
        for (field, stands) in [("commitment", &news.commitment), ("milestone", &news.milestone)] {
            let expected = bare(said.text(field));
            if said.fields.contains_key(field) && expected != *stands {
                let spell = |id: Option<&String>| id.cloned().unwrap_or_else(|| "none".to_owned());
                audited.differs(row.differs(field, spell(expected.as_ref()), spell(stands.as_ref()), said.leaf));
            }
        }
    }
    Ok(next(page.into_iter().map(|news| news.id).collect()))
}

/// What the log has an event of, and no row.
pub(super) fn lost(tx: &mut Tx, after: &str, audited: &mut Audited) -> Result<Option<String>> {
    const KINDS: [(ObjectKind, &str); 6] = [
        (ObjectKind::Assessment, "assessment"),
        (ObjectKind::Commitment, "commitment"),
        (ObjectKind::Indicator, "indicator"),
        (ObjectKind::Plan, "plan"),
        (ObjectKind::Round, "round"),
        (ObjectKind::Update, "progress"),
    ];
    let (at, object) = after.split_once(' ').unwrap_or(("0", ""));
    let at: usize = at.parse().unwrap_or(0);
    let Some((kind, table)) = KINDS.get(at).copied() else { return Ok(None) };
    let page = log_audit::objects(tx, kind, object, PAGE)?;
    for object in &page {
        let Ok(object) = object.parse::<Ref>() else { continue };
        if !own::there(tx, kind, &object.id)? {
            row(table, &object, "").missing(tx, audited)?;
        }
    }
    Ok(match next(page) {
        Some(last) => Some(format!("{at} {last}")),
        None if at + 1 < KINDS.len() => Some(format!("{} ", at + 1)),
        None => None,
    })
}
