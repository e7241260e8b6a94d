//! Which ballots count, and why others do not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Ballot, Contest, Marks, Method};
use crate::number::Exact;

/// Ballots that are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// What the file calls the voter; empty when it says nothing.
    pub voter: String,
    pub count: u64,
    pub reason: Reason,
}

/// Why a ballot is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It names nobody.
    Blank,
    /// It names somebody who does not stand.
    Unknown,
    /// It names somebody twice.
    Twice,
    /// It puts two on one place, and the method needs an order.
    Equal,
    /// It is of another kind than the method counts: no order, or no points.
    Kind,
}

/// Ballots that count, alike ones together, in an order that does not depend on the file's.
pub(super) enum Sifted {
    /// Candidates and points; a mark is one point.
    Points(Vec<(Vec<(usize, Exact)>, u64)>),
    /// Preferences, equals in one list.
    Ranked(Vec<(Vec<Vec<usize>>, u64)>),
}

/// One ranking without equals, and how many ballots hold it.
pub(super) type Strict = (Vec<usize>, u64);

impl Sifted {
    /// Rankings without equals.
    pub(super) fn strict(&self) -> Vec<Strict> {
        match self {
            Self::Ranked(all) => all.iter().map(|(tiers, count)| (tiers.concat(), *count)).collect(),
            Self::Points(_) => Vec::new(),
        }
    }
}

pub(super) fn sift(contest: &Contest, method: Method) -> (Sifted, Vec<Refused>) {
    let mut refused = Vec::new();
    let (mut points, mut ranked) = (BTreeMap::new(), BTreeMap::new());
    for ballot in contest.ballots.iter().filter(|ballot| ballot.count > 0) {
        match fault(ballot, contest.candidates.len(), method) {
            Some(reason) => refused.push(Refused { voter: ballot.voter.clone(), count: ballot.count, reason }),
            None => match &ballot.marks {
                Marks::Approved(marks) => {
                    let mut marks: Vec<_> = marks.iter().map(|c| (*c, Exact::from(1))).collect();
                    marks.sort_unstable();
                    *points.entry(marks).or_insert(0) += ballot.count;
                }
                Marks::Scored(marks) => {
                    let mut marks = marks.clone();
                    marks.sort_unstable();
                    *points.entry(marks).or_insert(0) += ballot.count;
                }
                Marks::Ranked(tiers) => {
                    let mut tiers: Vec<_> = tiers.iter().filter(|tier| !tier.is_empty()).cloned().collect();
                    for tier in &mut tiers {
                        tier.sort_unstable();
                    }
                    *ranked.entry(tiers).or_insert(0) += ballot.count;
                }
            },
        }
    }
    let sifted = match method {
        Method::Approval | Method::Score => Sifted::Points(points.into_iter().collect()),
        Method::InstantRunoff | Method::Schulze | Method::Transferable => Sifted::Ranked(ranked.into_iter().collect()),
    };
    (sifted, refused)
}

fn fault(ballot: &Ballot, candidates: usize, method: Method) -> Option<Reason> {
    let fits = matches!(
        (&ballot.marks, method),
        (Marks::Approved(_), Method::Approval | Method::Score)
            | (Marks::Scored(_), Method::Score)
            | (Marks::Ranked(_), Method::InstantRunoff | Method::Schulze | Method::Transferable)
    );
    if !fits {
        return Some(Reason::Kind);
    }
    let mut named: Vec<usize> = match &ballot.marks {
        Marks::Approved(marks) => marks.clone(),
        Marks::Ranked(tiers) => tiers.concat(),
        Marks::Scored(marks) => marks.iter().map(|(c, _)| *c).collect(),
    };
    if named.is_empty() {
        return Some(Reason::Blank);
    }
    if named.iter().any(|c| *c >= candidates) {
        return Some(Reason::Unknown);
    }
    named.sort_unstable();
    if named.windows(2).any(|pair| pair[0] == pair[1]) {
        return Some(Reason::Twice);
    }
    match &ballot.marks {
        Marks::Ranked(tiers) if method != Method::Schulze && tiers.iter().any(|tier| tier.len() > 1) => {
            Some(Reason::Equal)
        }
        _ => None,
    }
}
