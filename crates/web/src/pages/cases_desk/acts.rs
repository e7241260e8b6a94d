//! What officers do to a case beside the steps of its definition: each act has a word, an address and a form.

use madang_base::{Error, Result};
use madang_cases::Cases;
use madang_cases::service::{ask, assign, extend, link, lookup, merge, note, publish, transfer};
use madang_cases::views::{CaseView, Rights};
use madang_db::Tx;
use madang_kernel::links::LinkType;
use madang_kernel::{Ctx, ObjectKind, Ref};

use super::kit;

/// An act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Ask,
    Transfer,
    Invite,
    Leave,
    Extend,
    Merge,
    Split,
    Link,
    Review,
    Hide,
    Show,
    Note,
    Assign,
}

impl Act {
    /// In the order of the menu.
    pub const ALL: [Self; 13] = [
        Self::Ask,
        Self::Transfer,
        Self::Invite,
        Self::Leave,
        Self::Extend,
        Self::Merge,
        Self::Split,
        Self::Link,
        Self::Review,
        Self::Hide,
        Self::Show,
        Self::Note,
        Self::Assign,
    ];

    pub const fn path(self) -> &'static str {
        match self {
            Self::Ask => "/{lang}/desk/cases/{number}/ask",
            Self::Transfer => "/{lang}/desk/cases/{number}/transfer",
            Self::Invite => "/{lang}/desk/cases/{number}/invite",
            Self::Leave => "/{lang}/desk/cases/{number}/leave",
            Self::Extend => "/{lang}/desk/cases/{number}/extend",
            Self::Merge => "/{lang}/desk/cases/{number}/merge",
            Self::Split => "/{lang}/desk/cases/{number}/split",
            Self::Link => "/{lang}/desk/cases/{number}/link",
            Self::Review => "/{lang}/desk/cases/{number}/review",
            Self::Hide => "/{lang}/desk/cases/{number}/hide",
            Self::Show => "/{lang}/desk/cases/{number}/show",
            Self::Note => "/{lang}/desk/cases/{number}/note",
            Self::Assign => "/{lang}/desk/cases/{number}/assign",
        }
    }

    /// The last word of the address; messages are named by it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Transfer => "transfer",
            Self::Invite => "invite",
            Self::Leave => "leave",
            Self::Extend => "extend",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Link => "link",
            Self::Review => "review",
            Self::Hide => "hide",
            Self::Show => "show",
            Self::Note => "note",
            Self::Assign => "assign",
        }
    }

    /// Whether it changes what the public sees.
    pub const fn publishes(self) -> bool {
        matches!(self, Self::Review | Self::Hide | Self::Show)
    }

    /// Whether it stands among the acts of a case; the others have a form on the case's own page.
    pub const fn on_menu(self) -> bool {
        !matches!(self, Self::Note | Self::Assign | Self::Review)
    }

    pub const fn takes_away(self) -> bool {
        matches!(self, Self::Hide | Self::Leave)
    }

    pub fn allowed(self, may: &Rights, view: &CaseView) -> bool {
        match self {
            Self::Ask => may.ask,
            Self::Transfer => may.transfer,
            Self::Invite => may.invite,
            Self::Leave => view.standing.officer && view.standing.agency_here != view.case.agency,
            Self::Extend => !may.extend.is_empty(),
            Self::Merge => may.merge,
            Self::Split => view.merged_into.is_some(),
            Self::Link => may.link,
            Self::Review => may.review,
            Self::Hide => may.hide,
            Self::Show => may.show,
            Self::Note => may.note,
            Self::Assign => may.assign,
        }
    }
}

/// What was typed into the form of an act; what an act does not ask for is empty.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub text: String,
    pub to: String,
    pub clock: String,
    pub consent: bool,
    /// Numbers of other cases, or ids of fields.
    pub list: Vec<String>,
    pub into: String,
    pub relation: String,
    /// The case as the officer saw it.
    pub revision: Option<i64>,
}

/// Does it.
///
/// # Errors
/// Those of the verb; `case.changed` when the case is no longer as the officer saw it.
pub fn perform(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, act: Act, typed: &Typed) -> Result<()> {
    // A note or a name beside the case does no harm to what happened meanwhile.
    if let Some(revision) = typed.revision.filter(|_| !matches!(act, Act::Note | Act::Assign)) {
        madang_cases::service::step::unchanged(tx, number, revision)?;
    }
    let text = typed.text.as_str();
    match act {
        Act::Ask => ask::ask(tx, ctx, cases, number, text).map(drop),
        Act::Transfer => transfer::transfer(tx, ctx, cases, number, chosen(&typed.to, "to")?, text).map(drop),
        Act::Invite => transfer::invite(tx, ctx, cases, number, chosen(&typed.to, "to")?, text).map(drop),
        Act::Leave => transfer::leave(tx, ctx, cases, number, text).map(drop),
        Act::Extend => {
            let clock = chosen(&typed.clock, "clock")?;
            extend::extend(tx, ctx, cases, number, clock, text, typed.consent).map(drop)
        }
        Act::Merge => {
            let mut all: Vec<String> = typed.list.clone();
            all.push(number.to_owned());
            let into = if typed.into.is_empty() { number } else { &typed.into };
            let from: Vec<String> = all.into_iter().filter(|other| other != into).collect();
            if from.is_empty() {
                return Err(Error::invalid("desk.choose").field("list", "desk.choose"));
            }
            merge::merge(tx, ctx, cases, into, &from, text).map(drop)
        }
        Act::Split => merge::split(tx, ctx, cases, number, text, None).map(drop),
        Act::Link => {
            let relation: LinkType = typed.relation.parse().map_err(|_| missing("relation"))?;
            let mut target = target(chosen(&typed.to, "to")?)?;
            if target.kind == ObjectKind::Case {
                // People name a case by its number, links by its id.
                target = Ref::new(ObjectKind::Case, lookup::open(tx, ctx, cases, &target.id, None)?.case.id);
            }
            link::link(tx, ctx, cases, number, relation, &target).map(drop)
        }
        Act::Review => publish::review(tx, ctx, cases, number, &typed.list).map(drop),
        Act::Hide => publish::hide(tx, ctx, cases, number, text).map(drop),
        Act::Show => publish::show(tx, ctx, cases, number, text).map(drop),
        Act::Note => note::add(tx, ctx, cases, number, text).map(drop),
        Act::Assign => assign::assign(tx, ctx, cases, &[number.to_owned()], kit::account(&typed.to)?).map(drop),
    }
}

fn missing(field: &'static str) -> Error {
    Error::invalid("desk.choose").field(field, "desk.choose")
}

fn chosen<'a>(text: &'a str, field: &'static str) -> Result<&'a str> {
    if text.is_empty() { Err(missing(field)) } else { Ok(text) }
}

/// A thing of this site by `commitment:kr-2021/1`, or by the address of its page.
///
/// # Errors
/// `desk.link-unknown` at `to`.
pub fn target(text: &str) -> Result<Ref> {
    let unknown = || Error::invalid("desk.link-unknown").field("to", "desk.link-unknown");
    if let Ok(reference) = text.parse::<Ref>() {
        return Ok(reference);
    }
    // https://site/ko/plans/kr-2021/commitments/1, with or without site and language.
    let path = text.split_once("://").map_or(text, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let parts = match parts.first() {
        Some(&("ko" | "en")) => &parts[1..],
        _ => &parts[..],
    };
    let named = match parts {
        ["plans", plan, "commitments", number, ..] => format!("commitment:{plan}/{number}"),
        ["plans", plan] => format!("plan:{plan}"),
        ["cases", number, ..] => format!("case:{number}"),
        ["indicators", plan, indicator, ..] => format!("indicator:{plan}/{indicator}"),
        _ => return Err(unknown()),
    };
    named.parse().map_err(|_| unknown())
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn things_are_named_by_their_addresses() {
        let name = |text: &str| target(text).map(|reference| reference.to_string()).unwrap_or_default();
        assert_eq!(name("commitment:kr-2021/1"), "commitment:kr-2021/1");
        assert_eq!(name("https://madang.test/ko/plans/kr-2021/commitments/2.1#m3"), "commitment:kr-2021/2.1");
        assert_eq!(name("/en/plans/kr-2021"), "plan:kr-2021");
        assert_eq!(name("/ko/cases/PT-2026-7K3F-9Q2X"), "case:PT-2026-7K3F-9Q2X");
        assert_eq!(name("어딘가"), "");
    }
}
