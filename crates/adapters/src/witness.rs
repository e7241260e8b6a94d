//! The ports between logs and witnesses made real: a witness reads logs, a site asks witnesses to cosign.
//!
//! All of it goes to other people's machines: an answer has a limit of time and of size, and no redirect is followed.

use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use madang_base::{Error, Id, Result, SharedClock, SharedRng};
use madang_kernel::BoxFuture;
use madang_kernel::log::cosign::{Reply, WitnessCaller};
use madang_kernel::mail::{Mailer, Outgoing};
use madang_kernel::webhook;
use madang_witness::ports::{Fetch, FetchError, Message, Notify};
use reqwest::{Client, Response};
use tokio::time::timeout;
use url::{Host, Url};

use crate::webhook::{HttpCaller, client, public};

/// For one file of a log.
const FETCH: Duration = Duration::from_secs(20);

/// A client for logs and witnesses.
#[derive(Clone)]
pub struct WitnessClient {
    client: Client,
    inside: bool,
}

impl fmt::Debug for WitnessClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WitnessClient").field("inside", &self.inside).finish_non_exhaustive()
    }
}

impl WitnessClient {
    /// `inside` allows plain HTTP and addresses of the own network: for demonstrations and tests, and for a witness,
    /// whose operator names the logs himself.
    ///
    /// # Errors
    /// `Kind::Internal` when TLS cannot be set up.
    pub fn new(inside: bool) -> Result<Self> {
        Ok(Self { client: client(inside, FETCH)?, inside })
    }

    fn allowed(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else { return false };
        let outside = match url.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(ip)) => public(ip.into()),
            Some(Host::Ipv6(ip)) => public(ip.into()),
            None => false,
        };
        let scheme = url.scheme() == "https" || self.inside && url.scheme() == "http";
        scheme && (outside || self.inside)
    }

    async fn reply(&self, request: reqwest::RequestBuilder, url: &str, most: usize, limit: Duration) -> Result<Reply> {
        if !self.allowed(url) {
            return Err(Error::invalid("witness.url"));
        }
        let work = async {
            let unreachable = |error: reqwest::Error| Error::unavailable("witness.unreachable").source(error);
            let answer = request.send().await.map_err(unreachable)?;
            let status = answer.status().as_u16();
            match body(answer, most).await {
                Ok(Some(body)) => Ok(Reply { status, body }),
                Ok(None) => Err(Error::unavailable("witness.answer-large")),
                Err(error) => Err(unreachable(error)),
            }
        };
        timeout(limit, work).await.map_err(|_| Error::unavailable("witness.slow"))?
    }
}

/// The body, or nothing when it is longer than `most`; it is not read further then.
async fn body(mut answer: Response, most: usize) -> std::result::Result<Option<Vec<u8>>, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

impl WitnessCaller for WitnessClient {
    fn post<'a>(&'a self, url: &'a str, body: String, most: usize, limit: Duration) -> BoxFuture<'a, Result<Reply>> {
        let request = self.client.post(url).header("content-type", "text/plain; charset=utf-8").body(body);
        Box::pin(self.reply(request, url, most, limit))
    }

    fn get<'a>(&'a self, url: &'a str, most: usize, limit: Duration) -> BoxFuture<'a, Result<Reply>> {
        Box::pin(self.reply(self.client.get(url), url, most, limit))
    }
}

impl Fetch for WitnessClient {
    fn get<'a>(&'a self, url: &'a str, most: usize) -> BoxFuture<'a, std::result::Result<Option<Vec<u8>>, FetchError>> {
        Box::pin(async move {
            let unreachable = |error: reqwest::Error| FetchError::Unreachable(cause(&error));
            if !self.allowed(url) {
                return Err(FetchError::Unreachable("the address may not be called".to_owned()));
            }
            let answer = self.client.get(url).send().await.map_err(unreachable)?;
            match answer.status().as_u16() {
                200 => match body(answer, most).await {
                    Ok(Some(bytes)) => Ok(Some(bytes)),
                    Ok(None) => Err(FetchError::TooLarge),
                    Err(error) => Err(unreachable(error)),
                },
                404 | 410 => Ok(None),
                status => Err(FetchError::Unreachable(format!("status {status}"))),
            }
        })
    }
}

/// The innermost reason; the outer ones only repeat the address.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

/// Takes a witness's alarms out: mail by a mailer, calls as Standard Webhooks.
pub struct WitnessNotifier {
    mailer: Option<Arc<dyn Mailer>>,
    caller: HttpCaller,
    secret: Vec<u8>,
    clock: SharedClock,
    rng: SharedRng,
}

impl fmt::Debug for WitnessNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WitnessNotifier").field("mail", &self.mailer.is_some()).finish_non_exhaustive()
    }
}

impl WitnessNotifier {
    /// `secret`: the bytes of the webhook's secret.
    ///
    /// # Errors
    /// `Kind::Internal` when TLS cannot be set up.
    pub fn new(mailer: Option<Arc<dyn Mailer>>, secret: Vec<u8>, clock: SharedClock, rng: SharedRng) -> Result<Self> {
        // The operator of a witness writes the address himself; it may well be on his own network.
        Ok(Self { mailer, caller: HttpCaller::new(true)?, secret, clock, rng })
    }

    async fn deliver(&self, message: &Message) -> std::result::Result<(), String> {
        let now = self.clock.now();
        match message {
            Message::Mail { to, subject, text, .. } => {
                let mailer = self.mailer.as_ref().ok_or("no mail server is configured")?;
                let mail = Outgoing {
                    id: Id::new(now, self.rng.as_ref()),
                    to: to.clone(),
                    subject: subject.clone(),
                    text: text.clone(),
                    html: None,
                    headers: Vec::new(),
                    at: now,
                };
                mailer.send(&mail).await.map(drop).map_err(|error| told(&error))
            }
            Message::Webhook { id, url, body } => {
                let seconds = now.micros().div_euclid(1_000_000);
                let call = webhook::Call {
                    url: url.clone(),
                    headers: vec![
                        ("content-type", "application/json".to_owned()),
                        ("webhook-id", id.clone()),
                        ("webhook-timestamp", seconds.to_string()),
                        ("webhook-signature", webhook::sign(&self.secret, id, seconds, body)),
                    ],
                    body: body.clone(),
                };
                match webhook::Caller::call(&self.caller, &call).await {
                    Ok(200..=299) => Ok(()),
                    Ok(status) => Err(format!("status {status}")),
                    Err(error) => Err(told(&error)),
                }
            }
        }
    }
}

fn told(error: &Error) -> String {
    error.source().map_or_else(|| error.code().to_owned(), |source| format!("{}: {source}", error.code()))
}

impl Notify for WitnessNotifier {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, std::result::Result<(), String>> {
        Box::pin(self.deliver(message))
    }
}

#[cfg(test)]
mod tests;
