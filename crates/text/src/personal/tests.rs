use proptest::prelude::*;

use super::{Confidence, Finding, Kind, find, mask};

#[test]
fn codes_are_stable() {
    let codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(
        codes,
        [
            "resident-number",
            "foreigner-number",
            "passport",
            "driver-licence",
            "mobile-phone",
            "phone",
            "card",
            "account",
            "email",
            "address",
            "business-number",
        ]
    );
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
    for confidence in [Confidence::Possible, Confidence::Likely, Confidence::Certain] {
        assert_eq!(serde_json::to_value(confidence).unwrap(), confidence.code());
    }
    assert!(Kind::ALL.is_sorted());
}

#[test]
fn several_in_one_text_are_found_in_order() {
    let text = "연락처: 010-1234-5678, someone@example.com\n주민번호 880101-1234568 계좌 신한 110-123-456789";
    let found: Vec<_> = find(text).into_iter().map(|f| (f.kind, &text[f.start..f.end])).collect();
    assert_eq!(
        found,
        [
            (Kind::MobilePhone, "010-1234-5678"),
            (Kind::Email, "someone@example.com"),
            (Kind::ResidentNumber, "880101-1234568"),
            (Kind::Account, "110-123-456789"),
        ]
    );
}

#[test]
fn a_mask_keeps_the_shape() {
    for (text, masked) in [
        ("번호 880101-1234568.", "번호 ●●●●●●-●●●●●●●."),
        ("010-1234-5678 / a.b@example.com", "●●●-●●●●-●●●● / ●.●@●●●●●●●.●●●"),
        ("팔팔공일공일-일이삼사오육팔", "●●●●●●-●●●●●●●"),
        ("(서울 강남구 테헤란로 12-3)", "(●● ●●● ●●●● ●●-●)"),
        ("없음", "없음"),
    ] {
        assert_eq!(mask(text, &find(text)), masked);
        assert_eq!(find(masked), []);
    }
}

#[test]
fn a_mask_passes_over_what_does_not_fit() {
    let finding = |start, end| Finding { kind: Kind::Email, start, end, confidence: Confidence::Certain };
    assert_eq!(mask("가나다", &[finding(1, 3), finding(0, 99), finding(6, 3), finding(50, 60)]), "가나다");
    assert_eq!(mask("가나다", &[finding(3, 9), finding(0, 6)]), "●●다");
}

/// Repetitions in which a quadratic search shows: every place could be the beginning of something.
const HOSTILE: &[&str] = &[
    "1-",
    "팔",
    "a@",
    "가로 12 ",
    "계좌 110-123-456789 ",
    "1",
    "팔팔",
    "1 ",
    "880101-",
    "0 1 0 ",
    "@",
    "a.",
    "골뱅이",
    "로 1",
    "동 1",
    "시 ",
    "가",
    "(",
    "l",
    "O1O",
    "010-1234-5678",
    "M123A",
    "\u{200B}",
    "\u{1112}",
    "*",
    "국 ",
    ". ",
    "11-23-456789-01-",
    "x@y.z ",
    "M 1 2 3 A ",
];

fn search(unit: &str, bytes: usize) {
    let text = unit.repeat(bytes / unit.len());
    let found = find(&text);
    assert_sound(&text, &found);
    assert!(mask(&text, &found).len() >= text.len());
}

fn assert_sound(text: &str, found: &[Finding]) {
    let mut done = 0;
    for f in found {
        assert!(f.start >= done && f.start < f.end, "{f:?}");
        assert!(text.is_char_boundary(f.start) && text.is_char_boundary(f.end), "{f:?}");
        done = f.end;
    }
}

#[test]
fn hostile_repetition_ends() {
    HOSTILE.iter().for_each(|unit| search(unit, 20_000));
}

/// Says nothing about seconds: a quadratic search would not end within a day.
#[test]
#[ignore = "slow: ten megabytes of each of three repetitions"]
fn ten_megabytes_of_hostile_repetition_end() {
    HOSTILE[..3].iter().for_each(|unit| search(unit, 10_000_000));
}

/// Pieces that the rules look for, put together at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "880101",
        "-",
        "1234568",
        "1******",
        "010",
        "1234",
        "5678",
        " ",
        ".",
        "·",
        "계좌",
        "은행",
        "서울",
        "강남구",
        "테헤란로",
        "12길",
        "12-3",
        "101동",
        "1203호",
        "@",
        "example.com",
        "a",
        "M123A4567",
        "O",
        "l",
        "일",
        "이",
        "팔",
        "공",
        "\u{200B}",
        "１",
        "\n",
        "(",
        ")",
        "+82",
        "원",
        "역삼동",
        "산",
        "번지",
        "골뱅이",
        "다시",
        "에",
        "11-23-456789-01",
        "4111",
        "1111",
        ",",
        "\u{1112}\u{1161}\u{11AB}",
        "○",
        "여권",
        "면허",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_searched(text in prop_oneof![any::<String>(), pieces(), "[0-9 .,@a-zO가로길동리시구\\-]{0,60}"]) {
        let found = find(&text);
        assert_sound(&text, &found);
        prop_assert_eq!(&find(&text), &found);
        let masked = mask(&text, &found);
        prop_assert!(found.iter().all(|f| !masked.contains(&text[f.start..f.end]) || text.matches(&text[f.start..f.end]).count() > 1));
        if found.is_empty() {
            prop_assert_eq!(masked, text);
        }
    }

    /// Every resident number with a real day is found, whatever its check digit.
    #[test]
    fn every_resident_number_is_found(year in 0..100_u32, month in 1..=12_u32, day in 1..=28_u32, tail in 1_000_000..9_000_000_u32) {
        let number = format!("{year:02}{month:02}{day:02}-{tail:07}");
        let text = format!("가 {number} 나");
        let found = find(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&text[found[0].start..found[0].end], number);
        prop_assert!(found[0].confidence >= Confidence::Likely);
        let kind = if tail < 5_000_000 { Kind::ResidentNumber } else { Kind::ForeignerNumber };
        prop_assert_eq!(found[0].kind, kind);
    }
}
