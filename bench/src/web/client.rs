//! One page by a plain connection: what is measured must not depend on a client's cleverness.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::Failure;

/// Fetches a document: its body, when the status is 200.
pub fn get(address: &str, path: &str) -> Result<String, Failure> {
    let answer = answer(address, path)?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200 ") => Ok(body.to_owned()),
        _ => Err(format!("{path}: {}", answer.lines().next().unwrap_or("no answer")).into()),
    }
}

/// Fetches a page and makes sure that it is one: status 200, not compressed, whole.
pub fn page(address: &str, path: &str) -> Result<(), Failure> {
    let answer = answer(address, path)?;
    if answer.starts_with("HTTP/1.1 200 ") && answer.contains("</html>") {
        return Ok(());
    }
    let status = answer.lines().next().unwrap_or("no answer");
    Err(format!("{path}: {status}").into())
}

fn answer(address: &str, path: &str) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    String::from_utf8(answer).map_err(|_| format!("{path} is not text: compressed?").into())
}
