use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use madang_base::Locale;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::sample_tests::{TODAY, all, everything, raws};
use crate::{Definition, Field, FieldKind, Party};

fn raw(pairs: &[(&str, &str)]) -> Raw {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn author_fields(def: &Definition) -> Vec<&Field> {
    def.filing_fields().collect()
}

fn filled(def: &Definition, pairs: &[(&str, &str)]) -> Filled {
    fill(def, &Party::Author, &author_fields(def), &raw(pairs), &BTreeMap::new(), &Answers::default(), TODAY)
}

/// What a whole form of the sample sends.
const GOOD: &[(&str, &str)] = &[
    ("title", "  가로등이\n꺼졌어요 "),
    ("kind", "noise"),
    ("times", "night"),
    ("times", "day"),
    ("bed", "１，２３４일"),
    ("cost", "₩1,234,567"),
    ("day", "2026년 12월 3일(목)"),
    ("body", " 첫 줄\r\n둘째 줄 "),
    ("spot.address", "서울특별시 종로구 세종대로 1"),
    ("spot.latitude", "37.566535"),
    ("spot.longitude", "126.97796919"),
    ("who.name", "가나다"),
    ("who.contact", "010-0000-0000"),
    ("office", "mois"),
    ("rows.0.what", "전구"),
    ("rows.0.amount", "12,000원"),
    ("rows.3.what", ""),
    ("rows.7.what", "사다리"),
    ("rows.7.on", "2026.12.1."),
    ("agreed", "yes"),
    ("number", "02-000"),
];

fn errors(filled: &Filled) -> Vec<(&str, &str)> {
    filled.errors.iter().map(|error| (error.field.as_str(), error.code)).collect()
}

#[test]
fn a_form_is_read() {
    let def = everything();
    let found = filled(&def, GOOD);
    assert_eq!(errors(&found), []);
    let expected = json!({
        "title": "가로등이 꺼졌어요", "kind": "noise", "times": ["day", "night"], "bed": 1234, "cost": 1_234_567,
        "day": "2026-12-03", "body": "첫 줄\n둘째 줄", "office": "mois",
        "spot": { "address": "서울특별시 종로구 세종대로 1", "latitude": 375_665_350, "longitude": 1_269_779_692,
                  "district": "서울특별시 종로구" },
        "who": { "name": "가나다", "contact": "010-0000-0000" },
        "rows": [{ "what": "전구", "amount": 12000 }, { "what": "사다리", "on": "2026-12-01" }],
        "agreed": "담당자가 전화해도 됩니다.", "number": "02-000",
    });
    assert_eq!(found.answers.to_json(), expected.to_string());
    assert_eq!(Answers::from_json(&def, &found.answers.to_json()).unwrap(), found.answers);
    assert_eq!(complete(&def, &Party::Author, &found.answers, TODAY), []);
    assert_eq!(title(&def, &found.answers), "가로등이 꺼졌어요");
    assert_eq!(title(&def, &Answers::default()), "모두");
}

#[test]
fn nothing_sent_asks_for_what_is_required() {
    let found = filled(&everything(), &[]);
    let expected = [
        ("title", "form.value-required"),
        ("kind", "form.value-required"),
        ("day", "form.value-required"),
        ("body", "form.value-required"),
        ("agreed", "form.value-consent"),
    ];
    assert_eq!(errors(&found), expected);
    assert_eq!(found.answers, Answers::default());
}

#[test]
fn every_limit_has_its_error() {
    let def = everything();
    let long = "가".repeat(61);
    for (name, typed, field, code) in [
        ("title", "가나다라마바사아자차카타파하가나다라마바사", "title", "form.value-too-long"),
        ("body", long.as_str(), "body", "form.value-too-long"),
        ("kind", "sea", "kind", "form.value-choice"),
        ("cost", "12,34", "cost", "form.value-number"),
        ("cost", "1.5", "cost", "form.value-number"),
        ("cost", "많이", "cost", "form.value-number"),
        ("cost", "-1", "cost", "form.value-number-range"),
        ("cost", "99999999999999999999", "cost", "form.value-number-range"),
        ("day", "2026-13-01", "day", "form.value-date"),
        ("day", "어제", "day", "form.value-date"),
        ("day", "2026-12-04", "day", "form.value-date-future"),
        ("spot.latitude", "37.5", "spot.latitude", "form.value-place-point"),
        ("spot.latitude", "91", "spot.latitude", "form.value-place-point"),
        ("who.name", "가나다", "who.contact", "form.value-required"),
        ("office", "행안부", "office", "form.value-agency"),
        ("rows.2.amount", "5", "rows.2.what", "form.value-required"),
        ("rows.2.what", "너무 긴 이름의 물건입니다", "rows.2.what", "form.value-too-long"),
    ] {
        let found = filled(&def, &[(name, typed)]);
        assert!(errors(&found).contains(&(field, code)), "{name}={typed}: {:?}", found.errors);
        assert!(found.answers.get(name.split('.').next().unwrap()).is_none(), "{name}={typed}");
    }
    let three = [("kind", "noise"), ("times", "day"), ("times", "evening"), ("times", "night")];
    assert!(errors(&filled(&def, &three)).contains(&("times", "form.value-count")));
    let rows: Vec<_> = ["rows.0.what", "rows.1.what", "rows.2.what", "rows.3.what"].map(|name| (name, "x")).into();
    assert!(errors(&filled(&def, &rows)).contains(&("rows", "form.value-count")));
    // An agency's day of repair cannot be over.
    let crew = fill(
        &def,
        &Party::Agency,
        &[def.field("remedy-day").unwrap()],
        &raw(&[("remedy-day", "2026-12-02")]),
        &BTreeMap::new(),
        &Answers::default(),
        TODAY,
    );
    assert_eq!(errors(&crew), [("remedy-day", "form.value-date-past")]);
}

#[test]
fn what_is_not_asked_is_neither_kept_nor_missed() {
    let def = everything();
    let whole = filled(&def, GOOD).answers;
    // Another kind: the times go, and with them what depends on them.
    let again = fill(
        &def,
        &Party::Author,
        &[def.field("kind").unwrap()],
        &raw(&[("kind", "other")]),
        &BTreeMap::new(),
        &whole,
        TODAY,
    );
    assert_eq!(again.errors, []);
    assert!(again.answers.get("times").is_none() && again.answers.get("bed").is_none());
    assert_eq!(again.answers.get("title"), whole.get("title"));
    let ids = |screen, answers: &Answers| -> Vec<String> {
        asked(&def, &Party::Author, screen, answers).into_iter().map(|field| field.id.clone()).collect()
    };
    assert!(ids(Some(1), &whole).contains(&"bed".to_owned()));
    assert!(!ids(Some(1), &again.answers).contains(&"times".to_owned()));
    assert!(!ids(Some(2), &whole).contains(&"title".to_owned()));
    assert_eq!(ids(None, &Answers::default()).len(), 12);
    // By hand, past the form.
    let mut forced = again.answers.clone();
    forced.0.insert("times".into(), Answer::Choices(vec!["day".into()]));
    assert_eq!(complete(&def, &Party::Author, &forced, TODAY)[0].code, "form.value-not-asked");
    prune(&def, &mut forced);
    assert_eq!(forced, again.answers);
    // The other party's fields are left alone.
    assert_eq!(filled(&def, &[("remedy-day", "2026-12-30")]).answers.get("remedy-day"), None);
}

#[test]
fn files_stay_until_they_are_removed() {
    let def = everything();
    let file = |digit: &str| FileAnswer {
        sha256: digit.repeat(64),
        name: format!("{digit}.pdf"),
        size: 10,
        media_type: "application/pdf".into(),
    };
    let field = def.field("papers").unwrap();
    let send = |pairs: &[(&str, &str)], new: Vec<FileAnswer>, before: &Answers| {
        let files = BTreeMap::from([("papers".to_owned(), new)]);
        fill(&def, &Party::Author, &[field], &raw(pairs), &files, before, TODAY)
    };
    let one = send(&[], vec![file("a"), file("a")], &Answers::default());
    assert_eq!(one.answers.get("papers"), Some(&Answer::Files(vec![file("a")])));
    let two = send(&[], vec![file("b")], &one.answers);
    assert_eq!(two.answers.get("papers"), Some(&Answer::Files(vec![file("a"), file("b")])));
    assert_eq!(errors(&send(&[], vec![file("c")], &two.answers)), [("papers", "form.value-count")]);
    let gone = send(&[("papers.remove", &"a".repeat(64))], vec![], &two.answers);
    assert_eq!(gone.answers.get("papers"), Some(&Answer::Files(vec![file("b")])));
    assert_eq!(errors(&send(&[], vec![file("x")], &Answers::default())), [("papers", "form.value-file")]);
    assert_eq!(display(field, two.answers.get("papers").unwrap(), Locale::Ko), "a.pdf, b.pdf");
}

#[test]
fn answers_read_as_texts() {
    let def = everything();
    let found = filled(&def, GOOD).answers;
    let shown = |id: &str, locale| display(def.field(id).unwrap(), found.get(id).unwrap(), locale);
    for (id, ko, en) in [
        ("kind", "소음", "Noise"),
        ("times", "낮, 밤", "Day, Night"),
        ("bed", "1,234일", "1,234 nights"),
        ("cost", "1,234,567원", "1,234,567 won"),
        ("day", "2026년 12월 3일", "3 December 2026"),
        ("spot", "서울특별시 종로구 세종대로 1", "서울특별시 종로구 세종대로 1"),
        ("who", "가나다 (010-0000-0000)", "가나다 (010-0000-0000)"),
        ("office", "mois", "mois"),
        ("agreed", "동의함", "Agreed"),
        (
            "rows",
            "무엇: 전구, 금액: 12,000원\n무엇: 사다리, 언제: 2026년 12월 1일",
            "What: 전구, Amount: 12,000 won\nWhat: 사다리, On: 1 December 2026",
        ),
    ] {
        assert_eq!((shown(id, Locale::Ko).as_str(), shown(id, Locale::En).as_str()), (ko, en), "{id}");
    }
    let point = Answer::Place(Place { latitude: Some(-5), longitude: Some(1_269_779_692), ..Place::default() });
    assert_eq!(display(def.field("spot").unwrap(), &point, Locale::Ko), "-0.0000005, 126.9779692");
}

#[test]
fn a_consent_keeps_the_text_that_was_read() {
    let def = everything();
    let found = filled(&def, &[("agreed", "yes"), ("agreed.language", "en")]).answers;
    assert_eq!(found.get("agreed"), Some(&Answer::Consent("An officer may call me.".into())));
    assert_eq!(raw_of(&def, &found).one("agreed.language"), "en");
    assert!(asked(&def, &Party::Author, None, &found).iter().any(|field| field.id == "number"));
}

#[test]
fn dates_are_read_as_people_write_them() {
    for typed in
        ["2026-12-03", "2026.12.3", "2026. 12. 3.", "2026/12/3", "20261203", "2026년 12월 3일", "２０２６－１２－０３"]
    {
        assert_eq!(parse::date(typed), Some(date(2026, 12, 3)), "{typed}");
    }
    for typed in ["", "2026", "26-12-03", "3.12.2026", "2026-02-30", "2026-12-03-04", "2026년"] {
        assert_eq!(parse::date(typed), None, "{typed}");
    }
}

#[test]
fn districts_are_the_beginnings_of_addresses() {
    for (address, district) in [
        ("서울특별시 종로구 세종대로 1", "서울특별시 종로구"),
        ("경기 성남시 분당구 판교역로 1", "경기 성남시 분당구"),
        ("세종특별자치시 한누리대로 1", "세종특별자치시"),
        ("우리 집 앞", ""),
        ("1 Sejong-daero", ""),
    ] {
        assert_eq!(parse::district(address), district, "{address}");
    }
}

#[test]
fn json_is_stricter_than_a_form() {
    let def = everything();
    let read = |value: &serde_json::Value| fill_json(&def, &Party::Author, &author_fields(&def), value, TODAY);
    let good = json!({
        "title": "제목", "kind": "noise", "times": ["night", "day"], "bed": 3, "day": "2026-12-01", "body": "글",
        "spot": { "latitude": 375_665_350, "longitude": 1_269_779_692 }, "rows": [{ "what": "전구", "amount": 5 }],
        "agreed": true,
    });
    assert_eq!(errors(&read(&good)), []);
    for (field, value, at, code) in [
        ("title", json!(5), "title", "form.value-type"),
        ("title", json!(" "), "title", "form.value-required"),
        ("bed", json!("3"), "bed", "form.value-type"),
        ("bed", json!(1.5), "bed", "form.value-type"),
        ("day", json!("2026.12.1"), "day", "form.value-date"),
        ("day", json!("2026-12-01T00:00:00"), "day", "form.value-date"),
        ("times", json!(["day", "day"]), "times", "form.value-choice"),
        ("agreed", json!(false), "agreed", "form.value-consent"),
        ("agreed", json!("something else"), "agreed", "form.value-consent"),
        ("spot", json!({ "latitude": 1 }), "spot.latitude", "form.value-place-point"),
        ("spot", json!({ "lat": 1 }), "spot", "form.value-type"),
        ("rows", json!([{ "what": "전구", "size": 1 }]), "rows.0.size", "form.value-unknown-field"),
        ("rows", json!([7]), "rows.0", "form.value-type"),
        ("weather", json!("rain"), "weather", "form.value-unknown-field"),
        ("remedy-day", json!("2026-12-30"), "remedy-day", "form.value-unknown-field"),
    ] {
        let mut value_sent = good.clone();
        value_sent[field] = value.clone();
        let found = read(&value_sent);
        assert_eq!(errors(&found), [(at, code)], "{field} = {value}");
    }
    let mut other = good.clone();
    other["kind"] = json!("road");
    assert_eq!(errors(&read(&other)), [("bed", "form.value-not-asked"), ("times", "form.value-not-asked")]);
    assert_eq!(errors(&read(&json!([]))), [("", "form.value-type")]);
}

#[test]
fn answers_without_their_definition_keep_their_json() {
    let def = everything();
    let found = filled(&def, GOOD).answers;
    let untyped: Answers = serde_json::from_str(&found.to_json()).unwrap();
    assert_eq!(untyped.to_json(), found.to_json());
    assert_eq!(untyped.typed(&def).unwrap(), found);
    for wrong in [r#"{"weather":1}"#, r#"{"day":"x"}"#, r#"{"bed":"3"}"#, "[]", "nothing"] {
        assert_eq!(Answers::from_json(&def, wrong).unwrap_err().code(), "internal", "{wrong}");
    }
}

/// The codes that the sources of this crate name, by their quotation marks.
fn codes() -> BTreeSet<String> {
    fn walk(folder: &std::path::Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if !path.ends_with("tests.rs") && !path.to_string_lossy().ends_with("_tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for begin in ["form.value-", "form.step-"] {
                    for (at, _) in text.match_indices(&format!("\"{begin}")) {
                        found.extend(text[at + 1..].split('"').next().map(str::to_owned));
                    }
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    for module in ["values", "steps", "walk"] {
        walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module), &mut found);
    }
    found
}

#[test]
fn every_code_has_its_message() {
    let codes: BTreeSet<String> = codes().into_iter().map(|code| format!("error-{}", code.replace('.', "-"))).collect();
    assert!(codes.len() > 20, "{codes:?}");
    for locale in Locale::ALL {
        let path = format!("{}/../../locales/{locale}/errors-form-values.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let there: BTreeSet<String> =
            text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect();
        assert_eq!(there, codes, "{locale}");
    }
}

/// No field is both accepted and reported, and what was accepted holds.
fn consistent(def: &Definition, found: &Filled, fields: &[&Field]) {
    for error in &found.errors {
        let field = error.field.split('.').next().unwrap();
        assert!(found.answers.get(field).is_none(), "{field}: {error:?}");
    }
    for (id, answer) in &found.answers.0 {
        let field = def.field(id).unwrap();
        assert_eq!(check::faults(id, field, answer, TODAY), [], "{id}");
        assert!(!display(field, answer, Locale::Ko).is_empty() || matches!(answer, Answer::Rows(_)), "{id}");
    }
    let wanted = complete(def, &Party::Author, &found.answers, TODAY);
    let reported: BTreeSet<&str> = found.errors.iter().map(|e| e.field.split('.').next().unwrap()).collect();
    for error in wanted {
        assert!(reported.contains(error.field.split('.').next().unwrap()), "{error:?} was not reported: {fields:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_form_is_read(raw in raws(&everything())) {
        let def = everything();
        let fields = author_fields(&def);
        let found = fill(&def, &Party::Author, &fields, &raw, &BTreeMap::new(), &Answers::default(), TODAY);
        consistent(&def, &found, &fields);
        // The form shown again and sent again gives the same.
        let again = fill(
            &def, &Party::Author, &fields, &raw_of(&def, &found.answers), &BTreeMap::new(), &Answers::default(), TODAY,
        );
        prop_assert_eq!(&again.answers, &found.answers);
        prop_assert_eq!(Answers::from_json(&def, &found.answers.to_json()).unwrap(), found.answers.clone());
        // The API takes what the form gave.
        let json = serde_json::from_str(&found.answers.to_json()).unwrap();
        let api = fill_json(&def, &Party::Author, &fields, &json, TODAY);
        prop_assert_eq!(api.answers, found.answers);
    }

    #[test]
    fn any_form_of_any_service_is_read(index in 0..64_usize, seed in prop::collection::vec((".{0,12}", ".{0,40}"), 0..8)) {
        let defs = all();
        let def = &defs[index % defs.len()];
        let fields = author_fields(def);
        let mut raw: Raw = seed.clone().into_iter().collect();
        for (field, (_, value)) in fields.iter().zip(&seed) {
            raw.push(&field.id, value);
            if let FieldKind::Table { columns, .. } = &field.kind {
                raw.push(format!("{}.0.{}", field.id, columns[0].id), value);
            }
        }
        let found = fill(def, &Party::Author, &fields, &raw, &BTreeMap::new(), &Answers::default(), TODAY);
        consistent(def, &found, &fields);
    }

    #[test]
    fn any_typed_number_or_date_is_read(typed in ".{0,24}") {
        let _ = (parse::number(&typed, &["명"]), parse::date(&typed), parse::degrees(&typed, 180), parse::district(&typed));
        prop_assert_eq!(parse::line(&parse::line(&typed)), parse::line(&typed));
        prop_assert_eq!(parse::lines(&parse::lines(&typed)), parse::lines(&typed));
    }

    #[test]
    fn numbers_are_read_back(value: i64, degrees in -1_800_000_000..=1_800_000_000_i64) {
        if value != i64::MIN {
            prop_assert_eq!(parse::number(&parse::separated(value), &[]), Ok(value));
        }
        prop_assert_eq!(parse::degrees(&parse::degrees_text(degrees), 180), Some(degrees));
    }
}
