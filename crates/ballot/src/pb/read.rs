//! The tolerant reader: rows one by one, what is wrong with each, and an election of the rest.
//!
//! Byte order mark, either kind of line end, quoted cells, short rows, empty rows, headings in any order, columns nobody
//! knows: all read. A section begins at a row with its name alone; the row after it holds the headings.

use std::collections::{HashMap, HashSet};

use super::{Ballot, Election, Problem, Project, Severity, VoteType};
use crate::number::Decimal;

/// Reads a file. Warnings leave no row out. A row with an error is left out; without an election the file could not
/// be understood at all (then there is at least one error). Problems stand in the order of their lines.
#[must_use]
pub fn read(bytes: &[u8]) -> (Option<Election>, Vec<Problem>) {
    let mut reader = Reader::default();
    let election = reader.file(bytes);
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.line);
    (election, problems)
}

/// A row of the file.
struct Row {
    line: u64,
    cells: Vec<String>,
}

#[derive(Default)]
struct Section {
    line: u64,
    headings: Vec<String>,
    rows: Vec<Row>,
}

impl Section {
    fn column(&self, names: &[&str]) -> Option<usize> {
        self.headings.iter().position(|heading| names.contains(&heading.trim().to_lowercase().as_str()))
    }
}

#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
}

const SECTIONS: [&str; 3] = ["META", "PROJECTS", "VOTES"];

impl Reader {
    fn file(&mut self, bytes: &[u8]) -> Option<Election> {
        let [meta, projects, votes] = self.sections(bytes)?;
        let mut election = self.meta(&meta)?;
        election.project_columns.clone_from(&projects.headings);
        election.ballot_columns.clone_from(&votes.headings);
        self.projects(projects, &mut election)?;
        self.ballots(votes, &mut election)?;
        self.counts(&election, meta.line);
        Some(election)
    }

    /// The three sections; `None` when one is not there.
    fn sections(&mut self, bytes: &[u8]) -> Option<[Section; 3]> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut sections: [Option<Section>; 3] = [None, None, None];
        let mut current: Option<usize> = None;
        let mut wants_headings = false;
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        // Reading from memory cannot fail, and rows of any length are taken.
        while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let mut cells = Vec::with_capacity(record.len());
            for cell in &record {
                if let Ok(cell) = std::str::from_utf8(cell) {
                    cells.push(cell.to_owned());
                }
            }
            if cells.len() < record.len() {
                self.problems.push(Problem::error(line, "ballot.pb-utf8"));
                continue;
            }
            if let Some(section) = section_of(&cells).filter(|&section| sections[section].is_none()) {
                sections[section] = Some(Section { line, ..Section::default() });
                current = Some(section);
                wants_headings = true;
                continue;
            }
            let Some(section) = current.and_then(|at| sections[at].as_mut()) else {
                self.problems.push(Problem::error(line, "ballot.pb-no-section"));
                continue;
            };
            if std::mem::take(&mut wants_headings) {
                section.headings = cells;
            } else {
                section.rows.push(Row { line, cells });
            }
        }
        // A quote that is never closed swallows the rest of the file.
        if let Some(row) =
            sections.iter().flatten().filter_map(|section| section.rows.last()).max_by_key(|row| row.line)
            && row.cells.iter().any(|cell| cell.matches('\n').count() > 5)
        {
            self.problems.push(Problem::warning(row.line, "ballot.pb-quote"));
        }
        for (section, name) in sections.iter().zip(SECTIONS) {
            if section.is_none() {
                self.problems.push(Problem::error(0, "ballot.pb-section-missing").arg("section", name));
            }
        }
        let [meta, projects, votes] = sections;
        Some([meta?, projects?, votes?])
    }

    fn meta(&mut self, section: &Section) -> Option<Election> {
        let mut meta: Vec<(String, String)> = Vec::new();
        let mut lines = HashMap::new();
        let mut rows: Vec<(u64, &[String])> = vec![];
        // A file without the headings `key;value` begins with its first fact.
        if section.headings.first().is_some_and(|heading| !heading.trim().eq_ignore_ascii_case("key")) {
            self.problems.push(Problem::warning(section.line, "ballot.pb-meta-headings"));
            rows.push((section.line + 1, &section.headings));
        }
        rows.extend(section.rows.iter().map(|row| (row.line, row.cells.as_slice())));
        for (line, cells) in rows {
            let key = cells[0].trim();
            // The name of a section alone, again: no fact either.
            if key.is_empty() || section_of(cells).is_some() {
                self.problems.push(Problem::error(line, "ballot.pb-meta-key"));
            } else if let Some(first) = lines.get(key) {
                self.problems.push(Problem::error(line, "ballot.pb-meta-twice").arg("key", key).arg("first", first));
            } else {
                lines.insert(key.to_owned(), line);
                if cells[2.min(cells.len())..].iter().any(|cell| !cell.trim().is_empty()) {
                    self.problems.push(Problem::warning(line, "ballot.pb-meta-semicolon").arg("key", key));
                }
                // A value with bare semicolons is put together again.
                let mut value = cells.get(1..).unwrap_or_default();
                while value.len() > 1 && value.last().is_some_and(|cell| cell.trim().is_empty()) {
                    value = &value[..value.len() - 1];
                }
                meta.push((cells[0].clone(), value.join(";")));
            }
        }
        let line = |key: &str| lines.get(key).copied().unwrap_or(section.line);
        let mut election = Election::new(VoteType::Approval, Decimal::ZERO);
        election.meta = meta;
        let mut complete = true;
        match election.meta("budget").map(str::parse::<Decimal>) {
            Some(Ok(budget)) if !budget.is_negative() => election.budget = budget,
            Some(_) => {
                let value = election.meta("budget").unwrap_or_default().to_owned();
                self.problems.push(Problem::error(line("budget"), "ballot.pb-budget").arg("value", value));
                complete = false;
            }
            None => {
                self.problems.push(Problem::error(section.line, "ballot.pb-meta-missing").arg("key", "budget"));
                complete = false;
            }
        }
        match election.meta("vote_type").map(VoteType::from_word) {
            Some(Some(kind)) => election.vote_type = kind,
            Some(None) => {
                let value = election.meta("vote_type").unwrap_or_default().to_owned();
                self.problems.push(Problem::error(line("vote_type"), "ballot.pb-vote-type").arg("value", value));
                complete = false;
            }
            None => {
                self.problems.push(Problem::error(section.line, "ballot.pb-meta-missing").arg("key", "vote_type"));
                complete = false;
            }
        }
        complete.then_some(election)
    }

    fn projects(&mut self, section: Section, election: &mut Election) -> Option<()> {
        let id_at = section.column(&["project_id"]);
        let cost_at = section.column(&["cost"]);
        for (at, name) in [(id_at, "project_id"), (cost_at, "cost")] {
            if at.is_none() {
                self.missing_column(section.line, "PROJECTS", name);
            }
        }
        let (id_at, cost_at) = (id_at?, cost_at?);
        let width = section.headings.len();
        let mut seen: HashMap<String, u64> = HashMap::new();
        for Row { line, mut cells } in section.rows {
            let id = cells.get(id_at).map_or("", |cell| cell.trim()).to_owned();
            if id.is_empty() {
                self.problems.push(Problem::error(line, "ballot.pb-project-id"));
                continue;
            }
            if id.contains(',') {
                self.problems.push(Problem::error(line, "ballot.pb-project-comma").arg("project", id));
                continue;
            }
            if let Some(first) = seen.get(&id) {
                self.problems
                    .push(Problem::error(line, "ballot.pb-project-twice").arg("project", id).arg("first", first));
                continue;
            }
            if !self.fit(line, &mut cells, width) {
                continue;
            }
            let text = cells[cost_at].trim();
            let cost = match text.parse::<Decimal>() {
                Ok(cost) if !cost.is_negative() => cost,
                _ => {
                    let problem = Problem::error(line, "ballot.pb-cost").arg("project", id).arg("value", text);
                    self.problems.push(problem);
                    continue;
                }
            };
            if cost.order(election.budget).is_gt() {
                self.problems.push(
                    Problem::warning(line, "ballot.pb-cost-over-budget")
                        .arg("project", &id)
                        .arg("cost", cost)
                        .arg("budget", election.budget),
                );
            }
            seen.insert(id.clone(), line);
            election.projects.push(Project { id, cost, cells });
        }
        if election.projects.is_empty() {
            self.problems.push(Problem::warning(section.line, "ballot.pb-no-projects"));
        }
        Some(())
    }

    fn ballots(&mut self, section: Section, election: &mut Election) -> Option<()> {
        let voter_at = section.column(&["voter_id"]);
        let vote_at = section.column(&["vote"]);
        let points_at = section.column(&["points"]);
        let has_points = election.vote_type.has_points();
        for (at, name, needed) in
            [(voter_at, "voter_id", true), (vote_at, "vote", true), (points_at, "points", has_points)]
        {
            if at.is_none() && needed {
                self.missing_column(section.line, "VOTES", name);
            }
        }
        let (voter_at, vote_at) = (voter_at?, vote_at?);
        if has_points {
            points_at?;
        }
        let width = section.headings.len();
        let positions: HashMap<&str, u32> =
            election.projects.iter().map(|project| project.id.as_str()).zip(0_u32..).collect();
        let mut seen: HashMap<String, u64> = HashMap::with_capacity(section.rows.len());
        let mut ballots = Vec::with_capacity(section.rows.len());
        for Row { line, mut cells } in section.rows {
            let voter = cells.get(voter_at).map_or("", |cell| cell.trim()).to_owned();
            if voter.is_empty() {
                self.problems.push(Problem::error(line, "ballot.pb-voter-id"));
                continue;
            }
            if let Some(first) = seen.get(&voter) {
                let problem = Problem::error(line, "ballot.pb-voter-twice").arg("voter", voter).arg("first", first);
                self.problems.push(problem);
                continue;
            }
            if !self.fit(line, &mut cells, width) {
                continue;
            }
            let points = points_at.filter(|_| has_points).map(|at| cells[at].as_str());
            let Some((choices, points)) = self.vote(line, &positions, election.vote_type, &cells[vote_at], points)
            else {
                continue;
            };
            seen.insert(voter.clone(), line);
            let cells = cells
                .into_iter()
                .enumerate()
                .filter(|&(at, _)| at != voter_at && at != vote_at && (Some(at) != points_at || !has_points))
                .map(|(_, cell)| cell)
                .collect();
            ballots.push(Ballot { voter, choices, points, cells });
        }
        drop(positions);
        if ballots.is_empty() {
            self.problems.push(Problem::warning(section.line, "ballot.pb-no-votes"));
        }
        election.ballots = ballots;
        Some(())
    }

    /// The choices of a ballot and their points; `None` when the row is broken.
    fn vote(
        &mut self,
        line: u64,
        positions: &HashMap<&str, u32>,
        kind: VoteType,
        vote: &str,
        points: Option<&str>,
    ) -> Option<(Vec<u32>, Vec<Decimal>)> {
        let named: Vec<&str> = vote.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
        let given: Vec<&str> = points.map_or_else(Vec::new, |points| {
            points.split(',').map(str::trim).filter(|point| !point.is_empty()).collect()
        });
        if points.is_some() && given.len() != named.len() {
            let problem =
                Problem::error(line, "ballot.pb-points-count").arg("projects", named.len()).arg("points", given.len());
            self.problems.push(problem);
            return None;
        }
        if kind == VoteType::ChooseOne && named.len() > 1 {
            self.problems.push(Problem::error(line, "ballot.pb-choose-one").arg("projects", named.len()));
            return None;
        }
        let mut choices = Vec::with_capacity(named.len());
        let mut scores = Vec::with_capacity(given.len());
        let mut long = HashSet::new();
        for (at, id) in named.iter().enumerate() {
            let score = match given.get(at).map(|point| point.parse::<Decimal>()) {
                Some(Ok(score)) if !score.is_negative() => Some(score),
                Some(_) => {
                    self.problems.push(Problem::error(line, "ballot.pb-points").arg("value", given[at]));
                    return None;
                }
                None => None,
            };
            let Some(&project) = positions.get(id) else {
                self.problems.push(Problem::warning(line, "ballot.pb-unknown-project").arg("project", id));
                continue;
            };
            // Short ballots are searched, long ones hashed.
            let again = if at < 32 {
                choices.contains(&project)
            } else {
                if long.is_empty() {
                    long.extend(choices.iter().copied());
                }
                long.contains(&project)
            };
            if again && score.is_some() {
                self.problems.push(Problem::error(line, "ballot.pb-points-twice").arg("project", id));
                return None;
            }
            if again {
                self.problems.push(Problem::warning(line, "ballot.pb-choice-twice").arg("project", id));
                continue;
            }
            if at >= 32 {
                long.insert(project);
            }
            choices.push(project);
            scores.extend(score);
        }
        Some((choices, scores))
    }

    /// Makes the row as wide as its headings; `false` when it has more cells than they.
    fn fit(&mut self, line: u64, cells: &mut Vec<String>, width: usize) -> bool {
        while cells.len() > width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() > width {
            self.problems
                .push(Problem::error(line, "ballot.pb-row-wide").arg("cells", cells.len()).arg("headings", width));
            return false;
        }
        cells.resize(width, String::new());
        true
    }

    fn missing_column(&mut self, line: u64, section: &str, column: &str) {
        let problem =
            Problem::error(line + 1, "ballot.pb-column-missing").arg("section", section).arg("column", column);
        self.problems.push(problem);
    }

    /// What the file says about its own size. Rows that were left out were reported already.
    fn counts(&mut self, election: &Election, line: u64) {
        if self.problems.iter().any(|problem| problem.severity == Severity::Error) {
            return;
        }
        for (key, found) in [("num_projects", election.projects.len()), ("num_votes", election.ballots.len())] {
            if let Some(said) = election.meta(key).filter(|said| said.parse() != Ok(found)) {
                let problem =
                    Problem::warning(line, "ballot.pb-count").arg("key", key).arg("said", said).arg("found", found);
                self.problems.push(problem);
            }
        }
    }
}

/// The section that a row with its name alone begins.
fn section_of(cells: &[String]) -> Option<usize> {
    let (first, rest) = cells.split_first()?;
    let alone = rest.iter().all(|cell| cell.trim().is_empty());
    SECTIONS.iter().position(|name| alone && name.eq_ignore_ascii_case(first.trim()))
}
