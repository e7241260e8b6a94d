//! `madang openapi`.

use std::path::Path;

use super::Invocation;
use crate::exit::Outcome;
use crate::terminal;

pub(crate) fn run(output: Option<&Path>, invocation: &Invocation) -> Outcome {
    let base_url = invocation.config.base_url(invocation.config.server.listen);
    let document = madang_api::document(&madang_api::operations(), &base_url);
    terminal::write(output, format!("{document:#}\n").as_bytes())
}
