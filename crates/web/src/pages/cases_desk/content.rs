//! What was filed, as officers read it: who sees each answer, and what in it looks like data about a person.

use std::collections::BTreeMap;

use madang_cases::Publication;
use madang_cases::service::personal::Finding;
use madang_cases::views::CaseView;
use madang_form::{Answer, Field, Party, Publicity};
use madang_http::Visit;
use madang_kernel::organisation::Organisation;
use serde_json::{Value, json};

use super::kit::t;
use crate::pages::services::shapes;

/// The answers in the definition's order; `agencies` are those that an answer may name.
pub fn answers(visit: &Visit, view: &CaseView, agencies: &[Organisation]) -> Vec<Value> {
    let def = &view.service.definition;
    let files_at = super::case::files_at(visit, &view.case.number);
    let with = def.fields.iter().filter_map(|field| Some((field, view.case.answers.get(&field.id)?)));
    with.map(|(field, answer)| {
        let found: Vec<&Finding> = view.findings.iter().filter(|finding| finding.field == field.id).collect();
        let (sees, words) = who_sees(visit, view, field);
        let mut shown = shapes::answer(visit, field, answer, agencies, &files_at);
        if let (Answer::Text(text), false) = (answer, found.is_empty()) {
            shown["parts"] = json!(marked(text, &found));
        }
        json!({
            "id": field.id, "name": field.name, "a": shown,
            "sees": sees, "sees_words": words, "by_agency": field.by != Party::Author, "personal": field.personal,
            "review": field.public == Publicity::AfterReview, "released": view.case.reviewed.contains(&field.id),
            "findings": kinds(visit, &found),
        })
    })
    .collect()
}

/// What kinds of personal data were found, each once.
fn kinds(visit: &Visit, found: &[&Finding]) -> Vec<Value> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in found {
        out.entry(&finding.kind).or_default().push(&finding.masked);
    }
    out.into_iter()
        .map(|(kind, masked)| json!({ "kind": t(visit, &format!("finding-{kind}"), &[]), "masked": masked.join(", ") }))
        .collect()
}

/// Who sees the answer to a field now, as a word for colours and in words.
fn who_sees(visit: &Visit, view: &CaseView, field: &Field) -> (&'static str, String) {
    let public = view.case.publication == Publication::Published;
    let released = view.case.reviewed.contains(&field.id);
    let here = field.public_in.is_empty() || field.public_in.contains(&view.case.state);
    let sees = match field.public {
        Publicity::Never => "agency",
        _ if !here => "agency",
        Publicity::AfterReview if !released => "review",
        Publicity::Coarse if public => "coarse",
        Publicity::Always | Publicity::AfterReview if public => "public",
        Publicity::Always | Publicity::AfterReview | Publicity::Coarse => "later",
    };
    (sees, t(visit, &format!("desk-sees-{sees}"), &[]))
}

/// A text in parts, what was found marked.
fn marked(text: &str, found: &[&Finding]) -> Vec<Value> {
    let mut spans: Vec<(usize, usize)> = found.iter().map(|finding| (finding.start, finding.end)).collect();
    spans.sort_unstable();
    let mut parts = Vec::new();
    let mut at = 0;
    for (start, end) in spans {
        let (Some(before), Some(inside)) = (text.get(at..start.max(at)), text.get(start.max(at)..end.max(at))) else {
            continue;
        };
        if !before.is_empty() {
            parts.push(json!({ "text": before, "mark": false }));
        }
        if !inside.is_empty() {
            parts.push(json!({ "text": inside, "mark": true }));
        }
        at = end.max(at);
    }
    let rest = text.get(at..).unwrap_or_default();
    if !rest.is_empty() {
        parts.push(json!({ "text": rest, "mark": false }));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(start: usize, end: usize) -> Finding {
        Finding { field: "body".into(), kind: "phone".into(), start, end, masked: String::new() }
    }

    #[test]
    fn what_was_found_is_marked_and_nothing_is_lost() {
        let text = "전화 010-1234-5678로";
        let start = text.find("010").unwrap();
        let (one, two) = (finding(start, start + 13), finding(start + 4, start + 8));
        let parts = marked(text, &[&two, &one]);
        let joined: String = parts.iter().filter_map(|part| part["text"].as_str()).collect();
        assert_eq!(joined, text);
        assert_eq!(parts.iter().filter(|part| part["mark"] == true).count(), 1);
        assert_eq!(marked("짧다", &[&finding(1, 90)]).len(), 1, "a place inside a character is no place");
    }
}
