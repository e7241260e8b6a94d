//! Lines of the feed from entries of the log.

use madang_base::{Error, Result, Time};
use serde::Deserialize;

use crate::change::New;
use crate::log::leaf::OPAQUE;
use crate::object::{ObjectKind, Ref};

/// What a line needs of an entry.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(default)]
    at: i64,
    kind: &'a str,
    #[serde(default)]
    object: &'a str,
    commitment: Option<&'a str>,
}

/// A line as it is put back.
pub(super) struct Put {
    at: Time,
    kind: String,
    object: String,
    json: String,
    commitment: Option<String>,
}

impl Put {
    /// `at`: the time of what happened last before it, for what does not say its own.
    ///
    /// # Errors
    /// `Kind::Internal` for an entry that no version of this program has written.
    pub(super) fn read(json: String, at: Time) -> Result<Self> {
        let entry: Entry<'_> = serde_json::from_str(&json).map_err(Error::internal)?;
        if let Some(commitment) = opaque(&entry) {
            let (kind, object) = (OPAQUE.to_owned(), Ref::new(ObjectKind::Change, OPAQUE).to_string());
            let commitment = Some(commitment.to_owned());
            return Ok(Self { at, kind, object, json, commitment });
        }
        entry.object.parse::<Ref>()?;
        let (kind, object) = (entry.kind.to_owned(), entry.object.to_owned());
        Ok(Self { at: Time::from_micros(entry.at), kind, object, json, commitment: None })
    }

    pub(super) fn at(&self) -> Time {
        self.at
    }

    pub(super) fn json(&self) -> &str {
        &self.json
    }

    pub(super) fn line(&self, position: i64) -> New<'_> {
        New {
            position,
            at: self.at,
            kind: &self.kind,
            object: &self.object,
            public: self.commitment.is_none(),
            json: &self.json,
            commitment: self.commitment.as_deref(),
        }
    }
}

fn opaque<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    entry.commitment?.strip_prefix("sha256:").filter(|_| entry.kind == OPAQUE)
}

/// The commitment of an opaque entry; none of any other.
pub(super) fn commitment(json: &str) -> Option<String> {
    opaque(&serde_json::from_str(json).ok()?).map(ToOwned::to_owned)
}
