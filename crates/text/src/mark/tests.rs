use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::{marks, snippet};
use crate::query::parse;

/// The text with its marks in brackets.
fn marked(query: &str, text: &str) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for range in marks(&parse(query), text) {
        shown.push_str(&text[at..range.start]);
        shown.push('[');
        shown.push_str(&text[range.clone()]);
        shown.push(']');
        at = range.end;
    }
    shown.push_str(&text[at..]);
    shown
}

#[test]
fn marks_stand_on_the_right_syllables() {
    for (query, expected) in [
        ("공원", "[공원]에서 놀아요"),
        ("공원에서", "[공원]을 고쳐요"),
        ("공원", "소[공원]이 없어요"),
        ("어린이보호구역", "[어린이 보호구역] 안"),
        ("어린이보호구역", "[어린이 보호 구역]을"),
        ("어린이 보호구역", "[어린이보호구역]에서"),
        ("민원", "시민 원하는 것"),
        ("민원", "[민원]을 내는 시민 원하는 것"),
        ("강", "[강]을 따라 건강 강당"),
        ("강을", "[강]에서 한강"),
        ("고쳐", "[고쳤]습니다"),
        ("고쳐주세요", "안 [고쳐] 줘요"),
        ("설치해주세요", "가로등 [설치]를"),
        ("park", "[Parks] and parking"),
        ("2026", "[2,026]명 20261"),
        ("2026년", "[2026]년 예산"),
        ("101번", "[101번] 버스 101 동"),
        ("ai를", "[AI]로"),
        ("ＡＩ", "[AI] [ＡＩ]"),
        ("ㄱㅊㅇ", "[경찰이] 왔다"),
        ("ㅂㅎㄱㅇ", "어린이 [보호 구역]"),
        ("ㄹㅇ", "어[린이] 집"),
        ("\"보호 구역\"", "어린이 [보호구역]"),
        ("\"금연 구역\"", "[금연 구역]과 금연을 하는 구역"),
        ("공원 -놀이터", "[공원] 놀이터"),
        ("불법주차단속강화", "[불법] 노점과 [주차] [단속]을"),
        ("초·중·고", "[초·중·고] 학생, [초중고]"),
        ("공원", "공\n원"),
        ("공원", "[공\u{200B}원]이"),
        ("공원", "👍🏽[공원]👍"),
        ("", "아무것도"),
        ("!?", "아무것도!?"),
    ] {
        let plain = expected.replace(['[', ']'], "");
        assert_eq!(marked(query, &plain), expected, "{query}");
    }
}

#[test]
fn a_text_from_a_mac_is_marked_where_it_stands() {
    let text: String = "우리 동네 공원에서".nfd().collect();
    for query in ["공원".to_owned(), "공원".nfd().collect()] {
        let found: Vec<String> =
            marks(&parse(&query), &text).into_iter().map(|range| text[range].nfc().collect()).collect();
        assert_eq!(found, ["공원"]);
    }
}

#[test]
fn a_snippet_shows_where_most_of_the_query_stands() {
    let text = "처음에는 공원 이야기가 아닙니다. 그 뒤로 여러 말이 길게 이어집니다. 우리 동네 공원 놀이터가 고장났습니다. 끝으로 몇 마디 더 합니다.";
    let found = snippet(&parse("공원 놀이터"), text, 30).unwrap();
    assert!(found.text.contains("공원 놀이터가"), "{found:?}");
    assert!(found.text.chars().count() <= 30, "{found:?}");
    assert!(found.before && found.after);
    let shown: Vec<&str> = found.marks.iter().map(|range| &found.text[range.clone()]).collect();
    assert_eq!(shown, ["공원", "놀이터"]);
    assert!(text.contains(&found.text));
    // Cut at words.
    let at = text.find(&found.text).unwrap();
    assert!(text[..at].ends_with(' ') && text[at + found.text.len()..].starts_with(' '), "{found:?}");

    let all = snippet(&parse("공원"), "공원", 30).unwrap();
    assert_eq!((all.text.as_str(), all.before, all.after), ("공원", false, false));
    assert_eq!(snippet(&parse("도서관"), text, 30), None);
    assert_eq!(snippet(&parse(""), text, 30), None);
    assert_eq!(snippet(&parse("-공원"), text, 30), None);
}

#[test]
fn a_word_longer_than_the_window_is_cut() {
    let text = format!("{}공원{}", "가".repeat(500), "나".repeat(500));
    let found = snippet(&parse("공원"), &text, 40).unwrap();
    assert!(found.text.chars().count() <= 80, "{}", found.text.chars().count());
    assert_eq!(found.marks.iter().map(|range| &found.text[range.clone()]).collect::<Vec<_>>(), ["공원"]);
    assert!(found.before && found.after);
}

#[test]
fn long_texts_and_queries_are_marked_in_time() {
    let text = "어린이 보호구역 안의 공원에서 ".repeat(600);
    let query = "어린이보호구역불법주차단속강화요청공원".repeat(15);
    assert!(marks(&parse(&query), &text).len() > 600);
    snippet(&parse("공원 어린이"), &text, 120).unwrap();
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[가-깋ㄱ-ㅣa-c0-9,.'\"· \n은는을를이가]{0,60}",
        "[\u{1100}-\u{1103}\u{1161}-\u{1163}\u{11A8}-\u{11AA}\u{300}\u{200B}a ]{0,30}",
    ]
}

proptest! {
    #[test]
    fn marks_lie_in_the_text(query in text(), text in text()) {
        let mut last = None;
        for range in marks(&parse(&query), &text) {
            prop_assert!(range.start < range.end && text.get(range.clone()).is_some());
            prop_assert!(last.is_none_or(|last| last < range.start));
            last = Some(range.end);
        }
    }

    #[test]
    fn snippets_are_parts_of_the_text(query in text(), text in text(), chars in 0usize..50) {
        if let Some(found) = snippet(&parse(&query), &text, chars) {
            prop_assert!(text.contains(&found.text));
            prop_assert!(!found.marks.is_empty(), "{found:?}");
            for range in &found.marks {
                prop_assert!(range.start < range.end && found.text.get(range.clone()).is_some());
            }
        }
    }

    /// What is marked for a phrase is the phrase, whatever its spaces and its normal form.
    #[test]
    fn what_is_marked_is_what_was_asked(
        before in "[가-힣 ]{0,8}", word in "[가-힣]{2,6}", after in "( [가-힣]{1,4})?", nfd in any::<bool>(),
    ) {
        let text = format!("{before} {word}{after}");
        let text: String = if nfd { text.nfd().collect() } else { text };
        let found = marks(&parse(&format!("\"{word}\"")), &text);
        prop_assert!(!found.is_empty());
        for range in found {
            let mut shown: String = text[range].nfc().filter(|c| *c != ' ').collect();
            while let Some(rest) = shown.strip_prefix(word.as_str()) {
                shown = rest.to_owned();
            }
            prop_assert!(shown.is_empty() || word.contains(&shown), "{shown} for {word}");
        }
    }
}
