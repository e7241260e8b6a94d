//! The commitment's page.

use axum::extract::Path;
use http::HeaderMap;
use jiff::civil::Date;
use madang_base::LocalizedText;
use madang_http::{Outcome, Visit};
use madang_kernel::{ObjectKind, Owner, Verb};
use madang_plans::model::{AgencyRole, Assessment, CommitmentAgency, EvidenceKind, Side, Update};
use madang_plans::views::{self, CommitmentView, IndicatorLine};
use serde_json::{Value, json};

use super::super::receipts::check::{self, Check};
use super::address::{self, Format};
use super::{milestones, shape, thread};
use crate::export;
use crate::page::Page;
use crate::pages::follow;

/// A commitment by its number or slug.
pub async fn commitment(
    visit: Visit,
    Path((_, plan, word)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let (word, format) = address::split(&word);
    let (word, today) = (word.to_owned(), shape::today(&visit));
    let (view, thread) = visit
        .app
        .db
        .read(move |tx| {
            let id = views::commitment_id(tx, &plan, &word)?;
            let view = views::commitment(tx, &id, today)?;
            let thread = thread::read(tx, &madang_plans::id::commitment_ref(&id), today)?;
            Ok((view, thread))
        })
        .await?;
    match format {
        Format::Page | Format::Xlsx => {}
        Format::Atom => {
            return super::history::feed(&visit, &headers, madang_plans::id::commitment_ref(&view.name.id), None).await;
        }
        Format::Ics => return super::calendar::file(&visit, &headers, &view.plan.id, Some(&view.name.id)).await,
        Format::Json => return Ok(export::json(&headers, &view)?),
        Format::Csv => {
            let filter = views::Filter { commitment: Some(view.name.id.clone()), ..views::Filter::default() };
            return milestones::csv(&visit, &headers, &view.plan.id, &filter).await;
        }
    }
    let reference = madang_plans::id::commitment_ref(&view.name.id);
    let following = follow::following(&visit, &reference).await?;
    let thread = thread::lines(&visit, &reference, &thread);
    let data_href = format!("{}.json", address::commitment(&visit, &view.name.id));
    let check = check::of(&visit, Check { key: "plan", position: None, object: Some(&reference), data_href }).await;
    let mut context = context(&visit, &view, &thread, &following, today);
    context["check"] = check;
    Page::new(&visit, "commitment.html").render(&context)
}

/// Whether the visitor may do this for one of the commitment's agencies.
fn may(visit: &Visit, verb: Verb, object: ObjectKind, agencies: &[CommitmentAgency]) -> bool {
    let own: Vec<_> = agencies.iter().map(|a| a.agency.id).collect();
    visit.person().is_some() && visit.ctx.require(verb, object, Some(Owner::Organisations(&own))).is_ok()
}

fn context(visit: &Visit, view: &CommitmentView, thread: &[Value], following: &Value, today: Date) -> Value {
    let href = address::commitment(visit, &view.name.id);
    let desk = format!("/desk/plans/{}", view.plan.id);
    let whole = view.parts.is_empty();
    let reports = whole && may(visit, Verb::Report, ObjectKind::Milestone, &view.agencies);
    let report = |n: &str| {
        if reports { visit.url(&format!("{desk}/milestones/{}/{n}/report", view.name.number)) } else { String::new() }
    };
    let first = view.milestones.iter().find(|m| m.state.code() == "late" || m.state.code() == "no-report");
    let first = first.or_else(|| view.milestones.iter().find(|m| m.state.code() == "under-way"));
    let edit = may(visit, Verb::Edit, ObjectKind::Commitment, &view.agencies);
    let assess = visit.may_somewhere(Verb::Assess, ObjectKind::Assessment).is_ok() && visit.person().is_some();
    let milestones: Vec<Value> = view
        .milestones
        .iter()
        .map(|m| {
            let own = || {
                view.updates
                    .iter()
                    .filter(|u| u.milestone.as_deref() == Some(m.id.as_str()) && u.corrected_by.is_none())
            };
            let evidence = own().map(|u| u.evidence.len()).sum();
            let delay = own().map(|u| u.delay_reason.as_str()).find(|reason| !reason.is_empty());
            shape::milestone(visit, m, evidence, delay, report(&m.content.number))
        })
        .collect();
    let of = |side: Side| view.assessments.iter().filter(move |a| a.side == side).map(|a| verdict(visit, a));
    json!({
        "plan": shape::plan_link(visit, &view.plan),
        "theme": view.theme.as_ref().map(|t| &t.name),
        "commitment": {
            "number": view.name.number, "title": view.name.name, "href": href, "state": view.state.code(),
            "summary": view.name.summary,
            "part_of": view.parent.as_ref().map(|p| json!({ "number": p.number, "title": p.name, "href": address::commitment(visit, &p.id) })),
            "parts": view.parts.iter().map(|(p, state, progress)| json!({
                "number": p.number, "title": p.name, "href": address::commitment(visit, &p.id), "state": state.code(),
                "counts": shape::counts(progress) })).collect::<Vec<_>>(),
            "counts": shape::counts(&view.progress),
            "problem": filled(&view.content.problem), "solution": filled(&view.content.solution),
            "contribution": filled(&view.content.contribution),
            "learning": filled(&view.content.learning), "notes": filled(&view.content.notes),
            "values": view.content.values.iter().map(|v| shape::t(visit, &format!("ogp-value-{v}"), &[])).collect::<Vec<_>>(),
            "legal": joined(visit, &view.content.legal),
            "budget": view.content.budget.iter().map(|b| shape::money(visit, b)).collect::<Vec<_>>().join(", "),
            "figures": view.content.figures.iter().map(shape::figure).collect::<Vec<_>>(),
        },
        "leads": shape::agencies(visit, &view.agencies, AgencyRole::Lead),
        "others": shape::agencies(visit, &view.agencies, AgencyRole::Other),
        "next": view.next.as_ref().map(|next| { let mut out = shape::due(next.date, today); out["title"] = json!(next.title); out }),
        "report_href": first.map_or(String::new(), |m| report(&m.content.number)),
        "edit_href": if edit { visit.url(&format!("{desk}/commitments/{}/edit", view.name.number)) } else { String::new() },
        "assess_href": if assess { format!("{href}/assess") } else { String::new() },
        "follow_href": visit.url(&format!("/follow?object=commitment:{}", view.name.id)),
        "following": following,
        "milestones": milestones,
        "updates": view.updates.iter().map(|u| update(visit, u)).collect::<Vec<_>>(),
        "assessments": { "agency": of(Side::Agency).next(), "civil": of(Side::Civil).collect::<Vec<_>>() },
        "thread": thread,
        "indicators": view.indicators.iter().map(|i| indicator(visit, i)).collect::<Vec<_>>(),
        "history": shape::timeline(visit, &view.news),
        "history_href": format!("{}/history?commitment={}", address::plan(visit, &view.plan.id), view.name.number),
        "check_href": "",
    })
}

fn filled(text: &LocalizedText) -> Option<&LocalizedText> {
    (!text.is_empty()).then_some(text)
}

fn joined(visit: &Visit, texts: &[LocalizedText]) -> String {
    texts.iter().map(|text| text.get(visit.locale)).collect::<Vec<_>>().join(" · ")
}

fn update(visit: &Visit, update: &Update) -> Value {
    let milestone = update.milestone.as_deref().and_then(|id| id.rsplit_once('/')).map(|(_, n)| n);
    let evidence: Vec<Value> = update
        .evidence
        .iter()
        .map(|e| {
            let href = match e.kind {
                EvidenceKind::File => format!("/files/{}", e.target),
                EvidenceKind::Object => {
                    e.target.parse().map_or_else(|_| String::new(), |object| shape::href(visit, &object))
                }
                EvidenceKind::Link | EvidenceKind::Dataset | EvidenceKind::Meeting => e.target.clone(),
            };
            json!({ "kind": e.kind.code(), "label": e.title, "href": href, "note": "" })
        })
        .collect();
    json!({
        "time": update.at.micros(), "milestone": milestone, "by": update.agency.name.get(visit.locale),
        "claim": shape::t(visit, &format!("claim-{}", update.claim), &[]),
        "corrected": update.corrected_by.is_some(), "delay": update.delay_reason,
        "text": update.text, "evidence": evidence,
    })
}

fn verdict(visit: &Visit, a: &Assessment) -> Value {
    json!({
        "by": a.agency.name.get(visit.locale), "time": a.at.micros(), "period": a.period, "completion": a.completion.code(),
        "ambition": a.ambition.map_or("", |x| x.code()), "early_results": a.early_results.map_or("", |x| x.code()),
        "reasons": a.reasons, "href": "",
    })
}

fn indicator(visit: &Visit, line: &IndicatorLine) -> Value {
    let unit = line.content.unit.get(visit.locale);
    let shown = |p: &Option<views::Point>| {
        p.as_ref().map_or_else(|| "–".to_owned(), |p| format!("{}{unit}", shape::number(p.value)))
    };
    json!({
        "title": line.content.name, "href": address::indicator(visit, &line.id), "latest": shown(&line.latest),
        "target": shown(&line.target), "state": line.standing.code(),
    })
}
