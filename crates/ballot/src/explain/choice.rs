//! An election of one or several in words.

use madang_message::Arg;

use super::section::{Column, Section, Table};
use super::voice::{Voice, count, near, position};
use crate::choice::{BrokenBy, Choice, Count, Mark, Method, Pairs, Question, Reason, Round, Step, Tie};
use crate::number::Exact;

/// A matrix of more candidates than these is no table that anybody reads.
const MOST_COMPARED: usize = 12;
/// Candidates that are named where votes move on.
const MOST_RECEIVERS: usize = 5;
/// Rounds that stand beside each other in a table.
const MOST_ROUNDS: usize = 12;

/// The rule in three sentences, the ballots, what happened in each round, ties; all figures as a table.
#[must_use]
pub fn choice(choice: &Choice, voice: &Voice<'_>) -> Section {
    let mut told = Told { choice, voice, sentences: Vec::new(), tables: Vec::new() };
    let rule = match choice.method {
        Method::Approval => "ballot-choice-rule-approval",
        Method::Score => "ballot-choice-rule-score",
        Method::InstantRunoff => "ballot-choice-rule-instant-runoff",
        Method::Schulze => "ballot-choice-rule-schulze",
        Method::Transferable => "ballot-choice-rule-transferable",
    };
    told.say(rule, &[]);
    told.ballots();
    match &choice.count {
        Count::Marks(marks) => told.marks(marks),
        Count::Rounds(rounds) => told.rounds(rounds),
        Count::Pairs(pairs) => told.pairs(pairs),
    }
    told.elected();
    for tie in &choice.ties {
        told.tie(tie);
    }
    if choice.ties.is_empty() {
        told.say("ballot-choice-ties-none", &[]);
    }
    let heading = voice.say("ballot-whole-heading", &[]);
    Section { id: String::new(), heading, sentences: told.sentences, tables: told.tables }
}

struct Told<'a> {
    choice: &'a Choice,
    voice: &'a Voice<'a>,
    sentences: Vec<String>,
    tables: Vec<Table>,
}

impl Told<'_> {
    fn say(&mut self, key: &str, args: &[(&str, Arg)]) {
        self.sentences.push(self.voice.say(key, args));
    }

    fn name(&self, candidate: usize) -> String {
        self.choice.candidates.get(candidate).map(|c| self.voice.name(&c.name)).unwrap_or_default()
    }

    fn names(&self, of: &[usize]) -> String {
        of.iter().map(|c| self.name(*c)).collect::<Vec<_>>().join(", ")
    }

    fn ballots(&mut self) {
        let choice = self.choice;
        let args = [
            ("given", count(choice.given)),
            ("counted", count(choice.counted)),
            ("candidates", position(choice.candidates.len())),
            ("seats", position(choice.seats)),
        ];
        self.say("ballot-choice-ballots", &args);
        for (reason, key) in [
            (Reason::Blank, "ballot-choice-refused-blank"),
            (Reason::Unknown, "ballot-choice-refused-unknown"),
            (Reason::Twice, "ballot-choice-refused-twice"),
            (Reason::Equal, "ballot-choice-refused-equal"),
            (Reason::Kind, "ballot-choice-refused-kind"),
        ] {
            let refused = choice.refused.iter().filter(|refused| refused.reason == reason).map(|r| r.count).sum();
            if refused > 0 {
                self.say(key, &[("count", count(refused))]);
            }
        }
    }

    fn elected(&mut self) {
        let args = [("names", self.names(&self.choice.elected).into())];
        let key = if self.choice.elected.len() == 1 { "ballot-choice-elected-one" } else { "ballot-choice-elected" };
        self.say(key, &args);
    }

    fn marks(&mut self, marks: &[Mark]) {
        let score = self.choice.method == Method::Score;
        let mut columns = vec![
            Column::number(self.voice.say("ballot-column-place", &[])),
            Column::text(self.voice.say("ballot-column-candidate", &[])),
        ];
        if score {
            columns.push(Column::number(self.voice.say("ballot-column-points", &[])));
            columns.push(Column::number(self.voice.say("ballot-column-people-points", &[])));
        } else {
            columns.push(Column::number(self.voice.say("ballot-column-supporters", &[])));
        }
        let row = |(place, c): (usize, &usize)| {
            let mut row = vec![(place + 1).to_string(), self.name(*c), near(&marks[*c].points)];
            if score {
                row.push(near(&Exact::from(marks[*c].people)));
            }
            row
        };
        let rows = self.choice.ranking.iter().enumerate().map(row).collect();
        self.tables.push(Table { caption: self.voice.say("ballot-table-marks", &[]), columns, rows });
    }

    fn rounds(&mut self, rounds: &[Round]) {
        for (at, round) in rounds.iter().enumerate() {
            self.round(at, round);
        }
        let shown: Vec<usize> = if rounds.len() <= MOST_ROUNDS {
            (0..rounds.len()).collect()
        } else {
            (0..MOST_ROUNDS / 2).chain(rounds.len() - MOST_ROUNDS / 2..rounds.len()).collect()
        };
        let mut columns = vec![Column::text(self.voice.say("ballot-column-candidate", &[]))];
        for at in &shown {
            columns.push(Column::number(self.voice.say("ballot-picture-rounds-round", &[("round", position(at + 1))])));
        }
        let cell = |votes: &Exact| if votes.is_zero() { "–".to_owned() } else { near(votes) };
        let mut rows: Vec<Vec<String>> = Vec::new();
        for c in &self.choice.ranking {
            let votes = shown.iter().map(|at| cell(&rounds[*at].votes[*c]));
            rows.push([self.name(*c)].into_iter().chain(votes).collect());
        }
        for (key, value) in [
            ("ballot-picture-exhausted", (|round: &Round| round.exhausted.clone()) as fn(&Round) -> Exact),
            ("ballot-column-quota", |round: &Round| round.quota.clone()),
        ] {
            let values = shown.iter().map(|at| cell(&value(&rounds[*at])));
            rows.push([self.voice.say(key, &[])].into_iter().chain(values).collect());
        }
        self.tables.push(Table { caption: self.voice.say("ballot-table-rounds", &[]), columns, rows });
    }

    fn round(&mut self, at: usize, round: &Round) {
        for c in &round.elected {
            let args = [
                ("round", position(at + 1)),
                ("name", self.name(*c).into()),
                ("votes", near(&round.votes[*c]).into()),
                ("quota", near(&round.quota).into()),
            ];
            let reached = round.votes[*c] >= round.quota;
            let key = match (self.choice.method, reached) {
                (Method::Transferable, true) => "ballot-choice-round-quota",
                (_, true) => "ballot-choice-round-majority",
                (_, false) => "ballot-choice-round-rest",
            };
            self.say(key, &args);
        }
        let moved = |to: &[(usize, Exact)]| self.moved(to);
        match &round.step {
            None => {}
            Some(Step::Surplus { candidate, surplus, fraction, to, exhausted }) => {
                let args = [
                    ("round", position(at + 1)),
                    ("name", self.name(*candidate).into()),
                    ("surplus", near(surplus).into()),
                    ("fraction", fraction_text(fraction).into()),
                    ("to", moved(to).into()),
                    ("exhausted", near(exhausted).into()),
                ];
                self.say(
                    if to.is_empty() { "ballot-choice-round-surplus-nobody" } else { "ballot-choice-round-surplus" },
                    &args,
                );
                self.lost_on_the_way(exhausted);
            }
            Some(Step::Struck { candidate, to, exhausted }) => {
                let votes = &round.votes[*candidate];
                let args = [
                    ("round", position(at + 1)),
                    ("name", self.name(*candidate).into()),
                    ("votes", near(votes).into()),
                    ("to", moved(to).into()),
                ];
                self.say(
                    if to.is_empty() { "ballot-choice-round-struck-nobody" } else { "ballot-choice-round-struck" },
                    &args,
                );
                if !to.is_empty() {
                    self.lost_on_the_way(exhausted);
                }
            }
        }
    }

    /// Where votes went: the most first, and what remains in one sum.
    fn moved(&self, to: &[(usize, Exact)]) -> String {
        let mut to: Vec<&(usize, Exact)> = to.iter().collect();
        to.sort_by(|(a, votes), (b, other)| other.cmp(votes).then(a.cmp(b)));
        let shown = if to.len() > MOST_RECEIVERS + 1 { MOST_RECEIVERS } else { to.len() };
        let mut parts: Vec<String> =
            to[..shown].iter().map(|(c, votes)| format!("{} +{}", self.name(*c), near(votes))).collect();
        if shown < to.len() {
            let mut rest = Exact::zero();
            for (_, votes) in &to[shown..] {
                rest += votes;
            }
            let args = [("count", position(to.len() - shown)), ("votes", near(&rest).into())];
            parts.push(self.voice.say("ballot-choice-others", &args));
        }
        parts.join(", ")
    }

    fn lost_on_the_way(&mut self, exhausted: &Exact) {
        if exhausted.is_positive() {
            self.say("ballot-choice-round-exhausted", &[("votes", near(exhausted).into())]);
        }
    }

    fn pairs(&mut self, pairs: &Pairs) {
        let ranking = &self.choice.ranking;
        let winner = ranking[0];
        match pairs.condorcet {
            Some(c) => {
                let args = [("name", self.name(c).into())];
                self.say("ballot-choice-condorcet", &args);
            }
            None => self.say("ballot-choice-no-condorcet", &[]),
        }
        for c in ranking.iter().skip(1).take(MOST_COMPARED) {
            let (won, lost) = (pairs.preferred[winner][*c], pairs.preferred[*c][winner]);
            let path = pairs.paths.iter().find(|path| path.through.last() == Some(c));
            let chain = path.map(|path| path.through.iter().map(|c| self.name(*c)).collect::<Vec<_>>().join(" → "));
            let args = [
                ("winner", self.name(winner).into()),
                ("name", self.name(*c).into()),
                ("won", count(won)),
                ("lost", count(lost)),
                ("chain", chain.unwrap_or_default().into()),
                ("strength", count(pairs.strength[winner][*c])),
                ("back", count(pairs.strength[*c][winner])),
            ];
            let through = path.is_some_and(|path| path.through.len() > 2);
            let key = if pairs.strength[winner][*c] == pairs.strength[*c][winner] {
                "ballot-choice-pair-equal"
            } else if through || pairs.strength[*c][winner] > 0 {
                "ballot-choice-pair-chain"
            } else {
                "ballot-choice-pair-direct"
            };
            self.say(key, &args);
        }
        if ranking.len() > MOST_COMPARED {
            return;
        }
        let mut columns = vec![Column::text(self.voice.say("ballot-column-candidate", &[]))];
        columns.extend(ranking.iter().map(|c| Column::number(self.name(*c))));
        let row = |a: &usize| {
            let cells = ranking
                .iter()
                .map(|b| if a == b { "–".to_owned() } else { near(&Exact::from(pairs.preferred[*a][*b])) });
            [self.name(*a)].into_iter().chain(cells).collect()
        };
        let rows = ranking.iter().map(row).collect();
        self.tables.push(Table { caption: self.voice.say("ballot-table-pairs", &[]), columns, rows });
    }

    fn tie(&mut self, tie: &Tie) {
        let before = match tie.broken_by {
            BrokenBy::Round { round } => round,
            BrokenBy::People | BrokenBy::Lot => 0,
        };
        let args = [
            ("round", position(tie.round)),
            ("before", position(before)),
            ("names", self.names(&tie.among).into()),
            ("name", self.name(tie.chosen).into()),
            ("seed", self.voice.seed(&self.choice.seed).into()),
        ];
        let key = match (tie.question, tie.broken_by) {
            (Question::Struck, BrokenBy::Round { .. }) => "ballot-choice-tie-struck-round",
            (Question::Struck, _) => "ballot-choice-tie-struck-lot",
            (Question::First, BrokenBy::Round { .. }) => "ballot-choice-tie-first-round",
            (Question::First, _) => "ballot-choice-tie-first-lot",
            (Question::Place, BrokenBy::People) => "ballot-choice-tie-place-people",
            (Question::Place, _) => "ballot-choice-tie-place-lot",
        };
        self.say(key, &args);
    }
}

/// `3/7` while it can be read; otherwise about how much.
fn fraction_text(fraction: &Exact) -> String {
    let text = fraction.to_string();
    if text.len() <= 11 { text } else { fraction.rounded(5) }
}
