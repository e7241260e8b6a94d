//! What the demonstration's services have been given so far, read from `cases.toml`: done by the services' own verbs, by the
//! demonstration's accounts, at times before now, oldest first and in one transaction. Nothing is put into a table here.
//!
//! Done once: what was filed without an account is found again by its request key. No mail tells of it.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, Time as Hour};
use madang_base::calendar::Calendar;
use madang_base::{Error, Kind, Locale, Result, Time};
use madang_cases::service::{
    approve, ask, assign, extend, file, merge, note, parties, rate, step, tick, transfer, withdraw,
};
use madang_cases::support::{self, BatchInput, BatchKind, PaperLine, SupportInput};
use madang_cases::{ApprovalId, CaseId, Cases, Channel, notify};
use madang_db::Tx;
use madang_form::timeline::{self, Happening, What};
use madang_form::{Answers, Definition, Field, FieldKind, Moment, Party, Raw, StepInput, values};
use madang_identity::demo;
use madang_kernel::job::{self, Filter};
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Person, PersonKeys, digest};
use serde::Deserialize;

const STORY: &str = include_str!("cases.toml");

/// Who files without an account.
const NOBODY: &str = "nobody";
/// The account that is a member of every group which the services declare.
const MEMBER: &str = "committee";
/// Regions and ages that the demonstration's supporters state, the same at every start.
const REGIONS: &[&str] = &["kr-11", "kr-41", "kr-26", "kr-11", "kr-45", "kr-50", "kr-28", "kr-41", "kr-30", "kr-49"];
const AGES: &[&str] = &["30-39", "40-49", "60-69", "20-29", "70-up", "50-59", "0-19"];

#[derive(Deserialize)]
struct Story {
    case: Vec<Begun>,
}

/// A case of the story; `cases.toml` says what its keys mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    key: Option<String>,
    service: String,
    by: String,
    filed: Option<i64>,
    due: Option<Due>,
    name: Option<String>,
    #[serde(default = "web")]
    channel: Channel,
    #[serde(default)]
    public: bool,
    answers: BTreeMap<String, Typed>,
    #[serde(default)]
    act: Vec<Act>,
}

impl Begun {
    /// Whether somebody was given a code for it.
    fn has_code(&self) -> bool {
        self.channel != Channel::Web || self.by == NOBODY
    }
}

const fn web() -> Channel {
    Channel::Web
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Due {
    clock: String,
    r#in: i64,
}

/// One value or several.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Typed {
    One(String),
    Many(Vec<String>),
}

/// An act: when, who, and one of the verbs with what it needs.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Act {
    day: i64,
    until: Option<i64>,
    at: Option<String>,
    by: Option<String>,
    /// The case by its key, when it is another than the one it stands with.
    of: Option<String>,
    step: Option<String>,
    ask: Option<String>,
    reply: Option<String>,
    extend: Option<String>,
    transfer: Option<String>,
    note: Option<String>,
    assign: Option<String>,
    merge: Vec<String>,
    withdraw: bool,
    rate: Option<i64>,
    approve: bool,
    supports: Option<u32>,
    paper: Option<u32>,
    threshold: Option<String>,
    reason: String,
    answer: String,
    text: String,
    protocol: String,
    outcome: Option<String>,
    grounds: Vec<String>,
    link: Option<String>,
    fields: BTreeMap<String, Typed>,
}

/// Something at its time: the filing of a case, or an act of one. A support is one of many of its act.
struct Event<'a> {
    at: Time,
    case: usize,
    act: Option<&'a Act>,
    nth: u32,
}

/// A case as it was filed, for whoever wants to look it up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receipts(pub(crate) Vec<(String, String)>);

/// Fills a site that has none of it; gives number and code of what was filed without an account. The accounts are there.
///
/// # Errors
/// Those of the verbs: the story and the shipped definitions do not fit each other.
pub(crate) fn fill(tx: &mut Tx, ctx: &Ctx, cases: &Cases) -> Result<Receipts> {
    let story = story()?;
    let mut teller = Teller { ctx, cases, people: BTreeMap::new(), filed: BTreeMap::new(), waiting: BTreeMap::new() };
    if teller.known(tx, &story.case)? {
        return Ok(teller.receipts(&story.case));
    }
    teller.join(tx)?;
    for event in events(ctx.now, tx, cases, &story.case)? {
        let done = match event.act {
            None => teller.file(tx, event.case, &story.case[event.case], event.at),
            Some(act) => teller.act(tx, event.case, &story.case, act, event.at, event.nth),
        };
        done.map_err(|error| at_fault(&story.case[event.case], event.act, error))?;
    }
    // What has come about since by itself.
    while tick::tick(tx, ctx, cases, 100)? > 0 {}
    quiet(tx, ctx)?;
    Ok(teller.receipts(&story.case))
}

fn story() -> Result<Story> {
    toml::from_str(STORY).map_err(Error::internal)
}

/// Says which line of the story it was.
fn at_fault(case: &Begun, act: Option<&Act>, error: Error) -> Error {
    let verb = act.map_or("filed", |act| act.step.as_deref().unwrap_or("act"));
    let fields: Vec<_> = error.fields().iter().map(|field| format!("{} {}", field.field, field.code)).collect();
    let title = case.answers.get("title").map(first).unwrap_or_default();
    Error::internal(format!("{} {title:?}, {verb}: {} {fields:?}", case.service, error.code())).source(error)
}

fn first(typed: &Typed) -> &str {
    match typed {
        Typed::One(text) => text,
        Typed::Many(texts) => texts.first().map_or("", String::as_str),
    }
}

// ------------------------------------------------------------------------------------------------------------- when

/// Everything at its time, oldest first. Cases of a service that did not take any on their day are left out.
fn events<'a>(now: Time, tx: &mut Tx, cases: &Cases, story: &'a [Begun]) -> Result<Vec<Event<'a>>> {
    let mut out = Vec::new();
    for (case, begun) in story.iter().enumerate() {
        let version = cases.services.current(tx, &begun.service)?;
        let def = &version.definition;
        let day = filed_on(now, cases, def, begun)?;
        let (opens, closes) = (def.filing.opens, def.filing.closes);
        if opens.is_some_and(|opens| day < opens) || closes.is_some_and(|closes| day > closes) {
            continue;
        }
        let mut own = vec![Event { at: moment(day, hour(None, case)?), case, act: None, nth: 0 }];
        for (place, act) in begun.act.iter().enumerate() {
            for (at, nth) in times(&cases.calendar, day, begun, act, place)? {
                own.push(Event { at, case, act: Some(act), nth });
            }
        }
        in_order(&mut own, now);
        out.extend(own);
    }
    out.sort_by_key(|event| event.at);
    Ok(out)
}

/// The times of an act: one, or as many as supports.
fn times(calendar: &Calendar, filed: Date, begun: &Begun, act: &Act, place: usize) -> Result<Vec<(Time, u32)>> {
    let by = act.by.as_deref().unwrap_or(&begun.by);
    let mut day = plus(filed, act.day);
    // Offices are shut on days off; what a case waits for comes on the next day they are open.
    while (by.starts_with("officer") || by.starts_with("clerk")) && !calendar.is_business_day(day) {
        day = plus(day, 1);
    }
    let begin = moment(day, hour(act.at.as_deref(), place)?);
    let Some(count) = act.supports else { return Ok(vec![(begin, 0)]) };
    let end = moment(plus(filed, act.until.unwrap_or(act.day)), Hour::constant(21, 0, 0, 0));
    let step = (end.seconds_since(begin) / i64::from(count.max(1))).max(1);
    // Not to the second: people come as they come.
    let wobble = |nth: u32| i64::from(nth.wrapping_mul(2_654_435_761) % 997) % step;
    Ok((0..count).map(|nth| (begin.plus_seconds(i64::from(nth) * step + wobble(nth)), nth)).collect())
}

/// Puts the events of one case in an order in which they can have happened, the last one before now.
fn in_order(own: &mut [Event<'_>], now: Time) {
    let mut floor = Time::from_micros(0);
    for event in own.iter_mut().filter(|event| event.act.is_none_or(|act| act.supports.is_none())) {
        event.at = event.at.max(floor.plus_seconds(60));
        floor = event.at;
    }
    own.sort_by_key(|event| event.at);
    let mut ceiling = now;
    for event in own.iter_mut().rev() {
        event.at = event.at.min(ceiling.plus_seconds(-1));
        ceiling = event.at;
    }
}

/// The day of filing: given, or the one from which the clock ends on the day that the story wants.
fn filed_on(now: Time, cases: &Cases, def: &Definition, begun: &Begun) -> Result<Date> {
    let today = now.kst_date();
    if let Some(days) = begun.filed {
        return Ok(plus(today, -days));
    }
    let due = begun.due.as_ref().ok_or_else(|| Error::internal("a case without its day"))?;
    let clock = def.clock(&due.clock).ok_or_else(|| Error::internal("a clock that is none"))?;
    let mut target = plus(today, due.r#in);
    while !cases.calendar.is_business_day(target) {
        target = plus(target, if due.r#in < 0 { -1 } else { 1 });
    }
    // Back from today to the first day that ends where it should; days off on the way make some end together.
    let mut found = today;
    for back in 1..120 {
        let day = plus(today, -back);
        let filed = Happening { at: moment(day, Hour::constant(9, 10, 0, 0)), what: What::Filed };
        let run = timeline::run(def, clock, &Answers::default(), &[filed], now, &cases.days());
        match run.and_then(|run| run.due_on) {
            Some(ends) if ends >= target => found = day,
            Some(_) => break,
            None => {}
        }
    }
    Ok(found)
}

fn plus(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(day)
}

fn moment(day: Date, hour: Hour) -> Time {
    let seconds = i64::from(hour.hour()) * 3600 + i64::from(hour.minute()) * 60;
    Time::at_kst_midnight(day).plus_seconds(seconds)
}

/// The hour that is written, or one between nine and five that differs from line to line.
fn hour(written: Option<&str>, place: usize) -> Result<Hour> {
    if let Some(text) = written {
        return text.parse().map_err(Error::internal);
    }
    let minutes = (place * 37) % 420;
    let part = |value: usize| i8::try_from(value).unwrap_or(0);
    Hour::new(part(9 + minutes / 60), part(minutes % 60), 0, 0).map_err(Error::internal)
}

// -------------------------------------------------------------------------------------------------------------- who

struct Teller<'a> {
    ctx: &'a Ctx,
    cases: &'a Cases,
    people: BTreeMap<String, Person>,
    /// By place in the story: id, number and code.
    filed: BTreeMap<usize, (CaseId, String, Option<String>)>,
    /// By place in the story: what waits for a second officer.
    waiting: BTreeMap<usize, ApprovalId>,
}

impl Teller<'_> {
    fn person(&mut self, tx: &mut Tx, key: &str) -> Result<Person> {
        if let Some(known) = self.people.get(key) {
            return Ok(known.clone());
        }
        let person = demo::person(tx, self.ctx, &super::options(), key)?;
        self.people.insert(key.to_owned(), person.clone());
        Ok(person)
    }

    fn account(&mut self, tx: &mut Tx, key: &str) -> Result<AccountId> {
        Ok(self.person(tx, key)?.account)
    }

    fn as_of(&mut self, tx: &mut Tx, key: &str, now: Time) -> Result<Ctx> {
        let actor = match key {
            NOBODY => Actor::Anonymous,
            _ => Actor::Person(self.person(tx, key)?),
        };
        Ok(Ctx { now, locale: Locale::Ko, ..self.ctx.clone().with_actor(actor) })
    }

    /// Everybody's member of every group.
    fn join(&mut self, tx: &mut Tx) -> Result<()> {
        let account = self.account(tx, MEMBER)?;
        for version in self.cases.services.list(tx)? {
            for party in &version.definition.parties {
                parties::add(tx, self.ctx, self.cases, &version.definition.id, &party.id, account)?;
            }
        }
        Ok(())
    }

    // -------------------------------------------------------------------------------------------------------- what

    /// Whether the story was told already: what was filed without an account is there under its request keys.
    fn known(&mut self, tx: &mut Tx, story: &[Begun]) -> Result<bool> {
        for (place, begun) in story.iter().enumerate().filter(|(_, begun)| begun.has_code()) {
            let ctx = self.as_of(tx, &begun.by, self.ctx.now)?;
            // What was sent before is found by its request key, whatever else is sent with it; nothing is no case.
            let nothing = filing(place, begun, Answers::default(), String::new());
            match file::file(tx, &ctx, self.cases, &nothing) {
                Ok(receipt) if receipt.again => {
                    self.filed.insert(place, (receipt.id, receipt.number, receipt.secret));
                }
                Err(error) if error.kind() == Kind::Internal => return Err(error),
                Ok(_) | Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }

    fn receipts(&self, story: &[Begun]) -> Receipts {
        let of = |(place, (_, number, secret)): (&usize, &(CaseId, String, Option<String>))| {
            let counter = story.get(*place).is_some_and(Begun::has_code);
            secret.clone().filter(|_| counter).map(|secret| (number.clone(), secret))
        };
        Receipts(self.filed.iter().filter_map(of).collect())
    }

    fn file(&mut self, tx: &mut Tx, place: usize, begun: &Begun, at: Time) -> Result<()> {
        let ctx = self.as_of(tx, &begun.by, at)?;
        let version = self.cases.services.current(tx, &begun.service)?;
        let def = &version.definition;
        let mut raw = raw(&begun.answers, at.kst_date());
        let fields: Vec<&Field> = def.filing_fields().collect();
        let name = begun.name.clone().unwrap_or_else(|| if begun.by == NOBODY { "" } else { "시민" }.to_owned());
        for field in &fields {
            match field.kind {
                FieldKind::Person => {
                    raw.push(format!("{}.name", field.id), &name);
                    raw.push(format!("{}.contact", field.id), format!("{}@demo.example", begun.by));
                }
                FieldKind::Consent { .. } => raw.push(&field.id, "yes"),
                _ => {}
            }
        }
        let answers = filled(def, &Party::Author, &fields, &raw, at.kst_date())?;
        let receipt = file::file(tx, &ctx, self.cases, &filing(place, begun, answers, name))?;
        self.filed.insert(place, (receipt.id, receipt.number, receipt.secret));
        Ok(())
    }

    fn number(&self, story: &[Begun], key: &str) -> Result<String> {
        let place = story.iter().position(|begun| begun.key.as_deref() == Some(key));
        let filed = place.and_then(|place| self.filed.get(&place));
        filed.map(|(_, number, _)| number.clone()).ok_or_else(|| Error::internal(format!("no case {key} yet")))
    }

    fn act(&mut self, tx: &mut Tx, place: usize, story: &[Begun], act: &Act, at: Time, nth: u32) -> Result<()> {
        let own = self.filed.get(&place).cloned().ok_or_else(|| Error::internal("an act before its case"))?;
        let (id, number) = match &act.of {
            Some(key) => (own.0, self.number(story, key)?),
            None => (own.0, own.1),
        };
        let cases = self.cases;
        let by = act.by.as_deref().unwrap_or(&story[place].by);
        let ctx = self.as_of(tx, by, at)?;
        if act.supports.is_some() {
            return give(tx, &ctx, cases, &number, nth);
        }
        if let Some(name) = &act.step {
            let mut input = self.input(tx, &story[place].service, name, act, at.kst_date())?;
            if let Some(key) = act.link.as_deref().and_then(|link| link.strip_prefix("case:")) {
                input.link = Some(format!("case:{}", self.number(story, key)?));
            }
            let taken = step::take(tx, &ctx, cases, &number, name, &input, &[], None)?;
            if let step::Taken::Submitted(approval) = taken {
                self.waiting.insert(place, approval);
            }
        } else if act.approve {
            let waits = || Error::internal("nothing waits for a second officer");
            let approval = self.waiting.remove(&place).ok_or_else(waits)?;
            approve::approve(tx, &ctx, cases, approval, "")?;
        } else if let Some(text) = &act.ask {
            ask::ask(tx, &ctx, cases, &number, text)?;
        } else if let Some(text) = &act.reply {
            ask::reply(tx, &ctx, cases, &number, text, &[], None)?;
        } else if let Some(clock) = &act.extend {
            extend::extend(tx, &ctx, cases, &number, clock, &act.reason, false)?;
        } else if let Some(to) = &act.transfer {
            transfer::transfer(tx, &ctx, cases, &number, to, &act.reason)?;
        } else if let Some(text) = &act.note {
            note::add(tx, &ctx, cases, &number, text)?;
        } else if let Some(to) = &act.assign {
            let to = self.account(tx, to)?;
            assign::assign(tx, &ctx, cases, &[number], Some(to))?;
        } else if !act.merge.is_empty() {
            let from = act.merge.iter().map(|key| self.number(story, key)).collect::<Result<Vec<_>>>()?;
            merge::merge(tx, &ctx, cases, &number, &from, &act.reason)?;
        } else if act.withdraw {
            withdraw::withdraw(tx, &ctx, cases, &number, &act.reason, None)?;
        } else if let Some(stars) = act.rate {
            rate::rate(tx, &ctx, cases, &number, stars, &act.text, None)?;
        } else if let Some(lines) = act.paper {
            support::batch::enter(tx, &ctx, cases, &number, &sheets(lines, &act.protocol, at.kst_date()))?;
        } else if let Some(threshold) = &act.threshold {
            let system = ctx.with_actor(Actor::System);
            step::happen(tx, &system, cases, id, &Moment::Threshold(threshold.clone()))?;
        } else {
            return Err(Error::internal("an act that does nothing"));
        }
        Ok(())
    }

    fn input(&self, tx: &mut Tx, service: &str, step: &str, act: &Act, today: Date) -> Result<StepInput> {
        let version = self.cases.services.current(tx, service)?;
        let def = &version.definition;
        let unknown = || Error::internal(format!("{service} has no step {step}"));
        let taken = def.step(step).ok_or_else(unknown)?;
        let mut fields = Answers::default();
        for party in &taken.by {
            let named: Vec<&Field> = def.fields.iter().filter(|field| field.by == *party).collect();
            let named: Vec<&Field> = named.into_iter().filter(|field| names(&act.fields, &field.id)).collect();
            fields.0.extend(filled(def, party, &named, &raw(&act.fields, today), today)?.0);
        }
        Ok(StepInput {
            answer: act.answer.clone(),
            reason: act.reason.clone(),
            grounds: act.grounds.clone(),
            outcome: act.outcome.clone(),
            files: Vec::new(),
            link: act.link.clone(),
            fields,
        })
    }
}

fn filing(place: usize, begun: &Begun, answers: Answers, name: String) -> file::FilingInput {
    let proxy = (begun.channel != Channel::Web)
        .then(|| file::ProxyInput { how: "spoken".to_owned(), note: "말로 동의했습니다.".to_owned() });
    file::FilingInput {
        service: begun.service.clone(),
        answers,
        uploads: Vec::new(),
        channel: begun.channel,
        name,
        mail: None,
        wants_public: begun.public,
        request_key: request_key(place),
        proxy,
        follow: false,
    }
}

/// The key under which a case of the story is filed; secret codes come from it, so that they stay the same.
fn request_key(place: usize) -> String {
    format!("demonstration-case-{place:04}")
}

fn names(typed: &BTreeMap<String, Typed>, field: &str) -> bool {
    typed.keys().any(|name| name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.')))
}

/// Values as a form would send them; `+5d` is the day in five days.
fn raw(typed: &BTreeMap<String, Typed>, today: Date) -> Raw {
    let mut raw = Raw::default();
    for (name, value) in typed {
        let texts: &[String] = match value {
            Typed::One(text) => std::slice::from_ref(text),
            Typed::Many(texts) => texts,
        };
        for text in texts {
            let days = text.strip_suffix('d').filter(|days| days.starts_with(['+', '-']));
            let day = days.and_then(|days| days.parse().ok()).map(|days| plus(today, days).to_string());
            raw.push(name, day.unwrap_or_else(|| text.clone()));
        }
    }
    raw
}

fn filled(def: &Definition, by: &Party, fields: &[&Field], raw: &Raw, today: Date) -> Result<Answers> {
    let filled = values::fill(def, by, fields, raw, &BTreeMap::new(), &Answers::default(), today);
    if filled.errors.is_empty() {
        return Ok(filled.answers);
    }
    Err(filled.errors.into_iter().fold(Error::invalid("case.filing-invalid"), Error::field_error))
}

/// A supporter that is nobody: a person key of the demonstration, without an account.
fn give(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, nth: u32) -> Result<()> {
    let key = digest::hmac_hex(&ctx.keys.person, &[b"demonstration-supporter", &nth.to_be_bytes()]);
    let person = Person {
        account: madang_base::Id::new(ctx.now, ctx.rng()),
        assurance: Assurance::Verified,
        grants: Vec::new(),
        second_factor: false,
        scopes: None,
        keys: PersonKeys { first: Some(key.clone()), verified: Some(key) },
    };
    let pick = |from: &[&str], by: usize| from.get((nth as usize * by) % from.len()).map(|word| (*word).to_owned());
    let input = SupportInput {
        region: pick(REGIONS, 7),
        age_band: pick(AGES, 5),
        follow: false,
        channel: Channel::Web,
        network: String::new(),
    };
    let ctx = ctx.clone().with_actor(Actor::Person(person));
    match support::give(tx, &ctx, cases, number, &input) {
        // Days off may have moved the state on; then nobody supports any more.
        Err(error) if error.kind() == Kind::Conflict || error.code() == "case.unknown" => Ok(()),
        done => done.map(drop),
    }
}

/// Sheets of paper: the lines are numbered, nobody is named.
fn sheets(lines: u32, protocol: &str, today: Date) -> BatchInput {
    let line = |nth: u32| PaperLine {
        name: format!("서명 {nth}"),
        birth: Some(plus(today, -365 * 20 - i64::from(nth) * 97)),
        mark: nth.to_string(),
        claim: None,
        region: REGIONS.get(nth as usize % REGIONS.len()).map(|word| (*word).to_owned()),
        age_band: None,
    };
    BatchInput {
        kind: BatchKind::Paper,
        protocol: protocol.to_owned(),
        sheets: lines.div_ceil(15),
        lines: (1..=lines).map(line).collect(),
    }
}

/// Takes the notices out of the queue: nobody was there yet to be told.
fn quiet(tx: &mut Tx, ctx: &Ctx) -> Result<()> {
    let mut filter = Filter { kind: Some(notify::NOTIFY.to_owned()), ..Filter::default() };
    loop {
        let page = job::list(tx, ctx, &filter, 200)?;
        for old in &page.jobs {
            job::delete(tx, ctx, old.id)?;
        }
        match page.next {
            Some(next) => filter.before = Some(next),
            None => return Ok(()),
        }
    }
}
