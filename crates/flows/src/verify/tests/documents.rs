//! Documents and proofs.

use madang_kernel::digest::sha256;
use madang_tlog::{Edge, ProofFile, TileSet, leaf_hash, proof as tree};

use super::paper::{Paper, key};
use super::*;

#[test]
fn a_document_is_found_by_its_digest_and_what_was_changed_is_not_believed() {
    let paper = Paper::sample();
    let export = paper.export();
    let (report, found) = file(&export, &sha256(b"the report"), &Trust::default()).unwrap();
    let found = found.unwrap();
    assert_eq!((found.name.as_str(), found.kind.as_str()), ("report.pdf", "update.published"));
    assert_eq!(found.entry, paper.leaves[usize::try_from(found.leaf).unwrap()]);
    assert_eq!(export.lines(&found.file)[usize::try_from(found.line).unwrap() - 1], found.entry);
    assert!(report.signer.is_some());
    assert_eq!(file(&export, &sha256(b"another"), &Trust::default()).unwrap().1, None);

    // An opening that was made up opens nothing.
    let mut made_up = paper.clone();
    made_up.openings[0].sha256 = sha256(b"another");
    let error = file(&made_up.export(), &sha256(b"another"), &Trust::default()).unwrap_err();
    assert_eq!(error.code(), "export.broken");
    let wrong = made_up.export().verify().unwrap().differences;
    assert_eq!(wrong[0].difference.what, "opening");
    assert_eq!(wrong[0].difference.leaf, Some(found.leaf));

    // A leaf that was put in: its tree is not the signed one.
    let mut put_in = Paper::sample();
    put_in.evidence(b"another", "false.pdf");
    let mut forged = put_in.export();
    forged.0.insert("checkpoint".to_owned(), paper.checkpoint(paper.leaves.len()).to_string().into_bytes());
    assert_eq!(file(&forged, &sha256(b"another"), &Trust::default()).unwrap_err().code(), "export.broken");
}

#[test]
fn a_proof_file_holds_for_its_leaf_alone() {
    let paper = Paper::sample();
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    paper.leaves.iter().for_each(|leaf| edge.push(leaf_hash(leaf.as_bytes()), &mut full));
    let tiles: TileSet = full.into_iter().chain(edge.partial()).collect();
    let size = paper.leaves.len() as u64;
    let made = ProofFile {
        extra: None,
        index: 5,
        path: tree::inclusion(5, size, &tiles).unwrap(),
        checkpoint: paper.checkpoint(paper.leaves.len()),
    };
    let trust = Trust { keys: vec![key().verifier()], ..Trust::default() };
    let leaf = paper.leaves[5].as_bytes();
    let proved = proof(&made.to_string(), Some(leaf), &trust).unwrap();
    assert_eq!((proved.leaf, proved.size, proved.entry.as_bytes()), (5, size, leaf));
    let with = ProofFile { extra: Some(leaf.to_vec()), ..made.clone() };
    assert_eq!(proof(&with.to_string(), None, &trust).unwrap(), proved);
    let code = |result: madang_base::Result<Proved>| result.unwrap_err().code();
    assert_eq!(code(proof(&made.to_string(), None, &trust)), "proof.leaf");
    assert_eq!(code(proof(&made.to_string(), Some(leaf), &Trust::default())), "proof.keys");
    assert_eq!(code(proof(&made.to_string(), Some(paper.leaves[6].as_bytes()), &trust)), "proof.wrong");
    assert_eq!(code(proof("nonsense", Some(leaf), &trust)), "proof.file");
}
