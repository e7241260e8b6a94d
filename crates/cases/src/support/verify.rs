//! The recount: everything again from the change feed, beside what is stored.

use std::collections::{BTreeMap, HashMap};

use madang_base::{Error, Kind, Result, Time};
use madang_db::Tx;
use madang_kernel::{Ref, change, ledger};

use super::act::{GIVEN, WITHDRAWN};
use super::fold::{Move, step};
use super::{Difference, Dimension, Status, Verified, store};
use crate::context::Cases;

/// Differences that are told; more would say nothing new.
const MOST: usize = 100;
const PAGE: u32 = 1000;

/// Counts all supports again from the change feed up to `position` (none: up to its head) and compares with what is
/// stored: totals, days, regions, age bands, the rows of the supporters, thresholds. What is stored holds at the head, so
/// at an earlier position only the thresholds reached until then are compared, and the number says what it was.
///
/// # Errors
/// `support.position` when the feed does not reach so far; those of the database.
pub fn verify(tx: &mut Tx, cases: &Cases, position: Option<i64>) -> Result<Verified> {
    let head = change::head(tx)?;
    let position = position.unwrap_or(head);
    if !(0..=head).contains(&position) {
        return Err(Error::invalid("support.position").arg("position", position).arg("head", head));
    }
    let mut verified = Verified { position, cases: 0, supports: 0, differences: Vec::new() };
    let mut after = String::new();
    while let Some(last) = some(tx, cases, position, &after, &mut verified)? {
        if verified.differences.len() >= MOST {
            break;
        }
        after = last;
    }
    Ok(verified)
}

/// The same of the cases after `after`, up to a thousand; the last of them, none when there are no more.
///
/// # Errors
/// Those of the database.
pub(crate) fn some(
    tx: &mut Tx,
    cases: &Cases,
    position: i64,
    after: &str,
    verified: &mut Verified,
) -> Result<Option<String>> {
    let head = change::head(tx)?;
    let mut page = change::objects_with(tx, GIVEN, &reference(after), PAGE)?;
    for object in &mut page {
        *object = object.trim_start_matches("case:").to_owned();
    }
    page.extend(store::counted(tx, after, PAGE)?);
    page.extend(store::supported(tx, after, PAGE)?);
    page.sort_unstable();
    page.dedup();
    // Each of the three lists is complete up to its end only.
    page.truncate(PAGE as usize);
    let Some(last) = page.last().cloned() else { return Ok(None) };
    for case in &page {
        let outcome = Recount::new(tx, cases, case, position, head).and_then(|recount| recount.compare(tx, verified));
        match outcome {
            Err(error) if error.kind() == Kind::Unavailable => return Err(error),
            // What somebody wrote into the rows cannot be read. (After a failed statement the transaction fails as well.)
            Err(error) => verified.differences.push(Difference {
                what: "unreadable",
                case: case.clone(),
                number: store::about(tx, case)?.unwrap_or_default().0,
                value: String::new(),
                expected: "rows and events that can be read".to_owned(),
                found: error.to_string(),
                position: None,
            }),
            Ok(()) => {}
        }
        if verified.differences.len() >= MOST {
            break;
        }
    }
    Ok(Some(last))
}

fn reference(case: &str) -> String {
    format!("case:{case}")
}

/// Where a person stands after the events so far.
#[derive(Clone)]
struct Person {
    status: Status,
    day: String,
    position: i64,
}

struct Recount<'a> {
    case: &'a str,
    number: String,
    thresholds: Vec<(String, i64)>,
    breakdown: bool,
    at_head: bool,
    persons: HashMap<String, Person>,
    /// The first position at which the running total reached a threshold: id → position, time, count.
    reached: BTreeMap<String, (i64, Time, i64)>,
    total: i64,
    position: i64,
}

impl<'a> Recount<'a> {
    fn new(tx: &mut Tx, cases: &Cases, case: &'a str, position: i64, head: i64) -> Result<Self> {
        let (number, version) = store::about(tx, case)?.unwrap_or_default();
        let version = if version.is_empty() { None } else { Some(cases.services.version(tx, &version)?) };
        let definition = version.as_ref().map(|version| &version.definition);
        let mut recount = Self {
            case,
            number,
            thresholds: definition.map_or_else(Vec::new, |definition| {
                definition.thresholds.iter().map(|threshold| (threshold.id.clone(), threshold.count)).collect()
            }),
            breakdown: definition.and_then(|d| d.support.as_ref()).is_some_and(|support| support.breakdown),
            at_head: position == head,
            persons: HashMap::new(),
            reached: BTreeMap::new(),
            total: 0,
            position,
        };
        let object: Ref = reference(case).parse()?;
        let mut after = 0;
        loop {
            let page = change::of_object(tx, &object, after, position, PAGE)?;
            let Some(last) = page.last() else { return Ok(recount) };
            after = last.position;
            for change in &page {
                if let Some(by) = step(&change.kind) {
                    let moved = Move::read(change.position, change.at, by, &change.json)?;
                    recount.total += by;
                    recount.reach(&moved);
                    recount.persons.insert(moved.nullifier.to_owned(), person(&change.kind, &moved));
                }
            }
        }
    }

    fn reach(&mut self, moved: &Move<'_>) {
        for (id, count) in &self.thresholds {
            if self.total >= *count && !self.reached.contains_key(id) {
                self.reached.insert(id.clone(), (moved.position, moved.at, self.total));
            }
        }
    }

    fn compare(mut self, tx: &mut Tx, verified: &mut Verified) -> Result<()> {
        verified.cases += 1;
        let given = self.persons.values().filter(|person| person.status == Status::Given).count();
        verified.supports += i64::try_from(given).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        if self.total != i64::try_from(given).unwrap_or(i64::MAX) {
            // The feed itself gives twice, or takes what was not given.
            found.push(self.difference("feed", "", given, self.total, None));
        }
        self.thresholds_differ(tx, &mut found)?;
        if self.at_head {
            let (regions, ages) = self.rows_differ(tx, &mut found)?;
            self.counts_differ(tx, regions, ages, &mut found)?;
        }
        verified.differences.extend(found);
        verified.differences.truncate(MOST);
        Ok(())
    }

    fn difference(
        &self,
        what: &'static str,
        value: &str,
        expected: impl ToString,
        found: impl ToString,
        position: Option<i64>,
    ) -> Difference {
        Difference {
            what,
            case: self.case.to_owned(),
            number: self.number.clone(),
            value: value.to_owned(),
            expected: expected.to_string(),
            found: found.to_string(),
            position,
        }
    }

    fn thresholds_differ(&self, tx: &mut Tx, found: &mut Vec<Difference>) -> Result<()> {
        let stored = store::reached(tx, self.case)?;
        let spell = |position: i64, at: Time, count: i64| format!("{count} at position {position}, {}", at.rfc3339());
        for (id, (position, at, count)) in &self.reached {
            let expected = spell(*position, *at, *count);
            let here = stored.iter().find(|reached| reached.threshold == *id);
            let there = here.map_or_else(|| "none".to_owned(), |here| spell(here.position, here.at, here.count));
            // A definition that a case was moved to may set a threshold that had been passed long before.
            let later = here.is_some_and(|here| here.position > *position);
            if expected != there && !later {
                found.push(self.difference("threshold", id, expected, there, Some(*position)));
            }
        }
        for here in stored.iter().filter(|here| here.position <= self.position) {
            if self.thresholds.iter().any(|(id, _)| *id == here.threshold)
                && !self.reached.contains_key(&here.threshold)
            {
                let there = spell(here.position, here.at, here.count);
                found.push(self.difference("threshold", &here.threshold, "none", there, Some(here.position)));
            }
        }
        Ok(())
    }

    /// Compares the rows, and adds up what those who count have stated.
    fn rows_differ(&mut self, tx: &mut Tx, found: &mut Vec<Difference>) -> Result<(Sums, Sums)> {
        let (mut regions, mut ages) = (Sums::new(), Sums::new());
        let mut expected = std::mem::take(&mut self.persons);
        let counted: HashMap<String, bool> =
            expected.iter().map(|(hex, person)| (hex.clone(), person.status == Status::Given)).collect();
        self.persons.clone_from(&expected);
        // The rows are ahead of the feed by what waits in the inbox.
        for (kind, json) in ledger::pending(tx, &reference(self.case).parse()?)? {
            if let Some(by) = step(&kind) {
                let moved = Move::read(0, Time::from_micros(0), by, &json)?;
                expected.insert(moved.nullifier.to_owned(), person(&kind, &moved));
            }
        }
        let mut after = String::new();
        loop {
            let page = store::lines(tx, self.case, &after, PAGE)?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.nullifier);
            for line in page {
                if counted.get(&line.nullifier) == Some(&true) {
                    *regions.entry(line.region.clone().unwrap_or_default()).or_default() += 1;
                    *ages.entry(line.age_band.clone().unwrap_or_default()).or_default() += 1;
                }
                let short = &line.nullifier[..line.nullifier.len().min(12)];
                let Some(person) = expected.remove(&line.nullifier) else {
                    found.push(self.difference("row", short, "none", line.status, None));
                    continue;
                };
                let day = line.at.kst_date().to_string();
                if person.status != line.status {
                    found.push(self.difference("row", short, person.status, line.status, place(person.position)));
                } else if person.status == Status::Given && person.day != day {
                    found.push(self.difference("row", short, person.day, day, place(person.position)));
                }
            }
        }
        let mut missing: Vec<_> = expected.into_iter().collect();
        missing.sort_by_key(|(_, person)| person.position);
        for (hex, person) in missing {
            let short = &hex[..hex.len().min(12)];
            found.push(self.difference("row", short, person.status, "none", place(person.position)));
        }
        Ok((regions, ages))
    }

    fn counts_differ(&self, tx: &mut Tx, regions: Sums, ages: Sums, found: &mut Vec<Difference>) -> Result<()> {
        let mut expected = BTreeMap::<(Dimension, String), i64>::new();
        expected.insert((Dimension::Total, String::new()), self.total);
        for person in self.persons.values().filter(|person| person.status == Status::Given) {
            *expected.entry((Dimension::Day, person.day.clone())).or_default() += 1;
        }
        if self.breakdown {
            expected.extend(regions.into_iter().map(|(value, count)| ((Dimension::Region, value), count)));
            expected.extend(ages.into_iter().map(|(value, count)| ((Dimension::Age, value), count)));
        }
        for stored in store::counts(tx, self.case)? {
            let count = expected.remove(&(stored.dimension, stored.value.clone())).unwrap_or(0);
            if count != stored.count {
                let position = Some(stored.position);
                found.push(self.difference(word(stored.dimension), &stored.value, count, stored.count, position));
            }
        }
        for ((dimension, value), count) in expected.into_iter().filter(|(_, count)| *count != 0) {
            found.push(self.difference(word(dimension), &value, count, "none", None));
        }
        Ok(())
    }
}

type Sums = BTreeMap<String, i64>;

fn place(position: i64) -> Option<i64> {
    (position > 0).then_some(position)
}

fn word(dimension: Dimension) -> &'static str {
    dimension.code()
}

fn person(kind: &str, moved: &Move<'_>) -> Person {
    let status = match moved.by {
        1 => Status::Given,
        _ if kind == WITHDRAWN => Status::Withdrawn,
        _ => Status::Excluded,
    };
    Person { status, day: moved.day.to_owned(), position: moved.position }
}
