//! Mail. Administrators see what was sent to whom and when, never what it says; in a demonstration nothing leaves the
//! house, and everybody reads here what would have been sent.

use axum::extract::{Path, State};
use http::{HeaderValue, header::CACHE_CONTROL};
use madang_base::{Error, Result};
use madang_http::{App, Outcome, Visit};
use madang_kernel::mail::{self, MailId, MailState, Outgoing};
use serde_json::{Value, json};

use super::pager;
use crate::page::{Page, query_value, words};

/// Messages on one page.
const PAGE: u32 = 30;

/// A row of the list.
struct Row {
    id: MailId,
    to: String,
    subject: String,
    at: madang_base::Time,
    state: MailState,
}

/// The list beside the message, and where its rows lead.
struct Shown {
    base: &'static str,
    rows: Vec<Row>,
    next: Option<MailId>,
    open: Option<Outgoing>,
}

const ADMIN: &str = "/admin/outbox";
const PUBLIC: &str = "/outbox";

fn before(visit: &Visit) -> Result<Option<MailId>> {
    query_value(&visit.query, "before").map(|id| id.parse()).transpose()
}

async fn summaries(app: &App, visit: &Visit) -> Result<(Vec<Row>, Option<MailId>)> {
    let (ctx, before) = (visit.ctx.clone(), before(visit)?);
    let page = app.db.read(move |tx| mail::list(tx, &ctx, None, before, PAGE)).await?;
    let row = |m: mail::Summary| Row { id: m.id, to: m.to, subject: m.subject, at: m.at, state: m.state };
    Ok((page.mails.into_iter().map(row).collect(), page.next))
}

async fn kept(app: &App, visit: &Visit) -> Result<(Vec<Row>, Option<MailId>)> {
    in_demo(app)?;
    let before = before(visit)?;
    let page = app.db.read(move |tx| mail::outbox(tx, before, PAGE)).await?;
    let row = |m: Outgoing| Row { id: m.id, to: m.to, subject: m.subject, at: m.at, state: MailState::Kept };
    Ok((page.mails.into_iter().map(row).collect(), page.next))
}

async fn one(app: &App, id: &str) -> Result<Outgoing> {
    in_demo(app)?;
    let id = id.parse::<MailId>()?;
    app.db.read(move |tx| mail::outbox_one(tx, id)).await
}

/// What mails say can be read in a demonstration only.
fn in_demo(app: &App) -> Result<()> {
    if app.site.demo { Ok(()) } else { Err(Error::not_found("page.unknown")) }
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Outcome {
    let (rows, next) = summaries(&app, &visit).await?;
    show(&visit, &Shown { base: ADMIN, rows, next, open: None })
}

pub(super) async fn view(State(app): State<App>, visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let open = Some(one(&app, &id).await?);
    let (rows, next) = summaries(&app, &visit).await?;
    show(&visit, &Shown { base: ADMIN, rows, next, open })
}

pub(super) async fn public_list(State(app): State<App>, visit: Visit) -> Outcome {
    let (rows, next) = kept(&app, &visit).await?;
    show(&visit, &Shown { base: PUBLIC, rows, next, open: None })
}

pub(super) async fn public_view(
    State(app): State<App>,
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
) -> Outcome {
    let open = Some(one(&app, &id).await?);
    let (rows, next) = kept(&app, &visit).await?;
    show(&visit, &Shown { base: PUBLIC, rows, next, open })
}

fn show(visit: &Visit, shown: &Shown) -> Outcome {
    let base = shown.base;
    let demo = visit.app.site.demo;
    let rows: Vec<Value> = shown.rows.iter().map(|row| of_row(visit, row, base, demo)).collect();
    let here = visit.url(base);
    let context = json!({
        "public": base == PUBLIC,
        "mails": rows,
        "mail": shown.open.as_ref().map(|mail| of_mail(visit, mail)),
        "pager": pager(&here, !visit.query.contains("before="), shown.next.map(|id| id.to_string())),
    });
    let mut response = Page::new(visit, "admin/outbox.html").render(&context)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn of_row(visit: &Visit, row: &Row, base: &str, demo: bool) -> Value {
    let tone = match row.state {
        MailState::Queued => "queued",
        MailState::Sent | MailState::Kept => "done",
        MailState::Failed => "failed",
    };
    let readable = demo && row.state == MailState::Kept;
    json!({
        "id": row.id,
        "to": row.to,
        "subject": row.subject,
        "time": row.at.rfc3339(),
        "href": if readable { visit.url(&format!("{base}/{}", row.id)) } else { String::new() },
        "tone": tone,
        "state": words(visit, &format!("mail-state-{}", row.state), &[]),
    })
}

fn of_mail(visit: &Visit, mail: &Outgoing) -> Value {
    json!({
        "to": mail.to,
        "subject": mail.subject,
        "time": mail.at.rfc3339(),
        "text": mail.text,
        // Shown as text, never as a page: what is in a mail is not ours alone.
        "html": mail.html.as_deref().unwrap_or_default(),
        "links": links(visit, &mail.text),
    })
}

/// The links of a mail that lead to this site, as paths: the site may be visited by another name than its own.
fn links(visit: &Visit, text: &str) -> Vec<Value> {
    let base = format!("{}/", visit.app.site.base_url);
    text.split_whitespace()
        .filter_map(|word| word.strip_prefix(base.as_str()))
        .map(|path| json!({ "label": words(visit, "outbox-open-link", &[]), "href": format!("/{path}") }))
        .collect()
}
