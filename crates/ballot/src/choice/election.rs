//! Ballots of a Pabulib file as ballots of a choice.

use std::cmp::Ordering;

use madang_base::Error;

use super::{Ballot, Candidate, Contest, Marks, Method};
use crate::number::{Decimal, Exact};
use crate::pb::{self, Election, VoteType};

impl Contest {
    /// The projects of an election as candidates, and its ballots as `method` counts them: marks for approval (approval and
    /// choose-1 ballots), points for score (scoring and cumulative ballots), an order for the others (ordinal ballots; for
    /// Schulze also points, where equal points are equal places).
    ///
    /// # Errors
    /// `ballot.choice-kind`: the method does not count such ballots; `fits` names the vote types that it counts.
    pub fn of(election: &Election, method: Method) -> Result<Self, Error> {
        let fits: &[VoteType] = match method {
            Method::Approval => &[VoteType::Approval, VoteType::ChooseOne],
            Method::Score => &[VoteType::Scoring, VoteType::Cumulative],
            Method::InstantRunoff | Method::Transferable => &[VoteType::Ordinal],
            Method::Schulze => &[VoteType::Ordinal, VoteType::Scoring, VoteType::Cumulative],
        };
        if !fits.contains(&election.vote_type) {
            let fits: Vec<&str> = fits.iter().map(|kind| kind.word()).collect();
            return Err(Error::invalid("ballot.choice-kind")
                .arg("method", method.code())
                .arg("kind", election.vote_type.word())
                .arg("fits", fits.join(", ")));
        }
        let candidate = |(at, project): (usize, &pb::Project)| Candidate {
            id: project.id.clone(),
            name: election.name(at).to_owned(),
        };
        let ballot =
            |ballot: &pb::Ballot| Ballot { marks: marks(ballot, method), count: 1, voter: ballot.voter.clone() };
        Ok(Self {
            candidates: election.projects.iter().enumerate().map(candidate).collect(),
            ballots: election.ballots.iter().map(ballot).collect(),
        })
    }
}

fn marks(ballot: &pb::Ballot, method: Method) -> Marks {
    let choices = ballot.choices.iter().map(|choice| *choice as usize);
    if ballot.points.is_empty() {
        return match method {
            Method::Approval | Method::Score => Marks::Approved(choices.collect()),
            _ => Marks::Ranked(choices.map(|choice| vec![choice]).collect()),
        };
    }
    let mut points: Vec<(usize, Decimal)> = choices.zip(ballot.points.iter().copied()).collect();
    if method != Method::Schulze {
        return Marks::Scored(points.into_iter().map(|(choice, points)| (choice, Exact::from(points))).collect());
    }
    points.sort_by(|(a, of_a), (b, of_b)| of_b.order(*of_a).then(a.cmp(b)));
    let tiers = points.chunk_by(|(_, a), (_, b)| a.order(*b) == Ordering::Equal);
    Marks::Ranked(tiers.map(|tier| tier.iter().map(|(choice, _)| *choice).collect()).collect())
}
