//! Tables `news` and `news_object`.

use madang_base::{Result, Time};
use madang_db::{Row, Tx, params};
use madang_kernel::{OrganisationId, Ref};

use crate::model::{AgencyName, News, NewsId, NewsKind, Subscriber};

/// What [`insert`] writes.
#[derive(Clone, Debug)]
pub(crate) struct NewNews<'a> {
    pub id: NewsId,
    pub plan: &'a str,
    pub kind: NewsKind,
    pub object: &'a Ref,
    pub commitment: Option<&'a str>,
    pub milestone: Option<&'a str>,
    pub organisation: Option<OrganisationId>,
    pub detail: &'a str,
    pub at: Time,
}

pub(crate) fn insert(tx: &mut Tx, news: &NewNews<'_>) -> Result<()> {
    tx.exec(
        "INSERT INTO news (id, plan, kind, object, commitment, milestone, organisation, detail, at, notified)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        params![
            news.id,
            news.plan,
            news.kind,
            news.object,
            news.commitment,
            news.milestone,
            news.organisation,
            news.detail,
            news.at
        ],
    )?;
    Ok(())
}

pub(crate) fn insert_object(tx: &mut Tx, news: NewsId, object: &Ref) -> Result<()> {
    tx.exec(
        "INSERT INTO news_object (object, news) VALUES ($1, $2) ON CONFLICT (object, news) DO NOTHING",
        params![object, news],
    )?;
    Ok(())
}

/// The plan's news, newest first.
pub(crate) fn of_plan(tx: &mut Tx, plan: &str, before: Option<NewsId>, limit: u32) -> Result<Vec<News>> {
    tx.rows(
        "SELECT n.id, n.plan, n.kind, n.object, n.commitment, n.milestone, n.detail, n.at,
           c.number AS commitment_number, c.slug AS commitment_slug, c.name AS commitment_name,
           m.title AS milestone_title,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM news n LEFT JOIN commitment c ON c.id = n.commitment LEFT JOIN milestone m ON m.id = n.milestone
           LEFT JOIN organisation o ON o.id = n.organisation
         WHERE n.plan = $1 AND (CAST($2 AS TEXT) IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3",
        params![plan, before, limit],
    )?
    .iter()
    .map(news)
    .collect()
}

/// News for one object (a plan, a commitment, an agency), newest first.
pub(crate) fn of_object(tx: &mut Tx, object: &Ref, before: Option<NewsId>, limit: u32) -> Result<Vec<News>> {
    tx.rows(
        "SELECT n.id, n.plan, n.kind, n.object, n.commitment, n.milestone, n.detail, n.at,
           c.number AS commitment_number, c.slug AS commitment_slug, c.name AS commitment_name,
           m.title AS milestone_title,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM news_object x JOIN news n ON n.id = x.news LEFT JOIN commitment c ON c.id = n.commitment
           LEFT JOIN milestone m ON m.id = n.milestone LEFT JOIN organisation o ON o.id = n.organisation
         WHERE x.object = $1 AND (CAST($2 AS TEXT) IS NULL OR x.news < $2) ORDER BY x.news DESC LIMIT $3",
        params![object, before, limit],
    )?
    .iter()
    .map(news)
    .collect()
}

/// One news item.
pub(crate) fn get(tx: &mut Tx, id: NewsId) -> Result<Option<News>> {
    tx.row(
        "SELECT n.id, n.plan, n.kind, n.object, n.commitment, n.milestone, n.detail, n.at,
           c.number AS commitment_number, c.slug AS commitment_slug, c.name AS commitment_name,
           m.title AS milestone_title,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM news n LEFT JOIN commitment c ON c.id = n.commitment LEFT JOIN milestone m ON m.id = n.milestone
           LEFT JOIN organisation o ON o.id = n.organisation
         WHERE n.id = $1",
        params![id],
    )?
    .as_ref()
    .map(news)
    .transpose()
}

/// The last subscriber who was written to about a news item; empty: nobody yet.
pub(crate) fn notified(tx: &mut Tx, id: NewsId) -> Result<Option<String>> {
    tx.row("SELECT notified FROM news WHERE id = $1", params![id])?.map(|row| row.get("notified")).transpose()
}

pub(crate) fn set_notified(tx: &mut Tx, id: NewsId, subscriber: &str) -> Result<()> {
    tx.exec("UPDATE news SET notified = $2 WHERE id = $1", params![id, subscriber])?;
    Ok(())
}

/// What is new for a subscriber of the weekly digest since each follow was last digested, newest first.
pub(crate) fn for_digest(tx: &mut Tx, subscriber: &Subscriber, until: Time, limit: u32) -> Result<Vec<News>> {
    let word = match subscriber {
        Subscriber::Account(id) => format!("account:{id}"),
        Subscriber::Mail(address) => format!("mail:{address}"),
    };
    tx.rows(
        "SELECT n.id, n.plan, n.kind, n.object, n.commitment, n.milestone, n.detail, n.at,
           c.number AS commitment_number, c.slug AS commitment_slug, c.name AS commitment_name,
           m.title AS milestone_title,
           o.id AS agency_id, o.slug AS agency_slug, o.name AS agency_name, o.short AS agency_short
         FROM news n LEFT JOIN commitment c ON c.id = n.commitment LEFT JOIN milestone m ON m.id = n.milestone
           LEFT JOIN organisation o ON o.id = n.organisation
         WHERE n.id IN (
           SELECT x.news FROM follow f JOIN news_object x ON x.object = f.object JOIN news y ON y.id = x.news
           WHERE f.subscriber = $1 AND f.rhythm = 'weekly' AND f.confirmed_at IS NOT NULL
             AND y.at >= f.digested_at AND y.at < $2)
         ORDER BY n.id DESC LIMIT $3",
        params![word, until, limit],
    )?
    .iter()
    .map(news)
    .collect()
}

fn news(row: &Row) -> Result<News> {
    let agency = match row.get::<Option<OrganisationId>>("agency_id")? {
        Some(id) => Some(AgencyName {
            id,
            slug: row.get("agency_slug")?,
            name: row.get("agency_name")?,
            short: row.get("agency_short")?,
        }),
        None => None,
    };
    Ok(News {
        id: row.get("id")?,
        plan: row.get("plan")?,
        kind: row.get("kind")?,
        object: row.get("object")?,
        commitment: row.get("commitment")?,
        commitment_number: row.get("commitment_number")?,
        commitment_slug: row.get("commitment_slug")?,
        commitment_name: row.get("commitment_name")?,
        milestone: row.get("milestone")?,
        milestone_title: row.get("milestone_title")?,
        agency,
        detail: row.get("detail")?,
        at: row.get("at")?,
    })
}
