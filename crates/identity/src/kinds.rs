//! The kinds of events of accounts. Those of organisations are the kernel's.

use madang_kernel::ObjectKind;
use madang_kernel::ledger::{Counted, Kind, Shown};

pub const KINDS: &[&Kind] = &[&ACCOUNT_DELETED];

pub const ACCOUNT_DELETED: Kind = Kind {
    name: "account.deleted",
    objects: &[ObjectKind::Account],
    shown: Shown::Never,
    fields: &[],
    counted: Counted::Not("accounts are not public"),
};
