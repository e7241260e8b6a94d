//! Letters to syllables, as an input method puts them together.

use super::layout::letter;
use crate::jamo::{final_place, initial_place, join, syllable, vowel_place};

/// What the keys that wrote a Latin text write in Hangul: `None` when a letter is left over that is no whole syllable, when
/// there is no Latin letter, or anything but ASCII.
#[must_use]
pub fn to_hangul(latin: &str) -> Option<String> {
    let mut text = String::new();
    let mut open = Open::default();
    let mut found = false;
    for c in latin.chars() {
        if c.is_ascii_alphabetic() {
            open.take(letter(c)?, &mut text)?;
            found = true;
        } else if c.is_ascii() {
            open.finish(&mut text)?;
            text.push(c);
        } else {
            return None;
        }
    }
    open.finish(&mut text)?;
    found.then_some(text)
}

/// The syllable that is being written.
#[derive(Default)]
struct Open {
    initial: Option<char>,
    vowel: Option<char>,
    /// One or two consonants behind the vowel.
    last: Option<char>,
    second: Option<char>,
}

impl Open {
    fn take(&mut self, letter: char, text: &mut String) -> Option<()> {
        if vowel_place(letter).is_some() { self.vowel(letter, text) } else { self.consonant(letter, text) }
    }

    fn vowel(&mut self, letter: char, text: &mut String) -> Option<()> {
        // A consonant behind the vowel turns out to begin the next syllable.
        if let Some(next) = self.second.take().or_else(|| self.last.take()) {
            self.finish(text)?;
            *self = Open { initial: Some(next), vowel: Some(letter), ..Open::default() };
            return Some(());
        }
        self.vowel = match self.vowel {
            None => Some(letter),
            Some(before) => Some(join(before, letter)?),
        };
        self.initial.map(|_| ())
    }

    fn consonant(&mut self, letter: char, text: &mut String) -> Option<()> {
        if self.vowel.is_some() && self.second.is_none() {
            match self.last {
                None if final_place(letter).is_some() => {
                    self.last = Some(letter);
                    return Some(());
                }
                Some(last) if join(last, letter).is_some() => {
                    self.second = Some(letter);
                    return Some(());
                }
                _ => {}
            }
        }
        self.finish(text)?;
        self.initial = Some(letter);
        Some(())
    }

    /// Writes the syllable; `None` when it is not whole.
    fn finish(&mut self, text: &mut String) -> Option<()> {
        let open = std::mem::take(self);
        let Some(initial) = open.initial else {
            return open.vowel.is_none().then_some(());
        };
        let last = match (open.last, open.second) {
            (Some(first), Some(second)) => final_place(join(first, second)?)?,
            (Some(one), None) => final_place(one)?,
            _ => 0,
        };
        text.push(syllable(initial_place(initial)?, vowel_place(open.vowel?)?, last)?);
        Some(())
    }
}
