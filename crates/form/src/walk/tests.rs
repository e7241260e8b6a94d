use std::collections::BTreeSet;

use jiff::civil::{DateTime, date};
use madang_base::Kind;
use madang_base::calendar::Calendar;
use madang_base::calendar::clock::OfficeHours;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::sample_tests::{all, at, everything, service, ways};
use crate::steps::outcomes;
use crate::timeline::ClockStatus;
use crate::values::{Answer, FileAnswer, PersonAnswer, Place};
use crate::{Field, FieldKind, Step};

struct Country(Calendar, OfficeHours);

impl Country {
    fn korea() -> Self {
        Self(Calendar::korea(), OfficeHours::default())
    }

    fn days(&self) -> Days<'_> {
        Days { calendar: &self.0, hours: &self.1 }
    }
}

const fn on(month: i8, day: i8) -> DateTime {
    date(2026, month, day).at(10, 0, 0, 0)
}

fn input(value: serde_json::Value) -> StepInput {
    serde_json::from_value(value).unwrap()
}

fn refusal(reason: &str) -> StepInput {
    input(json!({ "reason": reason, "grounds": ["private"] }))
}

#[test]
fn a_case_goes_its_way() {
    let (def, korea) = (everything(), Country::korea());
    let days = &korea.days();
    let mut walk = Walk::new(&def, Answers::default(), at(on(3, 2)));
    assert_eq!(walk.state(), "received");
    walk.take("publish", &Party::Agency, &StepInput::default(), at(on(3, 3)), days).unwrap();
    assert_eq!(walk.state(), "open");
    // Opinions end by themselves; meanwhile the other clocks run out.
    let happened = walk.advance(at(on(4, 10)), days);
    assert_eq!(happened, ["clock:request", "clock:kinds", "clock:silence", "clock:opinions", "step:close"]);
    assert_eq!(walk.state(), "deciding");
    assert_eq!(walk.advance(at(on(4, 10)), days), Vec::<String>::new(), "once");
    walk.ask(at(on(4, 13)));
    walk.reply(at(on(4, 20)));
    let decide =
        |walk: &Walk<'_>, now| walk.clocks(at(now), days).into_iter().find(|run| run.clock == "decide").unwrap();
    let before = decide(&walk, on(4, 21)).due_on;
    walk.extend("decide", false, at(on(4, 21)), days).unwrap();
    assert_eq!(walk.extend("decide", false, at(on(4, 21)), days).unwrap_err().code(), "form.step-extension");
    walk.extend("decide", true, at(on(4, 21)), days).unwrap();
    assert!(decide(&walk, on(4, 21)).due_on > before);
    walk.transfer(at(on(4, 22))).unwrap();
    assert_eq!(decide(&walk, on(4, 22)).started_at, at(on(4, 22)));
    let answer = input(json!({ "answer": "고쳤습니다", "outcome": "done", "fields": { "remedy-day": "2026-04-24" } }));
    walk.take("answer", &Party::Agency, &answer, at(on(4, 23)), days).unwrap();
    assert_eq!((walk.state(), decide(&walk, on(12, 1)).status), ("answered", ClockStatus::Kept));
    assert_eq!(walk.answers().get("remedy-day"), Some(&Answer::Date(date(2026, 4, 24))));
    let times: Vec<_> = walk.timeline().iter().map(|happening| happening.at).collect();
    assert!(times.is_sorted());
}

#[test]
fn a_threshold_is_a_moment() {
    let def = everything();
    let korea = Country::korea();
    let mut walk = Walk::new(&def, Answers::default(), at(on(3, 2)));
    assert_eq!(walk.threshold("crowd", at(on(3, 3))), Vec::<String>::new(), "not yet open");
    walk.take("publish", &Party::Agency, &StepInput::default(), at(on(3, 4)), &korea.days()).unwrap();
    assert_eq!(walk.threshold("crowd", at(on(3, 5))), ["step:crowd"]);
    assert_eq!(walk.state(), "deciding");
}

#[test]
fn the_engine_takes_only_steps_that_are_for_the_case() {
    let text = crate::sample_tests::EVERYTHING
        .replacen("on = \"clock:opinions\"", "on = \"clock:opinions\"\nwhen = { kind = [\"road\"] }", 1)
        .replacen("on = \"threshold:crowd\"", "on = \"threshold:crowd\"\nwhen = { kind = [\"noise\"] }", 1);
    let (def, korea) = (crate::sample_tests::read("when.toml", &text), Country::korea());
    for (kind, reached, passed) in
        [("road", "open", "deciding"), ("noise", "deciding", "deciding"), ("other", "open", "open")]
    {
        let answers = Answers([("kind".to_owned(), Answer::Choice(kind.to_owned()))].into());
        let mut walk = Walk::new(&def, answers, at(on(3, 2)));
        walk.take("publish", &Party::Agency, &StepInput::default(), at(on(3, 4)), &korea.days()).unwrap();
        walk.threshold("crowd", at(on(3, 5)));
        assert_eq!(walk.state(), reached, "{kind}");
        walk.advance(at(on(5, 5)), &korea.days());
        assert_eq!(walk.state(), passed, "{kind}");
    }
}

#[test]
fn what_is_withdrawn_rests() {
    let (def, korea) = (everything(), Country::korea());
    let mut walk = Walk::new(&def, Answers::default(), at(on(3, 2)));
    walk.withdraw(at(on(3, 3))).unwrap();
    assert_eq!(walk.state(), "withdrawn");
    assert_eq!(walk.advance(at(on(12, 3)), &korea.days()), Vec::<String>::new());
    assert_eq!(walk.withdraw(at(on(3, 4))).unwrap_err().code(), "form.step-withdraw");
}

#[test]
fn a_step_that_is_not_open_is_refused() {
    let (def, korea) = (everything(), Country::korea());
    let days = &korea.days();
    let mut walk = Walk::new(&def, Answers::default(), at(on(3, 2)));
    let mut refused = |step: &str, party: &Party, given: &StepInput, moment| {
        let error = walk.take(step, party, given, at(moment), days).unwrap_err();
        (error.kind(), error.code(), error.fields().len())
    };
    let none = StepInput::default();
    assert_eq!(refused("fly", &Party::Agency, &none, on(3, 3)), (Kind::NotFound, "form.step-unknown", 0));
    assert_eq!(refused("answer", &Party::Agency, &none, on(3, 3)), (Kind::Conflict, "form.step-state", 0));
    assert_eq!(refused("publish", &Party::Member, &none, on(3, 3)), (Kind::Forbidden, "form.step-party", 0));
    assert_eq!(refused("publish", &Party::Agency, &none, on(3, 1)), (Kind::Invalid, "form.step-time", 0));
    assert_eq!(refused("refuse", &Party::Agency, &none, on(3, 3)), (Kind::Invalid, "form.step-input", 2));
    walk.take("refuse", &Party::Agency, &refusal("글"), at(on(3, 4)), days).unwrap();
    let mut late = walk.clone();
    let objection = input(json!({
        "reason": "글", "link": "/a",
        "files": [{ "sha256": "a".repeat(64), "name": "a", "size": 1, "media_type": "image/png" }],
    }));
    walk.take("object", &Party::Author, &objection, at(on(4, 3)), days).unwrap();
    assert_eq!(walk.state(), "deciding");
    let error = late.take("object", &Party::Author, &objection, at(on(4, 4)), days).unwrap_err();
    assert_eq!((error.code(), error.args()["clock"].as_str()), ("form.step-window", "window"));
    assert!(matches!(late.timeline().last().unwrap().what, What::RanOut(_)));
}

#[test]
fn the_petition_by_its_law() {
    let (def, korea) = (service("petition"), Country::korea());
    let days = &korea.days();
    let open = [("kind", "law"), ("publicity", "open")];
    let answers = open.map(|(id, value)| (id.to_owned(), Answer::Choice(value.to_owned())));
    let mut walk = Walk::new(&def, Answers(answers.into_iter().collect()), at(on(3, 2)));
    walk.take("start-review", &Party::Agency, &StepInput::default(), at(on(3, 3)), days).unwrap();
    walk.take("open", &Party::Agency, &StepInput::default(), at(on(3, 10)), days).unwrap();
    assert_eq!(walk.threshold("hearing", at(on(3, 20))), ["step:hearing-reached"]);
    assert_eq!(walk.state(), "opinions");
    assert_eq!(walk.advance(at(on(4, 10)), days), ["clock:opinions", "step:close-opinions"]);
    assert_eq!(walk.advance(at(on(7, 8)), days), Vec::<String>::new());
    assert_eq!(walk.advance(at(on(7, 9)), days), ["clock:decide"]);
    // Time ran out: the author may object.
    walk.take("object", &Party::Author, &input(json!({ "reason": "글" })), at(on(7, 10)), days).unwrap();
    assert_eq!(walk.state(), "objection");
}

#[test]
fn every_step_of_every_service_is_listed() {
    for def in all() {
        let mut taken = BTreeSet::new();
        for answers in ways(&def) {
            let steps = every_step(&def, &answers);
            let parties = 4 + def.parties.len();
            assert_eq!(steps.len(), def.states.len() * def.steps.len() * parties, "{}", def.id);
            taken.extend(steps.into_iter().filter(|(.., allowed)| *allowed).map(|(_, step, ..)| step));
        }
        assert_eq!(taken.len(), def.steps.len(), "{}: every step can be taken by somebody somewhere", def.id);
    }
}

/// Enough for any step.
fn enough(def: &Definition, step: &Step, today: jiff::civil::Date) -> StepInput {
    let mut given = StepInput {
        answer: "답".into(),
        reason: "까닭".into(),
        grounds: def.grounds.first().map(|ground| ground.id.clone()).into_iter().collect(),
        outcome: outcomes(def, step).first().map(|outcome| outcome.id.clone()),
        files: vec![file(1)],
        link: Some("/ko".into()),
        fields: Answers::default(),
    };
    for field in crate::steps::fields(def, step) {
        given.fields.0.insert(field.id.clone(), some_answer(field, today));
    }
    given
}

fn some_answer(field: &Field, today: jiff::civil::Date) -> Answer {
    let some = |count: crate::Count| 0..count.min.max(1);
    match &field.kind {
        FieldKind::Line { .. } | FieldKind::Text { .. } => Answer::Text("글".into()),
        FieldKind::Choice { options } => Answer::Choice(options[0].id.clone()),
        FieldKind::MultiChoice { options, count } => {
            Answer::Choices(options.iter().zip(some(*count)).map(|(option, _)| option.id.clone()).collect())
        }
        FieldKind::Number { min, .. } | FieldKind::Money { min, .. } => Answer::Number(*min),
        FieldKind::Date { .. } => Answer::Date(today),
        FieldKind::Agency => Answer::Agency("mois".into()),
        FieldKind::Place => Answer::Place(Place { address: "서울특별시 종로구".into(), ..Place::default() }),
        FieldKind::Person => Answer::Person(PersonAnswer { name: "가".into(), contact: "나".into() }),
        FieldKind::File { count } | FieldKind::Photo { count } => Answer::Files(some(*count).map(file).collect()),
        FieldKind::Table { columns, count } => {
            let row = || columns.iter().map(|column| (column.id.clone(), some_answer(column, today))).collect();
            Answer::Rows(some(*count).map(|_| row()).collect())
        }
        FieldKind::Consent { .. } => Answer::Consent("예".into()),
    }
}

fn file(n: u32) -> FileAnswer {
    FileAnswer { sha256: format!("{n:064x}"), name: "a".into(), size: 1, media_type: "image/png".into() }
}

/// Walks every service from state to state, as far as people and the engine can.
#[test]
fn every_state_of_every_service_is_reached() {
    let korea = Country::korea();
    let days = &korea.days();
    for def in all() {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let start = |answers| (Walk::new(&def, answers, at(on(3, 2))), on(3, 2));
        let mut open: Vec<_> = ways(&def).into_iter().map(start).collect();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut rounds = 0;
        while let Some((walk, moment)) = open.pop() {
            rounds += 1;
            assert!(rounds < 5_000, "{}", def.id);
            let next = moment.saturating_add(jiff::Span::new().days(1));
            let mut ways = Vec::new();
            for step in &def.steps {
                for party in step.by.iter().filter(|party| **party != Party::System) {
                    let mut tried = walk.clone();
                    let given = enough(&def, step, next.date());
                    match tried.take(&step.id, party, &given, at(next), days) {
                        Ok(()) => ways.push((tried, step.id.clone(), next)),
                        Err(error) => assert!(
                            matches!(error.code(), "form.step-state" | "form.step-when" | "form.step-window"),
                            "{}/{}: {error}",
                            def.id,
                            step.id
                        ),
                    }
                }
            }
            for threshold in &def.thresholds {
                let mut tried = walk.clone();
                for id in tried.threshold(&threshold.id, at(next)) {
                    ways.push((tried.clone(), id.trim_start_matches("step:").to_owned(), next));
                }
            }
            let later = moment.saturating_add(jiff::Span::new().days(200));
            let mut waiting = walk.clone();
            for id in waiting.advance(at(later), days) {
                ways.push((waiting.clone(), id.trim_start_matches("step:").to_owned(), later));
            }
            for (walk, step, moment) in ways {
                let fresh = taken.insert(step.clone()) | seen.insert(walk.state().to_owned());
                if fresh {
                    open.push((walk, moment));
                }
            }
        }
        for step in &def.steps {
            assert!(taken.contains(&step.id), "{}: the step {} cannot be taken", def.id, step.id);
        }
        for state in def.states.iter().skip(1).filter(|state| !state.built_in) {
            assert!(seen.contains(&state.id), "{}: the state {} is never reached", def.id, state.id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_walk_keeps_its_order(choices in prop::collection::vec((0..16_usize, 0..8_usize, 0..60_i32), 0..12), which in 0..8_usize) {
        let korea = Country::korea();
        let defs = all();
        let def = &defs[which % defs.len()];
        let mut moment = on(3, 2);
        let mut walk = Walk::new(def, Answers::default(), at(moment));
        for (step, party, wait) in choices {
            moment = moment.saturating_add(jiff::Span::new().days(wait));
            let step = &def.steps[step % def.steps.len()];
            let party = &step.by[party % step.by.len()];
            let before = walk.timeline().len();
            let given = enough(def, step, moment.date());
            if walk.take(&step.id, party, &given, at(moment), &korea.days()).is_ok() {
                prop_assert!(walk.timeline().len() > before);
            }
        }
        prop_assert!(walk.timeline().iter().map(|happening| happening.at).is_sorted());
        prop_assert!(def.state(walk.state()).is_some());
        let mut again = Walk::new(def, Answers::default(), at(on(3, 2)));
        again.timeline = walk.timeline.clone();
        prop_assert_eq!(again.clocks(at(moment), &korea.days()), walk.clocks(at(moment), &korea.days()));
    }
}
