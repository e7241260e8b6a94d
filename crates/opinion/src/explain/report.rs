//! What there is to tell about a map.

use crate::read::{Export, Participants, Statement};
use crate::{
    Assessment, Choice, GroupCount, Map, Settings, Standing, StatementId, StatementPlace, Tally, Trials, Warning,
    adjusted_rand,
};

/// A map with everything that is needed to tell of it.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    pub export: &'a Export,
    /// The map of [`Export::conversation`].
    pub map: &'a Map,
    pub assessment: &'a Assessment,
    pub settings: &'a Settings,
    pub trials: Trials,
    /// The number of groups, when whoever asks has set it; otherwise the map found it.
    pub fixed: Option<usize>,
    /// The groups that somebody else published, beside ours.
    pub comparison: Option<Comparison>,
    /// How many statements of each kind are told.
    pub top: usize,
}

/// Our groups beside published ones, over the people that are in a group of both.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Names of the published groups.
    pub groups: Vec<String>,
    /// People in both.
    pub people: usize,
    /// People in a published group and in none of ours.
    pub only_there: usize,
    /// People in one of our groups and in no published one.
    pub only_here: usize,
    /// Adjusted Rand index: 1 the same groups, 0 what chance gives.
    pub adjusted_rand: f64,
    /// People by our group and by the published one.
    pub table: Vec<Vec<usize>>,
}

impl Comparison {
    #[must_use]
    pub fn new(export: &Export, map: &Map, published: &Participants) -> Self {
        let groups: Vec<String> = published.groups().into_iter().map(|(name, _)| name.to_owned()).collect();
        let mut table = vec![vec![0; groups.len()]; map.groups.len()];
        let (mut ours, mut theirs, mut only_here) = (Vec::new(), Vec::new(), 0);
        for place in &map.people {
            let there = name_of(export, place.id.0).and_then(|name| published.group(name));
            let there = there.and_then(|name| groups.iter().position(|group| group == name));
            match (place.group, there) {
                (Some(here), Some(there)) => {
                    table[here][there] += 1;
                    ours.push(here);
                    theirs.push(there);
                }
                (Some(_), None) => only_here += 1,
                (None, _) => {}
            }
        }
        let all: usize = published.groups().iter().map(|(_, size)| size).sum();
        let index = adjusted_rand(&ours, &theirs);
        Self { groups, people: ours.len(), only_there: all - ours.len(), only_here, adjusted_rand: index, table }
    }
}

fn name_of(export: &Export, person: u64) -> Option<&str> {
    export.voters.get(usize::try_from(person).ok()?).map(String::as_str)
}

/// How clearly a figure is more than chance, by the smaller of its z values (one-sided points of the normal distribution).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clarity {
    /// z from 3.0902: chance alone would do that less than once in 1,000 times.
    Thousand,
    /// z from 2.3263: less than once in 100 times.
    Hundred,
    /// z above 1.2816: less than once in 10 times.
    Ten,
    /// May well be chance.
    Unclear,
}

impl Clarity {
    #[must_use]
    pub fn of(z: f64) -> Self {
        match z {
            z if z >= 3.0902 => Self::Thousand,
            z if z >= 2.3263 => Self::Hundred,
            z if z > 1.2816 => Self::Ten,
            _ => Self::Unclear,
        }
    }

    /// Its word in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Thousand => "below_1_in_1000",
            Self::Hundred => "below_1_in_100",
            Self::Ten => "below_1_in_10",
            Self::Unclear => "may_be_chance",
        }
    }
}

/// A statement on which the groups differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divisive {
    pub statement: StatementId,
    /// The group that agrees most, and the one that agrees least; indices into [`Map::groups`].
    pub most: usize,
    pub least: usize,
    /// Difference of their shares (agree + 1) ÷ (seen + 2).
    pub gap: f64,
}

/// Seen by fewer people of a group than this (or by fewer than all, in smaller groups), a statement is not told as one that
/// divides; seen by fewer of all, it needs votes. Polis asks seven votes of a person before it puts the person into a group.
const SEEN_AT_LEAST: u32 = 7;

/// Numbers of groups whose mean silhouettes are no farther apart than this are told as fitting about as well. On the shipped
/// conversation, leaving out 3 % of the people and renumbering the others moves the difference between two and four groups
/// by 0.026 (standard deviation of 60 trials).
pub(super) const ABOUT_AS_CLEAR: f64 = 0.02;

impl Report<'_> {
    /// Other numbers of groups that fit about as well as the one that is shown. None when whoever asks has set the number,
    /// when the map means nothing, or when each group is one place.
    #[must_use]
    pub fn about_as_well(&self) -> Vec<&GroupCount> {
        let (map, told) = (self.map, self.fixed.is_none() && !self.means_nothing());
        let spread = map.base_clusters.len() > map.groups.len();
        let Some(used) = map.tried.iter().find(|tried| told && spread && tried.used) else { return Vec::new() };
        let close = |tried: &&GroupCount| !tried.used && (tried.silhouette - used.silhouette).abs() <= ABOUT_AS_CLEAR;
        map.tried.iter().filter(close).collect()
    }

    /// The statement of an id; one without name and text if the export does not have it.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> Statement {
        let found = usize::try_from(id.0).ok().and_then(|at| self.export.statements.get(at));
        found.cloned().unwrap_or_default()
    }

    /// Where a statement is on the map, and how people voted on it.
    #[must_use]
    pub fn place(&self, id: StatementId) -> Option<&StatementPlace> {
        self.map.statements.binary_search_by_key(&id, |place| place.id).ok().map(|at| &self.map.statements[at])
    }

    /// The person's name in the files.
    #[must_use]
    pub fn voter(&self, person: u64) -> &str {
        name_of(self.export, person).unwrap_or_default()
    }

    /// Votes on a statement by people who are not in this group.
    #[must_use]
    pub fn outside(&self, id: StatementId, group: usize) -> Tally {
        let Some(place) = self.place(id) else { return Tally::default() };
        let own = place.groups.get(group).copied().unwrap_or_default();
        Tally {
            agree: place.all.agree.saturating_sub(own.agree),
            disagree: place.all.disagree.saturating_sub(own.disagree),
            seen: place.all.seen.saturating_sub(own.seen),
        }
    }

    /// The group in which the smallest part of those who answered this statement did so, with how many did and how many
    /// answered; of groups with at least one answer.
    #[must_use]
    pub fn least(&self, id: StatementId, by: Choice) -> Option<(usize, u32, u32)> {
        let groups = self.place(id)?.groups.iter().enumerate().filter(|(_, tally)| tally.seen > 0);
        let counts =
            groups.map(|(at, tally)| (at, if by == Choice::Agree { tally.agree } else { tally.disagree }, tally.seen));
        // Compared across, so that no division decides.
        counts.min_by(|a, b| {
            (u64::from(a.1) * u64::from(b.2)).cmp(&(u64::from(b.1) * u64::from(a.2))).then(a.0.cmp(&b.0))
        })
    }

    /// Statements on which two groups differ most: the largest difference of shares first, at least one tenth, seen by at
    /// least seven people of both (by all of a smaller group). With fewer than two groups there is none.
    #[must_use]
    pub fn divisive(&self) -> Vec<Divisive> {
        let mut found: Vec<Divisive> =
            self.shown().filter_map(|place| self.divides(place)).filter(|found| found.gap >= 0.1).collect();
        found.sort_by(|a, b| b.gap.total_cmp(&a.gap).then(a.statement.cmp(&b.statement)));
        found.truncate(self.top);
        found
    }

    /// Statements on the map that need votes: seen by fewer than seven people, or by fewer than one in ten of those in
    /// groups. The one whose next vote tells most (its priority) first. All of them.
    #[must_use]
    pub fn wanting(&self) -> Vec<&StatementPlace> {
        let bound = (self.assessment.quality.grouped / 10).max(SEEN_AT_LEAST as usize);
        let mut found: Vec<_> = self.shown().filter(|place| (place.all.seen as usize) < bound).collect();
        found.sort_by(|a, b| b.priority.total_cmp(&a.priority).then(a.id.cmp(&b.id)));
        found
    }

    fn divides(&self, place: &StatementPlace) -> Option<Divisive> {
        let share = |tally: &Tally| (f64::from(tally.agree) + 1.0) / (f64::from(tally.seen) + 2.0);
        let told = || {
            let sizes = self.map.groups.iter().map(|group| group.people);
            let enough = |size: usize, tally: &Tally| tally.seen as usize >= size.min(SEEN_AT_LEAST as usize);
            place.groups.iter().zip(sizes).enumerate().filter(move |(_, (tally, size))| enough(*size, tally))
        };
        let (most, (high, _)) = told().max_by(|a, b| share(a.1.0).total_cmp(&share(b.1.0)).then(b.0.cmp(&a.0)))?;
        let (least, (low, _)) = told().min_by(|a, b| share(a.1.0).total_cmp(&share(b.1.0)).then(a.0.cmp(&b.0)))?;
        (most != least).then(|| Divisive { statement: place.id, most, least, gap: share(high) - share(low) })
    }

    /// Statements that take part in the map.
    pub(super) fn shown(&self) -> impl Iterator<Item = &StatementPlace> {
        self.map.statements.iter().filter(|place| place.standing == Standing::Shown)
    }

    /// Whether the map means nothing, by one of its warnings.
    #[must_use]
    pub fn means_nothing(&self) -> bool {
        self.assessment.warnings.iter().any(means_nothing)
    }
}

/// Whether this warning takes the meaning from the whole map; others ask for care.
#[must_use]
pub fn means_nothing(warning: &Warning) -> bool {
    match warning {
        Warning::NoVotes
        | Warning::AllVotesEqual
        | Warning::TooFewPeople { .. }
        | Warning::NoGroups
        | Warning::Shapeless { .. }
        | Warning::LikeChance { .. } => true,
        Warning::TooFewStatements { .. }
        | Warning::TooFewVotes { .. }
        | Warning::OneBloc { .. }
        | Warning::UnstableGroup { .. }
        | Warning::AllTheSame { .. }
        | Warning::Identical { .. } => false,
    }
}

/// The letter of a group: A, B, C… and after Z its number.
#[must_use]
pub fn letter(group: usize) -> String {
    match u8::try_from(group) {
        Ok(at) if at < 26 => char::from(b'A' + at).to_string(),
        _ => (group + 1).to_string(),
    }
}
