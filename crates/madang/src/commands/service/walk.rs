//! `madang service try`: a case walked through a definition, by hand or by a script; nothing is stored.

use std::io::{self, BufRead as _};

use jiff::civil::{Date, DateTime};
use madang_adapters::SystemClock;
use madang_base::{Clock as _, Locale, Time};
use madang_cases::Cases;
use madang_form::steps::{open_steps, outcomes};
use madang_form::walk::Walk;
use madang_form::{
    Answer, Answers, ClockRun, Definition, Field, FieldKind, FileAnswer, Loaded, Need, Party, PersonAnswer, Place,
    Step, StepInput, timeline, values,
};

use crate::exit::{Exit, Failure, Outcome};
use crate::site;
use crate::terminal;

const HELP: &str = "\
set FIELD VALUE        before filing: the answer to a field (a choice's id, a text, a number, a date)
file [DAY [HH:MM]]     files the case; required fields that were not set get an example
step ID [PARTY] [NAME=VALUE …]   takes a step; what it needs is filled in unless it is given
wait DAYS | DAY        lets time pass
threshold ID           so many have supported it
ask, reply             a question to the author, and the reply
transfer, withdraw     to another agency; by the author
extend CLOCK [consent] gives a clock more time
show, help, quit";

/// Reads commands from standard input until it ends; a person is shown what is possible after each.
pub(super) fn run(loaded: &Loaded, cases: &Cases, locale: Locale) -> Outcome {
    let def = &loaded.definition;
    let asks = terminal::is_interactive();
    if asks {
        terminal::line(format_args!("{} ({})\n{HELP}", def.name.get(locale), def.id));
    }
    let mut tour = Tour { def, cases, locale, answers: Answers::default(), walk: None, now: SystemClock.now() };
    for (number, line) in (1_usize..).zip(io::stdin().lock().lines()) {
        let line = line.map_err(|error| Failure::new(Exit::Files, "standard input cannot be read").why(error))?;
        let words: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
        match tour.command(&words) {
            Ok(true) => {}
            Ok(false) => break,
            Err(what) if asks => terminal::line(what),
            Err(what) => return Err(Failure::new(Exit::Data, what).at(format_args!("line {number}: {line}"))),
        }
    }
    Ok(())
}

struct Tour<'a> {
    def: &'a Definition,
    cases: &'a Cases,
    locale: Locale,
    answers: Answers,
    walk: Option<Walk<'a>>,
    now: Time,
}

impl<'a> Tour<'a> {
    /// Does what a line says. False: it is over.
    fn command(&mut self, words: &[&str]) -> Result<bool, String> {
        match words {
            [] => return Ok(true),
            ["quit" | "exit"] => return Ok(false),
            ["help"] => {
                terminal::line(HELP);
                return Ok(true);
            }
            ["set", field, rest @ ..] => {
                self.set(field, &rest.join(" "))?;
                return Ok(true);
            }
            ["file", when @ ..] => self.file(when)?,
            ["show"] => {}
            ["step", id, rest @ ..] => self.step(id, rest)?,
            ["wait", until] => self.wait(until)?,
            ["threshold", id] => {
                let now = self.now;
                let taken = self.walking()?.threshold(id, now);
                Self::tell(&taken);
            }
            ["ask"] => {
                let now = self.now;
                self.walking()?.ask(now);
            }
            ["reply"] => {
                let now = self.now;
                self.walking()?.reply(now);
            }
            ["transfer"] => {
                let (now, locale) = (self.now, self.locale);
                self.walking()?.transfer(now).map_err(|error| site::message(&error, locale))?;
            }
            ["withdraw"] => {
                let (now, locale) = (self.now, self.locale);
                self.walking()?.withdraw(now).map_err(|error| site::message(&error, locale))?;
            }
            ["extend", clock, rest @ ..] => {
                let (now, locale, days) = (self.now, self.locale, self.cases.days());
                let consent = rest.contains(&"consent");
                self.walking()?.extend(clock, consent, now, &days).map_err(|error| site::message(&error, locale))?;
            }
            [other, ..] => return Err(format!("there is no command {other}; help lists them")),
        }
        self.show();
        Ok(true)
    }

    fn walking(&mut self) -> Result<&mut Walk<'a>, String> {
        self.walk.as_mut().ok_or_else(|| "nothing is filed yet: file".to_owned())
    }

    fn tell(taken: &[String]) {
        for what in taken {
            terminal::line(format_args!("  * {what}"));
        }
    }

    fn set(&mut self, id: &str, text: &str) -> Result<(), String> {
        let field = self.def.field(id).ok_or_else(|| format!("there is no field {id}"))?;
        let raw = [(id.to_owned(), text.to_owned())].into_iter().collect();
        let none = std::collections::BTreeMap::new();
        let today = self.now.kst_date();
        let filled = values::fill(self.def, &field.by, &[field], &raw, &none, &self.answers, today);
        if let Some(fault) = filled.errors.first() {
            return Err(format!("{id}: {}", fault.code));
        }
        self.answers = filled.answers;
        Ok(())
    }

    fn file(&mut self, when: &[&str]) -> Result<(), String> {
        if let [day, rest @ ..] = when {
            self.now = moment(day, rest.first().copied())?;
        }
        // What a field depends on comes before it; twice is enough for what depends on that.
        for _ in 0..2 {
            for field in values::asked(self.def, &Party::Author, None, &self.answers) {
                if field.required && self.answers.get(&field.id).is_none() {
                    self.answers.0.extend(sample(field, self.now.kst_date()).map(|answer| (field.id.clone(), answer)));
                }
            }
        }
        self.walk = Some(Walk::new(self.def, self.answers.clone(), self.now));
        Ok(())
    }

    fn step(&mut self, id: &str, rest: &[&str]) -> Result<(), String> {
        let step = self.def.step(id).ok_or_else(|| format!("there is no step {id}"))?;
        let named = rest.iter().find(|word| !word.contains('=')).copied();
        let party = named.map_or_else(|| step.by.first().cloned().unwrap_or(Party::System), Party::of);
        let mut input = input(self.def, step, self.now.kst_date());
        for (name, value) in rest.iter().filter_map(|word| word.split_once('=')) {
            given(self.def, &mut input, name, value)?;
        }
        let (now, locale, days) = (self.now, self.locale, self.cases.days());
        let walk = self.walk.as_mut().ok_or("nothing is filed yet: file")?;
        walk.take(id, &party, &input, now, &days).map_err(|error| site::message(&error, locale))
    }

    fn wait(&mut self, until: &str) -> Result<(), String> {
        let to = match until.parse::<i64>() {
            Ok(days) if days >= 0 => self.now.plus_days(days),
            _ => moment(until, None)?,
        };
        if to < self.now {
            return Err(format!("{until} is over; it is {}", self.now.kst_date()));
        }
        let days = self.cases.days();
        let walk = self.walk.as_mut().ok_or("nothing is filed yet: file")?;
        Self::tell(&walk.advance(to, &days));
        self.now = to;
        Ok(())
    }

    /// Where the case stands, what can be done, which clocks run until when.
    fn show(&self) {
        let Some(walk) = &self.walk else { return };
        let (def, locale) = (self.def, self.locale);
        let name = def.state(walk.state()).map_or("", |state| state.name.get(locale));
        let at = self.now.kst().strftime("%Y-%m-%d %H:%M");
        terminal::line(format_args!("{at}  {} ({name})", walk.state()));
        let clocks = walk.clocks(self.now, &self.cases.days());
        for run in &clocks {
            terminal::line(clock(def, run, self, locale));
        }
        let parties: Vec<Party> = def.steps.iter().flat_map(|step| step.by.iter().cloned()).collect();
        for step in open_steps(def, walk.state(), &parties, walk.answers(), &clocks) {
            let by: Vec<&str> = step.by.iter().map(Party::code).collect();
            let needs: Vec<&str> = step.needs.iter().map(Need::code).collect();
            let needs = if needs.is_empty() { String::new() } else { format!("  needs {}", needs.join(", ")) };
            terminal::line(format_args!("  > {:20} {} [{}]{needs}", step.id, step.name.get(locale), by.join(", ")));
        }
    }
}

fn clock(def: &Definition, run: &ClockRun, tour: &Tour<'_>, locale: Locale) -> String {
    let name = def.clock(&run.clock).map_or("", |clock| clock.name.get(locale));
    let status = madang_cases::service::clocks::code(run.status);
    let due = match (run.due_on, run.expected_on) {
        (Some(due), _) => format!("{due}, {:+} days", timeline::days_left(run, tour.now, &tour.cases.days()).calendar),
        (None, Some(expected)) => format!("stands still; {expected} if it went on now"),
        (None, None) => String::new(),
    };
    format!("  : {:20} {name}  {status}  {due}", run.clock)
}

/// Ten in the morning of a day, or another time of it.
fn moment(day: &str, time: Option<&str>) -> Result<Time, String> {
    let day: Date = day.parse().map_err(|_| format!("{day} is no day such as 2026-03-10"))?;
    let midnight = Time::at_kst_midnight(day);
    let Some(time) = time else { return Ok(midnight.plus_seconds(10 * 3600)) };
    let at: DateTime = format!("{day}T{time}:00").parse().map_err(|_| format!("{time} is no time such as 14:30"))?;
    Ok(midnight.plus_seconds(i64::from(at.hour()) * 3600 + i64::from(at.minute()) * 60))
}

/// Everything that a step needs, made up.
fn input(def: &Definition, step: &Step, today: Date) -> StepInput {
    let mut input = StepInput::default();
    for need in &step.needs {
        match need {
            Need::Answer => input.answer = "…".to_owned(),
            Need::Reason => input.reason = "…".to_owned(),
            Need::Ground => input.grounds = def.grounds.first().map(|ground| ground.id.clone()).into_iter().collect(),
            Need::Outcome => input.outcome = outcomes(def, step).first().map(|choice| choice.id.clone()),
            Need::File => input.files = vec![file()],
            Need::Link => input.link = Some("https://example.kr/".to_owned()),
            Need::Approval => {}
            Need::Field(id) => {
                if let Some(field) = def.field(id) {
                    input.fields.0.extend(sample(field, today).map(|answer| (id.clone(), answer)));
                }
            }
        }
    }
    input
}

/// What the line says of an input.
fn given(def: &Definition, input: &mut StepInput, name: &str, value: &str) -> Result<(), String> {
    match name {
        "answer" => value.clone_into(&mut input.answer),
        "reason" => value.clone_into(&mut input.reason),
        "grounds" => input.grounds = value.split(',').map(str::to_owned).collect(),
        "outcome" => input.outcome = Some(value.to_owned()),
        "link" => input.link = Some(value.to_owned()),
        field => {
            let field = def.field(field).ok_or_else(|| format!("there is no field {field}"))?;
            let text = serde_json::from_str(value).unwrap_or_else(|_| serde_json::Value::from(value));
            let one = serde_json::json!({ &field.id: text }).to_string();
            let typed = Answers::from_json(def, &one).map_err(|_| format!("{value} is no answer to {}", field.id))?;
            input.fields.0.extend(typed.0);
        }
    }
    Ok(())
}

fn file() -> FileAnswer {
    FileAnswer {
        sha256: "0".repeat(64),
        name: "example.pdf".to_owned(),
        size: 1,
        media_type: "application/pdf".to_owned(),
    }
}

/// An answer that fits a field; none where no example can be made up.
fn sample(field: &Field, today: Date) -> Option<Answer> {
    Some(match &field.kind {
        FieldKind::Line { .. } | FieldKind::Text { .. } => Answer::Text("…".to_owned()),
        FieldKind::Choice { options } => Answer::Choice(options.first()?.id.clone()),
        FieldKind::MultiChoice { options, count } => {
            let many = usize::try_from(count.min.max(1)).unwrap_or(1);
            Answer::Choices(options.iter().take(many).map(|option| option.id.clone()).collect())
        }
        FieldKind::Number { min, .. } | FieldKind::Money { min, .. } => Answer::Number(*min),
        FieldKind::Date { .. } => Answer::Date(today),
        FieldKind::Place => Answer::Place(Place { address: "…".to_owned(), ..Place::default() }),
        FieldKind::Person => Answer::Person(PersonAnswer { name: "…".to_owned(), contact: "…".to_owned() }),
        FieldKind::Agency => Answer::Agency("mois".to_owned()),
        FieldKind::File { .. } => Answer::Files(vec![file()]),
        FieldKind::Photo { .. } => Answer::Files(vec![FileAnswer { media_type: "image/jpeg".to_owned(), ..file() }]),
        FieldKind::Table { columns, count } => {
            let row =
                || columns.iter().filter_map(|column| Some((column.id.clone(), sample(column, today)?))).collect();
            Answer::Rows((0..count.min.max(1)).map(|_| row()).collect())
        }
        FieldKind::Consent { text } => Answer::Consent(text.get(Locale::Ko).to_owned()),
    })
}
