//! The port of mail, by the configuration.

use std::sync::Arc;

use madang_adapters::{KeepMailer, Security as SmtpSecurity, SmtpConfig, SmtpMailer};
use madang_base::{Error, Result};
use madang_kernel::BoxFuture;
use madang_kernel::mail::{Delivery, Mailer, Outgoing};

use crate::config::{Config, Security};
use crate::exit::{Exit, Failure, Outcome};
use crate::site;

/// SMTP; in the demo, one that keeps everything; without a server, one that says so.
pub(crate) fn mailer(config: &Config, demo: bool) -> Outcome<Arc<dyn Mailer>> {
    if demo {
        return Ok(Arc::new(KeepMailer));
    }
    let Some(smtp) = &config.mail else {
        tracing::warn!("mail.host is not set: mails wait in the queue and fail in the end");
        return Ok(Arc::new(NoMailer));
    };
    let (username, password) = match &smtp.login {
        Some((user, password)) => (Some(user.clone()), Some(password.expose().to_owned())),
        None => (None, None),
    };
    let smtp = SmtpConfig {
        host: smtp.host.clone(),
        port: Some(smtp.port),
        security: match smtp.security {
            Security::StartTls => SmtpSecurity::StartTls,
            Security::Tls => SmtpSecurity::Tls,
            Security::None => SmtpSecurity::None,
        },
        username,
        password,
        from: config.mail_from.clone().unwrap_or_default(),
    };
    let mailer = SmtpMailer::new(&smtp).map_err(|error| {
        Failure::new(Exit::Configuration, "the mail server of the configuration cannot be used")
            .why(site::cause(&error))
    })?;
    Ok(Arc::new(mailer))
}

/// For a site without a mail server: nothing is lost at once, and the page of jobs says why nothing is sent.
struct NoMailer;

impl Mailer for NoMailer {
    fn send<'a>(&'a self, _mail: &'a Outgoing) -> BoxFuture<'a, Result<Delivery>> {
        Box::pin(async { Err(Error::unavailable("mail.server").source("mail.host is not set")) })
    }
}
