use std::collections::BTreeSet;

use super::layout::{Way, layout, wrap};
use super::*;
use crate::sample_tests::{all, everything, service};

/// The elements are closed in order, and attributes are quoted: what a page needs of it.
fn well_formed(svg: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').ok_or_else(|| format!("no end: {tag}"))?;
        if text.contains('&')
            && !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].iter().any(|entity| text.contains(entity))
        {
            return Err(format!("a bare ampersand: {text}"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes something else"));
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or(""));
        }
        if tag.matches('"').count() % 2 == 1 {
            return Err(format!("quotation marks: {tag}"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
}

#[test]
fn every_service_has_a_diagram() {
    for def in all() {
        for locale in Locale::ALL {
            let current = Some(def.states[1].id.as_str());
            let svg = diagram(&def, locale, current);
            well_formed(&svg).unwrap_or_else(|fault| panic!("{}: {fault}", def.id));
            assert_eq!(svg, diagram(&def, locale, current), "the same bytes");
            for refused in ["style", "<script", "onload", "href"] {
                assert!(!svg.contains(refused), "{}: {refused}", def.id);
            }
            assert!(svg.starts_with("<svg ") && svg.contains("role=\"img\"") && svg.contains("<title id="));
            assert_eq!(svg.matches("diagram-state ").count(), def.states.iter().filter(|s| !s.built_in).count());
            assert_eq!(svg.matches(" current\"").count(), 1);
            let arrows: BTreeSet<(&str, &str)> = def
                .steps
                .iter()
                .flat_map(|step| step.from.iter().map(move |from| (from, step.to.as_ref().unwrap_or(from))))
                .filter(|(from, to)| from != to)
                .map(|(from, to)| (from.as_str(), to.as_str()))
                .collect();
            let found = layout(&def, locale, current);
            let drawn: usize = found.lanes.iter().map(|lane| lane.joins.len()).sum();
            let down = found.states.iter().flat_map(|state| &state.steps).filter(|row| row.way == Way::Down).count();
            assert!(drawn + down >= arrows.len(), "{}", def.id);
        }
    }
}

#[test]
fn a_diagram_fits_a_telephone() {
    for def in all() {
        for locale in Locale::ALL {
            let found = layout(&def, locale, None);
            assert!(found.width <= 360, "{}: {} wide", def.id, found.width);
            // Nothing covers anything else: boxes and steps stand below each other, lanes of one place do not meet.
            let mut y = 0;
            for state in &found.states {
                assert!(state.y >= y, "{}", def.id);
                y = state.y + state.height;
                for row in &state.steps {
                    assert!(row.y >= y);
                    y = row.bottom();
                }
            }
            assert!(y <= found.height);
            for (at, lane) in found.lanes.iter().enumerate() {
                assert!(lane.x < found.left || lane.x > found.left + layout::BOX);
                for other in &found.lanes[..at] {
                    let apart = lane.x != other.x || lane.bottom < other.top || other.bottom < lane.top;
                    assert!(apart, "{}: two lines in one lane", def.id);
                }
            }
        }
    }
}

#[test]
fn states_stand_in_the_order_of_their_ways() {
    let found = layout(&everything(), Locale::Ko, None);
    let ids: Vec<&str> = found.states.iter().map(|state| state.id.as_str()).collect();
    assert_eq!(ids, ["received", "open", "deciding", "answered", "refused"]);
    let ways: Vec<Vec<Way>> =
        found.states.iter().map(|state| state.steps.iter().map(|row| row.way).collect()).collect();
    assert_eq!(ways[0], [Way::Ahead(2), Way::Ahead(4), Way::Down]);
    assert_eq!(ways[1], [Way::Stay, Way::Down, Way::Down]);
    assert_eq!(ways[2], [Way::Ahead(4), Way::Down]);
    assert_eq!(ways[4], [Way::Back(2)]);
    let with = layout(&everything(), Locale::Ko, Some("withdrawn"));
    assert_eq!(with.states.len(), 6, "where the case stands is drawn");
}

#[test]
fn texts_are_escaped_and_wrapped() {
    let svg = diagram(&everything(), Locale::Ko, Some("open"));
    assert!(svg.contains("답하기 &lt;바로&gt;") && !svg.contains("<바로>"));
    assert!(diagram(&everything(), Locale::En, None).contains("Answer &amp; tell"));
    assert!(
        svg.contains("의견 기간: 30일")
            && svg.contains("공개 결정: 근무일\u{a0}10일")
            && svg.contains("지금 상태: 의견 받는 중."),
        "{svg}"
    );
    assert_eq!(wrap("의견과 서명 받는 중입니다", 8), ["의견과 서명", "받는 중입니다"]);
    assert_eq!(wrap("가나다라마바사아자차카", 8), ["가나다라마바사아", "자차카"]);
    assert_eq!(wrap("Open for opinions", 8), ["Open for", "opinions"]);
    assert_eq!(wrap("  ", 8), Vec::<String>::new());
}

#[test]
fn the_table_says_the_same() {
    let rows = table(&everything());
    let refuse = rows.iter().find(|row| row.from == "deciding" && row.step == "refuse").unwrap();
    assert_eq!(refuse.to, "refused");
    assert_eq!(refuse.by, [Party::Agency]);
    assert_eq!(refuse.needs, [Need::Ground, Need::Reason, Need::Approval]);
    assert_eq!(refuse.clocks, ["window"]);
    assert_eq!(refuse.stops, ["decide", "kinds", "request", "silence"]);
    let comment = rows.iter().find(|row| row.step == "comment").unwrap();
    assert_eq!((comment.from.as_str(), comment.to.as_str()), ("open", "open"));
    for def in all() {
        let ways: usize = def.steps.iter().map(|step| step.from.len()).sum();
        assert_eq!(table(&def).len(), ways, "{}", def.id);
    }
    let json = serde_json::to_string(&table(&service("petition"))[0]).unwrap();
    assert!(json.contains(r#""by":["agency"]"#), "{json}");
}
