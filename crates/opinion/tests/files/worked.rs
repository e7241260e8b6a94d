//! The worked example of `docs/opinion-maps.md`, computed from its own text.

use madang_opinion::read::{Agree, Export, participants};
use madang_opinion::{Choice, PersonId, Settings, StatementId, Trials, Warning, assess, map};

fn guide() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/opinion-maps.md")).unwrap()
}

#[test]
fn the_example_by_hand_is_what_is_computed() {
    let guide = guide();
    let section = guide.split("## By hand").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let table = section.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let votes = participants(table.as_bytes(), Agree::PlusOne).unwrap().votes.unwrap();
    let export = Export::new(votes, None, None).unwrap();
    assert_eq!(export.voters, ["Bada", "Boram", "Garam", "Haneul", "Narae", "Nuri"]);
    let (conversation, settings) = (export.conversation(), Settings::default());
    let made = map(&conversation, &settings, None);
    let said = |value: f64, decimals: usize| {
        let text = format!("{value:.decimals$}");
        assert!(section.contains(&text), "{text} is not in the guide");
    };
    said(made.axes[0].variance, 1);
    said(made.axes[0].share * 100.0, 0);
    let x = made.people[0].x;
    assert_eq!(format!("{:.6}", x.abs()), "1.414214");
    said(x.abs(), 6);
    assert!(made.people.iter().all(|place| (place.x.abs() - x.abs()).abs() < 1e-12 && place.y.abs() < 1e-12));
    let groups: Vec<Option<usize>> = made.people.iter().map(|place| place.group).collect();
    assert_eq!(groups, [Some(0), Some(1), Some(0), Some(0), Some(1), Some(1)]);
    assert_eq!(conversation.choice(PersonId(0), StatementId(0)), Some(Choice::Agree));

    let mark = made.groups[0].representative.iter().find(|mark| mark.statement == StatementId(0)).unwrap();
    assert_eq!((mark.by, mark.voted, mark.seen, mark.significant), (Choice::Agree, 3, 3, true));
    said(mark.p, 1);
    said(mark.p_z, 0);
    said(mark.ratio, 0);
    said(mark.ratio_z, 5);
    assert!(
        !made
            .groups
            .iter()
            .flat_map(|group| &group.representative)
            .any(|mark| { mark.statement == StatementId(2) && mark.significant })
    );
    let shared = &made.shared.agree;
    assert_eq!((shared.len(), shared[0].statement), (1, StatementId(2)));
    said(shared[0].p, 3);
    said(shared[0].z, 6);

    let assessment = assess(&conversation, &made, &settings, Trials::default());
    let warned = |wanted: &Warning| assessment.warnings.contains(wanted);
    assert!(warned(&Warning::TooFewPeople { grouped: 6, needed: 50 }), "{:?}", assessment.warnings);
    assert!(warned(&Warning::TooFewStatements { statements: 3, needed: 7 }), "{:?}", assessment.warnings);
}
