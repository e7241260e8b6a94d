use madang_base::Locale;
use madang_form::{Source, Within, load};

use super::FACTORY;

#[test]
fn a_good_file_becomes_a_definition() {
    let loaded = load(Source { name: "factory.toml", text: FACTORY }).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.warnings.to_string(), "");
    let service = loaded.definition;
    assert_eq!(service.id, "illegal-factory");
    assert_eq!(service.name.get(Locale::Ko), "농지 불법공장 신고");
    assert_eq!(service.fields.len(), 10);
    let ids: Vec<_> = service.states.iter().map(|state| state.id.as_str()).collect();
    assert_eq!(ids, ["reported", "verified", "deciding", "penalised", "rejected", "withdrawn", "merged"]);
    assert!(matches!(&service.clock("collect").unwrap().within, Within::ByChoice { values, .. } if values.len() == 2));
    assert_eq!(service.retention.personal_days, 365);
    assert_eq!(loaded.digest.len(), 64);
}

#[test]
fn the_services_that_come_along_are_good() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut wrong = String::new();
    for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "toml"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Err(problems) = load(Source { name: &name, text: &text }) {
            wrong.push_str(&problems.to_string());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
