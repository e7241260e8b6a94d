//! From votes to a map, step by step.

use super::{BaseCluster, Group, GroupCount, Map, PersonPlace, StatementPlace};
use crate::cluster::{Base, Grouping, Point, gather, group};
use crate::matrix::{Columns, Pairs, Sparse, Votes};
use crate::pca::Axes;
use crate::previous::Previous;
use crate::route::priority;
use crate::settings::Settings;
use crate::statements::{Tally, representative, share, shared};
use crate::votes::{Cell, Conversation, Standing, StatementId};

/// Where everybody stands.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    pub(crate) votes: Votes<'a>,
    pub(crate) axes: Axes,
    pub(crate) people: Vec<Point>,
}

/// Axes and places. Without counts of pairs, the axes come from the votes themselves.
pub(crate) fn places<'a>(
    votes: Votes<'a>,
    ids: &[StatementId],
    settings: &Settings,
    previous: Option<&Previous>,
    pairs: Option<(&Pairs, &[usize])>,
) -> Places<'a> {
    let mut axes = match pairs {
        Some((pairs, place)) => Axes::new(&pairs.covariance(&votes, |at| place[at]), &votes),
        None => Axes::new(&Sparse::new(&votes, settings.threads), &votes),
    };
    axes.turn(ids, previous);
    let people = axes.project(&votes, settings.threads);
    Places { votes, axes, people }
}

/// Which people are put into groups, as indices: those with enough votes, and if these are too few, those with the most.
/// `given` are votes per person on all statements, `statements` is how many there are.
fn grouped(given: &[usize], statements: usize, settings: &Settings) -> Vec<usize> {
    let needed = settings.votes_to_be_grouped.min(statements);
    let mut chosen: Vec<usize> = (0..given.len()).filter(|&at| given[at] >= needed).collect();
    if chosen.len() < settings.people_at_least {
        let mut others: Vec<usize> = (0..given.len()).filter(|&at| given[at] < needed).collect();
        others.sort_by(|&a, &b| given[b].cmp(&given[a]).then(a.cmp(&b)));
        others.truncate(settings.people_at_least - chosen.len());
        chosen.extend(others);
        chosen.sort_unstable();
    }
    chosen
}

/// Base clusters and the groupings of them that were tried.
pub(crate) struct Tried {
    /// Base cluster of each point.
    pub(crate) labels: Vec<usize>,
    pub(crate) middles: Vec<Point>,
    pub(crate) groupings: Vec<Grouping>,
}

/// Gathers points into base clusters and tries each number of groups.
pub(crate) fn number_of_groups(points: &[Point], settings: &Settings) -> Tried {
    let Base { labels, middles, weights } = gather(points, settings.base_clusters, settings.rounds);
    let most = settings.groups_at_most.min(2 + middles.len() / 12);
    let groupings = group(&middles, &weights, most, settings.rounds);
    Tried { labels, middles, groupings }
}

/// The grouping with the clearest silhouette; of equally clear ones the one with fewer groups.
pub(crate) fn choose(groupings: &[Grouping]) -> Option<&Grouping> {
    let mut best: Option<&Grouping> = None;
    for grouping in groupings {
        if best.is_none_or(|best| grouping.silhouette > best.silhouette) {
            best = Some(grouping);
        }
    }
    best
}

/// Which number of groups to show, and what the next map must know.
fn steady(asked: usize, previous: Option<&Previous>, settings: &Settings) -> Previous {
    let in_a_row = match previous {
        Some(previous) if previous.asked == asked => previous.in_a_row.saturating_add(1),
        _ => 1,
    };
    let shown = previous.map_or(0, |previous| previous.groups);
    let groups = if in_a_row >= settings.maps_to_change || shown == 0 { asked } else { shown };
    Previous { groups, asked, in_a_row, axes: Vec::new() }
}

/// The whole map. `kept` are counts of pairs of all columns, if somebody keeps them.
pub(crate) fn build(
    conversation: &Conversation,
    settings: &Settings,
    previous: Option<&Previous>,
    kept: Option<&Pairs>,
) -> Map {
    let columns = Columns::of(conversation);
    let all: Vec<(StatementId, Standing)> = conversation.statements().collect();
    let ids: Vec<StatementId> = columns.shown.iter().map(|&column| all[column].0).collect();
    let votes = Votes::everybody(conversation, &columns);
    let counted;
    let own: Vec<usize>;
    let pairs = if columns.count() > settings.statements_in_pairs {
        None
    } else if let Some(kept) = kept.filter(|kept| kept.size() == all.len()) {
        Some((kept, columns.shown.as_slice()))
    } else {
        counted = Pairs::count(&votes.rows, &columns, settings.threads);
        own = (0..columns.count()).collect();
        Some((&counted, own.as_slice()))
    };
    let places = places(votes, &ids, settings, previous, pairs);

    let given: Vec<usize> = conversation.rows().iter().map(Vec::len).collect();
    let chosen = grouped(&given, all.len(), settings);
    let points: Vec<Point> = chosen.iter().map(|&at| places.people[at]).collect();
    let tried = number_of_groups(&points, settings);
    let mut next = match choose(&tried.groupings) {
        Some(best) => steady(best.groups, previous, settings),
        // No groups today: what was shown before stays for the map that has some again.
        None => Previous { axes: Vec::new(), ..previous.cloned().unwrap_or_default() },
    };
    next.axes = ids.iter().copied().zip(places.axes.loadings.iter().copied()).collect();
    let used =
        tried.groupings.iter().find(|grouping| grouping.groups == next.groups).or_else(|| choose(&tried.groupings));

    let mut map = Map { axes: places.axes.components, next, ..Map::default() };
    map.tried = tried
        .groupings
        .iter()
        .map(|grouping| GroupCount {
            groups: grouping.groups,
            silhouette: grouping.silhouette,
            inertia: grouping.inertia,
            used: used.is_some_and(|used| used.groups == grouping.groups),
        })
        .collect();
    map.people = people(conversation, &places, &given, &chosen, &tried);
    fill_clusters(&mut map, &tried, used);
    fill_statements(&mut map, conversation, &places, &all, &columns, settings);
    map
}

fn people(
    conversation: &Conversation,
    places: &Places<'_>,
    given: &[usize],
    chosen: &[usize],
    tried: &Tried,
) -> Vec<PersonPlace> {
    let mut people: Vec<PersonPlace> = conversation
        .people()
        .iter()
        .zip(&places.people)
        .zip(given)
        .map(|((&id, &[x, y]), &votes)| PersonPlace {
            id,
            x,
            y,
            votes: u32::try_from(votes).unwrap_or(u32::MAX),
            base_cluster: None,
            group: None,
        })
        .collect();
    for (&at, &label) in chosen.iter().zip(&tried.labels) {
        people[at].base_cluster = Some(label);
    }
    people
}

/// Base clusters and groups, the groups numbered by their people.
fn fill_clusters(map: &mut Map, tried: &Tried, used: Option<&Grouping>) {
    map.base_clusters =
        tried.middles.iter().map(|&[x, y]| BaseCluster { x, y, members: Vec::new(), group: None }).collect();
    for person in &map.people {
        if let Some(at) = person.base_cluster {
            map.base_clusters[at].members.push(person.id);
        }
    }
    let Some(used) = used else { return };
    // How many people, the lowest id, the label of k-means.
    let mut order: Vec<(usize, Option<crate::votes::PersonId>, usize)> =
        (0..used.groups).map(|label| (0, None, label)).collect();
    for (cluster, &label) in map.base_clusters.iter().zip(&used.labels) {
        let entry = &mut order[label];
        entry.0 += cluster.members.len();
        entry.1 = [entry.1, cluster.members.first().copied()].into_iter().flatten().min();
    }
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut number = vec![0; used.groups];
    for (new, &(.., old)) in order.iter().enumerate() {
        number[old] = new;
    }
    map.groups = order
        .iter()
        .map(|&(people, ..)| Group { x: 0.0, y: 0.0, people, base_clusters: Vec::new(), representative: Vec::new() })
        .collect();
    for (at, (cluster, &label)) in map.base_clusters.iter_mut().zip(&used.labels).enumerate() {
        cluster.group = Some(number[label]);
        let group = &mut map.groups[number[label]];
        group.base_clusters.push(at);
        // In the order of places, not of ids: who is called what does not show.
        group.x += cluster.x * cluster.members.len() as f64;
        group.y += cluster.y * cluster.members.len() as f64;
    }
    for person in &mut map.people {
        person.group = person.base_cluster.and_then(|at| map.base_clusters[at].group);
    }
    for group in &mut map.groups {
        group.x /= group.people.max(1) as f64;
        group.y /= group.people.max(1) as f64;
    }
}

/// The votes on each statement, by everybody and by group; what marks the groups and what all share.
fn fill_statements(
    map: &mut Map,
    conversation: &Conversation,
    places: &Places<'_>,
    all: &[(StatementId, Standing)],
    columns: &Columns,
    settings: &Settings,
) {
    let count = all.len();
    let tables = tables(conversation, map, settings.threads);
    let mut position = vec![None; count];
    for (at, &column) in columns.shown.iter().enumerate() {
        position[column] = Some(at);
    }
    map.statements = all
        .iter()
        .enumerate()
        .map(|(column, &(id, standing))| {
            let everybody = Tally::of(conversation.counts(column));
            let groups: Vec<Tally> = tables
                .iter()
                .map(|table| Tally::of([table[4 * column], table[4 * column + 1], table[4 * column + 2]]))
                .collect();
            let product = |voted: fn(&Tally) -> u32| {
                groups.iter().fold(1.0, |product, tally| product * share(voted(tally), tally.seen))
            };
            let [x, y] =
                position[column].map_or([0.0; 2], |at| places.axes.place_of_statement(at, places.votes.mean[at]));
            let extremity = (x * x + y * y).sqrt();
            StatementPlace {
                id,
                standing,
                x,
                y,
                extremity,
                all: everybody,
                all_groups_agree: if groups.is_empty() { 0.0 } else { product(|tally| tally.agree) },
                all_groups_disagree: if groups.is_empty() { 0.0 } else { product(|tally| tally.disagree) },
                priority: match standing {
                    Standing::Removed => 0.0,
                    _ => priority(standing == Standing::Meta, everybody, extremity),
                },
                groups,
            }
        })
        .collect();
    let shown: Vec<&StatementPlace> = columns.shown.iter().map(|&column| &map.statements[column]).collect();
    let everybody: Vec<(StatementId, Tally)> = shown.iter().map(|place| (place.id, place.all)).collect();
    map.shared = shared(&everybody, settings.statements_each, settings.z);
    for (number, group) in map.groups.iter_mut().enumerate() {
        let votes: Vec<(StatementId, Tally, Tally)> = shown
            .iter()
            .map(|place| {
                let grouped = place.groups.iter().fold(Tally::default(), |mut sum, tally| {
                    sum.agree += tally.agree;
                    sum.disagree += tally.disagree;
                    sum.seen += tally.seen;
                    sum
                });
                (place.id, place.groups[number], grouped)
            })
            .collect();
        group.representative = representative(&votes, settings.statements_each, settings.z);
    }
}

/// Votes of each group, counted by [`Cell::index`].
fn tables(conversation: &Conversation, map: &Map, threads: usize) -> Vec<Vec<u32>> {
    let size = 4 * conversation.statements().len();
    let count = &|rows: &[Vec<Cell>], people: &[PersonPlace]| {
        let mut tables = vec![vec![0_u32; size]; map.groups.len()];
        for (row, person) in rows.iter().zip(people) {
            let Some(group) = person.group else { continue };
            let table = &mut tables[group];
            for cell in row {
                table[cell.index()] += 1;
            }
        }
        tables
    };
    let each = map.people.len().div_ceil(threads.max(1)).max(2_000);
    let mut parts = conversation.rows().chunks(each).zip(map.people.chunks(each));
    let Some((rows, people)) = parts.next() else { return vec![vec![0; size]; map.groups.len()] };
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|(rows, people)| scope.spawn(move || count(rows, people))).collect();
        let mut tables = count(rows, people);
        for other in others {
            // A thread that counts does not panic; if memory ran out, the whole process is gone.
            let Ok(part) = other.join() else { continue };
            for (sum, part) in tables.iter_mut().flatten().zip(part.iter().flatten()) {
                *sum += part;
            }
        }
        tables
    })
}
