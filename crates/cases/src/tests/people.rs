//! Who acts in the stories.

use jiff::civil::Date;
use madang_base::{Id, SeededRng, Time};
use madang_db::Db;
use madang_kernel::organisation;
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, OrganisationId, Person, PersonKeys, Role};

use super::system;

/// The id of an organisation by its slug.
pub(crate) async fn organisation(db: &Db, slug: &'static str) -> OrganisationId {
    db.read(move |tx| organisation::by_slug(tx, slug)).await.unwrap().unwrap().id
}

/// An account that is the same whenever it is asked for by this name.
pub(crate) fn account(name: &str) -> AccountId {
    Id::new(Time::from_micros(0), &SeededRng::new(name.as_bytes()))
}

/// A context in which somebody with these roles acts on a day, with a second factor.
pub(crate) fn person(name: &str, grants: &[(Role, Option<OrganisationId>)], day: Date) -> Ctx {
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

/// Nobody known.
pub(crate) fn anybody(day: Date) -> Ctx {
    system(day).with_actor(Actor::Anonymous)
}
