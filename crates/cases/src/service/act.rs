//! What every verb of handling does in the same way: finds the case for whoever acts, and puts on record what happened.
//!
//! Order: [`begin`] → the verb's own rule → [`Acting::record`] (event, case row, clocks, ledger, notices).

use std::sync::Arc;

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_form::{ClockRun, Party, Publishes, Step, StepInput};
use madang_kernel::ledger::{self, Field, Kind, ReceiptCode};
use madang_kernel::{AccountId, Actor, Ctx, ObjectKind, OrganisationId, Owner, Ref, Verb};
use madang_text::clean;

use super::{case_by_id, case_of, clocks, lookup, tick};
use crate::Cases;
use crate::model::{CaseEvent, CaseFile, CaseId, Done, EventBody, EventKind, Publication};
use crate::notify;
use crate::registry::ServiceVersion;
use crate::views::Standing;
use crate::{record as face, store};

/// The longest reason, question, reply or note, in characters.
const MAX_TEXT: usize = 10_000;

/// A case that somebody acts on.
pub(crate) struct Acting {
    pub case: CaseFile,
    pub service: Arc<ServiceVersion>,
    pub standing: Standing,
    /// Of what was recorded last.
    pub receipt: Option<ReceiptCode>,
}

/// Who acts, as an event names it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    /// A party's code.
    pub party: String,
    pub account: Option<AccountId>,
    pub organisation: Option<OrganisationId>,
}

impl Who {
    pub(crate) fn system() -> Self {
        Self { party: Party::System.code().to_owned(), ..Self::default() }
    }

    pub(crate) fn author(ctx: &Ctx) -> Self {
        Self { party: Party::Author.code().to_owned(), account: ctx.account(), organisation: None }
    }

    pub(crate) fn agency(ctx: &Ctx, organisation: OrganisationId) -> Self {
        Self { party: Party::Agency.code().to_owned(), account: ctx.account(), organisation: Some(organisation) }
    }
}

/// What happened, for [`record`].
pub(crate) struct Happened<'a> {
    pub kind: EventKind,
    /// The ledger's word for it.
    pub ledger: &'static Kind,
    pub who: &'a Who,
    pub step: Option<&'a Step>,
    pub from_state: Option<&'a str>,
    pub to_state: Option<&'a str>,
    /// Whether the body is public when the case is.
    pub public: bool,
    pub body: EventBody,
}

impl<'a> Happened<'a> {
    pub(crate) fn new(kind: EventKind, ledger: &'static Kind, who: &'a Who) -> Self {
        Self {
            kind,
            ledger,
            who,
            step: None,
            from_state: None,
            to_state: None,
            public: false,
            body: EventBody::default(),
        }
    }

    pub(crate) fn public(mut self) -> Self {
        self.public = true;
        self
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        text.clone_into(&mut self.body.text);
        self
    }

    pub(crate) fn about(mut self, about: impl ToString) -> Self {
        self.body.about = about.to_string();
        self
    }

    pub(crate) fn states(mut self, from: &'a str, to: &'a str) -> Self {
        self.from_state = Some(from);
        self.to_state = Some(to);
        self
    }
}

/// The reference of a case.
pub(crate) fn reference(case: CaseId) -> Ref {
    Ref::new(ObjectKind::Case, case)
}

/// The context in which the engine acts by itself, at the same time and with the same keys.
pub(crate) fn system(ctx: &Ctx) -> Ctx {
    ctx.clone().with_actor(Actor::System)
}

/// The case of this number for the actor. What its clocks brought about until now is put on record first, so that nobody
/// acts on a case that has moved on by itself.
///
/// # Errors
/// `Kind::NotFound` `case.unknown`, also for a case that the actor may not know of; `Kind::Gone` `case.erased`.
pub(crate) fn begin(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, code: Option<&str>) -> Result<Acting> {
    let (mut case, mut service) = case_of(tx, cases, number)?;
    let standing = lookup::standing(tx, ctx, cases, &case, code)?;
    let known = standing.inside() || case.publication == Publication::Published || ctx.actor == Actor::System;
    if !known {
        return Err(Error::not_found("case.unknown").arg("value", number));
    }
    if case.erased_at.is_some() {
        return Err(Error::gone("case.erased").arg("number", &case.number));
    }
    if tick::catch_up(tx, ctx, cases, &case)? {
        (case, service) = case_by_id(tx, cases, case.id)?;
    }
    Ok(Acting { case, service, standing, receipt: None })
}

impl Acting {
    /// The agency for which an officer does `verb` to this case.
    ///
    /// # Errors
    /// Those of [`Ctx::require`].
    pub(crate) fn officer(&self, ctx: &Ctx, verb: Verb) -> Result<OrganisationId> {
        let here = match self.standing.agency_here.filter(|_| self.standing.officer) {
            None if ctx.actor == Actor::System => self.case.agency,
            here => here,
        };
        ctx.require(verb, ObjectKind::Case, here.or(self.case.agency).map(Owner::Organisation))?;
        here.ok_or_else(|| Error::forbidden("permission.denied").arg("verb", verb).arg("object", ObjectKind::Case))
    }

    /// The handling agency, for what no joint one decides.
    ///
    /// # Errors
    /// `case.handling-only`; those of [`Ctx::require`].
    pub(crate) fn handler(&self, ctx: &Ctx, verb: Verb) -> Result<OrganisationId> {
        let here = self.officer(ctx, verb)?;
        if self.case.agency == Some(here) {
            return Ok(here);
        }
        Err(Error::forbidden("case.handling-only"))
    }

    /// That the actor is the author and may do `verb`.
    ///
    /// # Errors
    /// `case.author-only`; those of [`Ctx::require`].
    pub(crate) fn author(&self, ctx: &Ctx, verb: Verb) -> Result<()> {
        if !self.standing.author {
            return Err(Error::forbidden("case.author-only"));
        }
        let owner = match ctx.account() {
            Some(account) if !self.standing.bearer => Owner::Account(account),
            _ => Owner::Bearer,
        };
        ctx.require(verb, ObjectKind::Case, Some(owner))
    }

    /// Refuses what is not done to a case that has ended.
    ///
    /// # Errors
    /// `case.closed`.
    pub(crate) fn open(&self) -> Result<()> {
        if self.case.closed_at.is_some() {
            return Err(Error::conflict("case.closed").arg("state", &self.case.state));
        }
        Ok(())
    }

    /// Saves the case and puts on record what happened; gives the new revision.
    pub(crate) fn record(&mut self, tx: &mut Tx, ctx: &Ctx, cases: &Cases, happened: Happened<'_>) -> Result<i64> {
        self.case.updated_at = ctx.now;
        store::case::save(tx, &mut self.case)?;
        self.receipt = Some(record(tx, ctx, cases, &mut self.case, happened)?);
        Ok(self.case.revision)
    }

    /// The same for what a citizen does: with the receipt.
    pub(crate) fn done(&mut self, tx: &mut Tx, ctx: &Ctx, cases: &Cases, happened: Happened<'_>) -> Result<Done> {
        let revision = self.record(tx, ctx, cases, happened)?;
        Ok(Done { revision, receipt: self.receipt })
    }
}

/// Appends the event, folds the clocks, tells the ledger and whom it concerns; gives the receipt.
pub(crate) fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    case: &mut CaseFile,
    happened: Happened<'_>,
) -> Result<ReceiptCode> {
    let Happened { kind, ledger, who, step, from_state, to_state, public, body } = happened;
    let event = CaseEvent {
        case: case.id,
        no: 0,
        at: ctx.now,
        kind,
        step: step.map(|step| step.id.clone()),
        from_state: from_state.map(str::to_owned),
        to_state: to_state.map(str::to_owned),
        party: who.party.clone(),
        account: who.account,
        organisation: who.organisation,
        public,
        body,
    };
    let no = store::event::append(tx, &event)?;
    clocks::refold(tx, ctx, cases, case)?;
    let receipt = ledger::append(tx, ctx, leaf(case, ledger, no, &event)?)?;
    notify::announce(tx, ctx, cases, case, no)?;
    Ok(receipt)
}

/// The ledger's event: words of the definition and the program in plain, what people wrote only salted.
pub(crate) fn leaf(case: &CaseFile, kind: &'static Kind, no: i64, event: &CaseEvent) -> Result<ledger::Event> {
    let object = reference(case.id);
    // That something public was taken back is public as well.
    let public = case.publication == Publication::Published || event.kind == EventKind::Hidden;
    let mut leaf = match public {
        true => ledger::Event::public(kind, object),
        false => ledger::Event::private(kind, object),
    };
    leaf = leaf
        .with("no", no)
        .with("record", Field::salted(face::case(case)?))
        .with("body", Field::salted(face::event(event)?));
    let word = |word: &str| Ref::new(ObjectKind::Service, format!("{}/{word}", case.service));
    if let Some(step) = &event.step {
        leaf = leaf.with("step", word(step));
    }
    // By this act the case becomes public, or it stands on another version now: what counting it needs.
    let appears = event.kind == EventKind::Published || case.published_at == Some(event.at);
    if public && (appears || event.kind == EventKind::Migrated) {
        leaf = leaf.with("service", Ref::new(ObjectKind::Service, &case.service));
        leaf = leaf.with("version", Field::digest(&case.version)?);
    }
    let state = event.to_state.as_ref().or_else(|| (public && appears).then_some(&case.state));
    leaf = leaf.with_some("state", state.map(|state| word(state)));
    if event.kind == EventKind::Step
        && let Some(outcome) = event.to_state.as_ref().and(case.outcome.as_ref())
    {
        leaf = leaf.with("outcome", word(outcome));
    }
    if let Some(organisation) = event.organisation {
        leaf = leaf.with("organisation", Ref::new(ObjectKind::Organisation, organisation));
    }
    if let Some(account) = event.account {
        leaf = leaf.with("by", Field::Nullifier(account));
    }
    if let Some(count) = event.body.count {
        leaf = leaf.with("count", count);
    }
    let about = event.body.about.as_str();
    leaf = match event.kind {
        EventKind::Threshold => leaf.with("threshold", word(about)),
        EventKind::RanOut | EventKind::Extended => leaf.with("clock", word(about)),
        EventKind::Transferred | EventKind::Joined | EventKind::Left => {
            leaf.with("target", Ref::new(ObjectKind::Organisation, about))
        }
        EventKind::Linked => leaf.with("target", about.parse::<Ref>()?),
        _ if about.is_empty() => leaf,
        _ => leaf.with("about", Field::salted(about)),
    };
    if !event.body.text.is_empty() {
        leaf = leaf.with("text", Field::salted(event.body.text.as_str()));
    }
    if let Some(input) = &event.body.input {
        for (name, text) in [("answer", &input.answer), ("reason", &input.reason)] {
            if !text.is_empty() {
                leaf = leaf.with(name, Field::salted(text.clone()));
            }
        }
        leaf = leaf.with_some("files", Field::files(input.files.iter().map(|file| file.sha256.as_str()))?);
    }
    Ok(leaf)
}

/// A text that somebody has to give: trimmed, not empty, not too long. `field` is its name in forms.
///
/// # Errors
/// `case.text-missing`, `case.text-long`.
pub(crate) fn text_of(text: &str, field: &str) -> Result<String> {
    let text = optional_text(text, field)?;
    if text.is_empty() {
        return Err(Error::invalid("case.text-missing").field(field, "case.text-missing"));
    }
    Ok(text)
}

/// The same where nothing is also an answer.
///
/// # Errors
/// `case.text-long`.
pub(crate) fn optional_text(text: &str, field: &str) -> Result<String> {
    let text = clean::block(text);
    if text.chars().count() > MAX_TEXT {
        return Err(Error::invalid("case.text-long").arg("max", MAX_TEXT).field(field, "case.text-long"));
    }
    Ok(text)
}

/// What an event of a step carries, and whether everybody may read it.
pub(crate) fn step_body(step: &Step, input: &StepInput) -> (EventBody, bool) {
    let body = EventBody { input: Some(input.clone()), ..EventBody::default() };
    (body, step.publishes.contains(&Publishes::Act))
}

/// The clocks of a case now.
pub(crate) fn runs(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &CaseFile) -> Result<Vec<ClockRun>> {
    clocks::runs(tx, ctx, cases, case)
}
