//! Agencies, civil society and the rest: listed, made, changed.

use axum::extract::{Path, State};
use http::StatusCode;
use madang_base::{Error, LocalizedText, Result};
use madang_http::{App, Input, Outcome, Visit, status_of};
use madang_identity::organisation as service;
use madang_kernel::organisation::{self, Draft, Organisation, OrganisationKind};
use serde_json::{Value, json};

use super::{address, options};
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, words};

/// A form as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    slug: String,
    kind: String,
    name_ko: String,
    name_en: String,
    short_ko: String,
    short_en: String,
    parent: String,
}

impl Typed {
    fn read(input: &Input, slug: &str) -> Self {
        let text = |name: &str| input.text(name).to_owned();
        Self {
            slug: slug.to_owned(),
            kind: text("kind"),
            name_ko: text("name_ko"),
            name_en: text("name_en"),
            short_ko: text("short_ko"),
            short_en: text("short_en"),
            parent: text("parent"),
        }
    }

    fn of(organisation: &Organisation) -> Self {
        let text = |text: &LocalizedText, tag: &str| text.exact(tag).unwrap_or_default().to_owned();
        Self {
            slug: organisation.slug.clone(),
            kind: organisation.kind.to_string(),
            name_ko: text(&organisation.name, "ko"),
            name_en: text(&organisation.name, "en"),
            short_ko: text(&organisation.short, "ko"),
            short_en: text(&organisation.short, "en"),
            parent: organisation.parent.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    fn draft(&self) -> Result<Draft> {
        let kind: OrganisationKind =
            self.kind.parse().map_err(|e: Error| e.field("kind", "organisation.kind-unknown"))?;
        let parent = Some(self.parent.as_str()).filter(|text| !text.is_empty());
        let parent = parent.map(str::parse).transpose();
        let parent = parent.map_err(|_| {
            Error::invalid("organisation.parent").arg("value", &self.parent).field("parent", "organisation.parent")
        })?;
        Ok(Draft {
            slug: self.slug.clone(),
            kind,
            name: LocalizedText::new(&*self.name_ko, &*self.name_en),
            short: LocalizedText::new(&*self.short_ko, &*self.short_en),
            parent,
        })
    }

    fn values(&self) -> Value {
        json!({
            "slug": self.slug, "name_ko": self.name_ko, "name_en": self.name_en,
            "short_ko": self.short_ko, "short_en": self.short_en,
        })
    }
}

fn kinds(visit: &Visit, chosen: &str) -> Vec<Value> {
    options(
        OrganisationKind::ALL
            .iter()
            .map(|kind| (kind.to_string(), words(visit, &format!("organisation-kind-{kind}"), &[]))),
        chosen,
    )
}

/// Above which organisations this one can stand.
fn parents(visit: &Visit, all: &[Organisation], typed: &Typed) -> Vec<Value> {
    let none = (String::new(), words(visit, "organisation-none", &[]));
    let others = all.iter().filter(|o| o.slug != typed.slug);
    let others = others.map(|o| (o.id.to_string(), o.name.get(visit.locale).to_owned()));
    options(std::iter::once(none).chain(others), &typed.parent)
}

/// The error of the name stands at the Korean name: one of the two suffices.
fn at_the_field(mut errors: Vec<FieldMessage>) -> Vec<FieldMessage> {
    for error in errors.iter_mut().filter(|error| error.field == "name") {
        "name_ko".clone_into(&mut error.field);
    }
    errors
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Outcome {
    let typed = Typed { kind: OrganisationKind::Agency.to_string(), ..Typed::default() };
    list_page(&app, &visit, &typed, Vec::new(), StatusCode::OK).await
}

async fn list_page(app: &App, visit: &Visit, typed: &Typed, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let all = app.db.read(|tx| organisation::list(tx, None)).await?;
    let rows: Vec<Value> = all
        .iter()
        .map(|o| {
            let href = visit.url(&format!("/admin/organisations/{}", o.slug));
            json!({ "slug": o.slug, "name": o.name, "kind": o.kind, "href": href })
        })
        .collect();
    let context = json!({
        "organisations": rows,
        "values": typed.values(),
        "kinds": kinds(visit, &typed.kind),
        "parents": parents(visit, &all, typed),
        "errors": errors,
    });
    Page::new(visit, "admin/organisations.html").form().status(status).render(&context)
}

pub(super) async fn create(State(app): State<App>, visit: Visit, input: Input) -> Outcome {
    let typed = Typed::read(&input, input.text("slug"));
    let outcome = match typed.draft() {
        Ok(draft) => {
            let ctx = visit.ctx.clone();
            app.db.write(move |tx| service::create(tx, &ctx, &draft)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(made) => Ok(done(&visit, &format!("/admin/organisations/{}", made.slug), "organisation-made")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = at_the_field(form_errors(&app, &visit, &error));
            list_page(&app, &visit, &typed, errors, status_of(error.kind())).await
        }
    }
}

pub(super) async fn view(State(app): State<App>, visit: Visit, Path((_, slug)): Path<(String, String)>) -> Outcome {
    let found = app.db.read(move |tx| organisation::by_slug(tx, &slug)).await?;
    let found = found.ok_or_else(|| Error::not_found("organisation.unknown"))?;
    page(&app, &visit, &found, &Typed::of(&found), Vec::new(), StatusCode::OK).await
}

async fn page(
    app: &App,
    visit: &Visit,
    organisation: &Organisation,
    typed: &Typed,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let all = app.db.read(|tx| organisation::list(tx, None)).await?;
    let id = organisation.id.to_string();
    let context = json!({
        "organisation": {
            "slug": organisation.slug,
            "name": organisation.name,
            "people": address(&visit.url("/admin/accounts"), &[("organisation", &id)]),
        },
        "values": typed.values(),
        "kinds": kinds(visit, &typed.kind),
        "parents": parents(visit, &all, typed),
        "errors": errors,
    });
    Page::new(visit, "admin/organisation.html").form().status(status).render(&context)
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    Path((_, slug)): Path<(String, String)>,
    input: Input,
) -> Outcome {
    let typed = Typed::read(&input, &slug);
    let wanted = slug.clone();
    let found = app.db.read(move |tx| organisation::by_slug(tx, &wanted)).await?;
    let found = found.ok_or_else(|| Error::not_found("organisation.unknown"))?;
    let outcome = match typed.draft() {
        Ok(draft) => {
            let ctx = visit.ctx.clone();
            app.db.write(move |tx| service::edit(tx, &ctx, &draft)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(done(&visit, &format!("/admin/organisations/{slug}"), "organisation-saved")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = at_the_field(form_errors(&app, &visit, &error));
            page(&app, &visit, &found, &typed, errors, status_of(error.kind())).await
        }
    }
}
