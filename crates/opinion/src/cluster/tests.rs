use proptest::prelude::*;

use super::silhouette::{distances, silhouette};
use super::tree::Tree;
use super::*;

fn points(most: usize) -> impl Strategy<Value = Vec<Point>> {
    // A coarse grid, so that places and distances are often equal.
    proptest::collection::vec((0_i8..30, 0_i8..30), 1..most)
        .prop_map(|points| points.into_iter().map(|(x, y)| [f64::from(x) / 4.0, f64::from(y) / 4.0]).collect())
}

#[test]
fn adjusted_rand_of_known_groupings() {
    assert_eq!(adjusted_rand(&[0, 0, 1, 1], &[5, 5, 2, 2]), 1.0);
    assert_eq!(adjusted_rand(&[], &[]), 1.0);
    assert_eq!(adjusted_rand(&[0, 0, 0], &[1, 1, 1]), 1.0);
    // Hubert and Arabie's index by hand: 1 pair together in both of 6, 2 and 2 in each: (1 − 4/6) ÷ (2 − 4/6).
    let value = adjusted_rand(&[0, 0, 1, 1], &[0, 0, 1, 2]);
    assert!((value - 4.0 / 7.0).abs() < 1e-12, "{value}");
    assert!((adjusted_rand(&[0, 0, 1, 1], &[0, 1, 0, 1]) + 0.5).abs() < 1e-12);
}

#[test]
fn silhouette_by_hand() {
    let points = [[0.0, 0.0], [1.0, 0.0], [10.0, 0.0]];
    // First: a = 1, b = 10; second: a = 1, b = 9; third is alone.
    let value = silhouette(&distances(&points), &[0, 0, 1], 2);
    assert!((value - (0.9 + 8.0 / 9.0) / 3.0).abs() < 1e-12);
}

#[test]
fn obvious_groups_are_found_whatever_the_number_asked() {
    let mut points = Vec::new();
    for (x, y) in [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0)] {
        for step in 0..5 {
            points.push([x + f64::from(step) * 0.1, y]);
        }
    }
    let groupings = group(&points, &[1.0; 15], 5, 100);
    assert_eq!(groupings.len(), 4);
    let best = groupings.iter().max_by(|a, b| a.silhouette.total_cmp(&b.silhouette)).unwrap();
    assert_eq!(best.groups, 3);
    let truth: Vec<usize> = (0..15).map(|at| at / 5).collect();
    assert_eq!(adjusted_rand(&best.labels, &truth), 1.0);
    assert!(groupings.windows(2).all(|pair| pair[1].inertia < pair[0].inertia));
}

#[test]
fn one_place_has_no_groups() {
    assert!(group(&[[1.0, 1.0]], &[3.0], 2, 100).is_empty());
    let base = Base { labels: vec![0; 4], middles: vec![[1.0, 1.0]], weights: vec![4.0] };
    assert_eq!(gather(&[[1.0, 1.0]; 4], 100, 100), base);
    assert_eq!(gather(&[], 100, 100), Base::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn boxes_find_the_nearest_centre(points in points(400), centres in points(12)) {
        let mut labels = vec![usize::MAX; points.len()];
        let gathered = Tree::new(&points).assign(&centres, Some(&mut labels));
        let mut counts = vec![0; centres.len()];
        for (&label, &point) in labels.iter().zip(&points) {
            counts[label] += 1;
            let nearest = centres.iter().map(|&centre| apart(point, centre)).fold(f64::INFINITY, f64::min);
            prop_assert_eq!(apart(point, centres[label]), nearest);
        }
        prop_assert_eq!(counts, gathered.counts);
    }

    #[test]
    fn clusters_are_few_and_full(points in points(300), limit in 1_usize..40) {
        let Base { labels, middles, .. } = gather(&points, limit, 100);
        let count = middles.len();
        prop_assert!(count <= limit);
        prop_assert!((0..count).all(|cluster| labels.contains(&cluster)));
        prop_assert!(labels.iter().all(|&label| label < count));
    }
}
