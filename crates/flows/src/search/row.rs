//! A public thing as it was read from its rows: what the index is told and what a result shows are made of it.

use madang_base::{Locale, LocalizedText, Time};
use madang_cases::AgencyName;
use madang_form::Phase;
use madang_kernel::{OrganisationId, Ref};
use madang_search::{Document, Kind, Query};

use super::model::Place;

/// One public thing.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub id: Ref,
    pub kind: Kind,
    pub title: LocalizedText,
    /// Paragraphs. What people wrote stands in one language, whichever it is.
    pub body: Vec<LocalizedText>,
    pub answer: Vec<LocalizedText>,
    pub place: Place,
    pub agency: Option<AgencyName>,
    /// All agencies that have to do with it.
    pub agencies: Vec<OrganisationId>,
    pub service: Option<(String, LocalizedText)>,
    pub state: Option<(String, LocalizedText)>,
    pub phase: Option<Phase>,
    pub at: Time,
    pub supports: Option<i64>,
    pub area: Option<String>,
}

impl Row {
    /// One with nothing but a name.
    pub(super) fn new(id: Ref, kind: Kind, title: LocalizedText, place: Place, at: Time) -> Self {
        Self {
            id,
            kind,
            title,
            body: Vec::new(),
            answer: Vec::new(),
            place,
            agency: None,
            agencies: Vec::new(),
            service: None,
            state: None,
            phase: None,
            at,
            supports: None,
            area: None,
        }
    }

    /// What the index is told of it.
    pub(super) fn document(self) -> Document {
        Document {
            title: all(std::slice::from_ref(&self.title)),
            body: all(&self.body),
            answer: all(&self.answer),
            id: self.id,
            kind: self.kind,
            service: self.service.map(|(id, _)| id),
            agencies: self.agencies,
            area: self.area,
            phase: self.phase.map(|phase| phase.code().to_owned()),
            state: self.state.map(|(id, _)| id),
            at: self.at,
            weight: self.supports.map_or(0, |count| u32::try_from(count.max(0)).unwrap_or(u32::MAX)),
        }
    }

    /// Whether it still is among what the query is limited to. The index may be behind.
    pub(super) fn fits(&self, query: &Query) -> bool {
        let one = |wanted: &Option<String>, is: Option<&str>| wanted.as_deref().is_none_or(|word| is == Some(word));
        (query.kinds.is_empty() || query.kinds.contains(&self.kind))
            && one(&query.service, self.service.as_ref().map(|(id, _)| id.as_str()))
            && one(&query.state, self.state.as_ref().map(|(id, _)| id.as_str()))
            && one(&query.phase, self.phase.map(Phase::code))
            && query.agency.is_none_or(|agency| self.agencies.contains(&agency))
            && (query.area.is_none() || self.area.is_some())
            && query.since.is_none_or(|since| self.at >= since)
            && query.until.is_none_or(|until| self.at < until)
    }
}

/// All paragraphs in all languages, Korean first, one a line.
pub(super) fn all(texts: &[LocalizedText]) -> String {
    let mut out =
        String::with_capacity(texts.iter().flat_map(LocalizedText::iter).map(|(_, text)| text.len() + 1).sum());
    for text in texts {
        let korean = text.exact(Locale::Ko.tag());
        let others = text.iter().filter(|(tag, _)| *tag != Locale::Ko.tag()).map(|(_, text)| text);
        for part in korean.into_iter().chain(others) {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(part);
        }
    }
    out
}

/// All paragraphs as the reader's language has them.
pub(super) fn of(texts: &[LocalizedText], locale: Locale) -> String {
    texts.iter().map(|text| text.get(locale)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A text of a person, in whatever language it is.
pub(super) fn plain(text: impl Into<String>) -> LocalizedText {
    LocalizedText::default().with(Locale::Ko.tag(), text)
}
