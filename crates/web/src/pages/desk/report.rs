//! An officer reports how far a milestone is: write → review → receipt.

use axum::extract::{Path, Query};
use http::StatusCode;
use madang_base::{Error, FieldError, LocalizedText, Result, Time};
use madang_db::Tx;
use madang_http::{Input, Outcome, Visit};
use madang_kernel::{Ctx, ObjectKind, Owner, Verb};
use madang_plans::model::{EvidenceKind, PeriodView, Update, UpdateId};
use madang_plans::rules::Claim;
use madang_plans::service::report::{self, ReportInput};
use madang_plans::views::{self, CommitmentView, MilestoneView};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::plans::shape;
use super::evidence::{self, Piece};
use super::{Wrong, commitment, one, size_words};
use crate::i18n;
use crate::page::Page;

type Place = Path<(String, String, String, String)>;

/// What the address may ask for besides the form itself.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The report that was just published.
    #[serde(default)]
    receipt: String,
    /// An own report that is to be corrected.
    #[serde(default)]
    corrects: String,
    /// The period that the desk's row was about.
    #[serde(default)]
    period: String,
}

/// The form as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    period: String,
    claim: String,
    percent: String,
    text_ko: String,
    text_en: String,
    delay_reason: String,
    corrects: String,
    /// The piece of evidence that is being written.
    kind: String,
    label: String,
    href: String,
    pieces: Vec<Piece>,
}

impl Typed {
    fn read(visit: &Visit, input: &Input) -> Result<Self> {
        let text = |name: &str| input.text(name).to_owned();
        Ok(Self {
            period: text("period"),
            claim: text("claim"),
            percent: text("percent"),
            text_ko: text("text_ko"),
            text_en: text("text_en"),
            delay_reason: text("delay_reason"),
            corrects: text("corrects"),
            kind: text("kind"),
            label: text("label"),
            href: text("href"),
            pieces: evidence::held(visit, input)?,
        })
    }

    fn of(update: &Update, pieces: Vec<Piece>) -> Self {
        Self {
            period: update.period.map(|no| no.to_string()).unwrap_or_default(),
            claim: update.claim.to_string(),
            percent: update.percent.map(|n| n.to_string()).unwrap_or_default(),
            text_ko: one(&update.text, "ko"),
            text_en: one(&update.text, "en"),
            delay_reason: update.delay_reason.clone(),
            corrects: update.id.to_string(),
            pieces,
            ..Self::default()
        }
    }

    /// Takes the new piece among the others and empties its fields.
    fn keep(&mut self, piece: Option<Piece>) {
        if let Some(piece) = piece {
            self.pieces.push(piece);
            for field in [&mut self.kind, &mut self.label, &mut self.href] {
                field.clear();
            }
        }
    }

    fn corrected(&self) -> Result<Option<UpdateId>> {
        if self.corrects.is_empty() { Ok(None) } else { self.corrects.parse().map(Some) }
    }

    fn input(&self, place: &Found) -> Result<ReportInput> {
        let text = LocalizedText::new(&*self.text_ko, &*self.text_en);
        let claim: Claim = self.claim.parse().map_err(|_| {
            let error = wrong("claim", "desk.choose");
            if text.is_empty() { error.field("text", "plan.text-required") } else { error }
        })?;
        let number = |text: &str, field: &'static str, code: &'static str| -> Result<Option<i64>> {
            if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| wrong(field, code)) }
        };
        let (evidence, uploads) = evidence::told(&self.pieces)?;
        Ok(ReportInput {
            commitment: place.view.name.id.clone(),
            milestone: Some(place.milestone.id.clone()),
            period: number(&self.period, "period", "desk.choose")?,
            claim,
            percent: number(self.percent.trim_end_matches('%').trim(), "percent", "plan.percent")?,
            text,
            delay_reason: self.delay_reason.clone(),
            evidence,
            uploads,
        })
    }
}

fn wrong(field: &'static str, code: &'static str) -> Error {
    Error::invalid("plan.report-invalid").field_error(FieldError {
        field: field.to_owned(),
        code,
        args: Default::default(),
    })
}

/// Where a field of the domain stands on the page.
fn place(error: &FieldError) -> String {
    match error.field.as_str() {
        "text" => "text_ko".to_owned(),
        field if field.starts_with("evidence") => "evidence".to_owned(),
        field => field.to_owned(),
    }
}

/// What the form is about.
struct Found {
    view: CommitmentView,
    milestone: MilestoneView,
    updates: Vec<Update>,
    followers: i64,
}

async fn find(visit: &Visit, (plan, word, n): (String, String, String)) -> Result<Found> {
    let today = shape::today(visit);
    visit
        .app
        .db
        .read(move |tx| {
            let view = commitment(tx, &plan, &word, today)?;
            let milestone = views::milestone(tx, &madang_plans::id::milestone(&view.name.id, &n), today)?;
            let followers = views::followers(tx, &madang_plans::id::commitment_ref(&view.name.id))?;
            let mut updates = views::updates(tx, &view.name.id)?;
            updates.retain(|u| u.milestone.as_deref() == Some(milestone.id.as_str()));
            Ok(Found { view, milestone, updates, followers })
        })
        .await
}

pub async fn show(visit: Visit, Path((_, plan, word, n)): Place, Query(asked): Query<Asked>) -> Outcome {
    let found = find(&visit, (plan, word, n)).await?;
    if let Some(update) = found.updates.iter().find(|u| u.id.to_string() == asked.receipt) {
        return page(&visit, &found, 3, &Typed::default(), Wrong::none(), Some(update));
    }
    let typed = match found.updates.iter().find(|u| u.id.to_string() == asked.corrects) {
        Some(update) => {
            let (own, who) = (update.clone(), visit.clone());
            let pieces = visit.app.db.read(move |tx| evidence::of_update(&who, tx, &own)).await?;
            Typed::of(update, pieces)
        }
        None if !asked.corrects.is_empty() => {
            return Err(Error::not_found("plan.update-unknown").arg("value", asked.corrects).into());
        }
        None => Typed { period: asked.period, ..Typed::default() },
    };
    page(&visit, &found, 1, &typed, Wrong::none(), None)
}

pub async fn act(visit: Visit, Path((_, plan, word, n)): Place, input: Input) -> Outcome {
    let found = find(&visit, (plan, word, n)).await?;
    let mut typed = Typed::read(&visit, &input)?;
    if let Some(at) = input.optional("remove").and_then(|at| at.parse::<usize>().ok()) {
        if at < typed.pieces.len() {
            typed.pieces.remove(at);
        }
        return page(&visit, &found, 1, &typed, Wrong::none(), None);
    }
    // What was typed and not yet added belongs to the report, too.
    match evidence::fresh(&visit, &input).await {
        Ok(piece) => typed.keep(piece),
        Err(error) => {
            let wrong = Wrong::of(&visit, error, place)?;
            return page(&visit, &found, 1, &typed, wrong, None);
        }
    }
    match input.text("go") {
        "review" => match rehearse(&visit, &found, &typed).await {
            Ok(()) => page(&visit, &found, 2, &typed, Wrong::none(), None),
            Err(error) => page(&visit, &found, 1, &typed, Wrong::of(&visit, error, place)?, None),
        },
        "publish" => match publish(&visit, &found, &typed).await {
            Ok(update) => {
                let to = format!("{}?receipt={}", visit.url(&visit.path), update.id);
                Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&to)))
            }
            Err(error) => page(&visit, &found, 1, &typed, Wrong::of(&visit, error, place)?, None),
        },
        _ => page(&visit, &found, 1, &typed, Wrong::none(), None),
    }
}

async fn rehearse(visit: &Visit, found: &Found, typed: &Typed) -> Result<()> {
    let (ctx, input, corrects) = (visit.ctx.clone(), typed.input(found)?, typed.corrected()?);
    visit.app.db.read(move |tx| report::check(tx, &ctx, corrects, &input)).await
}

async fn publish(visit: &Visit, found: &Found, typed: &Typed) -> Result<Update> {
    let (ctx, input, corrects) = (visit.ctx.clone(), typed.input(found)?, typed.corrected()?);
    visit
        .app
        .db
        .write(move |tx| match corrects {
            Some(old) => report::correct(tx, &ctx, old, &input),
            None => match sent_before(tx, &ctx, &input)? {
                Some(same) => Ok(same),
                None => report::report(tx, &ctx, &input),
            },
        })
        .await
}

/// Seconds in which the same words once more are a second press of the button and not a second report.
const AGAIN: i64 = 600;

/// The latest report on the milestone, when it says just what is being sent and is only minutes old.
fn sent_before(tx: &mut Tx, ctx: &Ctx, input: &ReportInput) -> Result<Option<Update>> {
    let updates = views::updates(tx, &input.commitment)?;
    let latest = updates.into_iter().filter(|u| u.milestone == input.milestone).max_by_key(|u| u.at);
    Ok(latest.filter(|u| {
        u.period == input.period
            && u.claim == input.claim
            && u.percent == input.percent
            && u.text == input.text
            && u.delay_reason == input.delay_reason
            && u.evidence == input.evidence
            && ctx.now.seconds_since(u.at) < AGAIN
            && ctx.may(Verb::Report, ObjectKind::Update, Some(Owner::Organisation(u.agency.id)))
    }))
}

fn page(visit: &Visit, found: &Found, step: u8, typed: &Typed, wrong: Wrong, receipt: Option<&Update>) -> Outcome {
    let today = shape::today(visit);
    let m = &found.milestone;
    let mut milestone = shape::timing(visit, &m.content);
    let href = visit.url(&format!("/plans/{}/commitments/{}", found.view.plan.id, found.view.name.number));
    milestone["title"] = json!(m.content.title);
    milestone["number"] = json!(m.content.number);
    milestone["href"] = json!(format!("{href}#m{}", m.content.number));
    milestone["state"] = json!(m.state.code());
    milestone["commitment"] = json!({ "number": found.view.name.number, "title": found.view.name.name });
    let pieces = evidence::shown(visit, &typed.pieces);
    let context = json!({
        "step": step,
        "action": visit.url(&visit.path),
        "milestone": milestone,
        "values": {
            "text_ko": typed.text_ko, "text_en": typed.text_en, "claim": typed.claim, "percent": typed.percent,
            "delay_reason": typed.delay_reason, "period": typed.period, "corrects": typed.corrects,
            "label": typed.label, "href": typed.href, "evidence": pieces,
        },
        "claims": claims(visit, &typed.claim),
        "periods": periods(visit, found, &typed.period),
        "period_name": found.milestone.periods.iter().find(|p| p.no.to_string() == typed.period).map(|p| period_name(visit, p)),
        "kinds": kinds(visit, &typed.kind),
        "asks_delay": past_due(found, today),
        "max_bytes": size_words(visit.app.blobs.limits().bytes),
        "mine": mine(visit, found),
        "receipt": receipt.map(|u| json!({
            "number": u.id, "time": u.at.micros(), "href": format!("{href}#m{}", m.content.number),
            "followers": found.followers, "correct_href": format!("{}?corrects={}", visit.url(&visit.path), u.id),
        })),
        "errors": wrong.errors,
    });
    let status = if receipt.is_some() { StatusCode::OK } else { wrong.status };
    Page::new(visit, "report.html").form().status(status).render(&context)
}

/// Whether something that is not reported as completed should have been.
fn past_due(found: &Found, today: jiff::civil::Date) -> bool {
    let open = found.milestone.periods.iter().filter(|p| p.claim != Some(Claim::Completed));
    open.filter_map(|p| p.due).any(|due| due < today)
}

fn claims(visit: &Visit, chosen: &str) -> Vec<Value> {
    Claim::ALL
        .iter()
        .map(|claim| {
            let hint = match claim {
                Claim::Completed => shape::t(visit, "claim-hint-completed", &[]),
                Claim::Delayed => shape::t(visit, "claim-hint-delayed", &[]),
                Claim::NotStarted | Claim::UnderWay => String::new(),
            };
            let label = shape::t(visit, &format!("claim-{claim}"), &[]);
            json!({ "value": claim.code(), "label": label, "hint": hint, "selected": claim.code() == chosen })
        })
        .collect()
}

/// The periods to choose from; empty when there is nothing to choose.
fn periods(visit: &Visit, found: &Found, chosen: &str) -> Vec<Value> {
    let all = &found.milestone.periods;
    if all.len() < 2 {
        return Vec::new();
    }
    let mut options = vec![shape::option("", shape::t(visit, "report-period-all", &[]), chosen.is_empty())];
    options.extend(all.iter().map(|p| {
        let state = shape::t(visit, &format!("state-{}", p.state), &[]);
        let no = p.no.to_string();
        shape::option(&no, format!("{} · {state}", period_name(visit, p)), no == chosen)
    }));
    options
}

fn period_name(visit: &Visit, period: &PeriodView) -> String {
    let day = |d: Option<jiff::civil::Date>| d.map(|d| i18n::date(&d.to_string(), visit.locale)).unwrap_or_default();
    match (period.start, period.due) {
        (Some(start), Some(due)) if start == due => day(Some(due)),
        (start, due) => format!("{} – {}", day(start), day(due)).trim().to_owned(),
    }
}

fn kinds(visit: &Visit, chosen: &str) -> Vec<Value> {
    let typed = EvidenceKind::ALL.iter().filter(|kind| **kind != EvidenceKind::File);
    typed
        .map(|kind| {
            shape::option(kind.code(), shape::t(visit, &format!("evidence-{kind}"), &[]), kind.code() == chosen)
        })
        .collect()
}

/// Reports that the visitor's own agency may correct, the latest first.
fn mine(visit: &Visit, found: &Found) -> Vec<Value> {
    let own = |u: &&Update| visit.ctx.may(Verb::Edit, ObjectKind::Update, Some(Owner::Organisation(u.agency.id)));
    let line = |u: &Update| {
        let at: Time = u.at;
        json!({
            "time": at.micros(), "claim": shape::t(visit, &format!("claim-{}", u.claim), &[]), "text": u.text,
            "href": format!("{}?corrects={}", visit.url(&visit.path), u.id),
        })
    };
    found.updates.iter().filter(own).map(line).take(3).collect()
}
