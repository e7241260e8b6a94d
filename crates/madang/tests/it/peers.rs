//! `madang tally` beside pabutools, a program of others: the same winners, ties included.
//!
//! `script/test` names the Python that has it in `MADANG_TEST_PEERS` (`script/peers --tests`).

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use madang_ballot::pb;
use madang_ballot::pb::VoteType;
use madang_ballot::pb::generate::{Recipe, Ties, generate};
use serde_json::{Value, json};

use crate::support::run;

/// What our command is told, and pabutools: rule, satisfaction, completion.
type Count = (&'static [&'static str], [&'static str; 3]);

const BUDGETS: &[Count] = &[
    (&["--rule", "equal-shares", "--utility", "cost"], ["equal-shares", "Cost_Sat", "none"]),
    (&["--rule", "equal-shares", "--utility", "cost", "--completion", "add1"], ["equal-shares", "Cost_Sat", "add1"]),
    (&["--rule", "equal-shares", "--utility", "cost", "--completion", "add1u"], ["equal-shares", "Cost_Sat", "add1u"]),
    (
        &["--rule", "equal-shares", "--utility", "cost", "--completion", "greedy"],
        ["equal-shares", "Cost_Sat", "greedy"],
    ),
    (&["--rule", "equal-shares", "--utility", "cardinality"], ["equal-shares", "Cardinality_Sat", "none"]),
    (
        &["--rule", "equal-shares", "--utility", "cardinality", "--completion", "add1"],
        ["equal-shares", "Cardinality_Sat", "add1"],
    ),
];

/// pabutools counts these over approvals only.
const APPROVALS: &[Count] = &[
    (&["--rule", "greedy-votes"], ["greedy", "Cost_Sat", "none"]),
    (&["--rule", "greedy-cost", "--utility", "cardinality"], ["greedy", "Cardinality_Sat", "none"]),
    (&["--rule", "phragmen"], ["phragmen", "Cost_Sat", "none"]),
];

const POINTS: &[Count] = &[
    (&["--rule", "equal-shares", "--utility", "score"], ["equal-shares", "Additive_Cardinal_Sat", "none"]),
    (
        &["--rule", "equal-shares", "--utility", "score", "--completion", "add1u"],
        ["equal-shares", "Additive_Cardinal_Sat", "add1u"],
    ),
];

const RANKS: &[Count] = &[
    (&["--rule", "equal-shares", "--utility", "score"], ["equal-shares", "Additive_Borda_Sat", "none"]),
    (
        &["--rule", "equal-shares", "--utility", "score", "--completion", "add1"],
        ["equal-shares", "Additive_Borda_Sat", "add1"],
    ),
];

const TIES: [(&[&str], &str); 2] =
    [(&["--ties", "name"], "name"), (&["--ties", "cost-votes-lot", "--seed", "fair"], "cost,votes,lot:fair")];

const ELECTIONS: u64 = 200;
/// Counts of each election; which ones goes round.
const COUNTS: usize = 3;

fn recipe(seed: u64) -> Recipe {
    let kinds = [VoteType::Approval, VoteType::Approval, VoteType::ChooseOne, VoteType::Cumulative, VoteType::Ordinal];
    let size = u32::try_from(seed % 6).unwrap();
    Recipe {
        seed: 7_000 + seed,
        voters: 15 + 30 * size,
        projects: 4 + 2 * size,
        districts: 1 + size % 3,
        vote_type: kinds[usize::try_from(seed).unwrap() % kinds.len()],
        choices: 2 + size % 4,
        money_per_voter: 4 + 3 * size,
        oversubscription: 2 + size % 2,
        ties: if seed.is_multiple_of(2) { Ties::Few } else { Ties::Many },
        ..Recipe::default()
    }
}

fn counts(votes: VoteType) -> Vec<Count> {
    let more = match votes {
        VoteType::Approval | VoteType::ChooseOne => APPROVALS,
        VoteType::Cumulative | VoteType::Scoring => POINTS,
        VoteType::Ordinal => RANKS,
    };
    BUDGETS.iter().chain(more).copied().collect()
}

fn ours(file: &Path, arguments: &[&str]) -> Vec<String> {
    let file = file.to_string_lossy();
    let text = run(&[&["tally", &file, "--json"], arguments].concat()).ok();
    let result: Value = serde_json::from_str(&text).unwrap();
    let mut winners: Vec<String> =
        result["winners"].as_array().unwrap().iter().map(|win| win["project"].as_str().unwrap().to_owned()).collect();
    winners.sort();
    winners
}

#[expect(clippy::disallowed_methods, reason = "script/test says in the environment where the peers are")]
fn python() -> String {
    std::env::var("MADANG_TEST_PEERS").expect("MADANG_TEST_PEERS: what `script/peers --tests` prints")
}

#[test]
#[ignore = "slow: two hundred elections, each counted by two programs"]
fn tally_agrees_with_pabutools() {
    let python = python();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/peers/tally.py");
    let mut peer = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pabutools starts");
    let mut questions = peer.stdin.take().unwrap();
    let mut answers = BufReader::new(peer.stdout.take().unwrap()).lines();
    let folder = tempfile::tempdir().unwrap();
    let mut different = Vec::new();
    for seed in 0..ELECTIONS {
        let election = generate(&recipe(seed));
        let file = folder.path().join(format!("{seed}.pb"));
        std::fs::write(&file, pb::write(&election)).unwrap();
        let counts = counts(election.vote_type);
        for turn in 0..COUNTS {
            let at = usize::try_from(seed).unwrap() * COUNTS + turn;
            let (arguments, [rule, satisfaction, completion]) = counts[at % counts.len()];
            let (flags, ties) = TIES[(at / counts.len()) % TIES.len()];
            let question = json!({
                "file": file, "rule": rule, "sat": satisfaction, "completion": completion, "ties": ties,
            });
            writeln!(questions, "{question}").unwrap();
            questions.flush().unwrap();
            let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
            assert!(answer["error"].is_null(), "{question}: {answer}");
            let mut theirs: Vec<String> =
                answer["winners"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
            theirs.sort();
            let ours = ours(&file, &[arguments, flags].concat());
            if ours != theirs {
                different.push(format!("{question}\n  ours   {ours:?}\n  theirs {theirs:?}"));
            }
        }
    }
    drop(questions);
    peer.wait().unwrap();
    assert!(different.is_empty(), "{} counts differ:\n{}", different.len(), different.join("\n"));
}
