//! Base clusters: people who stand close to each other, at most a hundred.
//!
//! As in Polis, k-means starts from the first hundred different places, people taken in the order of their ids (in Polis in
//! the order they came), and stops when all centres are nearly still.

use super::tree::Tree;
use super::{Point, apart};

/// k-means stops when no centre moves farther than this, as in Polis. Unit: votes.
const STILL: f64 = 0.01;
/// From twice so many people on, k-means begins among at least so many of them.
const SAMPLE: usize = 5_000;
/// Rounds among all people after that.
const LAST: usize = 10;

/// Gathers points into at most `limit` clusters; gives the label of each point and how many clusters there are.
///
/// If there are no more different places than `limit`, each place is a cluster. Clusters are numbered by their middle: x,
/// then y.
pub(crate) fn gather(points: &[Point], limit: usize, rounds: usize) -> (Vec<usize>, usize) {
    if points.is_empty() || limit == 0 {
        return (vec![0; points.len()], 0);
    }
    if let Some(labels) = places(points, limit) {
        return labels;
    }
    let mut centres = first_places(points, limit);
    let tree = Tree::new(points);
    // With very many people the centres come to rest among every so many of them; a few rounds among all do the rest.
    let step = points.len() / SAMPLE;
    if step > 1 {
        let some: Vec<Point> = points.iter().copied().step_by(step).collect();
        settle(&Tree::new(&some), &mut centres, rounds);
        settle(&tree, &mut centres, rounds.min(LAST));
    } else {
        settle(&tree, &mut centres, rounds);
    }
    let mut labels = vec![0; points.len()];
    let gathered = tree.assign(&centres, Some(&mut labels));
    let mut order: Vec<usize> = (0..centres.len()).filter(|&at| gathered.counts[at] > 0).collect();
    order.sort_by(|&a, &b| compare(centres[a], centres[b]).then(a.cmp(&b)));
    let mut number = vec![0; centres.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = new;
    }
    labels.iter_mut().for_each(|label| *label = number[*label]);
    (labels, order.len())
}

/// Rounds of k-means until all centres are nearly still. A centre without points stays where it is.
fn settle(tree: &Tree, centres: &mut [Point], rounds: usize) {
    for _ in 0..rounds {
        let gathered = tree.assign(centres, None);
        let mut farthest = 0.0_f64;
        for ((centre, sum), &count) in centres.iter_mut().zip(&gathered.sums).zip(&gathered.counts) {
            if count > 0 {
                let moved = sum.map(|sum| sum / f64::from(count));
                farthest = farthest.max(apart(*centre, moved));
                *centre = moved;
            }
        }
        if farthest <= STILL * STILL {
            break;
        }
    }
}

fn compare(a: Point, b: Point) -> std::cmp::Ordering {
    a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
}

/// Each different place a cluster, if there are no more than `limit`.
fn places(points: &[Point], limit: usize) -> Option<(Vec<usize>, usize)> {
    let mut different = first_places(points, limit + 1);
    if different.len() > limit {
        return None;
    }
    different.sort_by(|a, b| compare(*a, *b));
    let label = |&point: &Point| different.binary_search_by(|other| compare(*other, point)).unwrap_or(0);
    Some((points.iter().map(label).collect(), different.len()))
}

/// The first so many different places, in their order.
fn first_places(points: &[Point], limit: usize) -> Vec<Point> {
    let mut first: Vec<Point> = Vec::with_capacity(limit);
    for &point in points {
        if first.len() == limit {
            break;
        }
        if !first.contains(&point) {
            first.push(point);
        }
    }
    first
}
