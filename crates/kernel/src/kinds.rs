//! The kinds of events that the kernel itself appends.

use crate::ledger::{Counted, Is, Kind, Shown, always};
use crate::object::ObjectKind;

pub const KINDS: &[&Kind] = &[&LINK_ADDED, &LINK_REMOVED, &ORGANISATION_CREATED, &ORGANISATION_CHANGED];

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
