//! Explanations: every sentence is there in both languages, reasons are the right ones, pictures are whole.

use super::*;
use crate::ceremony::Ceremony;
use crate::publish::{Announcement, Published, draw, prepare};
use crate::{Feature, Form, Options, Person, Pool, Range, Rule, Solution, Task, Value, feasible, solve};

fn catalogue() -> Catalogue {
    Catalogue::new(MESSAGES, None).unwrap()
}

/// Two women and four men for one seat each: the example of the guide.
fn six() -> Task {
    let value = |name: &str| Value { name: name.to_owned(), range: Range::new(1, 1), flex: None };
    let person = |n: usize| Person { id: format!("p{n}"), values: vec![usize::from(n >= 2)], household: None };
    Task {
        features: vec![Feature { name: "gender".into(), values: vec![value("female"), value("male <b>")] }],
        quotas: Vec::new(),
        pool: Pool { people: (0..6).map(person).collect() },
        size: 2,
        one_per_household: false,
    }
}

fn solution() -> Solution {
    solve(&six(), Options { rule: Rule::Leximin, form: Form::Uniform { panels: 10 } }).unwrap()
}

#[test]
fn six_people_can_be_checked_by_hand() {
    let groups = groups(&solution());
    assert_eq!(groups.iter().map(|it| percent(it.chance)).collect::<Vec<_>>(), ["25%", "50%"]);
    assert_eq!(groups[0].why, Some(figures::Why::Most { limit: "gender: male <b>".into(), people: 4, seats: 1 }));
    assert_eq!(groups[1].why, Some(figures::Why::Least { limit: "gender: female".into(), people: 2, seats: 1 }));
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let solution = solution();
    let published = Published::read(&prepare(&solution, &Announcement::default())).unwrap();
    let ceremony = Ceremony::of_value("7");
    let drawn = draw(&published, &ceremony).unwrap();
    for locale in Locale::ALL {
        let full = Draw { published: Some(&published), ceremony: Some(&ceremony), drawn: Some(&drawn) };
        for draw in [Draw::default(), full] {
            let text: String = explain(&solution, draw, &catalogue(), locale).iter().map(Section::text).collect();
            assert!(!text.contains("sortition-") && !text.contains('{'), "{text}");
            assert!(text.contains("25%") && text.contains("50%"), "{text}");
        }
        let table = committee(&solution, Some(&drawn.people), &catalogue(), locale).text();
        assert!(!table.contains("sortition-"), "{table}");
    }
}

#[test]
fn percentages_have_the_places_they_need() {
    for (share, text) in [
        (0.5, "50%"),
        (0.125, "12.5%"),
        (0.0083, "0.83%"),
        (0.000_042, "0.0042%"),
        (0.0, "0%"),
        (1e-12, "0%"),
        (1.0, "100%"),
    ] {
        assert_eq!(percent(share), text);
    }
}

#[test]
fn what_cannot_be_is_told_with_a_way_out() {
    let mut task = six();
    task.features[0].values[0].range = Range::new(3, 3);
    task.size = 4;
    let task = task.canonical();
    let found = feasible(&task).unwrap_err();
    for locale in Locale::ALL {
        let sections = infeasible(&task, &found, &catalogue(), locale);
        assert_eq!(sections.len(), 2);
        assert!(sections.iter().all(|section| !section.sentences.is_empty()));
        let text: String = sections.iter().map(Section::text).collect();
        assert!(text.contains("gender: female") && !text.contains("sortition-"), "{text}");
    }
}

#[test]
fn pictures_are_whole_and_harmless() {
    let solution = solution();
    for (locale, width) in Locale::ALL.into_iter().flat_map(|it| [(it, Width::Wide), (it, Width::Narrow)]) {
        let drawn = seats_picture(&solution, Some(&[0, 3]), &catalogue(), locale, width);
        let before = seats_picture(&solution, None, &catalogue(), locale, width);
        for picture in [drawn, before, chances_picture(&solution, &catalogue(), locale, width)] {
            assert!(picture.starts_with("<svg ") && picture.trim_end().ends_with("</svg>"));
            assert!(picture.contains("<title") && picture.contains("<desc"));
            assert!(
                !picture.contains("<b>") && !picture.contains("NaN") && !picture.contains("sortition-"),
                "{picture}"
            );
            let across = if width == Width::Wide { 720 } else { 358 };
            assert!(picture.contains(&format!("viewBox=\"0 0 {across} ")), "{picture}");
            for size in picture.split("font-size=\"").skip(1) {
                let size: f64 = size.split('"').next().unwrap().parse().unwrap();
                assert!(size >= 12.0, "{picture}");
            }
        }
    }
}
