//! At the desk: the newsletters of one's organisations, their settings, the drafts of each.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, LocalizedText, Result, Time};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use madang_kernel::{ObjectKind, OrganisationId, Role, Verb};
use madang_newsletter::compose;
use madang_newsletter::model::{Issue, Rhythm, Settings};
use madang_newsletter::period::Period;
use madang_newsletter::service::settings as verbs;
use madang_newsletter::views::{self, DeskLine};
use serde_json::{Value, json};

use super::public::with_frame;
use super::shape::{Frame, named, path};
use super::there;
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, words};

type Of = Path<(String, String)>;

/// Issues that went, at the desk.
const SENT: u32 = 12;

/// The organisations whose officer the visitor is.
fn own(visit: &Visit) -> Vec<OrganisationId> {
    let Some(person) = visit.person() else { return Vec::new() };
    let mut own: Vec<_> = [Role::Officer, Role::Lead].into_iter().flat_map(|role| person.organisations(role)).collect();
    own.sort_unstable();
    own.dedup();
    own
}

pub(super) fn desk_path(slug: &str) -> String {
    format!("/desk/newsletters/{slug}")
}

fn open_issue(frame: &Frame<'_>, slug: &str, issue: &Issue) -> Value {
    json!({
        "title": frame.period(issue.period), "state": issue.state.code(),
        "href": frame.url(&format!("{}/{}", desk_path(slug), issue.period)),
        "changed": issue.changed_at.micros(), "send_at": issue.send_at.map(Time::micros),
        "items": issue.content.kept().count(),
    })
}

fn line(frame: &Frame<'_>, line: &DeskLine) -> Value {
    let slug = &line.of.newsletter.slug;
    let mut value = frame.newsletter(&line.of);
    value["desk_href"] = json!(frame.url(&desk_path(slug)));
    value["readers"] = json!(line.readers);
    value["open"] = line.open.iter().map(|issue| open_issue(frame, slug, issue)).collect();
    value
}

pub async fn list(visit: Visit) -> Outcome {
    let (ctx, organisations) = (visit.ctx.clone(), own(&visit));
    let (lines, names) = visit.app.db.read(move |tx| views::desk(tx, &ctx, &organisations)).await?;
    let lines = with_frame(&visit, |frame| lines.iter().map(|l| line(frame, l)).collect::<Vec<_>>())?;
    Page::new(&visit, "newsletters/desk.html").render(&json!({
        "newsletters": lines, "organisations": names.iter().map(named).collect::<Vec<_>>(),
        "new_href": if names.is_empty() { String::new() } else { visit.url("/desk/newsletters/new") },
    }))
}

async fn of(visit: &Visit, slug: &str) -> Result<DeskLine> {
    let (ctx, slug) = (visit.ctx.clone(), slug.to_owned());
    visit.app.db.read(move |tx| views::desk_one(tx, &ctx, &slug)).await
}

pub async fn one(visit: Visit, Path((_, slug)): Of) -> Outcome {
    let found = of(&visit, &slug).await?;
    let id = found.of.newsletter.id;
    let sent = visit.app.db.read(move |tx| views::archive(tx, id, None, SENT)).await?;
    let (newsletter, sent, next) = with_frame(&visit, |frame| {
        let sent: Vec<Value> = sent
            .iter()
            .map(|issue| {
                let mut line = frame.line(&slug, issue);
                line["desk_href"] = json!(frame.url(&format!("{}/{}", desk_path(&slug), issue.period)));
                line["mailing"] = json!(issue.mailing);
                line
            })
            .collect();
        (line(frame, &found), sent, found.next.map(|period| frame.period(period)))
    })?;
    let at = desk_path(&slug);
    Page::new(&visit, "newsletters/desk-one.html").form().render(&json!({
        "newsletter": newsletter, "sent": sent, "next": next, "compose_action": visit.url(&format!("{at}/compose")),
        "settings_href": visit.url(&format!("{at}/settings")), "end_action": visit.url(&format!("{at}/end")),
    }))
}

pub async fn compose(visit: Visit, Path((_, slug)): Of, _: Input) -> Outcome {
    let found = of(&visit, &slug).await?;
    let newsletter = found.of.newsletter;
    let period = Period::last_over(newsletter.rhythm, visit.ctx.now);
    let (ctx, there, asked) = (visit.ctx.clone(), there(&visit)?, newsletter.clone());
    let content = visit.app.db.read(move |tx| compose::gather(tx, &ctx, &there, &asked, period)).await?;
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| compose::begin(tx, &ctx, &newsletter, period, &content)).await?;
    Ok(done(&visit, &format!("{}/{period}", desk_path(&slug)), "newsletter-composed"))
}

pub async fn end(visit: Visit, Path((_, slug)): Of, _: Input) -> Outcome {
    let found = of(&visit, &slug).await?;
    let (ctx, id) = (visit.ctx.clone(), found.of.newsletter.id);
    visit.app.db.write(move |tx| verbs::retire(tx, &ctx, id)).await?;
    Ok(done(&visit, &desk_path(&slug), "newsletter-ended"))
}

/// The form of the settings as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    organisation: String,
    slug: String,
    name: LocalizedText,
    about: LocalizedText,
    topic: String,
    agency: String,
    area: String,
    rhythm: String,
    revision: i64,
}

impl Typed {
    fn of(input: &Input) -> Self {
        let two = |name: &str| LocalizedText::new(input.text(&format!("{name}_ko")), input.text(&format!("{name}_en")));
        let text = |name: &str| input.text(name).to_owned();
        Self {
            organisation: text("organisation"),
            slug: text("slug"),
            name: two("name"),
            about: two("about"),
            topic: text("topic"),
            agency: text("agency"),
            area: text("area"),
            rhythm: text("rhythm"),
            revision: input.text("revision").parse().unwrap_or(0),
        }
    }

    fn settings(&self, agency: Option<OrganisationId>) -> Settings {
        Settings {
            name: self.name.clone(),
            about: self.about.clone(),
            topic: self.topic.clone(),
            agency,
            area: self.area.clone(),
            rhythm: self.rhythm.parse::<Rhythm>().ok(),
        }
    }
}

/// What the form chooses from.
struct Choices {
    own: Vec<Organisation>,
    agencies: Vec<Organisation>,
}

async fn choices(visit: &Visit) -> Result<Choices> {
    let ids = own(visit);
    let found = visit.app.db.read(move |tx| {
        let all = organisation::list(tx, None)?;
        let own = all.iter().filter(|o| ids.contains(&o.id)).cloned().collect();
        let agencies = all.into_iter().filter(|o| o.kind == OrganisationKind::Agency).collect();
        Ok(Choices { own, agencies })
    });
    found.await
}

/// The form; `slug` is that of a newsletter that there is.
fn form(
    visit: &Visit,
    choices: &Choices,
    typed: &Typed,
    slug: Option<&str>,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let choose = |all: &[Organisation], chosen: &str| {
        let mut sorted: Vec<(&str, &str)> = all.iter().map(|o| (o.name.get(visit.locale), o.slug.as_str())).collect();
        sorted.sort_unstable();
        let option = |(name, slug): (&str, &str)| json!({ "value": slug, "label": name, "selected": slug == chosen });
        sorted.into_iter().map(option).collect::<Vec<_>>()
    };
    let mut agencies = vec![json!({
        "value": "", "label": words(visit, "newsletter-agency-all", &[]), "selected": typed.agency.is_empty(),
    })];
    agencies.extend(choose(&choices.agencies, &typed.agency));
    let rhythms: Vec<Value> = Rhythm::ALL
        .iter()
        .map(|rhythm| {
            let name = words(visit, &format!("newsletter-rhythm-{rhythm}"), &[]);
            let hint = words(visit, &format!("newsletter-rhythm-hint-{rhythm}"), &[]);
            json!({ "value": rhythm.code(), "label": name, "hint": hint, "selected": typed.rhythm == rhythm.code() })
        })
        .collect();
    let one = |text: &LocalizedText, tag: &str| text.exact(tag).unwrap_or_default().to_owned();
    let context = json!({
        "slug": slug, "action": visit.url(&visit.path), "revision": typed.revision,
        "back": visit.url(&slug.map_or_else(|| "/desk/newsletters".to_owned(), desk_path)),
        "values": {
            "slug": typed.slug, "name_ko": one(&typed.name, "ko"), "name_en": one(&typed.name, "en"),
            "about_ko": one(&typed.about, "ko"), "about_en": one(&typed.about, "en"), "topic": typed.topic,
            "area": typed.area,
        },
        "organisations": choose(&choices.own, &typed.organisation), "agencies": agencies, "rhythms": rhythms,
        "errors": errors,
    });
    Page::new(visit, "newsletters/settings.html").form().status(status).render(&context)
}

/// Fields of texts stand at their Korean side.
fn at_field(visit: &Visit, error: &Error) -> Vec<FieldMessage> {
    let mut errors = form_errors(&visit.app, visit, error);
    for error in errors.iter_mut().filter(|error| ["name", "about"].contains(&error.field.as_str())) {
        error.field.push_str("_ko");
    }
    errors
}

pub async fn new_page(visit: Visit) -> Outcome {
    let choices = choices(&visit).await?;
    let typed = Typed { rhythm: Rhythm::Monthly.code().to_owned(), ..Typed::default() };
    form(&visit, &choices, &typed, None, Vec::new(), StatusCode::OK)
}

/// The organisation with this word, or none for none.
fn by_slug(all: &[Organisation], slug: &str) -> Result<Option<OrganisationId>> {
    if slug.is_empty() {
        return Ok(None);
    }
    let found = all.iter().find(|o| o.slug == slug).map(|o| o.id);
    found.map(Some).ok_or_else(|| Error::invalid("newsletter.agency").field("agency", "newsletter.agency"))
}

pub async fn create(visit: Visit, input: Input) -> Outcome {
    let choices = choices(&visit).await?;
    let typed = Typed::of(&input);
    let chosen = choices.own.iter().find(|o| o.slug == typed.organisation).or(match choices.own.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    let wrong = || Error::invalid("newsletter.organisation").field("organisation", "newsletter.organisation");
    let made = match (chosen, by_slug(&choices.agencies, &typed.agency)) {
        (Some(organisation), Ok(agency)) => {
            let (ctx, id, told) = (visit.ctx.clone(), organisation.id, typed.clone());
            let settings = typed.settings(agency);
            visit.app.db.write(move |tx| verbs::create(tx, &ctx, id, &told.slug, &settings)).await
        }
        (None, _) if choices.own.is_empty() => {
            return Err(Error::forbidden("permission.denied")
                .arg("verb", Verb::Create)
                .arg("object", ObjectKind::Newsletter)
                .into());
        }
        (None, _) => Err(wrong()),
        (_, Err(error)) => Err(error),
    };
    match made {
        Ok(made) => Ok(done(&visit, &desk_path(&made.slug), "newsletter-created")),
        Err(error) => {
            let error = keep_for_form(error)?;
            form(&visit, &choices, &typed, None, at_field(&visit, &error), status_of(error.kind()))
        }
    }
}

pub async fn settings_page(visit: Visit, Path((_, slug)): Of) -> Outcome {
    let found = of(&visit, &slug).await?.of;
    let choices = choices(&visit).await?;
    let news = found.newsletter;
    let typed = Typed {
        organisation: found.organisation.slug,
        slug: news.slug,
        name: news.name,
        about: news.about,
        topic: news.topic,
        agency: found.agency.map(|agency| agency.slug).unwrap_or_default(),
        area: news.area.unwrap_or_default(),
        rhythm: news.rhythm.code().to_owned(),
        revision: news.revision,
    };
    form(&visit, &choices, &typed, Some(&slug), Vec::new(), StatusCode::OK)
}

pub async fn settings(visit: Visit, Path((_, slug)): Of, input: Input) -> Outcome {
    let found = of(&visit, &slug).await?.of;
    let choices = choices(&visit).await?;
    let typed = Typed { slug: slug.clone(), ..Typed::of(&input) };
    let written = match by_slug(&choices.agencies, &typed.agency) {
        Ok(agency) => {
            let (ctx, id, settings, revision) =
                (visit.ctx.clone(), found.newsletter.id, typed.settings(agency), typed.revision);
            visit.app.db.write(move |tx| verbs::edit(tx, &ctx, id, revision, &settings)).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => Ok(done(&visit, &desk_path(&slug), "newsletter-saved")),
        Err(error) => {
            let error = keep_for_form(error)?;
            // Who comes second sees the form with what was typed, on top of what is there now.
            let typed = Typed { revision: found.newsletter.revision, ..typed };
            form(&visit, &choices, &typed, Some(&slug), at_field(&visit, &error), status_of(error.kind()))
        }
    }
}

/// The page that everybody reads, from the desk.
pub(super) fn public_path(slug: &str, period: Period) -> String {
    format!("{}/{period}", path(slug))
}
