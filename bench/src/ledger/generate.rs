//! A public export of any size, written as a site would write it: petitions of a thousand and more signatures each, some
//! of them taken back, in twelve months, with what the site says of them and a signed checkpoint.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use madang_base::Time;
use madang_cases::recount::claim::{Claim, Entry, Reached};
use madang_flows::export::manifest::{
    FORMAT, Manifest, Month, Part, claims_file, leaves_file, openings_file, service_file,
};
use madang_kernel::digest::sha256;
use madang_tlog::note::{Algorithm, Note, SigningKey};
use madang_tlog::{Checkpoint, Edge, leaf_hash};

use crate::Failure;

const ORIGIN: &str = "bench.example/log";
const DEFINITION: &str = include_str!("../../../crates/cases/src/support/tests/petition.toml");
/// Signatures of one petition, about.
const EACH: u64 = 10_000;
/// One of so many is taken back.
const TAKEN: u64 = 50;
const MONTHS: u64 = 12;
/// 2026-01-01T00:00:00 in Korea.
const BEGIN: i64 = 1_767_193_200_000_000;
const DAY: i64 = 86_400_000_000;

/// A petition while the log is written.
struct Petition {
    claim: Claim,
    /// Signatures so far.
    given: u64,
}

struct Writer<'a> {
    folder: &'a Path,
    edge: Edge,
    full: Vec<(madang_tlog::tile::Tile, Vec<madang_tlog::Hash>)>,
    file: Option<BufWriter<File>>,
    months: Vec<Month>,
    line: String,
    random: u64,
}

/// Writes an export of `leaves` leaves into `folder`.
pub fn export(folder: &Path, leaves: u64) -> Result<(), Failure> {
    let version = sha256(DEFINITION.as_bytes());
    let mut writer = Writer {
        folder,
        edge: Edge::new(),
        full: Vec::new(),
        file: None,
        months: Vec::new(),
        line: String::new(),
        random: 1,
    };
    let many = (leaves / EACH).max(2);
    let mut petitions: Vec<Petition> = Vec::new();
    for index in 0..leaves {
        if index * MONTHS % leaves < MONTHS {
            writer.month(index, index * MONTHS / leaves)?;
        }
        let at = BEGIN + i64::try_from(index * 365 / leaves)? * DAY + i64::try_from(index % 86_400)? * 1_000_000;
        if index < many {
            petitions.push(Petition { claim: writer.filed(index, at, &version)?, given: 0 });
        } else {
            let place = usize::try_from(writer.next() % many)?;
            writer.signed(&mut petitions[place], place as u64, index, at)?;
        }
    }
    writer.finish(petitions, leaves, version)
}

impl Writer<'_> {
    /// Marsaglia's xorshift: what is generated is the same each time.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn path(&self, name: &str) -> Result<std::path::PathBuf, Failure> {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        Ok(path)
    }

    fn month(&mut self, first: u64, number: u64) -> Result<(), Failure> {
        self.end_month()?;
        let month = format!("2026-{:02}", number + 1);
        self.file = Some(BufWriter::with_capacity(1 << 20, File::create(self.path(&leaves_file(&month))?)?));
        self.months.push(Month { month, first, end: first, root: String::new(), marks: Vec::new() });
        Ok(())
    }

    fn end_month(&mut self) -> Result<(), Failure> {
        if let (Some(mut file), Some(month)) = (self.file.take(), self.months.last_mut()) {
            file.flush()?;
            (month.end, month.root) = (self.edge.size(), self.edge.root().to_string());
        }
        Ok(())
    }

    fn put(&mut self) -> Result<(), Failure> {
        self.edge.push(leaf_hash(self.line.as_bytes()), &mut self.full);
        self.full.clear();
        self.line.push('\n');
        self.file.as_mut().ok_or("no month")?.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }

    fn filed(&mut self, n: u64, at: i64, version: &str) -> Result<Claim, Failure> {
        let salted = sha256(&n.to_le_bytes());
        let object = case(n);
        write!(
            self.line,
            r#"{{"at":{at},"fields":{{"answers":"sha256:{salted}","assurance":"verified","channel":"web","no":1,"number":"sha256:{salted}","service":"service:petition","state":"service:petition/open","title":"sha256:{salted}","version":"sha256:{version}"}},"kind":"case.filed","object":"{object}","v":1}}"#
        )?;
        self.put()?;
        Ok(Claim {
            case: object,
            number: format!("PT-2026-{n:08}"),
            service: "petition".to_owned(),
            version: version.to_owned(),
            state: "open".to_owned(),
            total: 0,
            days: BTreeMap::new(),
            regions: BTreeMap::new(),
            ages: BTreeMap::new(),
            thresholds: Vec::new(),
            history: vec![Entry { no: 1, at, step: None, state: Some("open".to_owned()), version: None }],
            position: 0,
        })
    }

    /// A signature; now and then the one before is taken back instead.
    fn signed(&mut self, petition: &mut Petition, place: u64, index: u64, at: i64) -> Result<(), Failure> {
        let object = case(place);
        let taken = petition.given % TAKEN == TAKEN - 1;
        let (person, by) = if taken { (petition.given - 1, -1) } else { (petition.given, 1) };
        petition.given += 1;
        // Who took back has given in the position before, on a day that the claim still knows as its last.
        let last = petition.claim.days.last_key_value().map(|(day, _)| day.clone());
        let day = last.filter(|_| taken).unwrap_or_else(|| Time::from_micros(at).kst_date().to_string());
        let who = person_of(place, person);
        if taken {
            write!(
                self.line,
                r#"{{"at":{at},"fields":{{"day":"{day}","who":"nullifier:{who}"}},"kind":"support.withdrawn","object":"{object}","v":1}}"#
            )?;
        } else {
            let (a, b, c, d) = (self.next(), self.next(), self.next(), self.next());
            write!(
                self.line,
                r#"{{"at":{at},"fields":{{"channel":"web","day":"{day}","stated":"sha256:{a:016x}{b:016x}{c:016x}{d:016x}","who":"nullifier:{who}"}},"kind":"support.given","object":"{object}","v":1}}"#
            )?;
        }
        self.put()?;
        let claim = &mut petition.claim;
        claim.total += by;
        *claim.days.entry(day).or_default() += by;
        for (id, count) in [("first", 3), ("second", 8)] {
            if claim.total >= count && !claim.thresholds.iter().any(|reached| reached.id == id) {
                let reached = Reached { id: id.to_owned(), position: index + 1, at, count: claim.total };
                claim.thresholds.push(reached);
            }
        }
        Ok(())
    }

    fn finish(mut self, petitions: Vec<Petition>, leaves: u64, version: String) -> Result<(), Failure> {
        self.end_month()?;
        let mut claims = BufWriter::new(File::create(self.path(&claims_file("cases", "2026-01"))?)?);
        let lines = petitions.len() as u64;
        for mut petition in petitions {
            petition.claim.position = leaves;
            petition.claim.days.retain(|_, count| *count != 0);
            serde_json::to_writer(&mut claims, &petition.claim)?;
            claims.write_all(b"\n")?;
        }
        claims.flush()?;
        fs::write(self.path(&service_file(&version))?, DEFINITION)?;
        let key = SigningKey::from_seed(ORIGIN, Algorithm::Ed25519, [1; 32])?;
        let checkpoint = Checkpoint::new(ORIGIN, leaves, self.edge.root());
        fs::write(self.path("checkpoint")?, Note::sign(checkpoint.text()?, &[&key])?.to_string())?;
        let mut openings = Vec::new();
        for month in &self.months {
            fs::write(self.path(&openings_file(&month.month))?, "")?;
            openings.push(Part { name: String::new(), month: month.month.clone(), lines: Some(0) });
        }
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            site: "https://bench.example".to_owned(),
            origin: ORIGIN.to_owned(),
            keys: vec![key.verifier().to_string()],
            generated: "2027-01-01T00:00:00.000000Z".to_owned(),
            size: leaves,
            settled: leaves,
            claims: vec![Part { name: "cases".to_owned(), month: "2026-01".to_owned(), lines: Some(lines) }],
            openings,
            services: vec![version],
            months: std::mem::take(&mut self.months),
        };
        fs::write(self.path("manifest.json")?, manifest.write()?)?;
        Ok(())
    }
}

fn case(n: u64) -> String {
    format!("case:019b7000-0000-7000-8000-{n:012x}")
}

/// A nullifier, the same for the same person in the same petition.
fn person_of(place: u64, person: u64) -> String {
    let mut text = String::with_capacity(64);
    let mut z = place << 40 | person;
    for _ in 0..4 {
        z = (z ^ (z >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9).wrapping_add(0x94d0_49bb_1331_11eb);
        let _ = write!(text, "{:016x}", z ^ (z >> 29));
    }
    text
}
