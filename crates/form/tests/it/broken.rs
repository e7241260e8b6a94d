//! For every fault a file that has it, and the exact place of what is said.

use std::collections::BTreeSet;

use madang_form::{CODES, MAX_BYTES, Problem, Source, load};

use super::FACTORY;

const BROKEN: &str = include_str!("../definitions/broken.txt");

struct Case {
    /// Its first line in the file of cases.
    line: usize,
    edits: Vec<(String, String)>,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = Case { line: 0, edits: Vec::new(), expected: Vec::new() };
    let mut last = ' ';
    let lines = BROKEN.lines().chain(["- "]).enumerate();
    for (number, line) in lines.filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
        let (mark, text) = (line.chars().next().unwrap_or(' '), line.get(2..).unwrap_or(""));
        match mark {
            '-' => {
                if last == '=' {
                    cases.push(std::mem::replace(
                        &mut case,
                        Case { line: number + 1, edits: Vec::new(), expected: Vec::new() },
                    ));
                }
                if last != '-' {
                    case.edits.push((String::new(), String::new()));
                }
                add(&mut case.edits.last_mut().expect("a case has edits").0, text, last == '-');
            }
            '+' => add(&mut case.edits.last_mut().expect("a case has edits").1, text, last == '+'),
            _ => case.expected.extend((!text.is_empty()).then(|| text.to_owned())),
        }
        last = mark;
    }
    cases
}

fn add(block: &mut String, text: &str, further: bool) {
    if further {
        block.push('\n');
    }
    block.push_str(text);
}

fn problems(text: &str) -> Vec<Problem> {
    match load(Source { name: "factory.toml", text }) {
        Ok(loaded) => loaded.warnings.list,
        Err(problems) => problems.list,
    }
}

/// `line:column code marked`.
fn shown(problem: &Problem) -> String {
    let marked: String = problem.source.chars().skip(problem.column - 1).take(problem.length).collect();
    format!("{}:{} {} {marked}", problem.line, problem.column, problem.code).trim_end().to_owned()
}

/// The variables that a message reads.
fn variables(message: &str) -> BTreeSet<String> {
    let name = |part: &str| part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    message.split('$').skip(1).map(name).collect()
}

fn messages(locale: &str) -> Vec<(String, String)> {
    let path = format!("{}/../../locales/{locale}/errors-form.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the messages");
    text.lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect()
}

fn all() -> Vec<(String, Vec<Problem>, Vec<String>)> {
    let mut all = Vec::new();
    for case in cases() {
        let mut text = FACTORY.to_owned();
        for (from, to) in &case.edits {
            assert!(text.contains(from), "broken.txt:{}: not in factory.toml: {from}", case.line);
            text = text.replacen(from, to, 1);
        }
        all.push((format!("broken.txt:{}", case.line), problems(&text), case.expected));
    }
    let many: String = (0..201).map(|n| format!("[[ground]]\nid = \"g{n}\"\nname = \"{n}\"\n")).collect();
    let made = [
        ("too large", "# ".repeat(MAX_BYTES), "1:1 form.file-too-large #"),
        (
            "too deep",
            format!("{}1{}", "a = [".replace("a = ", "a = [[[[[[[[[[[["), "]".repeat(13)),
            "1:16 form.too-deep",
        ),
        ("dots", format!("{}a = 1", "a.".repeat(400_000)), "1:1 form.too-deep"),
        ("too long", FACTORY.replacen("금속 가공", &"금".repeat(20_001), 1), "29:28 form.too-long"),
        ("too many", format!("{FACTORY}\n{many}"), "form.too-many"),
    ];
    for (name, text, expected) in made {
        all.push((name.to_owned(), problems(&text), vec![expected.to_owned()]));
    }
    all
}

#[test]
fn every_fault_is_found_where_it_is() {
    let mut wrong = String::new();
    let mut seen = BTreeSet::new();
    for (name, problems, expected) in all() {
        seen.extend(problems.iter().map(|problem| problem.code));
        let found: Vec<_> = problems.iter().map(shown).collect();
        if name.starts_with("broken.txt") {
            if found != expected || found.is_empty() {
                wrong.push_str(&format!(
                    "{name}\n  found    {}\n  expected {}\n",
                    found.join("\n           "),
                    expected.join("\n           ")
                ));
            }
        } else if !found.iter().any(|found| found.contains(&expected[0])) {
            wrong.push_str(&format!(
                "{name}\n  found    {}\n  expected {}\n",
                &found[0].chars().take(99).collect::<String>(),
                expected[0]
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let missing: Vec<_> = CODES.iter().filter(|code| !seen.contains(*code)).collect();
    assert!(missing.is_empty(), "no file here has these faults: {missing:?}");
}

#[test]
fn every_code_has_its_words_and_the_words_their_values() {
    let problems: Vec<Problem> = all().into_iter().flat_map(|(_, problems, _)| problems).collect();
    for locale in ["ko", "en"] {
        let messages = messages(locale);
        for code in CODES {
            let name = code.trim_start_matches("form.");
            for key in [format!("error-form-{name}"), format!("help-form-{name}")] {
                let message = messages.iter().find(|(there, _)| *there == key);
                let Some((_, message)) = message else { panic!("{locale}/errors-form.ftl lacks {key}") };
                for problem in problems.iter().filter(|problem| problem.code == *code) {
                    assert!(problem.error_key() == key || problem.help_key() == key);
                    for variable in variables(message) {
                        assert!(
                            problem.args.contains_key(variable.as_str()),
                            "{locale}: {key} reads {variable}: {problem}"
                        );
                    }
                }
            }
        }
        for (key, message) in &messages {
            // What Fluent would take for a value of its own: a brace that is meant as one is written `{ "{" }`.
            let plain = message.replace("{ \"{\" }", "").replace("{ \"}\" }", "");
            let bare = plain.split('{').skip(1).find(|part| !part.starts_with(" $") || !part.contains(" }"));
            assert_eq!(bare, None, "{locale}: {key}");
            assert_eq!(plain.matches('{').count(), plain.matches('}').count(), "{locale}: {key}");
        }
        for (key, _) in messages.iter().filter(|(key, _)| key.starts_with("help-form-")) {
            let code = key.replacen("help-form-", "form.", 1);
            assert!(CODES.contains(&code.as_str()), "{locale}/errors-form.ftl: nobody uses {key}");
        }
    }
}

#[test]
fn the_list_of_codes_is_that_of_the_sources() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = BTreeSet::new();
    for folder in ["read", "check"] {
        for entry in std::fs::read_dir(source.join(folder)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let words = text.split('"').filter(|word| word.starts_with("form.") && !word.contains(char::is_whitespace));
            used.extend(words.map(str::to_owned));
        }
    }
    let listed: BTreeSet<String> = CODES.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(used, listed);
}
