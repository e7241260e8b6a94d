//! The timeline and the buttons of a case, for one visitor.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_db::Tx;
use madang_form::{ClockRun, Definition, Party, Publicity, timeline, visible};
use madang_kernel::{Actor, Ctx, ObjectKind, OrganisationId, Owner, Verb, organisation};

use super::lookup::{Sight, shown_name};
use crate::model::{AgencyName, CaseEvent, CaseFile, EventBody, EventKind, Publication};
use crate::support::SupportView;
use crate::views::{Held, Rights, Standing, TimelineItem};

/// What officers do among themselves: nobody else sees even that it happened.
const fn internal(kind: EventKind) -> bool {
    matches!(kind, EventKind::Assigned | EventKind::Submitted | EventKind::Returned | EventKind::Reviewed)
}

/// Everything that happened, as this visitor may see it, newest last.
pub(crate) fn timeline(
    tx: &mut Tx,
    def: &Definition,
    case: &CaseFile,
    events: &[CaseEvent],
    held: &[Held],
    sight: Sight,
) -> Result<Vec<TimelineItem>> {
    let mut names: BTreeMap<OrganisationId, AgencyName> =
        held.iter().map(|held| (held.agency.id, held.agency.clone())).collect();
    let mut out = Vec::with_capacity(events.len());
    for event in events {
        if internal(event.kind) && sight != Sight::Officer {
            continue;
        }
        let agency = match event.organisation {
            Some(id) => Some(named(tx, &mut names, id)?),
            None => None,
        };
        out.push(item(def, case, event, agency, sight));
    }
    Ok(out)
}

fn named(tx: &mut Tx, names: &mut BTreeMap<OrganisationId, AgencyName>, id: OrganisationId) -> Result<AgencyName> {
    if let Some(known) = names.get(&id) {
        return Ok(known.clone());
    }
    let found = organisation::get(tx, id)?;
    let name = AgencyName { id, slug: found.slug, name: found.name };
    names.insert(id, name.clone());
    Ok(name)
}

fn item(
    def: &Definition,
    case: &CaseFile,
    event: &CaseEvent,
    agency: Option<AgencyName>,
    sight: Sight,
) -> TimelineItem {
    let step = event.step.as_deref().map(|id| (id, def.step(id)));
    let state = |id: &Option<String>| {
        let id = id.as_deref()?;
        Some((id.to_owned(), def.state(id).map(|state| state.name.clone()).unwrap_or_default()))
    };
    let party = def.party(&event.party).map(|party| party.name.clone());
    let author = event.party == Party::Author.code();
    let person = match sight {
        Sight::Officer | Sight::Author => case.author_name.clone(),
        Sight::Party | Sight::Public => shown_name(def, &case.author_name),
    };
    TimelineItem {
        no: event.no,
        at: event.at,
        kind: event.kind,
        step: step.map(|(id, step)| (id.to_owned(), step.map(|step| step.done.clone()).unwrap_or_default())),
        from_state: state(&event.from_state),
        to_state: state(&event.to_state),
        party: event.party.clone(),
        party_name: party.clone().unwrap_or_default(),
        agency,
        person: Some(person).filter(|name| author && !name.is_empty()),
        body: body(def, case, event, sight),
        basis: step.and_then(|(_, step)| step).map(|step| step.basis.clone()).unwrap_or_default(),
        marked: party.filter(|_| matches!(Party::of(&event.party), Party::Named(_))),
    }
}

/// What of an event's body the visitor sees.
fn body(def: &Definition, case: &CaseFile, event: &CaseEvent, sight: Sight) -> Option<EventBody> {
    match sight {
        Sight::Officer | Sight::Author => Some(event.body.clone()),
        // A party reads what was done in the case, and the author's words only as the public does.
        Sight::Party if event.party != Party::Author.code() => Some(event.body.clone()),
        Sight::Party | Sight::Public if event.public => {
            let mut body = event.body.clone();
            if let Some(input) = &mut body.input {
                let typed = input.fields.typed(def).unwrap_or_default();
                input.fields = visible::public_answers(def, &case.state, &typed, &case.reviewed);
            }
            Some(body)
        }
        Sight::Party | Sight::Public => None,
    }
}

/// The buttons: what would not be refused, as far as can be seen from here. The verbs decide again.
pub(crate) fn rights(
    ctx: &Ctx,
    def: &Definition,
    case: &CaseFile,
    standing: &Standing,
    clocks: &[ClockRun],
    asked: bool,
    supports: Option<&SupportView>,
) -> Rights {
    if case.erased_at.is_some() {
        return Rights::default();
    }
    let owner = match ctx.account() {
        Some(account) if !standing.bearer => Owner::Account(account),
        _ => Owner::Bearer,
    };
    let author = |verb| standing.author && ctx.may(verb, ObjectKind::Case, Some(owner));
    let officer = |verb| {
        let here = standing.agency_here.map(Owner::Organisation);
        (standing.officer && ctx.may(verb, ObjectKind::Case, here)) || ctx.actor == Actor::System
    };
    let open = case.closed_at.is_none();
    let handling = officer(Verb::Handle) && (standing.agency_here == case.agency || ctx.actor == Actor::System);
    let published = case.publication == Publication::Published;
    let mine = supports.is_some_and(|supports| supports.given_by_me);
    let can = supports.is_some_and(|supports| supports.open);
    let reviewable = def.fields.iter().any(|f| f.public == Publicity::AfterReview && case.answers.get(&f.id).is_some());
    let extend = def.clocks.iter().filter(|clock| {
        let run = clocks.iter().find(|run| run.clock == clock.id);
        let by = clock.extension.as_ref().is_some_and(|extension| {
            (officer(Verb::Handle) && extension.by.contains(&Party::Agency))
                || (author(Verb::Act) && extension.by.contains(&Party::Author))
        });
        by && run.is_some_and(|run| timeline::may_extend(def, clock, run, true))
    });
    Rights {
        withdraw: author(Verb::Withdraw) && open && def.filing.withdraw,
        correct: author(Verb::Edit) && open && def.filing.correct && case.state == def.first_state().id,
        rate: author(Verb::Assess) && case.answered_at.is_some(),
        reply: author(Verb::Answer) && open && asked,
        support: can && !mine,
        unsupport: can && mine,
        follow: ctx.may(Verb::Follow, ObjectKind::Case, None) && (published || standing.inside()),
        ask: officer(Verb::Handle) && open && !asked,
        transfer: handling && open && def.routing.transfer,
        invite: handling && open && def.routing.joint,
        extend: extend.map(|clock| clock.id.clone()).collect(),
        merge: handling && open,
        hide: officer(Verb::Publish) && published,
        show: officer(Verb::Publish) && case.publication == Publication::Hidden,
        review: officer(Verb::Publish) && reviewable,
        note: officer(Verb::Handle),
        assign: handling,
        link: officer(Verb::Handle) && published,
    }
}
