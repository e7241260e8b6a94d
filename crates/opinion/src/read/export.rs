//! An export put together: votes and, where they are known, the statements they were about.

use madang_base::Error;

use super::comments::{Comment, Comments};
use super::ids::by_name;
use super::votes::VoteTable;
use crate::{Choice, Conversation, PersonId, Standing, StatementId, Vote};

/// One statement of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its name in the files: a number as a rule.
    pub name: String,
    /// What it says, when that is known.
    pub text: Option<String>,
    /// Whether it takes part in the map: not when moderators took it out, nor when it is about the person.
    pub standing: Standing,
}

/// The files of an export put together: everything a map is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// What it is about, when that is known.
    pub topic: Option<String>,
    /// Names of the people.
    pub voters: Vec<String>,
    pub statements: Vec<Statement>,
    /// Person, statement (places in the lists above), and 1 for agree, 0 for pass, −1 for disagree; sorted by person
    /// and statement, one at most for each pair.
    pub votes: Vec<(u32, u32, i8)>,
    /// Rows that held a vote.
    pub rows: u64,
    /// Votes that a later one replaced.
    pub replaced: u64,
    /// Pairs of person and statement where several votes contradict and none is the last: counted as a pass.
    pub unclear: u64,
    /// Statements that were voted on and are not in the file of statements, when there is one.
    pub unknown: u64,
}

impl Export {
    /// Puts votes and statements together. Statements that nobody voted on come in too: they need votes.
    ///
    /// # Errors
    /// `opinion.sign` when agreement and disagreement are the other way round than the statements' counts say.
    pub fn new(table: VoteTable, comments: Option<&Comments>, topic: Option<String>) -> Result<Self, Error> {
        if comments.is_some_and(|comments| reversed(&table, comments)) {
            return Err(Error::invalid("opinion.sign"));
        }
        let mut statements: Vec<Statement> = table.statements.iter().map(|name| statement(name, comments)).collect();
        let voted = statements.len();
        let unknown = comments.map_or(0, |comments| {
            statements.iter().filter(|statement| comments.get(&statement.name).is_none()).count() as u64
        });
        if let Some(comments) = comments {
            let there = |name: &str| statements[..voted].binary_search_by(|s| by_name(&s.name, name)).is_ok();
            let without: Vec<Statement> = comments
                .iter()
                .filter(|(name, _)| !there(name))
                .map(|(name, _)| statement(name, Some(comments)))
                .collect();
            statements.extend(without);
        }
        // In the order of names again, and the votes with them.
        let mut order: Vec<usize> = (0..statements.len()).collect();
        order.sort_by(|a, b| by_name(&statements[*a].name, &statements[*b].name));
        let mut places = vec![0_u32; order.len()];
        for (place, at) in (0..).zip(&order) {
            places[*at] = place;
        }
        let statements = order.iter().map(|at| std::mem::take(&mut statements[*at])).collect();
        let mut votes = table.votes;
        for (_, statement, _) in &mut votes {
            *statement = places[*statement as usize];
        }
        let VoteTable { voters, rows, replaced, unclear, .. } = table;
        Ok(Self { topic, voters, statements, votes, rows, replaced, unclear, unknown })
    }

    /// The votes for [`crate::map()`]. Ids are the places in the lists of voters and statements.
    #[must_use]
    pub fn conversation(&self) -> Conversation {
        let choice = |sign: i8| Choice::from_sign(i64::from(sign)).unwrap_or(Choice::Pass);
        let votes: Vec<Vote> = self
            .votes
            .iter()
            .map(|(person, statement, sign)| Vote {
                person: PersonId(u64::from(*person)),
                statement: StatementId(u64::from(*statement)),
                choice: choice(*sign),
            })
            .collect();
        let mut conversation = Conversation::from_votes(&votes);
        for (id, statement) in (0..).zip(&self.statements) {
            conversation.set_standing(StatementId(id), statement.standing);
        }
        conversation
    }
}

fn statement(name: &str, comments: Option<&Comments>) -> Statement {
    let comment = comments.and_then(|comments| comments.get(name));
    Statement {
        name: name.to_owned(),
        text: comment.map(|comment| comment.text.clone()).filter(|text| !text.is_empty()),
        standing: comment.map_or(Standing::Shown, |comment| comment.standing),
    }
}

/// Whether the counts beside the statements fit much better when agree and disagree are exchanged.
fn reversed(table: &VoteTable, comments: &Comments) -> bool {
    let mut counts = vec![(0_i64, 0_i64); table.statements.len()];
    for (_, statement, vote) in &table.votes {
        let (agrees, disagrees) = &mut counts[*statement as usize];
        *agrees += i64::from(*vote > 0);
        *disagrees += i64::from(*vote < 0);
    }
    let (mut straight, mut crossed) = (0_u64, 0_u64);
    for (name, (agrees, disagrees)) in table.statements.iter().zip(counts) {
        if let Some(Comment { counts: Some((a, d)), .. }) = comments.get(name) {
            straight = straight.saturating_add(agrees.abs_diff(*a)).saturating_add(disagrees.abs_diff(*d));
            crossed = crossed.saturating_add(agrees.abs_diff(*d)).saturating_add(disagrees.abs_diff(*a));
        }
    }
    straight / 4 > crossed
}
