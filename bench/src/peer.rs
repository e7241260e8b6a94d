//! A program of others that runs beside ours: a Python script of `bench/peers/` that answers a line of JSON with a line
//! of JSON. `script/peers` installs what it needs.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::Failure;

/// A running script, ended with this value.
#[derive(Debug)]
pub struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts `bench/peers/NAME.py` with the packages of the benchmarks.
    pub fn start(name: &str) -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let found = Command::new(root.join("script/peers")).stderr(Stdio::inherit()).output()?;
        if !found.status.success() {
            return Err("script/peers could not install the programs to compare with".into());
        }
        let python = String::from_utf8(found.stdout)?;
        let mut child = Command::new(python.trim())
            .arg(root.join(format!("bench/peers/{name}.py")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().ok_or("the peer has no output")?);
        Ok(Self { child, input, output })
    }

    /// One question and its answer.
    pub fn ask(&mut self, question: &Value) -> Result<Value, Failure> {
        let input = self.input.as_mut().ok_or("the peer was ended")?;
        writeln!(input, "{question}")?;
        input.flush()?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err("the peer ended without an answer".into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
