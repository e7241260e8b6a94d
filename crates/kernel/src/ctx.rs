//! What every verb is given: who acts, when, with what randomness, in which language, under which keys.

use std::fmt;
use std::sync::Arc;

use madang_base::{Locale, Result, Rng, SharedRng, Time};

use crate::actor::{AccountId, Actor};
use crate::keys::Keys;
use crate::object::ObjectKind;
use crate::permission::{self, Owner, Verb};

/// The context of one act. Cheap to clone; a closure given to `Db::write` takes its own.
#[derive(Clone)]
pub struct Ctx {
    pub actor: Actor,
    /// The act's time. One act has one time, however long it takes.
    pub now: Time,
    pub rng: SharedRng,
    pub locale: Locale,
    pub keys: Arc<Keys>,
}

impl Ctx {
    /// A context for the machine's own acts: jobs, imports, the command line.
    #[must_use]
    pub fn system(now: Time, rng: SharedRng, keys: Arc<Keys>) -> Self {
        Self { actor: Actor::System, now, rng, locale: Locale::Ko, keys }
    }

    /// The same for another actor.
    #[must_use]
    pub fn with_actor(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.actor.account()
    }

    #[must_use]
    pub fn rng(&self) -> &dyn Rng {
        &*self.rng
    }

    /// Refuses what the permission table does not allow; see [`permission::decide`].
    ///
    /// # Errors
    /// `Kind::Unauthenticated` `permission.sign-in`; `Kind::Forbidden` `permission.denied`, `permission.second-factor`,
    /// `permission.scope` or `permission.not-by-key`.
    pub fn require(&self, verb: Verb, object: ObjectKind, owner: Option<Owner<'_>>) -> Result<()> {
        permission::decide(&self.actor, verb, object, owner)
    }

    /// Whether [`Ctx::require`] would pass; for pages that show or hide a button.
    #[must_use]
    pub fn may(&self, verb: Verb, object: ObjectKind, owner: Option<Owner<'_>>) -> bool {
        self.require(verb, object, owner).is_ok()
    }
}

impl fmt::Debug for Ctx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ctx")
            .field("actor", &self.actor)
            .field("now", &self.now)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}
