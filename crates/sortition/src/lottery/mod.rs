//! A lottery over whole panels: which panels, with which weight, and how near it comes to the chances that were aimed at.

pub(crate) mod build;
pub(crate) mod panels;
mod weights;

use serde::{Deserialize, Serialize};

/// A panel by types: everybody who is drawn for it is drawn uniformly within the type ([`assign`](crate::assign)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Tickets of this panel, of [`Lottery::tickets`] in all.
    pub weight: u64,
    /// (type, seats), types ascending, seats at least 1. Sums to the size; meets every quota.
    pub counts: Vec<(usize, u32)>,
}

/// Panels and their weights. A uniform number below `tickets` picks one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lottery {
    /// The sum of all weights. In a uniform lottery the number of panels, each with weight 1.
    pub tickets: u64,
    /// In the order of their tickets: the first panel has tickets 0 to weight − 1, and so on. No panel twice in a weighted
    /// lottery.
    pub panels: Vec<Panel>,
}

impl Lottery {
    /// The panel that a ticket falls on, and its index. None if the ticket is not below [`tickets`](Self::tickets).
    #[must_use]
    pub fn panel(&self, ticket: u64) -> Option<(usize, &Panel)> {
        let mut before = 0u64;
        for (index, panel) in self.panels.iter().enumerate() {
            before = before.checked_add(panel.weight)?;
            if ticket < before {
                return Some((index, panel));
            }
        }
        None
    }

    /// Expected seats of each of `types` types, from the integers of the lottery (rounded once, at the end).
    #[must_use]
    pub fn seats(&self, types: usize) -> Vec<f64> {
        let mut sums = vec![0u128; types];
        for panel in &self.panels {
            for &(index, seats) in &panel.counts {
                sums[index] += u128::from(panel.weight) * u128::from(seats);
            }
        }
        sums.into_iter().map(|sum| sum as f64 / self.tickets as f64).collect()
    }
}

/// How far the lottery is from the chances that were aimed at. Seats are expected seats of a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Residual {
    /// The largest difference of any type, in seats.
    pub seats_max: f64,
    /// The differences of all types added up, in seats.
    pub seats_total: f64,
    /// The largest relative difference among types with at least one expected seat (0.01 is one per cent).
    pub relative_large: f64,
    /// The largest difference among types with less than one expected seat, in seats.
    pub seats_small: f64,
    /// The largest difference of any person's chance.
    pub chance_max: f64,
}
