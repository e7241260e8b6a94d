//! The configuration with types: one struct for each concern. Built once; nothing here can be wrong any more.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use madang_base::LocalizedText;
use madang_kernel::log::cosign::WitnessAddress;

use super::ConfigError;
use super::schema;
use super::values::{Group, Said, Source, Values};

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// For the one place that needs it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// The address of a database; shows itself without the password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DatabaseUrl(String);

impl DatabaseUrl {
    /// # Errors
    /// A scheme that is not known.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if known.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme)) {
            Ok(Self(text.to_owned()))
        } else {
            Err("it must be sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME".into())
        }
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The file of SQLite; `None` for PostgreSQL and for a database in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.0.strip_prefix("sqlite:").filter(|path| *path != ":memory:").map(Path::new)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.0.split_once("://") else { return f.write_str(&self.0) };
        let (before, query) = rest.split_once('?').map_or((rest, None), |(before, query)| (before, Some(query)));
        match before.rsplit_once('@') {
            Some((who, place)) => {
                let user = who.split(':').next().unwrap_or_default();
                let hidden = if who.contains(':') { ":(hidden)" } else { "" };
                write!(f, "{scheme}://{user}{hidden}@{place}")?;
            }
            None => write!(f, "{scheme}://{before}")?,
        }
        if let Some(query) = query {
            let shown: Vec<&str> = query
                .split('&')
                .map(|pair| if pair.starts_with("password=") { "password=(hidden)" } else { pair })
                .collect();
            write!(f, "?{}", shown.join("&"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How requests are taken.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) listen: SocketAddr,
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// Zero: one for each core.
    pub(crate) threads: usize,
    pub(crate) connections: usize,
    pub(crate) header_timeout: Duration,
    pub(crate) request_timeout: Duration,
    pub(crate) grace: Duration,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// Largest request in bytes.
    pub(crate) body: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Database {
    pub(crate) url: DatabaseUrl,
    pub(crate) pool: usize,
    /// Zero: by the number of cores.
    pub(crate) readers: usize,
    pub(crate) queue: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) name_ko: String,
    pub(crate) name_en: String,
    pub(crate) government_ko: String,
    pub(crate) government_en: String,
    pub(crate) official: bool,
    /// `https://madang.city.example`; without one, made of the address on which the server listens.
    pub(crate) base_url: Option<String>,
    pub(crate) templates: Option<PathBuf>,
    pub(crate) messages: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    StartTls,
    Tls,
    None,
}

/// The SMTP server, when there is one.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) login: Option<(String, Secret)>,
}

/// One provider of sign-in by OpenID Connect.
#[derive(Clone, Debug)]
pub(crate) struct Oidc {
    pub(crate) name: String,
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<Secret>,
    pub(crate) label_ko: String,
    pub(crate) label_en: String,
    pub(crate) verified: bool,
    pub(crate) scopes: Vec<String>,
    pub(crate) claim: String,
    /// Empty: the provider's own.
    pub(crate) space: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Log {
    pub(crate) json: bool,
    pub(crate) level: String,
    /// A line for each request.
    pub(crate) requests: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Blobs {
    pub(crate) place: Place,
    /// Bytes.
    pub(crate) max: u64,
}

/// Where files and tiles are kept.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    Folder(PathBuf),
    Bucket(Bucket),
}

/// An object store that speaks S3.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    /// Without slashes around it; empty: none.
    pub(crate) prefix: String,
    pub(crate) endpoint: Option<String>,
    pub(crate) region: String,
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
}

impl Blobs {
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            Place::Bucket(_) => None,
        }
    }
}

/// The public log.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pub(crate) origin: Option<String>,
    /// `PRIVATE+KEY+…`; without it, the file beside the keys.
    pub(crate) key: Option<Secret>,
    pub(crate) interval: Duration,
    /// Who is asked to cosign.
    pub(crate) witnesses: Vec<WitnessAddress>,
}

/// The search index of this node.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) folder: PathBuf,
    /// In bytes, while building.
    pub(crate) memory: usize,
    /// A folder with a Korean dictionary.
    pub(crate) dictionary: Option<PathBuf>,
}

/// Services and the days that deadlines are counted by.
#[derive(Clone, Debug)]
pub(crate) struct Services {
    /// Definitions of whoever runs the site.
    pub(crate) folder: Option<PathBuf>,
    /// The slug of an organisation.
    pub(crate) leading: Option<String>,
    pub(crate) holidays: Vec<(Date, LocalizedText)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) data: PathBuf,
    /// The folder of the file `keys`.
    pub(crate) keys_folder: PathBuf,
    pub(crate) server: Server,
    pub(crate) database: Database,
    pub(crate) site: Site,
    pub(crate) mail_from: Option<String>,
    pub(crate) mail: Option<Mail>,
    pub(crate) oidc: Vec<Oidc>,
    pub(crate) blobs: Blobs,
    pub(crate) ledger: Ledger,
    pub(crate) services: Services,
    pub(crate) search: Search,
    pub(crate) job_workers: usize,
    pub(crate) log: Log,
}

/// Reads settings whose shape was checked when they were taken.
struct Get<'a>(&'a Group);

impl<'a> Get<'a> {
    fn said(&self, path: &str) -> Option<&'a Said> {
        self.0.get(path)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.said(path).map(|said| said.text.clone())
    }

    fn must(&self, path: &str) -> Result<&'a Said, ConfigError> {
        self.said(path).ok_or_else(|| ConfigError::new(format!("{path} is missing")))
    }

    fn parsed<T>(&self, path: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ConfigError> {
        let Some(said) = self.said(path) else { return Ok(None) };
        parse(&said.text)
            .map(Some)
            .ok_or_else(|| ConfigError::value(&said.source, path, "it does not fit this machine"))
    }

    fn need<T>(&self, path: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, ConfigError> {
        self.must(path)?;
        self.parsed(path, parse)?.ok_or_else(|| ConfigError::new(format!("{path} is missing")))
    }

    fn path(&self, path: &str) -> Option<PathBuf> {
        self.said(path).map(|said| said.source.resolve(&said.text))
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

impl Config {
    /// Scheme and host as people type them. Without `site.base_url` it is the address on which the server listens.
    pub(crate) fn base_url(&self, listen: SocketAddr) -> String {
        self.site.base_url.clone().unwrap_or_else(|| {
            if listen.ip().is_unspecified() {
                format!("http://localhost:{}", listen.port())
            } else {
                format!("http://{listen}")
            }
        })
    }

    pub(crate) fn from_values(values: &Values) -> Result<Self, ConfigError> {
        let get = Get(&values.main);
        let data = get.path("data").ok_or_else(|| ConfigError::new("data is missing"))?;
        let max = get.need("blobs.max", schema::parse_bytes)?;
        let body = get.need("limits.body", |text| usize::try_from(schema::parse_bytes(text)?).ok())?;
        if u64::try_from(body).is_ok_and(|body| body < max) {
            let source = get.said("limits.body").map_or(&Source::Default, |said| &said.source);
            let what = "it is smaller than blobs.max, so that the largest files could not be sent; raise it or lower blobs.max";
            return Err(ConfigError::value(source, "limits.body", what));
        }
        Ok(Self {
            keys_folder: get.path("keys.folder").unwrap_or_else(|| data.clone()),
            server: server(&get, body)?,
            database: database(&get, &data)?,
            site: Site {
                name_ko: get.must("site.name_ko")?.text.clone(),
                name_en: get.must("site.name_en")?.text.clone(),
                government_ko: get.must("site.government_ko")?.text.clone(),
                government_en: get.must("site.government_en")?.text.clone(),
                official: get.must("site.official")?.text == "true",
                base_url: get.text("site.base_url"),
                templates: get.path("site.templates"),
                messages: get.path("site.messages"),
            },
            mail_from: get.text("mail.from"),
            mail: mail(&get)?,
            oidc: values.list("oidc").iter().map(provider).collect::<Result<_, _>>()?,
            blobs: Blobs { place: place(&get, &data)?, max },
            ledger: Ledger {
                origin: origin(&get)?,
                key: get.text("ledger.key").map(Secret),
                interval: get.need("ledger.interval", schema::parse_span)?,
                witnesses: values.list("witness").iter().map(witness).collect::<Result<_, _>>()?,
            },
            services: Services {
                folder: get.path("services.folder"),
                leading: get.text("services.leading"),
                holidays: get
                    .need("calendar.temporary_holidays", |text| schema::list(text).map(schema::holiday).collect())?,
            },
            search: Search {
                folder: get.path("search.folder").unwrap_or_else(|| data.join("search")),
                memory: get.need("search.memory", |text| usize::try_from(schema::parse_bytes(text)?).ok())?,
                dictionary: get.path("search.dictionary"),
            },
            job_workers: get.need("jobs.workers", number)?,
            log: Log {
                json: get.must("log.format")?.text == "json",
                level: get.must("log.level")?.text.clone(),
                requests: get.must("log.requests")?.text == "true",
            },
            data,
        })
    }
}

fn server(get: &Get<'_>, body: usize) -> Result<Server, ConfigError> {
    Ok(Server {
        listen: get.need("server.listen", number)?,
        metrics_listen: get.parsed("server.metrics_listen", number)?,
        threads: get.need("server.threads", number)?,
        connections: get.need("server.connections", number)?,
        header_timeout: get.need("server.header_timeout", schema::parse_span)?,
        request_timeout: get.need("server.request_timeout", schema::parse_span)?,
        grace: get.need("server.grace", schema::parse_span)?,
        trusted_proxies: get.need("server.trusted_proxies", |text| schema::list(text).map(number).collect())?,
        body,
    })
}

fn database(get: &Get<'_>, data: &Path) -> Result<Database, ConfigError> {
    let url = match get.said("database.url") {
        None => DatabaseUrl(format!("sqlite:{}", data.join("madang.db").display())),
        Some(said) => {
            let url = DatabaseUrl::parse(&said.text)
                .map_err(|what| ConfigError::value(&said.source, "database.url", &what))?;
            match url.file() {
                Some(file) => DatabaseUrl(format!("sqlite:{}", said.source.resolve(&file.to_string_lossy()).display())),
                None => url,
            }
        }
    };
    Ok(Database {
        url,
        pool: get.need("database.pool", number)?,
        readers: get.need("database.readers", number)?,
        queue: get.need("database.queue", number)?,
    })
}

fn mail(get: &Get<'_>) -> Result<Option<Mail>, ConfigError> {
    let Some(host) = get.said("mail.host") else { return Ok(None) };
    if get.said("mail.from").is_none() {
        let what = "mail.from is missing: add the sender, such as mail.from = \"Madang <madang@city.example>\"";
        return Err(ConfigError::value(&host.source, "mail.host", what));
    }
    let (security, usual) = match get.must("mail.security")?.text.as_str() {
        "tls" => (Security::Tls, 465),
        "none" => (Security::None, 25),
        _ => (Security::StartTls, 587),
    };
    let login = match (get.said("mail.user"), get.said("mail.password")) {
        (Some(user), Some(password)) => Some((user.text.clone(), Secret(password.text.clone()))),
        (None, None) => None,
        (Some(user), None) => {
            return Err(ConfigError::value(
                &user.source,
                "mail.user",
                "mail.password (or mail.password_file) is missing",
            ));
        }
        (None, Some(password)) => {
            return Err(ConfigError::value(&password.source, "mail.password", "mail.user is missing"));
        }
    };
    let port = get.parsed("mail.port", number)?.unwrap_or(usual);
    Ok(Some(Mail { host: host.text.clone(), port, security, login }))
}

fn place(get: &Get<'_>, data: &Path) -> Result<Place, ConfigError> {
    let Some(url) = get.said("blobs.url") else {
        return Ok(Place::Folder(get.path("blobs.folder").unwrap_or_else(|| data.join("blobs"))));
    };
    let wrong = |what: &str| ConfigError::value(&url.source, "blobs.url", what);
    if let Some(folder) = get.said("blobs.folder") {
        return Err(ConfigError::value(&folder.source, "blobs.folder", "blobs.url is given as well; keep one of them"));
    }
    let rest = url.text.strip_prefix("s3://").filter(|rest| !rest.is_empty() && !rest.contains([' ', '?', '#']));
    let (name, prefix) = rest
        .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
        .ok_or_else(|| wrong("it must be s3://BUCKET or s3://BUCKET/PREFIX"))?;
    let (Some(access_key), Some(secret_key)) = (get.text("blobs.access_key"), get.text("blobs.secret_key")) else {
        return Err(wrong("blobs.access_key and blobs.secret_key (or blobs.secret_key_file) belong to it"));
    };
    Ok(Place::Bucket(Bucket {
        name: name.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint: get.text("blobs.endpoint"),
        region: get.must("blobs.region")?.text.clone(),
        access_key,
        secret_key: Secret(secret_key),
    }))
}

/// The first line of every checkpoint: a name without scheme, blanks or `+` (C2SP tlog-checkpoint, signed-note).
fn origin(get: &Get<'_>) -> Result<Option<String>, ConfigError> {
    let Some(said) = get.said("ledger.origin") else { return Ok(None) };
    if said.text.contains("://") || said.text.contains([' ', '+']) || said.text.chars().any(char::is_control) {
        let what = "it is an address without https:// and without blanks and +, such as city.example/log";
        return Err(ConfigError::value(&said.source, "ledger.origin", what));
    }
    Ok(Some(said.text.clone()))
}

fn witness(group: &Group) -> Result<WitnessAddress, ConfigError> {
    let get = Get(group);
    let url = get.must("url")?;
    if !url.text.starts_with("https://") && !url.text.starts_with("http://") {
        return Err(ConfigError::value(&url.source, "url", "it must begin with https:// (or http://)"));
    }
    let key = get.must("key")?;
    let name = key.text.split('+').next().unwrap_or_default();
    WitnessAddress::new(name, &url.text, &key.text).map_err(|_| {
        let what = "it is not the verifier key of a witness (NAME+HASH+KEY, as `madang witness init` prints it)";
        ConfigError::value(&key.source, "key", what)
    })
}

fn provider(group: &Group) -> Result<Oidc, ConfigError> {
    let get = Get(group);
    let text = |path: &str| get.must(path).map(|said| said.text.clone());
    let name = get.must("name")?;
    if !name.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Err(ConfigError::value(
            &name.source,
            "name",
            "only lower-case letters, digits and hyphens may be in it",
        ));
    }
    Ok(Oidc {
        name: name.text.clone(),
        issuer: text("issuer")?,
        client_id: text("client_id")?,
        client_secret: get.text("client_secret").map(Secret),
        label_ko: text("label_ko")?,
        label_en: text("label_en")?,
        verified: text("assurance")? == "verified",
        scopes: schema::list(&text("scopes")?).map(str::to_owned).collect(),
        claim: text("claim")?,
        space: text("space")?,
    })
}
