//! An issue is put together from what contributors give: once for each period, however often it is tried.

use madang_base::{Id, Result};
use madang_db::Tx;
use madang_kernel::{Ctx, ObjectKind, Owner, Verb};

use crate::model::{Content, Issue, IssueState, Newsletter, Section, SectionKind};
use crate::period::Period;
use crate::ports::{Contributor, Wanted};
use crate::store;

/// Items of a section that stand in a new draft, and those behind them that an officer can put in.
pub const SHOWN: usize = 8;
pub const KEPT: usize = 20;

/// Newsletters of a site that are looked at.
const MOST: u32 = 1_000;

/// Newsletters whose newest period is over and has no issue yet. A period that was over before the newsletter began is
/// nobody's: an officer may still begin it.
///
/// # Errors
/// Those of the database.
pub fn due(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<(Newsletter, Period)>> {
    let mut out = Vec::new();
    for newsletter in store::newsletter::all(tx, MOST)? {
        let period = Period::last_over(newsletter.rhythm, ctx.now);
        if newsletter.retired_at.is_none()
            && period.until_at() > newsletter.created_at
            && store::issue::of_period(tx, newsletter.id, period)?.is_none()
        {
            out.push((newsletter, period));
        }
    }
    Ok(out)
}

/// What would stand in the issue of a period.
///
/// # Errors
/// Those of the database.
pub fn gather(
    tx: &mut Tx,
    ctx: &Ctx,
    there: &dyn Contributor,
    newsletter: &Newsletter,
    period: Period,
) -> Result<Content> {
    let wanted = Wanted {
        from: period.from_at(),
        until: period.until_at().min(ctx.now),
        topic: newsletter.topic.clone(),
        agency: newsletter.agency,
        area: newsletter.area.clone(),
        limit: KEPT,
    };
    let mut content = Content::default();
    for kind in SectionKind::ALL {
        let mut found = there.gather(tx, ctx, *kind, &wanted)?;
        found.items.truncate(KEPT);
        for item in found.items.iter_mut().skip(SHOWN) {
            item.dropped = true;
        }
        content.sections.push(Section { kind: *kind, count: found.count, items: found.items });
    }
    Ok(content)
}

/// Writes the draft of a period, unless it has an issue already; gives the issue that is there in either case.
///
/// # Errors
/// Those of [`Ctx::require`] and the database; `newsletter.retired`.
pub fn begin(tx: &mut Tx, ctx: &Ctx, newsletter: &Newsletter, period: Period, content: &Content) -> Result<Issue> {
    ctx.require(Verb::Create, ObjectKind::Newsletter, Some(Owner::Organisation(newsletter.organisation)))?;
    let newsletter = crate::service::current(tx, newsletter.id)?;
    let new = Issue {
        id: Id::new(ctx.now, ctx.rng()),
        newsletter: newsletter.id,
        period,
        from: period.from_at(),
        until: period.until_at(),
        state: IssueState::Draft,
        content: content.clone(),
        undos: 0,
        revision: 1,
        account: None,
        created_at: ctx.now,
        changed_at: ctx.now,
        send_at: None,
        sent_at: None,
        mailing: false,
    };
    if store::issue::insert(tx, &new)? {
        return Ok(new);
    }
    let there = store::issue::of_period(tx, newsletter.id, period)?;
    there.ok_or_else(|| madang_base::Error::internal("an issue that is not there"))
}
