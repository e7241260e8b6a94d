//! Altered proofs, notes and files: none of them verifies.

use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::proof::{consistency, inclusion, verify_consistency, verify_inclusion};
use madang_tlog::{Checkpoint, Hash, Policy, ProofFile, cosignature, leaf_hash};

use crate::naive::{Grown, Naive, Numbers};

/// Every way in which a list of hashes is changed by one element, and each single bit.
fn altered(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut lists = Vec::new();
    for place in 0..proof.len() {
        for bit in 0..256 {
            let mut list = proof.to_vec();
            list[place].0[bit / 8] ^= 1 << (bit % 8);
            lists.push(list);
        }
        let mut dropped = proof.to_vec();
        dropped.remove(place);
        lists.push(dropped);
        for other in place + 1..proof.len() {
            let mut swapped = proof.to_vec();
            swapped.swap(place, other);
            lists.push(swapped);
        }
    }
    for place in 0..=proof.len() {
        let mut extra = proof.to_vec();
        extra.insert(place, proof.first().copied().unwrap_or(Hash([0; 32])));
        lists.push(extra);
    }
    lists.retain(|list| list != proof);
    lists
}

fn flipped(hash: &Hash) -> Hash {
    let mut hash = *hash;
    hash.0[31] ^= 1;
    hash
}

#[test]
fn an_altered_inclusion_proof_is_refused() {
    let tree = Naive::new(1000);
    let mut numbers = Numbers(4);
    for round in 0..60 {
        let size = if round < 20 { 1 + round } else { 1 + numbers.below(1000) };
        let tiles = Grown::to(&tree.leaves[..size]).tiles();
        let index = numbers.below(size);
        let (i, n, root, leaf) = (index as u64, size as u64, tree.hash(0, size), tree.leaves[index]);
        let path = inclusion(i, n, &tiles).unwrap();
        for list in altered(&path) {
            assert!(verify_inclusion(&leaf, i, n, &root, &list).is_err(), "leaf {index} of {size}");
        }
        assert!(verify_inclusion(&flipped(&leaf), i, n, &root, &path).is_err());
        assert!(verify_inclusion(&leaf, i, n, &flipped(&root), &path).is_err());
        for other in (0..n).filter(|other| *other != i) {
            assert!(verify_inclusion(&leaf, other, n, &root, &path).is_err(), "leaf {index} of {size} as {other}");
        }
    }
}

#[test]
fn an_altered_consistency_proof_is_refused() {
    let tree = Naive::new(1000);
    let mut numbers = Numbers(5);
    for round in 0..60 {
        let new = if round < 20 { 2 + round } else { 2 + numbers.below(999) };
        let old = 1 + numbers.below(new - 1);
        let tiles = Grown::to(&tree.leaves[..new]).tiles();
        let (m, n, old_root, new_root) = (old as u64, new as u64, tree.hash(0, old), tree.hash(0, new));
        let proof = consistency(m, n, &tiles).unwrap();
        for list in altered(&proof) {
            assert!(verify_consistency(m, &old_root, n, &new_root, &list).is_err(), "{old} to {new}");
        }
        assert!(verify_consistency(m, &flipped(&old_root), n, &new_root, &proof).is_err());
        assert!(verify_consistency(m, &old_root, n, &flipped(&new_root), &proof).is_err());
        assert!(verify_consistency(m, &new_root, n, &old_root, &proof).is_err());
        assert!(verify_consistency(n, &new_root, m, &old_root, &proof).is_err());
        for other in (1..n).filter(|other| *other != m) {
            assert!(verify_consistency(other, &old_root, n, &new_root, &proof).is_err(), "{old} as {other} to {new}");
        }
    }
}

/// A proof file with one witness, its policy and its leaf.
fn receipt() -> (ProofFile, Policy, Hash) {
    let tree = Naive::new(600);
    let log = SigningKey::from_seed("log.example", Algorithm::Ed25519, [1; 32]).unwrap();
    let witness = SigningKey::from_seed("witness.example", Algorithm::Cosignature, [2; 32]).unwrap();
    let text = Checkpoint::new("log.example", 600, tree.hash(0, 600)).text().unwrap();
    let mut checkpoint = Note::sign(text, &[&log]).unwrap();
    checkpoint.add(cosignature::sign(&witness, &checkpoint.text, 1_800_000_000).unwrap());
    let path = inclusion(300, 600, &Grown::to(&tree.leaves).tiles()).unwrap();
    let file = ProofFile { extra: None, index: 300, path, checkpoint };
    let policy = Policy { logs: vec![log.verifier()], witnesses: vec![witness.verifier()], quorum: 1 };
    (file, policy, tree.leaves[300])
}

#[test]
fn a_proof_file_with_any_byte_changed_is_refused() {
    let (file, policy, leaf) = receipt();
    let text = file.to_string();
    let verified = text.parse::<ProofFile>().unwrap().verify(&leaf, &policy).unwrap();
    assert_eq!((verified.index, verified.size), (300, 600));
    assert_eq!(verified.cosigned, [("witness.example".to_owned(), 1_800_000_000)]);
    for place in 0..text.len() {
        for change in [1_u8, 2, 32, 128] {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= change;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let refused = changed.parse::<ProofFile>().map_or(true, |file| file.verify(&leaf, &policy).is_err());
            assert!(refused, "byte {place} changed by {change}:\n{changed}");
        }
        if text.is_char_boundary(place) {
            assert!(text[..place].parse::<ProofFile>().map_or(true, |file| file.verify(&leaf, &policy).is_err()));
        }
    }
    assert!(file.verify(&leaf_hash(b"another"), &policy).is_err());
}

#[test]
fn a_note_whose_known_signature_is_wrong_in_any_bit_is_refused() {
    let (file, policy, _) = receipt();
    let keys = [policy.logs, policy.witnesses].concat();
    assert_eq!(file.checkpoint.verify(&keys).unwrap(), [0, 1]);
    for line in 0..2 {
        let signature = &file.checkpoint.signatures[line];
        for bit in 0..signature.bytes().len() * 8 {
            let mut bytes = signature.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let mut note = file.checkpoint.clone();
            note.signatures[line] = madang_tlog::note::Signature::new(signature.name(), signature.id(), bytes).unwrap();
            assert!(note.verify(&keys).is_err(), "bit {bit} of signature {line}");
        }
    }
}
