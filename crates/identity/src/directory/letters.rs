//! Letters of officers to people in the directory. The site passes them on: the writer learns no address, the reader
//! answers to the office that asked.

use madang_base::{Error, Locale, Result};
use madang_db::Tx;
use madang_kernel::ledger::{self, Event};
use madang_kernel::mail::{self, Mail};
use madang_kernel::organisation::{self, Organisation};
use madang_kernel::{Actor, Ctx, ObjectKind, Ref, Role, Verb};

use super::experts::{self, withdraw_token};
use super::model::{Contact, ContactId, Expert, ExpertId};
use super::{contacts, rules};
use crate::kinds;
use crate::ports::MailText;
use crate::rules::limit;
use crate::service::{account, rate};

/// What an officer writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The own office that the answer goes to.
    pub office: ContactId,
    pub subject: String,
    pub text: String,
}

/// A letter before it has the site's words around it.
#[derive(Clone, Debug)]
pub struct LetterText<'a> {
    pub expert: &'a Expert,
    pub agency: &'a Organisation,
    pub office: &'a Contact,
    pub subject: &'a str,
    pub text: &'a str,
    /// By it the reader leaves the directory without signing in.
    pub withdraw: &'a str,
}

/// The words around a letter. Implemented where templates and paths are.
pub trait LetterTexts: Send + Sync {
    fn letter(&self, locale: Locale, letter: &LetterText<'_>) -> MailText;
}

/// The offices whose mail address a letter of the actor can be answered to.
///
/// # Errors
/// Those of [`Ctx::require`].
pub fn letter_offices(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Contact>> {
    ctx.require(Verb::Act, ObjectKind::Expert, None)?;
    let mut out = contacts::contacts_of(tx, &agencies(ctx))?;
    out.retain(|contact| !contact.mail.is_empty());
    Ok(out)
}

/// The agencies that the actor is an officer of.
fn agencies(ctx: &Ctx) -> Vec<madang_kernel::OrganisationId> {
    let Actor::Person(person) = &ctx.actor else { return Vec::new() };
    let mut out = Vec::new();
    for grant in &person.grants {
        let Some(organisation) = grant.organisation else { continue };
        if matches!(grant.role, Role::Officer | Role::Lead) && !out.contains(&organisation) {
            out.push(organisation);
        }
    }
    out
}

/// Passes a letter on to an expert, in the expert's language. Thirty an hour for one officer, five an hour to one reader.
///
/// # Errors
/// `Kind::NotFound` `directory.expert-unknown`; `Kind::Invalid` `directory.letter-office` (not one of
/// [`letter_offices`]), `directory.letter-subject`, `directory.letter-text`; `Kind::Conflict` `directory.expert-away` when
/// there is no address to write to any more; `Kind::RateLimited` `directory.letters-many` or `directory.reader-busy`;
/// those of [`Ctx::require`].
pub fn write_to_expert(tx: &mut Tx, ctx: &Ctx, texts: &dyn LetterTexts, id: ExpertId, letter: &Letter) -> Result<()> {
    let offices = letter_offices(tx, ctx)?;
    let expert = experts::expert(tx, id)?;
    let refused = || Error::invalid("directory.letter-office").field("office", "directory.letter-office");
    let office = offices.into_iter().find(|office| office.id == letter.office).ok_or_else(refused)?;
    let (subject, text) = rules::letter(letter)?;
    let (to, locale) = account::contact(tx, expert.account)?.ok_or_else(|| Error::conflict("directory.expert-away"))?;
    let writer = ctx.account().as_ref().map(ToString::to_string).unwrap_or_default();
    for (limit, whose, code) in [
        (limit::LETTERS_SENDER, writer, "directory.letters-many"),
        (limit::LETTERS_READER, id.to_string(), "directory.reader-busy"),
    ] {
        rate::attempt(tx, ctx, limit, &whose).map_err(|error| rules::limited(error, code, limit.seconds / 60))?;
    }
    let agency = organisation::get(tx, office.organisation)?;
    let withdraw = withdraw_token(ctx, id);
    let words = texts.letter(
        locale,
        &LetterText {
            expert: &expert,
            agency: &agency,
            office: &office,
            subject: &subject,
            text: &text,
            withdraw: &withdraw,
        },
    );
    let headers = vec![("Reply-To".to_owned(), office.mail.clone())];
    let html = Some(words.html).filter(|html| !html.is_empty());
    mail::queue(tx, ctx, Mail { to: to.to_string(), subject: words.subject, text: words.text, html, headers })?;
    let about = Ref::new(ObjectKind::Organisation, agency.id);
    let event = Event::private(&kinds::EXPERT_WRITTEN_TO, expert.reference()).with("agency", about);
    ledger::append(tx, ctx, event).map(drop)
}
