//! Figures that the kernel keeps of this process (Linux; elsewhere they are missing).

use super::Page;

fn status_field(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Memory in use, in bytes.
pub(super) fn resident_bytes() -> Option<u64> {
    status_field("VmRSS").map(|kilobytes| kilobytes * 1024)
}

/// Writes what is known of the process.
pub(crate) fn write(page: &mut Page) {
    if let Some(bytes) = resident_bytes() {
        page.one("process_resident_memory_bytes", "gauge", "Memory in use.", bytes);
    }
    if let Some(bytes) = status_field("VmHWM").map(|kilobytes| kilobytes * 1024) {
        page.one("madang_resident_memory_peak_bytes", "gauge", "Most memory that was in use.", bytes);
    }
    if let Some(threads) = status_field("Threads") {
        page.one("process_threads", "gauge", "Threads.", threads);
    }
    if let Ok(entries) = std::fs::read_dir("/proc/self/fd") {
        page.one("process_open_fds", "gauge", "Open files and connections.", entries.count());
    }
}
