//! Who acts in the stories.

use madang_base::{Id, SeededRng};
use madang_db::Db;
use madang_kernel::organisation::{self, Draft, OrganisationKind};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, OrganisationId, Person, PersonKeys, Role};

use super::system;

/// The id of an organisation by its slug.
pub(crate) async fn organisation(db: &Db, slug: &'static str) -> OrganisationId {
    db.read(move |tx| organisation::by_slug(tx, slug)).await.unwrap().unwrap().id
}

/// Makes a civil-society organisation.
pub(crate) async fn society(db: &Db) -> OrganisationId {
    let ctx = system(super::TODAY);
    db.write(move |tx| {
        let draft = Draft {
            slug: "watch".to_owned(),
            kind: OrganisationKind::CivilSociety,
            name: madang_base::LocalizedText::new("지켜보는 사람들", "The watchers"),
            short: madang_base::LocalizedText::default(),
            parent: None,
        };
        Ok(organisation::upsert(tx, &ctx, &draft)?.id)
    })
    .await
    .unwrap()
}

/// An account that is the same whenever it is asked for by this name.
pub(crate) fn account(name: &str) -> AccountId {
    Id::new(madang_base::Time::from_micros(0), &SeededRng::new(name.as_bytes()))
}

/// A context in which somebody with these roles acts on a day, with a second factor.
pub(crate) fn person(name: &str, grants: &[(Role, Option<OrganisationId>)], day: jiff::civil::Date) -> Ctx {
    let grants = grants.iter().map(|(role, organisation)| Grant { role: *role, organisation: *organisation }).collect();
    system(day).with_actor(Actor::Person(Person {
        account: account(name),
        assurance: Assurance::Verified,
        grants,
        second_factor: true,
        scopes: None,
        keys: PersonKeys::default(),
    }))
}
