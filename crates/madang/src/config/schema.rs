//! Every setting: its key, what it holds, what it is when nobody says, what it is for.
//!
//! This table is the only list. The file reader, the environment reader, `config show`, `config example` and the table
//! in `docs/operations.md` follow it; a test compares the last one.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use jiff::civil::Date;
use madang_base::LocalizedText;

/// What a setting holds. A value is checked against it where it is read, so that an error can name the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    /// A path; from a file it is relative to that file's folder, otherwise to the working folder.
    Path,
    /// `127.0.0.1:8080`, `[::]:80`.
    Address,
    Whole {
        least: u64,
        most: u64,
    },
    YesNo,
    /// `500ms`, `30s`, `5m`, `2h`.
    Span,
    /// `512KB`, `25MB`, `1GB` (powers of 1024) or a number of bytes.
    Bytes,
    Choice(&'static [&'static str]),
    /// `http://…` or `https://…` without a path.
    Origin,
    /// A list of IP addresses.
    Addresses,
    /// A list of words without spaces.
    Words,
    /// A list of days with what they are called in Korean and, after a slash, in English:
    /// `2027-05-03 임시공휴일 / Temporary holiday`. No comma in it.
    Holidays,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// Its place in the file: `server.listen` is `listen` below `[server]`.
    pub(crate) path: &'static str,
    pub(crate) shape: Shape,
    /// In the notation of the environment; `None`: it may be missing.
    pub(crate) default: Option<&'static str>,
    /// Never printed. It may also be given as `KEY_file`, the path of a file that holds it.
    pub(crate) secret: bool,
    pub(crate) help: &'static str,
}

impl Key {
    /// The name in the environment: `MADANG_SERVER_LISTEN`.
    pub(crate) fn environment(&self) -> String {
        environment_name(self.path)
    }
}

/// `server.listen` → `MADANG_SERVER_LISTEN`.
pub(crate) fn environment_name(path: &str) -> String {
    format!("MADANG_{}", path.replace(['.', '-'], "_").to_uppercase())
}

const fn key(path: &'static str, shape: Shape, default: Option<&'static str>, help: &'static str) -> Key {
    Key { path, shape, default, secret: false, help }
}

const fn secret(path: &'static str, help: &'static str) -> Key {
    Key { path, shape: Shape::Text, default: None, secret: true, help }
}

const fn whole(least: u64, most: u64) -> Shape {
    Shape::Whole { least, most }
}

/// All settings but those of [`LISTS`], in the order in which they are shown.
pub(crate) const KEYS: &[Key] = &[
    key("data", Shape::Path, Some("madang-data"), "Folder of the database, the files and the keys"),
    key("server.listen", Shape::Address, Some("127.0.0.1:8080"), "Address and port on which pages are served"),
    key(
        "server.metrics_listen",
        Shape::Address,
        None,
        "Another address for /metrics; without it, server.listen has it",
    ),
    key("server.threads", whole(0, 1024), Some("0"), "Threads that serve requests; 0: one for each core"),
    key("server.connections", whole(16, 1_000_000), Some("10000"), "Open connections at once; more wait"),
    key(
        "server.header_timeout",
        Shape::Span,
        Some("60s"),
        "Time a client has to send the head of a request, and a connection may rest",
    ),
    key(
        "server.request_timeout",
        Shape::Span,
        Some("120s"),
        "Time a request may take, its upload included, before it is answered with 503",
    ),
    key("server.grace", Shape::Span, Some("20s"), "Time running requests have to end when the server is told to stop"),
    key(
        "server.trusted_proxies",
        Shape::Addresses,
        Some(""),
        "Addresses whose X-Forwarded-For names the client; empty: nobody is believed",
    ),
    Key {
        path: "database.url",
        shape: Shape::Text,
        default: None,
        secret: true,
        help: "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME; without it, sqlite:DATA/madang.db",
    },
    key("database.pool", whole(1, 512), Some("16"), "Connections to PostgreSQL that write; SQLite has one writer"),
    key("database.readers", whole(0, 512), Some("0"), "Connections that read; 0: by the number of cores"),
    key("database.queue", whole(1, 1_000_000), Some("4096"), "Waiting acts before new ones are refused as unavailable"),
    key("site.name_ko", Shape::Text, Some("마당"), "Name of the site in Korean"),
    key("site.name_en", Shape::Text, Some("Madang"), "Name of the site in English"),
    key("site.government_ko", Shape::Text, Some("대한민국"), "The government whose site this is, in Korean"),
    key("site.government_en", Shape::Text, Some("Republic of Korea"), "The same in English"),
    key(
        "site.official",
        Shape::YesNo,
        Some("false"),
        "The strip on top says that this is an official site of that government",
    ),
    key("site.base_url", Shape::Origin, None, "Address that people type, used in mails, feeds and links"),
    key("site.templates", Shape::Path, None, "Folder whose templates take the place of those shipped"),
    key(
        "site.messages",
        Shape::Path,
        None,
        "Folder whose messages (ko/*.ftl, en/*.ftl) take the place of those shipped",
    ),
    key(
        "services.folder",
        Shape::Path,
        None,
        "Folder of service definitions (*.toml) that are put in at every start, beside those shipped or in their place",
    ),
    key(
        "services.leading",
        Shape::Text,
        None,
        "Short name of the organisation that gets what no rule sends elsewhere; without it, it waits for one",
    ),
    key(
        "calendar.temporary_holidays",
        Shape::Holidays,
        Some(""),
        "Days off decreed since this version, as \"2027-05-03 임시공휴일 / Temporary holiday\"; deadlines move with them",
    ),
    key(
        "keys.folder",
        Shape::Path,
        None,
        "Folder of the file `keys` with the master keys; without it, the data folder",
    ),
    key("blobs.folder", Shape::Path, None, "Folder of uploaded files and of the log's tiles; without it, DATA/blobs"),
    key(
        "blobs.url",
        Shape::Text,
        None,
        "s3://BUCKET or s3://BUCKET/PREFIX keeps them in an object store instead of a folder",
    ),
    key("blobs.endpoint", Shape::Origin, None, "Address of the object store, when it is not Amazon's own"),
    key("blobs.region", Shape::Text, Some("us-east-1"), "Region of the bucket"),
    key("blobs.access_key", Shape::Text, None, "Access key of the object store"),
    secret("blobs.secret_key", "Secret key of the object store"),
    key("blobs.max", Shape::Bytes, Some("20MB"), "Largest file that is accepted"),
    key(
        "ledger.origin",
        Shape::Text,
        None,
        "Name of the public log, for ever: city.example/log; without it, made of site.base_url when the log begins",
    ),
    secret("ledger.key", "Signing key of the public log; without it, the file `log-key` in the folder of the keys"),
    key(
        "ledger.interval",
        Shape::Span,
        Some("500ms"),
        "Longest time between two signed checkpoints while things happen",
    ),
    key("mail.from", Shape::Text, None, "Sender of mails: Madang <madang@city.example>"),
    key("mail.host", Shape::Text, None, "SMTP server; without it, mails wait in the queue and fail in the end"),
    key("mail.port", whole(1, 65535), None, "Port; without it, 587 (starttls), 465 (tls) or 25 (none)"),
    key(
        "mail.security",
        Shape::Choice(&["starttls", "tls", "none"]),
        Some("starttls"),
        "How the connection is protected",
    ),
    key("mail.user", Shape::Text, None, "User name at the SMTP server"),
    secret("mail.password", "Password at the SMTP server"),
    key("limits.body", Shape::Bytes, Some("25MB"), "Largest request"),
    key("jobs.workers", whole(1, 64), Some("2"), "Background jobs at once"),
    key(
        "search.folder",
        Shape::Path,
        None,
        "Folder of the search index; without it, DATA/search. It can always be built anew",
    ),
    key("search.memory", Shape::Bytes, Some("128MB"), "Memory that building the search index may take"),
    key(
        "search.dictionary",
        Shape::Path,
        None,
        "A Korean dictionary made by `madang search dictionary`; without it, words are cut by rules",
    ),
    key("log.format", Shape::Choice(&["text", "json"]), Some("text"), "How log lines are written"),
    key(
        "log.requests",
        Shape::YesNo,
        Some("true"),
        "A line for each request: route, status, time; never an address or a query",
    ),
    key(
        "log.level",
        Shape::Choice(&["error", "warn", "info", "debug", "trace"]),
        Some("info"),
        "Least level that is logged",
    ),
];

/// A list of tables: as many as there are.
#[derive(Debug)]
pub(crate) struct List {
    /// `oidc`: each table stands below `[[oidc]]`. The environment gives its secrets alone, by the table's `name`:
    /// `MADANG_OIDC_NAME_CLIENT_SECRET`.
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) keys: &'static [Key],
}

/// All lists, in the order in which they are shown.
pub(crate) const LISTS: &[List] = &[
    List { name: "oidc", help: "A provider of sign-in by OpenID Connect", keys: OIDC_KEYS },
    List { name: "witness", help: "A witness that cosigns the public log", keys: WITNESS_KEYS },
];

/// The settings of one `[[witness]]` table.
const WITNESS_KEYS: &[Key] = &[
    key("url", Shape::Text, None, "Its address; /add-checkpoint is below it"),
    key("key", Shape::Text, None, "Its verifier key: NAME+HASH+KEY"),
];

/// The settings of one `[[oidc]]` table.
const OIDC_KEYS: &[Key] = &[
    key("name", Shape::Text, None, "Short name in addresses: lower-case letters, digits, hyphens"),
    key("issuer", Shape::Text, None, "Issuer address, as in the provider's discovery document"),
    key("client_id", Shape::Text, None, "Client id given by the provider"),
    secret("client_secret", "Client secret given by the provider"),
    key("label_ko", Shape::Text, None, "Text on the button in Korean"),
    key("label_en", Shape::Text, None, "Text on the button in English"),
    key("assurance", Shape::Choice(&["pseudonymous", "verified"]), Some("pseudonymous"), "What its word is worth"),
    key("scopes", Shape::Words, Some("email,profile"), "What is asked for beside openid"),
    key(
        "claim",
        Shape::Text,
        Some("sub"),
        "The claim that names one person for ever; Korean identity proofing calls it ci",
    ),
    key(
        "space",
        Shape::Text,
        Some(""),
        "Providers that give the same claim for the same person share a space; empty: its own",
    ),
];

/// The setting with this path.
pub(crate) fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// The known name nearest to `name`, when one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.chars().count() / 3))
        .map(|(_, candidate)| candidate)
}

impl Shape {
    /// Whether `text` is such a value; if not, what it should be.
    pub(crate) fn check(self, text: &str) -> Result<(), String> {
        match self {
            Self::Text if text.is_empty() => Err("a text that is not empty".into()),
            Self::Path if text.is_empty() => Err("a path that is not empty".into()),
            Self::Text | Self::Path => Ok(()),
            Self::Address => text
                .parse::<SocketAddr>()
                .map(|_| ())
                .map_err(|_| "an address with a port, such as 127.0.0.1:8080 or [::]:8080".into()),
            Self::Whole { least, most } => match text.parse::<u64>() {
                Ok(number) if (least..=most).contains(&number) => Ok(()),
                _ => Err(format!("a whole number from {least} to {most}")),
            },
            Self::YesNo => {
                if matches!(text, "true" | "false") {
                    Ok(())
                } else {
                    Err("true or false".into())
                }
            }
            Self::Span => parse_span(text).map(|_| ()).ok_or_else(|| "a time such as 500ms, 30s, 5m or 2h".into()),
            Self::Bytes => parse_bytes(text).map(|_| ()).ok_or_else(|| "a size such as 512KB, 25MB or 1GB".into()),
            Self::Choice(words) => {
                if words.contains(&text) {
                    Ok(())
                } else {
                    Err(format!("one of {}", words.join(", ")))
                }
            }
            Self::Origin => {
                let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
                match rest {
                    Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => Ok(()),
                    _ => Err(
                        "an address such as https://madang.city.example, without a path and without a slash at the end"
                            .into(),
                    ),
                }
            }
            Self::Addresses => list(text).try_for_each(|item| {
                item.parse::<IpAddr>().map(|_| ()).map_err(|_| format!("a list of IP addresses: {item:?} is none"))
            }),
            Self::Words => match list(text).find(|item| item.contains(char::is_whitespace)) {
                None => Ok(()),
                Some(item) => Err(format!("a list of words: there is a space in {item:?}")),
            },
            Self::Holidays => list(text).try_for_each(|item| {
                holiday(item).map(|_| ()).ok_or_else(|| {
                    format!("a list of days such as 2027-05-03 임시공휴일 / Temporary holiday: {item:?} is none")
                })
            }),
        }
    }

    /// What a file writes for it.
    pub(crate) fn toml_type(self) -> &'static str {
        match self {
            Self::Whole { .. } => "integer",
            Self::YesNo => "boolean",
            Self::Addresses | Self::Words | Self::Holidays => "array",
            _ => "string",
        }
    }
}

/// The items of a list in the environment's notation: separated by commas.
pub(crate) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// `2027-05-03 임시공휴일 / Temporary holiday` → the day and its names; without a slash both languages have one name.
pub(crate) fn holiday(text: &str) -> Option<(Date, LocalizedText)> {
    let (day, names) = text.split_once(' ')?;
    let (ko, en) = names.split_once('/').unwrap_or((names, names));
    let (ko, en) = (ko.trim(), en.trim());
    let named = !ko.is_empty() && !en.is_empty();
    named.then_some((day.parse().ok()?, LocalizedText::new(ko, en)))
}

/// `30s` → thirty seconds.
pub(crate) fn parse_span(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let number: u64 = text[..digits].parse().ok()?;
    let span = match &text[digits..] {
        "ms" => Duration::from_millis(number),
        "s" => Duration::from_secs(number),
        "m" => Duration::from_secs(number.checked_mul(60)?),
        "h" => Duration::from_secs(number.checked_mul(3600)?),
        _ => return None,
    };
    (number > 0).then_some(span)
}

/// `25MB` → 26 214 400.
pub(crate) fn parse_bytes(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().ok()?;
    let unit = match text[digits..].trim() {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit).filter(|bytes| *bytes > 0)
}
