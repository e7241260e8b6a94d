//! Files on their way from a form into a draft or an act: each is checked and kept at once. When the form itself could not
//! be taken (the session had ended) its files travel on in the form, sealed, so that nobody attaches what they did not send.

use std::collections::BTreeMap;

use madang_base::{Error, FieldError, Kind, Result};
use madang_form::{Field, FieldKind, FileAnswer};
use madang_http::{Input, Visit};
use madang_kernel::blob::{Blob, Upload};
use madang_kernel::digest;
use serde::{Deserialize, Serialize};

/// Files by field.
pub type Uploads = BTreeMap<String, Vec<Upload>>;

/// A kept file as a form carries it.
#[derive(Serialize, Deserialize)]
struct Held {
    sha256: String,
    size: i64,
    media_type: String,
    width: Option<u32>,
    height: Option<u32>,
    name: String,
    seal: String,
}

impl Held {
    fn sealed(&self, visit: &Visit) -> String {
        let shape = format!("{} {} {:?} {:?}", self.size, self.media_type, self.width, self.height);
        let parts: [&[u8]; 4] = [b"filing.file", self.sha256.as_bytes(), shape.as_bytes(), self.name.as_bytes()];
        digest::hmac_hex(&visit.app.keys.session, &parts)
    }
}

/// A file as a hidden field carries it.
pub fn hold(visit: &Visit, upload: &Upload) -> String {
    let blob = &upload.blob;
    let mut held = Held {
        sha256: blob.sha256.clone(),
        size: blob.size,
        media_type: blob.media_type.to_string(),
        width: blob.width,
        height: blob.height,
        name: upload.name.clone(),
        seal: String::new(),
    };
    held.seal = held.sealed(visit);
    serde_json::to_string(&held).unwrap_or_default()
}

fn released(visit: &Visit, text: &str) -> Result<Upload> {
    let unreadable = || Error::invalid("form.unreadable");
    let held: Held = serde_json::from_str(text).map_err(|e| unreadable().source(e))?;
    if held.sealed(visit) != held.seal {
        return Err(unreadable());
    }
    let blob = Blob {
        sha256: held.sha256,
        size: held.size,
        media_type: held.media_type.parse()?,
        width: held.width,
        height: held.height,
    };
    Ok(Upload { blob, name: held.name })
}

/// What a definition says of a kept file.
pub fn answer(upload: &Upload) -> FileAnswer {
    FileAnswer {
        sha256: upload.blob.sha256.clone(),
        name: upload.name.clone(),
        size: upload.blob.size,
        media_type: upload.blob.media_type.to_string(),
    }
}

/// Keeps the files that came for one field. Those that cannot be taken are told and left out.
///
/// # Errors
/// `blob.store` when files cannot be kept at all.
pub async fn of_field(visit: &Visit, input: &Input, name: &str, wrong: &mut Vec<FieldError>) -> Result<Vec<Upload>> {
    let mut kept = Vec::new();
    for text in input.list(&format!("{name}.held")) {
        kept.push(released(visit, text)?);
    }
    if input.too_large(name) {
        let limit = (visit.app.blobs.limits().bytes >> 20).to_string();
        wrong.push(FieldError { field: name.to_owned(), code: "blob.too-large", args: [("limit", limit)].into() });
    }
    for file in input.files_of(name) {
        match visit.app.blobs.put(file.bytes.clone(), &file.name).await {
            Ok(upload) => kept.push(upload),
            Err(error) if error.kind() == Kind::Invalid => {
                let (code, args) = (error.code(), error.args().clone());
                wrong.push(FieldError { field: name.to_owned(), code, args });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(kept)
}

/// The same for all file fields among these.
///
/// # Errors
/// As [`of_field`].
pub async fn of_fields(
    visit: &Visit,
    input: &Input,
    fields: &[&Field],
    wrong: &mut Vec<FieldError>,
) -> Result<Uploads> {
    let mut all = Uploads::new();
    for field in fields {
        if matches!(field.kind, FieldKind::File { .. } | FieldKind::Photo { .. }) {
            let kept = of_field(visit, input, &field.id, wrong).await?;
            if !kept.is_empty() {
                all.insert(field.id.clone(), kept);
            }
        }
    }
    Ok(all)
}

/// The size of a file in words: `340 KB`, `1.2 MB`.
pub fn size_words(size: i64) -> String {
    match size {
        ..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} KB", size / 1_000),
        _ => format!("{}.{} MB", size / 1_000_000, size / 100_000 % 10),
    }
}
