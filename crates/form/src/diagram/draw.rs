//! A laid-out state diagram as SVG.

use std::fmt::Write as _;

use madang_base::Locale;

use super::layout::{BOX, Box_, Layout, NAME_LINE, PAD, Row, SMALL_LINE, TRUNK, Way};
use crate::{Definition, State};

pub(super) fn svg(def: &Definition, layout: &Layout, locale: Locale, current: Option<&str>) -> String {
    let id = format!("diagram-{}", escape(&def.id));
    let Layout { width, height, .. } = layout;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" role=\"img\" lang=\"{locale}\" viewBox=\"0 0 {width} \
         {height}\" width=\"{width}\" height=\"{height}\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
         <defs><marker id=\"{id}-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto-start-reverse\"><path class=\"diagram-arrow\" d=\"M0 0 8 4 0 8z\" fill=\"currentColor\"/></marker></defs>\n",
        escape(&title(def, locale)),
        escape(&description(def, layout, locale, current)),
    );
    lines(&mut out, layout, &id);
    for state in &layout.states {
        state_box(&mut out, state, layout.left, current);
        for row in &state.steps {
            step(&mut out, row, layout.left);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn path(out: &mut String, d: &str, arrow: Option<&str>, back: bool) {
    let class = if back { "diagram-line back" } else { "diagram-line" };
    let marker = arrow.map(|id| format!(" marker-end=\"url(#{id}-arrow)\"")).unwrap_or_default();
    let _ = writeln!(out, "<path class=\"{class}\" d=\"{d}\" fill=\"none\" stroke=\"currentColor\"{marker}/>");
}

fn lines(out: &mut String, layout: &Layout, id: &str) {
    let (left, trunk) = (layout.left, layout.left + TRUNK);
    for (at, state) in layout.states.iter().enumerate() {
        let from = state.y + state.height;
        let next = layout.states.get(at + 1).filter(|_| state.down);
        if let Some(next) = next {
            path(out, &format!("M{trunk} {from}V{}", next.y), Some(id), false);
        } else if let Some(last) = state.steps.iter().rev().find(|row| row.way != Way::Stay) {
            path(out, &format!("M{trunk} {from}V{}", last.bottom()), None, false);
        }
    }
    for lane in &layout.lanes {
        for join in &lane.joins {
            path(out, &format!("M{trunk} {join}H{}", lane.x), None, lane.back);
        }
        let away = if lane.enters == lane.top { lane.bottom } else { lane.top };
        let edge = if lane.back { left } else { left + BOX };
        path(out, &format!("M{} {away}V{}H{edge}", lane.x, lane.enters), Some(id), lane.back);
    }
}

fn text(out: &mut String, class: &str, x: u32, y: u32, size: u32, text: &str) {
    let text = escape(text);
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"currentColor\">{text}</text>"
    );
}

fn state_box(out: &mut String, state: &Box_, left: u32, current: Option<&str>) {
    let here = current == Some(state.id.as_str());
    let (class, stroke) = if here { (" current", 3) } else { ("", 1) };
    let Box_ { y, height, .. } = state;
    let phase = state.phase.code();
    let _ = writeln!(
        out,
        "<g class=\"diagram-state phase-{phase}{class}\">\n<rect x=\"{left}\" y=\"{y}\" width=\"{BOX}\" height=\"{height}\" \
         rx=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{stroke}\"/>"
    );
    let mut line = y + PAD;
    for name in &state.name {
        text(out, "diagram-name", left + PAD, line + 14, 15, name);
        line += NAME_LINE;
    }
    for clock in &state.clocks {
        text(out, "diagram-clock", left + PAD, line + 12, 12, clock);
        line += SMALL_LINE;
    }
    out.push_str("</g>\n");
}

fn step(out: &mut String, row: &Row, left: u32) {
    let mut y = row.y;
    for label in &row.label {
        text(out, "diagram-step", left + TRUNK + 8, y + 13, 12, label);
        y += SMALL_LINE;
    }
}

fn title(def: &Definition, locale: Locale) -> String {
    let name = def.name.get(locale);
    match locale {
        Locale::Ko => format!("{name}: 처리 과정"),
        Locale::En => format!("{name}: how it goes on"),
    }
}

/// The drawing in words: from each state, where each step leads.
fn description(def: &Definition, layout: &Layout, locale: Locale, current: Option<&str>) -> String {
    let name = |id: &str| def.state(id).map_or("", |state: &State| state.name.get(locale));
    let mut sentences: Vec<String> = Vec::new();
    if let Some(current) = current.filter(|id| def.state(id).is_some()) {
        sentences.push(match locale {
            Locale::Ko => format!("지금 상태: {}.", name(current)),
            Locale::En => format!("Now: {}.", name(current)),
        });
    }
    for state in &layout.states {
        let steps = def.steps_from(&state.id).map(|step| match &step.to {
            Some(to) if *to != state.id => format!("{} → {}", step.name.get(locale), name(to)),
            _ => step.name.get(locale).to_owned(),
        });
        let steps: Vec<String> = steps.collect();
        let end = if steps.is_empty() { String::new() } else { format!(": {}", steps.join(", ")) };
        sentences.push(format!("{}{end}.", name(&state.id)));
    }
    sentences.join(" ")
}

/// Text for XML; characters that XML does not know are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
