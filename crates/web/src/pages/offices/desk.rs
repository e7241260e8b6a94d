//! The desk of the directory: officers keep the entries of their own agency, administrators those of all.

use axum::extract::Path;
use http::StatusCode;
use madang_base::{Error, Result, Time};
use madang_http::{Input, Outcome, Visit, status_of};
use madang_identity::directory::{self, Contact, ContactDraft, ContactId, ContactRole};
use madang_kernel::organisation::{self, Organisation, OrganisationKind};
use madang_kernel::{ObjectKind, Owner, Verb};
use serde_json::{Value, json};

use super::answer::address_of;
use super::shape;
use crate::i18n::FieldMessage;
use crate::page::{Page, done, form_errors, keep_for_form, query_value, words};
use crate::pages::plans::shape::option;

/// The agencies whose entries the visitor keeps, by name.
async fn own_agencies(visit: &Visit) -> Result<Vec<Organisation>> {
    let mut all = visit.app.db.read(|tx| organisation::list(tx, Some(OrganisationKind::Agency))).await?;
    all.retain(|agency| visit.ctx.may(Verb::Edit, ObjectKind::Contact, Some(Owner::Organisation(agency.id))));
    all.sort_by(|a, b| a.name.get(visit.locale).cmp(b.name.get(visit.locale)));
    Ok(all)
}

/// Several agencies are chosen from; one of them by its slug in the address.
fn choices(visit: &Visit, own: &[Organisation], chosen: &str, all: bool) -> Vec<Value> {
    let mut out = Vec::new();
    if all {
        out.push(option("", words(visit, "filter-all", &[]), chosen.is_empty()));
    }
    out.extend(own.iter().map(|a| option(&a.slug, a.name.get(visit.locale).to_owned(), a.slug == chosen)));
    out
}

pub(super) async fn list(visit: Visit) -> Outcome {
    let own = own_agencies(&visit).await?;
    let chosen = query_value(&visit.query, "agency").unwrap_or_default();
    let chosen = if own.iter().any(|agency| agency.slug == chosen) { chosen } else { String::new() };
    let shown: Vec<_> =
        own.iter().filter(|agency| chosen.is_empty() || agency.slug == chosen).map(|agency| agency.id).collect();
    let contacts = visit.app.db.read(move |tx| directory::contacts_of(tx, &shown)).await?;
    let now = visit.ctx.now;
    let stale = contacts.iter().filter(|contact| contact.stale(now)).count();
    let name = |contact: &Contact| own.iter().find(|a| a.id == contact.organisation).map(|a| a.name.clone());
    let several = own.len() > 1;
    let rows: Vec<Value> = contacts
        .iter()
        .map(|contact| {
            let mut row = shape::office(contact, now, &[]);
            row["agency"] = json!(name(contact).filter(|_| several));
            row["edit_href"] = json!(visit.url(&format!("/desk/offices/{}", contact.id)));
            row
        })
        .collect();
    let lacking: Vec<Value> = own
        .iter()
        .filter(|agency| chosen.is_empty() || agency.slug == chosen)
        .filter(|agency| !contacts.iter().any(|c| c.organisation == agency.id && c.role == ContactRole::Officer))
        .map(|agency| json!(agency.name))
        .collect();
    let filters = if several {
        json!([{ "name": "agency", "label": words(&visit, "filter-agency", &[]), "options": choices(&visit, &own, &chosen, true) }])
    } else {
        json!([])
    };
    let organisation = own.first().filter(|_| !several).map(|agency| &agency.name);
    Page::new(&visit, "offices/desk.html").form().render(&json!({
        "organisation": organisation, "filters": filters, "rows": rows, "stale": stale, "lacking": lacking,
        "new_href": address_of(&visit.url("/desk/offices/new"), &[("agency", &chosen)]),
    }))
}

/// A form as it was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    agency: String,
    role: String,
    office: String,
    name: String,
    title: String,
    phone: String,
    mail: String,
    topics: String,
    areas: String,
}

impl Typed {
    fn read(input: &Input) -> Self {
        let text = |name: &str| input.text(name).to_owned();
        Self {
            agency: text("agency"),
            role: text("role"),
            office: text("office"),
            name: text("name"),
            title: text("title"),
            phone: text("phone"),
            mail: text("mail"),
            topics: text("topics"),
            areas: text("areas"),
        }
    }

    fn of(contact: &Contact) -> Self {
        Self {
            agency: String::new(),
            role: contact.role.to_string(),
            office: contact.office.clone(),
            name: contact.name.clone(),
            title: contact.title.clone(),
            phone: contact.phone.clone(),
            mail: contact.mail.clone(),
            topics: contact.topics.join("\n"),
            areas: contact.areas.join("\n"),
        }
    }

    fn draft(&self) -> Result<ContactDraft> {
        let role = self.role.parse().map_err(|error: Error| error.field("role", "directory.role-unknown"))?;
        let Self { office, name, title, phone, mail, topics, areas, .. } = self.clone();
        Ok(ContactDraft { role, office, name, title, phone, mail, topics, areas })
    }

    fn values(&self) -> Value {
        json!({
            "office": self.office, "name": self.name, "title": self.title, "phone": self.phone, "mail": self.mail,
            "topics": self.topics, "areas": self.areas,
        })
    }
}

/// The entry that a form is about: none while it is new.
struct Entry {
    id: ContactId,
    confirmed: Time,
}

struct Shown<'a> {
    own: &'a [Organisation],
    typed: &'a Typed,
    entry: Option<Entry>,
    errors: Vec<FieldMessage>,
    status: StatusCode,
}

fn page(visit: &Visit, shown: Shown<'_>) -> Outcome {
    let Shown { own, typed, entry, errors, status } = shown;
    let roles: Vec<Value> = ContactRole::ALL
        .iter()
        .map(|role| {
            json!({
                "value": role, "label": words(visit, &format!("office-role-{role}"), &[]),
                "hint": words(visit, &format!("office-role-{role}-hint"), &[]), "selected": role.code() == typed.role,
            })
        })
        .collect();
    let agencies =
        if own.len() > 1 && entry.is_none() { choices(visit, own, &typed.agency, false) } else { Vec::new() };
    let path = entry.as_ref().map_or_else(|| "new".to_owned(), |entry| entry.id.to_string());
    Page::new(visit, "offices/edit.html").form().status(status).render(&json!({
        "values": typed.values(), "roles": roles, "agencies": agencies, "errors": errors,
        "action": visit.url(&format!("/desk/offices/{path}")), "list_href": visit.url("/desk/offices"),
        "entry": entry.map(|entry| json!({
            "confirmed": entry.confirmed.micros(), "stale": entry.confirmed < visit.ctx.now.plus_days(-directory::STALE_DAYS),
        })),
    }))
}

pub(super) async fn new(visit: Visit) -> Outcome {
    let own = own_agencies(&visit).await?;
    let agency = query_value(&visit.query, "agency").unwrap_or_default();
    let typed = Typed { agency, role: ContactRole::Office.to_string(), ..Typed::default() };
    page(&visit, Shown { own: &own, typed: &typed, entry: None, errors: Vec::new(), status: StatusCode::OK })
}

pub(super) async fn create(visit: Visit, input: Input) -> Outcome {
    let own = own_agencies(&visit).await?;
    let typed = Typed::read(&input);
    // Who keeps one agency's entries is not asked which.
    let agency = if own.len() == 1 { own.first() } else { own.iter().find(|agency| agency.slug == typed.agency) };
    let outcome = match (agency, typed.draft()) {
        (Some(agency), Ok(draft)) => {
            let (ctx, id) = (visit.ctx.clone(), agency.id);
            visit.app.db.write(move |tx| directory::contact_put(tx, &ctx, id, None, &draft)).await
        }
        (None, _) => Err(Error::invalid("directory.agency").field("agency", "directory.agency")),
        (_, Err(error)) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(done(&visit, "/desk/offices", "contact-declared")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            let status = status_of(error.kind());
            page(&visit, Shown { own: &own, typed: &typed, entry: None, errors, status })
        }
    }
}

/// The entry of an address; none of another agency.
async fn entry(visit: &Visit, id: &str) -> Result<Contact> {
    let id: ContactId = id.parse().map_err(|_| Error::not_found("directory.contact-unknown"))?;
    let found = visit.app.db.read(move |tx| directory::contact(tx, id)).await?;
    visit.ctx.require(Verb::Edit, ObjectKind::Contact, Some(Owner::Organisation(found.organisation)))?;
    Ok(found)
}

pub(super) async fn edit(visit: Visit, Path((_, id)): Path<(String, String)>) -> Outcome {
    let found = entry(&visit, &id).await?;
    let own = own_agencies(&visit).await?;
    let shown = Entry { id: found.id, confirmed: found.confirmed_at };
    let typed = Typed::of(&found);
    page(&visit, Shown { own: &own, typed: &typed, entry: Some(shown), errors: Vec::new(), status: StatusCode::OK })
}

pub(super) async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, input: Input) -> Outcome {
    let found = entry(&visit, &id).await?;
    let typed = Typed::read(&input);
    let outcome = match typed.draft() {
        Ok(draft) => {
            let (ctx, id, at) = (visit.ctx.clone(), found.id, found.organisation);
            visit.app.db.write(move |tx| directory::contact_put(tx, &ctx, at, Some(id), &draft)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(done(&visit, "/desk/offices", "contact-changed")),
        Err(error) => {
            let error = keep_for_form(error)?;
            let errors = form_errors(&visit.app, &visit, &error);
            let own = own_agencies(&visit).await?;
            let entry = Some(Entry { id: found.id, confirmed: found.confirmed_at });
            page(&visit, Shown { own: &own, typed: &typed, entry, errors, status: status_of(error.kind()) })
        }
    }
}

pub(super) async fn confirm(visit: Visit, Path((_, id)): Path<(String, String)>, _: Input) -> Outcome {
    let found = entry(&visit, &id).await?;
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| directory::contact_confirm(tx, &ctx, found.id)).await?;
    Ok(done(&visit, "/desk/offices", "contact-confirmed"))
}

pub(super) async fn retire(visit: Visit, Path((_, id)): Path<(String, String)>, _: Input) -> Outcome {
    let found = entry(&visit, &id).await?;
    let ctx = visit.ctx.clone();
    visit.app.db.write(move |tx| directory::contact_retire(tx, &ctx, found.id)).await?;
    Ok(done(&visit, "/desk/offices", "contact-retired"))
}
