//! A map that is kept up to date while votes arrive.

use crate::map::Map;
use crate::previous::Previous;
use crate::settings::Settings;
use crate::votes::{Choice, Conversation, PersonId, Standing, StatementId, Vote};

/// A conversation with its counts of pairs of statements, so that a new map after a vote takes milliseconds.
///
/// The map is the very one that [`crate::map()`] makes from the same votes, settings and previous map.
#[derive(Debug, Clone)]
pub struct Live {
    conversation: Conversation,
    settings: Settings,
    previous: Option<Previous>,
}

impl Live {
    /// Counts once what is there. `previous` is [`Map::next`] of the last map, if there was one.
    #[must_use]
    pub fn new(conversation: Conversation, settings: Settings, previous: Option<Previous>) -> Self {
        Self { conversation, settings, previous }
    }

    /// See [`Conversation::vote`]. Time: proportional to the votes of this person.
    pub fn vote(&mut self, vote: Vote) -> Option<Choice> {
        self.conversation.vote(vote)
    }

    /// See [`Conversation::undo`]. Time: proportional to the votes of this person.
    pub fn undo(&mut self, person: PersonId, statement: StatementId) -> Option<Choice> {
        self.conversation.undo(person, statement)
    }

    /// See [`Conversation::add_statement`].
    pub fn add_statement(&mut self, statement: StatementId) {
        self.conversation.add_statement(statement);
    }

    /// See [`Conversation::set_standing`].
    pub fn set_standing(&mut self, statement: StatementId, standing: Standing) {
        self.conversation.set_standing(statement, standing);
    }

    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// The map of the votes as they are now. It becomes the previous one of the next call: four maps in a row that ask
    /// for another number of groups change it, so call it once per change and not once per reader.
    pub fn refresh(&mut self) -> Map {
        let map = crate::map::map(&self.conversation, &self.settings, self.previous.as_ref());
        self.previous = Some(map.next.clone());
        map
    }
}
