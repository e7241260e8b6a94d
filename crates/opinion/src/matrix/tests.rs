use super::*;
use crate::generate::{Recipe, conversation};
use crate::votes::{Choice, PersonId, StatementId, Vote};

fn example() -> Conversation {
    let (votes, _) = conversation(&Recipe { people: 70, statements: 90, votes: 1_500, ..Recipe::default() });
    Conversation::from_votes(&votes)
}

/// The matrix filled with means and centred, multiplied with itself.
fn filled(votes: &Votes<'_>) -> Vec<Vec<f64>> {
    let size = votes.mean.len();
    let rows: Vec<Vec<f64>> = votes
        .rows
        .iter()
        .map(|row| {
            let mut filled = vec![0.0; size];
            for cell in *row {
                if let Some(place) = votes.columns.place(*cell) {
                    filled[place] = cell.sign() as f64 - votes.mean[place];
                }
            }
            filled
        })
        .collect();
    (0..size).map(|j| (0..size).map(|k| rows.iter().map(|row| row[j] * row[k]).sum()).collect()).collect()
}

#[test]
fn counts_of_pairs_give_the_covariance_of_the_filled_matrix() {
    let mut conversation = example();
    conversation.set_standing(StatementId(4), Standing::Removed);
    conversation.set_standing(StatementId(9), Standing::Meta);
    let columns = Columns::of(&conversation);
    let votes = Votes::everybody(&conversation, &columns);
    let naive = filled(&votes);
    let matrix = Pairs::count(&votes.rows, &columns, 1).covariance(&votes, |at| at);
    for (j, row) in naive.iter().enumerate() {
        for (k, value) in row.iter().enumerate() {
            assert!((matrix.get(j, k) - value).abs() < 1e-9, "{j} {k}: {} {value}", matrix.get(j, k));
        }
    }
    let trace: f64 = (0..naive.len()).map(|at| naive[at][at]).sum();
    assert!((votes.spread() - trace).abs() < 1e-9);
}

#[test]
fn both_matrices_multiply_alike() {
    let conversation = example();
    let columns = Columns::of(&conversation);
    let votes = Votes::everybody(&conversation, &columns);
    let dense = Pairs::count(&votes.rows, &columns, 1).covariance(&votes, |at| at);
    let sparse = Sparse::new(&votes, 1);
    let vector: Vec<f64> = (0..dense.size()).map(|at| (at % 7) as f64 - 3.0).collect();
    let (mut one, mut other) = (vec![0.0; vector.len()], vec![0.0; vector.len()]);
    dense.apply(&vector, &mut one);
    sparse.apply(&vector, &mut other);
    for (a, b) in one.iter().zip(&other) {
        assert!((a - b).abs() < 1e-8);
    }
}

#[test]
fn threads_do_not_show() {
    let (votes, _) = conversation(&Recipe { people: 2_500, statements: 200, votes: 150_000, ..Recipe::default() });
    let conversation = Conversation::from_votes(&votes);
    let columns = Columns::of(&conversation);
    let votes = Votes::everybody(&conversation, &columns);
    assert_eq!(Pairs::count(&votes.rows, &columns, 1), Pairs::count(&votes.rows, &columns, 3));
    let vector: Vec<f64> = (0..200).map(|at| 1.0 / f64::from(at + 1)).collect();
    let (mut one, mut other) = (vec![0.0; 200], vec![0.0; 200]);
    Sparse::new(&votes, 1).apply(&vector, &mut one);
    Sparse::new(&votes, 3).apply(&vector, &mut other);
    assert_eq!(one, other);
}

#[test]
fn a_change_is_a_recount() {
    let mut conversation = example();
    let size = conversation.statements().len();
    let all = Columns::all(size);
    let count = |conversation: &Conversation| {
        let rows: Vec<&[Cell]> = conversation.rows().iter().map(Vec::as_slice).collect();
        Pairs::count(&rows, &all, 2)
    };
    let mut pairs = count(&conversation);
    let person = PersonId(5);
    for (statement, choice) in [(0, Choice::Agree), (88, Choice::Disagree), (40, Choice::Pass), (0, Choice::Disagree)] {
        let statement = StatementId(statement);
        let column = conversation.column(statement).unwrap();
        let before = conversation.vote(Vote { person, statement, choice });
        let row = conversation.row_of(person).unwrap();
        if let Some(before) = before {
            pairs.change(Cell::at(column, before), row, -1);
        }
        pairs.change(Cell::at(column, choice), row, 1);
        assert_eq!(pairs, count(&conversation));
    }
}

#[test]
fn columns_without_votes_come_and_go() {
    let conversation = example();
    let rows: Vec<&[Cell]> = conversation.rows().iter().map(Vec::as_slice).collect();
    let columns = Columns::of(&conversation);
    let votes = Votes::everybody(&conversation, &columns);
    let before = Pairs::count(&rows, &columns, 1);
    let mut pairs = before.clone();
    for column in [0, 50, pairs.size()] {
        pairs.insert(column);
        pairs.insert(column);
        pairs.remove(column);
        pairs.remove(column.min(pairs.size() - 1));
    }
    assert_eq!(pairs.size(), before.size());
    let (one, other) = (before.covariance(&votes, |at| at), pairs.covariance(&votes, |at| at));
    for j in 0..before.size() {
        for k in 0..before.size() {
            assert_eq!(one.get(j, k).to_bits(), other.get(j, k).to_bits());
        }
    }
}

#[test]
fn equal_votes_are_told_from_different_ones() {
    let cast = |votes: &[(u64, u64, Choice)]| {
        let votes: Vec<Vote> = votes
            .iter()
            .map(|&(person, statement, choice)| Vote {
                person: PersonId(person),
                statement: StatementId(statement),
                choice,
            })
            .collect();
        let conversation = Conversation::from_votes(&votes);
        let columns = Columns::of(&conversation);
        Votes::everybody(&conversation, &columns).all_equal()
    };
    assert!(cast(&[]));
    assert!(cast(&[(1, 1, Choice::Agree), (2, 1, Choice::Agree), (1, 2, Choice::Pass)]));
    assert!(!cast(&[(1, 1, Choice::Agree), (2, 1, Choice::Pass)]));
    assert!(!cast(&[(1, 1, Choice::Agree), (2, 1, Choice::Disagree)]));
}
