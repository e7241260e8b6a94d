//! The top of the file and its small tables: filing, routing, parties, support, thresholds, grounds, templates, public
//! view, retention.

use madang_base::LocalizedText;

use super::field::{self, whens};
use super::reader::{At, Reader, Table};
use super::{clock, flow};
use crate::model::{
    AuthorName, CasePublicity, Definition, Filer, Filing, Ground, Party, PartyDef, Public, Retention, Routing,
    RoutingRule, Support, SupportWord, Template, Threshold,
};

const FILERS: [(&str, Filer); 4] = [
    ("anonymous", Filer::Anonymous),
    ("pseudonymous", Filer::Pseudonymous),
    ("verified", Filer::Verified),
    ("proxy", Filer::Proxy),
];
/// Years, months and days that a retention may be written in; days each counts as.
const SPANS: [(&str, u32); 3] = [("year", 365), ("month", 30), ("day", 1)];
const MAX_RETENTION: u32 = 30 * 365;

pub fn definition(r: &mut Reader<'_>, at: &At<'_>) -> Definition {
    let empty = Table { path: String::new(), span: 0..0, entries: &[] };
    let top = r.table(at, "service").unwrap_or(empty);
    let name = r.req(&top, "name", Reader::localized).unwrap_or_default();
    Definition {
        id: r.req(&top, "id", Reader::id).unwrap_or_default(),
        case_name: r.opt(&top, "case-name", Reader::localized).unwrap_or_else(|| name.clone()),
        name,
        summary: r.req(&top, "summary", Reader::localized).unwrap_or_default(),
        basis: r.basis(&top),
        number: r.req(&top, "number", number).unwrap_or_default(),
        filing: r.req(&top, "filing", filing).unwrap_or_else(no_filing),
        fields: list(r, &top, "field", true, field::field),
        routing: r.opt(&top, "routing", routing).unwrap_or_else(no_routing),
        parties: list(r, &top, "party", false, party),
        states: flow::states(r, &top),
        steps: list(r, &top, "step", true, flow::step),
        clocks: list(r, &top, "clock", false, clock::clock),
        support: r.opt(&top, "support", support),
        thresholds: list(r, &top, "threshold", false, threshold),
        grounds: list(r, &top, "ground", false, ground),
        templates: list(r, &top, "template", false, template),
        public: r.req(&top, "public", public).unwrap_or_else(not_public),
        retention: r.req(&top, "retention", retention).unwrap_or(Retention { personal_days: MAX_RETENTION }),
    }
}

/// `[[key]]`, each read as a table of that name.
pub fn list<'n, T>(
    r: &mut Reader<'_>,
    top: &Table<'n>,
    key: &str,
    needed: bool,
    mut read: impl FnMut(&mut Reader<'_>, &Table<'n>) -> T,
) -> Vec<T> {
    if needed && !top.has(key) {
        r.missing(top, key);
    }
    r.list(top, key, |r, at| {
        let empty = Table { path: at.path.clone(), span: at.node.span.clone(), entries: &[] };
        let table = r.table(at, key).unwrap_or(empty);
        read(r, &table)
    })
}

/// `PT-{year}-{code}`.
fn number(r: &mut Reader<'_>, at: &At<'_>) -> Option<String> {
    let text = r.text(at)?;
    let bare = text.replace("{year}", "").replace("{code}", "");
    let prefix = text.split('-').next().unwrap_or("");
    let fits = text.matches("{code}").count() == 1
        && text.ends_with("-{code}")
        && text.matches("{year}").count() <= 1
        && (1..=8).contains(&prefix.len())
        && prefix.chars().all(|c| c.is_ascii_uppercase())
        && bare.chars().all(|c| c.is_ascii_uppercase() || c == '-')
        && text.len() <= 40
        && crate::number::fits(&text);
    if !fits {
        r.fault(at, "form.number-pattern", &[("value", &text)]);
    }
    fits.then_some(text)
}

fn filers(r: &mut Reader<'_>, at: &At<'_>) -> Option<Vec<Filer>> {
    let words = r.words(at, |r, at| r.choice(at, &FILERS.map(|(word, _)| (word, word))).unwrap_or("").to_owned());
    Some(
        words.iter().filter_map(|word| FILERS.iter().find(|(code, _)| code == word).map(|(_, filer)| *filer)).collect(),
    )
}

fn no_filing() -> Filing {
    Filing {
        who: Vec::new(),
        opens: None,
        closes: None,
        before: LocalizedText::default(),
        after: LocalizedText::default(),
        similar_days: None,
        representatives: 1,
        correct: true,
        withdraw: true,
    }
}

fn filing(r: &mut Reader<'_>, at: &At<'_>) -> Option<Filing> {
    let table = r.table(at, "filing")?;
    Some(Filing {
        who: r.req(&table, "who", filers).unwrap_or_default(),
        opens: r.opt(&table, "opens", Reader::date),
        closes: r.opt(&table, "closes", Reader::date),
        before: r.opt(&table, "before", Reader::localized).unwrap_or_default(),
        after: r.opt(&table, "after", Reader::localized).unwrap_or_default(),
        similar_days: r.opt(&table, "similar", |r, at| {
            let similar = r.table(at, "filing.similar")?;
            r.req(&similar, "days", |r, at| r.natural(at, 1, 3_650))
        }),
        representatives: r.opt(&table, "representatives", |r, at| r.natural(at, 1, 10)).unwrap_or(1),
        correct: r.flag(&table, "correct", true),
        withdraw: r.flag(&table, "withdraw", true),
    })
}

fn no_routing() -> Routing {
    Routing { field: None, rules: Vec::new(), otherwise: None, transfer: false, joint: false }
}

fn routing(r: &mut Reader<'_>, at: &At<'_>) -> Option<Routing> {
    let table = r.table(at, "routing")?;
    Some(Routing {
        field: r.opt(&table, "field", Reader::text),
        rules: r.list(&table, "rules", |r, at| {
            let rule = r.table(at, "routing.rules");
            RoutingRule {
                when: rule.as_ref().and_then(|rule| r.req(rule, "when", whens)).unwrap_or_default(),
                to: rule.and_then(|rule| r.req(&rule, "to", slug)).unwrap_or_default(),
            }
        }),
        otherwise: r.opt(&table, "otherwise", slug),
        transfer: r.flag(&table, "transfer", false),
        joint: r.flag(&table, "joint", false),
    })
}

/// The short name of an organisation in addresses.
fn slug(r: &mut Reader<'_>, at: &At<'_>) -> Option<String> {
    let text = r.text(at)?;
    if is_slug(&text) {
        return Some(text);
    }
    r.fault(at, "form.slug", &[("value", &text)]);
    None
}

pub fn is_slug(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn party(r: &mut Reader<'_>, table: &Table<'_>) -> PartyDef {
    PartyDef {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        help: r.opt(table, "help", Reader::localized).unwrap_or_default(),
    }
}

/// Who acts: `author`, `agency`, `member`, `system` or a declared group.
pub fn parties(r: &mut Reader<'_>, at: &At<'_>) -> Option<Vec<Party>> {
    Some(r.words(at, Reader::word).iter().map(|word| Party::of(word)).collect())
}

fn support(r: &mut Reader<'_>, at: &At<'_>) -> Option<Support> {
    let table = r.table(at, "support")?;
    let words = [("signature", SupportWord::Signature), ("support", SupportWord::Support)];
    Some(Support {
        word: r.req(&table, "word", |r, at| r.choice(at, &words)).unwrap_or(SupportWord::Support),
        who: r.req(&table, "who", filers).unwrap_or_default(),
        states: r.req(&table, "states", |r, at| Some(r.words(at, Reader::word))).unwrap_or_default(),
        paper: r.flag(&table, "paper", false),
        breakdown: r.flag(&table, "breakdown", false),
        smallest: r.opt(&table, "smallest", |r, at| r.natural(at, 5, 1_000)).unwrap_or(5),
        basis: r.basis(&table),
    })
}

fn threshold(r: &mut Reader<'_>, table: &Table<'_>) -> Threshold {
    Threshold {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        count: r.req(table, "count", |r, at| r.integer(at, 1, 100_000_000)).unwrap_or(0),
        basis: r.basis(table),
    }
}

fn ground(r: &mut Reader<'_>, table: &Table<'_>) -> Ground {
    Ground {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        help: r.opt(table, "help", Reader::localized).unwrap_or_default(),
        basis: r.basis(table),
    }
}

fn template(r: &mut Reader<'_>, table: &Table<'_>) -> Template {
    Template {
        id: r.req(table, "id", Reader::id).unwrap_or_default(),
        name: r.req(table, "name", Reader::localized).unwrap_or_default(),
        text: r.req(table, "text", Reader::localized).unwrap_or_default(),
        steps: r.opt(table, "steps", |r, at| Some(r.words(at, Reader::word))).unwrap_or_default(),
    }
}

fn not_public() -> Public {
    Public {
        case: CasePublicity::Never,
        title: String::new(),
        author: AuthorName::Hidden,
        funnel: Vec::new(),
        dataset: false,
    }
}

fn public(r: &mut Reader<'_>, at: &At<'_>) -> Option<Public> {
    let table = r.table(at, "public")?;
    let cases = [
        ("never", CasePublicity::Never),
        ("when filed", CasePublicity::WhenFiled),
        ("by step", CasePublicity::ByStep),
        ("author chooses", CasePublicity::AuthorChooses),
    ];
    let authors = [("name", AuthorName::Name), ("initial", AuthorName::Initial), ("hidden", AuthorName::Hidden)];
    Some(Public {
        case: r.req(&table, "case", |r, at| r.choice(at, &cases)).unwrap_or(CasePublicity::Never),
        title: r.req(&table, "title", Reader::text).unwrap_or_default(),
        author: r.opt(&table, "author", |r, at| r.choice(at, &authors)).unwrap_or(AuthorName::Hidden),
        funnel: r.opt(&table, "funnel", |r, at| Some(r.words(at, Reader::word))).unwrap_or_default(),
        dataset: r.flag(&table, "dataset", false),
    })
}

fn retention(r: &mut Reader<'_>, at: &At<'_>) -> Option<Retention> {
    let table = r.table(at, "retention")?;
    let personal_days = r.req(&table, "personal", |r, at| {
        let text = r.text(at)?;
        let days = days(&text);
        if days.is_none() {
            r.fault(at, "form.retention", &[("value", &text)]);
        }
        days
    })?;
    Some(Retention { personal_days })
}

/// `3 years after close` in days, if it is between a day and thirty years.
fn days(text: &str) -> Option<u32> {
    let (amount, unit) = text.strip_suffix(" after close")?.split_once(' ')?;
    let (_, length) = SPANS.iter().find(|(word, _)| unit.strip_suffix('s').unwrap_or(unit) == *word)?;
    let days = amount.parse::<u32>().ok()?.checked_mul(*length)?;
    (1..=MAX_RETENTION).contains(&days).then_some(days)
}
