//! The kinds of events of newsletters. What was written stands only as salted digests.

use madang_kernel::ObjectKind;
use madang_kernel::ledger::{Counted, FieldSpec, Is, Kind, Shown, always};

pub const KINDS: &[&Kind] = &[
    &NEWSLETTER_CREATED,
    &NEWSLETTER_CHANGED,
    &NEWSLETTER_RETIRED,
    &NEWSLETTER_SENT,
    &NEWSLETTER_CORRECTED,
    &NEWSLETTER_SUBSCRIBED,
    &NEWSLETTER_LEFT,
];

const fn public(name: &'static str, fields: &'static [FieldSpec]) -> Kind {
    Kind {
        name,
        objects: &[ObjectKind::Newsletter],
        shown: Shown::Always,
        fields,
        counted: Counted::Not("nothing is counted of newsletters"),
    }
}

const SETTINGS: &[FieldSpec] = &[always("organisation", Is::Object), always("record", Is::Salted)];

pub const NEWSLETTER_CREATED: Kind = public("newsletter.created", SETTINGS);
/// Its settings were changed.
pub const NEWSLETTER_CHANGED: Kind = public("newsletter.changed", SETTINGS);
pub const NEWSLETTER_RETIRED: Kind = public("newsletter.retired", &[always("organisation", Is::Object)]);
/// An issue went out; the record is its content as it was sent.
pub const NEWSLETTER_SENT: Kind = public(
    "newsletter.sent",
    &[
        always("organisation", Is::Object),
        always("from", Is::Date),
        always("until", Is::Date),
        always("items", Is::Number),
        always("record", Is::Salted),
    ],
);
/// Something was said about an issue that had gone out.
pub const NEWSLETTER_CORRECTED: Kind =
    public("newsletter.corrected", &[always("from", Is::Date), always("text", Is::Salted)]);

pub const NEWSLETTER_SUBSCRIBED: Kind = Kind {
    name: "newsletter.subscribed",
    objects: &[ObjectKind::Follow],
    shown: Shown::Never,
    fields: &[always("object", Is::Object)],
    counted: Counted::Not("who reads what is nobody else's business"),
};
pub const NEWSLETTER_LEFT: Kind = Kind { name: "newsletter.left", ..NEWSLETTER_SUBSCRIBED };
