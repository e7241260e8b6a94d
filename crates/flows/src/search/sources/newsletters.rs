//! Issues of newsletters that were sent, without what is not public any more.

use madang_base::{LocalizedText, Result};
use madang_cases::Cases;
use madang_db::Tx;
use madang_kernel::change::Change;
use madang_kernel::{ObjectKind, Ref};
use madang_newsletter::views::{self, Searched};
use madang_search::{Document, Kind, Source};

use crate::newsletter::Contributions;
use crate::search::model::Place;
use crate::search::row::{Row, plain};

pub(super) struct Newsletters(pub Cases);

impl Source for Newsletters {
    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Newsletter]
    }

    fn touched(&self, tx: &mut Tx, change: &Change) -> Result<Vec<Ref>> {
        if change.object.kind == ObjectKind::Newsletter { views::touched(tx, &change.object) } else { Ok(Vec::new()) }
    }

    fn documents(&self, tx: &mut Tx, ids: &[Ref]) -> Result<Vec<Document>> {
        Ok(super::documents(rows(tx, &self.0, ids)?))
    }

    fn page(&self, tx: &mut Tx, after: Option<&Ref>, limit: u32) -> Result<Vec<Document>> {
        let after = after.map(|after| after.id.as_str());
        let found = views::page(tx, &contributions(&self.0), after, limit)?;
        Ok(found.into_iter().map(|issue| row(issue).document()).collect())
    }
}

pub(super) fn rows(tx: &mut Tx, cases: &Cases, ids: &[Ref]) -> Result<Vec<Row>> {
    let ids: Vec<&str> = ids.iter().filter(|id| id.kind == ObjectKind::Newsletter).map(|id| id.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(views::searched(tx, &contributions(cases), &ids)?.into_iter().map(row).collect())
}

fn contributions(cases: &Cases) -> Contributions {
    Contributions { cases: cases.clone() }
}

fn row(issue: Searched) -> Row {
    let id = issue.reference();
    let period = issue.period.to_string();
    let title = issue
        .name
        .iter()
        .fold(LocalizedText::default(), |title, (tag, name)| title.with(tag, format!("{name} {period}")));
    let place = Place::Newsletter { slug: issue.slug, period };
    Row {
        body: Some(plain(issue.text)).filter(|text| !text.is_empty()).into_iter().collect(),
        agencies: std::iter::once(issue.organisation)
            .chain(issue.agency.filter(|agency| *agency != issue.organisation))
            .collect(),
        area: issue.area,
        ..Row::new(id, Kind::Newsletter, title, place, issue.sent_at)
    }
}
