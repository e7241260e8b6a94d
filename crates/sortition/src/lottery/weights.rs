//! Weights of given panels under which the expected seats are what is aimed at.
//!
//! Of all such weights those nearest to equal ones (least squares) are taken: minimise Σ(w − 1/N)² subject to Σw·x = y,
//! Σw = 1, w ≥ 0. Its dual has one variable a type and w = max(0, 1/N + λ·(x − y)); a semismooth Newton method solves it, each step
//! by conjugate gradients (Hestenes, Stiefel 1952). If y is not a mixture of the panels, what is found is near.

/// Panels as sparse rows.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    pub panels: &'a [Vec<(usize, u32)>],
    pub seats: &'a [f64],
    /// Each type's difference is measured in this unit.
    pub scale: Vec<f64>,
}

impl Rows<'_> {
    /// For each panel λ·(x − y)/scale + μ. The last entry of `dual` is μ.
    fn forward(&self, dual: &[f64], out: &mut [f64]) {
        let n = self.seats.len();
        let scaled: Vec<f64> = dual[..n].iter().zip(&self.scale).map(|(it, scale)| it * scale).collect();
        let base: f64 = dual[n] - scaled.iter().zip(self.seats).map(|(a, b)| a * b).sum::<f64>();
        for (value, panel) in out.iter_mut().zip(self.panels) {
            *value = base + panel.iter().map(|(it, seats)| scaled[*it] * f64::from(*seats)).sum::<f64>();
        }
    }

    /// For each type Σ w·(x − y)/scale, and Σ w.
    fn back(&self, weights: &[f64], out: &mut [f64]) {
        let n = self.seats.len();
        out.fill(0.0);
        let mut total = 0.0;
        for (weight, panel) in weights.iter().zip(self.panels) {
            if *weight != 0.0 {
                total += weight;
                for (it, seats) in panel {
                    out[*it] += weight * f64::from(*seats);
                }
            }
        }
        for it in 0..n {
            out[it] = (out[it] - total * self.seats[it]) * self.scale[it];
        }
        out[n] = total;
    }
}

/// Below this gap (in standard deviations of types) nothing more is tried.
const NEAR: f64 = 1e-11;
const ROUNDS: usize = 60;

/// Weights for `panels`, not negative; their sum is one up to rounding. Never farther from `seats` than equal weights.
pub(crate) fn find(panels: &[Vec<(usize, u32)>], seats: &[f64]) -> Vec<f64> {
    let (count, n) = (panels.len(), seats.len());
    let start = 1.0 / count as f64;
    let rows = Rows { panels, seats, scale: units(panels, seats) };
    let measure = |weights: &[f64], gap: &mut [f64]| {
        rows.back(weights, gap);
        gap[n] -= 1.0;
        inner(gap, gap)
    };
    let mut weights = vec![start; count];
    let mut dual = vec![0.0; n + 1];
    let mut gap = vec![0.0; n + 1];
    let mut size = measure(&weights, &mut gap);
    let mut best = (size, weights.clone());
    let mut factor = Factor::of(&rows, &weights);
    // A little freedom to miss the mark keeps the dual bounded when the mark cannot be met.
    let ridge = factor.ridge;
    let mut turns = 0;
    // The dual, convex: ½Σw² − μ + ridge·½|λ|². Its gradient is the gap + ridge·λ.
    let value_of =
        |weights: &[f64], dual: &[f64]| 0.5 * inner(weights, weights) - dual[n] + 0.5 * ridge * inner(dual, dual);
    let mut value = value_of(&weights, &dual);
    let mut forward = vec![0.0; count];
    for _ in 0..ROUNDS {
        if turns > 12 {
            factor = Factor::of(&rows, &weights);
        }
        let slope: Vec<f64> = gap.iter().zip(&dual).map(|(gap, dual)| gap + ridge * dual).collect();
        let (step, took) = conjugate(&rows, &weights, &slope, &factor, ridge, 40);
        turns = took;
        let mut length = 1.0;
        let mut accepted = false;
        for _ in 0..16 {
            let trial: Vec<f64> = dual.iter().zip(&step).map(|(a, b)| a - length * b).collect();
            rows.forward(&trial, &mut forward);
            let new: Vec<f64> = forward.iter().map(|it| (start + it).max(0.0)).collect();
            let new_size = measure(&new, &mut gap);
            let new_value = value_of(&new, &trial);
            if new_value < value || new_size < size * 0.25 {
                accepted = new_size < size * 0.999 || new_value < value - value.abs() * 1e-13;
                (dual, weights, value, size) = (trial, new, new_value, new_size);
                break;
            }
            length *= 0.5;
        }
        if size < best.0 {
            best = (size, weights.clone());
        }
        if !accepted || size < NEAR * NEAR {
            break;
        }
    }
    best.1
}

/// For each type one over its standard deviation over the panels; zero where it never varies.
fn units(panels: &[Vec<(usize, u32)>], seats: &[f64]) -> Vec<f64> {
    let many = panels.len() as f64;
    let mut square = vec![0.0; seats.len()];
    for panel in panels {
        for (it, x) in panel {
            let (x, y) = (f64::from(*x), seats[*it]);
            square[*it] += (x - y) * (x - y) - y * y;
        }
    }
    square
        .iter()
        .zip(seats)
        .map(|(square, y)| {
            let variance = (square / many + y * y).max(0.0);
            if variance > 1e-12 { 1.0 / variance.sqrt() } else { 0.0 }
        })
        .collect()
}

/// The matrix A_J·A_Jᵀ over the panels with positive weight plus a small ridge, as its Cholesky factor (rows of the lower
/// triangle, full width).
#[derive(Debug)]
struct Factor {
    size: usize,
    lower: Vec<f64>,
    ridge: f64,
}

/// Keeps the matrix positive where the panels do not span a direction (every panel meets a tight quota exactly).
const RIDGE: f64 = 1e-10;

impl Factor {
    fn of(rows: &Rows<'_>, weights: &[f64]) -> Self {
        let n = rows.seats.len();
        let size = n + 1;
        let mut gram = vec![0.0; size * size];
        let mut sums = vec![0.0; n];
        let mut active = 0.0;
        for (panel, weight) in rows.panels.iter().zip(weights) {
            if *weight <= 0.0 {
                continue;
            }
            active += 1.0;
            for (at, &(a, x)) in panel.iter().enumerate() {
                let x = f64::from(x);
                sums[a] += x;
                let row = &mut gram[a * size..(a + 1) * size];
                for &(b, y) in &panel[..=at] {
                    row[b] += x * f64::from(y);
                }
            }
        }
        // Σ(x−y)(x−y)ᵀ = Σxxᵀ − sum·yᵀ − y·sumᵀ + active·yyᵀ, in the types' units.
        let mut trace = 0.0;
        for a in 0..n {
            let (ya, sa, unit) = (rows.seats[a], sums[a], rows.scale[a]);
            for b in 0..=a {
                let (yb, sb) = (rows.seats[b], sums[b]);
                let entry = &mut gram[a * size + b];
                *entry = (*entry - sa * yb - ya * sb + active * ya * yb) * unit * rows.scale[b];
            }
            trace += gram[a * size + a];
            gram[n * size + a] = (sa - active * ya) * unit;
        }
        gram[n * size + n] = active;
        let ridge = RIDGE * (trace + active) / size as f64 + 1e-300;
        for a in 0..size {
            gram[a * size + a] += ridge;
        }
        // Row by row: l[i][j] = (g[i][j] − l[i]·l[j]) / l[j][j].
        for i in 0..size {
            let (done, rest) = gram.split_at_mut(i * size);
            let row = &mut rest[..size];
            for j in 0..i {
                let other = &done[j * size..j * size + j + 1];
                let value = (row[j] - inner(&row[..j], &other[..j])) / other[j];
                row[j] = value;
            }
            let left = row[i] - inner(&row[..i], &row[..i]);
            row[i] = if left > ridge * 0.5 { left.sqrt() } else { 1e150 };
        }
        Self { size, lower: gram, ridge }
    }

    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = self.size;
        let mut x = right.to_vec();
        for i in 0..n {
            let row = &self.lower[i * n..i * n + i + 1];
            x[i] = (x[i] - inner(&row[..i], &x[..i])) / row[i];
        }
        for i in (0..n).rev() {
            let row = &self.lower[i * n..i * n + i + 1];
            x[i] /= row[i];
            let value = x[i];
            for (x, l) in x[..i].iter_mut().zip(&row[..i]) {
                *x -= value * l;
            }
        }
        x
    }
}

/// The scalar product, in eight running sums: the order is fixed and the processor can do them together.
fn inner(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a8.remainder().iter().zip(b8.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a8.zip(b8) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    rest + ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]))
}

/// Solves (A_J·A_Jᵀ) s = gap by conjugate gradients, preconditioned by a factor of a matrix near it.
fn conjugate(
    rows: &Rows<'_>,
    weights: &[f64],
    gap: &[f64],
    factor: &Factor,
    ridge: f64,
    limit: usize,
) -> (Vec<f64>, usize) {
    let n = gap.len();
    let mut step = vec![0.0; n];
    let mut rest = gap.to_vec();
    let mut near = factor.solve(&rest);
    let mut direction = near.clone();
    let mut size: f64 = inner(&rest, &near);
    let goal = inner(gap, gap) * 1e-22;
    let mut forward = vec![0.0; weights.len()];
    let mut back = vec![0.0; n];
    for turn in 0..limit {
        if inner(&rest, &rest) <= goal || size <= 0.0 {
            return (step, turn);
        }
        rows.forward(&direction, &mut forward);
        for (value, weight) in forward.iter_mut().zip(weights) {
            if *weight <= 0.0 {
                *value = 0.0;
            }
        }
        rows.back(&forward, &mut back);
        for (value, along) in back.iter_mut().zip(&direction) {
            *value += ridge * along;
        }
        let curve = inner(&direction, &back);
        if curve <= 0.0 {
            return (step, turn);
        }
        let length = size / curve;
        for i in 0..n {
            step[i] += length * direction[i];
            rest[i] -= length * back[i];
        }
        near = factor.solve(&rest);
        let next = inner(&rest, &near);
        let ratio = next / size;
        size = next;
        for i in 0..n {
            direction[i] = near[i] + ratio * direction[i];
        }
    }
    (step, limit)
}
