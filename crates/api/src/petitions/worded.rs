//! Petitions with some words, found by searching. A list of theirs is several lists of ours, one after the other.

use madang_base::Result;
use madang_flows::search::Search;
use madang_form::Phase;
use madang_http::Visit;
use madang_search::{Kind, Order, Query};

use super::{Place, REACH, SERVICE, too_far};

/// The numbers of a page, its `after`, and how many there are in all. A place within a list is how many came before it.
pub(super) async fn page(
    visit: &Visit,
    phases: &[Option<Phase>],
    words: &str,
    given: Option<&str>,
    offset: u32,
    per: u32,
) -> Result<(Vec<String>, Option<String>, u32)> {
    let search = visit.app.own::<Search>()?;
    let asked = |phase: &Option<Phase>| Query {
        words: words.to_owned(),
        kinds: vec![Kind::Case],
        service: Some(SERVICE.to_owned()),
        phase: phase.map(|phase| phase.code().to_owned()),
        order: Order::Newest,
        ..Query::default()
    };
    let queries: Vec<Query> = phases.iter().map(asked).collect();
    let mut counts = Vec::with_capacity(queries.len());
    for query in &queries {
        let count = search.find(&visit.app.db, &visit.ctx, query, 0, 0).await?.count;
        counts.push(u32::try_from(count).unwrap_or(REACH).min(REACH));
    }
    let total = counts.iter().fold(0_u32, |sum, count| sum.saturating_add(*count)).min(REACH);
    let (mut section, mut skip) = match given {
        Some(text) => place(text)?,
        None if offset >= REACH => return Err(too_far(per)),
        None => begin(&counts, offset),
    };
    let mut numbers = Vec::new();
    while section < queries.len() {
        let rest = size(per).saturating_sub(numbers.len());
        if rest == 0 {
            let next = Place { section, after: Some(skip.to_string()).filter(|_| skip > 0) };
            let more = skip > 0 || counts[section..].iter().any(|count| *count > 0);
            return Ok((numbers, more.then(|| next.write()), total));
        }
        let found = search.find(&visit.app.db, &visit.ctx, &queries[section], skip, rest).await?;
        numbers.extend(found.hits.into_iter().filter_map(|hit| hit.place.number()));
        match found.next {
            Some(next) => skip = next,
            None => (section, skip) = (section + 1, 0),
        }
    }
    Ok((numbers, None, total))
}

/// Where so many petitions are over.
fn begin(counts: &[u32], mut offset: u32) -> (usize, usize) {
    for (section, count) in counts.iter().enumerate() {
        if offset < *count {
            return (section, size(offset));
        }
        offset -= count;
    }
    (counts.len(), 0)
}

fn place(text: &str) -> Result<(usize, usize)> {
    let place = Place::read(text)?;
    let wrong = || madang_base::Error::invalid("api.cursor").arg("value", text).field("after", "api.cursor");
    let skip = place.after.as_deref().map_or(Ok(0), |skip| skip.parse().map_err(|_| wrong()))?;
    Ok((place.section, skip))
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
