use proptest::prelude::*;
use unicode_normalization::is_nfc;

use super::{block, deceptive, line};

#[test]
fn a_line_is_one_line() {
    for (input, output) in [
        ("", ""),
        ("   ", ""),
        ("\u{200B}", ""),
        ("  공원을   고쳐 주세요 \r\n", "공원을 고쳐 주세요"),
        ("첫째\n둘째\t셋째", "첫째 둘째 셋째"),
        ("전각\u{3000}공백", "전각 공백"),
        ("a\u{A0}\u{2003}b", "a b"),
        ("관리자\u{202E}gnp.exe", "관리자gnp.exe"),
        ("홍\u{200B}보\u{FEFF}물", "홍보물"),
        ("a \u{200B} b", "a b"),
        ("이름\u{3164}", "이름"),
        ("nul\0l", "null"),
        ("\u{1112}\u{1161}\u{11AB}", "한"),
        ("e\u{200D}\u{301}", "é"),
        ("e\u{301}", "é"),
        ("\u{E000}\u{378}x", "x"),
        ("soft\u{AD}hyphen", "softhyphen"),
        ("👩\u{200D}💻 개발", "👩\u{200D}💻 개발"),
        ("👩🏽\u{200D}💻", "👩🏽\u{200D}💻"),
        ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"),
        ("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}"),
        ("👩\u{200D}x", "👩x"),
        ("1\u{200D}2", "12"),
        ("👩\u{200D}\u{200D}💻", "👩\u{200D}💻"),
        ("\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}"),
        ("x\u{E0067}", "x"),
        ("\u{212B}", "\u{C5}"),
    ] {
        assert_eq!(line(input), output, "{input:?}");
    }
}

#[test]
fn a_block_keeps_its_lines() {
    for (input, output) in [
        ("", ""),
        ("\r\n \r\n", ""),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u{2028}b\u{85}c", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\n\nb"),
        ("a\n \n\t\n  \n\nb", "a\n\n\nb"),
        ("a\n\nb", "a\n\nb"),
        ("\n\n첫 줄  \n  들여쓰기\t\n\n", "첫 줄\n  들여쓰기"),
        ("a\tb\u{3000}c", "a\tb c"),
        ("x\u{202E}y\n\u{200B}\n\u{200B}\n\u{200B}\nz", "xy\n\n\nz"),
        ("a\r\u{200B}\nb", "a\nb"),
    ] {
        assert_eq!(block(input), output, "{input:?}");
    }
}

#[test]
fn the_first_deceptive_character_is_named() {
    for text in ["", "공원 2호", "a\tb\r\nc", "👩\u{200D}💻", "❤\u{FE0F}", "é", "اَلْعَرَبِيَّةُ", "\u{600}123", "�"]
    {
        assert_eq!(deceptive(text), None, "{text:?}");
    }
    let each = "\0\u{7}\u{1B}\u{7F}\u{9F}\u{AD}\u{34F}\u{61C}\u{115F}\u{180E}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\
                \u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2060}\u{2064}\u{2066}\u{2067}\u{2068}\u{2069}\u{206F}\u{2800}\
                \u{3164}\u{FEFF}\u{FFA0}\u{FFF9}\u{E000}\u{F8FF}\u{FFFE}\u{378}\u{E0001}\u{E0041}\u{10FFFF}";
    for c in each.chars() {
        assert_eq!(deceptive(&format!("가{c}나\u{202E}")), Some(c), "{c:?}");
        assert_eq!(line(&format!("가{c}나")), "가나", "{c:?}");
    }
    assert_eq!(deceptive("가\u{200D}나"), Some('\u{200D}'));
}

/// Texts made of what the rules look at, besides any text at all.
fn texts() -> impl Strategy<Value = String> {
    let marks = "[ab1 \t\r\n\u{85}\u{2028}\u{3000}\u{A0}가\u{1112}\u{1161}\u{11AB}\u{301}\u{323}e👩🏽💻❤\u{1F3F4}\u{E0067}\
                 \u{E007F}\u{200B}\u{200D}\u{FE0F}\u{FE0E}\u{202E}\u{FEFF}\u{2000}\u{2126}\u{958}\u{1D160}\u{FB2C}\u{34F}]{0,24}";
    prop_oneof![any::<String>(), marks]
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in texts()) {
        for clean in [line, block] {
            let once = clean(&text);
            prop_assert_eq!(&clean(&once), &once);
            prop_assert!(once.len() <= 3 * text.len(), "{} > 3 * {}", once.len(), text.len());
            prop_assert_eq!(deceptive(&once), None);
            prop_assert!(is_nfc(&once));
        }
        prop_assert!(!line(&text).contains(['\n', '\r', '\t']));
        prop_assert!(!block(&text).contains("\n\n\n\n"));
    }
}
