//! One's own pages.

use super::browser::{Browser, between};
use super::site::{TestSite, Who};

const MAIL: &str = "gildong@example.org";

async fn by_mail<'s>(site: &'s TestSite, address: &str) -> Browser<'s> {
    let mut browser = site.visitor();
    browser.post("/ko/sign-in", &[("email", address)]).await;
    browser.post(&site.newest_link().await, &[]).await;
    assert!(browser.has_session());
    browser
}

#[tokio::test]
async fn name_and_language_are_changed() {
    for site in TestSite::all().await {
        let mut browser = by_mail(&site, MAIL).await;
        let saved = browser.post("/ko/me", &[("name", "홍길동"), ("locale", "en")]).await;
        assert_eq!(saved.location(), "/ko/me?done=profile-saved");
        let page = browser.get(&saved.location()).await;
        page.shows("<h1>홍길동</h1>");
        page.shows("notice-success");
        let long = "가".repeat(81);
        let refused = browser.post("/ko/me", &[("name", &long), ("locale", "en")]).await;
        assert_eq!(refused.status, 422);
        refused.shows(&long);
        refused.shows("id=\"e-name\"");
        assert_eq!(browser.post("/ko/me", &[("name", "x"), ("locale", "fr")]).await.status, 422);
    }
}

#[tokio::test]
async fn the_address_changes_when_its_owner_says_so_from_the_new_mailbox() {
    for site in TestSite::all().await {
        let mut browser = by_mail(&site, MAIL).await;
        let asked = browser.post("/ko/me/address", &[("email", "new@example.org")]).await;
        assert_eq!(asked.location(), "/ko/me?done=address-sent");
        assert_eq!(site.mails().await[0].to, "new@example.org");
        let link = site.newest_link().await;
        // Another who finds the link cannot take the account with it.
        let mut other = by_mail(&site, "other@example.org").await;
        assert_eq!(other.post(&link, &[]).await.status, 403);
        let changed = browser.post(&link, &[]).await;
        assert_eq!(changed.location(), "/ko/me?done=address-changed");
        browser.get("/ko/me").await.shows("new@example.org");
        let refused = browser.post("/ko/me/address", &[("email", "not an address")]).await;
        assert_eq!(refused.status, 422);
        refused.shows("value=\"not an address\"");
    }
}

#[tokio::test]
async fn keys_are_shown_once_work_within_their_scopes_and_end() {
    for site in TestSite::all().await {
        let mut browser = by_mail(&site, MAIL).await;
        let none = browser.post("/ko/me/security/keys", &[("name", "주간 통계"), ("days", "30")]).await;
        assert_eq!(none.status, 422);
        none.shows("value=\"주간 통계\"");
        let fields = [("name", "주간 통계"), ("scopes", "account:*"), ("days", "30")];
        let made = browser.post("/ko/me/security/keys", &fields).await;
        assert_eq!((made.status, made.header("cache-control")), (200, "no-store"));
        let key = format!("mdg_{}", between(made.text(), "<code class=\"secret\">mdg_", "</code>").unwrap());
        let page = browser.get("/ko/me/security").await;
        assert!(!page.text().contains(&key));
        page.shows("주간 통계");

        let mut program = site.visitor();
        program.key = Some(key.clone());
        assert_eq!(program.get("/ko/me/data").await.status, 200);
        assert_eq!(program.get("/ko/me/security").await.status, 403, "a session is not within the key's scopes");
        let last = if key.ends_with('0') { '1' } else { '0' };
        program.key = Some(format!("{}{last}", &key[..key.len() - 1]));
        assert_ne!(program.get("/ko/me/data").await.status, 200);

        let id = between(page.text(), "/ko/me/security/keys/", "/revoke").unwrap().to_owned();
        let mut other = by_mail(&site, "other@example.org").await;
        let path = format!("/ko/me/security/keys/{id}/revoke");
        assert_eq!(other.post(&path, &[]).await.status, 404, "another's key is nobody's business");
        assert_eq!(browser.post(&path, &[]).await.location(), "/ko/me/security?done=key-revoked");
        program.key = Some(key);
        assert_eq!(program.get("/ko/me/data").await.status, 401);
    }
}

#[tokio::test]
async fn other_devices_are_signed_out_one_by_one_or_all() {
    for site in TestSite::all().await {
        let mut here = by_mail(&site, MAIL).await;
        let mut there = by_mail(&site, MAIL).await;
        let page = here.get("/ko/me/security").await;
        let other = between(page.text(), "/ko/me/security/sessions/", "/end").expect("one other session").to_owned();
        let path = format!("/ko/me/security/sessions/{other}/end");
        let mut stranger = by_mail(&site, "other@example.org").await;
        assert_eq!(stranger.post(&path, &[]).await.status, 404);
        assert_eq!(here.post(&path, &[]).await.location(), "/ko/me/security?done=session-ended");
        assert_eq!(there.get("/ko/me").await.status, 303);
        assert_eq!(here.get("/ko/me").await.status, 200);

        let mut third = by_mail(&site, MAIL).await;
        let all = here.post("/ko/me/security/sign-out-everywhere", &[]).await;
        assert_eq!(all.location(), "/ko/sign-in?done=signed-out-everywhere");
        assert!(!here.has_session());
        assert_eq!(third.get("/ko/me").await.status, 303);
    }
}

#[tokio::test]
async fn what_is_kept_about_me_is_given_to_me() {
    for site in TestSite::all().await {
        let mut browser = by_mail(&site, MAIL).await;
        let answer = browser.get("/ko/me/data").await;
        assert!(answer.header("content-disposition").starts_with("attachment"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let json = answer.json();
        assert_eq!(json["account"]["email"], MAIL);
        assert_eq!(json["account"]["sessions"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn an_account_goes_when_its_owner_types_the_words() {
    for site in TestSite::all().await {
        let mut browser = by_mail(&site, MAIL).await;
        for (lang, typed) in [("ko", ""), ("ko", "삭제"), ("en", "yes")] {
            let refused = browser.post(&format!("/{lang}/me/delete"), &[("confirm", typed)]).await;
            assert_eq!(refused.status, 422, "{typed}");
            refused.shows("id=\"e-confirm\"");
        }
        let gone = browser.post("/en/me/delete", &[("confirm", "Delete my account")]).await;
        assert_eq!(gone.location(), "/en/?done=account-deleted");
        assert!(!browser.has_session());
        // The same address begins anew.
        let mut again = by_mail(&site, MAIL).await;
        assert_eq!(again.get("/ko/me/data").await.json()["account"]["sessions"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_last_administrator_cannot_leave() {
    let site = TestSite::all().await.remove(0);
    let mut administrator = site.sign_in_as(Who::Administrator).await;
    let refused = administrator.post("/en/me/delete", &[("confirm", "delete my account")]).await;
    assert_eq!(refused.status, 409);
    assert!(administrator.has_session());
    assert_eq!(administrator.get("/en/admin").await.status, 200);
}

#[tokio::test]
async fn i_see_who_looked_at_me_and_why_without_a_name() {
    for site in TestSite::all().await {
        let mut browser = by_mail(&site, MAIL).await;
        let nobody = browser.get("/ko/me/looks").await;
        assert_eq!(nobody.status, 200);
        let id = browser.get("/ko/me/data").await.json()["account"]["id"].as_str().unwrap().to_owned();
        let mut administrator = site.sign_in_as(Who::Administrator).await;
        administrator.get(&format!("/ko/admin/accounts/{id}?why=lost+phone")).await.shows(MAIL);
        let looked = browser.get("/ko/me/looks").await;
        looked.shows("lost phone");
        assert!(!looked.text().contains("누리집 관리자"), "the account's name is not told");
    }
}
