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
        let words = |key: &str| self.say(locale, key, &[("minutes", Arg::Number(minutes))]);
        let context = json!({
            "site": { "name": self.site.name, "government": self.site.government },
            "why": words(parts.why),
            "stop": "",
            "link": link,
            "minutes": minutes,
        });
        // A mail without ornament is better than none: the link is what its reader waits for.
        let text = self.render(parts.text, locale, &context).unwrap_or_else(|| format!("{link}\n"));
        let html = self.render(parts.html, locale, &context);
        let html = html.unwrap_or_else(|| format!("<p><a href=\"{link}\">{link}</a></p>"));
        MailText { subject: words(parts.subject), text: text.trim_start().to_owned(), html }
    }

    /// The words of a mail that passes on what somebody wrote. `templates`: HTML, text; `why`: the key of the line that
    /// says why its reader gets it; `plain`: what is sent when the templates are not in order.
    pub(crate) fn filled(
        &self,
        locale: Locale,
        templates: (&str, &str),
        subject: String,
        why: &str,
        plain: &str,
        mut context: serde_json::Value,
    ) -> MailText {
        context["site"] = json!({ "name": self.site.name, "government": self.site.government });
        context["why"] = json!(self.say(locale, why, &[]));
        context["stop"] = json!("");
        let text = self.render(templates.1, locale, &context).unwrap_or_else(|| format!("{plain}\n"));
        let html = self.render(templates.0, locale, &context).unwrap_or_default();
        MailText { subject, text: text.trim_start().to_owned(), html }
    }

    fn render(&self, template: &str, locale: Locale, context: &serde_json::Value) -> Option<String> {
        match self.templates.render(template, locale, context) {
            Ok(text) => Some(text),
            Err(error) => {
                tracing::error!(%error, template, "a mail could not be rendered");
                None
            }
        }
    }

    /// A message with the site's name at hand.
    pub(crate) fn say(&self, locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
        let mut all = vec![("site", Arg::from(self.site.name.get(locale)))];
        all.extend_from_slice(args);
        self.templates.catalogue().text(locale, key, &all)
    }

    /// The whole address of a page of this site.
    pub(crate) fn address(&self, locale: Locale, path: &str) -> String {
        format!("{}/{locale}{path}", self.site.base_url)
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
