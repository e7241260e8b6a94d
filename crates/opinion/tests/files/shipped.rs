//! The conversation that comes with the source.

use std::fs;

use madang_opinion::Standing;
use madang_opinion::read::{Agree, Comments, Export, Participants, VoteTable, comments, participants, topic, votes};

fn file(name: &str) -> Vec<u8> {
    fs::read(format!("{}/data/vtaiwan/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn all() -> (VoteTable, Comments, Participants) {
    (
        votes(file("votes.csv").as_slice(), Agree::PlusOne).unwrap(),
        comments(file("comments.csv").as_slice()).unwrap(),
        participants(file("participants-votes.csv").as_slice(), Agree::PlusOne).unwrap(),
    )
}

#[test]
fn its_files_are_read_whole() {
    let (votes, comments, people) = all();
    assert_eq!((votes.voters.len(), votes.statements.len(), votes.votes.len()), (1_921, 197, 49_443));
    assert_eq!((votes.rows, votes.replaced, votes.unclear), (49_997, 554, 0));
    assert_eq!(comments.iter().filter(|(_, comment)| comment.standing == Standing::Removed).count(), 78);
    assert_eq!(people.groups(), [("0", 330), ("1", 889)]);
    assert!(people.votes.is_none());
    let topic = topic(file("summary.csv").as_slice()).unwrap();
    let export = Export::new(votes, Some(&comments), topic).unwrap();
    assert_eq!(export.topic.as_deref(), Some("UberX 自用車載客 — vTaiwan.tw"));
    assert_eq!((export.statements.len(), export.unknown), (197, 0));
    assert!(export.statements.iter().all(|statement| statement.text.is_some()));
    assert_eq!(export.conversation().vote_count(), 49_443);
}

#[test]
fn its_counts_show_a_wrong_sign() {
    let (_, comments, _) = all();
    let crossed = votes(file("votes.csv").as_slice(), Agree::MinusOne).unwrap();
    assert_eq!(Export::new(crossed, Some(&comments), None).unwrap_err().code(), "opinion.sign");
}
