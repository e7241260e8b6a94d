//! Eigenvalues of a symmetric tridiagonal matrix by the implicit QL method (Bowdler, Martin, Reinsch, Wilkinson 1968), with
//! square roots as the only function.

/// Rounds for one eigenvalue; it takes two or three.
const ROUNDS: usize = 60;

/// Replaces `diagonal` by the eigenvalues and each of `rows` by its product with the matrix of eigenvectors: the unit
/// matrix gives the eigenvectors (column by column), its last row alone gives their last entries.
///
/// `beside` are the entries beside the diagonal, `beside[i]` between i and i + 1; it may be one shorter than `diagonal`.
pub(super) fn eigen(diagonal: &mut [f64], beside: &[f64], rows: &mut [Vec<f64>]) {
    let size = diagonal.len();
    let mut off: Vec<f64> =
        (0..size).map(|at| beside.get(at).copied().filter(|_| at + 1 < size).unwrap_or(0.0)).collect();
    for low in 0..size {
        for _ in 0..ROUNDS {
            let split = (low..size - 1).find(|&at| {
                let around = diagonal[at].abs() + diagonal[at + 1].abs();
                off[at].abs() <= f64::EPSILON * around
            });
            let high = split.unwrap_or(size - 1);
            if high == low {
                break;
            }
            step(diagonal, &mut off, rows, low, high);
        }
    }
}

/// One implicit QL step on the block `low..=high`.
fn step(diagonal: &mut [f64], off: &mut [f64], rows: &mut [Vec<f64>], low: usize, high: usize) {
    let half = (diagonal[low + 1] - diagonal[low]) / (2.0 * off[low]);
    let length = (half * half + 1.0).sqrt();
    let signed = if half >= 0.0 { length } else { -length };
    let mut g = diagonal[high] - diagonal[low] + off[low] / (half + signed);
    let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
    for at in (low..high).rev() {
        let f = sine * off[at];
        let b = cosine * off[at];
        let r = (f * f + g * g).sqrt();
        off[at + 1] = r;
        if r == 0.0 {
            diagonal[at + 1] -= shift;
            off[high] = 0.0;
            return;
        }
        sine = f / r;
        cosine = g / r;
        g = diagonal[at + 1] - shift;
        let turn = (diagonal[at] - g) * sine + 2.0 * cosine * b;
        shift = sine * turn;
        diagonal[at + 1] = g + shift;
        g = cosine * turn - b;
        for row in rows.iter_mut() {
            let (left, right) = (row[at], row[at + 1]);
            row[at + 1] = sine * left + cosine * right;
            row[at] = cosine * left - sine * right;
        }
    }
    diagonal[low] -= shift;
    off[low] = g;
    off[high] = 0.0;
}
