//! The significance tests and the choice of statements. Formulas in the parent module.

use std::cmp::Ordering;

use super::{Representative, Shared, SharedStatements, Tally};
use crate::votes::{Choice, StatementId};

/// Share with one vote added on each side: (voted + 1) ÷ (seen + 2).
pub(crate) fn share(voted: u32, seen: u32) -> f64 {
    (f64::from(voted) + 1.0) / (f64::from(seen) + 2.0)
}

/// z value of a share being above one half: 2·√(n+1)·((s+1)/(n+1) − ½).
pub(crate) fn one_proportion(voted: u32, seen: u32) -> f64 {
    let n = f64::from(seen) + 1.0;
    2.0 * n.sqrt() * ((f64::from(voted) + 1.0) / n - 0.5)
}

/// z value of the share inside being above that outside: pooled, with one added to every count. 0 when the pooled share is 1
/// and the test says nothing.
pub(crate) fn two_proportions(inside: u32, outside: u32, seen_inside: u32, seen_outside: u32) -> f64 {
    let [s1, s2, n1, n2] = [inside, outside, seen_inside, seen_outside].map(|count| f64::from(count) + 1.0);
    let pooled = (s1 + s2) / (n1 + n2);
    if pooled >= 1.0 {
        return 0.0;
    }
    (s1 / n1 - s2 / n2) / (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt()
}

/// A group's votes on one side of a statement, tested.
fn tested(statement: StatementId, by: Choice, own: Tally, others: Tally, z: f64) -> Representative {
    let (voted, seen) = (own.voted(by), own.seen);
    let p = share(voted, seen);
    let p_z = one_proportion(voted, seen);
    let ratio = p / share(others.voted(by), others.seen);
    let ratio_z = two_proportions(voted, others.voted(by), seen, others.seen);
    let significant = p_z > z && ratio_z > z;
    Representative { statement, by, voted, seen, p, p_z, ratio, ratio_z, significant, best_agree: false }
}

/// The rank of a representative statement: ratio · its z · share · its z.
fn rank(candidate: &Representative) -> f64 {
    candidate.ratio * candidate.ratio_z * candidate.p * candidate.p_z
}

/// What marks a group: the statement it agrees with most clearly, then the others by rank, at most `most`; without a
/// significant one, the single best. `votes` are the statements on the map: its id, the group's votes, everybody's votes.
pub(crate) fn representative(votes: &[(StatementId, Tally, Tally)], most: usize, z: f64) -> Vec<Representative> {
    let mut chosen: Vec<Representative> = Vec::new();
    let mut fallback: Option<Representative> = None;
    let mut best_agree: Option<Representative> = None;
    for &(statement, own, all) in votes {
        let others = all.without(own);
        let agree = tested(statement, Choice::Agree, own, others, z);
        let disagree = tested(statement, Choice::Disagree, own, others, z);
        let stronger = if agree.ratio_z > disagree.ratio_z { agree } else { disagree };
        if agree.significant || disagree.significant {
            // The stronger side may be the one that is not significant; the other one then speaks for the statement.
            chosen.push(match (stronger.significant, agree.significant) {
                (true, _) => stronger,
                (false, true) => agree,
                (false, false) => disagree,
            });
        } else if own.seen > 0 && fallback.as_ref().is_none_or(|best| stronger.ratio_z > best.ratio_z) {
            fallback = Some(stronger);
        }
        if own.agree + own.disagree > 0 && is_better_agree(&agree, best_agree.as_ref(), z) {
            best_agree = Some(agree);
        }
    }
    chosen.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.statement.cmp(&b.statement)));
    if let Some(mut best) = best_agree {
        best.best_agree = true;
        chosen.retain(|candidate| candidate.statement != best.statement);
        chosen.insert(0, best);
    }
    if chosen.is_empty() {
        chosen.extend(fallback);
    }
    chosen.truncate(most);
    // The best one stays in front; of the others those agreed with come before those disagreed with.
    let keep = usize::from(chosen.first().is_some_and(|first| first.best_agree));
    chosen[keep..].sort_by_key(|candidate| candidate.by != Choice::Agree);
    chosen
}

/// Whether the group agrees with this statement more clearly than with the best so far. What the others agree with as
/// much does not mark the group, however many agree (Polis takes it when nothing else is there).
fn is_better_agree(agree: &Representative, best: Option<&Representative>, z: f64) -> bool {
    let marks = agree.ratio > 1.0 && (agree.p_z > z || agree.p > 0.5);
    marks && best.is_none_or(|best| rank(agree) > rank(best))
}

/// Statements that nearly everybody shares: p above one half and significant, the largest p·z first.
pub(crate) fn shared(votes: &[(StatementId, Tally)], most: usize, z: f64) -> SharedStatements {
    let side = |by: Choice| {
        let mut found: Vec<Shared> = votes
            .iter()
            .map(|&(statement, all)| {
                let voted = all.voted(by);
                let (p, z) = (share(voted, all.seen), one_proportion(voted, all.seen));
                Shared { statement, voted, seen: all.seen, p, z }
            })
            .filter(|shared| shared.p > 0.5 && shared.z > z)
            .collect();
        found.sort_by(|a, b| clearness(b, a).then(a.statement.cmp(&b.statement)));
        found.truncate(most);
        found
    };
    SharedStatements { agree: side(Choice::Agree), disagree: side(Choice::Disagree) }
}

fn clearness(a: &Shared, b: &Shared) -> Ordering {
    (a.p * a.z).total_cmp(&(b.p * b.z))
}
