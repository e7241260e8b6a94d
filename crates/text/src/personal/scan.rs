//! Digits and the gaps between them, read from one place on.

use super::fold::{Gap, Style, Sym};

/// The most digits that are read: a card's 19, and one that shows whether the number ends there.
pub(super) const MAX: usize = 20;
/// The most characters between two digits of one number.
const MAX_GAP: usize = 3;

/// The digits from one place on. Bit `k` of `bits` says that there is a gap before digit `k`.
pub(super) struct Scan<'a> {
    pub syms: &'a [Sym],
    pub first: usize,
    pub len: usize,
    pub digits: [u8; MAX],
    pub gaps: [Gap; MAX],
    pub bits: u32,
    styles: [Style; MAX],
    at: [usize; MAX],
}

impl<'a> Scan<'a> {
    /// Reads from `first`; `None` when no number can begin there.
    pub(super) fn at(syms: &'a [Sym], first: usize) -> Option<Self> {
        let (digit, style) = syms[first].digit()?;
        if !begins(syms, first, style) {
            return None;
        }
        let mut scan = Scan {
            syms,
            first,
            len: 1,
            digits: [0; MAX],
            gaps: [Gap::None; MAX],
            bits: 0,
            styles: [style; MAX],
            at: [first; MAX],
        };
        scan.digits[0] = digit;
        while scan.len < MAX {
            let Some((gap, at)) = next_digit(syms, scan.at[scan.len - 1], scan.styles[scan.len - 1]) else { break };
            let Some((digit, style)) = syms[at].digit() else { break };
            scan.digits[scan.len] = digit;
            scan.styles[scan.len] = style;
            scan.gaps[scan.len] = gap;
            scan.at[scan.len] = at;
            scan.bits |= u32::from(gap != Gap::None) << scan.len;
            scan.len += 1;
        }
        (scan.len >= 6).then_some(scan)
    }

    /// The place of the last of the first `n` digits.
    pub(super) fn last(&self, n: usize) -> usize {
        self.at[n - 1]
    }

    /// The gaps inside the first `n` digits.
    pub(super) fn layout(&self, n: usize) -> u32 {
        self.bits & ((1 << n) - 1)
    }

    /// Whether a number of `n` digits may end here: no further digit is attached.
    pub(super) fn ends_at(&self, n: usize) -> bool {
        n <= self.len && (n == self.len || self.gaps[n] != Gap::None || self.styles[n] != Style::Digit)
    }

    /// How many of the first `n` digits are written as digits, as letters, as names.
    pub(super) fn styles(&self, n: usize) -> (usize, usize, usize) {
        let count = |style| self.styles[..n].iter().filter(|s| **s == style).count();
        (count(Style::Digit), count(Style::Letter), count(Style::Name))
    }

    /// Written as one would without a thought of hiding it: digits only.
    pub(super) fn is_plain(&self, n: usize) -> bool {
        self.styles(n).0 == n
    }

    /// Letters in the place of digits are fewer than the digits, so that it can be a number at all.
    pub(super) fn is_readable(&self, n: usize) -> bool {
        let (digits, letters, names) = self.styles(n);
        digits + names > letters
    }

    /// All of the digits `from..n` are letters in the place of digits: `OOOOOO` is a mask.
    pub(super) fn is_masked(&self, from: usize, n: usize) -> bool {
        self.styles[from..n].iter().all(|s| *s == Style::Letter)
    }

    /// Part of a longer chain: `12-` in front, or `-12` or `.12` behind the first `n` digits.
    pub(super) fn chained(&self, n: usize) -> bool {
        let char_at = |at: usize| self.syms.get(at).map_or('\n', |s| s.ch);
        let before = self.first >= 2 && char_at(self.first - 1) == '-' && char_at(self.first - 2).is_ascii_digit();
        let behind = self.last(n) + 1;
        before || (matches!(char_at(behind), '-' | '.') && char_at(behind + 1).is_ascii_digit())
    }

    /// A Latin letter touches the first `n` digits: part of a code.
    pub(super) fn glued(&self, n: usize) -> bool {
        let letter = |at: Option<usize>| {
            at.and_then(|at| self.syms.get(at))
                .is_some_and(|s| s.ch.is_ascii_alphabetic() || s.ch == '_' || s.ch == '=')
        };
        letter(self.first.checked_sub(1)) || letter(Some(self.last(n) + 1))
    }

    /// The first `n` digits count something: 원, 명, %.
    pub(super) fn counts(&self, n: usize) -> bool {
        let next = self.syms.get(self.last(n) + 1).map_or('\n', |s| s.ch);
        matches!(next, '원' | '명' | '건' | '개' | '%' | '달' | '만' | '억' | '천' | '년' | '월' | '시' | '배' | ',')
            && (next != ',' || self.syms.get(self.last(n) + 2).is_some_and(|s| s.ch.is_ascii_digit()))
    }

    /// One of `words` stands near the first `n` digits.
    pub(super) fn near(&self, n: usize, reach: (usize, usize), words: &[&str]) -> bool {
        super::fold::near(self.syms, self.first, self.last(n), reach, words)
    }
}

fn begins(syms: &[Sym], first: usize, style: Style) -> bool {
    let Some(before) = first.checked_sub(1).map(|at| syms[at].ch) else { return true };
    // 1,234: the rest of an amount is no number of its own.
    if before == ',' && style == Style::Digit && first >= 2 && syms[first - 2].ch.is_ascii_digit() {
        return false;
    }
    match style {
        Style::Digit => !before.is_ascii_digit(),
        Style::Letter => !before.is_ascii_alphanumeric(),
        Style::Name => true,
    }
}

/// The gap behind the digit at `at` and the place of the digit after it.
fn next_digit(syms: &[Sym], at: usize, style: Style) -> Option<(Gap, usize)> {
    let mut gap = Gap::None;
    let mut next = at + 1;
    for _ in 0..=MAX_GAP {
        let sym = syms.get(next)?;
        if sym.digit().is_some() {
            return Some((gap, next));
        }
        let (more, width) = match sym.gap() {
            Some(more) => (more, 1),
            // Said aloud, a dash is 다시, and 에 stands between the parts of a phone number.
            None if style == Style::Name && sym.ch == '다' && syms.get(next + 1).is_some_and(|s| s.ch == '시') => {
                (Gap::Dash, 2)
            }
            None if style == Style::Name && sym.ch == '에' => (Gap::Dash, 1),
            None => return None,
        };
        gap = match (gap, more) {
            (Gap::None | Gap::Space, more) => more,
            (gap, Gap::Space) => gap,
            (gap, more) if gap == more => gap,
            _ => Gap::Mixed,
        };
        next += width;
    }
    None
}
