//! Points cut into small boxes, so that the nearest centre of most points is known from their box alone.

use super::{Point, apart};

/// Points of a box at most.
const LEAF: usize = 48;

/// Some points that lie close together.
#[derive(Debug)]
pub(super) struct Leaf {
    /// Indices of the points, ascending.
    pub(super) members: Vec<usize>,
    low: Point,
    high: Point,
    sum: Point,
}

/// Cuts all points into boxes.
pub(super) fn cut(points: &[Point]) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    halve(points, (0..points.len()).collect(), &mut leaves);
    leaves
}

fn halve(points: &[Point], mut members: Vec<usize>, leaves: &mut Vec<Leaf>) {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for &at in &members {
        for axis in 0..2 {
            low[axis] = low[axis].min(points[at][axis]);
            high[axis] = high[axis].max(points[at][axis]);
        }
    }
    if members.len() > LEAF && low != high {
        let axis = usize::from(high[1] - low[1] > high[0] - low[0]);
        let middle = members.len() / 2;
        members.select_nth_unstable_by(middle, |&a, &b| points[a][axis].total_cmp(&points[b][axis]).then(a.cmp(&b)));
        let upper = members.split_off(middle);
        halve(points, members, leaves);
        halve(points, upper, leaves);
        return;
    }
    members.sort_unstable();
    let mut sum = [0.0; 2];
    for &at in &members {
        sum[0] += points[at][0];
        sum[1] += points[at][1];
    }
    leaves.push(Leaf { members, low, high, sum });
}

/// What each centre gathered.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    pub(super) sums: Vec<Point>,
    pub(super) counts: Vec<u32>,
}

/// Gives each point to its nearest centre (of equally near ones the first): sums and counts, and the labels if asked for.
pub(super) fn assign(
    leaves: &[Leaf],
    points: &[Point],
    centres: &[Point],
    mut labels: Option<&mut [usize]>,
) -> Gathered {
    let mut gathered = Gathered { sums: vec![[0.0; 2]; centres.len()], counts: vec![0; centres.len()] };
    let mut candidates: Vec<usize> = Vec::with_capacity(centres.len());
    let mut nearest = vec![0.0; centres.len()];
    for leaf in leaves {
        let mut bound = f64::INFINITY;
        for (centre, near) in centres.iter().zip(&mut nearest) {
            let (closest, farthest) = leaf.distances(*centre);
            *near = closest;
            bound = bound.min(farthest);
        }
        // A little more than the bound: rounding must not lose the nearest one.
        let bound = bound * (1.0 + 1e-12);
        candidates.clear();
        candidates.extend((0..centres.len()).filter(|&at| nearest[at] <= bound));
        if let [only] = candidates[..] {
            gathered.sums[only][0] += leaf.sum[0];
            gathered.sums[only][1] += leaf.sum[1];
            gathered.counts[only] += u32::try_from(leaf.members.len()).unwrap_or(u32::MAX);
            if let Some(labels) = &mut labels {
                leaf.members.iter().for_each(|&at| labels[at] = only);
            }
            continue;
        }
        for &at in &leaf.members {
            let point = points[at];
            let (mut best, mut distance) = (0, f64::INFINITY);
            for &candidate in &candidates {
                let d = apart(point, centres[candidate]);
                if d < distance {
                    (best, distance) = (candidate, d);
                }
            }
            gathered.sums[best][0] += point[0];
            gathered.sums[best][1] += point[1];
            gathered.counts[best] += 1;
            if let Some(labels) = &mut labels {
                labels[at] = best;
            }
        }
    }
    gathered
}

impl Leaf {
    /// Squared distance from a place to the closest and to the farthest place of the box.
    #[inline]
    fn distances(&self, from: Point) -> (f64, f64) {
        let (mut closest, mut farthest) = (0.0, 0.0);
        for axis in 0..2 {
            let below = self.low[axis] - from[axis];
            let above = from[axis] - self.high[axis];
            let near = below.max(above).max(0.0);
            let far = (from[axis] - self.low[axis]).abs().max((self.high[axis] - from[axis]).abs());
            closest += near * near;
            farthest += far * far;
        }
        (closest, farthest)
    }
}
