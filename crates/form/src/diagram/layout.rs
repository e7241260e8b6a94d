//! Where everything in a state diagram stands. Lengths are in the drawing's units, which are pixels when it is not scaled.

use std::collections::BTreeMap;

use madang_base::Locale;

use crate::{Definition, Moment, Phase, State, Step, timeline};

/// Width of a state's box, text size of names, clocks and steps, height of their lines.
pub(super) const BOX: u32 = 224;
pub(super) const PAD: u32 = 10;
pub(super) const NAME_LINE: u32 = 19;
pub(super) const SMALL_LINE: u32 = 16;
/// From the left edge of a box to the line that its steps leave it by.
pub(super) const TRUNK: u32 = 16;
const LANE: u32 = 10;
const MARGIN: u32 = 8;
const GAP: u32 = 18;

/// The whole drawing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub width: u32,
    pub height: u32,
    /// The left edge of all boxes.
    pub left: u32,
    pub states: Vec<Box_>,
    /// Lines beside the boxes, one for all steps that lead to one state from one side.
    pub lanes: Vec<Lane>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Box_ {
    pub id: String,
    pub phase: Phase,
    pub y: u32,
    pub height: u32,
    pub name: Vec<String>,
    pub clocks: Vec<String>,
    pub steps: Vec<Row>,
    /// Whether a step leads to the state below.
    pub down: bool,
}

/// A step under its state.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub label: Vec<String>,
    /// The top of the label.
    pub y: u32,
    pub way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// The case stays where it is.
    Stay,
    /// To a state further up, at this place in the order.
    Back(usize),
    /// Further down, past the next one.
    Ahead(usize),
    /// To the next one.
    Down,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub x: u32,
    /// From the first to the last end.
    pub top: u32,
    pub bottom: u32,
    /// Where it enters its state.
    pub enters: u32,
    pub back: bool,
    /// Where its steps join it.
    pub joins: Vec<u32>,
}

impl Row {
    /// The height of a label and the line below it.
    pub fn bottom(&self) -> u32 {
        self.y + SMALL_LINE * count(self.label.len()) + 2
    }
}

pub(super) fn layout(def: &Definition, locale: Locale, current: Option<&str>) -> Layout {
    let states = order(def, current);
    let place: BTreeMap<&str, usize> = states.iter().enumerate().map(|(at, state)| (state.id.as_str(), at)).collect();
    let mut boxes = Vec::new();
    let mut y = MARGIN;
    for (at, state) in states.iter().enumerate() {
        let name = wrap(state.name.get(locale), 13);
        let clocks = clocks(def, state, locale);
        let height = 2 * PAD + NAME_LINE * count(name.len()) + SMALL_LINE * count(clocks.len());
        let mut steps: Vec<Row> = def
            .steps_from(&state.id)
            .map(|step| {
                let way = way(step, at, &place);
                let name = step.name.get(locale);
                let label = if way == Way::Stay { format!("↺ {name}") } else { name.to_owned() };
                Row { label: wrap(&label, 16), y: 0, way }
            })
            .collect();
        steps.sort_by_key(|row| row.way);
        let mut below = y + height + 4;
        for row in &mut steps {
            row.y = below;
            below = row.bottom() + 5;
        }
        let down = steps.iter().any(|row| row.way == Way::Down);
        boxes.push(Box_ { id: state.id.clone(), phase: state.phase, y, height, name, clocks, steps, down });
        y = below + GAP;
    }
    let height = y - GAP + MARGIN;
    let (back, ahead) = (lanes(&boxes, true), lanes(&boxes, false));
    let lanes_of = |lanes: &[(usize, Lane)]| lanes.iter().map(|(lane, _)| lane + 1).max().unwrap_or(0);
    let (left_lanes, right_lanes) = (count(lanes_of(&back)), count(lanes_of(&ahead)));
    let gutter = |lanes: u32| if lanes == 0 { MARGIN } else { MARGIN + (lanes + 1) * LANE };
    let left = gutter(left_lanes);
    let placed = |(lane, mut found): (usize, Lane)| {
        let from_box = (count(lane) + 1) * LANE + 4;
        found.x = if found.back { left.saturating_sub(from_box) } else { left + BOX + from_box };
        found
    };
    let width = left + BOX + gutter(right_lanes) + 4;
    Layout { width, height, left, states: boxes, lanes: back.into_iter().chain(ahead).map(placed).collect() }
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn way(step: &Step, at: usize, place: &BTreeMap<&str, usize>) -> Way {
    match step.to.as_deref().and_then(|to| place.get(to)) {
        None => Way::Stay,
        Some(&to) if to == at => Way::Stay,
        Some(&to) if to == at + 1 => Way::Down,
        Some(&to) if to > at => Way::Ahead(to),
        Some(&to) => Way::Back(to),
    }
}

/// The clocks that start when a state is entered, with their terms: `답변 기한: 90일`.
fn clocks(def: &Definition, state: &State, locale: Locale) -> Vec<String> {
    let first = def.first_state().id == state.id;
    let starts_here = |moment: &Moment| match moment {
        Moment::Filed => first,
        Moment::State(id) => *id == state.id,
        Moment::Step(id) => def.step(id).is_some_and(|step| step.to.as_ref() == Some(&state.id)),
        Moment::Clock(_) | Moment::Threshold(_) => false,
    };
    let found = def.clocks.iter().filter(|clock| clock.starts.iter().any(starts_here));
    // A number stays with its unit.
    let term = |clock| timeline::term(clock, locale).replace(' ', "\u{a0}").replace(",\u{a0}", ", ");
    found.flat_map(|clock| wrap(&format!("{}: {}", clock.name.get(locale), term(clock)), 17)).collect()
}

/// The states by their longest way from the first one, without the steps that lead back; those of one layer in the
/// definition's order. States that the engine added come only when something leads to them or the case stands there.
fn order<'a>(def: &'a Definition, current: Option<&str>) -> Vec<&'a State> {
    let linked = |state: &State| def.steps.iter().any(|step| step.to.as_ref() == Some(&state.id));
    let states: Vec<&State> = def
        .states
        .iter()
        .filter(|state| !state.built_in || current == Some(state.id.as_str()) || linked(state))
        .collect();
    let place = |id: &str| states.iter().position(|state| state.id == id);
    let next: Vec<Vec<usize>> = states
        .iter()
        .map(|state| def.steps_from(&state.id).filter_map(|step| place(step.to.as_deref()?)).collect())
        .collect();
    let mut search =
        Search { next: &next, seen: vec![Seen::No; states.len()], finished: Vec::new(), ahead: Vec::new() };
    for at in 0..states.len() {
        search.visit(at);
    }
    let mut layer = vec![0_usize; states.len()];
    for &from in search.finished.iter().rev() {
        for &(_, to) in search.ahead.iter().filter(|(source, _)| *source == from) {
            layer[to] = layer[to].max(layer[from] + 1);
        }
    }
    let mut sorted: Vec<usize> = (0..states.len()).collect();
    sorted.sort_by_key(|&at| (layer[at], at));
    sorted.into_iter().map(|at| states[at]).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    No,
    /// On the way that is being followed: a step to it leads back.
    Open,
    Done,
}

/// A search in depth that tells the steps that lead back from the others.
struct Search<'a> {
    next: &'a [Vec<usize>],
    seen: Vec<Seen>,
    finished: Vec<usize>,
    ahead: Vec<(usize, usize)>,
}

impl Search<'_> {
    fn visit(&mut self, at: usize) {
        if self.seen[at] != Seen::No {
            return;
        }
        self.seen[at] = Seen::Open;
        let next = self.next;
        for &to in &next[at] {
            if self.seen[to] != Seen::Open {
                self.ahead.push((at, to));
                self.visit(to);
            }
        }
        self.seen[at] = Seen::Done;
        self.finished.push(at);
    }
}

/// The lines of one side with the number of their lane, counted from the boxes: short ones first, so that they are near.
fn lanes(boxes: &[Box_], back: bool) -> Vec<(usize, Lane)> {
    let mut by_target: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for row in boxes.iter().flat_map(|state| &state.steps) {
        match row.way {
            Way::Back(to) if back => by_target.entry(to).or_default().push(row.bottom()),
            Way::Ahead(to) if !back => by_target.entry(to).or_default().push(row.bottom()),
            _ => {}
        }
    }
    let mut lines: Vec<Lane> = by_target
        .into_iter()
        .map(|(to, joins)| {
            let enters = boxes[to].y + boxes[to].height / 2;
            let top = joins.iter().copied().min().unwrap_or(enters).min(enters);
            let bottom = joins.iter().copied().max().unwrap_or(enters).max(enters);
            Lane { x: 0, top, bottom, enters, back, joins }
        })
        .collect();
    lines.sort_by_key(|lane| (lane.bottom - lane.top, lane.top));
    let mut placed: Vec<(usize, Lane)> = Vec::new();
    for line in lines {
        let free = |lane: usize| {
            placed
                .iter()
                .filter(|(taken, _)| *taken == lane)
                .all(|(_, other)| line.bottom < other.top || other.bottom < line.top)
        };
        let lane = (0..).find(|lane| free(*lane)).unwrap_or(0);
        placed.push((lane, line));
    }
    placed
}

/// Breaks a text into lines of at most `ems` Hangul syllables, or about twice as many letters, at blanks where it can.
pub(super) fn wrap(text: &str, ems: u32) -> Vec<String> {
    // In twentieths of an em.
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() || c == '\u{a0}' { 11 } else { 20 }).sum::<u32>();
    let limit = ems * 20;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !line.is_empty() && width(&line) + 11 + width(word) <= limit {
            line.push(' ');
        } else if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if !line.is_empty() && width(&line) + width(c.encode_utf8(&mut [0; 4])) > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
