//! What this crate needs from others: what happened on the site, what mails say, where accounts are written to.

use madang_base::{Locale, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_kernel::mail::Mail;
use madang_kernel::{AccountId, Ctx, OrganisationId};

use crate::model::{Item, Newsletter, SectionKind, Subscription};
use crate::views::IssueView;

/// Which of what happened belongs into an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub from: Time,
    pub until: Time,
    /// Words separated by commas, any of which must occur; empty: everything.
    pub topic: String,
    pub agency: Option<OrganisationId>,
    pub area: Option<String>,
    /// Items of a section, the weightiest first.
    pub limit: usize,
}

/// The items of one section, in the order of the section, and how many there were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    pub items: Vec<Item>,
    pub count: i64,
}

/// What of an item may be shown now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub title: LocalizedText,
    pub text: String,
}

/// What the site knows, filled where cases and plans are.
pub trait Contributor: Send + Sync {
    /// What belongs into a section; only what is public.
    ///
    /// # Errors
    /// Those of the database.
    fn gather(&self, tx: &mut Tx, ctx: &Ctx, section: SectionKind, wanted: &Wanted) -> Result<Gathered>;

    /// What everybody may see of these items now, in their order; none for what is no longer public. The words are
    /// today's, so that what was taken out of a row is gone from the issue too.
    ///
    /// # Errors
    /// Those of the database.
    fn shown(&self, tx: &mut Tx, items: &[&Item]) -> Result<Vec<Option<Words>>>;
}

/// What mails say. The mail's `to` is filled in afterwards. `leave` ends the subscription at one click
/// ([`crate::service::subscribe::leave`]) and belongs into the text and into the headers `List-Unsubscribe` and
/// `List-Unsubscribe-Post` (RFC 8058).
pub trait IssueTexts: Send + Sync {
    /// Asks whoever owns the address for confirmation by [`crate::service::subscribe::confirm`].
    fn confirm(&self, newsletter: &Newsletter, subscription: &Subscription, token: &str, locale: Locale) -> Mail;
    /// An issue. `leave` is put in as it is, at every place where it is needed, and nowhere changed or encoded: the
    /// sender fills in each reader's own.
    fn issue(&self, view: &IssueView, leave: &str, locale: Locale) -> Mail;
}

/// Where an account is written to.
pub trait Recipients: Send + Sync {
    /// Address and language; none when the account has no address or is no more.
    ///
    /// # Errors
    /// Those of the database.
    fn address(&self, tx: &mut Tx, account: AccountId) -> Result<Option<(String, Locale)>>;
}
