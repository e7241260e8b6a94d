//! Policies: their file and their verdict.

use super::*;
use crate::note::SigningKey;
use crate::{Hash, empty_root};

fn log(name: &str, byte: u8) -> SigningKey {
    SigningKey::from_seed(name, Algorithm::Ed25519, [byte; 32]).unwrap()
}

fn witness(name: &str, byte: u8) -> SigningKey {
    SigningKey::from_seed(name, Algorithm::Cosignature, [byte; 32]).unwrap()
}

/// A policy file of one log, three witnesses named A, B, C, and these lines.
fn file(lines: &str) -> String {
    let keys = [("A", 2), ("B", 3), ("C", 4)].map(|(name, byte)| {
        let key = witness(&format!("{name}.example"), byte).verifier();
        format!("witness {name} {key} https://{name}.example/\n")
    });
    format!("# a policy\n\nlog {}\n{}{lines}", log("log.example", 1).verifier(), keys.concat())
}

fn read(lines: &str) -> std::result::Result<Policy, Error> {
    file(lines).parse()
}

#[test]
fn k_of_n_is_read_and_written() {
    let names =
        |policy: &Policy| policy.witnesses.iter().map(|key| key.name().to_owned()).collect::<Vec<_>>().join(" ");
    for (lines, k, witnesses) in [
        ("group g 2 A B C\nquorum g\n", 2, "A.example B.example C.example"),
        ("group g any A C\nquorum g\n", 1, "A.example C.example"),
        (" group\tg all B A \n\n\tquorum g\n# end\n", 2, "A.example B.example"),
        ("group unused 1 A\nquorum B\n", 1, "B.example"),
        ("quorum none\n", 0, "A.example B.example C.example"),
    ] {
        let policy = read(lines).unwrap();
        assert_eq!((policy.quorum, names(&policy).as_str(), policy.logs.len()), (k, witnesses, 1), "{lines}");
        assert_eq!(policy.to_string().parse(), Ok(policy), "{lines}");
    }
}

#[test]
fn witnesses_of_one_name_are_told_apart_in_the_file() {
    let keys = ["none", "2-of-4", "same", "same"].iter().zip(10..).map(|(name, byte)| witness(name, byte).verifier());
    let policy = Policy { logs: Vec::new(), witnesses: keys.collect(), quorum: 2 };
    assert_eq!(policy.to_string().parse(), Ok(policy));
}

#[test]
fn what_is_wrong_is_said_by_line() {
    let key = witness("D.example", 5).verifier();
    for (lines, expected) in [
        ("", 7),
        ("quorum D\n", 7),
        ("quorum none", 7),
        ("quorum none\nquorum A\n", 8),
        ("quorum\n", 7),
        ("trust A\n", 7),
        ("group g 0 A\n", 7),
        ("group g 2 A\n", 7),
        ("group g 01 A\n", 7),
        ("group g +1 A\n", 7),
        ("group g any\n", 7),
        ("group g any D\n", 7),
        ("group A any B\n", 7),
        ("group none any B\n", 7),
        ("group g any A A\n", 7),
        ("group g any A\ngroup h any A\n", 8),
        ("group g any A\ngroup h any g B\n", 8),
        ("group g any A\u{b}\n", 7),
    ] {
        match read(lines) {
            Err(Error::Line { line, .. }) => assert_eq!(line, expected, "{lines}"),
            other => panic!("{lines}: {other:?}"),
        }
    }
    assert!(read(&format!("witness A {key}\nquorum A\n")).is_err(), "a name twice");
    assert!(read(&format!("witness D {key}\nwitness E {key}\nquorum D\n")).is_err(), "a key twice");
    assert!(read(&format!("log {key}\nquorum none\n")).is_err(), "a witness as a log");
    let as_witness = log("log.example", 7).verifier();
    assert!(read(&format!("witness D {as_witness}\nquorum D\n")).is_err(), "a log as a witness");
}

#[test]
fn one_witness_under_two_names_counts_once() {
    let key = log("log.example", 1);
    let mut note = Note::sign(Checkpoint::new("log.example", 0, empty_root()).text().unwrap(), &[&key]).unwrap();
    let names = ["first.example", "second.example"].map(|name| witness(name, 2));
    for (witness, time) in names.iter().zip([5, 6]) {
        note.add(cosignature::sign(witness, &note.text, time).unwrap());
    }
    note.add(cosignature::sign(&names[0], &note.text, 9).unwrap());
    let witnesses = names.map(|key| key.verifier()).to_vec();
    let policy = Policy { logs: vec![key.verifier()], witnesses, quorum: 1 };
    assert_eq!(policy.verify(&note).unwrap().cosigned, [("first.example".to_owned(), 9)], "the latest time counts");
    assert_eq!(Policy { quorum: 2, ..policy }.verify(&note), Err(Error::Quorum { needed: 2, found: 1 }));
}

#[test]
fn a_log_speaks_only_for_itself() {
    let (one, other) = (log("one.example", 1), log("other.example", 2));
    let text = Checkpoint::new("one.example", 1, Hash([1; 32])).text().unwrap();
    let note = Note::sign(text, &[&other]).unwrap();
    let policy = Policy { logs: vec![one.verifier(), other.verifier()], witnesses: Vec::new(), quorum: 0 };
    assert!(matches!(policy.verify(&note), Err(Error::Origin { .. })));
    let both = Note::sign(note.text, &[&other, &one]).unwrap();
    assert_eq!(policy.verify(&both).unwrap().log, 0, "another's signature does not disturb");
    let logs = vec![other.verifier(), one.verifier()];
    assert_eq!(Policy { logs, ..policy }.verify(&both).unwrap().log, 1, "in whatever order they stand");
}
