//! Mail by SMTP, and the mailer of the demo that keeps everything in the house.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Category;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use madang_base::{Error, Result};
use madang_kernel::BoxFuture;
use madang_kernel::mail::{Delivery, Mailer, Outgoing};

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// STARTTLS, required (port 587 when none is given).
    #[default]
    StartTls,
    /// TLS from the first byte (port 465 when none is given).
    Tls,
    /// Nothing (port 25 when none is given): for a server on the same machine.
    None,
}

/// Where mail is handed over.
#[derive(Clone, Default)]
pub struct SmtpConfig {
    pub host: String,
    pub port: Option<u16>,
    pub security: Security,
    pub username: Option<String>,
    pub password: Option<String>,
    /// The sender: `address` or `Name <address>`.
    pub from: String,
}

impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpConfig")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("username", &self.username)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// Seconds until a silent server counts as away.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The port of mail over SMTP.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// `Kind::Invalid`: `mail.config-host`, `mail.config-from`.
    pub fn new(config: &SmtpConfig) -> Result<Self> {
        type Transport = AsyncSmtpTransport<Tokio1Executor>;
        let bad_host = || Error::invalid("mail.config-host").arg("value", &config.host);
        let from: Mailbox =
            config.from.parse().map_err(|_| Error::invalid("mail.config-from").arg("value", &config.from))?;
        if config.host.is_empty() {
            return Err(bad_host());
        }
        let builder = match config.security {
            Security::StartTls => Transport::starttls_relay(&config.host).map_err(|e| bad_host().source(e))?,
            Security::Tls => Transport::relay(&config.host).map_err(|e| bad_host().source(e))?,
            Security::None => Transport::builder_dangerous(&config.host),
        };
        // The machine's own name is nobody's business; the sender's domain is known anyway.
        let mut builder = builder.timeout(Some(TIMEOUT)).hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let Some(port) = config.port {
            builder = builder.port(port);
        }
        if let (Some(username), Some(password)) = (&config.username, &config.password) {
            builder = builder.credentials(Credentials::new(username.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    async fn deliver(&self, mail: &Outgoing) -> Result<Delivery> {
        let message = message(&self.from, mail)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(Delivery::Sent),
            // 55x: the server knows that this message will never arrive. All else may pass: a server that is away, a
            // wrong password, "try later".
            Err(error)
                if error.status().is_some_and(|code| error.is_permanent() && code.category == Category::MailSystem) =>
            {
                Err(Error::invalid("mail.refused").source(error))
            }
            Err(error) => Err(Error::unavailable("mail.server").source(error)),
        }
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, mail: &'a Outgoing) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(self.deliver(mail))
    }
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMailer").field("from", &self.from.email).finish_non_exhaustive()
    }
}

/// The message as it goes over the wire. Its Message-ID is made of our id, so that a second sending is recognised.
fn message(from: &Mailbox, mail: &Outgoing) -> Result<Message> {
    let wrong = |code: &'static str| Error::invalid(code);
    let to: Address = mail.to.parse().map_err(|_| wrong("mail.address"))?;
    let date = UNIX_EPOCH + Duration::from_micros(u64::try_from(mail.at.micros()).unwrap_or(0));
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&mail.subject)
        .date(date)
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())));
    let fixed = ("Auto-Submitted".to_owned(), "auto-generated".to_owned());
    for (name, value) in std::iter::once(&fixed).chain(&mail.headers) {
        let name = HeaderName::new_from_ascii(name.clone()).map_err(|_| wrong("mail.header"))?;
        builder = builder.raw_header(HeaderValue::new(name, value.clone()));
    }
    match &mail.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(mail.text.clone(), html.clone())),
        None => builder.singlepart(SinglePart::plain(mail.text.clone())),
    }
    .map_err(Error::internal)
}

/// Sends nothing: messages stay in the database, and the demo's outbox page shows them.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeepMailer;

impl Mailer for KeepMailer {
    fn send<'a>(&'a self, _mail: &'a Outgoing) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(async { Ok(Delivery::Kept) })
    }
}

#[cfg(test)]
mod tests;
