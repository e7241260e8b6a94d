//! Whether a text is about a topic: words separated by commas, any of which must occur.

use std::collections::BTreeSet;

/// A topic, taken apart once for many texts.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    phrases: Vec<Phrase>,
}

#[derive(Clone, Debug)]
struct Phrase {
    /// Without blanks, so that 어린이 보호구역 meets 어린이보호구역.
    together: String,
    words: Vec<String>,
}

impl Topic {
    pub(super) fn new(text: &str) -> Self {
        let phrases = text.split(',').filter(|phrase| phrase.chars().any(char::is_alphanumeric));
        Self { phrases: phrases.map(|p| Phrase { together: together(p), words: madang_text::words(p) }).collect() }
    }

    /// Whether everything is about it.
    pub(super) fn is_all(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Whether one of these texts has a phrase of it, or they have all words of one.
    pub(super) fn met(&self, texts: &[&str]) -> bool {
        if self.is_all() {
            return true;
        }
        let latin = |text: &str| text.is_ascii();
        if texts.iter().any(|text| {
            let text = together(text);
            // In letters that are not Korean a word in the middle of another is another word.
            self.phrases.iter().any(|phrase| !latin(&phrase.together) && text.contains(&phrase.together))
        }) {
            return true;
        }
        let words: BTreeSet<String> = texts.iter().flat_map(|text| madang_text::words(text)).collect();
        self.phrases
            .iter()
            .any(|phrase| !phrase.words.is_empty() && phrase.words.iter().all(|word| words.contains(word)))
    }
}

fn together(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
