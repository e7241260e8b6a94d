//! The bytes of seeds and numbers, held against figures that were computed with other tools.

use super::seed::{commitment, digest, text};
use super::*;

#[test]
fn what_is_typed_has_one_form() {
    assert_eq!(words::value(" 7, 12,31 / ＋４２ "), "7 12 31 42");
    assert_eq!(words::value("DRAND 5F3C"), "drand 5f3c");
    assert_eq!(words::line("  푸른\u{a0} 고래\r\n\u{200b}"), "푸른 고래");
    assert_eq!(words::line("\u{1111}\u{116e}\u{1105}\u{1173}"), "푸르");
    assert_eq!(words::line("Blue, Whale"), "Blue, Whale");
}

#[test]
fn a_commitment_is_the_hash_of_four_lines() {
    // printf 'madang-draw/1 commitment\n시의회\n4711\nblue whale\n' | sha256sum
    assert_eq!(
        commitment("시의회", "4711", "blue  whale"),
        digest("madang-draw/1 commitment\n시의회\n4711\nblue whale\n".as_bytes())
    );
    assert_ne!(commitment("시의회", "4711", "blue whale"), commitment("시민단체", "4711", "blue whale"));
}

#[test]
fn numbers_are_the_ones_the_guide_specifies() {
    let seed = Seed::of("a");
    let mut stream = Stream::new(&seed, "panel");
    let mut block = seed.bytes().to_vec();
    block.extend(b"panel\0");
    block.extend(0_u64.to_be_bytes());
    assert_eq!(format!("{:016x}", stream.bits()), digest(&block)[..16]);
    assert_ne!(Stream::new(&seed, "panel").bits(), Stream::new(&seed, "queue").bits());
}

#[test]
fn every_number_is_equally_likely_and_within_bounds() {
    let mut stream = Stream::new(&Seed::of("fair"), "test");
    let mut seen = [0_u32; 6];
    for _ in 0..60_000 {
        seen[usize::try_from(stream.below(6)).unwrap()] += 1;
    }
    assert!(seen.iter().all(|n| n.abs_diff(10_000) < 400), "{seen:?}");
    assert_eq!(stream.below(1), 0);
    assert_eq!(stream.below(0), 0);
    assert!(stream.below((1 << 63) + 1) <= 1 << 63);
}

const FILE: &str =
    "\u{feff}# before\nsource: Lotto 1200\r\nparty: 시의회\ncommitment: C1\n\nparty: 시민단체\ncommitment: C2\n";

fn file(first: &str, second: &str, end: &str) -> String {
    let whole =
        FILE.replace("C1", &commitment("시의회", "1", "one")).replace("C2", &commitment("시민단체", "2", "two"));
    let (head, tail) = whole.split_once("\n\n").unwrap();
    format!("{head}\n{first}\n{tail}{second}\n{end}\n")
}

#[test]
fn a_ceremony_waits_until_all_have_spoken() {
    let announced = Ceremony::read(&file("", "", "")).unwrap();
    assert!(!announced.is_complete());
    assert_eq!(announced.source, "Lotto 1200");
    assert_eq!(text("p", "q", &announced).unwrap_err().code(), "sortition.ceremony-waiting");
    let done = Ceremony::read(&file("nonce: 1\nsecret: one", "missing: yes", "value: 7, 12")).unwrap();
    assert!(done.is_complete());
    done.goes_on_from(&announced).unwrap();
    assert_eq!(done.announced(), announced);
    let expected = "madang-draw/1 seed\npool p\npanels q\nparty 시의회\nnonce 1\nsecret one\nparty 시민단체\nmissing\nvalue 7 12\n";
    assert_eq!(text("p", "q", &done).unwrap(), expected);
    let alone = Ceremony::of_value("12");
    assert_eq!(alone.goes_on_from(&announced).unwrap_err().code(), "sortition.ceremony-source");
    assert_eq!(text("p", "q", &Ceremony::default()).unwrap_err().code(), "sortition.ceremony-empty");
}

#[test]
fn who_stays_away_or_says_something_else_is_met_by_a_rule() {
    let mut read = Ceremony::read(&file("nonce: 1\nsecret: won", "missing: yes", "value: 1")).unwrap();
    assert_eq!(text("p", "q", &read).unwrap_err().code(), "sortition.ceremony-broken");
    read.parties[0].reveal = Reveal::Said { nonce: "1".into(), secret: "one".into() };
    text("p", "q", &read).unwrap();
    read.value.clear();
    assert_eq!(text("p", "q", &read).unwrap_err().code(), "sortition.ceremony-missing");
}

#[test]
fn a_file_says_what_is_wrong_with_each_line() {
    let bad = "secret: x\nparty: a\ncommitment: 12\nparty: a\nhello\nlottery: 3\nnonce: 2\n";
    let problems = Ceremony::read(bad).unwrap_err();
    let codes: Vec<_> = problems.iter().map(|problem| (problem.line, problem.error.code())).collect();
    assert_eq!(
        codes,
        [
            (1, "sortition.ceremony-no-party"),
            (2, "sortition.ceremony-commitment"),
            (2, "sortition.ceremony-half"),
            (3, "sortition.ceremony-commitment"),
            (4, "sortition.ceremony-party-twice"),
            (5, "sortition.ceremony-line"),
            (6, "sortition.ceremony-word"),
        ]
    );
}
