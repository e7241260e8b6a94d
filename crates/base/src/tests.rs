use std::collections::BTreeSet;
use std::error::Error as StdError;

use jiff::civil::date;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use super::*;

enum Thing {}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

#[test]
fn ids_are_uuid_v7_and_sort_by_the_time_they_were_made() {
    let rng = SeededRng::new(b"ids");
    let start = time("2026-03-01T00:00:00Z");
    let ids: Vec<Id<Thing>> = (0..200).map(|ms| Id::new(Time::from_micros(start.micros() + ms * 1000), &rng)).collect();
    assert!(ids.is_sorted(), "an id of a later millisecond sorts after");
    let close: Vec<Id<()>> = (0..1000).map(|i| Id::new(Time::from_micros(1_700_000_000_000_000 + i), &rng)).collect();
    assert!(close.is_sorted(), "and one of a later microsecond");
    let texts: Vec<_> = ids.iter().map(ToString::to_string).collect();
    assert!(texts.is_sorted(), "and so does its text");
    for id in &ids {
        assert_eq!((id.uuid().get_version_num(), id.uuid().get_variant()), (7, uuid::Variant::RFC4122));
    }
    let same: BTreeSet<Id<Thing>> = (0..200).map(|_| Id::new(start, &rng)).collect();
    assert_eq!(same.len(), 200, "ids of one millisecond differ");
}

#[test]
fn ids_read_what_they_write_and_nothing_else() {
    let id: Id<Thing> = Id::new(time("2026-03-01T00:00:00Z"), &SeededRng::new(b"one"));
    assert_eq!(id.to_string().parse::<Id<Thing>>().unwrap(), id);
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(serde_json::from_str::<Id<Thing>>(&json).unwrap(), id);
    for text in ["", "1", "plan", "019527d5-5400-7000-8000-00000000000g"] {
        let error = text.parse::<Id<Thing>>().unwrap_err();
        assert_eq!((error.kind(), error.code()), (Kind::NotFound, "id.unknown"), "{text:?}");
    }
}

#[test]
fn errors_carry_a_code_arguments_and_fields() {
    let error = Error::invalid("plan.date-format").arg("value", "soon").field("start", "plan.date-format");
    assert_eq!(error.message_key(), "error-plan-date-format");
    assert_eq!(error.args()["value"], "soon");
    assert_eq!(error.fields()[0].field, "start");
    assert_eq!(error.to_string(), "plan.date-format value=soon [start: plan.date-format]");
    assert!(StdError::source(&error).is_none());
}

#[test]
fn every_kind_has_a_constructor() {
    let made = [
        (Error::invalid("x"), Kind::Invalid),
        (Error::unauthenticated("x"), Kind::Unauthenticated),
        (Error::forbidden("x"), Kind::Forbidden),
        (Error::not_found("x"), Kind::NotFound),
        (Error::conflict("x"), Kind::Conflict),
        (Error::gone("x"), Kind::Gone),
        (Error::rate_limited("x"), Kind::RateLimited),
        (Error::unavailable("x"), Kind::Unavailable),
        (Error::internal("x"), Kind::Internal),
    ];
    for (error, kind) in &made {
        assert_eq!(error.kind(), *kind);
    }
    assert_eq!(made.iter().map(|(_, kind)| kind).collect::<std::collections::HashSet<_>>().len(), 9);
}

#[test]
fn an_internal_error_keeps_its_source_out_of_the_code() {
    let error = Error::internal(std::io::Error::other("disk is gone"));
    assert_eq!((error.code(), error.message_key().as_str()), ("internal", "error-internal"));
    assert_eq!(StdError::source(&error).unwrap().to_string(), "disk is gone");
    assert!(error.to_string().contains("disk is gone"), "the log has the cause");
    assert!(error.args().is_empty() && error.fields().is_empty());
}

#[test]
fn texts_fall_back_to_korean_then_to_any_language() {
    let both = LocalizedText::new("계획", "Plan");
    assert_eq!((both.get(Locale::Ko), both.get(Locale::En)), ("계획", "Plan"));
    let korean = LocalizedText::new("계획", " ");
    assert_eq!((korean.get(Locale::En), korean.exact("en")), ("계획", None));
    let other = LocalizedText::default().with("fr", "Plan d’action");
    assert_eq!(other.get(Locale::Ko), "Plan d’action");
    assert_eq!(LocalizedText::default().get(Locale::Ko), "");
    assert!(both.with("ko", "").with("en", "").is_empty(), "an empty text removes the language");
}

#[test]
fn texts_are_json_with_sorted_keys() {
    let text = LocalizedText::new("제목 \"1\"", "Title").with("de", "Titel");
    assert_eq!(text.to_json(), r#"{"de":"Titel","en":"Title","ko":"제목 \"1\""}"#);
    assert_eq!(LocalizedText::from_json(&text.to_json()).unwrap(), text);
    for json in ["", "[]", "\"ko\"", "{\"ko\":1}"] {
        assert_eq!(LocalizedText::from_json(json).unwrap_err().kind(), Kind::Internal, "{json}");
    }
}

#[test]
fn locales_are_known_by_their_tag() {
    for locale in Locale::ALL {
        assert_eq!(locale.tag().parse::<Locale>().unwrap(), locale);
        assert_eq!(serde_json::to_string(&locale).unwrap(), format!("\"{locale}\""));
    }
    assert_eq!("KO".parse::<Locale>().unwrap_err().code(), "locale.unknown");
}

#[test]
fn korean_dates_begin_nine_hours_before_utc() {
    let before = time("2026-02-28T14:59:59.999999Z");
    assert_eq!(before.kst_date(), date(2026, 2, 28));
    let midnight = Time::from_micros(before.micros() + 1);
    assert_eq!((midnight.kst_date(), midnight), (date(2026, 3, 1), Time::at_kst_midnight(date(2026, 3, 1))));
    assert_eq!(midnight.kst(), date(2026, 3, 1).at(0, 0, 0, 0));
}

#[test]
fn times_are_written_in_two_ways() {
    let moment = time("2026-03-01T09:00:00.000001+09:00");
    assert_eq!(moment.rfc3339(), "2026-03-01T00:00:00.000001Z");
    assert_eq!(moment.to_string(), moment.rfc3339());
    assert_eq!(moment.rfc3339_kst(), "2026-03-01T09:00:00+09:00");
    for text in ["", "2026-03-01", "2026-03-01T09:00:00", "yesterday", "2026-13-01T00:00:00Z"] {
        assert_eq!(Time::parse(text).unwrap_err().code(), "time.format", "{text:?}");
    }
}

#[test]
fn times_add_and_subtract() {
    let moment = time("2026-03-01T00:00:00Z");
    assert_eq!(moment.plus_days(1).rfc3339(), "2026-03-02T00:00:00.000000Z");
    assert_eq!(moment.plus_seconds(-1).rfc3339(), "2026-02-28T23:59:59.000000Z");
    assert_eq!(moment.plus_days(1).seconds_since(moment), 86_400);
}

#[test]
fn a_fixed_clock_moves_only_when_told() {
    let clock = FixedClock::at(time("2026-03-01T00:00:00Z"));
    assert_eq!(clock.now(), clock.now());
    clock.advance_seconds(90);
    assert_eq!(clock.now().rfc3339(), "2026-03-01T00:01:30.000000Z");
}

#[test]
fn seeded_randomness_repeats_and_differs_by_seed() {
    let draw = |seed: &[u8]| {
        let rng: &dyn Rng = &SeededRng::new(seed);
        (rng.bytes::<40>(), rng.token())
    };
    assert_eq!(draw(b"a"), draw(b"a"));
    assert_ne!(draw(b"a"), draw(b"b"));
    let (bytes, token) = draw(b"a");
    assert_ne!(bytes[..8], bytes[32..], "blocks differ");
    assert!(token.len() == 64 && token.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
}

proptest! {
    #[test]
    fn every_time_round_trips_through_its_text(micros in -62_135_596_800_000_000i64..253_402_207_000_000_000) {
        let moment = Time::from_micros(micros);
        prop_assert_eq!(Time::parse(&moment.rfc3339()).unwrap(), moment);
        prop_assert_eq!(Time::parse(&moment.rfc3339_kst()).unwrap().micros(), micros.div_euclid(1_000_000) * 1_000_000);
        prop_assert_eq!(Time::at_kst_midnight(moment.kst_date()).kst_date(), moment.kst_date());
    }

    #[test]
    fn parsers_never_panic(text in "\\PC{0,40}", micros in any::<i64>()) {
        let _ = (Time::parse(&text).is_ok(), text.parse::<Id<Thing>>().is_ok(), text.parse::<Locale>().is_ok());
        let _ = LocalizedText::from_json(&text).is_ok();
        let moment = Time::from_micros(micros);
        prop_assert!(!moment.rfc3339().is_empty() && !moment.rfc3339_kst().is_empty());
    }

    #[test]
    fn texts_round_trip_through_json(ko in "\\PC{0,20}", en in "\\PC{0,20}") {
        let text = LocalizedText::new(ko, en);
        prop_assert_eq!(LocalizedText::from_json(&text.to_json()).unwrap(), text);
    }
}
