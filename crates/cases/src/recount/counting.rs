//! The recount itself: claims, salts, leaves, and in the end what differs.

use std::collections::BTreeMap;
use std::sync::Arc;

use madang_base::{Error, Result, Time};
use madang_form::Definition;
use madang_kernel::ledger::{self, Difference, LeafView, Recounted};

use super::book::{At, Book, Known, Library};
use super::claim::{Claim, Reached};
use super::history::{Other, Reading, Record};
use super::stated::{Stated, Sums};
use super::tally::{self, Move, Moves, Tally};
use super::{Definitions, NAME, NewSpill};

/// Differences that are kept; more would say nothing new.
const MOST: usize = 1000;

/// Counts all cases again. See the module's text.
pub struct Recount {
    book: Book,
    library: Library,
    spill: NewSpill,
    cases: Vec<Case>,
    moves: Option<Moves>,
    stated: Option<Stated>,
    found: Vec<Difference>,
    /// Up to where every claim is complete.
    least: u64,
    leaves: u64,
    claims: u64,
    states: u64,
    thresholds: u64,
    /// The case of the leaf before: supports of one case come in rows.
    recent: Option<(String, At)>,
}

impl std::fmt::Debug for Recount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recount").field("cases", &self.cases.len()).finish_non_exhaustive()
    }
}

/// What the leaves have said of a case so far.
#[derive(Default)]
struct Case {
    /// Whether it is public after the leaves so far, and was so where all claims are complete.
    public: bool,
    public_then: bool,
    hidden_since: bool,
    claimed: Option<Box<Claimed>>,
}

/// A case of which something is claimed.
struct Claimed {
    claim: Claim,
    tally: Tally,
    reading: Reading,
    /// The case is moved to another definition somewhere.
    moves_on: bool,
    version: Option<String>,
    /// Thresholds that have not been reached: count and place in the definition.
    open: Vec<(i64, String)>,
    reached: Vec<Reached>,
    /// Claimed thresholds whose leaf says what they say.
    right: Vec<String>,
    /// Whether the leaves up to the claim's position say that it is public.
    public: bool,
}

impl Recount {
    /// A recount that reads definitions from `definitions` and keeps what is large in `spill`.
    #[must_use]
    pub fn new(definitions: Arc<dyn Definitions>, spill: NewSpill) -> Self {
        Self {
            book: Book::default(),
            library: Library::new(definitions),
            spill,
            cases: Vec::new(),
            moves: None,
            stated: None,
            found: Vec::new(),
            least: u64::MAX,
            leaves: 0,
            claims: 0,
            states: 0,
            thresholds: 0,
            recent: None,
        }
    }

    fn at(&mut self, object: &str) -> Option<At> {
        if let Some((recent, at)) = &self.recent
            && recent == object
        {
            return Some(*at);
        }
        let at = self.book.enter(object)?;
        if self.cases.len() <= at as usize {
            self.cases.resize_with(at as usize + 1, Case::default);
        }
        self.recent = Some((object.to_owned(), at));
        Some(at)
    }

    fn differs(&mut self, at: At, leaf: Option<u64>, other: Other) {
        let object = self.book.reference(at);
        let claimed = self.cases.get(at as usize).and_then(|case| case.claimed.as_ref());
        let name = claimed.map(|claimed| claimed.claim.number.clone()).unwrap_or_default();
        self.tell(Difference {
            by: NAME,
            what: other.what.to_owned(),
            object,
            name,
            expected: other.expected,
            found: other.found,
            leaf,
        });
    }

    fn tell(&mut self, difference: Difference) {
        if self.found.len() < MOST {
            self.found.push(difference);
        }
    }

    fn support(&mut self, at: At, by: i64, leaf: &LeafView<'_>) -> Result<()> {
        let Some(moved) = Move::read(by, leaf.json) else {
            let expected = "a support with who and day".to_owned();
            self.differs(at, Some(leaf.index), Other { what: "leaf", expected, found: leaf.kind.to_owned() });
            return Ok(());
        };
        self.leaves += 1;
        if let Some(claimed) = &mut self.cases[at as usize].claimed
            && leaf.index < claimed.claim.position
        {
            claimed.support(&moved, leaf);
        }
        let moves = match &mut self.moves {
            Some(moves) => moves,
            None => self.moves.insert(Moves::new((self.spill)()?)),
        };
        moves.put(at, leaf.index, &moved)
    }

    fn record(&mut self, at: At, leaf: &LeafView<'_>) -> Result<()> {
        let Some(record) = Record::read(leaf.json) else { return Ok(()) };
        self.leaves += 1;
        self.states += u64::from(record.is_history());
        let mut others = Vec::new();
        let case = &mut self.cases[at as usize];
        if let Some(claimed) = &mut case.claimed
            && leaf.index < claimed.claim.position
        {
            if let Some(version) = record.version {
                claimed.stand_on(&mut self.library, version, &mut others)?;
            }
            claimed.reading.leaf(&claimed.claim, &record, case.public, &mut others);
            claimed.public = record.kind != "case.hidden";
        }
        case.public = record.kind != "case.hidden";
        if leaf.index < self.least {
            case.public_then = case.public;
        } else {
            case.hidden_since |= !case.public;
        }
        for other in others {
            self.differs(at, Some(leaf.index), other);
        }
        Ok(())
    }

    /// Each person once; and who counts at the position of the claim, for what was stated.
    fn persons(&mut self) -> Result<BTreeMap<At, Sums>> {
        let mut sums = BTreeMap::<At, Sums>::new();
        let Some(mut moves) = self.moves.take() else { return Ok(sums) };
        let mut stated = self.stated.take();
        let mut wrong: Vec<(At, u64, Other)> = Vec::new();
        moves.each(&mut |person| {
            let claimed = self.cases.get(person.case as usize).and_then(|case| case.claimed.as_ref());
            let until = claimed.map_or(0, |claimed| claimed.claim.position);
            let (mut counts, mut day, mut counts_then, mut first) = (false, 0, false, None);
            for moved in person.moves() {
                let other = if moved.given == counts {
                    let (expected, found) = match moved.given {
                        true => ("a person counts once", "the same person again"),
                        false => ("who is taken out had counted", "somebody who did not count"),
                    };
                    Some(Other { what: "person", expected: expected.to_owned(), found: found.to_owned() })
                } else if !moved.given && moved.day != day {
                    let (expected, found) = (tally::day_text(day), tally::day_text(moved.day));
                    Some(Other { what: "day", expected, found })
                } else {
                    None
                };
                if let Some(other) = other.filter(|_| wrong.len() < MOST) {
                    wrong.push((person.case, moved.index, other));
                }
                (counts, day) = (moved.given, moved.day);
                if moved.given && first.is_none() {
                    first = Some(moved.stated);
                }
                if moved.index < until {
                    counts_then = counts;
                }
            }
            match (&mut stated, first) {
                (Some(stated), Some(first)) if counts_then && first != [0; 16] => stated.leaf(&first, person.case),
                (Some(_), Some(_)) if counts_then => {
                    sums.entry(person.case).or_default().nothing();
                    Ok(())
                }
                _ => Ok(()),
            }
        })?;
        for (at, leaf, other) in wrong {
            self.differs(at, Some(leaf), other);
        }
        if let Some(stated) = &mut stated {
            stated.join(&mut sums)?;
        }
        self.stated = stated;
        Ok(sums)
    }

    fn compare(&mut self, sums: &BTreeMap<At, Sums>) -> Result<()> {
        let nothing = Sums::default();
        for at in 0..At::try_from(self.cases.len()).map_err(Error::internal)? {
            let case = &mut self.cases[at as usize];
            let mut others: Vec<(Option<u64>, Other)> = Vec::new();
            match &mut case.claimed {
                None if case.public_then && !case.hidden_since => {
                    let expected = "what the site says of a public case".to_owned();
                    others.push((None, Other { what: "claim", expected, found: "nothing".to_owned() }));
                }
                None => {}
                Some(claimed) => {
                    let audited = self.stated.as_ref().map(|_| sums.get(&at).unwrap_or(&nothing));
                    self.thresholds += claimed.claim.thresholds.len() as u64;
                    claimed.compare(&mut self.library, audited, &mut others)?;
                }
            }
            for (leaf, other) in others {
                self.differs(at, leaf, other);
            }
        }
        Ok(())
    }
}

impl Claimed {
    fn new(claim: Claim) -> Result<Self> {
        let mut tally = Tally::default();
        for (text, count) in &claim.days {
            let day = tally::day(text).ok_or_else(|| claim_error(format_args!("{text} is no day")))?;
            tally.days.entry(day).or_default().1 += count;
        }
        let moves_on = claim.history.iter().any(|entry| entry.version.is_some());
        Ok(Self {
            claim,
            tally,
            reading: Reading::new(),
            moves_on,
            version: None,
            open: Vec::new(),
            reached: Vec::new(),
            right: Vec::new(),
            public: false,
        })
    }

    /// From here on the case stands on this definition.
    fn stand_on(&mut self, library: &mut Library, version: &str, others: &mut Vec<Other>) -> Result<()> {
        self.version = Some(version.to_owned());
        let definition = match library.get(version)? {
            Known::Here(definition) => Some(definition),
            Known::Missing => {
                let expected = format!("services/{version}.toml");
                others.push(Other { what: "version", expected, found: "no such file".to_owned() });
                None
            }
            Known::Wrong(what) => {
                others.push(Other { what: "version", expected: format!("services/{version}.toml"), found: what });
                None
            }
        };
        self.open = definition.as_deref().map(|definition| self.thresholds_of(definition)).unwrap_or_default();
        self.reading.definition = definition;
        Ok(())
    }

    fn thresholds_of(&self, definition: &Definition) -> Vec<(i64, String)> {
        let open = definition.thresholds.iter().filter(|threshold| !self.reached.iter().any(|r| r.id == threshold.id));
        open.map(|threshold| (threshold.count, threshold.id.clone())).collect()
    }

    fn support(&mut self, moved: &Move, leaf: &LeafView<'_>) {
        self.tally.add(moved, leaf.index);
        let (position, at, count) = (leaf.index + 1, leaf.at, self.tally.total);
        let here = |id: &str| Reached { id: id.to_owned(), position, at, count };
        for claimed in self.claim.thresholds.iter().filter(|claimed| claimed.position == position) {
            if *claimed == here(&claimed.id) {
                self.right.push(claimed.id.clone());
            }
        }
        if self.open.iter().any(|(least, _)| *least <= count) {
            let (now, later) = std::mem::take(&mut self.open).into_iter().partition(|(least, _)| *least <= count);
            self.open = later;
            let now: Vec<(i64, String)> = now;
            self.reached.extend(now.iter().map(|(_, id)| here(id)));
        }
    }

    fn compare(
        &mut self,
        library: &mut Library,
        audited: Option<&Sums>,
        others: &mut Vec<(Option<u64>, Other)>,
    ) -> Result<()> {
        let last = self.tally.last;
        let mut add = |leaf: Option<u64>, what: &'static str, expected: String, found: String| {
            others.push((leaf, Other { what, expected, found }));
        };
        if !self.public {
            add(None, "claim", "no public case".to_owned(), format!("{} as a public one", self.claim.number));
        }
        if self.tally.total != self.claim.total {
            add(last, "total", self.tally.total.to_string(), self.claim.total.to_string());
        }
        for (day, (counted, claimed)) in &self.tally.days {
            if counted != claimed {
                let day = tally::day_text(*day);
                add(last, "day", format!("{counted} on {day}"), format!("{claimed} on {day}"));
            }
        }
        for reached in &self.reached {
            let claimed = self.claim.thresholds.iter().find(|claimed| claimed.id == reached.id);
            let moved = self.moves_on && claimed.is_some_and(|claimed| self.right.contains(&claimed.id));
            if claimed != Some(reached) && !moved {
                let found = claimed.map_or_else(|| "none".to_owned(), spell);
                add(Some(reached.position - 1), "threshold", spell(reached), found);
            }
        }
        for claimed in &self.claim.thresholds {
            let counted = self.reached.iter().any(|reached| reached.id == claimed.id);
            let right = self.moves_on && self.right.contains(&claimed.id);
            if !counted && !right {
                add(claimed.position.checked_sub(1), "threshold", "none".to_owned(), spell(claimed));
            }
        }
        if self.version.as_ref().is_some_and(|version| *version != self.claim.version) {
            let expected = self.version.clone().unwrap_or_default();
            add(None, "version", expected, self.claim.version.clone());
        }
        if let Some(sums) = audited {
            let shown = [("region", &sums.regions, &self.claim.regions), ("age", &sums.ages, &self.claim.ages)];
            for (what, counted, claimed) in shown {
                for (code, found) in claimed {
                    let opened = counted.get(code).copied().unwrap_or(0);
                    // Of who is erased nobody can tell any more what was stated.
                    if !(opened..=opened + sums.unopened).contains(found) {
                        let word = if code.is_empty() { "not stated" } else { code };
                        add(last, what, format!("{opened} {word}"), format!("{found} {word}"));
                    }
                }
            }
        }
        let mut history = Vec::new();
        if self.version.is_none() {
            // The claim's own definition was never looked for: it must be there all the same.
            let version = self.claim.version.clone();
            self.stand_on(library, &version, &mut history)?;
        }
        self.reading.finish(&self.claim, self.public, &mut history);
        others.extend(history.into_iter().map(|other| (None, other)));
        Ok(())
    }
}

fn spell(reached: &Reached) -> String {
    let Reached { id, position, at, count } = reached;
    format!("{id} at position {position}, {}, with {count}", Time::from_micros(*at).rfc3339())
}

fn claim_error(why: impl std::fmt::Display) -> Error {
    Error::invalid("verify.claim-line").arg("why", why)
}

impl ledger::Recount for Recount {
    fn name(&self) -> &'static str {
        NAME
    }

    fn claim(&mut self, line: &str) -> Result<()> {
        let claim: Claim = serde_json::from_str(line).map_err(claim_error)?;
        let twice = || claim_error(format_args!("{} is claimed twice", claim.case));
        let at = self.at(&claim.case).ok_or_else(|| claim_error(format_args!("{} is no case", claim.case)))?;
        if self.cases[at as usize].claimed.is_some() {
            return Err(twice());
        }
        self.least = self.least.min(claim.position);
        self.claims += 1;
        let version = claim.version.clone();
        let mut claimed = Claimed::new(claim)?;
        let mut others = Vec::new();
        if !claimed.moves_on {
            // It has stood on one definition all along.
            claimed.stand_on(&mut self.library, &version, &mut others)?;
        }
        self.cases[at as usize].claimed = Some(Box::new(claimed));
        for other in others {
            self.differs(at, None, other);
        }
        Ok(())
    }

    fn salt(&mut self, line: &str) -> Result<()> {
        let stated = match &mut self.stated {
            Some(stated) => stated,
            None => self.stated.insert(Stated::new((self.spill)()?)),
        };
        stated.salt(line)
    }

    fn leaf(&mut self, leaf: &LeafView<'_>) -> Result<()> {
        if let Some(by) = tally::step(leaf.kind) {
            match self.at(leaf.object) {
                Some(at) => return self.support(at, by, leaf),
                None => self.tell(Difference {
                    by: NAME,
                    what: "leaf".to_owned(),
                    object: leaf.object.to_owned(),
                    name: String::new(),
                    expected: "a case".to_owned(),
                    found: leaf.object.to_owned(),
                    leaf: Some(leaf.index),
                }),
            }
            return Ok(());
        }
        if leaf.kind.starts_with("case.")
            && let Some(at) = self.at(leaf.object)
        {
            return self.record(at, leaf);
        }
        Ok(())
    }

    fn finish(&mut self, found: &mut Vec<Difference>) -> Result<Recounted> {
        if self.claims == 0 {
            self.least = 0;
            for case in &mut self.cases {
                case.public_then = false;
            }
        }
        let sums = self.persons()?;
        self.compare(&sums)?;
        self.found.sort_by_key(|difference| difference.leaf.unwrap_or(u64::MAX));
        found.append(&mut self.found);
        let counting = self.cases.iter().filter_map(|case| case.claimed.as_ref());
        let supports = counting.map(|claimed| u64::try_from(claimed.tally.total).unwrap_or(0)).sum();
        let mut counts = BTreeMap::from([
            ("cases", self.claims),
            ("supports", supports),
            ("states", self.states),
            ("thresholds", self.thresholds),
        ]);
        if let Some(stated) = &self.stated {
            counts.insert("salts", stated.salts);
        }
        Ok(Recounted { name: NAME, leaves: self.leaves, claims: self.claims, counts })
    }
}
