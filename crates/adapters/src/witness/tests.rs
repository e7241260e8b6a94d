//! Other people's machines behave badly, and nothing comes of it.

use std::net::SocketAddr;

use server::serve;

use super::*;

/// A server that says one thing to everybody.
mod server {
    use std::net::SocketAddr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    pub(super) async fn serve(answer: Vec<u8>, hold: bool) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = answer.clone();
                tokio::spawn(async move {
                    let mut part = [0; 4096];
                    let _ = stream.read(&mut part).await;
                    let _ = stream.write_all(&answer).await;
                    if hold {
                        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
                    }
                });
            }
        });
        address
    }
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: http://127.0.0.1:1/\r\n\r\n{body}", body.len())
        .into_bytes()
}

async fn posted(at: SocketAddr, most: usize) -> Result<Reply> {
    let client = WitnessClient::new(true).unwrap();
    let url = format!("http://{at}/add-checkpoint");
    WitnessCaller::post(&client, &url, "old 0\n".to_owned(), most, Duration::from_millis(400)).await
}

#[tokio::test]
async fn an_answer_has_a_limit_of_size_and_of_time() {
    let small = serve(answer("200 OK", "abc"), false).await;
    assert_eq!(posted(small, 3).await.unwrap(), Reply { status: 200, body: b"abc".to_vec() });
    assert_eq!(posted(small, 2).await.unwrap_err().code(), "witness.answer-large");
    // More is promised than comes; the head never ends; nobody is there.
    let slow = serve(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec(), true).await;
    assert_eq!(posted(slow, 100).await.unwrap_err().code(), "witness.slow");
    let mute = serve(Vec::new(), true).await;
    assert_eq!(posted(mute, 100).await.unwrap_err().code(), "witness.slow");
    let gone = serve(Vec::new(), false).await;
    assert_eq!(posted(gone, 100).await.unwrap_err().code(), "witness.unreachable");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_leads_nowhere() {
    let elsewhere = serve(answer("302 Found", ""), false).await;
    assert_eq!(posted(elsewhere, 100).await.unwrap().status, 302);
    let client = WitnessClient::new(true).unwrap();
    let fetched = Fetch::get(&client, &format!("http://{elsewhere}/checkpoint"), 100).await;
    assert_eq!(fetched, Err(FetchError::Unreachable("status 302".to_owned())));
}

#[tokio::test]
async fn what_is_not_there_is_told_from_what_cannot_be_read() {
    let client = WitnessClient::new(true).unwrap();
    for (status, expected) in [("404 Not Found", Ok(None)), ("200 OK", Ok(Some(b"abc".to_vec())))] {
        let at = serve(answer(status, "abc"), false).await;
        assert_eq!(Fetch::get(&client, &format!("http://{at}/tile/0/000"), 3).await, expected);
    }
    let at = serve(answer("200 OK", "abcd"), false).await;
    assert_eq!(Fetch::get(&client, &format!("http://{at}/tile/0/000"), 3).await, Err(FetchError::TooLarge));
}

#[tokio::test]
async fn only_public_addresses_are_asked_unless_told_otherwise() {
    let client = WitnessClient::new(false).unwrap();
    for url in ["http://witness.example.org/x", "https://127.0.0.1/x", "https://[::1]/x", "https://10.0.0.1/", "x"] {
        let refused = WitnessCaller::get(&client, url, 10, Duration::from_secs(1)).await.unwrap_err();
        assert_eq!(refused.code(), "witness.url", "{url}");
    }
}

#[tokio::test]
async fn a_call_of_an_alarm_is_signed_as_standard_webhooks_are() {
    use madang_base::{FixedClock, SeededRng, Time};
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut got, mut part) = (Vec::new(), [0; 1024]);
        while !got.ends_with(b"{}") {
            let n = stream.read(&mut part).await.unwrap();
            got.extend_from_slice(&part[..n]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        let _ = sender.send(String::from_utf8(got).unwrap());
    });
    let clock = Arc::new(FixedClock::at(Time::from_micros(1_614_265_330_000_000)));
    let rng = Arc::new(SeededRng::new(b"notifier"));
    let notifier = WitnessNotifier::new(None, b"a secret of the receiver".to_vec(), clock, rng).unwrap();
    let message = Message::Webhook { id: "msg_1".into(), url: format!("http://{at}/hook"), body: "{}".into() };
    assert_eq!(notifier.send(&message).await, Ok(()));
    let got = receiver.await.unwrap();
    // HMAC-SHA-256 of "msg_1.1614265330.{}" under the secret, made by another program.
    assert!(got.contains("webhook-timestamp: 1614265330\r\n"), "{got}");
    assert!(got.contains("webhook-signature: v1,uD14LU1iaVfnNdRk1PYM4PoZnWjA6NGNon0EPxN9K1Q=\r\n"), "{got}");
    let mail = Message::Mail { id: "m".into(), to: "a@b".into(), subject: String::new(), text: String::new() };
    assert_eq!(notifier.send(&mail).await, Err("no mail server is configured".to_owned()));
}
