//! What nobody should send: files that are not what they say, bombs, far too much, letters that hide or turn others round.

use axum::http::Method;
use madang_db::params;

use super::browser::{Answer, Browser};
use super::cases::sites;
use super::site::TestSite;

const SCREEN: &str = "/ko/services/lamp/new/1";

/// A form with one file of the service's field, as a browser sends it.
async fn attach(browser: &mut Browser<'_>, name: &str, media_type: &str, bytes: &[u8]) -> Answer {
    let token = browser.get("/ko/sign-in").await.token();
    let mark = "----madang-test";
    let mut body = Vec::new();
    for (name, value) in
        [("csrf", token.as_str()), ("title", "사진을 붙입니다"), ("body", "붙인 것을 봐 주세요."), ("go", "next")]
    {
        let part = format!("--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let part = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"papers\"; filename=\"{name}\"\r\nContent-Type: {media_type}\r\n\r\n"
    );
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{mark}--\r\n").as_bytes());
    let media_type = format!("multipart/form-data; boundary={mark}");
    browser.send_bytes(Method::POST, SCREEN, Some(&media_type), body).await
}

/// A picture whose head says that it is 60,000 by 60,000 dots, in a hundred bytes.
fn bomb_picture() -> Vec<u8> {
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        out.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [kind, data].concat();
        out.extend_from_slice(&body);
        out.extend_from_slice(&crc(&body).to_be_bytes());
    };
    let size = 60_000_u32.to_be_bytes();
    chunk(b"IHDR", &[&size[..], &size[..], &[8, 2, 0, 0, 0]].concat());
    chunk(b"IDAT", &[0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
    chunk(b"IEND", b"");
    out
}

/// An archive of one entry that says it unpacks to four gigabytes.
fn bomb_archive(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let huge = u32::MAX.to_le_bytes();
    let length = u16::try_from(name.len()).unwrap().to_le_bytes();
    let body = [0x4B_u8, 0x04, 0x00, 0x02, 0xFF];
    let packed = u32::try_from(body.len()).unwrap().to_le_bytes();
    out.extend_from_slice(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
    out.extend_from_slice(&packed);
    out.extend_from_slice(&huge);
    out.extend_from_slice(&length);
    out.extend_from_slice(&[0, 0]);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(&body);
    let start = u32::try_from(out.len()).unwrap();
    let mut central = b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    central.extend_from_slice(&packed);
    central.extend_from_slice(&huge);
    central.extend_from_slice(&length);
    central.extend_from_slice(&[0; 16]);
    central.extend_from_slice(name.as_bytes());
    let size = u32::try_from(central.len()).unwrap();
    out.extend_from_slice(&central);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

fn count(site: &TestSite, sql: &'static str) -> i64 {
    site.db.query(sql, params![]).unwrap()[0].at(0).unwrap()
}

#[tokio::test]
async fn files_that_are_not_what_they_say_are_refused_at_their_field_and_the_words_stay() {
    for site in sites().await {
        let mut visitor = site.visitor();
        let program = [b"MZ\x90\0".as_slice(), &[0; 512]].concat();
        for (name, media_type, bytes) in [
            ("사진.png", "image/png", b"<html><script>alert(1)</script></html>".to_vec()),
            ("공문.pdf", "application/pdf", program),
            ("그림.png", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
            ("큰그림.png", "image/png", bomb_picture()),
            (
                "보고서.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                bomb_archive("0.dat"),
            ),
            ("자료.zip", "application/zip", bomb_archive("0.zip")),
        ] {
            let answer = attach(&mut visitor, name, media_type, &bytes).await;
            assert_eq!(answer.status, 422, "{name}: {}", answer.text());
            answer.shows("사진을 붙입니다");
            answer.shows("붙인 것을 봐 주세요.");
            assert_eq!(count(&site, "SELECT COUNT(*) FROM blob"), 0, "{name} is not kept");
        }
        let good = attach(&mut visitor, "메모.txt", "text/html", "그냥 글입니다.\n".as_bytes()).await;
        assert_eq!(good.status, 303, "{}", good.text());
        let kept: String = site.db.query("SELECT media_type FROM blob", params![]).unwrap()[0].at(0).unwrap();
        assert_eq!(kept, "text/plain; charset=utf-8", "what it is, not what was said");
    }
}

#[tokio::test]
async fn ten_megabytes_of_text_are_refused_in_words_and_kept_nowhere() {
    for site in sites().await {
        let mut visitor = site.visitor();
        let much = "가".repeat(10 * 1024 * 1024 / 3);
        for (path, field) in [(SCREEN, "body"), ("/ko/lookup", "number")] {
            let answer = visitor.post(path, &[("title", "깁니다"), (field, &much), ("go", "next")]).await;
            assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
            assert!(answer.text().len() < 2_000_000, "{path}: the page is no echo of {} bytes", answer.text().len());
        }
        let kept = count(&site, "SELECT COALESCE(MAX(LENGTH(raw)), 0) FROM case_draft");
        assert!(kept < 1_000_000, "{kept}");
        // More than the field takes, less than what is refused at once: everything is shown again.
        let long = "나".repeat(3_000);
        let answer = visitor.post(SCREEN, &[("title", "깁니다"), ("body", &long), ("go", "next")]).await;
        assert_eq!(answer.status, 422);
        answer.shows(&long);
    }
}

#[tokio::test]
async fn letters_that_hide_or_turn_others_round_are_not_kept() {
    for site in sites().await {
        let mut visitor = site.visitor();
        let title = "꺼진\u{200B} 가로\u{202E}등\u{2066}입니다\u{FEFF}";
        let fields = [("title", title), ("body", "첫 줄\u{202E}뒤집힘\u{0000}\u{0008}\n둘째 줄"), ("go", "next")];
        assert_eq!(visitor.post(SCREEN, &fields).await.status, 303);
        let attached = attach(&mut visitor, "영수증\u{202E}gpj.txt", "text/plain", b"ok\n").await;
        assert_eq!(attached.status, 303, "{}", attached.text());
        let fields = [("title", title), ("body", "첫 줄\u{202E}뒤집힘\n둘째 줄"), ("go", "next")];
        assert_eq!(visitor.post(SCREEN, &fields).await.status, 303);
        let second = visitor.post("/ko/services/lamp/new/2", &[("street", "느티\u{200D}나무길"), ("go", "next")]).await;
        assert_eq!(second.status, 303);
        let hidden = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
        let review = visitor.get("/ko/services/lamp/new/3").await;
        review.shows("첫 줄뒤집힘");
        assert!(!review.text().chars().any(hidden), "the review shows what is sent");
        let sent = visitor.post("/ko/services/lamp/new/3", &[("name", "김\u{202E}하\u{200B}늘\u{2069}")]).await;
        assert!(sent.location().starts_with("/ko/receipt/"), "{}", sent.text());
        let row = site.db.query("SELECT title, author_name, answers FROM case_file", params![]).unwrap().remove(0);
        assert_eq!(row.get::<String>("author_name").unwrap(), "김하늘");
        assert_eq!(row.get::<String>("title").unwrap(), "꺼진 가로등입니다");
        let answers: String = row.get("answers").unwrap();
        assert!(!answers.chars().any(hidden), "{answers:?}");
        let names = site.db.query("SELECT name FROM blob_use", params![]).unwrap();
        for row in names {
            let name: String = row.get("name").unwrap();
            assert!(!name.chars().any(hidden), "{name:?}");
        }
        let mut officer = site.sign_in("officer-mois", true).await;
        let number = sent.location().rsplit('/').next().unwrap().to_owned();
        let page = officer.get(&format!("/ko/desk/cases/{number}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().chars().any(hidden), "nothing turns the officer's page round");
    }
}
