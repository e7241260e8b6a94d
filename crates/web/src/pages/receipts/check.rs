//! The corner "check it yourself" that stands beside every count: what is counted, how, up to where in the log, the
//! data and the command to count it again, and who did so last. The template is `receipts/check.html`.

use madang_http::Visit;
use madang_kernel::Ref;
use serde_json::{Value, json};

use super::stand;

/// What a count is about.
#[derive(Debug, Default)]
pub struct Check<'a> {
    /// The beginning of the messages `check-{key}-what` and `check-{key}-how`.
    pub key: &'static str,
    /// The position of the feed up to which the number holds; none: as of the newest checkpoint.
    pub position: Option<i64>,
    /// The object whose records are counted, for a link to the explorer.
    pub object: Option<&'a Ref>,
    /// The number as data.
    pub data_href: String,
}

/// The same for a page that is kept and shown to many: without what changes from minute to minute.
pub fn kept(visit: &Visit, check: &Check<'_>) -> Value {
    if stand::log(visit).is_none() {
        return Value::Null;
    }
    let mut out = fixed(visit, check);
    out["live"] = json!(false);
    out
}

fn fixed(visit: &Visit, check: &Check<'_>) -> Value {
    let base = &visit.app.site.base_url;
    json!({
        "key": check.key, "live": true, "position": Value::Null, "leaf": Value::Null, "at": Value::Null,
        "size": Value::Null, "sealed": false, "audits": [], "leaf_href": "",
        "data_href": check.data_href, "export_href": "/log/export/manifest.json",
        "command": format!("madang ledger fetch {base} export\nmadang verify export export"),
        "object_href": check.object.map(|object| visit.url(&format!("/log/objects/{object}"))).unwrap_or_default(),
        "log_href": visit.url("/log"), "about_href": visit.url("/log/about"), "witnesses_href": visit.url("/log/witnesses"),
    })
}

/// What the template reads; null where this site has no log.
pub async fn of(visit: &Visit, check: Check<'_>) -> Value {
    let Some(log) = stand::log(visit) else { return Value::Null };
    // A count is shown also when the log cannot be read right now.
    let published = log.published().await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the log could not be read");
        None
    });
    let witnesses = log.witnesses().await.unwrap_or_default();
    let size = published.as_ref().map(|published| i64::try_from(published.size).unwrap_or(i64::MAX));
    let position = check.position.or(size).unwrap_or(0);
    let audits: Vec<Value> = witnesses
        .iter()
        .filter_map(|witness| {
            let (at, size) = (witness.audited_at?, witness.audited_size?);
            Some(json!({ "name": witness.witness, "at": at.micros(), "size": size, "said": witness.audit }))
        })
        .collect();
    let mut out = fixed(visit, &check);
    out["position"] = json!(position);
    out["at"] = json!(published.as_ref().map(|published| published.signed_at.micros()));
    out["size"] = json!(size);
    out["sealed"] = json!(size.is_some_and(|size| size >= position));
    out["audits"] = json!(audits);
    if position > 0 {
        out["leaf"] = json!(position - 1);
        out["leaf_href"] = json!(visit.url(&format!("/log/leaves/{}", position - 1)));
    }
    out
}
