//! `result.json`: what chance said, and who was drawn.

use madang_base::Error;
use serde::{Deserialize, Serialize};

use super::{Published, RESULT, json};
use crate::ceremony::{Ceremony, Reveal, Seed, Stream, seed, words};
use crate::{Replacement, assign, reserves};

/// A draw that was made. Indices of people are into the pool of the solution's task.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The lines whose hash is the seed.
    pub seed_text: String,
    pub seed: Seed,
    /// From 0, below the lottery's tickets.
    pub ticket: u64,
    /// Index into the lottery's panels.
    pub panel: usize,
    /// Ascending, that is by label.
    pub people: Vec<usize>,
    /// For each of them, in the same order, who stands in reserve.
    pub reserves: Vec<(usize, Vec<Replacement>)>,
}

/// Draws: the ceremony gives the seed, the seed a ticket, the ticket a panel, the panel people.
///
/// The streams of numbers are called `ticket`, `people` and `reserves`.
///
/// # Errors
/// Those of [`seed::text`] and [`Ceremony::goes_on_from`]; `sortition.published-tickets`.
pub fn draw(published: &Published, ceremony: &Ceremony) -> Result<Drawn, Error> {
    let Published { solution, announcement, .. } = published;
    // A text that is typed in has announced nothing and needs no announcement.
    let announced = &announcement.ceremony;
    if !(announced.parties.is_empty() && ceremony.parties.is_empty() && ceremony.source.is_empty()) {
        ceremony.goes_on_from(announced)?;
    }
    let seed_text = seed::text(&published.pool, &published.panels, ceremony)?;
    let seed = Seed::of(&seed_text);
    let tickets = solution.lottery.tickets;
    let ticket = Stream::new(&seed, "ticket").below(tickets);
    let (panel, chosen) = solution
        .lottery
        .panel(ticket)
        .ok_or_else(|| Error::invalid("sortition.published-tickets").arg("said", tickets).arg("found", 0))?;
    let mut stream = Stream::new(&seed, "people");
    let people = assign(solution, chosen, &mut |n| stream.below(n));
    let mut stream = Stream::new(&seed, "reserves");
    let reserves = if announcement.reserves == 0 {
        Vec::new()
    } else {
        reserves(solution, &people, announcement.reserves, &mut |n| stream.below(n))
    };
    Ok(Drawn { seed_text, seed, ticket, panel, people, reserves })
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub commitment: String,
    pub format: String,
    /// From 0.
    pub panel: usize,
    pub panels: String,
    pub parties: Vec<PartyRow>,
    pub people: Vec<String>,
    pub pool: String,
    pub reserves: Vec<ReserveRow>,
    pub seed: String,
    pub source: String,
    /// From 0.
    pub ticket: u64,
    pub value: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyRow {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReserveRow {
    #[serde(rename = "for")]
    pub seat: String,
    pub people: Vec<String>,
}

/// The file for a draw.
#[must_use]
pub fn write(published: &Published, ceremony: &Ceremony, drawn: &Drawn) -> String {
    let pool = &published.solution.task.pool.people;
    let label = |at: usize| pool[at].id.clone();
    let party = |party: &crate::ceremony::Party| {
        let (nonce, secret) = match &party.reveal {
            Reveal::Said { nonce, secret } => (Some(words::line(nonce)), Some(words::line(secret))),
            Reveal::Waiting | Reveal::Missing => (None, None),
        };
        PartyRow { name: party.name.clone(), nonce, secret }
    };
    super::text_of(&Document {
        commitment: published.commitment.clone(),
        format: RESULT.to_owned(),
        panel: drawn.panel,
        panels: published.panels.clone(),
        parties: ceremony.parties.iter().map(party).collect(),
        people: drawn.people.iter().map(|at| label(*at)).collect(),
        pool: published.pool.clone(),
        reserves: drawn
            .reserves
            .iter()
            .map(|(seat, list)| ReserveRow {
                seat: label(*seat),
                people: list.iter().map(|it| label(it.person)).collect(),
            })
            .collect(),
        seed: drawn.seed.to_string(),
        source: ceremony.source.clone(),
        ticket: drawn.ticket,
        value: words::value(&ceremony.value),
    })
}

/// What a result says was revealed; who said nothing is missing. The commitments are those of the published file.
pub(super) fn ceremony(published: &Published, document: &Document) -> Ceremony {
    let announced = &published.announcement.ceremony.parties;
    let parties = document.parties.iter().enumerate().map(|(at, row)| crate::ceremony::Party {
        name: row.name.clone(),
        commitment: announced.get(at).map_or_else(String::new, |party| party.commitment.clone()),
        reveal: match (&row.nonce, &row.secret) {
            (Some(nonce), Some(secret)) => Reveal::Said { nonce: nonce.clone(), secret: secret.clone() },
            _ => Reveal::Missing,
        },
    });
    Ceremony { source: document.source.clone(), parties: parties.collect(), value: document.value.clone() }
}

pub(super) fn read(text: &str) -> Result<Document, Error> {
    json::read(text, "result.json", RESULT)
}
