use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::{Before, Class, Kind, fold, pieces, write};

fn plain(text: &str) -> String {
    fold(text).iter().map(|sym| sym.ch).collect()
}

#[test]
fn characters_take_one_shape() {
    for (text, expected) in [
        ("공원", "공원"),
        ("ＡＩ　행정", "ai 행정"),
        ("２０２６", "2026"),
        ("ﾊﾝｸﾞﾙ", "ハングル"),
        ("ㄱㅏ", "ㄱㅏ"),
        ("ﾡﾢ", "ㄱㄲ"),
        ("Café CAFE\u{301} Straße", "cafe cafe straße"),
        ("й и\u{306}", "и и"),
        ("が か\u{3099}", "が が"),
        ("① ㈜ ㎡ Ⅱ", "1 (주) m2 ii"),
        ("공\u{200B}원\u{FEFF}", "공원"),
        ("\u{202E}공원\u{202C}", "공원"),
        ("“공원” ‘길’", "\"공원\" '길'"),
        ("초ㆍ중・고", "초·중·고"),
        ("İ", "i"),
        ("\u{1100}\u{1161}\u{11A8}\u{1100}", "각ㄱ"),
        ("가\u{11A8}", "각"),
    ] {
        assert_eq!(plain(text), expected, "{text}");
    }
}

#[test]
fn symbols_know_their_bytes() {
    let text = "a\u{1100}\u{1169}\u{11BC}원e\u{301}";
    let symbols: Vec<_> = fold(text).iter().map(|sym| (sym.ch, text.get(sym.from..sym.to).unwrap())).collect();
    assert_eq!(symbols, [('a', "a"), ('공', "\u{1100}\u{1169}\u{11BC}"), ('원', "원"), ('e', "e\u{301}")]);
}

#[test]
fn pieces_are_runs_of_one_script() {
    let text = "2,026년 AI기반 행정·서울市, Seoul's ㅋㅋ 1,2";
    let syms = fold(text);
    let mut buffer = String::new();
    let found: Vec<_> = pieces(&syms)
        .map(|piece| {
            write(&syms[piece.start..piece.end], &mut buffer);
            (buffer.clone(), piece.kind, piece.before)
        })
        .collect();
    let expected = [
        ("2026", Kind::Other, Before::Break),
        ("년", Kind::Hangul, Before::Nothing),
        ("ai", Kind::Other, Before::Space),
        ("기반", Kind::Hangul, Before::Nothing),
        ("행정", Kind::Hangul, Before::Space),
        ("서울", Kind::Hangul, Before::Dot),
        ("市", Kind::Han, Before::Nothing),
        ("seoul", Kind::Other, Before::Break),
        ("ㅋㅋ", Kind::Jamo, Before::Space),
        ("1", Kind::Other, Before::Space),
        ("2", Kind::Other, Before::Break),
    ]
    .map(|(text, kind, before)| (text.to_owned(), kind, before));
    assert_eq!(found, expected);
}

proptest! {
    #[test]
    fn any_text_gives_ordered_symbols(text in any::<String>()) {
        let mut last = 0;
        for sym in fold(&text) {
            prop_assert!(sym.from < sym.to && sym.from >= last.min(sym.from));
            prop_assert!(text.get(sym.from..sym.to).is_some());
            prop_assert!(sym.from >= last || sym.to >= last);
            last = sym.from;
        }
    }

    #[test]
    fn forms_of_normalisation_are_one(text in "[가-힣ㄱ-ㅣa-zA-Zà-üぁ-ヺ一-十а-ё0-9 .,'\"·\n]{0,40}") {
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        let shape = |text: &str| fold(text).iter().map(|sym| (sym.ch, sym.class)).collect::<Vec<(char, Class)>>();
        prop_assert_eq!(shape(&nfc), shape(&nfd));
    }
}
