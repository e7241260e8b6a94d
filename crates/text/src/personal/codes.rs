//! Codes that begin with letters: passports, and driver's licences that begin with the name of a region.

use super::finding::{Confidence, Finding, Kind, finding};
use super::fold::{Gap, Sym, near};
use super::scan::Scan;

use Confidence::{Certain, Likely, Possible};

const PASSPORT_WORDS: &[&str] = &["여권", "passport"];
const PASSPORT_LENGTH: usize = 9;

/// The regions' names on driver's licences issued before their numbers were.
const REGIONS: &[[char; 2]] = &[
    ['서', '울'],
    ['부', '산'],
    ['경', '기'],
    ['강', '원'],
    ['충', '북'],
    ['충', '남'],
    ['전', '북'],
    ['전', '남'],
    ['경', '북'],
    ['경', '남'],
    ['제', '주'],
    ['대', '구'],
    ['인', '천'],
    ['광', '주'],
    ['대', '전'],
    ['울', '산'],
];

pub(super) fn look(syms: &[Sym], first: usize, found: &mut Vec<Finding>) {
    match syms[first].ch {
        'M' | 'S' | 'R' | 'O' | 'D' | 'm' | 's' | 'r' | 'o' | 'd' => passport(syms, first, found),
        '가'..='힣' => regional_licence(syms, first, found),
        _ => {}
    }
}

/// `[MSROD]\d{3}[A-Z]\d{4}` (since December 2021) or `[MSROD]\d{8}`. Small letters and gaps only beside the word 여권.
fn passport(syms: &[Sym], first: usize, found: &mut Vec<Finding>) {
    let is_part = |at: usize| syms.get(at).is_some_and(|s| s.ch.is_ascii_alphanumeric() || s.ch == '_');
    if first > 0 && is_part(first - 1) {
        return;
    }
    let mut at = [first; PASSPORT_LENGTH];
    let mut gaps = 0;
    let mut next = first + 1;
    for place in at.iter_mut().skip(1) {
        if syms.get(next).is_some_and(|s| matches!(s.gap(), Some(Gap::Space | Gap::Dash | Gap::Dot))) {
            gaps += 1;
            next += 1;
        }
        if !is_part(next) {
            return;
        }
        *place = next;
        next += 1;
    }
    if is_part(next) || (next - 1 == first) {
        return;
    }
    let chars: Vec<char> = at.iter().map(|k| syms[*k].ch).collect();
    let digit = |k: usize| chars[k].is_ascii_digit();
    if ![1, 2, 3, 5, 6, 7, 8].iter().all(|k| digit(*k)) {
        return;
    }
    let newer = chars[4].is_ascii_alphabetic();
    if !newer && !digit(4) {
        return;
    }
    let small = chars[0].is_ascii_lowercase() || chars[4].is_ascii_lowercase();
    let joined = |at: Option<usize>| at.and_then(|at| syms.get(at)).is_some_and(|s| matches!(s.ch, '-' | '/' | '#'));
    let chained = joined(first.checked_sub(1)) || (joined(Some(next)) && is_part(next + 1));
    // M20261121: a code with a day in it.
    let day = !newer && (chars[1..3] == ['2', '0'] || chars[1..3] == ['1', '9']);
    let named = near(syms, first, next - 1, (20, 6), PASSPORT_WORDS);
    let confidence = match (named, newer) {
        (true, _) if !small && gaps == 0 => Certain,
        (true, _) => Likely,
        (false, _) if small || gaps > 0 || chained || day => return,
        (false, true) => Likely,
        (false, false) => Possible,
    };
    found.push(finding(syms, first, next - 1, Kind::Passport, confidence));
}

/// `서울 12-345678-90`.
fn regional_licence(syms: &[Sym], first: usize, found: &mut Vec<Finding>) {
    let Some(second) = syms.get(first + 1) else { return };
    if !REGIONS.contains(&[syms[first].ch, second.ch]) {
        return;
    }
    let gap = syms.get(first + 2).is_some_and(|s| matches!(s.gap(), Some(Gap::Space | Gap::Dash)));
    let number = first + 2 + usize::from(gap);
    if !syms.get(number).is_some_and(|s| s.ch.is_ascii_digit()) {
        return;
    }
    let Some(scan) = Scan::at(syms, number) else { return };
    let shaped = scan.len >= 10 && scan.layout(10) == (1 << 2 | 1 << 8) && scan.ends_at(10) && scan.is_plain(10);
    if shaped && scan.gaps[2] == Gap::Dash && scan.gaps[8] == Gap::Dash {
        found.push(finding(syms, first, scan.last(10), Kind::DriverLicence, Likely));
    }
}
