use std::collections::BTreeSet;

use jiff::civil::date;
use madang_base::Locale;
use proptest::prelude::*;

use super::*;
use crate::sample_tests::{TODAY, all, everything, raws};
use crate::values::{FileAnswer, PersonAnswer, Raw, fill};
use crate::{Answer, Party};

fn answers() -> Answers {
    let place = Place {
        address: "서울특별시 종로구 세종대로 1".into(),
        district: "서울특별시 종로구".into(),
        latitude: Some(375_665_350),
        longitude: Some(1_269_779_692),
    };
    let file =
        FileAnswer { sha256: "a".repeat(64), name: "a.pdf".into(), size: 1, media_type: "application/pdf".into() };
    let row = [("what".to_owned(), Answer::Text("전구".into()))].into();
    let given = [
        ("title", Answer::Text("제목".into())),
        ("kind", Answer::Choice("noise".into())),
        ("times", Answer::Choices(vec!["night".into()])),
        ("bed", Answer::Number(42)),
        ("cost", Answer::Number(1_234_567)),
        ("day", Answer::Date(date(2026, 12, 1))),
        ("body", Answer::Text("글".into())),
        ("spot", Answer::Place(place)),
        ("who", Answer::Person(PersonAnswer { name: "가나다".into(), contact: "010".into() })),
        ("papers", Answer::Files(vec![file.clone()])),
        ("photos", Answer::Files(vec![file])),
        ("rows", Answer::Rows(vec![row])),
        ("agreed", Answer::Consent("담당자가 전화해도 됩니다.".into())),
    ];
    Answers(given.into_iter().map(|(id, answer)| (id.to_owned(), answer)).collect())
}

fn reviewed(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn the_public_sees_what_the_definition_says() {
    let def = everything();
    let seen = public_answers(&def, "received", &answers(), &reviewed(&[]));
    let ids: Vec<_> = seen.0.keys().map(String::as_str).collect();
    assert_eq!(ids, ["bed", "cost", "day", "kind", "spot", "times", "title"]);
    assert_eq!(seen.get("bed"), Some(&Answer::Text("10–99".into())));
    assert_eq!(seen.get("cost"), Some(&Answer::Text("1,000,000–9,999,999".into())));
    assert_eq!(seen.get("day"), Some(&Answer::Text("2026".into())));
    let json = seen.to_json();
    assert!(json.contains("종로구") && !json.contains("세종대로") && !json.contains("latitude"), "{json}");
    let after = public_answers(&def, "answered", &answers(), &reviewed(&["body", "papers", "photos", "who"]));
    let more: Vec<_> = after.0.keys().filter(|id| !seen.0.contains_key(*id)).map(String::as_str).collect();
    assert_eq!(more, ["body", "papers", "rows"], "never: a person, and what is never public");
}

#[test]
fn what_is_not_asked_is_not_shown() {
    let def = everything();
    let mut given = answers();
    given.0.insert("kind".into(), Answer::Choice("road".into()));
    let seen = public_answers(&def, "received", &given, &reviewed(&[]));
    assert!(seen.get("times").is_none() && seen.get("bed").is_none());
}

#[test]
fn the_export_has_a_cell_for_every_column() {
    let def = everything();
    let columns = columns(&def);
    let ids: Vec<_> = columns.iter().map(|column| column.id.as_str()).collect();
    let expected =
        ["title", "kind", "times", "bed", "cost", "day", "body", "spot", "office", "papers", "rows", "remedy-day"];
    assert_eq!(ids, expected);
    let ko = cells(&def, "received", &answers(), &reviewed(&[]), Locale::Ko);
    let expected =
        ["제목", "소음", "밤", "10–99일", "1,000,000–9,999,999원", "2026년", "", "서울특별시 종로구", "", "", "", ""];
    assert_eq!(ko, expected);
    let en = cells(&def, "answered", &answers(), &reviewed(&["body"]), Locale::En);
    assert_eq!(en[3..7], ["10–99 nights", "1,000,000–9,999,999 won", "2026", "글"]);
    for def in all() {
        let none = cells(&def, "withdrawn", &Answers::default(), &reviewed(&[]), Locale::Ko);
        assert_eq!(none.len(), super::columns(&def).len(), "{}", def.id);
        assert!(
            !super::columns(&def)
                .iter()
                .any(|column| { def.field(&column.id).is_none_or(|field| matches!(field.kind, FieldKind::Person)) })
        );
    }
}

#[test]
fn bands_are_powers_of_ten() {
    for (value, text) in [
        (0, "0"),
        (1, "1–9"),
        (9, "1–9"),
        (10, "10–99"),
        (999, "100–999"),
        (-5, "-9–-1"),
        (i64::MAX, "1,000,000,000,000,000,000–9,223,372,036,854,775,806"),
    ] {
        assert_eq!(band(value), text);
    }
    let _ = band(i64::MIN);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_leaks(raw in raws(&everything()), state in 0..5_usize) {
        let def = everything();
        let fields: Vec<_> = def.filing_fields().collect();
        let given = fill(&def, &Party::Author, &fields, &raw, &Default::default(), &Answers::default(), TODAY).answers;
        let seen = public_answers(&def, &def.states[state].id, &given, &BTreeSet::new());
        for (id, answer) in &seen.0 {
            let field = def.field(id).unwrap();
            match field.public {
                Publicity::Always => prop_assert_eq!(Some(answer), given.get(id)),
                Publicity::Coarse => prop_assert_ne!(Some(answer), given.get(id)),
                Publicity::Never | Publicity::AfterReview => prop_assert!(false, "{} is seen", id),
            }
        }
        let _ = Raw::default();
    }
}
