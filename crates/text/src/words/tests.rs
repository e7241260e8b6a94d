use proptest::prelude::*;

use super::{index_terms, overlap, shared, words};

#[test]
fn texts_come_apart_into_words() {
    for (text, expected) in [
        ("", ""),
        ("!? …", ""),
        ("공원을 고쳐 주세요", "공원 고쳐"),
        ("공원에서는 놀이터를", "공원 놀이터"),
        ("도서관에서부터 시청까지", "도서관 시청"),
        ("횡단보도를 설치해주세요", "횡단보도 설치"),
        ("횡단보도 설치", "횡단보도 설치"),
        ("자전거도로로 다닌다", "자전거도로 다닌다"),
        ("자전거도로가 위험합니다", "자전거도로 위험"),
        ("어린이는 어린이를 어린이의", "어린이 어린이 어린이"),
        ("전문가가 평가했습니다", "전문가 평가"),
        ("제도와 국가", "제도 국가"),
        ("시민이라고 시민이나 시민처럼", "시민 시민 시민"),
        ("예산보다 예산만 예산도", "예산 예산 예산"),
        ("개선되었습니다 개선하여 개선할", "개선 개선 개선"),
        ("AI를 활용한 행정", "ai 활용 행정"),
        ("AI기반 행정", "ai 기반 행정"),
        ("ＡＩ　행정", "ai 행정"),
        ("2026년 예산", "2026 예산"),
        ("버스 101번의 배차", "버스 101 번의 배차"),
        ("The Bus of the City", "bus city"),
        ("Straße, CAFÉ", "straße café"),
        ("민원(접수)·처리", "민원 접수 처리"),
        ("그리고 매우 및", ""),
        ("피해와 불만을", "피해 불만"),
        ("\u{1100}\u{1169}\u{11BC}\u{110B}\u{116F}\u{11AB}\u{110B}\u{1173}\u{11AF}", "공원"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

#[test]
fn a_noun_is_the_same_with_every_particle() {
    for noun in ["공원", "도서관", "정류장", "예산", "시민", "마을", "어린이집"] {
        for particle in [
            "은",
            "이",
            "을",
            "과",
            "의",
            "에",
            "에서",
            "에서는",
            "까지",
            "부터",
            "보다",
            "처럼",
            "만",
            "도",
            "입니다",
            "이라고",
        ] {
            assert_eq!(words(&format!("{noun}{particle}")), [noun], "{noun}{particle}");
        }
    }
    for noun in ["학교", "버스", "놀이터", "어린이", "보호구역도로"] {
        for particle in [
            "는",
            "가",
            "를",
            "와",
            "의",
            "에",
            "에서",
            "에서는",
            "로부터",
            "까지",
            "부터",
            "처럼",
            "만",
            "입니다",
            "라고",
        ] {
            assert_eq!(words(&format!("{noun}{particle}")), [noun], "{noun}{particle}");
        }
    }
}

#[test]
fn what_is_shown_as_shared_are_whole_words() {
    let theirs = index_terms("회의록 공개", "회의록이 늦게 나왔습니다. 공개된 내용이 부서졌습니다.");
    assert_eq!(
        shared("회의록을 공개해 주세요", "내용이 사라졌습니다. 고장 났습니다", &theirs),
        ["회의록", "공개", "내용"]
    );
    for piece in ["의록", "습니", "니다"] {
        assert!(!shared("회의록 공개", "못 봤습니다", &theirs).iter().any(|word| word == piece), "{piece}");
    }
    assert!(theirs.iter().all(|term| term != "니다" && term != "습니"), "{theirs:?}");
    assert!(theirs.iter().any(|term| term == "의록"), "pairs stay in the index");
    assert_eq!(words("고장 났습니다 언니다"), ["고장", "언니다"]);
}

#[test]
fn two_syllables_stay() {
    for word in ["은은", "나라", "도로", "회의", "가로등", "길가", "바다", "하나"] {
        assert_eq!(words(word), [word], "{word}");
    }
}

#[test]
fn an_index_has_words_and_pairs_title_first() {
    assert_eq!(index_terms("공원 조명", "공원에 가로등"), ["공원", "조명", "가로등", "가로", "로등"]);
    assert_eq!(index_terms("보호구역", ""), ["보호구역", "보호", "호구", "구역"]);
    assert_eq!(index_terms("", ""), Vec::<String>::new());
    assert_eq!(index_terms("internet", ""), ["internet"]);
    let many: String = (0..200).map(|n| format!("w{n} ")).collect();
    let terms = index_terms("가나다라", &many);
    assert_eq!((terms.len(), terms[0].as_str(), terms[4].as_str()), (64, "가나다라", "w0"));
    assert_eq!(index_terms(&"x".repeat(100), ""), ["x".repeat(32)]);
}

#[test]
fn texts_about_the_same_matter_overlap() {
    let per_mille = |a: &str, b: &str| overlap(&index_terms(a, ""), &index_terms(b, ""));
    assert_eq!(per_mille("공원에 가로등을 설치해 주세요", "공원 가로등 설치"), 1000);
    assert_eq!(per_mille("공원 가로등", "버스 노선"), 0);
    assert_eq!(per_mille("", ""), 0);
    assert_eq!(per_mille("공원", ""), 0);
    let apart = per_mille("어린이 보호구역 속도 제한", "어린이보호구역 속도제한");
    let unlike = per_mille("어린이 보호구역 속도 제한", "어린이집 급식 예산");
    assert!(apart > 450 && unlike < 250 && apart > 2 * unlike, "{apart} {unlike}");
    let part = per_mille("주차장 부족", "아파트 앞 주차장 부족으로 밤마다 길가에 차를 세웁니다");
    assert!((400..900).contains(&part), "{part}");
}

#[test]
fn overlap_counts_each_word_once() {
    let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    // I = 2, U = 6, M = 4: (2 · 333 + 500) / 3.
    assert_eq!(overlap(&list(&["공원", "조명"]), &list(&["공원", "버스"])), 388);
    assert_eq!(overlap(&list(&["공원", "공원"]), &list(&["공원"])), 1000);
    // Five letters weigh four: I = 4, U = 6, M = 4.
    assert_eq!(overlap(&list(&["parks"]), &list(&["parks", "버스"])), 777);
}

#[test]
fn long_texts_end() {
    for unit in ["가", "은 ", "공원에서는 ", "a1", "\u{1100}"] {
        let text = unit.repeat(100_000 / unit.len());
        assert!(index_terms(&text, &text).len() <= 64);
    }
}

proptest! {
    #[test]
    fn any_text_comes_apart(text in prop_oneof![any::<String>(), "[가나은는이 도로하다a1\u{301}\u{1112}]{0,40}"]) {
        let found = words(&text);
        prop_assert!(found.iter().all(|word| !word.is_empty() && !word.contains(char::is_whitespace)));
        prop_assert_eq!(&words(&text), &found);
        let terms = index_terms(&text, &text);
        prop_assert!(terms.len() <= 64 && terms.iter().all(|t| t.chars().count() <= 32));
        let share = overlap(&found, &terms);
        prop_assert!(share <= 1000 && share == overlap(&terms, &found));
        prop_assert_eq!(overlap(&terms, &terms), if terms.is_empty() { 0 } else { 1000 });
    }
}
