//! Broken files explain themselves, and nothing that anybody uploads makes the program fall over.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::export::{to_json, to_toml, to_xlsx};
use crate::tests::shipped_file;

const SMALL: &str = r#"format = "madang-plan/1"
[plan]
id = "kr-2030"
number = 8
country = "KR"
name = { ko = "계획", en = "Plan" }
start = "2030"
end = "2032"
lead = "mois"
[[agency]]
id = "mois"
kind = "agency"
name = { ko = "행정안전부", en = "Ministry of the Interior and Safety" }
[[theme]]
id = "1"
name = { ko = "주제", en = "Theme" }
[[theme.commitment]]
number = "1"
slug = "one"
name = { ko = "과제", en = "Commitment" }
lead = [ { agency = "mois" } ]
[[theme.commitment.milestone]]
number = "1"
title = { ko = "단계", en = "Milestone" }
periods = [ { start = "2030-01", end = "2030-Q2" } ]
"#;

/// Problems as `line:column key`.
fn problems(text: &str) -> Vec<String> {
    let found = read(text.as_bytes(), Format::Toml).unwrap_err();
    found.iter().map(|p| format!("{} {}", p.place, p.key)).collect()
}

/// The small plan with one text in place of another.
fn with(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "{old}");
    SMALL.replacen(old, new, 1)
}

#[test]
fn the_small_plan_is_whole() {
    let file = read(SMALL.as_bytes(), Format::Toml).unwrap();
    assert_eq!(file.counts().milestones, 1);
    let marked = format!("\u{feff}{SMALL}");
    assert_eq!(read(marked.as_bytes(), Format::Toml).unwrap(), file, "a byte-order mark does no harm");
}

#[test]
fn every_mistake_is_named_with_its_line() {
    for (old, new, expected) in [
        ("madang-plan/1", "madang-plan/9", "1:1 import-format"),
        ("number = 8", "number = \"eight\"", "4:10 import-not-an-integer"),
        ("start = \"2030\"", "start = \"2030-13\"", "7:9 import-date"),
        ("end = \"2032\"", "end = \"2029\"", "2:1 import-period-order"),
        ("lead = \"mois\"", "lead = \"moiz\"", "9:8 import-agency-unknown"),
        ("kind = \"agency\"", "kind = \"ministry\"", "12:8 import-choice"),
        ("name = { ko = \"주제\", en = \"Theme\" }", "name = { ko = \"주제\" }", "16:8 import-language-missing"),
        ("name = { ko = \"주제\", en = \"Theme\" }", "name = \"주제\"", "16:8 import-languages"),
        ("slug = \"one\"", "slug = \"One!\"", "19:8 import-id"),
        ("slug = \"one\"", "slug = \"one\"\nslogan = \"x\"", "20:1 import-unknown-key"),
        ("end = \"2030-Q2\"", "end = \"2029\"", "25:13 import-period-order"),
        ("number = \"1\"\ntitle", "title", "22:1 import-missing"),
    ] {
        let found = problems(&with(old, new));
        assert!(found.iter().any(|p| p == expected), "{new}: {found:?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = with("country = \"KR\"\n", "").replace("2030-Q2", "soon").replace("slug = \"one\"", "slug = 1.5");
    let found = problems(&text);
    let keys: BTreeSet<&str> = found.iter().filter_map(|p| p.split_once(' ')).map(|(_, key)| key).collect();
    assert_eq!(keys, BTreeSet::from(["import-missing", "import-date", "import-id"]), "{found:?}");
}

#[test]
fn duplicates_say_where_the_first_one_is() {
    let again =
        "[[theme.commitment]]\nnumber = \"1\"\nslug = \"two\"\nname = { ko = \"둘\", en = \"Two\" }\nlead = []\n";
    let found = read(format!("{SMALL}{again}").as_bytes(), Format::Toml).unwrap_err();
    let twice = found.iter().find(|p| p.key == "import-duplicate").unwrap();
    assert_eq!(twice.args["first"], "18:10");
    assert_eq!(twice.path, "theme[1].commitment[2].number");
}

#[test]
fn a_near_miss_is_offered() {
    let found = read(with("slug = ", "slag = ").as_bytes(), Format::Toml).unwrap_err();
    let unknown = found.iter().find(|p| p.key == "import-unknown-key").unwrap();
    assert_eq!(unknown.args["known"], "slug");
}

#[test]
fn syntax_errors_have_their_line() {
    assert_eq!(problems("format = \n")[0], "1:10 import-toml");
    let found = read(b"{\n \"format\": ,\n}", Format::Json).unwrap_err();
    assert!(matches!(found[0].place, Place::Line { line: 2, .. }), "{found:?}");
    let found = read(b"format = \"\xff\"", Format::Toml).unwrap_err();
    assert_eq!(found[0].key, "import-utf8");
    for bytes in [&b""[..], b"PK\x03\x04 nothing", b"not a workbook"] {
        assert_eq!(read(bytes, Format::Xlsx).unwrap_err()[0].key, "import-xlsx");
    }
    assert_eq!(read(&vec![b' '; LARGEST + 1], Format::Toml).unwrap_err()[0].key, "import-too-large");
}

#[test]
fn cells_are_named_by_sheet_row_and_column() {
    let mut file = shipped_file();
    let milestone = &mut file.theme[0].commitment[0].milestone[0];
    milestone.number = "a/b".to_owned();
    file.theme[0].commitment[0].lead[0].agency = "moiss".to_owned();
    let found = read(&to_xlsx(&file).unwrap(), Format::Xlsx).unwrap_err();
    let shown: BTreeSet<String> = found.iter().map(|p| format!("{} {}", p.place, p.key)).collect();
    assert!(shown.contains("Milestones!B4 import-numbering"), "{shown:?}");
    assert!(shown.contains("Commitments!I4 import-agency-unknown"), "{shown:?}");
    let lead = found.iter().find(|p| p.key == "import-agency-unknown").unwrap();
    assert_eq!(lead.args["known"], "mois");
}

#[test]
fn rows_that_belong_nowhere_are_named() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let themes = workbook.add_worksheet().set_name("Themes").unwrap();
    for (column, (key, value)) in (0..).zip([("id", "1"), ("name.ko", "주제"), ("name.en", "Theme")]) {
        themes.write_string(2, column, key).unwrap().write_string(3, column, value).unwrap();
    }
    let commitments = workbook.add_worksheet().set_name("Commitments").unwrap();
    for (column, (key, value)) in (0..).zip([("theme", "9"), ("number", "1"), ("slug", "one"), ("colour", "red")]) {
        commitments.write_string(2, column, key).unwrap().write_string(3, column, value).unwrap();
    }
    workbook.add_worksheet().set_name("Milestone").unwrap();
    let found = read(&workbook.save_to_buffer().unwrap(), Format::Xlsx).unwrap_err();
    assert_eq!((found[0].key, found[0].args["known"].as_str()), ("import-sheet-name", "Milestones"));

    let mut workbook = rust_xlsxwriter::Workbook::new();
    let commitments = workbook.add_worksheet().set_name("Commitments").unwrap();
    for (column, (key, value)) in (0..).zip([("theme", "9"), ("number", "1"), ("slug", "one"), ("colour", "red")]) {
        commitments.write_string(2, column, key).unwrap().write_string(3, column, value).unwrap();
    }
    let found = read(&workbook.save_to_buffer().unwrap(), Format::Xlsx).unwrap_err();
    let shown: BTreeSet<String> = found.iter().map(|p| format!("{} {}", p.place, p.key)).collect();
    let expected =
        ["- import-sheet-missing", "Commitments!D3 import-unknown-key", "Commitments!A4 import-row-detached"];
    assert_eq!(shown, expected.map(str::to_owned).into());
}

#[test]
fn every_message_is_written_in_both_languages() {
    for locale in ["ko", "en"] {
        let path = format!("{}/../../locales/{locale}/errors-plans.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let there: BTreeSet<&str> = text.lines().filter_map(|l| l.split_once(" = ")).map(|(key, _)| key).collect();
        for (key, instead) in MESSAGES {
            assert_eq!(format!("{key}-instead"), instead);
            for key in [key, instead, &format!("error-{key}")] {
                assert!(there.contains(key), "{locale}: {key}");
            }
        }
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import");
    for file in madang_db::testing::sources(&folder).unwrap().iter().filter(|f| !f.ends_with("tests.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        for word in text.split('"').filter(|w| w.starts_with("import-") && !w.contains(char::is_whitespace)) {
            let known = MESSAGES.iter().any(|(key, instead)| *key == word || *instead == word);
            assert!(known, "{}: {word} has no message", file.display());
        }
    }
}

/// What a mutation does to bytes.
fn mutate(bytes: &[u8], at: usize, kind: u8, value: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = at % bytes.len();
    match kind % 4 {
        0 => bytes[at] = value,
        1 => bytes.truncate(at),
        2 => bytes.insert(at, value),
        _ => {
            let end = (at + usize::from(value)).min(bytes.len());
            bytes.drain(at..end);
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_give_problems(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for format in [Format::Toml, Format::Json, Format::Xlsx] {
            prop_assert!(!read(&bytes, format).unwrap_err().is_empty());
        }
    }

    #[test]
    fn arbitrary_text_gives_problems(text in "[\\[\\]{}=\"'\\\\a-z0-9.,:#\n -]{0,400}") {
        for format in [Format::Toml, Format::Json] {
            prop_assert!(!read(text.as_bytes(), format).unwrap_err().is_empty());
        }
    }

    #[test]
    fn mutated_toml_is_read_or_explained(at in any::<usize>(), kind in any::<u8>(), value in any::<u8>()) {
        match read(&mutate(SMALL.as_bytes(), at, kind, value), Format::Toml) {
            Ok(file) => prop_assert_eq!(read(to_toml(&file).unwrap().as_bytes(), Format::Toml).unwrap(), file),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn mutated_json_is_read_or_explained(at in any::<usize>(), kind in any::<u8>(), value in any::<u8>()) {
        let small = to_json(&read(SMALL.as_bytes(), Format::Toml).unwrap()).unwrap();
        match read(&mutate(small.as_bytes(), at, kind, value), Format::Json) {
            Ok(file) => prop_assert_eq!(read(to_json(&file).unwrap().as_bytes(), Format::Json).unwrap(), file),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn mutated_workbooks_are_read_or_explained(at in any::<usize>(), kind in any::<u8>(), value in any::<u8>()) {
        let small = to_xlsx(&read(SMALL.as_bytes(), Format::Toml).unwrap()).unwrap();
        if let Err(problems) = read(&mutate(&small, at, kind, value), Format::Xlsx) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn lines_of_cells_come_back(values in prop::collection::vec("[a-z|\\\\\n가 ]{0,12}", 1..5)) {
        // Blanks around a value are nobody's meaning.
        let values: Vec<String> = values.iter().map(|v| v.trim().to_owned()).collect();
        let mut back = crate::sheets::split_line(&crate::sheets::join_line(&values));
        back.resize(values.len(), String::new());
        prop_assert_eq!(back, values);
    }
}
