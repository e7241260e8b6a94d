//! A small chart of a series as coordinates; the template draws it. Bars start at zero, the target is a line.

use serde_json::{Value, json};

use super::shape::number;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 262.0;

/// A value to draw.
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub short: bool,
}

/// Coordinates for up to twelve values as bars, more as a line; none when there is nothing to draw.
pub fn chart(bars: &[Bar], target: Option<f64>, unit: &str) -> Option<Value> {
    if bars.is_empty() {
        return None;
    }
    let top = bars.iter().map(|b| b.value).chain(target).fold(0.0_f64, f64::max);
    let step = nice(top / 4.0);
    let max = (top / step).ceil().max(1.0) * step;
    let y = |value: f64| round(BOTTOM - (value / max) * (BOTTOM - TOP));
    let count = f64::from(u32::try_from(bars.len()).unwrap_or(u32::MAX));
    let slot = (WIDTH - LEFT) / count;
    let width = (slot * 0.6).min(64.0);
    let drawn: Vec<Value> = (0_u32..)
        .zip(bars)
        .map(|(i, bar)| {
            let middle = LEFT + slot * (f64::from(i) + 0.5);
            let at = y(bar.value.max(0.0));
            json!({
                "x": round(middle - width / 2.0), "y": at, "w": round(width), "h": round(BOTTOM - at), "label_x": round(middle),
                "value": format!("{}{unit}", number(bar.value)), "date": bar.label, "short": bar.short, "label_y": BOTTOM + 22.0,
            })
        })
        .collect();
    let points: Vec<String> = drawn.iter().map(|b| format!("{},{}", b["label_x"], b["y"])).collect();
    let mut ticks = Vec::new();
    let mut at = 0.0;
    while at <= max + step / 2.0 {
        ticks.push(json!({ "y": y(at), "label": number((at * 100.0).round() / 100.0) }));
        at += step;
    }
    Some(json!({
        "max": max, "ticks": ticks, "target_y": target.map(y), "width": WIDTH, "height": HEIGHT, "left": LEFT, "bars": drawn,
        "points": points.join(" "), "kind": if bars.len() > 12 { "line" } else { "bar" },
    }))
}

/// A step of 1, 2 or 5 times a power of ten, without transcendental functions.
pub fn nice(raw: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    while power > raw && power > 1e-6 {
        power /= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= raw).unwrap_or(power * 10.0)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: f64) -> Bar {
        Bar { label: "2022".into(), value, short: false }
    }

    #[test]
    fn bars_start_at_zero_and_stay_inside() {
        let drawn = chart(&[bar(3.56), bar(2.0)], Some(3.4), "%").unwrap();
        assert_eq!(drawn["ticks"][0]["y"], BOTTOM);
        let first = &drawn["bars"][0];
        assert!((first["y"].as_f64().unwrap() + first["h"].as_f64().unwrap() - BOTTOM).abs() < 0.2);
        assert!(first["y"].as_f64().unwrap() >= TOP - 0.1);
        assert_eq!(first["value"], "3.56%");
        assert!(chart(&[], Some(1.0), "").is_none());
    }

    #[test]
    fn a_chart_of_zeros_can_be_drawn() {
        let drawn = chart(&[bar(0.0)], None, "").unwrap();
        assert_eq!(drawn["bars"][0]["h"], 0.0);
    }
}
