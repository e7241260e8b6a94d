//! An export of a running demo: fetched over connections that break, verified in an empty folder by the binary alone.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{Server, run};

/// Passes bytes on to a server and breaks the answers off: the n-th connection after `cuts[n]` bytes, later ones never.
fn breaking(server: &str, cuts: Vec<usize>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (server, count) = (server.to_owned(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let n = counted.fetch_add(1, Ordering::SeqCst);
            let (server, most) = (server.clone(), cuts.get(n).copied().unwrap_or(usize::MAX));
            std::thread::spawn(move || {
                let upstream = TcpStream::connect(&server).unwrap();
                let (mut from, mut to) = (client.try_clone().unwrap(), upstream.try_clone().unwrap());
                std::thread::spawn(move || std::io::copy(&mut from, &mut to));
                let (mut passed, mut buffer) = (0, [0; 4096]);
                let (mut upstream, mut client) = (upstream, client);
                while let Ok(read) = upstream.read(&mut buffer) {
                    let pass = read.min(most - passed);
                    passed += pass;
                    if client.write_all(&buffer[..pass]).is_err() || read == 0 || passed >= most {
                        break;
                    }
                }
                let _ = client.shutdown(Shutdown::Both);
                let _ = upstream.shutdown(Shutdown::Both);
            });
        }
    });
    (address, count)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_demos_export_comes_over_broken_connections_and_verifies_with_the_binary_alone() {
    let there = tempfile::tempdir().unwrap();
    let data = there.path().join("data");
    let server = Server::start("demo", &data, &[]);
    let base = format!("http://{}", server.address);
    let mut signed = false;
    for _ in 0..200 {
        signed = server.get("/log/checkpoint").status == 200;
        if signed {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(signed, "{}", server.log());
    let here = tempfile::tempdir().unwrap();
    let (one, two) = (here.path().join("one"), here.path().join("two"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    run(&["ledger", "fetch", &base, &text(&one)]).ok();
    let whole = files(&one);
    let leaves = whole.keys().find(|name| name.starts_with("leaves/")).unwrap().clone();

    // Cut anywhere: in small files, within lines of leaves, within claims. The command goes on, or is run again.
    let cuts = (0..60).map(|n| 150 + n * n * 97 % 30_011).collect();
    let (address, connections) = breaking(&server.address, cuts);
    let broken = format!("http://{address}");
    let mut runs = 0;
    while run(&["ledger", "fetch", &broken, &text(&two)]).code != Some(0) {
        runs += 1;
        assert!(runs < 80, "it never comes through");
    }
    assert!(connections.load(Ordering::SeqCst) > 20);
    let content = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        files
            .iter()
            .filter(|(name, _)| name.starts_with("leaves/") || name.starts_with("services/"))
            .map(|(n, b)| (n.clone(), b.clone()))
            .collect()
    };
    assert_eq!(content(&files(&two)).keys().collect::<Vec<_>>(), content(&whole).keys().collect::<Vec<_>>());
    let (old, new) = (&whole[&leaves], &files(&two)[&leaves]);
    assert!(new.starts_with(old), "a log only grows");

    // A power cut leaves half a line, or a file that ends anywhere.
    for cut in [0, 1, old.len() / 3, old.len() - 1] {
        std::fs::write(two.join(&leaves), &new[..cut]).unwrap();
        run(&["ledger", "fetch", &base, &text(&two)]).ok();
        assert!(files(&two)[&leaves].starts_with(new), "cut at {cut}");
    }
    run(&["export", "log", &text(&here.path().join("own")), "--data", &text(&data)]).ok();
    run(&["export", "salts", "-o", &text(&here.path().join("salts.ndjson")), "--data", &text(&data)]).ok();
    drop(server);

    // No site, no network: the folder alone.
    for folder in ["one", "two", "own"] {
        let report = run(&["verify", "export", &text(&here.path().join(folder)), "--json"]).ok();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report["differences"], serde_json::json!([]), "{folder}");
        assert!(report["recounts"][0]["counts"]["supports"].as_u64().unwrap() > 100, "{report:#}");
    }
    let salts = text(&here.path().join("salts.ndjson"));
    let said = run(&["verify", "export", &text(&here.path().join("own")), "--salts", &salts, "--language", "ko"]).ok();
    assert!(said.contains("모두 맞습니다"), "{said}");

    let claims = two.join(whole.keys().find(|name| name.starts_with("claims/")).unwrap());
    let lie = std::fs::read_to_string(&claims).unwrap().replacen("\"total\":", "\"total\":1", 1);
    std::fs::write(&claims, lie).unwrap();
    let found = run(&["verify", "export", &text(&two), "--json"]);
    assert_eq!(found.code, Some(5), "{}", found.err);
    let report: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(report["differences"][0]["what"], "total", "{report:#}");
    let cut = old.len() / 2;
    std::fs::write(one.join(&leaves), &old[..cut]).unwrap();
    run(&["verify", "export", &text(&one), "--language", "en"]).fails(5, &[&leaves]);
    let nothing = run(&["verify", "file", &claims.display().to_string(), "--export", &text(&here.path().join("own"))]);
    assert_eq!(nothing.code, Some(5));
}
