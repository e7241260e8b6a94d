//! What plans give: what moved in commitments and milestones, and what is late in them. Plans have no area: a newsletter
//! of one has nothing of them.

use std::collections::BTreeSet;

use madang_base::{LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::{Ctx, Ref};
use madang_newsletter::model::{Item, Place};
use madang_newsletter::{Gathered, Wanted};
use madang_plans::model::{News, NewsKind};
use madang_plans::views::{self, searched};
use madang_plans::{id, views::searched::Searched};

use super::topic::Topic;

/// News of one reading.
const SOME: u32 = 100;

/// What moved, newest first, each thing once with the last that happened to it.
pub(super) fn moved(tx: &mut Tx, wanted: &Wanted) -> Result<Gathered> {
    if wanted.area.is_some() {
        return Ok(Gathered::default());
    }
    let topic = Topic::new(&wanted.topic);
    let mut items: Vec<Item> = Vec::new();
    let mut seen = BTreeSet::new();
    for card in views::plans(tx, wanted.until.kst_date())? {
        let plan = id::plan_ref(&card.plan.id);
        let mut before = None;
        loop {
            let page = views::news(tx, &plan, before, SOME)?;
            for news in &page.items {
                let Some((object, place)) = about(news).filter(|_| told(news.kind)) else { continue };
                let here = news.at >= wanted.from && news.at < wanted.until;
                if !here || seen.contains(&object) {
                    continue;
                }
                let Some(thing) = thing(tx, &object, &topic, wanted)? else { continue };
                seen.insert(object.clone());
                items.push(item(object, place, &thing, &card.plan.name, news));
            }
            let over = page.items.last().is_none_or(|last| last.at < wanted.from);
            before = page.next.filter(|_| !over);
            if before.is_none() {
                break;
            }
        }
    }
    items.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.object.cmp(&b.object)));
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    items.truncate(wanted.limit);
    Ok(Gathered { items, count })
}

/// What is late in the plan in force, what was due last first.
pub(super) fn late(tx: &mut Tx, ctx: &Ctx, wanted: &Wanted) -> Result<Gathered> {
    let Some(plan) = views::in_force(tx)?.filter(|_| wanted.area.is_none()) else { return Ok(Gathered::default()) };
    let name = views::plan_summary(tx, &plan)?.name;
    let topic = Topic::new(&wanted.topic);
    let mut items: Vec<Item> = Vec::new();
    let mut seen = BTreeSet::new();
    for due in views::late(tx, &plan, ctx.now.kst_date())?.into_iter().rev() {
        let Some(at) = due.period.due.map(|day| Time::at_kst_midnight(day).plus_days(1)) else { continue };
        let object = id::milestone_ref(&due.milestone);
        if at > wanted.until || !seen.insert(object.clone()) {
            continue;
        }
        let Some(thing) = thing(tx, &object, &topic, wanted)? else { continue };
        items.push(Item {
            place: Place::Milestone { id: due.milestone.clone() },
            title: thing.title,
            text: String::new(),
            of: name.clone(),
            by: due.agencies.first().map(|agency| agency.name.clone()).unwrap_or_default(),
            state: LocalizedText::default(),
            what: "late".to_owned(),
            detail: due.period.state.code().to_owned(),
            at,
            supports: None,
            note: LocalizedText::default(),
            dropped: false,
            object,
        });
    }
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    items.truncate(wanted.limit);
    Ok(Gathered { items, count })
}

/// What a reader is told of; the plan's own upkeep is not.
fn told(kind: NewsKind) -> bool {
    match kind {
        NewsKind::CommitmentPublished
        | NewsKind::ProgressReported
        | NewsKind::ProgressCorrected
        | NewsKind::Assessed => true,
        NewsKind::PlanImported
        | NewsKind::CommitmentUndone
        | NewsKind::IndicatorReported
        | NewsKind::RoundOpened
        | NewsKind::RoundPublished => false,
    }
}

fn about(news: &News) -> Option<(Ref, Place)> {
    Some(match (&news.milestone, &news.commitment) {
        (Some(milestone), _) => (id::milestone_ref(milestone), Place::Milestone { id: milestone.clone() }),
        (None, Some(commitment)) => (id::commitment_ref(commitment), Place::Commitment { id: commitment.clone() }),
        (None, None) => return None,
    })
}

/// The thing, when it is of the wanted agency and topic.
fn thing(tx: &mut Tx, object: &Ref, topic: &Topic, wanted: &Wanted) -> Result<Option<Searched>> {
    let found = searched::of(tx, std::slice::from_ref(object))?.into_iter().next();
    Ok(found.filter(|thing| {
        let texts = thing.title.iter().chain(thing.body.iter().flat_map(LocalizedText::iter)).map(|(_, text)| text);
        let texts: Vec<&str> = texts.collect();
        wanted.agency.is_none_or(|agency| thing.agencies.contains(&agency)) && topic.met(&texts)
    }))
}

fn item(object: Ref, place: Place, thing: &Searched, plan: &LocalizedText, news: &News) -> Item {
    let by = news.agency.as_ref().or(thing.agency.as_ref());
    Item {
        object,
        place,
        title: thing.title.clone(),
        text: String::new(),
        of: plan.clone(),
        by: by.map(|agency| agency.name.clone()).unwrap_or_default(),
        state: LocalizedText::default(),
        what: news.kind.code().to_owned(),
        detail: news.detail.clone(),
        at: news.at,
        supports: None,
        note: LocalizedText::default(),
        dropped: false,
    }
}
