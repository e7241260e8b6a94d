//! Whatever is typed, there is an answer.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::{World, document};
use crate::{Index, Query};

fn index() -> &'static Index {
    static WORLD: OnceLock<World> = OnceLock::new();
    let world = WORLD.get_or_init(|| {
        std::thread::spawn(|| {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(World::with(vec![
                document(1, "강변공원 가로등 고장 신고", "밤에 어두워요"),
                document(2, "어린이 보호구역 과속 단속 카메라", "CCTV 3대를 설치해 주세요"),
            ]))
        })
        .join()
        .unwrap()
    });
    &world.index
}

fn ask_everything(words: &str) {
    let index = index();
    for answers in [false, true] {
        let found = index.search(&Query { words: words.to_owned(), answers, ..Query::default() }, 0, 10).unwrap();
        assert!(found.count <= 2);
    }
    index.suggest(words, 5).unwrap();
    index.alike(words, words, None, 5).unwrap();
    index.agencies(words, None, 5).unwrap();
}

#[test]
fn odd_questions_are_answered() {
    let long = "가로등 고장 ".repeat(1000);
    let solid = "어린이보호구역과속단속".repeat(1000);
    let letters = "rkfhemd".repeat(2000);
    for words in [
        "",
        " ",
        "\0",
        "의",
        "을를이가",
        "은 는 이 가",
        "!@#$%^&*()",
        "\"",
        "\"\"",
        "\"가",
        "-",
        "--",
        "-가로등",
        "- -",
        "\"-가\" -\"나\"",
        "ㄱ",
        "ㅏㅏㅏ",
        "ㄱㅏ",
        "가ㄱ",
        "🙂🙂",
        "가\u{301}",
        "\u{1100}\u{1161}",
        "\u{1100}",
        "ｶﾞ１２３",
        "漢字와 한글 and English 123",
        "a",
        "1",
        "...",
        "^ㄱ",
        "AND OR NOT",
        "title:가",
        "*",
        "가*",
        "\u{200b}가\u{200b}로등",
        &long,
        &solid,
        &letters,
    ] {
        ask_everything(words);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_is_answered(words in "\\PC{0,40}") {
        ask_everything(&words);
    }

    #[test]
    fn any_korean_is_answered(words in "[가-힣ㄱ-ㅣ \"\\-a-z0-9,.]{0,60}") {
        ask_everything(&words);
    }
}
