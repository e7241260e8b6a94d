use std::fmt::Write as _;

use madang_base::Locale;
use madang_message::Catalogue;

use super::draw::{Drawing, Width, drawings};
use super::*;
use crate::read::{Agree, Export, comments, participants, votes};
use crate::{Assessment, GroupCount, Map, Settings, Trials, Warning, assess, map};

fn catalogue() -> Catalogue {
    Catalogue::new(MESSAGES, None).unwrap()
}

fn export(table: &str, known: &str) -> Export {
    let known = (!known.is_empty()).then(|| comments(known.as_bytes()).unwrap());
    Export::new(votes(table.as_bytes(), Agree::PlusOne).unwrap(), known.as_ref(), Some("야시장".to_owned())).unwrap()
}

/// What is told of an export.
struct Told {
    export: Export,
    map: Map,
    assessment: Assessment,
    settings: Settings,
}

impl Told {
    fn new(export: Export) -> Self {
        let (conversation, settings) = (export.conversation(), Settings::default());
        let map = map(&conversation, &settings, None);
        let trials = Trials { rounds: 3, ..Trials::default() };
        let assessment = assess(&conversation, &map, &settings, trials);
        Self { export, map, assessment, settings }
    }

    fn with<'a, T>(&'a self, look: impl FnOnce(&Report<'a>) -> T) -> T {
        look(&Report {
            export: &self.export,
            map: &self.map,
            assessment: &self.assessment,
            settings: &self.settings,
            trials: Trials::default(),
            fixed: None,
            comparison: None,
            top: 5,
        })
    }

    fn text(&self, locale: Locale) -> String {
        self.with(|report| document(report, &catalogue(), locale).plain())
    }

    fn drawings(&self) -> Vec<Drawing> {
        let mut all = Vec::new();
        for locale in Locale::ALL {
            for width in [Width::Wide, Width::Narrow] {
                self.with(|report| all.extend(drawings(report, &catalogue(), locale, width)));
            }
        }
        all
    }

    /// Everything that can be made of it is made, and looked at.
    fn check(&self) {
        for locale in Locale::ALL {
            let text = self.text(locale);
            assert!(!text.contains("opinion-") && !text.contains("{ $"), "{text}");
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
        }
        for drawing in self.drawings() {
            well_formed(&drawing);
        }
        self.with(json);
    }
}

/// Tags that close what they open, nothing that runs, numbers that are numbers, letters that can be read.
fn well_formed(drawing: &Drawing) {
    let svg = &drawing.svg;
    let mut open: Vec<&str> = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap_or_else(|| panic!("a tag without an end: {piece}"));
        assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "in {}", drawing.name);
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        assert!(["svg", "title", "desc", "style", "rect", "path", "g", "text"].contains(&name), "{name}");
        assert!(!after.contains("&#"), "{after}");
        if let Some((_, size)) = tag.split_once("font-size=\"") {
            assert!(size.split('"').next().unwrap().parse::<f64>().unwrap() >= 12.0, "{tag}");
        }
    }
    assert!(open.is_empty());
    assert!(!svg.contains("NaN") && !svg.contains("inf\"") && !svg.contains("opinion-"), "{svg}");
    assert!(svg.chars().all(|c| c == '\n' || !c.is_control()), "{}", drawing.name);
    assert!(svg.contains("<title id=\"om-") && svg.contains("aria-labelledby"));
}

/// Two camps of `people` each that answer `statements` statements against each other, but the last, which all like.
fn camps(people: usize, statements: usize, text: &str) -> Export {
    let (mut table, mut known) = ("comment-id,voter-id,vote\n".to_owned(), "comment-id,comment-body\n".to_owned());
    for statement in 0..statements {
        writeln!(known, "{statement},\"{}\"", text.replace('"', "\"\"")).unwrap();
        for person in 0..2 * people {
            let vote = if statement + 1 == statements || person < people { 1 } else { -1 };
            // Nobody sees all of them.
            if (person + statement) % 5 != 0 {
                writeln!(table, "{statement},{person},{vote}").unwrap();
            }
        }
    }
    export(&table, &known)
}

#[test]
fn two_camps_are_told_apart() {
    let told = Told::new(camps(40, 12, "야시장을 토요일마다 엽니다."));
    told.check();
    let (ko, en) = (told.text(Locale::Ko), told.text(Locale::En));
    for sentence in [
        "의견 지도: 야시장",
        "80명이 의견 12개에 모두 768번 답했습니다.",
        "A 그룹: 40명",
        "[11] “야시장을 토요일마다 엽니다.”",
        "답한 64명 가운데 100%가 찬성했습니다. 모든 그룹에서 절반이 넘습니다.",
        "그룹의 크기는 국민이나 주민 가운데 몇 퍼센트인지를 뜻하지 않습니다.",
    ] {
        assert!(ko.contains(sentence), "{sentence:?} is not in\n{ko}");
    }
    assert!(en.contains("Group A: 40 people") && en.contains("100% of the 64 who answered agree."), "{en}");
    assert!(told.with(Report::divisive).iter().all(|one| one.statement.0 != 11));
}

#[test]
fn another_number_of_groups_that_fits_about_as_well_is_told() {
    let mut told = Told::new(camps(40, 12, "의견"));
    told.assessment.warnings.clear();
    let numbers = [(2, 0.425, true), (3, 0.427, false), (4, 0.4049, false), (5, 0.405, false)];
    told.map.tried =
        numbers.map(|(groups, silhouette, used)| GroupCount { groups, silhouette, inertia: 1.0, used }).to_vec();
    let (ko, en) = (told.text(Locale::Ko), told.text(Locale::En));
    assert!(
        en.contains("3 groups would fit about as well: their borders are as clear as 0.43, those on this map 0.42,"),
        "{en}"
    );
    assert!(ko.contains("그룹을 3개로 나누어도 거의 그만큼 잘 맞습니다."), "{ko}");
    assert!(!en.contains("4 groups would") && en.contains("5 groups would"), "{en}");
    let value = told.with(json);
    let said = |at: usize| value["tried"][at]["about_as_well"].as_bool().unwrap();
    assert_eq!([said(0), said(1), said(2), said(3)], [false, true, false, true]);
    assert_eq!(value["settings"]["about_as_well"], 0.02);
    let fixed = |report: &Report<'_>| Report { fixed: Some(2), ..report.clone() }.about_as_well().len();
    assert_eq!(told.with(fixed), 0, "whoever set the number knows");
    told.assessment.warnings.push(Warning::NoGroups);
    assert_eq!(told.with(|report| report.about_as_well().len()), 0);
}

#[test]
fn texts_of_anybody_do_no_harm() {
    let hostile = "</text><script>alert(1)</script> ]]> & \"quoted\" 'so'\n\u{1b}[31mred\u{202e}turned\u{0}Z\u{300}\u{301}\u{302}\u{303}\u{304}";
    let told = Told::new(camps(30, 9, hostile));
    told.check();
    for drawing in told.drawings() {
        assert!(!drawing.svg.contains("<script") && !drawing.svg.contains("\u{202e}"));
    }
    let text = told.text(Locale::En);
    assert!(text.contains("alert(1)") && !text.contains("\u{302}\u{303}"), "{text}");
    Told::new(camps(30, 9, &"끝없이긴말".repeat(2_000))).check();
    Told::new(camps(30, 9, "")).check();
}

#[test]
fn nobody_one_voter_and_no_groups_are_told() {
    let head = "comment-id,voter-id,vote\n";
    let nobody = Told::new(export(head, "comment-id,text\n1,a\n"));
    nobody.check();
    assert!(nobody.text(Locale::Ko).contains("! 찬반 표시가 하나도 없습니다."));
    let one = Told::new(export(&format!("{head}1,7,1\n2,7,-1\n"), ""));
    one.check();
    assert!(
        one.text(Locale::En).contains("1 person answered 2 statements, 2 times in all."),
        "{}",
        one.text(Locale::En)
    );
    let mut all_agree = head.to_owned();
    for person in 0..60 {
        (0..10).for_each(|statement| writeln!(all_agree, "{statement},{person},1").unwrap());
    }
    let all_agree = Told::new(export(&all_agree, ""));
    all_agree.check();
    assert!(all_agree.with(Report::means_nothing));
    let ko = all_agree.text(Locale::Ko);
    assert!(ko.lines().nth(3).unwrap().starts_with("! 이 지도는 의미가 없습니다."), "{ko}");
    assert!(all_agree.drawings().iter().any(|drawing| drawing.svg.contains("This map means nothing")));
}

#[test]
fn two_camps_without_any_doubt_are_not_called_shapeless() {
    let mut table = "comment-id,voter-id,vote\n".to_owned();
    for (person, statement) in (0..60).flat_map(|person| (0..8).map(move |statement| (person, statement))) {
        writeln!(table, "{statement},{person},{}", if person < 30 { 1 } else { -1 }).unwrap();
    }
    let told = Told::new(export(&table, ""));
    assert_eq!((told.map.groups.len(), told.map.base_clusters.len()), (2, 2));
    assert!(!told.assessment.warnings.iter().any(|warning| matches!(warning, Warning::Shapeless { .. })));
    assert_eq!(told.with(Report::divisive).len(), 5);
}

#[test]
fn ten_thousand_statements_are_told() {
    let told = Told::new(camps(6, 10_000, "의견"));
    told.check();
    assert!(told.drawings().iter().all(|drawing| drawing.svg.len() < 60_000));
}

#[test]
fn every_warning_has_its_sentence() {
    let mut told = Told::new(camps(40, 12, "의견"));
    let all = vec![
        Warning::NoVotes,
        Warning::AllVotesEqual,
        Warning::TooFewPeople { grouped: 1, needed: 50 },
        Warning::TooFewStatements { statements: 1, needed: 7 },
        Warning::TooFewVotes { votes_per_person: 1, needed: 7 },
        Warning::NoGroups,
        Warning::Shapeless { silhouette: 0.126, bound: 0.25 },
        Warning::OneBloc { share: 0.97 },
        Warning::LikeChance { share: 0.126, by_chance: 0.1239 },
        Warning::UnstableGroup { group: 1, found_again: 0.41 },
        Warning::AllTheSame { share: 0.07, people: 14 },
        Warning::Identical { share: 0.03, people: 1 },
    ];
    for warning in &all {
        told.assessment.warnings = vec![*warning];
        told.check();
        let text = told.text(Locale::Ko);
        assert_eq!(text.lines().filter(|line| line.starts_with("! ")).count(), 2, "{text}");
        assert_eq!(told.with(Report::means_nothing), means_nothing(warning));
    }
    told.assessment.warnings = all;
    let en = told.text(Locale::En);
    assert!(en.contains("1 person answered enough") && en.contains("Group B cannot be trusted"), "{en}");
    assert!(en.contains("is 0.13; it takes 0.25") && en.contains("12.6% of the differences, and 12.4%"), "{en}");
    let warnings = &told.with(json)["warnings"];
    assert_eq!(warnings[9]["group"], "B");
    assert_eq!(warnings[8]["share"], 0.126);
    assert_eq!(warnings[6]["means_nothing"], true);
}

#[test]
fn figures_have_stated_names_and_decimals() {
    let told = Told::new(camps(40, 12, "의견"));
    let value = told.with(json);
    let names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "axes",
            "base_clusters",
            "comparison",
            "counts",
            "divisive",
            "format",
            "groups",
            "means_nothing",
            "people",
            "quality",
            "rounding",
            "settings",
            "shared",
            "stability",
            "statements",
            "topic",
            "tried",
            "wanting",
            "warnings"
        ]
    );
    assert_eq!(value["people"].as_array().unwrap().len(), 80);
    assert_eq!(value["people"][0]["voter"], "0");
    assert_eq!(value["statements"][11]["all"]["agree"], 64);
    assert_eq!(value["shared"]["agree"][0]["majority_in_every_group"], true);
    let text = value.to_string();
    let long = text.split([',', ':', '[', ']', '{', '}']).filter_map(|part| part.split_once('.'));
    assert!(long.clone().count() > 100);
    assert!(long.filter(|(whole, _)| whole.parse::<i64>().is_ok()).all(|(_, decimals)| decimals.len() <= 6), "{text}");
}

#[test]
fn published_groups_are_compared() {
    let told = Told::new(camps(40, 12, "의견"));
    let mut table = "participant,group-id\n".to_owned();
    for person in 1..90 {
        writeln!(
            table,
            "{person},{}",
            if person % 10 == 9 {
                ""
            } else if person < 40 {
                "x"
            } else {
                "y"
            }
        )
        .unwrap();
    }
    let published = participants(table.as_bytes(), Agree::PlusOne).unwrap();
    let comparison = Comparison::new(&told.export, &told.map, &published);
    assert_eq!((comparison.people, comparison.only_here, comparison.only_there), (71, 9, 9));
    assert!((comparison.adjusted_rand - 1.0).abs() < 1e-9);
    assert_eq!(comparison.table.iter().map(|row| row.iter().filter(|n| **n > 0).count()).sum::<usize>(), 2);
}

#[test]
fn groups_have_letters() {
    let letters: Vec<String> = [0, 1, 25, 26].into_iter().map(letter).collect();
    assert_eq!(letters, ["A", "B", "Z", "27"]);
}

#[test]
fn clarity_has_its_bounds() {
    let words = [0.0, 1.2816, 1.3, 2.4, 3.1, f64::NAN].map(|z| Clarity::of(z).code());
    assert_eq!(
        words,
        ["may_be_chance", "may_be_chance", "below_1_in_10", "below_1_in_100", "below_1_in_1000", "may_be_chance"]
    );
}

mod lines {
    use super::super::wrap::{clean, ems, lines};

    #[test]
    fn korean_ends_between_words_and_chinese_anywhere() {
        assert_eq!(lines("야시장을 토요일마다 엽니다", 8.0, 9), ["야시장을", "토요일마다", "엽니다"]);
        assert_eq!(lines("야시장을 토요일마다 엽니다", 10.6, 9), ["야시장을 토요일마다", "엽니다"]);
        assert_eq!(lines("我覺得計程車應該合法。", 5.0, 9), ["我覺得計程", "車應該合", "法。"]);
        assert_eq!(lines("他說（是）好", 3.0, 9), ["他說", "（是）", "好"]);
        assert_eq!(lines("", 5.0, 3), Vec::<String>::new());
    }

    #[test]
    fn long_words_are_cut_and_long_texts_end_in_dots() {
        assert!(lines(&"x".repeat(40), 6.0, 9).iter().all(|line| ems(line) <= 6.0));
        let cut = lines("가나 다라 마바 사아 자차", 5.0, 2);
        assert_eq!(cut, ["가나 다라", "마바 사…"]);
        assert_eq!(lines("가나다라마바사", 2.0, 1), ["가…"]);
    }

    #[test]
    fn texts_come_on_one_line() {
        assert_eq!(clean(" a\r\n\tb\u{2028}c ", 9), "a b c");
        assert_eq!(clean("가나다라마", 4), "가나다…");
        assert_eq!(clean("\u{1b}[31m\u{202e}x\u{200b}", 9), "[31mx");
        assert_eq!(clean("e\u{301}\u{301}\u{301}\u{301}!", 9), "e\u{301}\u{301}!");
    }
}
