//! The layer of the environment, read once at the start. Nothing else in the product reads it.

use madang_base::Locale;

use super::ConfigError;
use super::schema::{self, KEYS};
use super::values::{Source, Values};

/// The environment as it was when the program started.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment(Vec<(String, String)>);

impl Environment {
    /// Reads the process's environment; variables that are not UTF-8 are left out.
    pub(crate) fn of_process() -> Self {
        Self(
            std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
        )
    }

    #[cfg(test)]
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The language of messages: `MADANG_LANGUAGE`, else that of the terminal; English when it is neither of ours.
    pub(crate) fn locale(&self) -> Locale {
        let said = ["MADANG_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| self.get(name));
        said.and_then(|text| text.get(..2)?.to_lowercase().parse().ok()).unwrap_or(Locale::En)
    }

    /// Puts every known variable into `values`. Gives back a warning for each `MADANG_…` that nobody knows: orchestrators
    /// set variables by the name of a service, so that an unknown one must not keep the server from starting.
    pub(crate) fn read(&self, values: &mut Values) -> Result<Vec<String>, ConfigError> {
        let mut known: Vec<String> = vec!["MADANG_CONFIG".into(), "MADANG_LANGUAGE".into()];
        for key in KEYS {
            let name = key.environment();
            if let Some(text) = self.get(&name) {
                values.main.set(key, text.to_owned(), Source::Environment(name.clone()))?;
            }
            if key.secret {
                let file = format!("{name}_FILE");
                if let Some(path) = self.get(&file) {
                    values.main.set_from_file(key, path, Source::Environment(file.clone()))?;
                }
                known.push(file);
            }
            known.push(name);
        }
        for (list, groups) in values.lists_mut() {
            for group in groups {
                let Some(table) = group.get("name").map(|said| said.text.clone()) else { continue };
                for key in list.keys.iter().filter(|key| key.secret) {
                    let name = schema::environment_name(&format!("{}.{table}.{}", list.name, key.path));
                    if let Some(text) = self.get(&name) {
                        group.set(key, text.to_owned(), Source::Environment(name.clone()))?;
                    }
                    known.push(name);
                }
            }
        }
        let mut warnings = Vec::new();
        for (name, value) in &self.0 {
            if name.starts_with("MADANG_")
                && !name.starts_with("MADANG_TEST_")
                && !value.is_empty()
                && !known.contains(name)
            {
                let near = schema::nearest(name, known.iter().map(String::as_str));
                let hint = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
                warnings.push(format!("environment variable {name} is not known{hint}"));
            }
        }
        Ok(warnings)
    }
}
