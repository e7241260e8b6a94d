use proptest::prelude::*;

use super::{Statement, translate};
use crate::Engine;

fn sqlite(sql: &str) -> String {
    translate(Engine::Sqlite, sql).unwrap().text
}

#[test]
fn numbers_stay_with_their_parameters() {
    let sql = "UPDATE t SET a = $2, b = $1 WHERE c = $10 OR $1 IN ($3,$4,$5,$6,$7,$8,$9)";
    let ours = translate(Engine::Sqlite, sql).unwrap();
    assert_eq!(ours.text, sql.replace('$', "?"));
    assert_eq!(ours.parameters, 10);
    assert_eq!(translate(Engine::Postgres, sql).unwrap(), Statement { text: sql.into(), parameters: 10 });
}

#[test]
fn quotes_comments_and_words_are_left_alone() {
    assert_eq!(sqlite("SELECT '$1', 'it''s $2', \"a$3\"\"$4\", $1"), "SELECT '$1', 'it''s $2', \"a$3\"\"$4\", ?1");
    assert_eq!(sqlite("SELECT $1 -- $2 '\n, $2 /* $3 ' */"), "SELECT ?1 -- $2 '\n, ?2 /* $3 ' */");
    assert_eq!(sqlite("SELECT a$1, 한$1 FROM t$2 WHERE x=$1;"), "SELECT a$1, 한$1 FROM t$2 WHERE x=?1");
    assert_eq!(sqlite("SELECT $1-$2*$3||$4"), "SELECT ?1-?2*?3||?4");
}

#[test]
fn the_token_is_a_word_on_one_engine_only() {
    let sql = "SELECT id FROM job ORDER BY id LIMIT $1 {SKIP_LOCKED}";
    assert_eq!(sqlite(sql), "SELECT id FROM job ORDER BY id LIMIT ?1 ");
    let other = translate(Engine::Postgres, sql).unwrap().text;
    assert_eq!(other, "SELECT id FROM job ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED");
}

#[test]
fn what_only_one_engine_takes_is_refused_on_both() {
    for sql in [
        "SELECT ?",
        "SELECT ?1",
        "SELECT $name",
        "SELECT $$text$$",
        "SELECT $0",
        "SELECT $99999",
        "SELECT $2",
        "SELECT $1, $3",
        "SELECT {NOTHING}",
        "SELECT {SKIP_LOCKED",
        "/* a /* b */ c */",
    ] {
        for engine in Engine::ALL {
            assert!(translate(engine, sql).is_err(), "{engine}: {sql}");
        }
    }
}

/// A piece of SQL, and what it becomes on SQLite.
fn piece() -> impl Strategy<Value = (String, String)> {
    let same = |s: String| (s.clone(), s);
    prop_oneof![
        (1..40usize).prop_map(|n| (format!(" ${n} "), format!(" ?{n} "))),
        (1..40usize).prop_map(|n| (format!("=${n},"), format!("=?{n},"))),
        "[^']{0,12}".prop_map(move |s| same(format!("'{s}'"))),
        "[^']{0,6}".prop_map(move |s| same(format!("'{s}''$7{s}'"))),
        "[^\"]{0,12}".prop_map(move |s| same(format!("\"{s}\""))),
        "[^\n]{0,12}".prop_map(move |s| same(format!(" --{s}\n"))),
        "[^*/]{0,12}".prop_map(move |s| same(format!(" /*{s}*/ "))),
        "[a-z_가-힣][a-z0-9_가-힣]{0,4}(\\$[0-9]{1,2})?".prop_map(move |s| same(format!(" {s} "))),
        "[ \n\t(),.*=<>+|%]{0,6}".prop_map(same),
    ]
}

proptest! {
    #[test]
    fn only_parameters_change(pieces in prop::collection::vec(piece(), 0..24)) {
        // All numbers up to 39 occur, so that none is missing.
        let every: String = (1..40).map(|n| format!("${n},")).collect();
        let input = format!("({}{every}x", pieces.iter().map(|p| p.0.as_str()).collect::<String>());
        let wanted = format!("({}{}x", pieces.iter().map(|p| p.1.as_str()).collect::<String>(), every.replace('$', "?"));
        let ours = translate(Engine::Sqlite, &input).unwrap();
        prop_assert_eq!(&ours.text, &wanted);
        prop_assert_eq!(ours.parameters, 39);
        prop_assert_eq!(translate(Engine::Postgres, &input).unwrap().text, input);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        for engine in Engine::ALL {
            drop(translate(engine, &text));
        }
    }
}
