//! What the templates of a witness are given.

use madang_base::{Locale, LocalizedText, Time};
use madang_witness::alarm::Alarm;
use madang_witness::status::{LogStatus, Status};
use serde::Serialize;

use super::{Face, words};
use crate::i18n::iso_time;

/// Alarms that are over, and findings, that a page shows.
const SHOWN: usize = 50;

#[derive(Serialize)]
struct Frame {
    title: LocalizedText,
    operator: LocalizedText,
    contact: String,
    name: String,
    vkey: String,
    path: String,
    generated: String,
}

/// A page with nothing but its frame.
#[derive(Serialize)]
pub(super) struct Bare {
    w: Frame,
}

#[derive(Serialize)]
struct OneAlarm {
    id: String,
    kind: &'static str,
    title: String,
    text: String,
    log: String,
    href: String,
    raised_at: String,
    ended_at: Option<String>,
    evidence: Vec<File>,
}

#[derive(Serialize)]
struct File {
    name: String,
    href: String,
}

#[derive(Serialize)]
struct LogLine {
    name: String,
    origin: String,
    href: String,
    state: &'static str,
    size: Option<u64>,
    cosigned_at: Option<String>,
    first: String,
}

#[derive(Serialize)]
pub(super) struct Overview {
    w: Frame,
    logs: Vec<LogLine>,
    open: Vec<OneAlarm>,
    past: Vec<OneAlarm>,
    sound: usize,
}

#[derive(Serialize)]
struct LogFace {
    name: String,
    origin: String,
    url: String,
    vkeys: Vec<String>,
    state: &'static str,
    size: Option<u64>,
    root: Option<String>,
    cosigned_at: Option<String>,
    grown_at: Option<String>,
    checked_at: Option<String>,
    away_since: Option<String>,
    held: String,
    audits: bool,
}

#[derive(Serialize)]
struct AuditFace {
    ok: bool,
    size: u64,
    at: String,
    full_at: String,
    findings: usize,
    list: Vec<FindingLine>,
    more: usize,
}

#[derive(Serialize)]
struct FindingLine {
    path: String,
    index: Option<u64>,
    leaf: u64,
    title: String,
}

#[derive(Serialize)]
struct PastLine {
    at: String,
    size: u64,
    root: String,
}

#[derive(Serialize)]
pub(super) struct OneLog {
    w: Frame,
    log: LogFace,
    audit: Option<AuditFace>,
    open: Vec<OneAlarm>,
    past: Vec<OneAlarm>,
    history: Vec<PastLine>,
    checkpoint: String,
}

fn frame(status: &Status, path: String) -> Frame {
    Frame {
        title: status.title.clone(),
        operator: status.operator.clone(),
        contact: status.contact.clone(),
        name: status.name.clone(),
        vkey: status.vkey.clone(),
        path,
        generated: iso_time(status.generated),
    }
}

pub(super) fn bare(face: &Face, path: &str) -> Bare {
    Bare { w: frame(&face.witness.status(), path.to_owned()) }
}

fn state(log: &LogStatus) -> &'static str {
    if log.held.is_some() || log.alarms.iter().any(|alarm| alarm.ended_at.is_none()) {
        "alarm"
    } else if log.away_since.is_some() {
        "away"
    } else if log.size.is_none() {
        "waiting"
    } else {
        "fine"
    }
}

fn one_alarm(face: &Face, locale: Locale, alarm: &Alarm, origin: &str) -> OneAlarm {
    let (title, text) = words::alarm(face.templates.catalogue(), locale, alarm);
    let file = |name: &String| File { name: name.clone(), href: format!("/logs/{}/evidence/{name}", alarm.log) };
    OneAlarm {
        id: format!("alarm-{}", alarm.id),
        kind: alarm.kind.code(),
        title,
        text,
        log: origin.to_owned(),
        href: format!("/{locale}/logs/{}", alarm.log),
        raised_at: iso_time(alarm.raised_at),
        ended_at: alarm.ended_at.map(iso_time),
        evidence: alarm.evidence.iter().map(file).collect(),
    }
}

/// Open ones and those that are over, newest first each.
fn alarms(face: &Face, locale: Locale, logs: &[LogStatus]) -> (Vec<OneAlarm>, Vec<OneAlarm>) {
    let mut all: Vec<(&Alarm, &str)> =
        logs.iter().flat_map(|log| log.alarms.iter().map(|alarm| (alarm, log.origin.as_str()))).collect();
    all.sort_by_key(|(alarm, _)| std::cmp::Reverse(alarm.raised_at));
    let (open, past): (Vec<_>, Vec<_>) = all.into_iter().partition(|(alarm, _)| alarm.ended_at.is_none());
    let shown = |list: Vec<(&Alarm, &str)>| {
        list.into_iter().take(SHOWN).map(|(alarm, origin)| one_alarm(face, locale, alarm, origin)).collect()
    };
    (shown(open), shown(past))
}

pub(super) fn overview(face: &Face, locale: Locale) -> Overview {
    let status = face.witness.status();
    let line = |log: &LogStatus| LogLine {
        name: log.name.clone(),
        origin: log.origin.clone(),
        href: format!("/{locale}/logs/{}", log.name),
        state: state(log),
        size: log.size,
        cosigned_at: log.cosigned_at.map(iso_time),
        first: log
            .alarms
            .iter()
            .find(|alarm| alarm.ended_at.is_none())
            .map(|alarm| words::alarm(face.templates.catalogue(), locale, alarm).0)
            .unwrap_or_default(),
    };
    let (open, past) = alarms(face, locale, &status.logs);
    Overview {
        w: frame(&status, "/".to_owned()),
        logs: status.logs.iter().map(line).collect(),
        open,
        past,
        sound: status.logs.iter().filter(|log| state(log) != "alarm").count(),
    }
}

pub(super) fn log(face: &Face, name: &str, locale: Locale) -> Option<OneLog> {
    let status = face.witness.status();
    let log = status.logs.iter().find(|log| log.name == name)?;
    let (open, past) = alarms(face, locale, std::slice::from_ref(log));
    let iso = |time: Option<Time>| time.map(iso_time);
    let audit = log.audit.as_ref().map(|audit| {
        let all = face.witness.findings(name);
        let list: Vec<FindingLine> = all
            .iter()
            .take(SHOWN)
            .map(|finding| FindingLine {
                path: finding.path.clone(),
                index: finding.index,
                leaf: finding.leaf,
                title: face.templates.catalogue().text(locale, &format!("witness-wrong-{}", finding.wrong.code()), &[]),
            })
            .collect();
        AuditFace {
            ok: audit.ok,
            size: audit.size,
            at: iso_time(audit.at),
            full_at: iso_time(audit.full_at),
            findings: audit.findings,
            more: all.len() - list.len(),
            list,
        }
    });
    let history = face.witness.history(name);
    Some(OneLog {
        w: frame(&status, format!("/logs/{name}")),
        log: LogFace {
            name: log.name.clone(),
            origin: log.origin.clone(),
            url: log.url.clone(),
            vkeys: log.vkeys.clone(),
            state: state(log),
            size: log.size,
            root: log.root.clone(),
            cosigned_at: iso(log.cosigned_at),
            grown_at: iso(log.grown_at),
            checked_at: iso(log.checked_at),
            away_since: iso(log.away_since),
            held: log.held.clone().unwrap_or_default(),
            audits: log.audits,
        },
        audit,
        open,
        past,
        history: history
            .into_iter()
            .map(|past| PastLine { at: iso_time(past.at), size: past.size, root: past.root })
            .collect(),
        checkpoint: if log.size.is_some() { format!("/logs/{name}/checkpoint") } else { String::new() },
    })
}
