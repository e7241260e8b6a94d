//! Files that are public evidence. Images and PDF may be looked at in place, everything else is a download; a browser
//! runs nothing of it.

use std::fmt::Write as _;

use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::get;
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, StatusCode};
use madang_base::Error;
use madang_http::{Access, Outcome, Route, Visit};
use madang_kernel::blob::{self, MediaType};
use madang_kernel::{ObjectKind, Verb};

pub fn routes() -> Vec<Route> {
    vec![Route::page("/files/{sha256}", Access::May(Verb::Read, ObjectKind::Blob), get(file))]
}

/// A file that a published report gives as evidence; what nothing public uses is not found.
async fn file(visit: Visit, Path(sha256): Path<String>, headers: HeaderMap) -> Outcome {
    let digest = sha256.clone();
    let found = visit.app.db.read(move |tx| blob::attachment_of_kind(tx, &digest, ObjectKind::Update)).await?;
    serve(&visit, &headers, &sha256, &found.name, found.blob.media_type.code()).await
}

/// A kept file as an answer, safely: whether the visitor may have it was asked before.
///
/// # Errors
/// `blob.unknown`, `blob.type`; those of the store.
pub async fn serve(visit: &Visit, headers: &HeaderMap, sha256: &str, name: &str, media_type: &str) -> Outcome {
    let media_type: MediaType = media_type.parse()?;
    // The address is the digest of the content, which therefore never changes; whether it is public may.
    let tag = format!("\"{sha256}\"");
    let known = headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(&tag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        visit.app.blobs.get(sha256).await?.into_response()
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(media_type.code()));
    out.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition(name, media_type)).map_err(Error::internal)?);
    out.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
    );
    out.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    Ok(response)
}

/// How the browser treats it, and its name in every language (RFC 6266, RFC 8187).
fn disposition(name: &str, media_type: MediaType) -> String {
    let way = if media_type.inline() { "inline" } else { "attachment" };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let encoded = name.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    });
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_shows_safely_is_shown_in_place() {
        let file = |name: &str, media_type| disposition(name, media_type);
        assert_eq!(
            file("결과 1.pdf", MediaType::Pdf),
            "inline; filename=\"__ 1.pdf\"; filename*=UTF-8''%EA%B2%B0%EA%B3%BC%201.pdf"
        );
        assert!(file("a\".txt", MediaType::Text).starts_with("attachment; filename=\"a_.txt\""));
    }
}
