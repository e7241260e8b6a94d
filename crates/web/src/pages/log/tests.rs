//! What can be typed into the search, and what the parts of these pages keep apart.

use madang_base::Time;
use madang_kernel::Ref;

use super::search::{Asked, index, read, time};

#[test]
fn a_record_has_one_address() {
    assert_eq!(index("0"), Some(0));
    assert_eq!(index("136000000"), Some(136_000_000));
    for other in ["", "00", "01", "-1", "+1", "1 ", "1.0", "x", "١", "99999999999999999"] {
        assert_eq!(index(other), None, "{other}");
    }
}

#[test]
fn what_is_typed_is_understood() {
    for (typed, expected) in [
        ("123", Asked::Leaf(123)),
        (" 기록 1,234번 ", Asked::Leaf(1234)),
        ("#7", Asked::Leaf(7)),
        ("Record 7", Asked::Leaf(7)),
        ("kr-2021", Asked::Word("plan:kr-2021".parse().unwrap())),
        ("KR-2021/2.1", Asked::Word("commitment:kr-2021/2.1".parse().unwrap())),
        ("kr-2021/2.1/3", Asked::Word("milestone:kr-2021/2.1/3".parse().unwrap())),
        ("plan:kr-2021", Asked::Object("plan:kr-2021".parse().unwrap())),
        ("<script>", Asked::Nothing),
        ("", Asked::Nothing),
        ("서울 시민", Asked::Nothing),
    ] {
        assert_eq!(read(typed), expected, "{typed}");
    }
    let code = madang_kernel::ledger::ReceiptCode { at: Time::from_micros(1_773_100_800_000_000), hash: [7; 8] };
    assert_eq!(read(&code.to_string().to_uppercase()), Asked::Receipt(code));
}

#[test]
fn the_number_of_a_case_is_none_of_a_record() {
    let rng = madang_base::SeededRng::new(b"log");
    let number = madang_form::number::number("P-{year}-{code}", 2026, &rng);
    assert_eq!(read(&number.to_lowercase()), Asked::Number(number));
}

#[test]
fn times_are_read_as_korean_time_unless_they_say_where() {
    let noon = Time::parse("2026-03-10T03:00:00Z").unwrap();
    for text in ["2026-03-10T12:00", "2026-03-10 12:00", "2026-03-10T12:00:00", "2026-03-10T12:00:00+09:00"] {
        assert_eq!(time(text), Some(noon), "{text}");
    }
    assert_eq!(time("2026-03-10"), Time::parse("2026-03-09T15:00:00Z").ok());
    for other in ["", "2026", "2026-13-01", "2026-03-10T25:00", "오늘 아침 일찍부터요"] {
        assert_eq!(time(other), None, "{other}");
    }
}

#[test]
fn a_report_is_about_its_milestone() {
    let leaf = |entry: &str, object: &str| madang_kernel::log::Leaf {
        index: 0,
        at: Time::from_micros(1),
        kind: "update.published".into(),
        object: object.parse().ok(),
        public: true,
        entry: entry.into(),
        hash: madang_tlog::leaf_hash(entry.as_bytes()),
    };
    let about = |entry, object| super::lines::about(&leaf(entry, object)).as_ref().map(Ref::to_string);
    let both = r#"{"fields":{"commitment":"commitment:kr-2021/1","milestone":"milestone:kr-2021/1/2"}}"#;
    assert_eq!(about(both, "update:u-1").as_deref(), Some("milestone:kr-2021/1/2"));
    assert_eq!(about(r#"{"fields":{"plan":"plan:kr-2021"}}"#, "round:r-1").as_deref(), Some("plan:kr-2021"));
    assert_eq!(about(both, "plan:kr-2021").as_deref(), Some("plan:kr-2021"));
    assert_eq!(about("{}", "update:u-1").as_deref(), Some("update:u-1"));
}
