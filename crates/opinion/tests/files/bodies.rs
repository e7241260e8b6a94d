//! What must hold for any bytes, reader by reader: no panic, problems on lines that exist, votes in order and one for each
//! pair. Run by the property tests and by the fuzz targets (`crates/opinion/fuzz`).

use std::sync::OnceLock;

use madang_base::Locale;
use madang_message::Catalogue;
use madang_opinion::explain::draw::{Width, drawings};
use madang_opinion::explain::{MESSAGES, Report, document, json};
use madang_opinion::read::{Agree, Export, Problems, VoteTable, comments, participants, topic, votes};
use madang_opinion::{Settings, Trials, assess, map};

/// What is done with the bytes.
pub type Body = fn(&[u8]);

/// The readers: name and body.
pub const BODIES: &[(&str, Body)] = &[
    ("votes", read_votes),
    ("comments", read_comments),
    ("participants", read_participants),
    ("topic", read_topic),
    ("export", read_export),
];

/// Runs one body.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, body) = BODIES.iter().find(|(known, _)| *known == name).expect("a reader's name");
    body(bytes);
}

fn looked_at(problems: &Problems, bytes: &[u8]) {
    assert!(!problems.is_empty(), "refused without a reason");
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
    for problem in problems.iter() {
        assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "{problem:?} of {lines} lines");
        assert!(problem.error.args().values().all(|value| !value.contains(['\n', '\r', '\0'])), "{problem:?}");
    }
}

fn in_order(table: &VoteTable) {
    assert!(table.votes.windows(2).all(|two| (two[0].0, two[0].1) < (two[1].0, two[1].1)));
    let inside = |(voter, statement, vote): &(u32, u32, i8)| {
        (*voter as usize) < table.voters.len() && (*statement as usize) < table.statements.len() && vote.abs() <= 1
    };
    assert!(table.votes.iter().all(inside));
    assert_eq!(table.rows, table.votes.len() as u64 + table.replaced);
}

fn read_votes(bytes: &[u8]) {
    match (votes(bytes, Agree::PlusOne), votes(bytes, Agree::MinusOne)) {
        (Ok(table), Ok(other)) => {
            in_order(&table);
            assert_eq!(table.voters, other.voters);
        }
        (Err(problems), Err(_)) => looked_at(&problems, bytes),
        _ => panic!("the sign decides whether a file can be read"),
    }
}

fn read_comments(bytes: &[u8]) {
    match comments(bytes) {
        Ok(found) => assert!(found.iter().all(|(name, _)| found.get(name).is_some())),
        Err(problems) => looked_at(&problems, bytes),
    }
}

fn read_participants(bytes: &[u8]) {
    match participants(bytes, Agree::PlusOne) {
        Ok(found) => {
            assert!(found.groups().iter().map(|(_, size)| size).sum::<usize>() <= found.len());
            if let Some(table) = &found.votes {
                in_order(table);
            }
        }
        Err(problems) => looked_at(&problems, bytes),
    }
}

fn read_topic(bytes: &[u8]) {
    if let Err(problems) = topic(bytes) {
        looked_at(&problems, bytes);
    }
}

/// Votes and statements with a mark between them.
fn read_export(bytes: &[u8]) {
    let cut = bytes.windows(3).position(|three| three == b"---").unwrap_or(bytes.len());
    let (first, second) = (&bytes[..cut], bytes.get(cut + 3..).unwrap_or_default());
    let (Ok(table), known) = (votes(first, Agree::PlusOne), comments(second).ok()) else { return };
    let Ok(export) = Export::new(table, known.as_ref(), None) else { return };
    let conversation = export.conversation();
    assert_eq!(conversation.vote_count(), export.votes.len());
    told(&export, &map(&conversation, &Settings::default(), None));
}

/// The map of any file can be told and drawn.
fn told(export: &Export, map: &madang_opinion::Map) {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    let catalogue = CATALOGUE.get_or_init(|| Catalogue::new(MESSAGES, None).expect("the messages of this crate"));
    let (settings, trials) = (Settings::default(), Trials { rounds: 2, ..Trials::default() });
    let assessment = assess(&export.conversation(), map, &settings, trials);
    let (assessment, settings) = (&assessment, &settings);
    let report = Report { export, map, assessment, settings, trials, fixed: None, comparison: None, top: 5 };
    let text = document(&report, catalogue, Locale::Ko).plain();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n') && !text.contains("NaN"), "{text}");
    for drawing in drawings(&report, catalogue, Locale::En, Width::Narrow) {
        assert!(!drawing.svg.contains("NaN") && !drawing.svg.contains("inf\""), "{}", drawing.svg);
    }
    assert_eq!(json(&report)["counts"]["votes"], export.votes.len());
}
