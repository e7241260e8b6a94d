//! From the text of a definition file to a checked [`Definition`].
//!
//! Text → tree with places (`node`) → model with stand-ins for what cannot be read (`reader`, `top`, `field`, `flow`,
//! `clock`) → checks of what the parts say about each other (`crate::check`). All faults of a file come in one go.

mod clock;
mod field;
pub(crate) mod flow;
pub(crate) mod keys;
pub(crate) mod node;
pub(crate) mod reader;
pub(crate) mod sink;
pub(crate) mod top;

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::Definition;
use crate::problem::Problems;
use node::{Fault, Node};
use reader::{At, Reader};
use sink::Sink;

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 1_000_000;

/// A definition file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Shown in front of every problem: `services/petition.toml`.
    pub name: &'a str,
    pub text: &'a str,
}

/// A definition that holds together.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub definition: Definition,
    /// What is allowed and perhaps not meant.
    pub warnings: Problems,
    /// The text as it is stored: line ends are `\n`, no byte order mark, one line end at the end. Reading it again gives
    /// the same definition and the same digest.
    pub text: String,
    /// SHA-256 of `text`, 64 hexadecimal digits.
    pub digest: String,
}

/// Reads and checks a definition.
///
/// # Errors
/// Everything that is wrong with the file, in the order of the file; never an empty list.
pub fn load(source: Source<'_>) -> Result<Loaded, Problems> {
    let text = canonical(source.text);
    let mut sink = Sink::new(&text);
    if text.len() > MAX_BYTES {
        sink.at(&(0..0), "", "form.file-too-large", &[("limit", &(MAX_BYTES / 1_000).to_string())]);
        return Err(sink.finish(source.name).0);
    }
    let root = match node::parse(&text) {
        Ok(root) => root,
        Err(faults) => {
            for fault in &faults {
                match fault {
                    Fault::Syntax(span, message) => sink.at(span, "", "form.toml", &[("message", message)]),
                    Fault::Deep(span) => sink.at(span, "", "form.too-deep", &[]),
                }
            }
            return Err(sink.finish(source.name).0);
        }
    };
    sink.set_places(node::places(&root));
    let mut reader = Reader { sink };
    let definition = read(&mut reader, &root);
    let mut sink = reader.sink;
    crate::check::check(&definition, &mut sink);
    let wrong = sink.has_errors();
    let (errors, warnings) = sink.finish(source.name);
    if wrong {
        return Err(errors);
    }
    let digest = hex(&Sha256::digest(text.as_bytes()));
    Ok(Loaded { definition, warnings, text, digest })
}

fn read(reader: &mut Reader<'_>, root: &Node) -> Definition {
    top::definition(reader, &At { node: root, path: String::new() })
}

fn canonical(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    format!("{}\n", text.trim_end_matches('\n'))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
