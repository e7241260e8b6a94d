use madang_base::{Id, SeededRng, Time};
use madang_kernel::Ref;
use madang_plans::model::Rhythm;

use super::*;
use crate::view::Folders;

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

fn follow(rng: &SeededRng) -> Follow {
    Follow {
        id: Id::new(Time::default(), rng),
        subscriber: madang_plans::model::Subscriber::Mail("reader@example.kr".into()),
        object: Ref::new(ObjectKind::Commitment, "kr-2021/3"),
        rhythm: Rhythm::AtOnce,
        locale: Locale::Ko,
        created_at: Time::default(),
        confirmed_at: None,
        digested_at: Time::default(),
    }
}

fn news(rng: &SeededRng, kind: NewsKind, detail: &str) -> News {
    News {
        id: Id::new(Time::default(), rng),
        plan: "kr-2021".into(),
        kind,
        object: Ref::new(ObjectKind::Update, "u"),
        commitment: Some("kr-2021/3".into()),
        commitment_number: Some("3".into()),
        commitment_slug: Some("voices".into()),
        commitment_name: Some(LocalizedText::new("시민의 목소리", "Citizens’ voices")),
        milestone: Some("kr-2021/3/2".into()),
        milestone_title: Some(LocalizedText::new("시행령 마련", "The decree")),
        agency: None,
        detail: detail.into(),
        at: Time::parse("2021-10-28T00:00:00Z").unwrap(),
    }
}

#[test]
fn a_notice_says_what_moved_and_how_to_stop_it() {
    let rng = SeededRng::new(b"notices");
    let name = LocalizedText::new("시민의 목소리", "Citizens’ voices");
    let item = news(&rng, NewsKind::ProgressReported, "under-way");
    let mail = notices().news(&item, &follow(&rng), &name, "stop.x.y", Locale::Ko);
    assert_eq!(mail.subject, "이행 보고(진행 중): 시민의 목소리");
    let stop = "https://madang.example/ko/unsubscribe/stop.x.y";
    assert!(mail.text.contains(stop) && mail.html.as_deref().unwrap_or("").contains(stop));
    assert!(mail.text.contains("https://madang.example/ko/plans/kr-2021/commitments/3#m2"), "{}", mail.text);
    let header = |name: &str| mail.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    assert_eq!(header("List-Unsubscribe"), Some(format!("<{stop}>").as_str()));
    assert_eq!(header("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
}

#[test]
fn every_kind_of_news_has_its_words_in_both_languages() {
    let rng = SeededRng::new(b"notices");
    let name = LocalizedText::new("계획", "Plan");
    for kind in NewsKind::ALL {
        let detail = match kind {
            NewsKind::ProgressReported | NewsKind::ProgressCorrected => "completed",
            NewsKind::Assessed => "limited",
            _ => "3",
        };
        for locale in Locale::ALL {
            let mail = notices().news(&news(&rng, *kind, detail), &follow(&rng), &name, "t", locale);
            assert!(!mail.subject.contains("notice-") && !mail.subject.contains("claim-"), "{}", mail.subject);
            assert!(!mail.text.contains("mail-why"), "{}", mail.text);
        }
    }
}

#[test]
fn a_digest_groups_by_commitment_and_the_confirmation_can_not_be_unsubscribed() {
    let rng = SeededRng::new(b"notices");
    let own = notices();
    let items = [news(&rng, NewsKind::ProgressReported, "completed"), news(&rng, NewsKind::Assessed, "limited")];
    let mail = own.digest(&items, "digest.x.y", Locale::En);
    assert_eq!(mail.text.matches("Citizens’ voices").count(), 1, "one group: {}", mail.text);
    assert!(mail.subject.contains("28 October 2021"), "{}", mail.subject);
    let confirm = own.confirm(&follow(&rng), &LocalizedText::new("약속", "Commitment"), "confirm.x.y", Locale::En);
    assert!(confirm.text.contains("https://madang.example/en/follow/confirm/confirm.x.y"));
    assert!(confirm.headers.iter().all(|(name, _)| name != "List-Unsubscribe"));
}

#[test]
fn subjects_stay_on_one_line() {
    assert_eq!(one_line("a\n b"), "a b");
    assert_eq!(one_line(&"가".repeat(200)).chars().count(), SUBJECT);
}
