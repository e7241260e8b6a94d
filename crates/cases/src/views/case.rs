//! A case as one visitor may see it.

use std::collections::BTreeSet;
use std::sync::Arc;

use madang_base::{LocalizedText, Time};
use madang_form::{ClockRun, Party, Step};
use madang_kernel::OrganisationId;
use madang_kernel::links::Thread;
use serde::Serialize;

use crate::model::{AgencyName, CaseFile, EventBody, EventKind};
use crate::registry::ServiceVersion;
use crate::service::approve::Approval;
use crate::service::ask::Question;
use crate::service::note::Note;
use crate::service::personal::Finding;
use crate::support::SupportView;

/// As whom somebody stands before a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub parties: BTreeSet<Party>,
    /// The organisation for which the visitor acts on this case: the handling one before a joint one.
    pub agency_here: Option<OrganisationId>,
    /// Who filed it, by account or by the secret code.
    pub author: bool,
    /// Of the author: by the secret code alone.
    pub bearer: bool,
    /// Officer of a handling or joint agency.
    pub officer: bool,
    /// A clerk (or officer) who looks at somebody else's case with that person's code.
    pub clerk: bool,
    /// Staff sees what is not public here: the page writes the look into the access log.
    pub staff_reads: bool,
}

impl Standing {
    /// Whether more is seen than everybody sees.
    #[must_use]
    pub fn inside(&self) -> bool {
        self.author || self.officer || self.staff_reads || self.parties.iter().any(|p| matches!(p, Party::Named(_)))
    }
}

/// An agency that has or had the case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Held {
    pub agency: AgencyName,
    /// `handling` or `joint`
    pub role: String,
    pub from: Time,
    pub until: Option<Time>,
}

/// What happened, as the visitor may see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineItem {
    pub no: i64,
    pub at: Time,
    pub kind: EventKind,
    /// Id and words of a step: "Refused".
    pub step: Option<(String, LocalizedText)>,
    /// Id and name.
    pub from_state: Option<(String, LocalizedText)>,
    pub to_state: Option<(String, LocalizedText)>,
    pub party: String,
    /// Of a named party its name; empty for the built-in ones.
    pub party_name: LocalizedText,
    pub agency: Option<AgencyName>,
    /// The author's name, only where it is shown.
    pub person: Option<String>,
    /// None when it is not for this visitor.
    pub body: Option<EventBody>,
    pub basis: Vec<LocalizedText>,
    /// What an act of a named party is marked with: the party's name.
    pub marked: Option<LocalizedText>,
}

/// A step that the visitor may take now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenStep {
    pub step: Step,
    /// An officer has prepared it and a second one must agree.
    pub waits_for_approval: bool,
}

/// What else the visitor may do now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button")]
pub struct Rights {
    pub withdraw: bool,
    pub correct: bool,
    pub rate: bool,
    pub reply: bool,
    pub support: bool,
    pub unsupport: bool,
    pub follow: bool,
    pub ask: bool,
    pub transfer: bool,
    pub invite: bool,
    /// Clocks that can be extended now.
    pub extend: Vec<String>,
    pub merge: bool,
    pub hide: bool,
    pub show: bool,
    pub review: bool,
    pub note: bool,
    pub assign: bool,
    pub link: bool,
}

/// A case as one visitor may see it.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Reduced to what the visitor may see: for the public only public answers, the name as the definition shows it, no
    /// address.
    pub case: CaseFile,
    pub service: Arc<ServiceVersion>,
    pub standing: Standing,
    pub agency: Option<AgencyName>,
    pub agencies: Vec<Held>,
    pub clocks: Vec<ClockRun>,
    /// Newest last.
    pub timeline: Vec<TimelineItem>,
    pub open_steps: Vec<OpenStep>,
    /// The open question to the author.
    pub question: Option<Question>,
    pub questions: Vec<Question>,
    pub thread: Thread,
    pub supports: Option<SupportView>,
    /// Officers only.
    pub approvals: Vec<Approval>,
    /// Officers only.
    pub notes: Vec<Note>,
    /// Personal data in what is or would be public; officers only.
    pub findings: Vec<Finding>,
    /// Number of the case that this one went into.
    pub merged_into: Option<String>,
    pub follows: bool,
    pub may: Rights,
}
