//! Opinion maps: ours beside red-dwarf, which makes the maps of Polis in Python.
//!
//! Time is that from the votes in memory, in the order they were cast, to the whole map: positions, groups, statements. No
//! reading of files, on both sides. red-dwarf knows no base clusters and asks for its own seed; where it is compared with
//! the published groups of a conversation, the mean over five seeds stands beside ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use madang_opinion::generate::{Recipe, conversation};
use madang_opinion::{
    Choice, Conversation, Live, Map, PersonId, Settings, StatementId, Trials, Vote, adjusted_rand, assess, map,
};
use serde_json::json;

use crate::folder::Folder;
use crate::peer::Peer;
use crate::report::{Row, median};
use crate::{Asked, Failure};

/// Ours is made this often; the median counts.
const ROUNDS: usize = 7;
/// Votes that arrive one by one.
const ARRIVALS: u64 = 31;
const FASTER: f64 = 30.0;
const SCRATCH_SECONDS: f64 = 1.0;
const ARRIVAL_MILLISECONDS: f64 = 50.0;
/// Adjusted Rand index with the published groups.
const PUBLISHED: f64 = 0.8;

/// A conversation that red-dwarf can do: a large town.
const TOWN: Recipe =
    Recipe { people: 10_000, statements: 300, votes: 400_000, groups: 3, divisive: 0.5, noise: 0.3, seed: 1 };
/// The largest that the product has to carry.
const NATION: Recipe =
    Recipe { people: 33_000, statements: 1_000, votes: 2_020_000, groups: 4, divisive: 0.5, noise: 0.3, seed: 1 };
/// More statements than counts of pairs are kept for.
const MANY: Recipe =
    Recipe { people: 20_000, statements: 10_000, votes: 1_000_000, groups: 3, divisive: 0.5, noise: 0.1, seed: 1 };

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    if wanted("published") {
        rows.extend(published()?);
    }
    if wanted("town") {
        rows.extend(town()?);
    }
    if wanted("nation") {
        rows.extend(nation());
    }
    if wanted("many") {
        let (votes, _) = conversation(&MANY);
        let (seconds, _) = timed(&votes, &Settings::default(), 3);
        let what = format!("20,000 people, 10,000 statements, {} votes, from scratch", votes.len());
        rows.push(Row::below(&what, seconds, "s", None, 10.0));
    }
    Ok(rows)
}

/// The seconds of a map from scratch, and the map.
fn timed(votes: &[Vote], settings: &Settings, rounds: usize) -> (f64, Map) {
    let mut seconds = Vec::new();
    let mut made = Map::default();
    for _ in 0..rounds {
        let began = Instant::now();
        let conversation = Conversation::from_votes(votes);
        made = map(&conversation, settings, None);
        seconds.push(began.elapsed().as_secs_f64());
    }
    (median(seconds), made)
}

/// What red-dwarf makes of it: the group of each person, and its seconds.
fn theirs(peer: &mut Peer, file: &Path, seed: u64) -> Result<(BTreeMap<u64, usize>, f64), Failure> {
    let answer = peer.ask(&json!({ "file": file, "seed": seed }))?;
    let mut groups = BTreeMap::new();
    for (person, group) in answer["groups"].as_object().into_iter().flatten() {
        let group = group.as_u64().and_then(|group| usize::try_from(group).ok());
        groups.insert(person.parse()?, group.ok_or("a group is not a number")?);
    }
    Ok((groups, answer["seconds"].as_f64().ok_or("the peer tells no time")?))
}

/// The votes as the peer reads them: each one once.
fn write(folder: &Folder, votes: &[Vote]) -> Result<std::path::PathBuf, Failure> {
    let mut text = String::new();
    for vote in Conversation::from_votes(votes).votes() {
        writeln!(text, "{},{},{}", vote.person.0, vote.statement.0, vote.choice.sign())?;
    }
    let file = folder.path().join("votes.csv");
    std::fs::write(&file, text)?;
    Ok(file)
}

/// How alike the groups are, over the people that both have.
fn alike(map: &Map, groups: &BTreeMap<u64, usize>) -> f64 {
    let both = |person: &madang_opinion::PersonPlace| Some((person.group?, *groups.get(&person.id.0)?));
    let (ours, others): (Vec<usize>, Vec<usize>) = map.people.iter().filter_map(both).unzip();
    adjusted_rand(&ours, &others)
}

/// The ride-sharing conversation of vTaiwan with the groups that Polis published.
fn published() -> Result<Vec<Row>, Failure> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/opinion/data/vtaiwan");
    let mut cast: Vec<(i64, Vote)> = Vec::new();
    // Columns: time, statement, person, vote.
    for line in std::fs::read_to_string(data.join("votes.csv"))?.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [time, statement, person, sign] = fields[..] else { return Err("votes.csv has other columns".into()) };
        let choice = Choice::from_sign(sign.parse()?).ok_or("a vote is neither 1, 0 nor -1")?;
        let vote = Vote { person: PersonId(person.parse()?), statement: StatementId(statement.parse()?), choice };
        cast.push((time.parse()?, vote));
    }
    cast.sort_by_key(|(time, _)| *time);
    let votes: Vec<Vote> = cast.into_iter().map(|(_, vote)| vote).collect();
    let mut groups = BTreeMap::new();
    for line in std::fs::read_to_string(data.join("participants-votes.csv"))?.lines().skip(1) {
        let mut fields = line.split(',');
        if let (Some(person), Some(Ok(group))) = (fields.next(), fields.next().map(str::parse)) {
            groups.insert(person.parse()?, group);
        }
    }
    let folder = Folder::new("opinion")?;
    let file = write(&folder, &votes)?;
    let mut peer = Peer::start("opinion")?;
    let (mut index, mut seconds) = (0.0, Vec::new());
    let (ours_took, made) = timed(&votes, &Settings::default(), ROUNDS);
    for seed in 0..5 {
        let (found, took) = theirs(&mut peer, &file, seed)?;
        let both: (Vec<usize>, Vec<usize>) =
            groups.iter().filter_map(|(person, &group)| Some((group, *found.get(person)?))).unzip();
        index += adjusted_rand(&both.0, &both.1) / 5.0;
        seconds.push(took);
    }
    let ours = alike(&made, &groups);
    let what = "vTaiwan, 1,921 people, 197 statements, 49,997 votes";
    Ok(vec![
        Row {
            peer: Some(index),
            ..Row::floor(
                &format!("{what}: adjusted Rand index with the published groups; peer: red-dwarf, mean of 5 seeds"),
                ours,
                "",
                PUBLISHED,
            )
        },
        Row::faster(&format!("{what}: the map; peer: red-dwarf"), ours_took * 1e3, "ms", median(seconds) * 1e3, FASTER),
    ])
}

fn town() -> Result<Vec<Row>, Failure> {
    let (votes, members) = conversation(&TOWN);
    let folder = Folder::new("opinion")?;
    let file = write(&folder, &votes)?;
    let (ours_took, made) = timed(&votes, &Settings::default(), ROUNDS);
    let mut peer = Peer::start("opinion")?;
    let (found, took) = theirs(&mut peer, &file, 0)?;
    let truth: BTreeMap<u64, usize> = (0..).zip(members.iter().copied()).collect();
    let both: (Vec<usize>, Vec<usize>) =
        truth.iter().filter_map(|(person, &group)| Some((group, *found.get(person)?))).unzip();
    let theirs = adjusted_rand(&both.0, &both.1);
    let what = format!("10,000 people, 300 statements, {} votes", votes.len());
    Ok(vec![
        Row::faster(&format!("{what}: the map; peer: red-dwarf"), ours_took * 1e3, "ms", took * 1e3, FASTER),
        Row {
            peer: Some(theirs),
            ..Row::floor(
                &format!("{what}: adjusted Rand index with the groups that were put in; peer: red-dwarf"),
                alike(&made, &truth),
                "",
                PUBLISHED,
            )
        },
    ])
}

fn nation() -> Vec<Row> {
    let (mut votes, _) = conversation(&NATION);
    let what = format!("33,000 people, 1,000 statements, {} votes", votes.len());
    let settings = Settings::default();
    let (one, expected) = timed(&votes, &Settings { threads: 1, ..settings.clone() }, ROUNDS);
    let (two, made) = timed(&votes, &settings, ROUNDS);
    let mut rows = vec![
        Row::below(&format!("{what}, from scratch, one thread"), one, "s", None, SCRATCH_SECONDS),
        Row::below(&format!("{what}, from scratch, two threads"), two, "s", None, SCRATCH_SECONDS),
    ];
    // The last vote first: another order of arrival.
    votes.reverse();
    let (_, turned) = timed(&votes, &settings, 1);
    let other = u64::from(made != expected) + u64::from(turned != expected);
    rows.push(Row::none(&format!("{what}: maps that differ by threads or order"), other, "maps"));

    let conversation = Conversation::from_votes(&votes);
    let began = Instant::now();
    let assessment = assess(&conversation, &made, &settings, Trials::default());
    let took = began.elapsed().as_secs_f64();
    let firm = assessment.stability.map_or(0, |stability| stability.rounds);
    rows.push(Row::below(&format!("{what}: warnings, and stability from {firm} halves"), took, "s", None, 5.0));

    let mut live = Live::new(conversation, settings.clone(), None);
    let mut previous = live.refresh().next;
    let (mut milliseconds, mut different) = (Vec::new(), 0);
    for at in 0..ARRIVALS {
        let vote = Vote {
            person: PersonId(at * 1_000),
            statement: StatementId(999 - at),
            choice: if at % 2 == 0 { Choice::Agree } else { Choice::Disagree },
        };
        let began = Instant::now();
        live.vote(vote);
        let refreshed = live.refresh();
        milliseconds.push(began.elapsed().as_secs_f64() * 1e3);
        if at % 10 == 0 {
            different += u64::from(refreshed != map(live.conversation(), &settings, Some(&previous)));
        }
        previous = refreshed.next;
    }
    let arrival = format!("{what}: one more vote and its map");
    rows.push(Row::below(&arrival, median(milliseconds), "ms", None, ARRIVAL_MILLISECONDS));
    rows.push(Row::none(&format!("{what}: maps after a vote that differ from scratch"), different, "maps"));
    rows
}
