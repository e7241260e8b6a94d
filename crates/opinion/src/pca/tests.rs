use proptest::prelude::*;

use super::lanczos::largest;
use super::tridiagonal::eigen;
use crate::matrix::{Dense, Operator};

fn dense(rows: &[Vec<f64>]) -> Dense {
    let mut matrix = Dense::new(rows.len());
    for (row, values) in rows.iter().enumerate() {
        for (column, &value) in values.iter().enumerate() {
            matrix.set(row, column, value);
        }
    }
    matrix
}

#[test]
fn eigenvalues_of_a_chain() {
    // 2 on the diagonal, −1 beside it: 2 − 2·cos(πk/(n+1)).
    let mut diagonal = vec![2.0; 9];
    let mut rows: Vec<Vec<f64>> = (0..9).map(|i| (0..9).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    eigen(&mut diagonal, &[-1.0; 8], &mut rows);
    let mut values = diagonal.clone();
    values.sort_by(f64::total_cmp);
    for (k, value) in (1..).zip(&values) {
        let expected = 2.0 - 2.0 * (std::f64::consts::PI * f64::from(k) / 10.0).cos();
        assert!((value - expected).abs() < 1e-12, "{value} {expected}");
    }
    for column in 0..9 {
        let long: f64 = rows.iter().map(|row| row[column] * row[column]).sum();
        assert!((long - 1.0).abs() < 1e-12);
    }
}

#[test]
fn equal_eigenvalues_have_different_vectors() {
    let unit: Vec<Vec<f64>> = (0..5).map(|i| (0..5).map(|j| f64::from(u8::from(i == j)) * 3.0).collect()).collect();
    let pairs = largest(&dense(&unit), 2);
    assert_eq!(pairs.len(), 2);
    let dot: f64 = pairs[0].vector.iter().zip(&pairs[1].vector).map(|(a, b)| a * b).sum();
    assert!(dot.abs() < 1e-12 && pairs.iter().all(|pair| (pair.value - 3.0).abs() < 1e-12 && pair.settled));
}

#[test]
fn small_and_empty_matrices() {
    assert!(largest(&Dense::new(0), 2).is_empty());
    assert_eq!(largest(&Dense::new(3), 2)[0].value, 0.0);
    let one = largest(&dense(&[vec![4.0]]), 2);
    assert!(one.len() == 1 && (one[0].value - 4.0).abs() < 1e-15);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// A sum of squares: what is found are eigenvectors, the first one is not beaten by any other direction.
    #[test]
    fn what_is_found_are_the_largest(
        factors in proptest::collection::vec(proptest::collection::vec(-1.0_f64..1.0, 12), 1..20),
    ) {
        let rows: Vec<Vec<f64>> = (0..12)
            .map(|j| (0..12).map(|k| factors.iter().map(|row| row[j] * row[k]).sum()).collect())
            .collect();
        let matrix = dense(&rows);
        let pairs = largest(&matrix, 2);
        prop_assert!(pairs[0].value >= pairs[1].value - 1e-12);
        let mut product = vec![0.0; 12];
        for pair in &pairs {
            prop_assert!(pair.settled);
            matrix.apply(&pair.vector, &mut product);
            for (a, b) in product.iter().zip(&pair.vector) {
                prop_assert!((a - pair.value * b).abs() < 1e-8);
            }
        }
        for row in &rows {
            let long: f64 = row.iter().map(|entry| entry * entry).sum();
            matrix.apply(row, &mut product);
            let along: f64 = row.iter().zip(&product).map(|(a, b)| a * b).sum();
            prop_assert!(along <= pairs[0].value * long * (1.0 + 1e-9) + 1e-12);
        }
    }
}
