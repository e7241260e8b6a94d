//! Counts: what the site says wrongly is found, and what the log says wrongly too.

use madang_cases::recount::claim::{Claim, Reached};

use super::paper::{DEFINITION, Paper, case};
use super::*;

#[test]
fn what_is_right_agrees() {
    let report = Paper::sample().export().verify().unwrap();
    assert_eq!(report.differences, []);
    assert_eq!(report.recounts[0].counts["cases"], 3);
    assert_eq!(report.recounts[0].counts["supports"], 10 + 4);
    assert_eq!(report.recounts[0].counts["thresholds"], 3);
    assert_eq!((report.leaves, report.opaque, report.months), (report.size, 4, 2));
    assert!(report.unknown_kinds.is_empty() && report.unknown_fields.is_empty(), "{report:?}");
}

/// Changes the claim of one case and says what was found.
fn claimed(n: u32, change: impl FnOnce(&mut Claim)) -> Vec<Found> {
    let mut paper = Paper::sample();
    change(paper.claims.get_mut(&n).unwrap());
    let found = paper.export().verify().unwrap().differences;
    assert!(found.iter().all(|found| found.difference.by == "cases"), "{found:?}");
    found
}

#[track_caller]
fn one(found: &[Found], what: &str, expected: &str, is: &str) {
    let [found] = found else { panic!("one difference, not {found:#?}") };
    let difference = &found.difference;
    assert_eq!(
        (difference.what.as_str(), difference.expected.as_str(), difference.found.as_str()),
        (what, expected, is)
    );
    assert_eq!(difference.name, format!("PT-2026-{}", &difference.object[difference.object.len() - 4..]));
}

#[test]
fn every_part_of_a_claim_is_compared() {
    one(&claimed(1, |claim| claim.total += 1), "total", "10", "11");
    one(
        &claimed(1, |claim| *claim.days.get_mut("2026-11-20").unwrap() -= 1),
        "day",
        "10 on 2026-11-20",
        "9 on 2026-11-20",
    );
    let found = claimed(2, |claim| *claim.days.entry("2026-11-21".to_owned()).or_default() = 2);
    one(&found, "day", "0 on 2026-11-21", "2 on 2026-11-21");
    let found = claimed(1, |claim| claim.thresholds[0].position += 1);
    assert_eq!(found[0].difference.what, "threshold");
    assert_eq!(found[0].difference.leaf, Some(found[0].line.unwrap() - 1));
    assert_eq!(found[0].file.as_deref(), Some("leaves/2026-11.ndjson"));
    let found = claimed(1, |claim| claim.thresholds.truncate(1));
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.found.as_str()), ("threshold", "none"));
    let more = Reached { id: "second".to_owned(), position: 9, at: 0, count: 8 };
    let found = claimed(2, |claim| claim.thresholds.push(more));
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.expected.as_str()), ("threshold", "none"));
    one(&claimed(3, |claim| claim.state = "answered".to_owned()), "state", "open", "answered");
    let found = claimed(2, |claim| claim.history.truncate(1));
    assert_eq!(found[0].difference.what, "history");
    let found = claimed(2, |claim| claim.history[1].at += 1);
    assert_eq!(found[0].difference.what, "history");
    let found = claimed(3, |claim| {
        let entry = claim.history[0].clone();
        claim.history.push(madang_cases::recount::claim::Entry { no: 7, ..entry });
    });
    assert_eq!(found[0].difference.expected, "none");
}

#[test]
fn another_definition_is_found() {
    let found = claimed(3, |claim| claim.version = "0".repeat(64));
    assert!(found.iter().all(|found| found.difference.what == "version"), "{found:?}");
    let mut export = Paper::sample().export();
    let file = export.0.keys().find(|name| name.starts_with("services/")).unwrap().clone();
    export.0.insert(file.clone(), DEFINITION.replace("count = 3", "count = 4").into_bytes());
    let found = export.verify().unwrap().differences;
    assert_eq!(found[0].file.as_deref(), Some(file.as_str()));
}

#[test]
fn a_claim_that_is_missing_or_made_up_is_found() {
    let mut paper = Paper::sample();
    paper.claims.remove(&3);
    let found = paper.export().verify().unwrap().differences;
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.object.as_str()), ("claim", case(3).as_str()));
    let mut paper = Paper::sample();
    let mut claim = paper.claims[&3].clone();
    claim.case = case(99);
    paper.claims.insert(99, claim);
    let found = paper.export().verify().unwrap().differences;
    assert_eq!(found[0].difference.object, case(99));
}

#[test]
fn a_claim_holds_as_of_its_position() {
    let mut paper = Paper::sample();
    let claim = paper.claims.get_mut(&3).unwrap();
    claim.position = paper.leaves.len() as u64;
    paper.support(3, 1, 1, None);
    paper.claims.get_mut(&3).unwrap().total = 0;
    paper.claims.get_mut(&3).unwrap().days.clear();
    assert_eq!(paper.export().verify().unwrap().differences, []);
    paper.claims.get_mut(&3).unwrap().position += 100;
    let found = paper.export().verify().unwrap().differences;
    assert!(found[0].difference.found.contains("beyond the checkpoint"), "{found:?}");
}

#[test]
fn a_person_counts_once_and_only_what_was_given_is_taken_back() {
    let mut paper = Paper::sample();
    let leaf = paper.support(2, 3, 1, None);
    let found = paper.export().verify().unwrap().differences;
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.leaf), ("person", Some(leaf)));
    assert_eq!(found[0].file.as_deref(), Some("leaves/2026-12.ndjson"));
    let mut paper = Paper::sample();
    let leaf = paper.support(2, 77, -1, None);
    let found = paper.export().verify().unwrap().differences;
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.leaf), ("person", Some(leaf)));
}

#[test]
fn a_step_that_the_definition_does_not_have_is_found() {
    let mut paper = Paper::sample();
    paper.answered(2);
    paper.claims.get_mut(&2).unwrap().history[2].no = 3;
    let last = paper.leaves.last_mut().unwrap();
    *last = last.replace("\"no\":2", "\"no\":3");
    let found = paper.export().verify().unwrap().differences;
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.found.as_str()), ("step", "answered"));
}

#[test]
fn regions_and_ages_are_counted_for_whoever_has_the_salts() {
    let mut paper = Paper::default();
    paper.filed(1);
    let mut salts = String::new();
    for person in 0..30 {
        let stated = ["kr-11 20-29", "kr-26 30-39", "kr-11 -"][person as usize % 3];
        paper.support(1, person, 1, Some(stated));
        let (salt, digest) = Paper::stated(1, person, stated);
        salts.push_str(&format!(
            "{{\"digest\":\"{digest}\",\"field\":\"stated\",\"salt\":\"{salt}\",\"value\":\"{stated}\"}}\n"
        ));
    }
    // Who took back does not count; who gives again counts as first stated; one stated nothing.
    paper.support(1, 3, -1, None);
    paper.support(1, 4, -1, None);
    paper.support(1, 4, 1, Some("abroad 70-up"));
    paper.support(1, 99, 1, None);
    let claim = paper.claims.get_mut(&1).unwrap();
    claim.regions = [("kr-11".to_owned(), 19), ("kr-26".to_owned(), 10), (String::new(), 1)].into();
    claim.ages = [("20-29".to_owned(), 9), ("30-39".to_owned(), 10), (String::new(), 11)].into();
    let report = paper.export().verify_with(Trust::default(), Some(salts.clone())).unwrap();
    assert_eq!(report.differences, []);
    assert_eq!(report.recounts[0].counts["salts"], 30);
    paper.claims.get_mut(&1).unwrap().regions.insert("kr-26".to_owned(), 11);
    assert_eq!(paper.export().verify().unwrap().differences, [], "without salts nobody can tell");
    let found = paper.export().verify_with(Trust::default(), Some(salts.clone())).unwrap().differences;
    assert_eq!((found[0].difference.what.as_str(), found[0].difference.expected.as_str()), ("region", "10 kr-26"));
    // Of somebody whose salt is erased, nothing is known: one of them may be anywhere.
    let erased: String = salts.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    assert_eq!(paper.export().verify_with(Trust::default(), Some(erased)).unwrap().differences, []);
    let wrong = salts.replacen("kr-11", "kr-26", 1);
    let error = paper.export().verify_with(Trust::default(), Some(wrong)).unwrap_err();
    assert_eq!((error.code(), error.args()["line"].as_str()), ("verify.salt-digest", "1"));
}
