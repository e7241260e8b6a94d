use std::sync::Arc;

use madang_base::{LocalizedText, Time};
use madang_cases::notify::DigestItem;
use madang_http::Site;

use super::*;
use crate::view::{Folders, Templates};

fn notices() -> SiteNotices {
    let site = Site {
        name: LocalizedText::new("마당", "Madang"),
        government: LocalizedText::new("대한민국 정부", "Government"),
        official: true,
        base_url: "https://madang.example".into(),
        demo: false,
        secure_cookies: true,
    };
    SiteNotices::new(Arc::new(Templates::new(&Folders::default()).unwrap()), site)
}

fn notice(audience: Audience, kind: EventKind) -> Notice {
    Notice {
        audience,
        number: "PT-2026-7K3F-9Q2X".into(),
        service: LocalizedText::new("청원", "Petition"),
        case_name: LocalizedText::new("청원", "petition"),
        title: None,
        kind,
        done: None,
        state: LocalizedText::new("처리 중", "Being decided"),
        state_help: LocalizedText::new("답을 준비하고 있습니다.", "The answer is being prepared."),
        outcome: None,
        clock: None,
        due: Some(jiff::civil::date(2026, 9, 7)),
        agency: Some(LocalizedText::new("행정안전부", "Interior and Safety")),
        count: None,
        at: Time::parse("2026-06-08T01:00:00Z").unwrap(),
        stop: String::new(),
    }
}

#[test]
fn every_kind_of_event_has_words_in_both_languages() {
    let notices = notices();
    for locale in [Locale::Ko, Locale::En] {
        for kind in EventKind::ALL {
            let mail = CaseTexts::notice(&notices, &notice(Audience::Author { account: true }, *kind), locale);
            assert!(!mail.subject.contains("case-mail"), "{}", mail.subject);
            assert!(!mail.text.contains("case-mail") && mail.html.is_some(), "{}", mail.text);
        }
    }
}

#[test]
fn people_without_account_get_their_number_and_the_way_in_and_no_link_to_unsubscribe() {
    let notices = notices();
    let mail = CaseTexts::notice(&notices, &notice(Audience::Author { account: false }, EventKind::Asked), Locale::Ko);
    assert_eq!(mail.subject, "[PT-2026-7K3F-9Q2X] 담당 기관이 물었습니다. 답해 주세요");
    assert!(mail.text.contains("https://madang.example/ko/lookup"), "{}", mail.text);
    assert!(mail.text.contains("2026") && !mail.headers.iter().any(|(name, _)| name == "List-Unsubscribe"));
}

#[test]
fn followers_and_digests_can_be_ended_at_one_click() {
    let notices = notices();
    let follower = Notice { stop: "case-stop.x.y".into(), ..notice(Audience::Follower, EventKind::Step) };
    let mail = CaseTexts::notice(&notices, &follower, Locale::En);
    assert!(mail.headers.iter().any(|(_, value)| value.contains("/en/unsubscribe/case-stop.x.y")));
    let case = DigestCase {
        number: "PT-2026-7K3F-9Q2X".into(),
        title: "버스 안내판".into(),
        service: LocalizedText::new("청원", "Petition"),
        state: LocalizedText::new("처리 중", "Being decided"),
        items: vec![DigestItem {
            kind: EventKind::Step,
            done: Some(LocalizedText::new("공청회를 알렸습니다", "Hearing announced")),
            at: Time::parse("2026-06-08T01:00:00Z").unwrap(),
        }],
    };
    let mail = CaseTexts::digest(&notices, &[case], "case-digest.x.y", Locale::En);
    assert_eq!(mail.subject, "The week’s news: one case");
    assert!(
        mail.text.contains("Hearing announced") && mail.text.contains("/en/unsubscribe/case-digest.x.y"),
        "{}",
        mail.text
    );
}
