//! The key file, the places for files, the clock and the HTTP client, on a real machine.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use madang_base::{Clock, Kind, Rng, SeededRng};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::http::{HttpOptions, client};
use crate::{OsRng, SystemClock, files, keys};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn keys_are_made_once_and_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("data");
    let first = keys::load_or_create(&inside, &OsRng).unwrap();
    assert!(first == keys::load_or_create(&inside, &OsRng).unwrap());
    assert_eq!((mode(&inside), mode(&inside.join("keys"))), (0o700, 0o600));
    let names: Vec<_> = fs::read_dir(&inside).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["keys"], "no draft is left behind");
    assert!(keys::load(&folder.path().join("keys")).unwrap().is_none());
}

#[test]
fn keys_that_others_can_read_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    keys::load_or_create(folder.path(), &OsRng).unwrap();
    let path = folder.path().join("keys");
    for open in [0o640, 0o604, 0o620, 0o666] {
        fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
        let refused = keys::load_or_create(folder.path(), &OsRng).unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (Kind::Invalid, "keys.permissions"), "{open:o}");
        assert_eq!(refused.args()["mode"], format!("{open:o}"));
    }
}

#[test]
fn a_broken_key_file_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    fs::write(&path, "broken").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(keys::load_or_create(folder.path(), &OsRng).unwrap_err().code(), "keys.format");
    assert_eq!(fs::read_to_string(&path).unwrap(), "broken");
}

#[test]
fn of_two_that_make_the_keys_at_once_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let made: Vec<_> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..8u8)
            .map(|n| {
                scope.spawn({
                    let folder = &folder;
                    move || keys::load_or_create(folder.path(), &SeededRng::new(&[n])).unwrap()
                })
            })
            .collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    assert!(made.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_bucket_needs_an_address_and_hides_its_keys() {
    let options = |endpoint: Option<&str>| files::Bucket {
        name: "files".into(),
        prefix: "madang".into(),
        endpoint: endpoint.map(str::to_owned),
        region: "us-east-1".into(),
        access_key: "hidden-access".into(),
        secret_key: "hidden-secret".into(),
    };
    assert!(files::bucket(&options(Some("http://127.0.0.1:9000"))).is_ok());
    assert!(files::bucket(&options(None)).is_ok());
    let shown = format!("{:?}", options(None));
    assert!(shown.contains("madang") && !shown.contains("hidden"), "{shown}");
}

#[test]
fn the_clock_goes_forward_and_randomness_does_not_repeat() {
    let first = SystemClock.now();
    std::thread::sleep(std::time::Duration::from_millis(2));
    let second = SystemClock.now();
    assert!(second.micros() - first.micros() >= 2000);
    assert!(first.kst_date().year() >= 2025);
    let rng: &dyn Rng = &OsRng;
    let tokens: BTreeSet<_> = (0..100).map(|_| rng.token()).collect();
    assert_eq!(tokens.len(), 100);
}

/// Answers one request with `answer` and gives back what it was asked.
async fn serve_once(answer: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/start", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await.unwrap());
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(request).unwrap()
    });
    (url, asked)
}

#[tokio::test]
async fn the_client_follows_no_redirect() {
    let answer = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/elsewhere\r\ncontent-length: 0\r\n\r\n";
    let (url, asked) = serve_once(answer).await;
    let response = client(&HttpOptions::default()).unwrap().get(url).send().await.unwrap();
    assert_eq!(response.status(), 302);
    let asked = asked.await.unwrap();
    assert!(asked.starts_with("GET /start ") && asked.contains("user-agent: madang/"), "{asked}");
}

#[tokio::test]
async fn the_client_uses_the_proxy_it_is_given() {
    let (proxy, asked) = serve_once("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
    let options = HttpOptions { proxy: Some(proxy), ..HttpOptions::default() };
    let answer = client(&options).unwrap().get("http://id.example.kr/keys").send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "ok");
    assert!(asked.await.unwrap().starts_with("GET http://id.example.kr/keys "));
    let wrong = HttpOptions { proxy: Some("not a proxy".into()), ..HttpOptions::default() };
    assert_eq!(client(&wrong).unwrap_err().code(), "http.proxy");
    let wrong = HttpOptions { trust: vec![b"-----BEGIN CERTIFICATE-----\n!\n".to_vec()], ..HttpOptions::default() };
    assert_eq!(client(&wrong).unwrap_err().code(), "http.certificate");
}
