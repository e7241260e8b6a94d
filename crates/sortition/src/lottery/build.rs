//! From chances to a lottery: as many panels as are needed, their weights, and what is left of a difference.

use super::panels::Sequence;
use super::weights::{self, Unit};
use super::{Lottery, Panel, Residual};
use crate::solve::program::{Cut, Program};

/// Tickets of a weighted lottery: a number of twelve digits picks a panel.
pub(crate) const TICKETS: u64 = 1_000_000_000_000;
/// Differences below this many seats are as good as none.
const MET: f64 = 1e-7;
/// With more types than this the exact weights would need too much memory: equal weights, whose difference falls with the
/// number of panels, must do.
const EXACT_TYPES: usize = 3000;
/// Panels of equal weight where the exact weights are out of reach: so many that types × panels is about this, and
/// 128 to 2,000. Differences are then below a hundredth of a seat.
const EQUAL_WORK: usize = 6_000_000;

/// With more types than this it is not looked into whether chances are a mixture of panels at all.
const CUT_TYPES: usize = 400;
/// More seats than this a type is seldom behind when its chances can be met.
const DEBT: f64 = 3.0;
/// Panels that are added to come nearer.
const CORRECTIONS: usize = 80;

/// A panel as (type, seats).
type Counts = Vec<(usize, u32)>;

fn counts(panel: &[u32]) -> Counts {
    panel.iter().copied().enumerate().filter(|it| it.1 > 0).collect()
}

/// A lottery whose expected seats are `seats`, as nearly as can be, and if they are no mixture of panels a cut that says why.
/// None if no panel was found at all.
pub(crate) fn weighted(program: &Program, seats: &[f64]) -> Option<(Lottery, Option<Cut>)> {
    let n = program.types();
    if n > EXACT_TYPES {
        return uniform(program, seats, (EQUAL_WORK / n).clamp(128, 2000)).map(|it| (it, None));
    }
    let mut sequence = Sequence::new(program, seats);
    let mut panels: Vec<Counts> = Vec::new();
    let mut best: Option<(f64, Lottery)> = None;
    for quarters in [5, 8, 14] {
        let goal = n * quarters / 4 + 16;
        while panels.len() < goal {
            match sequence.next_panel() {
                Some(panel) => panels.push(counts(&panel)),
                None => break,
            }
        }
        if panels.is_empty() {
            return None;
        }
        let lottery = weigh(panels.clone(), seats, Unit::Deviation);
        let difference = differences(&lottery, seats);
        if best.as_ref().is_none_or(|it| difference < it.0) {
            best = Some((difference, lottery));
        }
        if difference < MET || panels.len() < goal {
            break;
        }
    }
    let (difference, lottery) = best?;
    if difference < MET || n > CUT_TYPES {
        return Some((lottery, None));
    }
    Some(nearest(&mut sequence, lottery, seats))
}

/// Distinct panels with the weights that fit best.
fn weigh(mut panels: Vec<Counts>, seats: &[f64], unit: Unit) -> Lottery {
    panels.sort_unstable();
    panels.dedup();
    let weights = weights::find(&panels, seats, unit);
    tickets(panels, &weights)
}

/// The mixture of panels nearest to `seats` (fully corrective Frank–Wolfe: add the panel that goes farthest in the
/// direction that is missing, weigh all anew). If no panel goes farther than the mixture, that direction is a cut.
fn nearest(sequence: &mut Sequence<'_>, mut lottery: Lottery, seats: &[f64]) -> (Lottery, Option<Cut>) {
    let n = seats.len();
    let mut cut = None;
    lottery = weigh(lottery.panels.into_iter().map(|it| it.counts).collect(), seats, Unit::Seat);
    for _ in 0..CORRECTIONS {
        let got = lottery.seats(n);
        let missing: Vec<f64> = seats.iter().zip(&got).map(|(a, b)| a - b).collect();
        let size = missing.iter().fold(0.0f64, |most, it| most.max(it.abs()));
        let worth: Vec<f64> = missing.iter().map(|it| it / size).collect();
        let Some(panel) = sequence.best(&worth) else { break };
        let sum = |of: &[f64]| worth.iter().zip(of).map(|(a, b)| a * b).sum::<f64>();
        let most = worth.iter().zip(&panel).map(|(a, b)| a * f64::from(*b)).sum::<f64>();
        let (here, there) = (sum(&got), sum(seats));
        if most < there - MET {
            cut = Some(Cut { worth: worth.clone(), most });
        }
        if most - here < 0.01 * (there - here) {
            break;
        }
        let mut panels: Vec<Counts> = lottery.panels.iter().map(|it| it.counts.clone()).collect();
        panels.push(counts(&panel));
        let next = weigh(panels, seats, Unit::Seat);
        if differences(&next, seats) < MET {
            return (next, None);
        }
        lottery = next;
    }
    (lottery, cut)
}

/// `many` panels with one ticket each. None if no panel was found at all; fewer panels if the search ended early.
pub(crate) fn uniform(program: &Program, seats: &[f64], many: usize) -> Option<Lottery> {
    let mut sequence = Sequence::new(program, seats);
    let mut panels = Vec::with_capacity(many);
    while panels.len() < many {
        let Some(panel) = sequence.next_panel() else { break };
        panels.push(Panel { weight: 1, counts: counts(&panel) });
    }
    // The order must not tell anything about how the panels were found.
    panels.sort_unstable_by(|a, b| a.counts.cmp(&b.counts));
    let tickets = panels.len() as u64;
    (tickets > 0).then_some(Lottery { tickets, panels })
}

/// [`uniform`], and a cut where debts that grow without end show that the chances are no mixture of panels.
pub(crate) fn uniform_or_cut(program: &Program, seats: &[f64], many: usize) -> Option<(Lottery, Option<Cut>)> {
    let lottery = uniform(program, seats, many)?;
    let debt = differences(&lottery, seats) * lottery.tickets as f64;
    let cut = if debt > DEBT && program.types() <= CUT_TYPES { weighted(program, seats)?.1 } else { None };
    Some((lottery, cut))
}

/// Weights as whole tickets, by largest remainder. Panels without a ticket are left out.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weights are between 0 and 1")]
fn tickets(panels: Vec<Counts>, weights: &[f64]) -> Lottery {
    let total: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|it| it / total * TICKETS as f64).collect();
    let mut whole: Vec<u64> = exact.iter().map(|it| it.floor() as u64).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| {
        let (fa, fb) = (exact[*a] - exact[*a].floor(), exact[*b] - exact[*b].floor());
        fb.total_cmp(&fa).then(a.cmp(b))
    });
    let mut left = TICKETS.saturating_sub(whole.iter().sum());
    for &at in order.iter().cycle().filter(|it| weights[**it] > 0.0) {
        if left == 0 {
            break;
        }
        whole[at] += 1;
        left -= 1;
    }
    let mut over = whole.iter().sum::<u64>().saturating_sub(TICKETS);
    for it in &mut whole {
        let less = over.min(*it);
        *it -= less;
        over -= less;
    }
    let panels: Vec<Panel> =
        panels.into_iter().zip(whole).filter(|it| it.1 > 0).map(|(counts, weight)| Panel { weight, counts }).collect();
    Lottery { tickets: TICKETS, panels }
}

/// The largest difference in seats.
fn differences(lottery: &Lottery, seats: &[f64]) -> f64 {
    lottery.seats(seats.len()).iter().zip(seats).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// How far a lottery is from `seats`.
pub(crate) fn residual(lottery: &Lottery, seats: &[f64], people: &[u32]) -> Residual {
    let mut residual = Residual::default();
    for ((got, aim), people) in lottery.seats(seats.len()).iter().zip(seats).zip(people) {
        let difference = (got - aim).abs();
        residual.seats_max = residual.seats_max.max(difference);
        residual.seats_total += difference;
        residual.chance_max = residual.chance_max.max(difference / f64::from(*people).max(1.0));
        if *aim >= 1.0 {
            residual.relative_large = residual.relative_large.max(difference / aim);
        } else {
            residual.seats_small = residual.seats_small.max(difference);
        }
    }
    residual
}
