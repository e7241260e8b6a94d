//! `commitment.json`: the one file whose hash fixes everything before chance comes in.

use madang_base::Error;
use serde::{Deserialize, Serialize};

use super::{COMMITMENT, json, panels, pool};
use crate::Solution;
use crate::ceremony::{Ceremony, Party, Reveal, seed};

/// What is announced with the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// What is drawn, in the organiser's words.
    pub title: String,
    /// How many people in reserve are drawn for each seat.
    pub reserves: u32,
    /// Who takes part and where the public value will come from.
    pub ceremony: Ceremony,
}

/// The files to publish before the draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    pub commitment: String,
    pub pool: String,
    pub panels: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    panels: String,
    parties: Vec<PartyRow>,
    people: usize,
    pool: String,
    reserves: u32,
    size: u32,
    source: String,
    title: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartyRow {
    commitment: String,
    name: String,
}

/// The files for a solution.
#[must_use]
pub fn prepare(solution: &Solution, announcement: &Announcement) -> Files {
    let pool = pool::write(&solution.task, &solution.types);
    let panels = panels::write(solution, &seed::digest(pool.as_bytes()));
    let ceremony = &announcement.ceremony;
    let commitment = super::text_of(&Document {
        format: COMMITMENT.to_owned(),
        panels: seed::digest(panels.as_bytes()),
        parties: ceremony
            .parties
            .iter()
            .map(|party| PartyRow { commitment: party.commitment.clone(), name: party.name.clone() })
            .collect(),
        people: solution.task.pool.people.len(),
        pool: seed::digest(pool.as_bytes()),
        reserves: announcement.reserves,
        size: solution.task.size,
        source: ceremony.source.clone(),
        title: announcement.title.clone(),
    });
    Files { commitment, pool, panels }
}

/// What was published, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub solution: Solution,
    pub announcement: Announcement,
    /// The hashes of the three files.
    pub commitment: String,
    pub pool: String,
    pub panels: String,
}

impl Published {
    /// Reads the three files. They must belong together byte by byte, be in their one form, and every panel must be one
    /// that may be drawn.
    ///
    /// # Errors
    /// `sortition.published-…`: which file, and what about it.
    pub fn read(files: &Files) -> Result<Self, Error> {
        let document: Document = json::read(&files.commitment, "commitment.json", COMMITMENT)?;
        let form = |file: &'static str| Error::invalid("sortition.published-form").arg("file", file);
        let (pool, panels) = (seed::digest(files.pool.as_bytes()), seed::digest(files.panels.as_bytes()));
        if pool != document.pool {
            return Err(super::wrong_hash("pool.json", "commitment.json", &document.pool, &pool));
        }
        if panels != document.panels {
            return Err(super::wrong_hash("panels.json", "commitment.json", &document.panels, &panels));
        }
        let (task, types) = pool::read(&files.pool)?;
        let solution = panels::read(&files.panels, task, types, &pool)?;
        let party = |row: PartyRow| Party { name: row.name, commitment: row.commitment, reveal: Reveal::Waiting };
        let parties = document.parties.into_iter().map(party).collect();
        let ceremony = Ceremony { source: document.source, parties, value: String::new() };
        let announcement = Announcement { title: document.title, reserves: document.reserves, ceremony };
        if prepare(&solution, &announcement).commitment != files.commitment {
            return Err(form("commitment.json"));
        }
        Ok(Self { solution, announcement, commitment: seed::digest(files.commitment.as_bytes()), pool, panels })
    }

    /// The ceremony that a result tells of. Whether it is the announced one is for [`draw`](super::draw) to say.
    ///
    /// # Errors
    /// `sortition.published-json`, `sortition.published-format`.
    pub fn ceremony_of(&self, result: &str) -> Result<Ceremony, Error> {
        Ok(super::result::ceremony(self, &super::result::read(result)?))
    }
}
