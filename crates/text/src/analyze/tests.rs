use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::{MAX_STROKES, Stream, typed_query};

/// Terms with their positions: "공원@0 놀이터@1".
fn terms(stream: Stream, text: &str) -> String {
    let mut found = Vec::new();
    stream.tokens(text, |token| found.push(format!("{}@{}", token.text, token.position)));
    found.join(" ")
}

fn texts(stream: Stream, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    stream.tokens(text, |token| found.push(token.text.to_owned()));
    found
}

#[test]
fn words_are_stems_and_what_stands_there() {
    for (text, expected) in [
        ("", ""),
        ("!? …", ""),
        ("공원", "공원@0"),
        ("공원에서 놀이터를", "공원@0 공원에서@0 놀이터@1 놀이터를@1"),
        ("강을 따라", "강@0 강을@0 따라@1"),
        ("나이 제도", "나이@0 제도@1"),
        ("AI를 활용한 Parks", "ai@0 활용@1 활용한@1 park@2 parks@2"),
        ("2,026명 2026년", "2026@0 명@1 2026@2 년@3"),
        ("그리고 the 공원ㅋㅋ", "공원@0"),
        ("고쳤습니다", "고치@0 고쳤습니다@0"),
        ("서울市", "서울@0 市@1"),
    ] {
        assert_eq!(terms(Stream::Word, text), expected, "{text}");
    }
}

#[test]
fn pairs_do_not_care_for_spaces() {
    let close = "어린@0 린이@1 이보@2 보호@3 호구@4 구역@5";
    for (text, expected) in [
        ("어린이보호구역", close),
        ("어린이 보호 구역", close),
        ("어린이·보호구역", close),
        ("꽃", "꽃@0"),
        ("꽃 길", "꽃길@0"),
        ("꽃, 길", "꽃@0 길@2"),
        ("공원\n놀이", "공원@0 놀이@3"),
        ("제3차 계획", "제@0 3@1 차@2 차계@2 계획@3"),
        ("3차", "3@0 차@1"),
        ("시행 제3", "시행@0 행제@1 제@2 3@3"),
        ("Seoul Parks", "seoul@0 park@1"),
        ("ㅠㅠ", "ㅠㅠ@0"),
        ("東京都", "東京@0 京都@1"),
        ("", ""),
    ] {
        assert_eq!(terms(Stream::Pair, text), expected, "{text}");
    }
}

#[test]
fn initials_stand_in_pairs_triples_and_words() {
    for (text, expected) in [
        ("경찰이", "^ㄱㅊㅇ@0 ㄱㅊ@0 ㄱㅊㅇ@0 ㅊㅇ@1"),
        ("꽃 길", "^ㄲ@0 ㄲㄱ@0 ^ㄱ@1"),
        ("꽃", "^ㄲ@0 ㄲ@0"),
        ("공원 AI 길", "^ㄱㅇ@0 ㄱㅇ@0 ^ㄱ@3 ㄱ@3"),
    ] {
        assert_eq!(terms(Stream::Initial, text), expected, "{text}");
    }
}

#[test]
fn what_is_typed_halfway_leads_to_the_title() {
    let title = "한강 공원에 Wi-Fi 설치";
    let typed = texts(Stream::Typed, title);
    for start in [
        "ㅎ",
        "하",
        "한",
        "한ㄱ",
        "한강공",
        "한강 고",
        "공워",
        "공원",
        "공우",
        "곤",
        "ㄱㅇ",
        "ㅎㄱㄱㅇ",
        "ㄳㅊ",
        "w",
        "wi",
        "설",
        "성",
    ] {
        let query = typed_query(start).unwrap();
        let is_right = !matches!(start, "곤" | "ㄳㅊ" | "성");
        assert_eq!(typed.contains(&query), is_right, "{start}: {query}");
    }
    assert_eq!(typed_query("공워").as_deref(), Some("ㄱㅗㅇㅇㅜㅓ"));
    assert_eq!(typed_query("ㄳ").as_deref(), Some("ㄱㅅ"));
    assert_eq!(typed_query(" !? "), None);
    assert!(typed.iter().all(|term| (1..=MAX_STROKES).contains(&term.chars().count())));
}

#[test]
fn the_bytes_are_those_of_the_text_as_given() {
    let text: String = "ＡＩ로 공원을".nfd().collect();
    let mut found = Vec::new();
    Stream::Word.tokens(&text, |token| {
        found.push((token.text.to_owned(), text.get(token.from..token.to).unwrap().nfc().collect::<String>()));
    });
    let expected = [("ai", "ＡＩ"), ("공원", "공원"), ("공원을", "공원을")];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn long_and_strange_texts_are_fine() {
    let long = "공원에서".repeat(2_500);
    for text in [long.as_str(), "은는이가을를", "👩‍👩‍👧 🇰🇷 👍🏽", "\u{202E}\u{200B}\u{200D}", "ㅏㅏㅏ ㄱ", "﷽ \u{0}\u{7F}"]
    {
        for stream in [Stream::Word, Stream::Pair, Stream::Initial, Stream::Typed] {
            terms(stream, text);
        }
    }
    assert_eq!(texts(Stream::Pair, &long).len(), 9_999);
}

#[test]
fn a_plain_text_knows_where_it_came_from() {
    let given: String = "ＡＩ  공원".nfd().collect();
    let plain = super::Plain::of(&given);
    assert_eq!(plain.text(), "ai  공원");
    let at = plain.text().find("공원").unwrap();
    assert_eq!(given.get(plain.given(at..at + 6)).unwrap().nfc().collect::<String>(), "공원");
    assert_eq!(plain.given(0..0), 0..0);
}

/// Texts as they come: Hangul with spaces and particles, other scripts, marks, everything.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[가-힣]{1,4}(을|에서|는|이|로|했습니다|쳐요)?( [가-힣]{1,3}(도|은|입니다)?){0,5}",
        "[가-깋ㄱ-ㅣa-zA-Z0-9,.'\"· \n은는을를이가]{0,60}",
        "[\u{1100}-\u{1112}\u{1161}-\u{1175}\u{11A8}-\u{11C2}\u{300}\u{200B}a ]{0,30}",
    ]
}

proptest! {
    #[test]
    fn tokens_lie_in_the_text(text in text()) {
        for stream in [Stream::Word, Stream::Pair, Stream::Initial, Stream::Typed] {
            let mut last = 0;
            let mut bad = None;
            stream.tokens(&text, |token| {
                let lies = token.from < token.to && text.get(token.from..token.to).is_some();
                if !lies || token.position < last || token.text.is_empty() {
                    bad = Some(format!("{token:?}"));
                }
                last = token.position;
            });
            prop_assert!(bad.is_none(), "{stream:?} {bad:?}");
        }
    }

    #[test]
    fn normal_forms_give_the_same_terms(text in "[가-힣ㄱ-ㅣa-zA-Zà-üぁ-ヺ一-十0-9 .,'\"·\n]{0,60}") {
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        for stream in [Stream::Word, Stream::Pair, Stream::Initial, Stream::Typed] {
            prop_assert_eq!(terms(stream, &nfc), terms(stream, &nfd));
        }
    }

    /// A piece of a text, with other spaces, is found in the text by its pairs as a phrase.
    #[test]
    fn a_part_is_a_phrase_of_the_whole(
        words in proptest::collection::vec("[가-나]{1,4}|[a-z]{1,3}|[0-9]{1,2}", 1..8), from in 0usize..8, length in 1usize..8,
    ) {
        let from = from.min(words.len() - 1);
        let part = &words[from..(from + length).min(words.len())];
        // Words of other scripts keep their spaces, Hangul may lose them.
        let mut query = String::new();
        for word in part {
            let meets = |c: Option<char>| c.is_none_or(|c| c >= '가');
            if !(meets(query.chars().next_back()) && meets(word.chars().next())) {
                query.push(' ');
            }
            query.push_str(word);
        }
        // A syllable alone is a word, not a pair.
        prop_assume!(query.trim().chars().count() > 1 || query.trim().is_ascii());
        let set = |text: &str| {
            let mut found = Vec::new();
            Stream::Pair.tokens(text, |token| found.push((token.text.to_owned(), token.position)));
            found
        };
        let whole = set(&words.join(" "));
        let asked = set(&query);
        let found = (0..=whole.last().map_or(0, |last| last.1)).any(|shift| {
            asked.iter().all(|(term, position)| whole.contains(&(term.clone(), position + shift)))
        });
        prop_assert!(found, "{query} in {}", words.join(" "));
    }

    /// The stem of a query is among the words of every text that holds it.
    #[test]
    fn a_word_with_a_particle_is_found(noun in "(공원|도서관|정류장|어린이집|가로등|횡단보도)", particle in "(의|에서|까지|에는|만|도|입니다)") {
        let parsed = crate::query::parse(&format!("{noun}{particle}"));
        prop_assert_eq!(&parsed.parts[0].stem, &noun);
        prop_assert!(texts(Stream::Word, &noun).contains(&parsed.parts[0].stem));
    }
}
