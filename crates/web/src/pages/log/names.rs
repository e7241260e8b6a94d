//! What records are about, by name and address, as far as it is public.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use madang_base::{Kind, LocalizedText, Result};
use madang_cases::Cases;
use madang_cases::registry::ServiceVersion;
use madang_cases::service::receipt;
use madang_db::Tx;
use madang_http::Visit;
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{Actor, Ctx, ObjectKind, Ref};
use madang_plans::service::follow;

use super::super::plans::address;
use super::super::services::cases;
use crate::page::words;

/// A name, and an address of this site (empty when it has no page).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub href: String,
}

/// What was found about references.
#[derive(Debug, Default)]
pub struct Names {
    found: BTreeMap<Ref, Found>,
    services: Vec<Arc<ServiceVersion>>,
}

#[derive(Clone, Debug)]
enum Found {
    Case { number: String, title: String },
    Named(LocalizedText),
    Agency { name: LocalizedText, slug: String },
}

/// Looks up all of them in one transaction. What is not public, or gone, is left out.
///
/// # Errors
/// Those of the database.
pub async fn find(visit: &Visit, refs: BTreeSet<Ref>) -> Result<Names> {
    let (cases, ctx) = (cases(visit)?, visit.ctx.clone().with_actor(Actor::Anonymous));
    visit
        .app
        .db
        .read(move |tx| {
            let mut names = Names::default();
            if refs.iter().any(|one| one.kind == ObjectKind::Service) {
                names.services = cases.services.list(tx)?;
            }
            for one in &refs {
                if let Some(found) = known(look(tx, &ctx, &cases, one))? {
                    names.found.insert(one.clone(), found);
                }
            }
            Ok(names)
        })
        .await
}

fn known(found: Result<Option<Found>>) -> Result<Option<Found>> {
    match found {
        Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Gone | Kind::Invalid) => Ok(None),
        other => other,
    }
}

fn look(tx: &mut Tx, ctx: &Ctx, cases: &Cases, one: &Ref) -> Result<Option<Found>> {
    Ok(match one.kind {
        ObjectKind::Case => {
            receipt::case_of(tx, ctx, cases, one, None)?.map(|(number, title)| Found::Case { number, title })
        }
        ObjectKind::Plan | ObjectKind::Commitment => Some(Found::Named(follow::followed(tx, one)?)),
        ObjectKind::Milestone => {
            let commitment = one.id.rsplit_once('/').map_or("", |(commitment, _)| commitment);
            Some(Found::Named(follow::followed(tx, &Ref::new(ObjectKind::Commitment, commitment))?))
        }
        ObjectKind::Organisation => {
            let found = organisation::get(tx, one.id.parse()?)?;
            let agency = found.kind == OrganisationKind::Agency;
            Some(Found::Agency { name: found.name, slug: if agency { found.slug } else { String::new() } })
        }
        _ => None,
    })
}

impl Names {
    /// Name and address; for what has no name its kind and its id.
    pub fn of(&self, visit: &Visit, one: &Ref) -> Named {
        let lt = |text: &LocalizedText| text.get(visit.locale).to_owned();
        match (one.kind, self.found.get(one)) {
            (_, Some(Found::Case { number, title })) => {
                Named { name: format!("{title} ({number})"), href: visit.url(&format!("/cases/{number}")) }
            }
            (_, Some(Found::Agency { name, slug })) => {
                let href = if slug.is_empty() { String::new() } else { address::agency(visit, slug) };
                Named { name: lt(name), href }
            }
            (ObjectKind::Plan, Some(Found::Named(name))) => {
                Named { name: lt(name), href: address::plan(visit, &one.id) }
            }
            (ObjectKind::Commitment, Some(Found::Named(name))) => {
                let number = one.id.split_once('/').map_or("", |(_, number)| number);
                Named { name: format!("{number}. {}", lt(name)), href: address::commitment(visit, &one.id) }
            }
            (ObjectKind::Milestone, Some(Found::Named(_))) => {
                let mut parts = one.id.rsplit('/');
                let (n, commitment) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
                let args = [("commitment", commitment.into()), ("n", n.into())];
                Named { name: words(visit, "log-name-milestone", &args), href: address::milestone(visit, &one.id) }
            }
            (ObjectKind::Service, _) => self.service(visit, one),
            _ => plain(visit, one),
        }
    }

    /// A service, or a word of its definition.
    fn service(&self, visit: &Visit, one: &Ref) -> Named {
        let (id, word) = one.id.split_once('/').unwrap_or((&one.id, ""));
        let Some(found) = self.services.iter().find(|version| version.definition.id == id) else {
            return plain(visit, one);
        };
        let def = &found.definition;
        let lt = |text: &LocalizedText| text.get(visit.locale).to_owned();
        if word.is_empty() {
            return Named { name: lt(&def.name), href: visit.url(&format!("/services/{id}")) };
        }
        let name = def
            .state(word)
            .map(|state| lt(&state.name))
            .or_else(|| def.step(word).map(|step| lt(&step.name)))
            .or_else(|| def.clock(word).map(|clock| lt(&clock.name)))
            .or_else(|| def.thresholds.iter().find(|t| t.id == word).map(|threshold| lt(&threshold.name)));
        Named { name: name.unwrap_or_else(|| word.to_owned()), href: String::new() }
    }
}

/// The kind of a thing in words.
pub fn kind(visit: &Visit, kind: ObjectKind) -> String {
    use ObjectKind::{
        Assessment, Case, Commitment, Indicator, Link, Milestone, Organisation, Party, Plan, Round, Service, Support,
        Update,
    };
    let word = match kind {
        Assessment | Case | Commitment | Indicator | Link | Milestone | Organisation | Party | Plan | Round
        | Service | Support | Update => kind.code(),
        _ => "other",
    };
    words(visit, &format!("log-object-{word}"), &[])
}

fn plain(visit: &Visit, one: &Ref) -> Named {
    let args = [("kind", kind(visit, one.kind).into()), ("id", one.id.as_str().into())];
    let href = if one.kind == ObjectKind::Indicator { address::indicator(visit, &one.id) } else { String::new() };
    Named { name: words(visit, "log-name-none", &args), href }
}
