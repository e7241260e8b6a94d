//! `madang verify export` over 10,000,000 leaves and their counts, from a folder alone.

use std::process::{Command, Stdio};
use std::time::Instant;

use super::generate;
use crate::Failure;
use crate::folder::Folder;
use crate::report::Row;
use crate::server::binary;

const LEAVES: u64 = 10_000_000;
const SMALL: u64 = 1_000_000;

pub fn run(rows: &mut Vec<Row>) -> Result<(), Failure> {
    let folder = Folder::new("ledger-verify")?;
    let small = verify(&folder, "small", SMALL)?;
    let large = verify(&folder, "large", LEAVES)?;
    let work = |what: &str| format!("verify {LEAVES} leaves and their counts from an export: {what}");
    rows.push(Row::below(&work("time"), large.seconds, "s", None, 60.0));
    rows.push(Row::below(
        &work("peak memory beyond that of 1,000,000"),
        (large.peak_mb - small.peak_mb).max(0.0),
        "MB",
        None,
        64.0,
    ));
    rows.push(Row::below(&work("peak memory"), large.peak_mb, "MB", None, 512.0));
    Ok(())
}

struct Verified {
    seconds: f64,
    peak_mb: f64,
}

fn verify(folder: &Folder, name: &str, leaves: u64) -> Result<Verified, Failure> {
    let export = folder.path().join(name);
    generate::export(&export, leaves)?;
    let begun = Instant::now();
    let mut child = Command::new(binary()?)
        .args(["verify", "export", "--json"])
        .arg(&export)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak_mb: f64 = 0.0;
    let status = loop {
        if let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", child.id()))
            && let Some(kib) = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))
        {
            peak_mb = peak_mb.max(kib.trim().trim_end_matches("kB").trim().parse::<f64>()? * 1024.0 / 1e6);
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    let seconds = begun.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("the export of {leaves} leaves did not verify: {status}").into());
    }
    std::fs::remove_dir_all(&export)?;
    Ok(Verified { seconds, peak_mb })
}
