//! What can be wrong with the machine: told in words, with an exit code, and without damage.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{Server, run};

fn serve(data: &Path, more: &[&str]) -> crate::support::Ended {
    let mut args = vec!["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
    args.extend(more);
    run(&args)
}

#[test]
fn a_port_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = folder.path().join("data");
    run(&["serve", "--listen", &address, "--data", data.to_str().unwrap()])
        .fails(6, &["cannot listen", &address, "in use", "--listen"]);
}

#[test]
fn a_data_folder_that_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::write(&data, "not a folder").unwrap();
    serve(&data, &[]).fails(7, &["data folder", data.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&data).unwrap(), "not a folder");
}

#[test]
fn a_data_folder_that_cannot_be_written() {
    // The administrator of the machine may write anywhere; where the system has a folder that nobody may write, that is
    // used, otherwise one without rights.
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o500)).unwrap();
    let everything_goes = fs::write(data.join("probe"), "").is_ok();
    let data = if everything_goes { Path::new("/proc/sys").to_owned() } else { data };
    serve(&data, &[]).fails(7, &["data folder", "cannot be written", "do:"]);
}

#[test]
fn a_postgresql_that_does_not_answer() {
    let folder = tempfile::tempdir().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://joe:hunter2@{closed}/madang");
    let ended = serve(folder.path(), &["--database", &url]);
    assert!(!ended.err.contains("hunter2"), "{}", ended.err);
    ended.fails(4, &["database", &closed.to_string(), "joe:(hidden)@"]);
}

#[test]
fn a_database_of_a_later_version() {
    let folder = tempfile::tempdir().unwrap();
    Server::start("serve", folder.path(), &[]).stop();
    let file = folder.path().join("madang.db");
    let sqlite = rusqlite::Connection::open(&file).unwrap();
    // As a later program leaves it whose schema this one does not understand.
    let later = "INSERT INTO schema_version (version, name, digest, oldest) VALUES (9000, 'later', 'x', 9000)";
    sqlite.execute(later, []).unwrap();
    drop(sqlite);
    let before = fs::read(&file).unwrap();
    serve(folder.path(), &[]).fails(4, &["version", "madang.db"]);
    assert!(before == fs::read(&file).unwrap(), "the database was changed");
}

#[test]
fn a_file_that_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("madang.db");
    let text = "this is a letter and no database, and long enough to be looked at\n".repeat(100);
    fs::write(&file, &text).unwrap();
    serve(folder.path(), &[]).fails(4, &["madang.db"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn keys_that_are_gone_or_of_another_site() {
    let folder = tempfile::tempdir().unwrap();
    Server::start("serve", folder.path(), &[]).stop();
    let keys = folder.path().join("keys");
    assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
    let own = fs::read_to_string(&keys).unwrap();

    fs::remove_file(&keys).unwrap();
    serve(folder.path(), &[]).fails(7, &["keys", keys.to_str().unwrap(), "backup"]);
    assert!(!keys.exists(), "no new keys were made");

    let other = tempfile::tempdir().unwrap();
    Server::start("serve", other.path(), &[]).stop();
    fs::copy(other.path().join("keys"), &keys).unwrap();
    serve(folder.path(), &[]).fails(7, &["keys", "another site"]);

    fs::write(&keys, own.replace("master ", "mister ")).unwrap();
    serve(folder.path(), &[]).fails(7, &["keys", keys.to_str().unwrap()]);

    fs::write(&keys, own).unwrap();
    Server::start("serve", folder.path(), &[]).stop();
}
