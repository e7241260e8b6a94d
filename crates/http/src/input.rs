//! What a form sent: fields and files, with its token checked. One extractor for both encodings, so that a handler can
//! show the form again with everything that was typed.

use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use madang_base::Error;

use crate::{App, Failure, Visit};

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    /// The name on the sender's machine, without folders.
    pub name: String,
    /// The type that the browser declared; not to be trusted.
    pub media_type: String,
    pub bytes: Bytes,
}

/// A form's fields in the order sent, and its files.
#[derive(Clone, Debug, Default)]
pub struct Input {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

impl Input {
    /// A field's text without spaces around it; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// A field's text, or none when it is empty.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// All values of a field that may come several times.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim()).collect()
    }

    /// Whether a check box was ticked or a button pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }

    /// The file of a field, when one was chosen; a browser sends a nameless, empty one when none was.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|f| f.field == name && !(f.name.is_empty() && f.bytes.is_empty()))
    }

    /// All fields but the token, for showing the form again.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter(|(n, _)| n != "csrf").map(|(n, v)| (n.as_str(), v.as_str()))
    }
}

/// A text without control characters, which no form types and no page shows; line ends and tabs stay.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect()
}

impl FromRequest<App> for Input {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let visit = request.extensions().get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| Error::internal("the visit is not wired"))?;
        let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
        let input = if kind.starts_with("multipart/form-data") {
            multipart(request, app).await?
        } else {
            let bytes = Bytes::from_request(request, app).await.map_err(|_| Error::invalid("form.too-large"))?;
            let fields: Vec<(String, String)> =
                serde_urlencoded::from_bytes(&bytes).map_err(|e| Error::invalid("form.unreadable").source(e))?;
            let fields = fields.into_iter().map(|(name, value)| (name, clean(&value))).collect();
            Self { fields, files: Vec::new() }
        };
        visit.check_form_token(input.text("csrf"))?;
        Ok(input)
    }
}

async fn multipart(request: Request, app: &App) -> Result<Input, Failure> {
    let unreadable = |e: axum::extract::multipart::MultipartError| {
        if e.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
            Error::invalid("form.too-large")
        } else {
            Error::invalid("form.unreadable").source(e)
        }
    };
    let mut form =
        Multipart::from_request(request, app).await.map_err(|e| Error::invalid("form.unreadable").source(e))?;
    let mut input = Input::default();
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let field = part.name().unwrap_or("").to_owned();
        if let Some(name) = part.file_name() {
            let name = name.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
            let media_type = part.content_type().unwrap_or("").to_owned();
            let bytes = part.bytes().await.map_err(unreadable)?;
            input.files.push(Upload { field, name, media_type, bytes });
        } else {
            let text = part.text().await.map_err(unreadable)?;
            input.fields.push((field, clean(&text)));
        }
    }
    Ok(input)
}
