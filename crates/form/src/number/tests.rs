use madang_base::SeededRng;
use proptest::prelude::*;

use super::*;

fn rng(seed: u64) -> SeededRng {
    SeededRng::new(&seed.to_be_bytes())
}

#[test]
fn a_number_follows_its_pattern() {
    let found = number("PT-{year}-{code}", 2026, &rng(1));
    assert!(found.starts_with("PT-2026-"), "{found}");
    assert_eq!(found.len(), "PT-2026-ABCD-EFGH".len());
    assert!(!found[8..].contains(['I', 'L', 'O', 'U']));
    assert_ne!(found, number("PT-{year}-{code}", 2026, &rng(2)));
    assert!(number("청원-{year}-{code}", 2026, &rng(1)).starts_with("청원-2026-"));
    assert_eq!(normalise(&number("{code}", 2026, &rng(1))), Some(number("{code}", 2026, &rng(1))));
    assert!(number("PT{year}", 2026, &rng(3)).starts_with("PT2026-"));
}

#[test]
fn patterns_that_can_be_read_back_are_known() {
    for good in ["PT-{year}-{code}", "청원-{year}-{code}", "{code}", "{year}-{code}"] {
        assert!(fits(good), "{good}");
    }
    for bad in ["PT-{code}-{year}", "PT-{year}", "PT--{code}", "PT{year}-{code}", "P T-{code}", "-{code}"] {
        assert!(!fits(bad), "{bad}");
    }
}

#[test]
fn what_people_type_is_read() {
    let given = number("PT-{year}-{code}", 2026, &rng(7));
    let code = given[8..].replace('-', "");
    for typed in [
        given.to_lowercase(),
        given.replace('-', " "),
        given.replace('-', ""),
        given.replace('-', " – "),
        format!("PT2026 {code}"),
        format!("  pt 2O26 {}", code.replace('0', "o").replace('1', "l")),
        given
            .chars()
            .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c })
            .collect(),
    ] {
        assert_eq!(normalise(&typed).as_ref(), Some(&given), "{typed}");
    }
    for typed in ["", "PT", "PT-2026", "청원", "PT-2026-UUUU-UUUU", &"7".repeat(1000)] {
        assert_eq!(normalise(typed), None, "{typed}");
    }
}

#[test]
fn another_year_is_noticed() {
    let given = number("PT-{year}-{code}", 2026, &rng(7));
    assert_eq!(normalise(&given.replace("2026", "2025")), None);
    assert_eq!(normalise(&given.replace("2026", "2062")), None);
}

#[test]
fn a_secret_has_five_groups() {
    let given = secret(&rng(5));
    assert_eq!(given.split('-').map(str::len).collect::<Vec<_>>(), [4; 5]);
    assert_eq!(normalise_secret(&given.to_lowercase().replace('-', " ")), Some(given.clone()));
    assert_eq!(normalise_secret(&given[..19]), None);
    assert_eq!(normalise_secret(&format!("{given}0")), None);
}

#[test]
fn no_two_weights_are_equal() {
    let mut weights: Vec<u8> = (0..31).map(|place| times_power(1, place)).collect();
    weights.sort_unstable();
    assert_eq!(weights, (1..32).collect::<Vec<u8>>());
}

proptest! {
    #[test]
    fn every_slip_is_detected(seed: u64, place in 0..8_usize, other in 0..8_usize, with in 0..32_usize) {
        let given = number("PT-{year}-{code}", 2026, &rng(seed));
        prop_assert_eq!(normalise(&given), Some(given.clone()));
        let mut code: Vec<char> = given[8..].chars().filter(|c| *c != '-').collect();
        let right = code.clone();
        let written = |code: &[char]| format!("PT-2026-{}", code.iter().collect::<String>());
        code[place] = char::from(ALPHABET[with]);
        prop_assert_eq!(normalise(&written(&code)).is_some(), code == right);
        code.clone_from(&right);
        code.swap(place, other);
        prop_assert_eq!(normalise(&written(&code)).is_some(), code == right);
        let secret_given = secret(&rng(seed));
        let wrong = secret_given.replacen(secret_given.chars().next().unwrap(), "%", 1);
        prop_assert_eq!(normalise_secret(&wrong), None);
    }

    #[test]
    fn nothing_typed_is_too_strange(typed in ".{0,60}") {
        if let Some(found) = normalise(&typed) {
            prop_assert_eq!(normalise(&found), Some(found.clone()));
        }
        let _ = (normalise_secret(&typed), fits(&typed));
    }
}
