//! Requests over kept connections, as many at a time as there are connections; every answer is timed.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::Failure;

/// What came of sending all requests.
#[derive(Debug, Default)]
pub struct Sent {
    /// Milliseconds, sorted.
    pub took: Vec<f64>,
    /// Answers that are no success.
    pub failed: u64,
    pub all: Duration,
}

impl Sent {
    pub fn per_second(&self) -> f64 {
        let answers = f64::from(u32::try_from(self.took.len()).unwrap_or(u32::MAX));
        answers / self.all.as_secs_f64()
    }

    /// The time within which `part` of a hundred were answered.
    pub fn percentile(&self, part: usize) -> f64 {
        let at = (self.took.len() * part / 100).min(self.took.len().saturating_sub(1));
        self.took.get(at).copied().unwrap_or(0.0)
    }
}

/// Sends each request once, over `connections` connections, from one thread.
pub fn send(address: &str, requests: &[Vec<u8>], connections: usize) -> Result<Sent, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let requests: Rc<[Vec<u8>]> = requests.into();
    let next = Rc::new(Cell::new(0));
    let local = LocalSet::new();
    let begun = Instant::now();
    let parts = local.block_on(&runtime, async {
        let mut tasks = Vec::new();
        for _ in 0..connections {
            let (address, requests, next) = (address.to_owned(), Rc::clone(&requests), Rc::clone(&next));
            tasks.push(tokio::task::spawn_local(async move { one(&address, &requests, &next).await }));
        }
        let mut parts = Vec::new();
        for task in tasks {
            parts.push(task.await);
        }
        parts
    });
    let mut sent = Sent { all: begun.elapsed(), ..Sent::default() };
    for part in parts {
        let (took, failed) = part?.map_err(|error| format!("the connection broke: {error}"))?;
        sent.took.extend(took);
        sent.failed += failed;
    }
    sent.took.sort_by(f64::total_cmp);
    Ok(sent)
}

async fn one(address: &str, requests: &[Vec<u8>], next: &Cell<usize>) -> std::io::Result<(Vec<f64>, u64)> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut took, mut failed) = (Vec::new(), 0);
    let mut buffer = Vec::with_capacity(4096);
    loop {
        let at = next.get();
        next.set(at + 1);
        let Some(request) = requests.get(at) else { return Ok((took, failed)) };
        let begun = Instant::now();
        stream.write_all(request).await?;
        buffer.clear();
        while !whole(&buffer) {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
        failed += u64::from(!buffer.starts_with(b"HTTP/1.1 2"));
    }
}

/// Whether the head and as much body as it announces are there.
pub fn whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let text = std::str::from_utf8(&answer[..head]).unwrap_or("");
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    answer.len() >= head + 4 + length.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_with_its_body() {
        assert!(!whole(b"HTTP/1.1 201 Created\r\ncontent-length: 3\r\n"));
        assert!(!whole(b"HTTP/1.1 201 Created\r\ncontent-length: 3\r\n\r\nab"));
        assert!(whole(b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabc"));
        assert!(whole(b"HTTP/1.1 204 No Content\r\n\r\n"));
    }

    #[test]
    fn percentiles() {
        let sent = Sent { took: (1..=200).map(f64::from).collect(), failed: 0, all: Duration::from_secs(2) };
        assert_eq!((sent.per_second(), sent.percentile(50), sent.percentile(99)), (100.0, 101.0, 199.0));
    }
}
