//! Weights of given panels under which the expected seats are what is aimed at.
//!
//! Of all such weights those nearest to equal ones (least squares) are taken: minimise Σ(w − 1/N)² subject to Σw·x = y,
//! Σw = 1, w ≥ 0. Its dual has one variable a type and w = max(0, 1/N + λ·(x − y)); a semismooth Newton method solves it, each step
//! by conjugate gradients (Hestenes, Stiefel 1952). If y is not a mixture of the panels, what is found is near.

/// What a difference is measured in, where it cannot be nil.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unit {
    /// The type's standard deviation over the panels: the numbers are well scaled.
    Deviation,
    /// Seats: what is left points to a panel that helps.
    Seat,
}

/// Panels as sparse rows.
#[derive(Debug)]
struct Rows<'a> {
    panels: &'a [Vec<(usize, u32)>],
    seats: &'a [f64],
    /// Each type's difference is measured in this unit.
    scale: Vec<f64>,
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

    /// What is missing of the mark, and its square.
    fn gap(&self, weights: &[f64], out: &mut [f64]) -> f64 {
        self.back(weights, out);
        out[self.seats.len()] -= 1.0;
        inner(out, out)
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
        for ((value, seats), scale) in out.iter_mut().zip(self.seats).zip(&self.scale) {
            *value = (*value - total * seats) * scale;
        }
        out[n] = total;
    }
}

/// Below this gap (in standard deviations of types) nothing more is tried.
const NEAR: f64 = 1e-11;
const ROUNDS: usize = 60;

/// A gap that is not below this sends the search through wide ridges first.
const FAR: f64 = 1e-7;
/// Ridges, from a smooth problem to the one that is meant (each a multiple of the narrow ridge).
const RIDGES: [f64; 9] = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1];

/// Weights for `panels`, not negative; their sum is one up to rounding. Never farther from `seats` than equal weights.
pub(crate) fn find(panels: &[Vec<(usize, u32)>], seats: &[f64], unit: Unit) -> Vec<f64> {
    let scale = match unit {
        Unit::Deviation => units(panels, seats),
        Unit::Seat => vec![1.0; seats.len()],
    };
    let rows = Rows { panels, seats, scale };
    let mut search = Search::new(&rows);
    let narrow = search.factor.ridge;
    search.descend(narrow);
    if search.best.0 > FAR * FAR && seats.len() <= WIDE_TYPES {
        // Not met: from the nearest weights of a smooth problem to those of the narrow one.
        search.restart();
        for times in RIDGES {
            search.descend(narrow * times);
        }
        search.descend(narrow);
    }
    search.best.1
}

/// With more types than this no more is tried than the direct way.
const WIDE_TYPES: usize = 1000;

#[derive(Debug)]
struct Search<'a> {
    rows: &'a Rows<'a>,
    start: f64,
    weights: Vec<f64>,
    dual: Vec<f64>,
    /// Of the present weights.
    gap: Vec<f64>,
    size: f64,
    factor: Factor,
    best: (f64, Vec<f64>),
}

impl<'a> Search<'a> {
    fn new(rows: &'a Rows<'a>) -> Self {
        let (count, n) = (rows.panels.len(), rows.seats.len());
        let start = 1.0 / count as f64;
        let weights = vec![start; count];
        let mut gap = vec![0.0; n + 1];
        let size = rows.gap(&weights, &mut gap);
        let factor = Factor::of(rows, &weights);
        let best = (size, weights.clone());
        Self { rows, start, weights, dual: vec![0.0; n + 1], gap, size, factor, best }
    }

    fn restart(&mut self) {
        self.weights.fill(self.start);
        self.dual.fill(0.0);
        self.size = self.rows.gap(&self.weights, &mut self.gap);
    }

    /// Minimises the dual ½Σw² − μ + ridge·½|λ|², which is convex; its gradient is the gap + ridge·λ. The ridge is a little freedom
    /// to miss the mark; it keeps the dual bounded when the mark cannot be met.
    fn descend(&mut self, ridge: f64) {
        let n = self.rows.seats.len();
        let value_of =
            |weights: &[f64], dual: &[f64]| 0.5 * inner(weights, weights) - dual[n] + 0.5 * ridge * inner(dual, dual);
        let mut value = value_of(&self.weights, &self.dual);
        let mut forward = vec![0.0; self.weights.len()];
        let mut trial_gap = vec![0.0; n + 1];
        let mut turns = 0;
        for _ in 0..ROUNDS {
            if turns > 12 || self.factor.added < ridge * 0.01 || self.factor.added > ridge * 100.0 {
                self.factor = Factor::with(self.rows, &self.weights, Some(ridge));
            }
            let slope: Vec<f64> = self.gap.iter().zip(&self.dual).map(|(gap, dual)| gap + ridge * dual).collect();
            let (step, took) = conjugate(self.rows, &self.weights, &slope, &self.factor, ridge, 40);
            turns = took;
            let mut length = 1.0;
            let mut accepted = false;
            for _ in 0..16 {
                let trial: Vec<f64> = self.dual.iter().zip(&step).map(|(a, b)| a - length * b).collect();
                self.rows.forward(&trial, &mut forward);
                let new: Vec<f64> = forward.iter().map(|it| (self.start + it).max(0.0)).collect();
                let new_size = self.rows.gap(&new, &mut trial_gap);
                let new_value = value_of(&new, &trial);
                if new_value < value || new_size < self.size * 0.25 {
                    accepted = new_size < self.size * 0.999 || new_value < value - value.abs() * 1e-13;
                    (self.dual, self.weights, self.size, value) = (trial, new, new_size, new_value);
                    std::mem::swap(&mut self.gap, &mut trial_gap);
                    break;
                }
                length *= 0.5;
            }
            if self.size < self.best.0 {
                self.best = (self.size, self.weights.clone());
            }
            if !accepted || self.size < NEAR * NEAR {
                break;
            }
        }
    }
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
    /// The narrow ridge that fits, and the one that was added.
    ridge: f64,
    added: f64,
}

/// Keeps the matrix positive where the panels do not span a direction (every panel meets a tight quota exactly).
const RIDGE: f64 = 1e-10;

impl Factor {
    fn of(rows: &Rows<'_>, weights: &[f64]) -> Self {
        Self::with(rows, weights, None)
    }

    /// `ridge` is what is added to the diagonal; by default the narrow one that fits the size of the matrix.
    fn with(rows: &Rows<'_>, weights: &[f64], ridge: Option<f64>) -> Self {
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
        let least = RIDGE * (trace + active) / size as f64 + 1e-300;
        let added = ridge.unwrap_or(least).max(least * 0.1);
        for a in 0..size {
            gram[a * size + a] += added;
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
            row[i] = if left > added * 0.5 { left.sqrt() } else { 1e150 };
        }
        Self { size, lower: gram, ridge: least, added }
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
