//! What officers, civil society and the lead ministry do at their desks.

use axum::http::Method;

use super::browser::{Browser, between};
use super::plan::{link, mails, multipart, sites};
use super::site::{TestSite, Who};

const COMMITMENT: &str = "/ko/plans/kr-2021/commitments/3";
const REPORT: &str = "/ko/desk/plans/kr-2021/milestones/3/1/report";

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x2f;", "/")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

async fn history(site: &TestSite) -> String {
    site.visitor().get("/ko/plans/kr-2021/history?commitment=3").await.text().to_owned()
}

async fn upload(browser: &mut Browser<'_>, fields: &[(&str, &str)], file: (&str, &str)) -> super::browser::Answer {
    let token = browser.get("/ko/sign-in").await.token();
    let mut all = fields.to_vec();
    all.push(("csrf", &token));
    let (media_type, body) = multipart(&all, Some(file));
    browser.send(Method::POST, REPORT, Some(&media_type), &body).await
}

#[tokio::test]
async fn an_officer_reports_with_evidence_and_a_follower_is_written_to() {
    for site in sites().await {
        let mut citizen = site.sign_in_as(Who::Member).await;
        let fields = [("object", "commitment:kr-2021/3"), ("frequency", "at-once")];
        assert_eq!(citizen.post("/ko/follow", &fields).await.status, 303);

        let mut officer = site.sign_in_as(Who::Officer).await;
        officer.get("/ko/desk").await.shows(&format!("{REPORT}\""));
        let empty = officer.post(REPORT, &[("go", "review")]).await;
        assert_eq!(empty.status, 422);
        empty.shows("id=\"e-claim\"");
        empty.shows("id=\"e-text_ko\"");
        let bare = [("go", "review"), ("claim", "completed"), ("text_ko", "끝냈습니다")];
        let unproven = officer.post(REPORT, &bare).await;
        assert_eq!(unproven.status, 422);
        unproven.shows("id=\"e-evidence\"");
        unproven.shows("끝냈습니다");

        let review = upload(&mut officer, &bare, ("결과.txt", "증빙의 글")).await;
        assert_eq!(review.status, 200, "{}", review.text());
        review.shows("결과.txt");
        let held = unescape(between(review.text(), "name=\"held\" value=\"", "\"").expect("the file is kept"));
        assert_eq!(mails(&site).await.len(), 0, "nothing is published yet");
        let digest = between(&held, "\"target\":\"", "\"").unwrap().to_owned();
        let file = format!("/files/{digest}");
        assert_eq!(site.visitor().get(&file).await.status, 404, "a file is public with its report");

        let publish = [("go", "publish"), ("claim", "completed"), ("text_ko", "끝냈습니다"), ("held", held.as_str())];
        let forged = held.replace("결과", "다른");
        let swapped = [("go", "publish"), ("claim", "completed"), ("text_ko", "끝냈습니다"), ("held", forged.as_str())];
        assert_eq!(officer.post(REPORT, &swapped).await.status, 422, "a changed seal is refused");
        let done = officer.post(REPORT, &publish).await;
        assert!(done.location().starts_with(&format!("{REPORT}?receipt=")), "{} {}", done.status, done.text());
        officer.get(&done.location()).await.shows("소식을 받는 1명");

        let page = site.visitor().get(COMMITMENT).await;
        page.shows("끝냈습니다");
        page.shows(&file);
        let sent = site.visitor().get(&file).await;
        assert_eq!(sent.text(), "증빙의 글");
        assert!(sent.header("content-disposition").starts_with("attachment;"));
        assert_eq!(sent.header("x-content-type-options"), "nosniff");
        assert!(sent.header("content-security-policy").contains("sandbox"));

        let mails = mails(&site).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, "citizen@demo.example");
        assert!(link(&mails[0], "/commitments/").ends_with("/commitments/3#m1"));

        let id = done.location().rsplit('=').next().unwrap().to_owned();
        let again = officer.get(&format!("{REPORT}?corrects={id}")).await;
        again.shows("끝냈습니다");
        let fields = [
            ("go", "publish"),
            ("corrects", id.as_str()),
            ("claim", "under-way"),
            ("text_ko", "아직입니다"),
            ("delay_reason", "자료가 늦었습니다"),
        ];
        assert_eq!(officer.post(REPORT, &fields).await.status, 303);
        assert_eq!(officer.post(REPORT, &fields).await.status, 409, "a report is corrected once");
        let page = site.visitor().get(COMMITMENT).await;
        page.shows("아직입니다");
        page.shows("자료가 늦었습니다");
    }
}

#[tokio::test]
async fn both_sides_assess_and_the_history_shows_both() {
    for site in sites().await {
        let assess = format!("{COMMITMENT}/assess");
        let mut civil = site.sign_in_as(Who::CivilSociety).await;
        civil.get("/ko/desk").await.shows(&assess);
        let empty = civil.post(&assess, &[("go", "review")]).await;
        assert_eq!(empty.status, 422);
        empty.shows("id=\"e-completion\"");
        empty.shows("id=\"e-ambition\"");
        empty.shows("id=\"e-reasons_ko\"");
        let fields = |go: &'static str| {
            [
                ("go", go),
                ("period", "2023-H1"),
                ("completion", "limited"),
                ("ambition", "modest"),
                ("reasons_ko", "근거입니다"),
            ]
        };
        let review = civil.post(&assess, &fields("review")).await;
        assert_eq!(review.status, 200);
        review.shows("2023년 상반기");
        let done = civil.post(&assess, &fields("publish")).await;
        let to = done.location();
        assert!(to.starts_with(&format!("{COMMITMENT}?done=assessed&receipt=")), "{to}: {}", done.text());

        let mut officer = site.sign_in_as(Who::Officer).await;
        let own =
            [("go", "publish"), ("period", "2023-H1"), ("completion", "substantial"), ("reasons_ko", "기관의 근거")];
        assert_eq!(officer.post(&assess, &own).await.status, 303);
        let page = site.visitor().get(COMMITMENT).await;
        page.shows("근거입니다");
        page.shows("기관의 근거");
        let history = history(&site).await;
        assert!(history.contains("일부") && history.contains("상당 부분"), "{history}");
        assert_eq!(site.sign_in_as(Who::Member).await.get(&assess).await.status, 403);
    }
}

#[tokio::test]
async fn a_commitment_is_edited_previewed_published_and_taken_back() {
    for site in sites().await {
        let edit = "/ko/desk/plans/kr-2021/commitments/3/edit";
        let mut officer = site.sign_in_as(Who::Officer).await;
        let form = officer.get(edit).await;
        let count = between(form.text(), "name=\"milestone_count\" value=\"", "\"").unwrap().to_owned();
        let fields = shown_fields(form.text());
        let with = |go: &str, title: &str, end: &str| -> Vec<(String, String)> {
            let mut all: Vec<(String, String)> = fields.clone();
            for (name, value) in &mut all {
                match name.as_str() {
                    "title_en" => title.clone_into(value),
                    "milestones.1.end" => end.clone_into(value),
                    _ => {}
                }
            }
            all.push(("go".into(), go.into()));
            all.push(("milestone_count".into(), count.clone()));
            all
        };
        let send = |all: Vec<(String, String)>| all;
        let wrong = post(&mut officer, edit, &send(with("preview", "", "2021-13"))).await;
        assert_eq!(wrong.status, 422);
        wrong.shows("value=\"2021-13\"");
        wrong.shows("id=\"e-milestones.1.end\"");
        let wrong = post(&mut officer, edit, &send(with("preview", "", "2022-01-31"))).await;
        assert_eq!(wrong.status, 422);
        wrong.shows("id=\"e-title_en\"");
        let preview = post(&mut officer, edit, &send(with("preview", "A new title", "2022-01-31"))).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        preview.shows("<ins><span class=\"sr-only\">고친 뒤: </span>A new title</ins>");
        assert!(!site.visitor().get("/en/plans/kr-2021/commitments/3").await.text().contains("A new title"));
        officer.get("/ko/desk").await.shows(edit);

        let done = officer.post(edit, &[("go", "publish")]).await;
        assert_eq!(done.location(), format!("{COMMITMENT}?done=commitment-published"));
        site.visitor().get("/en/plans/kr-2021/commitments/3").await.shows("A new title");
        let desk = officer.get("/ko/desk").await;
        let undo = between(desk.text(), "action=\"/ko/desk/plans/kr-2021/commitments/3/undo/", "\"")
            .expect("it can be undone");
        let undo = format!("/ko/desk/plans/kr-2021/commitments/3/undo/{undo}");
        assert_eq!(officer.post(&undo, &[]).await.location(), format!("{COMMITMENT}?done=commitment-undone"));
        assert!(!site.visitor().get("/en/plans/kr-2021/commitments/3").await.text().contains("A new title"));
        assert_eq!(officer.post(&undo, &[]).await.status, 409);
    }
}

async fn post(browser: &mut Browser<'_>, path: &str, fields: &[(String, String)]) -> super::browser::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

/// Fields of the editor as a browser would send them, without buttons.
fn shown_fields(page: &str) -> Vec<(String, String)> {
    let form = page.split_once("data-keep").expect("a form").1;
    let mut fields = Vec::new();
    for part in form.split('<').skip(1) {
        let Some(name) = between(part, " name=\"", "\"") else { continue };
        let skipped = matches!(name, "csrf" | "go" | "milestone_count");
        if part.starts_with("textarea") {
            let value = part.split_once('>').map_or("", |(_, rest)| rest);
            fields.push((name.to_owned(), unescape(value)));
        } else if part.starts_with("input") && !skipped && (!part.contains("checkbox") || part.contains(" checked")) {
            fields.push((name.to_owned(), unescape(between(part, "value=\"", "\"").unwrap_or(""))));
        }
    }
    fields
}

#[tokio::test]
async fn a_round_is_opened_answered_closed_and_published() {
    for site in sites().await {
        let mut lead = site.sign_in_as(Who::Lead).await;
        let open = "/ko/desk/plans/kr-2021/rounds/open";
        let fields = |due: &'static str| [("label", "2023-H1"), ("title_ko", "상반기 점검"), ("due", due)];
        assert_eq!(lead.post(open, &fields("내일")).await.status, 422);
        assert_eq!(lead.post(open, &fields("2020-01-01")).await.status, 422);
        let opened = lead.post(open, &fields("2026-04-30")).await;
        assert!(opened.location().ends_with("?done=round-opened"), "{}", opened.text());
        let page = opened.location().split('?').next().unwrap().to_owned();
        let desk = page.replace("/ko/plans", "/ko/desk/plans");

        let mut officer = site.sign_in_as(Who::Officer).await;
        let answer = format!("{desk}/answer");
        officer.get("/ko/desk").await.shows(&answer);
        assert_eq!(officer.post(&answer, &[("text_ko", "")]).await.status, 422);
        assert_eq!(officer.post(&answer, &[("text_ko", "한 일입니다")]).await.status, 303);
        assert!(!site.visitor().get(&page).await.text().contains("한 일입니다"), "not public before the end");
        assert_eq!(officer.post(&format!("{desk}/close"), &[]).await.status, 403);
        let publish = format!("{desk}/publish");
        assert_eq!(lead.post(&publish, &[("conclusion_ko", "맺음")]).await.status, 409, "it is still open");
        assert_eq!(lead.post(&format!("{desk}/close"), &[]).await.status, 303);
        assert_eq!(officer.post(&answer, &[("text_ko", "늦은 답")]).await.status, 409);
        assert_eq!(lead.post(&publish, &[]).await.status, 422);
        assert_eq!(lead.post(&publish, &[("conclusion_ko", "맺음말입니다")]).await.status, 303);
        let public = site.visitor().get(&page).await;
        public.shows("한 일입니다");
        public.shows("맺음말입니다");
    }
}

#[tokio::test]
async fn a_value_of_an_indicator_is_reported() {
    for site in sites().await {
        let path = "/ko/desk/indicators/kr-2021/women-senior-civil-service/report";
        let mut lead = site.sign_in_as(Who::Lead).await;
        let wrong = lead.post(path, &[("date", "2022-13"), ("value", "많이")]).await;
        assert_eq!(wrong.status, 422);
        wrong.shows("id=\"e-date\"");
        wrong.shows("id=\"e-value\"");
        let done = lead.post(path, &[("date", "2022-06"), ("value", "11.5")]).await;
        let page = "/ko/indicators/kr-2021/women-senior-civil-service";
        assert_eq!(done.location(), format!("{page}?done=value-reported"), "{}", done.text());
        site.visitor().get(page).await.shows("11.5");
    }
}
