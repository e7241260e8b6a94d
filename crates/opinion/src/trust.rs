//! How far a map can be trusted: how firm its groups are, how good its votes, and warnings when it means nothing.

use serde::Serialize;

use crate::map::{Map, choose, number_of_groups, places};
use crate::matrix::{Columns, Votes};
use crate::random::Random;
use crate::settings::Settings;
use crate::stability::{Stability, sample, stability};
use crate::votes::{Cell, Choice, Conversation};

/// People with enough votes that groups can be told from chance with.
const PEOPLE: usize = 50;
/// Statements on the map, and votes of a person, that it takes.
const STATEMENTS: usize = 7;
/// Votes that are enough to tell a person who always votes the same, or as another.
const VOTES: usize = 7;
/// Kaufman and Rousseeuw, "Finding Groups in Data" (1990): up to this silhouette, "no substantial structure has been found".
/// k-means finds 0.3 to 0.4 in any round cloud, so only [`Warning::LikeChance`] tells a weak structure from none.
const SILHOUETTE: f64 = 0.25;
/// From this share of the grouped people on, one group is a bloc.
const BLOC: f64 = 0.95;
/// How many times what chance gives the first axis must explain.
const CHANCE: f64 = 1.1;
/// Shuffles of the votes; the one that explains most counts.
const SHUFFLES: u64 = 5;
/// Hennig's bound for a group that is none.
const FOUND_AGAIN: f64 = 0.6;
/// Share of the people with enough votes that may vote the same on everything.
const SAME: f64 = 0.05;
/// Share, and number, of people that may have identical votes.
const IDENTICAL: (f64, usize) = (0.02, 10);

/// How far a map can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    pub quality: Quality,
    /// None when there are no groups.
    pub stability: Option<Stability>,
    /// None when there are no groups.
    pub by_chance: Option<ByChance>,
    /// Most serious first. Empty: nothing against the map was found.
    pub warnings: Vec<Warning>,
}

/// The votes beside the same votes shuffled: each statement's votes dealt out anew among those who voted on it, so that
/// every statement keeps its result and every person the number of votes, but nobody's votes hang together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ByChance {
    /// Share of the variance that the first axis explains, for the people drawn (at most [`Trials::people_at_most`]).
    pub share: f64,
    /// The same after shuffling: the largest of five.
    pub share_shuffled: f64,
    /// The best mean silhouette after shuffling: the largest of five. To be compared with that of the map.
    pub silhouette_shuffled: f64,
}

/// What to compute for an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trials {
    /// Where the drawing of halves and the shuffling of votes begin. The same seed gives the same assessment.
    pub seed: u64,
    /// Halves of the people to draw.
    pub rounds: usize,
    /// At most so many people are drawn for a half and for a shuffle; more people make groups no firmer than this tells.
    pub people_at_most: usize,
}

impl Default for Trials {
    fn default() -> Self {
        Self { seed: 1, rounds: 20, people_at_most: 5_000 }
    }
}

/// How good the votes are.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Quality {
    pub people: usize,
    /// People with enough votes to be grouped.
    pub grouped: usize,
    /// Statements on the map (not removed, not meta).
    pub statements: usize,
    /// Statements on the map that fewer than seven people saw.
    pub statements_hardly_seen: usize,
    /// Votes on these statements.
    pub votes: usize,
    /// The middle one of the numbers of votes that people gave.
    pub votes_per_person: u32,
    /// Votes ÷ (people × statements), 0 to 1.
    pub filled: f64,
    /// Passes ÷ votes.
    pub passes: f64,
    /// People with seven or more votes that are all the same (all agree, or all disagree, or all pass).
    pub all_the_same: usize,
    /// The most people that gave exactly the same votes on exactly the same statements (seven or more votes); 0 if none.
    pub identical: usize,
}

/// Why a map may mean nothing. Shares are 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "warning")]
pub enum Warning {
    /// There are no votes.
    NoVotes,
    /// All votes on each statement are equal: there is nothing to map.
    AllVotesEqual,
    /// Fewer people with enough votes than groups can be told from chance with (50).
    TooFewPeople { grouped: usize, needed: usize },
    /// Fewer statements on the map than it takes (7).
    TooFewStatements { statements: usize, needed: usize },
    /// The middle person voted on fewer statements than it takes to be grouped.
    TooFewVotes { votes_per_person: u32, needed: u32 },
    /// The people all stand in one place or the number of different places is below two: there are no groups.
    NoGroups,
    /// The best number of groups has a mean silhouette below 0.25 (Kaufman and Rousseeuw 1990: "no substantial structure").
    Shapeless { silhouette: f64, bound: f64 },
    /// Nearly everybody (95 %) is in one group.
    OneBloc { share: f64 },
    /// The first axis explains hardly more than with votes shuffled among those who voted on the same statement (less than
    /// 1.1 times as much).
    LikeChance { share: f64, by_chance: f64 },
    /// A group could not be found again in random halves of the people ([`crate::GroupStability::found_again`] below 0.6).
    UnstableGroup { group: usize, found_again: f64 },
    /// Many people (5 %) gave seven or more votes that are all the same: programs, or people who did not read.
    AllTheSame { share: f64, people: usize },
    /// Many people (at least ten, and 2 %) gave exactly the same votes on exactly the same statements.
    Identical { share: f64, people: usize },
}

/// How far `map`, made from this conversation with these settings, can be trusted.
#[must_use]
pub fn assess(conversation: &Conversation, map: &Map, settings: &Settings, trials: Trials) -> Assessment {
    let columns = Columns::of(conversation);
    let everybody = Votes::everybody(conversation, &columns);
    let quality = quality(&everybody, map);
    let groups = !map.groups.is_empty();
    let stability = if groups { stability(conversation, map, settings, trials) } else { None };
    let by_chance = groups.then(|| by_chance(conversation, map, &columns, settings, trials));
    let warnings = warnings(&everybody, map, settings, &quality, stability.as_ref(), by_chance.as_ref());
    Assessment { quality, stability, by_chance, warnings }
}

/// A person's votes on the statements of the map.
fn on_map(row: &[Cell], columns: &Columns) -> Vec<Cell> {
    row.iter().copied().filter(|cell| columns.place(*cell).is_some()).collect()
}

fn quality(votes: &Votes<'_>, map: &Map) -> Quality {
    let rows: Vec<Vec<Cell>> = votes.rows.iter().map(|row| on_map(row, votes.columns)).collect();
    let mut lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
    lengths.sort_unstable();
    let total: usize = lengths.iter().sum();
    let middle = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let passes = rows.iter().flatten().filter(|cell| cell.choice() == Choice::Pass).count();
    let mut long: Vec<&Vec<Cell>> = rows.iter().filter(|row| row.len() >= VOTES).collect();
    let all_the_same = long.iter().filter(|row| row.iter().all(|cell| cell.choice() == row[0].choice())).count();
    long.sort_unstable();
    let identical = long.chunk_by(|a, b| a == b).map(<[_]>::len).max().filter(|&people| people > 1).unwrap_or(0);
    let part = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    Quality {
        people: rows.len(),
        grouped: map.people.iter().filter(|person| person.base_cluster.is_some()).count(),
        statements: votes.columns.count(),
        statements_hardly_seen: votes.seen().iter().filter(|&&seen| (seen as usize) < STATEMENTS).count(),
        votes: total,
        votes_per_person: u32::try_from(middle).unwrap_or(u32::MAX),
        filled: part(total, rows.len() * votes.columns.count()),
        passes: part(passes, total),
        all_the_same,
        identical,
    }
}

fn by_chance(
    conversation: &Conversation,
    map: &Map,
    columns: &Columns,
    settings: &Settings,
    trials: Trials,
) -> ByChance {
    let mut rows: Vec<&[Cell]> = conversation
        .rows()
        .iter()
        .zip(&map.people)
        .filter(|(_, person)| person.group.is_some())
        .map(|(row, _)| row.as_slice())
        .collect();
    sample(&mut rows, trials.people_at_most, &mut Random::new(trials.seed));
    let own = places(Votes::new(rows.clone(), columns), &[], settings, None, None);
    let mut found = ByChance { share: own.axes.components[0].share, share_shuffled: 0.0, silhouette_shuffled: -1.0 };
    for round in 0..SHUFFLES {
        let shuffled = shuffled(&rows, columns, &mut Random::new(trials.seed ^ (round + 1).wrapping_mul(0x85eb_ca6b)));
        let votes = Votes::new(shuffled.iter().map(Vec::as_slice).collect(), columns);
        let places = places(votes, &[], settings, None, None);
        found.share_shuffled = found.share_shuffled.max(places.axes.components[0].share);
        if let Some(best) = choose(&number_of_groups(&places.people, settings).groupings) {
            found.silhouette_shuffled = found.silhouette_shuffled.max(best.silhouette);
        }
    }
    found
}

/// Deals out each statement's votes anew among those who voted on it.
fn shuffled(rows: &[&[Cell]], columns: &Columns, random: &mut Random) -> Vec<Vec<Cell>> {
    let mut given: Vec<Vec<Choice>> = vec![Vec::new(); columns.count()];
    for cell in rows.iter().copied().flatten() {
        if let Some(place) = columns.place(*cell) {
            given[place].push(cell.choice());
        }
    }
    for choices in &mut given {
        let count = choices.len();
        random.shuffle_front(choices, count);
    }
    let mut dealt = |cell: &Cell| Some(Cell::at(cell.column(), given[columns.place(*cell)?].pop()?));
    rows.iter().map(|row| row.iter().filter_map(&mut dealt).collect()).collect()
}

/// What speaks against the map, the most serious first.
fn warnings(
    votes: &Votes<'_>,
    map: &Map,
    settings: &Settings,
    quality: &Quality,
    stability: Option<&Stability>,
    by_chance: Option<&ByChance>,
) -> Vec<Warning> {
    if quality.votes == 0 {
        return vec![Warning::NoVotes];
    }
    let mut found = Vec::new();
    if votes.all_equal() {
        found.push(Warning::AllVotesEqual);
    } else if map.groups.is_empty() {
        found.push(Warning::NoGroups);
    }
    if quality.grouped < PEOPLE {
        found.push(Warning::TooFewPeople { grouped: quality.grouped, needed: PEOPLE });
    }
    if quality.statements < STATEMENTS {
        found.push(Warning::TooFewStatements { statements: quality.statements, needed: STATEMENTS });
    }
    let needed = settings.votes_to_be_grouped.min(quality.statements);
    if (quality.votes_per_person as usize) < needed {
        let needed = u32::try_from(needed).unwrap_or(u32::MAX);
        found.push(Warning::TooFewVotes { votes_per_person: quality.votes_per_person, needed });
    }
    if let Some(chance) = by_chance.filter(|chance| chance.share < CHANCE * chance.share_shuffled) {
        found.push(Warning::LikeChance { share: chance.share, by_chance: chance.share_shuffled });
    }
    // Of groups that are one place each there is no silhouette, and nothing could be clearer.
    let spread = map.base_clusters.len() > map.groups.len();
    if let Some(used) = map.tried.iter().find(|tried| spread && tried.used && tried.silhouette < SILHOUETTE) {
        found.push(Warning::Shapeless { silhouette: used.silhouette, bound: SILHOUETTE });
    }
    let grouped = quality.grouped.max(1) as f64;
    if let Some(share) = map.groups.first().map(|group| group.people as f64 / grouped).filter(|&share| share >= BLOC) {
        found.push(Warning::OneBloc { share });
    }
    for (group, firm) in stability.iter().flat_map(|stability| stability.groups.iter().enumerate()) {
        if firm.found_again < FOUND_AGAIN {
            found.push(Warning::UnstableGroup { group, found_again: firm.found_again });
        }
    }
    let people = quality.people.max(1) as f64;
    let share = quality.all_the_same as f64 / people;
    if share >= SAME {
        found.push(Warning::AllTheSame { share, people: quality.all_the_same });
    }
    let share = quality.identical as f64 / people;
    if share >= IDENTICAL.0 && quality.identical >= IDENTICAL.1 {
        found.push(Warning::Identical { share, people: quality.identical });
    }
    found
}
