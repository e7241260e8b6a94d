//! Votes: the rows of `votes.csv`, and what is left of them when of each person's votes on a statement the last counts.

use std::io::Read;

use madang_base::Error;

use super::ids::Interner;
use super::problem::Problems;
use super::table::{Table, id, shown};

/// More people than this in one file are refused.
pub const MOST_VOTERS: usize = 10_000_000;
/// More statements than this in one file are refused.
pub const MOST_STATEMENTS: usize = 100_000;

/// The number that a file writes for "agree".
///
/// Polis' exports write 1; its own database and its programs write −1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Agree {
    /// 1 is agree, −1 disagree: the exports.
    #[default]
    PlusOne,
    /// −1 is agree, 1 disagree: copies of the database.
    MinusOne,
}

/// The votes of a file: one at most for each person and statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteTable {
    /// Names of the people, numbers by size and then texts.
    pub voters: Vec<String>,
    /// Names of the statements in the same order.
    pub statements: Vec<String>,
    /// Person, statement (places in the lists above), and 1 for agree, 0 for pass, −1 for disagree; sorted.
    pub votes: Vec<(u32, u32, i8)>,
    /// Rows that held a vote.
    pub rows: u64,
    /// Votes that a later one by the same person on the same statement replaced.
    pub replaced: u64,
    /// Pairs of person and statement with several votes of which none is the last: counted as a pass.
    pub unclear: u64,
}

/// One vote as it was read.
#[derive(Clone, Copy)]
struct Cast {
    voter: u32,
    statement: u32,
    at: i64,
    vote: i8,
}

/// Gathers votes in any order.
#[derive(Default)]
pub(super) struct Ballots {
    voters: Interner,
    statements: Interner,
    cast: Vec<Cast>,
}

impl Ballots {
    pub(super) fn voter(&mut self, name: &str) -> Result<u32, Error> {
        let number = self.voters.number(name);
        if self.voters.len() > MOST_VOTERS {
            return Err(Error::invalid("opinion.too-many-voters").arg("limit", MOST_VOTERS));
        }
        Ok(number)
    }

    pub(super) fn statement(&mut self, name: &str) -> Result<u32, Error> {
        let number = self.statements.number(name);
        if self.statements.len() > MOST_STATEMENTS {
            return Err(Error::invalid("opinion.too-many-statements").arg("limit", MOST_STATEMENTS));
        }
        Ok(number)
    }

    pub(super) fn cast(&mut self, voter: u32, statement: u32, at: i64, vote: i8) {
        self.cast.push(Cast { voter, statement, at, vote });
    }

    /// The votes that count, under names in order.
    pub(super) fn count(self) -> VoteTable {
        let rows = self.cast.len() as u64;
        let (voters, voter_places) = self.voters.ordered();
        let (statements, statement_places) = self.statements.ordered();
        let mut table = VoteTable { voters, statements, rows, ..VoteTable::default() };
        // By person first: that needs no comparing.
        let mut starts = vec![0_usize; table.voters.len() + 1];
        for cast in &self.cast {
            starts[voter_places[cast.voter as usize] as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut sorted = vec![(0_u32, 0_i64, 0_i8); self.cast.len()];
        for cast in self.cast {
            let slot = &mut free[voter_places[cast.voter as usize] as usize];
            sorted[*slot] = (statement_places[cast.statement as usize], cast.at, cast.vote);
            *slot += 1;
        }
        table.votes.reserve_exact(sorted.len());
        for (voter, bounds) in (0..).zip(starts.windows(2)) {
            let own = &mut sorted[bounds[0]..bounds[1]];
            own.sort_unstable();
            for same in own.chunk_by(|a, b| a.0 == b.0) {
                let Some((statement, last, vote)) = same.last().copied() else { continue };
                let unclear = same.iter().any(|(_, at, other)| *at == last && *other != vote);
                table.unclear += u64::from(unclear);
                table.replaced += same.len() as u64 - 1;
                table.votes.push((voter, statement, if unclear { 0 } else { vote }));
            }
        }
        table
    }
}

/// Reads `votes.csv`. The order of its lines makes no difference.
///
/// Columns `comment-id`, `voter-id`, `vote`, and `timestamp` where there is one: of several votes by one person on one
/// statement the one with the latest timestamp counts. Where that does not decide between different votes, it counts as
/// a pass and is told as `unclear`.
///
/// # Errors
/// All lines that cannot be read: `opinion.column-missing`, `opinion.row-length`, `opinion.vote-unknown`,
/// `opinion.time`, `opinion.id-…`, `opinion.not-utf-8`, `opinion.too-many-…`, `opinion.file-empty`, `opinion.unreadable`.
pub fn votes(input: impl Read, agree: Agree) -> Result<VoteTable, Problems> {
    let mut table = Table::open(input)?;
    let statement = table.needed(&["comment-id", "statement-id", "tid"]);
    let voter = table.needed(&["voter-id", "participant-id", "participant", "pid"]);
    let vote = table.needed(&["vote"]);
    let time = table.column(&["timestamp", "created", "modified"]);
    let (Some(statement), Some(voter), Some(vote)) = (statement, voter, vote) else { return Err(table.problems) };
    let mut ballots = Ballots::default();
    let mut full = false;
    table.rows(|row, problems| {
        if full {
            return;
        }
        let mut check = |column: usize, error: Error| problems.push(row.line, Some(column), error);
        let Some(value) = value(row.field(vote), agree) else {
            return check(vote, Error::invalid("opinion.vote-unknown").arg("value", shown(row.field(vote))));
        };
        let at = match time.map(|column| (column, row.field(column))) {
            None => 0,
            Some((column, text)) => match number(text) {
                Some(at) => at,
                None => return check(column, Error::invalid("opinion.time").arg("value", shown(text))),
            },
        };
        let who = match id(row.field(voter)).and_then(|name| ballots.voter(name)) {
            Ok(who) => who,
            Err(error) => {
                full = error.code() == "opinion.too-many-voters";
                return check(voter, error);
            }
        };
        match id(row.field(statement)).and_then(|name| ballots.statement(name)) {
            Ok(what) => ballots.cast(who, what, at, value),
            Err(error) => {
                full = error.code() == "opinion.too-many-statements";
                check(statement, error);
            }
        }
    });
    table.problems.into_result(())?;
    Ok(ballots.count())
}

/// 1, 0 or −1 as people and programs write it.
pub(super) fn value(field: &[u8], agree: Agree) -> Option<i8> {
    let number = match field {
        b"1" | b"+1" | b"1.0" | b"+1.0" => 1,
        b"0" | b"0.0" | b"-0" | b"-0.0" => 0,
        // Also with the minus sign that word processors set.
        b"-1" | b"-1.0" | b"\xe2\x88\x921" | b"\xe2\x88\x921.0" => -1,
        _ => return word(field),
    };
    Some(match agree {
        Agree::PlusOne => number,
        Agree::MinusOne => -number,
    })
}

fn word(field: &[u8]) -> Option<i8> {
    match std::str::from_utf8(field).ok()?.to_lowercase().as_str() {
        "agree" | "찬성" => Some(1),
        "pass" | "건너뜀" => Some(0),
        "disagree" | "반대" => Some(-1),
        _ => None,
    }
}

fn number(field: &[u8]) -> Option<i64> {
    std::str::from_utf8(field).ok()?.parse().ok()
}
