//! `madang ledger`: how the public log stands, and what is done to it by hand.

use madang_adapters::log_key;
use madang_cases::Cases;
use madang_kernel::log::{self, Hands, Log, LogKey, LogState, Published, Recovered, WitnessState};
use madang_tlog::note::{Algorithm, SigningKey, VerifierKey};
use serde_json::json;

use super::Invocation;
use crate::app;
use crate::cli::Ledger as Command;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::{Absent, Site};
use crate::terminal;

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    match command {
        Command::Status { json } => status(*json, invocation),
        Command::Recover { json } => recover(*json, invocation),
        Command::Rotate { lost, json } => rotate(*lost, *json, invocation),
        Command::Fetch { url, folder } => super::export_log::fetch(url, folder, invocation),
    }
}

struct Status {
    state: LogState,
    published: Option<Published>,
    keys: Vec<LogKey>,
    witnesses: Vec<WitnessState>,
}

fn status(as_json: bool, invocation: &Invocation) -> Outcome {
    let status = invocation.with_site(Absent::Refuse, async |site| read(site, invocation).await)?;
    let Status { state, published, keys, witnesses } = &status;
    if as_json {
        let result = json!({
            "state": state.code(),
            "reason": state.reason().map(madang_base::Error::code),
            "checkpoint": published.as_ref().map(|published| json!({
                "origin": published.origin, "size": published.size, "root": published.root.to_string(),
                "signed_at": published.signed_at.rfc3339(),
                "witnesses": published.cosigned.iter().map(|one| &one.witness).collect::<Vec<_>>(),
            })),
            "keys": keys.iter().map(|key| json!({
                "vkey": key.vkey, "first_size": key.first_size, "last_size": key.last_size, "lost": key.lost,
            })).collect::<Vec<_>>(),
            "witnesses": witnesses.iter().map(|one| json!({
                "witness": one.witness, "size": one.size, "cosigned_at": one.cosigned_at.map(madang_base::Time::rfc3339),
                "error": one.error,
            })).collect::<Vec<_>>(),
        });
        terminal::line(format_args!("{result:#}"));
    } else {
        print(&status);
    }
    match state.reason() {
        Some(reason) => Err(held(reason, invocation)),
        None => Ok(()),
    }
}

async fn read(site: &Site, invocation: &Invocation) -> Outcome<Status> {
    let config = &invocation.config;
    let key = app::signing_key(site, config, false).await?;
    let integrator = app::integrator(site, config, key).await;
    let log = integrator.log();
    let asked = async { Ok((log.published().await?, log.keys().await?, log.witnesses().await?)) };
    let (published, keys, witnesses) = asked.await.map_err(|error: madang_base::Error| site.failure(&error))?;
    Ok(Status { state: integrator.state(), published, keys, witnesses })
}

fn print(status: &Status) {
    match &status.published {
        None => terminal::line("no checkpoint has been signed yet"),
        Some(published) => {
            terminal::line(format_args!("{}: {} leaves", published.origin, published.size));
            terminal::line(format_args!("signed {}, root {}", published.signed_at.rfc3339(), published.root));
        }
    }
    for key in &status.keys {
        let until = key.last_size.map_or_else(|| "signs now".to_owned(), |size| format!("until {size} leaves"));
        let lost = if key.lost { ", lost" } else { "" };
        terminal::line(format_args!("key {} (from {} leaves, {until}{lost})", key.vkey, key.first_size));
    }
    for witness in &status.witnesses {
        let at = witness.cosigned_at.map_or_else(|| "never".to_owned(), madang_base::Time::rfc3339);
        let error = witness.error.as_ref().map_or_else(String::new, |error| format!("; last attempt: {error}"));
        terminal::line(format_args!("witness {}: {} leaves, {at}{error}", witness.witness, witness.size));
    }
}

fn held(reason: &madang_base::Error, invocation: &Invocation) -> Failure {
    let message = crate::site::message(reason, invocation.locale);
    Failure::new(Exit::Data, "the log is held: acts are taken in, and nothing is signed").why(message)
}

fn recover(as_json: bool, invocation: &Invocation) -> Outcome {
    let config = &invocation.config;
    let cases: Cases = app::cases(config);
    let recovered = invocation.with_site(Absent::Refuse, async |site| {
        let key = app::signing_key(site, config, false).await?;
        let keys: Vec<VerifierKey> = key.iter().map(SigningKey::verifier).collect();
        let (tiles, folds) = (site.blobs.tiles(), app::folds(site, &cases));
        let work = log::recover(&site.db, &tiles, &folds, &keys, &site.clock, &site.rng).await;
        work.map_err(|error| site.failure(&error))
    })?;
    let Recovered { size, added, known, written } = recovered;
    if as_json {
        let result = json!({ "size": size, "added": added, "known": known, "written": written });
        terminal::line(format_args!("{result:#}"));
        return Ok(());
    }
    terminal::line(format_args!("the log has {size} leaves; database and stored log agree"));
    if added > 0 {
        terminal::line(format_args!("{added} lines were put back into the database, and counted"));
        terminal::line(
            "Texts and files that were added after the backup are in no log; `madang verify database` names what lacks them.",
        );
    }
    if known > 0 {
        terminal::line(format_args!("{known} acts that still waited stood in the log already"));
    }
    if written > 0 {
        terminal::line(format_args!("{written} files of the log were missing or damaged, and are written again"));
    }
    Ok(())
}

fn rotate(lost: bool, as_json: bool, invocation: &Invocation) -> Outcome {
    let config = &invocation.config;
    if config.ledger.key.is_some() {
        return Err(Failure::new(Exit::Usage, "the signing key is given by ledger.key, so it cannot be changed here")
            .advice(
                "put the key into the file `log-key` for the hand-over, and the new one where ledger.key comes from",
            ));
    }
    let file = app::key_file(config);
    let cases: Cases = app::cases(config);
    let rotated = invocation.with_site(Absent::Refuse, async |site| {
        let bad = |error: &madang_base::Error| site.failure(error);
        let old = log_key::load(&file).map_err(|error| bad(&error))?;
        let published = Log::following(site.db.clone(), site.blobs.tiles()).published().await;
        let Some(published) = published.map_err(|error| bad(&error))? else {
            return Err(Failure::new(Exit::Data, "there is no log yet whose key could be changed"));
        };
        // Kept on the disk before anything is signed with it; a hand-over that was broken off goes on with the same key.
        let next = file.with_extension("next");
        let new = match log_key::load(&next).map_err(|error| bad(&error))? {
            Some(key) => key,
            None => {
                let key = SigningKey::from_seed(&published.origin, Algorithm::Ed25519, site.rng.bytes())
                    .map_err(|error| Failure::new(Exit::Failed, error))?;
                log_key::write(&next, &key).map_err(|error| bad(&error))?;
                key
            }
        };
        let hands = match old {
            Some(old) if !lost => Hands::Over { old, new: new.clone() },
            None if !lost => {
                return Err(Failure::new(Exit::Files, "the signing key is not there")
                    .at(file.display())
                    .advice("put it back; if it is gone for good, run the command with --lost"));
            }
            _ => Hands::Lost { new: new.clone() },
        };
        let done = log::rotate(&site.db, &site.blobs.tiles(), &app::folds(site, &cases), &site.ctx(), &hands).await;
        let vkey = new.verifier().to_string();
        let rotated = match done {
            // Handed over by a run that was broken off; what is left is the file.
            Err(error) if error.code() == "log.key-known" => None,
            done => Some(done.map_err(|error| bad(&error))?),
        };
        log_key::replace(&file, &new).map_err(|error| bad(&error))?;
        let _ = std::fs::remove_file(&next);
        Ok((rotated, vkey))
    })?;
    let (rotated, vkey) = rotated;
    if as_json {
        let result = json!({
            "vkey": vkey, "leaf": rotated.as_ref().map(|one| one.leaf), "size": rotated.as_ref().map(|one| one.size),
        });
        terminal::line(format_args!("{result:#}"));
    } else {
        terminal::line(format_args!("the log is signed by {vkey} from now on"));
        if let Some(rotated) = rotated {
            terminal::line(format_args!(
                "leaf {} says so, under the checkpoint of {} leaves",
                rotated.leaf, rotated.size
            ));
        }
        terminal::line("Start the server; tell witnesses and readers of the new key.");
    }
    Ok(())
}
