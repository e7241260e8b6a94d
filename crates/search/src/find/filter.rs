//! What a question leaves out before any word is looked at.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::model;
use crate::schema::{Fields, levels};

fn code(field: Field, value: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

/// The filters of a question; each of them must hold and none changes the score.
pub(super) fn filters(fields: &Fields, query: &model::Query) -> Vec<Box<dyn Query>> {
    let mut filters: Vec<Box<dyn Query>> = Vec::new();
    match query.kinds.as_slice() {
        [] => {}
        [kind] => filters.push(code(fields.kind, kind.code())),
        kinds => {
            let any = kinds.iter().map(|kind| (Occur::Should, code(fields.kind, kind.code()))).collect();
            filters.push(Box::new(BooleanQuery::new(any)));
        }
    }
    let agency = query.agency.map(|agency| agency.to_string());
    let area = query.area.as_deref().map(|area| levels(area).pop().unwrap_or_default());
    for (field, value) in [
        (fields.service, &query.service),
        (fields.agency, &agency),
        (fields.area, &area),
        (fields.phase, &query.phase),
        (fields.state, &query.state),
    ] {
        if let Some(value) = value {
            filters.push(code(field, value));
        }
    }
    if query.since.is_some() || query.until.is_some() {
        let term = |time: madang_base::Time| Term::from_field_i64(fields.at, time.micros());
        filters.push(Box::new(RangeQuery::new(
            query.since.map_or(Bound::Unbounded, |since| Bound::Included(term(since))),
            query.until.map_or(Bound::Unbounded, |until| Bound::Excluded(term(until))),
        )));
    }
    filters.into_iter().map(|filter| Box::new(ConstScoreQuery::new(filter, 0.0)) as Box<dyn Query>).collect()
}
