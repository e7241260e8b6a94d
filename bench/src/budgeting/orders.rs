//! Which counts both programs can make, and how each is asked for them.

use std::path::Path;

use madang_ballot::budget::{Completion, Options, Rule, Ties as TieRule, Utility};
use madang_ballot::pb::generate::{Recipe, Ties};
use madang_ballot::pb::{Election, VoteType};
use serde_json::{Value, json};

/// Small elections of [`small`].
pub const SMALL: u64 = 200;

/// One count.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    rule: &'static str,
    /// pabutools' word for what a supporter gets.
    satisfaction: &'static str,
    completion: &'static str,
    by_name: bool,
}

const SEED: &str = "lot";

impl Order {
    pub fn shares(satisfaction: &'static str, completion: &str) -> Self {
        let completion = if completion == "add1" { "add1" } else { "none" };
        Self { rule: "equal-shares", satisfaction, completion, by_name: true }
    }

    /// Whether pabutools comes to an end with it on a real election: steps of Add1 only once.
    pub fn is_short(&self) -> bool {
        self.by_name
            && (!self.completion.starts_with("add1") || (self.completion, self.satisfaction) == ("add1", "Cost_Sat"))
    }

    /// As the line that `bench/peers/tally.py` reads.
    pub fn question(&self, file: &Path, arithmetic: &str) -> Value {
        let ties = if self.by_name { "name".to_owned() } else { format!("cost,votes,lot:{SEED}") };
        json!({
            "file": file, "rule": self.rule, "sat": self.satisfaction, "completion": self.completion,
            "ties": ties, "arithmetic": arithmetic,
        })
    }

    pub fn options(&self, election: &Election) -> Options {
        let rule = match (self.rule, self.satisfaction) {
            ("phragmen", _) => Rule::Phragmen,
            ("greedy", "Cardinality_Sat") => Rule::GreedyCost,
            ("greedy", _) => Rule::GreedyVotes,
            _ => Rule::EqualShares,
        };
        let utility = match self.satisfaction {
            "Cost_Sat" => Utility::Cost,
            "Cardinality_Sat" => Utility::Cardinality,
            _ => Utility::Score,
        };
        let completion = match self.completion {
            "add1" => Completion::Add1,
            "add1u" => Completion::Add1Utilitarian,
            "greedy" => Completion::Greedy,
            _ => Completion::None,
        };
        let ties = if self.by_name { TieRule::Name } else { TieRule::CostVotesLot };
        Options { utility, completion, ties, seed: SEED.to_owned(), ..Options::new(rule, election) }
    }
}

/// Every count that both programs make of such ballots, with both ways to break ties.
pub fn orders(votes: VoteType) -> Vec<Order> {
    let points = match votes {
        VoteType::Approval | VoteType::ChooseOne => None,
        VoteType::Cumulative | VoteType::Scoring => Some("Additive_Cardinal_Sat"),
        VoteType::Ordinal => Some("Additive_Borda_Sat"),
    };
    let mut orders = Vec::new();
    for by_name in [true, false] {
        for satisfaction in ["Cost_Sat", "Cardinality_Sat"].into_iter().chain(points) {
            for completion in ["none", "add1", "add1u", "greedy"] {
                orders.push(Order { rule: "equal-shares", satisfaction, completion, by_name });
            }
        }
        if points.is_none() {
            for (rule, satisfaction) in
                [("greedy", "Cost_Sat"), ("greedy", "Cardinality_Sat"), ("phragmen", "Cost_Sat")]
            {
                orders.push(Order { rule, satisfaction, completion: "none", by_name });
            }
        }
    }
    orders
}

/// The small elections: every kind of ballot in turn, every second one full of ties.
pub fn small(seed: u64) -> Recipe {
    let kinds = [VoteType::Approval, VoteType::Approval, VoteType::ChooseOne, VoteType::Cumulative, VoteType::Ordinal];
    let size = u32::try_from(seed % 7).unwrap_or_default();
    Recipe {
        seed,
        voters: 20 + 40 * size,
        projects: 5 + 2 * size,
        districts: 1 + size % 3,
        vote_type: kinds[usize::try_from(seed).unwrap_or_default() % kinds.len()],
        choices: 2 + size % 4,
        money_per_voter: 5 + 3 * size,
        oversubscription: 2 + size % 2,
        ties: if seed.is_multiple_of(2) { Ties::Few } else { Ties::Many },
        ..Recipe::default()
    }
}
