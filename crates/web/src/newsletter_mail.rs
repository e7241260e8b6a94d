//! What the mails of newsletters say: an issue, and the question whether an address is its reader's.

use madang_base::{Locale, Result};
use madang_db::Tx;
use madang_identity::account;
use madang_kernel::AccountId;
use madang_kernel::mail::Mail;
use madang_newsletter::model::{Newsletter, Subscription};
use madang_newsletter::views::IssueView;
use madang_newsletter::{IssueTexts, Recipients};
use serde_json::json;

use crate::i18n::Arg;
use crate::notices::{AccountRecipients, SiteNotices};
use crate::pages::newsletters::shape::{Frame, path};

impl IssueTexts for SiteNotices {
    fn confirm(&self, newsletter: &Newsletter, _: &Subscription, token: &str, locale: Locale) -> Mail {
        let name = Arg::from(newsletter.name.get(locale));
        let subject = self.words(locale, "mail-newsletter-confirm-subject", &[("name", name)]);
        let link = self.address(locale, &format!("/newsletters/confirm/{token}"));
        let context = json!({
            "name": newsletter.name, "link": link, "href": link,
            "why": self.words(locale, "mail-why-newsletter-confirm", &[]),
        });
        let templates = ("mail/newsletter-confirm.html", "mail/newsletter-confirm.txt");
        self.write(locale, templates, &subject, "", context)
    }

    fn issue(&self, view: &IssueView, leave: &str, locale: Locale) -> Mail {
        let frame = Frame { catalogue: self.catalogue(), locale, base: self.base() };
        let newsletter = frame.newsletter(&view.of);
        let issue = frame.issue(view);
        let name = view.of.newsletter.name.get(locale);
        let subject = format!("{name} · {}", frame.period(view.issue.period));
        let href = self.address(locale, &format!("{}/{}", path(&view.of.newsletter.slug), view.issue.period));
        let why = self.words(locale, "mail-why-newsletter", &[("name", name.into())]);
        let stop = self.address(locale, &format!("/newsletters/leave/{leave}"));
        let context = json!({ "newsletter": newsletter, "issue": issue, "href": href, "why": why });
        self.write(locale, ("mail/newsletter.html", "mail/newsletter.txt"), &subject, &stop, context)
    }
}

impl Recipients for AccountRecipients {
    fn address(&self, tx: &mut Tx, id: AccountId) -> Result<Option<(String, Locale)>> {
        Ok(account::contact(tx, id)?.map(|(email, locale)| (email.to_string(), locale)))
    }
}
