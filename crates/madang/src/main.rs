//! The binary: reads the command line and the configuration, puts the parts together, runs one command.
//!
//! Wiring only; no rule, no page and no SQL lives here. Start reading at [`cli`], then `commands/`; how a site is put
//! together is in [`site`], how it is served in [`server`].

mod app;
mod backup;
mod cli;
mod commands;
mod config;
mod exit;
mod export;
mod logs;
mod metrics;
mod ops;
mod server;
mod site;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

use config::Environment;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    let cli = cli::Cli::parse();
    match commands::run(&cli, &environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::note(&failure);
            failure.code()
        }
    }
}
