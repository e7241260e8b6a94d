//! Base clusters: people who stand close to each other, at most a hundred.
//!
//! As in Polis, k-means starts from a hundred different places and stops when all centres are nearly still. Polis takes
//! those of the first hundred people who came; here they are spread evenly over all places, sorted by x, then y, so that
//! who is called what, and who came first, changes nothing.

use super::tree::Tree;
use super::{Point, apart};

/// k-means stops when no centre moves farther than this, as in Polis. Unit: votes.
const STILL: f64 = 0.01;
/// From twice so many people on, k-means begins among at least so many of them.
const SAMPLE: usize = 5_000;
/// Rounds among all people after that.
const LAST: usize = 10;

/// Base clusters, numbered by their middle: x, then y.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Base {
    /// The cluster of each point.
    pub(crate) labels: Vec<usize>,
    /// The mean place of each cluster, and how many points it has.
    pub(crate) middles: Vec<Point>,
    pub(crate) weights: Vec<f64>,
}

/// Gathers points into at most `limit` clusters. If there are no more different places than `limit`, each place is one.
///
/// All sums run in the order of places: points in another order get the same clusters, to the last bit.
pub(crate) fn gather(points: &[Point], limit: usize, rounds: usize) -> Base {
    let mut order: Vec<(Point, usize)> = points.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| compare(a.0, b.0).then(a.1.cmp(&b.1)));
    let sorted: Vec<Point> = order.iter().map(|(point, _)| *point).collect();
    let (found, count) = gather_sorted(&sorted, limit, rounds);
    let mut base = Base { labels: vec![0; points.len()], middles: vec![[0.0; 2]; count], weights: vec![0.0; count] };
    for ((point, at), label) in order.into_iter().zip(found) {
        base.labels[at] = label;
        base.middles[label][0] += point[0];
        base.middles[label][1] += point[1];
        base.weights[label] += 1.0;
    }
    for (middle, weight) in base.middles.iter_mut().zip(&base.weights) {
        *middle = middle.map(|sum| sum / weight);
    }
    base
}

/// The label of each of these sorted points, and how many clusters there are.
fn gather_sorted(points: &[Point], limit: usize, rounds: usize) -> (Vec<usize>, usize) {
    if points.is_empty() || limit == 0 {
        return (vec![0; points.len()], 0);
    }
    let mut places = points.to_vec();
    places.dedup();
    if places.len() <= limit {
        let label = |&point: &Point| places.partition_point(|&place| compare(place, point).is_lt());
        return (points.iter().map(label).collect(), places.len());
    }
    let mut centres: Vec<Point> = (0..limit).map(|at| places[(2 * at + 1) * places.len() / (2 * limit)]).collect();
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
