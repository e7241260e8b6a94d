//! Numbers with a length of their own: resident and foreigner numbers, driver's licences, cards, accounts, businesses.

use super::finding::{Confidence, Finding, Kind, finding};
use super::fold::Gap;
use super::scan::Scan;

use Confidence::{Certain, Likely, Possible};

const RESIDENT_WORDS: &[&str] = &[
    "주민번호",
    "주민등록",
    "주민등록번호",
    "주민",
    "외국인등록",
    "외국인번호",
    "거소신고",
    "rrn",
    "residentregistration",
    "residentnumber",
    "alienregistration",
];
const LICENCE_WORDS: &[&str] = &["면허", "licence", "license"];
const CARD_WORDS: &[&str] = &["카드", "card", "visa", "비자", "마스터"];
const BUSINESS_WORDS: &[&str] = &["사업자", "businessregistration", "businessnumber"];
const ACCOUNT_WORDS: &[&str] = &[
    "계좌",
    "은행",
    "입금",
    "송금",
    "이체",
    "예금주",
    "통장",
    "농협",
    "수협",
    "신협",
    "축협",
    "새마을금고",
    "저축은행",
    "카카오뱅크",
    "케이뱅크",
    "토스뱅크",
    "account",
    "bank",
    "a/c",
];
/// Banks whose names are everyday words: only right beside the number.
const ACCOUNT_WORDS_BESIDE: &[&str] = &[
    "국민",
    "신한",
    "우리",
    "하나",
    "기업",
    "토스",
    "우체국",
    "씨티",
    "제일",
    "카카오",
    "부산",
    "대구",
    "광주",
    "전북",
    "경남",
    "kb",
    "nh",
    "ibk",
];

pub(super) fn look(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    resident(scan, found);
    if scan.is_plain(1) {
        licence(scan, found);
        card(scan, found);
        account(scan, found);
        business(scan, found);
    }
}

fn add(scan: &Scan<'_>, found: &mut Vec<Finding>, n: usize, kind: Kind, confidence: Confidence) {
    found.push(finding(scan.syms, scan.first, scan.last(n), kind, confidence));
}

const fn bits(at: &[usize]) -> u32 {
    let (mut sum, mut k) = (0, 0);
    while k < at.len() {
        sum |= 1 << at[k];
        k += 1;
    }
    sum
}

fn two(digits: &[u8]) -> u32 {
    u32::from(digits[0]) * 10 + u32::from(digits[1])
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// The check digit of thirteen digits: weights 2 to 9 and 2 to 5, from 11 for residents, from 13 for foreigners.
fn resident_check(d: &[u8]) -> bool {
    let sum: u32 = d[..12].iter().zip([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]).map(|(d, w)| u32::from(*d) * w).sum();
    let from = if d[6] >= 5 { 13 } else { 11 };
    (from - sum % 11) % 10 == u32::from(d[12])
}

fn resident(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    let d = &scan.digits;
    if is_full_year(scan) {
        return add(scan, found, 15, resident_kind(d[8]), Likely);
    }
    let (month, day) = (two(&d[2..]), two(&d[4..]));
    if scan.len < 13 || scan.is_masked(7, 13) {
        return masked_resident(scan, found);
    }
    let century = match d[6] {
        1 | 2 | 5 | 6 => 1900,
        3 | 4 | 7 | 8 => 2000,
        _ => return,
    };
    if !scan.ends_at(13) || !is_day(century + two(d), month, day) || !scan.is_readable(13) {
        return;
    }
    let check = resident_check(&d[..13]);
    let layout = scan.layout(13);
    const UNIFORM: u32 = (1 << 13) - 2;
    const DATE: u32 = bits(&[2, 4, 6]);
    let apart = layout == 1 << 6;
    let chained = scan.chained(13);
    // Ordinary numbers are settled without a look at the words beside them.
    let context = || scan.near(13, (30, 10), RESIDENT_WORDS);
    let confidence = match layout {
        _ if apart && matches!(scan.gaps[6], Gap::Dash | Gap::Mixed | Gap::Other) => {
            Some(if check || context() { Certain } else { Likely })
        }
        _ if apart => Some(match (check, context()) {
            (true, true) => Certain,
            (false, false) => Possible,
            _ => Likely,
        }),
        0 if scan.glued(13) || scan.counts(13) => context().then_some(Likely),
        0 => Some(match (check, context()) {
            (true, true) => Certain,
            (false, false) => Possible,
            _ => Likely,
        }),
        UNIFORM if chained => None,
        DATE | UNIFORM => Some(if check || context() { Likely } else { Possible }),
        _ if context() => Some(Likely),
        _ => (check || layout & (1 << 6) != 0 && scan.gaps[6] == Gap::Dash && layout.count_ones() <= 4)
            .then_some(Possible),
    };
    let Some(mut confidence) = confidence else { return };
    let (digits, letters, names) = scan.styles(13);
    if chained && !check || scan.near(13, (16, 0), &["법인"]) {
        confidence = Possible;
    } else if letters > 0 || (names > 0 && digits > 0) {
        confidence = confidence.min(if check { Certain } else { Likely });
    }
    add(scan, found, 13, resident_kind(d[6]), confidence);
}

/// `19880101-1234567`: with the full year.
fn is_full_year(scan: &Scan<'_>) -> bool {
    let d = &scan.digits;
    let layout = scan.layout(15);
    if scan.len < 15 || layout != 1 << 8 || !scan.ends_at(15) || scan.chained(15) {
        return false;
    }
    let century = two(d);
    (century == 19 && matches!(d[8], 1 | 2 | 5 | 6) || century == 20 && matches!(d[8], 3 | 4 | 7 | 8))
        && is_day(century * 100 + two(&d[2..]), two(&d[4..]), two(&d[6..]))
}

const fn resident_kind(seventh: u8) -> Kind {
    if seventh >= 5 { Kind::ForeignerNumber } else { Kind::ResidentNumber }
}

/// `880101-1******`, `880101-*******`: the birth date can be read.
fn masked_resident(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    let d = &scan.digits;
    if !is_day(2000 + two(d), two(&d[2..]), two(&d[4..])) || !matches!(scan.layout(6), 0 | 0b1_0100) {
        return;
    }
    let seventh = scan.len >= 7 && scan.gaps[6] != Gap::None && (1..=8).contains(&d[6]);
    let shown = scan.last(if seventh { 7 } else { 6 });
    let mut at = shown + 1;
    let mut gaps = 0;
    while !seventh && gaps < 2 && scan.syms.get(at).is_some_and(|s| s.gap().is_some()) {
        at += 1;
        gaps += 1;
    }
    let is_hidden = |at: usize| scan.syms.get(at).is_some_and(|s| s.is_mask() || matches!(s.ch, 'O' | 'o' | 'ㅇ'));
    let hidden = (0..8).take_while(|k| is_hidden(at + k)).count();
    let expected = if seventh { 6 } else { 7 };
    if hidden == expected && (seventh || gaps > 0) && !scan.chained(if seventh { 7 } else { 6 }) {
        let kind = if seventh { resident_kind(d[6]) } else { Kind::ResidentNumber };
        found.push(finding(scan.syms, scan.first, at + hidden - 1, kind, Possible));
    }
}

/// Region (11 to 26, 28), year, six digits, two check digits.
fn licence(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    const SHAPE: u32 = bits(&[2, 4, 10]);
    if scan.len < 12 || !scan.ends_at(12) || !scan.is_readable(12) {
        return;
    }
    let layout = scan.layout(12);
    if !matches!(two(&scan.digits), 11..=26 | 28) || !(layout == SHAPE || layout == 0) || scan.chained(12) {
        return;
    }
    if scan.near(12, (20, 8), LICENCE_WORDS) {
        add(scan, found, 12, Kind::DriverLicence, Certain);
    } else if layout == SHAPE && [2, 4, 10].iter().all(|k| scan.gaps[*k] == Gap::Dash) {
        add(scan, found, 12, Kind::DriverLicence, Likely);
    }
}

fn luhn(d: &[u8]) -> bool {
    let sum: u32 = d
        .iter()
        .rev()
        .enumerate()
        .map(|(k, d)| {
            let d = u32::from(*d) << (k % 2);
            if d > 9 { d - 9 } else { d }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn card(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    // The first digits that payment networks and Korean issuers have (ISO/IEC 7812: major industry identifier).
    let lead = two(&scan.digits);
    if !(matches!(lead, 22..=27 | 30..=69) || lead / 10 == 9) {
        return;
    }
    for n in 13..=19.min(scan.len) {
        if !scan.ends_at(n) || !scan.is_readable(n) || !luhn(&scan.digits[..n]) {
            continue;
        }
        let layout = scan.layout(n);
        let shaped = matches!(
            (n, layout),
            (14 | 15, 0b100_0001_0000)
                | (16, 0b1_0001_0001_0000)
                | (17..=19, 0b1_0001_0001_0001_0000 | 0b1_0001_0001_0000)
        );
        let uniform = layout == (1 << n) - 2 && n == 16;
        if scan.chained(n) || (layout == 0 && (scan.glued(n) || scan.counts(n))) {
            continue;
        }
        let named = || scan.near(n, (20, 8), CARD_WORDS);
        let confidence = match (shaped, layout) {
            (true, _) if n == 16 || n == 15 => Some(Certain),
            (true, _) => Some(Likely),
            (false, 0) if n == 15 || n == 16 => Some(if named() { Certain } else { Likely }),
            (false, 0) => named().then_some(Likely),
            _ if uniform || layout.count_ones() <= 5 => named().then_some(Likely),
            _ => None,
        };
        if let Some(confidence) = confidence {
            add(scan, found, n, Kind::Card, confidence);
        }
    }
}

/// Ten to sixteen digits, in one or two to five groups with the same sign between them.
fn account(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    let mut sign = Gap::None;
    let mut n = 1;
    while n < scan.len && (scan.gaps[n] == Gap::None || sign == Gap::None || scan.gaps[n] == sign) {
        if scan.gaps[n] != Gap::None {
            sign = scan.gaps[n];
        }
        n += 1;
    }
    // A longer number behind another sign or blank is another number.
    if !(10..=16).contains(&n) || !scan.ends_at(n) || scan.chained(n) || scan.counts(n) || scan.glued(n) {
        return;
    }
    let layout = scan.layout(n);
    let date = layout & 0b111_1110 == 0b101_0000 && matches!(two(&scan.digits), 19 | 20);
    let first_group = (layout | 1 << n).trailing_zeros();
    let year = first_group == 4 && matches!(two(&scan.digits), 19 | 20) && layout.count_ones() == 1;
    let shaped = matches!(sign, Gap::None | Gap::Dash | Gap::Space) && layout.count_ones() <= 4 && first_group >= 2;
    if !shaped || date || year || !scan.is_readable(n) {
        return;
    }
    if scan.near(n, (40, 20), ACCOUNT_WORDS) {
        add(scan, found, n, Kind::Account, Likely);
    } else if scan.near(n, (5, 5), ACCOUNT_WORDS_BESIDE) {
        add(scan, found, n, Kind::Account, if sign == Gap::Dash { Likely } else { Possible });
    }
}

/// Weights 1, 3, 7, 1, 3, 7, 1, 3, 5; the tens of the ninth product are added.
fn business_check(d: &[u8]) -> bool {
    let sum: u32 = d[..9].iter().zip([1, 3, 7, 1, 3, 7, 1, 3, 5]).map(|(d, w)| u32::from(*d) * w).sum();
    (10 - (sum + u32::from(d[8]) * 5 / 10) % 10) % 10 == u32::from(d[9])
}

fn business(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    const SHAPE: u32 = bits(&[3, 5]);
    if scan.len < 10 || !scan.ends_at(10) || !scan.is_plain(10) || scan.chained(10) || scan.digits[0] == 0 {
        return;
    }
    let layout = scan.layout(10);
    let check = business_check(&scan.digits[..10]);
    let named = || scan.near(10, (20, 6), BUSINESS_WORDS);
    let dashed = layout == SHAPE && scan.gaps[3] == Gap::Dash && scan.gaps[5] == Gap::Dash;
    if dashed && (check || named()) || layout == 0 && check && named() {
        add(scan, found, 10, Kind::BusinessNumber, Possible);
    }
}
