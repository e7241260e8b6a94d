//! What the stories of this crate share: a moment, people, an account's id, what a filing says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::date;
use madang_base::{Id, SeededRng, SharedRng, Time};
use madang_cases::model::Channel;
use madang_cases::service::file::FilingInput;
use madang_form::{Answer, Answers};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Grant, Keys, OrganisationId, Person, PersonKeys, Role};

/// Ten in the morning of a Monday.
pub(crate) fn now() -> Time {
    Time::at_kst_midnight(date(2026, 6, 8)).plus_seconds(36_000)
}

/// Another one at each call.
pub(crate) fn rng() -> SharedRng {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Arc::new(SeededRng::new(format!("flows {}", COUNT.fetch_add(1, Ordering::SeqCst)).as_bytes()))
}

pub(crate) fn keys() -> Arc<Keys> {
    Arc::new(Keys::generate(&SeededRng::new(b"keys")))
}

pub(crate) fn system() -> Ctx {
    Ctx::system(now(), rng(), keys())
}

pub(crate) fn account(name: &str) -> AccountId {
    Id::new(Time::from_micros(0), &SeededRng::new(name.as_bytes()))
}

/// A verified person, an officer when an office is named.
pub(crate) fn person(name: &str, office: Option<OrganisationId>) -> Ctx {
    let grants = office.map(|office| Grant { role: Role::Officer, organisation: Some(office) });
    system().with_actor(Actor::Person(Person {
        account: account(name),
        assurance: Assurance::Verified,
        grants: grants.into_iter().collect(),
        second_factor: true,
        scopes: None,
        keys: PersonKeys::default(),
    }))
}

/// A public filing of `service` with these answers, never the same request twice.
pub(crate) fn filing(service: &str, answers: impl IntoIterator<Item = (&'static str, Answer)>) -> FilingInput {
    static KEY: AtomicU64 = AtomicU64::new(0);
    FilingInput {
        service: service.to_owned(),
        answers: Answers(answers.into_iter().map(|(id, answer)| (id.to_owned(), answer)).collect()),
        uploads: Vec::new(),
        channel: Channel::Web,
        name: "김민지".to_owned(),
        mail: None,
        wants_public: true,
        request_key: format!("{:0>20}", KEY.fetch_add(1, Ordering::SeqCst)),
        proxy: None,
        follow: false,
    }
}
