//! How satisfied the author is with the answer.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::{Ctx, Verb};

use super::act::{self, Happened, Who, begin};
use crate::Cases;
use crate::kinds;
use crate::model::{Done, EventKind};

/// The author says how satisfied they are, from 1 to 5; saying it again replaces it.
///
/// # Errors
/// `case.rate-stars`; `case.rate-early` before there is an answer; `case.author-only`; those of [`Ctx::require`].
pub fn rate(
    tx: &mut Tx,
    ctx: &Ctx,
    cases: &Cases,
    number: &str,
    stars: i64,
    text: &str,
    code: Option<&str>,
) -> Result<Done> {
    let mut acting = begin(tx, ctx, cases, number, code)?;
    acting.author(ctx, Verb::Assess)?;
    if !(1..=5).contains(&stars) {
        return Err(Error::invalid("case.rate-stars").field("stars", "case.rate-stars"));
    }
    if acting.case.answered_at.is_none() {
        return Err(Error::conflict("case.rate-early"));
    }
    let text = act::optional_text(text, "text")?;
    acting.case.satisfaction = Some(stars);
    acting.case.satisfaction_text = Some(text.clone()).filter(|text| !text.is_empty());
    let who = Who::author(ctx);
    let mut happened = Happened::new(EventKind::Rated, &kinds::CASE_RATED, &who).text(&text);
    happened.body.count = Some(stars);
    acting.done(tx, ctx, cases, happened)
}
