//! Signing in: the link and its button, the demonstration's accounts, the second factor.

use super::browser::{Answer, between};
use super::site::{TestSite, Who};

const MAIL: &str = "gildong@example.org";

#[tokio::test]
async fn a_link_signs_in_once_and_only_by_its_button() {
    for site in TestSite::all().await {
        let mut browser = site.visitor();
        let asked =
            browser.post("/en/sign-in", &[("email", " Gildong@Example.org "), ("back", "/en/me/security")]).await;
        assert_eq!(asked.status, 200);
        asked.shows("/en/outbox");
        let mails = site.mails().await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, MAIL));
        assert!(mails[0].html.as_ref().unwrap().contains("/en/sign-in/link/"), "{:?}", mails[0].html);
        let link = site.newest_link().await;

        // A mail scanner opens it; nothing happens.
        for _ in 0..2 {
            let mut scanner = site.visitor();
            let page = scanner.get(&link).await;
            assert_eq!((page.status, page.header("referrer-policy")), (200, "no-referrer"));
            page.shows("g***@example.org");
            assert!(!scanner.has_session());
        }
        let used = browser.post(&link, &[]).await;
        assert_eq!((used.status, used.location().as_str()), (303, "/en/me/security"));
        assert!(browser.has_session());
        browser.get("/en/me").await.shows(MAIL);

        let mut second = site.visitor();
        assert_eq!(second.get(&link).await.status, 410);
        assert_eq!(second.post(&link, &[]).await.status, 410);
        assert!(!second.has_session());
        assert_eq!(second.get("/ko/sign-in/link/none").await.status, 404);
    }
}

#[tokio::test]
async fn a_late_link_says_so() {
    let site = TestSite::for_real().await;
    site.visitor().post("/ko/sign-in", &[("email", MAIL)]).await;
    let link = site.newest_link().await;
    site.clock.advance_seconds(16 * 60);
    assert_eq!(site.visitor().get(&link).await.status, 410);
}

#[tokio::test]
async fn a_wrong_address_comes_back_with_what_was_typed() {
    let site = TestSite::for_real().await;
    for (lang, typed) in [("ko", "gildong"), ("en", "a@b@c.org")] {
        let answer = site.visitor().post(&format!("/{lang}/sign-in"), &[("email", typed), ("back", "/ko/plans")]).await;
        assert_eq!(answer.status, 422);
        answer.shows(&format!("value=\"{typed}\""));
        answer.shows("id=\"e-email\"");
        answer.shows("value=\"/ko/plans\"");
    }
    assert!(site.mails().await.is_empty());
}

#[tokio::test]
async fn an_address_is_not_flooded() {
    for site in TestSite::all().await {
        let mut browser = site.visitor();
        for _ in 0..5 {
            assert_eq!(browser.post("/ko/sign-in", &[("email", MAIL)]).await.status, 200);
        }
        let refused = browser.post("/ko/sign-in", &[("email", MAIL)]).await;
        assert_eq!(refused.status, 429);
        refused.shows(&format!("value=\"{MAIL}\""));
        assert_eq!(browser.post("/ko/sign-in", &[("email", "other@example.org")]).await.status, 200);
        site.clock.advance_seconds(3601);
        assert_eq!(browser.post("/ko/sign-in", &[("email", MAIL)]).await.status, 200);
        assert_eq!(site.mails().await.len(), 7);
    }
}

#[tokio::test]
async fn whoever_is_sent_to_sign_in_comes_back() {
    let site = TestSite::all().await.remove(0);
    let mut browser = site.visitor();
    let sent = browser.get("/ko/me/security?x=1").await;
    assert_eq!((sent.status, sent.location().as_str()), (303, "/ko/sign-in?next=%2Fko%2Fme%2Fsecurity%3Fx%3D1"));
    let form = browser.get(&sent.location()).await;
    let fields = form.text().split_once("action=\"/ko/sign-in\"").unwrap().1;
    let back = between(fields, "name=\"back\" value=\"", "\"").unwrap().replace("&#x2f;", "/");
    let entered = browser.post("/ko/sign-in/demo", &[("key", "citizen"), ("back", &back)]).await;
    assert_eq!(entered.location(), "/ko/me/security?x=1");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let site = TestSite::all().await.remove(0);
    for elsewhere in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        let mut browser = site.visitor();
        let entered = browser.post("/ko/sign-in/demo", &[("key", "citizen"), ("back", elsewhere)]).await;
        assert_eq!((entered.status, entered.location().as_str()), (303, "/ko/me"), "{elsewhere}");
        let mut officer = site.sign_in_as(Who::OfficerBeforeFactor).await;
        let code = officer.get("/ko/sign-in/second-factor").await.demo_code();
        let passed = officer.post("/ko/sign-in/second-factor", &[("code", &code), ("back", elsewhere)]).await;
        assert!(passed.location().starts_with("/ko/"), "{elsewhere}: {}", passed.location());
    }
}

#[tokio::test]
async fn the_demonstrations_doors_are_shut_elsewhere() {
    let site = TestSite::for_real().await;
    let page = site.visitor().get("/ko/sign-in").await;
    assert!(!page.text().contains("administrator") && !page.text().contains("/ko/outbox"), "{}", page.text());
    let mut browser = site.visitor();
    assert_eq!(browser.post("/ko/sign-in/demo", &[("key", "administrator")]).await.status, 404);
    assert!(!browser.has_session());
    assert_eq!(browser.get("/ko/outbox").await.status, 404);
}

#[tokio::test]
async fn an_officer_may_nothing_before_the_second_factor() {
    for site in TestSite::all().await {
        let mut officer = site.sign_in_as(Who::OfficerBeforeFactor).await;
        let before = officer.cookies["madang_session"].clone();
        let sent = officer.get("/ko/me/data").await;
        assert_eq!(sent.location(), "/ko/sign-in/second-factor?next=%2Fko%2Fme%2Fdata");
        let wrong = officer.post("/ko/sign-in/second-factor", &[("code", "000000"), ("back", "/ko/me/data")]).await;
        assert_eq!(wrong.status, 422);
        wrong.shows("id=\"e-code\"");
        wrong.shows("value=\"/ko/me/data\"");
        let passed =
            officer.post("/ko/sign-in/second-factor", &[("code", &wrong.demo_code()), ("back", "/ko/me/data")]).await;
        assert_eq!((passed.status, passed.location().as_str()), (303, "/ko/me/data"));
        assert_eq!(officer.get("/ko/me/data").await.status, 200);
        // The session has a new secret; the one from before is worth nothing.
        assert_ne!(officer.cookies["madang_session"], before);
        officer.cookies.insert("madang_session".into(), before);
        assert_eq!(officer.get("/ko/me").await.status, 303);
    }
}

#[tokio::test]
async fn codes_cannot_be_guessed_for_long() {
    let site = TestSite::all().await.remove(0);
    let mut officer = site.sign_in_as(Who::OfficerBeforeFactor).await;
    for _ in 0..10 {
        assert_eq!(officer.post("/ko/sign-in/second-factor", &[("code", "000000")]).await.status, 422);
    }
    let refused = officer.post("/ko/sign-in/second-factor", &[("code", "000000")]).await;
    assert_eq!(refused.status, 429);
    let right = officer.post("/ko/sign-in/second-factor", &[("code", &refused.demo_code())]).await;
    assert_eq!(right.status, 429);
    site.clock.advance_seconds(901);
    let page = officer.get("/ko/sign-in/second-factor").await;
    assert_eq!(officer.post("/ko/sign-in/second-factor", &[("code", &page.demo_code())]).await.status, 303);
}

/// The secret that a page shows for typing.
fn secret(page: &Answer) -> String {
    between(page.text(), "<code class=\"secret\">", "</code>").unwrap().replace(' ', "")
}

/// The code of an app that was given this secret.
fn app_code(site: &TestSite, secret: &str) -> String {
    let bytes = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(bytes).build().unwrap();
    totp.generate(u64::try_from(site.app.clock.now().micros() / 1_000_000).unwrap()).to_string()
}

#[tokio::test]
async fn a_member_sets_the_second_factor_up_and_comes_back_with_a_recovery_code() {
    for site in TestSite::all().await {
        let mut browser = site.visitor();
        browser.post("/ko/sign-in", &[("email", MAIL)]).await;
        browser.post(&site.newest_link().await, &[]).await;
        let page = browser.get("/ko/me/security/totp").await;
        page.shows("<svg viewBox=");
        assert!(!page.text().contains("style="), "the policy allows no style");
        // A second look shows the same secret, so that an app which has it stays right.
        let again = browser.get("/ko/me/security/totp").await;
        assert_eq!(secret(&page), secret(&again));
        let wrong = browser.post("/ko/me/security/totp", &[("code", "123")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(secret(&page), secret(&wrong));

        let done = browser.post("/ko/me/security/totp", &[("code", &app_code(&site, &secret(&page)))]).await;
        assert_eq!((done.status, done.header("cache-control")), (200, "no-store"));
        let codes: Vec<String> =
            done.text().split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect();
        assert_eq!(codes.len(), 10);
        browser.get("/ko/me/security").await.shows("10");

        // A new session stands before the second step, and may nothing of its own until then.
        let mut other = site.visitor();
        other.post("/ko/sign-in", &[("email", MAIL)]).await;
        let entered = other.post(&site.newest_link().await, &[]).await;
        assert!(entered.location().starts_with("/ko/sign-in/second-factor"), "{}", entered.location());
        assert!(other.get("/ko/me").await.location().starts_with("/ko/sign-in/second-factor"));
        let form = other.get("/ko/sign-in/second-factor?mode=recovery").await;
        assert!(!form.text().contains("notice-info"), "no code is shown to real people");
        let passed = other.post("/ko/sign-in/second-factor", &[("mode", "recovery"), ("code", &codes[3])]).await;
        assert_eq!((passed.status, passed.location().as_str()), (303, "/ko/me/security?done=recovery-used"));
        other.get(&passed.location()).await.shows("9");

        let mut third = site.visitor();
        third.post("/ko/sign-in", &[("email", MAIL)]).await;
        third.post(&site.newest_link().await, &[]).await;
        let used = third.post("/ko/sign-in/second-factor", &[("mode", "recovery"), ("code", &codes[3])]).await;
        assert_eq!(used.status, 422);
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_too() {
    let site = TestSite::all().await.remove(0);
    let mut browser = site.sign_in_as(Who::Member).await;
    let secret = browser.cookies["madang_session"].clone();
    let out = browser.post("/en/sign-out", &[]).await;
    assert_eq!(out.location(), "/en/?done=signed-out");
    assert!(!browser.has_session());
    browser.cookies.insert("madang_session".into(), secret);
    assert_eq!(browser.get("/en/me").await.status, 303);
}
