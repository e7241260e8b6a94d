//! What a step does, once it is sure that it may happen: to the case, its publication, its clocks, the ledger, the links,
//! and whom it tells. No permission is asked here.

use madang_base::Result;
use madang_db::Tx;
use madang_form::{CasePublicity, Definition, Moment, Party, Phase, Publishes, Step, StepInput};
use madang_kernel::Ctx;
use madang_kernel::ledger::{Kind, ReceiptCode};
use madang_kernel::links::{self, LinkType};

use super::act::{self, Happened, Who};
use super::{approve, link, written};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseFile, CitizenSays, EventKind, Publication};
use crate::registry::ServiceVersion;
use crate::store;

/// How many steps may follow one another by themselves.
pub(crate) const CHAIN: u32 = 8;

/// Does what a step does, and what follows from it by itself.
#[expect(clippy::too_many_arguments, reason = "the engine's one place: who does what to which case")]
pub(crate) fn perform(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    case: &mut CaseFile,
    service: &ServiceVersion,
    step: &Step,
    input: &StepInput,
    who: &Who,
    chain: u32,
) -> Result<ReceiptCode> {
    let def = &service.definition;
    let from = case.state.clone();
    let (was, revised) = (case.publication, changes(step, input));
    move_to(ctx, case, def, step, input, who);
    publish(ctx, case, def, step);
    case.answers.0.extend(input.fields.0.clone());
    if revised {
        case.updated_at = ctx.now;
        store::case::save(tx, case)?;
        approve::overtaken(tx, ctx, case, def, Some(&step.id))?;
    }
    if !input.fields.0.is_empty() || was != case.publication {
        written::index(tx, def, case)?;
    }
    let (body, public) = act::step_body(step, input);
    let happened = Happened {
        step: Some(step),
        from_state: step.to.as_ref().map(|_| from.as_str()),
        to_state: step.to.as_deref(),
        public,
        body,
        ..Happened::new(EventKind::Step, word(def, step), who)
    };
    let receipt = act::record(tx, ctx, cases, case, happened)?;
    link_up(tx, ctx, cases, case, input)?;
    for moment in moments(step) {
        follow_up(tx, ctx, cases, case, service, &moment, chain)?;
    }
    Ok(receipt)
}

/// Takes the steps that happen by themselves at a moment; says how many.
pub(crate) fn follow_up(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    case: &mut CaseFile,
    service: &ServiceVersion,
    moment: &Moment,
    chain: u32,
) -> Result<u64> {
    let mut taken = 0;
    for step in service.definition.steps_on(moment) {
        // Looked at anew for each: the step before may have moved the case.
        if chain == 0 || !step.from.contains(&case.state) || !step.by(&Party::System) {
            continue;
        }
        if !madang_form::steps::meant(step, &case.answers) {
            continue;
        }
        let (ctx, who, input) = (act::system(ctx), Who::system(), StepInput::default());
        perform(tx, &ctx, cases, case, service, step, &input, &who, chain - 1)?;
        taken += 1;
    }
    Ok(taken)
}

fn moments(step: &Step) -> Vec<Moment> {
    let mut moments = vec![Moment::Step(step.id.clone())];
    moments.extend(step.to.clone().map(Moment::State));
    moments
}

/// Whether the step changes the case itself: one that only adds to it (an opinion) leaves the revision, so that many may
/// take it while an officer writes.
fn changes(step: &Step, input: &StepInput) -> bool {
    let publishes = step.publishes.iter().any(|what| *what != Publishes::Act);
    step.to.is_some()
        || step.citizen_says.is_some()
        || publishes
        || input.outcome.is_some()
        || !input.fields.0.is_empty()
}

/// State, phase, outcome, and what the citizen says. What the citizen says moves the case only where the step says `to`.
fn move_to(ctx: &Ctx, case: &mut CaseFile, def: &Definition, step: &Step, input: &StepInput, who: &Who) {
    match step.citizen_says {
        Some(true) => case.citizen_says = Some(CitizenSays::Confirmed),
        Some(false) => case.citizen_says = Some(CitizenSays::Disputed),
        None => {}
    }
    let Some(state) = step.to.as_deref().and_then(|to| def.state(to)) else {
        if input.outcome.is_some() {
            case.outcome.clone_from(&input.outcome);
        }
        return;
    };
    let decided = matches!(state.phase, Phase::Answered | Phase::Refused);
    if decided && who.party != Party::Author.code() && case.state != state.id {
        case.answered_at = Some(ctx.now);
        // A new answer: what was said of the one before is in the timeline.
        if step.citizen_says.is_none() {
            case.citizen_says = None;
        }
    }
    case.state.clone_from(&state.id);
    case.phase = state.phase;
    case.outcome.clone_from(&input.outcome);
    case.closed_at = match case.closed_at {
        _ if !ends(state) => None,
        None => Some(ctx.now),
        at => at,
    };
}

/// Whether a case in this state has ended.
pub(crate) fn ends(state: &madang_form::State) -> bool {
    state.final_ || state.phase == Phase::Closed
}

/// What the step makes public. What was taken back by a decision stays so.
fn publish(ctx: &Ctx, case: &mut CaseFile, def: &Definition, step: &Step) {
    for what in &step.publishes {
        match what {
            Publishes::Case => {
                let may = match def.public.case {
                    CasePublicity::Never => false,
                    CasePublicity::AuthorChooses => case.wants_public,
                    CasePublicity::WhenFiled | CasePublicity::ByStep => true,
                };
                if may && case.publication == Publication::Unpublished {
                    case.publication = Publication::Published;
                    case.published_at = Some(ctx.now);
                }
            }
            Publishes::Field(id) => {
                case.reviewed.insert(id.clone());
            }
            Publishes::Act => {}
        }
    }
}

/// The ledger's word for a step.
fn word(def: &Definition, step: &Step) -> &'static Kind {
    let phase = step.to.as_deref().and_then(|to| def.state(to)).map(|state| state.phase);
    match phase {
        Some(Phase::Answered) => &kinds::CASE_ANSWERED,
        Some(Phase::Refused) => &kinds::CASE_REFUSED,
        Some(_) => &kinds::CASE_MOVED,
        None => &kinds::CASE_ACTED,
    }
}

/// The link that a step gives, when it names a thing of this site.
fn link_up(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile, input: &StepInput) -> Result<()> {
    let Some(text) = &input.link else { return Ok(()) };
    let Some(target) = link::resolve(tx, cases, case.id, text)? else { return Ok(()) };
    // A link is a public fact; what is not public is not told by it.
    if case.publication != Publication::Published {
        return Ok(());
    }
    if links::link_add(tx, ctx, &act::reference(case.id), LinkType::Became, &target)? {
        link::became(tx, ctx, case.id, LinkType::Became, &target)?;
    }
    Ok(())
}

/// Puts a case into a state that the engine knows of itself (`withdrawn`, `merged`), or back.
pub(crate) fn put_into(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    case: &mut CaseFile,
    service: &ServiceVersion,
    state: &str,
    happened: Happened<'_>,
) -> Result<ReceiptCode> {
    let from = case.state.clone();
    let Some(to) = service.definition.state(state) else {
        return Err(madang_base::Error::internal(format!("{} has no state {state}", service.definition.id)));
    };
    case.state.clone_from(&to.id);
    case.phase = to.phase;
    case.outcome = None;
    case.closed_at = ends(to).then_some(ctx.now);
    case.updated_at = ctx.now;
    store::case::save(tx, case)?;
    approve::overtaken(tx, ctx, case, &service.definition, None)?;
    let receipt = act::record(tx, ctx, cases, case, happened.states(&from, state))?;
    follow_up(tx, ctx, cases, case, service, &Moment::State(state.to_owned()), CHAIN)?;
    Ok(receipt)
}
