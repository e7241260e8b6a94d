//! The table of operations and the document made from it.

use std::collections::BTreeSet;

use crate::{document, operations};

#[test]
fn operation_ids_and_addresses_are_unique() {
    let operations = operations();
    let ids: BTreeSet<_> = operations.iter().map(|o| o.id).collect();
    let places: BTreeSet<_> = operations.iter().map(|o| (o.method.as_str().to_owned(), o.path)).collect();
    assert_eq!(ids.len(), operations.len());
    assert_eq!(places.len(), operations.len());
}

#[test]
fn every_reference_of_the_document_is_defined() {
    let document = document(&operations(), "https://example.org");
    assert_eq!(document["openapi"], "3.1.0");
    let text = document.to_string();
    let mut seen = 0;
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer} is named and not defined");
        seen += 1;
    }
    assert!(seen > 20, "{seen} references");
}

#[test]
fn every_parameter_of_a_path_is_described() {
    let document = document(&operations(), "https://example.org");
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for name in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
                let described = operation["parameters"].as_array().unwrap();
                assert!(described.iter().any(|p| p["name"] == name && p["in"] == "path"), "{method} {path}: {name}");
            }
        }
    }
}
