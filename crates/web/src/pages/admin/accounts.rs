//! Accounts: found by their whole address, their role or their organisation, and only by those who say why.

use axum::extract::{Path, State};
use http::{HeaderValue, StatusCode, header::CACHE_CONTROL};
use madang_base::Result;
use madang_db::Tx;
use madang_http::{App, Outcome, Visit, status_of};
use madang_identity::account::{self, Filter, Overview};
use madang_identity::{Account, Membership, Status};
use madang_kernel::organisation::{self, Organisation};
use madang_kernel::{AccountId, OrganisationId, Role};
use serde_json::{Value, json};

use super::{address, options, pager};
use crate::i18n::FieldMessage;
use crate::page::{Page, form_errors, keep_for_form, query_value, words};

/// Accounts on one page.
const PAGE: u32 = 30;

/// What is looked for, as it was typed.
struct Asked {
    why: String,
    email: String,
    role: String,
    organisation: String,
    status: String,
}

impl Asked {
    fn read(visit: &Visit) -> Self {
        let said = |name: &str| query_value(&visit.query, name).unwrap_or_default();
        Self {
            why: said("why"),
            email: said("email"),
            role: said("role"),
            organisation: said("organisation"),
            status: said("status"),
        }
    }

    fn filter(&self) -> Result<Filter> {
        fn some(text: &str) -> Option<&str> {
            Some(text).filter(|text| !text.is_empty())
        }
        Ok(Filter {
            email: some(&self.email).map(str::to_owned),
            status: some(&self.status).map(str::parse::<Status>).transpose()?,
            role: some(&self.role).map(str::parse::<Role>).transpose()?,
            organisation: some(&self.organisation).map(str::parse::<OrganisationId>).transpose()?,
        })
    }
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Outcome {
    let asked = Asked::read(&visit);
    // The first visit shows the form and nobody's data.
    let found = if asked.why.is_empty() { Ok(None) } else { look(&app, &visit, &asked).await.map(Some) };
    let organisations = app.db.read(|tx| organisation::list(tx, None)).await?;
    match found {
        Ok(found) => page(&visit, &asked, &organisations, found.as_ref(), Vec::new(), StatusCode::OK),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&app, &visit, &error);
            page(&visit, &asked, &organisations, None, errors, status_of(error.kind()))
        }
    }
}

async fn look(app: &App, visit: &Visit, asked: &Asked) -> Result<account::Page> {
    let filter = asked.filter()?;
    let before: Option<AccountId> = query_value(&visit.query, "before").map(|id| id.parse()).transpose()?;
    let (ctx, why) = (visit.ctx.clone(), asked.why.clone());
    app.db.write(move |tx| account::list(tx, &ctx, &filter, before, PAGE, &why)).await
}

fn page(
    visit: &Visit,
    asked: &Asked,
    organisations: &[Organisation],
    found: Option<&account::Page>,
    errors: Vec<FieldMessage>,
    status: StatusCode,
) -> Outcome {
    let any = || (String::new(), words(visit, "filter-any", &[]));
    let roles = Role::ALL.iter().filter(|role| role.grantable());
    let roles = roles.map(|role| (role.to_string(), words(visit, &format!("role-{role}"), &[])));
    let statuses = Status::ALL.iter().map(|s| (s.to_string(), words(visit, &format!("account-status-{s}"), &[])));
    let names = organisations.iter().map(|o| (o.id.to_string(), o.name.get(visit.locale).to_owned()));
    let here = address(
        &visit.url("/admin/accounts"),
        &[
            ("why", &asked.why),
            ("email", &asked.email),
            ("role", &asked.role),
            ("organisation", &asked.organisation),
            ("status", &asked.status),
        ],
    );
    let context = json!({
        "values": { "why": asked.why, "email": asked.email },
        "roles": options(std::iter::once(any()).chain(roles), &asked.role),
        "statuses": options(std::iter::once(any()).chain(statuses), &asked.status),
        "organisations": options(std::iter::once(any()).chain(names), &asked.organisation),
        "accounts": found.map(|found| {
            found.accounts.iter().map(|(account, held)| row(visit, account, held, organisations, &asked.why)).collect::<Vec<_>>()
        }),
        "pager": pager(&here, !visit.query.contains("before="), found.and_then(|f| f.next).map(|id| id.to_string())),
        "errors": errors,
    });
    private(Page::new(visit, "admin/accounts.html").form().status(status).render(&context)?)
}

/// Other people's data stays in no cache.
fn private(mut response: axum::response::Response) -> Outcome {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn row(visit: &Visit, account: &Account, held: &[Membership], organisations: &[Organisation], why: &str) -> Value {
    let roles: Vec<String> = held
        .iter()
        .map(|held| {
            let role = words(visit, &format!("role-{}", held.role), &[]);
            let organisation = organisations.iter().find(|o| Some(o.id) == held.organisation);
            organisation.map_or_else(|| role.clone(), |o| format!("{} {role}", o.name.get(visit.locale)))
        })
        .collect();
    json!({
        "id": account.id,
        "name": called(visit, account),
        "mail": account.email.as_deref().unwrap_or_default(),
        "memberships": roles,
        "since": account.created_at.rfc3339(),
        "status": account.status,
        "href": address(&visit.url(&format!("/admin/accounts/{}", account.id)), &[("why", why)]),
    })
}

/// The name, or what stands in its place.
fn called(visit: &Visit, account: &Account) -> String {
    let name = account.name.get(visit.locale);
    if name.is_empty() { words(visit, "account-no-name", &[]) } else { name.to_owned() }
}

pub(super) async fn view(State(app): State<App>, visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let id = id.parse::<AccountId>()?;
    let why = query_value(&visit.query, "why").unwrap_or_default();
    show(&app, &visit, id, &why, Vec::new(), StatusCode::OK).await
}

/// The page of one account; without a reason it is the question for one.
pub(super) async fn show(
    app: &App,
    visit: &Visit,
    id: AccountId,
    why: &str,
    mut errors: Vec<FieldMessage>,
    mut status: StatusCode,
) -> Outcome {
    let mut found = None;
    if !why.is_empty() {
        let (ctx, reason) = (visit.ctx.clone(), why.to_owned());
        match app.db.write(move |tx| account::view(tx, &ctx, id, &reason)).await {
            Ok(overview) => found = Some(overview),
            Err(error) => {
                let error = keep_for_form(error)?;
                errors = form_errors(app, visit, &error);
                status = status_of(error.kind());
            }
        }
    }
    let organisations = app.db.read(|tx: &mut Tx| organisation::list(tx, None)).await?;
    let context = json!({
        "id": id,
        "account": found.as_ref().map(|overview| of_account(visit, overview)),
        "memberships": found.as_ref().map(|o| memberships(visit, &o.memberships, &organisations)),
        "organisations": options(
            std::iter::once((String::new(), words(visit, "organisation-none", &[])))
                .chain(organisations.iter().map(|o| (o.id.to_string(), o.name.get(visit.locale).to_owned()))),
            "",
        ),
        "roles": options(
            Role::ALL.iter().filter(|r| r.grantable()).map(|r| (r.to_string(), words(visit, &format!("role-{r}"), &[]))),
            Role::Officer.code(),
        ),
        "values": { "why": why },
        "errors": errors,
    });
    private(Page::new(visit, "admin/account.html").form().status(status).render(&context)?)
}

fn of_account(visit: &Visit, overview: &Overview) -> Value {
    let account = &overview.account;
    let methods: Vec<String> =
        overview.credentials.iter().map(|c| words(visit, &format!("session-method-{}", c.kind), &[])).collect();
    json!({
        "id": account.id,
        "name": called(visit, account),
        "mail": account.email.as_deref().unwrap_or_default(),
        "status": account.status,
        "blocked": account.status == Status::Suspended,
        "second_factor": overview.second_factor,
        "since": account.created_at.rfc3339(),
        "methods": methods,
    })
}

fn memberships(visit: &Visit, held: &[Membership], organisations: &[Organisation]) -> Vec<Value> {
    held.iter()
        .map(|held| {
            let organisation = organisations.iter().find(|o| Some(o.id) == held.organisation);
            json!({
                "role": words(visit, &format!("role-{}", held.role), &[]),
                "role_code": held.role,
                "organisation": organisation.map(|o| &o.name),
                "organisation_id": held.organisation,
                "since": held.created_at.rfc3339(),
            })
        })
        .collect()
}
