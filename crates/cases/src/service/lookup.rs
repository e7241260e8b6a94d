//! A case as the visitor may see it, and whether there is one for this visitor at all.
//!
//! Four groups see different things: everybody (public answers of public cases), the author (all but what officers write
//! among themselves), named parties (all but what is about persons and what officers write), officers of the agencies that
//! have the case (all). A clerk who is shown the person's code sees what the person sees.

use std::collections::BTreeSet;

use jiff::civil::Date;
use madang_base::{Error, Result, Time};
use madang_db::Tx;
use madang_form::{AuthorName, Definition, Party, visible};
use madang_kernel::{Actor, Ctx, ObjectKind, OrganisationId, Owner, Role, Verb, links};

use super::approve::ApprovalState;
use super::{approve, ask, case_of, clocks, file, follow, note, personal, show};
use crate::Cases;
use crate::model::{CaseFile, Delivery, Publication};
use crate::store;
use crate::support;
use crate::views::{CaseView, Held, OpenStep, Standing};

/// Objects of a thread that are looked up.
const THREAD: usize = 60;

/// As whom the actor stands before the case. A code that is not the case's changes nothing.
///
/// # Errors
/// Those of the database.
pub fn standing(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile, code: Option<&str>) -> Result<Standing> {
    let mut standing = Standing::default();
    let own = |account| ctx.may(Verb::Read, ObjectKind::Case, Some(Owner::Account(account)));
    standing.author = case.author.is_some() && case.author == ctx.account() && case.author.is_some_and(own);
    if let Some(person) = ctx.actor.person() {
        let here = agency_here(tx, ctx, case)?;
        standing.officer = here.is_some();
        standing.agency_here = here;
        if ctx.may(Verb::Act, ObjectKind::Party, None) {
            standing.parties.insert(Party::Member);
            let declared = &cases.services.version(tx, &case.version)?.definition.parties;
            for party in store::party::of_account(tx, &case.service, person.account)? {
                if declared.iter().any(|known| known.id == party) {
                    standing.parties.insert(Party::Named(party));
                }
            }
        }
    }
    if !standing.author && shown(ctx, case, code) {
        (standing.author, standing.bearer) = (true, true);
        standing.clerk = represents(ctx);
    }
    if standing.author {
        standing.parties.insert(Party::Author);
    }
    if standing.officer {
        standing.parties.insert(Party::Agency);
    }
    standing.staff_reads = (standing.officer && !standing.author) || standing.clerk;
    Ok(standing)
}

/// Whether the code is the case's. Both sides are digests under a key, so comparing them tells nothing of the code.
fn shown(ctx: &Ctx, case: &CaseFile, code: Option<&str>) -> bool {
    let given = code.and_then(|code| file::secret_hash(ctx, &case.number, code));
    given.is_some() && given == case.secret_hash
}

/// Whether the actor acts for others at a counter.
fn represents(ctx: &Ctx) -> bool {
    !organisations(ctx).is_empty()
        && ctx.may(Verb::Represent, ObjectKind::Case, Some(Owner::Organisations(&organisations(ctx))))
}

fn organisations(ctx: &Ctx) -> Vec<OrganisationId> {
    let of = |role| ctx.actor.person().into_iter().flat_map(move |person| person.organisations(role));
    [Role::Clerk, Role::Officer, Role::Lead].into_iter().flat_map(of).collect()
}

/// For which of the agencies that have the case the actor is an officer: the handling one first.
fn agency_here(tx: &mut Tx, ctx: &Ctx, case: &CaseFile) -> Result<Option<OrganisationId>> {
    let mut agencies: Vec<OrganisationId> = case.agency.into_iter().collect();
    let Some(person) = ctx.actor.person() else { return Ok(None) };
    if !person.holds(Role::Officer) && !person.holds(Role::Lead) {
        return Ok(None);
    }
    agencies.extend(store::agency::now(tx, case.id)?.into_iter().map(|(agency, _)| agency));
    let reads = |agency: &OrganisationId| ctx.may(Verb::Read, ObjectKind::Case, Some(Owner::Organisation(*agency)));
    Ok(agencies.into_iter().find(reads))
}

/// How much of a case somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sight {
    Public,
    /// A named party.
    Party,
    Author,
    Officer,
}

pub(crate) fn sight(ctx: &Ctx, standing: &Standing) -> Sight {
    if standing.officer || ctx.actor == Actor::System {
        Sight::Officer
    } else if standing.author {
        Sight::Author
    } else if standing.inside() {
        Sight::Party
    } else {
        Sight::Public
    }
}

/// The case of this number.
///
/// # Errors
/// `Kind::NotFound` `case.unknown`, also when there is one that is not the visitor's business.
pub fn open(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, code: Option<&str>) -> Result<CaseView> {
    let (case, service) = case_of(tx, cases, number)?;
    let standing = standing(tx, ctx, cases, &case, code)?;
    let sight = sight(ctx, &standing);
    if sight == Sight::Public && case.publication != Publication::Published {
        return Err(Error::not_found("case.unknown").arg("value", number));
    }
    let def = &service.definition;
    let events = store::event::of_case(tx, case.id)?;
    let clocks = clocks::of_events(tx, ctx, cases, &case, &events)?;
    let held: Vec<Held> = store::agency::of_case(tx, case.id)?.into_iter().map(held).collect();
    let agency = held.iter().rfind(|held| Some(held.agency.id) == case.agency).map(|held| held.agency.clone());
    let timeline = show::timeline(tx, def, &case, &events, &held, sight)?;
    let inner = sight >= Sight::Author;
    let questions = if inner { ask::of_case(tx, case.id)? } else { Vec::new() };
    let question = questions.iter().find(|question| question.replied_at.is_none()).cloned();
    let supports = support::view(tx, ctx, cases, &case)?;
    let officer = sight == Sight::Officer;
    let approvals = if officer { approve::of_case(tx, case.id)? } else { Vec::new() };
    let waits = |step: &str| approvals.iter().any(|a| a.step == step && a.state == ApprovalState::Waiting);
    let parties: Vec<Party> = standing.parties.iter().cloned().collect();
    let erased = case.erased_at.is_some();
    let steps = if erased {
        Vec::new()
    } else {
        madang_form::steps::open_steps(def, &case.state, &parties, &case.answers, &clocks)
    };
    let open_steps =
        steps.into_iter().map(|step| OpenStep { step: step.clone(), waits_for_approval: waits(&step.id) }).collect();
    let follows = follow::follows(tx, ctx, &case)?.is_some();
    let may = show::rights(ctx, def, &case, &standing, &clocks, question.is_some(), supports.as_ref());
    let findings = if officer { findings(def, &case) } else { Vec::new() };
    let merged_into = match case.merged_into {
        Some(id) => main(tx, ctx, cases, id, sight)?,
        None => None,
    };
    Ok(CaseView {
        thread: links::thread(tx, &case.reference(), THREAD)?,
        notes: if officer { note::of_case(tx, case.id)? } else { Vec::new() },
        case: reduced(def, case, sight),
        standing,
        agency,
        agencies: held,
        clocks,
        timeline,
        open_steps,
        question,
        questions,
        supports,
        approvals,
        findings,
        merged_into,
        follows,
        may,
        service,
    })
}

fn held(row: store::agency::HeldRow) -> Held {
    Held { agency: row.agency, role: row.role.code().to_owned(), from: row.from, until: row.until }
}

/// The number of the case that another went into, for those who may see that one.
fn main(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: crate::model::CaseId, sight: Sight) -> Result<Option<String>> {
    let Some(main) = store::case::by_id(tx, id)? else { return Ok(None) };
    let visible = main.publication == Publication::Published
        || sight == Sight::Officer
        || standing(tx, ctx, cases, &main, None)?.inside();
    Ok(visible.then_some(main.number))
}

/// Personal data in what is public or would be: the answers and the title.
fn findings(def: &Definition, case: &CaseFile) -> Vec<personal::Finding> {
    personal::findings(def, &case.answers, true)
}

/// What of the row the visitor sees.
fn reduced(def: &Definition, mut case: CaseFile, sight: Sight) -> CaseFile {
    case.secret_hash = None;
    if sight < Sight::Officer {
        case.assignee = None;
    }
    match sight {
        Sight::Officer | Sight::Author => return case,
        Sight::Party => {
            for field in def.fields.iter().filter(|field| field.personal) {
                case.answers.0.remove(&field.id);
            }
        }
        Sight::Public => {
            case.answers = visible::public_answers(def, &case.state, &case.answers, &case.reviewed);
            case.reviewed = BTreeSet::new();
            case.area = None;
        }
    }
    case.author_name = shown_name(def, &case.author_name);
    case.author = None;
    case.mail = None;
    case.consent = None;
    case.satisfaction_text = None;
    case
}

/// The author's name as everybody sees it.
pub(crate) fn shown_name(def: &Definition, name: &str) -> String {
    match def.public.author {
        AuthorName::Name => name.to_owned(),
        AuthorName::Initial => name.chars().next().map(|first| format!("{first}○○")).unwrap_or_default(),
        AuthorName::Hidden => String::new(),
    }
}

/// Notes that an officer of its agency has opened the case for the first time. False when it was seen before.
///
/// # Errors
/// `case.unknown`; those of [`Ctx::require`].
pub fn seen(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str) -> Result<bool> {
    let (case, _) = case_of(tx, cases, number)?;
    let standing = standing(tx, ctx, cases, &case, None)?;
    let Some(here) = standing.agency_here else {
        return Err(Error::not_found("case.unknown").arg("value", number));
    };
    ctx.require(Verb::Handle, ObjectKind::Case, Some(Owner::Organisation(here)))?;
    if case.delivery == Delivery::Seen {
        return Ok(false);
    }
    store::case::set_seen(tx, case.id, ctx.now)
}

/// For a clerk, without the code: numbers of cases that somebody of this name filed through one of the clerk's
/// organisations on these days, both included. The page writes the look into the access log.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn by_name(tx: &mut Tx, ctx: &Ctx, name: &str, since: Date, until: Date) -> Result<Vec<String>> {
    let own = organisations(ctx);
    ctx.require(Verb::Represent, ObjectKind::Case, Some(Owner::Organisations(&own)))?;
    let name = madang_text::clean::line(name);
    let (from, to) = (Time::at_kst_midnight(since), Time::at_kst_midnight(until.tomorrow().unwrap_or(until)));
    let mut out = Vec::new();
    for organisation in own {
        for number in store::personal::by_name(tx, organisation, &name, from, to)? {
            if !out.contains(&number) {
                out.push(number);
            }
        }
    }
    Ok(out)
}
