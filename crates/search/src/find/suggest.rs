//! What a person may be about to type.

use madang_kernel::Ref;
use madang_text::analyze::typed_query;
use madang_text::keyboard;
use tantivy::query::ConstScoreQuery;

use super::collect::{By, Top, Tops};
use super::parts::{Boxed, boost, helped, phrase, term};
use super::{DEEPEST, Desk};
use crate::generation::{Generation, Outcome};

fn begins(desk: &Desk<'_>, typed: &str, limit: usize) -> Outcome<Option<Tops>> {
    let Some(strokes) = typed_query(typed) else { return Ok(None) };
    let fields = &desk.generation.fields;
    let must: Boxed = Box::new(ConstScoreQuery::new(term(fields.typed, &strokes), 0.0));
    // The strokes in the index are few; of what begins with them, titles that have all of the typed syllables come first.
    let whole: Vec<Boxed> = phrase(fields.title_pairs, typed).map(|query| boost(query, 10.0)).into_iter().collect();
    let by = if whole.is_empty() { By::Rank } else { By::Score };
    let tops = desk.searcher.search(&*helped(must, whole), &Top { upto: limit, by })?;
    Ok((!tops.best.is_empty()).then_some(tops))
}

/// See [`Index::suggest`](crate::Index::suggest).
pub(crate) fn suggest(generation: &Generation, typed: &str, limit: usize) -> Outcome<Vec<Ref>> {
    /// Nobody is helped by a suggestion for a longer text.
    const LONGEST: usize = 60;
    let desk = Desk::new(generation);
    let typed: String = typed.chars().take(LONGEST).collect();
    let limit = limit.min(DEEPEST);
    let mut tops = begins(&desk, &typed, limit)?;
    if tops.is_none()
        && let Some(other) = keyboard::to_hangul(typed.trim())
    {
        tops = begins(&desk, &other, limit)?;
    }
    let Some(tops) = tops else { return Ok(Vec::new()) };
    tops.best.iter().map(|(_, address)| desk.id(*address)).collect()
}
