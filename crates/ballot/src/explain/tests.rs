//! Explanations: every message is there and filled in, what is said is true, and nothing a file holds can break a picture.

use std::fs;
use std::path::Path;

use madang_message::{Catalogue, Locale};
use proptest::prelude::*;

use super::*;
use crate::budget::{Completion, Constraints, Options, Outcome, Rule, Utility, tally, votes_short};
use crate::choice::{Contest, Method, Terms, count};
use crate::number::Decimal;
use crate::pb::{Ballot, Election, Project, VoteType};

fn catalogue() -> Catalogue {
    Catalogue::new(MESSAGES, None).unwrap()
}

/// `projects` are names with costs; `ballots` are lists of positions.
fn election(kind: VoteType, budget: i64, projects: &[(&str, i64)], ballots: &[&[u32]]) -> Election {
    let mut election = Election::new(kind, Decimal::whole(budget));
    election.set_meta("currency", "KRW");
    for (at, (name, cost)) in projects.iter().enumerate() {
        let id = (at + 1).to_string();
        let cells = vec![id.clone(), cost.to_string(), (*name).to_owned()];
        election.projects.push(Project { id, cost: Decimal::whole(*cost), cells });
    }
    for (at, choices) in ballots.iter().enumerate() {
        let points = if kind.has_points() { vec![Decimal::whole(2); choices.len()] } else { Vec::new() };
        election.ballots.push(Ballot { voter: at.to_string(), choices: choices.to_vec(), points, cells: Vec::new() });
    }
    election
}

/// The village of docs/budgets.md.
fn village() -> Election {
    let projects = [
        ("Playground", 1_200_000),
        ("Street lamps", 800_000),
        ("Summer concert", 600_000),
        ("Library books", 400_000),
        ("Park path", 1_500_000),
    ];
    let ballots: [&[u32]; 10] =
        [&[0, 2], &[0, 2], &[0, 2], &[0, 1], &[0, 1, 4], &[0, 1, 4], &[1, 4], &[1, 4], &[3, 4], &[3, 4]];
    election(VoteType::Approval, 3_000_000, &projects, &ballots)
}

fn all(election: &Election, outcome: &Outcome, voice: &Voice<'_>) -> String {
    let spending = Spending::new(election, outcome);
    let mut text = whole(election, outcome, voice).text();
    for at in 0..election.projects.len() {
        text.push_str(&project(election, outcome, &spending, at, Shortfall::NotAsked, voice).text());
    }
    text
}

/// Nothing is missing, no argument was left out.
fn complete(text: &str) {
    assert!(!text.contains("ballot-") && !text.contains("{$") && !text.contains("{ $"), "{text}");
}

#[test]
fn every_message_that_is_named_is_written() {
    let catalogue = catalogue();
    let mut found = 0;
    for folder in ["src/explain", "src/explain/budget", "src/explain/picture"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() || path.ends_with("tests.rs") {
                continue;
            }
            for key in fs::read_to_string(&path).unwrap().split('"').filter(|text| text.starts_with("ballot-")) {
                let is_key = !["ballot-picture", "ballot-payments", "ballot-rounds", "ballot-choice"].contains(&key);
                for locale in Locale::ALL.into_iter().filter(|_| is_key && !key.contains('{')) {
                    assert!(catalogue.has(locale, key), "{key} in {}", locale.tag());
                    found += 1;
                }
            }
        }
    }
    assert!(found > 200, "{found}");
}

#[test]
fn a_village_is_explained() {
    let (catalogue, election) = (catalogue(), village());
    let options = Options::new(Rule::EqualShares, &election);
    let outcome = tally(&election, &options).unwrap();
    let spending = Spending::new(&election, &outcome);
    let voice = Voice::of(&catalogue, Locale::En, &election);
    let said = whole(&election, &outcome, &voice).text();
    assert!(said.contains("The budget is 3,000,000 won, and 10 people voted."), "{said}");
    assert!(said.contains("“Playground” came first because it costs least."), "{said}");
    let lamps = project(&election, &outcome, &spending, 1, Shortfall::NotAsked, &voice);
    assert!(lamps.sentences[1].contains("800,000 won divided by 250,000 won is 3.2"), "{lamps:?}");
    assert!(lamps.sentences[2].contains("2 supporters paid 250,000 won each; 3 had less"), "{lamps:?}");
    let short = votes_short(&election, &options, 4).unwrap();
    let path = project(&election, &outcome, &spending, 4, Shortfall::from(short), &voice);
    assert!(path.sentences[1].contains("together had 1,400,000 won left, 100,000 won less"), "{path:?}");
    assert!(path.sentences[2].contains("“Playground” (400,000 won)"), "{path:?}");
    assert_eq!(short, Some(1));
    let korean = Voice::of(&catalogue, Locale::Ko, &election);
    let path = project(&election, &outcome, &spending, 4, Shortfall::from(short), &korean);
    assert_eq!(
        path.sentences,
        [
            "6명이 이 사업을 골랐습니다. 비용은 1,500,000원입니다.",
            "2라운드부터는 비용을 치를 수 없게 되었습니다. 고른 6명에게 남은 돈이 모두 1,400,000원이어서 비용에 100,000원 모자랐습니다.",
            "이 사람들은 그 전에 함께 고른 다른 사업에 돈을 냈습니다. 가장 많이 낸 곳은 ‘Playground’ 사업입니다(400,000원).",
            "이 사업 하나만 고른 사람이 1명 더 있었다면 뽑혔을 것입니다.",
        ]
    );
}

#[test]
fn whoever_loses_also_the_rest_hears_of_both() {
    let (catalogue, election) = (catalogue(), village());
    let options = Options { completion: Completion::Greedy, ..Options::new(Rule::EqualShares, &election) };
    let outcome = tally(&election, &options).unwrap();
    let voice = Voice::of(&catalogue, Locale::En, &election);
    let path = project(&election, &outcome, &Spending::new(&election, &outcome), 4, Shortfall::NotAsked, &voice);
    assert!(path.sentences[1].contains("From round 2 on it could no longer be paid for"), "{path:?}");
    assert!(path.sentences.last().unwrap().contains("1,500,000 won left of the budget"), "{path:?}");
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    let catalogue = catalogue();
    for kind in VoteType::ALL {
        let mut election = village();
        election.vote_type = kind;
        if kind.has_points() {
            for ballot in &mut election.ballots {
                ballot.points = vec![Decimal::whole(2); ballot.choices.len()];
            }
        }
        for rule in [Rule::GreedyVotes, Rule::GreedyCost, Rule::EqualShares, Rule::Phragmen, Rule::Knapsack] {
            for utility in [Utility::Cost, Utility::Cardinality, Utility::Score] {
                for completion in [Completion::None, Completion::Add1, Completion::Add1Utilitarian, Completion::Greedy]
                {
                    let constraints =
                        Constraints { min_projects: Some(5), min_votes: Some(3), ..Constraints::default() };
                    let step = Decimal::whole(1000);
                    let options = Options { utility, completion, constraints, step, ..Options::new(rule, &election) };
                    let outcome = tally(&election, &options).unwrap();
                    for locale in Locale::ALL {
                        let voice = Voice::of(&catalogue, locale, &election);
                        complete(&all(&election, &outcome, &voice));
                        for size in [Width::Wide, Width::Narrow] {
                            drawn(&payments(&election, &outcome, &voice, size));
                            drawn(&budget_rounds(&election, &outcome, &voice, size));
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_choice_is_explained_in_both_languages() {
    let catalogue = catalogue();
    for (kind, method, seats) in [
        (VoteType::Approval, Method::Approval, 2),
        (VoteType::Scoring, Method::Score, 1),
        (VoteType::Ordinal, Method::InstantRunoff, 1),
        (VoteType::Ordinal, Method::Schulze, 1),
        (VoteType::Scoring, Method::Schulze, 1),
        (VoteType::Ordinal, Method::Transferable, 3),
    ] {
        let mut election = village();
        election.vote_type = kind;
        if kind.has_points() {
            for ballot in &mut election.ballots {
                ballot.points = (1..=3).map(Decimal::whole).take(ballot.choices.len()).collect();
            }
        }
        election.ballots.push(Ballot { voter: "blank".to_owned(), ..Ballot::default() });
        let contest = Contest::of(&election, method).unwrap();
        let counted = count(&contest, &Terms { method, seats, seed: "seed".to_owned() }).unwrap();
        for locale in Locale::ALL {
            let voice = Voice::new(&catalogue, locale);
            complete(&choice(&counted, &voice).text());
            for size in [Width::Wide, Width::Narrow] {
                drawn(&choice_rounds(&counted, &voice, size));
            }
        }
    }
    let error = Contest::of(&village(), Method::Transferable).unwrap_err();
    assert_eq!(
        catalogue.error(Locale::En, &error),
        "The method transferable does not count ballots of the kind approval. It counts: ordinal."
    );
}

#[test]
fn a_picture_says_what_it_leaves_out() {
    let names: Vec<String> = (0..105).map(|n| format!("P{n}")).collect();
    let projects: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 10)).collect();
    let choices: Vec<Vec<u32>> = (0..105).map(|n| vec![n]).collect();
    let ballots: Vec<&[u32]> = choices.iter().map(Vec::as_slice).collect();
    let election = election(VoteType::Approval, 600, &projects, &ballots);
    let catalogue = catalogue();
    let voice = Voice::of(&catalogue, Locale::En, &election);
    let outcome = tally(&election, &Options::new(Rule::GreedyVotes, &election)).unwrap();
    let contest = Contest::of(&election, Method::Approval).unwrap();
    let counted = count(&contest, &Terms { method: Method::Approval, seats: 1, seed: "seed".to_owned() }).unwrap();
    for size in [Width::Wide, Width::Narrow] {
        assert!(budget_rounds(&election, &outcome, &voice, size).contains("Only the first 40 of "));
        assert!(payments(&election, &outcome, &voice, size).contains("65 more are in the table."));
        assert!(choice_rounds(&counted, &voice, size).contains("Candidates left out of the picture: 5."));
    }
}

#[test]
fn what_supporters_paid_is_the_cost() {
    let election = village();
    let outcome = tally(&election, &Options::new(Rule::EqualShares, &election)).unwrap();
    let spending = Spending::new(&election, &outcome);
    // The path's supporters: two of them at the playground, and four at the lamps after it had dropped out.
    assert_eq!(spending.before(4, 1, &outcome), [(0, Decimal::new(40_000_000, 2).unwrap())]);
    let later = spending.before(4, 9, &outcome);
    assert_eq!(later.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1, 0, 2]);
    assert!(spending.before(4, 0, &outcome).is_empty());
}

#[test]
fn tables_line_up_also_in_korean() {
    let table = Table {
        caption: String::new(),
        columns: vec![Column::text("사업".to_owned()), Column::number("비용".to_owned())],
        rows: vec![vec!["길".to_owned(), "1,000".to_owned()], vec!["abcdef".to_owned(), "5".to_owned()]],
    };
    assert_eq!(table.text(), "    사업     비용\n    길      1,000\n    abcdef      5\n");
}

/// A picture is one well-formed element with a title and no script.
fn drawn(svg: &str) {
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{svg}");
    assert!(svg.contains("<title id=") && svg.contains("<desc id="));
    // The title is also there to see.
    let title = svg.split("<title id=").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1)).unwrap();
    let first = title.split(' ').next().unwrap();
    assert!(svg.contains("class=\"strong\" font-size=\"") && svg.matches(first).count() > 1, "{svg}");
    assert!(!svg.contains(">ballot-"), "a message is missing: {svg}");
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
        assert!(!name.eq_ignore_ascii_case("script"), "{svg}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty());
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n'), "control characters");
}

proptest! {
    #[test]
    fn no_name_breaks_a_picture_or_a_line(name in "\\PC{0,40}", nasty in prop::sample::select(vec![
        "</text><script>alert(1)</script>", "\u{1b}[31mred", "a\nb\r\nc", "]]>", "&amp;<", "\u{202e}txet", "\0", "\"'",
    ])) {
        let catalogue = catalogue();
        let names = [name.clone(), nasty.to_owned(), format!("{nasty}{name}")];
        let projects: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 100)).collect();
        let election = election(VoteType::Approval, 250, &projects, &[&[0, 1], &[1, 2], &[2]]);
        let outcome = tally(&election, &Options::new(Rule::EqualShares, &election)).unwrap();
        let voice = Voice::of(&catalogue, Locale::Ko, &election);
        for size in [Width::Wide, Width::Narrow] {
            drawn(&payments(&election, &outcome, &voice, size));
            drawn(&budget_rounds(&election, &outcome, &voice, size));
        }
        let text = all(&election, &outcome, &voice);
        prop_assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{}", text);
    }
}
