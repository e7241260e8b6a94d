//! Points in a tree of boxes, so that the nearest centre of most points is known from their box alone (Kanungo and others,
//! "An efficient k-means clustering algorithm", 2002).

use super::{Point, apart};

/// Points of the smallest boxes at most.
const LEAF: usize = 24;

/// A box of points, with what is in it.
#[derive(Debug)]
struct Node {
    low: Point,
    high: Point,
    sum: Point,
    /// Its points: a range of [`Tree::order`].
    first: usize,
    end: usize,
    /// The two halves; none in a smallest box.
    halves: Option<(usize, usize)>,
}

/// The tree, made once; the points do not move.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Points in the order of boxes, and which point each is.
    points: Vec<Point>,
    order: Vec<usize>,
}

/// What each centre gathered.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    pub(super) sums: Vec<Point>,
    pub(super) counts: Vec<u32>,
}

impl Tree {
    pub(super) fn new(points: &[Point]) -> Self {
        let mut tree = Self { nodes: Vec::new(), points: Vec::new(), order: (0..points.len()).collect() };
        if !points.is_empty() {
            tree.grow(points, 0, points.len());
        }
        tree.points = tree.order.iter().map(|&at| points[at]).collect();
        tree
    }

    fn grow(&mut self, points: &[Point], first: usize, end: usize) -> usize {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for &at in &self.order[first..end] {
            for axis in 0..2 {
                low[axis] = low[axis].min(points[at][axis]);
                high[axis] = high[axis].max(points[at][axis]);
            }
        }
        let number = self.nodes.len();
        self.nodes.push(Node { low, high, sum: [0.0; 2], first, end, halves: None });
        if end - first > LEAF && low != high {
            let axis = usize::from(high[1] - low[1] > high[0] - low[0]);
            let middle = (end - first) / 2;
            self.order[first..end]
                .select_nth_unstable_by(middle, |&a, &b| points[a][axis].total_cmp(&points[b][axis]).then(a.cmp(&b)));
            let left = self.grow(points, first, first + middle);
            let right = self.grow(points, first + middle, end);
            let (a, b) = (self.nodes[left].sum, self.nodes[right].sum);
            self.nodes[number].sum = [a[0] + b[0], a[1] + b[1]];
            self.nodes[number].halves = Some((left, right));
        } else {
            self.order[first..end].sort_unstable();
            let mut sum = [0.0; 2];
            for &at in &self.order[first..end] {
                sum[0] += points[at][0];
                sum[1] += points[at][1];
            }
            self.nodes[number].sum = sum;
        }
        number
    }

    /// Gives each point to its nearest centre (of equally near ones the first): sums and counts, and the labels if asked for.
    pub(super) fn assign(&self, centres: &[Point], labels: Option<&mut [usize]>) -> Gathered {
        let gathered = Gathered { sums: vec![[0.0; 2]; centres.len()], counts: vec![0; centres.len()] };
        let mut round = Round { tree: self, centres, gathered, labels, candidates: (0..centres.len()).collect() };
        if !self.nodes.is_empty() {
            round.visit(0, 0);
        }
        round.gathered
    }
}

/// One assignment. `candidates` is a stack of lists: what a box leaves over is put on top for its halves.
struct Round<'a> {
    tree: &'a Tree,
    centres: &'a [Point],
    gathered: Gathered,
    labels: Option<&'a mut [usize]>,
    candidates: Vec<usize>,
}

impl Round<'_> {
    /// Visits a box; its candidates are those on the stack from `from` on.
    fn visit(&mut self, number: usize, from: usize) {
        let node = &self.tree.nodes[number];
        let end = self.candidates.len();
        let middle = [(node.low[0] + node.high[0]) / 2.0, (node.low[1] + node.high[1]) / 2.0];
        let (mut best, mut distance) = (0, f64::INFINITY);
        for &candidate in &self.candidates[from..end] {
            let d = apart(middle, self.centres[candidate]);
            let closer = d < distance;
            best = if closer { candidate } else { best };
            distance = if closer { d } else { distance };
        }
        for at in from..end {
            let candidate = self.candidates[at];
            if candidate == best || node.may_win(self.centres[candidate], self.centres[best]) {
                self.candidates.push(candidate);
            }
        }
        if let [only] = self.candidates[end..] {
            self.whole(node, only);
        } else if let Some((left, right)) = node.halves {
            self.visit(left, end);
            self.visit(right, end);
        } else {
            self.each(node, end);
        }
        self.candidates.truncate(end);
    }

    fn whole(&mut self, node: &Node, centre: usize) {
        self.gathered.sums[centre][0] += node.sum[0];
        self.gathered.sums[centre][1] += node.sum[1];
        self.gathered.counts[centre] += u32::try_from(node.end - node.first).unwrap_or(u32::MAX);
        if let Some(labels) = &mut self.labels {
            for &at in &self.tree.order[node.first..node.end] {
                labels[at] = centre;
            }
        }
    }

    fn each(&mut self, node: &Node, from: usize) {
        for at in node.first..node.end {
            let point = self.tree.points[at];
            let (mut best, mut distance) = (0, f64::INFINITY);
            for &candidate in &self.candidates[from..] {
                let d = apart(point, self.centres[candidate]);
                let closer = d < distance;
                best = if closer { candidate } else { best };
                distance = if closer { d } else { distance };
            }
            self.gathered.sums[best][0] += point[0];
            self.gathered.sums[best][1] += point[1];
            self.gathered.counts[best] += 1;
            if let Some(labels) = &mut self.labels {
                labels[self.tree.order[at]] = best;
            }
        }
    }
}

impl Node {
    /// Whether any place of the box may be as near to `candidate` as to `best`: if none, it is the corner farthest in the
    /// direction from the best to the candidate that says so.
    #[inline]
    fn may_win(&self, candidate: Point, best: Point) -> bool {
        let corner = [0, 1].map(|axis| if candidate[axis] > best[axis] { self.high[axis] } else { self.low[axis] });
        // A little more than the bound: rounding must not lose the nearest one.
        apart(corner, candidate) <= apart(corner, best) * (1.0 + 1e-12)
    }
}
