use proptest::prelude::*;

use super::generate::{Recipe, Ties, generate};
use super::{Election, Problem, Severity, VoteType, read, write};

const FILE: &str = "\
META
key;value
description;Test; of nothing
budget;100.50
vote_type;approval
num_projects;3
num_votes;3
PROJECTS
project_id;cost;name;target;odd
1;10;One;adults,children;x
2;20.5;\"Two; the \"\"second\"\"\";;
a/3;100.50;Three
VOTES
voter_id;age;vote;sex
v1;30;1,2;F
v2;;;
v3;40;a/3,1;M
";

fn clean(text: &str) -> Election {
    let (election, problems) = read(text.as_bytes());
    assert_eq!(problems.iter().filter(|problem| problem.severity == Severity::Error).count(), 0, "{problems:?}");
    election.unwrap()
}

fn codes(text: &str) -> Vec<(u64, &'static str)> {
    read(text.as_bytes()).1.iter().map(|problem| (problem.line, problem.code)).collect()
}

#[test]
fn a_file_is_read() {
    let election = clean(FILE);
    assert_eq!(codes(FILE), [(3, "ballot.pb-meta-semicolon")]);
    assert_eq!(election.meta("description"), Some("Test; of nothing"));
    assert_eq!(election.budget.to_string(), "100.50");
    assert_eq!(election.name(1), "Two; the \"second\"");
    assert_eq!(election.beneficiaries(0), ["adults", "children"]);
    assert_eq!(election.project_cell(0, "odd"), Some("x"));
    assert_eq!(election.ballots[2].choices, [2, 0]);
    assert_eq!(election.ballots[2].cells, ["40", "M"]);
    assert_eq!(election.votes(), [2, 1, 1]);
    assert_eq!(clean(&write(&election)), election);
}

#[test]
fn line_ends_and_the_byte_order_mark_do_not_matter() {
    let other = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    assert_eq!(clean(&other), clean(FILE));
}

#[test]
fn the_new_word_for_targets() {
    assert_eq!(clean(&FILE.replace("target", "beneficiaries")).beneficiaries(0), ["adults", "children"]);
}

/// `FILE` with rows put behind those that begin with a text.
fn with(rows: &[(&str, &str)]) -> String {
    let mut text = FILE.replace("Test; of nothing", "Test");
    for (after, row) in rows {
        text = text
            .lines()
            .flat_map(|line| if line.starts_with(after) { vec![line, row] } else { vec![line] })
            .map(|line| format!("{line}\n"))
            .collect();
    }
    text
}

#[test]
fn broken_rows_are_left_out_and_named() {
    let cases = [
        ("a/3;", ";5;No id", "ballot.pb-project-id", Severity::Error),
        ("a/3;", "1;5;Again", "ballot.pb-project-twice", Severity::Error),
        ("a/3;", "x,y;5;Comma", "ballot.pb-project-comma", Severity::Error),
        ("a/3;", "4;cheap;Cost", "ballot.pb-cost", Severity::Error),
        ("a/3;", "4;-5;Cost", "ballot.pb-cost", Severity::Error),
        ("a/3;", "4;5;Wide;;;;more", "ballot.pb-row-wide", Severity::Error),
        ("v3;", ";1;1;F", "ballot.pb-voter-id", Severity::Error),
        ("v3;", "v1;1;1;F", "ballot.pb-voter-twice", Severity::Error),
        ("v3;", "v4;1;1;F;;x", "ballot.pb-row-wide", Severity::Error),
    ];
    let whole = clean(FILE);
    for (after, row, code, severity) in cases {
        let (election, problems) = read(with(&[(after, row)]).as_bytes());
        assert_eq!(problems.len(), 1, "{row}: {problems:?}");
        assert_eq!((problems[0].code, problems[0].severity), (code, severity), "{row}");
        assert!(problems[0].line > 10, "{row}");
        let election = election.unwrap();
        assert_eq!((election.projects, election.ballots), (whole.projects.clone(), whole.ballots.clone()), "{row}");
    }
}

#[test]
fn warnings_leave_the_row_in() {
    let text =
        with(&[("v3;", "v4;1;nowhere,1,1;F"), ("a/3;", "4;1000;Dear")]).replace("num_projects;3", "num_projects;4");
    let (election, problems) = read(text.replace("num_votes;3", "num_votes;4").as_bytes());
    let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.severity)).collect();
    assert_eq!(
        found,
        [
            ("ballot.pb-cost-over-budget", Severity::Warning),
            ("ballot.pb-unknown-project", Severity::Warning),
            ("ballot.pb-choice-twice", Severity::Warning),
        ]
    );
    assert_eq!(election.unwrap().ballots[3].choices, [0]);
    assert_eq!(codes(&with(&[("v3;", "v4;1;1;F")])), [(1, "ballot.pb-count")]);
}

#[test]
fn files_that_are_no_election() {
    for (text, code) in [
        ("", "ballot.pb-section-missing"),
        ("META\nkey;value\n", "ballot.pb-section-missing"),
        (&FILE.replace("budget;100.50", "budget;much"), "ballot.pb-budget"),
        (&FILE.replace("budget;100.50\n", ""), "ballot.pb-meta-missing"),
        (&FILE.replace("vote_type;approval", "vote_type;shouting"), "ballot.pb-vote-type"),
        (&FILE.replace("project_id;cost", "project_id;price"), "ballot.pb-column-missing"),
        (&FILE.replace("voter_id;age;vote", "voter_id;age;choice"), "ballot.pb-column-missing"),
        (&FILE.replace("approval", "cumulative"), "ballot.pb-column-missing"),
    ] {
        let (election, problems) = read(text.as_bytes());
        assert!(election.is_none(), "{code}");
        assert!(problems.iter().any(|problem| problem.code == code), "{code}: {problems:?}");
    }
    let (election, problems) = read(b"\xff\xfe\nMETA\n");
    assert!(election.is_none());
    assert_eq!(problems[2], Problem::error(1, "ballot.pb-utf8"));
}

#[test]
fn points() {
    let text = "META\nkey;value\nbudget;9\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;1\nb;2\nVOTES\n\
                voter_id;points;vote\n1;3,1.5;a,b\n2;;\n3;1;a,b\n4;1,x;a,b\n5;1,-1;a,b\n6;1,1;a,a\n7;2,1;q,b\n";
    let (election, problems) = read(text.as_bytes());
    let election = election.unwrap();
    let found: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(
        found,
        [
            (13, "ballot.pb-points-count"),
            (14, "ballot.pb-points"),
            (15, "ballot.pb-points"),
            (16, "ballot.pb-points-twice"),
            (17, "ballot.pb-unknown-project"),
        ]
    );
    let points: Vec<String> =
        election.ballots.iter().map(|ballot| format!("{:?}{}", ballot.choices, ballot.points.len())).collect();
    assert_eq!(points, ["[0, 1]2", "[]0", "[1]1"]);
    assert_eq!(read(write(&election).as_bytes()).0.unwrap(), election);
}

#[test]
fn a_quote_that_is_never_closed_is_pointed_at() {
    let text = FILE.replace(";Three", ";\"Three") + &"v9;1;1;F\n".repeat(9);
    assert!(read(text.as_bytes()).1.iter().any(|problem| problem.code == "ballot.pb-quote"));
}

#[test]
fn generated_elections_of_all_types_come_back() {
    for (vote_type, ties) in VoteType::ALL.into_iter().flat_map(|kind| [(kind, Ties::Few), (kind, Ties::Many)]) {
        let election = generate(&Recipe { vote_type, ties, voters: 200, ..Recipe::default() });
        let text = write(&election);
        let (again, problems) = read(text.as_bytes());
        assert_eq!(problems, [], "{vote_type:?}");
        assert_eq!(again.as_ref(), Some(&election));
        assert_eq!(write(&again.unwrap()), text);
    }
}

#[test]
fn the_recipe_stays_the_same() {
    let election = generate(&Recipe::default());
    let digest = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(write(&election)));
    assert_eq!(digest[..4], [47, 107, 156, 171]);
}

#[test]
fn a_second_section_of_a_name_is_no_fact() {
    let text = "PROJECTS\nproject_id;cost\nMETA\nbudget;10\nvote_type;approval\nPROJECTS\nVOTES\nvoter_id;vote\n";
    let (election, problems) = read(text.as_bytes());
    assert!(problems.contains(&Problem::error(6, "ballot.pb-meta-key")), "{problems:?}");
    assert_eq!(election.map(|election| election.meta.len()), Some(2));
}

/// Lines of every kind that the reader knows, whole and broken.
fn lines() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("META".to_owned()),
        Just("PROJECTS".to_owned()),
        Just("VOTES".to_owned()),
        Just("key;value".to_owned()),
        Just("budget;10".to_owned()),
        Just("vote_type;approval".to_owned()),
        Just("vote_type;scoring".to_owned()),
        Just("project_id;cost;cost".to_owned()),
        Just("voter_id;vote;points".to_owned()),
        Just("voter_id;vote".to_owned()),
        "[ab\";, ]{1,3};[0-9]{1,2}(;[^\n]{0,3})?",
        "[vw]{1,2};[abc,\" ]{0,4}(;[0-9,]{0,5})?",
        "\\PC{0,12}",
    ];
    proptest::collection::vec(word, 0..24).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn what_was_read_comes_back(start in any::<bool>(), text in lines()) {
        let text = if start {
            format!("META\nkey;value\nbudget;9\nvote_type;approval\nPROJECTS\nproject_id;cost\na;1\n{text}\nVOTES\nvoter_id;vote\n{text}")
        } else {
            text
        };
        let (election, _) = read(text.as_bytes());
        if let Some(election) = election {
            let again = read(write(&election).as_bytes()).0;
            prop_assert_eq!(again, Some(election));
        }
    }
}
