//! Any search for machines: the newest as a feed, the first of them as a table or as JSON.

use http::HeaderMap;
use madang_base::Result;
use madang_flows::search::{Hit, Results};
use madang_http::{Outcome, Visit};
use madang_search::{Order, Query};
use serde_json::{Value, json};

use super::asked::Asked;
use super::{search, shapes, show};
use crate::export::{self, FeedEntry};
use crate::page::words;

/// Rows of a table or a JSON document.
pub const MOST: usize = 1_000;
/// Rows that are read at a time.
const AT_ONCE: usize = 100;
/// Entries of a feed.
const ENTRIES: usize = 30;

async fn query(visit: &Visit, asked: &Asked) -> Result<Option<Query>> {
    Ok(asked.query(&show::choices(visit).await?))
}

/// The first `most` results, with the count of all.
async fn first(visit: &Visit, query: Option<&Query>, most: usize) -> Result<Results> {
    let Some(query) = query else { return Ok(show::nothing()) };
    let search = search(visit)?;
    let mut all = search.find(&visit.app.db, &visit.ctx, query, 0, AT_ONCE.min(most)).await?;
    while let Some(skip) = all.next.filter(|_| all.hits.len() < most) {
        let more = search.find(&visit.app.db, &visit.ctx, query, skip, AT_ONCE.min(most - all.hits.len())).await?;
        // Something that goes on without getting anywhere ends here.
        all.next = more.next.filter(|next| *next > skip);
        all.hits.extend(more.hits);
    }
    Ok(all)
}

pub async fn csv(visit: Visit, headers: HeaderMap) -> Outcome {
    let asked = Asked::of(&visit.query);
    let query = query(&visit, &asked).await?;
    let found = first(&visit, query.as_ref(), MOST).await?;
    let heads: Vec<String> = shapes::HEADS.iter().map(|head| (*head).to_owned()).collect();
    let rows: Vec<Vec<String>> = found.hits.iter().map(|hit| shapes::row(&visit, hit, visit.locale)).collect();
    Ok(export::csv(&headers, "search.csv", &heads, &rows)?)
}

pub async fn json(visit: Visit, headers: HeaderMap) -> Outcome {
    let asked = Asked::of(&visit.query);
    let query = query(&visit, &asked).await?;
    let found = first(&visit, query.as_ref(), MOST).await?;
    let results: Vec<Value> = found.hits.iter().map(|hit| shapes::machine(&visit, hit)).collect();
    let read = match &found.read {
        madang_search::Reading::Typed => json!("typed"),
        madang_search::Reading::Keyboard(read) => json!({ "keyboard": read }),
        madang_search::Reading::Loose => json!("loose"),
    };
    Ok(export::json(
        &headers,
        &json!({
            "query": asked.words, "count": found.count, "counted": found.counted, "read": read, "most": MOST,
            "complete": found.next.is_none(), "results": results,
        }),
    )?)
}

/// A feed is read for what is new, whatever order its page shows.
pub async fn atom(visit: Visit, headers: HeaderMap) -> Outcome {
    let asked = Asked { newest: true, page: 1, ..Asked::of(&visit.query) };
    let query = query(&visit, &asked).await?.map(|query| Query { order: Order::Newest, ..query });
    let found = first(&visit, query.as_ref(), ENTRIES).await?;
    let title = match asked.words.is_empty() {
        true => words(&visit, "search-title", &[]),
        false => words(&visit, "search-title-of", &[("q", asked.short().into())]),
    };
    let entry = |hit: &Hit| FeedEntry {
        id: format!("{}/{}", hit.id.kind, hit.id.id),
        at: hit.at,
        title: hit.title.text.clone(),
        text: hit.snippet.as_ref().map_or_else(String::new, |snippet| snippet.text.clone()),
        href: shapes::href(&visit, &hit.place),
        by: hit.agency.as_ref().map_or("", |agency| agency.name.get(visit.locale)).to_owned(),
    };
    let entries: Vec<FeedEntry> = found.hits.iter().map(entry).collect();
    Ok(export::atom(&headers, &visit, &title, &entries)?)
}
