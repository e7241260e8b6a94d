//! The largest eigenvalues of a large symmetric matrix, by the method of Lanczos with full orthogonalisation.

use super::tridiagonal::eigen;
use crate::matrix::Operator;
use crate::random::Random;

/// Steps at most. Beyond this the axes are so alike that which one is first says nothing.
const STEPS: usize = 240;
/// An eigenvalue is settled when its residual is below this part of the largest one.
const SETTLED: f64 = 1e-10;
/// A new direction shorter than this part of the largest eigenvalue is rounding.
const GONE: f64 = 1e-13;
/// Where the fixed start vector begins.
const START: u64 = 0x6d61_6461_6e67;

/// An eigenvalue with its vector of length 1.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) value: f64,
    pub(crate) vector: Vec<f64>,
    pub(crate) settled: bool,
}

/// The `wanted` largest eigenvalues, falling. Fewer if the matrix is smaller.
pub(crate) fn largest(matrix: &impl Operator, wanted: usize) -> Vec<Pair> {
    let size = matrix.size();
    let limit = size.min(STEPS);
    let mut random = Random::new(START);
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let (mut diagonal, mut beside): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut product = vec![0.0; size];
    while basis.len() < limit {
        let Some(next) = direction(&mut product, &basis, &mut beside, &diagonal, &mut random) else { break };
        matrix.apply(&next, &mut product);
        let along = dot(&next, &product);
        diagonal.push(along);
        basis.push(next);
        let steps = basis.len();
        if steps >= 12 && steps.is_multiple_of(4) && steps < limit {
            orthogonalise(&mut product, &basis);
            let rest = length(&product);
            if residuals(&diagonal, &beside, rest, wanted).1 {
                break;
            }
        }
    }
    pairs(matrix, &basis, diagonal, &beside, &mut product, wanted)
}

/// The next vector of the basis: what is left of the last product, or a fresh one when nothing is left.
fn direction(
    product: &mut [f64],
    basis: &[Vec<f64>],
    beside: &mut Vec<f64>,
    diagonal: &[f64],
    random: &mut Random,
) -> Option<Vec<f64>> {
    if !basis.is_empty() {
        orthogonalise(product, basis);
        let rest = length(product);
        let scale = diagonal.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
        if rest > GONE * scale && rest > 0.0 {
            beside.push(rest);
            return Some(product.iter().map(|entry| entry / rest).collect());
        }
        beside.push(0.0);
    }
    // A few tries: a fresh vector may by accident lie in the span of the basis.
    for _ in 0..4 {
        let mut fresh: Vec<f64> = product.iter().map(|_| random.unit() - 0.5).collect();
        let before = length(&fresh);
        orthogonalise(&mut fresh, basis);
        let rest = length(&fresh);
        if rest > 1e-8 * before {
            fresh.iter_mut().for_each(|entry| *entry /= rest);
            return Some(fresh);
        }
    }
    None
}

/// Indices of the wanted eigenvalues, falling, and whether all of them are settled.
fn residuals(diagonal: &[f64], beside: &[f64], rest: f64, wanted: usize) -> (Vec<usize>, bool) {
    let mut values = diagonal.to_vec();
    let mut last = vec![0.0; values.len()];
    if let Some(entry) = last.last_mut() {
        *entry = 1.0;
    }
    let mut rows = [last];
    eigen(&mut values, beside, &mut rows);
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    order.truncate(wanted);
    let bound = SETTLED * order.first().map_or(0.0, |&at| values[at].abs());
    let settled = order.iter().all(|&at| (rest * rows[0][at]).abs() <= bound);
    (order, settled)
}

fn pairs(
    matrix: &impl Operator,
    basis: &[Vec<f64>],
    diagonal: Vec<f64>,
    beside: &[f64],
    product: &mut [f64],
    wanted: usize,
) -> Vec<Pair> {
    let steps = basis.len();
    let mut values = diagonal;
    let mut rows: Vec<Vec<f64>> =
        (0..steps).map(|row| (0..steps).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    eigen(&mut values, beside, &mut rows);
    let mut order: Vec<usize> = (0..steps).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let scale = order.first().map_or(0.0, |&at| values[at].abs());
    let mut pairs = Vec::new();
    for &at in order.iter().take(wanted) {
        let mut vector = vec![0.0; matrix.size()];
        for (row, basis) in rows.iter().zip(basis) {
            for (entry, part) in vector.iter_mut().zip(basis) {
                *entry += row[at] * part;
            }
        }
        let long = length(&vector);
        if long > 0.0 {
            vector.iter_mut().for_each(|entry| *entry /= long);
        }
        matrix.apply(&vector, product);
        for (out, entry) in product.iter_mut().zip(&vector) {
            *out -= values[at] * entry;
        }
        // What rounding leaves at most is a little more than the bound in the search.
        let settled = length(product) <= 100.0 * SETTLED * scale;
        pairs.push(Pair { value: values[at], vector, settled });
    }
    pairs
}

/// Takes from `vector` what lies along the basis, twice: once is not enough in floating point (Parlett).
fn orthogonalise(vector: &mut [f64], basis: &[Vec<f64>]) {
    for _ in 0..2 {
        for along in basis {
            let part = dot(vector, along);
            for (entry, along) in vector.iter_mut().zip(along) {
                *entry -= part * along;
            }
        }
    }
}

/// Eight sums side by side, joined in a fixed order.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (one_parts, one_rest) = one.as_chunks::<8>();
    let (other_parts, other_rest) = other.as_chunks::<8>();
    for (a, b) in one_parts.iter().zip(other_parts) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let mut total = sums.iter().fold(0.0, |total, sum| total + sum);
    for (a, b) in one_rest.iter().zip(other_rest) {
        total += a * b;
    }
    total
}

fn length(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}
