//! People: the rows of `participants-votes.csv`, with the groups that were published and each person's votes.

use std::collections::BTreeMap;
use std::io::Read;

use madang_base::Error;

use super::ids::{ByName, Name};
use super::problem::Problems;
use super::table::{Table, id, plain, shown};
use super::votes::{Agree, Ballots, VoteTable, value};

/// The groups that somebody published, and the votes that stand beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participants {
    /// For each person by name the group; none for people outside of every group.
    groups: ByName<Option<String>>,
    /// The votes, where the file has a column for each statement. Some exports leave them out.
    pub votes: Option<VoteTable>,
}

impl Participants {
    /// The group of a person; none for somebody in no group, and for somebody who is not in the file.
    #[must_use]
    pub fn group(&self, voter: &str) -> Option<&str> {
        self.groups.get(&Name(voter.to_owned()))?.as_deref()
    }

    /// The published groups with their sizes, by name.
    #[must_use]
    pub fn groups(&self) -> Vec<(&str, usize)> {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for group in self.groups.values().flatten() {
            *sizes.entry(group).or_default() += 1;
        }
        let mut sizes: Vec<_> = sizes.into_iter().collect();
        sizes.sort_by(|a, b| super::ids::by_name(a.0, b.0));
        sizes
    }

    /// How many people the file has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// Whether the beginning of a file is that of one with a row for each person, rather than one for each vote.
#[must_use]
pub fn is_people(start: &[u8]) -> bool {
    Table::open(start).is_ok_and(|table| {
        table.column(&["vote"]).is_none() && table.column(&["participant", "participant-id", "voter-id"]).is_some()
    })
}

/// Columns that are about the person; every other one is a statement.
const ABOUT: [&str; 7] = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid"];

/// Reads `participants-votes.csv`: columns `participant`, `group-id` where there is one, and one for each statement,
/// named by it, with the person's vote or nothing.
///
/// # Errors
/// All lines that cannot be read: codes as for [`super::votes`], and `opinion.voter-twice`.
pub fn participants(input: impl Read, agree: Agree) -> Result<Participants, Problems> {
    let mut table = Table::open(input)?;
    let Some(who) = table.needed(&["participant", "participant-id", "voter-id"]) else { return Err(table.problems) };
    let group = table.column(&["group-id", "group"]);
    let mut ballots = Ballots::default();
    let mut statements = Vec::new();
    for column in 0..table.columns().len() {
        let name = table.columns()[column].clone();
        if column == who || Some(column) == group || ABOUT.contains(&plain(&name).as_str()) || name.is_empty() {
            continue;
        }
        match id(name.as_bytes()).and_then(|name| ballots.statement(name)) {
            Ok(number) => statements.push((column, number)),
            Err(error) => {
                table.problems.push(1, Some(column), error);
                return Err(table.problems);
            }
        }
    }
    let mut groups = ByName::new();
    table.rows(|row, problems| {
        let voter = id(row.field(who)).map(str::to_owned).and_then(|name| Ok((ballots.voter(&name)?, name)));
        let (number, name) = match voter {
            Ok(voter) => voter,
            Err(error) => return problems.push(row.line, Some(who), error),
        };
        let in_group = match group.map(|column| (column, row.field(column))) {
            None | Some((_, b"")) => None,
            Some((column, text)) => match id(text) {
                Ok(text) => Some(text.to_owned()),
                Err(error) => return problems.push(row.line, Some(column), error),
            },
        };
        if groups.insert(Name(name.clone()), in_group).is_some() {
            return problems.push(row.line, Some(who), Error::invalid("opinion.voter-twice").arg("voter", name));
        }
        for (column, statement) in &statements {
            let field = row.field(*column);
            if field.is_empty() {
                continue;
            }
            match value(field, agree) {
                Some(vote) => ballots.cast(number, *statement, 0, vote),
                None => {
                    let error = Error::invalid("opinion.vote-unknown").arg("value", shown(field));
                    problems.push(row.line, Some(*column), error);
                }
            }
        }
    });
    table.problems.into_result(())?;
    let votes = (!statements.is_empty()).then(|| ballots.count());
    Ok(Participants { groups, votes })
}
