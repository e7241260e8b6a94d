use jiff::civil::date;
use madang_base::Time;
use serde_json::json;

use super::*;
use crate::sample_tests::{TODAY, all, everything};
use crate::values::{Answer, asked, complete};

fn running(clock: &str, status: ClockStatus) -> ClockRun {
    ClockRun {
        clock: clock.into(),
        started_at: Time::from_micros(0),
        stopped_at: None,
        due_on: None,
        overdue_from: None,
        expected_on: None,
        paused: false,
        extensions: 0,
        status,
        days: Vec::new(),
    }
}

fn ids(steps: &[&Step]) -> Vec<String> {
    steps.iter().map(|step| step.id.clone()).collect()
}

#[test]
fn steps_are_open_by_state_party_and_clock() {
    let def = everything();
    let open =
        |state, parties: &[Party], runs: &[ClockRun]| ids(&open_steps(&def, state, parties, &Answers::default(), runs));
    assert_eq!(open("received", &[Party::Agency], &[]), ["publish", "take-up", "refuse"]);
    assert_eq!(open("received", &[Party::Author, Party::Member], &[]), Vec::<String>::new());
    assert_eq!(open("open", &[Party::Member, Party::Agency], &[]), ["comment"]);
    assert_eq!(open("open", &[Party::System], &[]), Vec::<String>::new(), "the engine has no buttons");
    assert_eq!(open("refused", &[Party::Author], &[]), Vec::<String>::new());
    let board = Party::Named("board".into());
    for (status, expected) in [
        (ClockStatus::Running, true),
        (ClockStatus::Paused, true),
        (ClockStatus::Overdue, true),
        (ClockStatus::Over, false),
        (ClockStatus::Kept, false),
        (ClockStatus::Late, false),
    ] {
        for party in [&Party::Author, &board] {
            let found = open("refused", std::slice::from_ref(party), &[running("window", status)]);
            assert_eq!(found == ["object"], expected, "{status:?}");
        }
    }
}

fn errors(def: &Definition, step: &str, value: serde_json::Value) -> Vec<(String, &'static str)> {
    let input: StepInput = serde_json::from_value(value).unwrap();
    let step = def.step(step).unwrap();
    check_input(def, step, &input, TODAY).into_iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn a_step_says_what_it_lacks() {
    let def = everything();
    let lacks = |step: &str| -> Vec<String> { errors(&def, step, json!({})).into_iter().map(|e| e.0).collect() };
    assert_eq!(lacks("answer"), ["answer", "outcome", "remedy-day"]);
    assert_eq!(lacks("refuse"), ["reason", "grounds"]);
    assert_eq!(lacks("object"), ["reason", "files", "link"]);
    assert_eq!(lacks("publish"), Vec::<String>::new());
    for def in all() {
        for step in &def.steps {
            let found = check_input(&def, step, &StepInput::default(), TODAY);
            for need in &step.needs {
                let name = match need {
                    Need::Approval => continue,
                    Need::Ground => "grounds",
                    Need::File => "files",
                    Need::Field(id) if !def.field(id).is_some_and(|f| f.required && f.when.is_empty()) => continue,
                    other => other.code(),
                };
                let there = found.iter().any(|error| error.field.split('.').next() == Some(name));
                assert!(there, "{}/{}: {name}", def.id, step.id);
            }
        }
    }
}

#[test]
fn what_is_given_must_be_right() {
    let def = everything();
    let file = |digit: &str| json!({ "sha256": digit.repeat(64), "name": "a", "size": 1, "media_type": "image/png" });
    for (step, value, field, code) in [
        ("publish", json!({ "reason": "글".repeat(5001) }), "reason", "form.value-too-long"),
        ("refuse", json!({ "reason": "글", "grounds": ["private", "x"] }), "grounds", "form.value-ground"),
        ("publish", json!({ "outcome": "done" }), "outcome", "form.value-outcome"),
        ("publish", json!({ "files": [file("x")] }), "files", "form.value-file"),
        ("publish", json!({ "link": "javascript:alert(1)" }), "link", "form.value-link"),
        ("publish", json!({ "link": "https://" }), "link", "form.value-link"),
        ("publish", json!({ "link": "//elsewhere" }), "link", "form.value-link"),
        ("publish", json!({ "link": "a b" }), "link", "form.value-link"),
        ("publish", json!({ "fields": { "crew": "own" } }), "crew", "form.value-not-asked"),
    ] {
        assert_eq!(errors(&def, step, value.clone()), [(field.to_owned(), code)], "{step} {value}");
    }
    let ready = |day: &str| json!({ "answer": "글", "outcome": "done", "fields": { "remedy-day": day } });
    assert_eq!(errors(&def, "answer", ready("2026-12-03")), []);
    assert_eq!(errors(&def, "answer", ready("2026-12-02")), [("remedy-day".to_owned(), "form.value-date-past")]);
    assert_eq!(errors(&def, "answer", ready("soon")), [("remedy-day".to_owned(), "form.value-type")]);
    for link in ["https://example.org/a?b=c", "/ko/plans/kr-2021", "commitment:kr-2021/2.1"] {
        let input = json!({ "reason": "글", "files": [file("a")], "link": link });
        assert_eq!(errors(&def, "object", input), [], "{link}");
    }
}

#[test]
fn fields_of_a_step_know_the_case() {
    let def = everything();
    let step = def.step("answer").unwrap();
    let input = StepInput {
        answer: "글".into(),
        outcome: Some("done".into()),
        fields: Answers([("remedy-day".to_owned(), Answer::Date(date(2026, 12, 9)))].into()),
        ..StepInput::default()
    };
    let case = |kind: &str| Answers([("kind".to_owned(), Answer::Choice(kind.into()))].into());
    assert_eq!(check_input_for(&def, step, &input, &case("noise"), TODAY), []);
    let road = check_input_for(&def, step, &input, &case("road"), TODAY);
    assert_eq!(road.iter().map(|e| (e.field.as_str(), e.code)).collect::<Vec<_>>(), [("crew", "form.value-required")]);
    assert_eq!(fields(&def, step).iter().map(|field| field.id.as_str()).collect::<Vec<_>>(), ["remedy-day", "crew"]);
}

#[test]
fn an_input_is_stored_as_it_is() {
    let def = everything();
    let value = json!({
        "answer": "글", "reason": "", "grounds": ["private"], "outcome": "done", "files": [], "link": "/a",
        "fields": { "remedy-day": "2026-12-09" },
    });
    let input: StepInput = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&input).unwrap(), value);
    let typed = input.typed(&def).unwrap();
    assert_eq!(typed.fields.get("remedy-day"), Some(&Answer::Date(date(2026, 12, 9))));
    assert!(serde_json::from_value::<StepInput>(json!({ "answr": "글" })).is_err());
    let wrong: StepInput = serde_json::from_value(json!({ "fields": { "x": 1 } })).unwrap();
    assert!(wrong.typed(&def).is_err());
}

#[test]
fn the_api_sends_a_step_by_its_schema() {
    let def = everything();
    let step = def.step("answer").unwrap();
    let case = Answers([("kind".to_owned(), Answer::Choice("road".into()))].into());
    let read = |value: serde_json::Value| {
        let (input, errors) = read_input(&def, step, &value, &case, TODAY);
        (input, errors.into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>())
    };
    let good = json!({ "answer": "글", "outcome": "done", "fields": { "remedy-day": "2026-12-09", "crew": "own" } });
    let (input, errors) = read(good.clone());
    assert_eq!(errors, []);
    assert_eq!(input.fields.get("remedy-day"), Some(&Answer::Date(date(2026, 12, 9))));
    assert_eq!(input.fields.0.len(), 2, "not the answers of the case");
    let expected = |pairs: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
        pairs.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect()
    };
    for (field, value, errors) in [
        ("answer", json!(5), expected(&[("answer", "form.value-type")])),
        ("answer", json!(" "), expected(&[("answer", "form.value-required")])),
        ("anwser", json!("글"), expected(&[("anwser", "form.value-unknown-field")])),
        ("fields", json!({ "crew": "own" }), expected(&[("remedy-day", "form.value-required")])),
        (
            "fields",
            json!({ "remedy-day": "soon", "crew": "x", "weather": 1 }),
            expected(&[
                ("remedy-day", "form.value-date"),
                ("crew", "form.value-choice"),
                ("weather", "form.value-unknown-field"),
            ]),
        ),
    ] {
        let mut sent = good.clone();
        sent[field] = value.clone();
        assert_eq!(read(sent).1, errors, "{field} {value}");
    }
    assert_eq!(read(json!(7)).1, expected(&[("", "form.value-type")]));
}

#[test]
fn what_a_step_needs_of_the_author_is_asked_there_and_may_stay_empty() {
    let def = crate::sample_tests::service("proposal");
    let (step, field) = (def.step("revise").unwrap(), def.field("revised-idea").unwrap());
    assert!(!field.required && field.by == Party::Author && !def.asks_when_filing(field));
    assert!(!def.filing_fields().any(|asked| asked.id == field.id));
    let given = |value: serde_json::Value| Answers([(field.id.clone(), Answer::typed(field, value).unwrap())].into());
    assert!(!asked(&def, &Party::Author, None, &Answers::default()).iter().any(|asked| asked.id == field.id));
    let faults = complete(&def, &Party::Author, &given(json!("글")), TODAY);
    assert!(
        faults.iter().any(|error| error.field == field.id && error.code == "form.value-not-asked"),
        "not when filing"
    );
    // Shown in the step, and good with and without an answer, in a form and over the API.
    assert_eq!(fields(&def, step), [field]);
    let schema = crate::schema::step_schema(&def, step, madang_base::Locale::En);
    assert!(schema["properties"]["fields"]["properties"][&field.id].is_object());
    assert_eq!((&schema["properties"]["fields"]["required"], &schema["required"]), (&json!([]), &json!(["reason"])));
    for fields in [json!({}), json!({ "revised-idea": "" }), json!({ "revised-idea": "고친 글" })] {
        let (input, errors) =
            read_input(&def, step, &json!({ "reason": "글", "fields": fields }), &Answers::default(), TODAY);
        assert_eq!(errors, [], "{fields}");
        assert_eq!(check_input(&def, step, &input, TODAY), []);
    }
    let filing = crate::schema::filing_schema(&def, madang_base::Locale::En);
    assert!(filing["properties"].get(&field.id).is_none());
}

#[test]
fn a_step_with_a_condition_is_open_when_it_holds() {
    let def = crate::sample_tests::service("complaint");
    let open = |kind: &str| {
        let answers = Answers([("kind".to_owned(), Answer::Choice(kind.to_owned()))].into());
        ids(&open_steps(&def, "received", &[Party::Agency], &answers, &[]))
    };
    assert_eq!(open("other"), ["accept", "accept-at-once"]);
    assert_eq!(open("query"), ["accept"]);
    assert_eq!(ids(&open_steps(&def, "received", &[Party::Agency], &Answers::default(), &[])), ["accept"]);
    let schema = crate::schema::step_schema(&def, def.step("accept-at-once").unwrap(), madang_base::Locale::En);
    assert!(schema["description"].as_str().unwrap().ends_with("Only open if kind = other."), "{schema}");
}
