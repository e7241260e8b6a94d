//! What mails to followers say, from the templates in `templates/mail/`, and where accounts are written to.
//!
//! Every notice carries the link that ends it in its text and, for the button of mail programs, in the headers
//! `List-Unsubscribe` and `List-Unsubscribe-Post` (RFC 2369, RFC 8058).

use std::collections::BTreeMap;
use std::sync::Arc;

use madang_base::{Locale, LocalizedText, Result};
use madang_db::Tx;
use madang_http::Site;
use madang_identity::account;
use madang_kernel::mail::Mail;
use madang_kernel::{AccountId, ObjectKind, Ref};
use madang_plans::model::{Follow, News, NewsKind};
use madang_plans::notify::{NoticeTexts, Recipients};
use serde_json::{Value, json};

use crate::i18n::Arg;
use crate::view::Templates;

/// The longest subject that mail programs show and the queue takes, in characters.
const SUBJECT: usize = 150;

/// [`NoticeTexts`] of one site. Cheap to make.
#[derive(Clone, Debug)]
pub struct SiteNotices {
    templates: Arc<Templates>,
    site: Site,
}

impl SiteNotices {
    #[must_use]
    pub fn new(templates: Arc<Templates>, site: Site) -> Self {
        Self { templates, site }
    }

    pub(crate) fn words(&self, locale: Locale, key: &str, args: &[(&str, Arg)]) -> String {
        self.templates.catalogue().text(locale, key, args)
    }

    pub(crate) fn catalogue(&self) -> &crate::i18n::Catalogue {
        self.templates.catalogue()
    }

    /// What stands before every path: `https://madang.example`.
    pub(crate) fn base(&self) -> &str {
        &self.site.base_url
    }

    pub(crate) fn address(&self, locale: Locale, path: &str) -> String {
        format!("{}/{locale}{path}", self.site.base_url)
    }

    pub(crate) fn stop(&self, locale: Locale, token: &str) -> String {
        self.address(locale, &format!("/unsubscribe/{token}"))
    }

    /// A mail from the templates `mail/NAME.html` and `mail/NAME.txt`; its receiver is filled in by whoever sends it.
    pub(crate) fn write(
        &self,
        locale: Locale,
        templates: (&str, &str),
        subject: &str,
        stop: &str,
        mut context: Value,
    ) -> Mail {
        context["site"] = json!({ "name": self.site.name, "government": self.site.government });
        context["stop"] = json!(stop);
        // A mail without ornament is better than none.
        let render = |template: &str| match self.templates.render(template, locale, &context) {
            Ok(text) => Some(text),
            Err(error) => {
                tracing::error!(%error, template, "a mail could not be rendered");
                None
            }
        };
        let (html, text) = templates;
        let text = render(text)
            .unwrap_or_else(|| format!("{subject}\n\n{}\n{stop}\n", context["href"].as_str().unwrap_or("")));
        let mut headers = Vec::new();
        if !stop.is_empty() {
            headers.push(("List-Unsubscribe".to_owned(), format!("<{stop}>")));
            headers.push(("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()));
        }
        headers.push(("Auto-Submitted".to_owned(), "auto-generated".to_owned()));
        Mail {
            to: String::new(),
            subject: one_line(subject),
            text: text.trim_start().to_owned(),
            html: render(html),
            headers,
        }
    }

    /// What happened, in a few words: `이행 보고: 진행 중`.
    fn what(&self, locale: Locale, news: &News) -> String {
        let code = match news.kind {
            NewsKind::ProgressReported | NewsKind::ProgressCorrected => format!("claim-{}", news.detail),
            NewsKind::Assessed => format!("completion-{}", news.detail),
            _ => String::new(),
        };
        let detail = if code.is_empty() { news.detail.clone() } else { self.words(locale, &code, &[]) };
        self.words(locale, &format!("notice-{}", news.kind), &[("detail", detail.into())])
    }

    fn by(locale: Locale, news: &News) -> String {
        news.agency.as_ref().map(|agency| agency.name.get(locale).to_owned()).unwrap_or_default()
    }

    /// The page that tells more.
    fn href(&self, locale: Locale, news: &News) -> String {
        let path = match (&news.milestone, &news.commitment) {
            (Some(id), _) => {
                let (commitment, number) = id.rsplit_once('/').unwrap_or((id, ""));
                format!("{}#m{number}", commitment_path(commitment))
            }
            (None, Some(id)) => commitment_path(id),
            (None, None) if news.object.kind == ObjectKind::Round => {
                format!("/plans/{}/rounds/{}", news.plan, news.object.id)
            }
            (None, None) if news.object.kind == ObjectKind::Indicator => format!("/indicators/{}", news.object.id),
            (None, None) => format!("/plans/{}", news.plan),
        };
        self.address(locale, &path)
    }

    /// Why somebody is written to.
    fn why(&self, locale: Locale, object: &Ref) -> String {
        let key = match object.kind {
            ObjectKind::Plan => "mail-why-plan",
            ObjectKind::Commitment => "mail-why-commitment",
            _ => "mail-why-agency",
        };
        self.words(locale, key, &[])
    }
}

/// `/plans/kr-2021/commitments/2.1` for `kr-2021/2.1`.
fn commitment_path(id: &str) -> String {
    let (plan, number) = id.split_once('/').unwrap_or((id, ""));
    format!("/plans/{plan}/commitments/{number}")
}

/// A subject on one line and not too long.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUBJECT {
        return line;
    }
    let cut: String = line.chars().take(SUBJECT - 1).collect();
    format!("{}…", cut.trim_end())
}

impl NoticeTexts for SiteNotices {
    fn confirm(&self, _follow: &Follow, followed: &LocalizedText, token: &str, locale: Locale) -> Mail {
        let link = self.address(locale, &format!("/follow/confirm/{token}"));
        let subject = self.words(locale, "mail-follow-subject", &[("title", followed.get(locale).into())]);
        let context =
            json!({ "link": link, "href": link, "title": followed, "why": self.words(locale, "mail-why-follow", &[]) });
        self.write(locale, ("mail/follow-confirm.html", "mail/follow-confirm.txt"), &subject, "", context)
    }

    fn news(&self, news: &News, follow: &Follow, followed: &LocalizedText, stop: &str, locale: Locale) -> Mail {
        let what = self.what(locale, news);
        let about = news.commitment_name.as_ref().unwrap_or(followed);
        let details: Vec<&str> = news.milestone_title.iter().map(|title| title.get(locale)).collect();
        let context = json!({
            "why": self.why(locale, &follow.object), "title": about, "href": self.href(locale, news), "what": what,
            "by": Self::by(locale, news), "time": news.at.micros(), "details": details,
        });
        let subject = format!("{what}: {}", about.get(locale));
        let stop = self.stop(locale, stop);
        self.write(locale, ("mail/changed.html", "mail/changed.txt"), &subject, &stop, context)
    }

    fn digest(&self, news: &[News], stop: &str, locale: Locale) -> Mail {
        let days = news.iter().map(|item| item.at.kst_date());
        let (from, to) = (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default());
        let plan_words = self.words(locale, "notice-plan-itself", &[]);
        let mut order: Vec<&str> = Vec::new();
        let mut groups: BTreeMap<&str, (Value, String, Vec<Value>)> = BTreeMap::new();
        for item in news {
            let key = item.commitment.as_deref().unwrap_or(&item.plan);
            let group = groups.entry(key).or_insert_with(|| {
                order.push(key);
                let title = item.commitment_name.as_ref().map_or_else(|| json!(plan_words), |name| json!(name));
                let path = item.commitment.as_deref().map_or_else(|| format!("/plans/{}", item.plan), commitment_path);
                (title, self.address(locale, &path), Vec::new())
            });
            let what = match &item.milestone_title {
                Some(title) => format!("{} · {}", self.what(locale, item), title.get(locale)),
                None => self.what(locale, item),
            };
            let (by, href) = (Self::by(locale, item), self.href(locale, item));
            group.2.push(json!({ "what": what, "by": by, "time": item.at.micros(), "href": href }));
        }
        let groups: Vec<Value> = order
            .iter()
            .filter_map(|key| groups.remove(key))
            .map(|(title, href, entries)| json!({ "title": title, "href": href, "entries": entries }))
            .collect();
        let (from, to) = (from.to_string(), to.to_string());
        let shown = |day: &str| Arg::Text(crate::i18n::date(day, locale));
        let subject = self.words(locale, "mail-digest-subject", &[("from", shown(&from)), ("to", shown(&to))]);
        let context = json!({
            "why": self.words(locale, "mail-why-digest", &[]), "from": from, "to": to, "groups": groups, "due": [],
            "href": self.address(locale, "/plans"),
        });
        self.write(locale, ("mail/digest.html", "mail/digest.txt"), &subject, &self.stop(locale, stop), context)
    }
}

/// [`Recipients`] from the accounts.
#[derive(Clone, Copy, Debug)]
pub struct AccountRecipients;

impl Recipients for AccountRecipients {
    fn address(&self, tx: &mut Tx, id: AccountId) -> Result<Option<(String, Locale)>> {
        Ok(account::contact(tx, id)?.map(|(email, locale)| (email.to_string(), locale)))
    }
}

#[cfg(test)]
mod tests;
