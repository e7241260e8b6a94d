//! What a question becomes.

use madang_text::query::{Parsed, Part, Script};
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur};
use tantivy::schema::Field;

use super::Desk;
use super::filter::filters;
use super::parts::{Boxed, all, any, boost, pairs_of, phrase, row, term};
use super::segment::segments;
use crate::generation::Outcome;
use crate::model::Query;

/// A word of the title is worth this much more than one of the text.
const TITLE: f32 = 1.5;
/// Syllables in a row that are no word by themselves are worth less than a word.
const INSIDE: f32 = 0.5;
/// The words side by side, as they were typed.
const TOGETHER: f32 = 0.7;
/// Hangul of so many syllables may be several words without spaces.
const COMPOUND: usize = 4;

/// Where it is looked: the whole text with the title above it, or answers only.
struct Place {
    words: Field,
    pairs: Field,
    title: Option<(Field, Field)>,
}

/// A question on one state of the index.
pub(super) struct Plan<'a> {
    desk: &'a Desk<'a>,
    parsed: &'a Parsed,
    place: Place,
    filters: Vec<Boxed>,
}

/// Whether the pairs of a part say more than its word.
fn has_syllables(part: &Part) -> bool {
    matches!(part.script, Script::Hangul | Script::Mixed)
}

impl<'a> Plan<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, query: &Query, parsed: &'a Parsed) -> Self {
        let fields = &desk.generation.fields;
        let place = if query.answers {
            Place { words: fields.answer, pairs: fields.answer_pairs, title: None }
        } else {
            Place { words: fields.text, pairs: fields.pairs, title: Some((fields.title, fields.title_pairs)) }
        };
        Self { desk, parsed, place, filters: filters(fields, query) }
    }

    /// The parts that are looked for.
    fn wanted(&self) -> impl Iterator<Item = &'a Part> {
        self.parsed.parts.iter().filter(|part| !part.not)
    }

    /// Whether there is nothing to look for but filters.
    pub(super) fn is_plain(&self) -> bool {
        self.wanted().next().is_none()
    }

    /// Puts filters and unwanted words around what is looked for: all of `wanted`; what is in `helps` only adds to the score.
    fn framed(&self, wanted: Vec<Boxed>, helps: Vec<Boxed>) -> Boxed {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        if wanted.is_empty() && !self.is_plain() {
            return Box::new(EmptyQuery);
        }
        if wanted.is_empty() && self.filters.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        }
        clauses.extend(wanted.into_iter().map(|query| (Occur::Must, query)));
        clauses.extend(helps.into_iter().map(|query| (Occur::Should, query)));
        clauses.extend(self.filters.iter().map(|filter| (Occur::Must, filter.box_clone())));
        for part in self.parsed.parts.iter().filter(|part| part.not) {
            if let Some(unwanted) = self.strict_part(part) {
                clauses.push((Occur::MustNot, unwanted));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// A part as it is: a phrase, or its word.
    fn strict_part(&self, part: &Part) -> Option<Boxed> {
        if part.phrase || part.script == Script::Mixed {
            phrase(self.place.pairs, &part.text)
        } else {
            Some(term(self.place.words, &part.stem))
        }
    }

    /// What adds to the score when it stands in the title.
    fn title_helps(&self, parts: &[&Part]) -> Vec<Boxed> {
        let Some((title, pairs)) = self.place.title else { return Vec::new() };
        let mut helps: Vec<Boxed> = parts.iter().map(|part| boost(term(title, &part.stem), TITLE)).collect();
        if parts.len() > 1
            && let Some(together) = phrase(pairs, &joined(parts))
        {
            helps.push(boost(together, TOGETHER));
        }
        helps
    }

    /// All parts as words.
    pub(super) fn exact(&self) -> Boxed {
        let parts: Vec<&Part> = self.wanted().collect();
        let wanted = parts.iter().filter_map(|part| self.strict_part(part)).collect();
        self.framed(wanted, self.title_helps(&parts))
    }

    /// One part wherever its syllables stand.
    fn wide_part(&self, part: &Part) -> Outcome<Option<Boxed>> {
        if part.phrase {
            return Ok(self.strict_part(part));
        }
        let mut ways: Vec<Boxed> = Vec::new();
        ways.push(term(self.place.words, &part.stem));
        if has_syllables(part) {
            let core = core(part);
            ways.extend(phrase(self.place.pairs, core).map(|query| boost(query, INSIDE)));
            if let Some((_, pairs)) = self.place.title {
                ways.extend(phrase(pairs, core).map(|query| boost(query, INSIDE * TITLE)));
            }
            if core.chars().count() >= COMPOUND {
                ways.extend(self.compound(&part.text)?.map(|query| boost(query, 0.8)));
            }
        }
        Ok(any(ways))
    }

    /// Hangul without spaces as the words that the index knows, all of them.
    fn compound(&self, text: &str) -> Outcome<Option<Boxed>> {
        let mut each: Vec<Boxed> = Vec::new();
        for segment in segments(self.desk, self.place.words, text)? {
            let mut ways: Vec<Boxed> = Vec::new();
            ways.push(term(self.place.words, &segment));
            ways.extend(phrase(self.place.pairs, &segment).map(|query| boost(query, INSIDE)));
            if let Some((title, _)) = self.place.title {
                ways.push(boost(term(title, &segment), TITLE));
            }
            each.extend(any(ways));
        }
        Ok(all(each))
    }

    /// All parts, each wherever its syllables stand.
    pub(super) fn wide(&self) -> Outcome<Boxed> {
        let parts: Vec<&Part> = self.wanted().collect();
        let mut each: Vec<Boxed> = Vec::new();
        for part in &parts {
            each.extend(self.wide_part(part)?);
        }
        let mut helps = self.title_helps(&parts);
        if parts.len() > 1 {
            helps.extend(phrase(self.place.pairs, &joined(&parts)).map(|query| boost(query, TOGETHER)));
        }
        Ok(self.framed(each, helps))
    }

    /// Most of the parts; for one long part most of its pairs. None where that would be the same or next to nothing.
    pub(super) fn loose(&self) -> Outcome<Option<Boxed>> {
        let parts: Vec<&Part> = self.wanted().collect();
        if parts.iter().any(|part| part.phrase) {
            return Ok(None);
        }
        let each: Vec<Boxed> = if let [part] = parts.as_slice() {
            pairs_of(core(part)).iter().map(|(_, pair)| term(self.place.pairs, pair)).collect()
        } else {
            let mut each: Vec<Boxed> = Vec::new();
            for part in &parts {
                each.extend(self.wide_part(part)?);
            }
            each
        };
        let enough = if parts.len() == 1 { each.len() * 3 / 4 } else { (each.len() * 2 / 3).max(1) };
        if each.len() < 2 || (parts.len() == 1 && enough < 3) {
            return Ok(None);
        }
        let most = BooleanQuery::union_with_minimum_required_clauses(each, enough);
        let helps = self.title_helps(&parts);
        Ok(Some(self.framed(vec![Box::new(most)], helps)))
    }

    /// Consonants in a row in the initials of a title; none when the question is no row of consonants.
    pub(super) fn initials(&self) -> Option<Boxed> {
        let consonants: Vec<char> = self.parsed.initials.as_deref()?.chars().filter(|c| !c.is_whitespace()).collect();
        let field = self.desk.generation.fields.initials;
        let marked: String = std::iter::once('^').chain(consonants.iter().copied()).collect();
        let whole = boost(term(field, &marked), 2.0);
        let width = consonants.len().min(3);
        let inside = (width > 1)
            .then(|| {
                let windows = consonants.windows(width).enumerate();
                row(field, windows.map(|(at, window)| (at, window.iter().collect())).collect())
            })
            .flatten();
        let wanted = any(std::iter::once(whole).chain(inside).collect());
        Some(self.framed(wanted.into_iter().collect(), Vec::new()))
    }
}

/// The part without its particle, unless nothing but a syllable is left.
fn core(part: &Part) -> &str {
    if part.stem.chars().count() >= 2 { &part.stem } else { &part.text }
}

/// The parts side by side without their particles.
fn joined(parts: &[&Part]) -> String {
    parts.iter().map(|part| core(part)).collect::<Vec<_>>().join(" ")
}
