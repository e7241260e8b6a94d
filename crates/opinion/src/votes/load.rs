//! A conversation from many votes at once: sorted by counting, in time proportional to the votes.

use super::{Cell, Conversation, Entry, PersonId, Standing, StatementId, Vote, column_number};

/// Ids of one kind, sorted, with the way from an id to its index.
struct Index {
    sorted: Vec<u64>,
    /// For ids that are small numbers: index of each.
    direct: Vec<u32>,
}

impl Index {
    fn new(ids: impl Iterator<Item = u64> + Clone, count: usize) -> Self {
        let largest = ids.clone().max().unwrap_or(0);
        let Some(size) = usize::try_from(largest).ok().filter(|&largest| largest < 4 * count + 1_024) else {
            let mut sorted: Vec<u64> = ids.collect();
            sorted.sort_unstable();
            sorted.dedup();
            return Self { sorted, direct: Vec::new() };
        };
        let mut direct = vec![u32::MAX; size + 1];
        for id in ids {
            direct[position(id)] = 0;
        }
        let mut sorted = Vec::new();
        for (id, slot) in (0_u64..).zip(direct.iter_mut()) {
            if *slot == 0 {
                *slot = column_number(sorted.len());
                sorted.push(id);
            }
        }
        Self { sorted, direct }
    }

    fn of(&self, id: u64) -> usize {
        if self.direct.is_empty() {
            self.sorted.binary_search(&id).unwrap_or(0)
        } else {
            self.direct[position(id)] as usize
        }
    }
}

/// Only for ids that were found small enough to be an index.
fn position(id: u64) -> usize {
    usize::try_from(id).unwrap_or(0)
}

pub(super) fn conversation(votes: &[Vote]) -> Conversation {
    if votes.is_empty() {
        return Conversation::new();
    }
    let people = Index::new(votes.iter().map(|vote| vote.person.0), votes.len());
    let statements = Index::new(votes.iter().map(|vote| vote.statement.0), votes.len());
    let mut lengths = vec![0_usize; people.sorted.len()];
    for vote in votes {
        lengths[people.of(vote.person.0)] += 1;
    }
    let mut rows: Vec<Vec<Cell>> = lengths.into_iter().map(Vec::with_capacity).collect();
    for vote in votes {
        let column = column_number(statements.of(vote.statement.0));
        rows[people.of(vote.person.0)].push(Cell::new(column, vote.choice));
    }
    let mut counts = vec![[0_u32; 3]; statements.sorted.len()];
    for row in &mut rows {
        // Stable: of several votes on one statement the last one cast is last, and stays.
        row.sort_by_key(|cell| cell.column());
        let mut kept: usize = 0;
        for at in 0..row.len() {
            if row.get(at + 1).is_none_or(|next| next.column() != row[at].column()) {
                row[kept] = row[at];
                kept += 1;
            }
        }
        row.truncate(kept);
        for cell in row.iter() {
            counts[cell.column()][cell.choice() as usize] += 1;
        }
    }
    let entry = |(id, counts)| Entry { id: StatementId(id), standing: Standing::Shown, counts, named: false };
    Conversation {
        people: people.sorted.into_iter().map(PersonId).collect(),
        rows,
        statements: statements.sorted.into_iter().zip(counts).map(entry).collect(),
    }
}
