//! `madang verify proof`.

use std::path::Path;

use madang_flows::verify;

use super::words::{Words, number, text};
use super::{Invocation, json_line, read, read_text, trust};
use crate::cli::Trust as Flags;
use crate::exit::Outcome;
use crate::{site, terminal};

pub(super) fn run(file: &Path, leaf: Option<&Path>, flags: &Flags, as_json: bool, invocation: &Invocation) -> Outcome {
    let leaf = leaf.map(read).transpose()?;
    let proved = verify::proof(&read_text(file)?, leaf.as_deref(), &trust(flags)?);
    let proved = proved.map_err(|error| site::explain(&error, invocation.locale).at(file.display()))?;
    if as_json {
        return json_line(&proved);
    }
    let words = Words::new(invocation.locale);
    words.line(
        "proof",
        &[("leaf", number(proved.leaf)), ("origin", text(&proved.origin)), ("size", number(proved.size))],
    );
    for witness in &proved.witnesses {
        words.line("witness", &[("name", text(&witness.name)), ("at", text(&witness.at))]);
    }
    terminal::line(&proved.entry);
    Ok(())
}
