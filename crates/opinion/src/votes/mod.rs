//! The votes of a conversation: one per person and statement. Rows by person, both in the order of ids, so that the order
//! in which votes arrive never shows.

mod load;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

/// Who voted: a number within the conversation, not a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub u64);

/// Which statement: its number within the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatementId(pub u64);

/// What somebody said to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Disagree,
    Pass,
    Agree,
}

impl Choice {
    /// Agree +1, pass 0, disagree −1.
    #[must_use]
    pub fn sign(self) -> i8 {
        match self {
            Self::Disagree => -1,
            Self::Pass => 0,
            Self::Agree => 1,
        }
    }

    /// The choice of a sign (agree +1). `None` for any other number.
    #[must_use]
    pub fn from_sign(sign: i64) -> Option<Self> {
        match sign {
            -1 => Some(Self::Disagree),
            0 => Some(Self::Pass),
            1 => Some(Self::Agree),
            _ => None,
        }
    }
}

/// One vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    pub person: PersonId,
    pub statement: StatementId,
    pub choice: Choice,
}

/// Whether a statement takes part in the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// On the map.
    #[default]
    Shown,
    /// About the person, not an opinion ("I drive a taxi"): asked early, told by group, but not part of the map.
    Meta,
    /// Taken out by moderation: votes on it stay but count for nothing except that the person took part.
    Removed,
}

/// A vote inside a row: the statement's column × 4 + (sign + 1). Sorts by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell(u32);

impl Cell {
    fn new(column: u32, choice: Choice) -> Self {
        Self(column * 4 + choice as u32)
    }

    /// A vote on the statement in this column.
    pub(crate) fn at(column: usize, choice: Choice) -> Self {
        Self::new(column_number(column), choice)
    }

    #[inline]
    pub(crate) fn column(self) -> usize {
        (self.0 >> 2) as usize
    }

    /// −1, 0, +1.
    #[inline]
    pub(crate) fn sign(self) -> i64 {
        i64::from(self.0 & 3) - 1
    }

    /// An index below 4 × columns: the choice as a number in the statement's four places.
    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    pub(crate) fn choice(self) -> Choice {
        match self.0 & 3 {
            0 => Choice::Disagree,
            1 => Choice::Pass,
            _ => Choice::Agree,
        }
    }

    /// The same vote after a column came (`up`) or went at `column`, if it stands after it.
    fn shifted(self, column: u32, up: bool) -> Self {
        match (self.0 >> 2 >= column, up) {
            (false, _) => self,
            (true, true) => Self(self.0 + 4),
            (true, false) => Self(self.0 - 4),
        }
    }
}

/// A statement of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    id: StatementId,
    standing: Standing,
    /// Votes on it: disagree, pass, agree.
    counts: [u32; 3],
    /// Named by [`Conversation::add_statement`] or [`Conversation::set_standing`]: stays when its last vote goes.
    named: bool,
}

/// All votes of a conversation. One vote per person and statement: a later one replaces the earlier one.
///
/// At most 2³⁰ statements and 2³¹ people. Two conversations are equal when their statements and votes are, however they
/// came to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    people: Vec<PersonId>,
    rows: Vec<Vec<Cell>>,
    statements: Vec<Entry>,
}

impl Conversation {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The conversation of these votes, given in the order in which they were cast. Much faster than one by one.
    #[must_use]
    pub fn from_votes(votes: &[Vote]) -> Self {
        load::conversation(votes)
    }

    /// Casts a vote; gives the one that it replaces. A statement not seen before is added as [`Standing::Shown`].
    pub fn vote(&mut self, vote: Vote) -> Option<Choice> {
        let column = self.column_or_new(vote.statement, false);
        let row = match self.people.binary_search(&vote.person) {
            Ok(row) => row,
            Err(row) => {
                self.people.insert(row, vote.person);
                self.rows.insert(row, Vec::new());
                row
            }
        };
        let cell = Cell::new(column_number(column), vote.choice);
        let cells = &mut self.rows[row];
        self.statements[column].counts[vote.choice as usize] += 1;
        match cells.binary_search_by_key(&column, |cell| cell.column()) {
            Ok(at) => {
                let before = std::mem::replace(&mut cells[at], cell).choice();
                self.statements[column].counts[before as usize] -= 1;
                Some(before)
            }
            Err(at) => {
                cells.insert(at, cell);
                None
            }
        }
    }

    /// Takes a vote back as if it had never been cast; gives what it was. A person without votes is gone, and so is a
    /// statement without votes that was never named otherwise.
    pub fn undo(&mut self, person: PersonId, statement: StatementId) -> Option<Choice> {
        let row = self.people.binary_search(&person).ok()?;
        let column = self.column(statement)?;
        let at = self.rows[row].binary_search_by_key(&column, |cell| cell.column()).ok()?;
        let choice = self.rows[row].remove(at).choice();
        if self.rows[row].is_empty() {
            self.rows.remove(row);
            self.people.remove(row);
        }
        let entry = &mut self.statements[column];
        entry.counts[choice as usize] -= 1;
        if entry.counts == [0; 3] && !entry.named {
            self.statements.remove(column);
            self.shift(column_number(column), false);
        }
        Some(choice)
    }

    /// Adds a statement that nobody has voted on yet. Nothing happens if it is there.
    pub fn add_statement(&mut self, statement: StatementId) {
        let column = self.column_or_new(statement, true);
        self.statements[column].named = true;
    }

    /// Shows, removes or marks a statement; adds it if it is not there.
    pub fn set_standing(&mut self, statement: StatementId, standing: Standing) {
        let column = self.column_or_new(statement, true);
        self.statements[column].named = true;
        self.statements[column].standing = standing;
    }

    /// The standing of a statement; `None` if it is not there.
    #[must_use]
    pub fn standing(&self, statement: StatementId) -> Option<Standing> {
        self.column(statement).map(|column| self.statements[column].standing)
    }

    /// What this person said to this statement.
    #[must_use]
    pub fn choice(&self, person: PersonId, statement: StatementId) -> Option<Choice> {
        let column = self.column(statement)?;
        let row = self.row_of(person)?;
        let at = row.binary_search_by_key(&column, |cell| cell.column()).ok()?;
        Some(row[at].choice())
    }

    /// Everybody who voted, by id.
    #[must_use]
    pub fn people(&self) -> &[PersonId] {
        &self.people
    }

    /// All statements with their standing, by id.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = (StatementId, Standing)> + '_ {
        self.statements.iter().map(|entry| (entry.id, entry.standing))
    }

    /// All votes, by person and statement.
    pub fn votes(&self) -> impl Iterator<Item = Vote> + '_ {
        self.people.iter().zip(&self.rows).flat_map(move |(&person, row)| {
            row.iter().map(move |cell| Vote {
                person,
                statement: self.statements[cell.column()].id,
                choice: cell.choice(),
            })
        })
    }

    /// How many votes there are.
    #[must_use]
    pub fn vote_count(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Votes on the statement of a column: disagree, pass, agree.
    pub(crate) fn counts(&self, column: usize) -> [u32; 3] {
        self.statements[column].counts
    }

    /// One row per person, in the order of [`Self::people`].
    pub(crate) fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    pub(crate) fn row_of(&self, person: PersonId) -> Option<&[Cell]> {
        self.people.binary_search(&person).ok().map(|row| self.rows[row].as_slice())
    }

    /// Index of a statement in the order of ids.
    pub(crate) fn column(&self, statement: StatementId) -> Option<usize> {
        // Ids usually count up from 0 without gaps.
        let guess = usize::try_from(statement.0).ok();
        if let Some(guess) = guess.filter(|&guess| self.statements.get(guess).is_some_and(|e| e.id == statement)) {
            return Some(guess);
        }
        self.statements.binary_search_by_key(&statement, |entry| entry.id).ok()
    }

    fn column_or_new(&mut self, statement: StatementId, named: bool) -> usize {
        if let Some(column) = self.column(statement) {
            return column;
        }
        let column = self.statements.partition_point(|entry| entry.id < statement);
        self.statements.insert(column, Entry { id: statement, standing: Standing::Shown, counts: [0; 3], named });
        if column + 1 < self.statements.len() {
            self.shift(column_number(column), true);
        }
        column
    }

    /// Renumbers the columns from `column` on after one came (`up`) or went there.
    fn shift(&mut self, column: u32, up: bool) {
        for cell in self.rows.iter_mut().flatten() {
            *cell = cell.shifted(column, up);
        }
    }
}

/// Columns fit: there is a limit of 2³⁰ statements, far beyond what memory holds.
fn column_number(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}
