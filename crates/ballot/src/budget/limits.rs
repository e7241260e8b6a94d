//! Constraints at work: what may still be chosen after what has been.

use madang_base::{Error, Result};

use super::options::Constraints;
use super::outcome::{FallReason, LossReason};
use super::profile::money;
use crate::pb::Election;

/// The constraints with positions for ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    max_projects: Option<usize>,
    /// Budget, most projects.
    envelopes: Vec<(i64, Option<usize>)>,
    /// For each project its envelopes.
    inside: Vec<Vec<usize>>,
    /// For each project those it excludes.
    excludes: Vec<Vec<usize>>,
    /// For each project those it needs.
    needs: Vec<Vec<usize>>,
}

impl Bounds {
    pub fn new(election: &Election, constraints: &Constraints, places: u8) -> Result<Self> {
        let positions = election.positions();
        let find = |id: &String| {
            let unknown = || Error::invalid("ballot.option-project").arg("project", id);
            positions.get(id.as_str()).copied().ok_or_else(unknown)
        };
        let size = election.projects.len();
        let mut bounds = Self {
            max_projects: constraints.max_projects.map(|most| most as usize),
            envelopes: Vec::new(),
            inside: vec![Vec::new(); size],
            excludes: vec![Vec::new(); size],
            needs: vec![Vec::new(); size],
        };
        for (at, envelope) in constraints.envelopes.iter().enumerate() {
            let most = envelope.max_projects.map(|most| most as usize);
            bounds.envelopes.push((money(envelope.budget, places)?, most));
            for id in &envelope.projects {
                let project = find(id)?;
                if !bounds.inside[project].contains(&at) {
                    bounds.inside[project].push(at);
                }
            }
        }
        for set in &constraints.incompatible {
            let set = set.iter().map(find).collect::<Result<Vec<_>>>()?;
            for &a in &set {
                bounds.excludes[a].extend(set.iter().filter(|&&b| b != a));
            }
        }
        for (project, needed) in &constraints.depends {
            bounds.needs[find(project)?].push(find(needed)?);
        }
        Ok(bounds)
    }

    pub fn start(&self) -> Limits<'_> {
        Limits {
            bounds: self,
            left: self.envelopes.iter().map(|&(budget, _)| budget).collect(),
            inside: vec![0; self.envelopes.len()],
            chosen: vec![false; self.inside.len()],
            order: Vec::new(),
        }
    }

    /// A project that this one needs and that is not among the chosen.
    pub fn unmet_need(&self, project: usize, chosen: &[bool]) -> Option<usize> {
        self.needs[project].iter().copied().find(|&needed| !chosen[needed])
    }
}

/// What was chosen so far and what that leaves.
#[derive(Clone, Debug)]
pub(super) struct Limits<'a> {
    bounds: &'a Bounds,
    left: Vec<i64>,
    inside: Vec<usize>,
    pub chosen: Vec<bool>,
    pub order: Vec<usize>,
}

impl Limits<'_> {
    pub fn choose(&mut self, project: usize, cost: i64) {
        self.chosen[project] = true;
        self.order.push(project);
        for &envelope in &self.bounds.inside[project] {
            self.left[envelope] -= cost;
            self.inside[envelope] += 1;
        }
    }

    /// Why the project can never be chosen any more.
    pub fn falls(&self, project: usize, cost: i64) -> Option<FallReason> {
        if self.full() {
            return Some(FallReason::MaxProjects);
        }
        if self.bounds.excludes[project].iter().any(|&other| self.chosen[other]) {
            return Some(FallReason::Incompatible);
        }
        let envelope_is_full = self.bounds.inside[project]
            .iter()
            .any(|&at| cost > self.left[at] || self.bounds.envelopes[at].1.is_some_and(|most| self.inside[at] >= most));
        envelope_is_full.then_some(FallReason::Envelope)
    }

    /// Whether the number of projects is full.
    pub fn full(&self) -> bool {
        self.bounds.max_projects.is_some_and(|most| self.order.len() >= most)
    }

    /// Whether everything that the project needs was chosen.
    pub fn ready(&self, project: usize) -> bool {
        self.bounds.unmet_need(project, &self.chosen).is_none()
    }

    /// The reason of a fall, for the outcome.
    pub fn loss(&self, project: usize, reason: &FallReason) -> LossReason {
        match reason {
            FallReason::MaxProjects => LossReason::MaxProjects,
            FallReason::Envelope => LossReason::Envelope,
            FallReason::Incompatible => {
                let winner = self.bounds.excludes[project].iter().copied().find(|&other| self.chosen[other]);
                winner.map_or(LossReason::Stopped, |winner| LossReason::Incompatible { winner })
            }
            FallReason::DoesNotFit | FallReason::SupportersShort => LossReason::DoesNotFit,
        }
    }
}
