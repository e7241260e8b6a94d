//! Every route of the table is walked as everybody; what must happen follows from the route's access and the permission
//! table, so a new route is tested the moment it is in the table.

use axum::http::Method;
use madang_http::{Access, Route, Surface};
use madang_identity::{api_key, session};
use madang_kernel::permission::{self, BEFORE_SECOND_FACTOR, NEVER_BY_KEY};
use madang_kernel::{Actor, Ctx, Scope, Verb};

use super::browser::{Answer, Browser};
use super::site::{TestSite, Who};

/// What the guard must do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Through,
    SignIn,
    SecondFactor,
    Refused,
    /// Allowed before the second factor; the page itself may still send its visitor there.
    ThroughOrSecondFactor,
}

fn expected(access: Access, who: Who, by_key: bool) -> Expected {
    let (verb, object) = match access {
        Access::Public => return Expected::Through,
        Access::SignedIn if who == Who::Anonymous => return Expected::SignIn,
        Access::SignedIn if who == Who::OfficerBeforeFactor => return Expected::ThroughOrSecondFactor,
        Access::SignedIn => return Expected::Through,
        Access::May(verb, object) => (verb, object),
    };
    let may = |roles: &[madang_kernel::Role]| roles.iter().any(|role| permission::allowed(*role, verb, object));
    if may(Who::Anonymous.roles()) {
        Expected::Through
    } else if who == Who::Anonymous {
        Expected::SignIn
    } else if !may(who.roles()) || (by_key && verb != Verb::Read && NEVER_BY_KEY.contains(&object)) {
        Expected::Refused
    } else if who == Who::OfficerBeforeFactor {
        if BEFORE_SECOND_FACTOR.contains(&(verb, object)) {
            Expected::ThroughOrSecondFactor
        } else {
            Expected::SecondFactor
        }
    } else {
        Expected::Through
    }
}

fn happened(surface: Surface, answer: &Answer) -> Option<Expected> {
    let location = answer.location();
    Some(match (answer.status, surface) {
        (500.., _) => return None,
        (303, _) if location.starts_with("/ko/sign-in/second-factor") => Expected::SecondFactor,
        (303, _) if location == "/ko/sign-in" || location.starts_with("/ko/sign-in?next=") => Expected::SignIn,
        (401, Surface::Api) => Expected::SignIn,
        (401, _) => return None,
        (403, Surface::Api) if answer.text().contains("permission.second-factor") => Expected::SecondFactor,
        (403, _) => Expected::Refused,
        _ => Expected::Through,
    })
}

fn holds(expected: Expected, answer: &Answer, surface: Surface) -> bool {
    let Some(happened) = happened(surface, answer) else { return false };
    match expected {
        Expected::ThroughOrSecondFactor => matches!(happened, Expected::Through | Expected::SecondFactor),
        // Where existence is nobody's business the answer is "not found".
        Expected::Refused => happened == Expected::Refused || answer.status == 404,
        _ => happened == expected,
    }
}

/// The route's path with something in each of its places.
fn address(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{lang}" => "ko",
            _ if part.starts_with('{') => "x",
            _ => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

pub(super) fn table() -> Vec<Route> {
    madang_web::routes().into_iter().chain(madang_api::routes()).collect()
}

/// Something real for the places of addresses that are about services and cases.
pub(super) struct Fixture<'a> {
    pub service: &'a str,
    pub number: &'a str,
    pub step: &'a str,
    pub clock: &'a str,
}

/// Whether an address is about a service or a case.
pub(super) fn about_a_case(path: &str) -> bool {
    path.contains("{number}") || path.contains("{service}")
}

impl Fixture<'_> {
    /// None for paths that are about something else, or about something that the fixture lacks.
    pub fn address(&self, path: &str) -> Option<String> {
        let part = |part: &str| {
            Some(match part {
                "{lang}" => "ko".to_owned(),
                "{service}" => self.service.to_owned(),
                "{number}" => self.number.to_owned(),
                "{step}" => self.step.to_owned(),
                "{clock}" => self.clock.to_owned(),
                "{screen}" => "1".to_owned(),
                _ if part.starts_with('{') => return None,
                _ => part.to_owned(),
            })
        };
        let parts: Option<Vec<String>> = path.split('/').map(part).collect();
        parts.filter(|_| about_a_case(path)).map(|parts| parts.join("/"))
    }
}

/// A key that may do all that its owner may.
pub(super) async fn key_of(site: &TestSite, browser: &Browser<'_>) -> String {
    let token = browser.cookies["madang_session"].clone();
    let ctx: Ctx = site.system();
    site.db
        .write(move |tx| {
            let (_, person) = session::find(tx, &token, ctx.now)?.expect("signed in");
            let ctx = ctx.clone().with_actor(Actor::Person(person));
            let everything = [Scope { object: None, verb: None }];
            Ok(api_key::create(tx, &ctx, "walk", &everything, ctx.now.plus_days(1))?.secret)
        })
        .await
        .unwrap()
}

async fn signed_in(site: &TestSite, browser: &Browser<'_>) -> bool {
    let Some(token) = browser.cookies.get("madang_session").cloned() else { return false };
    let now = site.app.clock.now();
    site.db.read(move |tx| session::find(tx, &token, now)).await.unwrap().is_some()
}

#[tokio::test]
async fn every_route_lets_in_whom_the_table_says() {
    for site in TestSite::all().await {
        let mut wrong = Vec::new();
        for who in Who::ALL {
            let mut browser = site.sign_in_as(who).await;
            let key = match who {
                Who::Anonymous | Who::OfficerBeforeFactor => None,
                _ => Some(key_of(&site, &browser).await),
            };
            for route in table() {
                let api = route.surface == Surface::Api;
                if api && key.is_none() && who != Who::Anonymous && route.method != Method::GET {
                    continue;
                }
                browser.key = key.clone().filter(|_| api);
                let path = address(route.path);
                let answer = if route.method == Method::GET {
                    browser.get(&path).await
                } else if api {
                    browser.send(route.method.clone(), &path, Some("application/json"), "{}").await
                } else {
                    browser.post(&path, &[]).await
                };
                let expected = expected(route.access, who, browser.key.is_some());
                if !holds(expected, &answer, route.surface) {
                    wrong.push(format!(
                        "{route:?} as {who:?}: {expected:?}, but {} {}",
                        answer.status,
                        answer.location()
                    ));
                }
                if who != Who::Anonymous && route.method != Method::GET && !signed_in(&site, &browser).await {
                    browser = site.sign_in_as(who).await;
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", site.app.db.engine().name());
    }
}

/// Forms that change nothing of anybody's, or whose address is the secret.
pub(super) const WITHOUT_TOKEN: &[&str] = &[
    // How pages look in this browser.
    "/{lang}/preferences",
    // Mail programs send it by themselves (RFC 8058); the address holds a token of its own.
    "/{lang}/unsubscribe/{token}",
    "/{lang}/newsletters/leave/{token}",
    // What is alike is looked for while one types; nothing is changed by it.
    "/{lang}/services/{service}/new/alike",
];

#[tokio::test]
async fn every_form_asks_for_its_token() {
    let site = TestSite::all().await.remove(0);
    let mut wrong = Vec::new();
    for route in table().into_iter().filter(|r| r.surface == Surface::Page && r.method == Method::POST) {
        if WITHOUT_TOKEN.contains(&route.path) {
            continue;
        }
        let who = Who::ALL.into_iter().find(|who| expected(route.access, *who, false) == Expected::Through);
        let who = who.unwrap_or_else(|| panic!("nobody may {route:?}"));
        let mut browser = site.sign_in_as(who).await;
        let path = address(route.path);
        let foreign = site.visitor().get("/ko/sign-in").await.token();
        for fields in [vec![], vec![("csrf", "")], vec![("csrf", foreign.as_str())]] {
            let answer = browser.post_without_token(&path, &fields).await;
            // Forms of services and cases are shown again with what was typed, so they look for their case first:
            // `no_form_of_a_real_case_does_anything_without_its_token`.
            if about_a_case(route.path) && (400..500).contains(&answer.status) {
                continue;
            }
            if answer.status != 403 || !answer.text().contains("form.token") {
                wrong.push(format!("{route:?} as {who:?} with {fields:?}: {}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn the_table_names_each_route_once_and_forms_stay_with_their_pages() {
    let mut seen = std::collections::BTreeSet::new();
    for route in table() {
        assert!(seen.insert((route.method.to_string(), route.path)), "{route:?} is there twice");
    }
    for path in WITHOUT_TOKEN {
        let known = seen.iter().any(|(_, p)| p == path);
        assert!(known || path.contains("unsubscribe"), "{path} is no route");
    }
}
