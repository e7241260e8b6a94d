//! Titles that begin as what was typed so far.

use madang_base::Result;
use madang_db::Db;
use madang_kernel::Ctx;
use madang_text::query;

use super::find::{blocking, by_id, marked};
use super::model::{Search, Suggestion};

/// Suggestions at most.
const MOST: usize = 20;
/// Asked for beyond that, in place of those that are not public any more.
const SPARE: usize = 6;

impl Search {
    /// Things with titles that begin, or have words that begin, as what was typed: pieces of syllables and initials too.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask; those of the database.
    pub async fn suggest(&self, db: &Db, ctx: &Ctx, typed: &str, limit: usize) -> Result<Vec<Suggestion>> {
        let limit = limit.min(MOST);
        if typed.trim().is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let (index, text) = (self.index.clone(), typed.to_owned());
        let ids = blocking(move || index.suggest(&text, limit + SPARE)).await?;
        let (cases, locale, parsed) = (self.cases.clone(), ctx.locale, query::parse(typed));
        db.read(move |tx| {
            let mut rows = by_id(tx, &cases, &ids)?;
            let found = ids.iter().filter_map(|id| rows.remove(id)).take(limit);
            Ok(found
                .map(|row| Suggestion {
                    title: marked(&parsed, row.title.get(locale)),
                    id: row.id,
                    kind: row.kind,
                    place: row.place,
                })
                .collect())
        })
        .await
    }
}
