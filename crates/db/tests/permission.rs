//! A database that may not be written is refused at the start, with its path.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use madang_db::{Db, Options};

/// Nobody's number; permissions mean nothing to root.
const NOBODY: u32 = 65_534;

#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The process without rights. Run by the tests below, with the file's name in the environment.
#[test]
fn opener_process() {
    let Some(file) = variable("MADANG_OPEN_FILE") else { return };
    let error = Db::open_blocking(&format!("sqlite:{file}"), Options::default()).unwrap_err();
    assert_eq!(error.args()["path"], file);
    assert_eq!(error.code(), variable("MADANG_OPEN_CODE").unwrap(), "{error}");
}

fn open_without_rights(file: &Path, code: &str) {
    // The test's program may lie where nobody may look.
    let program = file.parent().unwrap().parent().unwrap().join("opener");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut command = Command::new(&program);
    command
        .args(["--exact", "opener_process", "--nocapture"])
        .env("MADANG_OPEN_FILE", file)
        .env("MADANG_OPEN_CODE", code);
    if fs::metadata(&program).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let out = command.output().unwrap();
    assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(String::from_utf8_lossy(&out.stdout).contains("1 passed"));
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    folder
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = folder();
    let data = folder.path().join("data");
    fs::set_permissions(&data, Permissions::from_mode(0o555)).unwrap();
    open_without_rights(&data.join("madang.db"), "db.open");
    fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_undamaged() {
    let folder = folder();
    let data = folder.path().join("data");
    let file = data.join("madang.db");
    let db = Db::open_blocking(&format!("sqlite:{}", file.display()), Options::default()).unwrap();
    db.close_blocking().unwrap();
    let before = fs::read(&file).unwrap();
    fs::set_permissions(&data, Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o444)).unwrap();
    open_without_rights(&file, "db.read-only");
    assert_eq!(fs::read(&file).unwrap(), before);
}
