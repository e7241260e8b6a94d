//! From an election and options to an outcome.

use madang_base::{Error, Result};

use super::options::Options;
use super::outcome::Outcome;
use crate::pb::Election;

/// Counts.
///
/// # Errors
/// `ballot.option-project`: a constraint names a project that the election does not have. `ballot.option-step`: Add1's step
/// is not above zero. `ballot.option-size`: amounts are too large or too fine to be counted exactly.
pub fn tally(_election: &Election, _options: &Options) -> Result<Outcome> {
    Err(Error::invalid("ballot.option-size"))
}

/// How many more voters who support only this project would have made it win, everything else (budget, rule, ties) being
/// equal: a number found by doubling and halving with the rule itself, so that with it the project wins and with one
/// fewer it does not. With points each of them gives the highest number of points that a ballot of this election gives
/// to one project. `None`: it wins already, or would not with as many new voters as the election has voters.
///
/// # Errors
/// As [`tally`].
pub fn votes_short(_election: &Election, _options: &Options, _project: usize) -> Result<Option<u64>> {
    Err(Error::invalid("ballot.option-size"))
}
