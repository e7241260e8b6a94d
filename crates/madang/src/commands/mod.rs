//! The commands, one module each.

mod admin;
mod backup;
mod bench;
mod config;
mod copy_db;
mod demo;
mod draw;
mod export;
mod export_log;
mod import;
mod ledger;
mod openapi;
mod opinion;
mod restore;
mod search;
mod serve;
mod service;
mod tally;
mod verify;
pub(crate) mod witness;

pub(crate) use self::witness::Place as WitnessPlace;

use std::future::Future;

use madang_base::Locale;

use crate::cli::{Cli, Command, Language};
use crate::config::{self as configuration, Config, Environment, Flags};
use crate::exit::{Exit, Failure, Outcome};
use crate::logs;
use crate::site::{self, Absent, Site};

/// Runs one command to its end.
pub(crate) fn run(cli: &Cli, environment: &Environment) -> Outcome {
    let flags = cli.flags();
    let locale = match cli.common.language {
        Some(Language::Ko) => Locale::Ko,
        Some(Language::En) => Locale::En,
        None => environment.locale(),
    };
    if let Command::Config(command) = &cli.command {
        return config::run(command, &flags, environment);
    }
    if let Command::Witness(command) = &cli.command {
        return witness::run(command, &cli.common.witness(), environment);
    }
    if let Command::Opinion(command) = &cli.command {
        return opinion::run(command, locale);
    }
    if let Command::Draw(command) = &cli.command {
        return draw::run(command, locale);
    }
    if let Command::Tally(command) = &cli.command {
        return tally::run(command, locale);
    }
    let invocation = Invocation::new(&flags, environment, locale)?;
    match &cli.command {
        Command::Serve { .. } => serve::run(&invocation, serve::What::Site),
        Command::Demo { witnesses, .. } => serve::run(&invocation, serve::What::Demo { witnesses: *witnesses }),
        Command::Import(command) => import::run(command, &invocation),
        Command::Export(command) => export::run(command, &invocation),
        Command::Admin(command) => admin::run(command, &invocation),
        Command::Service(command) => service::run(command, &invocation),
        Command::CopyDb { from, to, json } => copy_db::run(from, to, *json, &invocation),
        Command::Backup { folder, keys, json } => backup::run(folder, keys.as_deref(), *json, &invocation),
        Command::Restore { folder, keys, check, json } => {
            restore::run(&restore::Order { folder, keys: keys.as_deref(), check: *check, json: *json }, &invocation)
        }
        Command::Ledger(command) => ledger::run(command, &invocation),
        Command::Search(command) => search::run(command, &invocation),
        Command::Verify(command) => verify::run(command, &invocation),
        Command::Bench { seconds, json } => bench::run(*seconds, *json, &invocation),
        Command::Openapi { output } => openapi::run(output.as_deref(), &invocation),
        Command::Config(_) | Command::Draw(_) | Command::Opinion(_) | Command::Tally(_) | Command::Witness(_) => Ok(()),
    }
}

/// What every command but `config` begins with.
pub(crate) struct Invocation {
    pub(crate) config: Config,
    pub(crate) locale: Locale,
}

impl Invocation {
    fn new(flags: &Flags, environment: &Environment, locale: Locale) -> Outcome<Self> {
        let loaded = configuration::load(flags, environment)?;
        logs::start(&loaded.config.log);
        for warning in &loaded.warnings {
            tracing::warn!("{warning}");
        }
        Ok(Self { config: loaded.config, locale })
    }

    /// Runs asynchronous work on threads that are made for it.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        if self.config.server.threads > 0 {
            builder.worker_threads(self.config.server.threads);
        }
        let runtime = builder
            .enable_all()
            .max_blocking_threads(32)
            .thread_name("madang")
            .build()
            .map_err(|error| Failure::new(Exit::Failed, "threads cannot be started").why(error))?;
        let outcome = runtime.block_on(work);
        runtime.shutdown_timeout(std::time::Duration::from_secs(5));
        outcome
    }

    /// Opens the site for one piece of work, and closes it afterwards.
    pub(crate) fn with_site<T>(&self, absent: Absent, work: impl AsyncFnOnce(&Site) -> Outcome<T>) -> Outcome<T> {
        self.block_on(async {
            let site = site::open(&self.config, absent, self.locale).await?;
            let outcome = work(&site).await;
            site.close().await;
            outcome
        })
    }
}
