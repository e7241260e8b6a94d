//! Numbers, dates and coordinates as people type them.

use jiff::civil::Date;

/// Why a number could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no whole number.
    Shape,
    /// It has more digits than a number of this program can have.
    Range,
}

/// `１，２３４` as `1,234`: full-width forms and the ideographic space as ASCII, all sorts of minus as one.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        '\u{2212}' | '\u{2013}' => '-',
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// A whole number: `1234`, `1,234`, `１２３４`, `-5`, with one of the units behind it or not (`3명`, `₩1,000`).
///
/// # Errors
/// When it is no whole number, or has commas elsewhere than before each three digits.
pub fn number(typed: &str, units: &[&str]) -> Result<i64, Unread> {
    let text = plain(typed);
    let mut rest = text.strip_prefix('₩').unwrap_or(&text).trim();
    for unit in units.iter().map(|unit| unit.trim()).filter(|unit| !unit.is_empty()) {
        if let Some(number) = rest.strip_suffix(unit) {
            rest = number.trim();
            break;
        }
    }
    let (negative, digits) = match rest.strip_prefix('-') {
        Some(digits) => (true, digits.trim()),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let mut groups = digits.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = digits.contains(',');
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(first) || (grouped && first.len() > 3) || !groups.all(|g| g.len() == 3 && all_digits(g)) {
        return Err(Unread::Shape);
    }
    let value = digits.replace(',', "").parse::<i64>().map_err(|_| Unread::Range)?;
    Ok(if negative { -value } else { value })
}

/// A day: `2026-12-03`, `2026.12.3`, `2026. 12. 3.`, `2026/12/3`, `20261203`, `2026년 12월 3일`, with the weekday in
/// brackets behind it or not.
pub fn date(typed: &str) -> Option<Date> {
    let text = plain(typed);
    let text = text.split('(').next().unwrap_or("");
    let separated: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '일')
        .map(|c| if matches!(c, '.' | '/' | '년' | '월') { '-' } else { c })
        .collect();
    let parts: Vec<&str> = separated.trim_end_matches('-').split('-').collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = match parts[..] {
        [whole] if whole.len() == 8 => (&whole[..4], &whole[4..6], &whole[6..]),
        [year, month, day] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The units of a degree that are counted.
const DEGREE: i64 = 10_000_000;

/// Decimal degrees (`37.566535`) as 1e-7 degrees, rounded; nothing when it is no number or beyond `most` degrees.
pub fn degrees(typed: &str, most: i64) -> Option<i64> {
    let text = plain(typed);
    let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |digits| (true, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !plain_digits(whole) || !plain_digits(fraction) {
        return None;
    }
    let tenth = |at: usize| fraction.as_bytes().get(at).map_or(0, |digit| i64::from(digit - b'0'));
    let parts = (0..7).fold(0, |sum, at| sum * 10 + tenth(at)) + i64::from(tenth(7) >= 5);
    let value = whole.parse::<i64>().ok()? * DEGREE + parts;
    (value <= most * DEGREE).then_some(if negative { -value } else { value })
}

/// 1e-7 degrees as decimal degrees: `37.5665350`.
pub fn degrees_text(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    format!("{sign}{}.{:07}", value / DEGREE.unsigned_abs(), value % DEGREE.unsigned_abs())
}

/// One line: whatever breaks lines or controls terminals becomes a space.
pub fn line(typed: &str) -> String {
    let space = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    typed.chars().map(space).collect::<String>().trim().to_owned()
}

/// Several lines: line ends are `\n`, other control characters than tabs go.
pub fn lines(typed: &str) -> String {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
}

/// `1,234`.
pub fn separated(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The beginnings of Korean addresses in their short form.
const PROVINCES: [&str; 17] = [
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충북", "충남", "전북", "전남",
    "경북", "경남", "제주",
];

/// The district an address begins with: `서울특별시 종로구` of `서울특별시 종로구 세종대로 1`. Empty when it does not look
/// like a Korean address.
pub fn district(address: &str) -> String {
    let unit = |(at, word): (usize, &&str)| {
        (at == 0 && PROVINCES.contains(word))
            || (word.chars().count() >= 2
                && word.ends_with(['도', '시', '군', '구'])
                && !word.contains(char::is_numeric))
    };
    let words: Vec<&str> = address.split_whitespace().take(3).collect();
    let found = words.iter().enumerate().take_while(|word| unit(*word)).count();
    words[..found].join(" ")
}
