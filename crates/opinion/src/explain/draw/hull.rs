//! The smallest polygon without dents around points.

/// The corners of the convex hull, in order around it; one or two points are their own hull (monotone chain, Andrew 1979).
pub(super) fn hull(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let half = |points: &mut dyn Iterator<Item = &(f64, f64)>| {
        let mut chain: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..] {
                if (b.0 - a.0) * (point.1 - a.1) - (b.1 - a.1) * (point.0 - a.0) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut around = half(&mut sorted.iter());
    around.extend(half(&mut sorted.iter().rev()));
    around
}

/// The hull as a path.
pub(super) fn path(points: &[(f64, f64)]) -> String {
    let tenth = super::canvas::tenth;
    let corners: Vec<String> = hull(points).iter().map(|(x, y)| format!("{} {}", tenth(*x), tenth(*y))).collect();
    match corners.as_slice() {
        [] => String::new(),
        // A point needs a line to have an edge.
        [one] => format!("M{one}h0.1"),
        more => format!("M{}z", more.join("L")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_points_are_left_out() {
        let points = [(0.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0), (1.0, 0.0), (0.0, 0.0)];
        assert_eq!(hull(&points), [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]);
    }

    #[test]
    fn few_points_are_their_own_hull() {
        assert!(path(&[]).is_empty());
        assert_eq!(path(&[(1.0, 2.0), (1.0, 2.0)]), "M1 2h0.1");
        assert_eq!(path(&[(3.0, 2.0), (1.0, 2.0)]), "M1 2L3 2z");
        assert_eq!(hull(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]), [(0.0, 0.0), (2.0, 2.0)]);
    }
}
