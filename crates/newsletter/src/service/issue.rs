//! An officer edits a draft. Every edit names the revision that it began from, and can be taken back until the issue goes.

use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::{Ctx, Ref, Verb};

use super::{overtaken, own};
use crate::model::{Content, Issue, IssueId, IssueState, SectionKind};
use crate::rules::{INTRO, NOTE, too_long};
use crate::store;

/// How many edits can be taken back.
const UNDOS: usize = 10;

/// What is done to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Drop,
    Restore,
    Up,
    Down,
}

/// One edit: the texts as they stand in the form, and what the pressed button does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    pub intro: LocalizedText,
    /// Of items that are named here; the others keep theirs.
    pub notes: Vec<(SectionKind, Ref, LocalizedText)>,
    pub act: Option<(Act, SectionKind, Ref)>,
}

/// Edits a draft. An edit that changes nothing is none, and cannot be taken back.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.overtaken`; `newsletter.sent`, `newsletter.waiting`; `newsletter.intro-long`,
/// `newsletter.note-long`.
pub fn edit(tx: &mut Tx, ctx: &Ctx, id: IssueId, revision: i64, edit: &Edit) -> Result<Issue> {
    let (_, issue) = own(tx, ctx, id, Verb::Edit)?;
    drafted(&issue)?;
    if issue.revision != revision {
        return Err(overtaken());
    }
    let mut content = issue.content.clone();
    apply(&mut content, edit)?;
    if content == issue.content {
        return Ok(issue);
    }
    let mut undo = store::issue::undo(tx, id)?;
    undo.push(issue.content.clone());
    let from = undo.len().saturating_sub(UNDOS);
    write(tx, ctx, &issue, &content, &undo[from..])
}

/// Takes the last edit back.
///
/// # Errors
/// Those of [`Ctx::require`]; `newsletter.overtaken`; `newsletter.sent`, `newsletter.waiting`; `newsletter.nothing-to-undo`.
pub fn undo(tx: &mut Tx, ctx: &Ctx, id: IssueId, revision: i64) -> Result<Issue> {
    let (_, issue) = own(tx, ctx, id, Verb::Edit)?;
    drafted(&issue)?;
    if issue.revision != revision {
        return Err(overtaken());
    }
    let mut undo = store::issue::undo(tx, id)?;
    let before = undo.pop().ok_or_else(|| Error::conflict("newsletter.nothing-to-undo"))?;
    write(tx, ctx, &issue, &before, &undo)
}

fn write(tx: &mut Tx, ctx: &Ctx, issue: &Issue, content: &Content, undo: &[Content]) -> Result<Issue> {
    let edit = store::issue::Edit { id: issue.id, content, undo, account: ctx.account(), at: ctx.now };
    if !store::issue::edit(tx, &edit, issue.revision)? {
        return Err(overtaken());
    }
    store::issue::get(tx, issue.id)?.ok_or_else(overtaken)
}

pub(super) fn drafted(issue: &Issue) -> Result<()> {
    match issue.state {
        IssueState::Draft => Ok(()),
        IssueState::Waiting => Err(Error::conflict("newsletter.waiting")),
        IssueState::Sent => Err(Error::conflict("newsletter.sent")),
    }
}

fn apply(content: &mut Content, edit: &Edit) -> Result<()> {
    if too_long(&edit.intro, INTRO) {
        return Err(Error::invalid("newsletter.intro-long").field("intro", "newsletter.intro-long"));
    }
    content.intro = edit.intro.clone();
    for (kind, object, note) in &edit.notes {
        if too_long(note, NOTE) {
            return Err(Error::invalid("newsletter.note-long").field("note", "newsletter.note-long"));
        }
        let section = content.sections.iter_mut().filter(|section| section.kind == *kind);
        for item in section.flat_map(|section| &mut section.items).filter(|item| item.object == *object) {
            item.note = note.clone();
        }
    }
    let Some((act, kind, object)) = &edit.act else { return Ok(()) };
    let Some(section) = content.sections.iter_mut().find(|section| section.kind == *kind) else { return Ok(()) };
    let items = &mut section.items;
    let Some(at) = items.iter().position(|item| item.object == *object) else { return Ok(()) };
    match act {
        Act::Drop => items[at].dropped = true,
        Act::Restore => {
            // Comes back behind those that are kept.
            let mut item = items.remove(at);
            item.dropped = false;
            let behind = items.iter().rposition(|item| !item.dropped).map_or(0, |last| last + 1);
            items.insert(behind, item);
        }
        Act::Up => {
            if let Some(other) = (0..at).rev().find(|other| !items[*other].dropped) {
                items.swap(at, other);
            }
        }
        Act::Down => {
            if let Some(other) = (at + 1..items.len()).find(|other| !items[*other].dropped) {
                items.swap(at, other);
            }
        }
    }
    Ok(())
}
