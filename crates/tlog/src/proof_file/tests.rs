//! What a proof file may say.

use super::*;
use crate::note::{Algorithm, SigningKey};
use crate::{Edge, cosignature, leaf_hash};

/// The file of c2sp.org/tlog-proof, with signatures of the example in tlog-checkpoint in place of the elided ones.
const EXAMPLE: &str = "c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
";

#[test]
fn the_standards_example_is_read() {
    let file: ProofFile = EXAMPLE.parse().unwrap();
    assert_eq!((file.index, file.path.len(), file.extra.as_ref().map(Vec::len)), (73_894, 2, Some(39)));
    assert_eq!(Checkpoint::of(&file.checkpoint).unwrap().size, 109_482);
    assert_eq!(file.to_string(), EXAMPLE);
}

#[test]
fn what_is_wrong_is_said_by_line() {
    let line = |from: &str, to: &str| match EXAMPLE.replacen(from, to, 1).parse::<ProofFile>() {
        Err(Error::Line { line, .. }) => line,
        other => panic!("{from} as {to}: {other:?}"),
    };
    assert_eq!(line("@v1", "@v2"), 1);
    assert_eq!(line("extra YWdl", "extra YWd"), 2);
    assert_eq!(line("extra Y", "Extra Y"), 2);
    assert_eq!(line("index 73894", "index 073894"), 3);
    assert_eq!(line("index 73894\n", ""), 3);
    assert_eq!(line("dPlQ=", "dPlQ"), 4);
    assert_eq!(line("XmA=\n\n", "XmA=\n"), 6, "no empty line");
    assert_eq!(line("109482", "0109482"), 8);
    assert_eq!(line("sFod", "sFo"), 9);
    assert_eq!(line("— example", "- example"), 11);
    let hash = "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n";
    assert_eq!(line(hash, &hash.repeat(63)), 67, "a path has at most 63 hashes");
}

/// A log of three leaves, its proof for the second, and a policy of two witnesses.
fn signed(cosigned_by: &[u8]) -> (ProofFile, Policy, Hash) {
    let mut edge = Edge::new();
    ["one", "two", "three"].iter().for_each(|leaf| edge.push(leaf_hash(leaf.as_bytes()), &mut Vec::new()));
    let path = proof::inclusion(1, 3, &edge.partial().into_iter().collect()).unwrap();
    let log = SigningKey::from_seed("log.example", Algorithm::Ed25519, [1; 32]).unwrap();
    let witness = |byte: u8| {
        SigningKey::from_seed(&format!("witness-{byte}.example"), Algorithm::Cosignature, [byte; 32]).unwrap()
    };
    let mut checkpoint = Note::sign(Checkpoint::new("log.example", 3, edge.root()).text().unwrap(), &[&log]).unwrap();
    for byte in cosigned_by {
        checkpoint.add(cosignature::sign(&witness(*byte), &checkpoint.text, u64::from(*byte)).unwrap());
    }
    let witnesses = [2, 3].map(|byte| witness(byte).verifier()).to_vec();
    let policy = Policy { logs: vec![log.verifier()], witnesses, quorum: 1 };
    (ProofFile { extra: None, index: 1, path, checkpoint }, policy, leaf_hash(b"two"))
}

#[test]
fn a_receipt_shows_the_leaf_the_tree_and_who_saw_it() {
    let (file, policy, leaf) = signed(&[3, 9]);
    let verified = file.verify(&leaf, &policy).unwrap();
    assert_eq!((verified.origin.as_str(), verified.index, verified.size), ("log.example", 1, 3));
    assert_eq!(verified.cosigned, [("witness-3.example".to_owned(), 3)], "an unknown witness does not count");
    let two = Policy { quorum: 2, ..policy.clone() };
    assert_eq!(file.verify(&leaf, &two), Err(Error::Quorum { needed: 2, found: 1 }));
    assert!(matches!(file.verify(&leaf_hash(b"one"), &policy), Err(Error::Root { .. })));
    let (bare, ..) = signed(&[]);
    assert_eq!(bare.verify(&leaf, &policy), Err(Error::Quorum { needed: 1, found: 0 }));
    assert!(bare.verify(&leaf, &Policy { quorum: 0, ..policy }).is_ok());
}

#[test]
fn an_index_outside_the_tree_is_refused() {
    let (file, policy, leaf) = signed(&[2, 3]);
    let outside = ProofFile { index: 3, ..file };
    assert_eq!(outside.verify(&leaf, &policy), Err(Error::NoLeaf { index: 3, size: 3 }));
}
