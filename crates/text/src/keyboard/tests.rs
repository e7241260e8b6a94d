use proptest::prelude::*;

use super::{to_hangul, to_latin};

#[test]
fn what_was_typed_on_the_wrong_keyboard_is_turned() {
    for (latin, expected) in [
        ("rkd", Some("강")),
        ("rhddnjs", Some("공원")),
        ("djfls dl", Some("어린 이")),
        ("djflsdl qhghrndur", Some("어린이 보호구역")),
        ("rhkswkd", Some("관장")),
        ("ekfr", Some("닭")),
        ("ekfrdl", Some("닭이")),
        ("ekfrl", Some("달기")),
        ("akcladms", Some("마침은")),
        ("Rkr", Some("깍")),
        ("RHC", Some("꽃")),
        ("rkwkd", Some("가장")),
        ("dml", Some("의")),
        ("2026sus", Some("2026년")),
        ("rkd!", Some("강!")),
        ("r", None),
        ("rr", None),
        ("k", None),
        ("park", None),
        ("", None),
        ("123", None),
        ("강", None),
    ] {
        assert_eq!(to_hangul(latin).as_deref(), expected, "{latin}");
    }
}

#[test]
fn hangul_turns_into_the_keys_that_wrote_it() {
    for (hangul, expected) in [
        ("강", Some("rkd")),
        ("ㅔㅁ가", Some("park")),
        ("ㄴ대ㅕㅣ", Some("seoul")),
        ("닭이", Some("ekfrdl")),
        ("꽃", Some("Rhc")),
        ("쨰", Some("WO")),
        ("공원 2", Some("rhddnjs 2")),
        ("park", None),
        ("12", None),
        ("", None),
        ("강é", None),
    ] {
        assert_eq!(to_latin(hangul).as_deref(), expected, "{hangul}");
    }
}

proptest! {
    #[test]
    fn there_and_back(hangul in "[가-힣]{1,8}( [가-힣]{1,8}){0,3}") {
        let keys = to_latin(&hangul).unwrap();
        prop_assert_eq!(to_hangul(&keys), Some(hangul));
    }

    #[test]
    fn anything_can_be_typed(text in any::<String>()) {
        if let Some(hangul) = to_hangul(&text) {
            prop_assert!(hangul.chars().any(|c| ('가'..='힣').contains(&c)));
            prop_assert!(!hangul.chars().any(|c| c.is_ascii_alphabetic()));
        }
        if let Some(latin) = to_latin(&text) {
            prop_assert!(latin.is_ascii());
        }
    }
}
