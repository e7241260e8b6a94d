//! The thread of an object: what it is linked with, in both directions.

use jiff::civil::Date;
use madang_base::{LocalizedText, Result};
use madang_db::Tx;
use madang_http::Visit;
use madang_kernel::links::{self, Link};
use madang_kernel::{ObjectKind, Ref, organisation};
use madang_plans::views;
use serde_json::{Value, json};

use super::shape;

/// A link with what its other end is called.
pub struct Titled {
    link: Link,
    title: LocalizedText,
    /// Of a case: pages know it by its number.
    number: Option<String>,
}

/// The links of an object with titles; to be read in the transaction that reads the object.
///
/// # Errors
/// Those of the database.
pub fn read(tx: &mut Tx, here: &Ref, today: Date) -> Result<Vec<Titled>> {
    let mut out = Vec::new();
    for link in links::links_of(tx, here)? {
        let other = link.other(here).clone();
        if other.kind == ObjectKind::Case {
            // What is not public is not there.
            let Some(named) = madang_cases::service::link::named(tx, &other)? else { continue };
            out.push(Titled {
                link,
                title: LocalizedText::new(&named.title, &named.title),
                number: Some(named.number),
            });
            continue;
        }
        let title = match other.kind {
            ObjectKind::Commitment => views::commitment(tx, &other.id, today).map(|c| c.name.name),
            ObjectKind::Plan => views::plan_summary(tx, &other.id).map(|p| p.name),
            ObjectKind::Milestone => views::milestone(tx, &other.id, today).map(|m| m.content.title),
            ObjectKind::Indicator => views::indicator(tx, &other.id, today).map(|i| i.line.content.name),
            ObjectKind::Organisation => other.id.parse().and_then(|id| organisation::get(tx, id)).map(|o| o.name),
            _ => Ok(LocalizedText::default()),
        };
        let plain = || LocalizedText::new(other.to_string(), other.to_string());
        out.push(Titled { link, title: title.ok().filter(|t| !t.is_empty()).unwrap_or_else(plain), number: None });
    }
    Ok(out)
}

/// The links as `thread` in `parts.html` reads them.
pub fn lines(visit: &Visit, here: &Ref, links: &[Titled]) -> Vec<Value> {
    links
        .iter()
        .map(|Titled { link, title, number }| {
            let other = link.other(here);
            let case = number.as_ref().map(|number| visit.url(&format!("/cases/{number}")));
            json!({
                "relation": link.link_type.code(), "direction": if link.outgoing(here) { "out" } else { "in" },
                "kind": other.kind.code(), "title": title, "href": case.unwrap_or_else(|| shape::href(visit, other)),
                "date": link.at.kst_date().to_string(),
            })
        })
        .collect()
}

/// Both at once, for pages that read the rest elsewhere.
///
/// # Errors
/// Those of the database.
pub async fn of(visit: &Visit, here: &Ref) -> Result<Vec<Value>> {
    let (ask, today) = (here.clone(), shape::today(visit));
    let links = visit.app.db.read(move |tx| read(tx, &ask, today)).await?;
    Ok(lines(visit, here, &links))
}
