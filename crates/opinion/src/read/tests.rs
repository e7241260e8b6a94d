use std::io::{self, Read};

use super::*;
use crate::Standing;

fn table(text: &str) -> VoteTable {
    votes(text.as_bytes(), Agree::PlusOne).unwrap()
}

/// Line, field and code of each problem.
fn faults(text: impl AsRef<[u8]>) -> Vec<(Option<u64>, Option<u64>, &'static str)> {
    let problems = votes(text.as_ref(), Agree::PlusOne).unwrap_err();
    problems.iter().map(|problem| (problem.line, problem.column, problem.error.code())).collect()
}

const HEAD: &str = "timestamp,comment-id,voter-id,vote\n";

#[test]
fn a_file_of_three_votes() {
    let read = table("timestamp,datetime,comment-id,voter-id,vote\n3,x,10,b,1\n1,x,2,11,-1\n2,x,10,11,0\n");
    assert_eq!(read.voters, ["11", "b"]);
    assert_eq!(read.statements, ["2", "10"]);
    assert_eq!(read.votes, [(0, 0, -1), (0, 1, 0), (1, 1, 1)]);
    assert_eq!((read.rows, read.replaced, read.unclear), (3, 0, 0));
}

#[test]
fn files_as_programs_write_them() {
    let plain = table("timestamp,comment-id,voter-id,vote\n1,0,-3,1\n2,1,-3,-1\n");
    for text in [
        "\u{feff}timestamp,comment-id,voter-id,vote\r\n1,0,-3,1\r\n2,1,-3,-1\r\n",
        "\"Timestamp\",\"Comment ID\",\"voter_id\",\"VOTE\"\n\"1\",\"0\",\"-3\",\"1\"\n2,1,-3,\"-1\"",
        "timestamp;comment-id;voter-id;vote\n1;0;-3;+1\n\n2;1;-3;-1.0\n",
        "timestamp\tcomment-id\tvoter-id\tvote\t\r1\t0\t-3\t1\t\r2\t1\t-3\t\u{2212}1\t\t\t\r",
        "vote,voter-id,comment-id,timestamp,note\n-1,-3,1,2,\"a, b\"\n 1 , -3 , 0 , 1 ,\n,,,,\n",
        "statement-id,participant,vote\n0,-3,agree\n1,-3,반대\n",
    ] {
        assert_eq!(table(text), plain, "{text}");
    }
    let other = votes("comment-id,voter-id,vote\n0,-3,-1\n1,-3,1\n".as_bytes(), Agree::MinusOne).unwrap();
    assert_eq!(other, plain);
}

#[test]
fn of_several_votes_the_latest_counts() {
    let read = table(&format!("{HEAD}5,0,0,1\n9,0,0,-1\n7,0,0,0\n9,0,0,-1\n"));
    assert_eq!((read.votes, read.replaced, read.unclear), (vec![(0, 0, -1)], 3, 0));
    let read = table(&format!("{HEAD}9,0,0,1\n9,0,0,-1\n8,0,0,1\n"));
    assert_eq!((read.votes, read.replaced, read.unclear), (vec![(0, 0, 0)], 2, 1));
    let read = table("comment-id,voter-id,vote\n0,0,1\n0,0,1\n1,0,1\n1,0,-1\n");
    assert_eq!((read.votes, read.replaced, read.unclear), (vec![(0, 0, 1), (0, 1, 0)], 2, 1));
}

#[test]
fn names_are_in_the_order_of_numbers() {
    let read = table("comment-id,voter-id,vote\n10,b,1\n9,-1,1\n9,01,1\n9,1,1\n9,a,1\n9,99999999999999999999,1\n");
    assert_eq!(read.voters, ["-1", "01", "1", "99999999999999999999", "a", "b"]);
    assert_eq!(read.statements, ["9", "10"]);
}

#[test]
fn every_fault_has_its_line_and_field() {
    let text = format!("{HEAD}1,0,0,2\n1,0,0,1\nx,0,0,1\n1,,0,1\n1,0,0\n1,0,\"a\nb\",1\n1,0,0,agree,1\n1,0,0,\n");
    assert_eq!(
        faults(&text),
        [
            (Some(2), Some(4), "opinion.vote-unknown"),
            (Some(4), Some(1), "opinion.time"),
            (Some(5), Some(2), "opinion.id-empty"),
            (Some(6), None, "opinion.row-length"),
            (Some(7), Some(3), "opinion.id-odd"),
            (Some(9), None, "opinion.row-length"),
            (Some(10), Some(4), "opinion.vote-unknown"),
        ]
    );
    assert_eq!(faults("a,b\n1,2\n").len(), 3);
    assert_eq!(faults("comment-id,vote\n1,1\n"), [(Some(1), None, "opinion.column-missing")]);
    assert_eq!(faults(b"comment-id,voter-id,vote\n0,\xb0\xa1,1\n"), [(Some(2), Some(2), "opinion.not-utf-8")]);
    assert_eq!(
        faults(format!("comment-id,voter-id,vote\n0,{},1\n", "x".repeat(101))),
        [(Some(2), Some(2), "opinion.id-odd")]
    );
    assert_eq!(faults(b"\xff\xfev\0o\0"), [(None, None, "opinion.not-utf-8")]);
    assert_eq!(faults(""), [(None, None, "opinion.file-empty")]);
    assert_eq!(faults("\u{feff}\r\n \n"), [(None, None, "opinion.file-empty")]);
    assert_eq!(table(HEAD), VoteTable::default());
}

#[test]
fn of_very_many_faults_the_first_are_kept() {
    let text = format!("{HEAD}{}", "1,0,0,x\n".repeat(250));
    let problems = votes(text.as_bytes(), Agree::PlusOne).unwrap_err();
    assert_eq!((problems.iter().count(), problems.more(), problems.len()), (MOST_PROBLEMS, 150, 250));
}

#[test]
fn too_many_statements_are_refused_once() {
    use std::fmt::Write as _;
    let mut text = HEAD.to_owned();
    for statement in 0..MOST_STATEMENTS + 10 {
        writeln!(text, "1,{statement},0,1").unwrap();
    }
    assert_eq!(faults(&text), [(Some(MOST_STATEMENTS as u64 + 2), Some(2), "opinion.too-many-statements")]);
}

#[test]
fn a_disk_that_fails_is_a_problem() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let after = HEAD.as_bytes().chain(Broken);
    assert_eq!(votes(after, Agree::PlusOne).unwrap_err().iter().next().unwrap().error.code(), "opinion.unreadable");
}

#[test]
fn statements_with_their_texts() {
    let read = comments(
        "comment-id,moderated,agrees,disagrees,author-id,comment-body,is-meta\n10,0,2,1,7,\"a, \"\"b\"\"\nc\",\n9,-1,x,,,<b>,\n\
         8,1,0,0,,,true\n"
            .as_bytes(),
    )
    .unwrap();
    let names: Vec<&str> = read.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["8", "9", "10"]);
    let ten = read.get("10").unwrap();
    assert_eq!((ten.text.as_str(), ten.standing, ten.counts), ("a, \"b\"\nc", Standing::Shown, Some((2, 1))));
    assert_eq!(ten.author.as_deref(), Some("7"));
    assert_eq!((read.get("9").unwrap().standing, read.get("9").unwrap().counts), (Standing::Removed, None));
    assert_eq!(read.get("8").unwrap().standing, Standing::Meta);
}

#[test]
fn faults_of_statements() {
    let code = |text: &[u8]| {
        let problems = comments(text).unwrap_err();
        let first = problems.iter().next().unwrap();
        (first.line, first.column, first.error.code())
    };
    assert_eq!(code(b"comment-id\n1\n"), (Some(1), None, "opinion.column-missing"));
    assert_eq!(code(b"comment-id,text\n1,a\n1,b\n"), (Some(3), Some(1), "opinion.comment-twice"));
    assert_eq!(code(b"comment-id,text\n1,\xb0\xa1\n"), (Some(2), Some(2), "opinion.not-utf-8"));
    assert_eq!(code(b"comment-id,text,mod\n1,a,5\n"), (Some(2), Some(3), "opinion.moderated-unknown"));
    assert!(comments(b"comment-id,text\n1,a\n1,a\n".as_slice()).is_ok());
}

#[test]
fn people_with_groups_and_votes() {
    let read =
        participants("participant,group-id,n-votes,10,9\n3,B,2,1,-1\n1,,1,,0\n2,A,0,,\n".as_bytes(), Agree::PlusOne)
            .unwrap();
    assert_eq!(read.groups(), [("A", 1), ("B", 1)]);
    assert_eq!((read.group("3"), read.group("1"), read.group("77"), read.len()), (Some("B"), None, None, 3));
    let votes = read.votes.unwrap();
    assert_eq!(votes.statements, ["9", "10"]);
    assert_eq!(votes.votes, [(0, 0, 0), (2, 0, -1), (2, 1, 1)]);
    let twice = participants("participant,1\n3,1\n3,1\n".as_bytes(), Agree::PlusOne).unwrap_err();
    assert_eq!(twice.iter().next().unwrap().error.code(), "opinion.voter-twice");
    let odd = participants("participant,1\n3,?\n".as_bytes(), Agree::PlusOne).unwrap_err();
    assert_eq!(odd.iter().next().unwrap().column, Some(2));
}

#[test]
fn the_topic() {
    assert_eq!(topic("topic,UberX\nurl,x\n".as_bytes()).unwrap().as_deref(), Some("UberX"));
    assert_eq!(topic("url,x\ntopic,\"a, b\"\n".as_bytes()).unwrap().as_deref(), Some("a, b"));
    assert_eq!(topic("url,x\n".as_bytes()).unwrap(), None);
    assert_eq!(topic("topic, \n".as_bytes()).unwrap(), None);
}

#[test]
fn an_export_put_together() {
    let known = comments("comment-id,text,mod\n5,five,0\n1,one,-1\n".as_bytes()).unwrap();
    let export = Export::new(table("comment-id,voter-id,vote\n3,a,1\n1,a,-1\n3,b,0\n"), Some(&known), None).unwrap();
    let statements: Vec<_> =
        export.statements.iter().map(|s| (s.name.as_str(), s.text.as_deref(), s.standing)).collect();
    assert_eq!(
        statements,
        [("1", Some("one"), Standing::Removed), ("3", None, Standing::Shown), ("5", Some("five"), Standing::Shown)]
    );
    assert_eq!(export.votes, [(0, 0, -1), (0, 1, 1), (1, 1, 0)]);
    assert_eq!(export.unknown, 1);
    let conversation = export.conversation();
    assert_eq!((conversation.people().len(), conversation.statements().len(), conversation.vote_count()), (2, 3, 3));
}
