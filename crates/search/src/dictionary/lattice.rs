//! The cheapest way through a sentence (Viterbi), as MeCab with the settings of mecab-ko-dic takes it: spaces are skipped, and
//! a particle or ending behind a space costs more.

use super::mecab::Entry;
use super::open::{Data, Dictionary};

/// A category of this name is skipped.
const SPACE: &str = "SPACE";
/// Characters that are grouped to one unknown word at most.
const GROUP: usize = 24;
/// No place.
const NONE: usize = usize::MAX;

/// One morpheme of a sentence: its bytes, its tag, its kind and what it is made of, as the dictionary says.
pub(super) struct Morpheme<'a> {
    pub from: usize,
    pub to: usize,
    pub tag: &'a str,
    pub kind: &'a str,
    pub made_of: &'a str,
}

/// A reading of a stretch of the sentence.
struct Node {
    from: usize,
    to: usize,
    entry: Option<Entry>,
    known: bool,
    right: u16,
    /// Of the cheapest way that ends here.
    cost: i32,
    before: usize,
    /// Another node that ends at the same byte.
    beside: usize,
}

struct Lattice<'a> {
    data: &'a Data,
    nodes: Vec<Node>,
    /// The last node that ends at each byte.
    ends: Vec<usize>,
}

/// What a reading costs more when a space stands before it (`left-space-penalty-factor` of `dicrc`).
fn penalty(tag: &str) -> i32 {
    match tag.split(['+', ',']).next().unwrap_or_default() {
        "EC" | "EF" | "EP" | "ETM" | "ETN" | "VCP" | "XSA" | "XSN" | "XSV" => 3_000,
        "JC" | "JKB" | "JKC" | "JKG" | "JKO" | "JKQ" | "JKS" | "JKV" | "JX" => 6_000,
        _ => 0,
    }
}

impl Lattice<'_> {
    /// Adds the reading of `from..to` behind whatever ends at `behind`, before the spaces that `from` follows.
    fn add(&mut self, behind: usize, from: usize, to: usize, entry: Entry, known: bool) {
        let mut best = (i32::MAX, NONE);
        let mut at = self.ends.get(behind).copied().unwrap_or(NONE);
        while let Some(node) = self.nodes.get(at) {
            let cost = node.cost.saturating_add(self.data.matrix.cost(node.right, entry.left));
            if cost < best.0 {
                best = (cost, at);
            }
            at = node.beside;
        }
        let lexicon = if known { &self.data.words } else { &self.data.unknown };
        let more = if behind < from && behind > 0 { penalty(lexicon.feature(entry)) } else { 0 };
        let cost = best.0.saturating_add(i32::from(entry.cost)).saturating_add(more);
        let node = Node { from, to, entry: Some(entry), known, right: entry.right, cost, before: best.1, beside: NONE };
        self.put(node);
    }

    fn put(&mut self, mut node: Node) {
        if let Some(end) = self.ends.get_mut(node.to) {
            node.beside = std::mem::replace(end, self.nodes.len());
            self.nodes.push(node);
        }
    }
}

impl Dictionary {
    /// The morphemes of one sentence.
    pub(super) fn morphemes(&self, sentence: &str, mut each: impl FnMut(Morpheme<'_>)) {
        let data = &*self.0;
        let mut lattice = Lattice { data, nodes: Vec::new(), ends: vec![NONE; sentence.len() + 1] };
        let begin = Node { from: 0, to: 0, entry: None, known: true, right: 0, cost: 0, before: NONE, beside: NONE };
        lattice.put(begin);
        let is_space =
            |c: char| data.characters.names.get(data.characters.of(c).category).is_some_and(|name| name == SPACE);
        let mut last = 0;
        for (behind, _) in sentence.char_indices() {
            if lattice.ends.get(behind).is_none_or(|end| *end == NONE) {
                continue;
            }
            last = behind;
            let rest = sentence.get(behind..).unwrap_or_default();
            let word = rest.trim_start_matches(is_space);
            let from = sentence.len() - word.len();
            let mut known = false;
            data.words.beginnings(word.as_bytes(), |length, entry| {
                if length > 0 {
                    known = true;
                    lattice.add(behind, from, from + length, entry, true);
                }
            });
            unknown(&mut lattice, word, (behind, from), known);
        }
        let end = lattice.ends.last().copied().filter(|end| *end != NONE);
        // Spaces at the end: the words before them are the last.
        let end = end.or_else(|| lattice.ends.get(last).copied());
        for node in way(&lattice, end.unwrap_or(NONE)) {
            let Some(entry) = node.entry else { continue };
            let lexicon = if node.known { &data.words } else { &data.unknown };
            let columns: [&str; 8] = columns(lexicon.feature(entry));
            each(Morpheme { from: node.from, to: node.to, tag: columns[0], kind: columns[4], made_of: columns[7] });
        }
    }
}

/// Tag, meaning, whether it ends in a consonant, reading, kind, first tag, last tag, what it is made of.
fn columns(feature: &str) -> [&str; 8] {
    let mut columns = ["*"; 8];
    for (column, text) in columns.iter_mut().zip(feature.splitn(8, ',')) {
        *column = text;
    }
    columns
}

/// Adds what may stand where no word is known, as the categories of the characters say.
fn unknown(lattice: &mut Lattice<'_>, word: &str, (behind, from): (usize, usize), known: bool) {
    let data = lattice.data;
    let Some(first) = word.chars().next().map(|c| data.characters.of(c)) else { return };
    if known && !first.invoke {
        return;
    }
    let readings = data.readings.get(first.category).map_or(&[][..], Vec::as_slice);
    let run = || word.char_indices().take_while(|(_, c)| data.characters.of(*c).within & first.within != 0);
    let end_of = |count: usize| run().take(count).last().map(|(at, c)| at + c.len_utf8());
    let group = if first.group { end_of(GROUP) } else { None };
    let mut added = false;
    for length in (1..=first.length).filter_map(end_of).chain(group) {
        for entry in readings {
            lattice.add(behind, from, from + length, *entry, false);
            added = true;
        }
    }
    // So that there is a way in any case.
    if !added && !known {
        let length = word.chars().next().map_or(0, char::len_utf8);
        let entry = readings.first().or_else(|| data.readings.iter().flatten().next());
        if let Some(entry) = entry {
            lattice.add(behind, from, from + length, *entry, false);
        }
    }
}

/// The nodes of the cheapest way that ends at one byte, in their order.
fn way<'a>(lattice: &'a Lattice<'_>, end: usize) -> Vec<&'a Node> {
    let mut best: Option<(i32, usize)> = None;
    let mut at = end;
    while let Some(node) = lattice.nodes.get(at) {
        let cost = node.cost.saturating_add(lattice.data.matrix.cost(node.right, 0));
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, at));
        }
        at = node.beside;
    }
    let mut way = Vec::new();
    let mut at = best.map_or(NONE, |(_, at)| at);
    while let Some(node) = lattice.nodes.get(at) {
        way.push(node);
        at = node.before;
    }
    way.reverse();
    way
}
