//! An election as a file holds it: facts, projects, ballots. What a rule makes of it is in `budget`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::number::Decimal;

/// How people voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoteType {
    /// Any number of projects, all alike.
    Approval,
    /// One project.
    #[serde(rename = "choose-1")]
    ChooseOne,
    /// Points out of a purse that is shared among projects.
    Cumulative,
    /// Points for each project on its own.
    Scoring,
    /// Projects in order, the best first.
    Ordinal,
}

impl VoteType {
    pub const ALL: [Self; 5] = [Self::Approval, Self::ChooseOne, Self::Cumulative, Self::Scoring, Self::Ordinal];

    /// The word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ChooseOne => "choose-1",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
            Self::Ordinal => "ordinal",
        }
    }

    /// The type with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))
    }

    /// Whether a ballot gives points.
    #[must_use]
    pub const fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

/// A project that people vote on. `cells` are the row as it stood, one for each of [`Election::project_columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub id: String,
    /// In the currency of the election, never below zero.
    pub cost: Decimal,
    pub cells: Vec<String>,
}

/// One person's ballot. `choices` are positions in [`Election::projects`], in the order in which they were given
/// (for ordinal ballots the best first), none twice; `points` has one number for each choice when the type has points
/// and is empty otherwise. `cells` are the columns of the file besides the voter, the vote and the points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballot {
    pub voter: String,
    pub choices: Vec<u32>,
    pub points: Vec<Decimal>,
    pub cells: Vec<String>,
}

/// An election: what may be spent, on what, and the ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// Facts of the file in their order, as they were written (`budget` and `vote_type` among them).
    pub meta: Vec<(String, String)>,
    pub budget: Decimal,
    pub vote_type: VoteType,
    /// Headings of the projects' rows, as they were written.
    pub project_columns: Vec<String>,
    pub projects: Vec<Project>,
    /// Headings of the ballots' rows, as they were written.
    pub ballot_columns: Vec<String>,
    pub ballots: Vec<Ballot>,
}

impl Election {
    /// An election without projects and ballots, with the headings it needs.
    #[must_use]
    pub fn new(vote_type: VoteType, budget: Decimal) -> Self {
        let mut ballot_columns = vec!["voter_id".to_owned(), "vote".to_owned()];
        if vote_type.has_points() {
            ballot_columns.push("points".to_owned());
        }
        Self {
            meta: vec![
                ("budget".to_owned(), budget.to_string()),
                ("vote_type".to_owned(), vote_type.word().to_owned()),
            ],
            budget,
            vote_type,
            project_columns: ["project_id", "cost", "name"].map(str::to_owned).to_vec(),
            projects: Vec::new(),
            ballot_columns,
            ballots: Vec::new(),
        }
    }

    /// The fact with this key; the first when there are several.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim())
    }

    /// Puts a fact in, or another value to it.
    pub fn set_meta(&mut self, key: &str, value: &str) {
        match self.meta.iter_mut().find(|(name, _)| name.trim() == key) {
            Some((_, old)) => value.clone_into(old),
            None => self.meta.push((key.to_owned(), value.to_owned())),
        }
    }

    /// The cell of a project's row under this heading, without spaces around; `None` when there is none or it is empty.
    #[must_use]
    pub fn project_cell(&self, project: usize, column: &str) -> Option<&str> {
        let at = self.project_columns.iter().position(|name| name.trim() == column)?;
        let cell = self.projects.get(project)?.cells.get(at)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The project's name, or its id when it has none.
    #[must_use]
    pub fn name(&self, project: usize) -> &str {
        match self.project_cell(project, "name") {
            Some(name) => name,
            None => self.projects.get(project).map_or("", |project| project.id.as_str()),
        }
    }

    /// For whom the project is: `beneficiaries`, called `target` until April 2026.
    #[must_use]
    pub fn beneficiaries(&self, project: usize) -> Vec<&str> {
        self.list(project, &["beneficiaries", "target", "targets"])
    }

    /// What the project is about.
    #[must_use]
    pub fn categories(&self, project: usize) -> Vec<&str> {
        self.list(project, &["category", "categories"])
    }

    /// The first of these columns that has anything, at its commas.
    fn list(&self, project: usize, columns: &[&str]) -> Vec<&str> {
        let cell = columns.iter().find_map(|column| self.project_cell(project, column)).unwrap_or_default();
        cell.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// Whether the project was chosen, as the file says it (`selected` 1; 2 and 3 are special cases of the format).
    #[must_use]
    pub fn selected(&self, project: usize) -> Option<u8> {
        self.project_cell(project, "selected")?.parse().ok()
    }

    /// How many ballots name each project.
    #[must_use]
    pub fn votes(&self) -> Vec<u64> {
        let mut votes = vec![0_u64; self.projects.len()];
        for &choice in self.ballots.iter().flat_map(|ballot| &ballot.choices) {
            if let Some(count) = votes.get_mut(choice as usize) {
                *count += 1;
            }
        }
        votes
    }

    /// Where the projects stand, by id.
    #[must_use]
    pub fn positions(&self) -> BTreeMap<&str, usize> {
        self.projects.iter().enumerate().map(|(at, project)| (project.id.as_str(), at)).collect()
    }
}
