//! The definitions that come with the product: they load, speak both languages, can be walked to every end, and give the
//! dates of Korean law.

#[path = "services/dates.rs"]
mod dates;
#[path = "services/texts.rs"]
mod texts;
#[path = "services/walks.rs"]
mod walks;

use std::path::Path;

use madang_form::{Definition, Loaded, Source, load};

const SERVICES: [&str; 9] = [
    "advice-request",
    "complaint",
    "data-request",
    "information-request",
    "petition",
    "plan-suggestion",
    "proposal",
    "watch-group",
    "youth-suggestion",
];

fn loaded(id: &str) -> Loaded {
    let name = format!("{id}.toml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services").join(&name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    load(Source { name: &name, text: &text }).unwrap_or_else(|problems| panic!("\n{problems}"))
}

fn service(id: &str) -> Definition {
    loaded(id).definition
}

fn services() -> impl Iterator<Item = Definition> {
    SERVICES.into_iter().map(service)
}
