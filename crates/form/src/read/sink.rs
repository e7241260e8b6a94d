//! Where reader and checks note what is wrong: by bytes or by path.

use std::collections::BTreeMap;

use super::node::{Lines, Span};
use crate::problem::{Problem, Problems, WARNINGS};

/// Most problems that are worth reading in one go; a file with more is the wrong file.
const PROBLEM_LIMIT: usize = 500;
/// Longest value that a message repeats.
const SHOWN: usize = 60;

pub struct Sink<'t> {
    lines: Lines<'t>,
    places: BTreeMap<String, Span>,
    problems: Vec<Problem>,
}

pub type Args<'a> = &'a [(&'static str, &'a str)];

impl<'t> Sink<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { lines: Lines::new(text), places: BTreeMap::new(), problems: Vec::new() }
    }

    pub fn set_places(&mut self, places: BTreeMap<String, Span>) {
        self.places = places;
    }

    /// Notes a problem at some bytes.
    pub fn at(&mut self, span: &Span, path: &str, code: &'static str, args: Args<'_>) {
        if self.is_full() {
            return;
        }
        let place = self.lines.place(span);
        let shown = |name: &str, value: &str| clip(value, if name == "known" { 10 * SHOWN } else { SHOWN });
        let args = args.iter().map(|(name, value)| (*name, shown(name, value))).collect();
        let problem = Problem {
            code,
            line: place.line,
            column: place.column,
            length: place.length,
            path: path.to_owned(),
            args,
            source: place.source,
        };
        // One fault may be met twice: by a list's item and by the whole.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Whether nothing more is noted.
    pub fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEM_LIMIT
    }

    /// Notes a problem at the value of a path, or of the nearest thing that the file has.
    pub fn on(&mut self, path: &str, code: &'static str, args: Args<'_>) {
        let span = self.span(path);
        self.at(&span, path, code, args);
    }

    /// Notes a problem at the key of a path.
    pub fn on_key(&mut self, path: &str, code: &'static str, args: Args<'_>) {
        let span = self.places.get(&format!("{path}!")).cloned().unwrap_or_else(|| self.span(path));
        self.at(&span, path, code, args);
    }

    /// Whether the file has something at this path.
    pub fn has(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    /// The line of a path, for messages that point elsewhere.
    pub fn line(&self, path: &str) -> String {
        self.lines.line(&self.span(path)).to_string()
    }

    fn span(&self, path: &str) -> Span {
        let mut path = path;
        loop {
            if let Some(span) = self.places.get(path) {
                return span.clone();
            }
            match path.rfind(['.', '[']) {
                Some(at) => path = &path[..at],
                None => return 0..0,
            }
        }
    }

    /// Whether something at or below one of these beginnings is wrong.
    pub fn broken(&self, beginnings: &[&str]) -> bool {
        self.errors().any(|p| beginnings.iter().any(|start| p.path.starts_with(start)))
    }

    fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|p| !WARNINGS.contains(&p.code))
    }

    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Errors and warnings, each in the order of the file.
    pub fn finish(mut self, name: &str) -> (Problems, Problems) {
        self.problems.sort_by(|a, b| {
            (a.line, a.column, a.code, &a.path, &a.args).cmp(&(b.line, b.column, b.code, &b.path, &b.args))
        });
        let (warnings, errors) = self.problems.into_iter().partition(|p| WARNINGS.contains(&p.code));
        let problems = |list| Problems { name: name.to_owned(), list };
        (problems(errors), problems(warnings))
    }
}

fn clip(text: &str, limit: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() <= limit { text } else { text.chars().take(limit - 1).chain(['…']).collect() }
}
