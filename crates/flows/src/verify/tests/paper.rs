//! A small log with petitions, written by hand: what a site would export.

use std::collections::BTreeMap;

use madang_cases::recount::claim::{Claim, Entry, Reached};
use madang_kernel::digest::sha256;
use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::{Checkpoint, Edge, Hash, cosignature, leaf_hash};

use super::Memory;
use crate::export::manifest::{FORMAT, Manifest, Month, Part, claims_file, leaves_file, openings_file, service_file};
use crate::verify::Opening;

pub(super) const ORIGIN: &str = "log.example.kr";
pub(super) const DEFINITION: &str = include_str!("../../../../cases/src/support/tests/petition.toml");
/// 2026-11-20T00:00:00Z
const NOW: i64 = 1_795_132_800_000_000;

pub(super) fn key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [7; 32]).unwrap()
}

pub(super) fn witness(seed: u8) -> SigningKey {
    SigningKey::from_seed(&format!("w{seed}.example"), Algorithm::Cosignature, [seed; 32]).unwrap()
}

pub(super) fn case(n: u32) -> String {
    format!("case:01932f3a-0000-7000-8000-{n:012x}")
}

/// Leaves in two months, and what is said of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Paper {
    pub leaves: Vec<String>,
    /// Where the first month ends.
    pub first_month: usize,
    pub claims: BTreeMap<u32, Claim>,
    pub openings: Vec<Opening>,
}

impl Paper {
    fn at(&self) -> i64 {
        NOW + self.leaves.len() as i64 * 1_000_000
    }

    fn put(&mut self, kind: &str, object: &str, fields: &[(&str, String)]) -> u64 {
        let mut fields = fields.to_vec();
        fields.sort();
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let (at, fields) = (self.at(), fields.join(","));
        self.leaves.push(format!(r#"{{"at":{at},"fields":{{{fields}}},"kind":"{kind}","object":"{object}","v":1}}"#));
        self.leaves.len() as u64 - 1
    }

    pub fn opaque(&mut self) {
        let commitment = sha256(&self.leaves.len().to_le_bytes());
        self.leaves.push(format!(r#"{{"commitment":"sha256:{commitment}","kind":"opaque","v":1}}"#));
    }

    pub fn filed(&mut self, n: u32) {
        let at = self.at();
        let version = sha256(DEFINITION.as_bytes());
        let text = |what: &str| format!("\"sha256:{}\"", sha256(format!("{n} {what}").as_bytes()));
        self.put(
            "case.filed",
            &case(n),
            &[
                ("no", "1".to_owned()),
                ("service", "\"service:petition\"".to_owned()),
                ("state", "\"service:petition/open\"".to_owned()),
                ("version", format!("\"sha256:{version}\"")),
                ("channel", "\"web\"".to_owned()),
                ("assurance", "\"verified\"".to_owned()),
                ("number", text("number")),
                ("title", text("title")),
                ("answers", text("answers")),
            ],
        );
        let entry = Entry { no: 1, at, step: None, state: Some("open".to_owned()), version: None };
        let claim = Claim {
            case: case(n),
            number: format!("PT-2026-{n:04}"),
            service: "petition".to_owned(),
            version,
            state: "open".to_owned(),
            total: 0,
            days: BTreeMap::new(),
            regions: BTreeMap::new(),
            ages: BTreeMap::new(),
            thresholds: Vec::new(),
            history: vec![entry],
            position: 0,
        };
        self.claims.insert(n, claim);
    }

    pub fn answered(&mut self, n: u32) {
        let at = self.at();
        self.put(
            "case.answered",
            &case(n),
            &[
                ("no", "2".to_owned()),
                ("step", "\"service:petition/answer\"".to_owned()),
                ("state", "\"service:petition/answered\"".to_owned()),
            ],
        );
        let claim = self.claims.get_mut(&n).unwrap();
        claim.state = "answered".to_owned();
        let (step, state) = (Some("answer".to_owned()), Some("answered".to_owned()));
        claim.history.push(Entry { no: 2, at, step, state, version: None });
    }

    /// Gives (`by` 1) or takes back (−1); counted as the site would.
    pub fn support(&mut self, n: u32, person: u32, by: i64, stated: Option<&str>) -> u64 {
        let at = self.at();
        let who = sha256(format!("{n} {person}").as_bytes());
        let mut fields = vec![("who", format!("\"nullifier:{who}\"")), ("day", "\"2026-11-20\"".to_owned())];
        if by > 0 {
            fields.push(("channel", "\"web\"".to_owned()));
        }
        if let Some(stated) = stated {
            fields.push(("stated", format!("\"sha256:{}\"", Self::stated(n, person, stated).1)));
        }
        let leaf = self.put(if by > 0 { "support.given" } else { "support.withdrawn" }, &case(n), &fields);
        let claim = self.claims.get_mut(&n).unwrap();
        claim.total += by;
        *claim.days.entry("2026-11-20".to_owned()).or_default() += by;
        for (id, count) in [("first", 3), ("second", 8)] {
            if claim.total >= count && !claim.thresholds.iter().any(|reached| reached.id == id) {
                let reached = Reached { id: id.to_owned(), position: leaf + 1, at, count: claim.total };
                claim.thresholds.push(reached);
            }
        }
        leaf
    }

    /// Salt and digest of what somebody has stated.
    pub fn stated(n: u32, person: u32, stated: &str) -> (String, String) {
        let salt = &sha256(format!("salt {n} {person}").as_bytes())[..32];
        let bytes = madang_kernel::digest::unhex(salt).unwrap();
        (salt.to_owned(), sha256(&[&bytes, stated.as_bytes()].concat()))
    }

    /// Evidence of progress with one file, and its opening.
    pub fn evidence(&mut self, file: &[u8], name: &str) {
        let salt = "000102030405060708090a0b0c0d0e0f".to_owned();
        let opening = Opening {
            leaf: self.leaves.len() as u64,
            field: "files".to_owned(),
            salt,
            sha256: sha256(file),
            name: name.to_owned(),
        };
        let commitment = opening.commitment().unwrap();
        self.put("update.published", "update:u1", &[("files", format!("[\"{commitment}\"]"))]);
        self.openings.push(opening);
    }

    /// Three petitions with supporters, one answered, in two months.
    pub fn sample() -> Self {
        let mut paper = Self::default();
        for n in 1..=3 {
            paper.filed(n);
        }
        for person in 0..12 {
            paper.support(1, person, 1, None);
            if person % 3 == 0 {
                paper.support(2, person, 1, None);
                paper.opaque();
            }
            if person == 5 {
                paper.first_month = paper.leaves.len();
            }
            if person % 4 == 3 {
                paper.support(1, person - 1, -1, None);
            }
        }
        paper.support(1, 2, 1, None);
        paper.evidence(b"the report", "report.pdf");
        paper.answered(2);
        paper
    }

    fn root(&self, size: usize) -> Hash {
        let mut edge = Edge::new();
        let mut full = Vec::new();
        self.leaves[..size].iter().for_each(|leaf| edge.push(leaf_hash(leaf.as_bytes()), &mut full));
        edge.root()
    }

    pub fn checkpoint(&self, size: usize) -> Note {
        let checkpoint = Checkpoint::new(ORIGIN, size as u64, self.root(size));
        let mut note = Note::sign(checkpoint.text().unwrap(), &[&key()]).unwrap();
        for seed in [1, 2] {
            note.add(cosignature::sign(&witness(seed), &note.text.clone(), 1_795_132_900).unwrap());
        }
        note
    }

    /// The export, signed. Roots on the way only where months end.
    pub fn export(&self) -> Memory {
        let size = self.leaves.len();
        let split = if self.first_month == 0 { size } else { self.first_month };
        let mut months = vec![("2026-11", 0, split)];
        if split < size {
            months.push(("2026-12", split, size));
        }
        let mut files = Memory::default();
        let mut openings = Vec::new();
        for (month, first, end) in &months {
            files.set_lines(&leaves_file(month), &self.leaves[*first..*end]);
            let own = self.openings.iter().filter(|one| (*first as u64..*end as u64).contains(&one.leaf));
            let lines: Vec<String> = own.map(|one| serde_json::to_string(one).unwrap()).collect();
            files.set_lines(&openings_file(month), &lines);
            let lines = Some(lines.len() as u64);
            openings.push(Part { name: String::new(), month: (*month).to_owned(), lines });
        }
        let claims: Vec<String> = self
            .claims
            .values()
            .map(|claim| {
                let position = if claim.position == 0 { size as u64 } else { claim.position };
                serde_json::to_string(&Claim { position, ..claim.clone() }).unwrap()
            })
            .collect();
        files.set_lines(&claims_file("cases", "2026-11"), &claims);
        let version = sha256(DEFINITION.as_bytes());
        files.0.insert(service_file(&version), DEFINITION.as_bytes().to_vec());
        files.0.insert("checkpoint".to_owned(), self.checkpoint(size).to_string().into_bytes());
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            site: "https://example.kr".to_owned(),
            origin: ORIGIN.to_owned(),
            keys: vec![key().verifier().to_string()],
            generated: "2026-12-01T00:00:00.000000Z".to_owned(),
            size: size as u64,
            settled: size as u64,
            months: months
                .iter()
                .map(|(month, first, end)| Month {
                    month: (*month).to_owned(),
                    first: *first as u64,
                    end: *end as u64,
                    root: self.root(*end).to_string(),
                    marks: Vec::new(),
                })
                .collect(),
            claims: vec![Part {
                name: "cases".to_owned(),
                month: "2026-11".to_owned(),
                lines: Some(claims.len() as u64),
            }],
            openings,
            services: vec![version],
        };
        files.0.insert("manifest.json".to_owned(), manifest.write().unwrap().into_bytes());
        files
    }
}
