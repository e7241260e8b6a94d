//! Cases over the REST API as somebody else's program meets it: filing, reading, each act, and what is wrong with what
//! was sent, in the language that was asked for.

use axum::http::Method;
use madang_cases::service::apply;
use serde_json::{Value, json};

use super::browser::{Answer, Browser};
use super::routes::key_of;
use super::site::TestSite;

/// A definition with a field of every kind that anybody may file under.
const EVERYTHING: &str = include_str!("../../../../form/src/sample_tests.toml");
const FILE: &str = "/api/v1/services/everything/cases";
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn sites() -> Vec<TestSite> {
    let sites = TestSite::all().await;
    for site in &sites {
        let (ctx, cases) = (site.system(), site.app.own::<madang_cases::Cases>().unwrap().clone());
        let work = move |tx: &mut madang_db::Tx| apply::apply(tx, &ctx, &cases, "everything.toml", EVERYTHING);
        site.db.write(work).await.unwrap();
    }
    sites
}

/// A program with a key of this account of the demonstration.
async fn program<'a>(site: &'a TestSite, account: &str) -> Browser<'a> {
    let mut browser = site.visitor();
    let answer = browser.post("/ko/sign-in/demo", &[("key", account)]).await;
    if answer.location().contains("second-factor") {
        let page = browser.get(&answer.location()).await;
        browser.post("/ko/sign-in/second-factor", &[("code", &page.demo_code())]).await;
    }
    let key = key_of(site, &browser).await;
    let mut program = site.visitor();
    program.key = Some(key);
    program
}

async fn send(program: &mut Browser<'_>, path: &str, body: &Value) -> Answer {
    program.send(Method::POST, path, Some("application/json"), &body.to_string()).await
}

#[track_caller]
fn wants(answer: Answer, status: u16) -> Answer {
    assert_eq!(answer.status, status, "{}", answer.text());
    answer
}

/// Code and fields of a problem document.
#[track_caller]
fn problem(answer: &Answer, status: u16) -> (String, Vec<String>) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = answer.json();
    assert_eq!(body["status"], status);
    let detail = body["detail"].as_str().unwrap();
    assert!(!detail.is_empty() && !detail.starts_with("error-"), "{body}");
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    for error in &errors {
        assert!(!error["detail"].as_str().unwrap().starts_with("error-"), "{body}");
    }
    let fields = errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect();
    (body["code"].as_str().unwrap().to_owned(), fields)
}

fn answers() -> Value {
    json!({ "title": "가로등", "kind": "other", "day": "2026-03-10", "body": "꺼졌습니다.", "agreed": true })
}

fn filing() -> Value {
    json!({ "answers": answers(), "name": "김하늘" })
}

/// Files as somebody without account; number and secret code.
async fn filed(site: &TestSite) -> (String, String) {
    let receipt = wants(send(&mut site.visitor(), FILE, &filing()).await, 201).json();
    (receipt["number"].as_str().unwrap().to_owned(), receipt["secret"].as_str().unwrap().to_owned())
}

fn bearer<'a>(site: &'a TestSite, code: &str) -> Browser<'a> {
    let mut author = site.visitor();
    author.headers.insert("x-case-code", code.to_owned());
    author
}

#[tokio::test]
async fn anybody_files_where_the_service_says_so_and_twice_is_once() {
    for site in sites().await {
        let mut visitor = site.visitor();
        let complaint = json!({ "answers": { "title": "글", "kind": "other", "body": "글",
            "complainant": { "name": "가", "contact": "나" } } });
        let refused = send(&mut visitor, "/api/v1/services/complaint/cases", &complaint).await;
        assert_eq!(problem(&refused, 401).0, "case.filing-sign-in");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
        let mut citizen = program(&site, "citizen").await;
        let receipt = wants(send(&mut citizen, "/api/v1/services/complaint/cases", &complaint).await, 201).json();
        assert_eq!(receipt["secret"], Value::Null, "the key is the author's");
        let number = receipt["number"].as_str().unwrap();
        let own = wants(citizen.get(&format!("/api/v1/cases/{number}")).await, 200).json();
        assert_eq!(own["answers"]["body"], "글");
        assert_eq!(own["channel"], "api");

        visitor.headers.insert("idempotency-key", "short".to_owned());
        assert_eq!(problem(&send(&mut visitor, FILE, &filing()).await, 422).0, "case.request-key");
        visitor.headers.insert("idempotency-key", "0123456789abcdef0123".to_owned());
        let first = wants(send(&mut visitor, FILE, &filing()).await, 201).json();
        let second = wants(send(&mut visitor, FILE, &filing()).await, 200).json();
        assert_eq!((&first["number"], &first["secret"]), (&second["number"], &second["secret"]));
        assert_eq!((&first["again"], &second["again"]), (&json!(false), &json!(true)));
        assert!(first["clocks"][0]["due_on"].is_string());
    }
}

#[tokio::test]
async fn files_come_in_base64_and_are_what_they_say() {
    for site in sites().await {
        let mut visitor = site.visitor();
        let with = |files: Value| json!({ "answers": answers(), "files": files });
        let file = |field: &str, name: &str, content: &str| json!({ "field": field, "name": name, "content": content });
        let sent = with(json!([file("photos", "dot.png", PNG), file("papers", "비망록.png", PNG)]));
        let receipt = wants(send(&mut visitor, FILE, &sent).await, 201).json();
        let mut author = bearer(&site, receipt["secret"].as_str().unwrap());
        let path = format!("/api/v1/cases/{}", receipt["number"].as_str().unwrap());
        let case = wants(author.get(&path).await, 200).json();
        assert_eq!(case["answers"]["photos"][0]["name"], "dot.png");
        assert_eq!(case["answers"]["papers"][0]["media_type"], "image/png");

        let page = "PGh0bWw+PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0PjwvaHRtbD4=";
        for (files, code, field) in [
            (json!([file("photos", "dot.png", page)]), "blob.", "files.0"),
            (json!([file("papers", "a.pdf", page)]), "blob.", "files.0"),
            (json!([file("papers", "a.png", PNG), file("papers", "b.png", "%%%")]), "api.base64", "files.1.content"),
            (json!([file("title", "a.png", PNG)]), "api.file-field", "files"),
            (json!([{ "field": "papers", "name": "a.png" }]), "api.field-missing", "files.0.content"),
            (json!(vec![file("papers", "a.png", PNG); 11]), "api.files", "files"),
            (json!(vec![file("papers", "a.png", PNG); 3]), "case.filing-invalid", "papers"),
        ] {
            let (found, fields) = problem(&send(&mut visitor, FILE, &with(files)).await, 422);
            assert!(found.starts_with(code), "{found} for {code}");
            assert_eq!(fields, [field], "{found}");
        }
        // By digest nobody gets at what somebody else sent.
        let mut stolen = filing();
        stolen["answers"]["papers"] = case["answers"]["papers"].clone();
        assert_eq!(
            problem(&send(&mut visitor, FILE, &stolen).await, 422),
            ("api.file-answer".into(), vec!["papers".into()])
        );
    }
}

#[tokio::test]
async fn a_case_that_is_not_public_is_there_for_its_author_alone() {
    for site in sites().await {
        let (number, code) = filed(&site).await;
        let path = format!("/api/v1/cases/{number}");
        let mut author = bearer(&site, &code.to_lowercase().replace('-', " "));
        let case = wants(author.get(&path).await, 200).json();
        assert_eq!(case["answers"]["body"], "꺼졌습니다.");
        assert!(case["clocks"].as_array().unwrap().iter().any(|clock| clock["id"] == "decide"));
        wants(author.get(&format!("{path}/clocks/decide")).await, 200);
        assert_eq!(problem(&author.get(&format!("{path}/clocks/x")).await, 404).0, "case.clock-unknown");

        let nowhere = "/api/v1/cases/EV-2026-0000-0000";
        let mut citizen = program(&site, "citizen").await;
        let wrong = "AAAAA-AAAAA-AAAAA-AAAA";
        for mut other in [site.visitor(), bearer(&site, wrong), bearer(&site, "x"), program(&site, "lead").await] {
            for (method, end, body) in [
                (Method::GET, "", None),
                (Method::GET, "/clocks/decide", None),
                (Method::POST, "/steps/object", Some(json!({ "reason": "x" }))),
                (Method::POST, "/replies", Some(json!({ "text": "x" }))),
                (Method::POST, "/withdrawal", Some(json!({ "text": "x" }))),
                (Method::POST, "/rating", Some(json!({ "stars": 3 }))),
            ] {
                let body = body.map(|body| body.to_string()).unwrap_or_default();
                let kind = Some("application/json");
                let there = other.send(method.clone(), &format!("{path}{end}"), kind, &body).await;
                let not_there = other.send(method.clone(), &format!("{nowhere}{end}"), kind, &body).await;
                assert_eq!(there.status, not_there.status, "{method} {end}: {}", there.text());
                assert!(matches!(there.status, 401 | 404), "{method} {end}: {}", there.text());
                assert_eq!(there.json()["code"], not_there.json()["code"], "{method} {end}");
            }
        }
        let support = |path: &str| format!("{path}/support");
        assert_eq!(send(&mut citizen, &support(&path), &json!({})).await.status, 404);
        assert_eq!(send(&mut citizen, &support(nowhere), &json!({})).await.status, 404);
        let listed = site.visitor().get("/api/v1/cases?limit=200").await.json();
        assert!(!listed.to_string().contains(&number), "it is in no list");
    }
}

#[tokio::test]
async fn every_act_is_done_over_the_api() {
    for site in sites().await {
        let mut citizen = program(&site, "citizen").await;
        let mut officer = program(&site, "officer-mois").await;
        let mut second = program(&site, "officer-mois-2").await;
        let at = |number: &str, end: &str| format!("/api/v1/cases/{number}/{end}");

        // Asked, replied, extended, answered, rated.
        let (number, code) = filed(&site).await;
        let mut author = bearer(&site, &code);
        let asked = send(&mut officer, &at(&number, "questions"), &json!({ "text": "어느 길입니까?" })).await;
        assert!(wants(asked, 201).json()["question"].is_number());
        let reply = json!({ "text": "마당길입니다.", "files": [{ "name": "길.png", "content": PNG }] });
        wants(send(&mut author, &at(&number, "replies"), &reply).await, 200);
        let why = json!({ "clock": "decide", "reason": "조사할 것이 많습니다.", "consent": false });
        wants(send(&mut officer, &at(&number, "extension"), &why).await, 200);
        wants(send(&mut officer, &at(&number, "steps/take-up"), &json!({})).await, 200);
        let stale = send(&mut officer, &at(&number, "steps/answer"), &json!({ "revision": 1 })).await;
        assert!(matches!(stale.status, 409 | 422), "{}", stale.text());
        let nothing = send(&mut officer, &at(&number, "steps/answer"), &json!({})).await;
        let (code, fields) = problem(&nothing, 422);
        assert_eq!(code, "case.step-invalid");
        assert!(fields.iter().any(|field| field == "answer"), "{fields:?}");
        let given = json!({ "answer": "고치겠습니다.", "outcome": "done", "fields": { "remedy-day": "2026-04-01" } });
        let done = wants(send(&mut officer, &at(&number, "steps/answer"), &given).await, 200).json();
        assert_eq!(done["state"], "answered");
        assert_eq!(send(&mut author, &at(&number, "rating"), &json!({ "stars": 6 })).await.status, 422);
        wants(send(&mut author, &at(&number, "rating"), &json!({ "stars": 4, "text": "빨랐습니다." })).await, 200);

        // Refused by two officers; the first one cannot agree with themselves.
        let (number, _) = filed(&site).await;
        let given = json!({ "grounds": ["private"], "reason": "개인 사이의 일입니다." });
        let waits = wants(send(&mut officer, &at(&number, "steps/refuse"), &given).await, 200).json();
        let approval = at(&number, &format!("approvals/{}", waits["approval"].as_str().unwrap()));
        assert_eq!(waits["state"], Value::Null);
        let own = send(&mut officer, &approval, &json!({})).await;
        assert!(matches!(own.status, 403 | 409), "{}", own.text());
        assert_eq!(problem(&send(&mut citizen, &approval, &json!({})).await, 403).0, "permission.denied");
        assert_eq!(wants(send(&mut second, &approval, &json!({ "note": "" })).await, 200).json()["state"], "refused");
        let unknown = at(&number, "approvals/x");
        assert_eq!(problem(&send(&mut second, &unknown, &json!({})).await, 404).0, "case.approval-unknown");

        // Given back, passed on, withdrawn.
        let (number, code) = filed(&site).await;
        let waits = wants(send(&mut officer, &at(&number, "steps/refuse"), &given).await, 200).json();
        let back = at(&number, &format!("approvals/{}/return", waits["approval"].as_str().unwrap()));
        wants(send(&mut second, &back, &json!({ "note": "이유를 더 적어 주세요." })).await, 204);
        let on = json!({ "to": "opm", "reason": "국무조정실의 일입니다." });
        wants(send(&mut officer, &at(&number, "transfer"), &on).await, 200);
        wants(send(&mut bearer(&site, &code), &at(&number, "withdrawal"), &json!({ "text": "됐습니다." })).await, 200);

        // Opened, supported once, taken back.
        let (number, _) = filed(&site).await;
        wants(send(&mut officer, &at(&number, "steps/publish"), &json!({})).await, 200);
        wants(site.visitor().get(&format!("/api/v1/cases/{number}")).await, 200);
        let support = at(&number, "support");
        assert_eq!(problem(&send(&mut site.visitor(), &support, &json!({})).await, 401).0, "permission.sign-in");
        wants(send(&mut citizen, &support, &json!({ "follow": true })).await, 201);
        wants(citizen.send(Method::POST, &support, None, "").await, 200);
        let back = wants(citizen.send(Method::DELETE, &support, None, "").await, 200).json();
        assert!(back["receipt"]["url"].as_str().unwrap().ends_with(back["receipt"]["code"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_body_is_said_with_its_field() {
    let site = sites().await.remove(0);
    let mut visitor = site.visitor();
    let changed = |name: &str, value: Value| {
        let mut body = filing();
        body["answers"][name] = value;
        body
    };
    for (body, code, field) in [
        (json!({ "answers": answers(), "colour": 1 }), "api.field-unknown", "colour"),
        (json!({ "answers": answers(), "public": "yes" }), "api.field-type", "public"),
        (json!({ "answers": answers(), "files": {} }), "api.field-type", "files"),
        (json!({}), "api.field-missing", "answers"),
        (changed("colour", json!("red")), "case.filing-invalid", "colour"),
        (changed("title", json!(7)), "case.filing-invalid", "title"),
        (changed("title", json!("   ")), "case.filing-invalid", "title"),
        (changed("kind", json!("sea")), "case.filing-invalid", "kind"),
        (changed("day", json!("2026-02-30")), "case.filing-invalid", "day"),
        (changed("body", json!("가".repeat(3_500_000))), "case.filing-invalid", "body"),
        (changed("rows", json!([{ "what": "가", "amount": "많이" }])), "case.filing-invalid", "rows.0.amount"),
        (changed("office", json!("nobody")), "case.filing-invalid", "office"),
    ] {
        let (found, fields) = problem(&send(&mut visitor, FILE, &body).await, 422);
        assert_eq!((found.as_str(), fields), (code, vec![field.to_owned()]));
    }
    let json_type = Some("application/json");
    for (kind, body, status, code) in [
        (json_type, "{\"answers\":", 400, "api.body-ends"),
        (json_type, "{answers}", 400, "api.body-syntax"),
        (json_type, "", 400, "api.body-ends"),
        (json_type, "[1]", 422, "api.body-object"),
        (Some("text/plain"), "{}", 415, "api.body-type"),
        (None, "{}", 415, "api.body-type"),
    ] {
        assert_eq!(problem(&visitor.send(Method::POST, FILE, kind, body).await, status).0, code, "{body}");
    }
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(problem(&visitor.send(Method::POST, FILE, json_type, &deep).await, 400).0, "api.body-syntax");
    // Acts without files have less room.
    let long = json!({ "text": "가".repeat(1_000_000) }).to_string();
    let path = "/api/v1/cases/EV-2026-0000-0000/withdrawal";
    assert_eq!(problem(&visitor.send(Method::POST, path, json_type, &long).await, 413).0, "api.body-size");
    assert_eq!(
        problem(&send(&mut visitor, "/api/v1/services/nothing/cases", &filing()).await, 404).0,
        "service.unknown"
    );
}

#[tokio::test]
async fn a_parameter_that_is_not_known_is_named() {
    let site = sites().await.remove(0);
    let mut visitor = site.visitor();
    for path in [
        "/api/v1/cases?servce=petition",
        "/api/v1/services?servce=1",
        "/api/v1/plans?servce=1",
        "/api/v1/changes?servce=1&limit=3",
        "/api/v1/plans/kr-2021/milestones?state=late&servce=",
        "/api/v1/services/complaint/schema?servce=en",
    ] {
        assert_eq!(problem(&visitor.get(path).await, 400), ("api.parameter-unknown".into(), vec!["servce".into()]));
    }
    for (query, code) in [
        ("limit=201", "api.limit"),
        ("since=2026-13-01", "api.day"),
        ("phase=done", "api.phase"),
        ("order=up", "case.order-unknown"),
        ("after=x", "case.filter"),
    ] {
        assert_eq!(problem(&visitor.get(&format!("/api/v1/cases?{query}")).await, 422).0, code, "{query}");
    }
}

#[tokio::test]
async fn errors_speak_the_language_that_was_asked_for() {
    let site = sites().await.remove(0);
    let mut wrong = filing();
    wrong["answers"]["kind"] = json!("sea");
    wrong["answers"]["title"] = json!("");
    let unknown = json!({ "answers": {}, "colour": 1 });
    for body in [&wrong, &unknown] {
        let mut texts = Vec::new();
        for language in ["ko", "en-GB,en;q=0.9"] {
            let mut visitor = site.visitor();
            visitor.headers.insert("accept-language", language.to_owned());
            let said = send(&mut visitor, FILE, body).await.json();
            let all: Vec<&str> =
                said["errors"].as_array().unwrap().iter().map(|e| e["detail"].as_str().unwrap()).collect();
            texts.push(format!("{} {}", said["detail"].as_str().unwrap(), all.join(" ")));
        }
        let korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        assert!(korean(&texts[0]), "{texts:?}");
        assert!(!korean(&texts[1]), "{texts:?}");
    }
}

#[tokio::test]
async fn wrong_codes_count_with_those_of_the_look_up_page() {
    for site in sites().await {
        let (number, code) = filed(&site).await;
        let path = format!("/api/v1/cases/{number}");
        let from = |browser: &mut Browser<'_>, ip: &str| browser.address = Some(format!("{ip}:4000").parse().unwrap());
        let mut author = bearer(&site, &code);
        from(&mut author, "203.0.113.5");
        let mut guesser = bearer(&site, "AAAAA-AAAAA-AAAAA-AAAA");
        from(&mut guesser, "203.0.113.77");
        for n in 0..19 {
            assert_eq!(guesser.get(&path).await.status, 404, "{n}");
            wants(author.get(&path).await, 200);
        }
        let mut page = site.visitor();
        from(&mut page, "203.0.113.9");
        let form = [("number", number.as_str()), ("code", "AAAAA-AAAAA-AAAAA-AAAA")];
        assert_eq!(page.post("/ko/lookup", &form).await.status, 422);
        // Twenty from this network, whichever way: no more guesses, and a lucky one tells nothing.
        let answer = guesser.get(&path).await;
        assert_eq!(problem(&answer, 429).0, "identity.too-many");
        assert!(!answer.header("retry-after").is_empty());
        assert_eq!(author.get(&path).await.status, 429);
        let reply = json!({ "text": "x" });
        assert_eq!(send(&mut author, &format!("{path}/withdrawal"), &reply).await.status, 429);
        assert_eq!(page.post("/ko/lookup", &form).await.status, 429);
        from(&mut author, "198.51.100.5");
        wants(author.get(&path).await, 200);
        site.clock.advance_seconds(1000);
        from(&mut author, "203.0.113.5");
        wants(author.get(&path).await, 200);
    }
}

#[tokio::test]
async fn a_network_files_so_many_cases_without_signing_in() {
    let site = sites().await.remove(0);
    let mut visitor = site.visitor();
    visitor.address = Some("203.0.113.5:4000".parse().unwrap());
    let mut wrong = filing();
    wrong["answers"]["kind"] = json!("sea");
    for _ in 0..60 {
        assert_eq!(send(&mut visitor, FILE, &wrong).await.status, 422, "what is not filed does not count");
        wants(send(&mut visitor, FILE, &filing()).await, 201);
    }
    assert_eq!(problem(&send(&mut visitor, FILE, &filing()).await, 429).0, "identity.too-many");
    let mut citizen = program(&site, "citizen").await;
    citizen.address = visitor.address;
    wants(send(&mut citizen, FILE, &filing()).await, 201);
}
