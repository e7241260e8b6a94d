//! Elections counted: the examples of the docs, faults with their lines, pictures, JSON.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ended, madang, run};

/// The example files that a page of the docs shows, in order.
fn examples(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
    let text = fs::read_to_string(path).unwrap();
    let blocks = text.split("```pb\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// A folder with the example of a page in it.
fn example(page: &str, at: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example.pb");
    fs::write(&file, &examples(page)[at]).unwrap();
    (folder, file)
}

fn tally(file: &Path, more: &[&str]) -> Ended {
    run(&[&["tally", file.to_str().unwrap(), "--language", "en"], more].concat())
}

fn json(file: &Path, more: &[&str]) -> Value {
    serde_json::from_str(&tally(file, &[more, &["--json"]].concat()).ok()).unwrap()
}

fn ids(list: &Value) -> Vec<&str> {
    let id = |value: &Value| value.as_str().map(str::to_owned).is_some();
    list.as_array()
        .unwrap()
        .iter()
        .map(|value| if id(value) { value.as_str().unwrap() } else { value["project"].as_str().unwrap() })
        .collect()
}

fn winners(file: &Path, more: &[&str]) -> Vec<String> {
    ids(&json(file, more)["winners"]).into_iter().map(str::to_owned).collect()
}

#[test]
fn the_village_of_the_docs() {
    let (_folder, file) = example("budgets.md", 0);
    let result = json(&file, &["--rule", "equal-shares"]);
    assert_eq!(ids(&result["winners"]), ["1", "2", "4"]);
    assert_eq!(result["winners"][1]["effective_votes"], "16/5");
    assert_eq!(result["winners"][1]["round"], 2);
    assert_eq!(result["winners"][1]["payments"][0]["amount"], "250000.00");
    assert_eq!(result["spent"], "2400000");
    assert_eq!(result["endowment"], "300000");
    assert_eq!(result["ties"][0]["projects"], serde_json::json!(["1", "5"]));
    assert_eq!(result["ties"][0]["round"], 1);
    assert_eq!(result["losers"][1]["project"], "5");
    assert_eq!(result["losers"][1]["reason"]["round"], 2);
    assert_eq!(winners(&file, &["--rule", "equal-shares", "--completion", "greedy"]), ["1", "2", "4", "3"]);
    assert_eq!(winners(&file, &["--rule", "equal-shares", "--completion", "add1"]), ["1", "5"]);
    assert_eq!(winners(&file, &["--rule", "equal-shares", "--completion", "add1u"]), ["1", "5"]);
    assert_eq!(winners(&file, &["--rule", "greedy-votes"]), ["1", "5"]);
    assert_eq!(winners(&file, &["--rule", "phragmen"]), ["2", "4", "3", "1"]);
    let said = tally(&file, &["--rule", "equal-shares", "--explain", "5", "--explain", "3"]).ok();
    assert!(said.contains("1,400,000 won left, 100,000 won less than its cost"), "{said}");
    assert!(said.contains("With 1 more person voting for this project alone"), "{said}");
    assert!(said.contains("With 2 more people voting for this project alone"), "{said}");
    let korean =
        run(&["tally", file.to_str().unwrap(), "--rule", "equal-shares", "--language", "ko", "--explain", "all"]).ok();
    assert!(korean.contains("비용 800,000원 ÷ 한 사람이 낸 250,000원 = 3.2표입니다."), "{korean}");
}

#[test]
fn the_festival_and_the_council_of_the_docs() {
    let (_folder, place) = example("counting.md", 0);
    assert_eq!(json(&place, &["--rule", "instant-runoff"])["elected"], serde_json::json!(["P"]));
    let schulze = json(&place, &["--rule", "schulze"]);
    assert_eq!(schulze["ranking"], serde_json::json!(["H", "P", "S"]));
    assert_eq!(schulze["count"]["pairs"]["condorcet"], "H");
    let (_folder, council) = example("counting.md", 1);
    let result = json(&council, &["--rule", "transferable", "--seats", "3"]);
    assert_eq!(result["elected"], serde_json::json!(["A", "B", "D"]));
    let first = &result["count"]["rounds"][0];
    assert_eq!(first["quota"], "6");
    assert_eq!(first["step"]["fraction"], "1/2");
    assert_eq!(first["step"]["to"][0], serde_json::json!({ "candidate": "B", "votes": "4" }));
    let said = tally(&council, &["--rule", "transferable", "--seats", "3"]).ok();
    assert!(said.contains("Elected, in this order: Ahn, Bae, Do."), "{said}");
}

#[test]
fn standard_input_is_read_and_the_order_of_ballots_does_not_matter() {
    let text = examples("budgets.md").remove(0);
    let (head, votes) = text.split_once("voter_id;vote\n").unwrap();
    let mut rows: Vec<&str> = votes.lines().collect();
    rows.reverse();
    let turned = format!("{head}voter_id;vote\n{}\n", rows.join("\n"));
    let count = |text: &str| {
        let mut command = madang(&["tally", "-", "--rule", "equal-shares", "--json"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        Ended::of(child.wait_with_output().unwrap()).ok()
    };
    assert_eq!(count(&text), count(&turned));
    assert_eq!(count(&text), count(&text.replace('\n', "\r\n")), "line ends of another system");
}

#[test]
fn faults_are_told_with_their_lines() {
    let (folder, file) = example("budgets.md", 0);
    let good = fs::read_to_string(&file).unwrap();
    let bad = good.replace("2;800000;", "2;a lot;").replace("v9;4,5", "v8;4,5").replace("v10;4,5", "v10;4,5,99");
    fs::write(&file, bad).unwrap();
    let place = |line: u32| format!("example.pb:{line}: ");
    let ended = tally(&file, &["--rule", "equal-shares"]);
    ended.fails(5, &[&place(13), "a lot", &place(27), "Voter v8 is there twice", "2 faults", "--skip-broken"]);
    let report = madang(&["tally", file.to_str().unwrap(), "--rule", "equal-shares", "--json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["problems"][0]["line"], 13);
    assert_eq!(report["problems"][0]["severity"], "error");
    let counted = tally(&file, &["--rule", "equal-shares", "--skip-broken"]);
    assert!(counted.err.contains("2 rows were left out"), "{}", counted.err);
    assert!(counted.ok().contains("Playground"));

    let empty = folder.path().join("empty.pb");
    fs::write(&empty, "").unwrap();
    tally(&empty, &["--rule", "equal-shares"])
        .fails(5, &["The section META is missing", "The section VOTES is missing"]);
    tally(&folder.path().join("none.pb"), &["--rule", "equal-shares"]).fails(7, &["cannot be read"]);
}

#[test]
fn rules_and_options_that_do_not_fit_are_explained() {
    let (folder, file) = example("budgets.md", 0);
    tally(&file, &["--rule", "schulze"]).fails(5, &["does not count ballots of the kind approval", "ordinal"]);
    tally(&file, &["--rule", "equal-shares", "--utility", "score"]).fails(5, &["give no points"]);
    tally(&file, &["--rule", "phragmen", "--completion", "add1"]).fails(2, &["--completion", "equal-shares only"]);
    tally(&file, &["--rule", "approval", "--utility", "cost"]).fails(2, &["--utility"]);
    tally(&file, &["--rule", "greedy-votes", "--seats", "2"]).fails(2, &["--seats"]);
    tally(&file, &["--rule", "approval", "--seats", "6"]).fails(5, &["6 of 5"]);
    tally(&file, &["--rule", "equal-shares", "--step", "x", "--completion", "add1"]).fails(2, &["--step"]);
    tally(&file, &["--rule", "equal-shares", "--explain", "77"]).fails(5, &["no project “77”"]);
    tally(&file, &["--rule", "most"]).fails(2, &["equal-shares"]);
    let limits = folder.path().join("limits.toml");
    fs::write(&limits, "incompatible = [[\"1\", \"5\"]]\nmax_projects = 2\n").unwrap();
    let limited = ["--rule", "greedy-votes", "--constraints", limits.to_str().unwrap()];
    assert_eq!(winners(&file, &limited), ["1", "2"]);
    fs::write(&limits, "max_project = 2\n").unwrap();
    tally(&file, &limited).fails(5, &["max_project", "docs/budgets.md"]);
    fs::write(&limits, "incompatible = [[\"1\", \"88\"]]\n").unwrap();
    tally(&file, &limited).fails(5, &["88"]);
}

#[test]
fn a_lot_without_a_seed_is_remarked_and_a_seed_decides() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tie.pb");
    let text = "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;100\nB;100\nVOTES\nvoter_id;vote\n1;A\n2;B\n";
    fs::write(&file, text).unwrap();
    let ended = tally(&file, &["--rule", "greedy-votes"]);
    assert!(ended.err.contains("no seed was given"), "{}", ended.err);
    let with = |seed: &str| winners(&file, &["--rule", "greedy-votes", "--seed", seed]);
    let all: Vec<_> = (0..12).map(|seed| with(&seed.to_string())).collect();
    assert!(all.contains(&vec!["A".to_owned()]) && all.contains(&vec!["B".to_owned()]));
    assert_eq!(winners(&file, &["--rule", "greedy-votes", "--ties", "name"]), ["A"]);
    let ended = tally(&file, &["--rule", "approval"]);
    assert!(ended.err.contains("no seed was given"), "{}", ended.err);
}

#[test]
fn pictures_are_written() {
    let (folder, file) = example("budgets.md", 0);
    let pictures = folder.path().join("pictures");
    tally(&file, &["--rule", "equal-shares", "--svg", pictures.to_str().unwrap()]).ok();
    tally(&file, &["--rule", "approval", "--svg", pictures.to_str().unwrap()]).ok();
    let names = ["payments.svg", "rounds.svg", "count.svg"];
    for name in names.into_iter().flat_map(|name| [name.to_owned(), format!("narrow/{name}")]) {
        let picture = fs::read_to_string(pictures.join(&name)).unwrap();
        assert!(picture.starts_with("<svg ") && picture.contains("Playground"), "{name}");
    }
    tally(&file, &["--rule", "approval", "--svg", file.to_str().unwrap()]).fails(7, &["cannot be written"]);
}
