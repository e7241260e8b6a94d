//! An officer writes to an expert; the site passes the letter on.

use axum::extract::Path;
use madang_base::{Error, Locale};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_identity::MailText;
use madang_identity::directory::{self, Letter, LetterText, LetterTexts};
use serde_json::json;

use super::find::{self, Typed};
use crate::i18n::Arg;
use crate::mail_texts::SiteMailTexts;
use crate::page::{done, form_errors, keep_for_form};

impl LetterTexts for SiteMailTexts {
    fn letter(&self, locale: Locale, letter: &LetterText<'_>) -> MailText {
        let agency = letter.agency.name.get(locale).to_owned();
        let subject = self.say(
            locale,
            "mail-letter-subject",
            &[("agency", Arg::from(agency.as_str())), ("subject", Arg::from(letter.subject))],
        );
        let context = json!({
            "agency": letter.agency.name,
            "office": { "office": letter.office.office, "phone": letter.office.phone, "mail": letter.office.mail },
            "subject": letter.subject,
            "text": letter.text,
            "lines": letter.text.lines().collect::<Vec<_>>(),
            "withdraw": self.address(locale, &format!("/experts/leave/{}", letter.withdraw)),
        });
        self.filled(locale, ("mail/letter.html", "mail/letter.txt"), subject, "mail-why-letter", letter.text, context)
    }
}

pub(super) async fn send(visit: Visit, Path((_, id)): Path<(String, String)>, input: Input) -> Outcome {
    let expert = find::id_of(&id)?;
    let typed = Typed {
        office: input.text("office").to_owned(),
        subject: input.text("subject").to_owned(),
        text: input.text("text").to_owned(),
        ..Typed::default()
    };
    let refused = || Error::invalid("directory.letter-office").field("office", "directory.letter-office");
    let outcome = match typed.office.parse() {
        Ok(office) => {
            let letter = Letter { office, subject: typed.subject.clone(), text: typed.text.clone() };
            let (ctx, texts) = (visit.ctx.clone(), SiteMailTexts::of(&visit)?);
            visit.app.db.write(move |tx| directory::write_to_expert(tx, &ctx, &texts, expert, &letter)).await
        }
        Err(_) => Err(refused()),
    };
    match outcome {
        Ok(()) => Ok(done(&visit, &format!("/experts/{expert}"), "letter-sent")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            find::page(&visit, &id, Typed { errors, status: status_of(error.kind()), ..typed }).await
        }
    }
}
