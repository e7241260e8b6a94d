//! What supports are spoken of in: rows as services, pages and APIs see them.

use jiff::civil::Date;
use madang_base::{Id, Time};
use madang_form::SupportWord;
use madang_kernel::ledger::ReceiptCode;
use madang_kernel::{AccountId, OrganisationId, coded};
use serde::Serialize;

use crate::model::{CaseId, Channel};

/// Marker of a batch's id; never built.
#[derive(Debug)]
pub enum BatchMarker {}
pub type BatchId = Id<BatchMarker>;

/// Marker of a burst's id; never built.
#[derive(Debug)]
pub enum BurstMarker {}
pub type BurstId = Id<BurstMarker>;

coded! {
    /// Where a person's support of a case stands.
    pub enum Status("support.status-unknown") {
        Given = "given",
        /// Taken back by the person, or with the batch it came in.
        Withdrawn = "withdrawn",
        /// Left out of the count by a recorded decision.
        Excluded = "excluded",
    }
}

coded! {
    /// Where a supporter lives, as the supporter says: a province or metropolitan city by its ISO 3166-2 code.
    pub enum Region("support.region-unknown") {
        Seoul = "kr-11",
        Busan = "kr-26",
        Daegu = "kr-27",
        Incheon = "kr-28",
        Gwangju = "kr-29",
        Daejeon = "kr-30",
        Ulsan = "kr-31",
        Gyeonggi = "kr-41",
        Gangwon = "kr-42",
        ChungcheongNorth = "kr-43",
        ChungcheongSouth = "kr-44",
        JeollaNorth = "kr-45",
        JeollaSouth = "kr-46",
        GyeongsangNorth = "kr-47",
        GyeongsangSouth = "kr-48",
        Jeju = "kr-49",
        Sejong = "kr-50",
        Abroad = "abroad",
    }
}

coded! {
    /// How old a supporter is, as the supporter says.
    pub enum AgeBand("support.age-unknown") {
        UpTo19 = "0-19",
        Twenties = "20-29",
        Thirties = "30-39",
        Forties = "40-49",
        Fifties = "50-59",
        Sixties = "60-69",
        From70 = "70-up",
    }
}

coded! {
    /// By what a count is divided.
    pub enum Dimension("support.dimension-unknown") {
        Total = "total",
        Region = "region",
        Age = "age",
        /// The day in Korea on which it was given.
        Day = "day",
    }
}

/// What somebody who supports says beside the fact.
#[derive(Clone, Debug)]
pub struct SupportInput {
    /// A code of [`Region`]; kept as first stated when somebody takes back and gives again.
    pub region: Option<String>,
    /// A code of [`AgeBand`]; as `region`.
    pub age_band: Option<String>,
    /// Whether to hear what becomes of the case (needs an account).
    pub follow: bool,
    /// `Web` or `Api`.
    pub channel: Channel,
    /// The visit's hashed network, for finding bursts; deleted after 30 days. Empty when it is not known.
    pub network: String,
}

/// What giving did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Given {
    /// True when it was there already: nothing has changed.
    pub again: bool,
    /// Of what is on record now; none when it is older than the ledger.
    pub receipt: Option<ReceiptCode>,
}

/// What everybody may see of a case's supports, and whether the visitor is among them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SupportView {
    pub word: SupportWord,
    pub count: i64,
    /// The position of the change feed as of which `count` holds; a recount up to there gives the same.
    pub position: i64,
    pub thresholds: Vec<ThresholdView>,
    pub given_by_me: bool,
    /// Whether supports are taken now, from whoever may give them.
    pub taken: bool,
    /// Whether the visitor may give (or take back) now.
    pub open: bool,
    /// Oldest first.
    pub days: Vec<(Date, i64)>,
    /// By code of [`Region`] (empty: not stated), in the order of the codes; none: hidden. Empty without a breakdown.
    pub regions: Vec<(String, Option<i64>)>,
    /// By code of [`AgeBand`], as `regions`.
    pub ages: Vec<(String, Option<i64>)>,
    /// Numbers below this are not shown.
    pub smallest: u32,
    /// Left out by recorded decisions.
    pub excluded: i64,
    /// Marked bursts and what was decided of them, oldest first.
    pub bursts: Vec<Burst>,
}

/// A threshold of the definition, and when it was reached: once, for ever.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThresholdView {
    pub id: String,
    pub name: madang_base::LocalizedText,
    pub count: i64,
    pub reached_at: Option<Time>,
    pub reached_position: Option<i64>,
}

coded! {
    /// How a batch came together.
    pub enum BatchKind("support.batch-kind-unknown") {
        /// Sheets of paper.
        Paper = "paper",
        /// Given for people who cannot do so themselves, with their consent.
        Proxy = "proxy",
    }
}

/// A line of a paper sheet or of a proxy's list.
#[derive(Clone, Debug, Default)]
pub struct PaperLine {
    pub name: String,
    pub birth: Option<Date>,
    /// What tells people of one name and birthday apart, as written on the sheet: a part of the address. May be empty.
    pub mark: String,
    /// The stable claim of an identity provider (`space`, `value`) where the sheet carries one: then the line is the same
    /// person as the account that proved it. Never stored.
    pub claim: Option<(String, String)>,
    /// Codes of [`Region`] and [`AgeBand`].
    pub region: Option<String>,
    pub age_band: Option<String>,
}

/// A batch as a clerk or officer enters it.
#[derive(Clone, Debug)]
pub struct BatchInput {
    pub kind: BatchKind,
    /// Who collected, where and when, how it was counted and by whom it was checked.
    pub protocol: String,
    pub sheets: u32,
    pub lines: Vec<PaperLine>,
}

/// Why a line was not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// From 1.
    pub line: usize,
    /// A code with a text of its own: `support.line-name`.
    pub code: &'static str,
}

/// What came of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchResult {
    pub id: BatchId,
    pub accepted: i64,
    /// Lines (from 1) whose person has given already, here or in this batch.
    pub duplicates: Vec<usize>,
    pub refused: Vec<Refused>,
}

/// A batch that was entered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Batch {
    pub id: BatchId,
    pub case: CaseId,
    pub kind: BatchKind,
    pub at: Time,
    pub account: Option<AccountId>,
    pub organisation: Option<OrganisationId>,
    pub protocol: String,
    pub sheets: i64,
    pub accepted: i64,
    pub duplicates: i64,
    pub refused: i64,
    pub undone_at: Option<Time>,
    pub undone_reason: String,
}

coded! {
    /// What made a burst stand out.
    pub enum BurstKind("support.burst-kind-unknown") {
        /// Many from one network within a minute.
        Network = "network",
        /// Many from everywhere within a minute.
        Minute = "minute",
    }
}

coded! {
    /// What was decided of a burst.
    pub enum BurstState("support.burst-state-unknown") {
        /// Nothing: it counts.
        Marked = "marked",
        /// It was looked at and counts.
        Kept = "kept",
        /// It is left out of the count.
        Excluded = "excluded",
        /// It was left out and counts again.
        Restored = "restored",
    }
}

/// Supports that came close together. Marking changes no count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Burst {
    pub id: BurstId,
    pub case: CaseId,
    pub kind: BurstKind,
    pub from: Time,
    pub until: Time,
    pub size: i64,
    /// The hashed network; never shown.
    #[serde(skip)]
    pub network: Option<String>,
    pub state: BurstState,
    pub decided_at: Option<Time>,
    #[serde(skip)]
    pub decided_by: Option<AccountId>,
    /// The public reason of the decision.
    pub reason: String,
    /// How many supports the decision leaves out now.
    pub excluded: i64,
}

/// Something that is not as it should be, named as exactly as it can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `total`, `region`, `age`, `day`, `row` or `threshold`.
    pub what: &'static str,
    pub case: String,
    pub number: String,
    /// The region, day, threshold, or the beginning of the nullifier.
    pub value: String,
    /// What the change feed says.
    pub expected: String,
    /// What is stored.
    pub found: String,
    /// The first position of the feed at which it can be seen, where there is one.
    pub position: Option<i64>,
}

/// What a recount found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The position up to which it was counted.
    pub position: i64,
    pub cases: u64,
    pub supports: i64,
    /// At most a hundred, in the order of cases.
    pub differences: Vec<Difference>,
}
