//! The writer: line feeds, cells quoted only where they must be.

use std::fmt::Write as _;

use super::Election;

/// Writes the file: what [`read`](super::read()) makes of it equals the election, when it was read from a file without
/// problems or its rows are as wide as their headings.
#[must_use]
pub fn write(election: &Election) -> String {
    let mut text = String::from("META\nkey;value\n");
    for (key, value) in &election.meta {
        row(&mut text, [key.as_str(), value.as_str()]);
    }
    text.push_str("PROJECTS\n");
    row(&mut text, election.project_columns.iter().map(String::as_str));
    let columns: Vec<String> = election.project_columns.iter().map(|column| known(column)).collect();
    let first = |name: &str| columns.iter().position(|column| column == name);
    let (id_at, cost_at) = (first("project_id"), first("cost"));
    for project in &election.projects {
        let cost = project.cost.to_string();
        // Cells are left as they stood where they say the same.
        let cells = (0..columns.len()).map(|at| {
            let cell = project.cells.get(at).map_or("", String::as_str);
            match Some(at) {
                at if at == id_at && cell.trim() != project.id => project.id.as_str(),
                at if at == cost_at && cell.trim().parse() != Ok(project.cost) => cost.as_str(),
                _ => cell,
            }
        });
        row(&mut text, cells);
    }
    text.push_str("VOTES\n");
    row(&mut text, election.ballot_columns.iter().map(String::as_str));
    let has_points = election.vote_type.has_points();
    let columns: Vec<String> = election.ballot_columns.iter().map(|column| known(column)).collect();
    let first = |name: &str| columns.iter().position(|column| column == name);
    let (voter_at, vote_at, points_at) = (first("voter_id"), first("vote"), first("points").filter(|_| has_points));
    for ballot in &election.ballots {
        let mut vote = String::new();
        for (at, &choice) in ballot.choices.iter().enumerate() {
            let id = election.projects.get(choice as usize).map_or("", |project| project.id.as_str());
            let _ = write!(vote, "{}{id}", if at == 0 { "" } else { "," });
        }
        let mut points = String::new();
        for (at, point) in ballot.points.iter().enumerate() {
            let _ = write!(points, "{}{point}", if at == 0 { "" } else { "," });
        }
        let mut others = ballot.cells.iter();
        let cells = (0..columns.len()).map(|at| match Some(at) {
            at if at == voter_at => ballot.voter.as_str(),
            at if at == vote_at => vote.as_str(),
            at if at == points_at => points.as_str(),
            _ => others.next().map_or("", String::as_str),
        });
        row(&mut text, cells);
    }
    text
}

fn known(column: &str) -> String {
    column.trim().to_lowercase()
}

/// One row.
fn row<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            text.push(';');
        }
        if cell.contains([';', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
