//! Pieces of evidence between the steps of a report. They travel in the form; a file is kept at once and its description
//! travels sealed, so that nobody attaches a file that they did not send.

use madang_base::{Error, Result};
use madang_http::{Input, Visit};
use madang_kernel::blob::{self, Blob, Upload};
use madang_kernel::{ObjectKind, Ref, digest};
use madang_plans::model::{Evidence, EvidenceKind, Update};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::plans::shape;

/// The repeated hidden field that carries a piece.
const FIELD: &str = "held";

/// One piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    pub kind: EvidenceKind,
    pub title: String,
    pub target: String,
    file: Option<Kept>,
}

/// A kept file, with what [`blob::attach`] needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    size: i64,
    media_type: String,
    width: Option<u32>,
    height: Option<u32>,
    name: String,
    seal: String,
}

impl Kept {
    fn new(visit: &Visit, upload: &Upload) -> Self {
        let blob = &upload.blob;
        let mut kept = Self {
            size: blob.size,
            media_type: blob.media_type.to_string(),
            width: blob.width,
            height: blob.height,
            name: upload.name.clone(),
            seal: String::new(),
        };
        kept.seal = kept.sealed(visit, &blob.sha256);
        kept
    }

    fn sealed(&self, visit: &Visit, sha256: &str) -> String {
        let account = visit.ctx.account().map(|id| id.to_string()).unwrap_or_default();
        let shape = format!("{} {} {:?} {:?}", self.size, self.media_type, self.width, self.height);
        let parts: [&[u8]; 5] =
            [b"desk.file", account.as_bytes(), sha256.as_bytes(), shape.as_bytes(), self.name.as_bytes()];
        digest::hmac_hex(&visit.app.keys.session, &parts)
    }

    fn upload(&self, sha256: &str) -> Result<Upload> {
        let blob = Blob {
            sha256: sha256.to_owned(),
            size: self.size,
            media_type: self.media_type.parse()?,
            width: self.width,
            height: self.height,
        };
        Ok(Upload { blob, name: self.name.clone() })
    }
}

/// The pieces that a form carries.
///
/// # Errors
/// `form.unreadable` when one was changed on the way.
pub fn held(visit: &Visit, input: &Input) -> Result<Vec<Piece>> {
    let unreadable = || Error::invalid("form.unreadable");
    input
        .list(FIELD)
        .into_iter()
        .map(|text| {
            let piece: Piece = serde_json::from_str(text).map_err(|e| unreadable().source(e))?;
            let whole = match (&piece.file, piece.kind) {
                (Some(kept), EvidenceKind::File) => kept.sealed(visit, &piece.target) == kept.seal,
                (None, kind) => kind != EvidenceKind::File,
                (Some(_), _) => false,
            };
            if whole { Ok(piece) } else { Err(unreadable()) }
        })
        .collect()
}

/// The piece that the fields for a new one describe; none when they are empty. A file is kept at once.
///
/// # Errors
/// Those of [`blob::Blobs::put`], at the field `file`; `desk.evidence-empty` at `href` when there is a title and
/// nothing else.
pub async fn fresh(visit: &Visit, input: &Input) -> Result<Option<Piece>> {
    if input.too_large("file") {
        return Err(at_file(too_large(visit)));
    }
    let (title, address) = (input.text("label"), input.text("href"));
    if let Some(file) = input.file("file") {
        let put = visit.app.blobs.put(file.bytes.clone(), &file.name).await;
        let upload = put.map_err(at_file)?;
        let title = if title.is_empty() { upload.name.clone() } else { title.to_owned() };
        let kept = Kept::new(visit, &upload);
        return Ok(Some(Piece { kind: EvidenceKind::File, title, target: upload.blob.sha256, file: Some(kept) }));
    }
    if address.is_empty() {
        if title.is_empty() {
            return Ok(None);
        }
        return Err(Error::invalid("desk.evidence-empty").field("href", "desk.evidence-empty"));
    }
    let kind: EvidenceKind = input.text("kind").parse()?;
    let title = if title.is_empty() { address } else { title };
    Ok(Some(Piece { kind, title: title.to_owned(), target: address.to_owned(), file: None }))
}

/// A file that was more than the form takes.
pub fn too_large(visit: &Visit) -> Error {
    Error::invalid("blob.too-large").arg("limit", visit.app.blobs.limits().bytes >> 20)
}

/// A file's error stands at its field.
pub fn at_file(error: Error) -> Error {
    if error.kind() != madang_base::Kind::Invalid {
        return error;
    }
    let (code, args) = (error.code(), error.args().clone());
    error.field_error(madang_base::FieldError { field: "file".to_owned(), code, args })
}

/// The pieces of a report that is to be corrected.
///
/// # Errors
/// Those of the database.
pub fn of_update(visit: &Visit, tx: &mut madang_db::Tx, update: &Update) -> Result<Vec<Piece>> {
    let object = Ref::new(ObjectKind::Update, update.id);
    update
        .evidence
        .iter()
        .map(|evidence| {
            let Evidence { kind, title, target } = evidence.clone();
            let file = match kind {
                EvidenceKind::File => {
                    let found = blob::attachment(tx, &target, &object)?;
                    Some(Kept::new(visit, &Upload { blob: found.blob, name: found.name }))
                }
                _ => None,
            };
            Ok(Piece { kind, title, target, file })
        })
        .collect()
}

/// What the domain is told.
///
/// # Errors
/// `blob.type` for a media type that is none.
pub fn told(pieces: &[Piece]) -> Result<(Vec<Evidence>, Vec<Upload>)> {
    let evidence =
        pieces.iter().map(|p| Evidence { kind: p.kind, title: p.title.clone(), target: p.target.clone() }).collect();
    let uploads = pieces.iter().filter_map(|p| Some(p.file.as_ref()?.upload(&p.target)));
    Ok((evidence, uploads.collect::<Result<_>>()?))
}

/// The pieces as the page shows and carries them.
pub fn shown(visit: &Visit, pieces: &[Piece]) -> Vec<Value> {
    pieces
        .iter()
        .map(|piece| {
            let href = match piece.kind {
                // A file is public with its report and not before.
                EvidenceKind::File => String::new(),
                EvidenceKind::Object => piece.target.parse().map_or_else(|_| String::new(), |o| shape::href(visit, &o)),
                _ if madang_plans::checks::is_address(&piece.target) => piece.target.clone(),
                _ => String::new(),
            };
            let note = piece.file.as_ref().map_or(String::new(), |kept| bytes_words(kept.size));
            let held = serde_json::to_string(piece).unwrap_or_default();
            json!({ "kind": piece.kind.code(), "label": piece.title, "href": href, "note": note, "held": held })
        })
        .collect()
}

/// The size of a file in words: `340 KB`, `1.2 MB`.
fn bytes_words(size: i64) -> String {
    match size {
        ..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} KB", size / 1_000),
        _ => format!("{}.{} MB", size / 1_000_000, size / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes_words;

    #[test]
    fn sizes_are_short() {
        assert_eq!(bytes_words(999), "999 B");
        assert_eq!(bytes_words(340_900), "340 KB");
        assert_eq!(bytes_words(1_290_000), "1.2 MB");
    }
}
