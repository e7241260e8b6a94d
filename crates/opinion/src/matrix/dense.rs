//! A symmetric matrix with all its entries.

use super::Operator;

#[derive(Debug, Clone)]
pub(crate) struct Dense {
    size: usize,
    entries: Vec<f64>,
}

impl Dense {
    pub(crate) fn new(size: usize) -> Self {
        Self { size, entries: vec![0.0; size * size] }
    }

    #[inline]
    pub(crate) fn set(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.size + column] = value;
    }

    #[cfg(test)]
    pub(crate) fn get(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.size + column]
    }
}

impl Operator for Dense {
    fn size(&self) -> usize {
        self.size
    }

    /// Four rows at a time, so that `out` is gone through less often; each entry's sum runs in the order of rows.
    fn apply(&self, vector: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        let size = self.size;
        if size == 0 {
            return;
        }
        let mut row = 0;
        while row + 4 <= size {
            let block = &self.entries[row * size..(row + 4) * size];
            let (a, rest) = block.split_at(size);
            let (b, rest) = rest.split_at(size);
            let (c, d) = rest.split_at(size);
            let [va, vb, vc, vd] = [vector[row], vector[row + 1], vector[row + 2], vector[row + 3]];
            for ((((out, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                *out = *out + va * a + vb * b + vc * c + vd * d;
            }
            row += 4;
        }
        for (row, value) in vector.iter().enumerate().skip(row) {
            for (out, entry) in out.iter_mut().zip(&self.entries[row * size..][..size]) {
                *out += value * entry;
            }
        }
    }
}
