//! `madang opinion`: the conversation that comes with the source, the same files in another order, files that are not in
//! order, pictures.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::run;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../opinion/data/vtaiwan").join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file with this text in a folder of its own.
fn file(name: &str, content: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    (folder, path)
}

#[test]
fn the_shipped_conversation_has_the_groups_that_were_published() {
    let printed = run(&["opinion", text(&shipped("")), "--json"]).ok();
    let map: Value = serde_json::from_str(&printed).unwrap();
    let comparison = &map["comparison"];
    assert!(comparison["adjusted_rand"].as_f64().unwrap() >= 0.8, "{comparison:#}");
    assert_eq!(comparison["people"], 1_218);
    assert_eq!(map["groups"].as_array().unwrap().len(), 2);
    assert_eq!(map["means_nothing"], false);
    assert_eq!(map["quality"]["grouped"], 1_218);
    assert_eq!(map["counts"]["votes"], 49_443);
    assert_eq!(map["format"], "madang-opinion/1");
    // What the conversation is known for: everybody wants insurance.
    let shared = map["shared"]["agree"].as_array().unwrap();
    assert!(shared.iter().any(|one| one["statement"] == "16" && one["majority_in_every_group"] == true), "{shared:#?}");
}

#[test]
fn the_order_of_lines_changes_no_byte() {
    let votes = fs::read_to_string(shipped("votes.csv")).unwrap();
    let mut lines: Vec<&str> = votes.lines().collect();
    let body = &mut lines[1..];
    // A riffle of the lines by a step that visits each of them.
    let count = body.len();
    let mixed: Vec<&str> = (0..count).map(|at| body[at * 7_919 % count]).collect();
    assert_eq!(mixed.iter().collect::<BTreeSet<_>>().len(), body.iter().collect::<BTreeSet<_>>().len());
    body.copy_from_slice(&mixed);
    let (_folder, other) = file("votes.csv", lines.join("\r\n"));
    let comments = shipped("comments.csv");
    let json = |votes: &Path| run(&["opinion", text(votes), "--comments", text(&comments), "--json"]).ok();
    assert_eq!(json(&shipped("votes.csv")), json(&other));
}

#[test]
fn the_map_is_told_in_both_languages_and_pictured() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("new/pictures");
    let export = shipped("");
    let args = ["opinion", text(&export), "--svg", text(&pictures), "--top", "2", "--language"];
    let ended = run(&[&args[..], &["ko"]].concat());
    assert!(ended.err.contains("그림 12장을"), "{}", ended.err);
    let ko = ended.ok();
    assert!(ko.starts_with("의견 지도: UberX 自用車載客 — vTaiwan.tw\n"), "{ko}");
    assert!(ko.contains("1,921명이 의견 197개에 모두 49,443번 답했습니다."), "{ko}");
    let en = run(&[&args[..], &["en"]].concat()).ok();
    assert!(en.contains("The size of a group is not a share of the population."), "{en}");
    assert_eq!(en.matches("  [").count(), 2 + 2 + 4 + 2 + 2, "{en}");
    for place in [&pictures, &pictures.join("narrow")] {
        for name in ["map", "map-statements", "group-a", "group-b", "shared", "divisive"] {
            let svg = fs::read_to_string(place.join(format!("{name}.svg"))).unwrap();
            assert!(svg.starts_with("<svg ") && svg.contains("<title") && svg.contains("<desc"), "{name}");
        }
    }
}

#[test]
fn groups_can_be_given_and_a_matrix_can_be_read() {
    let votes = fs::read_to_string(shipped("votes.csv")).unwrap();
    let three = run(&["opinion", text(&shipped("votes.csv")), "--groups", "3", "--json"]).ok();
    let three: Value = serde_json::from_str(&three).unwrap();
    assert_eq!(three["groups"].as_array().unwrap().len(), 3);
    assert_eq!(three["settings"]["groups_given"], 3);
    // The same votes as one row for each person.
    let mut people: std::collections::BTreeMap<u32, Vec<(i64, usize, &str)>> = std::collections::BTreeMap::new();
    for line in votes.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let vote = (fields[0].parse().unwrap(), fields[1].parse().unwrap(), fields[3]);
        people.entry(fields[2].parse().unwrap()).or_default().push(vote);
    }
    let names: Vec<String> = (0..197).map(|statement| statement.to_string()).collect();
    let mut matrix = format!("participant,n-votes,{}\n", names.join(","));
    for (person, mut own) in people {
        own.sort_unstable();
        let mut row = vec![""; 197];
        own.iter().for_each(|(_, statement, vote)| row[*statement] = vote);
        matrix.push_str(&format!("{person},{},{}\n", own.len(), row.join(",")));
    }
    let (_folder, matrix) = file("participants-votes.csv", matrix);
    let json = |path: &Path| -> Value { serde_json::from_str(&run(&["opinion", text(path), "--json"]).ok()).unwrap() };
    let (one, other) = (json(&matrix), json(&shipped("votes.csv")));
    assert_eq!(one["people"], other["people"]);
    assert_eq!(one["groups"], other["groups"]);
}

#[test]
fn nothing_and_almost_nothing_is_told_without_a_fault() {
    let (_folder, empty) = file("votes.csv", "timestamp,comment-id,voter-id,vote\n");
    let told = run(&["opinion", text(&empty), "--language", "ko"]).ok();
    assert!(told.contains("! 찬반 표시가 하나도 없습니다."), "{told}");
    let json: Value = serde_json::from_str(&run(&["opinion", text(&empty), "--json"]).ok()).unwrap();
    assert_eq!(json["means_nothing"], true);
    assert_eq!(json["groups"].as_array().unwrap().len(), 0);
    let (_folder, one) = file("votes.csv", "comment-id,voter-id,vote\n1,a,1\n");
    let told = run(&["opinion", text(&one), "--groups", "3"]);
    assert!(told.err.contains("3 groups cannot be made of this"), "{}", told.err);
    assert!(told.ok().contains("! This map means nothing."));
}

#[test]
fn files_that_are_not_in_order_are_refused_with_their_lines() {
    let bad = "timestamp,comment-id,voter-id,vote\n1,0,0,1\n1,0,1,yes\n1,0\n";
    let (folder, path) = file("votes.csv", bad);
    let (two, three) = (
        format!("{}:3: field 4: \"yes\" is not a vote", text(&path)),
        format!("{}:4: Fields in this row: 2", text(&path)),
    );
    run(&["opinion", text(&path), "--json"]).fails(5, &[&two, &three, "2 things to mend"]);
    run(&["opinion", text(folder.path())]).fails(5, &[&two]);
    let (_folder, path) = file("votes.csv", "a,b\n");
    run(&["opinion", text(&path)]).fails(5, &[":1: There is no column \"comment-id\"", "now it says: a, b"]);
    let (_folder, path) = file("votes.csv", "");
    run(&["opinion", text(&path)]).fails(5, &["votes.csv: The file is empty."]);
    let (_folder, path) = file("votes.csv", b"comment-id,voter-id,vote\n0,\xb0\xa1,1\n");
    run(&["opinion", text(&path)]).fails(5, &[":2: field 2: There are characters that are not UTF-8"]);
    let (_folder, path) = file("people.csv", "participant,group-id\n1,0\n");
    run(&["opinion", text(&path)]).fails(5, &["This file has people but no votes"]);
    let none = tempfile::tempdir().unwrap();
    run(&["opinion", text(none.path())]).fails(5, &["neither votes.csv nor participants-votes.csv"]);
    run(&["opinion", text(&none.path().join("none.csv"))]).fails(7, &["cannot be read"]);
    let votes = shipped("votes.csv");
    run(&["opinion", text(&votes), "--comments", text(&votes)]).fails(5, &["There is no column \"comment-body\""]);
    run(&["opinion", text(&votes), "--compare", text(none.path())]).fails(7, &["it is a folder"]);
    run(&["opinion", text(&shipped("")), "--agree=-1"]).fails(5, &["add --agree=-1"]);
    run(&["opinion", text(&votes), "--groups", "1"]).fails(2, &["--groups"]);
}
