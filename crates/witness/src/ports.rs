//! What a witness needs from outside: reading a log, telling people, words, time, randomness.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use madang_base::{Locale, SharedClock, SharedRng};

use tokio::sync::watch;

use crate::alarm::Notice;
use crate::durable::Disk;

/// A future on the heap, for ports that are used as trait objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why nothing was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No connection, no answer in time, an answer that broke off, or a status that is neither 200 nor 404 or 410.
    Unreachable(String),
    /// More bytes than asked for at most.
    TooLarge,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(why) => f.write_str(why),
            Self::TooLarge => f.write_str("the answer is larger than it may be"),
        }
    }
}

/// Reads from a log. Waits a limited time, follows no redirects.
pub trait Fetch: Send + Sync {
    /// The body, or nothing when there is no such thing (404, 410). `most` in bytes.
    fn get<'a>(&'a self, url: &'a str, most: usize) -> BoxFuture<'a, std::result::Result<Option<Vec<u8>>, FetchError>>;
}

/// One message to one receiver.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Message {
    /// `id`: the same at every attempt.
    Mail { id: String, to: String, subject: String, text: String },
    /// A Standard Webhook. `secret`: the bytes' base64 without `whsec_` is in the configuration, never in a message.
    Webhook { id: String, url: String, body: String },
}

/// Takes messages out of the house.
pub trait Notify: Send + Sync {
    /// An error is tried again later.
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, std::result::Result<(), String>>;
}

/// Puts an alarm into words.
pub trait Words: Send + Sync {
    /// Subject and text of a mail.
    fn mail(&self, notice: &Notice, locale: Locale) -> (String, String);
}

/// All ports.
#[derive(Clone)]
pub struct Ports {
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub fetch: Arc<dyn Fetch>,
    pub notify: Arc<dyn Notify>,
    pub words: Arc<dyn Words>,
    pub disk: Disk,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// Returns when `stop` is true, or whoever could say so is gone.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
