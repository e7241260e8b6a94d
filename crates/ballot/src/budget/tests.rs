//! What every rule must hold, and small elections that a person can count.

use std::collections::BTreeSet;

use num_rational::BigRational;
use proptest::prelude::*;

use super::{
    Completion, Constraints, Detail, Envelope, LossReason, Options, Outcome, Rule, Stop, TieStep, Ties, Unaffordable,
    Unmet, Utility, tally, votes_short,
};
use crate::number::Decimal;
use crate::pb::generate::{Recipe, SplitMix, Ties as Many, generate};
use crate::pb::{Ballot, Election, Project, VoteType};

const RULES: [Rule; 5] = [Rule::GreedyVotes, Rule::GreedyCost, Rule::EqualShares, Rule::Phragmen, Rule::Knapsack];

/// Approvals: costs by id, and ballots as `ids × how many`.
fn election(budget: i64, costs: &[(&str, i64)], ballots: &[(&[&str], usize)]) -> Election {
    let mut election = Election::new(VoteType::Approval, Decimal::whole(budget));
    for (id, cost) in costs {
        let cost = Decimal::whole(*cost);
        let cells = vec![(*id).to_owned(), cost.to_string(), String::new()];
        election.projects.push(Project { id: (*id).to_owned(), cost, cells });
    }
    for (ids, times) in ballots {
        for _ in 0..*times {
            let at = |id: &&str| costs.iter().position(|(other, _)| other == id).unwrap();
            let choices = ids.iter().map(|id| u32::try_from(at(id)).unwrap()).collect();
            let voter = election.ballots.len().to_string();
            election.ballots.push(Ballot { voter, choices, ..Ballot::default() });
        }
    }
    election
}

fn names(election: &Election, outcome: &Outcome) -> Vec<String> {
    outcome.chosen().into_iter().map(|project| election.projects[project].id.clone()).collect()
}

fn won(election: &Election, options: &Options) -> String {
    names(election, &tally(election, options).unwrap()).join(" ")
}

fn small() -> Election {
    // Ten voters with ten each: three want the park and the bench, seven the hall, two of them the bench as well.
    election(
        100,
        &[("hall", 60), ("park", 30), ("bench", 10), ("road", 50)],
        &[(&["park", "bench"], 3), (&["hall"], 4), (&["hall", "bench"], 2), (&["road", "hall"], 1)],
    )
}

#[test]
fn equal_shares_by_hand() {
    let election = small();
    let outcome = tally(&election, &Options::new(Rule::EqualShares, &election)).unwrap();
    assert_eq!(names(&election, &outcome), ["hall", "bench"]);
    let hall = &outcome.winners[0];
    // Seven share sixty; nobody is short of it.
    assert_eq!(hall.price.as_ref().unwrap().to_string(), "60/7");
    assert_eq!(hall.effective_votes.as_ref().unwrap().to_string(), "7");
    assert_eq!((hall.full_payers, hall.partial_payers), (7, 0));
    // Two of the bench's five have 10/7 left; the three others pay the rest.
    let bench = &outcome.winners[1];
    assert_eq!(bench.price.as_ref().unwrap().to_string(), "50/21");
    assert_eq!(bench.effective_votes.as_ref().unwrap().to_string(), "21/5");
    let payments: Vec<_> = bench.payments.iter().map(|pay| (pay.amount.to_string(), pay.voters, pay.last)).collect();
    assert_eq!(payments, [("2.38".to_owned(), 3, false), ("1.42".to_owned(), 2, true)]);
    assert_eq!(outcome.endowment.as_ref().unwrap().to_string(), "10");
    assert_eq!((outcome.runs, outcome.stop), (1, Stop::NothingLeft));
    // Park: its three supporters have 10 − 50/21 = 160/21 each left, together 160/7 of 30.
    let park = outcome.losers.iter().find(|loss| loss.project == 1).unwrap();
    assert_eq!(park.supporters_left.as_ref().unwrap().to_string(), "160/7");
    assert_eq!(park.reason, LossReason::SupportersShort { round: 2 });
    let first: Vec<_> =
        outcome.rounds[0].standings.iter().map(|standing| (standing.project, standing.value.to_string())).collect();
    assert_eq!(first, [(0, "7.000".to_owned()), (2, "5.000".to_owned()), (1, "3.000".to_owned())]);
    assert_eq!(outcome.rounds[0].fallen[0].project, 3);
    assert_eq!(outcome.rounds[2].chosen, None);
}

#[test]
fn completions_by_hand() {
    let election = small();
    let with = |completion| Options { completion, ..Options::new(Rule::EqualShares, &election) };
    assert_eq!(won(&election, &with(Completion::None)), "hall bench");
    assert_eq!(won(&election, &with(Completion::Greedy)), "hall bench park");
    assert_eq!(won(&election, &with(Completion::Add1Utilitarian)), "hall bench park");
    let outcome = tally(&election, &with(Completion::Add1)).unwrap();
    assert_eq!(names(&election, &outcome), ["hall", "bench", "park"]);
    // With 12 each the three have 30 left for the park after 2 each for the bench.
    assert_eq!(outcome.endowment.unwrap().to_string(), "12");
    assert_eq!((outcome.runs, outcome.stop), (3, Stop::Exhausted));
    assert_eq!(outcome.endowment_start.unwrap().to_string(), "10");
}

#[test]
fn the_other_rules_by_hand() {
    let election = small();
    let won = |rule, utility| won(&election, &Options { utility, ..Options::new(rule, &election) });
    assert_eq!(won(Rule::GreedyVotes, Utility::Cost), "hall bench park");
    assert_eq!(won(Rule::GreedyCost, Utility::Cost), "hall bench park");
    // Votes for each unit of money: bench 5/10, hall 7/60, park 3/30.
    assert_eq!(won(Rule::GreedyCost, Utility::Cardinality), "bench hall park");
    // Moments: bench 2, then hall (60 + 2·2)/7 = 64/7, then park (30 + 3·2)/3 = 12.
    assert_eq!(won(Rule::Phragmen, Utility::Cost), "bench hall park");
    let outcome = tally(&election, &Options::new(Rule::Phragmen, &election)).unwrap();
    assert_eq!(outcome.winners[1].price.as_ref().unwrap().to_string(), "64/7");
    assert_eq!(outcome.stop, Stop::FirstUnaffordable { project: 3 });
    // The ballot with road and hall costs 110: it is not counted.
    let knapsack = tally(&election, &Options::new(Rule::Knapsack, &election)).unwrap();
    assert_eq!((knapsack.voters, names(&election, &knapsack).join(" ").as_str()), (9, "hall bench park"));
}

#[test]
fn greedy_skips_or_stops() {
    let election = election(10, &[("a", 6), ("b", 5), ("c", 4)], &[(&["a"], 3), (&["b"], 2), (&["c"], 1)]);
    let mut options = Options::new(Rule::GreedyVotes, &election);
    assert_eq!(won(&election, &options), "a c");
    options.unaffordable = Unaffordable::Stop;
    let outcome = tally(&election, &options).unwrap();
    assert_eq!(
        (names(&election, &outcome).join(" ").as_str(), outcome.stop),
        ("a", Stop::FirstUnaffordable { project: 1 })
    );
    assert_eq!(outcome.losers[1].reason, LossReason::Stopped);
}

#[test]
fn ties_by_cost_then_votes_then_lot_or_by_name() {
    let mut election = election(10, &[("b", 10), ("a", 10), ("c", 9)], &[(&["a", "b"], 3), (&["c"], 3)]);
    let mut options = Options::new(Rule::GreedyVotes, &election);
    let outcome = tally(&election, &options).unwrap();
    assert_eq!(names(&election, &outcome), ["c"]);
    assert_eq!((outcome.ties[0].1.projects.len(), outcome.ties[0].1.step), (3, TieStep::LowestCost));
    options.ties = Ties::Name;
    assert_eq!(won(&election, &options), "a");
    // With equal costs the lot decides, and another seed gives another order for some seed.
    options.ties = Ties::CostVotesLot;
    election.projects[2].cost = Decimal::whole(10);
    let results: BTreeSet<String> =
        (0..20).map(|seed| won(&election, &Options { seed: format!("seed {seed}"), ..options.clone() })).collect();
    assert_eq!(results.len(), 3);
}

#[test]
fn constraints() {
    let election = small();
    let with =
        |rule, constraints| Options { constraints, completion: Completion::Add1, ..Options::new(rule, &election) };
    for rule in RULES {
        let most = Constraints { max_projects: Some(1), ..Constraints::default() };
        let outcome = tally(&election, &with(rule, most)).unwrap();
        assert_eq!((outcome.winners.len(), outcome.stop), (1, Stop::MaxProjects), "{rule:?}");
        assert_eq!(outcome.unmet, []);
        assert!(outcome.losers.iter().any(|loss| loss.reason == LossReason::MaxProjects), "{rule:?}");

        let many = Constraints { min_projects: Some(9), ..Constraints::default() };
        let outcome = tally(&election, &with(rule, many)).unwrap();
        let chosen = u32::try_from(outcome.winners.len()).unwrap();
        assert_eq!(outcome.unmet, [Unmet::MinProjects { wanted: 9, chosen }], "{rule:?}");

        let either =
            Constraints { incompatible: vec![vec!["bench".to_owned(), "hall".to_owned()]], ..Constraints::default() };
        let outcome = tally(&election, &with(rule, either)).unwrap();
        let names = names(&election, &outcome);
        assert!(names.contains(&"bench".to_owned()) != names.contains(&"hall".to_owned()), "{rule:?} {names:?}");

        let first = Constraints { depends: vec![("hall".to_owned(), "park".to_owned())], ..Constraints::default() };
        let names = won(&election, &with(rule, first));
        assert!(!names.contains("hall") || names.find("park") < names.find("hall"), "{rule:?} {names}");

        let envelope = Envelope {
            name: "south".to_owned(),
            budget: Decimal::whole(40),
            projects: vec!["hall".to_owned(), "park".to_owned()],
            max_projects: None,
        };
        let south = Constraints { envelopes: vec![envelope], ..Constraints::default() };
        let outcome = tally(&election, &with(rule, south)).unwrap();
        assert_eq!(outcome.losers[0].reason, LossReason::Envelope, "{rule:?}");

        let few = Constraints { min_votes: Some(5), ..Constraints::default() };
        let outcome = tally(&election, &with(rule, few)).unwrap();
        assert!(outcome.losers.iter().all(|loss| loss.reason == LossReason::BelowThreshold || loss.supporters == 0));
        assert!(outcome.losers.iter().all(|loss| [1, 3].contains(&loss.project)), "{rule:?}");

        let unknown = Constraints { depends: vec![("hall".to_owned(), "moon".to_owned())], ..Constraints::default() };
        assert_eq!(tally(&election, &with(rule, unknown)).unwrap_err().code(), "ballot.option-project");
    }
}

/// As pabutools 1.2.3 does it.
#[test]
fn what_nobody_supports_comes_last_and_never_by_equal_shares() {
    let costs = [("a", 40), ("b", 30), ("c", 20), ("d", 50), ("e", 10)];
    let tight = election(100, &costs, &[(&["a"], 2), (&["b"], 1)]);
    let loose = election(100, &[costs[0], costs[1], costs[2], costs[4]], &[(&["a"], 2), (&["b"], 1)]);
    let with = |rule, completion| Options { ties: Ties::Name, completion, ..Options::new(rule, &tight) };
    for (rule, completion, of_tight, of_loose) in [
        (Rule::GreedyVotes, Completion::None, "a b c e", "a b c e"),
        // Those who come up at no moment come up all at once: one that does not fit ends the count.
        (Rule::Phragmen, Completion::None, "a b", "a b c e"),
        (Rule::EqualShares, Completion::None, "a b", "a b"),
        (Rule::EqualShares, Completion::Add1, "a b", "a b"),
        (Rule::EqualShares, Completion::Add1Utilitarian, "a b c e", "a b c e"),
        (Rule::EqualShares, Completion::Greedy, "a b c e", "a b c e"),
    ] {
        let options = with(rule, completion);
        let sorted =
            |names: String| names.split(' ').collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(sorted(won(&tight, &options)), of_tight, "{rule:?} {completion:?}");
        assert_eq!(sorted(won(&loose, &options)), of_loose, "{rule:?} {completion:?}");
        let constraints = Constraints { min_votes: Some(1), ..Constraints::default() };
        assert_eq!(sorted(won(&tight, &Options { constraints, ..options })), "a b", "{rule:?} {completion:?}");
    }
}

#[test]
fn nobody_votes_nothing_costs_and_everything_is_too_dear() {
    for rule in RULES {
        for completion in [Completion::None, Completion::Add1, Completion::Add1Utilitarian, Completion::Greedy] {
            let count = |election: &Election| {
                let options = Options { completion, ..Options::new(rule, election) };
                names(election, &tally(election, &options).unwrap())
            };
            assert!(count(&election(100, &[("a", 1)], &[])).is_empty());
            assert!(count(&election(100, &[("a", 1)], &[(&[], 3)])).is_empty());
            assert!(count(&election(100, &[], &[(&[], 3)])).is_empty());
            assert!(count(&election(10, &[("a", 11)], &[(&["a"], 3)])).is_empty(), "{rule:?} {completion:?}");
            assert!(count(&election(0, &[("a", 1)], &[(&["a"], 3)])).is_empty());
            let free = count(&election(0, &[("a", 0), ("b", 0)], &[(&["a"], 3)]));
            let filled = rule != Rule::EqualShares || !matches!(completion, Completion::None | Completion::Add1);
            assert_eq!(free, if filled { &["a", "b"][..] } else { &["a"] }, "{rule:?} {completion:?}");
        }
    }
}

#[test]
fn a_step_must_go_forward() {
    let election = small();
    let options = Options { step: Decimal::ZERO, ..Options::new(Rule::EqualShares, &election) };
    assert_eq!(tally(&election, &options).unwrap_err().code(), "ballot.option-step");
}

#[test]
fn limits_that_contradict_each_other_are_refused() {
    let election = small();
    let constraints = Constraints { min_projects: Some(4), max_projects: Some(1), ..Constraints::default() };
    let options = Options { constraints, ..Options::new(Rule::GreedyVotes, &election) };
    assert_eq!(tally(&election, &options).unwrap_err().code(), "ballot.option-projects");
}

#[test]
fn the_votes_that_were_missing() {
    let election = small();
    let short = |rule, project| votes_short(&election, &Options::new(rule, &election), project).unwrap();
    assert_eq!(short(Rule::GreedyVotes, 0), None);
    // Road has one vote and would need more than the hall's seven, or as many with the lower cost.
    assert_eq!(short(Rule::GreedyVotes, 3), Some(6));
    for rule in RULES {
        for project in 0..4 {
            let options = Options::new(rule, &election);
            let Some(more) = votes_short(&election, &options, project).unwrap() else { continue };
            for (voters, wins) in [(more, true), (more - 1, false)] {
                let mut election = election.clone();
                for at in 0..voters {
                    let choices = vec![u32::try_from(project).unwrap()];
                    election.ballots.push(Ballot { voter: format!("new {at}"), choices, ..Ballot::default() });
                }
                assert_eq!(tally(&election, &options).unwrap().chosen().contains(&project), wins, "{rule:?} {project}");
            }
        }
    }
}

/// Parties whose voters agree among themselves: each gets its share, rounded down, in projects of equal cost.
#[test]
fn parties_get_their_shares() {
    let ids = ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2", "c3", "c4"];
    let costs: Vec<(&str, i64)> = ids.iter().map(|id| (*id, 25)).collect();
    let election = election(100, &costs, &[(&ids[..4], 51), (&ids[4..8], 26), (&ids[8..], 23)]);
    for (rule, utility) in
        [(Rule::EqualShares, Utility::Cost), (Rule::EqualShares, Utility::Cardinality), (Rule::Phragmen, Utility::Cost)]
    {
        let names = won(&election, &Options { utility, ..Options::new(rule, &election) });
        let of = |party: char| names.chars().filter(|&name| name == party).count();
        assert!(of('a') >= 2 && of('b') >= 1, "{rule:?}: {names}");
    }
    assert!(!won(&election, &Options::new(Rule::GreedyVotes, &election)).contains('b'));
}

/// A laminar family: what all share is bought, and what each half wants beyond it (Peters and Skowron 2020).
#[test]
fn laminar_families_get_what_they_agree_on() {
    let election = election(
        60,
        &[("all1", 10), ("all2", 10), ("l1", 10), ("l2", 10), ("l3", 10), ("r1", 10), ("r2", 10), ("r3", 10)],
        &[(&["all1", "all2", "l1", "l2", "l3"], 6), (&["all1", "all2", "r1", "r2", "r3"], 6)],
    );
    for rule in [Rule::EqualShares, Rule::Phragmen] {
        let names = won(&election, &Options::new(rule, &election));
        assert!(names.contains("all1") && names.contains("all2"), "{names}");
        let side = |side| names.split(' ').filter(|name| name.starts_with(side)).count();
        assert_eq!((side('l'), side('r')), (2, 2), "{names}");
    }
}

fn recipe(seed: u64, vote_type: VoteType) -> Recipe {
    let mut rng = SplitMix::new(seed);
    let mut small = |most: u64| 1 + u32::try_from(rng.uniform(most)).unwrap();
    Recipe {
        seed,
        voters: small(40),
        projects: small(12),
        districts: small(3),
        vote_type,
        choices: small(6),
        exactly: small(2) == 1,
        money_per_voter: small(50),
        oversubscription: small(4),
        ties: if small(2) == 1 { Many::Few } else { Many::Many },
    }
}

fn cases() -> impl Strategy<Value = (Election, Options)> {
    let kinds = proptest::sample::select(VoteType::ALL.to_vec());
    let rules = proptest::sample::select(RULES.to_vec());
    let utilities = proptest::sample::select(vec![Utility::Cost, Utility::Cardinality, Utility::Score]);
    let completions = proptest::sample::select(vec![
        Completion::None,
        Completion::Add1,
        Completion::Add1Utilitarian,
        Completion::Greedy,
    ]);
    (any::<u64>(), kinds, rules, utilities, completions, any::<bool>()).prop_map(
        |(seed, kind, rule, utility, completion, skip)| {
            let election = generate(&recipe(seed, kind));
            let unaffordable = if skip { Unaffordable::Skip } else { Unaffordable::Stop };
            let options = Options { utility, completion, unaffordable, ..Options::new(rule, &election) };
            (election, options)
        },
    )
}

/// Constraints at random over an election.
fn constrained(election: &Election, seed: u64) -> Constraints {
    let mut rng = SplitMix::new(seed);
    let size = election.projects.len() as u64;
    let mut id = || election.projects[usize::try_from(rng.uniform(size)).unwrap()].id.clone();
    let budget = Decimal::new(election.budget.units() / 3, election.budget.places()).unwrap();
    let mut inside = vec![id(), id(), id()];
    inside.dedup();
    Constraints {
        min_projects: None,
        max_projects: Some(4),
        envelopes: vec![Envelope { name: "one".to_owned(), budget, projects: inside, max_projects: Some(2) }],
        incompatible: vec![vec![id(), id()], vec![id(), id(), id()]],
        depends: vec![(id(), id())],
        min_votes: Some(2),
        min_score: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn never_more_than_the_budget((election, options) in cases()) {
        let outcome = tally(&election, &options).unwrap();
        prop_assert!(outcome.spent.order(election.budget).is_le());
        let sum: i128 = outcome.winners.iter().map(|win| win.cost.units()).sum();
        prop_assert_eq!(sum, outcome.spent.units());
        prop_assert_eq!(outcome.winners.len() + outcome.losers.len(), election.projects.len());
        // Rounds tell the winners in order, and figures do not depend on how much is told.
        let told: Vec<usize> = outcome.rounds.iter().filter_map(|round| round.chosen).collect();
        prop_assert_eq!(told, outcome.chosen());
        let short = tally(&election, &Options { detail: Detail::Winners, ..options.clone() }).unwrap();
        prop_assert_eq!(short.chosen(), outcome.chosen());
        prop_assert_eq!(&short.endowment, &outcome.endowment);
    }

    #[test]
    fn payments_make_up_the_cost((election, options) in cases()) {
        let outcome = tally(&election, &Options { rule: Rule::EqualShares, ..options }).unwrap();
        for win in outcome.winners.iter().filter(|win| win.price.is_some()) {
            let voters: u64 = win.payments.iter().map(|payment| payment.voters).sum();
            prop_assert_eq!(voters, win.supporters);
            prop_assert_eq!(win.full_payers + win.partial_payers, win.supporters);
            // Each was rounded down by less than a hundredth.
            let paid: i128 = win.payments.iter().map(|pay| pay.amount.in_units(2).unwrap() * i128::from(pay.voters)).sum();
            let cost = win.cost.in_units(2).unwrap();
            prop_assert!(paid <= cost && cost < paid + i128::from(voters), "{} {}", paid, cost);
        }
    }

    #[test]
    fn the_order_of_voters_and_projects_does_not_matter((election, options) in cases(), seed in any::<u64>()) {
        let mut rng = SplitMix::new(seed);
        let mut mixed = election.clone();
        let mut order: Vec<usize> = (0..election.projects.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, usize::try_from(rng.uniform(at as u64 + 1)).unwrap());
        }
        for at in (1..mixed.ballots.len()).rev() {
            mixed.ballots.swap(at, usize::try_from(rng.uniform(at as u64 + 1)).unwrap());
        }
        mixed.projects = order.iter().map(|&at| election.projects[at].clone()).collect();
        for choice in mixed.ballots.iter_mut().flat_map(|ballot| &mut ballot.choices) {
            let to = order.iter().position(|&at| at == *choice as usize).unwrap();
            *choice = u32::try_from(to).unwrap();
        }
        let (a, b) = (tally(&election, &options).unwrap(), tally(&mixed, &options).unwrap());
        prop_assert_eq!(names(&election, &a), names(&mixed, &b));
        prop_assert_eq!(a.endowment, b.endowment);
    }

    #[test]
    fn constraints_hold((election, options) in cases(), seed in any::<u64>()) {
        let constraints = constrained(&election, seed);
        let outcome = tally(&election, &Options { constraints: constraints.clone(), ..options }).unwrap();
        let names = names(&election, &outcome);
        let has = |id: &String| names.contains(id);
        prop_assert!(outcome.spent.order(election.budget).is_le());
        prop_assert!(names.len() <= 4);
        for set in &constraints.incompatible {
            let set: BTreeSet<&String> = set.iter().collect();
            prop_assert!(set.len() < 2 || set.into_iter().filter(|id| has(id)).count() <= 1);
        }
        for (project, needed) in &constraints.depends {
            prop_assert!(!has(project) || has(needed));
        }
        let envelope = &constraints.envelopes[0];
        let inside: BTreeSet<&String> = envelope.projects.iter().filter(|id| has(id)).collect();
        let positions = election.positions();
        let cost: i128 = inside.iter().map(|id| election.projects[positions[id.as_str()]].cost.units()).sum();
        prop_assert!(cost <= envelope.budget.units() && inside.len() <= 2);
        let votes = election.votes();
        prop_assert!(names.iter().all(|id| votes[positions[id.as_str()]] >= 2));
    }

    /// A group that agrees on projects that its share of the budget pays for gets something out of them (extended justified
    /// representation up to one project): some member gets, with any one project of theirs more, more than their share.
    #[test]
    fn cohesive_groups_are_served(seed in any::<u64>()) {
        let election = generate(&recipe(seed, VoteType::Approval));
        let options = Options { utility: Utility::Cardinality, ..Options::new(Rule::EqualShares, &election) };
        let outcome = tally(&election, &options).unwrap();
        let chosen: BTreeSet<u32> = outcome.chosen().into_iter().map(|at| u32::try_from(at).unwrap()).collect();
        let voters = i128::try_from(election.ballots.len()).unwrap();
        // Groups that share two projects.
        for a in 0..u32::try_from(election.projects.len()).unwrap() {
            for b in 0..a {
                let group: Vec<&Ballot> = election
                    .ballots
                    .iter()
                    .filter(|ballot| ballot.choices.contains(&a) && ballot.choices.contains(&b))
                    .collect();
                let cost = election.projects[a as usize].cost.units() + election.projects[b as usize].cost.units();
                let share = BigRational::new((election.budget.units() * group.len() as i128).into(), voters.into());
                if group.is_empty() || share < BigRational::from_integer(cost.into()) {
                    continue;
                }
                let served = group.iter().any(|ballot| {
                    let got = ballot.choices.iter().filter(|choice| chosen.contains(choice)).count();
                    got >= 2 || (got >= 1 && !(chosen.contains(&a) && chosen.contains(&b)))
                });
                prop_assert!(served, "projects {} and {}", a, b);
            }
        }
    }
}
