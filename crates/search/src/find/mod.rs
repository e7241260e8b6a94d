//! Answering.
//!
//! A question becomes at most three queries: the words as they are ([`plan`]'s *exact*), the words wherever their
//! syllables stand (*wide*), and most of the words (*loose*). The next is asked only when the one before gives too little,
//! so that common words in a large index cost no positions.

mod agencies;
mod alike;
mod collect;
mod filter;
mod parts;
mod plan;
mod segment;
mod suggest;

use madang_base::Error;
use madang_kernel::Ref;
use madang_text::keyboard;
use madang_text::query::{Parsed, parse};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError};

pub(crate) use self::agencies::agencies;
pub(crate) use self::alike::alike;
use self::collect::{By, Top, Tops};
use self::plan::Plan;
pub(crate) use self::suggest::suggest;
use crate::generation::{Generation, Outcome};
use crate::model::{Found, Hit, Kind, Order, Query, Reading};

/// Results beyond this are not given.
const DEEPEST: usize = 10_000;
/// The exact words are the answer when so many have them.
const ENOUGH: u64 = 1000;
/// Counts are exact below this.
const COUNTED: u64 = 10_000;

/// One state of the index and its fields.
pub(crate) struct Desk<'a> {
    generation: &'a Generation,
    searcher: Searcher,
}

impl<'a> Desk<'a> {
    fn new(generation: &'a Generation) -> Self {
        Self { generation, searcher: generation.searcher() }
    }

    /// The thing at an address.
    fn id(&self, address: DocAddress) -> Outcome<Ref> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        document
            .get_first(self.generation.fields.id)
            .and_then(|value| value.as_str())
            .ok_or_else(|| TantivyError::InternalError("a document without an id".to_owned()))?
            .parse()
            .map_err(|error: Error| TantivyError::InternalError(error.to_string()))
    }

    fn hits(&self, tops: &Tops, skip: usize) -> Outcome<Vec<Hit>> {
        let mut hits = Vec::new();
        for (score, address) in tops.best.iter().skip(skip) {
            let id = self.id(*address)?;
            let Some(kind) = Kind::of(id.kind) else { continue };
            #[expect(clippy::cast_possible_truncation, reason = "a score needs no more digits")]
            hits.push(Hit { id, kind, score: *score as f32 });
        }
        Ok(hits)
    }
}

/// Answers a question. See [`Index::search`](crate::Index::search).
pub(crate) fn search(generation: &Generation, query: &Query, skip: usize, limit: usize) -> Outcome<Found> {
    let desk = Desk::new(generation);
    let upto = skip.saturating_add(limit).min(DEEPEST);
    let (tops, read) = answer(&desk, query, upto)?;
    let mut ids = desk.hits(&tops, skip)?;
    if tops.by == By::Time {
        for hit in &mut ids {
            hit.score = 0.0;
        }
    }
    Ok(Found { ids, count: tops.count.min(COUNTED), counted: tops.count < COUNTED, read })
}

/// The best `upto` and how the words were read.
fn answer(desk: &Desk<'_>, query: &Query, upto: usize) -> Outcome<(Tops, Reading)> {
    let parsed = parse(&query.words);
    let found = strict(desk, query, &parsed, upto)?;
    if found.count > 0 {
        return Ok((found, Reading::Typed));
    }
    for other in other_keyboard(&query.words) {
        let found = strict(desk, query, &parse(&other), upto)?;
        if found.count > 0 {
            return Ok((found, Reading::Keyboard(other)));
        }
    }
    let plan = Plan::new(desk, query, &parsed);
    if let Some(loose) = plan.loose()? {
        let found = run(desk, &*loose, query, &parsed, upto)?;
        if found.count > 0 {
            return Ok((found, Reading::Loose));
        }
    }
    Ok((found, Reading::Typed))
}

/// Everything that has all of the words.
fn strict(desk: &Desk<'_>, query: &Query, parsed: &Parsed, upto: usize) -> Outcome<Tops> {
    let plan = Plan::new(desk, query, parsed);
    if let Some(initials) = plan.initials() {
        return run(desk, &*initials, query, parsed, upto);
    }
    let found = run(desk, &*plan.exact(), query, parsed, upto)?;
    if found.count >= ENOUGH || plan.is_plain() {
        return Ok(found);
    }
    run(desk, &*plan.wide()?, query, parsed, upto)
}

fn run(
    desk: &Desk<'_>,
    asked: &dyn tantivy::query::Query,
    query: &Query,
    parsed: &Parsed,
    upto: usize,
) -> Outcome<Tops> {
    // Without words nothing is more relevant than anything else.
    let wordless = parsed.parts.is_empty() && parsed.initials.is_none();
    let by = if query.order == Order::Newest || wordless { By::Time } else { By::Score };
    desk.searcher.search(asked, &Top { upto, by })
}

/// What the same keys give on the other keyboard, word by word.
fn other_keyboard(words: &str) -> Vec<String> {
    /// Longer texts were not typed blindly.
    const LONGEST: usize = 100;
    if words.chars().count() > LONGEST {
        return Vec::new();
    }
    let turn = |change: &dyn Fn(&str) -> Option<String>| -> Option<String> {
        let mut changed = false;
        let mut out: Vec<String> = Vec::new();
        for word in words.split_whitespace() {
            out.push(change(word).map_or_else(
                || word.to_owned(),
                |other| {
                    changed |= other != word;
                    other
                },
            ));
        }
        changed.then(|| out.join(" "))
    };
    [turn(&|word| keyboard::to_hangul(word)), turn(&|word| keyboard::to_latin(word))].into_iter().flatten().collect()
}
