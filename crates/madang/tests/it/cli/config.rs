//! `madang config`, and what wrong configuration does to every command.

use crate::support::{Ended, madang, run};

#[test]
fn show_names_every_origin_and_hides_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.toml");
    std::fs::write(&file, "[server]\nlisten = \"127.0.0.1:1\"\n[log]\nlevel = \"warn\"\n").unwrap();
    let file = file.to_str().unwrap();
    let output = madang(&["config", "show", "--config", file, "--data", "/x", "--json"])
        .env("MADANG_LOG_LEVEL", "debug")
        .env("MADANG_DATABASE_URL", "postgres://u:hunter2@db.example/m")
        .output()
        .unwrap();
    let out = Ended::of(output).ok();
    assert!(!out.contains("hunter2"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let origin = |key: &str| {
        let value = json["values"].as_array().unwrap().iter().find(|value| value["key"] == key).unwrap();
        (value["value"].as_str().unwrap().to_owned(), value["place"].as_str().unwrap().to_owned())
    };
    assert_eq!(origin("server.listen"), ("127.0.0.1:1".into(), format!("{file}:2:10")));
    assert_eq!(origin("log.level"), ("debug".into(), "environment variable MADANG_LOG_LEVEL".into()));
    assert_eq!(origin("data"), ("/x".into(), "flag --data".into()));
    assert_eq!(origin("jobs.workers"), ("2".into(), "default".into()));
    assert_eq!(origin("database.url").0, "postgres://u:(hidden)@db.example/m");
}

#[test]
fn an_unknown_key_stops_serve_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.toml");
    std::fs::write(&file, "[server]\nlisten = \"127.0.0.1:0\"\n\n[databse]\nurl = \"sqlite:x\"\n").unwrap();
    let data = folder.path().join("data");
    run(&["serve", "--config", file.to_str().unwrap(), "--data", data.to_str().unwrap()])
        .fails(3, &["the configuration is not in order", "site.toml:4:2: unknown key \"databse\""]);
    assert!(!data.exists(), "nothing was made");
}

#[test]
fn check_also_looks_at_the_environment() {
    let checked = |name: &str| Ended::of(madang(&["config", "check"]).env(name, "127.0.0.1:9").output().unwrap());
    assert!(checked("MADANG_SERVER_LISTEN").ok().contains("in order"));
    checked("MADANG_SERVER_LISTEM")
        .fails(3, &["MADANG_SERVER_LISTEM is not known; did you mean MADANG_SERVER_LISTEN?"]);
}

#[test]
fn a_missing_file_is_told() {
    run(&["serve", "--config", "/nonexistent/madang.toml"]).fails(3, &["/nonexistent/madang.toml", "No such file"]);
}

#[test]
fn messages_speak_the_language_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    std::fs::write(&plan, "format = \"other/9\"\n").unwrap();
    let data = folder.path().join("data");
    let args = ["import", "plan", plan.to_str().unwrap(), "--data", data.to_str().unwrap()];
    let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    assert!(!hangul(&run(&args).err));
    assert!(hangul(&run(&[&args[..], &["--language", "ko"]].concat()).err));
    let output = madang(&args).env("LANG", "ko_KR.UTF-8").output().unwrap();
    assert!(hangul(&Ended::of(output).err));
}

#[test]
fn the_example_is_accepted_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("madang.toml");
    std::fs::write(&file, run(&["config", "example"]).ok()).unwrap();
    run(&["config", "check", "--config", file.to_str().unwrap()]).ok();
}
