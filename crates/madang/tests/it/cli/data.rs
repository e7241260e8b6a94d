//! Data out and in: backup, restore, copy-db, import, export, administrators.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Server, run};

/// A folder with the demo's data, with a file stored as an upload would be.
fn demo_data(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    Server::start("demo", &data, &[]).stop();
    put_blob(&data, b"minutes of the meeting\n");
    data
}

/// Files lie under their digest.
fn put_blob(data: &Path, bytes: &[u8]) -> PathBuf {
    use sha2::Digest as _;
    let digest: String = sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let path = data.join("blobs").join(&digest[..2]).join(&digest[2..]);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Counts and digests of all tables, as a copy to `to` reports them.
fn tables(data: &Path, to: &str) -> Value {
    let from = format!("sqlite:{}", text(&data.join("madang.db")));
    let out = run(&["copy-db", "--from", &from, "--to", to, "--json"]).ok();
    serde_json::from_str::<Value>(&out).unwrap()["tables"].clone()
}

#[test]
fn a_backup_made_while_serving_restores_to_the_same_site() {
    let folder = tempfile::tempdir().unwrap();
    let data = demo_data(folder.path());
    let (backup, keys, fresh) = (folder.path().join("backup"), folder.path().join("keys"), folder.path().join("fresh"));

    let mut server = Server::start("demo", &data, &[]);
    let page = server.get("/api/v1/plans/kr-2021").body;
    run(&["backup", text(&backup), "--data", text(&data), "--keys", text(&keys)]).ok();
    server.stop();
    for file in walk(&backup) {
        assert!(
            !fs::read(&file).unwrap().windows(15).any(|found| found == b"madang keys 1\np"),
            "{file:?} holds the keys"
        );
    }

    run(&["restore", text(&backup), "--check"]).ok();
    run(&["restore", text(&backup), "--data", text(&fresh), "--keys", text(&keys)]).ok();
    let mut restored = Server::start("demo", &fresh, &[]);
    assert_eq!(restored.get("/api/v1/plans/kr-2021").body, page);
    restored.stop();
    let blobs = |folder: &Path| {
        let base = folder.join("blobs");
        let files = walk(&base).into_iter().map(|file| file.strip_prefix(&base).unwrap().to_owned());
        files.filter(|file| !file.starts_with("log")).collect::<Vec<_>>()
    };
    assert_eq!(blobs(&fresh), blobs(&data));
    assert_eq!(blobs(&fresh).len(), 1);

    // Never over something.
    run(&["restore", text(&backup), "--data", text(&fresh)]).fails(7, &["there is a database already", "madang.db"]);
    run(&["backup", text(&backup), "--data", text(&data)]).fails(7, &["not empty"]);
}

#[test]
fn a_damaged_backup_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = demo_data(folder.path());
    let (backup, fresh) = (folder.path().join("backup"), folder.path().join("fresh"));
    run(&["backup", text(&backup), "--data", text(&data)]).ok();

    let database = backup.join("database.sqlite");
    let whole = fs::read(&database).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    fs::write(&database, &changed).unwrap();
    run(&["restore", text(&backup), "--check"]).fails(5, &["database.sqlite: changed"]);
    run(&["restore", text(&backup), "--data", text(&fresh)]).fails(5, &["not what was written"]);
    assert!(!fresh.exists(), "something was made");
    fs::write(&database, whole).unwrap();

    let blob = walk(&backup.join("blobs")).remove(0);
    fs::remove_file(&blob).unwrap();
    run(&["restore", text(&backup), "--check"]).fails(5, &["No such file"]);
    fs::remove_file(backup.join("manifest.json")).unwrap();
    run(&["restore", text(&backup), "--check"]).fails(5, &["no complete backup", "manifest.json"]);
}

#[test]
fn keys_of_another_site_are_refused_by_restore() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    Server::start("serve", &one, &[]).stop();
    Server::start("serve", &other, &[]).stop();
    let backup = folder.path().join("backup");
    run(&["backup", text(&backup), "--data", text(&one)]).ok();
    let fresh = folder.path().join("fresh");
    run(&["restore", text(&backup), "--data", text(&fresh), "--keys", text(&other.join("keys"))])
        .fails(5, &["another site"]);
    assert!(!fresh.exists());
}

#[test]
fn copies_agree_and_only_empty_databases_are_filled() {
    let folder = tempfile::tempdir().unwrap();
    let data = demo_data(folder.path());
    let copy = folder.path().join("copy.db");
    let to = format!("sqlite:{}", text(&copy));
    let first = tables(&data, &to);
    let plan =
        first.as_array().unwrap().iter().find(|table| table["table"] == "plan").expect("there is a table of plans");
    assert_eq!(plan["rows"], 1);
    let from = format!("sqlite:{}", text(&data.join("madang.db")));
    run(&["copy-db", "--from", &from, "--to", &to]).fails(4, &["the target is as it was"]);
    run(&["copy-db", "--from", &from, "--to", &from]).fails(2, &["the same database"]);
    run(&["copy-db", "--from", "sqlite:/nowhere/x.db", "--to", &to]).fails(7, &["no database to copy"]);
    run(&["copy-db", "--from", "mysql://x", "--to", &to]).fails(2, &["--from", "sqlite:FILE"]);
}

#[test]
fn a_site_moves_to_postgresql_and_goes_on_there() {
    let Some(server) = madang_db::testing::postgres_server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = demo_data(folder.path());
    let database = Postgres::create(server);
    let tables = tables(&data, &database.url);
    assert!(tables.as_array().unwrap().len() > 20, "{tables}");
    let mut moved = Server::start("demo", &data, &["--database", &database.url]);
    let page = moved.get("/api/v1/plans/kr-2021");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(moved.get("/metrics").body.contains("engine=\"postgres\""));

    // And from there to a backup, and from the backup to SQLite again.
    let (backup, fresh) = (folder.path().join("backup"), folder.path().join("fresh"));
    run(&["backup", text(&backup), "--data", text(&data), "--database", &database.url]).ok();
    moved.stop();
    run(&["restore", text(&backup), "--data", text(&fresh), "--keys", text(&data.join("keys"))]).ok();
    let mut back = Server::start("demo", &fresh, &[]);
    assert_eq!(back.get("/api/v1/plans/kr-2021").body, page.body);
    back.stop();
}

/// A database of its own on the tests' server; dropped at the end.
struct Postgres {
    server: String,
    name: String,
    url: String,
}

impl Postgres {
    fn create(server: &str) -> Self {
        let name = format!("madang_cli_{}", std::process::id());
        psql(server, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
        let (base, query) =
            server.split_once('?').map_or((server, String::new()), |(base, query)| (base, format!("?{query}")));
        let slash = base.rfind('/').filter(|at| *at > "postgresql://".len()).unwrap_or(base.len());
        Self { server: server.to_owned(), url: format!("{}/{name}{query}", &base[..slash]), name }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        psql(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn psql(server: &str, sql: &str) {
    let mut client = postgres::Client::connect(server, postgres::NoTls).unwrap();
    client.batch_execute(sql).unwrap();
}

#[test]
fn commands_do_not_make_a_site_where_a_folder_was_mistyped() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("mistyped");
    run(&["backup", text(&folder.path().join("backup")), "--data", text(&missing)])
        .fails(7, &["there is no site here"]);
    run(&["admin", "list", "--data", text(&missing)]).fails(7, &["there is no site here"]);
    assert!(!missing.exists());
}

#[test]
fn the_first_administrator_signs_in_with_the_printed_link() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Server::start("serve", &data, &[]);
    let link = run(&["admin", "create", "kim@city.example", "--name", "김하늘", "--data", text(&data)]).ok();
    assert_eq!(link.lines().count(), 1, "{link}");
    assert!(link.starts_with("http://127.0.0.1:8080/"), "{link}");
    let path = link.trim().strip_prefix("http://127.0.0.1:8080").unwrap();
    assert_eq!(server.get(path).status, 200, "the link opens a page with a button");
    let listed = run(&["admin", "list", "--data", text(&data), "--json"]).ok();
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["accounts"][0]["email"], "kim@city.example");
    assert_eq!(listed["accounts"].as_array().unwrap().len(), 1);
    run(&["admin", "reset-second-factor", "nobody@city.example", "--data", text(&data)]).fails(5, &[]);
    run(&["admin", "create", "not an address", "--name", "x", "--data", text(&data)]).fails(5, &[]);
    server.stop();
}

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plans/kr-2021.toml");

#[test]
fn import_shows_first_and_asks() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let shown = run(&["import", "plan", PLAN, "--dry-run", "--data", text(&data)]).ok();
    assert!(shown.contains("+ plan       kr-2021"), "{shown}");
    assert!(shown.contains("to add, 0 to change, 0 to retire"), "{shown}");
    run(&["import", "plan", PLAN, "--data", text(&data)]).fails(2, &["--yes"]);
    let done = run(&["import", "plan", PLAN, "--yes", "--json", "--data", text(&data)]).ok();
    let done: Value = serde_json::from_str(&done).unwrap();
    assert_eq!(done["imported"], true);
    let again = run(&["import", "plan", PLAN, "--yes", "--data", text(&data)]).ok();
    assert!(again.contains("nothing would change"), "{again}");

    let changed = folder.path().join("changed.toml");
    let text_of =
        fs::read_to_string(PLAN).unwrap().replace("Fifth national action plan for open government", "Plan five");
    fs::write(&changed, text_of).unwrap();
    let shown = run(&["import", "plan", text(&changed), "--dry-run", "--data", text(&data)]).ok();
    assert!(shown.contains("~ plan ") && shown.contains("→ Plan five"), "{shown}");
}

#[test]
fn a_broken_plan_names_every_place() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let broken = folder.path().join("broken.toml");
    let good = fs::read_to_string(PLAN).unwrap();
    fs::write(&broken, good.replacen("start = \"2021\"", "start = \"spring\"", 1)).unwrap();
    let line = good.lines().position(|line| line.starts_with("start = ")).unwrap() + 1;
    run(&["import", "plan", text(&broken), "--data", text(&data)])
        .fails(5, &["nothing was imported", &format!("{line}:"), "spring"]);
    fs::write(&broken, "format = \n").unwrap();
    run(&["import", "plan", text(&broken), "--data", text(&data)]).fails(5, &["1:"]);
    run(&["import", "plan", "plan.docx", "--data", text(&data)]).fails(2, &[".toml, .json or .xlsx"]);
    run(&["import", "plan", "/nowhere/plan.toml", "--data", text(&data)]).fails(7, &["/nowhere/plan.toml"]);
}

#[test]
fn the_template_and_the_export_are_read_by_the_import() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let template = folder.path().join("template.xlsx");
    run(&["export", "plan-template", "-o", text(&template)]).ok();
    // As it comes it has no plan in it, and each empty cell that must be filled is named.
    run(&["import", "plan", text(&template), "--dry-run", "--data", text(&data)])
        .fails(5, &["nothing was imported", "Plan!"]);

    run(&["import", "plan", PLAN, "--yes", "--data", text(&data)]).ok();
    for name in ["plan.toml", "plan.json", "plan.xlsx"] {
        let file = folder.path().join(name);
        run(&["export", "plan", "kr-2021", "-o", text(&file), "--data", text(&data)]).ok();
        let again = run(&["import", "plan", text(&file), "--dry-run", "--data", text(&data)]).ok();
        assert!(again.contains("nothing would change"), "{name}: {again}");
    }
    let missing = ["export", "plan", "kr-1999", "--format", "json", "-o", "-", "--data", text(&data)];
    run(&missing).fails(5, &[]);
}

#[test]
fn openapi_is_printed() {
    let document: Value = serde_json::from_str(&run(&["openapi"]).ok()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["paths"]["/api/v1/plans/{plan}"].is_object(), "{}", document["paths"]);
}

#[test]
fn bench_measures_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let out = run(&["bench", "--seconds", "1", "--json", "--data", text(&data)]).ok();
    let result: Value = serde_json::from_str(&out).unwrap();
    let rows = result["rows"].as_array().unwrap();
    assert!(rows.len() == 4 && rows.iter().all(|row| row["ours"].as_u64() > Some(0)), "{out}");
    assert!(!data.exists(), "the folder was not there before");
}

/// All files below a folder, sorted.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect();
    found.sort();
    found
}
