//! Clocks.

use madang_base::calendar::clock::Unit;

use super::flow::moment;
use super::reader::{At, Reader, Table};
use super::top::parties;
use crate::model::{Clock, ClockExtension, Moment, Party, Silence, Within};

/// Longest clock and extension, in its own unit; the calendar's limit.
const MAX_AMOUNT: u32 = 3_660;
/// What stands in the list of pauses for an open question to the author.
const QUESTION: &str = "question";

pub fn clock(r: &mut Reader<'_>, table: &Table<'_>) -> Clock {
    let silences = [
        ("overdue", Silence::Overdue),
        ("lapses", Silence::Lapses),
        ("step", Silence::Step),
        ("refused", Silence::Refused),
        ("granted", Silence::Granted),
    ];
    let pauses = r.opt(table, "pauses", |r, at| Some(r.words(at, pause))).unwrap_or_default();
    if !table.has("basis") {
        r.missing(table, "basis");
    }
    let stand_in = Within::All { amount: 1, unit: Unit::CalendarDay };
    let within = r.req(table, "within", within).unwrap_or(stand_in);
    Clock {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        who: r.opt(table, "who", Reader::text).map_or(Party::Agency, |word| Party::of(&word)),
        within: within.clone(),
        first_day_counted: r
            .opt(table, "first-day", |r, at| r.choice(at, &[("not counted", false), ("counted", true)]))
            .unwrap_or(false),
        end_rolls: r.opt(table, "end", |r, at| r.choice(at, &[("rolls", true), ("stays", false)])).unwrap_or(true),
        starts: moments(r, table, "starts"),
        stops: moments(r, table, "stops"),
        pauses_for_question: pauses.iter().any(|word| word == QUESTION),
        pauses: pauses.into_iter().filter_map(|word| word.strip_prefix("state:").map(str::to_owned)).collect(),
        restarts_on_transfer: r.opt(table, "restarts", |r, at| r.choice(at, &[("on transfer", true)])).unwrap_or(false),
        extension: r.opt(table, "extension", |r, at| extension(r, at, &within)),
        silence: r.opt(table, "silence", |r, at| r.choice(at, &silences)).unwrap_or(Silence::Overdue),
        basis: r.basis(table),
    }
}

/// The moments of a list; one that cannot be read is left out.
fn moments(r: &mut Reader<'_>, table: &Table<'_>, key: &str) -> Vec<Moment> {
    let mut words = Vec::new();
    let Some(at) = table.get(key) else { return Vec::new() };
    let moments = r.one_or_more(&at, |r, at| {
        let moment = moment(r, at);
        words.push(moment.as_ref().map(ToString::to_string).unwrap_or_default());
        moment
    });
    r.twice(&at.path, &words);
    // A stand-in keeps the places of the others: a step without a name is not looked up.
    moments.into_iter().map(|moment| moment.unwrap_or(Moment::Step(String::new()))).collect()
}

fn pause(r: &mut Reader<'_>, at: &At<'_>) -> String {
    let word = r.word(at);
    if word.is_empty() || word == QUESTION || word.starts_with("state:") {
        return word;
    }
    let known = super::reader::suggestion(&word, ["state:…", QUESTION].into_iter());
    r.fault(at, "form.word", &[("value", &word), ("known", &known)]);
    String::new()
}

/// `90 days`, `10 business days`, `8 working hours`.
fn amount(r: &mut Reader<'_>, at: &At<'_>) -> Option<(u32, Unit)> {
    let text = r.text(at)?;
    let read = text.split_once(' ').and_then(|(amount, unit)| {
        let unit = match unit {
            "day" | "days" => Unit::CalendarDay,
            "business day" | "business days" => Unit::BusinessDay,
            "working hour" | "working hours" => Unit::WorkingHour,
            _ => return None,
        };
        let amount = amount.parse::<u32>().ok().filter(|n| (1..=MAX_AMOUNT).contains(n))?;
        Some((amount, unit))
    });
    if read.is_none() {
        r.fault(at, "form.amount", &[("value", &text), ("limit", &MAX_AMOUNT.to_string())]);
    }
    read
}

fn within(r: &mut Reader<'_>, at: &At<'_>) -> Option<Within> {
    if matches!(at.node.value, super::node::Tree::Text(_)) {
        return amount(r, at).map(|(amount, unit)| Within::All { amount, unit });
    }
    let table = r.entries(at)?;
    let field = r.req(&table, "field", Reader::text).unwrap_or_default();
    let mut values = Vec::new();
    for entry in table.entries.iter().filter(|entry| entry.key != "field") {
        let at = At { node: &entry.node, path: super::node::join(&table.path, &entry.key) };
        let (amount, unit) = amount(r, &at).unwrap_or((1, Unit::CalendarDay));
        values.push((entry.key.clone(), amount, unit));
    }
    Some(Within::ByChoice { field, values })
}

/// An extension counts in the clock's own unit.
fn extension(r: &mut Reader<'_>, at: &At<'_>, within: &Within) -> Option<ClockExtension> {
    let table = r.table(at, "clock.extension")?;
    let (length, unit) = r.req(&table, "by", amount)?;
    let same = match within {
        Within::All { unit: own, .. } => *own == unit,
        Within::ByChoice { values, .. } => values.iter().all(|(_, _, own)| *own == unit),
    };
    if !same {
        r.sink.on(&super::node::join(&table.path, "by"), "form.extension-unit", &[]);
    }
    Some(ClockExtension {
        amount: length,
        times: r.opt(&table, "times", |r, at| r.natural(at, 1, 10)).unwrap_or(1),
        with_consent: r.opt(&table, "with-consent", |r, at| r.natural(at, 0, 10)).unwrap_or(0),
        by: r.opt(&table, "who", parties).unwrap_or_else(|| vec![Party::Agency]),
        basis: r.basis(&table),
    })
}
