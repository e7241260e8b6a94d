//! Phone numbers of subscribers: mobile, landline, 070, 050x; also with the country's number 82.

use super::finding::{Confidence, Finding, Kind, finding};
use super::fold::Gap;
use super::scan::Scan;

use Confidence::{Certain, Likely, Possible};

const WORDS: &[&str] = &[
    "전화",
    "연락",
    "휴대폰",
    "핸드폰",
    "번호",
    "팩스",
    "문의",
    "☎",
    "📞",
    "tel",
    "phone",
    "mobile",
    "call",
    "fax",
    "hp",
    "h.p",
];

pub(super) fn look(scan: &Scan<'_>, found: &mut Vec<Finding>) {
    let d = &scan.digits;
    // Where the area's number begins, without its zero.
    let area_at = if d[0] == 0 {
        1
    } else if d[0] == 8
        && d[1] == 2
        && (scan.gaps[2] != Gap::None || scan.first > 0 && scan.syms[scan.first - 1].ch == '+')
    {
        if d[2] == 0 { 3 } else { 2 }
    } else {
        return;
    };
    let rest = &d[area_at..];
    let (kind, area, lengths): (Kind, usize, &[usize]) = match (rest[0], rest[1]) {
        (1, 0) => (Kind::MobilePhone, 2, &[8]),
        (1, 1 | 6..=9) => (Kind::MobilePhone, 2, &[8, 7]),
        (2, _) => (Kind::Phone, 1, &[8, 7]),
        (3, 1..=3) | (4 | 6, 1..=4) | (5, 1..=5) => (Kind::Phone, 2, &[8, 7]),
        (7, 0) => (Kind::Phone, 2, &[8]),
        (5, 0) if (2..=8).contains(&rest[2]) => (Kind::Phone, 3, &[8, 7]),
        _ => return,
    };
    let begin = area_at + area;
    for length in lengths {
        let n = begin + length;
        if n <= scan.len
            && scan.ends_at(n)
            && let Some(confidence) = confidence(scan, kind, area_at, begin, n)
        {
            found.push(finding(scan.syms, scan.first, scan.last(n), kind, confidence));
            return;
        }
    }
}

fn confidence(scan: &Scan<'_>, kind: Kind, area_at: usize, begin: usize, n: usize) -> Option<Confidence> {
    if scan.chained(n) || !scan.is_readable(n) || scan.digits[..n].iter().all(|d| *d <= 1) {
        return None;
    }
    let (digits, _, names) = scan.styles(n);
    let plain = scan.is_plain(n);
    // Gaps inside the country's and the area's number do not count, except where every digit stands alone.
    let uniform = scan.layout(n) == (1 << n) - 2;
    let layout = scan.layout(n) & !((1 << begin) - 1);
    let inside = scan.layout(begin) >> (area_at + 1) != 0;
    let named = || scan.near(n, (16, 0), WORDS);
    let full = (1 << begin) | (1 << (n - 4));
    let mobile = kind == Kind::MobilePhone;
    if uniform {
        return if mobile || named() { Some(if named() { Likely } else { Possible }) } else { None };
    }
    if inside {
        return (mobile || named()).then_some(Possible);
    }
    let confidence = if layout == full {
        let blanks = scan.gaps[begin] == Gap::Space && scan.gaps[n - 4] == Gap::Space;
        if mobile {
            Some(Certain)
        } else if blanks && plain && !named() {
            Some(Possible)
        } else {
            Some(Likely)
        }
    } else if layout == 0 {
        if scan.counts(n) {
            None
        } else if scan.glued(n) {
            mobile.then_some(Possible)
        } else if mobile || named() {
            Some(Likely)
        } else {
            plain.then_some(Possible)
        }
    } else if layout == 1 << begin || layout == 1 << (n - 4) {
        Some(if mobile { Likely } else { Possible })
    } else {
        (mobile && layout.count_ones() <= 4).then_some(Possible)
    };
    // Names of digits between digits are more often words: 1일.
    let mixed = names > 0 && digits > 0 && layout != full;
    confidence.map(|c| if plain { c } else { c.min(if mixed { Possible } else { Likely }) })
}
