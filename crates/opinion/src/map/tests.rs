use proptest::prelude::*;

use crate::generate::{Recipe, conversation};
use crate::random::Random;
use crate::*;

fn vote(person: u64, statement: u64, choice: Choice) -> Vote {
    Vote { person: PersonId(person), statement: StatementId(statement), choice }
}

fn recipe(people: usize, statements: usize, votes: usize, seed: u64) -> Vec<Vote> {
    conversation(&Recipe { people, statements, votes, seed, ..Recipe::default() }).0
}

fn plain(conversation: &Conversation) -> Map {
    map(conversation, &Settings::default(), None)
}

#[test]
fn latent_groups_are_found() {
    let (votes, truth) = conversation(&Recipe { people: 800, votes: 24_000, noise: 0.1, ..Recipe::default() });
    let map = plain(&Conversation::from_votes(&votes));
    let found: Vec<usize> = map.people.iter().map(|person| person.group.unwrap()).collect();
    assert_eq!(map.groups.len(), 3);
    assert!(adjusted_rand(&found, &truth) > 0.9);
    assert!(map.groups.windows(2).all(|pair| pair[0].people >= pair[1].people), "the largest first");
    assert!(map.groups.iter().all(|group| group.representative.len() == 5));
    assert_eq!(map.people.len(), 800);
    for (number, group) in map.groups.iter().enumerate() {
        assert_eq!(group.people, found.iter().filter(|&&group| group == number).count());
    }
}

#[test]
fn the_published_groups_are_found_again() {
    let votes = include_str!("../../data/vtaiwan/votes.csv");
    let published = include_str!("../../data/vtaiwan/participants-votes.csv");
    let mut cast: Vec<(u64, Vote)> = votes
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let number = |back: usize| fields[fields.len() - back].parse().unwrap();
            let sign = fields[fields.len() - 1].parse().unwrap();
            (fields[0].parse().unwrap(), vote(number(2), number(3), Choice::from_sign(sign).unwrap()))
        })
        .collect();
    cast.sort_by_key(|(time, _)| *time);
    let votes: Vec<Vote> = cast.into_iter().map(|(_, vote)| vote).collect();
    let conversation = Conversation::from_votes(&votes);
    let map = plain(&conversation);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for line in published.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let id = PersonId(fields[0].parse().unwrap());
        let group = map.people.iter().find(|person| person.id == id).and_then(|person| person.group);
        if let (Ok(published), Some(group)) = (fields[1].parse(), group) {
            ours.push(group);
            theirs.push(published);
        }
    }
    assert!(ours.len() > 1_200);
    assert_eq!(map.groups.len(), 2);
    let index = adjusted_rand(&ours, &theirs);
    assert!(index >= 0.8, "{index}");
    let assessment = assess(&conversation, &map, &Settings::default(), Trials { rounds: 4, ..Trials::default() });
    assert_eq!(assessment.warnings, []);
    assert!(assessment.stability.unwrap().groups.iter().all(|group| group.firmness == Firmness::Firm));
}

#[test]
fn order_and_threads_do_not_show() {
    for (people, statements, votes) in [(400, 50, 8_000), (2_100, 90, 110_000)] {
        let mut votes = recipe(people, statements, votes, 5);
        let expected = plain(&Conversation::from_votes(&votes));
        Random::new(9).shuffle_front(&mut votes, usize::MAX);
        let conversation = Conversation::from_votes(&votes);
        for threads in [1, 3] {
            assert!(expected == map(&conversation, &Settings { threads, ..Settings::default() }, None));
        }
        let sparse = |threads| Settings { threads, statements_in_pairs: 10, ..Settings::default() };
        assert!(map(&conversation, &sparse(1), None) == map(&conversation, &sparse(3), None));
    }
}

/// The map with other names for people: the same positions and base clusters to the last bit, and the same groups. Only
/// groups that are equally large may change places: the one with the lowest id comes first.
fn renumbering_changes_only_names(votes: &[Vote], seed: u64) {
    let mut people: Vec<u64> = votes.iter().map(|vote| vote.person.0).collect();
    people.sort_unstable();
    people.dedup();
    let mut names: Vec<u64> = (0..people.len() as u64).map(|name| 7 * name + 3).collect();
    Random::new(seed).shuffle_front(&mut names, usize::MAX);
    let name = |id: PersonId| PersonId(names[people.binary_search(&id.0).unwrap()]);
    let renamed: Vec<Vote> = votes.iter().map(|vote| Vote { person: name(vote.person), ..*vote }).collect();
    let (one, other) = (plain(&Conversation::from_votes(votes)), plain(&Conversation::from_votes(&renamed)));
    assert_eq!((one.axes, &one.tried, &one.shared), (other.axes, &other.tried, &other.shared));
    assert_eq!(one.groups.len(), other.groups.len());
    let mut groups: Vec<Option<usize>> = vec![None; one.groups.len()];
    for place in &one.people {
        let named = name(place.id);
        let there = &other.people[other.people.binary_search_by_key(&named, |place| place.id).unwrap()];
        assert_eq!(
            (place.x, place.y, place.votes, place.base_cluster),
            (there.x, there.y, there.votes, there.base_cluster)
        );
        assert_eq!(place.group.is_some(), there.group.is_some());
        if let (Some(here), Some(there)) = (place.group, there.group) {
            assert_eq!(*groups[here].get_or_insert(there), there, "a group is another one");
        }
    }
    for (here, there) in groups.into_iter().enumerate() {
        let (mut a, mut b) = (one.groups[here].clone(), other.groups[there.unwrap()].clone());
        assert!(a.people == b.people && (a.x, a.y) == (b.x, b.y) && a.base_clusters == b.base_clusters);
        a.representative.sort_by_key(|mark| mark.statement);
        b.representative.sort_by_key(|mark| mark.statement);
        assert_eq!(a, b);
        let sizes = one.groups.iter().filter(|group| group.people == a.people).count();
        assert!(sizes > 1 || here == there.unwrap(), "numbered by size");
    }
}

#[test]
fn renumbering_people_changes_nothing_but_the_names_with_very_many() {
    renumbering_changes_only_names(&recipe(12_000, 40, 200_000, 4), 1);
}

#[test]
fn pairs_and_votes_give_the_same_map_but_for_rounding() {
    let conversation = Conversation::from_votes(&recipe(600, 60, 12_000, 8));
    let (one, other) =
        (plain(&conversation), map(&conversation, &Settings { statements_in_pairs: 0, ..Settings::default() }, None));
    for (a, b) in one.people.iter().zip(&other.people) {
        assert!((a.x - b.x).abs() < 1e-6 && (a.y - b.y).abs() < 1e-6);
        assert_eq!(a.group, b.group);
    }
}

#[test]
fn one_more_vote_gives_the_map_from_scratch() {
    let votes = recipe(300, 40, 6_000, 3);
    let (first, rest) = votes.split_at(votes.len() - 20);
    let settings = Settings::default();
    let mut live = Live::new(Conversation::from_votes(first), settings.clone(), None);
    let mut previous = live.refresh().next;
    let mut conversation = Conversation::from_votes(first);
    for (at, &cast) in rest.iter().enumerate() {
        live.vote(cast);
        conversation.vote(cast);
        match at % 10 {
            3 => {
                live.undo(cast.person, cast.statement);
                conversation.undo(cast.person, cast.statement);
            }
            5 => {
                live.set_standing(cast.statement, Standing::Removed);
                conversation.set_standing(cast.statement, Standing::Removed);
            }
            7 => {
                let new = vote(cast.person.0 + 1_000, 1_000 - at as u64, Choice::Disagree);
                live.vote(new);
                conversation.vote(new);
            }
            8 => {
                // In the middle, and gone again.
                live.vote(vote(1, 999, Choice::Agree));
                live.undo(PersonId(1), StatementId(999));
                live.add_statement(StatementId(500 + at as u64));
                conversation.add_statement(StatementId(500 + at as u64));
            }
            _ => {}
        }
        let refreshed = live.refresh();
        assert!(refreshed == map(&conversation, &settings, Some(&previous)), "after {at}");
        assert_eq!(live.conversation(), &conversation);
        previous = refreshed.next;
    }
}

#[test]
fn live_maps_beyond_the_limit_of_pairs() {
    let votes = recipe(100, 12, 900, 3);
    let settings = Settings { statements_in_pairs: 12, ..Settings::default() };
    let mut live = Live::new(Conversation::from_votes(&votes), settings.clone(), None);
    for statement in [12, 13, 3] {
        live.vote(vote(3, statement, Choice::Agree));
    }
    assert!(live.clone().refresh() == map(live.conversation(), &settings, None));
    live.undo(PersonId(3), StatementId(12));
    live.undo(PersonId(3), StatementId(13));
    live.vote(vote(4, 5, Choice::Pass));
    assert!(live.clone().refresh() == map(live.conversation(), &settings, None));
}

#[test]
fn the_number_of_groups_waits_for_four_maps() {
    let settings = Settings::default();
    let conversation = Conversation::from_votes(&recipe(300, 40, 6_000, 3));
    let asked = plain(&conversation).groups.len();
    let other = if asked == 2 { 3 } else { 2 };
    let mut previous = Previous { groups: other, asked: other, in_a_row: 9, axes: Vec::new() };
    let mut shown = Vec::new();
    for _ in 0..5 {
        let map = map(&conversation, &settings, Some(&previous));
        shown.push(map.groups.len());
        previous = map.next;
    }
    assert_eq!(shown, [other, other, other, asked, asked]);
}

#[test]
fn a_map_does_not_flip_over() {
    let conversation = Conversation::from_votes(&recipe(300, 40, 6_000, 3));
    let one = plain(&conversation);
    let mut turned = one.next.clone();
    for (_, axes) in &mut turned.axes {
        *axes = [-axes[0], axes[1]];
    }
    let other = map(&conversation, &Settings::default(), Some(&turned));
    for (a, b) in one.people.iter().zip(&other.people) {
        assert!(a.x == -b.x && a.y == b.y);
    }
}

#[test]
fn removed_and_meta_statements_are_not_on_the_map() {
    let votes = recipe(300, 40, 6_000, 3);
    let mut conversation = Conversation::from_votes(&votes);
    conversation.set_standing(StatementId(1), Standing::Removed);
    conversation.set_standing(StatementId(2), Standing::Meta);
    let without: Vec<Vote> = votes.iter().copied().filter(|vote| ![1, 2].contains(&vote.statement.0)).collect();
    let (one, other) = (plain(&conversation), plain(&Conversation::from_votes(&without)));
    assert_eq!((one.axes, &one.tried, &one.shared), (other.axes, &other.tried, &other.shared));
    let place = |at: usize| &one.statements[at];
    assert_eq!((place(1).priority, place(1).extremity), (0.0, 0.0));
    assert_eq!((place(2).priority, place(2).extremity), (49.0, 0.0));
    assert!(place(2).all.seen > 0 && place(2).groups.iter().any(|tally| tally.seen > 0));
}

fn warned(conversation: &Conversation) -> Vec<Warning> {
    let map = plain(conversation);
    assess(conversation, &map, &Settings::default(), Trials::default()).warnings
}

#[test]
fn hardly_any_votes_make_no_map() {
    let mut conversation = Conversation::new();
    assert_eq!(plain(&conversation), Map { axes: plain(&conversation).axes, ..Map::default() });
    assert_eq!(warned(&conversation), [Warning::NoVotes]);
    conversation.add_statement(StatementId(1));
    assert_eq!(warned(&conversation), [Warning::NoVotes]);
    assert_eq!(plain(&conversation).statements.len(), 1);

    // One voter.
    for statement in 0..9 {
        let choice = if statement % 2 == 0 { Choice::Agree } else { Choice::Disagree };
        conversation.vote(vote(1, statement, choice));
    }
    let map = plain(&conversation);
    assert_eq!((map.people.len(), map.groups.len(), map.axes[0].variance), (1, 0, 0.0));
    assert_eq!(warned(&conversation)[0], Warning::AllVotesEqual);

    // A second one who says the opposite; and many who voted once.
    for statement in 0..9 {
        let choice = if statement % 2 == 0 { Choice::Disagree } else { Choice::Agree };
        conversation.vote(vote(2, statement, choice));
    }
    let map = plain(&conversation);
    assert_eq!(map.groups.len(), 2);
    assert!((map.axes[0].share - 1.0).abs() < 1e-12 && map.axes[1].variance == 0.0);
    assert!(map.people.iter().all(|person| person.y == 0.0));
    for person in 3..40 {
        conversation.vote(vote(person, person % 9, Choice::Agree));
    }
    let map = plain(&conversation);
    assert_eq!(map.people.iter().filter(|person| person.group.is_some()).count(), 15, "those with most votes fill up");
    let warnings = warned(&conversation);
    assert!(warnings.contains(&Warning::TooFewPeople { grouped: 15, needed: 50 }), "{warnings:?}");
    assert!(warnings.contains(&Warning::TooFewVotes { votes_per_person: 1, needed: 7 }), "{warnings:?}");
}

#[test]
fn equal_votes_make_no_groups() {
    let votes: Vec<Vote> =
        (0..60).flat_map(|person| (0..10).map(move |statement| vote(person, statement, Choice::Agree))).collect();
    let conversation = Conversation::from_votes(&votes);
    let map = plain(&conversation);
    assert_eq!((map.groups.len(), map.base_clusters.len()), (0, 1));
    let warnings = warned(&conversation);
    assert_eq!(warnings[0], Warning::AllVotesEqual);
    assert!(warnings.contains(&Warning::AllTheSame { share: 1.0, people: 60 }));
    assert!(warnings.contains(&Warning::Identical { share: 1.0, people: 60 }));
    assert!(map.shared.agree.len() == 5 && map.shared.disagree.is_empty());
}

#[test]
fn programs_that_agree_with_everything_are_told() {
    let mut votes = recipe(300, 40, 9_000, 3);
    for person in 1_000..1_030 {
        votes.extend((0..40).map(|statement| vote(person, statement, Choice::Agree)));
    }
    let warnings = warned(&Conversation::from_votes(&votes));
    let share = 30.0 / 330.0;
    assert!(warnings.contains(&Warning::AllTheSame { share, people: 30 }), "{warnings:?}");
    assert!(warnings.contains(&Warning::Identical { share, people: 30 }), "{warnings:?}");
}

#[test]
fn votes_by_chance_mean_nothing() {
    let (votes, _) = conversation(&Recipe { noise: 1.0, ..Recipe::default() });
    let conversation = Conversation::from_votes(&votes);
    let map = plain(&conversation);
    let trials = Trials { rounds: 6, ..Trials::default() };
    let assessment = assess(&conversation, &map, &Settings::default(), trials);
    assert!(assessment.warnings.iter().any(|warning| matches!(warning, Warning::LikeChance { .. })));
    assert!(assessment.warnings.iter().any(|warning| matches!(warning, Warning::UnstableGroup { .. })));
    let again = assess(&conversation, &map, &Settings { threads: 1, ..Settings::default() }, trials);
    assert_eq!(assessment, again, "threads do not show");
    let other = assess(&conversation, &map, &Settings::default(), Trials { seed: 2, ..trials });
    assert_ne!(assessment.stability, other.stability, "another seed draws other halves");
}

#[test]
fn ten_thousand_statements() {
    let conversation = Conversation::from_votes(&recipe(200, 10_000, 9_000, 3));
    let map = plain(&conversation);
    assert_eq!(map.people.len(), 200);
    assert!(map.statements.len() > 5_000 && !map.groups.is_empty());
}

fn few_votes() -> impl Strategy<Value = Vec<Vote>> {
    let choice = prop_oneof![Just(Choice::Disagree), Just(Choice::Pass), Just(Choice::Agree)];
    proptest::collection::vec((0_u64..30, 0_u64..9, choice), 0..150)
        .prop_map(|votes| votes.into_iter().map(|(p, s, choice)| vote(p, s, choice)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn renumbering_people_changes_nothing_but_the_names(
        people in 60_usize..400, statements in 20_usize..40, groups in 1_usize..5, seed in 0_u64..1_000,
    ) {
        let votes = people * statements * 2 / 3;
        let made = Recipe { people, statements, votes, groups, seed, ..Recipe::default() };
        renumbering_changes_only_names(&conversation(&made).0, seed ^ 77);
    }

    #[test]
    fn any_votes_give_a_map(votes in few_votes(), again in 0_usize..150, removed in 0_u64..9) {
        let mut conversation = Conversation::from_votes(&votes);
        let first = plain(&conversation);
        for person in &first.people {
            prop_assert!(person.x.is_finite() && person.y.is_finite());
        }
        // The same vote once more changes nothing; another person's vote taken back neither.
        if let Some(&last) = conversation.votes().collect::<Vec<_>>().get(again) {
            conversation.vote(last);
        }
        conversation.vote(vote(99, 99, Choice::Pass));
        conversation.vote(vote(99, 3, Choice::Agree));
        conversation.undo(PersonId(99), StatementId(3));
        conversation.undo(PersonId(99), StatementId(99));
        prop_assert!(first == plain(&conversation));

        conversation.set_standing(StatementId(removed), Standing::Removed);
        let map = plain(&conversation);
        let assessment = assess(&conversation, &map, &Settings::default(), Trials { rounds: 3, ..Trials::default() });
        prop_assert!(assessment.quality.people == map.people.len());
        let mut live = Live::new(conversation.clone(), Settings::default(), None);
        prop_assert!(map == live.refresh());
        prop_assert_eq!(map.groups.iter().map(|group| group.people).sum::<usize>(),
            map.people.iter().filter(|person| person.group.is_some()).count());
        for group in &map.groups {
            prop_assert!(group.people > 0 && !group.base_clusters.is_empty());
        }
    }
}
