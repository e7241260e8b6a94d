//! The best of what matches, and how many there are.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::generation::Outcome;

/// What stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The score and the document's own rank.
    Score,
    /// The latest.
    Time,
    /// The document's own rank only.
    Rank,
}

/// Asks for the best `upto`.
pub(super) struct Top {
    pub upto: usize,
    pub by: By,
}

/// The best, best first, and the number of all that match.
#[derive(Debug)]
pub(super) struct Tops {
    pub best: Vec<(f64, DocAddress)>,
    pub count: u64,
    pub by: By,
}

/// The worst of the kept ones is on top of the heap.
#[derive(Clone, Copy, Debug)]
struct Kept {
    key: f64,
    doc: DocId,
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.total_cmp(&self.key).then(self.doc.cmp(&other.doc))
    }
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Kept {}

enum Key {
    Score(Column<f64>),
    Time(Column<i64>),
    Rank(Column<f64>),
}

impl Key {
    #[expect(clippy::cast_precision_loss, reason = "microseconds of an instant are far below 2^53")]
    fn of(&self, doc: DocId, score: Score) -> f64 {
        match self {
            Self::Score(rank) => f64::from(score) + rank.first(doc).unwrap_or(0.0),
            Self::Time(at) => at.first(doc).unwrap_or(0) as f64,
            Self::Rank(rank) => rank.first(doc).unwrap_or(0.0),
        }
    }
}

pub(super) struct Segment {
    segment: SegmentOrdinal,
    upto: usize,
    key: Key,
    heap: BinaryHeap<Kept>,
    count: u64,
}

impl Collector for Top {
    type Fruit = Tops;
    type Child = Segment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> Outcome<Segment> {
        let columns = reader.fast_fields();
        let key = match self.by {
            By::Score => Key::Score(columns.f64("rank")?),
            By::Time => Key::Time(columns.i64("at")?),
            By::Rank => Key::Rank(columns.f64("rank")?),
        };
        Ok(Segment { segment, upto: self.upto, key, heap: BinaryHeap::new(), count: 0 })
    }

    fn requires_scoring(&self) -> bool {
        self.by == By::Score
    }

    fn merge_fruits(&self, segments: Vec<(u64, Vec<(f64, DocAddress)>)>) -> Outcome<Tops> {
        let count = segments.iter().map(|(count, _)| count).sum();
        let mut best: Vec<(f64, DocAddress)> = segments.into_iter().flat_map(|(_, best)| best).collect();
        best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(self.upto);
        Ok(Tops { best, count, by: self.by })
    }
}

impl SegmentCollector for Segment {
    type Fruit = (u64, Vec<(f64, DocAddress)>);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.count += 1;
        let kept = Kept { key: self.key.of(doc, score), doc };
        if self.heap.len() < self.upto {
            self.heap.push(kept);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && kept < *worst
        {
            *worst = kept;
        }
    }

    fn harvest(self) -> Self::Fruit {
        let segment = self.segment;
        let best = self.heap.into_iter().map(|kept| (kept.key, DocAddress::new(segment, kept.doc))).collect();
        (self.count, best)
    }
}
