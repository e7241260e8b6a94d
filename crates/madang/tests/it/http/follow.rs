//! Following: with an account, with a mail address, and stopping.

use axum::http::Method;

use super::plan::{link, mails, sites};
use super::site::Who;

const ASSESS: &str = "/ko/plans/kr-2021/commitments/3/assess";

async fn something_moves(site: &super::site::TestSite) {
    let mut civil = site.sign_in_as(Who::CivilSociety).await;
    let fields = [
        ("go", "publish"),
        ("period", "2023-H1"),
        ("completion", "limited"),
        ("ambition", "modest"),
        ("reasons_ko", "근거"),
    ];
    assert_eq!(civil.post(ASSESS, &fields).await.status, 303);
}

#[tokio::test]
async fn a_mail_address_follows_once_its_owner_says_so_and_stops_at_one_click() {
    for site in sites().await {
        let mut visitor = site.visitor();
        visitor.get("/ko/follow?object=commitment:kr-2021/3").await.shows("name=\"mail\"");
        let form = |mail: &'static str| [("object", "commitment:kr-2021/3"), ("frequency", "at-once"), ("mail", mail)];
        let wrong = visitor.post("/ko/follow", &form("reader")).await;
        assert_eq!(wrong.status, 422);
        wrong.shows("value=\"reader\"");
        wrong.shows("id=\"e-mail\"");
        visitor.post("/ko/follow", &form("reader@example.kr")).await.shows("reader@example.kr");
        let asked = mails(&site).await;
        assert_eq!(asked.len(), 1);
        let confirm = link(&asked[0], "/follow/confirm/");

        something_moves(&site).await;
        assert_eq!(mails(&site).await.len(), 1, "nobody is written to before the address is confirmed");
        let page = visitor.get(&confirm).await;
        page.shows("re…@example.kr");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        something_moves(&site).await;
        assert_eq!(mails(&site).await.len(), 1, "opening the link confirms nothing");
        assert!(visitor.post(&confirm, &[]).await.location().ends_with("?done=follow-confirmed"));

        something_moves(&site).await;
        let news = mails(&site).await;
        assert_eq!(news.len(), 2);
        let stop = link(&news[0], "/unsubscribe/");
        let header = |name: &str| news[0].headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
        assert_eq!(header("List-Unsubscribe"), Some(format!("<{}{stop}>", super::site::BASE)));
        assert_eq!(header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
        assert_eq!(visitor.get(&stop).await.status, 200, "opening the link ends nothing");
        something_moves(&site).await;
        assert_eq!(mails(&site).await.len(), 3);
        // A mail program has no cookie and no form token.
        let mut program = site.visitor();
        let body = "List-Unsubscribe=One-Click";
        let ended = program.send(Method::POST, &stop, Some("application/x-www-form-urlencoded"), body).await;
        assert_eq!(ended.status, 200);
        let twice = program.send(Method::POST, &stop, None, "").await;
        assert_eq!(twice.status, 200, "a wish that is fulfilled is no error");
        something_moves(&site).await;
        assert_eq!(mails(&site).await.len(), 3);
        let forged = program.send(Method::POST, &stop.replace("/stop.", "/digest."), None, "").await;
        assert_eq!(forged.status, 404);
    }
}

#[tokio::test]
async fn a_member_follows_changes_and_stops() {
    for site in sites().await {
        let mut citizen = site.sign_in_as(Who::Member).await;
        let form = |frequency: &'static str| [("object", "plan:kr-2021"), ("frequency", frequency)];
        assert_eq!(citizen.post("/ko/follow", &form("hourly")).await.status, 422);
        let done = citizen.post("/ko/follow", &form("at-once")).await;
        assert_eq!(done.location(), "/ko/plans/kr-2021?done=followed");
        citizen.post("/ko/follow", &form("weekly")).await;
        let own = citizen.get("/ko/me").await;
        own.shows("/ko/follow?object=plan:kr-2021");
        something_moves(&site).await;
        assert!(mails(&site).await.is_empty(), "weekly followers wait for the digest");
        let stopped = citizen.post("/ko/follow/stop", &[("object", "plan:kr-2021")]).await;
        assert_eq!(stopped.location(), "/ko/plans/kr-2021?done=unfollowed");
        assert!(!citizen.get("/ko/me").await.text().contains("/ko/follow?object=plan:kr-2021"));
        assert_eq!(citizen.get("/ko/follow?object=round:1").await.status, 404);
        assert_eq!(citizen.get("/ko/follow").await.status, 404);
    }
}
