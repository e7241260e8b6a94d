//! Whatever stands in a file: the reader does not panic, and says at least one thing that lies within the file.

use madang_form::{Source, load};
use proptest::prelude::*;

use super::FACTORY;

/// Reads the text; what is wrong lies within it.
fn read(text: &str) {
    let problems = match load(Source { name: "x.toml", text }) {
        Ok(loaded) => {
            let again = load(Source { name: "x.toml", text: &loaded.text }).expect("it was read once");
            assert_eq!(again, loaded);
            loaded.warnings
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            problems
        }
    };
    let lines: Vec<&str> = text.split('\n').collect();
    for problem in &problems {
        assert!((1..=lines.len()).contains(&problem.line), "{problem}: {} lines", lines.len());
        let length = lines[problem.line - 1].chars().count();
        assert!((1..=length + 1).contains(&problem.column), "{problem}: {length} columns");
        assert!(problem.length >= 1);
    }
    let shown = problems.render(&|problem| (problem.error_key(), problem.help_key()));
    assert_eq!(shown.matches("error-form-").count(), problems.len());
}

#[derive(Clone, Debug)]
enum Edit {
    Delete(usize),
    Duplicate(usize),
    Swap(usize, usize),
    Replace(usize, usize, String),
    Cut(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let word = prop_oneof![
        Just("\"\"".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
        Just("-1".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("[[step]]".to_owned()),
        Just("[public]".to_owned()),
        Just("\u{feff}".to_owned()),
        "[a-z\\[\\]{}=\",.#\\\\가-힣 \n\r\t]{0,12}",
    ];
    let any = any::<usize>;
    prop_oneof![
        any().prop_map(Edit::Delete),
        any().prop_map(Edit::Duplicate),
        (any(), any()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (any(), any(), word).prop_map(|(line, at, word)| Edit::Replace(line, at, word)),
        (any(), any()).prop_map(|(line, at)| Edit::Cut(line, at)),
    ]
}

fn apply(lines: &mut Vec<String>, edit: &Edit) {
    if lines.is_empty() {
        return;
    }
    let count = lines.len();
    match edit {
        Edit::Delete(at) => drop(lines.remove(at % count)),
        Edit::Duplicate(at) => lines.insert(at % count, lines[at % count].clone()),
        Edit::Swap(a, b) => lines.swap(a % count, b % count),
        Edit::Replace(at, column, word) => {
            // A value is replaced as a whole now and then, else something is put between two characters.
            let line = &lines[at % count];
            lines[at % count] = match line.split_once(" = ") {
                Some((key, _)) if column % 2 == 0 => format!("{key} = {word}"),
                _ => {
                    let chars: Vec<char> = line.chars().collect();
                    let (before, after) = chars.split_at(column % (chars.len() + 1));
                    format!("{}{word}{}", before.iter().collect::<String>(), after.iter().collect::<String>())
                }
            };
        }
        Edit::Cut(at, column) => {
            let line = &lines[at % count];
            lines[at % count] = line.chars().take(column % (line.chars().count() + 1)).collect();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_definition_is_refused_or_read(edits in prop::collection::vec(edit(), 1..6)) {
        let mut lines: Vec<String> = FACTORY.lines().map(str::to_owned).collect();
        for edit in &edits {
            apply(&mut lines, edit);
        }
        read(&lines.join("\n"));
    }

    #[test]
    fn any_bytes_are_refused_in_peace(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn line_ends_and_byte_order_marks_are_no_faults() {
    let plain = load(Source { name: "x.toml", text: FACTORY }).unwrap();
    let windows = format!("\u{feff}{}", FACTORY.replace('\n', "\r\n"));
    let other = load(Source { name: "x.toml", text: &windows }).unwrap();
    assert_eq!(plain.digest, other.digest);
    read("");
    read("\u{feff}");
    read("\r\n\r\n");
    read(&"[".repeat(100_000));
    read(&"a=".repeat(100_000));
    read(&format!("x = {}", "{a=".repeat(100_000)));
    read(&format!("[{}a]", "a.".repeat(999)));
}
