//! The desk: where officers report, edit and answer, where civil society assesses, and where the lead ministry opens
//! rounds and imports plans.
//!
//! Every task goes write → review → receipt on one address. What was typed travels in the form itself, sealed where it
//! must not be changed on the way ([`evidence`]), so that a task can be taken up on any node. Start reading at
//! [`overview`] and [`report`].

mod assess;
mod edit;
mod edit_form;
mod evidence;
mod import;
mod indicator;
mod overview;
mod report;
mod rounds;

use axum::routing::{get, post};
use http::StatusCode;
use madang_base::{Error, FieldError, LocalizedText, Result};
use madang_db::Tx;
use madang_http::{Access, Input, Route, Visit, status_of};
use madang_kernel::{ObjectKind, OrganisationId, Role, Verb};
use madang_plans::model::{AgencyRole, CommitmentAgency};
use madang_plans::views::CommitmentView;
use serde_json::{Value, json};

use super::plans::shape;
use crate::Wiring;
use crate::i18n::FieldMessage;
use crate::page::{form_errors, keep_for_form};

const ASSESS: Access = Access::May(Verb::Assess, ObjectKind::Assessment);
const REPORT: Access = Access::May(Verb::Report, ObjectKind::Update);
const EDIT: Access = Access::May(Verb::Edit, ObjectKind::Commitment);
const UNDO: Access = Access::May(Verb::Undo, ObjectKind::Commitment);
const OPEN: Access = Access::May(Verb::Open, ObjectKind::Round);
const ANSWER: Access = Access::May(Verb::Answer, ObjectKind::Round);
const CLOSE: Access = Access::May(Verb::Close, ObjectKind::Round);
const PUBLISH: Access = Access::May(Verb::Publish, ObjectKind::Round);
const MEASURE: Access = Access::May(Verb::Report, ObjectKind::Indicator);
const IMPORT: Access = Access::May(Verb::Import, ObjectKind::Plan);

/// Room for one file and the fields around it.
const UPLOAD_LIMIT: usize = 22 << 20;

pub fn routes() -> Vec<Route> {
    let report = "/{lang}/desk/plans/{plan}/milestones/{commitment}/{n}/report";
    let assess = "/{lang}/plans/{plan}/commitments/{number}/assess";
    let edit = "/{lang}/desk/plans/{plan}/commitments/{number}/edit";
    let open = "/{lang}/desk/plans/{plan}/rounds/open";
    let answer = "/{lang}/desk/plans/{plan}/rounds/{id}/answer";
    let publish = "/{lang}/desk/plans/{plan}/rounds/{id}/publish";
    let measure = "/{lang}/desk/indicators/{plan}/{indicator}/report";
    vec![
        Route::page("/{lang}/desk", ASSESS, get(overview::show)),
        Route::page(report, REPORT, get(report::show)),
        Route::form(report, REPORT, post(report::act)).with_body_limit(UPLOAD_LIMIT),
        Route::page(assess, ASSESS, get(assess::show)),
        Route::form(assess, ASSESS, post(assess::act)),
        Route::page(edit, EDIT, get(edit::show)),
        Route::form(edit, EDIT, post(edit::act)),
        Route::form("/{lang}/desk/plans/{plan}/commitments/{number}/undo/{draft}", UNDO, post(edit::undo)),
        Route::page(open, OPEN, get(rounds::open_page)),
        Route::form(open, OPEN, post(rounds::open)),
        Route::page(answer, ANSWER, get(rounds::answer_page)),
        Route::form(answer, ANSWER, post(rounds::answer)),
        Route::form("/{lang}/desk/plans/{plan}/rounds/{id}/close", CLOSE, post(rounds::close)),
        Route::page(publish, PUBLISH, get(rounds::publish_page)),
        Route::form(publish, PUBLISH, post(rounds::publish)),
        Route::page(measure, MEASURE, get(indicator::show)),
        Route::form(measure, MEASURE, post(indicator::act)),
        Route::page("/{lang}/admin/import", IMPORT, get(import::show)),
        Route::form("/{lang}/admin/import", IMPORT, post(import::check)).with_body_limit(UPLOAD_LIMIT),
        Route::form("/{lang}/admin/import/apply", IMPORT, post(import::apply)),
        Route::page("/{lang}/admin/import/template.xlsx", IMPORT, get(import::template)),
    ]
}

/// A form on its way back: what is wrong with it, and with which status it is shown.
struct Wrong {
    errors: Vec<FieldMessage>,
    status: StatusCode,
}

impl Wrong {
    fn none() -> Self {
        Self { errors: Vec::new(), status: StatusCode::OK }
    }

    /// One field's error.
    fn field(visit: &Visit, field: &str, key: &str) -> Self {
        let errors = vec![FieldMessage { field: field.to_owned(), message: shape::t(visit, key, &[]) }];
        Self { errors, status: StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The errors of a form, each at the field of the page that `place` finds for the domain's field.
    fn of(visit: &Visit, error: Error, place: impl Fn(&FieldError) -> String) -> Result<Self> {
        let error = keep_for_form(error).map_err(|failure| failure.0)?;
        let mut errors = form_errors(&visit.app, visit, &error);
        for (message, field) in errors.iter_mut().zip(error.fields()) {
            message.field = place(field);
            // The reader of files names a language by its tag; a form has a field for each.
            if field.code == "import-language-missing" {
                message.message = shape::t(visit, "desk-both-languages", &[]);
            }
        }
        Ok(Self { errors, status: status_of(error.kind()) })
    }
}

/// The words for a problem of the reader of plans; they are messages of their own, not errors' codes.
fn problem_text(visit: &Visit, key: &str, args: &std::collections::BTreeMap<&'static str, String>) -> Option<String> {
    let wiring = visit.app.own::<Wiring>().ok()?;
    let catalogue = wiring.templates.catalogue();
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let known = key.starts_with("import-") && catalogue.has(visit.locale, key);
    known.then(|| catalogue.text(visit.locale, key, &args))
}

/// A text in two languages from the fields `name_ko` and `name_en`.
fn two(input: &Input, name: &str) -> LocalizedText {
    LocalizedText::new(input.text(&format!("{name}_ko")), input.text(&format!("{name}_en")))
}

/// The text in one language as a form shows it.
fn one(text: &LocalizedText, tag: &str) -> String {
    text.exact(tag).unwrap_or_default().to_owned()
}

/// The organisations for which the visitor holds any of these roles.
fn organisations(visit: &Visit, roles: &[Role]) -> Vec<OrganisationId> {
    let Some(person) = visit.person() else { return Vec::new() };
    let mut own: Vec<OrganisationId> = roles.iter().flat_map(|role| person.organisations(*role)).collect();
    own.sort_unstable();
    own.dedup();
    own
}

/// The agencies that lead, by id.
fn leads(agencies: &[CommitmentAgency]) -> Vec<OrganisationId> {
    agencies.iter().filter(|a| a.role == AgencyRole::Lead).map(|a| a.agency.id).collect()
}

/// Reads a commitment by its number or slug.
fn commitment(tx: &mut Tx, plan: &str, word: &str, today: jiff::civil::Date) -> Result<CommitmentView> {
    let id = madang_plans::views::commitment_id(tx, plan, word)?;
    madang_plans::views::commitment(tx, &id, today)
}

/// `{number, title, href}`
fn commitment_head(visit: &Visit, view: &CommitmentView) -> Value {
    json!({
        "number": view.name.number, "title": view.name.name, "state": view.state.code(),
        "href": visit.url(&format!("/plans/{}/commitments/{}", view.plan.id, view.name.number)),
        "counts": shape::counts(&view.progress),
    })
}

/// Periods of assessment and inspection from the plan's first year to the present half-year, the latest first.
fn halves(start: jiff::civil::Date, end: jiff::civil::Date, today: jiff::civil::Date) -> Vec<String> {
    let last = today.min(end).max(start);
    let mut all = Vec::new();
    for year in (start.year()..=last.year()).rev() {
        if year < last.year() || last.month() > 6 {
            all.push(format!("{year}-H2"));
        }
        all.push(format!("{year}-H1"));
    }
    if today > end {
        all.insert(0, "end".to_owned());
    }
    all
}

/// A period of assessment in words: `2022-H1`, `2022`, `end`.
pub fn half_name(visit: &Visit, label: &str) -> String {
    match label.split_once('-') {
        Some((year, "H1")) => shape::t(visit, "half-first", &[("year", year.into())]),
        Some((year, _)) => shape::t(visit, "half-second", &[("year", year.into())]),
        None if label == "end" => shape::t(visit, "half-end", &[]),
        None => label.to_owned(),
    }
}

/// How large a file may be, in words.
fn size_words(bytes: usize) -> String {
    format!("{} MB", bytes >> 20)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::halves;

    #[test]
    fn halves_end_with_today_or_the_plan() {
        let (start, end) = (date(2021, 9, 1), date(2023, 8, 31));
        assert_eq!(halves(start, end, date(2022, 3, 1)), ["2022-H1", "2021-H2", "2021-H1"]);
        assert_eq!(halves(start, end, date(2022, 7, 1))[0], "2022-H2");
        assert_eq!(halves(start, end, date(2026, 1, 1))[..2], ["end", "2023-H2"]);
    }
}
