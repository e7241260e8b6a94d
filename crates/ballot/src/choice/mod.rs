//! One winner, several seats, or an order: approval, score, instant run-off, Schulze, single transferable vote.
//!
//! Give [`count`] a [`Contest`] and the [`Terms`]; it gives a [`Choice`]: who is elected, the order of all, every round
//! or pairwise comparison, the ballots that could not be counted with the reason, and every tie with what broke it.
//! Arithmetic is exact (whole numbers and fractions). The same ballots in another order give the same result.
//!
//! Not here: projects with costs (see `budget`), reading files, words for people (see `explain`).
//!
//! | method | ballots | rule | source |
//! |---|---|---|---|
//! | approval | marked | most marks | Brams and Fishburn 1978 |
//! | score | points | largest sum; what is not marked gets nothing | |
//! | instant run-off | ranked, without equals | the last is struck until one has more than half of the votes that still count | Hare 1873 |
//! | Schulze | ranked, equals allowed | strongest paths over winning votes; what is not ranked comes last | Schulze 2011 |
//! | transferable | ranked, without equals | Droop quota, weighted inclusive Gregory, exact fractions | Scotland, SSI 2007/42, rules 45–52 |
//!
//! Ties are broken by what the method itself still knows (rounds before, latest first; for score the number of people
//! who gave points), and then by one order of all candidates that is drawn from the seed once, see [`lot`].

mod ballots;
mod election;
mod marks;
mod runoff;
mod schulze;
mod sums;
mod transferable;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use madang_base::Error;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use ballots::{Reason, Refused};
pub use marks::Mark;
pub use schulze::{Pairs, Path};

use crate::number::Exact;

/// Who or what can be chosen. The id is what files and results name; the name is what people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    pub id: String,
    pub name: String,
}

/// What is on a ballot. Numbers are positions in the contest's list of candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Marked, without order.
    Approved(Vec<usize>),
    /// From the first preference on; those in one inner list are equal.
    Ranked(Vec<Vec<usize>>),
    /// Candidates with points.
    Scored(Vec<(usize, Exact)>),
}

/// A ballot, or several that are alike. `voter` is what its file calls it, for the list of what was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    pub marks: Marks,
    pub count: u64,
    pub voter: String,
}

/// The candidates and what was voted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contest {
    pub candidates: Vec<Candidate>,
    pub ballots: Vec<Ballot>,
}

/// How ballots become a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    Approval,
    Score,
    InstantRunoff,
    Schulze,
    Transferable,
}

impl Method {
    /// The word on the command line and in results.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Score => "score",
            Self::InstantRunoff => "instant-runoff",
            Self::Schulze => "schulze",
            Self::Transferable => "transferable",
        }
    }
}

/// The method, how many are elected, and the seed of the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub method: Method,
    pub seats: usize,
    pub seed: String,
}

/// The result of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub method: Method,
    pub seats: usize,
    pub candidates: Vec<Candidate>,
    /// Ballots that were given.
    pub given: u64,
    /// Ballots that were counted.
    pub counted: u64,
    /// Ballots that were not, and why; in the order of the file.
    pub refused: Vec<Refused>,
    /// Positions of the elected, in the order of their election.
    pub elected: Vec<usize>,
    /// All candidates, best first.
    pub ranking: Vec<usize>,
    pub count: Count,
    /// Ties in the order in which they were met.
    pub ties: Vec<Tie>,
    pub seed: String,
}

/// The count in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// Approval and score: one number for each candidate.
    Marks(Vec<Mark>),
    /// Instant run-off and transferable votes.
    Rounds(Vec<Round>),
    /// Schulze.
    Pairs(Pairs),
}

/// One look at the votes, and what was done after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Votes of each candidate, by position.
    pub votes: Vec<Exact>,
    /// Votes that name nobody who is still in the count.
    pub exhausted: Exact,
    /// What elects: more than half of the votes that still count, or the Droop quota.
    pub quota: Exact,
    /// Who is elected at this look, in order.
    pub elected: Vec<usize>,
    /// Who was elected or struck before this look.
    pub settled: Vec<usize>,
    /// What follows; nothing after the last round.
    pub step: Option<Step>,
}

/// What happens between two looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Step {
    /// The elected candidate keeps the quota; the rest moves on, every ballot with the same fraction of its value.
    Surplus { candidate: usize, surplus: Exact, fraction: Exact, to: Vec<(usize, Exact)>, exhausted: Exact },
    /// The last one is struck, and the ballots move on with the value they have.
    Struck { candidate: usize, to: Vec<(usize, Exact)>, exhausted: Exact },
}

/// A tie and what broke it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// The round, from 1; for methods without rounds 1.
    pub round: usize,
    /// Who was equal.
    pub among: Vec<usize>,
    /// Who came out of it: struck, elected, or put before the others.
    pub chosen: usize,
    pub question: Question,
    pub broken_by: BrokenBy,
}

/// What a tie was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Who is struck.
    Struck,
    /// Whose surplus moves on first, or who is elected first in a round.
    First,
    /// Who comes before whom, and therefore perhaps who is elected.
    Place,
}

/// What decided a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum BrokenBy {
    /// The votes of a round before, counted from 1.
    Round { round: usize },
    /// More people gave points.
    People,
    /// The order drawn from the seed.
    Lot,
}

/// The most candidates a count takes: Schulze compares each with each, along every third.
pub const MOST_CANDIDATES: usize = 1_000;

/// Counts.
///
/// # Errors
/// `ballot.choice-no-candidates`, `ballot.choice-too-many` (more than [`MOST_CANDIDATES`]), `ballot.choice-seats` (none,
/// or more than candidates), `ballot.choice-one-seat` (instant run-off elects one), `ballot.choice-no-ballots` (nothing
/// that could be counted).
pub fn count(contest: &Contest, terms: &Terms) -> Result<Choice, Error> {
    let n = contest.candidates.len();
    if n == 0 {
        return Err(Error::invalid("ballot.choice-no-candidates"));
    }
    if n > MOST_CANDIDATES {
        return Err(Error::invalid("ballot.choice-too-many").arg("count", n).arg("most", MOST_CANDIDATES));
    }
    if terms.seats == 0 || terms.seats > n {
        return Err(Error::invalid("ballot.choice-seats").arg("seats", terms.seats).arg("candidates", n));
    }
    if terms.method == Method::InstantRunoff && terms.seats > 1 {
        return Err(Error::invalid("ballot.choice-one-seat").arg("seats", terms.seats));
    }
    let (counted, refused) = ballots::sift(contest, terms.method);
    let given = contest.ballots.iter().map(|ballot| ballot.count).sum();
    let valid = given - refused.iter().map(|refused| refused.count).sum::<u64>();
    if valid == 0 {
        return Err(Error::invalid("ballot.choice-no-ballots").arg("given", given));
    }
    let lot = lot(terms.seed.as_str(), contest.candidates.iter().map(|candidate| candidate.id.as_str()));
    let mut ties = Vec::new();
    let (ranking, elected, count) = match terms.method {
        Method::Approval | Method::Score => {
            let (ranking, marks) = marks::count(n, &counted, &lot, &mut ties);
            let elected = ranking[..terms.seats].to_vec();
            (ranking, elected, Count::Marks(marks))
        }
        Method::InstantRunoff => {
            let (ranking, rounds) = runoff::count(n, &counted, &lot, &mut ties);
            let elected = ranking[..1].to_vec();
            (ranking, elected, Count::Rounds(rounds))
        }
        Method::Schulze => {
            let (ranking, pairs) = schulze::count(n, &counted, &lot, &mut ties);
            let elected = ranking[..terms.seats].to_vec();
            (ranking, elected, Count::Pairs(pairs))
        }
        Method::Transferable => {
            let (ranking, elected, rounds) = transferable::count(n, terms.seats, &counted, &lot, &mut ties);
            (ranking, elected, Count::Rounds(rounds))
        }
    };
    Ok(Choice {
        method: terms.method,
        seats: terms.seats,
        candidates: contest.candidates.clone(),
        given,
        counted: valid,
        refused,
        elected,
        ranking,
        count,
        ties,
        seed: terms.seed.clone(),
    })
}

/// The order that breaks what nothing else breaks: place of each id, from 0. Ids are ordered by SHA-256 of the seed, a
/// zero byte and the id, as in [`Ties::CostVotesLot`](crate::budget::Ties::CostVotesLot); whoever has the smaller digest
/// comes first and wins a tie.
#[must_use]
pub fn lot<'a>(seed: &str, ids: impl IntoIterator<Item = &'a str>) -> Vec<usize> {
    let mut drawn: Vec<([u8; 32], usize)> =
        ids.into_iter().enumerate().map(|(at, id)| (Sha256::digest(format!("{seed}\0{id}")).into(), at)).collect();
    drawn.sort_unstable();
    let mut places = vec![0; drawn.len()];
    for (place, (_, at)) in drawn.iter().enumerate() {
        places[*at] = place;
    }
    places
}

/// Out of equals, the one the rounds before, latest first, or the lot tell. `worst` asks for who is behind.
fn untie(among: Vec<usize>, rounds: &[Round], lot: &[usize], worst: bool) -> (usize, BrokenBy) {
    let mut left = among;
    for (at, round) in rounds.iter().enumerate().rev() {
        let most = left.iter().map(|c| &round.votes[*c]);
        let Some(limit) = (if worst { most.min() } else { most.max() }).cloned() else { break };
        left.retain(|c| round.votes[*c] == limit);
        if let [one] = left[..] {
            return (one, BrokenBy::Round { round: at + 1 });
        }
    }
    let chosen =
        if worst { left.iter().copied().max_by_key(|c| lot[*c]) } else { left.iter().copied().min_by_key(|c| lot[*c]) };
    (chosen.unwrap_or_default(), BrokenBy::Lot)
}

/// Best first by `key`; equals in the order of the lot, noted as ties.
fn order_by<K: Ord>(
    mut all: Vec<usize>,
    key: impl Fn(usize) -> K,
    lot: &[usize],
    round: usize,
    ties: &mut Vec<Tie>,
) -> Vec<usize> {
    all.sort_by_key(|c| (Reverse(key(*c)), lot[*c]));
    for group in all.chunk_by(|a, b| key(*a) == key(*b)).filter(|group| group.len() > 1) {
        let mut among = group.to_vec();
        among.sort_unstable();
        ties.push(Tie { round, among, chosen: group[0], question: Question::Place, broken_by: BrokenBy::Lot });
    }
    all
}
