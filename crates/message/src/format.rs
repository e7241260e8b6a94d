//! Dates and numbers as people write them.
//!
//! A date may be partial, as plans print them: `2021`, `2021-H1`, `2021-Q4`, `2021-10`, `2021-10-31`.

use jiff::civil::{Date, DateTime, Weekday};
use madang_base::{Locale, Time};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2026년 12월 3일(목)` and `3 December 2026`. What is not a date is given back as it is.
#[must_use]
pub fn date(text: &str, locale: Locale) -> String {
    if let Ok(day) = text.parse::<Date>() {
        return full(day, locale);
    }
    partial(text, locale).unwrap_or_else(|| text.to_owned())
}

fn full(day: Date, locale: Locale) -> String {
    let (y, m, d) = (day.year(), day.month(), day.day());
    match locale {
        Locale::Ko => format!("{y}년 {m}월 {d}일({})", weekday(day.weekday())),
        Locale::En => format!("{d} {} {y}", month(m)),
    }
}

fn month(m: i8) -> &'static str {
    usize::try_from(m - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "월",
        Weekday::Tuesday => "화",
        Weekday::Wednesday => "수",
        Weekday::Thursday => "목",
        Weekday::Friday => "금",
        Weekday::Saturday => "토",
        Weekday::Sunday => "일",
    }
}

fn partial(text: &str, locale: Locale) -> Option<String> {
    let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
    if year.len() != 4 || year.parse::<u16>().is_err() {
        return None;
    }
    Some(match (rest, locale) {
        (None, Locale::Ko) => format!("{year}년"),
        (None, Locale::En) => year.to_owned(),
        (Some(rest), _) => {
            if let Some(n) = rest.strip_prefix('Q').filter(|n| matches!(*n, "1" | "2" | "3" | "4")) {
                match locale {
                    Locale::Ko => format!("{year}년 {n}분기"),
                    Locale::En => format!("Q{n} {year}"),
                }
            } else if let Some(n) = rest.strip_prefix('H').filter(|n| matches!(*n, "1" | "2")) {
                match (locale, n) {
                    (Locale::Ko, "1") => format!("{year}년 상반기"),
                    (Locale::Ko, _) => format!("{year}년 하반기"),
                    (Locale::En, "1") => format!("first half of {year}"),
                    (Locale::En, _) => format!("second half of {year}"),
                }
            } else {
                let m: i8 = rest.parse().ok().filter(|m| (1..=12).contains(m))?;
                match locale {
                    Locale::Ko => format!("{year}년 {m}월"),
                    Locale::En => format!("{} {year}", month(m)),
                }
            }
        }
    })
}

/// An instant given as microseconds or as an ISO text.
#[must_use]
pub fn instant(text: &str) -> Option<Time> {
    if let Ok(micros) = text.parse::<i64>() {
        return Some(Time::from_micros(micros));
    }
    text.parse::<jiff::Timestamp>().ok().map(|stamp| Time::from_micros(stamp.as_microsecond()))
}

/// Date and time of day in Korea: `2026년 12월 3일(목) 14:05` and `3 December 2026, 14:05`.
#[must_use]
pub fn date_time(time: Time, locale: Locale) -> String {
    let day = full(time.kst_date(), locale);
    match locale {
        Locale::Ko => format!("{day} {}", time_of_day(time)),
        Locale::En => format!("{day}, {}", time_of_day(time)),
    }
}

/// `14:05` in Korea.
#[must_use]
pub fn time_of_day(time: Time) -> String {
    let at: DateTime = time.kst();
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// For `<time datetime>`: `2026-12-03T14:05:00+09:00`.
#[must_use]
pub fn iso_time(time: Time) -> String {
    let at = time.kst();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+09:00",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// `1,234`.
#[must_use]
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        text.push('-');
    }
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// For prose: `1억 3,635만`; English keeps the digits.
#[must_use]
pub fn large_number(n: i64, locale: Locale) -> String {
    if locale == Locale::En || n.abs() < 10_000 {
        return number(n);
    }
    let (eok, man, rest) = (n / 100_000_000, n / 10_000 % 10_000, n % 10_000);
    let mut parts = Vec::new();
    if eok != 0 {
        parts.push(format!("{}억", number(eok)));
    }
    if man != 0 {
        parts.push(format!("{}만", number(man.abs())));
    }
    if rest != 0 && eok == 0 {
        parts.push(number(rest.abs()));
    }
    parts.join(" ")
}

/// A share as whole percent; nothing of nothing is nothing.
#[must_use]
pub fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { (part * 100 + whole / 2) / whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_like_dates() {
        for (text, ko, en) in [
            ("2026-12-03", "2026년 12월 3일(목)", "3 December 2026"),
            ("2021-10", "2021년 10월", "October 2021"),
            ("2021-Q4", "2021년 4분기", "Q4 2021"),
            ("2022-H1", "2022년 상반기", "first half of 2022"),
            ("2023", "2023년", "2023"),
            ("매년 7월", "매년 7월", "매년 7월"),
            ("2021-13", "2021-13", "2021-13"),
        ] {
            assert_eq!(date(text, Locale::Ko), ko);
            assert_eq!(date(text, Locale::En), en);
        }
    }

    #[test]
    fn times_are_korean_time() {
        let time = instant("2026-12-03T05:05:00Z").unwrap();
        assert_eq!(date_time(time, Locale::Ko), "2026년 12월 3일(목) 14:05");
        assert_eq!(date_time(time, Locale::En), "3 December 2026, 14:05");
        assert_eq!(iso_time(time), "2026-12-03T14:05:00+09:00");
        assert_eq!(instant(&time.micros().to_string()), Some(time));
    }

    #[test]
    fn numbers_have_separators() {
        assert_eq!(number(0), "0");
        assert_eq!(number(-1234), "-1,234");
        assert_eq!(number(136_350_000), "136,350,000");
        assert_eq!(large_number(136_350_000, Locale::Ko), "1억 3,635만");
        assert_eq!(large_number(826_156, Locale::Ko), "82만 6,156");
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(0, 0), 0);
    }
}
