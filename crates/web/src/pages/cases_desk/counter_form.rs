//! Filing for somebody: the citizens' form on one page, who the person is, and that the person agreed.

use std::sync::Arc;

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, FieldError, Result};
use madang_cases::model::Channel;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::file::{self, FilingInput, ProxyInput, Receipt};
use madang_form::{Answers, CasePublicity, Definition, FieldKind, Filer, Party, Raw, values};
use madang_http::{Input, Outcome, Sent, Visit, status_of};
use madang_kernel::blob::Upload;
use madang_kernel::organisation::{self, OrganisationKind};
use serde_json::{Value, json};

use super::kit::{self, option, t};
use crate::i18n::FieldMessage;
use crate::page::{Page, form_errors, keep_for_form};
use crate::pages::services::fields::{self, Form};
use crate::pages::services::shapes;
use crate::pages::services::uploads::{self, Uploads};

/// The ways in which somebody comes, as the form offers them.
const CHANNELS: [Channel; 4] = [Channel::Counter, Channel::Phone, Channel::Paper, Channel::Visit];
/// How somebody agrees.
const HOW: [&str; 2] = ["spoken", "signed"];

/// What was typed beside the definition's fields.
#[derive(Clone, Debug, Default)]
struct Typed {
    raw: Raw,
    rows: std::collections::BTreeMap<String, usize>,
    name: String,
    mail: String,
    channel: String,
    how: String,
    note: String,
    public: bool,
    request_key: String,
}

impl Typed {
    fn read(input: &Input) -> Self {
        let text = |name: &str| input.text(&format!("proxy_{name}")).to_owned();
        let own =
            |name: &str| name.starts_with("proxy_") || name == "go" || name == "request_key" || name.ends_with(".held");
        let raw =
            input.fields().filter(|(name, _)| !own(name)).map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            raw: raw.collect(),
            rows: Default::default(),
            name: text("name"),
            mail: text("mail"),
            channel: text("channel"),
            how: text("how"),
            note: text("note"),
            public: input.has("proxy_public"),
            request_key: input.text("request_key").to_owned(),
        }
    }
}

async fn service(visit: &Visit, id: &str) -> Result<Arc<ServiceVersion>> {
    let (cases, id) = (kit::cases(visit)?, id.to_owned());
    let found = visit.app.db.read(move |tx| cases.services.current(tx, &id)).await?;
    if !found.definition.filing.who.contains(&Filer::Proxy) {
        return Err(Error::forbidden("case.filing-who").arg("service", &found.definition.id));
    }
    if !shapes::open(&found, visit.ctx.now.kst_date()) {
        return Err(Error::conflict("case.filing-shut"));
    }
    Ok(found)
}

pub(super) async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let version = service(&visit, &id).await?;
    let typed = Typed { request_key: visit.app.rng.token(), channel: "counter".into(), ..Typed::default() };
    page(&visit, &version, &typed, &Uploads::new(), Vec::new(), StatusCode::OK, false).await
}

async fn page(
    visit: &Visit,
    version: &ServiceVersion,
    typed: &Typed,
    held: &Uploads,
    errors: Vec<FieldMessage>,
    status: StatusCode,
    ended: bool,
) -> Outcome {
    let agencies = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    let def = &version.definition;
    let answers = Answers::default();
    let form = Form {
        visit,
        def,
        by: Party::Author,
        screen: None,
        raw: &typed.raw,
        answers: &answers,
        agencies: &agencies,
        held,
        rows: typed.rows.clone(),
        files_at: String::new(),
        today: visit.ctx.now.kst_date(),
    };
    let channels = CHANNELS
        .iter()
        .map(|c| option(c.code(), t(visit, &format!("desk-channel-{c}"), &[]), c.code() == typed.channel));
    let how = HOW.iter().map(|how| option(how, t(visit, &format!("counter-how-{how}"), &[]), *how == typed.how));
    let context = json!({
        "service": { "name": def.name, "summary": def.summary, "before": shapes::some(&def.filing.before) },
        "action": visit.url(&visit.path), "fields": form.shown(), "max_bytes": kit::max_bytes(visit),
        "request_key": typed.request_key, "held": ended,
        "values": { "proxy_name": typed.name, "proxy_mail": typed.mail, "proxy_note": typed.note, "public": typed.public },
        "channels": channels.collect::<Vec<_>>(), "how": how.collect::<Vec<_>>(),
        "chooses": def.public.case == CasePublicity::AuthorChooses,
        "summary": kit::summary(visit, &errors, |id| label(visit, def, id)), "errors": errors,
    });
    Page::new(visit, "cases-desk/counter-form.html").form().status(status).render(&context)
}

/// What a field of the page is called.
fn label(visit: &Visit, def: &Definition, id: &str) -> Option<String> {
    let key = match id {
        "proxy_name" => "counter-person",
        "proxy_mail" => "counter-mail",
        "proxy_channel" => "counter-channel",
        "proxy_how" => "counter-how",
        "proxy_note" => "counter-note",
        _ => return def.field(id).map(|field| field.name.get(visit.locale).to_owned()),
    };
    Some(t(visit, key, &[]))
}

pub(super) async fn act(visit: Visit, Path((_, id)): Path<(String, String)>, sent: Sent) -> Outcome {
    let version = service(&visit, &id).await?;
    let def = &version.definition;
    let mut typed = Typed::read(&sent.input);
    let mut wrong: Vec<FieldError> = Vec::new();
    let asked: Vec<_> = def.filing_fields().collect();
    let mut held = uploads::of_fields(&visit, &sent.input, &asked, &mut wrong).await?;
    let go = sent.input.text("go").to_owned();
    if let Some((field, sha256)) = go.strip_prefix("drop:").and_then(|rest| rest.split_once(':'))
        && let Some(files) = held.get_mut(field)
    {
        files.retain(|upload| upload.blob.sha256 != sha256);
    }
    if let Some(table) = go.strip_prefix("more:") {
        typed.rows.insert(table.to_owned(), fields::typed_rows(&typed.raw, table) + 1);
    }
    if let Some((table, at)) = go.strip_prefix("less:").and_then(|rest| rest.split_once(':'))
        && let Ok(at) = at.parse()
    {
        typed.raw = fields::without_row(&typed.raw, table, at);
    }
    if !sent.holds() || go != "send" {
        let status = if sent.holds() { StatusCode::OK } else { StatusCode::FORBIDDEN };
        return page(&visit, &version, &typed, &held, Vec::new(), status, !sent.holds()).await;
    }
    match send(&visit, &version, &typed, &held, wrong).await {
        Ok(receipt) => receipt_page(&visit, &version, &typed, &receipt),
        Err(error) => {
            let error = keep_for_form(error)?;
            let mut errors = form_errors(&visit.app, &visit, &error);
            for error in &mut errors {
                if ["name", "mail", "how", "note"].contains(&error.field.as_str()) && def.field(&error.field).is_none()
                {
                    error.field = format!("proxy_{}", error.field);
                }
            }
            page(&visit, &version, &typed, &held, errors, status_of(error.kind()), false).await
        }
    }
}

async fn send(
    visit: &Visit,
    version: &ServiceVersion,
    typed: &Typed,
    held: &Uploads,
    mut wrong: Vec<FieldError>,
) -> Result<Receipt> {
    let def = &version.definition;
    let asked: Vec<_> = def.filing_fields().collect();
    let files = held.iter().map(|(id, list)| (id.clone(), list.iter().map(uploads::answer).collect())).collect();
    let today = visit.ctx.now.kst_date();
    let filled = values::fill(def, &Party::Author, &asked, &typed.raw, &files, &Answers::default(), today);
    wrong.extend(filled.errors);
    let fault =
        |field: &str, code: &'static str| FieldError { field: field.to_owned(), code, args: Default::default() };
    if typed.name.is_empty() {
        wrong.push(fault("proxy_name", "counter.person"));
    }
    let channel: Option<Channel> = typed.channel.parse().ok().filter(|channel| CHANNELS.contains(channel));
    if channel.is_none() {
        wrong.push(fault("proxy_channel", "desk.choose"));
    }
    if !HOW.contains(&typed.how.as_str()) {
        wrong.push(fault("proxy_how", "counter.consent"));
    }
    let Some(channel) = channel.filter(|_| wrong.is_empty()) else {
        let error = Error::invalid("case.filing-invalid").arg("service", &def.id);
        return Err(wrong.into_iter().fold(error, Error::field_error));
    };
    let uploads: Vec<Upload> = held.values().flatten().cloned().collect();
    let input = FilingInput {
        service: def.id.clone(),
        answers: filled.answers,
        uploads,
        channel,
        name: typed.name.clone(),
        mail: Some(typed.mail.clone()).filter(|mail| !mail.is_empty()),
        wants_public: typed.public,
        request_key: typed.request_key.clone(),
        proxy: Some(ProxyInput { how: typed.how.clone(), note: typed.note.clone() }),
        follow: !typed.mail.is_empty(),
    };
    let (ctx, cases) = (visit.ctx.clone(), kit::cases(visit)?);
    visit.app.db.write(move |tx| file::file(tx, &ctx, &cases, &input)).await
}

/// The receipt to print and hand over. The code stands on it once and nowhere else.
fn receipt_page(visit: &Visit, version: &ServiceVersion, typed: &Typed, receipt: &Receipt) -> Outcome {
    let def = &version.definition;
    let clocks: Vec<Value> = receipt
        .clocks
        .iter()
        .filter_map(|run| Some(json!({ "name": def.clock(&run.clock)?.name, "words": shapes::due_words(visit, def.clock(&run.clock)?, run) })))
        .collect();
    let title = def.field(&def.public.title).filter(|f| matches!(f.kind, FieldKind::Line { .. }));
    let context = json!({
        "service": def.name, "number": receipt.number, "secret": receipt.secret, "again": receipt.again,
        "title": title.map(|f| typed.raw.one(&f.id)).unwrap_or_default(), "name": typed.name, "at": visit.ctx.now.micros(),
        "clocks": clocks, "after": shapes::some(&def.filing.after), "lookup": format!("{}{}", visit.app.site.base_url, visit.url("/lookup")),
        "how": t(visit, &format!("counter-how-{}", typed.how), &[]), "note": typed.note,
        "next_href": visit.url("/desk/counter"), "same_href": visit.url(&visit.path),
    });
    Page::new(visit, "cases-desk/counter-receipt.html").render(&context)
}
