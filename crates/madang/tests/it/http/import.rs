//! Importing a plan in the browser.

use axum::http::Method;

use super::browser::{Answer, Browser, between};
use super::plan::{FILE, multipart, sites};
use super::site::Who;

async fn upload(browser: &mut Browser<'_>, file: Option<(&str, &str)>) -> Answer {
    let token = browser.get("/ko/sign-in").await.token();
    let (media_type, body) = multipart(&[("csrf", &token)], file);
    browser.send(Method::POST, "/ko/admin/import", Some(&media_type), &body).await
}

#[tokio::test]
async fn a_broken_file_explains_itself_and_changes_nothing() {
    for site in sites().await {
        let mut lead = site.sign_in_as(Who::Lead).await;
        let none = upload(&mut lead, None).await;
        assert_eq!(none.status, 422);
        none.shows("id=\"e-file\"");
        assert_eq!(upload(&mut lead, Some(("plan.pdf", "x"))).await.status, 422);
        let broken = FILE.replacen("start = \"2021", "strat = \"2021", 1);
        let line = broken.lines().position(|line| line.starts_with("strat")).expect("the plan has a start") + 1;
        let answer = upload(&mut lead, Some(("plan.toml", &broken))).await;
        assert_eq!(answer.status, 422);
        answer.shows(&format!("{line}번째 줄"));
        answer.shows("strat");
        assert!(!answer.text().contains("/admin/import/apply"), "what cannot be read cannot be applied");
    }
}

#[tokio::test]
async fn a_plan_is_checked_and_then_applied() {
    for site in sites().await {
        let mut lead = site.sign_in_as(Who::Lead).await;
        let same = upload(&mut lead, Some(("plan.toml", FILE))).await;
        assert_eq!(same.status, 200, "{}", same.text());
        same.shows("바뀌는 것이 없습니다");
        let name = between(FILE, "name.ko = \"", "\"").or_else(|| between(FILE, "ko = \"", "\"")).unwrap();
        let changed = FILE.replacen(name, "새 이름의 계획", 1);
        let check = upload(&mut lead, Some(("plan.toml", &changed))).await;
        check.shows("<ins>");
        assert!(!site.visitor().get("/ko/plans/kr-2021").await.text().contains("새 이름의 계획"));
        let token = between(check.text(), "name=\"token\" value=\"", "\"").unwrap().to_owned();
        let forged = token.replace('.', ".0");
        assert_eq!(lead.post("/ko/admin/import/apply", &[("token", &forged)]).await.status, 422);
        lead.post("/ko/admin/import/apply", &[("token", &token)]).await.shows("계획을 가져왔습니다");
        site.visitor().get("/ko/plans/kr-2021").await.shows("새 이름의 계획");
        let template = lead.get("/ko/admin/import/template.xlsx").await;
        assert!(template.header("content-disposition").contains("madang-plan-template.xlsx"));
        assert_eq!(site.sign_in_as(Who::Officer).await.get("/ko/admin/import").await.status, 403);
    }
}
