//! Damaged exports: every damage is told with its place, and nothing panics.

use proptest::prelude::*;

use super::paper::{ORIGIN, Paper, key, witness};
use super::*;

fn found(export: &Memory) -> Vec<Found> {
    export.verify().unwrap().differences
}

#[test]
fn changed_dropped_swapped_repeated_and_truncated_leaves_are_found() {
    let sample = Paper::sample().export();
    let name = "leaves/2026-11.ndjson";
    let lines = sample.lines(name);
    for at in 0..lines.len() {
        let mut changed = lines.clone();
        changed[at] = changed[at].replacen(":17951", ":17952", 1).replacen("sha256:a", "sha256:b", 1);
        if changed[at] == lines[at] {
            changed[at] = changed[at].replacen("sha256:", "sha256:0", 1);
        }
        let mut dropped = lines.clone();
        dropped.remove(at);
        let mut repeated = lines.clone();
        repeated.insert(at, lines[at].clone());
        let mut swapped = lines.clone();
        swapped.swap(at, (at + 1) % lines.len());
        for (what, lines) in [("changed", changed), ("dropped", dropped), ("repeated", repeated), ("swapped", swapped)]
        {
            let mut export = sample.clone();
            export.set_lines(name, &lines);
            let found = found(&export);
            assert!(!found.is_empty(), "{what} {at}");
            assert_eq!(found[0].file.as_deref(), Some(name), "{what} {at}: {found:?}");
        }
    }
    let whole = sample.0[name].clone();
    for cut in (0..whole.len()).filter(|cut| cut % 41 == 0 || cut + 3 > whole.len()) {
        let mut export = sample.clone();
        export.0.insert(name.to_owned(), whole[..cut].to_vec());
        let found = found(&export);
        assert_eq!((found[0].difference.by, found[0].file.as_deref()), ("export", Some(name)), "{cut}");
        let line = whole[..cut].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        assert_eq!(found[0].line, Some(line), "{cut}");
    }
}

#[test]
fn a_mark_narrows_down_where_it_differs() {
    let paper = Paper::sample();
    let mut export = paper.export();
    let mut manifest = manifest(&export).unwrap();
    let marks = |size: usize| {
        let note = paper.checkpoint(size);
        (size as u64, madang_tlog::Checkpoint::of(&note).unwrap().root.to_string())
    };
    manifest.months[0].marks = vec![marks(4), marks(5), marks(9)];
    export.0.insert("manifest.json".to_owned(), manifest.write().unwrap().into_bytes());
    assert_eq!(found(&export), []);
    let mut lines = export.lines("leaves/2026-11.ndjson");
    lines[4] = lines[4].replacen("\"v\":1", "\"v\":2", 1);
    export.set_lines("leaves/2026-11.ndjson", &lines);
    let all = found(&export);
    assert_eq!((all[0].difference.what.as_str(), all[0].difference.leaf), ("root of 5 leaves: leaf 4", Some(4)));
    assert_eq!((all[0].file.as_deref(), all[0].line), (Some("leaves/2026-11.ndjson"), Some(5)));
    assert_eq!(all[1].difference.what, "form");
    lines[4] = export.lines("leaves/2026-11.ndjson")[3].clone();
    lines[7] = lines[8].clone();
    let mut export = paper.export();
    export.0.insert("manifest.json".to_owned(), manifest.write().unwrap().into_bytes());
    let mut right = export.lines("leaves/2026-11.ndjson");
    right[7] = lines[7].clone();
    export.set_lines("leaves/2026-11.ndjson", &right);
    assert_eq!(found(&export)[0].difference.what, "root of 9 leaves: one of the leaves 5 to 8");
}

#[test]
fn missing_files_and_lines_that_are_too_many_are_told() {
    let sample = Paper::sample().export();
    for name in sample.0.keys().filter(|name| *name != "manifest.json" && *name != "checkpoint") {
        let mut export = sample.clone();
        export.0.remove(name);
        let found = found(&export);
        assert_eq!(found[0].file.as_ref(), Some(name));
    }
    let mut export = sample.clone();
    let mut lines = export.lines("leaves/2026-12.ndjson");
    lines.push(lines[0].clone());
    export.set_lines("leaves/2026-12.ndjson", &lines);
    assert_eq!(found(&export)[0].line, Some(lines.len() as u64));
    let mut export = sample;
    export.0.remove("manifest.json");
    assert_eq!(export.verify().unwrap_err().code(), "export.none");
}

#[test]
fn signatures_cosignatures_and_older_checkpoints() {
    let paper = Paper::sample();
    let export = paper.export();
    let signer = export.verify().unwrap().signer.unwrap();
    assert!(!signer.given, "the manifest's own word");
    let trust = |quorum| Trust {
        keys: vec![key().verifier()],
        witnesses: vec![witness(1).verifier(), witness(2).verifier(), witness(3).verifier()],
        quorum,
        since: Some(paper.checkpoint(7).to_string()),
    };
    let report = export.verify_with(trust(2), None).unwrap();
    assert_eq!(report.differences, []);
    assert_eq!((report.witnesses.len(), report.since, report.signer.unwrap().given), (2, Some(7), true));
    let report = export.verify_with(trust(3), None).unwrap();
    assert_eq!(report.differences[0].difference.what, "witnesses");
    let other =
        madang_tlog::note::SigningKey::from_seed(ORIGIN, madang_tlog::note::Algorithm::Ed25519, [9; 32]).unwrap();
    let report = export.verify_with(Trust { keys: vec![other.verifier()], ..Trust::default() }, None).unwrap();
    assert_eq!(report.differences[0].difference.what, "signature");
    assert_eq!(report.signer, None);
    // Another history that the same key has signed: a fork.
    let mut forked = paper.clone();
    forked.leaves.swap(3, 4);
    let since = Trust { since: Some(forked.checkpoint(7).to_string()), ..Trust::default() };
    let report = export.verify_with(since, None).unwrap();
    assert_eq!(report.differences[0].difference.what, "root of 7 leaves: the older checkpoint");
    // The log was longer before.
    let mut longer = paper.clone();
    longer.opaque();
    let since = Trust { since: Some(longer.checkpoint(longer.leaves.len()).to_string()), ..Trust::default() };
    assert_eq!(export.verify_with(since, None).unwrap().differences[0].difference.what, "size");
    // An old checkpoint put back.
    let mut old = export.clone();
    old.0.insert("checkpoint".to_owned(), paper.checkpoint(9).to_string().into_bytes());
    assert_eq!(found(&old)[0].difference.what, "size");
    // A checkpoint of another tree.
    let mut other = export;
    other.0.insert("checkpoint".to_owned(), forked.checkpoint(paper.leaves.len()).to_string().into_bytes());
    assert!(found(&other)[0].difference.what.starts_with("root of"), "{:?}", found(&other));
}

#[test]
fn what_is_not_canonical_or_not_of_its_kind_is_told_and_unknown_kinds_are_not_fatal() {
    let mut paper = Paper::sample();
    let good = paper.leaves.len();
    let leaf = |kind: &str, object: &str, fields: &str| {
        format!(r#"{{"at":1,"fields":{{{fields}}},"kind":"{kind}","object":"{object}","v":1}}"#)
    };
    paper.leaves.push(leaf("lot.drawn", "lot:1", "\"seed\":\"sha256:x\""));
    paper.leaves.push(leaf("service.opened", "service:petition", "\"later\":1"));
    let report = paper.export().verify().unwrap();
    assert_eq!(report.differences, []);
    assert_eq!(report.unknown_kinds, [("lot.drawn".to_owned(), 1)].into());
    assert_eq!(report.unknown_fields, [("service.opened.later".to_owned(), 1)].into());
    for bad in [
        leaf("service.opened", "case:1", ""),
        leaf("service.applied", "service:petition", "\"digest\":\"sha256:x\",\"origin\":\"shipped\""),
        leaf("follow.created", "follow:1", ""),
        leaf("support.given", "case:x", ""),
        leaf("support.given", &super::paper::case(1), ""),
        leaf("service.opened", "service:petition", "").replace(",\"kind\"", ", \"kind\""),
        "\u{feff}".to_owned(),
        String::new(),
    ] {
        let mut paper = paper.clone();
        paper.leaves[good] = bad.clone();
        let found = paper.export().verify().unwrap().differences;
        assert_eq!(found.first().and_then(|found| found.difference.leaf), Some(good as u64), "{bad}: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Any bytes anywhere in any file: an error or a difference with its file, or no change of meaning; never a panic.
    #[test]
    fn garbage_anywhere_is_told(file in 0..7_usize, at in any::<prop::sample::Index>(), len in 0..40_usize, put in prop::collection::vec(any::<u8>(), 0..40)) {
        let sample = Paper::sample().export();
        let name = sample.0.keys().nth(file % sample.0.len()).unwrap().clone();
        let mut bytes = sample.0[&name].clone();
        let begin = at.index(bytes.len() + 1);
        let end = (begin + len).min(bytes.len());
        bytes.splice(begin..end, put);
        let same = bytes == sample.0[&name];
        let mut export = sample;
        export.0.insert(name.clone(), bytes);
        match export.verify() {
            Ok(report) => {
                if !same && name.starts_with("leaves/") {
                    prop_assert_eq!(report.differences[0].file.as_deref(), Some(name.as_str()));
                }
                if !same && name.starts_with("services/") {
                    prop_assert_eq!(report.differences[0].file.as_deref(), Some(name.as_str()));
                }
            }
            Err(error) => {
                prop_assert!(["manifest.json", "checkpoint"].contains(&name.as_str()), "{}: {}", name, error.code());
                prop_assert!(error.code().starts_with("export."), "{}", error.code());
            }
        }
    }
}
