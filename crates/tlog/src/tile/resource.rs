//! The names of a log's files, below the log's address.

use std::fmt;
use std::str::FromStr;

use crate::lines::decimal;
use crate::{Error, Result};

use super::{Bundle, Tile};

/// A file of a log. Prints and parses as its path: `checkpoint`, `tile/0/x001/067`, `tile/0/x001/067.p/8`,
/// `tile/entries/x001/067`. Each file has exactly one name.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// The newest signed checkpoint; the one file that changes.
    Checkpoint,
    /// Hashes.
    Tile(Tile),
    /// Entries.
    Bundle(Bundle),
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint => f.write_str("checkpoint"),
            Self::Tile(tile) => tile.fmt(f),
            Self::Bundle(bundle) => bundle.fmt(f),
        }
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        place(f, self.index, self.width)
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tile/entries/")?;
        place(f, self.index, self.width)
    }
}

/// Index and width: groups of three digits, all but the last with an `x` in front, then `.p/` and a partial width.
fn place(f: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    let mut unit = 1;
    while index / unit >= 1000 {
        unit *= 1000;
    }
    while unit > 1 {
        write!(f, "x{:03}/", index / unit % 1000)?;
        unit /= 1000;
    }
    write!(f, "{:03}", index % 1000)?;
    if width < Tile::FULL { write!(f, ".p/{width}") } else { Ok(()) }
}

impl FromStr for Resource {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == "checkpoint" {
            return Ok(Self::Checkpoint);
        }
        let refuse = |rest: &str, expected| Error::Byte { offset: text.len() - rest.len(), expected };
        let rest = text.strip_prefix("tile/").ok_or(refuse(text, "`checkpoint` or `tile/`"))?;
        let (level, rest) = rest.split_once('/').ok_or(refuse(rest, "a level or `entries`, and `/`"))?;
        let (index, width) = parse_place(rest).map_err(|(left, expected)| refuse(left, expected))?;
        if level == "entries" {
            return Ok(Self::Bundle(Bundle { index, width }));
        }
        let level = decimal(level).and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 64);
        let level = level.ok_or(Error::Byte { offset: 5, expected: "a level from 0 to 63 or `entries`" })?;
        Ok(Self::Tile(Tile { level, index, width }))
    }
}

/// Index and width, or what was not understood and what should stand there.
fn parse_place(text: &str) -> std::result::Result<(u64, u16), (&str, &'static str)> {
    let digits = "three digits, with an `x` before them where more follow";
    let mut index: u64 = 0;
    let mut rest = text;
    loop {
        let more = rest.strip_prefix('x');
        let (group, after) = more.unwrap_or(rest).split_at_checked(3).ok_or((rest, digits))?;
        if !group.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err((rest, digits));
        }
        let value = group.parse::<u64>().map_err(|_| (rest, digits))?;
        index = index.checked_mul(1000).and_then(|index| index.checked_add(value)).ok_or((rest, "a smaller index"))?;
        if more.is_none() {
            let width = match after.strip_prefix(".p/") {
                None if after.is_empty() => Tile::FULL,
                None => return Err((after, "`.p/` and a width, or the end")),
                Some(width) => decimal(width)
                    .and_then(|width| u16::try_from(width).ok())
                    .filter(|width| (1..Tile::FULL).contains(width))
                    .ok_or((width, "a width from 1 to 255"))?,
            };
            return Ok((index, width));
        }
        if index == 0 {
            return Err((rest, "an index without zeroes in front"));
        }
        rest = after.strip_prefix('/').ok_or((after, "`/`"))?;
    }
}
