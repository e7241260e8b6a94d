//! What the parts of a definition say about each other.
//!
//! First ids and references (`ids`, `refs`), then the rules (`fields`, `steps`, `clocks`, `rest`), last what follows
//! from states and steps together (`graph`), which would only repeat the faults of a file whose references are broken.
//! An empty text is the reader's stand-in for something that is noted already; checks pass over it.

mod clocks;
mod fields;
mod graph;
mod ids;
mod refs;
mod rest;
mod steps;

use std::collections::BTreeSet;

use crate::model::Definition;
use crate::read::reader::suggestion;
use crate::read::sink::Sink;

/// Notes everything that does not hold together.
pub fn check(definition: &Definition, sink: &mut Sink<'_>) {
    let mut check = Check { def: definition, sink };
    check.ids();
    check.refs();
    let sound = !check.sink.broken(&["state", "step", "clock", "threshold"]);
    check.fields();
    check.steps();
    check.clocks();
    check.rest();
    if sound && definition.states.iter().any(|state| !state.built_in) && !definition.steps.is_empty() {
        check.graph();
    }
}

struct Check<'d, 's, 't> {
    def: &'d Definition,
    sink: &'s mut Sink<'t>,
}

impl Check<'_, '_, '_> {
    /// Whether `word` is one of `known`; a word that is not is noted with the one that is meant.
    fn known<'w>(
        &mut self,
        path: &str,
        code: &'static str,
        word: &str,
        known: impl Iterator<Item = &'w str> + Clone,
    ) -> bool {
        if word.is_empty() {
            return false;
        }
        if known.clone().any(|k| k == word) {
            return true;
        }
        // With an id that could not be read, this may be a reference to it.
        if !known.clone().any(str::is_empty) && !self.sink.is_full() {
            let meant = suggestion(word, known);
            self.sink.on(path, code, &[("value", word), ("known", &meant)]);
        }
        false
    }
}

/// The path of the item of a list, counted from 0: `step[1]`.
fn item(list: &str, index: usize) -> String {
    format!("{list}[{}]", index + 1)
}

/// Ids as a set.
type Ids<'d> = BTreeSet<&'d str>;
