//! Regions and age bands: commitments of the leaves joined with the salts that an auditor was given.

use std::collections::BTreeMap;

use madang_base::{Error, Result};
use madang_kernel::digest;
use madang_kernel::ledger::Spill;
use serde::Deserialize;

use super::book::At;
use crate::support::{AgeBand, Region};

/// What opens a commitment: one line of `salts.ndjson`.
#[derive(Debug, Deserialize)]
pub(super) struct Salt<'a> {
    /// `stated`, or the word of another kind's field.
    #[serde(default)]
    pub field: Option<&'a str>,
    /// 64 hexadecimal digits.
    pub digest: &'a str,
    /// 32 hexadecimal digits.
    pub salt: &'a str,
    pub value: std::borrow::Cow<'a, str>,
}

const DIGEST: usize = 16;
/// A salt before the leaves that it opens.
const SALT: u8 = 0;
const LEAF: u8 = 1;
/// Digest, what it is, case, region, age band.
const WIDTH: usize = DIGEST + 1 + 4 + 1 + 1;
/// Nothing stated.
const NONE: u8 = u8::MAX;

/// By case: how many of each region and age band; `None`: the commitment could not be opened.
#[derive(Default)]
pub(super) struct Sums {
    pub regions: BTreeMap<String, i64>,
    pub ages: BTreeMap<String, i64>,
    pub unopened: i64,
}

pub(super) struct Stated {
    spill: Box<dyn Spill>,
    pub salts: u64,
}

impl Stated {
    pub fn new(spill: Box<dyn Spill>) -> Self {
        Self { spill, salts: 0 }
    }

    /// # Errors
    /// `verify.salt-line`, `verify.salt-digest`.
    pub fn salt(&mut self, line: &str) -> Result<()> {
        let salt: Salt<'_> =
            serde_json::from_str(line).map_err(|error| Error::invalid("verify.salt-line").arg("why", error))?;
        let wrong = || Error::invalid("verify.salt-digest").arg("digest", salt.digest);
        let bytes = digest::unhex(salt.salt).ok_or_else(wrong)?;
        if digest::sha256(&[&bytes, salt.value.as_bytes()].concat()) != salt.digest {
            return Err(wrong());
        }
        if salt.field.is_some_and(|field| field != "stated") {
            return Ok(());
        }
        // Salts of other kinds of commitment are other recounts' business.
        let Some((region, age)) = salt.value.split_once(' ').and_then(|(r, a)| Some((region(r)?, age_band(a)?))) else {
            return Ok(());
        };
        let half = super::tally::half(salt.digest).ok_or_else(wrong)?;
        self.salts += 1;
        self.put(&half, SALT, 0, region, age)
    }

    /// Somebody counts in the case who stated what `digest` stands for.
    pub fn leaf(&mut self, digest: &[u8; DIGEST], case: At) -> Result<()> {
        self.put(digest, LEAF, case, NONE, NONE)
    }

    fn put(&mut self, digest: &[u8; DIGEST], tag: u8, case: At, region: u8, age: u8) -> Result<()> {
        let mut record = [0; WIDTH];
        record[..DIGEST].copy_from_slice(digest);
        record[DIGEST] = tag;
        record[DIGEST + 1..DIGEST + 5].copy_from_slice(&case.to_be_bytes());
        record[DIGEST + 5] = region;
        record[DIGEST + 6] = age;
        self.spill.put(digest, &record)
    }

    /// What was stated, by case.
    pub fn join(&mut self, sums: &mut BTreeMap<At, Sums>) -> Result<()> {
        self.spill.drain(&mut |bucket| {
            let (records, _) = bucket.as_chunks_mut::<WIDTH>();
            records.sort_unstable();
            let mut opened: Option<([u8; DIGEST], u8, u8)> = None;
            for record in records {
                let mut digest = [0; DIGEST];
                digest.copy_from_slice(&record[..DIGEST]);
                if record[DIGEST] == SALT {
                    opened = Some((digest, record[DIGEST + 5], record[DIGEST + 6]));
                    continue;
                }
                let mut case = [0; 4];
                case.copy_from_slice(&record[DIGEST + 1..DIGEST + 5]);
                let sums = sums.entry(At::from_be_bytes(case)).or_default();
                match opened.filter(|(of, _, _)| *of == digest) {
                    Some((_, region, age)) => sums.add(region, age),
                    None => sums.unopened += 1,
                }
            }
            Ok(())
        })
    }
}

impl Sums {
    /// Somebody who stated nothing.
    pub fn nothing(&mut self) {
        self.add(NONE, NONE);
    }

    fn add(&mut self, region: u8, age: u8) {
        let region = Region::ALL.get(usize::from(region)).map_or("", |region| region.code());
        let age = AgeBand::ALL.get(usize::from(age)).map_or("", |age| age.code());
        for (sums, code) in [(&mut self.regions, region), (&mut self.ages, age)] {
            match sums.get_mut(code) {
                Some(sum) => *sum += 1,
                None => drop(sums.insert(code.to_owned(), 1)),
            }
        }
    }
}

fn region(code: &str) -> Option<u8> {
    place(code, Region::ALL.iter().map(|region| region.code()))
}

fn age_band(code: &str) -> Option<u8> {
    place(code, AgeBand::ALL.iter().map(|age| age.code()))
}

fn place<'a>(code: &str, codes: impl Iterator<Item = &'a str>) -> Option<u8> {
    if code == "-" {
        return Some(NONE);
    }
    codes.zip(0..NONE).find(|(known, _)| *known == code).map(|(_, at)| at)
}
