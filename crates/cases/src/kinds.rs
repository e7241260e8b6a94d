//! The kinds of events of services, cases and supports.
//!
//! An act on a case carries the number of the case's event, salted digests of the case's public face after the act and of
//! the event itself ([`record`](crate::record)), and words of the program and the definition in plain. What people wrote
//! and which files they gave stands salted.

use madang_kernel::ObjectKind;
use madang_kernel::ledger::{Counted, FieldSpec, Is, Kind, Shown, always, sometimes};

pub const KINDS: &[&Kind] = &[
    &CASE_FILED,
    &CASE_MOVED,
    &CASE_ANSWERED,
    &CASE_REFUSED,
    &CASE_ACTED,
    &CASE_ASKED,
    &CASE_REPLIED,
    &CASE_ASSIGNED,
    &CASE_TRANSFERRED,
    &CASE_JOINED,
    &CASE_LEFT,
    &CASE_EXTENDED,
    &CASE_SUBMITTED,
    &CASE_RETURNED,
    &CASE_REVIEWED,
    &CASE_SHOWN,
    &CASE_HIDDEN,
    &CASE_CORRECTED,
    &CASE_WITHDRAWN,
    &CASE_MERGED,
    &CASE_ABSORBED,
    &CASE_SPLIT,
    &CASE_RAN_OUT,
    &CASE_THRESHOLD_REACHED,
    &CASE_RATED,
    &CASE_LINKED,
    &CASE_MIGRATED,
    &CASE_ERASED,
    &CASE_BURST_EXCLUDED,
    &CASE_BURST_KEPT,
    &CASE_BURST_RESTORED,
    &CASE_FOLLOWED,
    &CASE_UNFOLLOWED,
    &SUPPORT_GIVEN,
    &SUPPORT_WITHDRAWN,
    &SUPPORT_EXCLUDED,
    &SUPPORT_RESTORED,
    &SUPPORT_BATCH_ENTERED,
    &SUPPORT_BATCH_UNDONE,
    &SERVICE_APPLIED,
    &SERVICE_OPENED,
    &SERVICE_SHUT,
    &PARTY_JOINED,
    &PARTY_LEFT,
];

const CASE: &[ObjectKind] = &[ObjectKind::Case];
const SERVICE: &[ObjectKind] = &[ObjectKind::Service];
const PARTY: &[ObjectKind] = &[ObjectKind::Party];
/// The recount of cases: states, supports, thresholds.
const BY_CASES: Counted = Counted::By("cases");

pub const CASE_FILED: Kind = Kind {
    name: "case.filed",
    objects: CASE,
    shown: Shown::WithObject,
    fields: &[
        always("no", Is::Number),
        always("service", Is::Object),
        always("version", Is::Digest),
        always("state", Is::Object),
        always("channel", Is::Code),
        always("assurance", Is::Code),
        always("number", Is::Salted),
        always("title", Is::Salted),
        always("answers", Is::Salted),
        sometimes("files", Is::Files),
        sometimes("organisation", Is::Object),
        sometimes("by", Is::Nullifier),
        always("record", Is::Salted),
        always("body", Is::Salted),
    ],
    counted: BY_CASES,
};

/// Fields of every act on a case.
const ACT: &[FieldSpec] = &[
    always("no", Is::Number),
    always("record", Is::Salted),
    always("body", Is::Salted),
    sometimes("organisation", Is::Object),
    sometimes("by", Is::Nullifier),
    // Of the act by which a case becomes public: from here on it can be counted.
    sometimes("service", Is::Object),
    sometimes("version", Is::Digest),
    sometimes("state", Is::Object),
    sometimes("step", Is::Object),
    sometimes("outcome", Is::Object),
    // What a clock, a threshold, another agency or another thing is concerned.
    sometimes("clock", Is::Object),
    sometimes("threshold", Is::Object),
    sometimes("target", Is::Object),
    sometimes("count", Is::Number),
    sometimes("about", Is::Salted),
    sometimes("text", Is::Salted),
    sometimes("answer", Is::Salted),
    sometimes("reason", Is::Salted),
    sometimes("files", Is::Files),
    // Of an erasure: all events that stay.
    sometimes("events", Is::Salted),
];

const fn act(name: &'static str) -> Kind {
    Kind { name, objects: CASE, shown: Shown::WithObject, fields: ACT, counted: BY_CASES }
}

/// A step of the definition that leads to a state of the phases that are neither answered nor refused.
pub const CASE_MOVED: Kind = act("case.moved");
pub const CASE_ANSWERED: Kind = act("case.answered");
pub const CASE_REFUSED: Kind = act("case.refused");
/// A step of the definition that changes no state.
pub const CASE_ACTED: Kind = act("case.acted");
pub const CASE_ASKED: Kind = act("case.asked");
pub const CASE_REPLIED: Kind = act("case.replied");
pub const CASE_ASSIGNED: Kind = act("case.assigned");
pub const CASE_TRANSFERRED: Kind = act("case.transferred");
pub const CASE_JOINED: Kind = act("case.joined");
pub const CASE_LEFT: Kind = act("case.left");
pub const CASE_EXTENDED: Kind = act("case.extended");
pub const CASE_SUBMITTED: Kind = act("case.submitted");
pub const CASE_RETURNED: Kind = act("case.returned");
pub const CASE_REVIEWED: Kind = act("case.reviewed");
pub const CASE_SHOWN: Kind = act("case.shown");
pub const CASE_HIDDEN: Kind = act("case.hidden");
pub const CASE_CORRECTED: Kind = act("case.corrected");
pub const CASE_WITHDRAWN: Kind = act("case.withdrawn");
pub const CASE_MERGED: Kind = act("case.merged");
pub const CASE_ABSORBED: Kind = act("case.absorbed");
pub const CASE_SPLIT: Kind = act("case.split");
pub const CASE_RAN_OUT: Kind = act("case.ran-out");
pub const CASE_THRESHOLD_REACHED: Kind = act("case.threshold-reached");
pub const CASE_RATED: Kind = act("case.rated");
pub const CASE_LINKED: Kind = act("case.linked");
pub const CASE_MIGRATED: Kind = act("case.migrated");
pub const CASE_ERASED: Kind = act("case.erased");
pub const CASE_BURST_EXCLUDED: Kind = act("case.burst-excluded");
pub const CASE_BURST_KEPT: Kind = act("case.burst-kept");
pub const CASE_BURST_RESTORED: Kind = act("case.burst-restored");

pub const CASE_FOLLOWED: Kind = Kind {
    name: "case.followed",
    objects: CASE,
    shown: Shown::Never,
    fields: &[sometimes("by", Is::Nullifier)],
    counted: Counted::Not("who follows what is nobody else's business"),
};
pub const CASE_UNFOLLOWED: Kind = Kind { name: "case.unfollowed", ..CASE_FOLLOWED };

const COUNTED: &[FieldSpec] = &[always("who", Is::Nullifier), always("day", Is::Date)];

const fn support(name: &'static str, fields: &'static [FieldSpec]) -> Kind {
    Kind { name, objects: CASE, shown: Shown::Always, fields, counted: BY_CASES }
}

pub const SUPPORT_GIVEN: Kind = support(
    "support.given",
    &[
        always("who", Is::Nullifier),
        always("day", Is::Date),
        always("channel", Is::Code),
        sometimes("stated", Is::Salted),
    ],
);
pub const SUPPORT_WITHDRAWN: Kind = support("support.withdrawn", COUNTED);
pub const SUPPORT_EXCLUDED: Kind = support("support.excluded", COUNTED);
pub const SUPPORT_RESTORED: Kind = support("support.restored", COUNTED);

pub const SUPPORT_BATCH_ENTERED: Kind = Kind {
    name: "support.batch-entered",
    objects: CASE,
    shown: Shown::Always,
    fields: &[
        always("kind", Is::Code),
        always("sheets", Is::Number),
        always("accepted", Is::Number),
        always("duplicates", Is::Number),
        always("refused", Is::Number),
        always("protocol", Is::Salted),
    ],
    counted: Counted::Not("each support of a batch has an event of its own"),
};
pub const SUPPORT_BATCH_UNDONE: Kind = Kind {
    name: "support.batch-undone",
    fields: &[always("kind", Is::Code), always("taken", Is::Number), always("reason", Is::Salted)],
    ..SUPPORT_BATCH_ENTERED
};

pub const SERVICE_APPLIED: Kind = Kind {
    name: "service.applied",
    objects: SERVICE,
    shown: Shown::Always,
    fields: &[always("origin", Is::Code), always("digest", Is::Digest)],
    counted: Counted::Not("a definition is compared with its digest, and opens the counts of its cases"),
};
pub const SERVICE_OPENED: Kind = Kind {
    name: "service.opened",
    objects: SERVICE,
    shown: Shown::Always,
    fields: &[],
    counted: Counted::Not("whether a channel is open is no count"),
};
pub const SERVICE_SHUT: Kind = Kind { name: "service.shut", ..SERVICE_OPENED };

pub const PARTY_JOINED: Kind = Kind {
    name: "party.joined",
    objects: PARTY,
    shown: Shown::Never,
    fields: &[always("who", Is::Nullifier)],
    counted: Counted::Not("who belongs to a group is not public"),
};
pub const PARTY_LEFT: Kind = Kind { name: "party.left", ..PARTY_JOINED };
