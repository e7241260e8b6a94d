//! The public log in a running site: its signing key, the integrator, what pages read.

use std::path::PathBuf;
use std::sync::Arc;

use madang_adapters::log_key;
use madang_adapters::witness::WitnessClient;
use madang_base::Error;
use madang_db::params;
use madang_kernel::log::cosign::{Cosign, WitnessAddress};
use madang_kernel::log::{Integrator, Log};
use madang_tlog::note::SigningKey;

use crate::config::Config;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::{self, Site};

/// Where the signing key lies, unless the configuration gives it.
pub(crate) fn key_file(config: &Config) -> PathBuf {
    config.keys_folder.join(log_key::FILE)
}

/// The name of a log that begins now.
fn origin(config: &Config, demo: bool) -> String {
    let from_address = || {
        let address = config.site.base_url.as_deref()?;
        address.split_once("://").map(|(_, host)| format!("{host}/log"))
    };
    config.ledger.origin.clone().or_else(from_address).unwrap_or_else(|| {
        if demo {
            return "madang.demo/log".to_owned();
        }
        tracing::warn!(
            "the public log begins under the name localhost/log; set ledger.origin or site.base_url before it does"
        );
        "localhost/log".to_owned()
    })
}

/// The signing key: the configuration's, the file's, or a new one when the log has not begun. None when it is gone: then
/// the log is held.
pub(crate) async fn signing_key(site: &Site, config: &Config, demo: bool) -> Outcome<Option<SigningKey>> {
    let file = key_file(config);
    let bad = |error: &Error| {
        Failure::new(Exit::Files, "the signing key of the public log cannot be used")
            .at(file.display())
            .why(site::cause(error))
            .advice(site::message(error, site.locale))
    };
    if let Some(text) = &config.ledger.key {
        return log_key::parse(text.expose()).map(Some).map_err(|error| bad(&error));
    }
    if let Some(key) = log_key::load(&file).map_err(|error| bad(&error))? {
        return Ok(Some(key));
    }
    let begun = site.db.read(|tx| Ok(tx.row("SELECT id FROM log_tree", params![])?.is_some())).await;
    if begun.map_err(|error| site.failure(&error))? {
        return Ok(None);
    }
    log_key::create(&file, &origin(config, demo), &*site.rng).map(Some).map_err(|error| bad(&error))
}

/// What builds and signs the log; it has compared once.
pub(crate) async fn integrator(site: &Site, config: &Config, key: Option<SigningKey>) -> Integrator {
    let (db, tiles) = (site.db.clone(), site.blobs.tiles());
    let (clock, rng) = (Arc::clone(&site.clock), Arc::clone(&site.rng));
    Integrator::open(db, tiles, key, clock, rng, config.ledger.interval).await
}

/// What asks the witnesses. A demonstration may ask programs on the same machine.
pub(crate) fn cosign(site: &Site, log: &Log, witnesses: Vec<WitnessAddress>, demo: bool) -> Outcome<Cosign> {
    let caller = WitnessClient::new(demo).map_err(|error| site.failure(&error))?;
    Ok(Cosign::new(site.db.clone(), log.clone(), Arc::clone(&site.clock), Arc::new(caller), witnesses))
}
