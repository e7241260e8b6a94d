//! The features of a text and their comparison.

use crate::fold::{Kind, fold, pieces, write};
use crate::stem::{english, is_stop, stem};

/// 64-bit FNV-1a, then mixed: short texts differ in few bits otherwise.
fn hash(kind: u8, text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in std::iter::once(kind).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(hash)
}

/// The finaliser of SplitMix64.
pub(super) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The features of a text, sorted, each once: the stems of its words and the pairs of syllables within them. What
/// stands in the title counts a second time.
pub(super) fn features(title: &str, body: &str) -> Vec<u64> {
    let mut found = Vec::with_capacity((title.len() + body.len()) / 2);
    add(title, 0, &mut found);
    add(title, 2, &mut found);
    add(body, 0, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn add(text: &str, kind: u8, found: &mut Vec<u64>) {
    let syms = fold(text);
    let mut term = String::new();
    for piece in pieces(&syms) {
        let word = syms.get(piece.start..piece.end).unwrap_or_default();
        match piece.kind {
            Kind::Jamo => {}
            Kind::Other => {
                write(word, &mut term);
                if !is_stop(&term) {
                    english::fold(&mut term);
                    found.push(hash(kind, &term));
                }
            }
            Kind::Hangul | Kind::Han => {
                if piece.kind == Kind::Hangul {
                    write(word, &mut term);
                    if is_stop(&term) {
                        continue;
                    }
                    stem(word).write(word, &mut term);
                } else {
                    write(word, &mut term);
                }
                if is_stop(&term) {
                    continue;
                }
                found.push(hash(kind, &term));
                let mut at = 0;
                let mut ends = term.char_indices().map(|(at, c)| at + c.len_utf8());
                let mut before = ends.next();
                for end in ends {
                    if let Some(pair) = term.get(at..end) {
                        found.push(hash(kind + 1, pair));
                    }
                    at = before.unwrap_or(end);
                    before = Some(end);
                }
            }
        }
    }
}

/// How much two texts, each a title and a body, have in common: features of both to features of either, in thousandths.
/// Two texts without a word have nothing in common.
#[must_use]
pub fn similarity(a: (&str, &str), b: (&str, &str)) -> u32 {
    let (a, b) = (features(a.0, a.1), features(b.0, b.1));
    let both = a.iter().filter(|feature| b.binary_search(feature).is_ok()).count();
    let either = a.len() + b.len() - both;
    (both * 1000).checked_div(either).and_then(|share| u32::try_from(share).ok()).unwrap_or(0)
}
