//! Hangul without spaces, taken apart into words that the index knows.

use tantivy::Term;
use tantivy::schema::Field;

use super::Desk;
use super::parts::words_of;
use crate::generation::Outcome;

/// The longest word that is looked up, in syllables.
const LONGEST: usize = 8;
/// Syllables that stand between words and are none.
const PARTICLES: &str = "을를이가은는에의도로와과만";
/// The longest text that is taken apart, in syllables.
const MOST: usize = 24;

/// How many documents have the word.
fn frequency(desk: &Desk<'_>, field: Field, word: &str) -> Outcome<u64> {
    desk.searcher.doc_freq(&Term::from_field_text(field, word))
}

/// The most likely words of a text without their particles, each as probable as it is common; those of one syllable are particles mostly and left
/// out. Empty when they do not cover most of the text, or when it is one word.
pub(super) fn segments(desk: &Desk<'_>, field: Field, text: &str) -> Outcome<Vec<String>> {
    let syllables: Vec<char> = text.chars().take(MOST).collect();
    let n = syllables.len();
    #[expect(clippy::cast_precision_loss, reason = "a number of documents in a logarithm")]
    let all = (desk.searcher.num_docs() as f64 + 1.0).ln();
    // The cheapest way to each place: what it costs and where its last word begins.
    let mut best: Vec<(f64, usize)> = vec![(0.0, 0)];
    for end in 1..=n {
        // A syllable that is in no word.
        let mut cheapest = (best[end - 1].0 + all + 8.0, end - 1);
        for start in end.saturating_sub(LONGEST)..end {
            if end - start == n {
                continue;
            }
            let word: String = syllables[start..end].iter().collect();
            let found = frequency(desk, field, &word)?;
            if found == 0 {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "a number of documents in a logarithm")]
            let rarity = all - (found as f64).ln();
            let alone = if end - start == 1 { 4.0 } else { 0.0 };
            let cost = best[start].0 + rarity.max(0.0) + 1.0 + alone;
            if cost < cheapest.0 {
                cheapest = (cost, start);
            }
        }
        best.push(cheapest);
    }
    let mut found: Vec<String> = Vec::new();
    let (mut end, mut covered) = (n, 0);
    let mut between = 0;
    while end > 0 {
        let start = best[end].1;
        if end - start > 1 {
            covered += end - start;
            let text: String = syllables[start..end].iter().collect();
            let stem = words_of(&text)
                .into_iter()
                .flatten()
                .filter(|word| word.chars().count() > 1)
                .min_by_key(|word| word.chars().count())
                .unwrap_or_else(|| text.clone());
            found.push(stem);
        } else if PARTICLES.contains(syllables[start]) {
            between += 1;
        }
        end = start;
    }
    found.reverse();
    if covered * 10 < (n - between) * 6 {
        found.clear();
    }
    Ok(found)
}
