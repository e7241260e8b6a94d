//! The application's parts, put together once by the binary and handed to every handler.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use http::Extensions;
use madang_base::{Error, Locale, LocalizedText, SharedClock, SharedRng};
use madang_db::Db;
use madang_identity::OidcProvider;
use madang_kernel::Keys;
use madang_kernel::blob::Blobs;

use crate::Visit;

/// How this site calls itself and where it lives. From the configuration.
#[derive(Clone, Debug)]
pub struct Site {
    pub name: LocalizedText,
    /// The government whose site this is.
    pub government: LocalizedText,
    /// Whether the strip on top says that this is an official site.
    pub official: bool,
    /// Scheme and host without a slash at the end, as written into mails, feeds and exports.
    pub base_url: String,
    /// Demo mode: accounts are listed on the sign-in page and mails are kept instead of sent.
    pub demo: bool,
    /// Cookies are marked `Secure`; true when `base_url` is https.
    pub secure_cookies: bool,
}

/// Words for errors: the message catalogue and the pages that tell of an error. Implemented by `web`.
pub trait Words: Send + Sync {
    /// The message with this key in this language, with its arguments filled in.
    fn message(&self, locale: Locale, key: &str, args: &BTreeMap<&'static str, String>) -> String;

    /// A whole HTML page that tells of `error` and what to do next.
    fn error_page(&self, visit: &Visit, status: u16, error: &Error) -> String;
}

/// All that [`App`] is made of.
pub struct AppParts {
    pub db: Db,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub keys: Arc<Keys>,
    pub blobs: Blobs,
    pub site: Site,
    pub words: Arc<dyn Words>,
    pub oidc: Vec<Arc<dyn OidcProvider>>,
    /// Parts that one delivery crate alone knows, by type (the templates of `web`).
    pub own: Extensions,
}

/// The application: cheap to clone, the same for every request.
#[derive(Clone)]
pub struct App(Arc<AppParts>);

impl App {
    #[must_use]
    pub fn new(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }

    /// A part that a delivery crate put into [`AppParts::own`].
    ///
    /// # Errors
    /// `Kind::Internal` when the binary did not put it there.
    pub fn own<T: Clone + Send + Sync + 'static>(&self) -> madang_base::Result<&T> {
        self.0.own.get::<T>().ok_or_else(|| Error::internal(format!("{} is not wired", std::any::type_name::<T>())))
    }
}

impl Deref for App {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("site", &self.0.site).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for AppParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppParts").field("site", &self.site).finish_non_exhaustive()
    }
}
