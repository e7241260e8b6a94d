//! Downloads of any length: the public export of another site, piece by piece.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use madang_base::{Error, Result};
use reqwest::{Client, Response, StatusCode, redirect};

/// A client for downloads. A piece may keep us waiting for a minute, the whole as long as it takes.
#[derive(Clone)]
pub struct Downloads {
    client: Client,
}

/// One download that is going on.
pub struct Download {
    response: Response,
    url: String,
}

impl fmt::Debug for Downloads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Downloads").finish_non_exhaustive()
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("url", &self.url).finish_non_exhaustive()
    }
}

fn unreachable(url: &str, error: reqwest::Error) -> Error {
    Error::unavailable("download.unreachable").arg("url", url).source(error)
}

impl Downloads {
    /// # Errors
    /// `Kind::Internal` when TLS cannot be set up.
    pub fn new() -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("madang/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::limited(5))
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(60))
            .no_proxy()
            .build()
            .map_err(Error::internal)?;
        Ok(Self { client })
    }

    /// Begins a download; none when there is nothing at this address.
    ///
    /// # Errors
    /// `download.unreachable`; `download.refused` with the status.
    pub async fn get(&self, url: &str) -> Result<Option<Download>> {
        let response = self.client.get(url).send().await.map_err(|error| unreachable(url, error))?;
        match response.status() {
            StatusCode::OK => Ok(Some(Download { response, url: url.to_owned() })),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status => Err(Error::unavailable("download.refused").arg("url", url).arg("status", status.as_u16())),
        }
    }
}

impl Download {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// `download.unreachable` when the connection breaks.
    pub async fn piece(&mut self) -> Result<Option<Bytes>> {
        self.response.chunk().await.map_err(|error| unreachable(&self.url, error))
    }

    /// All of it as text, at most so many bytes.
    ///
    /// # Errors
    /// `download.large`, `download.text`; as [`Download::piece`].
    pub async fn text(mut self, most: usize) -> Result<String> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.piece().await? {
            if bytes.len() + piece.len() > most {
                return Err(Error::invalid("download.large").arg("url", &self.url).arg("most", most));
            }
            bytes.extend_from_slice(&piece);
        }
        String::from_utf8(bytes).map_err(|error| Error::invalid("download.text").arg("url", &self.url).source(error))
    }
}
