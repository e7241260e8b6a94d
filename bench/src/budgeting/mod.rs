//! Participatory budgets: our counts beside pabutools, on elections of a published recipe and on files at hand.
//!
//! Every comparison first asks whether the winners are the same, project by project; a speed without that counts
//! nothing. Our time is that of the whole count, with the exact confirmation of every winner and tie; reading files is
//! timed apart. pabutools runs with exact fractions (`gmpy2`) and with floats (`float`), as the row says, once each: one
//! count of the large election takes it most of a minute.

mod orders;

use std::path::Path;
use std::time::Instant;

use madang_ballot::budget::{self, Detail, Options};
use madang_ballot::pb::generate::{Recipe, Ties, generate};
use madang_ballot::pb::{self, Election, VoteType};
use serde_json::Value;

use self::orders::{Order, SMALL, orders};
use crate::folder::Folder;
use crate::peer::Peer;
use crate::report::Row;
use crate::{Asked, Failure};

/// Ours is counted this often; the median counts.
const ROUNDS: usize = 5;
const FASTER: f64 = 100.0;
const MILLION_SECONDS: f64 = 10.0;

/// A large town: 100 projects, 50,000 voters.
const LARGE: Recipe = Recipe {
    seed: 20_261,
    voters: 50_000,
    projects: 100,
    districts: 8,
    vote_type: VoteType::Approval,
    choices: 10,
    exactly: false,
    money_per_voter: 40,
    oversubscription: 4,
    ties: Ties::Few,
};
/// The same people with less money in coarser units, so that Add1 has few steps and pabutools comes to an end.
const COARSE: Recipe = Recipe { money_per_voter: 4, ..LARGE };
/// A small one where Add1 has many steps.
const MANY_STEPS: Recipe = Recipe { voters: 3_000, ..LARGE };
/// A nation: 200 projects, 1,000,000 voters with ten approvals each.
const NATION: Recipe = Recipe { voters: 1_000_000, projects: 200, districts: 17, exactly: true, ..LARGE };

pub fn run(asked: &Asked) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    let wanted = |name: &str| asked.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    if wanted("agreement") {
        let mut peer = Peer::start("tally")?;
        rows.push(agreement(&mut peer)?);
        if let Some(folder) = &asked.files {
            rows.extend(files(&mut peer, Path::new(folder))?);
        }
    }
    if wanted("large") {
        let mut peer = Peer::start("tally")?;
        for (name, recipe, completion, arithmetics) in [
            ("50,000 voters, 100 projects, no completion", &LARGE, "none", &["gmpy2", "float"][..]),
            ("50,000 voters, 100 projects, Add1 with few steps", &COARSE, "add1", &["gmpy2", "float"][..]),
            ("3,000 voters, 100 projects, Add1", &MANY_STEPS, "add1", &["gmpy2"][..]),
        ] {
            rows.extend(beside(&mut peer, name, recipe, completion, arithmetics)?);
        }
    }
    if wanted("nation") {
        rows.extend(nation()?);
    }
    Ok(rows)
}

/// Counts, and what it took: seconds, the median of [`ROUNDS`].
fn timed(election: &Election, options: &Options, rounds: usize) -> Result<(Vec<usize>, u64, f64), Failure> {
    let mut seconds = Vec::new();
    let mut result = (Vec::new(), 0);
    for _ in 0..rounds {
        let began = Instant::now();
        let outcome = budget::tally(election, options).map_err(|error| error.to_string())?;
        seconds.push(began.elapsed().as_secs_f64());
        result = (outcome.chosen(), outcome.runs);
    }
    seconds.sort_by(f64::total_cmp);
    Ok((result.0, result.1, seconds[seconds.len() / 2]))
}

/// The ids of winners, sorted: pabutools gives some rules' winners in no order.
fn ids(election: &Election, chosen: &[usize]) -> Vec<String> {
    let mut ids: Vec<String> = chosen.iter().map(|&at| election.projects[at].id.clone()).collect();
    ids.sort();
    ids
}

/// What the peer says: its winners, sorted, and its seconds; or why it does not count this.
fn theirs(peer: &mut Peer, file: &Path, order: &Order, arithmetic: &str) -> Result<(Vec<String>, f64), Failure> {
    let answer = peer.ask(&order.question(file, arithmetic))?;
    if let Some(error) = answer["error"].as_str() {
        return Err(format!("pabutools, {order:?}: {error}").into());
    }
    let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut winners: Vec<String> = answer["winners"].as_array().into_iter().flatten().map(name).collect();
    winners.sort();
    Ok((winners, answer["seconds"].as_f64().unwrap_or_default()))
}

fn options(election: &Election, order: &Order) -> Options {
    Options { detail: Detail::Winners, ..order.options(election) }
}

/// Two hundred small elections of every kind, half of them full of ties, counted by every rule that both have.
fn agreement(peer: &mut Peer) -> Result<Row, Failure> {
    let folder = Folder::new("budgeting")?;
    let (mut different, mut counted) = (0, 0_u32);
    for seed in 0..SMALL {
        let election = generate(&orders::small(seed));
        let file = folder.path().join(format!("{seed}.pb"));
        std::fs::write(&file, pb::write(&election))?;
        for order in orders(election.vote_type) {
            let ours = budget::tally(&election, &options(&election, &order)).map_err(|error| error.to_string())?;
            let (theirs, _) = theirs(peer, &file, &order, "gmpy2")?;
            counted += 1;
            if ids(&election, &ours.chosen()) != theirs {
                different += 1;
            }
        }
    }
    Ok(Row::none(
        &format!("{SMALL} generated elections, {counted} counts: winners other than pabutools'"),
        different,
        "counts",
    ))
}

/// The files of a folder, as far as pabutools takes them.
fn files(peer: &mut Peer, folder: &Path) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "pb"));
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (election, _) = pb::read(&std::fs::read(&path)?);
        let election = election.ok_or_else(|| format!("{name} cannot be read"))?;
        let (mut different, mut counted, mut ours_took, mut theirs_took) = (0, 0, 0.0, 0.0);
        for order in orders(election.vote_type).into_iter().filter(Order::is_short) {
            let (chosen, _, seconds) = timed(&election, &options(&election, &order), 1)?;
            let (winners, took) = theirs(peer, &path, &order, "gmpy2")?;
            counted += 1;
            ours_took += seconds;
            theirs_took += took;
            different += u64::from(ids(&election, &chosen) != winners);
        }
        rows.push(Row::none(&format!("{name}, {counted} counts: winners other than pabutools'"), different, "counts"));
        rows.push(Row::faster(&format!("{name}, all counts"), ours_took * 1e3, "ms", theirs_took * 1e3, FASTER));
    }
    Ok(rows)
}

/// One election by Equal Shares, ours and pabutools'.
fn beside(
    peer: &mut Peer,
    name: &str,
    recipe: &Recipe,
    completion: &str,
    arithmetics: &[&str],
) -> Result<Vec<Row>, Failure> {
    let folder = Folder::new("budgeting")?;
    let election = generate(recipe);
    let file = folder.path().join(format!("{}-{}-{completion}.pb", recipe.voters, recipe.money_per_voter));
    std::fs::write(&file, pb::write(&election))?;
    let order = Order::shares("Cost_Sat", completion);
    let (chosen, runs, seconds) = timed(&election, &options(&election, &order), ROUNDS)?;
    let ours = ids(&election, &chosen);
    let mut rows = Vec::new();
    for arithmetic in arithmetics {
        let (winners, took) = theirs(peer, &file, &order, arithmetic)?;
        let differ = ours.iter().filter(|id| !winners.contains(id)).count()
            + winners.iter().filter(|id| !ours.contains(id)).count();
        let what = format!("Equal Shares, {name} ({runs} runs); peer: pabutools, {arithmetic}");
        rows.push(Row::none(&format!("{what}: projects that differ"), differ as u64, "projects"));
        rows.push(Row::faster(&what, seconds * 1e3, "ms", took * 1e3, FASTER));
    }
    Ok(rows)
}

fn nation() -> Result<Vec<Row>, Failure> {
    let election = generate(&NATION);
    let text = pb::write(&election);
    let began = Instant::now();
    let (read, _) = pb::read(text.as_bytes());
    let reading = began.elapsed().as_secs_f64();
    let election = read.ok_or("the election that was written cannot be read")?;
    let mut rows =
        vec![Row::below("reading 1,000,000 ballots from a Pabulib file", reading, "s", None, MILLION_SECONDS)];
    for completion in ["none", "add1"] {
        let order = Order::shares("Cost_Sat", completion);
        let (chosen, runs, seconds) = timed(&election, &options(&election, &order), 3)?;
        let what = format!(
            "Equal Shares, 1,000,000 voters, 200 projects, completion {completion} ({runs} runs, {} winners)",
            chosen.len()
        );
        rows.push(Row::below(&what, seconds, "s", None, MILLION_SECONDS));
    }
    Ok(rows)
}
