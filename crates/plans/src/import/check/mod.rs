//! What a plan must look like: turns a tree into a [`PlanFile`] or into the list of everything that is wrong with it.

mod items;

use std::collections::HashMap;

use self::items::{read_indicator, read_milestone};
use super::node::{Node, Tree};
use super::problem::{Place, Problem};
use super::reader::{Fields, Reader, shown, suggestion};
use crate::file::{
    Agency, Budget, Commitment, Declined, FORMAT, Figure, Forum, Group, Head, Lead, PlanFile, Source, Statement, Theme,
};
use madang_base::calendar::PartialDate;

pub const AGENCY_KINDS: [&str; 6] = ["agency", "civil-society", "company", "school", "body", "other"];
pub const VALUES: [&str; 4] = ["transparency", "participation", "accountability", "technology"];
pub const EVERY: [&str; 3] = ["year", "half-year", "two-years"];
pub const BETTER: [&str; 2] = ["higher", "lower"];

const HEAD_KEYS: [&str; 14] = [
    "id",
    "number",
    "country",
    "name",
    "summary",
    "start",
    "end",
    "published",
    "lead",
    "source",
    "forum",
    "declined",
    "statement",
    "figure",
];
const FORUM_KEYS: [&str; 12] = [
    "name",
    "short",
    "founded",
    "government",
    "government_chair",
    "government_secretary",
    "civil",
    "civil_chair",
    "civil_secretary",
    "legal",
    "note",
    "group",
];
const COMMITMENT_KEYS: [&str; 19] = [
    "number",
    "slug",
    "name",
    "summary",
    "lead",
    "others",
    "others_note",
    "problem",
    "solution",
    "contribution",
    "values",
    "values_note",
    "legal",
    "budget",
    "learning",
    "notes",
    "figures",
    "milestone",
    "part",
];

pub const STATEMENT_BY: [&str; 2] = ["government", "civil-society"];

/// The agencies a file may refer to.
#[derive(Debug, Default)]
struct Known {
    agencies: Vec<String>,
}

/// Checks a whole plan.
///
/// # Errors
/// All problems found.
pub fn plan(node: &Node) -> Result<PlanFile, Vec<Problem>> {
    let mut reader = Reader::default();
    let file = read_plan(&mut reader, node);
    let problems = reader.into_problems();
    match file {
        Some(file) if problems.is_empty() => Ok(file),
        _ if problems.is_empty() => Err(vec![Problem::new(Place::File, "", "import-empty-file")]),
        _ => Err(problems),
    }
}

/// Checks a single commitment with its milestones, as the editor hands it in.
///
/// # Errors
/// All problems found.
pub fn commitment(node: &Node, agencies: Vec<String>) -> Result<Commitment, Vec<Problem>> {
    let mut reader = Reader::default();
    let known = Known { agencies };
    let value = read_commitment(&mut reader, node, &known, Depth::Edited);
    let problems = reader.into_problems();
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(problems),
    }
}

fn read_plan(r: &mut Reader, node: &Node) -> Option<PlanFile> {
    let f = r.fields(node, &["format", "plan", "agency", "theme", "indicator"])?;
    let format = r.required(f, "format", Reader::text).unwrap_or_default();
    if !format.is_empty() && format != FORMAT {
        r.problem(f.place, "import-format", &[("value", &format), ("known", FORMAT)]);
    }
    // Also those with a mistake of their own: it is said once, not at every place that names the agency.
    let mut agencies: Vec<String> = Vec::new();
    let agency = r.list(f, "agency", |r, n| read_agency(r, n, &mut agencies));
    unique(r, f, "agency", "id");
    for parent in agency.iter().filter_map(|a| a.parent.as_ref()) {
        if !agencies.contains(parent) {
            unknown_agency(r, f.place, parent, &agencies);
        }
    }
    let known = Known { agencies };
    let head = r.required(f, "plan", |r, n| read_head(r, n, &known));
    let theme = r.list(f, "theme", |r, n| read_theme(r, n, &known));
    unique(r, f, "theme", "id");
    unique_commitments(r, f);
    let numbers: Vec<String> = theme
        .iter()
        .flat_map(|t| &t.commitment)
        .flat_map(|c| [c].into_iter().chain(&c.part))
        .map(|c| c.number.clone())
        .collect();
    let indicator = r.list(f, "indicator", |r, n| read_indicator(r, n, &known, &numbers));
    unique(r, f, "indicator", "id");
    for whole in indicator.iter().filter_map(|i| i.part_of.as_ref()) {
        if !indicator.iter().any(|i| i.id == *whole) {
            let known = suggestion(whole, indicator.iter().map(|i| i.id.as_str()));
            r.problem(f.place, "import-indicator-unknown", &[("value", whole), ("known", &known)]);
        }
    }
    Some(PlanFile { format, plan: head?, agency, theme, indicator })
}

fn read_head(r: &mut Reader, node: &Node, known: &Known) -> Option<Head> {
    let f = r.fields(node, &HEAD_KEYS)?;
    let figure = r.list(f, "figure", read_figure);
    unique(r, f, "figure", "id");
    let forum = r.optional(f, "forum", |r, n| read_forum(r, n, known));
    let declined = r.list(f, "declined", read_declined);
    unique(r, f, "declined", "id");
    let statement = r.list(f, "statement", read_statement);
    unique(r, f, "statement", "id");
    let id = r.required(f, "id", Reader::id);
    let number = r.required(f, "number", Reader::integer);
    let country = r.required(f, "country", Reader::text);
    let name = r.required(f, "name", Reader::localized);
    let summary = r.optional(f, "summary", Reader::localized).unwrap_or_default();
    let start = r.required(f, "start", Reader::date);
    let end = r.required(f, "end", Reader::date);
    if let (Some(start), Some(end)) = (start, end) {
        order(r, f.place, Some(start), Some(end));
    }
    let published = r.optional(f, "published", Reader::date);
    let lead = r.required(f, "lead", |r, n| read_agency_id(r, n, known));
    let source = r.optional(f, "source", |r, n| read_source(r, n, known));
    Some(Head {
        id: id?,
        number: number?,
        country: country?,
        name: name?,
        summary,
        start: start?,
        end: end?,
        published,
        lead: lead?,
        source,
        forum,
        declined,
        statement,
        figure,
    })
}

fn read_forum(r: &mut Reader, node: &Node, known: &Known) -> Option<Forum> {
    let f = r.fields(node, &FORUM_KEYS)?;
    let name = r.required(f, "name", Reader::localized);
    let short = r.optional(f, "short", Reader::localized_or_same).unwrap_or_default();
    let founded = r.optional(f, "founded", Reader::date);
    let note = r.optional(f, "note", Reader::localized).unwrap_or_default();
    let legal = r.list(f, "legal", Reader::localized);
    let group = r.list(f, "group", |r, n| {
        let f = r.fields(n, &["id", "name"])?;
        let id = r.required(f, "id", Reader::id);
        let name = r.required(f, "name", Reader::localized);
        Some(Group { id: id?, name: name? })
    });
    unique(r, f, "group", "id");
    let mut members = |key: &str| r.list(f, key, |r, n| read_agency_id(r, n, known));
    let (government, civil) = (members("government"), members("civil"));
    let mut member = |key: &str| r.optional(f, key, |r, n| read_agency_id(r, n, known));
    Some(Forum {
        name: name?,
        short,
        founded,
        government,
        government_chair: member("government_chair"),
        government_secretary: member("government_secretary"),
        civil,
        civil_chair: member("civil_chair"),
        civil_secretary: member("civil_secretary"),
        legal,
        note,
        group,
    })
}

fn read_declined(r: &mut Reader, node: &Node) -> Option<Declined> {
    let f = r.fields(node, &["id", "name", "times", "reason"])?;
    let id = r.required(f, "id", Reader::id);
    let name = r.required(f, "name", Reader::localized);
    let times = r.optional(f, "times", Reader::integer);
    let reason = r.optional(f, "reason", Reader::localized).unwrap_or_default();
    Some(Declined { id: id?, name: name?, times, reason })
}

fn read_statement(r: &mut Reader, node: &Node) -> Option<Statement> {
    let f = r.fields(node, &["id", "by", "title", "text"])?;
    let id = r.required(f, "id", Reader::id);
    let by = r.required(f, "by", |r, n| r.choice(n, &STATEMENT_BY));
    let title = r.required(f, "title", Reader::localized);
    let text = r.required(f, "text", Reader::localized);
    Some(Statement { id: id?, by: by?, title: title?, text: text? })
}

fn read_source(r: &mut Reader, node: &Node, known: &Known) -> Option<Source> {
    let f = r.fields(node, &["title", "publisher", "date"])?;
    let title = r.required(f, "title", Reader::localized_or_same);
    let publisher = r.optional(f, "publisher", |r, n| read_agency_id(r, n, known));
    let date = r.optional(f, "date", Reader::date);
    Some(Source { title: title?, publisher, date })
}

fn read_figure(r: &mut Reader, node: &Node) -> Option<Figure> {
    let f = r.fields(node, &["id", "name", "value", "unit", "note", "date"])?;
    let id = r.required(f, "id", Reader::id);
    let name = r.required(f, "name", Reader::localized);
    let value = r.required(f, "value", Reader::number);
    let unit = r.optional(f, "unit", Reader::localized_or_same).unwrap_or_default();
    let note = r.optional(f, "note", Reader::localized).unwrap_or_default();
    let date = r.optional(f, "date", Reader::date);
    Some(Figure { id: id?, name: name?, value: value?, unit, note, date })
}

fn read_agency(r: &mut Reader, node: &Node, named: &mut Vec<String>) -> Option<Agency> {
    let f = r.fields(node, &["id", "kind", "name", "short", "parent"])?;
    let id = r.required(f, "id", Reader::id);
    named.extend(id.clone());
    let kind = r.required(f, "kind", |r, n| r.choice(n, &AGENCY_KINDS));
    let name = r.required(f, "name", Reader::localized);
    let short = r.optional(f, "short", Reader::localized_or_same).unwrap_or_default();
    let parent = r.optional(f, "parent", Reader::id);
    Some(Agency { id: id?, kind: kind?, name: name?, short, parent })
}

fn read_theme(r: &mut Reader, node: &Node, known: &Known) -> Option<Theme> {
    let f = r.fields(node, &["id", "name", "aims", "commitment"])?;
    let id = r.required(f, "id", Reader::id);
    let name = r.required(f, "name", Reader::localized);
    let aims = match f.get("aims") {
        Some(node) if matches!(node.value, Tree::Table(_)) => {
            r.optional(f, "aims", Reader::localized).into_iter().collect()
        }
        _ => r.list(f, "aims", Reader::localized),
    };
    let commitment = r.list(f, "commitment", |r, n| read_commitment(r, n, known, Depth::Whole));
    Some(Theme { id: id?, name: name?, aims, commitment })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// A commitment of a theme.
    Whole,
    /// A part of one.
    Part,
    /// One that an officer edits: its parts are edited by themselves and its milestones may be in them.
    Edited,
}

fn read_commitment(r: &mut Reader, node: &Node, known: &Known, depth: Depth) -> Option<Commitment> {
    let f = r.fields(node, &COMMITMENT_KEYS)?;
    let number = r.required(f, "number", Reader::numbering);
    let slug = r.required(f, "slug", Reader::id);
    let name = r.required(f, "name", Reader::localized);
    let lead = r.list(f, "lead", |r, n| read_lead(r, n, known));
    let others = r.list(f, "others", |r, n| read_agency_id(r, n, known));
    let values = r.list(f, "values", |r, n| r.choice(n, &VALUES));
    let figures = r.list(f, "figures", read_figure);
    unique(r, f, "figures", "id");
    let milestone = r.list(f, "milestone", read_milestone);
    unique(r, f, "milestone", "number");
    let part = match (depth, f.get("part")) {
        (Depth::Whole, _) => r.list(f, "part", |r, n| read_commitment(r, n, known, Depth::Part)),
        (Depth::Part | Depth::Edited, None) => Vec::new(),
        (Depth::Part | Depth::Edited, Some(part)) => {
            r.problem(&part.place, "import-part-in-part", &[]);
            Vec::new()
        }
    };
    if !part.is_empty() && !milestone.is_empty() {
        r.problem(f.place, "import-milestones-in-parts", &[]);
    }
    if depth != Depth::Edited && part.is_empty() && f.get("lead").is_none() {
        r.missing(f, "lead");
    }
    let mut localized = |key: &str| r.optional(f, key, Reader::localized).unwrap_or_default();
    let (summary, others_note) = (localized("summary"), localized("others_note"));
    let (problem, solution, contribution) = (localized("problem"), localized("solution"), localized("contribution"));
    let (values_note, learning, notes) = (localized("values_note"), localized("learning"), localized("notes"));
    let legal = r.list(f, "legal", Reader::localized);
    let budget = r.list(f, "budget", read_budget);
    Some(Commitment {
        number: number?,
        slug: slug?,
        name: name?,
        summary,
        lead,
        others,
        others_note,
        problem,
        solution,
        contribution,
        values,
        values_note,
        legal,
        budget,
        learning,
        notes,
        figures,
        milestone,
        part,
    })
}

fn read_lead(r: &mut Reader, node: &Node, known: &Known) -> Option<Lead> {
    let f = r.fields(node, &["agency", "division"])?;
    let agency = r.required(f, "agency", |r, n| read_agency_id(r, n, known));
    let division = r.optional(f, "division", Reader::localized).unwrap_or_default();
    Some(Lead { agency: agency?, division })
}

fn read_agency_id(r: &mut Reader, node: &Node, known: &Known) -> Option<String> {
    let id = r.text(node)?;
    if !known.agencies.contains(&id) {
        unknown_agency(r, &node.place, &id, &known.agencies);
        return None;
    }
    Some(id)
}

fn unknown_agency(r: &mut Reader, place: &Place, id: &str, agencies: &[String]) {
    let known = suggestion(id, agencies.iter().map(String::as_str));
    r.problem(place, "import-agency-unknown", &[("value", id), ("known", &known)]);
}

fn read_budget(r: &mut Reader, node: &Node) -> Option<Budget> {
    let f = r.fields(node, &["amount", "currency", "year", "note"])?;
    let amount = r.required(f, "amount", Reader::integer);
    let currency = r.required(f, "currency", Reader::text);
    if let Some(currency) = &currency
        && !(currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase()))
    {
        r.problem(f.place, "import-currency", &[("value", currency)]);
    }
    let year = r.optional(f, "year", Reader::integer);
    let note = r.optional(f, "note", Reader::localized).unwrap_or_default();
    Some(Budget { amount: amount?, currency: currency?, year, note })
}

/// A start is not after its end.
fn order(r: &mut Reader, place: &Place, start: Option<PartialDate>, end: Option<PartialDate>) {
    if let (Some(start), Some(end)) = (start, end)
        && start.first_day() > end.last_day()
    {
        r.problem(place, "import-period-order", &[("start", &start.to_string()), ("end", &end.to_string())]);
    }
}

/// The items of a list differ in `key`.
fn unique(r: &mut Reader, fields: Fields<'_>, list: &str, key: &str) {
    let Some(Tree::List(items)) = fields.get(list).map(|n| &n.value) else { return };
    let mut seen = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        r.within(format!("{list}[{}]", at + 1), |r| once(r, &mut seen, item, key));
    }
}

/// Numbers and slugs of commitments and parts differ over the whole plan.
fn unique_commitments(r: &mut Reader, fields: Fields<'_>) {
    let (mut numbers, mut slugs) = (HashMap::new(), HashMap::new());
    each(r, fields.get("theme"), "theme", &mut |r, theme| {
        each(r, entry(theme, "commitment"), "commitment", &mut |r, commitment| {
            once(r, &mut numbers, commitment, "number");
            once(r, &mut slugs, commitment, "slug");
            each(r, entry(commitment, "part"), "part", &mut |r, part| {
                once(r, &mut numbers, part, "number");
                once(r, &mut slugs, part, "slug");
            });
        });
    });
}

fn each(r: &mut Reader, list: Option<&Node>, name: &str, visit: &mut dyn FnMut(&mut Reader, &Node)) {
    if let Some(Node { value: Tree::List(items), .. }) = list {
        for (at, item) in items.iter().enumerate() {
            r.within(format!("{name}[{}]", at + 1), |r| visit(r, item));
        }
    }
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Tree::Table(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.node),
        _ => None,
    }
}

fn once(r: &mut Reader, seen: &mut HashMap<String, Place>, item: &Node, key: &str) {
    let Some(node) = entry(item, key) else { return };
    let value = shown(node).trim().to_owned();
    if let Some(first) = seen.get(&value) {
        let first = first.to_string();
        r.within(key, |r| {
            r.problem(&node.place, "import-duplicate", &[("name", key), ("value", &value), ("first", &first)]);
        });
    } else {
        seen.insert(value, node.place.clone());
    }
}
