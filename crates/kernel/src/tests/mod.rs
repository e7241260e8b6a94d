//! What the tests of this crate share, the kernel's story on both engines, and small things.

mod basics;
mod story;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use madang_base::{Id, Result, SeededRng, SharedRng, Time};
use madang_db::{Db, Tx};

use crate::actor::{AccountId, Actor, Assurance, Grant, OrganisationId, Person, PersonKeys, Role};
use crate::ledger::{Counted, FieldSpec, Kind, Shown};
use crate::object::ObjectKind;
use crate::{Ctx, Keys};

/// 2026-03-01T00:00:00Z, a Sunday; 09:00 in Korea.
pub(crate) const NOW: Time = Time::from_micros(1_772_323_200_000_000);

pub(crate) fn rng(seed: &str) -> SharedRng {
    Arc::new(SeededRng::new(seed.as_bytes()))
}

/// The system's context, always with the same keys and never twice with the same randomness.
pub(crate) fn ctx() -> Ctx {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let keys = Arc::new(Keys::generate(&*rng("keys")));
    Ctx::system(NOW, rng(&format!("act {}", COUNT.fetch_add(1, Ordering::SeqCst))), keys)
}

/// A kind of event for a test, about anything.
pub(crate) fn kind(name: &'static str, fields: &[FieldSpec]) -> &'static Kind {
    let (fields, counted) = (fields.to_vec().leak(), Counted::Not("of a test"));
    Box::leak(Box::new(Kind { name, objects: ObjectKind::ALL, shown: Shown::WithObject, fields, counted }))
}

pub(crate) fn account(n: u128) -> AccountId {
    Id::from_uuid(uuid::Uuid::from_u128(n))
}

pub(crate) fn organisation(n: u128) -> OrganisationId {
    Id::from_uuid(uuid::Uuid::from_u128(n))
}

pub(crate) fn person(role: Role, organisation: Option<OrganisationId>) -> Person {
    Person {
        account: account(7),
        assurance: Assurance::Verified,
        grants: if role.grantable() { vec![Grant { role, organisation }] } else { Vec::new() },
        second_factor: true,
        scopes: None,
        keys: PersonKeys::default(),
    }
}

pub(crate) fn admin() -> Ctx {
    ctx().with_actor(Actor::Person(person(Role::Administrator, None)))
}

/// Runs `work` in a writing transaction with the system's context.
pub(crate) async fn act<T: Send + 'static>(
    db: &Db,
    ctx: &Ctx,
    work: impl Fn(&mut Tx, &Ctx) -> Result<T> + Send + 'static,
) -> Result<T> {
    let ctx = ctx.clone();
    db.write(move |tx| work(tx, &ctx)).await
}
