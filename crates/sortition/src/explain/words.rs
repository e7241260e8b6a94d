//! The text: what is drawn, how, what everybody's chance is and why, what the seed is made of, how to check it, limits.

use madang_message::{Arg, Catalogue, Locale, number};

use super::figures::{Group, Why, groups, seats};
use super::{Section, Table, Voice, count, percent};
use crate::ceremony::{Ceremony, Reveal};
use crate::publish::{Drawn, Published, tickets};
use crate::{Form, Range, Rule, Solution};

/// What there is to explain besides the solution.
#[derive(Clone, Copy, Debug, Default)]
pub struct Draw<'a> {
    pub published: Option<&'a Published>,
    pub ceremony: Option<&'a Ceremony>,
    pub drawn: Option<&'a Drawn>,
}

/// Groups that are named one by one at each end of the chances.
const NAMED: usize = 4;

/// The whole explanation.
#[must_use]
pub fn explain(solution: &Solution, draw: Draw<'_>, catalogue: &Catalogue, locale: Locale) -> Vec<Section> {
    let voice = Voice { catalogue, locale };
    let mut sections = vec![what(solution, &voice), how(solution, &voice), chance(solution, &voice)];
    sections.push(seed(draw, &voice));
    if draw.published.is_some() {
        let keys =
            ["sortition-check-files", "sortition-check-program", "sortition-check-script", "sortition-check-own"];
        sections.push(Section {
            heading: voice.say("sortition-check-title", &[]),
            sentences: keys.iter().map(|key| voice.say(key, &[])).collect(),
            table: None,
        });
    }
    let mut limits = vec![voice.say("sortition-limits-pool", &[]), voice.say("sortition-limits-quotas", &[])];
    if solution.task.one_per_household {
        limits.push(voice.say("sortition-limits-homes", &[]));
    }
    limits.push(voice.say("sortition-limits-decline", &[]));
    sections.push(Section { heading: voice.say("sortition-limits-title", &[]), sentences: limits, table: None });
    sections
}

fn what(solution: &Solution, voice: &Voice<'_>) -> Section {
    let task = &solution.task;
    let limits = task.constraints().len();
    let mut sentences = vec![
        voice.say("sortition-what-size", &[("people", count(task.pool.people.len())), ("size", count(task.size))]),
        voice.say("sortition-what-quotas", &[("limits", count(limits))]),
    ];
    if task.one_per_household {
        sentences.push(voice.say("sortition-what-homes", &[]));
    }
    Section { heading: voice.say("sortition-what-title", &[]), sentences, table: None }
}

fn how(solution: &Solution, voice: &Voice<'_>) -> Section {
    let lottery = &solution.lottery;
    let numbers = [
        ("panels", count(lottery.panels.len())),
        ("tickets", count(lottery.tickets)),
        ("last", count(lottery.tickets.saturating_sub(1))),
    ];
    let kind = if matches!(solution.options.form, Form::Uniform { .. }) {
        "sortition-how-uniform"
    } else {
        "sortition-how-weighted"
    };
    let rule = match solution.options.rule {
        Rule::Leximin => "sortition-how-leximin",
        Rule::Maximin => "sortition-how-maximin",
    };
    let sentences = ["sortition-how-list", kind, rule, "sortition-how-people"].map(|key| voice.say(key, &numbers));
    Section { heading: voice.say("sortition-how-title", &[]), sentences: sentences.to_vec(), table: None }
}

fn chance(solution: &Solution, voice: &Voice<'_>) -> Section {
    let task = &solution.task;
    let groups = groups(solution);
    let equal = super::picture::ratio(task.size, task.pool.people.len());
    let mut sentences = vec![voice.say("sortition-chance-equal", &[("percent", Arg::from(percent(equal)))])];
    let (low, high) = (groups.first().map_or(0.0, |it| it.chance), groups.last().map_or(0.0, |it| it.chance));
    if percent(low) == percent(high) {
        sentences.push(voice.say("sortition-chance-same", &[("percent", Arg::from(percent(low)))]));
    } else {
        let ends = [("low", Arg::from(percent(low))), ("high", Arg::from(percent(high)))];
        sentences.push(voice.say("sortition-chance-range", &ends));
    }
    for group in named(&groups) {
        let key = match &group.why {
            Some(Why::Most { .. }) => "sortition-chance-most",
            Some(Why::Least { .. }) => "sortition-chance-least",
            Some(Why::Together) => "sortition-chance-together",
            None => continue,
        };
        let mut args =
            vec![("group", Arg::from(group.values.join(" · "))), ("percent", Arg::from(percent(group.chance)))];
        if let Some(Why::Most { limit, people, seats } | Why::Least { limit, people, seats }) = &group.why {
            args.extend([("limit", Arg::from(limit.as_str())), ("people", count(*people)), ("seats", count(*seats))]);
        }
        sentences.push(voice.say(key, &args));
    }
    let residual = solution.residual.chance_max;
    sentences.push(if percent(residual) == "0%" {
        voice.say("sortition-chance-exact", &[])
    } else {
        voice.say("sortition-chance-residual", &[("points", Arg::from(percent(residual)))])
    });
    let sums = tickets(&solution.lottery, &solution.types);
    let exact = groups.len() <= 12 && solution.types.len() == sums.len();
    let table = exact.then(|| Table {
        head: vec![
            voice.say("sortition-column-group", &[]),
            voice.say("sortition-column-people", &[]),
            voice.say("sortition-column-chance", &[]),
        ],
        rows: groups
            .iter()
            .map(|it| {
                vec![it.values.join(" · "), number(i64::try_from(it.people).unwrap_or(i64::MAX)), percent(it.chance)]
            })
            .collect(),
        numbers: 2,
    });
    Section { heading: voice.say("sortition-chance-title", &[]), sentences, table }
}

/// The groups at both ends. Each reason is told once at each end, of the largest of the groups that it holds about alike.
fn named(groups: &[Group]) -> Vec<&Group> {
    let is_high = |group: &Group| matches!(group.why, Some(Why::Least { .. }));
    let low: Vec<&Group> = groups.iter().filter(|group| group.why.is_some() && !is_high(group)).collect();
    let high: Vec<&Group> = groups.iter().rev().filter(|group| is_high(group)).collect();
    let mut list: Vec<&Group> = Vec::new();
    for end in [low, high] {
        let mut told: Vec<&Option<Why>> = Vec::new();
        for first in &end {
            if told.len() == NAMED || told.contains(&&first.why) {
                continue;
            }
            told.push(&first.why);
            let near =
                |group: &&&Group| group.why == first.why && (group.chance - first.chance).abs() <= 0.1 * first.chance;
            // The first of the largest: the order of groups is that of chances and names.
            let mut shown = first;
            for group in end.iter().filter(near) {
                if group.people > shown.people {
                    shown = group;
                }
            }
            list.push(shown);
        }
    }
    list
}

fn seed(draw: Draw<'_>, voice: &Voice<'_>) -> Section {
    let mut sentences = Vec::new();
    let announced = draw.published.map(|published| &published.announcement.ceremony);
    let ceremony = draw.ceremony.or(announced);
    sentences.push(voice.say("sortition-seed-lists", &[]));
    if let Some(ceremony) = ceremony {
        if !ceremony.parties.is_empty() {
            let names: Vec<&str> = ceremony.parties.iter().map(|party| party.name.as_str()).collect();
            let args = [("names", Arg::from(names.join(", "))), ("count", count(names.len()))];
            sentences.push(voice.say("sortition-seed-parties", &args));
            sentences.push(voice.say("sortition-seed-honest", &[]));
            for party in ceremony.parties.iter().filter(|party| party.reveal == Reveal::Missing) {
                sentences.push(voice.say("sortition-seed-missing", &[("name", Arg::from(party.name.as_str()))]));
            }
        }
        if !ceremony.source.is_empty() {
            let args = [("source", Arg::from(ceremony.source.as_str()))];
            sentences.push(voice.say("sortition-seed-source", &args));
        }
        if !ceremony.value.is_empty() {
            sentences.push(voice.say("sortition-seed-value", &[("value", Arg::from(ceremony.value.as_str()))]));
        }
    }
    if let Some(drawn) = draw.drawn {
        let args = [
            ("seed", Arg::from(drawn.seed.to_string())),
            ("ticket", Arg::from(drawn.ticket.to_string())),
            ("panel", count(drawn.panel + 1)),
        ];
        sentences.push(voice.say("sortition-seed-ticket", &args));
    }
    if draw.published.is_none() {
        sentences.push(voice.say("sortition-seed-trial", &[]));
    }
    Section { heading: voice.say("sortition-seed-title", &[]), sentences, table: None }
}

/// The committee by limit: candidates, their share, seats that are asked for, seats on average or as drawn.
#[must_use]
pub fn committee(solution: &Solution, people: Option<&[usize]>, catalogue: &Catalogue, locale: Locale) -> Table {
    let voice = Voice { catalogue, locale };
    let last = if people.is_some() { "sortition-column-drawn" } else { "sortition-column-expected" };
    let keys = [
        "sortition-column-feature",
        "sortition-column-value",
        "sortition-column-people",
        "sortition-column-share",
        "sortition-column-like-pool",
        "sortition-column-quota",
        last,
    ];
    let mut before = String::new();
    let rows = seats(solution, people)
        .into_iter()
        .map(|it| {
            let share = super::picture::ratio(it.people, solution.task.pool.people.len());
            let name = if it.feature == before { String::new() } else { it.feature.clone() };
            let last = it.drawn.map_or_else(|| format!("{:.1}", it.expected), |seats| seats.to_string());
            let like_pool = format!("{:.1}", it.like_pool(solution));
            let limits = if it.is_open(solution) { "–".to_owned() } else { range(it.range, &voice) };
            before.clone_from(&it.feature);
            vec![name, it.value, number(it.people.into()), percent(share), like_pool, limits, last]
        })
        .collect();
    Table { head: keys.iter().map(|key| voice.say(key, &[])).collect(), rows, numbers: 5 }
}

/// `9–11`, `9`, `100 or more`.
pub(super) fn range(range: Range, voice: &Voice<'_>) -> String {
    match range.max {
        Some(max) if max == range.min => max.to_string(),
        Some(max) => format!("{}–{max}", range.min),
        None => voice.say("sortition-range-least", &[("min", count(range.min))]),
    }
}
