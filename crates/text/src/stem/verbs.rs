//! Verbs and adjectives that are recognised without a dictionary: those in the past, which end in a syllable with ㅆ and
//! an ending, and contracted ones (고쳐, 막혀서). They meet in their stem: 고쳤습니다, 고쳐요 and 고치는 in 고치.

use super::cut::Stem;
use crate::fold::Sym;
use crate::jamo::{initial_place, places, syllable, vowel_place};

/// The place of the final ㅆ.
const SS: u32 = 20;
/// No ending of the past is longer: 었습니다만요.
const MAX_ENDING: usize = 5;

fn place(letter: char) -> u32 {
    initial_place(letter).or_else(|| vowel_place(letter)).unwrap_or(0)
}

/// The syllable before it was contracted with 어 or 아: 져 is 지, 켜 is 키, 와 is 오, 줘 is 주. `None`: nothing but the vowel
/// of the past (었, 았, 했, 됐), so that what stands before it is the stem.
fn contracted(initial: u32, vowel: u32) -> Option<Option<char>> {
    let is_silent = initial == place('ㅇ');
    let to = |vowel: char| Some(syllable(initial, place(vowel), 0));
    match vowel {
        v if v == place('ㅓ') || v == place('ㅏ') => {
            if is_silent {
                None
            } else {
                Some(syllable(initial, v, 0))
            }
        }
        v if v == place('ㅕ') => to('ㅣ'),
        v if v == place('ㅘ') => to('ㅗ'),
        v if v == place('ㅝ') => to('ㅜ'),
        v if v == place('ㅐ') && initial == place('ㅎ') => None,
        v if v == place('ㅙ') && initial == place('ㄷ') => None,
        v => Some(syllable(initial, v, 0)),
    }
}

/// The stem of a word in the past, or with 겠: what stands before the first syllable with ㅆ near its end.
pub(super) fn past(word: &[Sym]) -> Option<Stem> {
    let from = word.len().saturating_sub(MAX_ENDING + 1).max(1);
    let (at, (initial, vowel)) = word.iter().enumerate().skip(from).find_map(|(at, sym)| {
        let (initial, vowel, last) = places(sym.ch)?;
        (last == SS).then_some((at, (initial, vowel)))
    })?;
    let before = word.get(..at)?;
    match word.get(at)?.ch {
        // No past: what stands before them is the stem, contracted itself or a noun (고장+있습니다).
        '있' | '겠' => (before.len() >= 2).then(|| base(before)),
        // 하셨, 해주셨: the honorific. 하였: 하, but 보였: 보이.
        '셨' if before.len() >= 3 => Some(base(before)),
        '였' if before.len() >= 3 && before.last().is_some_and(|sym| sym.ch == '하') => Some(base(before)),
        // A verb of a noun: 고장+났다, 사고+났는데.
        '났' if at >= 2 => Some(Stem { kept: at, last: None }),
        _ => match contracted(initial, vowel) {
            // 해주+었: what was contracted before it.
            None => (at >= 2).then(|| base(before)),
            Some(last) => last.map(|c| Stem { kept: at + 1, last: Some(c) }),
        },
    }
}

/// What stands before the mark of the past: a noun with the verb that makes it one (설치하, 설치되, 설치해주), a contracted
/// verb, or the stem.
fn base(before: &[Sym]) -> Stem {
    for verb in ["시켜주", "해주", "시키", "시켜", "하", "되", "해"] {
        let rest = before.len().saturating_sub(verb.chars().count());
        if rest >= 2 && before.iter().skip(rest).map(|sym| sym.ch).eq(verb.chars()) {
            return Stem { kept: rest, last: None };
        }
    }
    present(before).unwrap_or(Stem { kept: before.len(), last: None })
}

/// Endings behind a contracted syllable.
const TAILS: &[&str] = &[
    "주세요",
    "주십시오",
    "주시기",
    "주시길",
    "주셨으면",
    "달라",
    "달라고",
    "요",
    "서",
    "도",
    "야",
    "버려",
    "있는",
    "주",
];

/// Endings behind a stem that is not contracted.
const OPEN_TAILS: &[&str] =
    &["습니다", "습니까", "어요", "아요", "어서", "아서", "어야", "아야", "어주세요", "아주세요", "네요", "는데요"];

/// How much stands before such an ending.
fn open(word: &[Sym]) -> Option<usize> {
    OPEN_TAILS.iter().find_map(|tail| {
        let rest = word.len().checked_sub(tail.chars().count())?;
        word.iter().skip(rest).map(|sym| sym.ch).eq(tail.chars()).then_some(rest)
    })
}

/// A short word that is a verb or adjective at the end of a sentence, and nothing that a person looks for: 좁아요, 심합니다.
pub(crate) fn is_predicate(word: &[Sym]) -> bool {
    let formal = || {
        let [.., stem, a, b] = word else { return false };
        // The final consonant 17 is ㅂ.
        a.ch == '니' && matches!(b.ch, '다' | '까') && places(stem.ch).is_some_and(|(_, _, last)| last == 17)
    };
    (2..=4).contains(&word.len()) && (open(word).is_some_and(|rest| rest > 0) || formal())
}

/// The stem of a word with an ending that is not contracted; of two syllables at least.
fn plain(word: &[Sym]) -> Option<Stem> {
    open(word).filter(|rest| *rest >= 2).map(|kept| Stem { kept, last: None })
}

/// The stem of a word with a contracted syllable (고쳐, 꺼져서, 막혀요); at least one syllable stands before it.
pub(super) fn present(word: &[Sym]) -> Option<Stem> {
    if let Some(plain) = plain(word) {
        return Some(plain);
    }
    let from = word.len().saturating_sub(5).max(1);
    for at in (from..word.len()).rev() {
        let Some(sym) = word.get(at) else { continue };
        let is_noun_too = matches!(sym.ch, '워' | '줘' | '눠' | '뤄' | '춰' | '꿔' | '둬');
        if !is_noun_too && !matches!(sym.ch, '져' | '쳐' | '혀' | '켜' | '겨' | '펴' | '껴') {
            continue;
        }
        let rest = word.get(at + 1..)?;
        // Nouns end like some of them: 타워.
        let fits = rest.is_empty() && !is_noun_too
            || TAILS
                .iter()
                .any(|tail| tail.chars().count() == rest.len() && tail.chars().zip(rest).all(|(c, s)| c == s.ch));
        if fits {
            // 설치해줘, 고쳐줘요: a helping verb. 개선시켜: a verb of a noun.
            let before = word.get(..at)?;
            let is_made = sym.ch == '켜' && before.len() >= 3 && before.last().is_some_and(|sym| sym.ch == '시');
            if is_made {
                return word.get(..=at).map(base);
            }
            if sym.ch == '줘' && before.len() >= 2 {
                return Some(base(before));
            }
            let (initial, vowel, _) = places(sym.ch)?;
            let last = contracted(initial, vowel)??;
            return Some(Stem { kept: at + 1, last: Some(last) });
        }
    }
    None
}
