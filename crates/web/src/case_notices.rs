//! What mails about cases say, from the templates in `templates/mail/`. They name what happened and where to read it, and
//! nothing that people wrote but the title, where the reader may see it.

use madang_base::{Locale, Result};
use madang_cases::model::EventKind;
use madang_cases::notify::{Audience, CaseTexts, DigestCase, Notice, Recipients};
use madang_db::Tx;
use madang_identity::account;
use madang_kernel::AccountId;
use madang_kernel::mail::Mail;
use serde_json::{Value, json};

use crate::i18n::{self};
use crate::notices::{AccountRecipients, SiteNotices};

impl SiteNotices {
    /// What happened, in the words of the definition or of the engine.
    fn happened(&self, locale: Locale, notice: &Notice) -> String {
        if let Some(done) = &notice.done {
            return done.get(locale).to_owned();
        }
        let officer = notice.kind == EventKind::Filed && notice.audience == Audience::Officer;
        let key = if officer { "case-mail-what-filed-officer".to_owned() } else { kind_key(notice.kind) };
        self.words(locale, &key, &[("count", notice.count.unwrap_or(0).into())])
    }

    /// The page that tells more: people without account come in with number and code, officers at the desk.
    fn case_href(&self, locale: Locale, notice: &Notice) -> String {
        match notice.audience {
            Audience::Author { account: false } => self.address(locale, "/lookup"),
            Audience::Officer => self.address(locale, &format!("/desk/cases/{}", notice.number)),
            Audience::Merged if notice.title.is_none() => self.address(locale, "/me/cases"),
            _ => self.address(locale, &format!("/cases/{}", notice.number)),
        }
    }
}

fn kind_key(kind: EventKind) -> String {
    format!("case-mail-what-{kind}")
}

impl CaseTexts for SiteNotices {
    fn notice(&self, notice: &Notice, locale: Locale) -> Mail {
        let what = self.happened(locale, notice);
        let subject = self.words(
            locale,
            "case-mail-subject",
            &[("number", notice.number.as_str().into()), ("what", what.as_str().into())],
        );
        let word = |key: &str| self.words(locale, key, &[]);
        let mut rows: Vec<Value> = Vec::new();
        let mut row = |key: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                rows.push(json!({ "name": word(key), "value": value }));
            }
        };
        let text = |text: &madang_base::LocalizedText| text.get(locale).to_owned();
        row("case-mail-number", Some(notice.number.clone()));
        row("case-mail-clock", notice.clock.as_ref().map(text));
        row("case-mail-state", Some(text(&notice.state)));
        row("case-mail-outcome", notice.outcome.as_ref().map(text));
        row("case-mail-agency", notice.agency.as_ref().map(text));
        row("case-mail-due", notice.due.map(|day| i18n::date(&day.to_string(), locale)));
        let why = match notice.audience {
            Audience::Author { .. } => "case-mail-why-author",
            Audience::Officer => "case-mail-why-officer",
            Audience::Follower => "case-mail-why-follower",
            Audience::Supporter => "case-mail-why-supporter",
            Audience::Merged => "case-mail-why-merged",
        };
        let without = notice.audience == Audience::Author { account: false };
        let help =
            if matches!(notice.audience, Audience::Author { .. }) { text(&notice.state_help) } else { String::new() };
        let stop = if notice.stop.is_empty() { String::new() } else { self.stop(locale, &notice.stop) };
        let context = json!({
            "why": word(why), "title": notice.title.clone().unwrap_or_default(), "number": notice.number,
            "service": notice.service, "what": what, "rows": rows, "help": help, "time": notice.at.micros(),
            "href": self.case_href(locale, notice),
            "see": word(if without { "case-mail-see-code" } else { "case-mail-see" }),
        });
        self.write(locale, ("mail/case.html", "mail/case.txt"), &subject, &stop, context)
    }

    fn digest(&self, cases: &[DigestCase], stop: &str, locale: Locale) -> Mail {
        let count = i64::try_from(cases.len()).unwrap_or(i64::MAX);
        let heading = self.words(locale, "case-mail-digest-subject", &[("count", count.into())]);
        let groups: Vec<Value> = cases
            .iter()
            .map(|case| {
                let entries: Vec<Value> = case
                    .items
                    .iter()
                    .map(|item| {
                        let done = item.done.as_ref().map(|done| done.get(locale).to_owned());
                        let what = done
                            .unwrap_or_else(|| self.words(locale, &kind_key(item.kind), &[("count", 0_i64.into())]));
                        json!({ "what": what, "time": item.at.micros() })
                    })
                    .collect();
                json!({
                    "title": case.title, "number": case.number, "service": case.service, "state": case.state,
                    "href": self.address(locale, &format!("/cases/{}", case.number)), "entries": entries,
                })
            })
            .collect();
        let context = json!({
            "why": self.words(locale, "case-mail-why-digest", &[]), "heading": heading, "groups": groups,
            "href": self.address(locale, "/me/cases"),
        });
        let templates = ("mail/case-digest.html", "mail/case-digest.txt");
        self.write(locale, templates, &heading, &self.stop(locale, stop), context)
    }
}

impl Recipients for AccountRecipients {
    fn address(&self, tx: &mut Tx, id: AccountId) -> Result<Option<(String, Locale)>> {
        Ok(account::contact(tx, id)?.map(|(email, locale)| (email.to_string(), locale)))
    }
}

#[cfg(test)]
mod tests;
