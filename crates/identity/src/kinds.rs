//! The kinds of events of accounts and of the directory. Those of organisations are the kernel's.

use madang_kernel::ObjectKind;
use madang_kernel::ledger::{Counted, FieldSpec, Is, Kind, Shown, always};

pub const KINDS: &[&Kind] = &[
    &ACCOUNT_DELETED,
    &CONTACT_DECLARED,
    &CONTACT_CHANGED,
    &CONTACT_CONFIRMED,
    &CONTACT_RETIRED,
    &EXPERT_AGREED,
    &EXPERT_CHANGED,
    &EXPERT_WITHDRAWN,
    &EXPERT_WRITTEN_TO,
];

pub const ACCOUNT_DELETED: Kind = Kind {
    name: "account.deleted",
    objects: &[ObjectKind::Account],
    shown: Shown::Never,
    fields: &[],
    counted: Counted::Not("accounts are not public"),
};

const CONTACT: &[FieldSpec] = &[always("agency", Is::Object), always("role", Is::Code), always("record", Is::Salted)];

/// An agency declared an office.
pub const CONTACT_DECLARED: Kind = Kind {
    name: "contact.declared",
    objects: &[ObjectKind::Contact],
    shown: Shown::Always,
    fields: CONTACT,
    counted: Counted::Not("the audit of the database compares the records of offices with their events"),
};
pub const CONTACT_CHANGED: Kind = Kind { name: "contact.changed", ..CONTACT_DECLARED };
/// The agency said that the entry is still right.
pub const CONTACT_CONFIRMED: Kind = Kind { name: "contact.confirmed", ..CONTACT_DECLARED };
/// It no longer stands in the directory.
pub const CONTACT_RETIRED: Kind = Kind { name: "contact.retired", ..CONTACT_DECLARED };

/// Somebody agreed to be found.
pub const EXPERT_AGREED: Kind = Kind {
    name: "expert.agreed",
    objects: &[ObjectKind::Expert],
    shown: Shown::Never,
    fields: &[],
    counted: Counted::Not("who agreed to be found may leave without a trace"),
};
pub const EXPERT_CHANGED: Kind = Kind { name: "expert.changed", ..EXPERT_AGREED };
pub const EXPERT_WITHDRAWN: Kind = Kind { name: "expert.withdrawn", ..EXPERT_AGREED };
/// An officer wrote to them.
pub const EXPERT_WRITTEN_TO: Kind =
    Kind { name: "expert.written-to", fields: &[always("agency", Is::Object)], ..EXPERT_AGREED };
