//! What the next map must know of the one before it: so that the number of groups does not flicker and the picture does
//! not flip over.

use serde::{Deserialize, Serialize};

use crate::votes::StatementId;

/// What a map hands on to the next one. Small; keep it beside the map ([`crate::Map::next`]).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Previous {
    /// The number of groups that is shown; 0 before the first map.
    pub groups: usize,
    /// The number of groups that the last map asked for.
    pub asked: usize,
    /// How many maps in a row asked for it.
    pub in_a_row: u32,
    /// How much each statement counted on each axis, by id: the next map turns its axes to the same side.
    pub axes: Vec<(StatementId, [f64; 2])>,
}
