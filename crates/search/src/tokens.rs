//! The house's analyzer as tokenizers of the index.
//!
//! A text is taken apart in one go into a buffer that belongs to the tokenizer and is used again for the next text, so
//! nothing is allocated for a token. Byte offsets are not kept: highlighting works on the rows, not on the index.

use madang_text::analyze;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::dictionary::Dictionary;

/// Longer words are no words.
const LONGEST: usize = 200;

type Analyze = fn(&str, &mut dyn FnMut(analyze::Token<'_>));

/// One way of taking a text apart.
#[derive(Clone)]
pub(crate) struct Analyzer {
    analyze: Analyze,
    /// Its words are given beside those of the rules, so that what a question is taken apart into is found either way.
    dictionary: Option<Dictionary>,
    buffer: String,
    /// Where each token ends in the buffer, and its position.
    ends: Vec<(usize, u32)>,
    token: Token,
}

impl Analyzer {
    fn new(analyze: Analyze) -> Self {
        Self { analyze, dictionary: None, buffer: String::new(), ends: Vec::new(), token: Token::default() }
    }

    /// Stems. The word as it was written is left out beside a stem of two and more syllables: a question is looked up by
    /// its stem, and these words would be most of the index's dictionary.
    pub(crate) fn words(dictionary: Option<&Dictionary>) -> Self {
        let ruled = Self::new(|text, each| {
            let mut stemmed = None;
            analyze::words(text, |token: analyze::Token<'_>| {
                if stemmed == Some(token.position) {
                    return;
                }
                if token.text.chars().nth(1).is_some() {
                    stemmed = Some(token.position);
                }
                each(token);
            });
        });
        Self { dictionary: dictionary.cloned(), ..ruled }
    }

    pub(crate) fn pairs() -> Self {
        Self::new(|text, each| analyze::pairs(text, each))
    }

    pub(crate) fn initials() -> Self {
        Self::new(|text, each| analyze::initials(text, each))
    }

    pub(crate) fn typed() -> Self {
        Self::new(|text, each| analyze::typed(text, each))
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        let Self { analyze, dictionary, buffer, ends, token } = self;
        buffer.clear();
        ends.clear();
        analyze(text, &mut |found| {
            if found.text.len() <= LONGEST {
                buffer.push_str(found.text);
                ends.push((buffer.len(), found.position));
            }
        });
        if let Some(dictionary) = dictionary {
            dictionary.beside(text, |found| {
                if found.text.len() <= LONGEST {
                    buffer.push_str(found.text);
                    ends.push((buffer.len(), found.position));
                }
            });
        }
        token.reset();
        Tokens { buffer, ends: ends.iter(), start: 0, token }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    buffer: &'a str,
    ends: std::slice::Iter<'a, (usize, u32)>,
    start: usize,
    token: &'a mut Token,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(end, position)) = self.ends.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.buffer[self.start..end]);
        self.token.position = position as usize;
        self.start = end;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
