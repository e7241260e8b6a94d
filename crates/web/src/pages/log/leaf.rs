//! One record: what it says, and the proof that it stands in the log.

use std::collections::BTreeSet;

use axum::extract::Path;
use madang_base::{Error, Kind, Result, Time};
use madang_http::{Outcome, Visit};
use madang_kernel::log::{self, Leaf, Log};
use madang_tlog::{Checkpoint, Hash};
use serde_json::{Map, Value, json};

use super::{count, fields, kinds, leaf_href, lines, missing, names, search, tree};
use crate::page::{Page, query_value, words};

/// A proof to show.
struct Shown {
    size: u64,
    path: Vec<Hash>,
    /// What was signed; none when the visitor has it.
    signed: Option<Hash>,
    signers: Vec<tree::Signer>,
}

pub async fn show(visit: Visit, Path((_, typed)): Path<(String, String)>) -> Outcome {
    let Some(index) = search::index(&typed) else { return missing::word(&visit, &typed) };
    let near = visit.app.db.read(move |tx| log::leaves(tx, index.checked_sub(2), index.saturating_add(2), 3)).await?;
    let Some(leaf) = near.iter().find(|leaf| leaf.index == index) else { return missing::beyond(&visit, index).await };
    let log = super::log(&visit);
    let signed = match &log {
        Some(log) => standing(&visit, log, index).await?,
        None => None,
    };
    let size = match &log {
        Some(log) => log.published().await?.map_or(0, |published| published.size),
        None => 0,
    };
    let standing = match &signed {
        None => "waiting",
        Some(shown) if shown.signers.iter().any(|signer| !signer.site) => "witnessed",
        Some(_) => "signed",
    };
    let signers = signed.as_ref().map(|shown| signers(&shown.signers)).unwrap_or_default();
    let (shown, refused) = match (asked_size(&visit), &log) {
        (None, _) | (_, None) => (signed, None),
        (Some(asked), Some(log)) => asked_proof(log, index, size, asked, signed).await?,
    };
    let refused = refused.map_or_else(String::new, |asked| {
        let args = [("asked", asked.into()), ("min", count(index + 1).into()), ("max", count(size).into())];
        words(&visit, "log-proof-size", &args)
    });
    let entry: Value = serde_json::from_str(&leaf.entry).map_err(Error::internal)?;
    let mut context = said(&visit, leaf, &entry, &near).await?;
    context["standing"] = standing.into();
    context["signers"] = signers;
    context["proof"] = match shown {
        Some(shown) => proof(&visit, leaf, &shown)?,
        None => Value::Null,
    };
    context["refused"] = refused.into();
    context["sizes"] = json!({ "min": count(index + 1), "max": count(size), "action": leaf_href(&visit, index) });
    Page::new(&visit, "log/leaf.html").render(&context)
}

/// The size that the visitor wants a proof for, as it was typed.
fn asked_size(visit: &Visit) -> Option<String> {
    query_value(&visit.query, "size")
}

/// The proof under the newest checkpoint that has witnesses; none while the record waits for one.
async fn standing(visit: &Visit, log: &Log, index: u64) -> Result<Option<Shown>> {
    let file = match log.proof_file(index).await {
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        other => other?,
    };
    let Some(file) = file else { return Ok(None) };
    let checkpoint = Checkpoint::of(&file.checkpoint).map_err(Error::internal)?;
    let signers = tree::signers(visit, &file.checkpoint, &checkpoint.origin);
    Ok(Some(Shown { size: checkpoint.size, path: file.path, signed: Some(checkpoint.root), signers }))
}

/// A proof under the size that was asked for; or, when there can be none, what was asked for.
async fn asked_proof(
    log: &Log,
    index: u64,
    size: u64,
    asked: String,
    signed: Option<Shown>,
) -> Result<(Option<Shown>, Option<String>)> {
    let wanted = search::index(&asked).filter(|wanted| (index + 1..=size).contains(wanted));
    let Some(wanted) = wanted else { return Ok((signed, Some(asked.chars().take(20).collect()))) };
    if signed.as_ref().is_some_and(|shown| shown.size == wanted) {
        return Ok((signed, None));
    }
    match log.inclusion(index, wanted).await {
        Ok(path) => Ok((Some(Shown { size: wanted, path, signed: None, signers: Vec::new() }), None)),
        Err(error) if error.kind() == Kind::NotFound => Ok((signed, Some(asked))),
        Err(error) => Err(error),
    }
}

fn signers(signers: &[tree::Signer]) -> Value {
    let shown = |s: &tree::Signer| json!({ "name": s.name, "at": s.at.map(Time::micros), "site": s.site });
    signers.iter().map(shown).collect()
}

/// What the record says.
async fn said(visit: &Visit, leaf: &Leaf, entry: &Value, near: &[Leaf]) -> Result<Value> {
    let none = Map::new();
    let said = if leaf.public { entry["fields"].as_object().unwrap_or(&none) } else { &none };
    let kind = kinds::known(&leaf.kind);
    let about = lines::about(leaf);
    let mut refs: BTreeSet<_> = fields::refs(kind, said);
    refs.extend(about.clone());
    let names = names::find(visit, refs).await?;
    let beside = |index: Option<u64>| index.and_then(|index| near.iter().find(|leaf| leaf.index == index));
    let (before, after) = (beside(leaf.index.checked_sub(1)), beside(leaf.index.checked_add(1)));
    let link = |leaf: Option<&Leaf>| {
        leaf.map(|leaf| json!({ "index": count(leaf.index), "href": leaf_href(visit, leaf.index) }))
    };
    let open = |leaf: Option<&Leaf>| leaf.filter(|leaf| leaf.public).map(|leaf| leaf.at.micros());
    // Times of acts that were written at once may stand out of order; then they say nothing.
    let between = open(before).zip(open(after)).filter(|(after, before)| after <= before);
    let about = about.map(|one| {
        let named = names.of(visit, &one);
        let object = leaf.object.as_ref().unwrap_or(&one);
        json!({ "name": named.name, "href": named.href, "log_href": visit.url(&format!("/log/objects/{object}")) })
    });
    Ok(json!({
        "index": count(leaf.index), "closed": !leaf.public, "known": kind.is_some(),
        "words": if leaf.public { kinds::named(visit, &leaf.kind) } else { words(visit, "log-closed-title", &[]) },
        "at": leaf.public.then_some(leaf.at.micros()), "about": about,
        "between": { "after": between.map(|(after, _)| after), "before": between.map(|(_, before)| before) },
        "fields": if leaf.public { fields::shown(visit, kind, said, &names) } else { Vec::new() },
        "raw": leaf.entry, "hash": leaf.hash.hex(), "hash_base64": leaf.hash.to_string(),
        "previous": link(before), "next": link(after), "command": command(&leaf.entry),
    }))
}

/// A line for a shell that works out the record's hash. Canonical JSON of records has no single quote; should one ever
/// stand there, it is written so that it stays one.
fn command(entry: &str) -> String {
    format!("printf '\\000%s' '{}' | sha256sum", entry.replace('\'', "'\\''"))
}

fn proof(visit: &Visit, leaf: &Leaf, shown: &Shown) -> Result<Value> {
    let steps = tree::steps(leaf.index, shown.size, leaf.hash, &shown.path)
        .ok_or_else(|| Error::internal("a proof of another length than its tree has"))?;
    let drawing = tree::svg(visit, (leaf.index, shown.size), leaf.hash, &steps, &shown.signers)?;
    let root = tree::root(leaf.hash, &steps);
    let size = count(shown.size);
    let range = |(from, end): (u64, u64)| {
        let (from, to) = (count(from), count(end) - 1);
        let key = if from == to { "log-range-one" } else { "log-range-many" };
        let args = [("from", from.into()), ("to", to.into())];
        words(visit, key, &args)
    };
    let told: Vec<Value> = steps
        .iter()
        .map(|step| {
            json!({
                "kind": if step.left { "left" } else { "right" }, "range": range(step.beside), "hash": step.hash.hex(),
                "covers": range(step.covers), "makes": step.makes.hex(),
            })
        })
        .collect();
    Ok(json!({
        "size": size, "size_is": if shown.signed.is_some() { "signed" } else { "asked" }, "root": root.hex(),
        "matches": shown.signed.is_none_or(|signed| signed == root), "drawing": drawing,
        "steps": told, "leaf": leaf.hash.hex(), "file_href": format!("/log/leaves/{}.tlog-proof", leaf.index),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_holds_the_record_as_it_is() {
        assert_eq!(command(r#"{"v":1}"#), r#"printf '\000%s' '{"v":1}' | sha256sum"#);
        assert_eq!(command("a'b"), r"printf '\000%s' 'a'\''b' | sha256sum");
    }
}
