//! How each number is counted, in plain words.

use madang_http::{Outcome, Visit};
use serde_json::json;

use crate::page::Page;

/// In the order of the page; the messages are `figures-word-<word>` and `figures-word-<word>-text`.
const WORDS: [&str; 15] = [
    "cohort",
    "received",
    "answered",
    "in-time",
    "overdue",
    "median",
    "spread",
    "refused",
    "reopened",
    "transferred",
    "satisfaction",
    "funnel",
    "area",
    "few",
    "position",
];

pub async fn show(visit: Visit) -> Outcome {
    Page::new(&visit, "figures/about.html").render(&json!({ "words": WORDS }))
}
