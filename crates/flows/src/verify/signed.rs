//! The checkpoint of an export: who signed it, who has seen it, and an older one.

use madang_base::{Error, Result, Time};
use madang_tlog::note::{Algorithm, Note, VerifierKey};
use madang_tlog::{Checkpoint, cosignature};

use super::report::{Found, Report, Signer, Witness};
use crate::export::manifest::Manifest;

/// The checkpoint's file.
pub(super) const FILE: &str = "checkpoint";

/// Whom whoever verifies trusts.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Verifier keys of the log; empty: those that the export names are taken on trust.
    pub keys: Vec<VerifierKey>,
    pub witnesses: Vec<VerifierKey>,
    /// How many of the witnesses must have cosigned.
    pub quorum: usize,
    /// An older checkpoint of the same log, a signed note.
    pub since: Option<String>,
}

/// A signed note as a checkpoint.
fn parse(text: &str, file: &str) -> Result<(Note, Checkpoint)> {
    let wrong = |error: madang_tlog::Error| {
        let why = error.to_string();
        Error::invalid("export.checkpoint").arg("file", file).arg("why", why).source(error)
    };
    let note: Note = text.parse().map_err(wrong)?;
    let checkpoint = Checkpoint::of(&note).map_err(wrong)?;
    Ok((note, checkpoint))
}

/// Reads the checkpoint and looks at its signatures.
///
/// # Errors
/// `export.checkpoint` when it, or the older one, is none.
pub(super) fn read(
    text: &str,
    manifest: &Manifest,
    trust: &Trust,
    report: &mut Report,
) -> Result<(Checkpoint, Option<Checkpoint>)> {
    let (note, checkpoint) = parse(text, FILE)?;
    let keys = keys(manifest, trust, report);
    let given = !trust.keys.is_empty();
    match signed(&note, &checkpoint, &keys) {
        Ok(key) => report.signer = Some(Signer { key: key.to_string(), given }),
        Err(found) => report.differences.push(found.in_file(FILE)),
    }
    if checkpoint.origin != manifest.origin {
        let found = Found::of("checkpoint", "origin", &checkpoint.origin, &manifest.origin);
        report.differences.push(found.in_file("manifest.json"));
    }
    if checkpoint.size != manifest.size {
        // A download that was cut off between the two files.
        let found = Found::of("checkpoint", "size", checkpoint.size, manifest.size);
        report.differences.push(found.in_file("manifest.json"));
    }
    witnessed(&note, &keys, trust, report);
    let since = match &trust.since {
        Some(text) => older(text, &checkpoint, &keys, report)?,
        None => None,
    };
    report.root = checkpoint.root.to_string();
    Ok((checkpoint, since))
}

fn keys(manifest: &Manifest, trust: &Trust, report: &mut Report) -> Vec<VerifierKey> {
    if !trust.keys.is_empty() {
        return trust.keys.clone();
    }
    let mut keys = Vec::new();
    for text in &manifest.keys {
        match text.parse() {
            Ok(key) => keys.push(key),
            Err(error) => {
                let found = Found::of("checkpoint", "key", "a verifier key", format!("{text}: {error}"));
                report.differences.push(found.in_file("manifest.json"));
            }
        }
    }
    keys
}

/// The key that signed, the newest first.
fn signed<'a>(note: &Note, checkpoint: &Checkpoint, keys: &'a [VerifierKey]) -> Result<&'a VerifierKey, Box<Found>> {
    let one_of = format!("one of {}", checkpoint.origin);
    let wrong = |found: String| Box::new(Found::of("checkpoint", "signature", &one_of, found));
    let own: Vec<VerifierKey> = keys.iter().filter(|key| key.name() == checkpoint.origin).cloned().collect();
    let places = note.verify(&own).map_err(|error| wrong(error.to_string()))?;
    let place = places.last().and_then(|place| own.get(*place));
    let Some(place) = place else {
        let names: Vec<String> = note.signatures.iter().map(|line| line.name().to_owned()).collect();
        return Err(wrong(format!("signatures of {} by other keys", names.join(", "))));
    };
    keys.iter().find(|key| *key == place).ok_or_else(|| wrong("none".to_owned()))
}

fn witnessed(note: &Note, keys: &[VerifierKey], trust: &Trust, report: &mut Report) {
    let mut known = Vec::new();
    for key in trust.witnesses.iter().filter(|key| key.algorithm() == Algorithm::Cosignature) {
        let mut latest = None;
        for line in note.signatures.iter().filter(|line| line.claims(key)) {
            match cosignature::verify(key, &note.text, line) {
                Ok(at) => latest = latest.max(Some(at)),
                Err(error) => {
                    let found = Found::of("checkpoint", "cosignature", format!("one of {}", key.name()), error);
                    report.differences.push(found.in_file(FILE));
                }
            }
        }
        // One witness with two names is one witness.
        if let Some(at) = latest.filter(|_| !known.contains(&key.public())) {
            known.push(key.public());
            let micros = i64::try_from(at).unwrap_or(i64::MAX / 1_000_000).saturating_mul(1_000_000);
            report.witnesses.push(Witness { name: key.name().to_owned(), at: Time::from_micros(micros).rfc3339() });
        }
    }
    let strangers = note
        .signatures
        .iter()
        .filter(|line| !keys.iter().any(|key| line.claims(key)) && !trust.witnesses.iter().any(|key| line.claims(key)));
    report.unknown_witnesses = strangers.map(|line| line.name().to_owned()).collect();
    report.quorum = trust.quorum;
    if report.witnesses.len() < trust.quorum {
        let expected = format!("{} of {} witnesses", trust.quorum, trust.witnesses.len());
        let names: Vec<&str> = report.witnesses.iter().map(|witness| witness.name.as_str()).collect();
        let found = format!("{}: {}", names.len(), names.join(", "));
        report.differences.push(Found::of("checkpoint", "witnesses", expected, found).in_file(FILE));
    }
}

/// The older checkpoint, when it is one of this log; what it says is compared with the leaves.
fn older(text: &str, now: &Checkpoint, keys: &[VerifierKey], report: &mut Report) -> Result<Option<Checkpoint>> {
    let (note, old) = parse(text, "--since")?;
    if let Err(mut found) = signed(&note, &old, keys) {
        found.difference.what = "signature of the older checkpoint".to_owned();
        report.differences.push(*found);
        return Ok(None);
    }
    if old.origin != now.origin {
        report.differences.push(Found::of("checkpoint", "origin of the older checkpoint", &now.origin, &old.origin));
        return Ok(None);
    }
    if old.size > now.size {
        // The log has become shorter, or an old export is shown.
        let found = Found::of("checkpoint", "size", format!("at least {}", old.size), now.size);
        report.differences.push(found.in_file(FILE));
        return Ok(None);
    }
    report.since = Some(old.size);
    Ok(Some(old))
}
