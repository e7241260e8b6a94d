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
