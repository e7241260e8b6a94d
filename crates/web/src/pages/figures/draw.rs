//! Drawings as coordinates; `figures/parts.html` draws them. Bars start at zero, and every drawing exists twice: for wide
//! and for narrow windows, so that its letters are never smaller than the text around it.

use serde_json::{Value, json};

use super::super::plans::chart::nice;
use crate::i18n::number;

/// How wide the window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Wide,
    Narrow,
}

impl Width {
    fn units(self) -> f64 {
        match self {
            Self::Wide => 800.0,
            Self::Narrow => 358.0,
        }
    }
}

/// One month or year of what was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// `3월`
    pub label: String,
    /// `2026`, where a year begins.
    pub year: String,
    pub received: i64,
    pub answered: i64,
    pub in_time: i64,
    pub overdue: i64,
}

impl Column {
    /// What a column is made of, from the ground up: class and count.
    fn parts(&self) -> [(&'static str, i64); 4] {
        let answered = self.answered.clamp(0, self.received);
        let in_time = self.in_time.clamp(0, answered);
        let open = self.received - answered;
        let overdue = self.overdue.clamp(0, open);
        [("in-time", in_time), ("late", answered - in_time), ("rest", open - overdue), ("overdue", overdue)]
    }
}

const LEFT: f64 = 44.0;
const TOP: f64 = 28.0;

/// The columns of a trend; none when nothing was received.
#[must_use]
pub fn trend(columns: &[Column], width: Width) -> Option<Value> {
    let most = columns.iter().map(|column| column.received).max().filter(|most| *most > 0)?;
    let (units, bottom) = (width.units(), if width == Width::Wide { 260.0 } else { 220.0 });
    let step = nice(real(most) / 4.0).max(1.0);
    let top = (real(most) / step).ceil() * step;
    let y = |count: f64| round(bottom - count / top * (bottom - TOP));
    let slot = (units - LEFT) / real(i64::try_from(columns.len()).unwrap_or(i64::MAX));
    let bar = (slot * 0.66).min(56.0);
    // A month's name and a count need this much room in letters of 13 units.
    let every = (1..).find(|every| slot * f64::from(*every) >= 34.0).unwrap_or(1);
    let longest = columns.iter().map(|column| number(column.received).len()).max().unwrap_or(0);
    let room = slot >= real(i64::try_from(longest).unwrap_or(i64::MAX)) * 8.0;
    // A year that begins too close to the first column takes its place.
    let soon = columns.iter().skip(1).zip(1..).any(|(c, far)| !c.year.is_empty() && slot * f64::from(far) < 40.0);
    let drawn: Vec<Value> = (0_i32..)
        .zip(columns)
        .map(|(i, column)| {
            let middle = LEFT + slot * (f64::from(i) + 0.5);
            let mut from = 0.0;
            let parts: Vec<Value> = column
                .parts()
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(kind, count)| {
                    let (low, high) = (y(from), y(from + real(count)));
                    from += real(count);
                    json!({ "kind": kind, "y": high, "h": round(low - high) })
                })
                .collect();
            let value = number(column.received);
            let year = if i == 0 && soon { "" } else { column.year.as_str() };
            let shown = column.received > 0 && (room || column.received == most);
            json!({
                "x": round(middle - bar / 2.0), "w": round(bar), "middle": round(middle), "parts": parts,
                "label": if i % every == 0 { column.label.as_str() } else { "" }, "year": year,
                "value": if shown { value } else { String::new() }, "value_y": round(y(real(column.received)) - 7.0),
            })
        })
        .collect();
    let mut ticks = Vec::new();
    let mut at = 0.0;
    while at <= top + step / 2.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a multiple of a whole step")]
        ticks.push(json!({ "y": y(at), "label": number(at as i64) }));
        at += step;
    }
    Some(json!({
        "width": units, "height": bottom + 46.0, "left": LEFT, "bottom": bottom, "ticks": ticks, "columns": drawn,
        "size": if width == Width::Wide { "wide" } else { "narrow" },
    }))
}

/// How long it took, in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub p10: i64,
    pub p25: i64,
    pub median: i64,
    pub p75: i64,
    pub p90: i64,
}

/// An interval over an axis of days from zero.
#[must_use]
pub fn interval(days: &Interval, width: Width) -> Value {
    let units = width.units();
    let (left, right) = (12.0, units - 28.0);
    let most = real(days.p90.max(days.median).max(1));
    let step = nice(most / if width == Width::Wide { 8.0 } else { 4.0 }).max(1.0);
    let top = (most / step).ceil() * step;
    let x = |day: i64| round(left + real(day.max(0)) / top * (right - left));
    let mut ticks = Vec::new();
    let mut at = 0.0;
    while at <= top + step / 2.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a multiple of a whole step")]
        ticks.push(json!({ "x": round(left + at / top * (right - left)), "label": number(at as i64) }));
        at += step;
    }
    let median = x(days.median);
    // The word beside the line goes to the side where there is room.
    let anchor = if median > units * 0.6 { "end" } else { "start" };
    let wide = |from: i64, to: i64| round((x(to) - x(from)).max(2.0));
    json!({
        "width": units, "height": 112.0, "left": left, "right": right, "ticks": ticks, "median": median, "anchor": anchor,
        "outer": { "x": x(days.p10), "w": wide(days.p10, days.p90) },
        "inner": { "x": x(days.p25), "w": wide(days.p25, days.p75) },
        "size": if width == Width::Wide { "wide" } else { "narrow" },
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts and days for a drawing")]
fn real(count: i64) -> f64 {
    count as f64
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(received: i64, answered: i64, in_time: i64, overdue: i64) -> Column {
        Column { label: "3월".into(), year: String::new(), received, answered, in_time, overdue }
    }

    #[test]
    fn parts_stand_on_each_other_and_make_the_whole() {
        for width in [Width::Wide, Width::Narrow] {
            let drawn = trend(&[column(10, 6, 4, 3), column(7, 0, 0, 0), column(0, 0, 0, 0)], width).unwrap();
            let bottom = drawn["bottom"].as_f64().unwrap();
            let parts = drawn["columns"][0]["parts"].as_array().unwrap();
            let kinds: Vec<&str> = parts.iter().map(|part| part["kind"].as_str().unwrap()).collect();
            assert_eq!(kinds, ["in-time", "late", "rest", "overdue"]);
            let mut low = bottom;
            for part in parts {
                let (y, h) = (part["y"].as_f64().unwrap(), part["h"].as_f64().unwrap());
                assert!((y + h - low).abs() < 0.2);
                low = y;
            }
            assert!(low >= TOP - 0.1);
            assert_eq!(drawn["ticks"][0]["y"], bottom);
            assert_eq!(drawn["columns"][2]["parts"], json!([]));
            assert_eq!(drawn["columns"][0]["value"], "10");
        }
        assert!(trend(&[column(0, 0, 0, 0)], Width::Wide).is_none());
        assert!(trend(&[], Width::Wide).is_none());
    }

    #[test]
    fn numbers_that_do_not_fit_do_not_turn_a_drawing_over() {
        let parts = column(2, 5, 9, 4).parts();
        assert_eq!(parts.iter().map(|(_, count)| count).sum::<i64>(), 2);
        assert!(parts.iter().all(|(_, count)| *count >= 0));
    }

    #[test]
    fn many_columns_name_only_some_of_them() {
        let columns: Vec<Column> = (0..36).map(|_| column(12_345, 1, 1, 0)).collect();
        for width in [Width::Wide, Width::Narrow] {
            let drawn = trend(&columns, width).unwrap();
            let columns = drawn["columns"].as_array().unwrap();
            let named = columns.iter().filter(|column| column["label"] != "").count();
            assert!(named < 36 && named > 2, "{named}");
            let last = &columns[35];
            assert!(last["x"].as_f64().unwrap() + last["w"].as_f64().unwrap() <= drawn["width"].as_f64().unwrap());
        }
    }

    #[test]
    fn years_do_not_lie_on_each_other_and_counts_are_told_of_all_or_of_the_most() {
        let mut columns: Vec<Column> = (0..12).map(|n| column(if n == 7 { 1_575 } else { 90 + n }, 1, 1, 0)).collect();
        columns[0].year = "2025".into();
        columns[1].year = "2026".into();
        let told = |width, what: &str| {
            let drawn = trend(&columns, width).unwrap();
            let columns = drawn["columns"].as_array().unwrap();
            columns.iter().filter(|column| column[what] != "").count()
        };
        assert_eq!((told(Width::Wide, "year"), told(Width::Wide, "value")), (2, 12));
        assert_eq!((told(Width::Narrow, "year"), told(Width::Narrow, "value")), (1, 1));
    }

    #[test]
    fn an_interval_stays_inside_and_a_single_day_is_seen() {
        let all = Interval { p10: 3, p25: 5, median: 12, p75: 20, p90: 41 };
        let same = Interval { p10: 0, p25: 0, median: 0, p75: 0, p90: 0 };
        for (days, width) in [(all, Width::Wide), (all, Width::Narrow), (same, Width::Narrow)] {
            let drawn = interval(&days, width);
            let end = drawn["outer"]["x"].as_f64().unwrap() + drawn["outer"]["w"].as_f64().unwrap();
            assert!(end <= drawn["width"].as_f64().unwrap());
            assert!(drawn["inner"]["w"].as_f64().unwrap() >= 2.0);
            assert!(drawn["outer"]["x"].as_f64().unwrap() <= drawn["median"].as_f64().unwrap());
        }
    }
}
