//! Running the site.

use super::browser::{Browser, between};
use super::site::{TestSite, Who};

async fn id_of(site: &TestSite, who: Who) -> String {
    let mut browser = site.sign_in_as(who).await;
    browser.get("/ko/me/data").await.json()["account"]["id"].as_str().unwrap().to_owned()
}

async fn administrator(site: &TestSite) -> Browser<'_> {
    site.sign_in_as(Who::Administrator).await
}

#[tokio::test]
async fn accounts_are_shown_to_those_who_say_why_and_each_look_is_written_down() {
    for site in TestSite::all().await {
        let mut admin = administrator(&site).await;
        let asked = admin.get("/ko/admin/accounts?role=officer").await;
        assert!(!asked.text().contains("demo.example"), "nobody is shown before a reason is given");
        let found = admin.get("/ko/admin/accounts?role=officer&why=%EC%A0%90%EA%B2%80").await;
        found.shows("officer-mois@demo.example");
        assert!(!found.text().contains("citizen@demo.example"));
        assert_eq!(found.header("cache-control"), "no-store");
        let wrong = admin.get("/ko/admin/accounts?why=x&email=nobody").await;
        assert_eq!(wrong.status, 422);
        wrong.shows("value=\"nobody\"");
        let one = admin.get("/ko/admin/accounts?why=x&email=Citizen@demo.example").await;
        one.shows("citizen@demo.example");
        assert!(!one.text().contains("officer-mois@demo.example"));

        let log = admin.get("/ko/admin/access-log").await;
        log.shows("점검");
        let none = admin.get("/ko/admin/access-log?what=account.view").await;
        assert!(!none.text().contains("점검"));
        assert_eq!(admin.get("/ko/admin/access-log?from=yesterday").await.status, 422);
        let csv = admin.get("/ko/admin/access-log.csv?what=account.list").await;
        assert!(csv.header("content-type").starts_with("text/csv"));
        csv.shows("account.list");
        csv.shows("점검");
    }
}

#[tokio::test]
async fn accounts_are_paged() {
    let site = TestSite::all().await.remove(0);
    for n in 0..35 {
        let address = format!("person{n}@example.org");
        let mut browser = site.visitor();
        browser.post("/ko/sign-in", &[("email", &address)]).await;
        browser.post(&site.newest_link().await, &[]).await;
        site.clock.advance_seconds(120);
    }
    let mut admin = administrator(&site).await;
    let first = admin.get("/ko/admin/accounts?why=x").await;
    first.shows("person34@example.org");
    assert!(!first.text().contains("person4@example.org"));
    let next = between(first.text(), "rel=\"next\" href=\"", "\"").expect("a second page").replace("&amp;", "&");
    let second = admin.get(&next).await;
    second.shows("person0@example.org");
    second.shows("citizen@demo.example");
    assert!(!second.text().contains("person34@example.org") && !second.text().contains("rel=\"next\""));
}

#[tokio::test]
async fn an_account_is_shut_and_opened() {
    for site in TestSite::all().await {
        let mut admin = administrator(&site).await;
        let mut citizen = site.sign_in_as(Who::Member).await;
        let id = citizen.get("/ko/me/data").await.json()["account"]["id"].as_str().unwrap().to_owned();
        let at = |act: &str| format!("/ko/admin/accounts/{id}/{act}");
        let refused = admin.post(&at("block"), &[("why", "")]).await;
        assert_eq!(refused.status, 422);
        let shut = admin.post(&at("block"), &[("why", "신고")]).await;
        assert!(shut.location().ends_with("&done=account-blocked"), "{}", shut.location());
        admin.get(&shut.location()).await.shows("notice-success");
        assert_eq!(citizen.get("/ko/me").await.status, 303);
        assert_eq!(admin.post(&at("block"), &[("why", "신고")]).await.status, 409);
        let mut again = site.visitor();
        again.post("/ko/sign-in", &[("email", "citizen@demo.example")]).await;
        assert_eq!(again.post(&site.newest_link().await, &[]).await.status, 403);
        assert_eq!(admin.post(&at("unblock"), &[("why", "풀어 달라는 청")]).await.status, 303);
        assert_eq!(site.sign_in_as(Who::Member).await.get("/ko/me").await.status, 200);

        let own = id_of(&site, Who::Administrator).await;
        let suicide = admin.post(&format!("/ko/admin/accounts/{own}/block"), &[("why", "x")]).await;
        assert_eq!(suicide.status, 409);
    }
}

#[tokio::test]
async fn roles_are_given_and_taken() {
    for site in TestSite::all().await {
        let mut admin = administrator(&site).await;
        let id = id_of(&site, Who::Member).await;
        let page = admin.get(&format!("/ko/admin/accounts/{id}?why=x")).await;
        let options =
            between(page.text(), "<select class=\"krds-form-select medium\" id=\"f-organisation\"", "</select>");
        let organisation = options
            .and_then(|list| list.split("<option ").find(|option| option.contains("행정안전부")))
            .and_then(|option| between(option, "value=\"", "\""))
            .unwrap()
            .to_owned();
        let give = format!("/ko/admin/accounts/{id}/roles");
        let without = admin.post(&give, &[("why", "x"), ("role", "officer"), ("organisation", "")]).await;
        assert_eq!(without.status, 422);
        without.shows("id=\"e-organisation\"");
        let civil =
            admin.post(&give, &[("why", "x"), ("role", "civil-society"), ("organisation", &organisation)]).await;
        assert_eq!(civil.status, 422);
        let fields = [("why", "새 담당자"), ("role", "officer"), ("organisation", organisation.as_str())];
        let given = admin.post(&give, &fields).await;
        assert!(given.location().ends_with("&done=role-given"), "{}", given.text());
        assert_eq!(admin.post(&give, &fields).await.status, 409);
        // The new officer has to set the second factor up before anything else.
        let mut officer = site.visitor();
        let entered = officer.post("/ko/sign-in/demo", &[("key", "citizen")]).await;
        assert!(entered.location().starts_with("/ko/me/security/totp?back="), "{}", entered.location());
        let taken = admin.post(&format!("{give}/remove"), &fields).await;
        assert!(taken.location().ends_with("&done=role-taken"));
        assert_eq!(admin.post(&format!("{give}/remove"), &fields).await.status, 404);
    }
}

#[tokio::test]
async fn organisations_are_made_and_changed() {
    for site in TestSite::all().await {
        let mut admin = administrator(&site).await;
        let list = "/ko/admin/organisations";
        let bad = [("slug", "Bad Slug"), ("kind", "agency"), ("name_ko", "국세청")];
        let refused = admin.post(list, &bad).await;
        assert_eq!(refused.status, 422);
        refused.shows("value=\"국세청\"");
        refused.shows("id=\"e-slug\"");
        let nameless = admin.post(list, &[("slug", "nts"), ("kind", "agency")]).await;
        assert_eq!(nameless.status, 422);
        nameless.shows("id=\"e-name_ko\"");
        let good = [("slug", "nts"), ("kind", "agency"), ("name_ko", "국세청"), ("name_en", "National Tax Service")];
        let made = admin.post(list, &good).await;
        assert_eq!(made.location(), "/ko/admin/organisations/nts?done=organisation-made");
        assert_eq!(admin.post(list, &good).await.status, 409);
        let page = "/ko/admin/organisations/nts";
        let saved = admin.post(page, &[("kind", "agency"), ("name_ko", "국세청"), ("short_ko", "세청")]).await;
        assert_eq!(saved.location(), format!("{page}?done=organisation-saved"));
        admin.get(page).await.shows("value=\"세청\"");
        assert_eq!(admin.get("/ko/admin/organisations/none").await.status, 404);
        assert_eq!(admin.post("/ko/admin/organisations/none", &[("kind", "agency")]).await.status, 404);
    }
}

#[tokio::test]
async fn jobs_are_seen_tried_again_and_dropped() {
    for site in TestSite::all().await {
        site.visitor().post("/ko/sign-in", &[("email", "gildong@example.org")]).await;
        let mut admin = administrator(&site).await;
        let queued = admin.get("/ko/admin/jobs?state=queued").await;
        queued.shows("mail.send");
        assert!(!admin.get("/ko/admin/jobs?state=done").await.text().contains("mail.send"));
        assert_eq!(admin.get("/ko/admin/jobs?state=nonsense").await.status, 422);
        let drop =
            between(queued.text(), "action=\"/ko/admin/jobs/", "/delete\"").expect("it can be dropped").to_owned();
        let path = format!("/ko/admin/jobs/{drop}");
        assert_eq!(admin.post(&format!("{path}/retry"), &[]).await.location(), "/ko/admin/jobs?done=job-retried");
        assert_eq!(admin.post(&format!("{path}/delete"), &[]).await.location(), "/ko/admin/jobs?done=job-deleted");
        assert_eq!(admin.post(&format!("{path}/delete"), &[]).await.status, 404);
        assert!(site.mails().await.is_empty(), "what was dropped is not sent");
        admin.get("/ko/admin").await.shows("/ko/admin/jobs?state=failed");
    }
}

#[tokio::test]
async fn the_outbox_is_every_visitors_letter_box_in_a_demonstration() {
    for site in TestSite::all().await {
        site.visitor().post("/ko/sign-in", &[("email", "gildong@example.org")]).await;
        let link = site.newest_link().await;
        let mut visitor = site.visitor();
        let list = visitor.get("/ko/outbox").await;
        list.shows("gildong@example.org");
        let mail = format!("/ko/outbox/{}", between(list.text(), "href=\"/ko/outbox/", "\"").unwrap());
        let page = visitor.get(&mail).await;
        page.shows(&format!("href=\"{link}\""));
        page.shows("&lt;html");
        let mut admin = administrator(&site).await;
        admin.get("/ko/admin/outbox").await.shows("gildong@example.org");
    }
}

#[tokio::test]
async fn elsewhere_administrators_see_to_whom_and_not_what() {
    let site = TestSite::for_real().await;
    site.visitor().post("/ko/sign-in", &[("email", "gildong@example.org")]).await;
    let id = site.mails().await[0].id;
    assert_eq!(site.visitor().get(&format!("/ko/outbox/{id}")).await.status, 404);
    assert_eq!(site.visitor().get(&format!("/ko/admin/outbox/{id}")).await.status, 303);
}
