//! `madang config`.

use crate::cli::Config as Command;
use crate::config::{self, ConfigError, Environment, Flags};
use crate::exit::Outcome;
use crate::terminal;

pub(crate) fn run(command: &Command, flags: &Flags, environment: &Environment) -> Outcome {
    match command {
        Command::Example => terminal::line(config::example().trim_end()),
        Command::Show { json } => {
            let loaded = config::load(flags, environment)?;
            terminal::line(config::show(&loaded, *json).trim_end());
        }
        Command::Check => {
            let loaded = config::load(flags, environment)?;
            if !loaded.warnings.is_empty() {
                return Err(ConfigError::new(loaded.warnings.join("\n")).into());
            }
            let file = loaded.file.map_or_else(|| "no file, defaults".to_owned(), |file| file.display().to_string());
            terminal::line(format_args!("the configuration is in order ({file})"));
        }
    }
    Ok(())
}
