//! The letters of a Hangul syllable: taking it apart, putting it together, and the key strokes that write it on the
//! two-set keyboard. Letters are those of the block "Hangul Compatibility Jamo" (ㄱ, ㅏ), which people type; the arithmetic
//! is that of The Unicode Standard, section 3.12.

const BASE: u32 = 0xAC00;
const VOWELS: u32 = 21;
const FINALS: u32 = 28;

/// Letters that begin a syllable, in the order of Unicode.
const INITIAL: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
/// Its vowels.
const VOWEL: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ', 'ㅟ', 'ㅠ', 'ㅡ',
    'ㅢ', 'ㅣ',
];
/// Letters that end it; the first place stands for none.
const FINAL: [char; 28] = [
    '\0', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ', 'ㅄ',
    'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// Letters that are written by two strokes.
const DOUBLE: [(char, char, char); 18] = [
    ('ㄳ', 'ㄱ', 'ㅅ'),
    ('ㄵ', 'ㄴ', 'ㅈ'),
    ('ㄶ', 'ㄴ', 'ㅎ'),
    ('ㄺ', 'ㄹ', 'ㄱ'),
    ('ㄻ', 'ㄹ', 'ㅁ'),
    ('ㄼ', 'ㄹ', 'ㅂ'),
    ('ㄽ', 'ㄹ', 'ㅅ'),
    ('ㄾ', 'ㄹ', 'ㅌ'),
    ('ㄿ', 'ㄹ', 'ㅍ'),
    ('ㅀ', 'ㄹ', 'ㅎ'),
    ('ㅄ', 'ㅂ', 'ㅅ'),
    ('ㅘ', 'ㅗ', 'ㅏ'),
    ('ㅙ', 'ㅗ', 'ㅐ'),
    ('ㅚ', 'ㅗ', 'ㅣ'),
    ('ㅝ', 'ㅜ', 'ㅓ'),
    ('ㅞ', 'ㅜ', 'ㅔ'),
    ('ㅟ', 'ㅜ', 'ㅣ'),
    ('ㅢ', 'ㅡ', 'ㅣ'),
];

pub(crate) fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// The places of a syllable's letters: initial, vowel, final (0: none).
pub(crate) fn places(c: char) -> Option<(u32, u32, u32)> {
    if !is_syllable(c) {
        return None;
    }
    let n = u32::from(c) - BASE;
    Some((n / (VOWELS * FINALS), n / FINALS % VOWELS, n % FINALS))
}

/// The syllable of these places; all within their ranges.
pub(crate) fn syllable(initial: u32, vowel: u32, last: u32) -> Option<char> {
    if initial >= 19 || vowel >= VOWELS || last >= FINALS {
        return None;
    }
    char::from_u32(BASE + (initial * VOWELS + vowel) * FINALS + last)
}

fn at(letters: &[char], place: u32) -> Option<char> {
    usize::try_from(place).ok().and_then(|place| letters.get(place)).copied()
}

fn place(letters: &[char], c: char) -> Option<u32> {
    letters.iter().position(|l| *l == c).and_then(|p| u32::try_from(p).ok())
}

/// The consonant that a syllable begins with.
pub(crate) fn initial(c: char) -> Option<char> {
    places(c).and_then(|(initial, _, _)| at(&INITIAL, initial))
}

pub(crate) fn initial_place(c: char) -> Option<u32> {
    place(&INITIAL, c)
}

pub(crate) fn vowel_place(c: char) -> Option<u32> {
    place(&VOWEL, c)
}

pub(crate) fn final_place(c: char) -> Option<u32> {
    if c == '\0' { None } else { place(&FINAL, c) }
}

/// A letter that stands by itself in the block "Hangul Jamo" (as in NFD) as one of the compatibility block.
pub(crate) fn compatible(c: char) -> Option<char> {
    match u32::from(c) {
        n @ 0x1100..=0x1112 => at(&INITIAL, n - 0x1100),
        n @ 0x1161..=0x1175 => at(&VOWEL, n - 0x1161),
        n @ 0x11A8..=0x11C2 => at(&FINAL, n - 0x11A7),
        _ => None,
    }
}

pub(crate) fn is_consonant(c: char) -> bool {
    ('ㄱ'..='ㅎ').contains(&c)
}

/// The strokes of one letter: one or two.
pub(crate) fn split(c: char) -> (char, Option<char>) {
    match DOUBLE.iter().find(|(whole, _, _)| *whole == c) {
        Some((_, first, second)) => (*first, Some(*second)),
        None => (c, None),
    }
}

/// The letter that two strokes write together.
pub(crate) fn join(first: char, second: char) -> Option<char> {
    DOUBLE.iter().find(|(_, a, b)| *a == first && *b == second).map(|(whole, _, _)| *whole)
}

/// The strokes that write `c`, in their order: three to five for a syllable with a final, one for what is no Hangul.
pub(crate) fn strokes(c: char, mut each: impl FnMut(char)) {
    let mut letter = |c: char| {
        let (first, second) = split(c);
        each(first);
        if let Some(second) = second {
            each(second);
        }
    };
    let Some((initial, vowel, last)) = places(c) else {
        letter(c);
        return;
    };
    for found in [at(&INITIAL, initial), at(&VOWEL, vowel)].into_iter().flatten() {
        letter(found);
    }
    if last > 0
        && let Some(found) = at(&FINAL, last)
    {
        letter(found);
    }
}
