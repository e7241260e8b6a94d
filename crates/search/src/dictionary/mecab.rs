//! Reading what `mecab-dict-index` wrote: `sys.dic` and `unk.dic` (a double array, tokens, features), `matrix.bin` and
//! `char.bin`. All numbers are little-endian. Nothing is believed: what does not fit is not there.

use std::ops::Range;

/// Bytes before the double array: ten numbers and the name of the character set.
const HEADER: usize = 72;
const MAGIC: u32 = 0xef71_8f77;
const VERSION: u32 = 102;
/// Bytes of a token.
const TOKEN: usize = 16;

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

fn size(bytes: &[u8], at: usize) -> Option<usize> {
    u32_at(bytes, at).and_then(|n| usize::try_from(n).ok())
}

/// One reading of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub left: u16,
    pub right: u16,
    pub cost: i16,
    /// Where its features begin.
    feature: usize,
}

/// `sys.dic` or `unk.dic`.
pub(super) struct Lexicon {
    file: Vec<u8>,
    trie: Range<usize>,
    tokens: Range<usize>,
    features: Range<usize>,
}

impl Lexicon {
    pub(super) fn read(file: Vec<u8>) -> Option<Self> {
        let length = u32::try_from(file.len()).ok()?;
        if u32_at(&file, 0)? ^ MAGIC != length
            || u32_at(&file, 4)? != VERSION
            || !file.get(40..72)?.starts_with(b"UTF-8\0")
        {
            return None;
        }
        let trie = HEADER..HEADER.checked_add(size(&file, 24)?)?;
        let tokens = trie.end..trie.end.checked_add(size(&file, 28)?)?;
        let features = tokens.end..tokens.end.checked_add(size(&file, 32)?)?;
        (features.end == file.len()).then_some(Self { file, trie, tokens, features })
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.file.get(range.clone()).unwrap_or_default()
    }

    /// Gives the words that `text` begins with, shortest first: their bytes and each of their readings.
    pub(super) fn beginnings(&self, text: &[u8], mut each: impl FnMut(usize, Entry)) {
        let trie = self.part(&self.trie);
        // Units of base and check, as Darts has them.
        let unit = |at: usize| -> Option<(i32, u32)> {
            let at = at.checked_mul(8)?;
            Some((array(trie, at).map(i32::from_le_bytes)?, u32_at(trie, at + 4)?))
        };
        let Some(mut base) = unit(0).and_then(|(base, _)| u32::try_from(base).ok()) else { return };
        for length in 0..=text.len() {
            let Ok(at) = usize::try_from(base) else { return };
            if let Some((value, check)) = unit(at)
                && check == base
                && value < 0
            {
                self.readings(-(i64::from(value)) - 1, |entry| each(length, entry));
            }
            let Some(byte) = text.get(length) else { return };
            match unit(at + usize::from(*byte) + 1) {
                Some((next, check)) if check == base => match u32::try_from(next) {
                    Ok(next) => base = next,
                    Err(_) => return,
                },
                _ => return,
            }
        }
    }

    /// The readings of a value of the array: its lower byte says how many, the rest where the first is.
    fn readings(&self, value: i64, mut each: impl FnMut(Entry)) {
        let tokens = self.part(&self.tokens);
        let Ok(value) = usize::try_from(value) else { return };
        for token in (value >> 8)..(value >> 8) + (value & 0xFF) {
            let at = token * TOKEN;
            let entry = || {
                Some(Entry {
                    left: u16_at(tokens, at)?,
                    right: u16_at(tokens, at + 2)?,
                    cost: array(tokens, at + 6).map(i16::from_le_bytes)?,
                    feature: size(tokens, at + 8)?,
                })
            };
            if let Some(entry) = entry() {
                each(entry);
            }
        }
    }

    /// The readings of exactly this word.
    pub(super) fn exactly(&self, word: &str) -> Vec<Entry> {
        let mut found = Vec::new();
        self.beginnings(word.as_bytes(), |length, entry| {
            if length == word.len() {
                found.push(entry);
            }
        });
        found
    }

    /// What the source says of a reading, separated by commas.
    pub(super) fn feature(&self, entry: Entry) -> &str {
        let rest = self.part(&self.features).get(entry.feature..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
        rest.get(..end).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }
}

/// `matrix.bin`: what it costs that one word follows another.
pub(super) struct Matrix {
    file: Vec<u8>,
    /// Right ids of the word before.
    rights: usize,
}

impl Matrix {
    pub(super) fn read(file: Vec<u8>) -> Option<Self> {
        let (rights, lefts) = (usize::from(u16_at(&file, 0)?), usize::from(u16_at(&file, 2)?));
        (file.len() == 4 + rights * lefts * 2).then_some(Self { file, rights })
    }

    /// High where the ids are of another dictionary.
    pub(super) fn cost(&self, right: u16, left: u16) -> i32 {
        let at = usize::from(right) + self.rights * usize::from(left);
        array(&self.file, 4 + at * 2).map_or(i32::from(i16::MAX), |bytes| i32::from(i16::from_le_bytes(bytes)))
    }
}

/// What a character may be part of when no word is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Character {
    /// A bit for each category that it is in.
    pub within: u32,
    /// The number of its own.
    pub category: usize,
    /// Unknown words of so many characters.
    pub length: usize,
    /// All characters of its categories in a row are an unknown word.
    pub group: bool,
    /// Unknown words also where words are known.
    pub invoke: bool,
}

/// `char.bin`.
pub(super) struct Characters {
    /// Names of categories.
    pub names: Vec<String>,
    infos: Vec<u32>,
}

impl Characters {
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let count = size(file, 0)?;
        // A character has a bit for each.
        if !(1..=18).contains(&count) || file.len() != 4 + count * 32 + 0xFFFF * 4 {
            return None;
        }
        let mut names = Vec::with_capacity(count);
        for number in 0..count {
            let name: [u8; 32] = array(file, 4 + number * 32)?;
            let end = name.iter().position(|byte| *byte == 0)?;
            names.push(std::str::from_utf8(name.get(..end)?).ok()?.to_owned());
        }
        let infos: Option<Vec<u32>> = (0..0xFFFF).map(|c| u32_at(file, 4 + count * 32 + c * 4)).collect();
        Some(Self { names, infos: infos? })
    }

    /// From the lowest bit: 18 of categories, 8 of the number of its own, 4 of length, group, invoke. What is beyond U+FFFE
    /// is like U+0000.
    pub(super) fn of(&self, c: char) -> Character {
        let at = usize::try_from(u32::from(c)).unwrap_or(0);
        let info = self.infos.get(at).or_else(|| self.infos.first()).copied().unwrap_or(0);
        let small = |n: u32| usize::try_from(n).unwrap_or(0);
        Character {
            within: info & 0x3_FFFF,
            category: small(info >> 18 & 0xFF),
            length: small(info >> 26 & 0xF),
            group: info >> 30 & 1 == 1,
            invoke: info >> 31 == 1,
        }
    }
}
