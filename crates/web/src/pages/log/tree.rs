//! An inclusion proof as steps and as a drawing: from the record at the bottom up to the signed summary on top.
//!
//! The drawing is made of boxes, lines and texts in units of its own (a phone's dots); everything up to [`draw`] is pure,
//! [`svg`] has the template draw it.

use madang_base::{Error, Result, Time};
use madang_http::Visit;
use madang_tlog::note::Note;
use madang_tlog::{Checkpoint, Hash, ProofFile, node_hash, proof};
use serde::Serialize;
use serde_json::json;

use super::count;
use crate::page::words;
use crate::wiring::Wiring;

/// One joining of two hashes, from the record upwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether the neighbour stands on the left.
    pub left: bool,
    /// The records under the neighbour: first, and the one after the last.
    pub beside: (u64, u64),
    pub hash: Hash,
    /// The records under both together.
    pub covers: (u64, u64),
    pub makes: Hash,
}

/// The steps of a proof. None when `path` is not as long as the proof of this record in this tree.
#[must_use]
pub fn steps(index: u64, size: u64, leaf: Hash, path: &[Hash]) -> Option<Vec<Step>> {
    let nodes = proof::path_nodes(index, size);
    if index >= size || nodes.len() != path.len() {
        return None;
    }
    let (mut own, mut covers) = (leaf, (index, index + 1));
    let mut steps = Vec::with_capacity(path.len());
    for (node, hash) in nodes.iter().zip(path) {
        own = if node.left { node_hash(hash, &own) } else { node_hash(&own, hash) };
        covers = (covers.0.min(node.start), covers.1.max(node.end));
        steps.push(Step { left: node.left, beside: (node.start, node.end), hash: *hash, covers, makes: own });
    }
    Some(steps)
}

/// The root that a proof leads to.
#[must_use]
pub fn root(leaf: Hash, steps: &[Step]) -> Hash {
    steps.last().map_or(leaf, |step| step.makes)
}

/// The words on a drawing.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// "This record".
    pub this: String,
    /// Over the root: what it is, and of how many records.
    pub root: String,
    pub size: String,
    /// Who signed it, one a line.
    pub signers: Vec<String>,
}

/// A proof drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    pub lines: Vec<Line>,
    pub boxes: Vec<Box>,
}

/// A line as an SVG path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Whether it is the way of the record's own hashes.
    pub own: bool,
    pub d: String,
}

/// A box with its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Box {
    /// `leaf`, `own`, `beside` or `root`.
    pub kind: &'static str,
    pub x: i32,
    pub y: i32,
    pub w: i32,
    pub h: i32,
    pub texts: Vec<Text>,
}

/// A text; `is` says how it looks: `title`, `line` or `hash`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    pub is: &'static str,
    pub x: i32,
    pub y: i32,
    pub text: String,
}

const WIDTH: i32 = 360;
const MARGIN: i32 = 6;
const BOX: i32 = 166;
const HEIGHT: i32 = 54;
const GAP: i32 = 34;
/// From the top of the root's box to its first signer, and from signer to signer.
const ROOT: i32 = 80;
const LINE: i32 = 22;
/// Letters of a signer's name that fit.
const NAME: usize = 38;

/// Draws it. `steps` are those of [`steps`].
#[must_use]
pub fn draw(leaf: Hash, steps: &[Step], words: &Words) -> Drawing {
    let signers = i32::try_from(words.signers.len()).unwrap_or(0);
    let top = ROOT + signers * LINE;
    let mut drawing =
        Drawing { width: WIDTH, height: 0, lines: Vec::new(), boxes: vec![root_box(leaf, steps, words, top)] };
    let (mut parent_x, mut parent_y, mut y) = (WIDTH / 2, MARGIN + top, MARGIN + top + GAP);
    for (at, step) in steps.iter().enumerate().rev() {
        let (own, title, kind) = match at {
            0 => (leaf, words.this.clone(), "leaf"),
            _ => (steps[at - 1].makes, range(steps[at - 1].covers), "own"),
        };
        let (left, right) = (MARGIN, WIDTH - MARGIN - BOX);
        let (own_x, beside_x) = if step.left { (right, left) } else { (left, right) };
        drawing.join(false, (beside_x + BOX / 2, y), (parent_x, parent_y));
        drawing.join(true, (own_x + BOX / 2, y), (parent_x, parent_y));
        drawing.boxes.push(boxed("beside", beside_x, y, &range(step.beside), step.hash));
        drawing.boxes.push(boxed(kind, own_x, y, &title, own));
        (parent_x, parent_y) = (own_x + BOX / 2, y + HEIGHT);
        y += HEIGHT + GAP;
    }
    if steps.is_empty() {
        drawing.join(true, (WIDTH / 2, y), (parent_x, parent_y));
        drawing.boxes.push(boxed("leaf", (WIDTH - BOX) / 2, y, &words.this, leaf));
        y += HEIGHT + GAP;
    }
    drawing.height = y - GAP + MARGIN;
    drawing
}

impl Drawing {
    /// From the top of a box up, across and up into the bottom of its parent.
    fn join(&mut self, own: bool, (x, y): (i32, i32), (parent_x, parent_y): (i32, i32)) {
        let middle = (y + parent_y) / 2;
        let d = format!("M{x} {y}V{middle}H{parent_x}V{parent_y}");
        self.lines.push(Line { own, d });
    }
}

fn root_box(leaf: Hash, steps: &[Step], words: &Words, height: i32) -> Box {
    let x = MARGIN + 14;
    let text = |is, y: i32, text: String| Text { is, x, y: MARGIN + y, text };
    let mut texts = vec![
        text("title", 24, words.root.clone()),
        text("line", 44, words.size.clone()),
        text("hash", 64, format!("{}…", &root(leaf, steps).hex()[..24])),
    ];
    let lines = (0..).map(|at| ROOT + at * LINE + 6).zip(&words.signers);
    texts.extend(lines.map(|(y, name)| text("line", y, format!("✓ {}", clip(name)))));
    Box { kind: "root", x: MARGIN, y: MARGIN, w: WIDTH - 2 * MARGIN, h: height, texts }
}

fn boxed(kind: &'static str, x: i32, y: i32, title: &str, hash: Hash) -> Box {
    let text = |is, down: i32, text: String| Text { is, x: x + 12, y: y + down, text };
    let texts = vec![text("title", 22, title.to_owned()), text("hash", 42, format!("{}…", &hash.hex()[..12]))];
    Box { kind, x, y, w: BOX, h: HEIGHT, texts }
}

/// `12` or `8–15`, the last one included.
#[must_use]
pub fn range((start, end): (u64, u64)) -> String {
    let last = count(end.saturating_sub(1));
    let start = count(start);
    match start == last {
        true => crate::i18n::number(start),
        false => format!("{}–{}", crate::i18n::number(start), crate::i18n::number(last)),
    }
}

fn clip(name: &str) -> String {
    if name.chars().count() <= NAME { name.to_owned() } else { name.chars().take(NAME - 1).chain(['…']).collect() }
}

/// Who signed a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    pub name: String,
    /// The time that a witness states.
    pub at: Option<Time>,
    /// The log's own site; others are witnesses.
    pub site: bool,
}

/// Who signed a checkpoint: the site under its own name, and witnesses (C2SP cosignature).
#[must_use]
pub fn signers(visit: &Visit, note: &Note, origin: &str) -> Vec<Signer> {
    let read = |signature: &madang_tlog::note::Signature| {
        let site = signature.name() == origin;
        let seconds = signature.bytes().first_chunk::<8>().filter(|_| !site).map(|bytes| u64::from_be_bytes(*bytes));
        let at = seconds.and_then(|s| i64::try_from(s).ok()?.checked_mul(1_000_000)).map(Time::from_micros);
        let name = if site { visit.app.site.name.get(visit.locale).to_owned() } else { signature.name().to_owned() };
        Signer { name, at, site }
    };
    note.signatures.iter().map(read).collect()
}

/// The drawing of a proof file as SVG.
///
/// # Errors
/// `Kind::Internal` when the file does not fit the record.
pub fn drawing(visit: &Visit, leaf: Hash, file: &ProofFile) -> Result<String> {
    let checkpoint = Checkpoint::of(&file.checkpoint).map_err(Error::internal)?;
    let steps = steps(file.index, checkpoint.size, leaf, &file.path)
        .ok_or_else(|| Error::internal("a proof of another length than its tree has"))?;
    let signers = signers(visit, &file.checkpoint, &checkpoint.origin);
    svg(visit, (file.index, checkpoint.size), leaf, &steps, &signers)
}

/// The drawing as SVG.
///
/// # Errors
/// `Kind::Internal` from the template.
pub fn svg(visit: &Visit, (index, size): (u64, u64), leaf: Hash, steps: &[Step], signers: &[Signer]) -> Result<String> {
    let signer = |signer: &Signer| {
        let key = if signer.site { "log-tree-signed-by" } else { "log-tree-witnessed-by" };
        words(visit, key, &[("name", signer.name.as_str().into())])
    };
    let texts = Words {
        this: words(visit, "log-tree-this", &[]),
        root: words(visit, "log-tree-root", &[]),
        size: words(visit, "log-tree-size", &[("n", count(size).into())]),
        signers: signers.iter().map(signer).collect(),
    };
    let context = json!({ "drawing": draw(leaf, steps, &texts), "n": count(index), "joinings": steps.len() });
    visit.app.own::<Wiring>()?.templates.render("log/tree.svg", visit.locale, &context)
}

#[cfg(test)]
mod tests {
    use madang_tlog::leaf_hash;

    use super::*;

    /// The root and the path of a record, by the definition of RFC 6962.
    fn tree(leaves: &[Hash], index: usize) -> (Hash, Vec<Hash>) {
        if leaves.len() == 1 {
            return (leaves[0], Vec::new());
        }
        let middle = leaves.len().next_power_of_two() / 2;
        let (left, right) = leaves.split_at(middle);
        let (l, r) = (tree(left, index.min(middle - 1)), tree(right, index.saturating_sub(middle)));
        let mut path = if index < middle { l.1 } else { r.1 };
        path.push(if index < middle { r.0 } else { l.0 });
        (node_hash(&l.0, &r.0), path)
    }

    fn leaves(size: usize) -> Vec<Hash> {
        (0..size).map(|n| leaf_hash(n.to_string().as_bytes())).collect()
    }

    fn words() -> Words {
        let signers = vec!["site".into(), "a witness whose name is longer than any box can hold".into()];
        Words { this: "This record".into(), root: "Signed summary".into(), size: "9 records".into(), signers }
    }

    #[test]
    fn steps_lead_to_the_root_for_every_record_of_every_small_tree() {
        for size in 1..40 {
            let leaves = leaves(size);
            for index in 0..size {
                let (expected, path) = tree(&leaves, index);
                let steps = steps(index as u64, size as u64, leaves[index], &path).unwrap();
                assert_eq!(root(leaves[index], &steps), expected, "{index} of {size}");
                let covers = steps.last().map_or((0, 1), |step| step.covers);
                assert_eq!(covers, (0, size as u64));
            }
        }
    }

    #[test]
    fn a_path_of_another_length_or_a_record_beyond_gives_no_steps() {
        let leaves = leaves(5);
        let (_, path) = tree(&leaves, 2);
        assert!(steps(2, 5, leaves[2], &path[1..]).is_none());
        assert!(steps(5, 5, leaves[2], &path).is_none());
    }

    #[test]
    fn nothing_overlaps_and_everything_lies_inside() {
        for size in [1, 2, 3, 9, 39] {
            let leaves = leaves(size);
            for index in [0, size / 2, size - 1] {
                let (_, path) = tree(&leaves, index);
                let steps = steps(index as u64, size as u64, leaves[index], &path).unwrap();
                let drawing = draw(leaves[index], &steps, &words());
                assert_eq!(drawing.boxes.iter().filter(|b| b.kind == "leaf").count(), 1);
                assert_eq!(drawing.boxes.len(), 1 + (2 * path.len()).max(1));
                for (at, one) in drawing.boxes.iter().enumerate() {
                    assert!(one.x >= 0 && one.x + one.w <= drawing.width && one.y + one.h <= drawing.height);
                    for text in &one.texts {
                        assert!(text.x > one.x && text.y > one.y && text.y < one.y + one.h, "{text:?} in {one:?}");
                    }
                    for other in &drawing.boxes[at + 1..] {
                        let apart_x = one.x + one.w <= other.x || other.x + other.w <= one.x;
                        let apart_y = one.y + one.h <= other.y || other.y + other.h <= one.y;
                        assert!(apart_x || apart_y, "{one:?} lies over {other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_neighbour_stands_on_its_side() {
        let leaves = leaves(2);
        for (index, own_is_left) in [(0, true), (1, false)] {
            let (_, path) = tree(&leaves, index);
            let steps = steps(index as u64, 2, leaves[index], &path).unwrap();
            let drawing = draw(leaves[index], &steps, &words());
            let x = |kind| drawing.boxes.iter().find(|b| b.kind == kind).unwrap().x;
            assert_eq!(x("leaf") < x("beside"), own_is_left);
        }
    }

    #[test]
    fn ranges_name_their_last_record() {
        assert_eq!(range((4, 5)), "4");
        assert_eq!(range((0, 2048)), "0–2,047");
    }
}
