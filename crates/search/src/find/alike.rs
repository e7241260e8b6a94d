//! Cases like one that is being written.

use std::collections::BTreeMap;

use madang_kernel::Ref;
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur};
use tantivy::schema::Field;

use super::collect::{By, Top};
use super::filter::filters;
use super::parts::{Boxed, boost, pairs_of, term, words_of};
use super::{DEEPEST, Desk};
use crate::generation::{Generation, Outcome};
use crate::model::{Kind, Query};

/// So many of the rarest words and pairs are looked for.
const WORDS: usize = 24;
const PAIRS: usize = 16;
/// Of a text, so many characters are read.
const READ: usize = 2000;

/// A term that is looked for and what it is worth.
struct Wanted {
    field: Field,
    text: String,
    boost: f32,
    /// Inverse document frequency.
    rarity: f32,
}

/// The rarest `most` of some terms; terms that nothing has say nothing.
fn rarest(desk: &Desk<'_>, field: Field, terms: BTreeMap<String, f32>, most: usize) -> Outcome<Vec<Wanted>> {
    #[expect(clippy::cast_precision_loss, reason = "a number of documents in a logarithm")]
    let all = desk.searcher.num_docs() as f32;
    let mut wanted: Vec<Wanted> = Vec::new();
    for (text, boost) in terms {
        let found = desk.searcher.doc_freq(&Term::from_field_text(field, &text))?;
        if found > 0 {
            #[expect(clippy::cast_precision_loss, reason = "a number of documents in a logarithm")]
            let found = found as f32;
            wanted.push(Wanted { field, text, boost, rarity: (1.0 + (all - found).max(0.0) / (found + 0.5)).ln() });
        }
    }
    wanted.sort_by(|a, b| (b.rarity * b.boost).total_cmp(&(a.rarity * a.boost)).then_with(|| a.text.cmp(&b.text)));
    wanted.truncate(most);
    Ok(wanted)
}

/// See [`Index::alike`](crate::Index::alike).
pub(crate) fn alike(
    generation: &Generation,
    title: &str,
    text: &str,
    service: Option<&str>,
    limit: usize,
) -> Outcome<Vec<(Ref, f32)>> {
    let desk = Desk::new(generation);
    let fields = &generation.fields;
    let text: String = text.chars().take(READ).collect();
    let title: String = title.chars().take(READ).collect();
    let mut words: BTreeMap<String, f32> = BTreeMap::new();
    for (part, boost) in [(text.as_str(), 1.0), (title.as_str(), 2.0)] {
        for word in words_of(part).into_iter().flatten() {
            // A single syllable is a particle as often as not.
            if word.chars().count() > 1 {
                words.insert(word, boost);
            }
        }
    }
    let pairs: BTreeMap<String, f32> = pairs_of(&title).into_iter().map(|(_, pair)| (pair, 0.7)).collect();
    let mut wanted = rarest(&desk, fields.text, words, WORDS)?;
    wanted.extend(rarest(&desk, fields.pairs, pairs, PAIRS)?);
    // A term weighs its rarity times at most 2.2 (a text that has it again and again).
    let whole: f32 = wanted.iter().map(|term| term.rarity * term.boost).sum::<f32>() * 1.6;
    if wanted.is_empty() || whole <= 0.0 {
        return Ok(Vec::new());
    }
    // With one word of many in common two texts are not alike.
    let least = (wanted.len() / 8).max(1);
    let each: Vec<Boxed> = wanted.iter().map(|one| boost(term(one.field, &one.text), one.boost)).collect();
    let asked = BooleanQuery::union_with_minimum_required_clauses(each, least);
    let query = Query { kinds: vec![Kind::Case], service: service.map(str::to_owned), ..Query::default() };
    let mut clauses: Vec<(Occur, Boxed)> = vec![(Occur::Must, Box::new(asked))];
    clauses.extend(filters(fields, &query).into_iter().map(|filter| (Occur::Must, filter)));
    let tops = desk.searcher.search(&BooleanQuery::new(clauses), &Top { upto: limit.min(DEEPEST), by: By::Score })?;
    let mut found = Vec::new();
    for (score, address) in tops.best {
        #[expect(clippy::cast_possible_truncation, reason = "a score needs no more digits")]
        found.push((desk.id(address)?, (score as f32 / whole).clamp(0.0, 1.0)));
    }
    Ok(found)
}
