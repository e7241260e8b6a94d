//! What goes over the wire.

use super::*;
use crate::Error;
use crate::note::Signature;

/// The request of c2sp.org/tlog-witness.
const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

/// The answer of c2sp.org/tlog-witness.
const ANSWER: &str = "— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
— witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==
— witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
";

#[test]
fn the_standards_examples_are_read() {
    let request: AddCheckpoint = EXAMPLE.parse().unwrap();
    assert_eq!((request.old, request.proof.len(), request.origin()), (20_852_014, 4, "example.com/behind-the-sofa"));
    assert_eq!(request.checkpoint.signatures.len(), 2);
    assert_eq!(request.to_string(), EXAMPLE);
    let signatures = cosignatures(ANSWER).unwrap();
    assert_eq!(
        signatures.iter().map(Signature::name).collect::<Vec<_>>().join(" "),
        "witness.example/w1 witness.example/w1 witness.example/w2"
    );
    assert_eq!(cosignatures_text(&signatures), ANSWER);
    assert_eq!(known_size("20852014\n"), Ok(20_852_014));
}

#[test]
fn a_request_is_read_strictly() {
    let line = |from: &str, to: &str| match EXAMPLE.replacen(from, to, 1).parse::<AddCheckpoint>() {
        Err(Error::Line { line, .. }) => line,
        other => panic!("{from} as {to}: {other:?}"),
    };
    assert_eq!(line("old 2", "old 02"), 1);
    assert_eq!(line("old 2", "old  2"), 1);
    assert_eq!(line("old 20852014", "old -1"), 1);
    assert_eq!(line("old 20852014", "20852014"), 1);
    assert_eq!(line("PlRN", "PlR"), 2);
    assert_eq!(line("j/0=\n\n", "j/0=\n"), 6);
    assert_eq!(line("20852163", "020852163"), 8);
    assert_eq!(line("— example.com/behind-the-sofa o", "— example.com/behind the-sofa o"), 12);
    let hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
    assert!(EXAMPLE.replacen(hash, &hash.repeat(60), 1).parse::<AddCheckpoint>().is_ok(), "63 hashes");
    assert_eq!(line(hash, &hash.repeat(61)), 65, "64 hashes");
    assert!(matches!("x".repeat(MAX_REQUEST + 1).parse::<AddCheckpoint>(), Err(Error::TooLong { .. })));
    assert!(EXAMPLE.replace("old 20852014", "old 0").parse::<AddCheckpoint>().is_ok());
}

#[test]
fn an_answer_is_read_strictly() {
    for wrong in ["", "\n", "20852014", "20852014\n\n", "020852014\n", " 20852014\n", "20852014\r\n"] {
        assert!(known_size(wrong).is_err(), "{wrong:?}");
    }
    for (wrong, line) in [("", 1), (ANSWER.trim_end(), 3), ("\n", 1), (&*format!("{ANSWER}\n"), 4)] {
        assert!(matches!(cosignatures(wrong), Err(Error::Line { line: found, .. }) if found == line), "{wrong}");
    }
    assert!(cosignatures(&ANSWER.repeat(40)).is_err(), "120 signatures");
}
