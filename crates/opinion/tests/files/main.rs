//! Every reader on random bytes and on valid files with bytes changed, cut out and put in; the files of the shipped
//! conversation; and that the order of lines makes no difference.
#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod bodies;
mod shipped;
mod worked;

use std::fmt::Write as _;

use madang_opinion::read::{Agree, votes};
use proptest::collection::vec;
use proptest::prelude::*;

const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n1435654192085,Tue Jun 30 15:49:52 WIB 2015,0,0,1\n\
                     1435656324267,\"Tue Jun 30, 2015\",0,1,-1\n1435656324268,,1,1,0\n1435656324269,,0,1,1\n";
const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
                        1,x,0,4,2,0,0,\"One, and\ntwo\"\n2,x,1,4,0,0,-1,셋\n";
const PARTICIPANTS: &str =
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n0,1,0,1,1,0,1,\n1,,0,2,1,0,1,0\n";
const SUMMARY: &str = "topic,UberX\nurl,https://pol.is/3phdex2kjf\nconversation-description,\"a\nb\"\n";

fn valid(name: &str) -> Vec<u8> {
    let text = match name {
        "votes" => VOTES.to_owned(),
        "comments" => COMMENTS.to_owned(),
        "participants" => PARTICIPANTS.to_owned(),
        "topic" => SUMMARY.to_owned(),
        _ => format!("{VOTES}---{COMMENTS}"),
    };
    text.into_bytes()
}

/// A change of a file: where, how many bytes are taken out, what is put in their place.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, Vec<u8>)>> {
    let byte = prop_oneof![3 => Just(b'\n'), 2 => Just(b','), 2 => b'0'..=b'9', 1 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b'-')];
    vec((any::<prop::sample::Index>(), 0..4_usize, vec(byte, 0..4)), 0..4)
}

#[test]
fn every_reader_takes_its_file_and_has_a_fuzz_target() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz");
    let manifest = std::fs::read_to_string(format!("{folder}/Cargo.toml")).unwrap();
    for (name, _) in bodies::BODIES {
        bodies::run(name, &valid(name));
        let target = std::fs::read_to_string(format!("{folder}/fuzz_targets/{name}.rs")).unwrap();
        assert!(target.contains(&format!("bodies::run(\"{name}\", bytes)")), "{name}.rs runs its own reader");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} stands in the manifest");
    }
}

proptest! {
    #[test]
    fn no_reader_panics_on_random_bytes(bytes in vec(any::<u8>(), 0..400)) {
        bodies::BODIES.iter().for_each(|(_, body)| body(&bytes));
    }

    #[test]
    fn no_reader_panics_on_random_tables(text in "(comment-id|voter-id|vote|participant|comment-body|,){0,9}\n[ -~\n\t—가é,\"]{0,200}") {
        bodies::BODIES.iter().for_each(|(_, body)| body(text.as_bytes()));
    }

    #[test]
    fn no_reader_panics_on_a_changed_file(changes in changes()) {
        for (name, _) in bodies::BODIES {
            let mut bytes = valid(name);
            for (place, taken, put) in &changes {
                let at = place.index(bytes.len() + 1);
                let end = (at + taken).min(bytes.len());
                bytes.splice(at..end, put.iter().copied());
            }
            bodies::run(name, &bytes);
        }
    }

    #[test]
    fn the_order_of_lines_makes_no_difference(
        (rows, shuffled) in vec((0..9_i64, 0..5_u8, -3..9_i16, -1..=1_i8), 0..60)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let file = |rows: &[(i64, u8, i16, i8)]| {
            let mut text = "timestamp,comment-id,voter-id,vote\n".to_owned();
            for (at, statement, voter, vote) in rows {
                writeln!(text, "{at},{statement},{voter},{vote}").unwrap();
            }
            text
        };
        let read = |rows: &[(i64, u8, i16, i8)]| votes(file(rows).as_bytes(), Agree::PlusOne).unwrap();
        prop_assert_eq!(read(&rows), read(&shuffled));
    }
}
