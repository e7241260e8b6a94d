//! The kinds of events in words, and the filter by them.

use madang_http::Visit;
use madang_kernel::ledger::{Kind, Shown};
use serde_json::{Value, json};

use crate::page::words;
use crate::wiring::Wiring;

/// The declaration of a kind; none for one that this program does not know.
#[must_use]
pub fn known(name: &str) -> Option<&'static Kind> {
    madang_flows::ledger::kind(name)
}

/// What happened, in words.
#[must_use]
pub fn named(visit: &Visit, name: &str) -> String {
    let key = format!("ledger-kind-{}", name.replace('.', "-"));
    let there = visit.app.own::<Wiring>().is_ok_and(|w| w.templates.catalogue().has(visit.locale, &key));
    if there { words(visit, &key, &[]) } else { words(visit, "log-kind-unknown", &[]) }
}

/// The filter's choices: all, then every kind that can be public.
#[must_use]
pub fn options(visit: &Visit, chosen: &str) -> Vec<Value> {
    let mut options =
        vec![json!({ "value": "", "label": words(visit, "log-filter-all", &[]), "selected": chosen.is_empty() })];
    let public = madang_flows::ledger::kinds().filter(|kind| kind.shown != Shown::Never);
    options.extend(
        public.map(
            |kind| json!({ "value": kind.name, "label": named(visit, kind.name), "selected": kind.name == chosen }),
        ),
    );
    options
}
