use jiff::civil::{Date, DateTime, date};

use super::clock::{Due, Extension, OfficeHours, Pause, Rule, Run, Unit};
use super::{Calendar, DayOff, Why};
use crate::{Kind, LocalizedText};

/// Korean law as a definition file would hold it.
const RULES: &str = r#"{
  "disclosure":  { "amount": 10, "unit": "business-day", "first_day_counted": true, "extension": { "amount": 10 },
                   "basis": { "ko": "정보공개법 제11조, 제29조제2항" } },
  "objection":   { "amount": 30, "unit": "calendar-day", "basis": { "ko": "정보공개법 제18조제1항, 민법 제157조·제161조" } },
  "petition":    { "amount": 90, "unit": "calendar-day", "extension": { "amount": 60 }, "basis": { "ko": "청원법 제21조" } },
  "legal-query": { "amount": 14, "unit": "business-day", "first_day_counted": true, "extension": { "amount": 14, "times": 2 },
                   "basis": { "ko": "민원처리법 시행령 제14조, 제21조" } },
  "five-days":   { "amount": 40, "unit": "working-hour", "basis": { "ko": "민원처리법 제19조제1항" } },
  "accept":      { "amount": 8, "unit": "working-hour", "extension": { "amount": 8 } },
  "at-once":     { "amount": 3, "unit": "working-hour" }
}"#;

fn rule(name: &str) -> Rule {
    let rules: std::collections::BTreeMap<String, Rule> = serde_json::from_str(RULES).unwrap();
    rules[name].clone()
}

fn due_of(name: &str, run: &Run) -> Due {
    rule(name).due(&Calendar::korea(), &OfficeHours::default(), run).unwrap()
}

fn due(name: &str, start: DateTime) -> Due {
    due_of(name, &Run::from(start))
}

fn last(name: &str, start: Date) -> Option<Date> {
    due(name, start.at(10, 0, 0, 0)).date
}

#[test]
fn disclosure_counts_its_first_day() {
    let found = due("disclosure", date(2026, 6, 8).at(10, 0, 0, 0));
    assert_eq!(found.date, Some(date(2026, 6, 19)));
    assert_eq!(found.overdue_from, Some(date(2026, 6, 20).at(0, 0, 0, 0)));
    // A rule that does not count the first day, as other platforms have it, ends on the Monday.
    let other = Rule { first_day_counted: false, ..rule("disclosure") };
    let run = Run::from(date(2026, 6, 8).at(10, 0, 0, 0));
    let end = other.due(&Calendar::korea(), &OfficeHours::default(), &run).unwrap().date;
    assert_eq!(end, Some(date(2026, 6, 22)));
    // Filed at a weekend: the first day is Monday. Over Chuseok 2026 with National Foundation Day's substitute.
    assert_eq!(last("disclosure", date(2026, 6, 6)), Some(date(2026, 6, 19)));
    assert_eq!(last("disclosure", date(2026, 9, 22)), Some(date(2026, 10, 8)));
}

#[test]
fn an_extension_starts_on_the_day_after_the_end() {
    let run = Run { extensions: 1, ..Run::from(date(2026, 6, 8).at(10, 0, 0, 0)) };
    let found = due_of("disclosure", &run);
    assert_eq!(found.date, Some(date(2026, 7, 3)));
    let counted: Vec<_> = found.steps.iter().filter(|s| matches!(s.why, Why::Counted(_))).collect();
    assert_eq!(counted.len(), 20);
    assert_eq!((counted[10].date, &counted[10].why), (date(2026, 6, 22), &Why::Counted(1)));
    let twice = Run { extensions: 2, ..run };
    let error = rule("disclosure").due(&Calendar::korea(), &OfficeHours::default(), &twice).unwrap_err();
    assert_eq!((error.kind(), error.code()), (Kind::Conflict, "clock.extended-too-often"));
    assert_eq!(due_of("legal-query", &twice).date, Some(date(2026, 8, 5)));
}

#[test]
fn calendar_days_leave_out_the_first_day_and_roll_over_closed_days() {
    // 30 days after 2026-07-16 is Saturday 08-15, Liberation Day; Monday 08-17 is its substitute.
    let found = due("objection", date(2026, 7, 16).at(15, 0, 0, 0));
    assert_eq!(found.date, Some(date(2026, 8, 18)));
    let tail: Vec<_> = found.steps.iter().rev().take(5).rev().map(|s| (s.date.day(), s.why.clone())).collect();
    let liberation = DayOff::Holiday(LocalizedText::new("광복절", "Liberation Day"));
    let substitute = DayOff::Holiday(LocalizedText::new("대체공휴일(광복절)", "Substitute holiday for Liberation Day"));
    assert_eq!(
        tail,
        [
            (15, Why::Counted(30)),
            (15, Why::RolledOver(liberation)),
            (16, Why::RolledOver(DayOff::Sunday)),
            (17, Why::RolledOver(substitute)),
            (18, Why::RolledTo),
        ]
    );
    assert_eq!(found.steps[0].why, Why::FirstDay);
    // Without rolling, the end stays.
    let fixed = Rule { end_rolls: false, ..rule("objection") };
    let run = Run::from(date(2026, 7, 16).at(15, 0, 0, 0));
    assert_eq!(fixed.due(&Calendar::korea(), &OfficeHours::default(), &run).unwrap().date, Some(date(2026, 8, 15)));
}

#[test]
fn a_pause_leaves_out_every_day_it_touches() {
    // 90 days from 2026-03-02, without 30 days of opinions.
    assert_eq!(last("petition", date(2026, 3, 2)), Some(date(2026, 6, 1)));
    let pause = Pause { from: date(2026, 3, 10).at(0, 0, 0, 0), until: Some(date(2026, 4, 8).at(23, 59, 0, 0)) };
    let run = Run { pauses: vec![pause], ..Run::from(date(2026, 3, 2).at(9, 0, 0, 0)) };
    let found = due_of("petition", &run);
    assert_eq!(found.steps.iter().filter(|s| s.why == Why::Paused).count(), 30);
    // The 90th day would be 2026-06-30.
    assert_eq!(found.date, Some(date(2026, 6, 30)));
    // Papers asked for on Wednesday afternoon, received on Friday morning: three days.
    let papers = Pause { from: date(2026, 6, 10).at(14, 0, 0, 0), until: Some(date(2026, 6, 12).at(10, 0, 0, 0)) };
    let run = Run { pauses: vec![papers], ..Run::from(date(2026, 6, 8).at(10, 0, 0, 0)) };
    assert_eq!(due_of("disclosure", &run).date, Some(date(2026, 6, 24)));
}

#[test]
fn a_pause_without_end_leaves_no_date() {
    let open = Pause { from: date(2026, 6, 10).at(14, 0, 0, 0), until: None };
    for name in ["disclosure", "objection", "five-days"] {
        let run = Run { pauses: vec![open], extensions: 0, ..Run::from(date(2026, 6, 8).at(10, 0, 0, 0)) };
        let found = due_of(name, &run);
        assert_eq!((found.date, found.overdue_from), (None, None), "{name}");
        let end = found.steps.last().unwrap();
        assert_eq!((end.date, &end.why), (date(2026, 6, 10), &Why::Paused), "{name}");
    }
    // It began after the term was over.
    let late = Pause { from: date(2026, 7, 10).at(14, 0, 0, 0), until: None };
    let run = Run { pauses: vec![late], ..Run::from(date(2026, 6, 8).at(10, 0, 0, 0)) };
    assert_eq!(due_of("disclosure", &run).date, Some(date(2026, 6, 19)));
    // An extension cannot move an end that is not there.
    let run = Run { pauses: vec![open], extensions: 1, ..Run::from(date(2026, 6, 8).at(10, 0, 0, 0)) };
    assert_eq!(due_of("disclosure", &run).date, None);
}

#[test]
fn hours_are_office_hours() {
    let monday = date(2026, 6, 8);
    let end = |name, start| due(name, start).overdue_from.unwrap();
    assert_eq!(end("at-once", monday.at(9, 0, 0, 0)), monday.at(12, 0, 0, 0));
    assert_eq!(end("at-once", monday.at(11, 0, 0, 0)), monday.at(15, 0, 0, 0), "the noon hour does not count");
    assert_eq!(end("at-once", monday.at(16, 30, 0, 0)), date(2026, 6, 9).at(10, 30, 0, 0));
    assert_eq!(end("accept", monday.at(15, 0, 0, 0)), date(2026, 6, 9).at(15, 0, 0, 0));
    assert_eq!(end("accept", monday.at(7, 0, 0, 0)), monday.at(18, 0, 0, 0), "before the office opens");
    assert_eq!(end("accept", date(2026, 6, 5).at(20, 0, 0, 0)), monday.at(18, 0, 0, 0), "after it closed on Friday");
    assert_eq!(end("five-days", date(2026, 6, 1).at(15, 0, 0, 0)), date(2026, 6, 9).at(15, 0, 0, 0), "election day");
}

#[test]
fn hours_stop_in_a_pause_and_go_on_after_an_extension() {
    let monday = date(2026, 6, 8);
    let pause = Pause { from: monday.at(10, 0, 0, 0), until: Some(date(2026, 6, 9).at(14, 0, 0, 0)) };
    let run = Run { pauses: vec![pause], ..Run::from(monday.at(9, 0, 0, 0)) };
    assert_eq!(due_of("accept", &run).overdue_from, Some(date(2026, 6, 10).at(12, 0, 0, 0)));
    let run = Run { extensions: 1, ..Run::from(monday.at(11, 0, 0, 0)) };
    let found = due_of("accept", &run);
    assert_eq!(found.overdue_from, Some(date(2026, 6, 10).at(11, 0, 0, 0)));
    let seconds: i64 = found.steps.iter().map(|s| if let Why::Hours(used) = s.why { used } else { 0 }).sum();
    assert_eq!(seconds, 16 * 3600);
}

#[test]
fn refuses_what_cannot_be_a_clock() {
    let calendar = Calendar::korea();
    let start = date(2026, 6, 8).at(10, 0, 0, 0);
    for amount in [0, 3661] {
        let rule = Rule { amount, ..rule("objection") };
        let error = rule.due(&calendar, &OfficeHours::default(), &Run::from(start)).unwrap_err();
        assert_eq!((error.code(), error.args()["value"].as_str()), ("clock.amount-range", amount.to_string().as_str()));
    }
    let nothing = Rule { extension: Some(Extension { amount: 0, times: 1 }), ..rule("objection") };
    assert_eq!(
        nothing.due(&calendar, &OfficeHours::default(), &Run::from(start)).unwrap_err().code(),
        "clock.amount-range"
    );
    let backwards = Pause { from: start, until: Some(date(2026, 6, 7).at(0, 0, 0, 0)) };
    let run = Run { pauses: vec![backwards], ..Run::from(start) };
    assert_eq!(
        rule("objection").due(&calendar, &OfficeHours::default(), &run).unwrap_err().code(),
        "clock.pause-order"
    );
}

#[test]
fn a_rule_is_data() {
    let disclosure = rule("disclosure");
    assert_eq!(disclosure.unit, Unit::BusinessDay);
    assert_eq!(disclosure.extension, Some(Extension { amount: 10, times: 1 }));
    assert!(disclosure.end_rolls, "the default of the Civil Act");
    let text = serde_json::to_string(&disclosure).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), disclosure);
    let message = serde_json::from_str::<Rule>(r#"{ "amount": 1, "unit": "weeks" }"#).unwrap_err().to_string();
    assert!(message.contains("business-day"), "{message}");
    assert!(serde_json::from_str::<Rule>(r#"{ "amount": 1, "unit": "business-day", "paus": 1 }"#).is_err());
}
