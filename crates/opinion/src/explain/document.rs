//! A text made of headings, paragraphs and statements, whatever it is shown on.

use std::fmt::Write as _;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What the whole is about.
    Title(String),
    Heading(String),
    Paragraph(String),
    /// Something to be read before anything else.
    Warning(String),
    /// A statement: its name in the files, its text in quotation marks where that is known, and sentences about it.
    Statement {
        name: String,
        text: Option<String>,
        about: Vec<String>,
    },
}

/// A text of several blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

impl Document {
    pub(super) fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub(super) fn paragraph(&mut self, text: String) {
        self.blocks.push(Block::Paragraph(text));
    }

    /// The text for a terminal or a file: one line a paragraph, headings underlined.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            // Writing to a string does not fail.
            let _ = match block {
                Block::Title(text) => writeln!(out, "{text}\n{}\n", line('=', text)),
                Block::Heading(text) => writeln!(out, "\n{text}\n{}", line('-', text)),
                Block::Paragraph(text) => writeln!(out, "{text}"),
                Block::Warning(text) => writeln!(out, "! {text}"),
                Block::Statement { name, text, about } => {
                    let head = text.as_ref().map_or_else(|| format!("[{name}]"), |text| format!("[{name}] {text}"));
                    about.iter().fold(writeln!(out, "\n  {head}"), |done, about| done.and(writeln!(out, "    {about}")))
                }
            };
        }
        out
    }
}

/// A line under a heading, as wide as it is on a terminal.
fn line(stroke: char, over: &str) -> String {
    let width = over.chars().map(super::wrap::columns).sum();
    std::iter::repeat_n(stroke, width).collect()
}
