//! What milestones and indicators must look like.

use super::{BETTER, EVERY, Known, order, read_agency_id, unique};
use crate::file::{
    Better, Every, Indicator, Milestone, Month, Next, Period, Previous, Printed, Recurs, SeriesValue, Target,
};
use crate::import::node::Node;
use crate::import::reader::{Reader, shown, suggestion};

const MILESTONE_KEYS: [&str; 9] =
    ["number", "title", "group", "deliverable", "printed", "periods", "continues", "recurs", "note"];
const INDICATOR_KEYS: [&str; 10] =
    ["id", "commitment", "name", "group", "part_of", "unit", "better", "source", "targets", "values"];

pub(super) fn read_milestone(r: &mut Reader, node: &Node) -> Option<Milestone> {
    let f = r.fields(node, &MILESTONE_KEYS)?;
    let number = r.required(f, "number", Reader::numbering);
    let title = r.required(f, "title", Reader::localized);
    let group = r.optional(f, "group", Reader::localized).unwrap_or_default();
    let deliverable = r.optional(f, "deliverable", Reader::localized).unwrap_or_default();
    let printed = r.optional(f, "printed", read_printed).unwrap_or_default();
    let periods = r.list(f, "periods", read_period);
    let continues = r.optional(f, "continues", Reader::boolean).unwrap_or(false);
    let recurs = r.optional(f, "recurs", read_recurs);
    let note = r.optional(f, "note", Reader::localized).unwrap_or_default();
    Some(Milestone { number: number?, title: title?, group, deliverable, printed, periods, continues, recurs, note })
}

fn read_printed(r: &mut Reader, node: &Node) -> Option<Printed> {
    let f = r.fields(node, &["start", "end"])?;
    // The document may print nothing at all in one of the two columns.
    let side = |key| f.get(key).map(shown).unwrap_or_default().trim().to_owned();
    Some(Printed { start: side("start"), end: side("end") })
}

fn read_period(r: &mut Reader, node: &Node) -> Option<Period> {
    let f = r.fields(node, &["start", "end"])?;
    let start = r.optional(f, "start", Reader::date);
    let end = r.optional(f, "end", Reader::date);
    if f.get("start").is_none() && f.get("end").is_none() {
        r.problem(f.place, "import-period-empty", &[]);
    }
    order(r, f.place, start, end);
    Some(Period { start, end })
}

fn read_recurs(r: &mut Reader, node: &Node) -> Option<Recurs> {
    let f = r.fields(node, &["every", "from", "from_year", "to", "to_year", "throughout", "first"])?;
    let every = match r.optional(f, "every", |r, n| r.choice(n, &EVERY)).as_deref() {
        Some("half-year") => Every::HalfYear,
        Some("two-years") => Every::TwoYears,
        _ => Every::Year,
    };
    let throughout = r.optional(f, "throughout", Reader::boolean).unwrap_or(false);
    if !throughout && f.get("every").is_none() {
        r.missing(f, "every");
    }
    let from = r.optional(f, "from", read_month);
    let to = r.optional(f, "to", read_month);
    let from_year = r.optional(f, "from_year", |r, n| r.choice(n, &["previous"])).map(|_| Previous::Previous);
    let to_year = r.optional(f, "to_year", |r, n| r.choice(n, &["next"])).map(|_| Next::Next);
    let first = r.optional(f, "first", |r, n| {
        let year = r.integer(n)?;
        let year = i16::try_from(year).ok().filter(|y| (1900..=2200).contains(y));
        if year.is_none() {
            r.problem(&n.place, "import-year", &[("value", &shown(n))]);
        }
        year
    });
    Some(Recurs { every, from, from_year, to, to_year, throughout, first })
}

fn read_month(r: &mut Reader, node: &Node) -> Option<Month> {
    let text = shown(node);
    let month = text.trim().parse::<i8>().ok().and_then(Month::new);
    if month.is_none() {
        r.problem(&node.place, "import-month", &[("value", &text)]);
    }
    month
}

pub(super) fn read_indicator(r: &mut Reader, node: &Node, known: &Known, numbers: &[String]) -> Option<Indicator> {
    let f = r.fields(node, &INDICATOR_KEYS)?;
    let id = r.required(f, "id", Reader::id);
    let commitment = r.optional(f, "commitment", |r, n| {
        let number = r.text(n)?;
        if !numbers.contains(&number) {
            let known = suggestion(&number, numbers.iter().map(String::as_str));
            r.problem(&n.place, "import-commitment-unknown", &[("value", &number), ("known", &known)]);
        }
        Some(number)
    });
    let name = r.required(f, "name", Reader::localized);
    let group = r.optional(f, "group", Reader::id).unwrap_or_default();
    let part_of = r.optional(f, "part_of", Reader::id);
    let unit = r.required(f, "unit", Reader::localized_or_same);
    let better = match r.optional(f, "better", |r, n| r.choice(n, &BETTER)).as_deref() {
        Some("lower") => Better::Lower,
        _ => Better::Higher,
    };
    let source = r.optional(f, "source", Reader::localized_or_same).unwrap_or_default();
    let targets = r.list(f, "targets", |r, n| {
        let f = r.fields(n, &["date", "value", "note"])?;
        let date = r.required(f, "date", Reader::date);
        let value = r.required(f, "value", Reader::number);
        let note = r.optional(f, "note", Reader::localized_or_same).unwrap_or_default();
        Some(Target { date: date?, value: value?, note })
    });
    let values = r.list(f, "values", |r, n| {
        let f = r.fields(n, &["date", "value", "agency", "note"])?;
        let date = r.required(f, "date", Reader::date);
        let value = r.required(f, "value", Reader::number);
        let agency = r.optional(f, "agency", |r, n| read_agency_id(r, n, known));
        let note = r.optional(f, "note", Reader::localized_or_same).unwrap_or_default();
        Some(SeriesValue { date: date?, value: value?, agency, note })
    });
    unique(r, f, "targets", "date");
    Some(Indicator { id: id?, commitment, name: name?, group, part_of, unit: unit?, better, source, targets, values })
}
