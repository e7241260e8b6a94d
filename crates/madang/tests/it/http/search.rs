//! Searching over the API as somebody else's program meets it.

use serde_json::Value;

use super::browser::Browser;
use super::plan;
use super::site::TestSite;

/// Words as they stand in an address.
fn typed(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[track_caller]
fn found(answer: &super::browser::Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn ask(browser: &mut Browser<'_>, query: &str) -> Value {
    found(&browser.get(&format!("/api/v1/search?{query}")).await)
}

#[tokio::test]
async fn programs_search_what_everybody_may_read() {
    for site in plan::sites().await {
        site.settled().await;
        let mut visitor = site.visitor();
        let plans = ask(&mut visitor, "kind=plan").await;
        assert_eq!(
            (&plans["items"][0]["kind"], &plans["items"][0]["id"]),
            (&"plan".into(), &"kr-2021".into()),
            "{plans}"
        );
        assert_eq!(
            (&plans["read"], &plans["count_is_exact"], &plans["next"]),
            (&"typed".into(), &true.into(), &Value::Null)
        );
        let one = ask(&mut visitor, "kind=milestone&limit=1").await;
        assert_eq!(one["next"], 1, "{one}");
        let two = ask(&mut visitor, "kind=milestone&limit=1&skip=1").await;
        assert_ne!(one["items"][0]["id"], two["items"][0]["id"]);
        let commitment = ask(&mut visitor, "kind=commitment&limit=1").await;
        let title = commitment["items"][0]["title"]["text"].as_str().unwrap();
        let again = ask(&mut visitor, &format!("q={}&kind=commitment,milestone&limit=3", typed(title))).await;
        let items = again["items"].as_array().unwrap();
        let hit = items.iter().find(|item| item["id"] == commitment["items"][0]["id"]).unwrap();
        let marks = hit["title"]["marks"].as_array().unwrap();
        let length = u64::try_from(title.chars().count()).unwrap();
        assert!(!marks.is_empty() && marks.iter().all(|mark| mark[1].as_u64().unwrap() <= length), "{hit}");
        assert_eq!(ask(&mut visitor, "agency=nowhere").await["count"], 0);
        let first: String = title.chars().take(2).collect();
        let suggested = found(&visitor.get(&format!("/api/v1/search/suggest?q={}", typed(&first))).await);
        assert!(suggested["items"].is_array());
        let none = found(&visitor.get(&format!("/api/v1/cases?q={}", typed("없는말이지"))).await);
        assert_eq!((&none["items"], &none["next"]), (&Value::Array(Vec::new()), &Value::Null));
        let petitions = found(&visitor.get(&format!("/petitions.json?q={}", typed("없는말이지"))).await);
        assert_eq!(petitions["data"], Value::Array(Vec::new()));
    }
}

#[tokio::test]
async fn what_cannot_be_searched_is_said() {
    let site = TestSite::all().await.remove(0);
    site.settled().await;
    let mut visitor = site.visitor();
    for (path, status, code) in [
        ("search?limit=101", 422, "api.limit"),
        ("search?skip=9990&limit=11", 422, "api.skip"),
        ("search?skip=-1", 422, "api.skip"),
        ("search?kind=person", 422, "search.kind-unknown"),
        ("search?order=up", 422, "search.order-unknown"),
        ("search?since=2026-13-01", 422, "api.day"),
        ("search?phase=done", 422, "api.phase"),
        ("search?words=1", 400, "api.parameter-unknown"),
        ("search/suggest?limit=21", 422, "api.limit"),
        ("cases?q=a&order=oldest", 422, "api.words"),
        ("cases?q=a&after=n1.x", 422, "api.cursor"),
    ] {
        let answer = visitor.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        let body = answer.json();
        assert_eq!(body["code"], code, "{path}");
        assert!(!body["detail"].as_str().unwrap().starts_with("error-"), "{body}");
    }
}
