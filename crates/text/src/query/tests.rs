use proptest::prelude::*;

use super::{MAX_CHARS, MAX_PARTS, Parsed, Script, parse};

/// Parts as "text/stem", with - for what is not wanted and quotes for a phrase.
fn shown(parsed: &Parsed) -> String {
    let part = |part: &super::Part| {
        let (not, quote) = (if part.not { "-" } else { "" }, if part.phrase { "\"" } else { "" });
        format!("{not}{quote}{}/{}{quote}", part.text, part.stem)
    };
    parsed.parts.iter().map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn queries_come_apart() {
    for (text, expected) in [
        ("", ""),
        ("   ", ""),
        ("!?…", ""),
        ("공원", "공원/공원"),
        ("공원에서 놀이터를", "공원에서/공원 놀이터를/놀이터"),
        ("강을", "강을/강"),
        ("시도", "시도/시도"),
        ("어린이 보호구역에", "어린이/어린이 보호구역에/보호구역"),
        ("\"어린이 보호구역\" 속도", "\"어린이 보호구역/어린이 보호구역\" 속도/속도"),
        ("“금연 구역”", "\"금연 구역/금연 구역\""),
        ("\"열기만", "열기만/열기"),
        ("공원 -주차장", "공원/공원 -주차장/주차장"),
        ("공원 -\"주차 요금\"", "공원/공원 -\"주차 요금/주차 요금\""),
        ("공원-주차장", "공원/공원 주차장/주차장"),
        ("- 공원", "공원/공원"),
        ("－공원 길", "-공원/공원 길/길"),
        ("공원은 어디에 있습니까", "공원은/공원 어디에/어디"),
        ("공원을 고쳐 주세요", "공원을/공원 고쳐/고치"),
        ("있습니다", "있습니다/있습니다"),
        ("길이 좁아요", "길이/길이"),
        ("먼지가 심합니다", "먼지가/먼지"),
        ("그리고 매우", "그리고/그리고 매우/매우"),
        ("은는이가", "은는이가/은는"),
        ("AI를", "ai를/ai"),
        ("2026년", "2026년/2026"),
        ("2,026명", "2026명/2026명"),
        ("101번", "101번/101번"),
        ("Parks of Seoul", "parks/park seoul/seoul"),
        ("Seoul's", "seoul/seoul"),
        ("공원ㅇ", "공원/공원"),
        ("ㅠㅠ", "ㅠㅠ/ㅠㅠ"),
        ("초·중·고", "초중고/초중고"),
        ("공원 공원 공원", "공원/공원"),
        ("ＡＩ", "ai/ai"),
        ("e-mail", "e/e mail/mail"),
    ] {
        assert_eq!(shown(&parse(text)), expected, "{text}");
    }
}

#[test]
fn parts_know_their_script() {
    for (text, expected) in [
        ("공원", Script::Hangul),
        ("park", Script::Latin),
        ("KF94", Script::Latin),
        ("2,026", Script::Number),
        ("2026년", Script::Number),
        ("AI를", Script::Latin),
        ("101번", Script::Mixed),
        ("市廳", Script::Mixed),
        ("ㅠㅠ", Script::Mixed),
    ] {
        assert_eq!(parse(text).parts[0].script, expected, "{text}");
    }
}

#[test]
fn consonants_are_initials() {
    for (text, expected) in [
        ("ㄱㅊㅇ", Some("ㄱㅊㅇ")),
        ("ㅇㄹㅇ ㅂㅎㄱㅇ", Some("ㅇㄹㅇㅂㅎㄱㅇ")),
        ("ㄳ", Some("ㄱㅅ")),
        ("ﾡﾺ", Some("ㄱㅊ")),
        ("\u{1100}\u{110E}", Some("ㄱㅊ")),
        ("ㄱㅏ", None),
        ("ㄱㅊ 공원", None),
        ("", None),
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.initials.as_deref(), expected, "{text}");
        assert!(parsed.initials.is_none() || parsed.parts.is_empty());
    }
}

#[test]
fn of_a_long_query_the_beginning_is_used() {
    let many: String = (0..100).map(|n| format!("낱말{n} ")).collect();
    for text in ["공".repeat(10_000), many, "\"".repeat(10_000), "-".repeat(10_000), "은 ".repeat(5_000)] {
        let parsed = parse(&text);
        assert!(parsed.cut);
        assert!(parsed.parts.len() <= MAX_PARTS);
        assert!(parsed.parts.iter().all(|part| part.text.chars().count() <= MAX_CHARS));
    }
    assert!(!parse("공원 놀이터").cut);
}

proptest! {
    #[test]
    fn anything_can_be_typed(text in prop_oneof![any::<String>(), "[가-힣ㄱ-ㅣa-z0-9 \"\\-,.·은는을를]{0,80}"]) {
        let parsed = parse(&text);
        prop_assert!(parsed.parts.len() <= MAX_PARTS);
        for part in &parsed.parts {
            prop_assert!(!part.text.is_empty() && !part.stem.is_empty());
            prop_assert!(part.text.chars().any(char::is_alphanumeric));
        }
        // What has a letter or digit in it looks for something.
        let plain = text.chars().take(MAX_CHARS).any(|c| ('가'..='힣').contains(&c));
        prop_assert!(!plain || text.len() > MAX_CHARS || !parsed.parts.is_empty(), "{text}");
    }
}
