//! Alarms in words, for the pages and for mails.

use std::sync::Arc;

use madang_base::{Locale, Time};
use madang_witness::alarm::{Alarm, AlarmKind, Notice};
use madang_witness::ports::Words;

use crate::i18n::{self, Arg, Catalogue};
use crate::view::Templates;

/// The arguments that messages of alarms may have.
const FIGURES: [&str; 7] = ["seen", "shown", "size", "known", "cosigned", "leaf", "findings"];
const TEXTS: [&str; 2] = ["path", "why"];

/// Title and text of an alarm.
pub(super) fn alarm(catalogue: &Catalogue, locale: Locale, alarm: &Alarm) -> (String, String) {
    let detail = |name: &str| alarm.detail.get(name).map_or("", String::as_str);
    let mut args: Vec<(&str, Arg)> = Vec::new();
    for name in FIGURES {
        let text = detail(name);
        args.push((name, text.parse::<i64>().map_or_else(|_| Arg::from(text), Arg::Number)));
    }
    for name in TEXTS {
        args.push((name, Arg::from(detail(name))));
    }
    let since = Time::parse(detail("since")).map_or_else(|_| String::new(), |time| i18n::date_time(time, locale));
    args.push(("since", Arg::from(since)));
    let wrong = detail("wrong");
    let found =
        if wrong.is_empty() { String::new() } else { catalogue.text(locale, &format!("witness-wrong-{wrong}"), &[]) };
    args.push(("wrong", Arg::from(found)));
    let held = alarm.kind == AlarmKind::OwnState && alarm.key == "held";
    let key = format!("witness-alarm-{}{}", alarm.kind.code(), if held { "-held" } else { "" });
    let title = catalogue.text(locale, &format!("witness-alarm-{}", alarm.kind.code()), &[]);
    (title, catalogue.text(locale, &format!("{key}-text"), &args))
}

/// The words of mails.
#[derive(Debug)]
pub struct AlarmWords {
    templates: Arc<Templates>,
}

impl AlarmWords {
    #[must_use]
    pub fn new(templates: Arc<Templates>) -> Self {
        Self { templates }
    }
}

impl Words for AlarmWords {
    fn mail(&self, notice: &Notice, locale: Locale) -> (String, String) {
        let catalogue = self.templates.catalogue();
        let say = |key: &str, args: &[(&str, Arg)]| catalogue.text(locale, key, args);
        let time = |time: Time| Arg::from(i18n::date_time(time, locale));
        let (title, text) = alarm(catalogue, locale, &notice.alarm);
        let origin = Arg::from(notice.origin.as_str());
        let key = if notice.ended { "witness-mail-subject-ended" } else { "witness-mail-subject" };
        let subject = say(key, &[("title", Arg::from(title.as_str())), ("origin", origin.clone())]);
        let mut lines = vec![
            say("witness-mail-begin", &[("origin", origin), ("time", time(notice.alarm.raised_at))]),
            format!("{title}\n{text}"),
        ];
        if let Some(ended) = notice.alarm.ended_at.filter(|_| notice.ended) {
            lines.push(say("witness-mail-ended", &[("time", time(ended))]));
        }
        if !notice.alarm.evidence.is_empty() {
            lines.push(say("witness-mail-evidence", &[("files", Arg::from(notice.alarm.evidence.join(", ")))]));
        }
        if let Some(page) = &notice.page {
            lines.push(say("witness-mail-page", &[("page", Arg::from(page.as_str()))]));
        }
        lines.push(notice.witness.get(locale).to_owned());
        (subject, lines.join("\n\n"))
    }
}
