//! Who answers for this: from what agencies declare and from what they handled before.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_cases::AgencyName;
use madang_db::{Db, Tx};
use madang_identity::directory::{self, Contact, ContactId, ContactRole, Expert};
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{Ctx, ObjectKind, OrganisationId, Ref};
use madang_search::{Handled, Index, Kind, Query};
use madang_text::query;

use super::find::{blocking, by_id};
use super::model::{Place, Search};
use super::row::all;

/// Agencies and experts at most.
const MOST: usize = 30;
/// Declared things that are looked at for each word.
const LOOKED: usize = 50;
/// Words that are looked up one by one.
const WORDS: usize = 8;
/// How much a declared topic, an agency's own name and the cases that it had say; one is the most of the last.
const DECLARED: f32 = 2.0;
const NAMED: f32 = 1.5;

/// A public case that an agency had.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Example {
    pub number: String,
    pub title: String,
}

/// An agency that may answer for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    pub agency: AgencyName,
    /// Its offices that declare the topic or the place, the fitting ones first, and after them its officers for open
    /// government.
    pub contacts: Vec<Contact>,
    /// How many of `contacts` declare it.
    pub declared: usize,
    /// How many public cases of this sort it had, as far as they were looked at.
    pub handled: u64,
    pub examples: Vec<Example>,
}

/// Who answers for something, and who knows about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offices {
    /// The most fitting first.
    pub agencies: Vec<Office>,
    pub experts: Vec<Expert>,
}

/// What the index says of some words: how well each thing fits.
#[derive(Default)]
struct Said {
    things: BTreeMap<Ref, f32>,
    handled: Vec<Handled>,
}

impl Search {
    /// The agencies that may answer for what is asked, at this place when one is given, and experts of it.
    ///
    /// # Errors
    /// `search.unavailable` when there is no index to ask; those of the database.
    pub async fn offices(&self, db: &Db, _: &Ctx, words: &str, area: Option<&str>, limit: usize) -> Result<Offices> {
        let limit = limit.min(MOST);
        let area = area.map(str::trim).filter(|area| !area.is_empty()).map(str::to_owned);
        if (words.trim().is_empty() && area.is_none()) || limit == 0 {
            return Ok(Offices::default());
        }
        let (index, text, place) = (self.index.clone(), words.to_owned(), area.clone());
        let said = blocking(move || said(&index, &text, place.as_deref(), limit)).await?;
        let cases = self.cases.clone();
        db.read(move |tx| {
            let found = declared(tx, &said, area.as_deref())?;
            let mut agencies = ranked(tx, &said, found)?;
            agencies.truncate(limit);
            for office in &mut agencies {
                office.contacts.extend(officers(tx, office)?);
                let had = said.handled.iter().find(|handled| handled.agency == office.agency.id);
                let examples = had.map(|handled| handled.examples.clone()).unwrap_or_default();
                let mut rows = by_id(tx, &cases, &examples)?;
                office.examples = examples.iter().filter_map(|id| example(rows.remove(id)?)).collect();
            }
            Ok(Offices { agencies, experts: experts(tx, &said, area.as_deref(), limit)? })
        })
        .await
    }
}

fn example(row: super::row::Row) -> Option<Example> {
    let Place::Case { number } = row.place else { return None };
    Some(Example { number, title: all(&[row.title]) })
}

/// Asks for the words together and for each of them alone: who asks writes a sentence, and an office declares a word.
fn said(index: &Index, words: &str, area: Option<&str>, limit: usize) -> Result<Said> {
    let kinds = vec![Kind::Contact, Kind::Agency, Kind::Expert];
    let parts: Vec<String> =
        query::parse(words).parts.into_iter().filter(|part| !part.not).map(|part| part.stem).take(WORDS).collect();
    let mut things: BTreeMap<Ref, f32> = BTreeMap::new();
    let mut asked = vec![words.to_owned()];
    if parts.len() > 1 {
        asked.extend(parts);
    }
    for words in asked {
        let query = Query { words, kinds: kinds.clone(), ..Query::default() };
        let found = index.search(&query, 0, LOOKED)?;
        // A word that half of the offices declare says little.
        let weight = 1.0 / f32::from(u16::try_from(found.count).unwrap_or(u16::MAX)).sqrt().max(1.0);
        let best = found.ids.first().map_or(1.0, |hit| hit.score).max(f32::MIN_POSITIVE);
        for hit in found.ids {
            *things.entry(hit.id).or_default() += weight * (0.5 + 0.5 * hit.score / best);
        }
    }
    Ok(Said { things, handled: index.agencies(words, area, limit)? })
}

/// The offices that declare it by their agencies, with how well each fits.
fn declared(tx: &mut Tx, said: &Said, area: Option<&str>) -> Result<BTreeMap<OrganisationId, Vec<(f32, Contact)>>> {
    let of = |id: &&Ref| id.kind == ObjectKind::Contact;
    let ids: Vec<ContactId> = said.things.keys().filter(of).filter_map(|id| id.id.parse().ok()).collect();
    let mut out: BTreeMap<OrganisationId, Vec<(f32, Contact)>> = BTreeMap::new();
    for contact in directory::contacts_by(tx, &ids)? {
        let fits = said.things.get(&contact.reference()).copied().unwrap_or_default() * there(&contact.areas, area);
        out.entry(contact.organisation).or_default().push((fits, contact));
    }
    for contacts in out.values_mut() {
        contacts.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    }
    Ok(out)
}

fn ranked(
    tx: &mut Tx,
    said: &Said,
    mut declared: BTreeMap<OrganisationId, Vec<(f32, Contact)>>,
) -> Result<Vec<Office>> {
    let most = said.handled.iter().map(|handled| handled.weight).fold(f32::MIN_POSITIVE, f32::max);
    let mut out = Vec::new();
    for agency in organisation::list(tx, Some(OrganisationKind::Agency))? {
        let contacts = declared.remove(&agency.id).unwrap_or_default();
        let handled = said.handled.iter().find(|handled| handled.agency == agency.id);
        let named = said.things.get(&agency.reference()).copied();
        if contacts.is_empty() && handled.is_none() && named.is_none() {
            continue;
        }
        let fits = DECLARED * contacts.first().map_or(0.0, |(fits, _)| *fits)
            + NAMED * named.unwrap_or_default()
            + handled.map_or(0.0, |handled| handled.weight / most);
        let office = Office {
            agency: AgencyName { id: agency.id, slug: agency.slug, name: agency.name },
            declared: contacts.len(),
            contacts: contacts.into_iter().map(|(_, contact)| contact).collect(),
            handled: handled.map_or(0, |handled| handled.cases),
            examples: Vec::new(),
        };
        out.push((fits, office));
    }
    out.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.agency.slug.cmp(&b.1.agency.slug)));
    Ok(out.into_iter().map(|(_, office)| office).collect())
}

/// The agency's officers for open government that are not among its contacts yet.
fn officers(tx: &mut Tx, office: &Office) -> Result<Vec<Contact>> {
    let mut out = directory::contacts(tx, Some(office.agency.id))?;
    out.retain(|one| one.role == ContactRole::Officer && office.contacts.iter().all(|known| known.id != one.id));
    Ok(out)
}

fn experts(tx: &mut Tx, said: &Said, area: Option<&str>, limit: usize) -> Result<Vec<Expert>> {
    let ids: Vec<_> = said.things.keys().filter(|id| id.kind == ObjectKind::Expert).collect();
    let ids: Vec<directory::ExpertId> = ids.into_iter().filter_map(|id| id.id.parse().ok()).collect();
    let mut found: Vec<(f32, Expert)> = Vec::new();
    for expert in directory::experts_by(tx, &ids)? {
        let fits = said.things.get(&expert.reference()).copied().unwrap_or_default() * there(&expert.areas, area);
        found.push((fits, expert));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    Ok(found.into_iter().take(limit).map(|(_, expert)| expert).collect())
}

/// How well areas fit the place that is asked for: those of the place best, those elsewhere hardly.
fn there(areas: &[String], asked: Option<&str>) -> f32 {
    match asked {
        None => 1.0,
        Some(_) if areas.is_empty() => 1.0,
        Some(asked) if areas.iter().any(|area| covers(area, asked)) => 1.5,
        Some(_) => 0.2,
    }
}

/// Whether one of two places lies in the other: `서울특별시`, `서울특별시 종로구`, `종로구`.
fn covers(area: &str, asked: &str) -> bool {
    let levels = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (levels(area), levels(asked));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.iter().all(|level| long.contains(level))
}
