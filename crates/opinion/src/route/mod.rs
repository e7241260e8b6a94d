//! Which statement to show next: the more a statement divides or is agreed with, and the fewer saw it, the more likely.

#[cfg(test)]
mod tests;

use crate::map::Map;
use crate::random::draw;
use crate::statements::Tally;
use crate::votes::{Conversation, PersonId, Standing, StatementId};

/// The priority of a meta statement before it is squared. Polis: 7.
const META: f64 = 7.0;

/// 2^(−i/5) for i from 0 to 4; what lies beyond is halves of these, so that no power function is needed.
const FIFTHS: [f64; 5] =
    [1.0, 0.870_550_563_296_124_1, 0.757_858_283_255_199, 0.659_753_955_386_447_1, 0.574_349_177_498_517_5];

/// Weight of a statement when the next one to show is drawn. Polis' published formula, with P passes, S seen, A agrees:
/// ((1 − (P+1)/(S+2)) · (extremity + 1) · (A+1)/(S+2) · (1 + 8·2^(−S/5)))², and 7² for meta statements.
#[must_use]
pub fn priority(meta: bool, all: Tally, extremity: f64) -> f64 {
    if meta {
        return META * META;
    }
    let seen = f64::from(all.seen) + 2.0;
    let passes = (f64::from(all.pass()) + 1.0) / seen;
    let agrees = (f64::from(all.agree) + 1.0) / seen;
    let importance = (1.0 - passes) * (extremity + 1.0) * agrees;
    let weight = importance * (1.0 + 8.0 * newness(all.seen));
    weight * weight
}

/// 2^(−seen/5).
fn newness(seen: u32) -> f64 {
    let halves = (seen / 5).min(1_000);
    (0..halves).fold(FIFTHS[seen as usize % 5], |value, _| value / 2.0)
}

/// The next statement for a person: drawn among those not yet voted on and not removed, by their priority.
///
/// `random` is a random number from outside, all 64 bits used. `None` when the person has seen everything. A person who has
/// not voted yet may get any statement; a statement that came after the map has the weight of one that nobody saw.
#[must_use]
pub fn next_statement(conversation: &Conversation, map: &Map, person: PersonId, random: u64) -> Option<StatementId> {
    let mut places = map.statements.iter().peekable();
    let mut voted = conversation.row_of(person).unwrap_or_default().iter().peekable();
    let mut weights = Vec::new();
    let mut ids = Vec::new();
    for (column, (id, standing)) in conversation.statements().enumerate() {
        let seen = voted.next_if(|cell| cell.column() == column).is_some();
        while places.next_if(|place| place.id < id).is_some() {}
        let place = places.next_if(|place| place.id == id);
        if seen || standing == Standing::Removed {
            continue;
        }
        // The standing may have changed since the map.
        let known = place.filter(|place| place.standing == standing).map(|place| place.priority);
        weights.push(known.unwrap_or_else(|| priority(standing == Standing::Meta, Tally::default(), 0.0)));
        ids.push(id);
    }
    draw(&weights, random).map(|at| ids[at])
}
