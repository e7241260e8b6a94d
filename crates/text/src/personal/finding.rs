//! What is found, and the two verbs: [`find`] and [`mask`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::fold::{Sym, fold};
use super::scan::Scan;
use super::{address, codes, email, numbers, phone};

/// What sort of personal data. Its words are stored and sent; they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 주민등록번호: `YYMMDD-[1-4]NNNNNN`.
    ResidentNumber,
    /// 외국인등록번호, also 국내거소신고번호: the same with 5 to 8.
    ForeignerNumber,
    /// 여권번호: `M123A4567` (since 2021) or `M12345678`.
    Passport,
    /// 운전면허번호: `11-23-456789-01`, or with the name of the region in the place of the first two digits.
    DriverLicence,
    /// 010 and its older siblings 011, 016, 017, 018, 019; also from abroad (+82 10).
    MobilePhone,
    /// Any other subscriber's number: landlines, 070, 050x.
    Phone,
    /// A payment card's number.
    Card,
    /// A bank account's number. Only near a word that speaks of one: no bank's format is published with authority.
    Account,
    Email,
    /// A street address (도로명, 지번) or a flat's number (101동 1203호).
    Address,
    /// 사업자등록번호. Not personal by itself: its confidence is never above `Possible`.
    BusinessNumber,
}

impl Kind {
    /// In the order of precedence where two kinds fit the same place equally well.
    pub const ALL: [Self; 11] = [
        Self::ResidentNumber,
        Self::ForeignerNumber,
        Self::Passport,
        Self::DriverLicence,
        Self::MobilePhone,
        Self::Phone,
        Self::Card,
        Self::Account,
        Self::Email,
        Self::Address,
        Self::BusinessNumber,
    ];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ResidentNumber => "resident-number",
            Self::ForeignerNumber => "foreigner-number",
            Self::Passport => "passport",
            Self::DriverLicence => "driver-licence",
            Self::MobilePhone => "mobile-phone",
            Self::Phone => "phone",
            Self::Card => "card",
            Self::Account => "account",
            Self::Email => "email",
            Self::Address => "address",
            Self::BusinessNumber => "business-number",
        }
    }
}

/// How sure it is that the place is of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// It has the shape, and other things have it too.
    Possible,
    /// Seldom anything else.
    Likely,
    /// The full shape with its check digit, or with a word beside it that says so.
    Certain,
}

impl Confidence {
    /// The word that is stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// One place in a text. `start` and `end` are byte offsets into the text that was given, on character boundaries, `end`
/// exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    pub confidence: Confidence,
}

/// The personal data in `text`, sorted by `start`, none overlapping another. Where several kinds fit, the surer one stays,
/// then the first in [`Kind::ALL`], then the longer one.
#[must_use]
pub fn find(text: &str) -> Vec<Finding> {
    let syms = fold(text);
    let mut found = Vec::new();
    for first in 0..syms.len() {
        if let Some(scan) = Scan::at(&syms, first) {
            numbers::look(&scan, &mut found);
            phone::look(&scan, &mut found);
        }
        codes::look(&syms, first, &mut found);
        email::look(&syms, first, &mut found);
        address::look(&syms, first, &mut found);
    }
    without_overlaps(found)
}

fn without_overlaps(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by_key(|f| (std::cmp::Reverse(f.confidence), f.kind, std::cmp::Reverse(f.end - f.start), f.start));
    let mut kept: BTreeMap<usize, Finding> = BTreeMap::new();
    for finding in found {
        // Those that stay do not overlap, so only the last one that starts before this one's end can reach into it.
        let free = kept.range(..finding.end).next_back().is_none_or(|(_, other)| other.end <= finding.start);
        if free && finding.start < finding.end {
            kept.insert(finding.start, finding);
        }
    }
    kept.into_values().collect()
}

/// A finding over the symbols `first..=last`.
pub(super) fn finding(syms: &[Sym], first: usize, last: usize, kind: Kind, confidence: Confidence) -> Finding {
    Finding { kind, start: syms[first].start, end: syms[last].end, confidence }
}

/// `text` with ● for every letter and digit of the findings; what stands between them (dashes, dots, @, blanks) stays, so
/// that the shape can still be read. Findings that do not fit the text (not its offsets) are passed over, and so is one
/// that begins before the end of the one before it.
#[must_use]
pub fn mask(text: &str, findings: &[Finding]) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| (f.start, f.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for finding in sorted {
        let (Some(between), Some(hidden)) = (text.get(done..finding.start), text.get(finding.start..finding.end))
        else {
            continue;
        };
        out.push_str(between);
        out.extend(hidden.chars().map(|c| if tells(c) { '●' } else { c }));
        done = finding.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Letters, digits, and the signs that are read as a digit.
fn tells(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '|' | '○' | '◯' | '①'..='⓿' | '❶'..='➓')
}
