//! The words of identity's mails, from the templates in `templates/mail/`, and the addresses in them.

use std::sync::Arc;

use madang_base::{Error, Locale};
use madang_http::{Site, Visit};
use madang_identity::{MailText, MailTexts};
use serde_json::json;

use crate::i18n::Arg;
use crate::view::Templates;
use crate::wiring::Wiring;

/// [`MailTexts`] of one site. Cheap to make.
#[derive(Clone, Debug)]
pub struct SiteMailTexts {
    templates: Arc<Templates>,
    site: Site,
}

/// The names of one mail's parts.
struct Parts {
    subject: &'static str,
    why: &'static str,
    html: &'static str,
    text: &'static str,
}

const SIGN_IN: Parts = Parts {
    subject: "mail-sign-in-subject",
    why: "mail-why-sign-in",
    html: "mail/sign-in.html",
    text: "mail/sign-in.txt",
};
const ADDRESS: Parts = Parts {
    subject: "mail-address-subject",
    why: "mail-why-address",
    html: "mail/address.html",
    text: "mail/address.txt",
};

impl SiteMailTexts {
    #[must_use]
    pub fn new(templates: Arc<Templates>, site: Site) -> Self {
        Self { templates, site }
    }

    /// The words of the site that is visited.
    ///
    /// # Errors
    /// `Kind::Internal` when the pages are not wired.
    pub fn of(visit: &Visit) -> Result<Self, Error> {
        let wiring = visit.app.own::<Wiring>()?;
        Ok(Self::new(Arc::clone(&wiring.templates), visit.app.site.clone()))
    }

    fn write(&self, locale: Locale, parts: &Parts, link: &str, minutes: i64) -> MailText {
        let words = |key: &str| {
            let site = Arg::from(self.site.name.get(locale));
            self.templates.catalogue().text(locale, key, &[("site", site), ("minutes", Arg::Number(minutes))])
        };
        let context = json!({
            "site": { "name": self.site.name, "government": self.site.government },
            "why": words(parts.why),
            "stop": "",
            "link": link,
            "minutes": minutes,
        });
        // A mail without ornament is better than none: the link is what its reader waits for.
        let render = |template: &str| match self.templates.render(template, locale, &context) {
            Ok(text) => Some(text),
            Err(error) => {
                tracing::error!(%error, template, "a mail could not be rendered");
                None
            }
        };
        let text = render(parts.text).unwrap_or_else(|| format!("{link}\n"));
        let html = render(parts.html).unwrap_or_else(|| format!("<p><a href=\"{link}\">{link}</a></p>"));
        MailText { subject: words(parts.subject), text: text.trim_start().to_owned(), html }
    }
}

impl MailTexts for SiteMailTexts {
    fn link_url(&self, locale: Locale, token: &str) -> String {
        format!("{}/{locale}/sign-in/link/{token}", self.site.base_url)
    }

    fn sign_in(&self, locale: Locale, link_url: &str, minutes: i64) -> MailText {
        self.write(locale, &SIGN_IN, link_url, minutes)
    }

    fn add_address(&self, locale: Locale, link_url: &str, minutes: i64) -> MailText {
        self.write(locale, &ADDRESS, link_url, minutes)
    }
}
