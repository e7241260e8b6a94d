//! The kinds of events that the kernel itself appends.

use crate::ledger::{Counted, Is, Kind, Shown, always};
use crate::object::ObjectKind;

pub const KINDS: &[&Kind] =
    &[&LINK_ADDED, &LINK_REMOVED, &ORGANISATION_CREATED, &ORGANISATION_CHANGED, &LOG_KEY_CHANGED, &LOG_KEY_LOST];

const ENDS: &[crate::ledger::FieldSpec] = &[always("type", Is::Code), always("target", Is::Object)];

/// Two objects were linked; the event is the source's.
pub const LINK_ADDED: Kind = Kind {
    name: "link.added",
    objects: ObjectKind::ALL,
    shown: Shown::Always,
    fields: ENDS,
    counted: Counted::Not("links are compared with their events by the audit of the database"),
};

pub const LINK_REMOVED: Kind = Kind { name: "link.removed", ..LINK_ADDED };

const ORGANISATION: &[crate::ledger::FieldSpec] = &[always("kind", Is::Code), always("record", Is::Salted)];

pub const ORGANISATION_CREATED: Kind = Kind {
    name: "organisation.created",
    objects: &[ObjectKind::Organisation],
    shown: Shown::Always,
    fields: ORGANISATION,
    counted: Counted::Not("organisations are no count"),
};

pub const ORGANISATION_CHANGED: Kind = Kind { name: "organisation.changed", ..ORGANISATION_CREATED };

/// The log is signed by another key from here on; the checkpoint that holds this is signed by both. `key`: of the new
/// verifier key's text.
pub const LOG_KEY_CHANGED: Kind = Kind {
    name: "log.key-changed",
    objects: &[ObjectKind::Change],
    shown: Shown::Always,
    fields: &[always("key", Is::Digest)],
    counted: Counted::Not("keys are checked with the checkpoints that they signed"),
};

/// The same when the key before is lost and could not sign.
pub const LOG_KEY_LOST: Kind = Kind { name: "log.key-lost", ..LOG_KEY_CHANGED };
