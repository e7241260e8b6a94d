//! Offices as templates and files read them.

use std::sync::Arc;

use madang_base::{Locale, LocalizedText, Result, Time};
use madang_cases::Cases;
use madang_cases::registry::ServiceVersion;
use madang_db::Tx;
use madang_http::Visit;
use madang_identity::directory::{Contact, ContactRole, Expert};
use madang_kernel::organisation::Organisation;
use serde_json::{Value, json};

use crate::pages::services::shapes::open;

/// An office for a card: `terms` are the words that were asked for, to mark the topics that fit.
pub fn office(contact: &Contact, now: Time, terms: &[String]) -> Value {
    json!({
        "id": contact.id.to_string(), "role": contact.role, "office": contact.office, "name": contact.name,
        "title": contact.title,
        "phone": contact.phone, "tel": tel(&contact.phone), "mail": contact.mail,
        "topics": marked(&contact.topics, terms), "areas": contact.areas,
        "confirmed": contact.confirmed_at.micros(), "stale": contact.stale(now),
    })
}

/// Terms, those that fit first.
fn marked(topics: &[String], terms: &[String]) -> Vec<Value> {
    let hit = |topic: &String| terms.iter().any(|term| alike(topic, term));
    let (fit, rest): (Vec<_>, Vec<_>) = topics.iter().partition(|topic| hit(topic));
    let line = |text: &String, hit: bool| json!({ "text": text, "hit": hit });
    fit.into_iter().map(|text| line(text, true)).chain(rest.into_iter().map(|text| line(text, false))).collect()
}

/// Whether a declared topic and a word are about the same: one begins with the other, spaces left out.
fn alike(topic: &str, term: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let (topic, term) = (bare(topic), bare(term));
    let long = |text: &str| text.chars().count() >= 2;
    long(&topic) && long(&term) && (topic.contains(&term) || term.contains(&topic))
}

/// The number that a telephone dials: without what stands in brackets or after a sign for "to".
fn tel(phone: &str) -> String {
    let first = phone.split(['(', '~', ',', '/', '#']).next().unwrap_or_default();
    // A number that begins with a bracket has its area code there.
    let first = if first.trim().is_empty() { phone } else { first };
    first.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// An expert for a line of a list.
pub fn expert(visit: &Visit, expert: &Expert) -> Value {
    json!({
        "kind": expert.kind, "name": expert.name, "summary": summary(&expert.introduction), "topics": expert.topics,
        "areas": expert.areas, "href": visit.url(&format!("/experts/{}", expert.id)),
    })
}

/// The beginning of an introduction, on one line.
fn summary(text: &str) -> String {
    const MOST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// The page of an agency's offices.
pub fn href(visit: &Visit, slug: &str) -> String {
    visit.url(&format!("/offices/{slug}"))
}

/// What can be filed today with an agency: `{name, href}`, those first whose authors name the agency.
pub fn services(visit: &Visit, cases: &Cases, all: &[Arc<ServiceVersion>], slug: &str) -> Vec<Value> {
    let today = visit.ctx.now.kst_date();
    let mut own = Vec::new();
    let mut any = Vec::new();
    for version in all.iter().filter(|version| open(version, today)) {
        let def = &version.definition;
        let routing = &def.routing;
        let line = json!({ "name": def.name, "href": visit.url(&format!("/services/{}", def.id)) });
        let named = routing.rules.iter().any(|rule| rule.to == slug);
        let otherwise = routing.otherwise.as_deref().or(cases.leading.as_deref()) == Some(slug);
        if routing.field.is_some() {
            any.push(line);
        } else if named || otherwise {
            own.push(line);
        }
    }
    any.into_iter().chain(own).collect()
}

/// The definitions in force.
///
/// # Errors
/// Those of the database.
pub fn definitions(tx: &mut Tx, cases: &Cases) -> Result<Vec<Arc<ServiceVersion>>> {
    cases.services.list(tx)
}

/// The columns of files with offices.
pub const HEADS: [&str; 13] = [
    "agency",
    "agency_name_ko",
    "agency_name_en",
    "role",
    "office",
    "officer",
    "title",
    "phone",
    "mail",
    "topics",
    "areas",
    "confirmed_on",
    "id",
];

/// An agency's rows: one for each office, or one without an office.
pub fn rows(slug: &str, name: &LocalizedText, contacts: &[Contact]) -> Vec<Vec<String>> {
    let exact = |tag| name.exact(tag).unwrap_or_default().to_owned();
    let head = || vec![slug.to_owned(), exact("ko"), exact("en")];
    if contacts.is_empty() {
        let mut row = head();
        row.resize(HEADS.len(), String::new());
        return vec![row];
    }
    contacts
        .iter()
        .map(|contact| {
            let mut row = head();
            row.extend([
                contact.role.to_string(),
                contact.office.clone(),
                contact.name.clone(),
                contact.title.clone(),
                contact.phone.clone(),
                contact.mail.clone(),
                contact.topics.join("; "),
                contact.areas.join("; "),
                contact.confirmed_at.kst_date().to_string(),
                contact.id.to_string(),
            ]);
            row
        })
        .collect()
}

/// The same for JSON.
pub fn data(slug: &str, name: &LocalizedText, contacts: &[Contact]) -> Value {
    json!({
        "agency": slug, "name": name,
        "offices": contacts.iter().map(|contact| json!({
            "id": contact.id, "role": contact.role, "office": contact.office, "officer": contact.name,
            "title": contact.title, "phone": contact.phone, "mail": contact.mail, "topics": contact.topics,
            "areas": contact.areas, "confirmed_on": contact.confirmed_at.kst_date().to_string(),
        })).collect::<Vec<_>>(),
    })
}

/// The agencies with their entries, each agency once, in the order of names.
pub fn grouped(agencies: Vec<Organisation>, contacts: &[Contact], locale: Locale) -> Vec<(Organisation, Vec<Contact>)> {
    let mut out: Vec<(Organisation, Vec<Contact>)> = agencies
        .into_iter()
        .map(|agency| {
            let own = contacts.iter().filter(|contact| contact.organisation == agency.id).cloned().collect();
            (agency, own)
        })
        .collect();
    out.sort_by(|a, b| a.0.name.get(locale).cmp(b.0.name.get(locale)).then_with(|| a.0.slug.cmp(&b.0.slug)));
    out
}

/// The officer for open government among an agency's entries.
pub fn officer(contacts: &[Contact]) -> Option<&Contact> {
    contacts.iter().find(|contact| contact.role == ContactRole::Officer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_dial_the_first_number() {
        assert_eq!(tel("02-3153-1234"), "0231531234");
        assert_eq!(tel("+82 2 3153 1234"), "+82231531234");
        assert_eq!(tel("1577-1000(3)"), "15771000");
        assert_eq!(tel("02-3153-1234~6"), "0231531234");
        assert_eq!(tel("(02) 3153-1234"), "0231531234");
        assert_eq!(tel(""), "");
    }

    #[test]
    fn topics_that_fit_stand_first() {
        let topics = ["보도블록", "가로등"].map(str::to_owned);
        let shown = marked(&topics, &["가로등".to_owned()]);
        assert_eq!(shown[0]["text"], "가로등");
        assert_eq!((&shown[0]["hit"], &shown[1]["hit"]), (&json!(true), &json!(false)));
        assert!(alike("도로 파임", "도로파임") && alike("가로등 고장", "가로등") && !alike("물", "물"));
    }
}
