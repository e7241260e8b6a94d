//! What cases give: asked, answered, late.

use std::collections::BTreeMap;

use madang_base::{LocalizedText, Result, Time};
use madang_cases::Cases;
use madang_cases::model::CaseId;
use madang_cases::service::searched::{self, Searched};
use madang_db::Tx;
use madang_kernel::{ObjectKind, Ref};
use madang_newsletter::model::{Item, Place};
use madang_newsletter::{Gathered, Wanted};

use super::store::{self, Candidate, Range};
use super::{sentence, topic::Topic};

/// Cases of one statement.
const SOME: u32 = 500;

type Find = fn(&mut Tx, &Range) -> Result<Vec<Candidate>>;

pub(super) fn asked(tx: &mut Tx, cases: &Cases, wanted: &Wanted) -> Result<Gathered> {
    gather(tx, cases, wanted, store::asked, |a, b| b.supports.cmp(&a.supports).then(b.at.cmp(&a.at)))
}

pub(super) fn answered(tx: &mut Tx, cases: &Cases, wanted: &Wanted) -> Result<Gathered> {
    let mut found =
        gather(tx, cases, wanted, store::answered, |a, b| b.supports.cmp(&a.supports).then(b.at.cmp(&a.at)))?;
    for item in &mut found.items {
        item.text = answer(tx, &item.object, item.at)?;
    }
    Ok(found)
}

pub(super) fn late(tx: &mut Tx, cases: &Cases, wanted: &Wanted) -> Result<Gathered> {
    gather(tx, cases, wanted, store::late, |a, b| b.at.cmp(&a.at))
}

/// The best by `order` of all that are wanted. They are read as texts only where the topic or the area asks for it; else
/// only those that are shown.
fn gather(
    tx: &mut Tx,
    cases: &Cases,
    wanted: &Wanted,
    find: Find,
    order: fn(&Candidate, &Candidate) -> std::cmp::Ordering,
) -> Result<Gathered> {
    let topic = Topic::new(&wanted.topic);
    let narrow = !topic.is_all() || wanted.area.is_some();
    let mut range = Range {
        from: wanted.from,
        until: wanted.until,
        agency: wanted.agency,
        after: (Time::from_micros(i64::MIN), String::new()),
        limit: SOME,
    };
    let (mut best, mut count) = (Vec::new(), 0_i64);
    loop {
        let found = find(tx, &range)?;
        let last = found.last().map(|last| (last.at, last.id.to_string()));
        let more = found.len() == SOME as usize;
        let met = if narrow { fitting(tx, cases, &topic, wanted, found)? } else { found };
        count += i64::try_from(met.len()).unwrap_or(i64::MAX);
        best.extend(met);
        best.sort_by(|a, b| order(a, b).then(a.id.cmp(&b.id)));
        best.truncate(wanted.limit);
        match last.filter(|_| more) {
            Some(last) => range.after = last,
            None => break,
        }
    }
    let ids: Vec<CaseId> = best.iter().map(|candidate| candidate.id).collect();
    let mut read: BTreeMap<CaseId, Searched> =
        searched::of(tx, cases, &ids)?.into_iter().map(|case| (case.id, case)).collect();
    let items = best.into_iter().filter_map(|candidate| Some(item(read.remove(&candidate.id)?, candidate.at)));
    Ok(Gathered { items: items.collect(), count })
}

fn fitting(
    tx: &mut Tx,
    cases: &Cases,
    topic: &Topic,
    wanted: &Wanted,
    found: Vec<Candidate>,
) -> Result<Vec<Candidate>> {
    let ids: Vec<CaseId> = found.iter().map(|candidate| candidate.id).collect();
    let mut fits = std::collections::BTreeSet::new();
    for case in searched::of(tx, cases, &ids)? {
        let here = wanted.area.as_deref().is_none_or(|area| within(case.area.as_deref(), area));
        let texts: Vec<&str> = std::iter::once(&case.title).chain(&case.body).map(String::as_str).collect();
        if here && topic.met(&texts) {
            fits.insert(case.id);
        }
    }
    Ok(found.into_iter().filter(|candidate| fits.contains(&candidate.id)).collect())
}

/// Whether a case's area is the wanted one or lies in it: 서울특별시 종로구 lies in 서울특별시.
fn within(area: Option<&str>, wanted: &str) -> bool {
    area.is_some_and(|area| area.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

fn item(case: Searched, at: Time) -> Item {
    Item {
        object: Ref::new(ObjectKind::Case, case.id),
        state: case.state_name(),
        of: case.version.definition.name.clone(),
        by: case.agency.map(|agency| agency.name).unwrap_or_default(),
        place: Place::Case { number: case.number },
        title: spoken(&case.title),
        text: String::new(),
        what: String::new(),
        detail: String::new(),
        at,
        supports: case.supports,
        note: LocalizedText::default(),
        dropped: false,
    }
}

/// What a citizen wrote, in the language it seems to be in.
fn spoken(text: &str) -> LocalizedText {
    let korean = text.chars().any(|c| ('가'..='힣').contains(&c) || ('ㄱ'..='ㅣ').contains(&c)) || !text.is_ascii();
    LocalizedText::default().with(if korean { "ko" } else { "en" }, text)
}

/// The titles of those of these things that are cases and public now.
pub(super) fn titles(tx: &mut Tx, cases: &Cases, refs: &[Ref]) -> Result<BTreeMap<Ref, LocalizedText>> {
    let ids: Vec<CaseId> =
        refs.iter().filter(|r| r.kind == ObjectKind::Case).filter_map(|r| r.id.parse().ok()).collect();
    let found = searched::of(tx, cases, &ids)?;
    Ok(found.into_iter().map(|case| (Ref::new(ObjectKind::Case, case.id), spoken(&case.title))).collect())
}

/// The first sentence of the answer that a case got at an instant; empty when none is public.
pub(super) fn answer(tx: &mut Tx, case: &Ref, at: Time) -> Result<String> {
    let Ok(id) = case.id.parse() else { return Ok(String::new()) };
    for body in store::said(tx, id, at)? {
        let Some(input) = body.input else { continue };
        let text = if input.answer.trim().is_empty() { input.reason } else { input.answer };
        if !text.trim().is_empty() {
            return Ok(sentence::first(&text));
        }
    }
    Ok(String::new())
}
