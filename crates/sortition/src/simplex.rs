//! Linear programs with few rows and boxed variables, solved again and again from where the last one ended.
//!
//! Minimise c·x subject to l ≤ x ≤ u and L ≤ Ax ≤ U, all bounds finite. Because every variable is boxed, every basis is dual
//! feasible once each non-basic variable sits at the bound that its reduced cost asks for; so the dual simplex method needs no
//! first phase, and a change of costs, bounds or rows costs only a few pivots. A lottery needs thousands of such programs that
//! differ in their costs only, and the levels of leximin need the dual values, which the modelling library does not give.
//!
//! Dense inverse of the basis (rows are quotas: tens, seldom hundreds), exact dual steepest edge, bound-flipping ratio test
//! (Maros, "Computational Techniques of the Simplex Method", 2003, ch. 10). Deterministic: ties go to the lowest index.

/// How far a value may be outside its bounds.
pub(crate) const PRIMAL: f64 = 1e-9;
/// Below this a reduced cost is zero.
const DUAL: f64 = 1e-10;
/// Below this an entry of the pivot row is zero.
const PIVOT: f64 = 1e-9;
/// Pivots after which the inverse is computed anew.
const RENEW: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Optimal,
    Infeasible,
    /// The limit of pivots was reached.
    Limit,
}

#[derive(Clone, Debug)]
pub(crate) struct Simplex {
    rows: usize,
    start: Vec<usize>,
    row: Vec<usize>,
    value: Vec<f64>,
    cost: Vec<f64>,
    /// Bounds of the columns, then of the rows' activities.
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// Which variable is basic in each row; `columns + i` is the activity of row i.
    basis: Vec<usize>,
    /// The row in which a variable is basic, or `usize::MAX`.
    place: Vec<usize>,
    at_upper: Vec<bool>,
    inverse: Vec<f64>,
    basic: Vec<f64>,
    reduced: Vec<f64>,
    stale: bool,
    /// Pivots since the inverse was computed.
    since: usize,
}

impl Simplex {
    /// Columns as (row, coefficient) lists. `rows` are the bounds of the activities.
    pub(crate) fn new(columns: &[Vec<(usize, f64)>], bounds: &[(f64, f64)], rows: &[(f64, f64)]) -> Self {
        let (n, m) = (columns.len(), rows.len());
        let mut start = Vec::with_capacity(n + 1);
        let (mut row, mut value) = (Vec::new(), Vec::new());
        start.push(0);
        for column in columns {
            for &(index, coefficient) in column {
                row.push(index);
                value.push(coefficient);
            }
            start.push(row.len());
        }
        let mut place = vec![usize::MAX; n + m];
        for (index, slot) in place[n..].iter_mut().enumerate() {
            *slot = index;
        }
        Self {
            rows: m,
            start,
            row,
            value,
            cost: vec![0.0; n],
            lower: bounds.iter().chain(rows).map(|it| it.0).collect(),
            upper: bounds.iter().chain(rows).map(|it| it.1).collect(),
            basis: (n..n + m).collect(),
            place,
            at_upper: vec![false; n + m],
            inverse: Vec::new(),
            basic: vec![0.0; m],
            reduced: vec![0.0; n + m],
            stale: true,
            since: 0,
        }
    }

    pub(crate) fn columns(&self) -> usize {
        self.cost.len()
    }

    pub(crate) fn set_cost(&mut self, column: usize, cost: f64) {
        self.cost[column] = cost;
    }

    /// What changes bounds alone may be followed by [`again`](Self::again).
    pub(crate) fn set_bounds(&mut self, column: usize, lower: f64, upper: f64) {
        // Reduced costs of fixed columns are not kept up to date.
        self.stale |= self.lower[column] >= self.upper[column] && upper > lower;
        self.lower[column] = lower;
        self.upper[column] = upper;
    }

    pub(crate) fn bounds(&self, column: usize) -> (f64, f64) {
        (self.lower[column], self.upper[column])
    }

    pub(crate) fn set_row(&mut self, row: usize, lower: f64, upper: f64) {
        let n = self.columns();
        self.lower[n + row] = lower;
        self.upper[n + row] = upper;
    }

    /// Replaces the coefficients of one column.
    pub(crate) fn set_column(&mut self, column: usize, entries: &[(usize, f64)]) {
        let (from, to) = (self.start[column], self.start[column + 1]);
        self.row.splice(from..to, entries.iter().map(|it| it.0));
        self.value.splice(from..to, entries.iter().map(|it| it.1));
        let longer = entries.len();
        for start in &mut self.start[column + 1..] {
            *start = *start + longer - (to - from);
        }
        self.stale = true;
    }

    /// Adds a row of (column, coefficient); its activity is basic.
    pub(crate) fn add_row(&mut self, entries: &[(usize, f64)], lower: f64, upper: f64) {
        let n = self.columns();
        let row = self.rows;
        let mut more = vec![None; n];
        for &(column, coefficient) in entries {
            more[column] = Some(coefficient);
        }
        let (mut start, mut rows, mut values) = (vec![0], Vec::new(), Vec::new());
        for (column, coefficient) in more.into_iter().enumerate() {
            rows.extend_from_slice(&self.row[self.start[column]..self.start[column + 1]]);
            values.extend_from_slice(&self.value[self.start[column]..self.start[column + 1]]);
            if let Some(coefficient) = coefficient {
                rows.push(row);
                values.push(coefficient);
            }
            start.push(rows.len());
        }
        (self.start, self.row, self.value) = (start, rows, values);
        self.rows += 1;
        self.lower.push(lower);
        self.upper.push(upper);
        self.place.push(row);
        self.basis.push(n + row);
        self.at_upper.push(false);
        self.basic.push(0.0);
        self.reduced.push(0.0);
        self.stale = true;
    }

    /// The value of a column in the last solution.
    pub(crate) fn get(&self, column: usize) -> f64 {
        match self.place[column] {
            usize::MAX => self.rest(column),
            row => self.basic[row],
        }
    }

    /// The cost of the last solution.
    pub(crate) fn objective(&self) -> f64 {
        (0..self.columns()).map(|it| self.cost[it] * self.get(it)).sum()
    }

    /// The reduced cost of a column in the last solution; zero if it is basic.
    pub(crate) fn reduced_cost(&self, column: usize) -> f64 {
        if self.place[column] == usize::MAX { self.reduced[column] } else { 0.0 }
    }

    pub(crate) fn is_basic(&self, column: usize) -> bool {
        self.place[column] != usize::MAX
    }

    /// Basic columns, by row.
    pub(crate) fn basic_columns(&self) -> impl Iterator<Item = usize> + '_ {
        let n = self.columns();
        self.basis.iter().copied().filter(move |it| *it < n)
    }

    fn rest(&self, index: usize) -> f64 {
        if self.at_upper[index] { self.upper[index] } else { self.lower[index] }
    }

    /// Inverts the basis by Gauss–Jordan with row pivoting. A column that depends on the others is replaced by an activity.
    fn invert(&mut self) {
        let (m, n) = (self.rows, self.columns());
        let mut work = vec![0.0; m * m];
        for (slot, &index) in self.basis.iter().enumerate() {
            if index >= n {
                work[(index - n) * m + slot] = -1.0;
            } else {
                for at in self.start[index]..self.start[index + 1] {
                    work[self.row[at] * m + slot] = self.value[at];
                }
            }
        }
        let mut inverse = vec![0.0; m * m];
        for i in 0..m {
            inverse[i * m + i] = 1.0;
        }
        let mut used = vec![false; m];
        // The matrix row that was the pivot of each basis slot.
        let mut pivot_of = vec![usize::MAX; m];
        let mut lost = Vec::new();
        for slot in 0..m {
            let mut best = usize::MAX;
            let mut size = 1e-8;
            for i in 0..m {
                let entry = work[i * m + slot].abs();
                if !used[i] && entry > size {
                    (best, size) = (i, entry);
                }
            }
            if best == usize::MAX {
                lost.push(slot);
                continue;
            }
            used[best] = true;
            pivot_of[slot] = best;
            eliminate(&mut work, &mut inverse, m, best, slot);
        }
        for slot in lost {
            // The activity of an unused row takes the place.
            let Some(free) = (0..m)
                .find(|&i| !used[i] && self.place[n + i] == usize::MAX)
                .or_else(|| used.iter().position(|it| !it))
            else {
                continue;
            };
            let old = self.basis[slot];
            self.place[old] = usize::MAX;
            self.basis[slot] = n + free;
            self.place[n + free] = slot;
            for i in 0..m {
                work[i * m + slot] = -inverse[i * m + free];
            }
            let best = (0..m)
                .filter(|i| !used[*i])
                .fold(free, |best, i| if work[i * m + slot].abs() > work[best * m + slot].abs() { i } else { best });
            used[best] = true;
            pivot_of[slot] = best;
            eliminate(&mut work, &mut inverse, m, best, slot);
        }
        self.inverse.clear();
        for row in pivot_of {
            self.inverse.extend_from_slice(&inverse[row * m..(row + 1) * m]);
        }
    }

    /// Reduced costs of the basis, bounds that fit them, and the basic values.
    fn renew(&mut self) {
        let (m, n) = (self.rows, self.columns());
        self.invert();
        let mut price = vec![0.0; m];
        for (slot, &index) in self.basis.iter().enumerate() {
            if index < n && self.cost[index] != 0.0 {
                for (p, b) in price.iter_mut().zip(&self.inverse[slot * m..(slot + 1) * m]) {
                    *p += self.cost[index] * b;
                }
            }
        }
        for index in 0..n + m {
            if self.place[index] != usize::MAX {
                self.reduced[index] = 0.0;
                continue;
            }
            let reduced = if index >= n { price[index - n] } else { self.cost[index] - self.dot(index, &price) };
            self.reduced[index] = reduced;
            if reduced > DUAL {
                self.at_upper[index] = false;
            } else if reduced < -DUAL {
                self.at_upper[index] = true;
            }
        }
        self.values();
        self.stale = false;
    }

    /// The basic values that follow from the non-basic ones.
    fn values(&mut self) {
        let (m, n) = (self.rows, self.columns());
        let mut right = vec![0.0; m];
        for index in 0..n + m {
            if self.place[index] == usize::MAX {
                let value = self.rest(index);
                if value != 0.0 {
                    self.add_to(index, -value, &mut right);
                }
            }
        }
        for slot in 0..m {
            self.basic[slot] = self.inverse[slot * m..(slot + 1) * m].iter().zip(&right).map(|(b, r)| b * r).sum();
        }
    }

    fn dot(&self, column: usize, vector: &[f64]) -> f64 {
        let range = self.start[column]..self.start[column + 1];
        self.row[range.clone()].iter().zip(&self.value[range]).map(|(row, value)| vector[*row] * value).sum()
    }

    fn add_to(&self, index: usize, times: f64, vector: &mut [f64]) {
        let n = self.columns();
        if index >= n {
            vector[index - n] -= times;
            return;
        }
        for at in self.start[index]..self.start[index + 1] {
            vector[self.row[at]] += times * self.value[at];
        }
    }

    /// Solves from the present basis.
    pub(crate) fn solve(&mut self, limit: usize) -> End {
        self.renew();
        self.since = 0;
        self.run(limit)
    }

    /// Solves after nothing but bounds changed since the last solution.
    pub(crate) fn again(&mut self, limit: usize) -> End {
        if self.stale {
            return self.solve(limit);
        }
        self.values();
        self.run(limit)
    }

    fn run(&mut self, limit: usize) -> End {
        let (m, n) = (self.rows, self.columns());
        let mut since = self.since;
        let mut alpha = vec![0.0; n + m];
        let mut candidates: Vec<(f64, usize)> = Vec::new();
        let mut flips = vec![0.0; m];
        for _ in 0..limit {
            if since >= RENEW {
                self.renew();
                since = 0;
            }
            let Some((slot, below)) = self.leaving() else {
                self.since = since;
                // What was reached by updates must hold when computed anew.
                self.values();
                if self.leaving().is_some() && since > 0 {
                    self.renew();
                    since = 0;
                    continue;
                }
                return End::Optimal;
            };
            let leaving = self.basis[slot];
            let target = if below { self.lower[leaving] } else { self.upper[leaving] };
            let sign = if below { 1.0 } else { -1.0 };
            let rho: Vec<f64> = self.inverse[slot * m..(slot + 1) * m].to_vec();
            candidates.clear();
            for index in 0..n + m {
                if self.place[index] != usize::MAX || self.lower[index] >= self.upper[index] {
                    alpha[index] = 0.0;
                    continue;
                }
                let entry = if index >= n { -rho[index - n] } else { self.dot(index, &rho) };
                alpha[index] = entry;
                let towards = sign * entry;
                let helps = if self.at_upper[index] { towards > PIVOT } else { towards < -PIVOT };
                if helps {
                    candidates.push((self.reduced[index].abs() / entry.abs(), index));
                }
            }
            let violation = (self.basic[slot] - target).abs();
            let Some((entering, flipped)) = self.entering(&mut candidates, &alpha, violation) else {
                if since > 0 {
                    self.renew();
                    since = 0;
                    continue;
                }
                self.since = 0;
                return End::Infeasible;
            };
            if alpha[entering].abs() < 1e-6 && since > 0 {
                self.renew();
                since = 0;
                continue;
            }
            if flipped > 0 {
                flips.fill(0.0);
                for &(_, index) in &candidates[..flipped] {
                    let change = self.upper[index] - self.lower[index];
                    let change = if self.at_upper[index] { -change } else { change };
                    self.at_upper[index] = !self.at_upper[index];
                    self.add_to(index, change, &mut flips);
                }
                for (i, value) in self.basic.iter_mut().enumerate() {
                    let row = &self.inverse[i * m..(i + 1) * m];
                    *value -= row.iter().zip(&flips).map(|(b, f)| b * f).sum::<f64>();
                }
            }
            self.pivot(slot, entering, target, below, &alpha);
            since += 1;
        }
        self.stale = true;
        End::Limit
    }

    /// The basic variable that is worst outside its bounds, in the metric of the dual steepest edge; whether it is below.
    fn leaving(&self) -> Option<(usize, bool)> {
        let m = self.rows;
        let mut best = None;
        let mut worth = 0.0;
        for slot in 0..m {
            let index = self.basis[slot];
            let value = self.basic[slot];
            let (under, over) = (self.lower[index] - value, value - self.upper[index]);
            let violation = under.max(over);
            if violation > PRIMAL {
                let row = &self.inverse[slot * m..(slot + 1) * m];
                let norm: f64 = row.iter().map(|it| it * it).sum();
                let score = violation * violation / norm;
                if score > worth {
                    worth = score;
                    best = Some((slot, under > over));
                }
            }
        }
        best
    }

    /// The bound-flipping ratio test. Sorts the candidates as far as needed: the first `flipped` of them change their bound,
    /// the one after enters.
    fn entering(&self, candidates: &mut [(f64, usize)], alpha: &[f64], violation: f64) -> Option<(usize, usize)> {
        let before = |a: &(f64, usize), b: &(f64, usize)| {
            a.0.total_cmp(&b.0).then(alpha[b.1].abs().total_cmp(&alpha[a.1].abs())).then(a.1.cmp(&b.1))
        };
        let mut slope = violation;
        let mut sorted = 0;
        for at in 0..candidates.len() {
            if at >= sorted {
                // Sort a little more: most tests end early.
                let rest = &mut candidates[at..];
                let more = rest.len().min(16.max(at));
                if more < rest.len() {
                    rest.select_nth_unstable_by(more, before);
                }
                rest[..more].sort_unstable_by(before);
                sorted = at + more;
            }
            let index = candidates[at].1;
            slope -= alpha[index].abs() * (self.upper[index] - self.lower[index]);
            if slope < 0.0 || (at + 1 == candidates.len() && slope <= PRIMAL) {
                return Some((index, at));
            }
        }
        None
    }

    fn pivot(&mut self, slot: usize, entering: usize, target: f64, below: bool, alpha: &[f64]) {
        let m = self.rows;
        let mut column = vec![0.0; m];
        self.add_to(entering, 1.0, &mut column);
        let step_column: Vec<f64> =
            (0..m).map(|i| self.inverse[i * m..(i + 1) * m].iter().zip(&column).map(|(b, a)| b * a).sum()).collect();
        let size = step_column[slot];
        let dual = self.reduced[entering] / size;
        for ((reduced, place), entry) in self.reduced.iter_mut().zip(&self.place).zip(alpha) {
            if *place == usize::MAX {
                *reduced -= dual * entry;
            }
        }
        let leaving = self.basis[slot];
        self.reduced[leaving] = -dual;
        self.reduced[entering] = 0.0;
        let step = (self.basic[slot] - target) / size;
        for (value, by) in self.basic.iter_mut().zip(&step_column) {
            *value -= step * by;
        }
        self.basic[slot] = self.rest(entering) + step;
        self.at_upper[leaving] = !below;
        self.place[leaving] = usize::MAX;
        self.place[entering] = slot;
        self.basis[slot] = entering;
        let pivot_row: Vec<f64> = self.inverse[slot * m..(slot + 1) * m].iter().map(|it| it / size).collect();
        for (i, &by) in step_column.iter().enumerate() {
            let row = &mut self.inverse[i * m..(i + 1) * m];
            if i == slot {
                row.copy_from_slice(&pivot_row);
            } else if by != 0.0 {
                for (entry, pivot) in row.iter_mut().zip(&pivot_row) {
                    *entry -= by * pivot;
                }
            }
        }
    }
}

/// Makes column `slot` a unit vector with its one in row `best`.
fn eliminate(work: &mut [f64], inverse: &mut [f64], m: usize, best: usize, slot: usize) {
    let size = work[best * m + slot];
    let work_row: Vec<f64> = work[best * m..(best + 1) * m].iter().map(|it| it / size).collect();
    let inverse_row: Vec<f64> = inverse[best * m..(best + 1) * m].iter().map(|it| it / size).collect();
    for i in 0..m {
        let by = work[i * m + slot];
        if i == best {
            work[i * m..(i + 1) * m].copy_from_slice(&work_row);
            inverse[i * m..(i + 1) * m].copy_from_slice(&inverse_row);
        } else if by != 0.0 {
            for (entry, pivot) in work[i * m..(i + 1) * m].iter_mut().zip(&work_row) {
                *entry -= by * pivot;
            }
            for (entry, pivot) in inverse[i * m..(i + 1) * m].iter_mut().zip(&inverse_row) {
                *entry -= by * pivot;
            }
        }
    }
}
