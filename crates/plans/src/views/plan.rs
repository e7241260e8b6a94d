//! The plan's page, its counts, its news and its history.

use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ref;
use serde::Serialize;

use super::{CommitmentCard, cards, state_of};
use crate::file::{Counts, Head};
use crate::model::{AgencyName, News, NewsId, Page, PlanSummary, ThemeView};
use crate::rules::Progress;
use crate::store;

/// Everything on the plan's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanOverview {
    pub plan: PlanSummary,
    /// The plan's own texts: summary, source, forum, declined suggestions, statements, figures.
    pub head: Head,
    pub lead: AgencyName,
    pub counts: Counts,
    pub progress: Progress,
    pub themes: Vec<ThemeCard>,
    /// The latest news.
    pub moved: Vec<News>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThemeCard {
    #[serde(flatten)]
    pub theme: ThemeView,
    pub progress: Progress,
    pub commitments: Vec<CommitmentCard>,
}

/// How many news items the plan's page shows.
const MOVED: u32 = 6;

/// The plan's page: six statements, each by an index.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn overview(tx: &mut Tx, plan: &str, today: Date) -> Result<PlanOverview> {
    let row = store::plan::get(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    let themes = store::plan::themes(tx, plan)?;
    let commitments = store::commitment::of_plan(tx, plan)?;
    let agencies = store::commitment::agencies_of_plan(tx, plan)?;
    let facts = store::milestone::facts_of_plan(tx, plan)?;
    let moved = store::news::of_plan(tx, plan, None, MOVED)?;

    let cards = cards(commitments, &agencies, &facts, row.summary.end, today);
    let counts = counts_of(themes.len(), &cards, facts.len());
    let mut progress = Progress::default();
    let mut by_theme: Vec<ThemeCard> = themes
        .into_iter()
        .map(|theme| ThemeCard { theme, progress: Progress::default(), commitments: Vec::new() })
        .collect();
    for card in cards {
        progress.add_all(&card.progress);
        if let Some(theme) = by_theme.iter_mut().find(|t| t.theme.id == card.name.theme) {
            theme.progress.add_all(&card.progress);
            theme.commitments.push(card);
        }
    }
    Ok(PlanOverview { plan: row.summary, head: row.head, lead: row.lead, counts, progress, themes: by_theme, moved })
}

/// What the overview depends on, for caches and ETags: it changes when anything in the plan does, and with the day.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn version(tx: &mut Tx, plan: &str, today: Date) -> Result<String> {
    let brief = store::plan::brief(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    Ok(format!("{}-{}-{}", brief.id, brief.revision, today))
}

/// All plans, the latest first.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx) -> Result<Vec<PlanSummary>> {
    store::plan::list(tx)
}

/// A plan without its content; None when there is none.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx, plan: &str) -> Result<Option<PlanSummary>> {
    store::plan::brief(tx, plan)
}

fn counts_of(themes: usize, cards: &[CommitmentCard], milestones: usize) -> Counts {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let parts = cards.iter().map(|c| c.parts.len()).sum::<usize>();
    let split = cards.iter().filter(|c| !c.parts.is_empty()).count();
    Counts {
        themes: size(themes),
        commitments: size(cards.len()),
        parts: size(parts),
        commitments_with_parts: size(cards.len() - split + parts),
        milestones: size(milestones),
    }
}

/// How many themes, commitments, parts and milestones a plan has.
///
/// # Errors
/// Those of the database.
pub fn counts(tx: &mut Tx, plan: &str) -> Result<Counts> {
    let themes = store::plan::themes(tx, plan)?;
    let commitments = store::commitment::of_plan(tx, plan)?;
    let milestones = store::milestone::facts_of_plan(tx, plan)?;
    let none = Date::constant(2000, 1, 1);
    Ok(counts_of(themes.len(), &cards(commitments, &[], &[], none, none), milestones.len()))
}

/// How many milestones are in each state, of a plan or of one commitment and its parts; for badges and widgets.
///
/// # Errors
/// `plan.unknown`; those of the database.
pub fn progress(tx: &mut Tx, plan: &str, commitment: Option<&str>, today: Date) -> Result<Progress> {
    let brief = store::plan::brief(tx, plan)?.ok_or_else(|| Error::not_found("plan.unknown").arg("value", plan))?;
    let own = match commitment {
        None => None,
        Some(id) => Some(
            store::commitment::of_plan(tx, plan)?
                .into_iter()
                .filter(|c| c.id == id || c.parent.as_deref() == Some(id))
                .map(|c| c.id)
                .collect::<Vec<_>>(),
        ),
    };
    let mut progress = Progress::default();
    for row in store::milestone::facts_of_plan(tx, plan)? {
        if own.as_ref().is_none_or(|own| own.contains(&row.commitment)) {
            progress.add(state_of(&row, brief.end, today));
        }
    }
    Ok(progress)
}

/// The plan's news, newest first; for the page and the Atom feed.
///
/// # Errors
/// Those of the database.
pub fn news(tx: &mut Tx, plan: &str, before: Option<NewsId>, limit: u32) -> Result<Page<News, NewsId>> {
    let items = store::news::of_plan(tx, plan, before, limit.saturating_add(1))?;
    Ok(Page::cut(items, limit, |n| n.id))
}

/// News of one object (a commitment, an agency), newest first.
///
/// # Errors
/// Those of the database.
pub fn news_of(tx: &mut Tx, object: &Ref, before: Option<NewsId>, limit: u32) -> Result<Page<News, NewsId>> {
    let items = store::news::of_object(tx, object, before, limit.saturating_add(1))?;
    Ok(Page::cut(items, limit, |n| n.id))
}
