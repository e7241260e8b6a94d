//! What this site has published as a file, by the file's SHA-256. Only what everybody may read now is found.

use madang_base::{LocalizedText, Result, Time};
use madang_cases::Cases;
use madang_cases::service::{apply, published};
use madang_db::Tx;
use madang_http::Visit;
use madang_kernel::receipt::{self, FileLeaf};
use madang_kernel::{Ctx, ObjectKind, Ref, blob};
use madang_plans::views;
use serde_json::{Value, json};

use super::super::services::cases;
use super::outside;
use crate::i18n;
use crate::page::words;

/// Where a file is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An agency published it with an act on a case.
    Answer,
    /// A citizen sent it in with a public case.
    Filing,
    /// An agency gave it as evidence of progress.
    Evidence,
    /// The definition of a service.
    Definition,
}

impl Kind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Filing => "filing",
            Self::Evidence => "evidence",
            Self::Definition => "definition",
        }
    }

    /// Whether the government published it; citizens' papers are theirs.
    pub const fn official(self) -> bool {
        !matches!(self, Self::Filing)
    }
}

/// A published file.
#[derive(Clone, Debug)]
pub struct Document {
    pub kind: Kind,
    pub name: String,
    pub title: LocalizedText,
    /// Without the language.
    pub path: String,
    pub by: Option<LocalizedText>,
    pub act: Option<LocalizedText>,
    pub at: Time,
    pub leaf: Option<Leaf>,
}

/// Where a file stands in the log, and what opens its digest there.
#[derive(Clone, Debug)]
pub struct Leaf {
    pub code: madang_kernel::ledger::ReceiptCode,
    pub digest: String,
    /// None where the digest stands unsalted: what is public text of the site itself.
    pub salt: Option<String>,
}

impl From<FileLeaf> for Leaf {
    fn from(found: FileLeaf) -> Self {
        Self { code: found.code, digest: found.digest, salt: Some(found.salt) }
    }
}

/// The SHA-256 in what somebody typed or copied: capitals, blanks between the digits, a file's name behind it, `sha256:`
/// before it; none when there is none.
#[must_use]
pub fn digest_in(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.trim_start_matches('\\').trim_start_matches("sha256:").trim_start_matches("sha-256:").trim();
    let whole = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let first = text.split_whitespace().next().unwrap_or("");
    if whole(first) {
        return Some(first.to_owned());
    }
    let joined: String = text.split_whitespace().collect();
    whole(&joined).then_some(joined)
}

/// Everything public that is this file, what the government published first.
///
/// # Errors
/// Those of the database.
pub async fn find(visit: &Visit, sha256: &str) -> Result<Vec<Document>> {
    let (ctx, there, sha256) = (visit.ctx.clone(), cases(visit)?, sha256.to_owned());
    let mut found = visit.app.db.read(move |tx| read(tx, &ctx, &there, &sha256)).await?;
    found.sort_by_key(|document| (!document.kind.official(), document.at));
    Ok(found)
}

fn read(tx: &mut Tx, ctx: &Ctx, cases: &Cases, sha256: &str) -> Result<Vec<Document>> {
    let mut out = Vec::new();
    for object in blob::users(tx, sha256)? {
        let document = match object.kind {
            ObjectKind::Case => of_case(tx, ctx, cases, &object, sha256)?,
            ObjectKind::Update => of_update(tx, ctx, &object, sha256)?,
            _ => None,
        };
        if let Some(mut document) = document {
            document.leaf = receipt::file(tx, &object, sha256)?.map(Leaf::from);
            out.push(document);
        }
    }
    out.extend(definition(tx, cases, sha256)?);
    Ok(out)
}

fn of_case(tx: &mut Tx, ctx: &Ctx, cases: &Cases, case: &Ref, sha256: &str) -> Result<Option<Document>> {
    let found = published::file(tx, ctx, cases, case, sha256)?;
    Ok(found.map(|file| Document {
        kind: if file.agency.is_some() { Kind::Answer } else { Kind::Filing },
        name: file.name,
        title: LocalizedText::new(&file.title, &file.title),
        path: format!("/cases/{}", file.number),
        by: file.agency,
        act: file.act,
        at: file.at,
        leaf: None,
    }))
}

fn of_update(tx: &mut Tx, ctx: &Ctx, update: &Ref, sha256: &str) -> Result<Option<Document>> {
    let Some(found) = views::update(tx, &update.id)? else { return Ok(None) };
    if !found.evidence.iter().any(|piece| piece.target == sha256) {
        return Ok(None);
    }
    let name = blob::attachment(tx, sha256, update)?.name;
    let (plan, number) = found.commitment.split_once('/').unwrap_or((&found.commitment, ""));
    Ok(Some(Document {
        kind: Kind::Evidence,
        name,
        title: views::commitment(tx, &found.commitment, ctx.now.kst_date())?.name.name,
        path: format!("/plans/{plan}/commitments/{number}"),
        by: Some(found.agency.name.clone()),
        act: None,
        at: found.at,
        leaf: None,
    }))
}

/// The text of a definition that is or was in force.
fn definition(tx: &mut Tx, cases: &Cases, sha256: &str) -> Result<Option<Document>> {
    let Some((service, at)) = apply::version_of(tx, sha256)? else { return Ok(None) };
    let version = cases.services.version(tx, sha256)?;
    let named = format!("sha256:{sha256}");
    let object = Ref::new(ObjectKind::Service, &service);
    let code = receipt::of_act(tx, &object, at, |event| event["fields"]["digest"].as_str() == Some(&named))?;
    Ok(Some(Document {
        kind: Kind::Definition,
        name: format!("{service}.toml"),
        title: version.definition.name.clone(),
        path: format!("/services/{service}"),
        by: None,
        act: None,
        at,
        leaf: code.map(|code| Leaf { code, digest: sha256.to_owned(), salt: None }),
    }))
}

/// As the template reads it.
#[must_use]
pub fn shown(visit: &Visit, sha256: &str, document: &Document) -> Value {
    let by = document.by.clone().unwrap_or_else(|| match document.kind {
        Kind::Definition => visit.app.site.government.clone(),
        _ => {
            let citizen = words(visit, "verify-by-citizen", &[]);
            LocalizedText::new(&citizen, &citizen)
        }
    });
    json!({
        "kind": document.kind.code(), "official": document.kind.official(), "name": document.name, "title": document.title,
        "href": visit.url(&document.path), "by": by, "act": document.act, "at": document.at.micros(), "sha256": sha256,
        "receipt": document.leaf.as_ref().map(|leaf| json!({
            "href": visit.url(&super::path(&leaf.code)), "proof_href": format!("/receipts/{}.tlog-proof", leaf.code),
            "code": leaf.code, "digest": leaf.digest, "salt": leaf.salt,
        })),
    })
}

/// As other programs read it.
#[must_use]
pub fn machine(visit: &Visit, document: &Document) -> Value {
    let base = &visit.app.site.base_url;
    let mut out = json!({
        "kind": document.kind.code(), "official": document.kind.official(), "name": document.name,
        "title": document.title, "url": format!("{base}{}", visit.url(&document.path)), "by": document.by,
        "published_at": i18n::iso_time(document.at), "receipt": Value::Null,
    });
    if let Some(leaf) = &document.leaf {
        let mut receipt = outside(visit, &leaf.code);
        receipt["proof"] = json!(format!("{base}/receipts/{}.tlog-proof", leaf.code));
        receipt["digest"] = json!(format!("sha256:{}", leaf.digest));
        receipt["salt"] = json!(leaf.salt);
        out["receipt"] = receipt;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_read_as_commands_print_them() {
        let plain = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let spaced: String =
            plain.as_bytes().chunks(2).map(|two| format!("{} ", str::from_utf8(two).unwrap())).collect();
        for text in [
            plain.to_owned(),
            plain.to_uppercase(),
            format!("{plain}  answer file.pdf"),
            format!(" sha256:{plain}\r\n"),
            format!("\\{plain}  a\\nb"),
            spaced,
        ] {
            assert_eq!(digest_in(&text).as_deref(), Some(plain), "{text:?}");
        }
        for text in ["", "x", &plain[1..], &format!("{plain}0"), &plain.replace('9', "g"), "한글", &"0".repeat(4_000)]
        {
            assert_eq!(digest_in(text), None, "{text:?}");
        }
    }
}
