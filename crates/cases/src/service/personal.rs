//! Personal data: found before publication, erased after retention and with the account.

use madang_base::{Result, Time};
use madang_db::Tx;
use madang_form::{Answer, Answers, Definition, Publicity};
use madang_kernel::ledger::{self, Field};
use madang_kernel::{AccountId, Ctx, blob, history};
use madang_text::personal;
use serde::Serialize;
use serde_json::json;

use super::follow::Subscriber;
use super::{act, draft, written};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseEvent, CaseFile, CaseId, EventBody, EventKind};
use crate::{alike, record, store};

/// Something in an answer that looks like data about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The field's id.
    pub field: String,
    /// `resident-number`, `phone`, …: a code of [`madang_text::personal::Kind`].
    pub kind: String,
    /// In bytes of the answer's text.
    pub start: usize,
    pub end: usize,
    /// The found part, masked.
    pub masked: String,
}

/// What was written without what cannot be seen, for showing people what they send: places in it are those that
/// [`findings`] gives for the same answers.
#[must_use]
pub fn visible(def: &Definition, answers: &Answers) -> Answers {
    super::written::visible(def, answers)
}

/// What looks like personal data in lines, texts and addresses; with `only_public`, in those that can become public.
#[must_use]
pub fn findings(def: &Definition, answers: &Answers, only_public: bool) -> Vec<Finding> {
    let mut out = Vec::new();
    for field in def.fields.iter().filter(|field| !only_public || field.public != Publicity::Never) {
        match answers.get(&field.id) {
            Some(Answer::Text(text)) => look(&field.id, text, &mut out),
            Some(Answer::Rows(rows)) => {
                for cell in rows.iter().flat_map(|row| row.values()) {
                    if let Answer::Text(text) = cell {
                        look(&field.id, text, &mut out);
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// The same for any text, an answer before it is given.
#[must_use]
pub fn findings_in(field: &str, text: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    look(field, text, &mut out);
    out
}

fn look(field: &str, text: &str, out: &mut Vec<Finding>) {
    for found in personal::find(text) {
        let part = &text[found.start..found.end];
        let whole = personal::Finding { start: 0, end: part.len(), ..found };
        out.push(Finding {
            field: field.to_owned(),
            kind: found.kind.code().to_owned(),
            start: found.start,
            end: found.end,
            masked: personal::mask(part, &[whole]),
        });
    }
}

/// Everything that is kept about an account here, for the export of one's own data.
///
/// # Errors
/// Those of the database.
pub fn export_own(tx: &mut Tx, cases: &Cases, account: AccountId) -> Result<serde_json::Value> {
    let mut filed = Vec::new();
    for id in store::personal::of_author(tx, account)? {
        let (case, version) = super::case_by_id(tx, cases, id)?;
        filed.push(json!({
            "number": case.number,
            "service": case.service,
            "service-name": version.definition.name,
            "title": case.title,
            "state": case.state,
            "filed": case.filed_at.rfc3339(),
            "name": case.author_name,
            "mail": case.mail,
            "answers": case.answers,
            "satisfaction": case.satisfaction,
            "satisfaction-text": case.satisfaction_text,
            "publication": case.publication,
        }));
    }
    let drafts: Vec<_> = draft::list(tx, cases, &draft::DraftOwner::Account(account))?
        .into_iter()
        .map(|draft| json!({ "service": draft.service, "updated": draft.updated_at.rfc3339(), "typed": draft.raw.0 }))
        .collect();
    Ok(json!({ "filed": filed, "drafts": drafts }))
}

/// With the account's deletion: name, address and personal fields of the own cases go, drafts and follows too; the cases
/// stay, and so does what the agency answered.
///
/// # Errors
/// Those of the database.
pub fn erase_own(tx: &mut Tx, ctx: &Ctx, cases: &Cases, account: AccountId) -> Result<()> {
    for id in store::personal::of_author(tx, account)? {
        erase(tx, ctx, cases, id)?;
    }
    draft::forget(tx, account)?;
    store::party::delete_account(tx, account)?;
    store::follow::delete_all(tx, &Subscriber::Account(account)).map(drop)
}

/// Erases the personal data of cases that were closed longer ago than the service's definition in force keeps it; a few at a time. Says
/// how many were done.
///
/// # Errors
/// Those of the database.
pub fn sweep_personal(tx: &mut Tx, ctx: &Ctx, cases: &Cases, now: Time, limit: u32) -> Result<u64> {
    let mut done = 0;
    for service in cases.services.list(tx)? {
        let kept = i64::from(service.definition.retention.personal_days);
        let left = limit - u32::try_from(done).unwrap_or(limit).min(limit);
        for id in store::personal::closed_before(tx, &service.definition.id, now.plus_days(-kept), left)? {
            erase(tx, ctx, cases, id)?;
            done += 1;
        }
    }
    Ok(done)
}

/// Takes out of a case what is about persons: the name, the address, the account, personal fields with their files, the
/// clerk's note, what the author wrote in events; deletes the salts of the ledger, so that its digests open nothing.
fn erase(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: CaseId) -> Result<()> {
    let (mut case, version) = super::case_by_id(tx, cases, id)?;
    if case.erased_at.is_some() {
        return Ok(());
    }
    let def = &version.definition;
    let gone: Vec<String> = def.fields.iter().filter(|f| f.personal).map(|f| f.id.clone()).collect();
    let mut answers = case.answers.clone();
    for field in &gone {
        answers.0.remove(field);
    }
    let object = case.reference();
    let kept: Vec<_> = written::files(&answers).map(|(_, file)| file.sha256.clone()).collect();
    for (_, file) in written::files(&case.answers).filter(|(_, file)| !kept.contains(&file.sha256)) {
        blob::detach(tx, &file.sha256, &object)?;
    }
    case.answers = answers;
    blank(&mut case);
    case.erased_at = Some(ctx.now);
    case.updated_at = ctx.now;
    store::case::save(tx, &mut case)?;
    for mut event in store::event::of_case(tx, id)? {
        if event.party == "author" && strip(&mut event, &gone) {
            store::event::set_body(tx, &event)?;
        }
    }
    store::question::blank(tx, id)?;
    store::note::delete(tx, id)?;
    store::approval::delete(tx, id)?;
    written::index(tx, def, &case)?;
    alike::forget(tx, id)?;
    ledger::erase(tx, &object, None)?;
    history::erase(tx, &object, None)?;
    // What stays is put on record anew: the answers of the agency, and the files that are still there.
    let before = record::events(&store::event::of_case(tx, id)?)?;
    let attached = blob::attachments(tx, &object)?;
    let files = Field::files(attached.iter().map(|file| file.blob.sha256.as_str()))?;
    let event = CaseEvent {
        case: id,
        no: 0,
        at: ctx.now,
        kind: EventKind::Erased,
        step: None,
        from_state: None,
        to_state: None,
        party: "system".to_owned(),
        account: None,
        organisation: None,
        public: true,
        body: EventBody::default(),
    };
    let no = store::event::append(tx, &event)?;
    let leaf = act::leaf(&case, &kinds::CASE_ERASED, no, &event)?;
    ledger::append(tx, ctx, leaf.with("events", Field::salted(before)).with_some("files", files)).map(drop)
}

fn blank(case: &mut CaseFile) {
    case.author = None;
    case.author_name = String::new();
    case.mail = None;
    case.secret_hash = None;
    case.satisfaction_text = None;
    if let Some(consent) = &mut case.consent {
        consent.note = String::new();
    }
}

/// Takes out of an author's event what is personal. Replies and reasons in the author's own words go whole. False when
/// there was nothing.
fn strip(event: &mut CaseEvent, gone: &[String]) -> bool {
    let mut changed = !event.body.text.is_empty();
    event.body.text = String::new();
    if let Some(input) = &mut event.body.input {
        changed = true;
        input.reason = String::new();
        for field in gone {
            input.fields.0.remove(field);
        }
    }
    changed
}
