//! `madang verify file`: is this document what the government published?

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use madang_adapters::download::Downloads;
use madang_flows::verify;
use madang_kernel::digest;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::words::{Words, number, text};
use super::{Invocation, json_line, trust};
use crate::cli::Trust as Flags;
use crate::exit::{Exit, Failure, Outcome};
use crate::export::{Disk, disk};
use crate::{site, terminal};

/// The largest answer of a site.
const MAX_ANSWER: usize = 4 << 20;

fn sha256(file: &Path) -> Outcome<String> {
    let bad = |error| disk::unreadable(file, error);
    let mut open = File::open(file).map_err(bad)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match open.read(&mut buffer).map_err(bad)? {
            0 => return Ok(digest::hex(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn no(sha256: &str, words: &Words) -> Outcome {
    Err(Failure::new(Exit::Data, words.text("file-no", &[])).at(format_args!("sha256:{sha256}")))
}

pub(super) fn in_export(file: &Path, folder: &Path, flags: &Flags, as_json: bool, invocation: &Invocation) -> Outcome {
    let sha256 = sha256(file)?;
    let found = verify::file(&Disk::new(folder), &sha256, &trust(flags)?);
    let (report, found) = found.map_err(|error| site::explain(&error, invocation.locale))?;
    let words = Words::new(invocation.locale);
    if as_json {
        json_line(&json!({
            "sha256": sha256, "published": found.is_some(), "document": found, "origin": report.origin,
            "size": report.size, "root": report.root, "signer": report.signer, "witnesses": report.witnesses,
        }))?;
    }
    let Some(found) = found else { return no(&sha256, &words) };
    if !as_json {
        words.line("file-yes", &[("name", text(&found.name)), ("at", text(&found.at))]);
        let place = format!("{}:{}", found.file, found.line);
        words.line(
            "file-leaf",
            &[("leaf", number(found.leaf)), ("object", text(&found.object)), ("place", text(&place))],
        );
        match &report.signer {
            Some(signer) if signer.given => words.line("signed", &[("key", text(&signer.key))]),
            Some(signer) => words.line("signed-on-trust", &[("key", text(&signer.key))]),
            None => {}
        }
        for witness in &report.witnesses {
            words.line("witness", &[("name", text(&witness.name)), ("at", text(&witness.at))]);
        }
    }
    Ok(())
}

pub(super) fn at_site(file: &Path, base: &str, as_json: bool, invocation: &Invocation) -> Outcome {
    let sha256 = sha256(file)?;
    let url = format!("{}/verify/files/{sha256}", base.trim_end_matches('/'));
    let answer = invocation.block_on(async {
        let asked = async {
            match Downloads::new()?.get(&url).await? {
                Some(download) => download.text(MAX_ANSWER).await.map(Some),
                None => Ok(None),
            }
        };
        asked.await.map_err(|error: madang_base::Error| site::explain(&error, invocation.locale))
    })?;
    let none = || Failure::new(Exit::Data, "this site does not answer the question").at(&url);
    let answer: Value = serde_json::from_str(&answer.ok_or_else(none)?).map_err(|error| none().why(error))?;
    let words = Words::new(invocation.locale);
    if as_json {
        json_line(&answer)?;
    }
    if answer["sha256"] != sha256 || answer["published"] != true {
        return no(&sha256, &words);
    }
    if !as_json {
        for document in answer["documents"].as_array().into_iter().flatten().filter(|one| one["official"] == true) {
            let field = |name: &str| document[name].as_str().unwrap_or_default();
            words.line("file-yes", &[("name", text(field("name"))), ("at", text(field("published_at")))]);
            terminal::line(format_args!("  {}", field("url")));
            if let Some(proof) = document["receipt"]["proof"].as_str() {
                words.line("file-receipt", &[("url", text(proof))]);
            }
        }
        words.line("file-site-says", &[]);
    }
    Ok(())
}
