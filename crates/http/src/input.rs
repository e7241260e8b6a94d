//! What a form sent: fields and files, with its token checked. One extractor for both encodings, so that a handler can
//! show the form again with everything that was typed.
//!
//! Files that are more than the route takes are read to their end and left out ([`Input::too_large`]): the text fields
//! around them are kept, and the sender is told at the field. [`Sent`] also keeps a form whose token no longer holds,
//! for long forms that outlive a session.

use axum::extract::{FromRequest, Multipart, Request};
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use madang_base::Error;

use crate::route::Budget;
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
    /// Names of fields whose files were left out.
    left_out: Vec<String>,
}

/// What a form sent, and whether its token holds. A handler that changes something asks [`Sent::checked`] first; one that
/// only shows the form again need not.
#[derive(Debug)]
pub struct Sent {
    pub input: Input,
    token: Result<(), Error>,
}

impl Sent {
    /// Whether the token is the visitor's own.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.token.is_ok()
    }

    /// The input of a form whose token holds.
    ///
    /// # Errors
    /// `form.token`
    pub fn checked(self) -> Result<Input, Error> {
        self.token.map(|()| self.input)
    }
}

impl Input {
    /// Whether files of this field were left out because they were too large together.
    #[must_use]
    pub fn too_large(&self, name: &str) -> bool {
        self.left_out.iter().any(|field| field == name)
    }

    /// Whether any file was left out.
    #[must_use]
    pub fn any_too_large(&self) -> bool {
        !self.left_out.is_empty()
    }

    /// All files of a field that were chosen.
    pub fn files_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.files.iter().filter(move |f| f.field == name && !(f.name.is_empty() && f.bytes.is_empty()))
    }

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

impl FromRequest<App> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let visit = request.extensions().get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| Error::internal("the visit is not wired"))?;
        let budget = request.extensions().get::<Budget>().map_or(usize::MAX, |budget| budget.0);
        let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
        let input = if kind.starts_with("multipart/form-data") {
            multipart(request, app, budget).await?
        } else {
            let too_large = || Error::invalid("form.too-large");
            let bytes = Bytes::from_request(request, app).await.map_err(|_| too_large())?;
            if bytes.len() > budget {
                return Err(too_large().into());
            }
            let fields: Vec<(String, String)> =
                serde_urlencoded::from_bytes(&bytes).map_err(|e| Error::invalid("form.unreadable").source(e))?;
            let fields = fields.into_iter().map(|(name, value)| (name, clean(&value))).collect();
            Input { fields, ..Input::default() }
        };
        let token = visit.check_form_token(input.text("csrf"));
        Ok(Self { input, token })
    }
}

impl FromRequest<App> for Input {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        Ok(Sent::from_request(request, app).await?.checked()?)
    }
}

/// Bytes of all text fields of a form together; more is no form of ours.
const TEXTS: usize = 1 << 20;

async fn multipart(request: Request, app: &App, budget: usize) -> Result<Input, Failure> {
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
    let (mut taken, mut texts) = (0_usize, 0_usize);
    while let Some(mut part) = form.next_field().await.map_err(unreadable)? {
        let field = part.name().unwrap_or("").to_owned();
        if let Some(name) = part.file_name() {
            let name = name.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
            let media_type = part.content_type().unwrap_or("").to_owned();
            let mut bytes = BytesMut::new();
            let mut fits = true;
            while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
                fits = fits && taken + bytes.len() + chunk.len() <= budget;
                if fits {
                    bytes.extend_from_slice(&chunk);
                } else {
                    // Read on without keeping: what stands behind the file must not be lost.
                    bytes.clear();
                }
            }
            if fits {
                taken += bytes.len();
                input.files.push(Upload { field, name, media_type, bytes: bytes.freeze() });
            } else if !input.too_large(&field) {
                input.left_out.push(field);
            }
        } else {
            let text = part.text().await.map_err(unreadable)?;
            texts += text.len();
            if texts > TEXTS.min(budget) {
                return Err(Error::invalid("form.too-large").into());
            }
            input.fields.push((field, clean(&text)));
        }
    }
    Ok(input)
}
