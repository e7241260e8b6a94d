//! Drafts that are right, and each field wrong in turn.

use super::*;
use crate::directory::{ContactRole, ExpertKind};

fn office() -> ContactDraft {
    ContactDraft {
        role: ContactRole::Office,
        office: " 도로과 ".to_owned(),
        name: String::new(),
        title: "팀장".to_owned(),
        phone: "02-3153-1234".to_owned(),
        mail: "Road@Mapo.go.kr".to_owned(),
        topics: "가로등, 보도블록\n가로등\r\n\n도로  파임".to_owned(),
        areas: "서울특별시 마포구".to_owned(),
    }
}

fn group() -> ExpertDraft {
    ExpertDraft {
        kind: ExpertKind::Group,
        name: "밤길 모임".to_owned(),
        introduction: "동네 밤길을 걸으며\r\n어두운 곳을 적습니다.".to_owned(),
        topics: "가로등".to_owned(),
        areas: String::new(),
        web: "https://night.example.org/walk?q=1".to_owned(),
        consent: true,
    }
}

fn fields<T>(outcome: Result<T>) -> Vec<(String, &'static str)> {
    let error = outcome.err().unwrap();
    error.fields().iter().map(|field| (field.field.clone(), field.code)).collect()
}

#[test]
fn what_is_kept_is_tidy() {
    let parts = contact(&office()).unwrap();
    assert_eq!((parts.office.as_str(), parts.mail.as_str()), ("도로과", "road@mapo.go.kr"));
    assert_eq!(parts.topics, ["가로등", "보도블록", "도로 파임"]);
    let parts = expert(&group()).unwrap();
    assert_eq!(parts.introduction, "동네 밤길을 걸으며\n어두운 곳을 적습니다.");
    assert!(parts.areas.is_empty());
}

#[test]
fn telephones_as_offices_print_them() {
    for good in ["120", "02-3153-1234", "+82 2 3153 1234", "1577-1000(3)", "031.123.4567", "02-3153-1234~6"] {
        assert!(phone_ok(good), "{good}");
    }
    for bad in ["11", "전화 주세요", "02-3153-1234 <b>", "0".repeat(30).as_str(), "02\n3153"] {
        assert!(!phone_ok(bad), "{bad}");
    }
}

#[test]
fn only_addresses_of_the_web_are_linked() {
    for good in ["https://a.kr", "HTTP://a.kr/b", "https://한글.kr/길"] {
        assert!(web_ok(good), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "ftp://a.kr",
        "https://",
        "https://localhost",
        "https://a.kr@b.kr",
        "https://a.kr/ b",
        "a.kr",
    ] {
        assert!(!web_ok(bad), "{bad}");
    }
    assert!(!web_ok(&format!("https://a.kr/{}", "a".repeat(300))));
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let bad = ContactDraft {
        office: " ".to_owned(),
        name: "이".repeat(81),
        title: "줄\n바꿈".to_owned(),
        phone: "없음".to_owned(),
        mail: "도로과".to_owned(),
        topics: (0..51).map(|n| format!("주제{n}\n")).collect(),
        areas: "곳".repeat(61),
        ..office()
    };
    let found = fields(contact(&bad));
    let expected = [
        ("office", "directory.office"),
        ("name", "directory.officer-name"),
        ("title", "directory.title"),
        ("phone", "directory.phone"),
        ("mail", "directory.mail"),
        ("topics", "directory.topics"),
        ("areas", "directory.areas"),
    ];
    assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code)));
    let unreachable = ContactDraft { phone: String::new(), mail: " ".to_owned(), ..office() };
    assert_eq!(fields(contact(&unreachable)), [("phone".to_owned(), "directory.reach")]);
}

#[test]
fn an_expert_needs_a_topic_and_consent() {
    let bad = ExpertDraft {
        name: String::new(),
        introduction: "글".repeat(1001),
        topics: " ,\n".to_owned(),
        web: "javascript:alert(1)".to_owned(),
        consent: false,
        ..group()
    };
    let codes: Vec<_> = fields(expert(&bad)).into_iter().map(|(_, code)| code).collect();
    assert_eq!(
        codes,
        [
            "directory.expert-name",
            "directory.introduction",
            "directory.topics-none",
            "directory.web",
            "directory.consent"
        ]
    );
}
