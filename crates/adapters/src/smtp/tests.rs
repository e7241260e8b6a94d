//! Against a mail server that says what it is told to.

use std::sync::{Arc, Mutex};

use madang_base::{Kind, SeededRng, Time};
use madang_kernel::mail::MailId;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::*;

fn outgoing(html: Option<&str>) -> Outgoing {
    let at = Time::from_micros(1_772_323_200_000_000);
    Outgoing {
        id: MailId::new(at, &SeededRng::new(b"mail")),
        to: "citizen@example.kr".into(),
        subject: "로그인 링크가 도착했습니다".into(),
        text: "안녕하세요\n.\n링크: https://example.kr/ko/enter\n".into(),
        html: html.map(str::to_owned),
        headers: vec![("List-Unsubscribe".into(), "<https://example.kr/u/1>".into())],
        at,
    }
}

/// A server that answers each command from `answer(command)`, or as servers do. Gives its port and what it heard.
async fn server(answer: fn(&str) -> Option<&'static str>) -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(String::new()));
    let notes = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (reader, mut writer) = stream.into_split();
            let mut lines = BufReader::new(reader).lines();
            let mut in_data = false;
            let _ = writer.write_all(b"220 mail.example.kr\r\n").await;
            while let Ok(Some(line)) = lines.next_line().await {
                notes.lock().unwrap().push_str(&format!("{line}\n"));
                let reply = match answer(&line) {
                    Some(reply) => reply,
                    None if in_data && line == "." => "250 taken",
                    None if in_data => continue,
                    None if line == "DATA" => "354 go on",
                    None if line == "QUIT" => "221 bye",
                    None => "250 ok",
                };
                in_data = reply.starts_with("354");
                let _ = writer.write_all(format!("{reply}\r\n").as_bytes()).await;
            }
        }
    });
    (port, heard)
}

fn mailer(port: u16) -> SmtpMailer {
    SmtpMailer::new(&SmtpConfig {
        host: "127.0.0.1".into(),
        port: Some(port),
        security: Security::None,
        from: "마당 <no-reply@madang.example.kr>".into(),
        ..SmtpConfig::default()
    })
    .unwrap()
}

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let (port, heard) = server(|_| None).await;
    assert_eq!(mailer(port).send(&outgoing(None)).await.unwrap(), Delivery::Sent);
    let heard = heard.lock().unwrap().clone();
    let id = outgoing(None).id;
    for line in [
        "EHLO madang.example.kr",
        "MAIL FROM:<no-reply@madang.example.kr>",
        "RCPT TO:<citizen@example.kr>",
        "To: citizen@example.kr",
        "Date: Sun, 01 Mar 2026 00:00:00 +0000",
        &format!("Message-ID: <{id}@madang.example.kr>"),
        "Auto-Submitted: auto-generated",
        "List-Unsubscribe: <https://example.kr/u/1>",
    ] {
        assert!(heard.lines().any(|heard| heard.trim_end().starts_with(line)), "{line} is not in\n{heard}");
    }
    // Headers are ASCII; the subject is Korean in encoded words (RFC 2047).
    let (headers, _) = heard.split_once("\n\n").unwrap();
    assert!(headers.is_ascii() && headers.contains("Subject: =?utf-8?"), "{headers}");
}

#[tokio::test]
async fn text_and_html_are_two_forms_of_one_message() {
    let (port, heard) = server(|_| None).await;
    mailer(port).send(&outgoing(Some("<p>안녕하세요</p>"))).await.unwrap();
    let heard = heard.lock().unwrap().clone();
    let at = |text: &str| heard.find(text).unwrap_or_else(|| panic!("{text} is not in\n{heard}"));
    assert!(at("multipart/alternative") < at("text/plain") && at("text/plain") < at("text/html"));
}

/// Which failures are final decides whether a message is tried again.
#[tokio::test]
async fn only_a_refusal_of_the_message_is_final() {
    async fn outcome(answer: fn(&str) -> Option<&'static str>) -> (Kind, &'static str) {
        let (port, _) = server(answer).await;
        let error = mailer(port).send(&outgoing(None)).await.unwrap_err();
        (error.kind(), error.code())
    }
    let refused = (Kind::Invalid, "mail.refused");
    let away = (Kind::Unavailable, "mail.server");
    assert_eq!(outcome(|l| l.starts_with("RCPT").then_some("550 no such mailbox")).await, refused);
    assert_eq!(outcome(|l| l.starts_with("DATA").then_some("554 spam")).await, refused);
    assert_eq!(outcome(|l| l.starts_with("RCPT").then_some("450 busy")).await, away);
    assert_eq!(outcome(|l| l.starts_with("MAIL").then_some("530 sign in first")).await, away);
    assert_eq!(outcome(|l| l.starts_with("EHLO").then_some("421 closing")).await, away);
    let nobody = mailer(1).send(&outgoing(None)).await.unwrap_err();
    assert_eq!((nobody.kind(), nobody.code()), away);
}

#[test]
fn configuration_is_checked_and_the_password_never_shown() {
    let good = SmtpConfig {
        host: "smtp.example.kr".into(),
        username: Some("madang".into()),
        password: Some("비밀스러운".into()),
        from: "no-reply@example.kr".into(),
        ..SmtpConfig::default()
    };
    for security in [Security::StartTls, Security::Tls, Security::None] {
        let mailer = SmtpMailer::new(&SmtpConfig { security, ..good.clone() }).unwrap();
        assert!(!format!("{mailer:?} {good:?}").contains("비밀스러운"));
    }
    let code = |config: SmtpConfig| SmtpMailer::new(&config).unwrap_err().code();
    assert_eq!(code(SmtpConfig { from: "no address".into(), ..good.clone() }), "mail.config-from");
    assert_eq!(code(SmtpConfig { host: String::new(), ..good }), "mail.config-host");
}

#[tokio::test]
async fn the_demo_keeps_everything() {
    assert_eq!(KeepMailer.send(&outgoing(None)).await.unwrap(), Delivery::Kept);
}
