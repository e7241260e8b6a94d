use proptest::prelude::*;

use super::*;

fn vote(person: u64, statement: u64, choice: Choice) -> Vote {
    Vote { person: PersonId(person), statement: StatementId(statement), choice }
}

fn choices() -> impl Strategy<Value = Choice> {
    prop_oneof![Just(Choice::Disagree), Just(Choice::Pass), Just(Choice::Agree)]
}

/// Votes with repetitions; ids near zero and near the largest number.
fn votes() -> impl Strategy<Value = Vec<Vote>> {
    let id = |most: u64| prop_oneof![0..most, (u64::MAX - most)..=u64::MAX];
    proptest::collection::vec((id(6), id(5), choices()), 0..60)
        .prop_map(|votes| votes.into_iter().map(|(p, s, choice)| vote(p, s, choice)).collect())
}

fn one_by_one(votes: &[Vote]) -> Conversation {
    votes.iter().fold(Conversation::new(), |mut conversation, &vote| {
        conversation.vote(vote);
        conversation
    })
}

#[test]
fn a_later_vote_replaces_the_earlier_one() {
    let mut conversation = Conversation::new();
    assert_eq!(conversation.vote(vote(1, 1, Choice::Agree)), None);
    assert_eq!(conversation.vote(vote(1, 1, Choice::Disagree)), Some(Choice::Agree));
    assert_eq!(conversation.vote_count(), 1);
    assert_eq!(conversation.choice(PersonId(1), StatementId(1)), Some(Choice::Disagree));
    assert_eq!(conversation.counts(0), [1, 0, 0]);
}

#[test]
fn a_vote_taken_back_leaves_nothing_behind() {
    let mut conversation = Conversation::new();
    conversation.add_statement(StatementId(7));
    let before = conversation.clone();
    conversation.vote(vote(1, 7, Choice::Pass));
    conversation.vote(vote(1, 3, Choice::Agree));
    assert_eq!(conversation.undo(PersonId(1), StatementId(3)), Some(Choice::Agree));
    assert_eq!(conversation.undo(PersonId(1), StatementId(3)), None);
    assert_eq!(conversation.undo(PersonId(1), StatementId(7)), Some(Choice::Pass));
    assert_eq!(conversation, before, "the named statement stays, the other one goes");
}

#[test]
fn a_standing_names_a_statement() {
    let mut conversation = Conversation::new();
    conversation.set_standing(StatementId(2), Standing::Removed);
    assert_eq!(conversation.standing(StatementId(2)), Some(Standing::Removed));
    assert_eq!(conversation.standing(StatementId(3)), None);
    assert!(conversation.people().is_empty());
}

proptest! {
    #[test]
    fn many_at_once_is_one_by_one(votes in votes()) {
        prop_assert_eq!(Conversation::from_votes(&votes), one_by_one(&votes));
    }

    #[test]
    fn votes_come_out_as_they_went_in(votes in votes()) {
        let conversation = Conversation::from_votes(&votes);
        let out: Vec<Vote> = conversation.votes().collect();
        prop_assert_eq!(Conversation::from_votes(&out), conversation);
    }

    #[test]
    fn undo_restores(votes in votes(), person in 0_u64..7, statement in 0_u64..6, choice in choices()) {
        let before = Conversation::from_votes(&votes);
        let mut conversation = before.clone();
        match conversation.vote(vote(person, statement, choice)) {
            None => conversation.undo(PersonId(person), StatementId(statement)),
            Some(earlier) => conversation.vote(vote(person, statement, earlier)),
        };
        prop_assert_eq!(conversation, before);
    }
}
