//! A map that is kept up to date while votes arrive.

use crate::map::{Map, build};
use crate::matrix::{Columns, Pairs};
use crate::previous::Previous;
use crate::settings::Settings;
use crate::votes::{Cell, Choice, Conversation, PersonId, Standing, StatementId, Vote};

/// A conversation with its counts of pairs of statements, so that a new map after a vote takes milliseconds.
///
/// The map is the very one that [`crate::map()`] makes from the same votes, settings and previous map.
#[derive(Debug, Clone)]
pub struct Live {
    conversation: Conversation,
    settings: Settings,
    previous: Option<Previous>,
    /// Of all columns. None with more statements than are kept in pairs; then each map goes through the votes.
    pairs: Option<Pairs>,
}

impl Live {
    /// Counts once what is there. `previous` is [`Map::next`] of the last map, if there was one.
    #[must_use]
    pub fn new(conversation: Conversation, settings: Settings, previous: Option<Previous>) -> Self {
        let pairs = count(&conversation, &settings);
        Self { conversation, settings, previous, pairs }
    }

    /// See [`Conversation::vote`]. Time: proportional to the votes of this person; more if the statement is new.
    pub fn vote(&mut self, vote: Vote) -> Option<Choice> {
        let known = self.conversation.column(vote.statement).is_some();
        let before = self.conversation.vote(vote);
        if !known {
            self.inserted(vote.statement);
        }
        if let (Some(pairs), Some(column), Some(row)) =
            (&mut self.pairs, self.conversation.column(vote.statement), self.conversation.row_of(vote.person))
        {
            if let Some(before) = before {
                pairs.change(Cell::at(column, before), row, -1);
            }
            pairs.change(Cell::at(column, vote.choice), row, 1);
        }
        before
    }

    /// See [`Conversation::undo`]. Time: proportional to the votes of this person; more if the statement goes, too.
    pub fn undo(&mut self, person: PersonId, statement: StatementId) -> Option<Choice> {
        let column = self.conversation.column(statement)?;
        let choice = self.conversation.choice(person, statement)?;
        if let (Some(pairs), Some(row)) = (&mut self.pairs, self.conversation.row_of(person)) {
            pairs.change(Cell::at(column, choice), row, -1);
        }
        self.conversation.undo(person, statement);
        if self.conversation.column(statement).is_none() {
            match &mut self.pairs {
                Some(pairs) => pairs.remove(column),
                // One statement fewer may be few enough.
                None => self.pairs = count(&self.conversation, &self.settings),
            }
        }
        Some(choice)
    }

    /// See [`Conversation::add_statement`].
    pub fn add_statement(&mut self, statement: StatementId) {
        let known = self.conversation.column(statement).is_some();
        self.conversation.add_statement(statement);
        if !known {
            self.inserted(statement);
        }
    }

    /// See [`Conversation::set_standing`].
    pub fn set_standing(&mut self, statement: StatementId, standing: Standing) {
        self.add_statement(statement);
        self.conversation.set_standing(statement, standing);
    }

    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// The map of the votes as they are now. It becomes the previous one of the next call: four maps in a row that ask
    /// for another number of groups change it, so call it once per change and not once per reader.
    pub fn refresh(&mut self) -> Map {
        let map = build(&self.conversation, &self.settings, self.previous.as_ref(), self.pairs.as_ref());
        self.previous = Some(map.next.clone());
        map
    }

    /// Makes room for a statement that has just come, its votes not yet counted.
    fn inserted(&mut self, statement: StatementId) {
        let (Some(pairs), Some(column)) = (&mut self.pairs, self.conversation.column(statement)) else { return };
        if pairs.size() < self.settings.statements_in_pairs {
            pairs.insert(column);
        } else {
            self.pairs = None;
        }
    }
}

/// Counts the pairs of all columns, if there are not too many.
fn count(conversation: &Conversation, settings: &Settings) -> Option<Pairs> {
    let columns = conversation.statements().len();
    (columns <= settings.statements_in_pairs).then(|| {
        let rows: Vec<&[Cell]> = conversation.rows().iter().map(Vec::as_slice).collect();
        Pairs::count(&rows, &Columns::all(columns), settings.threads)
    })
}
