//! Every parser on random bytes and on valid files with bytes changed, cut out and put in; and round trips of values.

#[path = "bodies.rs"]
mod bodies;

use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::tile::{self, Bundle, Resource, Tile};
use madang_tlog::witness::AddCheckpoint;
use madang_tlog::{Checkpoint, Hash, Policy, ProofFile, cosignature};
use proptest::collection::vec;
use proptest::prelude::*;

fn keys() -> (SigningKey, [SigningKey; 2]) {
    let make = |name, algorithm, byte| SigningKey::from_seed(name, algorithm, [byte; 32]).unwrap();
    let witness = |name, byte| make(name, Algorithm::Cosignature, byte);
    (make("log.example", Algorithm::Ed25519, 1), [witness("witness-1.example", 2), witness("witness-2.example", 3)])
}

/// A valid input of each parser, by the names of `bodies::BODIES`.
fn valid(name: &str) -> Vec<Vec<u8>> {
    let (log, witnesses) = keys();
    let root = Hash([9; 32]);
    let text = Checkpoint::new("log.example", 70_000, root).text().unwrap();
    let mut checkpoint = Note::sign(text.clone(), &[&log]).unwrap();
    for witness in &witnesses {
        checkpoint.add(cosignature::sign(witness, &text, 1_800_000_000).unwrap());
    }
    let path = vec![root, Hash([255; 32]), Hash([0; 32])];
    let policy =
        Policy { logs: vec![log.verifier()], witnesses: witnesses.map(|key| key.verifier()).to_vec(), quorum: 1 };
    let request = AddCheckpoint { old: 69_000, proof: path.clone(), checkpoint: checkpoint.clone() };
    let extra = Some(b"what it is".to_vec());
    let lines: Vec<String> = checkpoint.signatures.iter().map(ToString::to_string).collect();
    let texts: Vec<String> = match name {
        "hash" => vec![root.to_string(), root.hex()],
        "resource" => {
            ["checkpoint", "tile/0/x001/067.p/8", "tile/2/000", "tile/entries/x001/x234/067"].map(Into::into).into()
        }
        "tile" => return vec![[&[0, 3], tile::tile_bytes(&path).as_slice()].concat()],
        "bundle" => {
            return vec![[&[0, 2], tile::bundle_bytes([b"one".as_slice(), b"\n"]).unwrap().as_slice()].concat()];
        }
        "key" => vec![log.to_string(), log.verifier().to_string(), policy.witnesses[0].to_string()],
        "note" => vec![checkpoint.to_string(), lines[0].clone()],
        "checkpoint" => vec![text.clone(), format!("{text}an extension\n")],
        "proof_file" => vec![
            ProofFile { extra, index: 3, path: path.clone(), checkpoint: checkpoint.clone() }.to_string(),
            ProofFile { extra: None, index: 0, path: Vec::new(), checkpoint }.to_string(),
        ],
        "policy" => vec![policy.to_string(), format!("# who is trusted\n\t{policy}\n  \n")],
        "add_checkpoint" => vec![request.to_string()],
        "answer" => vec![lines.iter().map(|line| format!("{line}\n")).collect(), "70000\n".to_owned()],
        _ => Vec::new(),
    };
    texts.into_iter().map(String::into_bytes).collect()
}

/// A change of a file: where, how many bytes are taken out, what is put in their place.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, Vec<u8>)>> {
    let byte = prop_oneof![3 => Just(b'\n'), 2 => Just(b' '), 2 => b'0'..=b'9', 1 => any::<u8>(), 1 => Just(b'+')];
    vec((any::<prop::sample::Index>(), 0..4_usize, vec(byte, 0..4)), 0..4)
}

#[test]
fn every_parser_has_valid_inputs_that_it_takes() {
    for (name, _) in bodies::BODIES {
        let inputs = valid(name);
        assert!(!inputs.is_empty(), "no input for {name}");
        inputs.iter().for_each(|input| bodies::run(name, input));
    }
    let text = |name: &str, place: usize| String::from_utf8(valid(name)[place].clone()).unwrap();
    assert!(text("resource", 1).parse::<Resource>().is_ok() && text("note", 0).parse::<Note>().is_ok());
    assert!(text("checkpoint", 1).parse::<Checkpoint>().is_ok() && text("proof_file", 0).parse::<ProofFile>().is_ok());
    assert!(text("policy", 1).parse::<Policy>().is_ok() && text("add_checkpoint", 0).parse::<AddCheckpoint>().is_ok());
    assert!(text("key", 0).parse::<SigningKey>().is_ok());
}

#[test]
fn every_parser_has_a_fuzz_target() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz");
    let manifest = std::fs::read_to_string(format!("{folder}/Cargo.toml")).unwrap();
    for (name, _) in bodies::BODIES {
        let target = std::fs::read_to_string(format!("{folder}/fuzz_targets/{name}.rs")).unwrap();
        assert!(target.contains(&format!("bodies::run(\"{name}\", bytes)")), "{name}.rs runs its own parser");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} stands in the manifest");
    }
}

proptest! {
    #[test]
    fn no_parser_panics_on_random_bytes(bytes in vec(any::<u8>(), 0..400)) {
        bodies::BODIES.iter().for_each(|(_, body)| body(&bytes));
    }

    #[test]
    fn no_parser_panics_on_random_text(text in "[ -~\n\t—가é]{0,200}") {
        bodies::BODIES.iter().for_each(|(_, body)| body(text.as_bytes()));
    }

    #[test]
    fn a_changed_file_is_refused_or_prints_itself(changes in changes()) {
        for (name, _) in bodies::BODIES {
            for mut bytes in valid(name) {
                for (place, taken, put) in &changes {
                    let at = place.index(bytes.len() + 1);
                    let end = (at + taken).min(bytes.len());
                    bytes.splice(at..end, put.iter().copied());
                }
                bodies::run(name, &bytes);
            }
        }
    }

    #[test]
    fn every_tile_and_bundle_has_one_name(level in 0_u8..64, index: u64, shift in 0_u32..64, width in 1_u16..=256) {
        let index = index >> shift;
        for resource in [Resource::Tile(Tile { level, index, width }), Resource::Bundle(Bundle { index, width })] {
            prop_assert_eq!(resource.to_string().parse(), Ok(resource));
        }
    }

    #[test]
    fn entries_come_back_from_their_bundle(entries in vec(vec(any::<u8>(), 0..50), 1..=256)) {
        let bytes = tile::bundle_bytes(entries.iter().map(Vec::as_slice)).unwrap();
        let width = u16::try_from(entries.len()).unwrap();
        prop_assert_eq!(tile::entries(&bytes, width).unwrap(), entries);
        prop_assert!(tile::entries(&bytes, width % 256 + 1).is_err());
        prop_assert!(tile::entries(&bytes[..bytes.len() - 1], width).is_err());
    }

    #[test]
    fn any_plain_text_is_signed_and_verified(text in "([^\\x00-\\x1f]{0,20}\n){1,5}", seed: [u8; 32], name in "[^\\s+\\x00-\\x1f]{1,20}") {
        let key = SigningKey::from_seed(&name, Algorithm::Ed25519, seed).unwrap();
        prop_assert_eq!(key.to_string().parse::<SigningKey>().unwrap().to_string(), key.to_string());
        prop_assert_eq!(key.verifier().to_string().parse(), Ok(key.verifier()));
        let note = Note::sign(text.as_str(), &[&key]).unwrap();
        let read: Note = note.to_string().parse().unwrap();
        prop_assert_eq!(&read, &note);
        prop_assert_eq!(read.verify(&[key.verifier()]), Ok(vec![0]));
    }

    #[test]
    fn any_checkpoint_is_printed_parsed_and_cosigned(
        origin in "[^\\x00-\\x1f]{1,30}", size in 0..=madang_tlog::MAX_SIZE, root: [u8; 32],
        extensions in vec("[^\\x00-\\x1f]{1,20}", 0..3), time in 0..=i64::MAX.unsigned_abs(),
    ) {
        let checkpoint = Checkpoint { origin, size, root: Hash(root), extensions };
        let text = checkpoint.text().unwrap();
        prop_assert_eq!(text.parse(), Ok(checkpoint));
        let (_, [witness, other]) = keys();
        let signature = cosignature::sign(&witness, &text, time).unwrap();
        prop_assert_eq!(cosignature::verify(&witness.verifier(), &text, &signature), Ok(time));
        prop_assert!(cosignature::verify(&other.verifier(), &text, &signature).is_err());
        prop_assert_eq!(signature.to_string().parse(), Ok(signature));
    }
}
