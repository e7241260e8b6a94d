//! Where an export comes from: this site's database, or another site over HTTP.

use madang_adapters::download::Downloads;
use madang_base::{Error, Result};
use madang_flows::export::manifest::{MAX_MANIFEST, Manifest, claims_file, leaves_file, openings_file, service_file};
use madang_flows::export::{Page, Source};

/// A site that gives its log away.
pub(crate) enum Remote {
    Here(Box<Source>),
    There { downloads: Downloads, base: String },
}

/// A checkpoint is small.
const MAX_CHECKPOINT: usize = 1 << 20;
/// The largest definition, generously.
const MAX_SERVICE: usize = 4 << 20;

impl Remote {
    /// The site at an address.
    ///
    /// # Errors
    /// `Kind::Internal` when TLS cannot be set up.
    pub(crate) fn there(url: &str) -> Result<Self> {
        let base = url.trim_end_matches('/').trim_end_matches("/log/export").to_owned();
        Ok(Self::There { downloads: Downloads::new()?, base })
    }

    async fn text(&self, name: &str, most: usize) -> Result<Option<String>> {
        let Self::There { downloads, base } = self else { return Ok(None) };
        match downloads.get(&format!("{base}/log/export/{name}")).await? {
            Some(download) => Ok(Some(download.text(most).await?)),
            None => Ok(None),
        }
    }

    pub(crate) async fn manifest(&self, size: Option<u64>) -> Result<Manifest> {
        if let Self::Here(source) = self {
            return source.manifest(size).await;
        }
        let query = size.map_or_else(String::new, |size| format!("?size={size}"));
        let text = self.text(&format!("manifest.json{query}"), MAX_MANIFEST).await?;
        Manifest::read(&text.ok_or_else(|| Error::not_found("export.none"))?)
    }

    /// The newest signed checkpoint, a note; none before the first.
    pub(crate) async fn checkpoint(&self) -> Result<Option<String>> {
        match self {
            Self::Here(source) => Ok(source.checkpoint().await?.map(|published| published.note)),
            Self::There { .. } => self.text("checkpoint", MAX_CHECKPOINT).await,
        }
    }

    pub(crate) async fn service(&self, digest: &str) -> Result<Option<String>> {
        match self {
            Self::Here(source) => source.service(digest).await.map(Some),
            Self::There { .. } => self.text(&service_file(digest), MAX_SERVICE).await,
        }
    }

    /// The leaves of a month from index `from` until before `to`.
    pub(crate) fn leaves(&self, month: &str, from: u64, to: u64) -> Pieces<'_> {
        Pieces::new(self, What::Leaves { from, to }, format!("{}?from={from}&to={to}", leaves_file(month)))
    }

    pub(crate) fn claims(&self, name: &str, month: &str) -> Pieces<'_> {
        let what = What::Claims { name: name.to_owned(), month: month.to_owned(), cursor: String::new() };
        Pieces::new(self, what, claims_file(name, month))
    }

    pub(crate) fn openings(&self, month: &str, from: u64, to: u64) -> Pieces<'_> {
        Pieces::new(self, What::Openings { from, to }, format!("{}?from={from}&to={to}", openings_file(month)))
    }
}

enum What {
    Leaves { from: u64, to: u64 },
    Claims { name: String, month: String, cursor: String },
    Openings { from: u64, to: u64 },
    Nothing,
}

/// A file, piece by piece.
pub(crate) struct Pieces<'a> {
    remote: &'a Remote,
    what: What,
    address: String,
    download: Option<madang_adapters::download::Download>,
}

impl<'a> Pieces<'a> {
    fn new(remote: &'a Remote, what: What, address: String) -> Self {
        Self { remote, what, address, download: None }
    }

    /// The next piece; none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        match self.remote {
            Remote::Here(source) => self.page(source).await,
            Remote::There { downloads, base } => {
                if self.download.is_none() {
                    let url = format!("{base}/log/export/{}", self.address);
                    let download = downloads.get(&url).await?;
                    self.download = Some(download.ok_or_else(|| Error::not_found("export.missing").arg("url", url))?);
                }
                match &mut self.download {
                    Some(download) => Ok(download.piece().await?.map(|piece| piece.to_vec())),
                    None => Ok(None),
                }
            }
        }
    }

    async fn page(&mut self, source: &Source) -> Result<Option<Vec<u8>>> {
        let page = match &self.what {
            What::Nothing => return Ok(None),
            What::Leaves { from, to } if from >= to => Page::default(),
            What::Openings { from, to } if from >= to => Page::default(),
            What::Leaves { from, to } => source.leaves(*from, *to).await?,
            What::Openings { from, to } => source.openings(*from, *to).await?,
            What::Claims { name, month, cursor } => source.claims(name, month, cursor).await?,
        };
        let index = |next: &str| next.parse().map_err(Error::internal);
        self.what = match (std::mem::replace(&mut self.what, What::Nothing), page.next) {
            (What::Leaves { to, .. }, Some(next)) => What::Leaves { from: index(&next)?, to },
            (What::Openings { to, .. }, Some(next)) => What::Openings { from: index(&next)?, to },
            (What::Claims { name, month, .. }, Some(cursor)) => What::Claims { name, month, cursor },
            _ => What::Nothing,
        };
        Ok(Some(page.bytes))
    }
}
