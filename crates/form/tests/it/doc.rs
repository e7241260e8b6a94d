//! `docs/services.md` tells the truth: its example is a good file, and it explains every key.

use madang_form::{KEYS, Source, load};

const DOC: &str = include_str!("../../../../docs/services.md");

#[test]
fn the_example_is_a_good_file() {
    let pieces = DOC.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let text: String = pieces.collect::<Vec<_>>().join("\n");
    let loaded =
        load(Source { name: "street-light.toml", text: &text }).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.warnings.to_string(), "");
    assert_eq!(loaded.definition.id, "street-light");
}

#[test]
fn every_key_is_explained_and_no_other() {
    for (table, keys) in KEYS {
        let heading = format!("### `{table}`\n");
        let Some((_, section)) = DOC.split_once(&heading) else { panic!("docs/services.md lacks {heading}") };
        let section = section.split("\n### ").next().unwrap_or("");
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let mut rows: Vec<&str> = rows.collect();
        let mut keys = keys.to_vec();
        rows.sort_unstable();
        keys.sort_unstable();
        assert_eq!(rows, keys, "docs/services.md, {table}");
    }
    assert_eq!(DOC.matches("\n### `").count(), KEYS.len());
}

/// The English message with its values filled in.
fn words(key: &str, args: &std::collections::BTreeMap<&'static str, String>) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/en/errors-form.ftl");
    let messages = std::fs::read_to_string(path).expect("the messages");
    let mut lines = messages.lines().filter_map(|line| line.split_once(" = "));
    let (_, text) = lines.find(|(there, _)| *there == key).expect("the message");
    args.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{ ${name} }}"), value))
}

#[test]
fn the_problem_shown_is_what_is_said() {
    let pieces = DOC.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let text = pieces.collect::<Vec<_>>().join("\n").replace("to = \"repaired\"", "to = \"repared\"");
    let problems = load(Source { name: "services/street-light.toml", text: &text }).unwrap_err();
    let shown = problems
        .render(&|problem| (words(&problem.error_key(), &problem.args), words(&problem.help_key(), &problem.args)));
    assert!(DOC.contains(&format!("```\n{}\n```", shown.trim_end())), "{shown}");
}
