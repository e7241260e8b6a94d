//! Cutting particles and endings.

use std::sync::LazyLock;

use super::table::{Role, suffixes};
use super::verbs;
use crate::fold::Sym;
use crate::jamo::places;
use crate::words::lists::{After, STOP};

/// A word longer than this is no Korean word with a particle; it is left as it is.
const MAX_SYLLABLES: usize = 40;

/// The first `kept` syllables of a word; the last of them stands for `last` when that is given (고쳤습니다: 고치).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stem {
    pub kept: usize,
    pub last: Option<char>,
}

impl Stem {
    /// Writes the stem of `word` into `buffer`, which is emptied before.
    pub(crate) fn write(self, word: &[Sym], buffer: &mut String) {
        buffer.clear();
        let kept = self.kept.min(word.len());
        let plain = if self.last.is_some() { kept.saturating_sub(1) } else { kept };
        buffer.extend(word.iter().take(plain).map(|sym| sym.ch));
        buffer.extend(self.last);
    }
}

/// The stem of a word of Hangul syllables. Of what is cut at least two syllables stay.
pub(crate) fn stem(word: &[Sym]) -> Stem {
    let whole = Stem { kept: word.len(), last: None };
    if word.len() > MAX_SYLLABLES {
        return whole;
    }
    if let Some(verb) = verbs::past(word) {
        return verb;
    }
    if let Some(verb) = verbs::present(word) {
        return verb;
    }
    let mut kept = word.len();
    // Three at most, as in 도서관+에서+부터+는.
    for _ in 0..3 {
        match word.get(..kept).and_then(|word| cut(word, 2)) {
            Some(shorter) => kept = shorter,
            None => break,
        }
    }
    match word.get(..kept).and_then(verbs::present) {
        Some(verb) => verb,
        None => Stem { kept, last: None },
    }
}

/// How sure it is that a short word is a noun of one syllable with a particle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Single {
    No,
    /// May be: 물이, but 나이 too.
    Maybe,
    /// 강을, 길에서.
    Sure,
}

/// Whether `word`, of two or three syllables, is a noun of one syllable with a particle.
pub(crate) fn single(word: &[Sym]) -> Single {
    if !(2..=3).contains(&word.len()) {
        return Single::No;
    }
    let [_, particle @ ..] = word else { return Single::No };
    if cut(word, 1) != Some(1) || suffix_is_ending(word) {
        return Single::No;
    }
    match particle {
        [one] if matches!(one.ch, '은' | '는' | '을' | '를' | '에') => Single::Sure,
        [_, _] => Single::Sure,
        _ => Single::Maybe,
    }
}

fn suffix_is_ending(word: &[Sym]) -> bool {
    let Some(last) = word.last() else { return false };
    !suffixes(last.ch)
        .iter()
        .any(|suffix| suffix.len() + 1 == word.len() && matches!(suffix.role, Role::Particle(_)) && suffix.ends(word))
}

/// How much of `word` stays when its last particle or ending is cut; at least `least` syllables.
fn cut(word: &[Sym], least: usize) -> Option<usize> {
    let last = word.last()?.ch;
    let fitting = suffixes(last);
    let mut open = false;
    let mut particle: Option<usize> = None;
    let mut ending: Option<usize> = None;
    for suffix in fitting {
        if !suffix.ends(word) {
            continue;
        }
        match suffix.role {
            Role::Open => open = true,
            Role::Noun if !open => return None,
            Role::Noun => {}
            Role::Particle(after) => {
                let rest = word.len() - suffix.len();
                if rest < least || !word.get(..rest).is_some_and(|rest| agrees(rest, after)) {
                    continue;
                }
                // The longest, but 어린이+라고 rather than 어린+이라고.
                if particle.is_none() || word.get(..rest).is_some_and(is_noun) {
                    particle = Some(rest);
                }
            }
            Role::Ending => {
                let rest = word.len() - suffix.len();
                if rest >= least && ending.is_none() {
                    ending = Some(rest);
                }
            }
        }
    }
    match (particle, ending) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Ends in a noun that ends like a particle or an ending.
fn is_noun(word: &[Sym]) -> bool {
    let Some(last) = word.last() else { return false };
    suffixes(last.ch).iter().any(|suffix| suffix.role == Role::Noun && suffix.ends(word))
}

/// Whether the last syllable of `rest` is one that such a particle follows.
fn agrees(rest: &[Sym], after: After) -> bool {
    let Some((_, _, last)) = rest.last().and_then(|sym| places(sym.ch)) else { return false };
    match after {
        After::Any => true,
        After::Consonant => last != 0,
        After::Vowel => last == 0,
        // ㄹ is the eighth.
        After::VowelOrRieul => last == 0 || last == 8,
    }
}

/// Is nothing but particles or an ending, as behind a word of another script: AI를, LH에서는, CCTV입니다.
pub(crate) fn is_ending(word: &[Sym]) -> bool {
    if is_noun(word) {
        return false;
    }
    let mut kept = word.len();
    for _ in 0..3 {
        let Some(rest) = word.get(..kept).filter(|rest| !rest.is_empty()) else { break };
        let Some(last) = rest.last() else { break };
        let longest = suffixes(last.ch)
            .iter()
            .find(|suffix| matches!(suffix.role, Role::Particle(_) | Role::Ending) && suffix.ends(rest));
        match longest {
            Some(suffix) => kept -= suffix.len(),
            None => break,
        }
    }
    kept == 0
}

static STOPS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut stops = STOP.to_vec();
    stops.sort_unstable();
    stops
});

/// Says nothing about the subject.
pub(crate) fn is_stop(word: &str) -> bool {
    // The longest is 부탁드립니다.
    word.len() <= 24 && STOPS.binary_search(&word).is_ok()
}
