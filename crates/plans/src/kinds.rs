//! The kinds of events of plans: what is public is whole in a record, what people wrote only salted.

use madang_kernel::ObjectKind;
use madang_kernel::ledger::{Counted, FieldSpec, Is, Kind, Shown, always, sometimes};

pub const KINDS: &[&Kind] = &[
    &PLAN_IMPORTED,
    &COMMITMENT_IMPORTED,
    &COMMITMENT_PUBLISHED,
    &COMMITMENT_UNDONE,
    &UPDATE_PUBLISHED,
    &UPDATE_CORRECTED,
    &ASSESSMENT_PUBLISHED,
    &INDICATOR_IMPORTED,
    &INDICATOR_REPORTED,
    &ROUND_OPENED,
    &ROUND_ANSWERED,
    &ROUND_CLOSED,
    &ROUND_PUBLISHED,
    &FOLLOW_CREATED,
    &FOLLOW_ENDED,
];

const NO_COUNT: Counted = Counted::Not("the audit of the database compares the records of plans with their events");

const fn public(name: &'static str, objects: &'static [ObjectKind], fields: &'static [FieldSpec]) -> Kind {
    Kind { name, objects, shown: Shown::Always, fields, counted: NO_COUNT }
}

pub const PLAN_IMPORTED: Kind = public(
    "plan.imported",
    &[ObjectKind::Plan],
    &[
        always("added", Is::Number),
        always("changed", Is::Number),
        always("removed", Is::Number),
        always("record", Is::Salted),
    ],
);

const COMMITMENT: &[ObjectKind] = &[ObjectKind::Commitment];

const IMPORTED: &[FieldSpec] = &[always("plan", Is::Object), always("record", Is::Salted)];

/// An import of the plan made, changed or retired it.
pub const COMMITMENT_IMPORTED: Kind = public("commitment.imported", COMMITMENT, IMPORTED);
pub const COMMITMENT_PUBLISHED: Kind = public("commitment.published", COMMITMENT, &[always("record", Is::Salted)]);
/// The latest publication was taken back.
pub const COMMITMENT_UNDONE: Kind = public("commitment.undone", COMMITMENT, &[always("record", Is::Salted)]);

const UPDATE: &[FieldSpec] = &[
    always("commitment", Is::Object),
    sometimes("milestone", Is::Object),
    always("claim", Is::Code),
    always("agency", Is::Object),
    always("evidence", Is::Number),
    sometimes("files", Is::Files),
    sometimes("corrects", Is::Object),
    always("record", Is::Salted),
];

pub const UPDATE_PUBLISHED: Kind = public("update.published", &[ObjectKind::Update], UPDATE);
/// A report that takes the place of another.
pub const UPDATE_CORRECTED: Kind = public("update.corrected", &[ObjectKind::Update], UPDATE);

pub const ASSESSMENT_PUBLISHED: Kind = public(
    "assessment.published",
    &[ObjectKind::Assessment],
    &[
        always("commitment", Is::Object),
        always("side", Is::Code),
        always("completion", Is::Code),
        always("organisation", Is::Object),
        always("record", Is::Salted),
    ],
);

const INDICATOR: &[ObjectKind] = &[ObjectKind::Indicator];

/// An import of the plan made, changed or retired it.
pub const INDICATOR_IMPORTED: Kind = public("indicator.imported", INDICATOR, IMPORTED);
pub const INDICATOR_REPORTED: Kind = public(
    "indicator.reported",
    INDICATOR,
    &[always("date", Is::Date), sometimes("agency", Is::Object), always("record", Is::Salted)],
);

const ROUND: &[ObjectKind] = &[ObjectKind::Round];

pub const ROUND_OPENED: Kind = public(
    "round.opened",
    ROUND,
    &[always("plan", Is::Object), always("due", Is::Date), always("asked", Is::Number), always("record", Is::Salted)],
);
/// Public with the round, and not before.
pub const ROUND_ANSWERED: Kind = Kind {
    shown: Shown::Never,
    ..public("round.answered", ROUND, &[always("agency", Is::Object), always("text", Is::Salted)])
};
pub const ROUND_CLOSED: Kind =
    public("round.closed", ROUND, &[always("plan", Is::Object), always("record", Is::Salted)]);
pub const ROUND_PUBLISHED: Kind = public(
    "round.published",
    ROUND,
    &[
        always("plan", Is::Object),
        always("asked", Is::Number),
        always("answered", Is::Number),
        always("conclusion", Is::Salted),
        always("record", Is::Salted),
    ],
);

pub const FOLLOW_CREATED: Kind = Kind {
    name: "follow.created",
    objects: &[ObjectKind::Follow],
    shown: Shown::Never,
    fields: &[always("object", Is::Object), sometimes("by", Is::Nullifier)],
    counted: Counted::Not("who follows what is nobody else's business"),
};
pub const FOLLOW_ENDED: Kind = Kind { name: "follow.ended", fields: &[always("object", Is::Object)], ..FOLLOW_CREATED };
