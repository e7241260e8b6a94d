//! The count of supports as a document and as a stream of events, and signing with a key.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request};
use futures_util::StreamExt as _;
use madang_base::{Id, Time};
use madang_cases::Cases;
use madang_cases::support::Fold;
use madang_db::params;
use madang_kernel::sequencer::{Folds, drain_once};
use tower::ServiceExt as _;

use super::site::{TestSite, Who};

const NUMBER: &str = "/cases";

async fn petition(site: &TestSite, publication: &'static str) -> String {
    let rng = site.app.rng.clone();
    let number = madang_form::number::number("PT-{year}-{code}", 2026, &*rng);
    let (id, stored): (Id<()>, _) = (Id::new(Time::from_micros(0), &*rng), number.clone());
    site.db
        .write(move |tx| {
            tx.exec(
                "INSERT INTO case_file (id, number, service, version, state, phase, title, author_name, locale, assurance,
                   channel, publication, wants_public, delivery, answers, reviewed, filed_at, updated_at, revision)
                 SELECT $1, $2, id, digest, 'opinions', 'open', '가로등을 고쳐 주세요', '', 'ko', 'verified', 'web', $3, 1,
                   'delivered', '{}', '[]', 0, 0, 1
                 FROM service WHERE id = 'petition'",
                params![id, &stored, publication],
            )
        })
        .await
        .unwrap();
    number
}

async fn drain(site: &TestSite) {
    let cases = site.app.own::<Cases>().unwrap().clone();
    let fold = Fold::new(cases, site.app.clock.clone(), site.app.rng.clone(), site.app.keys.clone());
    let folds: Folds = std::sync::Arc::new([std::sync::Arc::new(fold) as std::sync::Arc<_>]);
    while drain_once(&site.db, &folds).await.unwrap() > 0 {}
}

#[tokio::test]
async fn the_count_may_be_kept_by_everybody_and_is_asked_for_again_by_its_tag() {
    for site in TestSite::all().await {
        let number = petition(&site, "published").await;
        let path = format!("{NUMBER}/{number}/count.json");
        let mut visitor = site.visitor();
        let first = visitor.get(&path).await;
        assert_eq!((first.status, first.json()["count"].as_i64()), (200, Some(0)), "{}", first.text());
        assert_eq!(first.header("cache-control"), "public, max-age=2, stale-while-revalidate=4, stale-if-error=10");
        assert_eq!(first.header("access-control-allow-origin"), "*");
        assert!(visitor.cookies.is_empty() && first.header("set-cookie").is_empty());
        let signed_in = site.sign_in_as(Who::Member).await.get(&path).await;
        assert_eq!(signed_in.header("cache-control"), first.header("cache-control"), "the same for everybody");
        let tag = first.header("etag").to_owned();
        let again = site.router.clone().oneshot(asking(&path, &tag)).await.unwrap();
        assert_eq!(again.status(), 304);
        sign(&site, &number).await;
        drain(&site).await;
        let fresh = site.router.clone().oneshot(asking(&path, &tag)).await.unwrap();
        assert_eq!(fresh.status(), 200);
        let second = visitor.get(&path).await.json();
        assert_eq!((second["count"].as_i64(), second["position"].as_i64().map(|p| p > 0)), (Some(1), Some(true)));
        assert_eq!(second["thresholds"][0]["reached_at"], serde_json::Value::Null);
        let hidden = petition(&site, "unpublished").await;
        for unknown in [hidden.as_str(), "PT-2026-0000-0000", "x"] {
            assert_eq!(visitor.get(&format!("{NUMBER}/{unknown}/count.json")).await.status, 404, "{unknown}");
            assert_eq!(visitor.get(&format!("{NUMBER}/{unknown}/events")).await.status, 404, "{unknown}");
        }
    }
}

fn asking(path: &str, tag: &str) -> Request<Body> {
    Request::builder().uri(path).header("if-none-match", tag).body(Body::empty()).unwrap()
}

/// A support without an account behind it: what HTTP shows is the count.
async fn sign(site: &TestSite, number: &str) {
    use madang_cases::support::{self, SupportInput};
    use madang_kernel::{Actor, Assurance, Person, PersonKeys};
    let key = Some("a person".to_owned());
    let person = Person {
        account: Id::new(Time::from_micros(0), &*site.app.rng),
        assurance: Assurance::Verified,
        grants: Vec::new(),
        second_factor: false,
        scopes: None,
        keys: PersonKeys { first: key.clone(), verified: key },
    };
    let (ctx, cases) = (site.system().with_actor(Actor::Person(person)), site.app.own::<Cases>().unwrap().clone());
    let number = number.to_owned();
    let input = SupportInput {
        region: None,
        age_band: None,
        follow: false,
        channel: madang_cases::Channel::Web,
        network: String::new(),
    };
    let given = site.db.write(move |tx| support::give(tx, &ctx, &cases, &number, &input)).await.unwrap();
    assert!(!given.again);
}

#[tokio::test]
async fn a_stream_begins_with_the_count() {
    for site in TestSite::all().await {
        let number = petition(&site, "published").await;
        let request = Request::builder()
            .method(Method::GET)
            .uri(format!("{NUMBER}/{number}/events"))
            .body(Body::empty())
            .unwrap();
        let response = site.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = response.into_body().into_data_stream();
        let first = tokio::time::timeout(Duration::from_secs(5), stream.next()).await.unwrap().unwrap().unwrap();
        let text = String::from_utf8(first.to_vec()).unwrap();
        assert!(text.contains("event: count\n") && text.contains("id: 0\n"), "{text}");
        assert!(text.contains(&format!("data: {{\"number\":\"{number}\",\"count\":0")), "{text}");
    }
}

#[tokio::test]
async fn a_support_whose_session_ended_is_asked_for_again_and_an_unknown_number_leads_on() {
    for site in TestSite::all().await {
        let number = petition(&site, "published").await;
        let path = format!("/ko/cases/{number}/support");
        let mut member = site.sign_in_as(Who::Member).await;
        let ended = member.post_without_token(&path, &[("go", "give")]).await;
        assert_eq!(ended.status, 403);
        ended.shows("한 번 더 눌러 주세요");
        ended.shows(&format!("href=\"/ko/cases/{number}\""));
        let stale = member.post_without_token(&format!("/ko/cases/{number}/follow"), &[]).await;
        assert_eq!(stale.status, 403);
        stale.shows(&format!("href=\"/ko/cases/{number}\""));
        let unknown = site.visitor().get("/ko/cases/PT-2026-0000-0000").await;
        assert_eq!(unknown.status, 404);
        unknown.shows("href=\"/ko/lookup\"");
        site.visitor().get("/ko").await.shows(&format!("href=\"/ko/cases/{number}\""));
    }
}
