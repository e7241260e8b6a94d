//! The states of a service and the steps between them, as a drawing (SVG) and as a table.
//!
//! The drawing flows downwards, so that it can be read on a narrow screen: the states stand below each other by their
//! longest way from the first one (`layout.rs`); under each are its steps; what leads further down runs at the right side,
//! what leads back at the left. It has no styles of its own but presentational attributes: pages style the classes
//! `diagram`, `diagram-state`, `phase-…`, `current`, `diagram-name`, `diagram-clock`, `diagram-step`, `diagram-line`,
//! `diagram-arrow`.

mod draw;
mod layout;
#[cfg(test)]
mod tests;

use madang_base::Locale;
use serde::Serialize;

use crate::{Clock, Definition, Moment, Need, Party, Step, When};

/// A step from one state: the drawing's line as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// A state's id.
    pub from: String,
    /// A step's id.
    pub step: String,
    /// A state's id; the same as `from` when the case stays where it is.
    pub to: String,
    pub by: Vec<Party>,
    pub needs: Vec<Need>,
    /// For which cases it is open; none: for all.
    pub when: Vec<When>,
    /// Ids of the clocks that start with it.
    pub clocks: Vec<String>,
    /// Ids of the clocks that it stops.
    pub stops: Vec<String>,
}

/// The state diagram as an SVG element for the page; `current` is the id of the state to mark. The same definition gives
/// the same bytes.
#[must_use]
pub fn diagram(def: &Definition, locale: Locale, current: Option<&str>) -> String {
    draw::svg(def, &layout::layout(def, locale, current), locale, current)
}

/// The same as a table: by state in the definition's order, then by step.
#[must_use]
pub fn table(def: &Definition) -> Vec<TableRow> {
    let mut rows = Vec::new();
    for state in &def.states {
        for step in def.steps_from(&state.id) {
            let ids = |moments: fn(&Clock) -> &[Moment]| -> Vec<String> {
                let clocks = def.clocks.iter().filter(|clock| moments(clock).iter().any(|moment| is(step, moment)));
                clocks.map(|clock| clock.id.clone()).collect()
            };
            rows.push(TableRow {
                from: state.id.clone(),
                step: step.id.clone(),
                to: step.to.clone().unwrap_or_else(|| state.id.clone()),
                by: step.by.clone(),
                needs: step.needs.clone(),
                when: step.when.clone(),
                clocks: ids(|clock| &clock.starts),
                stops: ids(|clock| &clock.stops),
            });
        }
    }
    rows
}

/// Whether taking the step is this moment, or brings it about.
fn is(step: &Step, moment: &Moment) -> bool {
    match moment {
        Moment::Step(id) => *id == step.id,
        Moment::State(id) => step.to.as_ref() == Some(id),
        Moment::Filed | Moment::Clock(_) | Moment::Threshold(_) => false,
    }
}
