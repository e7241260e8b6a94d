//! From a task to chances and a lottery: the one entry point.

pub(crate) mod leximin;
pub(crate) mod program;

use madang_base::Error;
use serde::Serialize;

use crate::feasible::{contradictions, feasible};
use crate::lottery::build;
use crate::{Infeasible, Lottery, Residual, Task, Types};
use program::Program;

/// Whose chance is made as large as possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Rule {
    /// The smallest chance, then the next smallest, and so on: unique.
    #[default]
    Leximin,
    /// The smallest chance only.
    Maximin,
}

/// What the lottery looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Form {
    /// Weighted panels: the chances are met as exactly as can be.
    #[default]
    Weighted,
    /// So many panels with one ticket each (1,000: numbers 000 to 999 can be drawn in public). Chances differ a little from
    /// what was aimed at; the residual says how much.
    Uniform { panels: u32 },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Options {
    pub rule: Rule,
    pub form: Form,
}

/// The result. All indices are into `task`, which is the canonical form of the task that was given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    pub task: Task,
    pub types: Types,
    pub options: Options,
    /// For each type the chance of each of its people that the rule aims at.
    pub target: Vec<f64>,
    /// For each type the chance that each of its people has in the lottery.
    pub chance: Vec<f64>,
    pub lottery: Lottery,
    pub residual: Residual,
}

/// Why there is no solution.
#[derive(Debug)]
pub enum Unsolved {
    /// The task cannot be read (see [`Task::check`]), or neither a panel nor a proof that there is none was found in the steps
    /// that are allowed (`sortition.undecided`).
    Invalid(madang_base::Error),
    /// No panel meets the quotas.
    Infeasible(Box<Infeasible>),
}

/// How often chances are found anew because no mixture of panels has them.
const CUTS: usize = 60;

/// Finds chances and a lottery. Deterministic; the order of people, features, values and quotas does not matter.
///
/// # Errors
/// [`Unsolved`].
pub fn solve(task: &Task, options: Options) -> Result<Solution, Unsolved> {
    task.check().map_err(Unsolved::Invalid)?;
    let task = task.canonical();
    let types = Types::of(&task);
    // Contradictions are seen at once; whether limits fit together is seen when chances or panels are looked for.
    let none = |task: &Task| match feasible(task) {
        Err(why) => Unsolved::Infeasible(Box::new(why)),
        Ok(()) => Unsolved::Invalid(Error::invalid("sortition.undecided")),
    };
    if !contradictions(&task, &types).is_empty() {
        return Err(none(&task));
    }
    let mut program = Program::of(&task, &types);
    let Some(mut seats) = leximin::seats(&program, options.rule) else { return Err(none(&task)) };
    // Chances that meet every limit need not be a mixture of panels; what is learnt about panels then makes better ones.
    let lottery = loop {
        let found = match options.form {
            Form::Weighted => build::weighted(&program, &seats),
            Form::Uniform { panels } => build::uniform_or_cut(&program, &seats, panels.max(1) as usize),
        };
        let Some((lottery, cut)) = found else { return Err(none(&task)) };
        let Some(cut) = cut.filter(|_| program.cuts.len() < CUTS) else { break lottery };
        program.cuts.push(cut);
        match leximin::seats(&program, options.rule) {
            Some(better) => seats = better,
            None => break lottery,
        }
    };
    let residual = build::residual(&lottery, &seats, &program.people);
    let per_person = |seats: Vec<f64>| seats.iter().zip(&program.people).map(|(a, n)| a / f64::from(*n)).collect();
    let chance = per_person(lottery.seats(types.len()));
    Ok(Solution { target: per_person(seats), chance, lottery, residual, task, types, options })
}
