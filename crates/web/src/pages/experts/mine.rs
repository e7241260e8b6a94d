//! One's own entry: agreeing to be found, changing it, leaving with one click.

use http::StatusCode;
use madang_base::{Error, Result};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_identity::directory::{self, Expert, ExpertDraft, ExpertKind};
use serde_json::{Value, json};

use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, words};

/// A form as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    kind: String,
    name: String,
    introduction: String,
    topics: String,
    areas: String,
    web: String,
    consent: bool,
}

impl Typed {
    fn read(input: &Input) -> Self {
        let text = |name: &str| input.text(name).to_owned();
        Self {
            kind: text("kind"),
            name: text("name"),
            introduction: text("introduction"),
            topics: text("topics"),
            areas: text("areas"),
            web: text("web"),
            consent: input.text("consent") == "yes",
        }
    }

    fn of(expert: &Expert) -> Self {
        Self {
            kind: expert.kind.to_string(),
            name: expert.name.clone(),
            introduction: expert.introduction.clone(),
            topics: expert.topics.join("\n"),
            areas: expert.areas.join("\n"),
            web: expert.web.clone(),
            consent: true,
        }
    }

    fn draft(&self) -> Result<ExpertDraft> {
        let kind = self.kind.parse();
        let kind = kind.map_err(|error: Error| error.field("kind", "directory.expert-kind-unknown"))?;
        let Self { name, introduction, topics, areas, web, consent, .. } = self.clone();
        Ok(ExpertDraft { kind, name, introduction, topics, areas, web, consent })
    }
}

async fn page(visit: &Visit, typed: Option<Typed>, errors: Vec<FieldMessage>, status: StatusCode) -> Outcome {
    let ctx = visit.ctx.clone();
    let (found, mail) = visit
        .app
        .db
        .read(move |tx| {
            let me = madang_identity::account::me(tx, &ctx)?;
            Ok((directory::expert_of(tx, &ctx)?, me.account.email.is_some()))
        })
        .await?;
    let fresh = || Typed { kind: ExpertKind::Person.to_string(), name: visit.account_name(), ..Typed::default() };
    let typed = typed.unwrap_or_else(|| found.as_ref().map_or_else(fresh, Typed::of));
    let kinds: Vec<Value> = ExpertKind::ALL
        .iter()
        .map(|kind| {
            json!({
                "value": kind, "label": words(visit, &format!("expert-kind-{kind}"), &[]), "hint": "",
                "selected": kind.code() == typed.kind,
            })
        })
        .collect();
    let consent = [json!({
        "value": "yes", "label": words(visit, "expert-consent", &[]), "hint": "", "selected": typed.consent,
    })];
    Page::new(visit, "experts/mine.html").form().status(status).render(&json!({
        "values": {
            "name": typed.name, "introduction": typed.introduction, "topics": typed.topics, "areas": typed.areas,
            "web": typed.web,
        },
        "kinds": kinds, "consent": consent, "errors": errors, "has_mail": mail,
        "listed": found.map(|expert| json!({
            "since": expert.consent_at.micros(), "href": visit.url(&format!("/experts/{}", expert.id)),
        })),
    }))
}

pub(super) async fn show(visit: Visit) -> Outcome {
    page(&visit, None, Vec::new(), StatusCode::OK).await
}

pub(super) async fn save(visit: Visit, input: Input) -> Outcome {
    let typed = Typed::read(&input);
    let outcome = match typed.draft() {
        Ok(draft) => {
            let ctx = visit.ctx.clone();
            visit.app.db.write(move |tx| directory::expert_put(tx, &ctx, &draft)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(done(&visit, "/me/expert", "expert-agreed")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            page(&visit, Some(typed), errors, status_of(error.kind())).await
        }
    }
}

pub(super) async fn withdraw(visit: Visit, _: Input) -> Outcome {
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| directory::expert_withdraw(tx, &ctx)).await?;
    Ok(done(&visit, "/me/expert", "expert-withdrawn"))
}
