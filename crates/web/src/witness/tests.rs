//! Every word that an alarm or a finding needs is there, in both languages.

use std::collections::BTreeMap;

use madang_base::{Locale, LocalizedText, Time};
use madang_witness::alarm::{Alarm, AlarmKind, Notice};
use madang_witness::audit::Wrong;
use madang_witness::ports::Words as _;

use super::*;
use crate::view::Folders;

fn example(kind: AlarmKind, key: &str) -> Alarm {
    let detail = [
        ("seen", "12345"),
        ("shown", "700"),
        ("size", "700"),
        ("known", "10"),
        ("cosigned", "20"),
        ("leaf", "259"),
        ("findings", "1"),
        ("path", "tile/entries/001"),
        ("why", "no connection"),
        ("since", "2026-11-22T03:00:00Z"),
        ("wrong", "entry-altered"),
    ];
    Alarm {
        id: format!("1-{}", kind.code()),
        log: "test".to_owned(),
        kind,
        key: key.to_owned(),
        raised_at: Time::from_micros(1_700_000_000_000_000),
        ended_at: None,
        detail: detail.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect::<BTreeMap<_, _>>(),
        evidence: vec!["fork-1-proof.json".to_owned()],
    }
}

#[test]
fn every_alarm_and_every_finding_has_its_words() {
    let templates = Templates::new(&Folders::default()).unwrap();
    for locale in Locale::ALL {
        for kind in AlarmKind::ALL {
            for key in ["", "held"] {
                let (title, text) = words::alarm(templates.catalogue(), locale, &example(kind, key));
                assert!(!title.contains("witness-") && !text.contains("witness-"), "{kind:?} {locale}: {title} {text}");
                assert!(!text.contains('{') && text.chars().count() > 20, "{kind:?}: {text}");
            }
        }
        for wrong in Wrong::ALL {
            assert!(templates.catalogue().has(locale, &format!("witness-wrong-{}", wrong.code())), "{wrong:?}");
        }
    }
    let (_, text) = words::alarm(templates.catalogue(), Locale::En, &example(AlarmKind::Fork, ""));
    assert!(text.contains("12,345") && text.contains("700"), "{text}");
}

#[test]
fn a_mail_says_what_where_when_and_where_to_look() {
    let mails = AlarmWords::new(Arc::new(Templates::new(&Folders::default()).unwrap()));
    let mut notice = Notice {
        alarm: example(AlarmKind::Rollback, ""),
        ended: false,
        origin: "log.example".to_owned(),
        witness: LocalizedText::new("시민 증인", "A citizens' witness"),
        page: Some("https://witness.example/ko/logs/test".to_owned()),
    };
    let (subject, text) = mails.mail(&notice, Locale::Ko);
    assert_eq!(subject, "[증인 경보] 원장이 뒤로 돌아갔습니다: log.example");
    for part in [
        "log.example",
        "2023년 11월 15일(수) 07:13",
        "12,345",
        "fork-1-proof.json",
        "https://witness.example/ko/",
        "시민 증인",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    notice.ended = true;
    notice.alarm.ended_at = Some(Time::from_micros(1_700_000_100_000_000));
    let (subject, text) = mails.mail(&notice, Locale::En);
    assert!(subject.starts_with("[Witness alarm over]") && text.contains("It was over on"), "{subject}\n{text}");
}
