//! A page of results: asked of the index, read from the rows, marked.

use std::collections::BTreeMap;

use madang_base::{Error, Locale, Result};
use madang_db::{Db, Tx};
use madang_kernel::{Ctx, Ref};
use madang_search::{Found, Query, Reading};
use madang_text::mark;
use madang_text::query::{self, Parsed};

use super::model::{Hit, Marked, Results, Search};
use super::row::{Row, all, of};
use super::sources;

/// How far into the results a page may begin or end.
const REACH: usize = 10_000;
/// Results that are asked for beyond a page, in place of those that are not public any more.
const SPARE: usize = 10;
/// Characters of a snippet.
const SNIPPET: usize = 160;

impl Search {
    /// The results from `skip` on, `limit` at most and none beyond the first 10,000; `limit` 0 only counts.
    ///
    /// They are the same for everybody; of `ctx` only the language is looked at. What the index has and nobody may read any
    /// more is left out and not counted, as far as it was met.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask; those of the database.
    pub async fn find(&self, db: &Db, ctx: &Ctx, query: &Query, skip: usize, limit: usize) -> Result<Results> {
        let limit = limit.min(REACH.saturating_sub(skip));
        let mut at = skip.min(REACH);
        let first = self.ask(query, at, asked(at, limit)).await?;
        let mut out = Results {
            hits: Vec::with_capacity(limit),
            count: first.count,
            counted: first.counted,
            read: first.read.clone(),
            next: None,
        };
        if limit == 0 {
            return Ok(out);
        }
        let mut gone = 0;
        let mut found = first;
        loop {
            let rest = limit - out.hits.len();
            let last = found.ids.len() < asked(at, rest);
            let ids: Vec<Ref> = found.ids.into_iter().map(|hit| hit.id).collect();
            let (given, behind) = (ids.len(), at + ids.len());
            let (hits, looked) = self.read(db, ctx.locale, query, &out.read, ids, rest).await?;
            gone += looked - hits.len();
            at += looked;
            out.hits.extend(hits);
            if last && looked == given {
                break;
            }
            if out.hits.len() == limit {
                out.next = Some(at).filter(|at| *at < REACH && (*at < behind || !last));
                break;
            }
            if at >= REACH {
                break;
            }
            found = self.ask(query, at, asked(at, limit - out.hits.len())).await?;
        }
        out.count = out.count.saturating_sub(u64::try_from(gone).unwrap_or(0));
        Ok(out)
    }

    async fn ask(&self, query: &Query, skip: usize, limit: usize) -> Result<Found> {
        let (index, query) = (self.index.clone(), query.clone());
        blocking(move || index.search(&query, skip, limit)).await
    }

    /// The first so many of these that are public and fit, in one read, and how many ids were looked at for them.
    async fn read(
        &self,
        db: &Db,
        locale: Locale,
        query: &Query,
        read: &Reading,
        ids: Vec<Ref>,
        most: usize,
    ) -> Result<(Vec<Hit>, usize)> {
        let (cases, query, parsed) = (self.cases.clone(), query.clone(), parsed(&query.words, read));
        db.read(move |tx| {
            let mut hits = Vec::with_capacity(most);
            let mut looked = 0;
            while hits.len() < most && looked < ids.len() {
                let until = ids.len().min(looked + most - hits.len());
                let mut rows = by_id(tx, &cases, &ids[looked..until])?;
                for id in &ids[looked..until] {
                    let row = rows.remove(id).filter(|row| row.fits(&query));
                    hits.extend(row.map(|row| hit(row, &parsed, query.answers, locale)));
                }
                looked = until;
            }
            Ok((hits, looked))
        })
        .await
    }
}

/// How many are asked of the index from there on for so many that are wanted.
fn asked(at: usize, wanted: usize) -> usize {
    (wanted + SPARE).min(REACH.saturating_sub(at)).max(1)
}

/// Work that keeps a processor busy, off the threads that serve.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// The public ones of these things by their references.
pub(super) fn by_id(tx: &mut Tx, cases: &madang_cases::Cases, ids: &[Ref]) -> Result<BTreeMap<Ref, Row>> {
    Ok(sources::rows(tx, cases, ids)?.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// The query as it was read.
fn parsed(words: &str, read: &Reading) -> Parsed {
    query::parse(match read {
        Reading::Keyboard(other) => other,
        Reading::Typed | Reading::Loose => words,
    })
}

fn hit(row: Row, parsed: &Parsed, answers: bool, locale: Locale) -> Hit {
    let title = marked(parsed, row.title.get(locale));
    let (snippet, in_answer) = snippet(&row, parsed, answers, locale);
    Hit {
        id: row.id,
        kind: row.kind,
        title,
        snippet,
        in_answer,
        place: row.place,
        agency: row.agency,
        service: row.service,
        state: row.state,
        phase: row.phase,
        at: row.at,
        supports: row.supports,
        area: row.area,
    }
}

/// A whole text with the places where the query stands.
pub(super) fn marked(parsed: &Parsed, text: &str) -> Marked {
    Marked { text: text.to_owned(), marks: mark::marks(parsed, text), before: false, after: false }
}

/// The best place of the text, of the answer where the text has none; in the reader's language where that has one.
fn snippet(row: &Row, parsed: &Parsed, answers: bool, locale: Locale) -> (Option<Marked>, bool) {
    let (body, answer) = (of(&row.body, locale), of(&row.answer, locale));
    let look = |text: &str| mark::snippet(parsed, text, SNIPPET);
    let mut places: Vec<(bool, &str)> = Vec::with_capacity(4);
    let (whole_body, whole_answer) = (all(&row.body), all(&row.answer));
    for (body, answer) in [(&body, &answer), (&whole_body, &whole_answer)] {
        if !answers {
            places.push((false, body));
        }
        places.push((true, answer));
    }
    for (in_answer, text) in places {
        if let Some(found) = look(text) {
            let marked = Marked { text: found.text, marks: found.marks, before: found.before, after: found.after };
            return (Some(marked), in_answer);
        }
    }
    if answers && !answer.is_empty() { (beginning(&answer), true) } else { (beginning(&body), false) }
}

/// The first words of a text.
fn beginning(text: &str) -> Option<Marked> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Some((end, _)) = text.char_indices().nth(SNIPPET) else {
        return Some(Marked { text: text.to_owned(), ..Marked::default() });
    };
    let cut = text[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    Some(Marked { text: text[..cut].trim_end().to_owned(), after: true, ..Marked::default() })
}
