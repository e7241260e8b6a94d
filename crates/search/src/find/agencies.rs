//! Who had to do with something.

use std::collections::HashMap;

use madang_kernel::{OrganisationId, Ref};
use madang_text::query::parse;
use tantivy::DocAddress;

use super::collect::{By, Top};
use super::plan::Plan;
use super::{Desk, strict};
use crate::generation::{Generation, Outcome};
use crate::model::{Handled, Kind, Query};

/// So many of the best cases are looked at.
const LOOKED_AT: usize = 300;
/// Fewer cases with all of the words than this: those with most of them are asked as well.
const FEW: usize = 10;
const EXAMPLES: usize = 3;

#[derive(Default)]
struct Sum {
    cases: u64,
    weight: f64,
    examples: Vec<Ref>,
}

/// The codes of the agencies of a document.
fn agencies_of(desk: &Desk<'_>, address: DocAddress) -> Outcome<Vec<String>> {
    let reader = desk.searcher.segment_reader(address.segment_ord);
    let Some(column) = reader.fast_fields().str("agency")? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for ordinal in column.term_ords(address.doc_id) {
        let mut code = String::new();
        if column.ord_to_str(ordinal, &mut code)? {
            found.push(code);
        }
    }
    Ok(found)
}

/// See [`Index::agencies`](crate::Index::agencies).
pub(crate) fn agencies(
    generation: &Generation,
    words: &str,
    area: Option<&str>,
    limit: usize,
) -> Outcome<Vec<Handled>> {
    let desk = Desk::new(generation);
    let query =
        Query { words: words.to_owned(), kinds: vec![Kind::Case], area: area.map(str::to_owned), ..Query::default() };
    let parsed = parse(words);
    if parsed.parts.is_empty() && parsed.initials.is_none() {
        return Ok(Vec::new());
    }
    let mut best = strict(&desk, &query, &parsed, LOOKED_AT)?.best;
    if best.len() < FEW
        && let Some(loose) = Plan::new(&desk, &query, &parsed).loose()?
    {
        let known: Vec<DocAddress> = best.iter().map(|(_, address)| *address).collect();
        let more = desk.searcher.search(&*loose, &Top { upto: LOOKED_AT, by: By::Score })?.best;
        // What has only some of the words says less.
        best.extend(more.into_iter().filter(|(_, address)| !known.contains(address)).map(|(s, a)| (s * 0.3, a)));
    }
    let mut sums: HashMap<String, Sum> = HashMap::new();
    for (score, address) in best {
        for code in agencies_of(&desk, address)? {
            let sum = sums.entry(code).or_default();
            sum.cases += 1;
            sum.weight += score;
            if sum.examples.len() < EXAMPLES {
                sum.examples.push(desk.id(address)?);
            }
        }
    }
    let mut handled: Vec<Handled> = Vec::new();
    for (code, sum) in sums {
        if let Ok(agency) = code.parse::<OrganisationId>() {
            #[expect(clippy::cast_possible_truncation, reason = "a score needs no more digits")]
            let weight = sum.weight as f32;
            handled.push(Handled { agency, cases: sum.cases, weight, examples: sum.examples });
        }
    }
    handled.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.agency.cmp(&b.agency)));
    handled.truncate(limit);
    Ok(handled)
}
