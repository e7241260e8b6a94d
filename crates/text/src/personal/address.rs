//! Street addresses: by road (세종대로 209, 테헤란로12길 3-4), by lot (역삼동 123-45), and the number of a flat (101동 1203호).
//!
//! 로 is a particle too (기준으로 12건, 제도로 3), so a road needs one of: an area in front of it, a syllable before 로 that the
//! particle does not follow, a number with a dash, the floor or flat behind it, or a word that speaks of an address.

use super::finding::{Confidence, Finding, Kind, finding};
use super::fold::{Sym, near};
use super::places::{DISTRICTS, NO_AREAS, NO_QUARTERS, NO_ROADS, PROVINCES, UNITS, WORDS};

use Confidence::{Certain, Likely, Possible};

/// The longest word of an address, in characters.
const MAX_WORD: usize = 20;

pub(super) fn look(syms: &[Sym], at: usize, found: &mut Vec<Finding>) {
    match syms[at].ch {
        '로' | '길' => road(syms, at, found),
        '동' | '리' | '가' => {
            lot(syms, at, found);
            flat(syms, at, found);
        }
        _ => {}
    }
}

fn char_at(syms: &[Sym], at: usize) -> char {
    syms.get(at).map_or('\n', |s| s.ch)
}

fn spells(syms: &[Sym], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(k, c)| char_at(syms, at + k).to_ascii_lowercase() == c)
}

fn any_of(syms: &[Sym], at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| spells(syms, at, word))
}

fn blanks(syms: &[Sym], at: usize) -> usize {
    (0..2).take_while(|k| char_at(syms, at + k) == ' ').count()
}

/// The place behind `12` or `12-3` at `at`, and whether there is a dash; `None` for any other number.
fn house(syms: &[Sym], at: usize) -> Option<(usize, bool)> {
    let digits = |from: usize| (0..6).take_while(|k| char_at(syms, from + k).is_ascii_digit()).count();
    let main = digits(at);
    if !(1..=5).contains(&main) || char_at(syms, at) == '0' {
        return None;
    }
    let mut end = at + main;
    let mut dash = false;
    if char_at(syms, end) == '-' {
        let sub = digits(end + 1);
        if !(1..=4).contains(&sub) {
            return None;
        }
        end += 1 + sub;
        dash = true;
    }
    let next = char_at(syms, end);
    let goes_on = matches!(next, '.' | ',' | '-') && char_at(syms, end + 1).is_ascii_digit();
    (!goes_on && !next.is_ascii_alphabetic()).then_some((end, dash))
}

/// The word that ends at `end`, inclusive: where it begins, and its text.
fn word(syms: &[Sym], end: usize) -> Option<(usize, String)> {
    let is_part = |s: &Sym| s.is_hangul() || s.ch.is_ascii_alphanumeric();
    let length = syms[..=end].iter().rev().take(MAX_WORD + 1).take_while(|s| is_part(s)).count();
    if length == 0 || length > MAX_WORD {
        return None;
    }
    let start = end + 1 - length;
    Some((start, syms[start..=end].iter().map(|s| s.ch).collect()))
}

/// The areas in front of the word that begins at `start`: where the first begins and how many, when one of them is surely
/// an area.
fn areas(syms: &[Sym], start: usize) -> Option<(usize, usize)> {
    let mut sure = None;
    let mut begin = start;
    for count in 1..=4 {
        let mut end = begin;
        while end > 0 && begin - end < 2 && syms[end - 1].ch == ' ' {
            end -= 1;
        }
        if end == begin || end == 0 {
            break;
        }
        let Some((first, text)) = word(syms, end - 1) else { break };
        let syllables = text.chars().count();
        let is_city = !NO_AREAS.contains(&text.as_str())
            && (PROVINCES.contains(&text.as_str())
                || DISTRICTS.contains(&text.as_str())
                || ((3..=7).contains(&syllables) && text.ends_with(['시', '군', '구'])));
        let is_town = (2..=6).contains(&syllables) && text.ends_with(['읍', '면', '동', '리']);
        if is_city {
            sure = Some((first, count));
        } else if !is_town {
            break;
        }
        begin = first;
    }
    sure
}

fn road(syms: &[Sym], at: usize, found: &mut Vec<Finding>) {
    let mut number = at + 1 + blanks(syms, at + 1);
    if spells(syms, number, "지하") {
        number += 2 + blanks(syms, number + 2);
    }
    if !char_at(syms, number).is_ascii_digit() || at == 0 {
        return;
    }
    // 12길 and 40번길 belong to the road in front of them.
    let stem = syms[at - 1];
    if syms[at].ch == '길' && !stem.is_hangul() {
        return;
    }
    let Some((mut start, name)) = word(syms, at) else { return };
    if name.ends_with("으로")
        || NO_ROADS.contains(&name.as_str())
        || name.ends_with("도로")
        || !syms[start].is_hangul() && name.len() < 6
    {
        return;
    }
    // A side street: 테헤란로 12길 3.
    let mut side = false;
    let digits = (0..5).take_while(|k| char_at(syms, number + k).is_ascii_digit()).count();
    let behind = number + digits;
    let suffix =
        ["번길", "길", "번가길", "가길", "나길", "다길", "번안길", "안길"].iter().find(|s| spells(syms, behind, s));
    if let Some(suffix) = suffix {
        number = behind + suffix.chars().count();
        number += blanks(syms, number);
        side = true;
    }
    let Some((end, dash)) = house(syms, number) else { return };
    if any_of(syms, end, UNITS) && !any_of(syms, end, &["번지"]) {
        return;
    }
    let areas = areas(syms, start);
    // 12~15 is a range of anything, but of houses where an area stands in front.
    if areas.is_none() && matches!(char_at(syms, end), '~' | '/') {
        return;
    }
    let syllables = name.chars().count();
    let final_consonant = u32::from(stem.ch).wrapping_sub(0xAC00) % 28;
    let no_particle = syms[at].ch == '길' || !stem.is_hangul() || !matches!(final_consonant, 0 | 8);
    // 강남대로 396; but 계획대로 2026 has a year.
    let year = matches!(char_at(syms, number), '1' | '2') && digits == 4;
    let is_avenue = syllables >= 4 && name.ends_with("대로") && !year;
    let (end, detail) = details(syms, end);
    let named = || near(syms, start, end - 1, (16, 0), WORDS);
    let spaced_unit = any_of(syms, end + blanks(syms, end), UNITS) && char_at(syms, end) == ' ';
    let confidence = if let Some((first, count)) = areas {
        start = first;
        if count > 1 || detail || side { Certain } else { Likely }
    } else if side || detail && !spaced_unit {
        Likely
    } else if syllables < 3 && !named() || spaced_unit {
        return;
    } else if named() {
        Likely
    } else if no_particle || dash || is_avenue {
        Possible
    } else {
        return;
    };
    found.push(finding(syms, start, end - 1, Kind::Address, confidence));
}

fn lot(syms: &[Sym], at: usize, found: &mut Vec<Finding>) {
    let mut number = at + 1 + blanks(syms, at + 1);
    if char_at(syms, number) == '산' {
        number += 1 + blanks(syms, number + 1);
    }
    if !char_at(syms, number).is_ascii_digit() || at == 0 {
        return;
    }
    if syms[at].ch == '가' && !syms[at - 1].ch.is_ascii_digit() {
        return;
    }
    let Some((mut start, name)) = word(syms, at) else { return };
    let stop = NO_QUARTERS.iter().any(|stop| name.ends_with(stop)) && name != "이동";
    if stop || !syms[start].is_hangul() || name.chars().count() < 2 {
        return;
    }
    let Some((end, dash)) = house(syms, number) else { return };
    let lot_word = spells(syms, end, "번지");
    if any_of(syms, end, UNITS) && !lot_word || char_at(syms, end) == '동' || char_at(syms, end) == '호' {
        return;
    }
    let areas = areas(syms, start);
    let spaced_unit = char_at(syms, end) == ' ' && any_of(syms, end + blanks(syms, end), UNITS);
    let (end, detail) = details(syms, if lot_word { end + 2 } else { end });
    let confidence = match areas {
        Some(_) if spaced_unit && !dash && !lot_word => return,
        Some((first, count)) => {
            start = first;
            if count > 1 && (dash || lot_word || detail) { Certain } else { Likely }
        }
        None if lot_word => Likely,
        None if (dash || detail) && near(syms, start, end - 1, (16, 0), WORDS) => Likely,
        None => return,
    };
    found.push(finding(syms, start, end - 1, Kind::Address, confidence));
}

/// `101동 1203호` without a street.
fn flat(syms: &[Sym], at: usize, found: &mut Vec<Finding>) {
    if syms[at].ch != '동' || at == 0 || !syms[at - 1].ch.is_ascii_digit() {
        return;
    }
    let digits = syms[..at].iter().rev().take(5).take_while(|s| s.ch.is_ascii_digit()).count();
    let start = at - digits;
    let free =
        start == 0 || !(syms[start - 1].ch.is_ascii_alphanumeric() || matches!(syms[start - 1].ch, '-' | '.' | ','));
    let room = at + 1 + blanks(syms, at + 1);
    let rooms = (0..5).take_while(|k| char_at(syms, room + k).is_ascii_digit()).count();
    if digits <= 4 && free && (1..=4).contains(&rooms) && char_at(syms, room + rooms) == '호' {
        found.push(finding(syms, start, room + rooms, Kind::Address, Possible));
    }
}

/// What follows a house's number: the building, its part, floor and flat, the quarter in brackets. Gives the place behind
/// it, and whether there is any.
fn details(syms: &[Sym], from: usize) -> (usize, bool) {
    let mut end = from;
    let mut found = false;
    for _ in 0..5 {
        let mut at = end;
        while at - end < 3 && matches!(char_at(syms, at), ' ' | ',') {
            at += 1;
        }
        let Some(next) = detail(syms, at) else { break };
        end = next;
        found = true;
    }
    (end, found)
}

fn detail(syms: &[Sym], at: usize) -> Option<usize> {
    let digits_at = at + usize::from(char_at(syms, at) == '제') + if spells(syms, at, "지하") { 2 } else { 0 };
    let digits = (0..5).take_while(|k| char_at(syms, digits_at + k).is_ascii_digit()).count();
    if (1..=4).contains(&digits) {
        let unit = digits_at + digits;
        return matches!(char_at(syms, unit), '동' | '호' | '층').then_some(unit + 1);
    }
    let is_part = |at: &usize| syms.get(*at).is_some_and(|s| s.is_hangul() || s.ch.is_ascii_alphanumeric());
    if char_at(syms, at) == '(' {
        let close = (at + 1..at + 24).find(|k| matches!(char_at(syms, *k), ')' | '\n'))?;
        let quarter = (at + 1..close).any(|k| matches!(char_at(syms, k), '동' | '가' | '리' | '읍' | '면' | '로'));
        return (char_at(syms, close) == ')' && quarter).then_some(close + 1);
    }
    let length = (at..at + MAX_WORD).take_while(is_part).count();
    let text: String = syms.get(at..at + length)?.iter().map(|s| s.ch).collect();
    let building = ["아파트", "빌라", "오피스텔", "타워", "빌딩", "맨션", "연립", "주택", "청사", "상가", "회관"]
        .iter()
        .any(|b| text.ends_with(b) && text != *b);
    building.then_some(at + length)
}
