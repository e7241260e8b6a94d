//! The rows of the feed against themselves and their salts: columns, positions, commitments.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_db::Tx;
use serde_json::Value as Json;

use super::store::{self, ASK, Line, Salt};
use super::{erased_upto, short};
use crate::ledger::{self, Audit, Audited, Difference, Is, Kind};
use crate::log::OPAQUE;
use crate::object::Ref;

const PAGE: u32 = 500;

/// The object of a line that was put back and was not public ([`recover`](crate::log::recover)).
const RESTORED: &str = "change:opaque";

/// The feed. It needs the kinds of all domains, to know which fields stand for salted texts.
#[derive(Debug)]
pub struct Feed {
    kinds: BTreeMap<&'static str, &'static Kind>,
}

impl Feed {
    #[must_use]
    pub fn new(kinds: impl IntoIterator<Item = &'static Kind>) -> Self {
        Self { kinds: kinds.into_iter().map(|kind| (kind.name, kind)).collect() }
    }

    /// The salted digests of an event, each with the field that its salt has.
    fn digests<'a>(&self, kind: &str, fields: Option<&'a Json>) -> Vec<(&'static str, &'a str)> {
        let Some(kind) = self.kinds.get(kind) else { return Vec::new() };
        let text = |json: &'a Json| json.as_str()?.strip_prefix("sha256:");
        let mut out = Vec::new();
        for spec in kind.fields {
            let Some(value) = fields.and_then(|fields| fields.get(spec.name)) else { continue };
            match spec.is {
                Is::Salted => out.extend(text(value).map(|digest| (spec.name, digest))),
                Is::Files => {
                    let list = value.as_array().into_iter().flatten();
                    out.extend(list.filter_map(text).map(|digest| (ledger::FILE, digest)));
                }
                _ => {}
            }
        }
        out
    }
}

impl Audit for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
        let after: i64 = cursor.parse().unwrap_or(0);
        let feed = store::head(tx)?;
        if after == 0 {
            for line in store::astray(tx, feed, PAGE)? {
                let expected = format!("positions 1 to {feed}");
                audited.differs(differs(&line, "position", expected, line.position));
            }
        }
        let signed = store::tree(tx)?.map_or(0, |tree| tree.size);
        let lines = store::lines(tx, after, feed, PAGE)?;
        let mut expected = after + 1;
        let mut asked = Vec::new();
        for line in &lines {
            missing(expected, line.position, audited);
            expected = line.position + 1;
            if line.kind == OPAQUE {
                put_back(line, audited);
                continue;
            }
            let json = self.columns(tx, line, signed, audited)?;
            let fields = json.as_ref().and_then(|json| json.get("fields"));
            asked.extend(self.digests(&line.kind, fields).into_iter().map(|(field, d)| (line, field, d.to_owned())));
            match &line.commitment {
                Some(commitment) if line.public == 0 => asked.push((line, ledger::EVENT, commitment.clone())),
                None if line.public == 0 => audited.uncovered("change"),
                _ => {}
            }
        }
        salts(tx, &asked, audited)?;
        if lines.len() < PAGE as usize {
            missing(expected, feed + 1, audited);
            return Ok(None);
        }
        Ok(Some((expected - 1).to_string()))
    }
}

impl Feed {
    /// The columns say what the JSON says. Gives the JSON back.
    fn columns(&self, tx: &mut Tx, line: &Line, signed: i64, audited: &mut Audited) -> Result<Option<Json>> {
        let Ok(json) = serde_json::from_str::<Json>(&line.json) else {
            audited.differs(differs(line, "json", "an event", short(&line.json)));
            return Ok(None);
        };
        let text = |name: &str| json.get(name).and_then(Json::as_str).unwrap_or_default();
        if text("kind") != line.kind {
            audited.differs(differs(line, "kind", text("kind"), &line.kind));
        }
        if text("object") != line.object {
            audited.differs(Difference {
                object: text("object").to_owned(),
                ..differs(line, "object", text("object"), &line.object)
            });
        }
        let at = json.get("at").and_then(Json::as_i64);
        if at != Some(line.at) {
            let at = at.map_or_else(|| "none".to_owned(), |at| at.to_string());
            audited.differs(differs(line, "at", at, line.at));
        }
        if !(0..=1).contains(&line.public) {
            audited.differs(differs(line, "public", "0 or 1", line.public));
        }
        if let Some(commitment) = line.commitment.as_ref().filter(|_| line.public == 1) {
            audited.differs(differs(line, "commitment", "none", commitment));
        }
        // What is signed cannot be told twice without another tree; what is not yet signed can.
        if line.position > signed
            && let Some(twin) = store::twin(tx, line)?
        {
            audited.differs(differs(line, "repeated", format!("once, at position {twin}"), line.position));
        }
        Ok(Some(json))
    }
}

/// A line that was read back from the log and was not public: of it there is the commitment, and no more.
fn put_back(line: &Line, audited: &mut Audited) {
    let commitment = line.commitment.as_deref().unwrap_or_default();
    let expected = (RESTORED, 0, ledger::opaque_entry(commitment));
    if (line.object.as_str(), line.public, line.json.clone()) == expected {
        audited.uncovered("change");
    } else {
        audited.differs(differs(line, "json", short(&expected.2), short(&line.json)));
    }
}

/// What an event stands for: its row, the salt's field, the digest.
type Asked<'a> = (&'a Line, &'static str, String);

/// Every digest has its salt, of this object and this field, or was erased by an act; the salt of a commitment opens it.
fn salts(tx: &mut Tx, asked: &[Asked<'_>], audited: &mut Audited) -> Result<()> {
    let mut erased = BTreeMap::<&str, Option<u64>>::new();
    for chunk in asked.chunks(ASK) {
        let mut digests = [""; ASK];
        for (slot, (.., digest)) in digests.iter_mut().zip(chunk) {
            *slot = digest;
        }
        let found = store::salts(tx, &digests)?;
        for (line, field, digest) in chunk {
            audited.looked("salt");
            let Some(salt) = found.iter().find(|salt| salt.digest == *digest) else {
                let upto = match (erased.get(line.object.as_str()), line.object.parse::<Ref>()) {
                    (Some(upto), _) => *upto,
                    (None, Ok(object)) => erased_upto(tx, &object)?,
                    (None, Err(_)) => None,
                };
                erased.insert(&line.object, upto);
                let gone = upto.is_some_and(|upto| u64::try_from(line.position - 1).is_ok_and(|leaf| leaf < upto));
                if gone {
                    audited.erased += 1;
                } else {
                    audited.differs(differs(line, "salt", format!("the salt of {field} sha256:{digest}"), "none"));
                }
                continue;
            };
            salt_differs(line, field, salt, audited);
        }
    }
    Ok(())
}

fn salt_differs(line: &Line, field: &str, salt: &Salt, audited: &mut Audited) {
    let what = format!("salt of {field}");
    if salt.object != line.object {
        audited.differs(differs(line, &what, &line.object, &salt.object));
    }
    if salt.field != field {
        audited.differs(differs(line, &what, field, &salt.field));
    }
    if field == ledger::EVENT {
        match ledger::commitment_of(&line.json, &salt.salt) {
            Ok(opened) if opened == salt.digest => {}
            Ok(opened) => audited.differs(differs(line, "commitment", &salt.digest, opened)),
            Err(_) => audited.differs(differs(line, &what, "32 hexadecimal digits", short(&salt.salt))),
        }
    } else if ledger::commitment_of("", &salt.salt).is_err() {
        audited.differs(differs(line, &what, "32 hexadecimal digits", short(&salt.salt)));
    }
}

/// Positions that no row has.
fn missing(expected: i64, found: i64, audited: &mut Audited) {
    if expected < found {
        let name = if found == expected + 1 {
            format!("change {expected}")
        } else {
            format!("change {expected} to {}", found - 1)
        };
        let leaf = u64::try_from(expected - 1).ok();
        audited.differs(super::differs("feed", "row", name, "a row", "none", leaf));
    }
}

fn differs(line: &Line, what: &str, expected: impl ToString, found: impl ToString) -> Difference {
    Difference {
        by: "feed",
        what: what.to_owned(),
        object: line.object.clone(),
        name: format!("change {}", line.position),
        expected: expected.to_string(),
        found: found.to_string(),
        leaf: u64::try_from(line.position - 1).ok(),
    }
}
