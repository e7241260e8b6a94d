//! How clear a grouping is (Rousseeuw 1987).

use super::{Point, apart};

/// Distances between all points, row by row.
pub(super) fn distances(points: &[Point]) -> Vec<f64> {
    points.iter().flat_map(|&a| points.iter().map(move |&b| apart(a, b).sqrt())).collect()
}

/// Mean silhouette: for each point (b − a) ÷ max(a, b), with a the mean distance to its own group and b that to the nearest
/// other group; 0 for a point that is alone in its group. Every label is below `groups`, and every group has a point.
pub(super) fn silhouette(distances: &[f64], labels: &[usize], groups: usize) -> f64 {
    let count = labels.len();
    let mut sizes = vec![0_u32; groups];
    for &label in labels {
        sizes[label] += 1;
    }
    let mut total = 0.0;
    let mut sums = vec![0.0; groups];
    for (row, &own) in distances.chunks(count.max(1)).zip(labels) {
        if sizes[own] < 2 {
            continue;
        }
        sums.fill(0.0);
        for (distance, &label) in row.iter().zip(labels) {
            sums[label] += distance;
        }
        let inside = sums[own] / f64::from(sizes[own] - 1);
        let mut outside = f64::INFINITY;
        for (group, (sum, &size)) in sums.iter().zip(&sizes).enumerate() {
            if group != own && size > 0 {
                outside = outside.min(sum / f64::from(size));
            }
        }
        let larger = inside.max(outside);
        if larger > 0.0 && larger.is_finite() {
            total += (outside - inside) / larger;
        }
    }
    if count == 0 { 0.0 } else { total / count as f64 }
}
