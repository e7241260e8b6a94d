//! Text to the terminal: results on standard output, progress on standard error and only when a person looks.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exit::{Exit, Failure, Outcome};

/// Writes a line of the result. A reader that went away (`| head`) is no failure.
pub(crate) fn line(text: impl fmt::Display) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Writes a result to a file, or to standard output when there is none or it is called `-`.
pub(crate) fn write(output: Option<&Path>, bytes: &[u8]) -> Outcome {
    match output.filter(|path| *path != Path::new("-")) {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|error| Failure::new(Exit::Files, "the file cannot be written").at(path.display()).why(error)),
        None => {
            let mut out = io::stdout().lock();
            match out.write_all(bytes).and_then(|()| out.flush()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    Err(Failure::new(Exit::Failed, "standard output cannot be written").why(error))
                }
                _ => Ok(()),
            }
        }
    }
}

/// Writes a line for the person who waits, beside the result.
pub(crate) fn note(text: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a person can be asked.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question that is answered with yes or no; anything but yes is no.
pub(crate) fn confirm(question: &str) -> bool {
    let _ = write!(io::stderr().lock(), "{question} [y/N] ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "예" | "네")
}

/// A bar for work of a known size. It is drawn on standard error, and not at all when that is no terminal.
pub(crate) fn bar(total: u64, unit: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let template = if unit == "bytes" {
        "{msg:24} [{bar:30}] {bytes}/{total_bytes} {eta}"
    } else {
        "{msg:24} [{bar:30}] {human_pos}/{human_len} {eta}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
