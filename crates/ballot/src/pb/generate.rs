//! Elections made by a recipe, for tests and measurements: the same recipe gives the same election on every machine.
//!
//! The recipe, in words. Random numbers come from SplitMix64 (Steele, Lea, Flood 2014) started at `seed`; `uniform(n)` is
//! the upper half of 64 × 64 bits. Each project belongs to a district (or, one in four, to all); it has an appeal, the
//! product of three uniform numbers up to 1,000 plus one, so that few projects draw most votes; its cost is a uniform
//! factor of 1 to 100 times a doubling of 0 to 3, scaled so that all projects together cost `oversubscription` times the
//! budget. The budget is `money_per_voter` for each voter. Each voter lives in a district and names `1..=choices` projects
//! (or exactly `choices`), each drawn by appeal: seven times in ten out of those of the district and of all, else out of
//! all projects. With [`Ties::Many`] there are three costs and all appeals are equal, and every second voter repeats the
//! ballot of an earlier one.

use super::{Ballot, Election, Project, VoteType};
use crate::number::Decimal;

/// How much stands exactly equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    Few,
    Many,
}

/// What to make. See the module's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    pub seed: u64,
    pub voters: u32,
    pub projects: u32,
    pub districts: u32,
    pub vote_type: VoteType,
    /// The most projects on a ballot.
    pub choices: u32,
    /// Whether every ballot names as many.
    pub exactly: bool,
    /// Whole units of money for each voter.
    pub money_per_voter: u32,
    /// What all projects cost together, in budgets.
    pub oversubscription: u32,
    pub ties: Ties,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            seed: 1,
            voters: 1_000,
            projects: 30,
            districts: 4,
            vote_type: VoteType::Approval,
            choices: 8,
            exactly: false,
            money_per_voter: 50,
            oversubscription: 3,
            ties: Ties::Few,
        }
    }
}

/// `SplitMix64`.
#[derive(Clone, Debug)]
pub struct SplitMix(u64);

impl SplitMix {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n` (0 when `n` is 0).
    pub fn uniform(&mut self, n: u64) -> u64 {
        let product = u128::from(self.next()) * u128::from(n);
        u64::try_from(product >> 64).unwrap_or_default()
    }
}

/// Projects with running sums of their appeals, to draw from.
struct Urn {
    projects: Vec<u32>,
    sums: Vec<u64>,
}

impl Urn {
    fn new(projects: Vec<u32>, appeal: &[u64]) -> Self {
        let mut sum = 0;
        let sums = projects
            .iter()
            .map(|&project| {
                sum += appeal[project as usize];
                sum
            })
            .collect();
        Self { projects, sums }
    }

    fn draw(&self, rng: &mut SplitMix) -> Option<u32> {
        let at = rng.uniform(*self.sums.last()?);
        self.projects.get(self.sums.partition_point(|&sum| sum <= at)).copied()
    }
}

/// The election of a recipe.
#[must_use]
pub fn generate(recipe: &Recipe) -> Election {
    let mut rng = SplitMix::new(recipe.seed);
    let many = recipe.ties == Ties::Many;
    let budget = u64::from(recipe.voters) * u64::from(recipe.money_per_voter);
    let whole = |value: u64| Decimal::whole(i64::try_from(value).unwrap_or(i64::MAX));
    let mut election = Election::new(recipe.vote_type, whole(budget));
    election.meta.splice(0..0, facts(recipe));

    let districts = u64::from(recipe.districts.max(1));
    let mut of_district = Vec::new();
    let mut appeal = Vec::new();
    let mut factors = Vec::new();
    for _ in 0..recipe.projects {
        of_district.push((rng.uniform(4) != 0).then(|| rng.uniform(districts)));
        let parts = [rng.uniform(1_000), rng.uniform(1_000), rng.uniform(1_000)];
        appeal.push(if many { 1 } else { parts.iter().product::<u64>() + 1 });
        let factor = (1 + rng.uniform(100)) << rng.uniform(4);
        factors.push(if many { 1 + factor % 3 } else { factor });
    }
    let all_factors: u64 = factors.iter().sum::<u64>().max(1);
    for (at, &factor) in factors.iter().enumerate() {
        let cost = u128::from(factor) * u128::from(budget) * u128::from(recipe.oversubscription);
        let cost = u64::try_from(cost / u128::from(all_factors)).unwrap_or(u64::MAX).max(1);
        let id = format!("P{:03}", at + 1);
        let name = match of_district[at] {
            Some(district) => format!("Project {} of district {}", at + 1, district + 1),
            None => format!("Project {} of all", at + 1),
        };
        let cost = whole(cost);
        election.projects.push(Project { cells: vec![id.clone(), cost.to_string(), name], id, cost });
    }

    let everything = Urn::new((0..recipe.projects).collect(), &appeal);
    let urns: Vec<Urn> = (0..districts)
        .map(|district| {
            let near = (0..recipe.projects)
                .filter(|&project| of_district[project as usize].is_none_or(|of| of == district))
                .collect();
            Urn::new(near, &appeal)
        })
        .collect();
    for voter in 0..recipe.voters {
        let mut ballot = ballot(recipe, &mut rng, &everything, &urns);
        if many && voter > 0 && rng.uniform(2) == 0 {
            let earlier = usize::try_from(rng.uniform(u64::from(voter))).unwrap_or_default();
            ballot = election.ballots[earlier].clone();
        }
        ballot.voter = format!("V{}", voter + 1);
        election.ballots.push(ballot);
    }
    election
}

fn facts(recipe: &Recipe) -> Vec<(String, String)> {
    [
        ("description", format!("Generated election, seed {}", recipe.seed)),
        ("country", "Nowhere".to_owned()),
        ("unit", "Generated".to_owned()),
        ("instance", recipe.seed.to_string()),
        ("num_projects", recipe.projects.to_string()),
        ("num_votes", recipe.voters.to_string()),
        ("rule", "unknown".to_owned()),
        ("date_begin", "01.01.2026".to_owned()),
        ("date_end", "31.01.2026".to_owned()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .to_vec()
}

fn ballot(recipe: &Recipe, rng: &mut SplitMix, everything: &Urn, urns: &[Urn]) -> Ballot {
    let home = usize::try_from(rng.uniform(urns.len() as u64)).unwrap_or_default();
    let most = if recipe.vote_type == VoteType::ChooseOne { 1 } else { recipe.choices.min(recipe.projects) };
    let length = if recipe.exactly { most } else { u32::try_from(1 + rng.uniform(u64::from(most))).unwrap_or(most) };
    let mut choices: Vec<u32> = Vec::new();
    // What is drawn again does not count; after many draws the ballot stays short.
    for _ in 0..length * 20 {
        if choices.len() >= length as usize {
            break;
        }
        let urn = if rng.uniform(10) < 7 { &urns[home] } else { everything };
        if let Some(project) = urn.draw(rng).filter(|project| !choices.contains(project)) {
            choices.push(project);
        }
    }
    if recipe.vote_type != VoteType::Ordinal {
        choices.sort_unstable();
    }
    let points = match recipe.vote_type {
        VoteType::Scoring => {
            choices.iter().map(|_| Decimal::whole(1 + i64::try_from(rng.uniform(5)).unwrap_or(0))).collect()
        }
        VoteType::Cumulative => shared(choices.len(), rng),
        VoteType::Approval | VoteType::ChooseOne | VoteType::Ordinal => Vec::new(),
    };
    Ballot { voter: String::new(), choices, points, cells: Vec::new() }
}

/// A purse of ten points (or one for each choice, when there are more): one for each, the rest at random.
fn shared(choices: usize, rng: &mut SplitMix) -> Vec<Decimal> {
    let mut points = vec![1_i64; choices];
    for _ in choices..10 {
        let at = usize::try_from(rng.uniform(choices as u64)).unwrap_or_default();
        if let Some(point) = points.get_mut(at) {
            *point += 1;
        }
    }
    points.into_iter().map(Decimal::whole).collect()
}
