//! The search index of this node.

use std::sync::Arc;

use madang_cases::Cases;
use madang_flows::search::{Search, sources};
use madang_search::{Follower, Index, Options};
use tokio::sync::watch;

use crate::config::Config;
use crate::exit::Outcome;
use crate::site::Site;

/// The index in its folder, as it stands; what is wrong with it is in its status, and the follower mends it.
pub(crate) fn search(site: &Site, config: &Config, cases: &Cases) -> Outcome<Search> {
    let options = Options {
        memory_bytes: config.search.memory,
        dictionary: config.search.dictionary.clone(),
        ..Options::default()
    };
    let index = Index::open(&config.search.folder, options).map_err(|error| site.failure(&error))?;
    Ok(Search { index, cases: cases.clone() })
}

/// What writes into the index what happens.
pub(crate) fn search_follower(site: &Site, search: &Search, position: watch::Receiver<i64>) -> Follower {
    Follower { db: site.db.clone(), index: search.index.clone(), sources: sources(&search.cases), position }
}

/// What builds the index on the command line, where no sequencer runs.
pub(crate) fn search_builder(site: &Site, search: &Search) -> Arc<Follower> {
    let (_, position) = watch::channel(0);
    Arc::new(search_follower(site, search, position))
}
