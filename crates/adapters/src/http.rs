//! The HTTP client for what the server itself must fetch: the documents and tokens of identity providers.

use std::time::Duration;

use madang_base::{Error, Result};
use reqwest::{Certificate, Client, Proxy, redirect};

/// How the client reaches the world.
#[derive(Clone, Debug, Default)]
pub struct HttpOptions {
    /// `http://proxy.example:3128`; nothing is taken from the environment.
    pub proxy: Option<String>,
    /// Certificates (PEM) to trust beside the system's: agencies have authorities of their own.
    pub trust: Vec<Vec<u8>>,
}

/// A client that follows no redirects (a provider must not send our secrets elsewhere), keeps no cookies and waits at
/// most 15 seconds.
///
/// # Errors
/// `Kind::Invalid`: `http.proxy`, `http.certificate`; `Kind::Internal` when TLS cannot be set up.
pub fn client(options: &HttpOptions) -> Result<Client> {
    // The first provider that is installed stays; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(concat!("madang/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(15))
        .no_proxy();
    if let Some(proxy) = &options.proxy {
        builder = builder.proxy(Proxy::all(proxy).map_err(|e| Error::invalid("http.proxy").source(e))?);
    }
    let wrong = |source: reqwest::Error| Error::invalid("http.certificate").source(source);
    let trust =
        options.trust.iter().map(|pem| Certificate::from_pem(pem)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    if trust.is_empty() {
        return builder.build().map_err(Error::internal);
    }
    // What is in a certificate is only read here.
    builder.tls_certs_merge(trust).build().map_err(wrong)
}
