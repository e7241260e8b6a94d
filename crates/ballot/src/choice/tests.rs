//! Textbook elections, and what must hold for every election.

use proptest::prelude::*;

use super::*;
use crate::number::Decimal;

fn candidates(names: &[&str]) -> Vec<Candidate> {
    names.iter().map(|name| Candidate { id: (*name).to_owned(), name: (*name).to_owned() }).collect()
}

/// `(42, "M N C K")`: words are candidates; `A=B` are equal.
fn ranked(names: &[&str], votes: &[(u64, &str)]) -> Contest {
    let place = |name: &str| names.iter().position(|n| *n == name).unwrap_or(names.len());
    let ballots = votes.iter().zip(1_u32..).map(|((count, text), line)| Ballot {
        marks: Marks::Ranked(text.split_whitespace().map(|tier| tier.split('=').map(place).collect()).collect()),
        count: *count,
        voter: format!("v{line}"),
    });
    Contest { candidates: candidates(names), ballots: ballots.collect() }
}

fn terms(method: Method, seats: usize) -> Terms {
    Terms { method, seats, seed: "test".to_owned() }
}

fn names(choice: &Choice, of: &[usize]) -> String {
    of.iter().map(|c| choice.candidates[*c].name.as_str()).collect::<Vec<_>>().join(" ")
}

fn rounds(choice: &Choice) -> &[Round] {
    match &choice.count {
        Count::Rounds(rounds) => rounds,
        other => panic!("no rounds: {other:?}"),
    }
}

fn pairs(choice: &Choice) -> &Pairs {
    match &choice.count {
        Count::Pairs(pairs) => pairs,
        other => panic!("no pairs: {other:?}"),
    }
}

fn numbers(votes: &[Exact]) -> Vec<String> {
    votes.iter().map(ToString::to_string).collect()
}

const TENNESSEE: [&str; 4] = ["M", "N", "C", "K"];

fn tennessee() -> Contest {
    ranked(&TENNESSEE, &[(42, "M N C K"), (26, "N C K M"), (15, "C K N M"), (17, "K C N M")])
}

#[test]
fn the_capital_of_tennessee() {
    let choice = count(&tennessee(), &terms(Method::InstantRunoff, 1)).unwrap();
    assert_eq!(names(&choice, &choice.ranking), "K M N C");
    let votes: Vec<_> = rounds(&choice).iter().map(|round| numbers(&round.votes)).collect();
    assert_eq!(votes, [["42", "26", "15", "17"], ["42", "26", "0", "32"], ["42", "0", "0", "58"]]);
    assert_eq!(rounds(&choice)[2].quota, Exact::from(51));

    let choice = count(&tennessee(), &terms(Method::Schulze, 1)).unwrap();
    assert_eq!(names(&choice, &choice.ranking), "N C K M");
    assert_eq!(pairs(&choice).condorcet, Some(1));
    assert!(choice.ties.is_empty());
}

/// M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
/// method", Social Choice and Welfare 36 (2011): the example with 21 voters, and the one with 45.
#[test]
fn schulzes_own_examples() {
    let contest = ranked(
        &["a", "b", "c", "d"],
        &[(8, "a c d b"), (2, "b a d c"), (4, "c d b a"), (4, "d b a c"), (3, "d c b a")],
    );
    let choice = count(&contest, &terms(Method::Schulze, 1)).unwrap();
    let pairs_ = pairs(&choice);
    assert_eq!(pairs_.preferred, [[0, 8, 14, 10], [13, 0, 6, 2], [7, 15, 0, 12], [11, 19, 9, 0]]);
    assert_eq!(pairs_.strength, [[0, 14, 14, 12], [13, 0, 13, 12], [13, 15, 0, 12], [13, 19, 13, 0]]);
    assert_eq!(names(&choice, &choice.ranking), "d a c b");
    assert_eq!(pairs_.condorcet, None);
    assert_eq!(pairs_.paths[0], Path { through: vec![3, 1, 0], strength: 13 });

    let contest = ranked(
        &["A", "B", "C", "D", "E"],
        &[
            (5, "A C B E D"),
            (5, "A D E C B"),
            (8, "B E D A C"),
            (3, "C A B E D"),
            (7, "C A E B D"),
            (2, "C B A D E"),
            (7, "D C E B A"),
            (8, "E B A D C"),
        ],
    );
    let choice = count(&contest, &terms(Method::Schulze, 1)).unwrap();
    assert_eq!(
        pairs(&choice).strength,
        [[0, 28, 28, 30, 24], [25, 0, 28, 33, 24], [25, 29, 0, 29, 24], [25, 28, 28, 0, 24], [25, 28, 28, 31, 0]]
    );
    assert_eq!(names(&choice, &choice.ranking), "E A C B D");
}

/// Twenty-three ballots, three seats: 23 ÷ 4 is 5 and a rest, so the quota is 6.
#[test]
fn three_seats_by_hand() {
    let contest = ranked(
        &["A", "B", "C", "D", "E"],
        &[(8, "A B"), (4, "A C"), (4, "D E"), (3, "E D"), (2, "B"), (1, "C"), (1, "C B")],
    );
    let choice = count(&contest, &terms(Method::Transferable, 3)).unwrap();
    let rounds = rounds(&choice);
    // A has 12 and keeps 6: half of each ballot moves on, 4 to B and 2 to C.
    assert_eq!(numbers(&rounds[0].votes), ["12", "2", "2", "4", "3"]);
    assert_eq!(rounds[0].quota, Exact::from(6));
    let Some(Step::Surplus { fraction, to, .. }) = &rounds[0].step else { panic!("no surplus") };
    assert_eq!(fraction.to_string(), "1/2");
    assert_eq!(to, &[(1, Exact::from(4)), (2, Exact::from(2))]);
    // B has its quota to the vote. E is last; three votes go to D, who has 7.
    assert_eq!(numbers(&rounds[1].votes), ["6", "6", "4", "4", "3"]);
    assert_eq!(numbers(&rounds[2].votes), ["6", "6", "4", "7", "0"]);
    assert_eq!(names(&choice, &choice.elected), "A B D");
    assert_eq!(names(&choice, &choice.ranking), "A B D C E");
    assert!(choice.ties.is_empty());
}

#[test]
fn fractions_stay_exact() {
    // A has 7 of a quota of 4: each ballot moves on with 3/7 of its value.
    let contest = ranked(&["A", "B", "C"], &[(5, "A B"), (2, "A"), (2, "B"), (2, "C")]);
    let choice = count(&contest, &terms(Method::Transferable, 2)).unwrap();
    let rounds = rounds(&choice);
    assert_eq!(numbers(&rounds[1].votes), ["4", "29/7", "2"]);
    assert_eq!(rounds[1].exhausted.to_string(), "6/7");
    assert_eq!(names(&choice, &choice.elected), "A B");
    assert_eq!(serde_json::to_value(&rounds[1].votes[1]).unwrap(), "29/7");
}

#[test]
fn a_tie_is_broken_by_the_round_before_and_else_by_lot() {
    // C and B are equal in the second round, B had more in the first.
    let contest = ranked(&["A", "B", "C", "D"], &[(5, "A"), (4, "B"), (3, "C"), (1, "D C")]);
    let choice = count(&contest, &terms(Method::InstantRunoff, 1)).unwrap();
    assert_eq!(
        choice.ties,
        [Tie {
            round: 2,
            among: vec![1, 2],
            chosen: 2,
            question: Question::Struck,
            broken_by: BrokenBy::Round { round: 1 }
        }]
    );
    let contest = ranked(&["A", "B"], &[(5, "A"), (5, "B")]);
    let lots: std::collections::BTreeSet<_> = (0..20)
        .map(|seed| {
            let terms = Terms { seed: seed.to_string(), ..terms(Method::InstantRunoff, 1) };
            let choice = count(&contest, &terms).unwrap();
            assert_eq!(choice.ties[0].broken_by, BrokenBy::Lot);
            choice.elected[0]
        })
        .collect();
    assert_eq!(lots.len(), 2, "the seed decides");
}

#[test]
fn approval_and_score() {
    let marks = |marks: &[usize], count| Ballot { marks: Marks::Approved(marks.to_vec()), count, voter: String::new() };
    let contest = Contest {
        candidates: candidates(&["A", "B", "C"]),
        ballots: vec![marks(&[0, 1], 3), marks(&[1], 2), marks(&[2], 4)],
    };
    let choice = count(&contest, &terms(Method::Approval, 2)).unwrap();
    assert_eq!(names(&choice, &choice.ranking), "B C A");
    assert_eq!(names(&choice, &choice.elected), "B C");

    let points = |points: &[(usize, &str)]| Ballot {
        marks: Marks::Scored(points.iter().map(|(c, n)| (*c, Exact::from(n.parse::<Decimal>().unwrap()))).collect()),
        count: 1,
        voter: String::new(),
    };
    // A and B have 2.5 each, but two people gave points to B.
    let contest = Contest {
        candidates: candidates(&["A", "B"]),
        ballots: vec![points(&[(0, "2.5"), (1, "0.5")]), points(&[(1, "2")])],
    };
    let choice = count(&contest, &terms(Method::Score, 1)).unwrap();
    assert_eq!(names(&choice, &choice.elected), "B");
    assert_eq!(choice.ties[0].broken_by, BrokenBy::People);
}

#[test]
fn equal_and_missing_preferences_in_schulze() {
    let contest = ranked(&["A", "B", "C"], &[(3, "A=B"), (2, "B"), (2, "C A")]);
    let choice = count(&contest, &terms(Method::Schulze, 1)).unwrap();
    assert_eq!(pairs(&choice).preferred, [[0, 2, 3], [2, 0, 5], [2, 2, 0]]);
    assert_eq!(choice.refused, []);
}

#[test]
fn what_cannot_be_counted_is_refused_with_the_reason() {
    let contest = ranked(&["A", "B"], &[(2, "A B"), (1, ""), (1, "A X"), (1, "A A"), (1, "A=B")]);
    let choice = count(&contest, &terms(Method::InstantRunoff, 1)).unwrap();
    let reasons: Vec<_> = choice.refused.iter().map(|refused| (refused.voter.as_str(), refused.reason)).collect();
    assert_eq!(reasons, [("v2", Reason::Blank), ("v3", Reason::Unknown), ("v4", Reason::Twice), ("v5", Reason::Equal)]);
    assert_eq!((choice.given, choice.counted), (6, 2));
    let choice = count(&contest, &terms(Method::Schulze, 1)).unwrap();
    assert_eq!(choice.counted, 3);

    for (contest, terms, code) in [
        (Contest::default(), terms(Method::Approval, 1), "ballot.choice-no-candidates"),
        (ranked(&["A"], &[]), terms(Method::Schulze, 1), "ballot.choice-no-ballots"),
        (ranked(&["A", "B"], &[(1, "A")]), terms(Method::Transferable, 3), "ballot.choice-seats"),
        (ranked(&["A", "B"], &[(1, "A")]), terms(Method::InstantRunoff, 2), "ballot.choice-one-seat"),
        (tennessee(), terms(Method::Approval, 1), "ballot.choice-no-ballots"),
    ] {
        assert_eq!(count(&contest, &terms).unwrap_err().code(), code);
    }
}

prop_compose! {
    fn election()(n in 2_usize..7)(
        n in Just(n),
        votes in prop::collection::vec((Just((0..n).collect::<Vec<_>>()).prop_shuffle(), 1..=n, 1_u64..6), 1..25),
    ) -> Contest {
        let names = ["A", "B", "C", "D", "E", "F"];
        Contest {
            candidates: candidates(&names[..n]),
            ballots: votes.into_iter().map(|(mut ranking, length, count)| {
                ranking.truncate(length);
                Ballot { marks: Marks::Ranked(ranking.into_iter().map(|c| vec![c]).collect()), count, voter: String::new() }
            }).collect(),
        }
    }
}

proptest! {
    #[test]
    fn a_condorcet_winner_is_elected(contest in election()) {
        let choice = count(&contest, &terms(Method::Schulze, 1)).unwrap();
        let pairs = pairs(&choice);
        if let Some(winner) = pairs.condorcet {
            prop_assert_eq!(choice.elected[0], winner);
        }
        for path in &pairs.paths {
            let weakest = path.through.windows(2).map(|link| pairs.preferred[link[0]][link[1]]).min();
            prop_assert_eq!(weakest, Some(path.strength));
        }
        // Nobody stands behind somebody who does not come before them.
        for (at, a) in choice.ranking.iter().enumerate() {
            for b in &choice.ranking[at + 1..] {
                prop_assert!(pairs.strength[*a][*b] >= pairs.strength[*b][*a]);
            }
        }
    }

    #[test]
    fn votes_are_conserved_and_seats_filled(contest in election(), seats in 1_usize..4) {
        let seats = seats.min(contest.candidates.len());
        let choice = count(&contest, &terms(Method::Transferable, seats)).unwrap();
        for round in rounds(&choice) {
            let mut sum = round.exhausted.clone();
            for votes in &round.votes {
                prop_assert!(*votes >= Exact::zero());
                sum += votes;
            }
            prop_assert_eq!(sum, Exact::from(choice.counted));
        }
        prop_assert_eq!(choice.elected.len(), seats);
        let mut all = choice.ranking.clone();
        all.sort_unstable();
        prop_assert_eq!(all, (0..contest.candidates.len()).collect::<Vec<_>>());
        prop_assert_eq!(&choice.ranking[..seats], &choice.elected[..]);
    }

    #[test]
    fn a_majority_of_first_preferences_wins_the_run_off(contest in election()) {
        let choice = count(&contest, &terms(Method::InstantRunoff, 1)).unwrap();
        let first = &rounds(&choice)[0];
        if let Some(winner) = (0..first.votes.len()).find(|c| first.votes[*c] > Exact::from(choice.counted / 2)) {
            prop_assert_eq!(choice.elected[0], winner);
        }
        let single = count(&contest, &terms(Method::Transferable, 1)).unwrap();
        prop_assert_eq!(single.elected[0], choice.elected[0], "one transferable seat is the run-off");
    }

    #[test]
    fn the_order_of_ballots_does_not_matter(contest in election(), turn in 0_usize..25, seats in 1_usize..3) {
        let mut turned = contest.clone();
        let by = turn % turned.ballots.len();
        turned.ballots.rotate_left(by);
        turned.ballots.reverse();
        for method in [Method::Schulze, Method::InstantRunoff, Method::Transferable] {
            let seats = if method == Method::InstantRunoff { 1 } else { seats };
            prop_assert_eq!(count(&contest, &terms(method, seats)).unwrap(), count(&turned, &terms(method, seats)).unwrap());
        }
    }

    #[test]
    fn the_order_of_candidates_does_not_matter(contest in election()) {
        let n = contest.candidates.len();
        let mut turned = contest.clone();
        turned.candidates.reverse();
        for ballot in &mut turned.ballots {
            if let Marks::Ranked(tiers) = &mut ballot.marks {
                for tier in tiers {
                    tier[0] = n - 1 - tier[0];
                }
            }
        }
        for method in [Method::Schulze, Method::InstantRunoff, Method::Transferable] {
            let (one, other) = (count(&contest, &terms(method, 1)).unwrap(), count(&turned, &terms(method, 1)).unwrap());
            prop_assert_eq!(names(&one, &one.elected), names(&other, &other.elected));
        }
    }
}
