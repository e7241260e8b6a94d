//! Which statement to show next: the more a statement divides or is agreed with, and the fewer saw it, the more likely.

use crate::map::Map;
use crate::statements::Tally;
use crate::votes::{Conversation, PersonId, StatementId};

/// Weight of a statement when the next one to show is drawn. Polis' published formula, with P passes, S seen, A agrees:
/// ((1 − (P+1)/(S+2)) · (extremity + 1) · (A+1)/(S+2) · (1 + 8·2^(−S/5)))², and 7² for meta statements.
#[must_use]
pub fn priority(meta: bool, all: Tally, extremity: f64) -> f64 {
    let _ = (meta, all, extremity);
    0.0
}

/// The next statement for a person: drawn among those not yet voted on and not removed, by their priority.
///
/// `random` is a random number from outside, all 64 bits used. `None` when the person has seen everything. A person who has
/// not voted yet may get any statement; a statement that came after the map has the weight of one that nobody saw.
#[must_use]
pub fn next_statement(conversation: &Conversation, map: &Map, person: PersonId, random: u64) -> Option<StatementId> {
    let _ = (conversation, map, person, random);
    None
}
