//! A newsletter begins, changes its settings, and ends.

use madang_base::{Error, Id, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event, Field};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Owner, Ref, Verb, organisation};
use serde_json::json;

use super::overtaken;
use crate::model::{Newsletter, NewsletterId, Rhythm, Settings};
use crate::{kinds, rules, store};

/// An organisation begins a newsletter. `slug` is the word of its address and never changes.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.slug`, `newsletter.slug-taken`; `newsletter.settings` with the fields that are
/// wrong; `newsletter.agency`.
pub fn create(
    tx: &mut Tx,
    ctx: &Ctx,
    organisation: OrganisationId,
    slug: &str,
    settings: &Settings,
) -> Result<Newsletter> {
    ctx.require(Verb::Create, ObjectKind::Newsletter, Some(Owner::Organisation(organisation)))?;
    // All that is wrong with a form is said at once.
    match (rules::slug(slug), rules::settings(settings)) {
        (Ok(()), _) => {}
        (Err(error), Ok(())) => return Err(error),
        (Err(slug), Err(error)) => {
            return Err(slug.fields().iter().cloned().fold(error, Error::field_error));
        }
    }
    let rhythm = checked(tx, settings)?;
    let new = with(
        Newsletter {
            id: Id::new(ctx.now, ctx.rng()),
            slug: slug.to_owned(),
            organisation,
            name: settings.name.clone(),
            about: settings.about.clone(),
            topic: String::new(),
            agency: None,
            area: None,
            rhythm,
            revision: 1,
            created_at: ctx.now,
            retired_at: None,
        },
        settings,
        rhythm,
    );
    if !store::newsletter::insert(tx, &new)? {
        return Err(Error::conflict("newsletter.slug-taken").field("slug", "newsletter.slug-taken"));
    }
    record(tx, ctx, &new, Event::public(&kinds::NEWSLETTER_CREATED, new.reference()))?;
    Ok(new)
}

/// Changes the settings; what is drafted already stays as it is. `revision` is what the edit began from.
///
/// # Errors
/// Those of [`Ctx::require`] and of the settings; `newsletter.overtaken`; `newsletter.retired`.
pub fn edit(tx: &mut Tx, ctx: &Ctx, id: NewsletterId, revision: i64, settings: &Settings) -> Result<Newsletter> {
    let old = allowed(tx, ctx, id, Verb::Edit)?;
    if old.retired_at.is_some() {
        return Err(Error::gone("newsletter.retired"));
    }
    let rhythm = checked(tx, settings)?;
    let new = Newsletter { revision: revision + 1, ..with(old, settings, rhythm) };
    if !store::newsletter::update(tx, &new, revision)? {
        return Err(overtaken());
    }
    record(tx, ctx, &new, Event::public(&kinds::NEWSLETTER_CHANGED, new.reference()))?;
    Ok(new)
}

/// Ends a newsletter: no further issue comes, its subscriptions are deleted, what was sent stays. Ending twice is as good
/// as once.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.mailing` while mails of an issue are being written.
pub fn retire(tx: &mut Tx, ctx: &Ctx, id: NewsletterId) -> Result<()> {
    let old = allowed(tx, ctx, id, Verb::Delete)?;
    if store::issue::mailing(tx, id)? {
        return Err(Error::conflict("newsletter.mailing"));
    }
    if store::newsletter::retire(tx, id, ctx.now)? {
        store::subscription::delete_of_newsletter(tx, id)?;
        let event = Event::public(&kinds::NEWSLETTER_RETIRED, old.reference());
        ledger::append(tx, ctx, event.with("organisation", of(&old)))?;
    }
    Ok(())
}

fn allowed(tx: &mut Tx, ctx: &Ctx, id: NewsletterId, verb: Verb) -> Result<Newsletter> {
    let unknown = || Error::not_found("newsletter.unknown").arg("value", id);
    let old = store::newsletter::get(tx, id)?.ok_or_else(unknown)?;
    ctx.require(verb, ObjectKind::Newsletter, Some(Owner::Organisation(old.organisation)))?;
    Ok(old)
}

fn checked(tx: &mut Tx, settings: &Settings) -> Result<Rhythm> {
    rules::settings(settings)?;
    if let Some(agency) = settings.agency {
        let unknown = || Error::invalid("newsletter.agency").field("agency", "newsletter.agency");
        organisation::get(tx, agency).map_err(|_| unknown())?;
    }
    settings.rhythm.ok_or_else(|| Error::invalid("newsletter.rhythm").field("rhythm", "newsletter.rhythm"))
}

fn with(old: Newsletter, settings: &Settings, rhythm: Rhythm) -> Newsletter {
    let words: Vec<&str> = settings.topic.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    Newsletter {
        name: settings.name.clone(),
        about: settings.about.clone(),
        topic: words.join(", "),
        agency: settings.agency,
        area: Some(settings.area.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|area| !area.is_empty()),
        rhythm,
        ..old
    }
}

fn of(newsletter: &Newsletter) -> Ref {
    Ref::new(ObjectKind::Organisation, newsletter.organisation)
}

fn record(tx: &mut Tx, ctx: &Ctx, new: &Newsletter, event: Event) -> Result<()> {
    let record = json!({
        "about": new.about, "agency": new.agency, "area": new.area, "name": new.name, "rhythm": new.rhythm,
        "slug": new.slug, "topic": new.topic,
    });
    let event = event.with("organisation", of(new)).with("record", Field::salted(record.to_string()));
    ledger::append(tx, ctx, event).map(|_| ())
}
