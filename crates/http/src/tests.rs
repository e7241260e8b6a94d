//! The visit, the guard and the way errors leave, on a small site of three pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::{get, post};
use http::{Extensions, HeaderMap, HeaderValue, Method, Request, StatusCode};
use madang_base::{Error, FixedClock, Kind, Locale, LocalizedText, SeededRng, SharedRng, Time};
use madang_db::testing::TestDb;
use madang_kernel::blob::Blobs;
use madang_kernel::{Keys, ObjectKind, Verb};
use tower::ServiceExt as _;

use crate::{
    Access, App, AppParts, Failure, Input, Preferences, Route, Site, Visit, Words, read_cookie, router, status_of,
};

struct Plain;

impl Words for Plain {
    fn message(&self, locale: Locale, key: &str, _: &BTreeMap<&'static str, String>) -> String {
        format!("{locale} {key}")
    }

    fn error_page(&self, visit: &Visit, status: u16, error: &Error) -> String {
        format!("{} {status} {}", visit.locale, error.code())
    }
}

fn routes() -> Vec<Route> {
    let manage = Access::May(Verb::Manage, ObjectKind::Account);
    vec![
        Route::page("/{lang}/open", Access::Public, get(|visit: Visit| async move { visit.form_token() })),
        Route::form("/{lang}/open", Access::Public, post(|input: Input| async move { input.text("name").to_owned() })),
        Route::page("/{lang}/mine", Access::SignedIn, get(|| async { "mine" })),
        Route::form("/{lang}/mine", Access::SignedIn, post(|_: Input| async { "mine" })),
        Route::page(
            "/{lang}/broken",
            Access::Public,
            get(|| async { Err::<(), _>(Failure(Error::internal("secret"))) }),
        ),
        Route::api(Method::GET, "/api/v1/all", manage, get(|| async { "all" })),
        Route::api(
            Method::GET,
            "/api/v1/wrong",
            Access::Public,
            get(|| async { Err::<(), _>(Failure(Error::invalid("a.b").field("x", "c.d"))) }),
        ),
        Route::embed("/badge", get(|| async { "badge" })),
    ]
}

fn site(db: &TestDb) -> Router {
    let rng: SharedRng = Arc::new(SeededRng::new(b"http"));
    let keys = Arc::new(Keys::generate(&*rng));
    let name = LocalizedText::new("마당", "Madang");
    let app = App::new(AppParts {
        db: (**db).clone(),
        clock: Arc::new(FixedClock::at(Time::from_micros(1_773_100_800_000_000))),
        rng,
        keys,
        blobs: Blobs::memory(),
        site: Site {
            name: name.clone(),
            government: name,
            official: false,
            base_url: "https://madang.test".into(),
            demo: false,
            secure_cookies: true,
        },
        words: Arc::new(Plain),
        oidc: Vec::new(),
        own: Extensions::new(),
    });
    router(app, routes())
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

async fn send(site: &Router, method: Method, path: &str, heads: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in heads {
        request = request.header(*name, *value);
    }
    let response = site.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

async fn fetch(site: &Router, path: &str) -> Answer {
    send(site, Method::GET, path, &[], "").await
}

#[tokio::test]
async fn a_path_names_a_language_in_which_there_are_pages() {
    let db = TestDb::sqlite();
    let site = site(&db);
    assert_eq!(fetch(&site, "/ko/open").await.status, 200);
    assert_eq!(fetch(&site, "/fr/open").await.status, 404);
    let none = send(&site, Method::GET, "/nowhere", &[("accept-language", "fr, en;q=0.8, ko;q=0.2")], "").await;
    assert_eq!((none.status.as_u16(), none.text.as_str()), (404, "en 404 page.unknown"));
    let method = send(&site, Method::DELETE, "/ko/open", &[], "").await;
    assert_eq!((method.status.as_u16(), method.text.as_str()), (405, "ko 405 page.method"));
    assert_eq!(method.headers["allow"], "GET,HEAD,POST");
}

#[tokio::test]
async fn who_may_not_is_sent_to_sign_in_or_told() {
    let db = TestDb::sqlite();
    let site = site(&db);
    let page = fetch(&site, "/en/mine?a=b&c=d").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.headers["location"], "/en/sign-in?next=%2Fen%2Fmine%3Fa%3Db%26c%3Dd");
    // A form cannot be come back to.
    let form = send(&site, Method::POST, "/en/mine", &[], "").await;
    assert_eq!(form.headers["location"], "/en/sign-in");
    let api = fetch(&site, "/api/v1/all").await;
    assert_eq!(api.status, 401);
    assert_eq!(api.headers["www-authenticate"], "Bearer");
    assert_eq!(api.headers["content-type"], "application/problem+json");
    let key = send(&site, Method::GET, "/api/v1/all", &[("authorization", "Bearer mdg_no")], "").await;
    assert_eq!(key.status, 401);
    assert!(key.text.contains("api-key.unknown"), "{}", key.text);
}

#[tokio::test]
async fn a_form_is_taken_with_the_token_of_the_same_visitor_only() {
    let db = TestDb::sqlite();
    let site = site(&db);
    let page = fetch(&site, "/ko/open").await;
    let set = page.headers["set-cookie"].to_str().unwrap();
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{set}");
    let cookie = set.split(';').next().unwrap();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let form = format!("name=%EA%B0%80&csrf={}", page.text);
    let taken = send(&site, Method::POST, "/ko/open", &[("cookie", cookie), kind], &form).await;
    assert_eq!((taken.status.as_u16(), taken.text.as_str()), (200, "가"));
    for (cookies, body) in [("", form.as_str()), (cookie, "name=x"), ("madang_form=abc", form.as_str())] {
        let heads = [("cookie", cookies), kind];
        let refused = send(&site, Method::POST, "/ko/open", &heads, body).await;
        assert_eq!((refused.status.as_u16(), refused.text.as_str()), (403, "ko 403 form.token"));
    }
    let parts = "--B\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nx\r\n--B\r\n\
                 content-disposition: form-data; name=\"csrf\"\r\n\r\nTOKEN\r\n--B--\r\n";
    let body = parts.replace("TOKEN", &page.text);
    let heads = [("cookie", cookie), ("content-type", "multipart/form-data; boundary=B")];
    assert_eq!(send(&site, Method::POST, "/ko/open", &heads, &body).await.text, "x");
    let unreadable = send(&site, Method::POST, "/ko/open", &heads, "--B\r\n").await;
    assert_eq!((unreadable.status.as_u16(), unreadable.text.as_str()), (422, "ko 422 form.unreadable"));
}

#[tokio::test]
async fn errors_tell_codes_and_keep_causes() {
    let db = TestDb::sqlite();
    let site = site(&db);
    let broken = fetch(&site, "/ko/broken").await;
    assert_eq!((broken.status.as_u16(), broken.text.as_str()), (500, "ko 500 internal"));
    let wrong = send(&site, Method::GET, "/api/v1/wrong", &[("accept-language", "en")], "").await;
    let problem: serde_json::Value = serde_json::from_str(&wrong.text).unwrap();
    assert_eq!((wrong.status.as_u16(), problem["code"].as_str()), (422, Some("a.b")));
    assert_eq!(problem["detail"], "en error-a-b");
    assert_eq!(problem["errors"][0]["field"], "x");
    assert_eq!(problem["errors"][0]["detail"], "en error-c-d");
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let db = TestDb::sqlite();
    let site = site(&db);
    for path in ["/ko/open", "/nowhere", "/api/v1/all", "/ko/mine"] {
        let answer = fetch(&site, path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert!(answer.headers.contains_key("strict-transport-security"));
    }
    let badge = fetch(&site, "/badge").await;
    assert!(badge.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors *"));
    assert!(!badge.headers.contains_key("x-frame-options"));
}

#[test]
fn cookies_are_read_when_they_are_plain() {
    let mut headers = HeaderMap::new();
    headers.append("cookie", HeaderValue::from_static("a=1; madang_form=abc-_.9"));
    headers.append("cookie", HeaderValue::from_static("b=x\"y; long="));
    assert_eq!(read_cookie(&headers, "madang_form"), Some("abc-_.9"));
    assert_eq!(read_cookie(&headers, "a"), Some("1"));
    assert_eq!(read_cookie(&headers, "b"), None);
    assert_eq!(read_cookie(&headers, "c"), None);
}

#[test]
fn preferences_fall_back_word_by_word() {
    for (cookie, text) in
        [("larger.dark", "larger.dark"), ("huge.light", "normal.light"), ("large", "large.auto"), ("", "normal.auto")]
    {
        assert_eq!(Preferences::parse(cookie).to_string(), text);
    }
}

#[test]
fn every_kind_has_its_status() {
    let kinds = [
        (Kind::Invalid, 422),
        (Kind::Unauthenticated, 401),
        (Kind::Forbidden, 403),
        (Kind::NotFound, 404),
        (Kind::Conflict, 409),
        (Kind::Gone, 410),
        (Kind::RateLimited, 429),
        (Kind::Unavailable, 503),
        (Kind::Internal, 500),
    ];
    for (kind, status) in kinds {
        assert_eq!(status_of(kind), status);
    }
}

#[test]
fn control_characters_are_not_kept() {
    assert_eq!(crate::clean("a\u{0}b\u{7}\r\n\tc\u{85}"), "ab\r\n\tc");
}
