//! How problems look in a terminal.

use madang_form::{Source, load};

use super::FACTORY;

fn shown(from: &str, to: &str) -> String {
    let text = FACTORY.replacen(from, to, 1);
    let problems = load(Source { name: "services/factory.toml", text: &text }).expect_err("a fault");
    problems.render(&|problem| (format!("{} {:?}", problem.code, problem.args), "help".to_owned()))
}

#[test]
fn the_marker_stands_below_what_is_meant() {
    let expected = concat!(
        "services/factory.toml:145:6: form.state-unknown {\"known\": \"`verified`\", \"value\": \"verfied\"}\n",
        " 145 | to = \"verfied\"\n",
        "     |      ^^^^^^^^^\n",
        "     = help\n\n",
    );
    assert_eq!(shown("to = \"verified\"", "to = \"verfied\""), expected);
}

#[test]
fn hangul_is_two_columns_wide() {
    let text =
        shown("name = { ko = \"제목\", en = \"Title\" }", "name = { ko = \"제목\", en = \"Title\", 말 = \"x\" }");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains(":21:"), "{text}");
    // A bare key cannot be Hangul: the parser stops at it, after fourteen columns and two wide characters more.
    let before = lines[1].split('말').next().unwrap();
    let wide = before.chars().filter(|c| ('가'..='힣').contains(c)).count();
    assert_eq!(lines[2].find('^'), Some(before.chars().count() + wide), "{text}");
}

#[test]
fn a_long_line_is_cut_around_the_fault() {
    let long = format!("name = {{ ko = \"{}\", en = \"x\", English = \"x\" }}", "가 ".repeat(200));
    let text = shown("name = { ko = \"제목\", en = \"Title\" }", &long);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].chars().count() < 140, "{text}");
    assert!(lines[1].contains("| …"), "{text}");
    let before = lines[1].split("English").next().unwrap();
    let wide = before.chars().filter(|c| *c == '가').count();
    assert_eq!(lines[2].find('^'), Some(before.chars().count() + wide), "{text}");
    assert!(lines[2].ends_with(&format!(" {}", "^".repeat("English".len()))), "{text}");
}
