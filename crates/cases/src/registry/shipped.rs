//! The definitions that come with the program: the folder `services` of the repository.

/// File name and text of each, by name.
#[must_use]
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    SHIPPED
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../services/", $name)))),*]
    };
}

/// A test compares it with the folder.
const SHIPPED: &[(&str, &str)] = files![
    "advice-request.toml",
    "complaint.toml",
    "data-request.toml",
    "information-request.toml",
    "petition.toml",
    "plan-suggestion.toml",
    "proposal.toml",
    "watch-group.toml",
    "youth-suggestion.toml",
];
