//! The policy's file (c2sp.org/tlog-policy).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::note::{Algorithm, VerifierKey};
use crate::{Error, Policy, Result};

/// The longest policy file in bytes.
const MAX_POLICY: usize = 1_000_000;

/// The name of the quorum that asks for no witness.
const NONE: &str = "none";

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for key in &self.logs {
            writeln!(f, "log {key}")?;
        }
        let group = format!("{}-of-{}", self.quorum, self.witnesses.len());
        let mut taken = BTreeSet::from([NONE.to_owned(), group.clone()]);
        let mut names = Vec::new();
        for (place, key) in self.witnesses.iter().enumerate() {
            // No key's name has a `+`, so a name made with one is free.
            let name = key.name().to_owned();
            let name = if taken.insert(name.clone()) { name } else { format!("{name}+{place}") };
            writeln!(f, "witness {name} {key}")?;
            names.push(name);
        }
        match (self.quorum, names.as_slice()) {
            (0, _) => writeln!(f, "quorum {NONE}"),
            (1, [only]) => writeln!(f, "quorum {only}"),
            (k, names) => writeln!(f, "group {group} {k} {}\nquorum {group}", names.join(" ")),
        }
    }
}

/// What a policy file has defined so far.
#[derive(Default)]
struct Reader<'a> {
    logs: Vec<VerifierKey>,
    witnesses: Vec<VerifierKey>,
    /// Witnesses by place in `witnesses`.
    names: BTreeMap<&'a str, usize>,
    /// Groups: how many of which witnesses.
    groups: BTreeMap<&'a str, (usize, Vec<usize>)>,
    members: BTreeSet<&'a str>,
    quorum: Option<(usize, Vec<usize>)>,
}

impl FromStr for Policy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.len() > MAX_POLICY {
            return Err(Error::TooLong { what: "policy", limit: MAX_POLICY });
        }
        let mut reader = Reader::default();
        let mut last = 0;
        for (place, line) in text.split_terminator('\n').enumerate() {
            last = place + 1;
            let refuse = |expected| Error::Line { line: last, expected };
            if line.bytes().any(|byte| byte != b'\t' && (byte < 0x20 || byte == 0x7f)) {
                return Err(refuse("no control character"));
            }
            let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if words.first().is_some_and(|word| !word.starts_with('#')) {
                reader.line(&words).map_err(refuse)?;
            }
        }
        let refuse = |expected| Error::Line { line: last + 1, expected };
        if !text.is_empty() && !text.ends_with('\n') {
            return Err(Error::Line { line: last, expected: "a newline at the end of the line" });
        }
        let (quorum, members) = reader.quorum.ok_or(refuse("a quorum"))?;
        let mut witnesses = Vec::new();
        for (place, key) in reader.witnesses.into_iter().enumerate() {
            if quorum == 0 || members.contains(&place) {
                witnesses.push(key);
            }
        }
        Ok(Self { logs: reader.logs, witnesses, quorum })
    }
}

impl<'a> Reader<'a> {
    fn line(&mut self, words: &[&'a str]) -> std::result::Result<(), &'static str> {
        match words {
            ["log", key] | ["log", key, _] => {
                let key = read(key, Algorithm::Ed25519).ok_or("a log's key (type 1)")?;
                add(&mut self.logs, key)
            }
            ["witness", name, key] | ["witness", name, key, _] => {
                self.free(name)?;
                let key = read(key, Algorithm::Cosignature).ok_or("a witness's key (type 4)")?;
                self.names.insert(name, self.witnesses.len());
                add(&mut self.witnesses, key)
            }
            ["group", name, k, members @ ..] if !members.is_empty() => {
                self.free(name)?;
                let mut places = Vec::new();
                for member in members {
                    if self.groups.contains_key(member) {
                        return Err("witnesses: groups of groups are not supported");
                    }
                    places.push(*self.names.get(member).ok_or("witnesses defined further up")?);
                    if !self.members.insert(member) {
                        return Err("a witness that is in no other group");
                    }
                }
                let k = match *k {
                    "any" => Some(1),
                    "all" => Some(places.len()),
                    k => k.parse().ok().filter(|number: &usize| number.to_string() == k),
                };
                let k = k.filter(|k| (1..=places.len()).contains(k));
                let k = k.ok_or("`any`, `all` or a number from 1 to the number of members")?;
                self.groups.insert(name, (k, places));
                Ok(())
            }
            ["quorum", name] => {
                if self.quorum.is_some() {
                    return Err("one quorum only");
                }
                let group = self.groups.get(name).cloned();
                let witness = self.names.get(name).map(|place| (1, vec![*place]));
                let none = (*name == NONE).then(|| (0, Vec::new()));
                self.quorum = Some(group.or(witness).or(none).ok_or("a witness or group defined further up")?);
                Ok(())
            }
            _ => Err("`log`, `witness`, `group` or `quorum` with what belongs to it"),
        }
    }

    fn free(&self, name: &str) -> std::result::Result<(), &'static str> {
        let taken = name == NONE || self.names.contains_key(name) || self.groups.contains_key(name);
        if taken { Err("a name that is not taken") } else { Ok(()) }
    }
}

fn read(text: &str, algorithm: Algorithm) -> Option<VerifierKey> {
    text.parse().ok().filter(|key: &VerifierKey| key.algorithm() == algorithm)
}

fn add(keys: &mut Vec<VerifierKey>, key: VerifierKey) -> std::result::Result<(), &'static str> {
    if keys.iter().any(|known| known.public() == key.public()) {
        return Err("a key that is not there yet");
    }
    keys.push(key);
    Ok(())
}
