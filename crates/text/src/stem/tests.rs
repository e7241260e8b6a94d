use super::{Single, english, is_ending, single, stem};
use crate::fold::fold;

fn cut(word: &str) -> String {
    let syms = fold(word);
    let mut text = String::new();
    stem(&syms).write(&syms, &mut text);
    text
}

#[test]
fn particles_and_endings_come_off() {
    for (word, expected) in [
        ("공원", "공원"),
        ("공원을", "공원"),
        ("공원에서", "공원"),
        ("공원에서는", "공원"),
        ("도서관에서부터는", "도서관"),
        ("어린이라고", "어린이"),
        ("어린이들이", "어린이"),
        ("주민들에게", "주민"),
        ("위원회의", "위원회"),
        ("국무회의", "국무회의"),
        ("국무회의에서", "국무회의"),
        ("자전거도로가", "자전거도로"),
        ("교차로에", "교차로"),
        ("산책로를", "산책로"),
        ("설치해주세요", "설치"),
        ("설치하였습니다", "설치"),
        ("설치했어요", "설치"),
        ("설치하겠습니다", "설치"),
        ("설치되었어요", "설치"),
        ("설치해주셨으면", "설치"),
        ("보였습니다", "보이"),
        ("설치됐는데", "설치"),
        ("개선시켜주세요", "개선"),
        ("설치해줘요", "설치"),
        ("강을", "강을"),
        ("안전사고가", "안전사고"),
        ("주민참여가", "주민참여"),
        ("고속도로에서", "고속도로"),
        ("제도로", "제도"),
        ("행정의", "행정"),
        ("미세먼지가", "미세먼지"),
        ("타워", "타워"),
        ("타워에서", "타워"),
        ("만족도", "만족도"),
        ("전문가가", "전문가"),
    ] {
        assert_eq!(cut(word), expected, "{word}");
    }
}

#[test]
fn verbs_meet_in_their_stem() {
    for (forms, expected) in [
        ("고쳐 고쳐줘요 고쳐주세요 고쳤습니다 고쳐서 고쳤는데 고쳐요", "고치"),
        ("꺼져서 꺼졌어요 꺼져요 꺼졌습니다", "꺼지"),
        ("막혀서 막혔습니다 막혀요", "막히"),
        ("치워요 치웠습니다 치워주세요", "치우"),
        ("힘들어요 힘들었습니다 힘들어서 힘들네요", "힘들"),
        ("버렸습니다 버렸는데", "버리"),
        ("고장났어요 고장났습니다 고장났는데", "고장"),
    ] {
        for form in forms.split(' ') {
            assert_eq!(cut(form), expected, "{form}");
        }
    }
}

#[test]
fn a_short_word_may_be_a_noun_of_one_syllable() {
    for (word, expected) in [
        ("강을", Single::Sure),
        ("길은", Single::Sure),
        ("길에서", Single::Sure),
        ("물이", Single::Maybe),
        ("나이", Single::No),
        ("공원", Single::No),
        ("제도", Single::No),
        ("마을", Single::No),
        ("효과", Single::No),
        ("강", Single::No),
    ] {
        assert_eq!(single(&fold(word)), expected, "{word}");
    }
}

#[test]
fn what_follows_a_foreign_word_may_be_a_particle() {
    for word in ["를", "은", "에서는", "입니다", "하는"] {
        assert!(is_ending(&fold(word)), "{word}");
    }
    for word in ["기반", "년", "도로"] {
        assert!(!is_ending(&fold(word)), "{word}");
    }
}

#[test]
fn english_plurals_are_folded() {
    for (word, expected) in [
        ("parks", "park"),
        ("cities", "city"),
        ("buses", "bus"),
        ("boxes", "box"),
        ("churches", "church"),
        ("bus", "bus"),
        ("access", "access"),
        ("analysis", "analysis"),
        ("gas", "gas"),
        ("café", "café"),
    ] {
        let mut folded = word.to_owned();
        english::fold(&mut folded);
        assert_eq!(folded, expected, "{word}");
    }
}
