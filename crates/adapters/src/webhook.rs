//! The kernel's port [`Caller`] made real: posts to receivers outside, and to nothing inside.
//!
//! A webhook's address is a stranger's wish. It must not reach what only this machine and its neighbours can: addresses
//! that are not of the public internet are refused, also when a public name leads to them, at the moment of the call.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use madang_base::{Error, Result};
use madang_kernel::BoxFuture;
use madang_kernel::webhook::{Call, Caller};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, redirect};
use url::{Host, Url};

/// Posts over HTTPS, waits at most 10 seconds, follows no redirects.
#[derive(Clone)]
pub struct HttpCaller {
    client: Client,
    inside: bool,
}

impl HttpCaller {
    /// `inside` allows plain HTTP and addresses of the own network: for demonstrations and tests.
    ///
    /// # Errors
    /// `Kind::Internal` when TLS cannot be set up.
    pub fn new(inside: bool) -> Result<Self> {
        Ok(Self { client: client(inside, Duration::from_secs(10))?, inside })
    }
}

/// A client for strangers' machines: no redirects, no proxy, an end to patience; unless `inside`, HTTPS and addresses of
/// the public internet alone.
///
/// # Errors
/// `Kind::Internal` when TLS cannot be set up.
pub(crate) fn client(inside: bool, limit: Duration) -> Result<Client> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(concat!("madang/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(limit)
        .no_proxy();
    if !inside {
        builder = builder.https_only(true).dns_resolver(Arc::new(PublicOnly));
    }
    builder.build().map_err(Error::internal)
}

impl fmt::Debug for HttpCaller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpCaller").field("inside", &self.inside).finish_non_exhaustive()
    }
}

fn refused() -> Error {
    Error::invalid("webhook.url").field("url", "webhook.url")
}

impl Caller for HttpCaller {
    fn check(&self, url: &str) -> Result<()> {
        let url = Url::parse(url).map_err(|_| refused())?;
        let scheme = url.scheme() == "https" || self.inside && url.scheme() == "http";
        let host = match url.host() {
            Some(Host::Domain(name)) => self.inside || name.contains('.') && !name.ends_with(".local"),
            Some(Host::Ipv4(ip)) => self.inside || public(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => self.inside || public(IpAddr::V6(ip)),
            None => false,
        };
        let plain = url.username().is_empty() && url.password().is_none();
        if scheme && host && plain { Ok(()) } else { Err(refused()) }
    }

    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<u16>> {
        Box::pin(async move {
            self.check(&call.url)?;
            let mut request = self.client.post(&call.url).body(call.body.clone());
            for (name, value) in &call.headers {
                request = request.header(*name, value);
            }
            let answer = request.send().await.map_err(|e| Error::unavailable("webhook.unreachable").source(e))?;
            Ok(answer.status().as_u16())
        })
    }
}

/// Looks names up and gives the public addresses among them.
pub(crate) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| public(address.ip())).collect();
            if public.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public internet (IANA special-purpose address registries).
pub(crate) fn public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let benchmark = a == 198 && (18..20).contains(&b);
            let protocol = a == 192 && b == 0 && c == 0;
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_multicast()
                || ip.is_broadcast()
                || ip.is_documentation()
                || shared
                || benchmark
                || protocol
                || a == 0
                || a >= 240)
        }
        IpAddr::V6(ip) => {
            if let Some(inner) = ip.to_ipv4_mapped() {
                return public(IpAddr::V4(inner));
            }
            // Global unicast is 2000::/3; of it, documentation, 6to4 and Teredo lead elsewhere.
            let [first, second, ..] = ip.segments();
            let global = first & 0xe000 == 0x2000;
            let elsewhere = first == 0x2002 || first == 0x2001 && (second == 0 || second == 0x0db8);
            global && !elsewhere
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[test]
    fn only_public_https_addresses_are_called() {
        let caller = HttpCaller::new(false).unwrap();
        for good in ["https://hooks.example.org/a?b=c", "https://203.1.2.3/x", "https://[2a00::1]/"] {
            assert!(caller.check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "x",
            "http://hooks.example.org/",
            "ftp://hooks.example.org/",
            "https://localhost/",
            "https://printer.local/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://10.1.2.3/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://user:word@hooks.example.org/",
        ] {
            assert_eq!(caller.check(bad).unwrap_err().code(), "webhook.url", "{bad}");
        }
    }

    #[tokio::test]
    async fn a_receiver_gets_the_body_and_the_headers() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let receiver = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (mut got, mut part) = (Vec::new(), [0; 1024]);
            while !got.ends_with(b"{\"a\":1}") {
                let n = stream.read(&mut part).await.unwrap();
                got.extend_from_slice(&part[..n]);
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            String::from_utf8(got).unwrap()
        });
        let call = Call {
            url: format!("http://{address}/hook"),
            headers: vec![("webhook-id", "d-1".into())],
            body: "{\"a\":1}".into(),
        };
        assert_eq!(HttpCaller::new(true).unwrap().call(&call).await.unwrap(), 204);
        let got = receiver.await.unwrap();
        assert!(got.starts_with("POST /hook HTTP/1.1\r\n") && got.contains("webhook-id: d-1\r\n"), "{got}");
        let refused = HttpCaller::new(false).unwrap().call(&call).await.unwrap_err();
        assert_eq!(refused.code(), "webhook.url");
    }
}
