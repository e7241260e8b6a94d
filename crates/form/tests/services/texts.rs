//! What everybody reads: in both languages, and nothing left unsaid.

use madang_base::Locale;
use madang_form::{Moment, Party, Tells};
use serde_json::Value;

use super::{SERVICES, loaded, service, services};

#[test]
fn all_files_load_and_are_named_by_their_id() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> = names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    files.sort();
    for id in SERVICES {
        assert!(files.iter().any(|file| file == id), "services/{id}.toml is gone");
    }
    for file in files {
        let loaded = loaded(&file);
        assert_eq!(loaded.definition.id, file);
        assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    }
}

#[test]
fn every_text_is_korean_and_english() {
    for service in services() {
        let json = serde_json::to_value(&service).unwrap();
        let mut texts = 0;
        each_text(&json, &service.id, &mut |path, ko, en| {
            texts += 1;
            assert!(ko.chars().any(is_hangul), "{path}: no Korean in {ko:?}");
            assert!(!en.is_empty() && !en.chars().any(is_hangul), "{path}: no English in {en:?}");
        });
        assert!(texts > 60, "{}: {texts}", service.id);
    }
}

/// Calls `seen` with every text of a definition as JSON; those that nobody wrote are empty objects.
fn each_text(json: &Value, path: &str, seen: &mut impl FnMut(&str, &str, &str)) {
    match json {
        Value::Object(map) if map.contains_key("ko") || map.contains_key("en") => {
            let word = |tag: &str| map.get(tag).and_then(Value::as_str).unwrap_or("");
            seen(path, word("ko"), word("en"));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| each_text(value, &format!("{path}.{key}"), seen)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| each_text(value, &format!("{path}[{}]", at + 1), seen));
        }
        _ => {}
    }
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

#[test]
fn every_clock_has_a_basis_and_every_state_says_what_it_means() {
    for service in services() {
        for clock in &service.clocks {
            assert!(!clock.basis.is_empty(), "{}: {}", service.id, clock.id);
        }
        for extension in service.clocks.iter().filter_map(|clock| clock.extension.as_ref()) {
            assert!(!extension.basis.is_empty(), "{}", service.id);
        }
        for state in service.states.iter().filter(|state| !state.built_in) {
            let help = state.help.get(Locale::Ko);
            assert!(help.ends_with('.'), "{}: {} {help:?}", service.id, state.id);
        }
        assert!(!service.filing.before.is_empty() && !service.filing.after.is_empty(), "{}", service.id);
        assert!((2..=4).contains(&service.templates.len()), "{}", service.id);
        assert!(service.public.funnel.len() >= 4, "{}", service.id);
    }
}

#[test]
fn whoever_filed_hears_of_all_that_others_do() {
    for service in services() {
        for step in &service.steps {
            assert!(!step.tells.is_empty(), "{}: {}", service.id, step.id);
            let own = step.by.iter().all(|party| matches!(party, Party::Author));
            let many = step.by(&Party::Member);
            let told = step.tells.contains(&Tells::Author);
            assert!(own || many || told, "{}: {} tells the author nothing", service.id, step.id);
            assert_ne!(step.name, step.done, "{}: {}", service.id, step.id);
        }
    }
}

#[test]
fn what_identifies_people_is_never_public() {
    for service in services() {
        let json = serde_json::to_value(&service).unwrap();
        for field in json["fields"].as_array().unwrap() {
            let id = field["id"].as_str().unwrap();
            let personal = field["personal"].as_bool().unwrap() || field["kind"]["type"] == "person";
            assert!(!personal || field["public"] == "never", "{}: {id}", service.id);
        }
    }
    let request = service("information-request");
    assert!(request.field("birth-date").is_some_and(|field| field.personal));
    let asks = |word: &str| request.filing_fields().any(|field| field.name.get(Locale::Ko).contains(word));
    assert!(!asks("주민등록번호"), "Disclosure Act art. 10 (1): only the birth date is asked for");
}

#[test]
fn the_law_of_each_service_stands_in_it() {
    let count = |id: &str| service(id).grounds.len();
    assert_eq!(count("information-request"), 8, "Disclosure Act art. 9 (1)");
    assert_eq!(count("petition"), 6 + 1 + 2, "Petition Act arts. 6 and 16, decree art. 9");
    assert_eq!(count("complaint"), 9 + 1, "Civil Petitions Act arts. 21 and 23");
    let petition = service("petition");
    assert_eq!(petition.filing.representatives, 3, "Petition Act art. 11 (3)");
    let reached: Vec<_> = petition.steps.iter().filter_map(|step| step.on.clone()).collect();
    for moment in ["hearing", "head-answer"].map(|id| Moment::Threshold(id.to_owned())) {
        assert!(reached.contains(&moment), "{moment}");
    }
}
