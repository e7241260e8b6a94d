use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::{BANDS, bands, similarity};

const LAMP: (&str, &str) = (
    "산책로 가로등이 고장났습니다",
    "행복동 하천 산책로의 가로등 다섯 개가 지난주부터 켜지지 않습니다. 밤에 다니기 위험하니 고쳐 주세요.",
);
const SAME: (&str, &str) = (
    "산책로 가로등 고장",
    "행복동 하천 산책로에 있는 가로등 다섯 개가 지난 주부터 켜지지 않아요. 밤에 다니기 위험합니다. 고쳐주세요!",
);
const OTHER: (&str, &str) = (
    "도서관 운영 시간을 늘려 주세요",
    "시립 도서관이 여섯 시에 닫아서 직장인은 쓸 수 없습니다. 아홉 시까지 열어 주세요.",
);

#[test]
fn alike_texts_are_told_from_others() {
    assert_eq!(similarity(LAMP, LAMP), 1000);
    assert!(similarity(LAMP, SAME) > 500, "{}", similarity(LAMP, SAME));
    assert!(similarity(LAMP, OTHER) < 100, "{}", similarity(LAMP, OTHER));
    assert_eq!(similarity(("", ""), ("", "")), 0);
    assert_eq!(similarity(LAMP, ("", "!!")), 0);
}

fn shared(a: (&str, &str), b: (&str, &str)) -> usize {
    let b = bands(b.0, b.1);
    bands(a.0, a.1).iter().filter(|band| b.contains(band)).count()
}

#[test]
fn alike_texts_share_bands() {
    assert_eq!(shared(LAMP, LAMP), BANDS);
    assert!(shared(LAMP, SAME) > 0);
    assert_eq!(shared(LAMP, OTHER), 0);
    assert_eq!(bands("", " …"), Vec::<i64>::new());
}

#[test]
fn bands_are_stored_and_do_not_change() {
    assert_eq!(bands("공원", "")[..2], [7_527_997_433_773_927_839, -753_999_699_461_315_716]);
}

#[test]
fn short_texts_are_told_apart() {
    // A thousand titles of two words: hardly a band is shared.
    let titles: Vec<String> = (0..1_000).map(|n| format!("낱말{n} 제목{}", n * 7 % 1_000)).collect();
    let mut seen = std::collections::BTreeMap::new();
    for title in &titles {
        for band in bands(title, "") {
            *seen.entry(band).or_insert(0) += 1;
        }
    }
    assert!(seen.len() > 10_000, "{}", seen.len());
}

proptest! {
    #[test]
    fn any_text_has_bands_or_no_word(title in any::<String>(), body in "[가-힣a-z0-9 ,.\n]{0,100}") {
        let count = bands(&title, &body).len();
        prop_assert!(count == BANDS || count == 0);
        let same = similarity((&title, &body), (&title, &body));
        prop_assert_eq!(same, if count == 0 { 0 } else { 1000 });
    }

    #[test]
    fn normal_forms_are_the_same_text(body in "[가-힣a-zà-ü0-9 ,.\n]{0,100}") {
        let nfd: String = body.nfd().collect();
        prop_assert_eq!(bands("", &body), bands("", &nfd));
    }
}
