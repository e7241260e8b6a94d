//! The map in words: what is against it, what was counted, how it came about, what it does not say, the groups, what all
//! share, what divides, what needs votes, how far it can be trusted.

use madang_base::Locale;
use madang_message::{Arg, Catalogue, percent};

use super::document::{Block, Document};
use super::report::{Clarity, Report, letter};
use super::wrap::clean;
use crate::{Choice, Firmness, Representative, Shared, Standing, StatementId, Warning};

/// Longest text of a statement that is shown.
const LONGEST: usize = 240;

/// The words of one language.
pub(super) struct Words<'a> {
    catalogue: &'a Catalogue,
    locale: Locale,
}

impl<'a> Words<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, locale: Locale) -> Self {
        Self { catalogue, locale }
    }

    pub(super) fn text(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.catalogue.text(self.locale, key, args)
    }

    /// One sentence about a warning.
    pub(super) fn warning(&self, warning: &Warning) -> String {
        match *warning {
            Warning::NoVotes => self.text("opinion-warning-no-votes", &[]),
            Warning::AllVotesEqual => self.text("opinion-warning-all-votes-equal", &[]),
            Warning::TooFewPeople { grouped, needed } => {
                self.text("opinion-warning-too-few-people", &[("people", count(grouped)), ("needed", count(needed))])
            }
            Warning::TooFewStatements { statements, needed } => self.text(
                "opinion-warning-too-few-statements",
                &[("statements", count(statements)), ("needed", count(needed))],
            ),
            Warning::TooFewVotes { votes_per_person, needed } => self.text(
                "opinion-warning-too-few-votes",
                &[("votes", Arg::Number(votes_per_person.into())), ("needed", Arg::Number(needed.into()))],
            ),
            Warning::NoGroups => self.text("opinion-warning-no-groups", &[]),
            Warning::Shapeless { silhouette, bound } => self.text(
                "opinion-warning-shapeless",
                &[("silhouette", decimals(silhouette).into()), ("bound", decimals(bound).into())],
            ),
            Warning::OneBloc { share } => self.text("opinion-warning-one-bloc", &[("share", hundredths(share))]),
            Warning::LikeChance { share, by_chance } => self.text(
                "opinion-warning-like-chance",
                &[("share", tenths(share).into()), ("chance", tenths(by_chance).into())],
            ),
            Warning::UnstableGroup { group, found_again } => self.text(
                "opinion-warning-unstable-group",
                &[("group", letter(group).into()), ("found", hundredths(found_again))],
            ),
            Warning::AllTheSame { share, people } => {
                self.text("opinion-warning-all-the-same", &[("people", count(people)), ("share", hundredths(share))])
            }
            Warning::Identical { share, people } => {
                self.text("opinion-warning-identical", &[("people", count(people)), ("share", hundredths(share))])
            }
        }
    }
}

pub(super) fn count(number: usize) -> Arg {
    Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Two decimals.
pub(super) fn decimals(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// A share in percent with one decimal.
fn tenths(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// A share in whole percent.
fn hundredths(share: f64) -> Arg {
    #[expect(clippy::cast_possible_truncation, reason = "a share is at most a hundred hundredths")]
    Arg::Number((share * 100.0).round() as i64)
}

/// A share of people in whole percent.
pub(super) fn of(part: u32, whole: u32) -> Arg {
    Arg::Number(percent(part.into(), whole.into()))
}

/// The map of a report in words, warnings first.
#[must_use]
pub fn document(report: &Report<'_>, catalogue: &Catalogue, locale: Locale) -> Document {
    let mut telling = Telling { report, words: Words::new(catalogue, locale), out: Document::default() };
    telling.head();
    telling.counts();
    if !report.map.people.is_empty() {
        telling.groups();
        telling.shared();
        telling.divisive();
        telling.wanting();
        telling.how();
        telling.not();
        telling.trust();
    }
    telling.compare();
    telling.out
}

struct Telling<'a> {
    report: &'a Report<'a>,
    words: Words<'a>,
    out: Document,
}

impl Telling<'_> {
    fn say(&mut self, key: &str, args: &[(&str, Arg)]) {
        let text = self.words.text(key, args);
        self.out.paragraph(text);
    }

    fn heading(&mut self, key: &str) {
        let text = self.words.text(key, &[]);
        self.out.push(Block::Heading(text));
    }

    fn statement(&mut self, id: StatementId, about: Vec<String>) {
        let statement = self.report.statement(id);
        let text = statement.text.map(|text| format!("“{}”", clean(&text, LONGEST)));
        self.out.push(Block::Statement { name: clean(&statement.name, LONGEST), text, about });
    }

    fn head(&mut self) {
        let title = match &self.report.export.topic {
            Some(topic) => self.words.text("opinion-title-topic", &[("topic", clean(topic, 120).into())]),
            None => self.words.text("opinion-title", &[]),
        };
        self.out.push(Block::Title(title));
        let warnings = &self.report.assessment.warnings;
        if warnings.is_empty() {
            return;
        }
        let key = if self.report.means_nothing() { "opinion-means-nothing" } else { "opinion-with-care" };
        self.out.push(Block::Warning(self.words.text(key, &[])));
        for warning in warnings {
            self.out.push(Block::Warning(self.words.warning(warning)));
        }
    }

    fn counts(&mut self) {
        let (export, quality) = (self.report.export, self.report.assessment.quality);
        if export.votes.is_empty() {
            return;
        }
        let (people, statements) = (count(export.voters.len()), count(export.statements.len()));
        let votes = count(export.votes.len());
        self.say("opinion-counts", &[("people", people), ("statements", statements), ("votes", votes)]);
        self.say("opinion-counts-median", &[("votes", Arg::Number(quality.votes_per_person.into()))]);
        let removed = export.statements.iter().filter(|statement| statement.standing == Standing::Removed).count();
        if removed > 0 {
            self.say("opinion-counts-removed", &[("removed", count(removed))]);
        }
        let groups = self.report.map.groups.len();
        if groups > 0 {
            self.say("opinion-counts-groups", &[("grouped", count(quality.grouped)), ("groups", count(groups))]);
            self.about_as_well();
        } else {
            self.say("opinion-counts-no-groups", &[]);
        }
        let wide = |number: u64| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
        if export.replaced > 0 {
            self.say("opinion-counts-replaced", &[("replaced", wide(export.replaced))]);
        }
        if export.unclear > 0 {
            self.say("opinion-counts-unclear", &[("unclear", wide(export.unclear))]);
        }
        if export.unknown > 0 {
            self.say("opinion-counts-unknown", &[("unknown", wide(export.unknown))]);
        }
    }

    /// Other numbers of groups that the map could have just as well.
    fn about_as_well(&mut self) {
        let map = self.report.map;
        let Some(used) = map.tried.iter().find(|tried| tried.used) else { return };
        for other in self.report.about_as_well() {
            let args = [
                ("groups", count(other.groups)),
                ("other", decimals(other.silhouette).into()),
                ("silhouette", decimals(used.silhouette).into()),
            ];
            self.say("opinion-counts-about-as-well", &args);
        }
    }

    fn groups(&mut self) {
        for (at, group) in self.report.map.groups.iter().enumerate() {
            let args = [("group", letter(at).into()), ("people", count(group.people))];
            self.out.push(Block::Heading(self.words.text("opinion-group", &args)));
            if let Some(found) =
                self.report.assessment.stability.as_ref().and_then(|stability| stability.groups.get(at))
            {
                let key = match found.firmness {
                    Firmness::Firm => "opinion-group-firm",
                    Firmness::Fair => "opinion-group-fair",
                    Firmness::Doubtful => "opinion-group-doubtful",
                    Firmness::None => "opinion-group-none",
                };
                self.say(key, &[("found", hundredths(found.found_again))]);
            }
            let marks = if group.representative.is_empty() { "opinion-group-no-marks" } else { "opinion-group-marks" };
            self.say(marks, &[]);
            let told: Vec<&Representative> = group.representative.iter().take(self.report.top).collect();
            let common = self.common(told.iter().map(|mark| mark.ratio_z.min(mark.p_z)));
            for mark in told {
                let inside = self.inside(at, mark);
                self.statement(mark.statement, self.with_clarity(inside, mark.ratio_z.min(mark.p_z), common));
            }
        }
    }

    /// How a group answered a statement that marks it, and everybody else.
    fn inside(&self, group: usize, mark: &Representative) -> String {
        let outside = self.report.outside(mark.statement, group);
        let (key, only, there) = match mark.by {
            Choice::Disagree => ("opinion-disagree-inside", "opinion-disagree-inside-only", outside.disagree),
            _ => ("opinion-agree-inside", "opinion-agree-inside-only", outside.agree),
        };
        let (seen, share) = (("seen", Arg::Number(mark.seen.into())), ("share", of(mark.voted, mark.seen)));
        if outside.seen == 0 {
            self.words.text(only, &[seen, share])
        } else {
            self.words.text(key, &[seen, share, ("outside", of(there, outside.seen))])
        }
    }

    /// How clear all of these figures are at least, said once before them; nothing when one of them may be chance.
    fn common(&mut self, z: impl ExactSizeIterator<Item = f64>) -> bool {
        let many = z.len() > 1;
        let key = match Clarity::of(z.fold(f64::INFINITY, f64::min)) {
            _ if !many => return false,
            Clarity::Thousand => "opinion-clarity-all-thousand",
            Clarity::Hundred => "opinion-clarity-all-hundred",
            Clarity::Ten => "opinion-clarity-all-ten",
            Clarity::Unclear => return false,
        };
        self.say(key, &[]);
        true
    }

    fn with_clarity(&self, text: String, z: f64, common: bool) -> Vec<String> {
        let key = match Clarity::of(z) {
            _ if common => return vec![text],
            Clarity::Thousand => "opinion-clarity-thousand",
            Clarity::Hundred => "opinion-clarity-hundred",
            Clarity::Ten => "opinion-clarity-ten",
            Clarity::Unclear => "opinion-clarity-unclear",
        };
        vec![format!("{text} {}", self.words.text(key, &[]))]
    }

    fn shared(&mut self) {
        self.heading("opinion-shared");
        let shared = &self.report.map.shared;
        let agree = shared.agree.iter().take(self.report.top).map(|one| (Choice::Agree, one));
        let disagree = shared.disagree.iter().take(self.report.top).map(|one| (Choice::Disagree, one));
        let told: Vec<(Choice, &Shared)> = agree.chain(disagree).collect();
        if told.is_empty() {
            return self.say("opinion-shared-none", &[]);
        }
        self.say("opinion-shared-about", &[]);
        let common = self.common(told.iter().map(|(_, one)| one.z));
        for (by, one) in told {
            let key = if by == Choice::Agree { "opinion-shared-agree" } else { "opinion-shared-disagree" };
            let args = [("seen", Arg::Number(one.seen.into())), ("share", of(one.voted, one.seen))];
            let mut text = self.words.text(key, &args);
            match self.report.least(one.statement, by) {
                Some((_, voted, seen)) if voted * 2 > seen => {
                    text = format!("{text} {}", self.words.text("opinion-shared-every", &[]));
                }
                Some((group, voted, seen)) => {
                    let args = [("group", letter(group).into()), ("share", of(voted, seen))];
                    text = format!("{text} {}", self.words.text("opinion-shared-not-every", &args));
                }
                None => {}
            }
            self.statement(one.statement, self.with_clarity(text, one.z, common));
        }
    }

    fn divisive(&mut self) {
        if self.report.map.groups.len() < 2 {
            return;
        }
        self.heading("opinion-divisive");
        let divisive = self.report.divisive();
        if divisive.is_empty() {
            return self.say("opinion-divisive-none", &[]);
        }
        self.say("opinion-divisive-about", &[]);
        for one in divisive {
            let groups = self.report.place(one.statement).map(|place| place.groups.as_slice()).unwrap_or_default();
            let share = |at: usize| groups.get(at).map_or(Arg::Number(0), |tally| of(tally.agree, tally.seen));
            let args = [
                ("most", letter(one.most).into()),
                ("high", share(one.most)),
                ("least", letter(one.least).into()),
                ("low", share(one.least)),
            ];
            let about = vec![self.words.text("opinion-divisive-groups", &args)];
            self.statement(one.statement, about);
        }
    }

    fn wanting(&mut self) {
        self.heading("opinion-wanting");
        let wanting: Vec<(StatementId, u32)> =
            self.report.wanting().iter().map(|place| (place.id, place.all.seen)).collect();
        if wanting.is_empty() {
            return self.say("opinion-wanting-none", &[]);
        }
        self.say("opinion-wanting-about", &[("count", count(wanting.len()))]);
        for (id, seen) in wanting.iter().take(self.report.top) {
            let about = vec![self.words.text("opinion-wanting-seen", &[("seen", Arg::Number((*seen).into()))])];
            self.statement(*id, about);
        }
        if wanting.len() > self.report.top {
            self.out.paragraph(String::new());
            self.say("opinion-more", &[("count", count(wanting.len() - self.report.top))]);
        }
    }

    fn how(&mut self) {
        let map = self.report.map;
        self.heading("opinion-how");
        self.say("opinion-how-answers", &[]);
        self.say("opinion-how-near", &[]);
        self.say("opinion-how-axes", &[]);
        let share = map.axes[0].share + map.axes[1].share;
        if share > 0.0 {
            self.say("opinion-how-share", &[("share", hundredths(share))]);
        }
        match self.report.fixed {
            Some(groups) if groups == map.groups.len() => {
                self.say("opinion-how-groups-fixed", &[("groups", count(groups))]);
            }
            _ if map.groups.is_empty() => {}
            _ => self.say("opinion-how-groups", &[]),
        }
    }

    fn not(&mut self) {
        let report = self.report;
        self.heading("opinion-not");
        self.say("opinion-not-share", &[]);
        self.say("opinion-not-absent", &[]);
        let few = report.map.people.iter().filter(|place| place.group.is_none()).count();
        if few > 0 && !report.map.groups.is_empty() {
            let needed = report.settings.votes_to_be_grouped.min(report.export.statements.len());
            self.say("opinion-not-few", &[("people", count(few)), ("needed", count(needed))]);
        }
        self.say("opinion-not-right", &[]);
    }

    fn trust(&mut self) {
        self.heading("opinion-trust");
        if let Some(stability) = self.report.assessment.stability.as_ref().filter(|stability| stability.rounds > 0) {
            let args = [("rounds", count(stability.rounds)), ("same", count(stability.same_number))];
            self.say("opinion-trust-rounds", &args);
            self.say("opinion-trust-agreement", &[("agreement", decimals(stability.agreement).into())]);
        }
        // Of groups that are one place each there is no silhouette.
        let map = self.report.map;
        let spread = map.base_clusters.len() > map.groups.len();
        if let Some(used) = map.tried.iter().find(|tried| spread && tried.used) {
            self.say("opinion-trust-silhouette", &[("silhouette", decimals(used.silhouette).into())]);
        }
        if !map.groups.is_empty() {
            self.say("opinion-trust-tests", &[]);
        }
        self.say("opinion-trust-again", &[]);
    }

    fn compare(&mut self) {
        let Some(comparison) = &self.report.comparison else { return };
        self.heading("opinion-compare");
        self.say("opinion-compare-people", &[("people", count(comparison.people))]);
        if comparison.people > 0 {
            self.say("opinion-compare-index", &[("index", decimals(comparison.adjusted_rand).into())]);
        }
        let only = [("there", count(comparison.only_there)), ("here", count(comparison.only_here))];
        self.say("opinion-compare-only", &only);
        for (at, row) in comparison.table.iter().enumerate() {
            for (there, people) in comparison.groups.iter().zip(row).filter(|(_, people)| **people > 0) {
                let args =
                    [("group", letter(at).into()), ("there", clean(there, 40).into()), ("people", count(*people))];
                self.say("opinion-compare-pair", &args);
            }
        }
    }
}
