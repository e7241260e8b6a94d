//! Definition files: what is read, what is refused and where, and that nothing makes the reader panic.

mod broken;
mod doc;
mod hostile;
mod load;
mod shown;

/// A definition with all that one can say.
const FACTORY: &str = include_str!("../definitions/factory.toml");
