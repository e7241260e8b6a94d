//! Definitions: checked, compared, put in force, tried out.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Ended, madang, run};

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services").join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What comes of commands on standard input.
fn walked(script: &str) -> Ended {
    let file = shipped("petition.toml");
    let mut command = madang(&["service", "try", text(&file), "--language", "en"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    Ended::of(child.wait_with_output().unwrap())
}

#[test]
fn a_fault_is_shown_with_its_place_and_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.toml");
    let good = fs::read_to_string(shipped("petition.toml")).unwrap();
    fs::write(&bad, good.replace("phase = \"received\"", "phase = \"receved\"")).unwrap();
    run(&["service", "check", text(&shipped("petition.toml"))]).ok();
    run(&["service", "check", text(&bad), "--language", "en"]).fails(5, &["1 of 1 definitions"]);
    run(&["service", "check", text(&folder.path().join("none.toml"))]).fails(7, &["cannot be read"]);
    let report = madang(&["service", "check", text(&bad), "--json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert!(report[0]["problems"][0]["line"].as_u64().unwrap() > 100);
    assert_eq!(report[0]["service"], Value::Null);
}

#[test]
fn a_definition_is_compared_and_put_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let (data, own) = (folder.path().join("data"), folder.path().join("petition.toml"));
    let good = fs::read_to_string(shipped("petition.toml")).unwrap();
    fs::write(&own, good.replacen("max = 80", "max = 60", 1)).unwrap();
    let changed = run(&["service", "diff", text(&own), "--data", text(&data), "--language", "en"]).ok();
    assert!(changed.contains("field title max: 80 → 60"), "{changed}");
    let applied = run(&["service", "apply", text(&own), "--data", text(&data), "--json"]).ok();
    assert_eq!(serde_json::from_str::<Value>(&applied).unwrap()["changed"], true);
    let applied = run(&["service", "apply", text(&own), "--data", text(&data), "--json"]).ok();
    assert_eq!(serde_json::from_str::<Value>(&applied).unwrap()["changed"], false);
    let same = run(&["service", "diff", text(&own), "--data", text(&data)]).ok();
    assert!(same.contains("0 changes"), "{same}");
}

#[test]
fn a_case_is_walked_by_a_script() {
    let story = walked("set kind law\nset publicity open\nfile 2026-03-10 # a Tuesday\nstep start-review\nshow\n").ok();
    assert!(story.contains("review (Deciding whether to open it)"), "{story}");
    assert!(story.contains("2026-03-25"), "{story}");
    assert!(!story.contains("take-up "), "{story}");
    walked("file 2026-03-10\nfly\n").fails(5, &["no command fly", "line 2"]);
    walked("step open\n").fails(5, &["nothing is filed yet"]);
}
