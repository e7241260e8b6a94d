//! What a report, an assessment or a value must be, decided from what was handed in: every field that is wrong at once.

use jiff::civil::Date;
use madang_base::{Error, FieldError, LocalizedText, Result};
use madang_kernel::Ref;

use crate::model::{Evidence, EvidenceKind};
use crate::rules::Claim;

/// Longest text somebody writes, in characters.
pub const TEXT_LIMIT: usize = 20_000;
/// Most pieces of evidence of a report.
pub const EVIDENCE_LIMIT: usize = 20;
/// Longest title or address of evidence, in characters.
const LINE_LIMIT: usize = 500;

/// Wrong fields, gathered.
#[derive(Debug, Default)]
pub(crate) struct Wrong(Vec<FieldError>);

impl Wrong {
    pub fn add(&mut self, field: impl Into<String>, code: &'static str) {
        self.0.push(FieldError { field: field.into(), code, args: std::collections::BTreeMap::new() });
    }

    pub fn add_arg(
        &mut self,
        field: impl Into<String>,
        code: &'static str,
        name: &'static str,
        value: &dyn std::fmt::Display,
    ) {
        let args = std::collections::BTreeMap::from([(name, value.to_string())]);
        self.0.push(FieldError { field: field.into(), code, args });
    }

    /// `code` with the fields, when there are any.
    pub fn check(self, code: &'static str) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(self.0.into_iter().fold(Error::invalid(code), Error::field_error))
    }

    /// A text that must say something in at least one language.
    pub fn text(&mut self, field: &str, text: &LocalizedText) {
        if text.is_empty() {
            self.add(field, "plan.text-required");
        }
        self.length(field, text);
    }

    pub fn length(&mut self, field: &str, text: &LocalizedText) {
        if text.iter().any(|(_, words)| words.chars().count() > TEXT_LIMIT) {
            self.add_arg(field, "plan.text-too-long", "limit", &TEXT_LIMIT);
        }
    }
}

/// What a report says, as far as it can be judged by itself.
#[derive(Debug)]
pub(crate) struct ReportFacts<'a> {
    pub claim: Claim,
    pub percent: Option<i64>,
    pub text: &'a LocalizedText,
    pub delay_reason: &'a str,
    pub evidence: &'a [Evidence],
    /// The earliest due day it is about.
    pub due: Option<Date>,
}

/// Completion needs evidence; "not done" after the due day, and a delay, need a reason.
pub(crate) fn report(facts: &ReportFacts<'_>, today: Date) -> Result<()> {
    let mut wrong = Wrong::default();
    wrong.text("text", facts.text);
    if facts.percent.is_some_and(|p| !(0..=100).contains(&p)) {
        wrong.add("percent", "plan.percent");
    } else if facts.claim == Claim::Completed && facts.percent.is_some_and(|p| p < 100) {
        wrong.add("percent", "plan.percent-completed");
    }
    if facts.claim == Claim::Completed && facts.evidence.is_empty() {
        wrong.add("evidence", "plan.evidence-required");
    }
    let past_due = facts.due.is_some_and(|due| today > due);
    if facts.claim != Claim::Completed
        && (past_due || facts.claim == Claim::Delayed)
        && facts.delay_reason.trim().is_empty()
    {
        wrong.add("delay_reason", "plan.delay-reason-required");
    }
    if facts.delay_reason.chars().count() > TEXT_LIMIT {
        wrong.add_arg("delay_reason", "plan.text-too-long", "limit", &TEXT_LIMIT);
    }
    if facts.evidence.len() > EVIDENCE_LIMIT {
        wrong.add_arg("evidence", "plan.evidence-too-many", "limit", &EVIDENCE_LIMIT);
    }
    for (at, evidence) in facts.evidence.iter().enumerate() {
        let field = |name: &str| format!("evidence[{at}].{name}");
        if evidence.title.trim().is_empty() || evidence.title.chars().count() > LINE_LIMIT {
            wrong.add_arg(field("title"), "plan.evidence-title", "limit", &LINE_LIMIT);
        }
        if let Some(code) = target_wrong(evidence) {
            wrong.add(field("target"), code);
        }
    }
    wrong.check("plan.report-invalid")
}

fn target_wrong(evidence: &Evidence) -> Option<&'static str> {
    let target = evidence.target.as_str();
    let reference = || target.parse::<Ref>().is_ok();
    match evidence.kind {
        EvidenceKind::Link => (!is_address(target)).then_some("plan.evidence-address"),
        EvidenceKind::Dataset | EvidenceKind::Meeting => {
            (!is_address(target) && !reference()).then_some("plan.evidence-address")
        }
        EvidenceKind::Object => (!reference()).then_some("plan.evidence-object"),
        EvidenceKind::File => {
            let digest = target.len() == 64 && target.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            (!digest).then_some("plan.evidence-file")
        }
    }
}

/// Whether a text is an http(s) address with a host and without blanks: the only kind that a page may link to.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let clean = |c: char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && host != "." && !host.starts_with(':') && !host.contains('@')
    }) && text.chars().count() <= LINE_LIMIT
        && text.chars().all(clean)
}

/// Whether a text names a period of assessment: `2022`, `2022-H1`, `2022-H2` or `end`.
#[must_use]
pub fn is_assessment_period(text: &str) -> bool {
    let (year, half) = text.split_once('-').map_or((text, None), |(year, half)| (year, Some(half)));
    text == "end"
        || (year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && half.is_none_or(|half| matches!(half, "H1" | "H2")))
}

/// A mail address that is worth writing to: something before and after one `@`, a dot in the host, no blanks.
#[must_use]
pub fn is_mail(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let clean = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '\\' | '@')
    };
    !local.is_empty()
        && local.len() <= 64
        && text.len() <= 254
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && local.chars().chain(host.chars()).all(clean)
}
