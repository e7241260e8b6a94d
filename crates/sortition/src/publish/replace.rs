//! `replacements.json`: who came in for those who declined, drawn from the same seed.

use std::collections::BTreeSet;

use madang_base::Error;
use serde::{Deserialize, Serialize};

use super::{Drawn, Published, REPLACEMENTS, json};
use crate::ceremony::Stream;
use crate::replacement;

/// One person leaves, another comes in. Indices into the pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub out: usize,
    /// None when nobody fits: the quotas can no longer be met.
    pub come: Option<usize>,
    /// Whether the new person stood in reserve for this seat.
    pub reserve: bool,
    /// In how many features the two differ.
    pub differences: usize,
}

/// Replaces people in the order in which they declined; `leaving` are all who declined since the draw, by label.
///
/// First those in reserve for the seat are asked, in their order, if no quota is more broken with them; then somebody is
/// drawn with the stream called `replacement N` (N from 1, the place in `leaving`). Nobody is asked twice.
///
/// # Errors
/// `sortition.replace-unknown` (no such label), `sortition.replace-absent` (not on the committee at that moment).
pub fn replace(published: &Published, drawn: &Drawn, leaving: &[String]) -> Result<Vec<Step>, Error> {
    let solution = &published.solution;
    let people = &solution.task.pool.people;
    let mut committee = drawn.people.clone();
    // For each member of the committee the seat: whose list of reserves is theirs.
    let mut seats: Vec<usize> = (0..committee.len()).collect();
    let mut asked: BTreeSet<usize> = BTreeSet::new();
    let mut reserved: BTreeSet<usize> =
        drawn.reserves.iter().flat_map(|(_, list)| list.iter().map(|it| it.person)).collect();
    let mut steps = Vec::with_capacity(leaving.len());
    for (label, number) in leaving.iter().zip(1_u64..) {
        let out = people.binary_search_by(|person| person.id.as_str().cmp(label)).map_err(|_| {
            Error::invalid("sortition.replace-unknown").arg("label", label.chars().take(40).collect::<String>())
        })?;
        let place = committee.iter().position(|person| *person == out);
        let place = place.ok_or_else(|| Error::invalid("sortition.replace-absent").arg("label", label))?;
        asked.insert(out);
        let seat = seats[place];
        let list = drawn.reserves.get(seat).map_or(&[][..], |(_, list)| list);
        let fits = |person: usize| {
            let mut next = committee.clone();
            next[place] = person;
            !asked.contains(&person) && no_worse(published, &committee, &next) && lives_apart(published, &next)
        };
        let stands_by = list.iter().map(|it| it.person).find(|person| fits(*person));
        let come = stands_by.or_else(|| {
            let mut stream = Stream::new(&drawn.seed, &format!("replacement {number}"));
            // Those in reserve for other seats are left to them.
            let away: Vec<usize> = asked
                .union(&reserved)
                .copied()
                .filter(|person| !committee.contains(person) || *person == out)
                .collect();
            let found = replacement(solution, &committee, out, &away, &mut |n| stream.below(n));
            found.map(|found| found.person)
        });
        let differences = come.map_or(0, |come| {
            people[come].values.iter().zip(&people[out].values).filter(|(new, old)| new != old).count()
        });
        steps.push(Step { out, come, reserve: stands_by.is_some(), differences });
        match come {
            Some(come) => {
                asked.insert(come);
                reserved.remove(&come);
                committee[place] = come;
            }
            None => {
                committee.remove(place);
                seats.remove(place);
            }
        }
    }
    Ok(steps)
}

/// Whether no limit is more broken by `after` than by `before`.
fn no_worse(published: &Published, before: &[usize], after: &[usize]) -> bool {
    let task = &published.solution.task;
    let broken = task.broken(before);
    task.broken(after).iter().all(|(limit, range, seats)| {
        let off = |seats: u32| range.min.saturating_sub(seats) + range.max.map_or(0, |max| seats.saturating_sub(max));
        broken.iter().any(|(known, _, were)| known == limit && off(*seats) <= off(*were))
    })
}

fn lives_apart(published: &Published, committee: &[usize]) -> bool {
    let task = &published.solution.task;
    let mut homes = BTreeSet::new();
    !task.one_per_household
        || committee.iter().filter_map(|at| task.pool.people[*at].household.as_ref()).all(|home| homes.insert(home))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub format: String,
    pub replacements: Vec<StepRow>,
    /// SHA-256 of `result.json`.
    pub result: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepRow {
    pub come: Option<String>,
    pub differences: usize,
    pub out: String,
    pub reserve: bool,
}

/// The file; `result` is the hash of `result.json`.
#[must_use]
pub fn write(published: &Published, result: &str, steps: &[Step]) -> String {
    let label = |at: usize| published.solution.task.pool.people[at].id.clone();
    let row = |step: &Step| StepRow {
        come: step.come.map(label),
        differences: step.differences,
        out: label(step.out),
        reserve: step.reserve,
    };
    super::text_of(&Document {
        format: REPLACEMENTS.to_owned(),
        replacements: steps.iter().map(row).collect(),
        result: result.to_owned(),
    })
}

pub(super) fn read(text: &str) -> Result<Document, Error> {
    json::read(text, "replacements.json", REPLACEMENTS)
}
