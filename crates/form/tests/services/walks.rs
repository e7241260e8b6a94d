//! Every service from filing to every end, with every step taken on the way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::date;
use madang_base::calendar::Calendar;
use madang_base::calendar::clock::OfficeHours;
use madang_base::{Locale, Time};
use madang_form::steps::{StepInput, fields, meant, open_steps, outcomes};
use madang_form::timeline::{ClockStatus, Days};
use madang_form::values::{Answer, Answers, FileAnswer, PersonAnswer, Place, complete, prune};
use madang_form::walk::Walk;
use madang_form::{Definition, Field, FieldKind, Moment, Need, Party, Step};

use super::services;

/// Monday, ten in the morning.
fn filed() -> Time {
    Time::at_kst_midnight(date(2026, 6, 8)).plus_seconds(10 * 3600)
}

/// Something that is right for a field, `day` being today. Of a choice the option at `turn`.
fn sample(field: &Field, day: jiff::civil::Date, turn: usize) -> Answer {
    match &field.kind {
        FieldKind::Line { .. } | FieldKind::Text { .. } => Answer::Text("한 줄".to_owned()),
        FieldKind::Choice { options } => Answer::Choice(options[turn % options.len()].id.clone()),
        FieldKind::MultiChoice { options, .. } => Answer::Choices(vec![options[0].id.clone()]),
        FieldKind::Number { min, .. } | FieldKind::Money { min, .. } => Answer::Number(*min),
        FieldKind::Date { .. } => Answer::Date(day),
        FieldKind::Place => Answer::Place(Place { address: "세종로 1".to_owned(), ..Place::default() }),
        FieldKind::Person => Answer::Person(PersonAnswer { name: "가".to_owned(), contact: "나".to_owned() }),
        FieldKind::Agency => Answer::Agency("mois".to_owned()),
        FieldKind::File { .. } | FieldKind::Photo { .. } => Answer::Files(vec![file()]),
        FieldKind::Table { columns, .. } => {
            let cells = columns.iter().map(|column| (column.id.clone(), sample(column, day, turn)));
            Answer::Rows(vec![cells.collect::<BTreeMap<_, _>>()])
        }
        FieldKind::Consent { text } => Answer::Consent(text.get(Locale::Ko).to_owned()),
    }
}

fn file() -> FileAnswer {
    FileAnswer { sha256: "0".repeat(64), name: "문서.png".to_owned(), size: 10, media_type: "image/png".to_owned() }
}

fn answers(def: &Definition, turn: usize) -> Answers {
    let day = filed().kst_date();
    let mut answers = Answers(def.filing_fields().map(|field| (field.id.clone(), sample(field, day, turn))).collect());
    prune(def, &mut answers);
    answers
}

fn input(def: &Definition, step: &Step, at: Time) -> StepInput {
    let given = |need: Need, text: &str| if step.needs(&need) { text.to_owned() } else { String::new() };
    StepInput {
        answer: given(Need::Answer, "답"),
        reason: given(Need::Reason, "까닭"),
        grounds: def.grounds.iter().filter(|_| step.needs(&Need::Ground)).take(1).map(|g| g.id.clone()).collect(),
        outcome: outcomes(def, step).first().filter(|_| step.needs(&Need::Outcome)).map(|outcome| outcome.id.clone()),
        files: if step.needs(&Need::File) { vec![file()] } else { Vec::new() },
        link: step.needs(&Need::Link).then(|| "commitment:kr-2021/2.1".to_owned()),
        fields: Answers(fields(def, step).iter().map(|f| (f.id.clone(), sample(f, at.kst_date(), 0))).collect()),
    }
}

#[test]
fn every_way_of_filling_in_the_form_is_complete() {
    for def in services() {
        for turn in 0..10 {
            let errors = complete(&def, &Party::Author, &answers(&def, turn), filed().kst_date());
            assert!(errors.is_empty(), "{} turn {turn}: {errors:?}", def.id);
        }
    }
}

/// Walks everywhere that differs by state and by which clocks run, and notes states and steps.
fn explored(def: &Definition) -> (BTreeSet<String>, BTreeSet<String>) {
    let (calendar, hours) = (Calendar::korea(), OfficeHours::default());
    let days = Days { calendar: &calendar, hours: &hours };
    let mut parties = vec![Party::Author, Party::Agency, Party::Member];
    parties.extend(def.parties.iter().map(|party| Party::Named(party.id.clone())));
    let (mut states, mut taken, mut seen) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut queue = (0..10).map(|turn| (Walk::new(def, answers(def, turn), filed()), filed())).collect::<VecDeque<_>>();
    while let Some((walk, now)) = queue.pop_front() {
        let runs = walk.clocks(now, &days);
        let running = runs.iter().filter(|run| matches!(run.status, ClockStatus::Running | ClockStatus::Overdue));
        let asked: Vec<_> = def.steps.iter().map(|step| meant(step, walk.answers())).collect();
        let place = (walk.state().to_owned(), running.map(|run| run.clock.clone()).collect::<Vec<_>>(), asked);
        states.insert(place.0.clone());
        if !seen.insert(place) {
            continue;
        }
        assert!(seen.len() < 2_000, "{}: no end of places", def.id);
        let at = now.plus_seconds(60);
        for step in open_steps(def, walk.state(), &parties, walk.answers(), &runs) {
            let Some(party) = step.by.iter().find(|by| **by != Party::System) else { continue };
            let mut next = walk.clone();
            next.take(&step.id, party, &input(def, step, at), at, &days)
                .unwrap_or_else(|error| panic!("{}: {}: {error:?}", def.id, step.id));
            assert_eq!(next.state(), step.to.as_deref().unwrap_or_else(|| walk.state()), "{}: {}", def.id, step.id);
            taken.insert(step.id.clone());
            queue.push_back((next, at));
        }
        for threshold in &def.thresholds {
            let mut next = walk.clone();
            let steps = next.threshold(&threshold.id, at);
            taken.extend(steps.iter().filter_map(|step| step.strip_prefix("step:").map(str::to_owned)));
            queue.push_back((next, at));
        }
        // To the moment at which the next clock runs out.
        let ends = runs.iter().filter(|run| run.stopped_at.is_none()).filter_map(|run| run.overdue_from);
        if let Some(end) = ends.filter(|end| *end > now).min() {
            let mut next = walk.clone();
            let happened = next.advance(end, &days);
            taken.extend(happened.iter().filter_map(|step| step.strip_prefix("step:").map(str::to_owned)));
            queue.push_back((next, end));
        }
    }
    (states, taken)
}

#[test]
fn every_end_is_reached_and_every_step_taken() {
    for def in services() {
        let (states, taken) = explored(&def);
        for state in def.states.iter().filter(|state| !state.built_in) {
            assert!(states.contains(&state.id), "{}: nobody gets to {}", def.id, state.id);
        }
        for step in &def.steps {
            assert!(taken.contains(&step.id), "{}: nobody takes {}", def.id, step.id);
        }
        assert!(def.states.iter().any(|state| state.final_ && states.contains(&state.id)));
    }
}

#[test]
fn time_alone_brings_a_petition_from_opinions_to_the_decision_and_opens_the_objection() {
    let (calendar, hours) = (Calendar::korea(), OfficeHours::default());
    let days = Days { calendar: &calendar, hours: &hours };
    let def = super::service("petition");
    // Turn 2 is a petition about a law that asks to be open.
    let mut walk = Walk::new(&def, answers(&def, 2), filed());
    for id in ["start-review", "open"] {
        let step = def.step(id).unwrap();
        walk.take(id, &Party::Agency, &input(&def, step, filed()), filed(), &days).unwrap();
    }
    let clocks = walk.clocks(filed(), &days);
    let decide = clocks.iter().find(|run| run.clock == "decide").unwrap();
    assert!(decide.paused, "neither the review nor the opinions count, Petition Act art. 21 (2)");
    let day = |n: i64| filed().plus_seconds(n * 86_400);
    assert_eq!(walk.advance(day(40), &days), ["clock:opinions", "step:close-opinions"]);
    assert_eq!(walk.state(), "deciding");
    let can_object = |walk: &Walk<'_>, at| {
        let open = open_steps(&def, walk.state(), &[Party::Author], walk.answers(), &walk.clocks(at, &days));
        open.iter().any(|step| step.id == "object")
    };
    assert!(!can_object(&walk, day(40)));
    assert_eq!(walk.advance(day(140), &days), ["clock:decide"]);
    assert!(can_object(&walk, day(140)), "Petition Act art. 22 (1), item 2");
    let late = Moment::Clock("decide".to_owned());
    assert!(def.clock("objection-window").is_some_and(|clock| clock.starts.contains(&late)));
}
