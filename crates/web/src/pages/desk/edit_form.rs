//! The editor's form: from a commitment to its fields, and back.

use madang_base::calendar::PartialDate;
use madang_base::{Error, FieldError, LocalizedText};
use madang_http::{Input, Visit};
use madang_plans::file::{Budget, Commitment, Milestone, Period};
use madang_plans::sheets::{join_line, split_line};
use serde_json::{Map, Value, json};

use super::super::plans::shape;
use super::{one, two};

/// Texts in two languages, each a pair of fields.
const TEXTS: [&str; 6] = ["title", "summary", "problem", "solution", "contribution", "notes"];

fn text<'c>(commitment: &'c mut Commitment, name: &str) -> &'c mut LocalizedText {
    match name {
        "title" => &mut commitment.name,
        "summary" => &mut commitment.summary,
        "problem" => &mut commitment.problem,
        "solution" => &mut commitment.solution,
        "contribution" => &mut commitment.contribution,
        _ => &mut commitment.notes,
    }
}

/// Where a field of the domain stands on the page: `milestone[2].title` is `milestones.2.title_ko`.
pub fn place(error: &FieldError) -> String {
    let field = error.field.as_str();
    let language = error.args.get("language").map(String::as_str);
    let side = |name: &str| {
        let (name, tag) = name.split_once('.').unwrap_or((name, language.unwrap_or("ko")));
        let name = if name == "name" { "title" } else { name };
        format!("{name}_{tag}")
    };
    if let Some((at, rest)) = field.strip_prefix("milestone[").and_then(|rest| rest.split_once(']')) {
        let rest = rest.trim_start_matches('.');
        let rest = match rest {
            "" | "number" => "title_ko".to_owned(),
            rest if rest.starts_with("periods") => match rest.rsplit_once('.') {
                Some((_, "end")) => "end".to_owned(),
                _ => "start".to_owned(),
            },
            rest => side(rest),
        };
        return format!("milestones.{at}.{rest}");
    }
    match field.split(['[', '.']).next().unwrap_or(field) {
        "budget" => "budget".to_owned(),
        "legal" => format!("legal_{}", language.unwrap_or("ko")),
        name if name == "name" || TEXTS.contains(&name) => side(field),
        _ => String::new(),
    }
}

/// What the form says, laid over what was there; and what it says that cannot be read.
pub fn read(base: &Commitment, input: &Input) -> (Commitment, Option<Error>) {
    let mut wrong = Vec::new();
    let mut commitment = base.clone();
    for name in TEXTS {
        // Texts come from text areas, whose line ends are CRLF.
        *text(&mut commitment, name) = lines_of(&two(input, name));
    }
    commitment.legal = legal(input);
    commitment.budget = budget(input, &mut wrong);
    let count = input.text("milestone_count").parse().unwrap_or(0_usize).min(200);
    commitment.milestone = (1..=count).filter_map(|at| milestone(base, input, at, &mut wrong)).collect();
    let error = wrong.into_iter().fold(None::<Error>, |error, (field, code, value)| {
        let args = std::collections::BTreeMap::from([("value", value)]);
        let error = error.unwrap_or_else(|| Error::invalid("plan.draft-invalid"));
        Some(error.field_error(FieldError { field, code, args }))
    });
    (commitment, error)
}

fn lines_of(text: &LocalizedText) -> LocalizedText {
    text.iter().fold(LocalizedText::default(), |all, (tag, words)| all.with(tag, words.replace("\r\n", "\n")))
}

/// One legal reference on a line, in both languages at the same line.
fn legal(input: &Input) -> Vec<LocalizedText> {
    let lines = |tag: &str| -> Vec<String> {
        input.text(&format!("legal_{tag}")).lines().map(|l| l.trim().to_owned()).collect()
    };
    let (ko, en) = (lines("ko"), lines("en"));
    let empty = String::new();
    (0..ko.len().max(en.len()))
        .map(|at| LocalizedText::new(ko.get(at).unwrap_or(&empty).as_str(), en.get(at).unwrap_or(&empty).as_str()))
        .filter(|text| !text.is_empty())
        .collect()
}

type Wrongs = Vec<(String, &'static str, String)>;

/// `amount | currency | year | note in Korean | note in English` on each line, as in the workbook.
fn budget(input: &Input, wrong: &mut Wrongs) -> Vec<Budget> {
    let mut all = Vec::new();
    for line in input.text("budget").lines().filter(|line| !line.trim().is_empty()) {
        let values = split_line(line);
        let value = |at: usize| values.get(at).map_or("", String::as_str);
        let year = if value(2).is_empty() { Ok(None) } else { value(2).parse().map(Some) };
        match (value(0).replace(',', "").parse(), year) {
            (Ok(amount), Ok(year)) if values.len() <= 5 => {
                let currency = if value(1).is_empty() { "KRW" } else { value(1) };
                let note = LocalizedText::new(value(3), value(4));
                all.push(Budget { amount, currency: currency.to_owned(), year, note });
            }
            _ => wrong.push(("budget".to_owned(), "desk.budget-line", line.trim().to_owned())),
        }
    }
    all
}

/// A milestone of the form; none when it is taken out, or new and empty.
fn milestone(base: &Commitment, input: &Input, at: usize, wrong: &mut Wrongs) -> Option<Milestone> {
    let field = |name: &str| format!("milestones.{at}.{name}");
    let number = input.text(&field("number"));
    let known = base.milestone.iter().find(|m| m.number == number);
    let title = lines_of(&two(input, &field("title")));
    let dates = [input.text(&field("start")), input.text(&field("end"))];
    let empty = title.is_empty() && dates.iter().all(|d| d.is_empty());
    if input.has(&field("remove")) || (known.is_none() && empty) {
        return None;
    }
    let mut milestone =
        known.cloned().unwrap_or_else(|| Milestone { number: number.to_owned(), ..Milestone::default() });
    milestone.title = title;
    milestone.deliverable = lines_of(&two(input, &field("deliverable")));
    milestone.continues = input.has(&field("continues"));
    if simple(&milestone) {
        let mut date = |text: &str, name: &str| -> Option<PartialDate> {
            if text.is_empty() {
                return None;
            }
            let parsed = text.parse();
            if parsed.is_err() {
                wrong.push((format!("milestone[{at}].periods[1].{name}"), "desk.partial-date", text.to_owned()));
            }
            parsed.ok()
        };
        let (start, end) = (date(dates[0], "start"), date(dates[1], "end"));
        // What the document printed stays beside the new dates.
        milestone.periods = if start.is_none() && end.is_none() { Vec::new() } else { vec![Period { start, end }] };
    }
    Some(milestone)
}

/// Whether its dates are a start and an end; several periods and what recurs are changed by import.
fn simple(milestone: &Milestone) -> bool {
    milestone.periods.len() < 2 && milestone.recurs.is_none()
}

/// A commitment as the form shows it.
pub fn shown(visit: &Visit, commitment: &Commitment) -> Value {
    let mut values = Map::new();
    let mut own = commitment.clone();
    for name in TEXTS {
        let words = text(&mut own, name);
        for tag in ["ko", "en"] {
            values.insert(format!("{name}_{tag}"), json!(one(words, tag)));
        }
    }
    for tag in ["ko", "en"] {
        let lines: Vec<String> = commitment.legal.iter().map(|text| one(text, tag)).collect();
        values.insert(format!("legal_{tag}"), json!(lines.join("\n").trim_end()));
    }
    let budget: Vec<String> = commitment.budget.iter().map(budget_line).collect();
    values.insert("budget".into(), json!(budget.join("\n")));
    let milestones = commitment.milestone.iter().map(|m| milestone_shown(visit, m));
    values.insert("milestones".into(), milestones.collect());
    Value::Object(values)
}

fn budget_line(budget: &Budget) -> String {
    join_line(&[
        budget.amount.to_string(),
        budget.currency.clone(),
        budget.year.map(|year| year.to_string()).unwrap_or_default(),
        one(&budget.note, "ko"),
        one(&budget.note, "en"),
    ])
}

fn milestone_shown(visit: &Visit, milestone: &Milestone) -> Value {
    let period = milestone.periods.first().copied().unwrap_or_default();
    let date = |date: Option<PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    let timing = if simple(milestone) { Value::Null } else { shape::timing(visit, milestone)["timing"].clone() };
    json!({
        "n": milestone.number,
        "title_ko": one(&milestone.title, "ko"), "title_en": one(&milestone.title, "en"),
        "deliverable_ko": one(&milestone.deliverable, "ko"), "deliverable_en": one(&milestone.deliverable, "en"),
        "start": date(period.start), "end": date(period.end), "continues": milestone.continues, "timing": timing,
        "remove": false,
    })
}

/// The form as it was typed, for showing it again.
pub fn typed(visit: &Visit, base: &Commitment, input: &Input) -> Value {
    let mut values = Map::new();
    for name in TEXTS.iter().chain(&["legal"]) {
        for tag in ["ko", "en"] {
            let field = format!("{name}_{tag}");
            values.insert(field.clone(), json!(input.text(&field)));
        }
    }
    values.insert("budget".into(), json!(input.text("budget")));
    let count = input.text("milestone_count").parse().unwrap_or(0_usize).min(200);
    let milestones = (1..=count).map(|at| {
        let text = |name: &str| input.text(&format!("milestones.{at}.{name}"));
        let known = base.milestone.iter().find(|m| m.number == text("number"));
        let timing = known.filter(|m| !simple(m)).map(|m| shape::timing(visit, m)["timing"].clone());
        json!({
            "n": text("number"), "title_ko": text("title_ko"), "title_en": text("title_en"),
            "deliverable_ko": text("deliverable_ko"), "deliverable_en": text("deliverable_en"),
            "start": text("start"), "end": text("end"), "timing": timing,
            "continues": input.has(&format!("milestones.{at}.continues")),
            "remove": input.has(&format!("milestones.{at}.remove")),
        })
    });
    values.insert("milestones".into(), milestones.collect());
    Value::Object(values)
}

/// An empty milestone with the next free number.
pub fn added(values: &mut Value) {
    let Some(milestones) = values["milestones"].as_array_mut() else { return };
    let taken = milestones.iter().filter_map(|m| m["n"].as_str()?.parse::<u32>().ok()).max().unwrap_or(0);
    milestones.push(json!({
        "n": (taken + 1).to_string(), "title_ko": "", "title_en": "", "deliverable_ko": "", "deliverable_en": "",
        "start": "", "end": "", "continues": false, "timing": null, "remove": false,
    }));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn at(field: &str, language: Option<&str>) -> String {
        let args = language.map(|l| BTreeMap::from([("language", l.to_owned())])).unwrap_or_default();
        place(&FieldError { field: field.to_owned(), code: "import-empty", args })
    }

    #[test]
    fn problems_stand_at_the_fields_of_the_page() {
        assert_eq!(at("name", Some("en")), "title_en");
        assert_eq!(at("problem.ko", None), "problem_ko");
        assert_eq!(at("milestone[2].title", Some("en")), "milestones.2.title_en");
        assert_eq!(at("milestone[3].periods[1].end", None), "milestones.3.end");
        assert_eq!(at("milestone[3].periods[1]", None), "milestones.3.start");
        assert_eq!(at("budget[1].amount", None), "budget");
        assert_eq!(at("slug", None), "");
    }

    #[test]
    fn new_milestones_get_the_next_number() {
        let mut values = json!({ "milestones": [{ "n": "2" }, { "n": "10" }, { "n": "3-1" }] });
        added(&mut values);
        assert_eq!(values["milestones"][3]["n"], "11");
    }
}
