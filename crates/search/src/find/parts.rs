//! Queries for one piece of text in one pair of fields.

use madang_text::analyze;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

pub(super) type Boxed = Box<dyn Query>;

/// Longer phrases are cut: what has so many pairs in a row has the rest, too.
const LONGEST_PHRASE: usize = 64;

pub(super) fn boost(query: Boxed, by: f32) -> Boxed {
    Box::new(BoostQuery::new(query, by))
}

/// At least one of them.
pub(super) fn any(mut queries: Vec<Boxed>) -> Option<Boxed> {
    match queries.len() {
        0 => None,
        1 => queries.pop(),
        _ => Some(Box::new(BooleanQuery::union(queries))),
    }
}

/// All of them.
pub(super) fn all(mut queries: Vec<Boxed>) -> Option<Boxed> {
    match queries.len() {
        0 => None,
        1 => queries.pop(),
        _ => Some(Box::new(BooleanQuery::intersection(queries))),
    }
}

/// `must` decides, `should` adds to the score.
pub(super) fn helped(must: Boxed, should: Vec<Boxed>) -> Boxed {
    if should.is_empty() {
        return must;
    }
    let clauses = std::iter::once((Occur::Must, must)).chain(should.into_iter().map(|query| (Occur::Should, query)));
    Box::new(BooleanQuery::new(clauses.collect()))
}

pub(super) fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// The words of a text as the index has them: for each place in it the words that may stand there.
pub(super) fn words_of(text: &str) -> Vec<Vec<String>> {
    let mut places: Vec<(u32, Vec<String>)> = Vec::new();
    analyze::words(text, &mut |token: analyze::Token<'_>| {
        let word = token.text.to_owned();
        match places.iter_mut().find(|(position, _)| *position == token.position) {
            Some((_, words)) if words.contains(&word) => {}
            Some((_, words)) => words.push(word),
            None => places.push((token.position, vec![word])),
        }
    });
    places.into_iter().map(|(_, words)| words).collect()
}

/// The pairs of a text and where they stand.
pub(super) fn pairs_of(text: &str) -> Vec<(usize, String)> {
    let mut pairs: Vec<(usize, String)> = Vec::new();
    analyze::pairs(text, &mut |token: analyze::Token<'_>| {
        if pairs.len() < LONGEST_PHRASE {
            pairs.push((token.position as usize, token.text.to_owned()));
        }
    });
    pairs
}

/// The text's syllables in a row, whatever the spaces.
pub(super) fn phrase(field: Field, text: &str) -> Option<Boxed> {
    row(field, pairs_of(text))
}

/// Terms in a row.
pub(super) fn row(field: Field, terms: Vec<(usize, String)>) -> Option<Boxed> {
    let mut terms: Vec<(usize, Term)> =
        terms.into_iter().map(|(position, text)| (position, Term::from_field_text(field, &text))).collect();
    match terms.len() {
        0 => None,
        1 => terms.pop().map(|(_, term)| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Boxed),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    }
}
