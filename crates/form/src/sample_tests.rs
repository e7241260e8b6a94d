//! Definitions that the tests of several modules walk over.

use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};
use madang_base::Time;
use proptest::prelude::*;

use crate::values::{Answer, Answers, prune};
use crate::{Choice, Definition, Field, FieldKind, Raw, Source, load};

/// A field of every kind, every sort of publicity, conditions on conditions, two parties.
pub const EVERYTHING: &str = include_str!("sample_tests.toml");

pub fn read(name: &str, text: &str) -> Definition {
    match load(Source { name, text }) {
        Ok(loaded) => loaded.definition,
        Err(problems) => panic!("{name}: {problems:#?}"),
    }
}

pub fn everything() -> Definition {
    static SAMPLE: OnceLock<Definition> = OnceLock::new();
    SAMPLE.get_or_init(|| read("everything.toml", EVERYTHING)).clone()
}

/// The definitions that come with the program.
pub fn services() -> Vec<Definition> {
    static SERVICES: OnceLock<Vec<Definition>> = OnceLock::new();
    SERVICES.get_or_init(read_services).clone()
}

fn read_services() -> Vec<Definition> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    paths.iter().map(|path| read(&path.display().to_string(), &std::fs::read_to_string(path).unwrap())).collect()
}

/// The services and the sample.
pub fn all() -> Vec<Definition> {
    services().into_iter().chain([everything()]).collect()
}

pub fn service(id: &str) -> Definition {
    services().into_iter().find(|def| def.id == id).unwrap_or_else(|| panic!("services/{id}.toml"))
}

/// Every way of answering the choices on which steps depend.
pub fn ways(def: &Definition) -> Vec<Answers> {
    let looked_at = |id: &str| def.steps.iter().any(|step| step.when.iter().any(|when| when.field == id));
    let deciding = |field: &&Field| {
        looked_at(&field.id)
            || def.fields.iter().any(|other| looked_at(&other.id) && other.when.iter().any(|w| w.field == field.id))
    };
    let mut ways = vec![Answers::default()];
    for field in def.filing_fields().filter(deciding) {
        let FieldKind::Choice { options } = &field.kind else { panic!("{}: try {} as well", def.id, field.id) };
        let with = |answers: &Answers| {
            let answers = answers.clone();
            options.iter().map(move |option| {
                let mut answers = answers.clone();
                answers.0.insert(field.id.clone(), Answer::Choice(option.id.clone()));
                answers
            })
        };
        ways = ways.iter().flat_map(with).collect();
    }
    for answers in &mut ways {
        prune(def, answers);
    }
    ways.dedup();
    ways
}

pub const TODAY: Date = Date::constant(2026, 12, 3);

/// A moment in Korea.
pub fn at(moment: DateTime) -> Time {
    Time::at_kst_midnight(moment.date()).plus_seconds(moment.date().at(0, 0, 0, 0).duration_until(moment).as_secs())
}

/// What somebody could type into a field, more or less well.
fn typed(field: &Field) -> BoxedStrategy<Vec<(String, String)>> {
    let name = field.id.clone();
    let one = |values: BoxedStrategy<String>| values.prop_map(move |value| vec![(name.clone(), value)]).boxed();
    let of = |options: &[Choice]| {
        let mut ids: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
        ids.push("nonsense".into());
        prop::sample::select(ids).boxed()
    };
    match &field.kind {
        FieldKind::Choice { options } => one(of(options)),
        FieldKind::MultiChoice { options, .. } => {
            let name = field.id.clone();
            prop::collection::vec(of(options), 0..4)
                .prop_map(move |ids| ids.into_iter().map(|id| (name.clone(), id)).collect())
                .boxed()
        }
        FieldKind::Number { .. } | FieldKind::Money { .. } => {
            one(prop_oneof![any::<i64>().prop_map(|n| n.to_string()), "[0-9]{1,3}(,[0-9]{3})?", "[０-９]{1,4}"].boxed())
        }
        FieldKind::Date { .. } => one("20[0-4][0-9][-.]?(0[1-9]|1[0-2])[-.]?[0-3][0-9]".boxed()),
        FieldKind::Agency => one("[a-z0-9-]{0,8}".boxed()),
        FieldKind::Consent { .. } => one(prop_oneof!["yes", "no", ""].boxed()),
        FieldKind::Place => {
            parts(field, &["address", "latitude", "longitude", "district"], "[0-9.-]{0,10}|[가-힣 ]{0,8}")
        }
        FieldKind::Person => parts(field, &["name", "contact"], "[가-힣a-z ]{0,10}"),
        FieldKind::Table { columns, .. } => {
            let name = field.id.clone();
            let cells: Vec<_> = columns
                .iter()
                .flat_map(|column| (0..2).map(move |row| (row, column)))
                .map(|(row, column)| {
                    let name = name.clone();
                    typed(column).prop_map(move |cells| {
                        cells.into_iter().map(|(id, value)| (format!("{name}.{row}.{id}"), value)).collect::<Vec<_>>()
                    })
                })
                .collect();
            cells.prop_map(|cells| cells.concat()).boxed()
        }
        FieldKind::Line { .. } | FieldKind::Text { .. } | FieldKind::File { .. } | FieldKind::Photo { .. } => {
            one(".{0,30}".boxed())
        }
    }
}

fn parts(field: &Field, names: &[&str], values: &'static str) -> BoxedStrategy<Vec<(String, String)>> {
    let names: Vec<String> = names.iter().map(|part| format!("{}.{part}", field.id)).collect();
    prop::collection::vec(values, names.len())
        .prop_map(move |values| names.iter().cloned().zip(values).collect())
        .boxed()
}

/// What a browser could send for a definition: good, bad and missing.
pub fn raws(def: &Definition) -> BoxedStrategy<Raw> {
    let fields: Vec<_> = def.fields.iter().map(|field| prop::option::weighted(0.9, typed(field))).collect();
    fields.prop_map(|fields| fields.into_iter().flatten().flatten().collect::<Raw>()).boxed()
}
