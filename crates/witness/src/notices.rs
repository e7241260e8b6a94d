//! Messages on their way out: each a file until it is taken, tried again with growing pauses.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use madang_base::{Locale, Time};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{Notify as Wake, watch};

use crate::alarm::Notice;
use crate::config::Config;
use crate::durable::Disk;
use crate::error::{Fault, Result};
use crate::ports::{Message, Ports, stopped};

/// Seconds before the second attempt; doubled after each.
const FIRST_PAUSE: i64 = 10;
const LONGEST_PAUSE: i64 = 3600;
/// Days until a message is given up.
const PATIENCE: i64 = 7;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Waiting {
    message: Message,
    made_at: Time,
    next_at: Time,
    attempts: u32,
}

impl Waiting {
    fn id(&self) -> &str {
        match &self.message {
            Message::Mail { id, .. } | Message::Webhook { id, .. } => id,
        }
    }
}

/// What waits.
#[derive(Debug)]
pub(crate) struct Outbox {
    folder: PathBuf,
    disk: Disk,
    waiting: Mutex<Vec<Waiting>>,
    wake: Wake,
}

impl Outbox {
    pub(crate) fn open(folder: PathBuf, disk: Disk) -> Result<Self> {
        let fault =
            |error: std::io::Error| Fault::new("the folder of messages cannot be read", folder.display()).why(error);
        disk.folder(&folder).map_err(fault)?;
        let mut waiting = Vec::new();
        for entry in fs::read_dir(&folder).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(fault)?;
            match serde_json::from_str::<Waiting>(&text) {
                Ok(message) => waiting.push(message),
                Err(error) => tracing::warn!(%error, path = %path.display(), "a waiting message is broken"),
            }
        }
        waiting.sort_by_key(|message: &Waiting| message.made_at);
        Ok(Self { folder, disk, waiting: Mutex::new(waiting), wake: Wake::new() })
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    /// Writes the messages of a notice to everybody who is to be told.
    pub(crate) fn tell(&self, config: &Config, ports: &Ports, notice: &Notice) {
        let now = ports.clock.now();
        for message in messages(config, ports, notice) {
            let waiting = Waiting { message, made_at: now, next_at: now, attempts: 0 };
            self.keep(&waiting);
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
        }
        self.wake.notify_one();
    }

    fn keep(&self, waiting: &Waiting) {
        let written = serde_json::to_vec_pretty(waiting).map_err(std::io::Error::other);
        if let Err(error) = written.and_then(|bytes| self.disk.write(&self.path(waiting.id()), &bytes)) {
            tracing::error!(%error, "a message could not be written down; it is sent from memory");
        }
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Sends what is due, once. Returns when the next one is.
    pub(crate) async fn turn(&self, ports: &Ports) -> Option<Time> {
        let now = ports.clock.now();
        let due: Vec<Waiting> = {
            let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.iter().filter(|message| message.next_at <= now).cloned().collect()
        };
        for mut one in due {
            let sent = ports.notify.send(&one.message).await;
            let now = ports.clock.now();
            one.attempts += 1;
            let over = match &sent {
                Ok(()) => true,
                Err(why) => {
                    let given_up = now > one.made_at.plus_days(PATIENCE);
                    tracing::warn!(why, attempts = one.attempts, given_up, "an alarm could not be told");
                    given_up
                }
            };
            if over {
                if let Err(error) = self.disk.remove(&self.path(one.id())) {
                    tracing::warn!(%error, "a message that was sent could not be removed; it will be sent again");
                }
                self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|other| other.id() != one.id());
            } else {
                let doubled = FIRST_PAUSE.saturating_mul(1 << (one.attempts - 1).min(20));
                one.next_at = now.plus_seconds(doubled.min(LONGEST_PAUSE));
                self.keep(&one);
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(place) = waiting.iter_mut().find(|other| other.id() == one.id()) {
                    *place = one;
                }
            }
        }
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.iter().map(|message| message.next_at).min()
    }

    /// Sends until told to stop.
    pub(crate) async fn run(&self, ports: &Ports, mut stop: watch::Receiver<bool>) {
        loop {
            let next = self.turn(ports).await;
            let pause = next.map_or(Duration::from_secs(3600), |next| {
                let micros = next.micros().saturating_sub(ports.clock.now().micros()).max(100_000);
                Duration::from_micros(micros.unsigned_abs()).min(Duration::from_secs(3600))
            });
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.wake.notified() => {}
                () = stopped(&mut stop) => return,
            }
        }
    }
}

fn messages(config: &Config, ports: &Ports, notice: &Notice) -> Vec<Message> {
    let event = if notice.ended { "ended" } else { "raised" };
    let base = format!("{}-{event}", notice.alarm.id);
    let mut messages = Vec::new();
    for (at, to) in config.alarms.mail.iter().enumerate() {
        let (subject, text) = words(config, ports, notice);
        messages.push(Message::Mail { id: format!("{base}-mail{at}"), to: to.clone(), subject, text });
    }
    if let Some(webhook) = &config.alarms.webhook {
        let alarm = &notice.alarm;
        let body = json!({
            "type": format!("witness.alarm.{event}"),
            "timestamp": alarm.ended_at.unwrap_or(alarm.raised_at).rfc3339(),
            "data": {
                "id": alarm.id, "log": alarm.log, "origin": notice.origin, "kind": alarm.kind.code(),
                "raised_at": alarm.raised_at.rfc3339(), "ended_at": alarm.ended_at.map(Time::rfc3339),
                "detail": alarm.detail, "evidence": alarm.evidence, "page": notice.page,
            },
        });
        messages.push(Message::Webhook {
            id: format!("{base}-hook"),
            url: webhook.url.clone(),
            body: body.to_string(),
        });
    }
    messages
}

/// The mail in all languages of the configuration, one below the other; the subject in the first.
fn words(config: &Config, ports: &Ports, notice: &Notice) -> (String, String) {
    let mut texts = Vec::new();
    let mut subject = String::new();
    for locale in config.languages.iter().copied().chain(config.languages.is_empty().then_some(Locale::En)) {
        let (title, text) = ports.words.mail(notice, locale);
        if subject.is_empty() {
            subject = title;
        }
        texts.push(text);
    }
    (subject, texts.join("\n\n---\n\n"))
}
