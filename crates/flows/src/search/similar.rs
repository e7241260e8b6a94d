//! Public cases that are alike, shown before something is sent.

use madang_base::{Result, Time};
use madang_db::Db;
use madang_form::Phase;
use madang_kernel::{Ctx, Ref};
use serde::Serialize;

use super::find::{blocking, by_id};
use super::model::{Place, Search};
use super::row::all;

/// Cases that are read and compared for one that is shown.
const COMPARED: usize = 6;
/// Below this (per mille) nothing is alike.
const LEAST: u32 = 60;

/// A public case that shares words with what is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Similar {
    pub number: String,
    pub title: String,
    pub state: String,
    pub phase: Phase,
    pub supports: Option<i64>,
    pub filed_at: Time,
    /// The words that both have, whole as they are shown.
    pub shared: Vec<String>,
    /// Per mille.
    pub overlap: u32,
}

impl Search {
    /// Public cases of the service that share words with title and text, the most alike first; those filed longer ago than
    /// the definition says are left out. While there is no index to ask there are none: nobody's filing waits for it.
    ///
    /// # Errors
    /// `service.unknown`; those of the database.
    pub async fn similar(
        &self,
        db: &Db,
        ctx: &Ctx,
        service: &str,
        title: &str,
        text: &str,
        limit: usize,
    ) -> Result<Vec<Similar>> {
        let index = self.index.clone();
        let (words, body, id) = (title.to_owned(), text.to_owned(), service.to_owned());
        let found = blocking(move || index.alike(&words, &body, Some(&id), limit.saturating_mul(COMPARED))).await;
        let ids: Vec<Ref> = found.unwrap_or_default().into_iter().map(|(id, _)| id).collect();
        let (cases, service, now) = (self.cases.clone(), service.to_owned(), ctx.now);
        let (title, text) = (title.to_owned(), text.to_owned());
        db.read(move |tx| {
            let days = cases.services.current(tx, &service)?.definition.filing.similar_days;
            let oldest = days.map(|days| now.plus_days(-i64::from(days)));
            let mine = madang_text::index_terms(&title, &text);
            let mut out = Vec::new();
            for row in by_id(tx, &cases, &ids)?.into_values() {
                let own = row.service.as_ref().is_some_and(|(id, _)| *id == service);
                let (Place::Case { number }, Some(phase), Some((state, _)), true) =
                    (&row.place, row.phase, &row.state, own)
                else {
                    continue;
                };
                let theirs = madang_text::index_terms(&all(std::slice::from_ref(&row.title)), &all(&row.body));
                let overlap = madang_text::overlap(&mine, &theirs);
                if overlap < LEAST || oldest.is_some_and(|oldest| row.at < oldest) {
                    continue;
                }
                out.push(Similar {
                    number: number.clone(),
                    title: all(std::slice::from_ref(&row.title)),
                    state: state.clone(),
                    phase,
                    supports: row.supports,
                    filed_at: row.at,
                    shared: madang_text::shared(&title, &text, &theirs),
                    overlap,
                });
            }
            out.sort_by(|a, b| {
                b.overlap.cmp(&a.overlap).then(b.filed_at.cmp(&a.filed_at)).then(a.number.cmp(&b.number))
            });
            out.truncate(limit);
            Ok(out)
        })
        .await
    }
}
