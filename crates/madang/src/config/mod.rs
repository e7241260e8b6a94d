//! The configuration: a TOML file, then the environment, then flags; the last one wins. See `docs/operations.md`.
//!
//! [`load`] gives the typed [`Config`], and [`Loaded::values`] keeps who said what for `madang config show`. Secrets come
//! from files (`…_file`) or the environment and are hidden in every `Debug` and every output.

mod env;
mod error;
mod file;
mod schema;
mod show;
#[cfg(test)]
mod tests;
mod typed;
mod values;

use std::path::{Path, PathBuf};

pub(crate) use env::Environment;
pub(crate) use error::ConfigError;
pub(crate) use show::{example, show};
pub(crate) use typed::{Config, Database, DatabaseUrl, Log, Oidc, Place, Security, Server};
use values::{Source, Values};

/// What the command line said. `None`: nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) config: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) listen: Option<String>,
    pub(crate) database: Option<String>,
    pub(crate) log_format: Option<String>,
    pub(crate) log_level: Option<String>,
    /// Defaults of this command that are not the usual ones.
    pub(crate) defaults: &'static [(&'static str, &'static str)],
}

/// The configuration with everything that `config show` wants to know.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) config: Config,
    /// The file that was read.
    pub(crate) file: Option<PathBuf>,
    pub(crate) values: Values,
    /// What is strange but does not keep the server from starting.
    pub(crate) warnings: Vec<String>,
}

/// Reads all layers.
///
/// # Errors
/// A file that cannot be read, an unknown key, a value that does not fit: each with its place.
pub(crate) fn load(flags: &Flags, environment: &Environment) -> Result<Loaded, ConfigError> {
    let mut values = Values::defaults();
    for (path, text) in flags.defaults {
        values.main.set_default(path, text);
    }
    let usual_data = values.main.get("data").map_or(".", |said| said.text.as_str());
    let file = find_file(flags, environment, usual_data);
    if let Some((path, in_data_folder)) = &file {
        file::read(path, *in_data_folder, &mut values)?;
    }
    let warnings = environment.read(&mut values)?;
    let data = flags.data.as_ref().map(|path| path.to_string_lossy().into_owned());
    for (path, flag, text) in [
        ("data", "--data", &data),
        ("server.listen", "--listen", &flags.listen),
        ("database.url", "--database", &flags.database),
        ("log.format", "--log-format", &flags.log_format),
        ("log.level", "--log-level", &flags.log_level),
    ] {
        if let (Some(text), Some(key)) = (text, schema::find(path)) {
            values.main.set(key, text.clone(), Source::Flag(flag))?;
        }
    }
    let config = Config::from_values(&values)?;
    Ok(Loaded { config, file: file.map(|(path, _)| path), values, warnings })
}

/// `--config`, `MADANG_CONFIG`, or `madang.toml` in the data folder if it is there (then the second is true).
fn find_file(flags: &Flags, environment: &Environment, usual_data: &str) -> Option<(PathBuf, bool)> {
    if let Some(path) = &flags.config {
        return Some((path.clone(), false));
    }
    if let Some(path) = environment.get("MADANG_CONFIG") {
        return Some((path.into(), false));
    }
    let said = flags.data.as_deref().or_else(|| environment.get("MADANG_DATA").map(Path::new));
    let path = said.unwrap_or(Path::new(usual_data)).join("madang.toml");
    path.exists().then_some((path, true))
}
