//! Made-up conversations for tests and benchmarks, the same on every machine.
//!
//! The recipe, with one sequence of SplitMix64 numbers from the seed:
//! 1. Each statement gets a stance per group: with chance `divisive` the groups draw theirs apart (agree 0.85, pass 0.1 or
//!    disagree 0.85, evenly), else all share one.
//! 2. Each person belongs to a group (groups get shares 1, 1/2, 1/3 …, normalised) and sees a number of statements: half of
//!    the mean at least, the rest from a falling distribution (a few see nearly everything).
//! 3. Which ones they see is biased, as in real conversations, where early statements are seen more: each is the smaller of
//!    two draws, until enough different ones are drawn.
//! 4. The vote follows the group's stance; with chance `noise` it is drawn evenly among agree, pass and disagree.

use std::collections::BTreeSet;

use crate::random::Random;
use crate::votes::{Choice, PersonId, StatementId, Vote};

/// What a made-up conversation is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    pub people: usize,
    pub statements: usize,
    /// Votes in all, about. No more than people × statements.
    pub votes: usize,
    /// Groups that really exist.
    pub groups: usize,
    /// Share of statements on which the groups differ.
    pub divisive: f64,
    /// Share of votes that follow no group.
    pub noise: f64,
    pub seed: u64,
}

impl Default for Recipe {
    fn default() -> Self {
        Self { people: 500, statements: 60, votes: 10_000, groups: 3, divisive: 0.5, noise: 0.3, seed: 1 }
    }
}

/// The votes, by person, and the group of each person (by id, from 0).
#[must_use]
pub fn conversation(recipe: &Recipe) -> (Vec<Vote>, Vec<usize>) {
    let mut random = Random::new(recipe.seed);
    let groups = recipe.groups.max(1);
    let statements = recipe.statements.max(1);
    let stances: Vec<Vec<Stance>> = (0..statements)
        .map(|_| {
            let common = Stance::drawn(&mut random);
            let apart = random.unit() < recipe.divisive;
            (0..groups).map(|_| if apart { Stance::drawn(&mut random) } else { common }).collect()
        })
        .collect();
    let shares: Vec<f64> = (1..=groups).map(|at| 1.0 / at as f64).collect();
    let mean = recipe.votes as f64 / recipe.people.max(1) as f64;
    let mut votes = Vec::with_capacity(recipe.votes + recipe.votes / 8);
    let mut members = Vec::with_capacity(recipe.people);
    for person in (0_u64..).take(recipe.people) {
        let group = crate::random::draw(&shares, random.next()).unwrap_or(0);
        members.push(group);
        let wanted = sees(mean, &mut random).min(statements);
        let mut seen = BTreeSet::new();
        // Whoever sees nearly everything would wait long for the last ones to be drawn: they get the rest in order.
        for _ in 0..3 * wanted {
            if seen.len() == wanted {
                break;
            }
            seen.insert(random.below(statements).min(random.below(statements)));
        }
        for at in 0..statements {
            if seen.len() == wanted {
                break;
            }
            seen.insert(at);
        }
        for at in seen {
            votes.push(vote(person, at, stances[at][group], recipe.noise, &mut random));
        }
    }
    (votes, members)
}

/// How many statements a person sees: half the mean, and on top of it an amount whose mean is the other half: 1/4 of the
/// mean times one over the square root of an even number, cut off at twenty times the mean.
fn sees(mean: f64, random: &mut Random) -> usize {
    let tail = (0.25 / (random.unit() + 1e-4).sqrt()).min(20.0);
    let wanted = mean * (0.5 + tail);
    let mut whole = 1;
    while whole as f64 + 0.5 < wanted {
        whole += 1;
    }
    whole
}

/// What a group says to a statement.
#[derive(Debug, Clone, Copy)]
enum Stance {
    For,
    Against,
}

impl Stance {
    fn drawn(random: &mut Random) -> Self {
        if random.next() & 1 == 0 { Self::For } else { Self::Against }
    }
}

fn vote(person: u64, statement: usize, stance: Stance, noise: f64, random: &mut Random) -> Vote {
    let even = random.unit() < noise;
    let draw = random.unit();
    let (agree, pass) = match (even, stance) {
        (true, _) => (1.0 / 3.0, 1.0 / 3.0),
        (false, Stance::For) => (0.85, 0.10),
        (false, Stance::Against) => (0.05, 0.10),
    };
    let choice = if draw < agree {
        Choice::Agree
    } else if draw < agree + pass {
        Choice::Pass
    } else {
        Choice::Disagree
    };
    Vote { person: PersonId(person), statement: StatementId(statement as u64), choice }
}
