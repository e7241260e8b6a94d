//! The definition as the program sees it, after reading and checking. Every reference by id in it holds.

mod clock;
mod field;
mod lookup;
mod step;

use jiff::civil::Date;
use madang_base::LocalizedText;
use serde::Serialize;

pub use clock::{Clock, ClockExtension, Moment, Silence, Within};
pub use field::{Choice, Count, Field, FieldKind, Publicity, When};
pub use step::{Need, Party, PartyDef, Publishes, Step, Tells};

/// A channel: what is asked, what happens with it, by whom and until when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Definition {
    /// Lower-case letters, digits and dashes: `petition`. Part of every address.
    pub id: String,
    pub name: LocalizedText,
    /// One sentence: what it is for.
    pub summary: LocalizedText,
    /// What one filed thing is called on pages: "petition", "complaint", "request". Default: the name.
    pub case_name: LocalizedText,
    /// Articles of law, in words that a reader can look up.
    pub basis: Vec<LocalizedText>,
    /// `PT-{year}-{code}`; the code is random with a check character.
    pub number: String,
    pub filing: Filing,
    pub fields: Vec<Field>,
    pub routing: Routing,
    pub parties: Vec<PartyDef>,
    pub states: Vec<State>,
    pub steps: Vec<Step>,
    pub clocks: Vec<Clock>,
    pub support: Option<Support>,
    pub thresholds: Vec<Threshold>,
    pub grounds: Vec<Ground>,
    pub templates: Vec<Template>,
    pub public: Public,
    pub retention: Retention,
}

/// How sure the site must be of who files; the words of the kernel's assurance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filer {
    /// Nobody known: gets a number and a secret code.
    Anonymous,
    /// An account with a proven address.
    Pseudonymous,
    /// A person proved by an identity provider or at a desk.
    Verified,
    /// Through a clerk, at a counter, by phone or on paper, with consent on record.
    Proxy,
}

/// Who may file, when, and what is said around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filing {
    pub who: Vec<Filer>,
    /// Nothing is accepted before and after these days (a call); both included.
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    /// What to know before writing.
    pub before: LocalizedText,
    /// What the receipt says comes next.
    pub after: LocalizedText,
    /// Public cases not older than this many days are shown before sending; none: not looked for.
    pub similar_days: Option<u32>,
    /// How many may file together; 1: only one. Petition Act art. 11 (3): three.
    pub representatives: u32,
    /// Whether the author may correct the own words: until the case leaves its first state.
    pub correct: bool,
    /// Whether the author may withdraw a case that is not closed.
    pub withdraw: bool,
}

/// Which agency answers: the value of an agency field, else the first rule that fits, else `otherwise`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Routing {
    /// An agency field that the author fills in.
    pub field: Option<String>,
    pub rules: Vec<RoutingRule>,
    /// The slug of an organisation; none: the site's leading organisation.
    pub otherwise: Option<String>,
    /// Whether an agency may pass a case on.
    pub transfer: bool,
    /// Whether several agencies may handle a case together.
    pub joint: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoutingRule {
    pub when: Vec<When>,
    /// The slug of an organisation.
    pub to: String,
}

/// Where a case can stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    pub id: String,
    pub name: LocalizedText,
    /// What it means for the author, in a sentence.
    pub help: LocalizedText,
    pub phase: Phase,
    /// What can have come of it, of which a step into this state names one; empty: nothing to name.
    pub outcomes: Vec<Choice>,
    /// Nothing more happens by itself. Steps may still lead out (an objection, a reopening).
    pub final_: bool,
    /// Added by the engine, not written in the file: `withdrawn`, `merged`.
    pub built_in: bool,
}

/// The sort of a state, the same for all services: for colours, counts and the words of other standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Filed; nobody has looked yet.
    Received,
    /// It is looked at whether it can be taken.
    Review,
    /// Open to others: signatures, opinions, discussion.
    Open,
    /// Somebody works on the answer.
    Deciding,
    /// Answered, granted, adopted, released: with what was wanted, or with a reasoned answer.
    Answered,
    /// Refused, rejected, not adopted: with a ground.
    Refused,
    /// Ended without a decision: withdrawn, merged, lapsed.
    Closed,
}

/// Whether and how others stand behind a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Support {
    /// `signature` or `support`: the word on pages.
    pub word: SupportWord,
    pub who: Vec<Filer>,
    /// States in which it can be given and taken back.
    pub states: Vec<String>,
    /// Whether paper sheets and proxies may be entered by a clerk, in batches with a protocol.
    pub paper: bool,
    /// Whether pages show how it spreads over regions, age bands and days (small numbers hidden).
    pub breakdown: bool,
    /// Numbers below this are not shown in a breakdown; at least 5.
    pub smallest: u32,
    pub basis: Vec<LocalizedText>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SupportWord {
    Signature,
    Support,
}

/// A number of supports that makes something happen, recorded once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Threshold {
    pub id: String,
    pub name: LocalizedText,
    pub count: i64,
    pub basis: Vec<LocalizedText>,
}

/// A reason for refusal that the law or the rules give. A refusing step must name at least one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ground {
    pub id: String,
    pub name: LocalizedText,
    pub help: LocalizedText,
    pub basis: Vec<LocalizedText>,
}

/// A text to begin an answer with; `{title}`, `{number}`, `{agency}`, `{due}` are filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Template {
    pub id: String,
    pub name: LocalizedText,
    pub text: LocalizedText,
    /// The steps it is offered for; empty: all that need an answer.
    pub steps: Vec<String>,
}

/// What everybody may see.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Public {
    pub case: CasePublicity,
    /// The field that heads a case in lists.
    pub title: String,
    /// How the author appears beside a public case.
    pub author: AuthorName,
    /// States that are counted as a funnel on the service's page.
    pub funnel: Vec<String>,
    /// Whether people may follow, and cases may be embedded elsewhere.
    pub dataset: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CasePublicity {
    /// Only the author and the agency; the number of such cases and their clocks are public, nothing else.
    Never,
    /// From the moment of filing.
    WhenFiled,
    /// A step publishes it.
    ByStep,
    /// Filed in private; the author chooses at filing whether it becomes public.
    AuthorChooses,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorName {
    /// The account's name.
    Name,
    /// The first syllable or letter and marks for the rest: 김○○.
    Initial,
    Hidden,
}

/// How long personal data stays after a case is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Retention {
    pub personal_days: u32,
}
