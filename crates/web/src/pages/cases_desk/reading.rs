//! Reading around a case: who has it, what waits for a second officer, and the record that staff looked at personal data.

use madang_base::{Error, LocalizedText, Result, Time};
use madang_cases::service::{approve, inbox, lookup};
use madang_cases::views::CaseView;
use madang_cases::{ApprovalId, Cases, Delivery};
use madang_db::Tx;
use madang_http::Visit;
use madang_identity::access::{self, Filter};
use madang_kernel::{AccountId, Ctx, ObjectKind, OrganisationId, Ref};
use serde_json::{Value, json};

use super::kit;
use super::names::Names;

/// What a look at a case's personal fields is called in the access log.
pub const LOOK: &str = "case.personal-data";
/// Prepared steps on one page.
const SHOWN: usize = 50;

/// A prepared step that waits for the visitor.
#[derive(Clone, Debug)]
pub struct WaitingStep {
    pub id: ApprovalId,
    pub number: String,
    pub title: String,
    pub step: LocalizedText,
    pub by: Option<AccountId>,
    pub at: Time,
}

/// What waits for a second officer who is not the one that prepared it, the oldest first.
///
/// # Errors
/// Those of the domain.
pub fn waiting(tx: &mut Tx, ctx: &Ctx, cases: &Cases, organisation: OrganisationId) -> Result<Vec<WaitingStep>> {
    let mut out = Vec::new();
    for (id, number) in inbox::waiting(tx, ctx, organisation)?.into_iter().take(SHOWN) {
        let approval = approve::get(tx, ctx, cases, id)?;
        let view = lookup::open(tx, ctx, cases, &number, None)?;
        let step = view.service.definition.step(&approval.step).map(|step| step.name.clone());
        out.push(WaitingStep {
            id,
            number,
            title: view.case.title,
            step: step.unwrap_or_default(),
            by: approval.by,
            at: approval.at,
        });
    }
    Ok(out)
}

pub fn waiting_row(visit: &Visit, names: &Names, waiting: &WaitingStep) -> Value {
    json!({
        "number": waiting.number, "title": waiting.title, "step": waiting.step, "at": waiting.at.micros(),
        "by": names.get(visit, waiting.by),
        "href": visit.url(&format!("{}/approvals/{}", kit::path(&waiting.number), waiting.id)),
    })
}

/// Opens a case for staff: the first opening and the look at its personal data are written down in the transaction that
/// reads it, the look once for each officer, case and day.
///
/// # Errors
/// `case.unknown`, also for a case that is not the visitor's business; those of the database.
pub async fn open(visit: &Visit, number: &str, code: Option<String>) -> Result<CaseView> {
    let (ctx, cases, number) = (visit.ctx.clone(), kit::cases(visit)?, number.to_owned());
    let reader = (ctx.clone(), cases.clone(), number.clone(), code.clone());
    let (view, fresh) = visit
        .app
        .db
        .read(move |tx| {
            let (ctx, cases, number, code) = &reader;
            let view = lookup::open(tx, ctx, cases, number, code.as_deref())?;
            let fresh = first_opening(&view) || to_write_down(tx, ctx, &view)?;
            Ok((view, fresh))
        })
        .await?;
    if !fresh {
        return Ok(view);
    }
    visit
        .app
        .db
        .write(move |tx| {
            let view = lookup::open(tx, &ctx, &cases, &number, code.as_deref())?;
            if first_opening(&view) {
                lookup::seen(tx, &ctx, &cases, &number)?;
            }
            if to_write_down(tx, &ctx, &view)? {
                let object = Ref::new(ObjectKind::Case, &view.case.number);
                access::record(tx, &ctx, view.case.author, LOOK, Some(&object), &why(&ctx, &view))?;
            }
            Ok(view)
        })
        .await
}

/// The same where only officers of the case have any business.
///
/// # Errors
/// As [`open`].
pub async fn open_as_officer(visit: &Visit, number: &str) -> Result<CaseView> {
    let view = open(visit, number, None).await?;
    if view.standing.officer { Ok(view) } else { Err(Error::not_found("case.unknown").arg("value", number)) }
}

fn first_opening(view: &CaseView) -> bool {
    view.standing.officer && view.case.delivery == Delivery::Delivered
}

/// Whether staff sees data about a person here, and has not today.
fn to_write_down(tx: &mut Tx, ctx: &Ctx, view: &CaseView) -> Result<bool> {
    let standing = &view.standing;
    if !(standing.staff_reads || standing.officer || standing.clerk) || !personal(view) {
        return Ok(false);
    }
    let filter = Filter {
        actor: ctx.account(),
        what: Some(LOOK.to_owned()),
        object: Some(Ref::new(ObjectKind::Case, &view.case.number).to_string()),
        from: Some(Time::at_kst_midnight(ctx.now.kst_date())),
        ..Filter::default()
    };
    Ok(!access::has(tx, &filter)?)
}

/// The reason that the owner of the data reads: the work on the case itself, in the site's first language.
fn why(ctx: &Ctx, view: &CaseView) -> String {
    let name = view.service.definition.name.get(ctx.locale);
    format!("{name} {}", view.case.number)
}

/// Whether the case holds data about a person.
fn personal(view: &CaseView) -> bool {
    let case = &view.case;
    let mut fields = view.service.definition.fields.iter().filter(|field| field.personal);
    !case.author_name.is_empty() || case.mail.is_some() || fields.any(|field| case.answers.get(&field.id).is_some())
}
