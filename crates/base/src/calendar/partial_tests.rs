use jiff::civil::date;
use proptest::prelude::*;

use super::{PartialDate, Precision};

fn parse(text: &str) -> PartialDate {
    text.parse().unwrap()
}

#[test]
fn first_and_last_days() {
    for (text, precision, first, last) in [
        ("2023", Precision::Year, date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-Q1", Precision::Quarter, date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q2", Precision::Quarter, date(2023, 4, 1), date(2023, 6, 30)),
        ("2023-Q4", Precision::Quarter, date(2023, 10, 1), date(2023, 12, 31)),
        ("2024-02", Precision::Month, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", Precision::Month, date(2023, 2, 1), date(2023, 2, 28)),
        ("2023-08-31", Precision::Day, date(2023, 8, 31), date(2023, 8, 31)),
    ] {
        let partial = parse(text);
        assert_eq!(partial.precision(), precision, "{text}");
        assert_eq!((partial.first_day(), partial.last_day()), (first, last), "{text}");
        assert_eq!(partial.to_string(), text);
        assert!(partial.contains(first) && partial.contains(last));
        assert!(!partial.contains(first.yesterday().unwrap()) && !partial.contains(last.tomorrow().unwrap()));
    }
}

#[test]
fn refuses_what_is_no_date() {
    for text in [
        "",
        "23",
        "0000",
        "2023-",
        "2023-Q",
        "2023-Q0",
        "2023-Q5",
        "2023-q2",
        "2023-13",
        "2023-00",
        "2023-4",
        "2023-02-29",
        "2023-04-31",
        "2023-04-1",
        "2023-04-30-1",
        "+023",
        " 2023",
        "2023-04-30 ",
        "２０２３",
        "2023/04",
        "2023-Q２",
    ] {
        let error = text.parse::<PartialDate>().unwrap_err();
        assert_eq!(error.code(), "date.partial-format", "{text:?}");
        assert_eq!(error.args()["value"], text);
    }
}

#[test]
fn quarters_know_their_number() {
    let numbers: Vec<_> = (1..=4).map(|q| PartialDate::quarter(2022, q).unwrap().quarter_number()).collect();
    assert_eq!(numbers, [Some(1), Some(2), Some(3), Some(4)]);
    assert_eq!(parse("2022-04").quarter_number(), None);
}

#[test]
fn sorts_by_first_day_then_by_length() {
    let mut dates: Vec<_> = ["2023", "2023-Q1", "2022-12-31", "2023-01-02", "2023-01", "2023-01-01"].map(parse).into();
    dates.sort();
    let texts: Vec<_> = dates.iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["2022-12-31", "2023-01-01", "2023-01", "2023-Q1", "2023", "2023-01-02"]);
}

#[test]
fn json_is_the_text() {
    let partial = parse("2023-Q2");
    assert_eq!(serde_json::to_string(&partial).unwrap(), "\"2023-Q2\"");
    assert_eq!(serde_json::from_str::<PartialDate>("\"2023-Q2\"").unwrap(), partial);
    let message = serde_json::from_str::<PartialDate>("\"Q2 2023\"").unwrap_err().to_string();
    assert!(message.contains("2023-Q2"), "{message}");
}

fn any_partial() -> impl Strategy<Value = PartialDate> {
    (1i16..=9999, 1i8..=12, 1i8..=28, 0u8..4).prop_map(|(year, month, day, kind)| match kind {
        0 => PartialDate::year(year).unwrap(),
        1 => PartialDate::quarter(year, (month + 2) / 3).unwrap(),
        2 => PartialDate::month(year, month).unwrap(),
        _ => PartialDate::from(date(year, month, day)),
    })
}

proptest! {
    #[test]
    fn text_round_trips(partial in any_partial()) {
        prop_assert_eq!(parse(&partial.to_string()), partial);
        prop_assert!(partial.first_day() <= partial.last_day());
    }

    #[test]
    fn never_panics_and_reads_only_what_it_writes(text in "[0-9Q+ -]{0,12}|\\PC{0,12}") {
        if let Ok(partial) = text.parse::<PartialDate>() {
            prop_assert_eq!(partial.to_string(), text);
        }
    }
}
