use super::select::{one_proportion, two_proportions};
use super::*;

fn tally(agree: u32, disagree: u32, seen: u32) -> Tally {
    Tally { agree, disagree, seen }
}

/// Values of red-dwarf 0.4.0 (`one_prop_test`, `two_prop_test`).
#[test]
fn significance_tests_are_those_of_polis() {
    for (voted, seen, expected) in [(6, 10, 0.904_534_033_733_290_8), (0, 0, 1.0), (40, 50, 4.340_868_260_486_831)] {
        assert!((one_proportion(voted, seen) - expected).abs() < 1e-12);
    }
    for (counts, expected) in
        [([6, 3, 10, 20], 2.522_320_293_063_702), ([40, 10, 50, 60], 6.589_970_017_808_295), ([0, 0, 0, 0], 0.0)]
    {
        let [inside, outside, seen_inside, seen_outside] = counts;
        assert!((two_proportions(inside, outside, seen_inside, seen_outside) - expected).abs() < 1e-12);
    }
}

#[test]
fn what_marks_a_group_is_what_it_says_and_others_do_not() {
    let votes = [
        (StatementId(1), tally(18, 1, 20), tally(20, 30, 60)), // theirs
        (StatementId(2), tally(19, 0, 20), tally(58, 1, 60)),  // everybody's
        (StatementId(3), tally(1, 18, 20), tally(40, 19, 60)), // against it
        (StatementId(4), tally(0, 0, 20), tally(10, 10, 60)),  // no side
    ];
    let found = representative(&votes, 5, 1.2816);
    assert_eq!(found[0].statement, StatementId(1));
    assert!(found[0].best_agree && found[0].significant && found[0].by == Choice::Agree);
    assert_eq!((found[1].statement, found[1].by), (StatementId(3), Choice::Disagree));
    assert_eq!(found.len(), 2);
    assert_eq!(representative(&votes, 1, 1.2816).len(), 1);
}

#[test]
fn without_anything_significant_the_best_stands_alone() {
    let votes = [(StatementId(1), tally(1, 2, 4), tally(3, 4, 9)), (StatementId(2), tally(0, 0, 0), tally(3, 4, 9))];
    let found = representative(&votes, 5, 1.2816);
    assert_eq!(found.len(), 1);
    assert!(!found[0].significant && found[0].statement == StatementId(1));
    assert!(representative(&[], 5, 1.2816).is_empty());
}

#[test]
fn shared_statements_need_a_clear_majority() {
    let votes = [
        (StatementId(1), tally(90, 5, 100)),
        (StatementId(2), tally(52, 40, 100)),
        (StatementId(3), tally(5, 90, 100)),
        (StatementId(4), tally(95, 1, 100)),
        (StatementId(5), tally(1, 0, 1)),
    ];
    let shared = shared(&votes, 5, 1.2816);
    let ids = |side: &[Shared]| side.iter().map(|shared| shared.statement.0).collect::<Vec<_>>();
    // One who agreed alone passes Polis' test, too (z = 2√2·½ = 1.41), but comes last.
    assert_eq!(ids(&shared.agree), [4, 1, 5]);
    assert_eq!(ids(&shared.disagree), [3]);
}
