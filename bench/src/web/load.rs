//! Load from `wrk`, and its report in numbers.

use std::process::Command;
use std::time::Duration;

use crate::Failure;

#[derive(Debug, PartialEq)]
pub struct Load {
    pub per_second: f64,
    pub p99_ms: f64,
    /// Answers that are no success, and connections that broke.
    pub failed: u64,
}

pub fn run(address: &str, path: &str, connections: u32, time: Duration) -> Result<Load, Failure> {
    let output = Command::new("wrk")
        .args(["--latency", "-t1", "-H", "Accept-Encoding: identity"])
        .args([format!("-c{connections}"), format!("-d{}s", time.as_secs())])
        .arg(format!("http://{address}{path}"))
        .output()
        .map_err(|error| format!("wrk cannot be started ({error}): install Debian's package wrk"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("wrk failed: {text}{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    read(&text).ok_or_else(|| format!("this report of wrk is not understood:\n{text}").into())
}

fn read(report: &str) -> Option<Load> {
    let after = |key: &str| report.lines().find_map(|line| line.trim().strip_prefix(key)).map(str::trim);
    let per_second = after("Requests/sec:")?.parse().ok()?;
    let p99_ms = milliseconds(after("99%")?)?;
    let refused: u64 = after("Non-2xx or 3xx responses:").map_or(Some(0), |count| count.parse().ok())?;
    let broken: u64 = after("Socket errors:")
        .map_or("", |line| line)
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|count| count.parse::<u64>().ok())
        .sum();
    Some(Load { per_second, p99_ms, failed: refused + broken })
}

/// `9.61ms`, `812.00us`, `1.20s`.
fn milliseconds(text: &str) -> Option<f64> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let value: f64 = text[..unit].parse().ok()?;
    match &text[unit..] {
        "us" => Some(value / 1000.0),
        "ms" => Some(value),
        "s" => Some(value * 1000.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "  Latency Distribution\n     50%    5.01ms\n     99%  812.00us\n  \
        61234 requests in 6.00s, 2.10GB read\n  Socket errors: connect 1, read 0, write 0, timeout 2\n  \
        Non-2xx or 3xx responses: 4\nRequests/sec:  10205.66\nTransfer/sec:    358.40MB\n";

    #[test]
    fn a_report_is_read() {
        assert_eq!(read(REPORT), Some(Load { per_second: 10205.66, p99_ms: 0.812, failed: 7 }));
        assert_eq!(milliseconds("1.20s"), Some(1200.0));
        assert_eq!(read("unable to connect"), None);
    }
}
