//! `madang tally`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(crate) const EXAMPLES: &str = "\
Examples:
  madang tally town.pb --rule equal-shares --completion add1u
  madang tally town.pb --rule equal-shares --explain all --language ko
  madang tally town.pb --rule equal-shares --explain 17 --svg pictures
  madang tally town.pb --rule greedy-votes --json > result.json
  madang tally council.pb --rule transferable --seats 5 --seed \"lottery of 3 December: 7 12 23\"
  cat town.pb | madang tally - --rule phragmen

It reads election files of Pabulib (.pb) and needs no site. Counting is exact: no rounding decides. The
same file and the same options give the same result on every computer. docs/budgets.md and
docs/counting.md explain the methods, with examples to check by hand.

Exit code 5: the file is not in order; every fault is told with its line.";

#[derive(Args, Debug)]
pub(crate) struct Tally {
    /// The election, a .pb file; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How it is counted
    #[arg(long, value_name = "RULE")]
    pub(crate) rule: Rule,
    /// What a supporter gets from a project [default: cost for approvals, score for points and ranks]
    #[arg(long, value_name = "UTILITY")]
    pub(crate) utility: Option<Utility>,
    /// What happens with money that equal-shares leaves [default: none]
    #[arg(long, value_name = "HOW")]
    pub(crate) completion: Option<Completion>,
    /// Where equal-shares begins: the budget divided by voters exactly, or rounded down [default: exact]
    #[arg(long, value_name = "START")]
    pub(crate) start: Option<Start>,
    /// What add1 adds for each voter and run [default: 1]
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) step: Option<String>,
    /// Points for the places of ordinal ballots, such as 3,2,1 [default: one less for each place]
    #[arg(long, value_name = "POINTS", value_delimiter = ',')]
    pub(crate) scale: Vec<String>,
    /// How projects that are exactly equal are put in order [default: cost-votes-lot]
    #[arg(long, value_name = "TIES")]
    pub(crate) ties: Option<Ties>,
    /// What the lot for ties is drawn from; publish it before the count
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(crate) seed: String,
    /// Stop at the first project that does not fit, instead of passing over it (greedy rules, knapsack)
    #[arg(long)]
    pub(crate) stop: bool,
    /// Limits beyond the budget, a TOML file: numbers of projects, districts, projects that exclude or need others
    #[arg(long, value_name = "FILE")]
    pub(crate) constraints: Option<PathBuf>,
    /// How many are elected (approval, score, schulze, transferable) [default: 1]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) seats: Option<u32>,
    /// Leave out rows that are in error and count the rest
    #[arg(long)]
    pub(crate) skip_broken: bool,
    /// Explain a project (its id; repeatable), or all of them and the whole
    #[arg(long, value_name = "PROJECT|all")]
    pub(crate) explain: Vec<String>,
    /// A folder for pictures; those for telephones go into its folder `narrow`
    #[arg(long, value_name = "DIR")]
    pub(crate) svg: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// How votes become a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rule {
    /// Budget: most votes (or points) first
    GreedyVotes,
    /// Budget: most satisfaction for the cost first
    GreedyCost,
    /// Budget: Method of Equal Shares
    EqualShares,
    /// Budget: Phragmén's rule
    Phragmen,
    /// Budget: each ballot a plan for the whole budget
    Knapsack,
    /// Choice: most marks
    Approval,
    /// Choice: most points
    Score,
    /// Choice: the last one is struck until one has more than half
    InstantRunoff,
    /// Choice: each against each (Condorcet), strongest paths
    Schulze,
    /// Choice: several seats in proportion (single transferable vote)
    Transferable,
}

/// What a supporter gets from a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Utility {
    /// Its cost
    Cost,
    /// One, whatever it costs
    Cardinality,
    /// The points given
    Score,
}

/// What happens with money that Equal Shares leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Completion {
    /// It is left
    None,
    /// More for each voter, step by step, while the budget is kept
    Add1,
    /// The same, and then most votes first
    Add1u,
    /// Most votes first
    Greedy,
}

/// Where Equal Shares begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Start {
    Exact,
    Floor,
}

/// How equal projects are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ties {
    /// Lowest cost, then most votes, then the lot
    CostVotesLot,
    /// By id
    Name,
}
