//! What must hold for any bytes, parser by parser: no panic, and what parses prints the same bytes. Run by the
//! property tests and by the fuzz targets (`crates/tlog/fuzz`).

use std::fmt::Display;
use std::str::FromStr;

use madang_tlog::note::{Note, Signature, SigningKey, VerifierKey};
use madang_tlog::tile::{self, Resource};
use madang_tlog::witness::{self, AddCheckpoint};
use madang_tlog::{Checkpoint, Error, Hash, Policy, ProofFile};

/// What is done with the bytes.
pub type Body = fn(&[u8]);

/// The parsers: name and body.
pub const BODIES: &[(&str, Body)] = &[
    ("hash", hash),
    ("resource", prints_itself::<Resource>),
    ("tile", tile_file),
    ("bundle", bundle_file),
    ("key", key),
    ("note", note),
    ("checkpoint", prints_itself::<Checkpoint>),
    ("proof_file", proof_file),
    ("policy", policy),
    ("add_checkpoint", add_checkpoint),
    ("answer", answer),
];

/// Runs one body.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, body) = BODIES.iter().find(|(known, _)| *known == name).expect("a parser's name");
    body(bytes);
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn parse<T: FromStr<Err = Error> + Display>(bytes: &[u8]) -> Option<T> {
    let text = text(bytes)?;
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string(), text, "what parses prints the same bytes");
            Some(value)
        }
        Err(error) => {
            if let Error::Line { line, .. } = error {
                assert!((1..=text.split('\n').count()).contains(&line), "line {line} of\n{text}");
            }
            if let Error::Byte { offset, .. } = error {
                assert!(offset <= text.len(), "byte {offset} of {}", text.len());
            }
            None
        }
    }
}

fn prints_itself<T: FromStr<Err = Error> + Display>(bytes: &[u8]) {
    let _ = parse::<T>(bytes);
}

fn hash(bytes: &[u8]) {
    prints_itself::<Hash>(bytes);
    if let Some(text) = text(bytes)
        && let Ok(hash) = Hash::from_hex(text)
    {
        assert_eq!(hash.hex(), text);
    }
}

/// The first two bytes are the width.
fn tile_file(bytes: &[u8]) {
    if let Some((width, file)) = bytes.split_first_chunk()
        && let Ok(hashes) = tile::hashes(file, u16::from_be_bytes(*width))
    {
        assert_eq!(tile::tile_bytes(&hashes), file);
    }
}

/// The first two bytes are the width.
fn bundle_file(bytes: &[u8]) {
    if let Some((width, file)) = bytes.split_first_chunk()
        && let Ok(entries) = tile::entries(file, u16::from_be_bytes(*width))
    {
        assert_eq!(tile::bundle_bytes(entries).as_deref(), Ok(file));
    }
}

fn key(bytes: &[u8]) {
    prints_itself::<VerifierKey>(bytes);
    if let Some(key) = parse::<SigningKey>(bytes) {
        assert!(!format!("{key:?}").contains("PRIVATE"), "debug output keeps the secret");
    }
}

fn note(bytes: &[u8]) {
    prints_itself::<Signature>(bytes);
    if let Some(note) = parse::<Note>(bytes) {
        assert_eq!(note.verify(&[]), Err(Error::NotSigned));
    }
}

fn proof_file(bytes: &[u8]) {
    if let Some(file) = parse::<ProofFile>(bytes) {
        let nobody = Policy { logs: Vec::new(), witnesses: Vec::new(), quorum: 0 };
        assert_eq!(file.verify(&Hash([0; 32]), &nobody), Err(Error::NotSigned));
    }
}

/// A policy's file has comments: what parses prints what parses to the same.
fn policy(bytes: &[u8]) {
    if let Some(policy) = text(bytes).and_then(|text| text.parse::<Policy>().ok()) {
        assert_eq!(policy.to_string().parse(), Ok(policy));
    }
}

fn add_checkpoint(bytes: &[u8]) {
    if let Some(request) = parse::<AddCheckpoint>(bytes) {
        let refusal = witness::decide(None, &[], &request).expect_err("no log is known");
        assert_eq!(refusal.status(), 404);
    }
}

fn answer(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(signatures) = witness::cosignatures(text) {
        assert_eq!(witness::cosignatures_text(&signatures), text);
    }
    if let Ok(size) = witness::known_size(text) {
        assert_eq!(format!("{size}\n"), text);
    }
}
