//! Dates that were worked out by hand from the law and the calendar of 2026.
//!
//! Closed in 2026, besides weekends: Seollal 16, 17 and 18 February (Monday to Wednesday); 2 March for 1 March; 1, 5 and
//! 25 May; 3 June (election); 17 July; 17 August for the 15th; Chuseok 24, 25 and 26 September (Thursday to Saturday; a
//! Saturday of Chuseok has no substitute); 5 October for the 3rd; 9 October; 25 December.

use jiff::civil::{Date, date};
use madang_base::calendar::Calendar;
use madang_base::calendar::clock::OfficeHours;
use madang_base::{Error, Time};
use madang_form::steps::StepInput;
use madang_form::timeline::{ClockRun, Days};
use madang_form::values::{Answer, Answers, FileAnswer};
use madang_form::walk::Walk;
use madang_form::{Definition, Party};

use super::service;

fn at(day: Date, hour: i64, minute: i64) -> Time {
    Time::at_kst_midnight(day).plus_seconds(hour * 3600 + minute * 60)
}

fn day(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

/// A case that is walked with one calendar.
struct Story<'a> {
    walk: Walk<'a>,
    def: &'a Definition,
    calendar: Calendar,
    hours: OfficeHours,
}

impl<'a> Story<'a> {
    /// Filed at ten in the morning unless a time is given.
    fn filed(def: &'a Definition, answers: &[(&str, &str)], time: Time) -> Self {
        let given = answers.iter().map(|(id, value)| ((*id).to_owned(), Answer::Choice((*value).to_owned())));
        let walk = Walk::new(def, Answers(given.collect()), time);
        Self { walk, def, calendar: Calendar::korea(), hours: OfficeHours::default() }
    }

    fn take(&mut self, step: &str, party: &Party, time: Time) {
        self.try_take(step, party, time).unwrap_or_else(|error| panic!("{step}: {error:?}"));
    }

    fn try_take(&mut self, id: &str, party: &Party, time: Time) -> Result<(), Error> {
        let step = self.def.step(id).unwrap_or_else(|| panic!("no step {id}"));
        let fields = madang_form::steps::fields(self.def, step).into_iter().map(|field| {
            let answer = match field.id.as_str() {
                "disclosure-day" | "process-ends" => Answer::Date(time.kst_date()),
                "charge" => Answer::Number(0),
                _ => Answer::Text("값".to_owned()),
            };
            (field.id.clone(), answer)
        });
        let input = StepInput {
            answer: "답".to_owned(),
            reason: "까닭".to_owned(),
            grounds: self.def.grounds.iter().take(1).map(|ground| ground.id.clone()).collect(),
            outcome: madang_form::steps::outcomes(self.def, step).first().map(|outcome| outcome.id.clone()),
            files: Vec::<FileAnswer>::new(),
            link: None,
            fields: Answers(fields.collect()),
        };
        let days = Days { calendar: &self.calendar, hours: &self.hours };
        self.walk.take(id, party, &input, time, &days)
    }

    fn pass(&mut self, to: Time) -> Vec<String> {
        self.walk.advance(to, &Days { calendar: &self.calendar, hours: &self.hours })
    }

    fn extend(&mut self, clock: &str, consent: bool, time: Time) -> Result<(), Error> {
        self.walk.extend(clock, consent, time, &Days { calendar: &self.calendar, hours: &self.hours })
    }

    fn clock(&self, id: &str, time: Time) -> Option<ClockRun> {
        let runs = self.walk.clocks(time, &Days { calendar: &self.calendar, hours: &self.hours });
        runs.into_iter().find(|run| run.clock == id)
    }

    fn due(&self, id: &str, time: Time) -> Option<Date> {
        self.clock(id, time).unwrap_or_else(|| panic!("{id} has not started")).due_on
    }

    /// When it is too late, for clocks in hours.
    fn until(&self, id: &str, time: Time) -> Option<Time> {
        self.clock(id, time).unwrap_or_else(|| panic!("{id} has not started")).overdue_from
    }
}

#[test]
fn an_information_request_counts_its_first_day() {
    let def = service("information-request");
    // Monday 8 June is day 1, Friday 12 June day 5, Monday 15 June day 6, Friday 19 June day 10 (art. 29 (2)).
    let filed = at(day(6, 8), 10, 0);
    let mut case = Story::filed(&def, &[], filed);
    assert_eq!(case.due("decide", filed), Some(day(6, 19)));
    // Twenty days: ten more business days from Monday 22 June, Friday 3 July.
    assert_eq!(case.due("silence", filed), Some(day(7, 3)));
    // Extended once by ten, counted from the day after the end (art. 11 (2)), which gives the same Friday.
    case.extend("decide", false, at(day(6, 18), 10, 0)).unwrap();
    assert_eq!(case.due("decide", at(day(6, 18), 10, 0)), Some(day(7, 3)));
    assert!(case.extend("decide", false, at(day(6, 19), 10, 0)).is_err(), "once only");
}

#[test]
fn information_requests_over_seollal_and_chuseok() {
    let def = service("information-request");
    // Wed 11 (1), Thu 12 (2), Fri 13 (3), [weekend, Seollal 16-18], Thu 19 (4), Fri 20 (5), Mon 23 (6) ... Fri 27 (10).
    let filed = at(day(2, 11), 10, 0);
    assert_eq!(Story::filed(&def, &[], filed).due("decide", filed), Some(day(2, 27)));
    // Tue 22 (1), Wed 23 (2), [Chuseok 24-26, Sun 27], Mon 28 (3), 29, 30, 1, 2 October (7), [weekend, 5 October for
    // National Foundation Day], Tue 6 (8), Wed 7 (9), Thu 8 (10).
    let filed = at(day(9, 22), 10, 0);
    assert_eq!(Story::filed(&def, &[], filed).due("decide", filed), Some(day(10, 8)));
    // Filed on a Saturday: Monday 8 June is the first day that counts.
    let filed = at(day(6, 6), 10, 0);
    assert_eq!(Story::filed(&def, &[], filed).due("decide", filed), Some(day(6, 19)));
}

#[test]
fn a_refused_information_request_is_objected_to() {
    let def = service("information-request");
    let mut case = Story::filed(&def, &[], at(day(6, 8), 10, 0));
    case.take("accept", &Party::Agency, at(day(6, 8), 11, 0));
    // Three days of the Civil Act from Thursday 11 June: Sunday 14 June, hence Monday 15 June (arts. 21 (1), 29 (1)).
    case.take("notify-third-party", &Party::Agency, at(day(6, 11), 10, 0));
    assert_eq!(case.due("third-party", at(day(6, 11), 10, 0)), Some(day(6, 15)));
    let refused = at(day(6, 19), 15, 0);
    case.take("refuse", &Party::Agency, refused);
    // Thirty days after 19 June is Sunday 19 July: Monday 20 July (art. 18 (1)).
    assert_eq!(case.due("objection-window", refused), Some(day(7, 20)));
    let objected = at(day(7, 20), 16, 0);
    case.take("object", &Party::Author, objected);
    // Seven days, the first counted: 20, 21, 22, 23, 24, 27, 28 July; seven more: 29, 30, 31 July, 3, 4, 5, 6 August.
    assert_eq!(case.due("objection", objected), Some(day(7, 28)));
    case.extend("objection", false, at(day(7, 27), 10, 0)).unwrap();
    assert_eq!(case.due("objection", at(day(7, 27), 10, 0)), Some(day(8, 6)));
    case.take("uphold", &Party::Agency, at(day(8, 6), 10, 0));
    assert_eq!(case.walk.state(), "disclosed");
}

#[test]
fn silence_of_twenty_days_opens_the_objection() {
    let def = service("information-request");
    let mut case = Story::filed(&def, &[], at(day(6, 8), 10, 0));
    case.take("accept", &Party::Agency, at(day(6, 8), 11, 0));
    let error = case.try_take("object", &Party::Author, at(day(7, 3), 17, 0)).unwrap_err();
    assert_eq!(error.code(), "form.step-window", "the twentieth day is not over");
    assert_eq!(case.pass(at(day(7, 6), 9, 0)), ["clock:silence"]);
    // It ran out at the end of 3 July; 30 days after 4 July, the day on which it is over, is 3 August, a Monday.
    assert_eq!(case.due("objection-window", at(day(7, 6), 9, 0)), Some(day(8, 3)));
    case.take("object", &Party::Author, at(day(8, 3), 17, 0));
    assert_eq!(case.walk.state(), "objection");
    // Too late a day after.
    let mut case = Story::filed(&def, &[], at(day(6, 8), 10, 0));
    let error = case.try_take("object", &Party::Author, at(day(8, 4), 9, 0)).unwrap_err();
    assert_eq!(error.code(), "form.step-window");
}

#[test]
fn complaints_by_their_kind() {
    let def = service("complaint");
    // All accepted on Monday 8 June, the first day: 7 days end on Tuesday 16, 14 days on Thursday 25.
    for (kind, clock, due) in [
        ("query", "answer-7", 16),
        ("grievance", "answer-7", 16),
        ("law-query", "answer-14", 25),
        ("suggestion", "answer-14", 25),
    ] {
        let mut case = Story::filed(&def, &[("kind", kind)], at(day(6, 8), 9, 0));
        case.take("accept", &Party::Agency, at(day(6, 8), 10, 0));
        assert_eq!(case.due(clock, at(day(6, 8), 10, 0)), Some(day(6, due)), "{kind}");
    }
    // At once is three office hours: from 16:30 on the day before Chuseok an hour and a half, the rest on Monday 28; three
    // more, once: until 14:30 (the noon hour does not count).
    for step in ["accept", "accept-at-once"] {
        let mut case = Story::filed(&def, &[("kind", "other")], at(day(9, 23), 16, 0));
        let accepted = at(day(9, 23), 16, 30);
        case.take(step, &Party::Agency, accepted);
        assert_eq!(case.until("at-once", accepted), Some(at(day(9, 28), 10, 30)), "{step}");
        assert!(case.clock("answer-7", accepted).is_none() && case.clock("answer-14", accepted).is_none(), "{step}");
        case.extend("at-once", false, accepted).unwrap();
        assert_eq!(case.until("at-once", accepted), Some(at(day(9, 28), 14, 30)), "{step}");
        assert!(case.extend("at-once", false, accepted).is_err());
    }
}

/// Decree art. 21: as long again.
#[test]
fn a_suggestion_is_extended_by_fourteen_days() {
    let def = service("complaint");
    let accepted = at(day(6, 8), 10, 0);
    let mut case = Story::filed(&def, &[("kind", "suggestion")], at(day(6, 8), 9, 0));
    case.take("accept", &Party::Agency, accepted);
    // From Friday 26 June: 26 (1), 29, 30, 1, 2, 3 (6), 6 to 10 (11), 13, 14, Wed 15 July (14).
    case.extend("answer-14", false, at(day(6, 24), 10, 0)).unwrap();
    assert_eq!(case.due("answer-14", at(day(6, 24), 10, 0)), Some(day(7, 15)));
}

#[test]
fn only_grievances_are_surveyed_and_only_everyday_matters_dealt_with_at_once() {
    let def = service("complaint");
    for kind in ["other", "query", "law-query", "suggestion", "grievance"] {
        let mut case = Story::filed(&def, &[("kind", kind)], at(day(6, 8), 9, 0));
        let at_once = case.try_take("accept-at-once", &Party::Agency, at(day(6, 8), 10, 0));
        assert_eq!(at_once.as_ref().err().map(Error::code), (kind != "other").then_some("form.step-when"), "{kind}");
        if at_once.is_err() {
            case.take("accept", &Party::Agency, at(day(6, 8), 10, 0));
            case.take("take-up", &Party::Agency, at(day(6, 8), 10, 0));
        }
        let survey = case.try_take("start-survey", &Party::Agency, at(day(6, 8), 10, 10));
        assert_eq!(survey.err().map(|error| error.code()), (kind != "grievance").then_some("form.step-when"), "{kind}");
    }
}

#[test]
fn what_was_not_meant_to_be_open_is_never_opened() {
    let def = service("petition");
    let shut: [&[(&str, &str)]; 3] =
        [&[("kind", "relief")], &[("kind", "other")], &[("kind", "law"), ("publicity", "closed")]];
    for answers in shut {
        let mut case = Story::filed(&def, answers, at(day(6, 8), 9, 0));
        for step in ["start-review", "reject"] {
            let refused = case.try_take(step, &Party::Agency, at(day(6, 8), 10, 0)).unwrap_err();
            assert_eq!(refused.code(), "form.step-when", "{answers:?}: {step}");
        }
        let step = if answers.len() == 1 { "take-up" } else { "take-up-closed" };
        case.take(step, &Party::Agency, at(day(6, 8), 10, 0));
        assert_eq!(case.walk.state(), "deciding");
    }
    let mut case = Story::filed(&def, &[("kind", "law"), ("publicity", "open")], at(day(6, 8), 9, 0));
    for step in ["take-up", "take-up-closed"] {
        let refused = case.try_take(step, &Party::Agency, at(day(6, 8), 10, 0)).unwrap_err();
        assert_eq!(refused.code(), "form.step-when");
    }
    case.take("start-review", &Party::Agency, at(day(6, 8), 10, 0));
}

#[test]
fn complaints_over_seollal_and_chuseok() {
    let def = service("complaint");
    // Filed on Friday 13 February at 17:00: an office hour that day; then [weekend, Seollal 16-18], Thursday 19 three
    // hours before noon and four after it make eight (decree art. 6 (7)).
    let filed = at(day(2, 13), 17, 0);
    let case = Story::filed(&def, &[("kind", "query")], filed);
    assert_eq!(case.until("accept", filed), Some(at(day(2, 19), 17, 0)));
    // Thu 12 (1), Fri 13 (2), Thu 19 (3), Fri 20 (4), Mon 23 (5), Tue 24 (6), Wed 25 (7).
    let mut case = Story::filed(&def, &[("kind", "query")], at(day(2, 12), 9, 0));
    case.take("accept", &Party::Agency, at(day(2, 12), 10, 0));
    assert_eq!(case.due("answer-7", at(day(2, 12), 10, 0)), Some(day(2, 25)));
    // Fri 18 September (1), 21, 22, 23 (4), [Chuseok], 28, 29, 30, 1, 2 October (9), [5 October], 6, 7, 8 (12),
    // [9 October, Hangul Day, weekend], Mon 12 (13), Tue 13 (14).
    let mut case = Story::filed(&def, &[("kind", "suggestion")], at(day(9, 18), 9, 0));
    case.take("accept", &Party::Agency, at(day(9, 18), 10, 0));
    assert_eq!(case.due("answer-14", at(day(9, 18), 10, 0)), Some(day(10, 13)));
}

#[test]
fn a_question_and_a_survey_stop_a_complaint_and_extensions_need_consent() {
    let def = service("complaint");
    let accepted = at(day(6, 8), 10, 0);
    let mut case = Story::filed(&def, &[("kind", "query")], at(day(6, 8), 9, 0));
    case.take("accept", &Party::Agency, accepted);
    // Asked on Wednesday 10, answered on Friday 12: Mon 8 (1), Tue 9 (2), Mon 15 (3), 16, 17, 18, Fri 19 (7).
    case.walk.ask(at(day(6, 10), 14, 0));
    assert_eq!(case.due("answer-7", at(day(6, 11), 9, 0)), None, "it stands still");
    case.walk.reply(at(day(6, 12), 10, 0));
    assert_eq!(case.due("answer-7", at(day(6, 12), 11, 0)), Some(day(6, 19)));
    // Decree art. 21: once by itself, from Mon 22 (1) to Tue 30 (7); again only with consent, from 1 July to 9 July.
    let now = at(day(6, 18), 9, 0);
    case.extend("answer-7", false, now).unwrap();
    assert_eq!(case.due("answer-7", now), Some(day(6, 30)));
    assert!(case.extend("answer-7", false, now).is_err());
    case.extend("answer-7", true, now).unwrap();
    assert_eq!(case.due("answer-7", now), Some(day(7, 9)));
    assert!(case.extend("answer-7", true, now).is_err());

    // A survey from Tuesday 9 to Thursday 18 June: Mon 8 (1), Fri 19 (2), 22, 23, 24, 25, Fri 26 (7).
    let mut case = Story::filed(&def, &[("kind", "grievance")], at(day(6, 8), 9, 0));
    case.take("accept", &Party::Agency, accepted);
    case.take("take-up", &Party::Agency, at(day(6, 8), 11, 0));
    case.take("start-survey", &Party::Agency, at(day(6, 9), 9, 0));
    // Fourteen days from Tuesday 9, the first: Fri 26; seven more, once: 29, 30 June, 1, 2, 3, 6, 7 July.
    assert_eq!(case.due("survey", at(day(6, 9), 9, 0)), Some(day(6, 26)));
    case.extend("survey", false, at(day(6, 10), 9, 0)).unwrap();
    assert_eq!(case.due("survey", at(day(6, 10), 9, 0)), Some(day(7, 7)));
    case.take("end-survey", &Party::Agency, at(day(6, 18), 17, 0));
    assert_eq!(case.due("answer-7", at(day(6, 18), 18, 0)), Some(day(6, 26)));
}

#[test]
fn a_refused_complaint_is_objected_to_within_sixty_days() {
    let def = service("complaint");
    let mut case = Story::filed(&def, &[("kind", "query")], at(day(6, 8), 9, 0));
    case.take("accept", &Party::Agency, at(day(6, 8), 10, 0));
    let refused = at(day(6, 16), 10, 0);
    case.take("refuse", &Party::Agency, refused);
    // Sixty days after 16 June is Saturday 15 August, Liberation Day; Monday 17 is its substitute: Tuesday 18.
    assert_eq!(case.due("objection-window", refused), Some(day(8, 18)));
    let objected = at(day(8, 18), 10, 0);
    case.take("object", &Party::Author, objected);
    // Ten days after 18 August: Friday 28 August; ten more: Monday 7 September.
    assert_eq!(case.due("objection", objected), Some(day(8, 28)));
    case.extend("objection", false, at(day(8, 27), 10, 0)).unwrap();
    assert_eq!(case.due("objection", at(day(8, 27), 10, 0)), Some(day(9, 7)));
}

#[test]
fn a_petition_that_is_not_open_has_ninety_days_from_filing() {
    let def = service("petition");
    let filed = at(day(1, 5), 10, 0);
    let mut case = Story::filed(&def, &[("kind", "relief")], filed);
    case.take("take-up", &Party::Agency, at(day(1, 7), 10, 0));
    // 6 January is day 1: 26 days of January, 28 of February, 31 of March, 5 of April make 90; Sunday 5 April moves to
    // Monday 6 April.
    assert_eq!(case.due("decide", at(day(1, 7), 11, 0)), Some(day(4, 6)));
    assert_eq!(case.pass(at(day(4, 7), 9, 0)), ["clock:decide"]);
    // Over on 7 April; thirty days after it, 7 May.
    assert_eq!(case.due("objection-window", at(day(4, 7), 9, 0)), Some(day(5, 7)));
    let objected = at(day(5, 7), 10, 0);
    case.take("object", &Party::Author, objected);
    // Fifteen days after 7 May: Friday 22 May.
    assert_eq!(case.due("objection", objected), Some(day(5, 22)));
}

#[test]
fn review_and_opinions_of_a_petition_do_not_count() {
    let def = service("petition");
    let open = [("kind", "law"), ("publicity", "open")];
    let mut case = Story::filed(&def, &open, at(day(2, 20), 10, 0));
    case.take("start-review", &Party::Agency, at(day(2, 23), 10, 0));
    assert_eq!(case.due("decide", at(day(2, 23), 11, 0)), None, "it stands still");
    case.take("open", &Party::Agency, at(day(3, 6), 10, 0));
    // Thirty days after 6 March: Sunday 5 April, hence Monday 6 April.
    assert_eq!(case.due("opinions", at(day(3, 6), 11, 0)), Some(day(4, 6)));
    assert_eq!(case.pass(at(day(4, 7), 9, 0)), ["clock:opinions", "step:close-opinions"]);
    // From Tuesday 7 April: 24 days of April, 31 of May, 30 of June, 5 of July; Sunday 5 July moves to Monday 6 July.
    let now = at(day(4, 7), 10, 0);
    assert_eq!(case.due("decide", now), Some(day(7, 6)));
    // Sixty more, once, from 7 July: 25 of July, 31 of August, 4 September, a Friday (art. 21 (3)).
    case.extend("decide", false, now).unwrap();
    assert_eq!(case.due("decide", now), Some(day(9, 4)));
    assert!(case.extend("decide", false, now).is_err());

    // Opinions end with Thursday 2 April. Friday 3 April is day 1: 28 days of April, 31 of May, 30 of June, 1 July.
    let mut case = Story::filed(&def, &open, at(day(2, 20), 10, 0));
    case.take("start-review", &Party::Agency, at(day(2, 23), 10, 0));
    case.take("open", &Party::Agency, at(day(3, 3), 10, 0));
    case.pass(at(day(4, 3), 9, 0));
    assert_eq!(case.walk.state(), "deciding");
    assert_eq!(case.due("decide", at(day(4, 3), 9, 0)), Some(day(7, 1)));
}

#[test]
fn petitions_over_seollal_and_chuseok() {
    let def = service("petition");
    // Fifteen days after 2 February is Seollal, 17 February; 18 February is closed too: Thursday 19 February.
    let filed = at(day(2, 2), 10, 0);
    let mut case = Story::filed(&def, &[("kind", "law"), ("publicity", "open")], filed);
    assert_eq!(case.due("review", filed), Some(day(2, 19)));
    case.take("start-review", &Party::Agency, at(day(2, 3), 10, 0));
    case.take("keep-private", &Party::Agency, at(day(2, 19), 10, 0));
    // Thirty days after 19 February: Saturday 21 March, hence Monday 23 March.
    assert_eq!(case.due("objection-window", at(day(2, 19), 11, 0)), Some(day(3, 23)));
    // Thirty days after 26 August is Chuseok, 25 September; then Saturday and Sunday: Monday 28 September.
    let mut case = Story::filed(&def, &[("kind", "law"), ("publicity", "open")], at(day(8, 20), 10, 0));
    case.take("start-review", &Party::Agency, at(day(8, 21), 10, 0));
    case.take("open", &Party::Agency, at(day(8, 26), 10, 0));
    assert_eq!(case.due("opinions", at(day(8, 26), 11, 0)), Some(day(9, 28)));
}

#[test]
fn a_data_request_has_ten_calendar_days() {
    let def = service("data-request");
    // Ten days after 6 February is 16 February; Seollal 16-18: Thursday 19 February (Public Data Act art. 27 (3)).
    let filed = at(day(2, 6), 10, 0);
    let mut case = Story::filed(&def, &[], filed);
    assert_eq!(case.due("decide", filed), Some(day(2, 19)));
    // Ten more from 20 February: Sunday 1 March, Independence Movement Day; 2 March is its substitute: Tuesday 3 March.
    case.extend("decide", false, at(day(2, 19), 10, 0)).unwrap();
    assert_eq!(case.due("decide", at(day(2, 19), 10, 0)), Some(day(3, 3)));
}
