//! Published keys and notes, and what is refused where.

use super::*;
use crate::{Checkpoint, Error, cosignature};

/// From the documentation of Go's `golang.org/x/mod/sumdb/note`.
const NEUMANN: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NEUMANN_SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const NEUMANN_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

/// A state of Go's checksum database, cosigned by a test witness, and the database's key.
const SUMDB: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
const SUMDB_NOTE: &str = "go.sum database tree\n15067302\ngJyioq6dwR9n+NjEWORfYmH+ubeYm3kH42BBQ0bTpYI=\n\n\
    — sum.golang.org Az3grp1rvWOs5NKlr/xR4GLN/CDyzzakmt1o61uSxYKpK1SerqOP2ClbX/peKUZjYnyomH5Xz7GZG3TpB7OeKn4E2ww=\n\
    — test.example.com qTGhC/xIPQ0AXKHK6Y+9ypRfuvMZWPjRXM8NiOg5M1WREn07VQXyuIXM3NRNav3ieVFLUqDRK77PWDmL6w8w84UqeAw=\n";

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

#[test]
fn published_keys_and_notes_hold() {
    let foo = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    assert_eq!(key(foo).to_string(), foo);
    assert_eq!((key(foo).name(), key(foo).algorithm()), ("example.com/foo", Algorithm::Ed25519));
    assert_eq!(key(foo).id(), [0x53, 0x0d, 0x90, 0x3a]);

    let secret: SigningKey = NEUMANN_SECRET.parse().unwrap();
    assert_eq!(secret.verifier().to_string(), NEUMANN);
    assert_eq!(format!("{secret:?}"), format!("SigningKey({NEUMANN})"));
    let note: Note = NEUMANN_NOTE.parse().unwrap();
    assert_eq!(note.verify(&[key(foo), key(NEUMANN)]), Ok(vec![1]));
    assert_eq!(Note::sign(note.text.as_str(), &[&secret]), Ok(note.clone()));
    assert_eq!(note.to_string(), NEUMANN_NOTE);

    let database: Note = SUMDB_NOTE.parse().unwrap();
    assert_eq!(database.verify(&[key(SUMDB)]), Ok(vec![0]));
    assert_eq!(database.verify(&[key(NEUMANN)]), Err(Error::NotSigned));
    let checkpoint = Checkpoint::of(&database).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("go.sum database tree", 15_067_302));
}

/// The example of c2sp.org/tlog-cosignature, whose time stands in the signature.
#[test]
fn a_cosignature_of_the_standard_is_read() {
    let line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
    let signature: Signature = line.parse().unwrap();
    assert_eq!(signature.to_string(), line);
    assert_eq!(signature.bytes().len(), 72);
    assert_eq!(signature.bytes()[..8], 1_679_315_147_u64.to_be_bytes());
}

#[test]
fn a_key_and_its_text_must_fit() {
    for (wrong, offset) in [
        ("example.com/foo", 15),
        ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", 0),
        ("example com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", 0),
        ("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", 16),
        ("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", 16),
        ("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", 16),
        ("example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", 25),
        ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k=", 25),
        ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", 25),
    ] {
        match wrong.parse::<VerifierKey>() {
            Err(Error::Byte { offset: found, .. }) => assert_eq!(found, offset, "{wrong}"),
            other => panic!("{wrong}: {other:?}"),
        }
    }
    let mut one = [0; 32];
    one[0] = 1;
    assert!(VerifierKey::new("weak", Algorithm::Ed25519, one).is_err(), "the neutral point checks anything");
    assert!(VerifierKey::new(&"a".repeat(2000), Algorithm::Ed25519, [9; 32]).is_err());
    assert!(
        NEUMANN.parse::<SigningKey>().is_err() && NEUMANN_SECRET.replace("c74f", "c74e").parse::<SigningKey>().is_err()
    );
}

#[test]
fn the_same_secret_is_another_key_for_another_purpose() {
    let log = SigningKey::from_seed("one.example", Algorithm::Ed25519, [5; 32]).unwrap();
    let witness = SigningKey::from_seed("one.example", Algorithm::Cosignature, [5; 32]).unwrap();
    assert_eq!(log.verifier().public(), witness.verifier().public());
    assert_ne!(log.verifier().id(), witness.verifier().id());
    let text = "one.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    assert!(matches!(Note::sign(text, &[&witness]), Err(Error::Key { .. })));
    assert!(matches!(cosignature::sign(&log, text, 1), Err(Error::Key { .. })));
    assert!(cosignature::sign(&witness, "not a checkpoint\n", 1).is_err());
    assert!(cosignature::sign(&witness, text, u64::MAX).is_err());
    let signature = cosignature::sign(&witness, text, 1).unwrap();
    assert!(matches!(cosignature::verify(&log.verifier(), text, &signature), Err(Error::Key { .. })));
    let mut note = Note::sign(text, &[&log]).unwrap();
    note.add(signature.clone());
    note.add(signature);
    assert_eq!(note.signatures.len(), 2);
    assert_eq!(note.verify(&[log.verifier(), witness.verifier()]), Ok(vec![0, 1]));
}

#[test]
fn what_is_wrong_with_a_note_is_said_by_line() {
    let signature = NEUMANN_NOTE.lines().last().unwrap();
    let line = |note: &str| match note.parse::<Note>() {
        Err(Error::Line { line, .. }) => line,
        other => panic!("{note}: {other:?}"),
    };
    assert_eq!(line(""), 1);
    assert_eq!(line(&NEUMANN_NOTE.replace("\n\n", "\n")), 3, "no empty line");
    assert_eq!(line("text\n\n"), 3, "no signature");
    assert_eq!(line(&format!("text\n\n{signature}")), 3, "no newline at the end");
    assert_eq!(line(&format!("text\n\n{signature}\n{signature} \n")), 4, "a space at the end");
    assert_eq!(line(&format!("text\n\n{signature}\n- a b\n")), 4, "no em dash");
    assert_eq!(line("text\n\n— name AAAAAA==\n"), 3, "an id and no signature");
    assert_eq!(line(&format!("one\ntw\to\n\n{signature}\n")), 2, "a tab");
    let many = format!("text\n\n{}", format!("{signature}\n").repeat(101));
    assert_eq!(line(&many), 103);
    assert!(matches!("x".repeat(MAX_NOTE + 1).parse::<Note>(), Err(Error::TooLong { .. })));
    let inner: Note = format!("a\n\nb\n\n{signature}\n").parse().unwrap();
    assert_eq!(inner.text, "a\n\nb\n", "a text may have empty lines");
    for text in ["", "no newline", "tab\t\n"] {
        assert!(Note::sign(text, &[&NEUMANN_SECRET.parse().unwrap()]).is_err());
    }
    assert_eq!(Note::sign("text\n", &[]), Err(Error::NotSigned));
}
