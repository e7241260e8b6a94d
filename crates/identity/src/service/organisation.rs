//! Organisations, for the administrator's pages. Table and rules are the kernel's: other domains read them too.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, Draft, Organisation};
use madang_kernel::{Ctx, ObjectKind, Owner, Verb};

use crate::rules::text;

/// Makes an organisation. A public act.
///
/// # Errors
/// `Kind::Conflict` `identity.organisation-exists`; those of [`organisation::upsert`] and [`Ctx::require`].
pub fn create(tx: &mut Tx, ctx: &Ctx, draft: &Draft) -> Result<Organisation> {
    ctx.require(Verb::Create, ObjectKind::Organisation, None)?;
    if organisation::by_slug(tx, &draft.slug)?.is_some() {
        return Err(text::taken("identity.organisation-exists", "slug", &[("value", &draft.slug)]));
    }
    organisation::upsert(tx, ctx, draft)
}

/// Changes the organisation with the draft's slug. A public act.
///
/// # Errors
/// `Kind::NotFound` `organisation.unknown`; those of [`organisation::upsert`] and [`Ctx::require`].
pub fn edit(tx: &mut Tx, ctx: &Ctx, draft: &Draft) -> Result<Organisation> {
    let unknown = || Error::not_found("organisation.unknown").arg("value", &draft.slug);
    let old = organisation::by_slug(tx, &draft.slug)?.ok_or_else(unknown)?;
    ctx.require(Verb::Edit, ObjectKind::Organisation, Some(Owner::Organisation(old.id)))?;
    organisation::upsert(tx, ctx, draft)
}
