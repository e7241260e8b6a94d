//! Clusters of points on the map: base clusters of people, and groups of base clusters.
//!
//! Polis gathers people into at most 100 base clusters first and looks for groups among these. That keeps the work for
//! groups small however many people there are, and lets a picture show clusters instead of persons.

mod base;
mod groups;
mod rand_index;
mod silhouette;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use base::{Base, gather};
pub(crate) use groups::{Grouping, group};
pub use rand_index::adjusted_rand;

/// A place on the map.
pub(crate) type Point = [f64; 2];

/// Squared distance.
#[inline]
pub(crate) fn apart(a: Point, b: Point) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    x * x + y * y
}
