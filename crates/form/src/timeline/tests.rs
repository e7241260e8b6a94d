use jiff::civil::{DateTime, date};
use madang_base::LocalizedText;
use madang_base::calendar::Why;
use proptest::prelude::*;

use super::*;
use crate::sample_tests::{at, everything, read, service};
use crate::values::Answer;
use crate::{Party, StepInput};

/// A case as its clocks see it.
struct Case {
    def: Definition,
    answers: Answers,
    story: Vec<Happening>,
    calendar: Calendar,
}

impl Case {
    fn filed(def: Definition, moment: DateTime) -> Self {
        Self { def, answers: Answers::default(), story: Vec::new(), calendar: Calendar::korea() }
            .then(moment, What::Filed)
    }

    fn then(mut self, moment: DateTime, what: What) -> Self {
        self.story.push(Happening { at: at(moment), what });
        self
    }

    fn step(self, moment: DateTime, step: &str, state: &str) -> Self {
        self.then(moment, What::Step(step.into())).then(moment, What::State(state.into()))
    }

    fn answer(mut self, field: &str, value: &str) -> Self {
        self.answers.0.insert(field.into(), Answer::Choice(value.into()));
        self
    }

    fn run(&self, clock: &str, now: DateTime) -> Option<ClockRun> {
        let days = Days { calendar: &self.calendar, hours: &OfficeHours::default() };
        run(&self.def, self.def.clock(clock).unwrap(), &self.answers, &self.story, at(now), &days)
    }

    fn due(&self, clock: &str, now: DateTime) -> Option<Date> {
        self.run(clock, now).unwrap().due_on
    }

    fn status(&self, clock: &str, now: DateTime) -> ClockStatus {
        self.run(clock, now).unwrap().status
    }

    fn left(&self, clock: &str, now: DateTime) -> (i64, i64) {
        let days = Days { calendar: &self.calendar, hours: &OfficeHours::default() };
        let left = days_left(&self.run(clock, now).unwrap(), at(now), &days);
        (left.business, left.calendar)
    }

    fn may_extend(&self, clock: &str, now: DateTime, consent: bool) -> bool {
        let clock = self.def.clock(clock).unwrap();
        may_extend(&self.def, clock, &self.run(&clock.id, now).unwrap(), consent)
    }
}

const fn on(year: i16, month: i8, day: i8) -> DateTime {
    date(year, month, day).at(10, 0, 0, 0)
}

fn extended(clock: &str) -> What {
    What::Extended { clock: clock.into(), with_consent: false }
}

#[test]
fn a_request_has_ten_business_days_with_the_first() {
    for (def, clock) in [(service("information-request"), "decide"), (everything(), "request")] {
        let case = Case::filed(def, on(2026, 6, 8));
        let found = case.run(clock, on(2026, 6, 8)).unwrap();
        assert_eq!(found.due_on, Some(date(2026, 6, 19)));
        assert_eq!(found.overdue_from, Some(at(date(2026, 6, 20).at(0, 0, 0, 0))));
        assert_eq!((found.status, found.paused, found.extensions), (ClockStatus::Running, false, 0));
        assert_eq!(found.days.iter().filter(|day| matches!(day.why, Why::Counted(_))).count(), 10);
        assert_eq!(case.left(clock, on(2026, 6, 8)), (9, 11));
        assert_eq!(case.left(clock, on(2026, 6, 19)), (0, 0));
        assert_eq!(case.left(clock, on(2026, 6, 23)), (-2, -4));
        assert_eq!(case.status(clock, on(2026, 6, 19)), ClockStatus::Running);
        assert_eq!(case.status(clock, on(2026, 6, 20)), ClockStatus::Overdue);
        assert!(case.may_extend(clock, on(2026, 6, 19), false));
        assert!(!case.may_extend(clock, on(2026, 6, 20), false), "it is over");

        let longer = case.then(on(2026, 6, 18), extended(clock));
        assert_eq!(longer.due(clock, on(2026, 6, 18)), Some(date(2026, 7, 3)));
        assert_eq!(longer.due(clock, on(2026, 6, 17)), Some(date(2026, 6, 19)), "before it was extended");
        assert!(!longer.may_extend(clock, on(2026, 6, 18), false));
        assert!(!longer.may_extend(clock, on(2026, 6, 18), true));
    }
}

#[test]
fn a_transfer_starts_it_anew() {
    let case = Case::filed(service("information-request"), on(2026, 6, 8)).then(on(2026, 6, 10), extended("decide"));
    let passed = case.then(on(2026, 6, 11), What::Transferred);
    let found = passed.run("decide", on(2026, 6, 12)).unwrap();
    assert_eq!((found.started_at, found.extensions), (at(on(2026, 6, 11)), 0));
    assert_eq!(found.due_on, Some(date(2026, 6, 24)));
    // The twenty days of silence do not: the definition does not say so.
    assert_eq!(passed.run("silence", on(2026, 6, 12)).unwrap().started_at, at(on(2026, 6, 8)));
}

#[test]
fn twenty_days_of_silence_open_the_objection() {
    let case = Case::filed(service("information-request"), on(2026, 6, 8));
    assert_eq!(case.due("silence", on(2026, 6, 9)), Some(date(2026, 7, 3)));
    assert_eq!(case.status("silence", on(2026, 7, 3)), ClockStatus::Running);
    assert_eq!(case.status("silence", on(2026, 7, 4)), ClockStatus::Over);
    assert_eq!(case.run("objection-window", on(2026, 7, 4)), None);
    let silent = case.then(date(2026, 7, 4).at(0, 0, 0, 0), What::RanOut("silence".into()));
    // Thirty calendar days; 2026-08-03 is a Monday.
    assert_eq!(silent.due("objection-window", on(2026, 7, 4)), Some(date(2026, 8, 3)));
    assert_eq!(silent.status("objection-window", on(2026, 8, 4)), ClockStatus::Over);
    // A refusal after that is late.
    let refused = silent.step(on(2026, 7, 8), "refuse", "refused");
    assert_eq!(refused.status("silence", on(2026, 7, 9)), ClockStatus::Late);
    assert_eq!(refused.status("decide", on(2026, 7, 9)), ClockStatus::Late);
    assert_eq!(refused.due("objection-window", on(2026, 7, 9)), Some(date(2026, 8, 7)), "anew from the refusal");
}

#[test]
fn an_objection_has_seven_and_seven_days() {
    let case = Case::filed(service("information-request"), on(2026, 6, 8))
        .step(on(2026, 6, 9), "accept", "deciding")
        .step(on(2026, 6, 15), "refuse", "refused")
        .step(on(2026, 6, 22), "object", "objection");
    assert_eq!(case.due("objection", on(2026, 6, 22)), Some(date(2026, 6, 30)));
    assert_eq!(case.status("decide", on(2026, 6, 22)), ClockStatus::Kept);
    assert_eq!(case.left("decide", on(2026, 9, 1)), (4, 4), "as it stood when it stopped");
    assert_eq!(case.status("objection-window", on(2026, 12, 1)), ClockStatus::Kept);
    let longer = case.then(on(2026, 6, 30), extended("objection"));
    assert_eq!(longer.due("objection", on(2026, 6, 30)), Some(date(2026, 7, 9)));
}

#[test]
fn a_petition_has_ninety_days_without_the_opinions() {
    let filed = Case::filed(service("petition"), on(2026, 3, 2));
    assert_eq!(filed.due("review", on(2026, 3, 2)), Some(date(2026, 3, 17)));
    // Not open: ninety days from filing. 2026-05-31 is a Sunday.
    let closed = Case::filed(service("petition"), on(2026, 3, 2)).step(on(2026, 3, 3), "take-up", "deciding");
    assert_eq!(closed.due("decide", on(2026, 3, 4)), Some(date(2026, 6, 1)));
    let longer = closed.then(on(2026, 5, 29), extended("decide"));
    // Sixty days from the day after it ended.
    assert_eq!(longer.due("decide", on(2026, 5, 29)), Some(date(2026, 7, 31)));
    assert!(!longer.may_extend("decide", on(2026, 5, 29), false), "once");

    let review = filed.step(on(2026, 3, 3), "start-review", "review");
    let found = review.run("decide", on(2026, 3, 5)).unwrap();
    assert_eq!((found.due_on, found.status), (None, ClockStatus::Paused));
    assert_eq!(found.expected_on, Some(date(2026, 6, 4)), "if it went on after 03-05; 06-03 is election day");
    let open = review.step(on(2026, 3, 10), "open", "opinions");
    assert_eq!(open.status("review", on(2026, 3, 11)), ClockStatus::Kept);
    assert_eq!(open.due("opinions", on(2026, 3, 11)), Some(date(2026, 4, 9)));
    assert_eq!(open.due("decide", on(2026, 3, 11)), None);
    let midnight = date(2026, 4, 10).at(0, 0, 0, 0);
    let closed = open.then(midnight, What::RanOut("opinions".into())).step(midnight, "close-opinions", "deciding");
    assert_eq!(closed.status("opinions", on(2026, 4, 11)), ClockStatus::Over);
    // Ninety days with 04-10 as the first; the pause ended before it.
    let found = closed.run("decide", on(2026, 4, 11)).unwrap();
    assert_eq!(found.due_on, Some(date(2026, 7, 8)));
    assert_eq!(found.days.iter().find(|day| day.why == Why::Counted(1)).unwrap().date, date(2026, 4, 10));
}

#[test]
fn complaints_have_their_time_by_kind() {
    let filed = |kind: &str| Case::filed(service("complaint"), on(2026, 6, 8)).answer("kind", kind);
    // Eight working hours from 10:00.
    let accept = filed("query").run("accept", on(2026, 6, 8)).unwrap();
    assert_eq!(accept.overdue_from, Some(at(on(2026, 6, 9))));
    for (kind, clock, last) in [
        ("query", "answer-7", date(2026, 6, 16)),
        ("grievance", "answer-7", date(2026, 6, 16)),
        ("law-query", "answer-14", date(2026, 6, 25)),
        ("suggestion", "answer-14", date(2026, 6, 25)),
    ] {
        let case = filed(kind).step(on(2026, 6, 8), "accept", "accepted");
        assert_eq!(case.due(clock, on(2026, 6, 9)), Some(last), "{kind}");
        let others = ["at-once", "answer-7", "answer-14"].into_iter().filter(|other| *other != clock);
        assert!(
            others.into_iter().all(|other| case.run(other, on(2026, 6, 9)).is_none()),
            "{kind}: one clock for each"
        );
    }
    let at_once = filed("other").step(date(2026, 6, 8).at(11, 0, 0, 0), "accept-at-once", "deciding");
    let found = at_once.run("at-once", on(2026, 6, 9)).unwrap();
    assert_eq!(found.overdue_from, Some(at(date(2026, 6, 8).at(15, 0, 0, 0))), "the noon hour does not count");
    assert_eq!(found.status, ClockStatus::Overdue);
}

#[test]
fn a_field_survey_and_a_question_do_not_count() {
    let case = Case::filed(service("complaint"), on(2026, 6, 8))
        .answer("kind", "grievance")
        .step(on(2026, 6, 8), "accept", "accepted")
        .step(on(2026, 6, 9), "take-up", "deciding")
        .step(on(2026, 6, 10), "start-survey", "survey");
    let found = case.run("answer-7", on(2026, 6, 11)).unwrap();
    assert_eq!((found.status, found.paused, found.due_on), (ClockStatus::Paused, true, None));
    assert!(case.may_extend("answer-7", on(2026, 6, 11), false));
    assert_eq!(case.due("survey", on(2026, 6, 11)), Some(date(2026, 6, 29)));
    let back = case.step(on(2026, 6, 12), "end-survey", "deciding");
    // Two days before the survey (06-08, 06-09), none of 06-10 to 06-12, five after it.
    assert_eq!(back.due("answer-7", on(2026, 6, 12)), Some(date(2026, 6, 19)));
    let asked = back.then(on(2026, 6, 16), What::Asked);
    assert_eq!(asked.due("answer-7", on(2026, 6, 17)), None);
    let replied = asked.then(on(2026, 6, 17), What::Replied);
    assert_eq!(replied.due("answer-7", on(2026, 6, 17)), Some(date(2026, 6, 23)));
    // Once by itself, once more with the author's consent.
    let longer = replied.then(on(2026, 6, 22), extended("answer-7"));
    assert_eq!(longer.due("answer-7", on(2026, 6, 22)), Some(date(2026, 7, 2)));
    assert!(!longer.may_extend("answer-7", on(2026, 6, 22), false));
    assert!(longer.may_extend("answer-7", on(2026, 6, 22), true));
}

#[test]
fn a_question_closes_with_the_case() {
    let case = Case::filed(everything(), on(2026, 6, 8))
        .then(on(2026, 6, 9), What::Asked)
        .step(on(2026, 6, 10), "refuse", "refused")
        .step(on(2026, 6, 11), "object", "deciding");
    let found = case.run("decide", on(2026, 6, 12)).unwrap();
    assert_eq!((found.status, found.started_at), (ClockStatus::Running, at(on(2026, 6, 11))));
}

#[test]
fn a_case_that_is_withdrawn_has_no_deadline() {
    for state in ["withdrawn", "merged"] {
        let case = Case::filed(everything(), on(2026, 6, 8)).then(on(2026, 6, 10), What::State(state.into()));
        for clock in ["decide", "request", "silence"] {
            assert_eq!(case.status(clock, on(2027, 6, 8)), ClockStatus::Kept, "{clock}");
        }
    }
}

#[test]
fn coming_back_from_a_pause_is_no_new_start() {
    let text = crate::sample_tests::EVERYTHING.replace(
        "starts = [\"filed\", \"step:object\"]",
        "starts = [\"state:received\", \"state:deciding\", \"step:object\"]",
    );
    let case = Case::filed(read("anew.toml", &text), on(2026, 6, 8)).step(on(2026, 6, 10), "publish", "open").step(
        on(2026, 6, 20),
        "close",
        "deciding",
    );
    assert_eq!(case.run("decide", on(2026, 6, 21)).unwrap().started_at, at(on(2026, 6, 8)));
    let straight = Case::filed(read("anew.toml", &text), on(2026, 6, 8)).step(on(2026, 6, 10), "take-up", "deciding");
    assert_eq!(straight.run("decide", on(2026, 6, 21)).unwrap().started_at, at(on(2026, 6, 10)));
}

#[test]
fn holidays_of_many_years_count() {
    // Over Chuseok 2026 with the substitute of National Foundation Day.
    let case = Case::filed(everything(), on(2026, 9, 22));
    assert_eq!(case.due("request", on(2026, 9, 22)), Some(date(2026, 10, 8)));
    // Over New Year and Seollal 2027 (02-06 to 02-09 with its substitute).
    let case = Case::filed(everything(), on(2027, 1, 29));
    assert_eq!(case.due("request", on(2027, 1, 29)), Some(date(2027, 2, 15)));
    // A temporary holiday that was decreed afterwards moves the end, as the law has it.
    let mut case = Case::filed(everything(), on(2026, 6, 8));
    case.calendar =
        case.calendar.with_temporary(date(2026, 6, 17), LocalizedText::new("임시공휴일", "Temporary holiday"));
    assert_eq!(case.due("request", on(2026, 6, 8)), Some(date(2026, 6, 22)));
}

#[test]
fn only_what_happened_until_then_counts() {
    let case = Case::filed(everything(), on(2026, 6, 8)).step(on(2026, 6, 10), "refuse", "refused");
    assert_eq!(case.run("decide", on(2026, 6, 7)), None);
    assert_eq!(case.status("decide", on(2026, 6, 9)), ClockStatus::Running);
    assert_eq!(case.status("decide", on(2026, 6, 10)), ClockStatus::Kept);
    assert_eq!(case.run("window", on(2026, 6, 9)), None);
    let days = Days { calendar: &case.calendar, hours: &OfficeHours::default() };
    let ids = |now| -> Vec<String> {
        runs(&case.def, &case.answers, &case.story, at(now), &days).into_iter().map(|run| run.clock).collect()
    };
    assert_eq!(ids(on(2026, 6, 9)), ["decide", "kinds", "request", "silence"]);
    assert_eq!(ids(on(2026, 6, 11)), ["decide", "kinds", "request", "window", "silence"]);
}

#[test]
fn terms_are_said_in_words() {
    let def = everything();
    let said = |id: &str, locale| term(def.clock(id).unwrap(), locale);
    assert_eq!(said("decide", Locale::Ko), "90일");
    assert_eq!(said("decide", Locale::En), "90 days");
    assert_eq!(said("request", Locale::Ko), "근무일 10일");
    assert_eq!(said("request", Locale::En), "10 business days");
    assert_eq!(said("kinds", Locale::Ko), "근무일 7–14일, 근무시간 3시간");
    assert_eq!(said("kinds", Locale::En), "7–14 business days, 3 working hours");
}

#[test]
fn the_walk_and_the_clock_agree() {
    let def = everything();
    let calendar = Calendar::korea();
    let hours = OfficeHours::default();
    let days = Days { calendar: &calendar, hours: &hours };
    let mut walk = crate::walk::Walk::new(&def, Answers::default(), at(on(2026, 6, 8)));
    walk.take("publish", &Party::Agency, &StepInput::default(), at(on(2026, 6, 9)), &days).unwrap();
    let run = walk.clocks(at(on(2026, 6, 9)), &days).into_iter().find(|run| run.clock == "opinions").unwrap();
    assert_eq!(run.due_on, Some(date(2026, 7, 9)));
    assert_eq!(
        walk.advance(run.overdue_from.unwrap().plus_seconds(-1), &days).last().map(String::as_str),
        Some("clock:silence")
    );
    assert_eq!(walk.advance(run.overdue_from.unwrap(), &days), ["clock:opinions", "step:close"]);
}

/// Days after the start of 2026 on which a case is put to opinions, a question is asked and answered, a clock extended.
fn stories() -> impl Strategy<Value = (DateTime, Vec<(i32, i32)>, u32, &'static str)> {
    let day = (0..700_i32, 0..24_i8)
        .prop_map(|(day, hour)| date(2026, 1, 1).saturating_add(jiff::Span::new().days(day)).at(hour, 30, 0, 0));
    let pauses = prop::collection::vec((0..40_i32, 0..20_i32), 0..4);
    (day, pauses, 0..3_u32, prop::sample::select(vec!["decide", "kinds", "request"]))
}

fn told(start: DateTime, pauses: &[(i32, i32)], extensions: u32, clock: &str) -> Case {
    let mut case = Case::filed(everything(), start);
    for _ in 0..extensions {
        case = case.then(start, extended(clock));
    }
    let mut day = start;
    for (after, length) in pauses {
        day = day.saturating_add(jiff::Span::new().days(*after).hours(3));
        case = case.then(day, What::Asked);
        day = day.saturating_add(jiff::Span::new().days(*length).hours(1));
        case = case.then(day, What::Replied);
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn pauses_and_extensions_never_shorten((start, pauses, extensions, clock) in stories()) {
        let now = date(2031, 1, 1).at(0, 0, 0, 0);
        let end = |pauses: &[(i32, i32)], extensions| {
            told(start, pauses, extensions, clock).run(clock, now).unwrap().overdue_from.unwrap()
        };
        let plain = end(&[], 0);
        prop_assert!(plain > at(start));
        prop_assert!(end(&pauses, 0) >= plain);
        prop_assert!(end(&[], extensions) >= plain);
        prop_assert!(end(&pauses, extensions) >= end(&pauses, 0));
        for more in 0..pauses.len() {
            prop_assert!(end(&pauses[..=more], extensions) >= end(&pauses[..more], extensions));
        }
        let found = told(start, &pauses, extensions, clock).run(clock, now).unwrap();
        prop_assert!(found.due_on.unwrap() >= start.date());
        prop_assert_eq!(found.expected_on, found.due_on);
        prop_assert_eq!(found.days.last().unwrap().date, found.due_on.unwrap());
    }

    #[test]
    fn who_starts_later_ends_later((start, ..) in stories(), later in 0..20_i32) {
        let now = date(2031, 1, 1).at(0, 0, 0, 0);
        for clock in ["decide", "request", "silence"] {
            let first = told(start, &[], 0, clock).due(clock, now);
            let second = start.saturating_add(jiff::Span::new().days(later));
            prop_assert!(told(second, &[], 0, clock).due(clock, now) >= first);
        }
    }

    #[test]
    fn a_run_agrees_with_itself_at_any_time((start, pauses, extensions, clock) in stories(), seen in 0..400_i32) {
        let case = told(start, &pauses, extensions, clock);
        let now = start.saturating_add(jiff::Span::new().days(seen));
        let found = case.run(clock, now).unwrap();
        prop_assert_eq!(found.paused, found.status == ClockStatus::Paused || (found.paused && found.due_on.is_some()));
        prop_assert_eq!(found.due_on.is_some(), found.overdue_from.is_some());
        prop_assert!(found.expected_on.is_some());
        let late = found.overdue_from.is_some_and(|from| at(now) >= from);
        prop_assert_eq!(found.status == ClockStatus::Overdue, late);
    }
}
