use super::*;
use crate::random::Random;
use crate::settings::Settings;
use crate::votes::{Choice, Vote};

/// Values of red-dwarf 0.4.0 (`priority_metric`).
#[test]
fn priority_is_that_of_polis() {
    let tally = |agree, pass, seen| Tally { agree, disagree: seen - agree - pass, seen };
    for (meta, all, extremity, expected) in [
        (false, tally(1, 0, 1), 0.0, 12.529_726_250_088_045),
        (false, tally(20, 1, 24), 1.5, 5.756_024_225_874_195),
        (true, tally(0, 0, 0), 0.0, 49.0),
        (false, tally(0, 0, 0), 0.0, 5.0625),
    ] {
        assert!((priority(meta, all, extremity) - expected).abs() < 1e-9);
    }
    for seen in 0..60_u32 {
        let expected = (-f64::from(seen) / 5.0).exp2();
        assert!((newness(seen) - expected).abs() < 1e-15);
    }
    assert!(priority(false, tally(u32::MAX, 0, u32::MAX), 1.0).is_finite());
}

#[test]
fn what_is_drawn_is_new_and_shown() {
    let (votes, _) = crate::generate::conversation(&crate::generate::Recipe::default());
    let mut conversation = Conversation::from_votes(&votes);
    conversation.set_standing(StatementId(5), Standing::Removed);
    let map = crate::map::map(&conversation, &Settings::default(), None);
    conversation.add_statement(StatementId(1_000));
    let mut random = Random::new(1);
    let mut drawn = std::collections::BTreeSet::new();
    for _ in 0..3_000 {
        let person = PersonId(random.below(501) as u64);
        let Some(next) = next_statement(&conversation, &map, person, random.next()) else { continue };
        assert!(conversation.choice(person, next).is_none() && next != StatementId(5));
        drawn.insert(next);
    }
    assert!(drawn.len() > 40, "most of the others are drawn sometimes: {}", drawn.len());
    assert!(drawn.contains(&StatementId(1_000)), "also one that came after the map");
}

#[test]
fn who_has_seen_everything_gets_nothing() {
    let mut conversation = Conversation::new();
    for statement in 0..3 {
        let vote = Vote { person: PersonId(1), statement: StatementId(statement), choice: Choice::Agree };
        conversation.vote(vote);
    }
    let map = crate::map::map(&conversation, &Settings::default(), None);
    assert_eq!(next_statement(&conversation, &map, PersonId(1), 5), None);
    assert!(next_statement(&conversation, &map, PersonId(2), 5).is_some());
    assert_eq!(next_statement(&Conversation::new(), &map, PersonId(2), 5), None);
}

#[test]
fn the_likelier_is_drawn_more_often() {
    let mut random = Random::new(3);
    let mut counts = [0; 3];
    for _ in 0..10_000 {
        counts[draw(&[1.0, 0.0, 3.0], random.next()).unwrap()] += 1;
    }
    assert_eq!(counts[1], 0);
    assert!((2_300..2_700).contains(&counts[0]), "{counts:?}");
    assert_eq!(draw(&[0.0], 9), None);
    assert_eq!(draw(&[0.0, 2.0], u64::MAX), Some(1));
}
