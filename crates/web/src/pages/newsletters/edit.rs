//! An officer edits an issue: one form, whose every button saves what was typed; the previews; sending and taking back.

use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use madang_base::{Error, Locale, LocalizedText, Result, Time};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_kernel::Ref;
use madang_newsletter::IssueTexts as _;
use madang_newsletter::mailing::next_morning;
use madang_newsletter::model::{IssueState, SectionKind};
use madang_newsletter::period::Period;
use madang_newsletter::service::issue::{self, Act, Edit};
use madang_newsletter::service::send as verbs;
use madang_newsletter::views::{self, IssueView};
use serde::Deserialize;
use serde_json::{Value, json};

use super::desk::{desk_path, public_path};
use super::public::with_frame;
use super::there;
use crate::i18n::FieldMessage;
use crate::notices::SiteNotices;
use crate::page::{Page, done, form_errors, keep_for_form, with_receipt};
use crate::wiring::Wiring;

type Of = Path<(String, String, String)>;

async fn find(visit: &Visit, slug: &str, period: &str) -> Result<IssueView> {
    let period: Period = period.parse()?;
    let (ctx, there, slug) = (visit.ctx.clone(), there(visit)?, slug.to_owned());
    visit.app.db.read(move |tx| views::draft(tx, &ctx, &there, &slug, period)).await
}

fn here(view: &IssueView) -> String {
    format!("{}/{}", desk_path(&view.of.newsletter.slug), view.issue.period)
}

pub async fn show(visit: Visit, Path((_, slug, period)): Of) -> Outcome {
    let view = find(&visit, &slug, &period).await?;
    page(&visit, &view, Vec::new(), StatusCode::OK)
}

fn page(visit: &Visit, view: &IssueView, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let issue = &view.issue;
    let one = |text: &LocalizedText, tag: &str| text.exact(tag).unwrap_or_default().to_owned();
    let (newsletter, shape, sections) = with_frame(visit, |frame| {
        let sections: Vec<Value> = issue
            .content
            .sections
            .iter()
            .map(|section| {
                let kept = section.items.iter().filter(|item| !item.dropped).count();
                let item = |item: &madang_newsletter::model::Item| {
                    let mut value = frame.item(section.kind, item);
                    value["key"] = json!(format!("{}/{}", section.kind, item.object));
                    value["note_ko"] = json!(one(&item.note, "ko"));
                    value["note_en"] = json!(one(&item.note, "en"));
                    value
                };
                let items = |dropped: bool| section.items.iter().filter(move |item| item.dropped == dropped).map(item);
                json!({
                    "kind": section.kind.code(), "count": section.count, "kept": kept,
                    "title": frame.words(&format!("newsletter-section-{}", section.kind), &[]),
                    "items": items(false).collect::<Vec<_>>(), "dropped": items(true).collect::<Vec<_>>(),
                })
            })
            .collect();
        (frame.newsletter(&view.of), frame.issue(view), sections)
    })?;
    let at = here(view);
    let url = |rest: &str| visit.url(&format!("{at}/{rest}"));
    Page::new(visit, "newsletters/edit.html").form().status(status).render(&json!({
        "newsletter": newsletter, "issue": shape, "state": issue.state.code(), "revision": issue.revision,
        "desk_href": visit.url(&desk_path(&view.of.newsletter.slug)),
        "intro": { "ko": one(&issue.content.intro, "ko"), "en": one(&issue.content.intro, "en") },
        "sections": sections, "undos": issue.undos, "mailing": issue.mailing,
        "send_at": issue.send_at.map(Time::micros), "morning": next_morning(visit.ctx.now).micros(),
        "action": visit.url(&at), "undo_action": url("undo"), "send_action": url("send"), "back_action": url("back"),
        "correct_action": url("correct"), "preview_href": url("preview"), "mail_href": url("mail"),
        "public_href": visit.url(&public_path(&view.of.newsletter.slug, issue.period)), "errors": errors,
    }))
}

/// `asked/case:0198…` of a field or a button.
fn key(text: &str) -> Option<(SectionKind, Ref)> {
    let (kind, object) = text.split_once('/')?;
    Some((kind.parse().ok()?, object.parse().ok()?))
}

/// What the form says: texts of fields `note_ko:KEY` and `note_en:KEY`, and the button `act` = `drop:KEY`.
fn edit_of(input: &Input) -> Edit {
    let mut notes: Vec<(SectionKind, Ref, LocalizedText)> = Vec::new();
    for (name, text) in input.fields() {
        let Some((tag, key)) = ["ko", "en"].into_iter().find_map(|tag| {
            let rest = name.strip_prefix("note_")?.strip_prefix(tag)?.strip_prefix(':')?;
            Some((tag, key(rest)?))
        }) else {
            continue;
        };
        let text = text.trim();
        match notes.iter_mut().find(|(kind, object, _)| (*kind, object) == (key.0, &key.1)) {
            Some((_, _, note)) => *note = std::mem::take(note).with(tag, text),
            None => notes.push((key.0, key.1, LocalizedText::default().with(tag, text))),
        }
    }
    let act = input.text("act").split_once(':').and_then(|(word, rest)| {
        let act = match word {
            "drop" => Act::Drop,
            "restore" => Act::Restore,
            "up" => Act::Up,
            "down" => Act::Down,
            _ => return None,
        };
        let (kind, object) = key(rest)?;
        Some((act, kind, object))
    });
    Edit { intro: LocalizedText::new(input.text("intro_ko"), input.text("intro_en")), notes, act }
}

fn revision(input: &Input) -> i64 {
    input.text("revision").parse().unwrap_or(0)
}

/// The page again with what is wrong; what was typed stays in it.
async fn again(visit: &Visit, view: IssueView, error: Error, typed: Option<&Edit>) -> Outcome {
    let error = keep_for_form(error)?;
    let mut view = find(visit, &view.of.newsletter.slug, &view.issue.period.to_string()).await?;
    if let Some(edit) = typed {
        view.issue.content.intro = edit.intro.clone();
        for (kind, object, note) in &edit.notes {
            let sections = view.issue.content.sections.iter_mut().filter(|section| section.kind == *kind);
            for item in sections.flat_map(|section| &mut section.items).filter(|item| item.object == *object) {
                item.note = note.clone();
            }
        }
    }
    let mut errors = form_errors(&visit.app, visit, &error);
    for error in &mut errors {
        match error.field.as_str() {
            "intro" | "text" => error.field.push_str("_ko"),
            "note" => error.field.clear(),
            _ => {}
        }
    }
    page(visit, &view, errors, status_of(error.kind()))
}

pub async fn act(visit: Visit, Path((_, slug, period)): Of, input: Input) -> Outcome {
    let view = find(&visit, &slug, &period).await?;
    let edit = edit_of(&input);
    let (ctx, id, told, revision) = (visit.ctx.clone(), view.issue.id, edit.clone(), revision(&input));
    match visit.app.db.write(move |tx| issue::edit(tx, &ctx, id, revision, &told)).await {
        Ok(_) if input.text("act") == "preview" => {
            let to = visit.url(&format!("{}/preview", here(&view)));
            Ok(axum::response::Redirect::to(&to).into_response())
        }
        Ok(_) => {
            // Back to the section in which something was done.
            let at = edit.act.as_ref().map(|(_, kind, _)| format!("#s-{kind}")).unwrap_or_default();
            let mut response = done(&visit, &here(&view), "newsletter-edited");
            if let Some(to) = response.headers().get(http::header::LOCATION).and_then(|to| to.to_str().ok())
                && let Ok(to) = http::HeaderValue::from_str(&format!("{to}{at}"))
            {
                response.headers_mut().insert(http::header::LOCATION, to);
            }
            Ok(response)
        }
        Err(error) => again(&visit, view, error, Some(&edit)).await,
    }
}

pub async fn undo(visit: Visit, Path((_, slug, period)): Of, input: Input) -> Outcome {
    let view = find(&visit, &slug, &period).await?;
    let (ctx, id, revision) = (visit.ctx.clone(), view.issue.id, revision(&input));
    match visit.app.db.write(move |tx| issue::undo(tx, &ctx, id, revision)).await {
        Ok(_) => Ok(done(&visit, &here(&view), "newsletter-undone")),
        Err(error) => again(&visit, view, error, None).await,
    }
}

pub async fn send(visit: Visit, Path((_, slug, period)): Of, input: Input) -> Outcome {
    let view = find(&visit, &slug, &period).await?;
    let (ctx, there, id, revision) = (visit.ctx.clone(), there(&visit)?, view.issue.id, revision(&input));
    if input.text("when") == "morning" {
        let at = next_morning(ctx.now);
        return match visit.app.db.write(move |tx| verbs::schedule(tx, &ctx, &there, id, revision, at)).await {
            Ok(()) => Ok(done(&visit, &here(&view), "newsletter-waits")),
            Err(error) => again(&visit, view, error, None).await,
        };
    }
    match visit.app.db.write(move |tx| verbs::send(tx, &ctx, &there, id, revision)).await {
        Ok(receipt) => Ok(with_receipt(done(&visit, &here(&view), "newsletter-sent"), Some(receipt))),
        Err(error) => again(&visit, view, error, None).await,
    }
}

pub async fn back(visit: Visit, Path((_, slug, period)): Of, input: Input) -> Outcome {
    let view = find(&visit, &slug, &period).await?;
    let (ctx, id, revision) = (visit.ctx.clone(), view.issue.id, revision(&input));
    match visit.app.db.write(move |tx| verbs::take_back(tx, &ctx, id, revision)).await {
        Ok(()) => Ok(done(&visit, &here(&view), "newsletter-taken-back")),
        Err(error) => again(&visit, view, error, None).await,
    }
}

pub async fn correct(visit: Visit, Path((_, slug, period)): Of, input: Input) -> Outcome {
    let view = find(&visit, &slug, &period).await?;
    let text = LocalizedText::new(input.text("text_ko"), input.text("text_en"));
    let (ctx, id, revision) = (visit.ctx.clone(), view.issue.id, revision(&input));
    match visit.app.db.write(move |tx| verbs::correct(tx, &ctx, id, revision, &text)).await {
        Ok(()) => Ok(done(&visit, &here(&view), "newsletter-corrected")),
        Err(error) => again(&visit, view, error, None).await,
    }
}

/// The page as everybody would read it.
pub async fn preview(visit: Visit, Path((_, slug, period)): Of) -> Outcome {
    let view = views::preview(find(&visit, &slug, &period).await?);
    let at = here(&view);
    let sent = view.issue.state == IssueState::Sent;
    Page::new(&visit, "newsletters/issue.html").render(&json!({
        "newsletter": with_frame(&visit, |frame| frame.newsletter(&view.of))?,
        "issue": with_frame(&visit, |frame| frame.issue(&view))?,
        "preview": { "href": visit.url(&at), "mail_href": visit.url(&format!("{at}/mail")), "sent": sent },
        "desk_href": "", "exports": "", "older": null, "newer": null,
    }))
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct InMail {
    /// `text`: the part without ornament.
    #[serde(default, rename = "as")]
    form: String,
    #[serde(default)]
    language: String,
}

/// The mail as a reader would get it; its link for leaving leads nowhere.
pub async fn mail(visit: Visit, Path((_, slug, period)): Of, Query(query): Query<InMail>) -> Outcome {
    let view = views::preview(find(&visit, &slug, &period).await?);
    let wiring = visit.app.own::<Wiring>()?;
    let texts = SiteNotices::new(wiring.templates.clone(), visit.app.site.clone());
    let locale = query.language.parse::<Locale>().unwrap_or(visit.locale);
    let mail = texts.issue(&view, "preview", locale);
    Ok(match mail.html.filter(|_| query.form != "text") {
        Some(html) => Html(html).into_response(),
        None => mail.text.into_response(),
    })
}
