//! What all streams give.

/// Stands for everything that decides which terms a text has. An index of another version must be built anew.
pub const VERSION: u32 = 1;

/// The streams of terms of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Word,
    Pair,
    Initial,
    Typed,
}

impl Stream {
    /// The terms of `text` in this stream.
    pub fn tokens(self, text: &str, each: impl FnMut(Token<'_>)) {
        match self {
            Stream::Word => super::words(text, each),
            Stream::Pair => super::pairs(text, each),
            Stream::Initial => super::initials(text, each),
            Stream::Typed => super::typed(text, each),
        }
    }
}

/// One term. `from..to` are bytes of the text that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub text: &'a str,
    pub position: u32,
    pub from: usize,
    pub to: usize,
}
