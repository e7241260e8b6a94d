//! The configuration file of a witness (`witness.toml`), read and checked; and the one that `init` writes.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use madang_base::{Locale, LocalizedText};
use madang_tlog::note::{Algorithm, VerifierKey};
use serde::Deserialize;

use crate::error::{Fault, Result};

/// What a witness is told. Nothing in it is wrong any more.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the witness is called on its page.
    pub title: LocalizedText,
    /// Who runs it, and how to reach them; both are shown.
    pub operator: LocalizedText,
    pub contact: String,
    /// The key file, as `PRIVATE+KEY+…`.
    pub key: PathBuf,
    pub listen: String,
    /// Where people find it, without a slash at the end; used in mails.
    pub base_url: Option<String>,
    /// The languages of mails, the first one first.
    pub languages: Vec<Locale>,
    pub logs: Vec<LogConfig>,
    pub alarms: Alarms,
    pub mail: Option<Mail>,
}

/// One log to follow.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// Short name in addresses and on the command line: lower-case letters, digits, hyphens.
    pub name: String,
    pub origin: String,
    pub keys: Vec<VerifierKey>,
    /// Where `/checkpoint` and `/tile/` are, without a slash at the end.
    pub url: String,
    /// Whether all entries are read and hashed again.
    pub audit: bool,
    pub period: Duration,
    /// Hours without a new checkpoint after which that is an alarm; never by default, since a quiet log is no fault.
    pub stall: Option<Duration>,
    /// How long a log may be away before that is an alarm.
    pub unreachable: Duration,
}

/// Whom to tell.
#[derive(Clone, Debug, Default)]
pub struct Alarms {
    pub mail: Vec<String>,
    pub webhook: Option<Webhook>,
}

/// A receiver of Standard Webhooks.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    pub url: String,
    pub secret: Vec<u8>,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The SMTP server; the names are those of a site's `mail.*`.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    pub from: String,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<(String, String)>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("from", &self.from).field("host", &self.host).finish_non_exhaustive()
    }
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    #[default]
    StartTls,
    Tls,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    title_ko: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    operator_ko: String,
    #[serde(default)]
    operator_en: String,
    #[serde(default)]
    contact: String,
    key: PathBuf,
    #[serde(default)]
    listen: Option<String>,
    #[serde(default)]
    base_url: Option<String>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default, rename = "log")]
    logs: Vec<LogFile>,
    #[serde(default)]
    alarms: AlarmsFile,
    #[serde(default)]
    mail: Option<MailFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogFile {
    #[serde(default)]
    name: Option<String>,
    origin: String,
    keys: Vec<String>,
    url: String,
    #[serde(default)]
    audit: bool,
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    stall: Option<String>,
    #[serde(default)]
    unreachable: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AlarmsFile {
    #[serde(default)]
    mail: Vec<String>,
    #[serde(default)]
    webhook: Option<WebhookFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhookFile {
    url: String,
    #[serde(default)]
    secret: Option<String>,
    #[serde(default)]
    secret_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailFile {
    from: String,
    host: String,
    #[serde(default)]
    port: Option<u16>,
    #[serde(default)]
    security: Security,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    password_file: Option<PathBuf>,
}

/// Seconds between two looks at a log when nobody says.
const PERIOD: Duration = Duration::from_secs(10);
const UNREACHABLE: Duration = Duration::from_secs(300);
const LISTEN: &str = "127.0.0.1:8090";

impl Config {
    /// Reads the file; paths in it are relative to its folder.
    ///
    /// # Errors
    /// What is wrong, where, and what to write instead.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|error| {
            Fault::new("the witness's configuration cannot be read", path.display())
                .why(error)
                .advice("`madang witness init DIR` writes one")
        })?;
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        Self::parse(&text, folder).map_err(|mut fault| {
            fault.place = format!("{}: {}", path.display(), fault.place);
            fault
        })
    }

    /// As [`Config::read`], of a text.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, folder: &Path) -> Result<Self> {
        let file: File = toml::from_str(text)
            .map_err(|error| Fault::new("the witness's configuration is not in order", "").why(error))?;
        let secret = |inline: Option<String>, file: Option<PathBuf>, place: &str| match (inline, file) {
            (Some(_), Some(_)) => Err(wrong(place, "the secret itself or its file, not both")),
            (Some(text), None) => Ok(Some(text)),
            (None, Some(path)) => fs::read_to_string(folder.join(&path))
                .map(|text| Some(text.trim().to_owned()))
                .map_err(|error| wrong(place, "a file that can be read").why(error)),
            (None, None) => Ok(None),
        };
        let mut languages = Vec::new();
        for tag in &file.languages {
            let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
            languages.push(locale.ok_or_else(|| wrong("languages", "\"ko\" or \"en\""))?);
        }
        if languages.is_empty() {
            languages = Locale::ALL.to_vec();
        }
        let webhook = match file.alarms.webhook {
            None => None,
            Some(hook) => {
                let text = secret(hook.secret, hook.secret_file, "alarms.webhook.secret")?
                    .ok_or_else(|| wrong("alarms.webhook", "also secret or secret_file"))?;
                let secret = secret_bytes(&text)
                    .ok_or_else(|| wrong("alarms.webhook.secret", "whsec_ and the base64 of 24 to 64 bytes"))?;
                Some(Webhook { url: address(&hook.url, "alarms.webhook.url")?, secret })
            }
        };
        let mail = match file.mail {
            None => None,
            Some(mail) => {
                let password = secret(mail.password, mail.password_file, "mail.password")?;
                let login = match (mail.user, password) {
                    (Some(user), Some(password)) => Some((user, password)),
                    (None, None) => None,
                    _ => return Err(wrong("mail", "user and password, or neither")),
                };
                let port = mail.port.unwrap_or(match mail.security {
                    Security::StartTls => 587,
                    Security::Tls => 465,
                    Security::None => 25,
                });
                Some(Mail { from: mail.from, host: mail.host, port, security: mail.security, login })
            }
        };
        if !file.alarms.mail.is_empty() && mail.is_none() {
            return Err(wrong("alarms.mail", "also the table [mail] with from and host"));
        }
        if let Some(bad) = file.alarms.mail.iter().find(|to| !to.contains('@') || to.contains(char::is_whitespace)) {
            return Err(wrong("alarms.mail", "addresses such as people@example.org").why(bad));
        }
        let logs = file.logs.into_iter().map(log).collect::<Result<Vec<_>>>()?;
        let mut names = BTreeSet::new();
        for log in &logs {
            if !names.insert(log.name.as_str()) {
                return Err(wrong("log.name", "a name for each log that no other has").why(&log.name));
            }
        }
        let origins: BTreeSet<_> = logs.iter().map(|log| log.origin.as_str()).collect();
        if origins.len() != logs.len() {
            return Err(wrong("log.origin", "each log once"));
        }
        let base_url = file.base_url.map(|url| address(&url, "base_url")).transpose()?;
        Ok(Self {
            title: both(file.title_ko, file.title_en),
            operator: both(file.operator_ko, file.operator_en),
            contact: file.contact,
            key: folder.join(file.key),
            listen: file.listen.unwrap_or_else(|| LISTEN.to_owned()),
            base_url,
            languages,
            logs,
            alarms: Alarms { mail: file.alarms.mail, webhook },
            mail,
        })
    }
}

fn wrong(place: &str, should: &str) -> Fault {
    Fault::new("the witness's configuration is not in order", place).advice(format!("write {should}"))
}

/// A language that nobody wrote has the other's text.
fn both(ko: String, en: String) -> LocalizedText {
    match (ko.is_empty(), en.is_empty()) {
        (true, _) => LocalizedText::new(&en, &en),
        (_, true) => LocalizedText::new(&ko, &ko),
        _ => LocalizedText::new(&ko, &en),
    }
}

fn address(url: &str, place: &str) -> Result<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(['?', '#', ' ', '@']) => {
            Ok(url.trim_end_matches('/').to_owned())
        }
        _ => Err(wrong(place, "an address such as https://log.example.org/log, without ? and #").why(url)),
    }
}

fn secret_bytes(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text.strip_prefix("whsec_")?).ok()?;
    (24..=64).contains(&bytes.len()).then_some(bytes)
}

/// `500ms`, `30s`, `5m`, `2h`, `3d`.
fn span(text: &str, place: &str) -> Result<Duration> {
    let fault = || wrong(place, "a time such as 30s, 5m, 12h or 3d").why(text);
    let digits = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(fault)?;
    let number: u64 = text[..digits].parse().map_err(|_| fault())?;
    let span = match &text[digits..] {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        "h" => number.checked_mul(3600).map(Duration::from_secs),
        "d" => number.checked_mul(86_400).map(Duration::from_secs),
        _ => None,
    };
    span.filter(|span| *span >= Duration::from_millis(100) && *span <= Duration::from_secs(366 * 86_400))
        .ok_or_else(fault)
}

fn log(file: LogFile) -> Result<LogConfig> {
    if file.origin.is_empty() || file.origin.contains('\n') {
        return Err(wrong("log.origin", "the first line of the log's checkpoints"));
    }
    let mut keys = Vec::new();
    for text in &file.keys {
        let key: VerifierKey =
            text.parse().map_err(|error| wrong("log.keys", "the log's verifier key, as name+hex+base64").why(error))?;
        if key.algorithm() != Algorithm::Ed25519 {
            return Err(wrong("log.keys", "a key that signs checkpoints (Ed25519), not one that cosigns").why(text));
        }
        keys.push(key);
    }
    if keys.is_empty() {
        return Err(wrong("log.keys", "at least one verifier key of the log").why(&file.origin));
    }
    let name = file.name.unwrap_or_else(|| slug(&file.origin));
    let fits = |name: &str| {
        (1..=60).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !fits(&name) {
        return Err(wrong("log.name", "lower-case letters, digits and hyphens, at most 60").why(&name));
    }
    let time = |text: Option<String>, place: &str| text.map(|text| span(&text, place)).transpose();
    Ok(LogConfig {
        name,
        origin: file.origin,
        keys,
        url: address(&file.url, "log.url")?,
        audit: file.audit,
        period: time(file.period, "log.period")?.unwrap_or(PERIOD),
        stall: time(file.stall, "log.stall")?,
        unreachable: time(file.unreachable, "log.unreachable")?.unwrap_or(UNREACHABLE),
    })
}

/// `madang.example/log` → `madang-example-log`.
pub(crate) fn slug(origin: &str) -> String {
    let mut out = String::new();
    for c in origin.chars() {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() == 40 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "log".to_owned() } else { out.to_owned() }
}

/// The configuration that `madang witness init` writes.
#[must_use]
pub fn example() -> String {
    EXAMPLE.to_owned()
}

const EXAMPLE: &str = r#"# Configuration of a witness of transparency logs (`madang witness`).
# docs/witness.md tells what a witness does and how it is run. Paths are relative to this file.

# What the witness and those who run it are called on its public page. A language that is left out has the other's text.
title_ko = "시민 증인"
title_en = "A citizens' witness"
operator_ko = "운영하는 단체의 이름"
operator_en = "Name of the group that runs it"
# How people reach you; shown on the page.
contact = "witness@example.org"

# The key that cosigns. Keep a copy elsewhere, and let nobody else have it.
key = "witness.key"

# Where its page and the protocol are served; put a proxy with TLS before it.
listen = "127.0.0.1:8090"
# The address under which the public finds it; mails name it.
# base_url = "https://witness.example.org"

# Languages of mails.
languages = ["ko", "en"]

# One table for each log. It need not be a Madang's: any log in the C2SP tlog-tiles layout will do.
# [[log]]
# name = "madang"                            # in addresses and on the command line; made of the origin when left out
# origin = "madang.example.org/log"          # first line of the log's checkpoints
# keys = ["madang.example.org/log+xxxxxxxx+…"]   # its verifier keys; more than one after a change of keys
# url = "https://madang.example.org/log"     # /checkpoint and /tile/ are below it
# audit = true                               # read all entries and hash them again: new ones at once, all each day
# period = "10s"                             # between two looks
# stall = "72h"                              # an alarm when there is no new checkpoint for so long; left out: never
# unreachable = "5m"                         # an alarm when the log is away for so long

# Whom to tell when something is wrong.
[alarms]
# mail = ["people@example.org"]

# Calls as Standard Webhooks 1.0 describes them.
# [alarms.webhook]
# url = "https://hooks.example.org/witness"
# secret_file = "webhook.secret"             # whsec_… ; or secret = "whsec_…"

# The mail server; needed for alarms.mail.
# [mail]
# from = "Witness <witness@example.org>"
# host = "smtp.example.org"
# port = 587
# security = "starttls"                      # starttls, tls, none
# user = "witness"
# password_file = "mail.password"
"#;
