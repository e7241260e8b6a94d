//! The server as a process that ends with the benchmark.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::Failure;

/// Time for the first start, which makes the data.
const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(15);

pub struct Server {
    child: Child,
    begun: Instant,
    /// `127.0.0.1:PORT`
    pub address: String,
}

impl Server {
    /// Starts `madang demo` on a free port and waits until it prints its address.
    pub fn start(data: &Path) -> Result<Self, Failure> {
        Self::launch("demo", data, &[])
    }

    /// Starts `madang serve` or `demo` with more arguments.
    pub fn launch(command: &str, data: &Path, more: &[&str]) -> Result<Self, Failure> {
        let binary = binary()?;
        let begun = Instant::now();
        let mut child = Command::new(&binary)
            .args([command, "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", binary.display()))?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        let mut server = Self { child, begun, address: String::new() };
        let (found, address) = mpsc::channel();
        // Reads on to the end, so that the server is never stopped by a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(address) = address_in(&line) {
                    let _ = found.send(address.to_owned());
                }
            }
        });
        server.address = address.recv_timeout(START_LIMIT).map_err(|_| "the server printed no address")?;
        Ok(server)
    }

    /// Runs a command of the binary to its end and gives what it printed.
    pub fn run(arguments: &[&str]) -> Result<String, Failure> {
        let output = Command::new(binary()?).args(arguments).stdin(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        Err(format!("madang {}: {text}{}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into())
    }

    pub fn since_start(&self) -> Duration {
        self.begun.elapsed()
    }

    /// What of the process is in memory now, in MB of a million bytes.
    pub fn resident_mb(&self) -> Result<f64, Failure> {
        self.status_mb("VmRSS:")
    }

    /// The most that was ever in memory, in MB.
    pub fn peak_mb(&self) -> Result<f64, Failure> {
        self.status_mb("VmHWM:")
    }

    fn status_mb(&self, key: &str) -> Result<f64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(key)).ok_or("the kernel does not tell")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib * 1024.0 / 1e6)
    }

    /// A power cut: ends it at once.
    pub fn cut(&mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) -> Result<(), Failure> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let asked = Instant::now();
        while asked.elapsed() < STOP_LIMIT {
            match self.child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("the server ended with {status}").into()),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        }
        Err("the server did not stop".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server beside this program: both are built into one folder.
pub fn binary() -> Result<PathBuf, Failure> {
    let path = std::env::current_exe()?.with_file_name("madang");
    if path.is_file() { Ok(path) } else { Err(format!("{} is missing: script/bench builds it", path.display()).into()) }
}

fn address_in(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("http://")?;
    rest.split(['/', ' ']).next().filter(|address| address.starts_with("127.0.0.1:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_the_banner() {
        assert_eq!(address_in("  http://127.0.0.1:4711/ko   브라우저"), Some("127.0.0.1:4711"));
        assert_eq!(address_in("  마당 Madang"), None);
    }
}
