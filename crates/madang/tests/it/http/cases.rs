//! Stories of services and cases on the pages, without a browser's scripts: what is written is kept, what is sent twice is
//! one, a code opens a case, two officers get one answer, definitions and days off change under open cases.

use axum::http::Method;
use madang_base::LocalizedText;
use madang_base::calendar::Calendar;
use madang_cases::service::{apply, tick};
use madang_db::params;

use super::browser::{Answer, Browser, between};
use super::routes::{Fixture, WITHOUT_TOKEN, about_a_case, table};
use super::site::{TestSite, Who};

pub const LAMP: &str = include_str!("lamp.toml");
const SCREEN: &str = "/ko/services/lamp/new";

/// Sites with the service of the tests.
pub async fn sites() -> Vec<TestSite> {
    let sites = TestSite::all().await;
    for site in &sites {
        put_in(site, LAMP).await;
    }
    sites
}

async fn put_in(site: &TestSite, text: &'static str) {
    let (ctx, cases) = (site.system(), site.cases());
    site.db.write(move |tx| apply::apply(tx, &ctx, &cases, "lamp.toml", text)).await.unwrap();
}

/// A screen's form, sent with the token of the visitor's own pages.
async fn press(browser: &mut Browser<'_>, screen: u8, go: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = fields.to_vec();
    all.push(("go", go));
    browser.post(&format!("{SCREEN}/{screen}"), &all).await
}

/// Writes both screens and stands before the last one.
async fn write(browser: &mut Browser<'_>, title: &str) {
    let fields = [("title", title), ("body", "골목 끝 가로등이 사흘째 꺼져 있습니다.")];
    let answer = press(browser, 1, "next", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, format!("{SCREEN}/2")), "{}", answer.text());
    let answer = press(browser, 2, "next", &[("street", "느티나무길")]).await;
    assert_eq!((answer.status, answer.location()), (303, format!("{SCREEN}/3")), "{}", answer.text());
}

async fn send(browser: &mut Browser<'_>) -> Answer {
    browser.post(&format!("{SCREEN}/3"), &[("name", "")]).await
}

/// Writes, sends, and gives number and code.
pub(super) async fn filed(browser: &mut Browser<'_>, title: &str) -> (String, String) {
    write(browser, title).await;
    let answer = send(browser).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let number = answer.location().strip_prefix("/ko/receipt/").expect("a receipt").to_owned();
    let receipt = browser.get(&answer.location()).await;
    receipt.shows(&number);
    let code = between(receipt.text(), "id=\"secret-code\">", "<").unwrap_or_default().to_owned();
    (number, code)
}

fn count(site: &TestSite, sql: &'static str) -> i64 {
    site.db.query(sql, params![]).unwrap()[0].at(0).unwrap()
}

#[tokio::test]
async fn who_has_no_account_writes_files_and_looks_up_with_the_code() {
    for site in sites().await {
        let mut author = site.visitor();
        assert_eq!(author.get(SCREEN).await.location(), format!("{SCREEN}/1"));
        let saved = press(&mut author, 1, "save", &[("title", "가로등이 깜박입니다"), ("body", "")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        author.get(&format!("{SCREEN}/1")).await.shows("가로등이 깜박입니다");
        let wrong = press(&mut author, 1, "next", &[("title", "가로등이 깜박입니다"), ("body", " ")]).await;
        assert_eq!(wrong.status, 422);
        wrong.shows("가로등이 깜박입니다");
        assert!(site.visitor().get(&format!("{SCREEN}/3")).await.status == 303, "nobody else has begun anything");

        let (number, code) = filed(&mut author, "가로등이 깜박입니다").await;
        assert_eq!(code.len(), 24, "{code}");
        assert_eq!(count(&site, "SELECT COUNT(*) FROM case_draft"), 0, "what was sent is no draft");
        author.get(&format!("/ko/cases/{number}")).await.shows("가로등이 깜박입니다");

        let mut other = site.visitor();
        assert_eq!(other.get(&format!("/ko/cases/{number}")).await.status, 404);
        assert_eq!(other.get(&format!("/ko/receipt/{number}")).await.status, 404);
        let nearly = format!("{}{}", &code[..23], if code.ends_with('0') { '1' } else { '0' });
        let wrong = other.post("/ko/lookup", &[("number", &number), ("code", &nearly)]).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text());
        wrong.shows(&number);
        assert_eq!(other.get(&format!("/ko/cases/{number}")).await.status, 404);
        let typed = number.to_lowercase().replace('-', " ");
        let found = other.post("/ko/lookup", &[("number", &typed), ("code", &code.to_lowercase())]).await;
        assert_eq!((found.status, found.location()), (303, format!("/ko/cases/{number}")), "{}", found.text());
        other.get(&format!("/ko/cases/{number}")).await.shows("골목 끝 가로등이");
        let again = other.get(&format!("/ko/receipt/{number}")).await;
        assert!(!again.text().contains(&code), "the code is shown to whoever filed, not to whoever typed it");
        site.clock.advance_seconds(7_300);
        assert_eq!(other.get(&format!("/ko/cases/{number}")).await.status, 404, "two hours");
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_case_with_one_receipt() {
    for site in sites().await {
        for key in [None, Some("citizen")] {
            let mut author = match key {
                Some(key) => site.sign_in(key, true).await,
                None => site.visitor(),
            };
            let before = count(&site, "SELECT COUNT(*) FROM case_file");
            write(&mut author, "두 번 눌렀습니다").await;
            let first = send(&mut author).await;
            let second = send(&mut author).await;
            assert!(first.location().starts_with("/ko/receipt/"), "{}", first.text());
            match key {
                None => assert_eq!(second.location(), first.location(), "{}", second.text()),
                Some(_) => assert_eq!(second.location(), "/ko/me/cases", "{}", second.text()),
            }
            assert_eq!(count(&site, "SELECT COUNT(*) FROM case_file"), before + 1);
        }
    }
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_of_a_form_loses_nothing() {
    for site in sites().await {
        let mut author = site.sign_in_as(Who::Member).await;
        let fields = [("title", "쓰는 동안 끝났습니다"), ("body", "첫 화면의 글입니다.")];
        assert_eq!(press(&mut author, 1, "next", &fields).await.status, 303);
        let screen = author.get(&format!("{SCREEN}/2")).await;
        let old = screen.token();
        author.cookies.remove("madang_session");
        // The button of the page that is still open.
        let typed = [("street", "느티나무길 끝"), ("go", "next"), ("csrf", old.as_str())];
        let ended = author.post_without_token(&format!("{SCREEN}/2"), &typed).await;
        assert_eq!(ended.status, 403);
        ended.shows("느티나무길 끝");
        let fresh = ended.token();
        assert!(!fresh.is_empty() && fresh != old, "the page can be sent again");
        let typed = [("street", "느티나무길 끝"), ("go", "save"), ("csrf", fresh.as_str())];
        let saved = author.post_without_token(&format!("{SCREEN}/2"), &typed).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        author.get(&format!("{SCREEN}/2")).await.shows("느티나무길 끝");

        // Signing in again in the same browser brings both together.
        let answer = author.post("/ko/sign-in/demo", &[("key", "citizen")]).await;
        assert_eq!(answer.status, 303);
        author.get(&format!("{SCREEN}/2")).await.shows("느티나무길 끝");
        author.get(&format!("{SCREEN}/1")).await.shows("첫 화면의 글입니다.");
        let sent = press(&mut author, 2, "next", &[("street", "느티나무길 끝")]).await;
        assert_eq!(sent.location(), format!("{SCREEN}/3"), "{}", sent.text());
        let sent = send(&mut author).await;
        assert!(sent.location().starts_with("/ko/receipt/"), "{}", sent.text());
        let row = site.db.query("SELECT answers, author FROM case_file", params![]).unwrap().remove(0);
        let answers: String = row.get("answers").unwrap();
        assert!(answers.contains("첫 화면의 글입니다.") && answers.contains("느티나무길 끝"), "{answers}");
        assert!(row.get::<Option<String>>("author").unwrap().is_some());
    }
}

/// Takes a step on the desk as the form of this page would.
pub(super) async fn step(officer: &mut Browser<'_>, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let revision = between(page.text(), "name=\"revision\" value=\"", "\"").expect("a form").to_owned();
    let mut all = fields.to_vec();
    all.push(("revision", &revision));
    all.push(("go", "send"));
    officer.post(path, &all).await
}

#[tokio::test]
async fn of_two_officers_who_write_at_the_same_time_one_answers_and_the_other_loses_no_word() {
    for site in sites().await {
        let (number, _) = filed(&mut site.visitor(), "불이 꺼졌습니다").await;
        let desk = format!("/ko/desk/cases/{number}");
        let mut first = site.sign_in("officer-mois", true).await;
        let mut second = site.sign_in("officer-mois-2", true).await;
        let look = format!("{desk}/steps/look");
        let page = first.get(&look).await;
        let seen = step(&mut first, &page, &look, &[]).await;
        assert_eq!(seen.status, 303, "{}", seen.text());
        let mend = format!("{desk}/steps/mend");
        let (one, two) = (first.get(&mend).await, second.get(&mend).await);
        assert_eq!((one.status, two.status), (200, 200));
        let done = step(&mut first, &one, &mend, &[("answer", "전구를 갈았습니다.")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let late = step(&mut second, &two, &mend, &[("answer", "내일 갈겠습니다.")]).await;
        assert_eq!(late.status, 409, "{}", late.text());
        late.shows("내일 갈겠습니다.");
        let page = site.visitor().get(&format!("/ko/cases/{number}")).await;
        page.shows("전구를 갈았습니다.");
        assert!(!page.text().contains("내일 갈겠습니다."));
    }
}

#[tokio::test]
async fn a_refusal_waits_for_a_second_officer_who_is_not_the_first() {
    for site in sites().await {
        let (number, _) = filed(&mut site.visitor(), "남의 마당 등입니다").await;
        let desk = format!("/ko/desk/cases/{number}");
        let mut first = site.sign_in("officer-mois", true).await;
        let look = format!("{desk}/steps/look");
        let page = first.get(&look).await;
        assert_eq!(step(&mut first, &page, &look, &[]).await.status, 303);
        let refuse = format!("{desk}/steps/refuse");
        let page = first.get(&refuse).await;
        let empty = step(&mut first, &page, &refuse, &[]).await;
        assert_eq!(empty.status, 422, "{}", empty.text());
        empty.shows("<a href=\"#f-reason\">이유 — ");
        let ended = first.post_without_token(&refuse, &[("reason", "쓰던 까닭입니다."), ("go", "send")]).await;
        assert_eq!(ended.status, 403);
        ended.shows("쓰던 까닭입니다.");
        let fields = [("ground", "private"), ("reason", "집주인이 켜고 끄는 등입니다.")];
        assert_eq!(step(&mut first, &page, &refuse, &fields).await.status, 303);
        assert!(!site.visitor().get(&format!("/ko/cases/{number}")).await.text().contains("집주인이"));
        let id: String = site.db.query("SELECT id FROM case_approval", params![]).unwrap()[0].at(0).unwrap();
        let approval = format!("{desk}/approvals/{id}");
        let standing = first.get(&desk).await;
        standing.shows(&format!("href=\"{approval}\""));
        assert!(!standing.text().contains(&format!("href=\"{refuse}\"")), "what waits is not begun again");
        let own = first.post(&approval, &[("go", "approve")]).await;
        assert_eq!(own.status, 403, "{}", own.text());
        let mut second = site.sign_in("officer-mois-2", true).await;
        second.get(&approval).await.shows("집주인이 켜고 끄는 등입니다.");
        let done = second.post(&approval, &[("go", "approve")]).await;
        assert_eq!(done.status, 303, "{}", done.text());
        // In another window that was opened before.
        let again = second.post(&approval, &[("go", "approve")]).await;
        assert_eq!(again.status, 303, "{}", again.text());
        assert!(again.location().ends_with("approval-decided"), "{}", again.location());
        second.get(&again.location()).await.shows("다른 곳에서 결정했습니다");
        site.visitor().get(&format!("/ko/cases/{number}")).await.shows("집주인이 켜고 끄는 등입니다.");
    }
}

#[tokio::test]
async fn a_definition_that_lacks_a_state_moves_no_open_case_until_somebody_says_where_to() {
    for site in sites().await {
        let (number, _) = filed(&mut site.visitor(), "불이 꺼졌습니다").await;
        let mut officer = site.sign_in("officer-mois", true).await;
        let look = format!("/ko/desk/cases/{number}/steps/look");
        let page = officer.get(&look).await;
        assert_eq!(step(&mut officer, &page, &look, &[]).await.status, 303);
        let old: String = site.db.query("SELECT version FROM case_file", params![]).unwrap()[0].at(0).unwrap();

        let shorter = LAMP.replace("id = \"seen\"", "id = \"working\"").replace("\"seen\"", "\"working\"");
        let mut administrator = site.sign_in_as(Who::Administrator).await;
        let definition = "/ko/admin/services/lamp/definition";
        let looked = administrator.post(definition, &[("text", &shorter), ("go", "check")]).await;
        assert_eq!(looked.status, 200, "{}", looked.text());
        let digest = between(looked.text(), "name=\"digest\" value=\"", "\"").expect("what was looked at").to_owned();
        let applied = administrator.post(definition, &[("text", &shorter), ("go", "apply"), ("digest", &digest)]).await;
        assert_eq!(applied.status, 303, "{}", applied.text());

        let migrate = "/ko/admin/services/lamp/migrate";
        let refused = administrator.post(migrate, &[("digest", &old)]).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        let standing = || {
            let row = site.db.query("SELECT version, state FROM case_file", params![]).unwrap().remove(0);
            (row.get::<String>("version").unwrap() == old, row.get::<String>("state").unwrap())
        };
        assert_eq!(standing(), (true, "seen".to_owned()), "it goes on as it was");
        site.visitor().get(&format!("/ko/cases/{number}")).await.shows("살펴보는 중");
        let nowhere = administrator.post(migrate, &[("digest", &old), ("state.seen", "gone")]).await;
        assert_eq!(nowhere.status, 409);
        let moved = administrator.post(migrate, &[("digest", &old), ("state.seen", "working")]).await;
        assert_eq!(moved.status, 303, "{}", moved.text());
        assert_eq!(standing(), (false, "working".to_owned()));
        let mend = format!("/ko/desk/cases/{number}/steps/mend");
        let page = officer.get(&mend).await;
        assert_eq!(step(&mut officer, &page, &mend, &[("answer", "고쳤습니다.")]).await.status, 303);
    }
}

#[tokio::test]
async fn a_temporary_holiday_moves_the_day_and_says_so() {
    for site in sites().await {
        // Filed on Tuesday, 10 March 2026: five business days end on Tuesday, 17 March.
        let (number, code) = filed(&mut site.visitor(), "불이 꺼졌습니다").await;
        let why = format!("/ko/cases/{number}/why/mend");
        let due = "SELECT due_at FROM case_file";
        let before: i64 = site.db.query(due, params![]).unwrap()[0].at(0).unwrap();
        let mut author = site.visitor();
        author.post("/ko/lookup", &[("number", &number), ("code", &code)]).await;
        let page = author.get(&why).await;
        page.shows("2026년 3월 17일");
        let cookies = author.cookies.clone();

        let day = jiff::civil::date(2026, 3, 16);
        let calendar = Calendar::korea().with_temporary(day, LocalizedText::new("마당의 날", "Courtyard Day"));
        let site = site.restarted_with(calendar);
        let mut author = site.visitor();
        author.cookies = cookies;
        let page = author.get(&why).await;
        page.shows("2026년 3월 18일");
        page.shows("마당의 날");
        let (ctx, cases) = (site.system(), site.cases());
        site.db.write(move |tx| tick::refold_some(tx, &ctx, &cases, "", 100)).await.unwrap();
        let after: i64 = site.db.query(due, params![]).unwrap()[0].at(0).unwrap();
        assert_eq!(after - before, 86_400_000_000, "lists say so too after the nightly job");
    }
}

#[tokio::test]
async fn a_clerk_files_for_somebody_and_finds_it_again_with_the_paper() {
    for site in sites().await {
        let mut clerk = site.sign_in_as(Who::Clerk).await;
        clerk.get("/ko/desk/counter").await.shows("가로등 신고");
        let form = clerk.get("/ko/desk/counter/lamp").await;
        let key = between(form.text(), "name=\"request_key\" value=\"", "\"").expect("a key").to_owned();
        let fields = [
            ("title", "경로당 앞이 어둡습니다"),
            ("body", "저녁에 앞이 보이지 않습니다."),
            ("proxy_name", "창구에 온 시민"),
            ("proxy_channel", "counter"),
            ("proxy_note", "말로 동의했습니다."),
            ("request_key", key.as_str()),
            ("go", "send"),
        ];
        let unsaid = clerk.post("/ko/desk/counter/lamp", &fields).await;
        assert_eq!(unsaid.status, 422, "how the person agreed is not said");
        unsaid.shows("경로당 앞이 어둡습니다");
        let mut all = fields.to_vec();
        all.push(("proxy_how", "spoken"));
        let receipt = clerk.post("/ko/desk/counter/lamp", &all).await;
        assert_eq!(receipt.status, 200, "{}", receipt.text());
        let of = |page: &Answer, class: &str| {
            between(page.text(), &format!("<p class=\"{class}\">"), "<").expect("on the paper").to_owned()
        };
        let (number, code) = (of(&receipt, "receipt-number"), of(&receipt, "receipt-secret"));
        let again = clerk.post("/ko/desk/counter/lamp", &all).await;
        assert_eq!(of(&again, "receipt-number"), number, "pressing twice is one case");
        assert_eq!(count(&site, "SELECT COUNT(*) FROM case_file"), 1);

        let found = clerk.post("/ko/desk/counter", &[("number", &number), ("code", &code), ("go", "code")]).await;
        found.shows("경로당 앞이 어둡습니다");
        let named = [("name", "창구에 온 시민"), ("since", "2026-03-10"), ("until", "2026-03-10"), ("go", "name")];
        clerk.post("/ko/desk/counter", &named).await.shows(&number);
        assert!(count(&site, "SELECT COUNT(*) FROM access_log") >= 1, "that a clerk searched is written down");
        let mut person = site.visitor();
        person.post("/ko/lookup", &[("number", &number), ("code", &code)]).await;
        person.get(&format!("/ko/cases/{number}")).await.shows("저녁에 앞이 보이지 않습니다.");
        let row = site.db.query("SELECT assurance, channel, author FROM case_file", params![]).unwrap().remove(0);
        let words = (row.get::<String>("assurance").unwrap(), row.get::<String>("channel").unwrap());
        assert_eq!(words, ("proxy".to_owned(), "counter".to_owned()));
        assert_eq!(row.get::<Option<String>>("author").unwrap(), None, "the clerk is not the author");
        assert_eq!(site.sign_in_as(Who::Member).await.get("/ko/desk/counter").await.status, 403);
        let other = clerk.get("/ko/desk/cases").await;
        assert_eq!(other.status, 403, "the inbox is the officers'");
    }
}

/// Pages with something real in their address: nobody meets a fault, and who may see it does.
#[tokio::test]
async fn every_address_of_a_real_case_answers_everybody() {
    for site in sites().await {
        let (number, _) = filed(&mut site.visitor(), "불이 꺼졌습니다").await;
        let mut officer = site.sign_in("officer-mois", true).await;
        let look = format!("/ko/desk/cases/{number}/steps/look");
        let page = officer.get(&look).await;
        assert_eq!(step(&mut officer, &page, &look, &[]).await.status, 303);
        let page = site.sign_in_as(Who::Member).await.get(&format!("/ko/cases/{number}")).await;
        assert!(page.text().contains("data-count="), "{}", page.text());
        let counted =
            between(page.text(), "data-count=\"", "\"").expect("the page's script polls the count").to_owned();
        let live = between(page.text(), "data-live=\"", "\"").expect("and listens to it").to_owned();
        assert_eq!(site.visitor().get(&counted).await.json()["count"], 0, "{counted}");
        assert!(table().iter().any(|route| route.path.replace("{number}", &number) == live), "{live} is an address");
        let fixture = Fixture { service: "lamp", number: &number, step: "mend", clock: "mend" };
        let mut wrong = Vec::new();
        for who in Who::ALL {
            let mut browser = site.sign_in_as(who).await;
            for route in table().into_iter().filter(|route| route.method == Method::GET) {
                // A stream has no end to wait for.
                if route.path.ends_with("/events") {
                    continue;
                }
                let Some(path) = fixture.address(route.path) else { continue };
                let answer = browser.get(&path).await;
                let theirs = who == Who::Officer && path.contains("/desk/cases/");
                let public = ["/ko/cases/", "/ko/services/", "/api/v1/cases/", "/api/v1/services/"];
                let public = public.iter().any(|start| path.starts_with(start));
                let missing = answer.status == 404 && (theirs || public) && !route.path.contains("/steps/{step}");
                if answer.status >= 500 || missing {
                    wrong.push(format!("{path} as {who:?}: {}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", site.app.db.engine().name());
    }
}

/// What an act would change.
fn traces(site: &TestSite) -> Vec<i64> {
    [
        "SELECT COUNT(*) FROM case_file",
        "SELECT CAST(SUM(revision) AS BIGINT) FROM case_file",
        "SELECT COUNT(*) FROM case_event",
        "SELECT COUNT(*) FROM case_note",
        "SELECT COUNT(*) FROM case_approval",
        "SELECT COUNT(*) FROM case_question",
        "SELECT COUNT(*) FROM case_follow",
        "SELECT COUNT(*) FROM case_draft",
        "SELECT COUNT(*) FROM support",
        "SELECT COUNT(*) FROM support_batch",
        "SELECT COUNT(*) FROM service_version",
        "SELECT COUNT(*) FROM party_member",
        "SELECT CAST(SUM(open) AS BIGINT) FROM service",
    ]
    .map(|sql| count(site, sql))
    .to_vec()
}

#[tokio::test]
async fn no_form_of_a_real_case_does_anything_without_its_token() {
    for site in sites().await {
        let (number, code) = filed(&mut site.visitor(), "불이 꺼졌습니다").await;
        let mut officer = site.sign_in("officer-mois", true).await;
        let look = format!("/ko/desk/cases/{number}/steps/look");
        let page = officer.get(&look).await;
        assert_eq!(step(&mut officer, &page, &look, &[]).await.status, 303);
        let before = traces(&site);
        let (mut wrong, mut refused) = (Vec::new(), 0);
        for route in
            table().into_iter().filter(|route| route.method == Method::POST && route.path.starts_with("/{lang}"))
        {
            if !about_a_case(route.path) {
                continue;
            }
            let desk = route.path.contains("/desk/") || route.path.contains("/admin/");
            let taken = if desk { "mend" } else { "hurry" };
            let fixture = Fixture { service: "lamp", number: &number, step: taken, clock: "mend" };
            let Some(path) = fixture.address(&route.path.replace("{id}", "x")) else { continue };
            let who = if route.path.contains("/admin/") { Who::Administrator } else { Who::Officer };
            let mut browser = if desk { site.sign_in_as(who).await } else { site.visitor() };
            if !desk {
                browser.post("/ko/lookup", &[("number", &number), ("code", &code)]).await;
            }
            let foreign = site.sign_in_as(Who::Member).await.get("/ko/sign-in").await.token();
            for token in ["", foreign.as_str()] {
                let typed = [
                    ("csrf", token),
                    ("go", "send"),
                    ("title", "가"),
                    ("body", "나"),
                    ("reason", "다"),
                    ("answer", "라"),
                    ("text", "마"),
                    ("stars", "5"),
                    ("to", "opm"),
                    ("clock", "mend"),
                    ("address", "citizen@demo.example"),
                ];
                let answer = browser.post_without_token(&path, &typed).await;
                // The desk shows the form again with what was typed.
                let shown = desk && answer.status == 200 && !answer.token().is_empty();
                refused += u32::from(answer.status == 403 || shown);
                let asks = WITHOUT_TOKEN.contains(&route.path);
                if !asks && !shown && !(400..500).contains(&answer.status) {
                    wrong.push(format!("{path}: {} {}", answer.status, answer.location()));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(refused > 40, "{refused} were refused for the token");
        assert_eq!(traces(&site), before, "nothing has changed");
    }
}
