//! The order of the crates (`docs/conventions.md`): a dependency may only point to a lower layer.
//!
//! It stands in the lowest crate because it needs nothing but `cargo metadata`, so it runs before the rest is built.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// The crates by layer, lowest first. Crates of one layer do not depend on each other: domains share only ids and the
/// kernel's events, and a verb that needs two of them lives in `flows`.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &["base"]),
    ("messages", &["message"]),
    (
        "pure and db",
        &["db", "form", "ballot", "sortition", "opinion", "text", "extract", "geo", "tlog", "seal", "sizing"],
    ),
    ("kernel", &["kernel"]),
    (
        "domain",
        &[
            "identity",
            "cases",
            "deliberation",
            "plans",
            "bodies",
            "catalogue",
            "records",
            "search",
            "newsletter",
            "witness",
        ],
    ),
    ("flows and adapters", &["flows", "adapters"]),
    ("delivery, shared", &["http"]),
    ("delivery", &["web", "api"]),
    ("binary", &["madang", "bench"]),
];

/// Libraries that only some crates may use, so that what they stand for stays in one place.
const OWNERS: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["db", "bench"], "SQL goes through db::Tx (the benchmarks' peer is the bare client)"),
    ("postgres", &["bench"], "SQL goes through db::Tx (the benchmarks' peer is the bare client)"),
    ("tokio-postgres", &["db"], "SQL goes through db::Tx"),
    ("axum", &["http", "web", "api", "madang"], "HTTP is delivery"),
    ("minijinja", &["web"], "pages are rendered in web"),
    ("lettre", &["adapters"], "mail goes through the kernel's port"),
    ("openidconnect", &["adapters"], "identity providers stand behind a port of identity"),
    ("reqwest", &["adapters"], "the network stands behind ports"),
    ("getrandom", &["adapters"], "randomness comes from base::Rng"),
    ("tantivy", &["search", "bench"], "the index is search's (the benchmarks' peer is the bare library)"),
    ("fluent-bundle", &["message"], "texts are messages; message renders them"),
    ("clap", &["madang"], "the command line is the binary's"),
];

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|(_, crates)| crates.contains(&name))
}

/// What is wrong with `from` depending on `to`, if anything.
fn fault(from: &str, to: &str) -> Option<String> {
    let (Some(upper), Some(lower)) = (layer(from), layer(to)) else {
        let name = if layer(from).is_none() { from } else { to };
        return Some(format!("crate `{name}` has no layer: put it into LAYERS where the design has it"));
    };
    (lower >= upper).then(|| {
        let (from_layer, to_layer) = (LAYERS[upper].0, LAYERS[lower].0);
        format!("`{from}` ({from_layer}) depends on `{to}` ({to_layer}), which is not below it")
    })
}

/// The workspace's packages: short name → (its dependencies, kind of each: `normal`, `dev` or `build`).
fn packages() -> BTreeMap<String, Vec<(String, String)>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path", manifest])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let text = |value: &Value, otherwise: &str| value.as_str().unwrap_or(otherwise).to_owned();
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    array(&metadata["packages"])
        .iter()
        .map(|package| {
            let dependencies = array(&package["dependencies"]);
            let dependencies =
                dependencies.iter().map(|d| (text(&d["name"], ""), text(&d["kind"], "normal"))).collect();
            (short(&text(&package["name"], "")), dependencies)
        })
        .collect()
}

fn short(name: &str) -> String {
    name.strip_prefix("madang-").unwrap_or(name).to_owned()
}

#[test]
fn no_arrow_runs_up() {
    let packages = packages();
    assert!(packages.contains_key("base") && packages.contains_key("madang"), "{:?}", packages.keys());
    let mut faults = Vec::new();
    for (name, dependencies) in &packages {
        faults.extend(layer(name).is_none().then(|| fault(name, name)).flatten());
        let own = dependencies.iter().map(|(to, _)| to).filter(|to| to.starts_with("madang"));
        faults.extend(own.filter_map(|to| fault(name, &short(to))));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn libraries_stay_with_their_owners() {
    let mut faults = Vec::new();
    for (name, dependencies) in packages() {
        for (library, owners, reason) in OWNERS {
            let used = dependencies.iter().any(|(to, kind)| to == library && kind == "normal");
            if used && !owners.contains(&name.as_str()) {
                faults.push(format!("`{name}` uses {library}: {reason} (only {} may)", owners.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_rule_itself_finds_wrong_arrows() {
    for (from, to) in [
        ("base", "db"),
        ("db", "kernel"),
        ("tlog", "db"),
        ("kernel", "plans"),
        ("identity", "plans"),
        ("plans", "flows"),
        ("flows", "adapters"),
        ("kernel", "http"),
        ("http", "web"),
        ("web", "api"),
        ("api", "madang"),
        ("plans", "plans"),
        ("plans", "unheard-of"),
    ] {
        assert!(fault(from, to).is_some(), "{from} → {to}");
    }
    for (from, to) in [
        ("madang", "base"),
        ("web", "http"),
        ("http", "identity"),
        ("flows", "plans"),
        ("adapters", "identity"),
        ("plans", "kernel"),
        ("kernel", "db"),
        ("kernel", "tlog"),
        ("db", "base"),
    ] {
        assert_eq!(fault(from, to), None, "{from} → {to}");
    }
}
