//! The habits of the repository that no lint knows: size of files, manifests, no empty crates, nothing that belongs to one
//! workplace. `docs/conventions.md` has the reasons.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MAX_LINES: usize = 800;

/// Hosts that a file must not name, in two parts so that this one does not.
const HOSTS: &[(&str, &str)] = &[
    ("registry.", "npmjs"),
    ("npmjs.", "org"),
    ("npmjs.", "com"),
    ("pypi.", "org"),
    ("python", "hosted.org"),
    ("static.crates.", "io"),
    ("index.crates.", "io"),
    ("deb.", "debian.org"),
    ("security.", "debian.org"),
    ("archive.", "ubuntu.com"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace's folder")
}

/// The files under version control, or in a copy without it, all that is not built or installed.
fn files() -> Vec<PathBuf> {
    let root = root();
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(&root).output();
    let tracked: Vec<PathBuf> = match &listed {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout)
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(|name| root.join(name))
            // Deleted but not yet committed.
            .filter(|path| path.is_file())
            .collect(),
        _ => Vec::new(),
    };
    let files = if tracked.is_empty() { walk(&root) } else { tracked };
    assert!(files.len() > 50, "only {} files found", files.len());
    files
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the workspace").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let skipped = ["target", "node_modules", "data", "madang-demo-data"].iter().any(|s| name == *s)
            || name.to_string_lossy().starts_with(".git");
        if path.is_dir() && !skipped {
            found.extend(walk(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found
}

fn crates() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("crates")).expect("crates/").flatten().map(|entry| entry.path());
    let crates: Vec<_> = folders.filter(|path| path.join("Cargo.toml").is_file()).collect();
    assert!(crates.len() >= 8, "only {} crates found", crates.len());
    crates
}

fn text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e))
}

fn expect_none(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

#[test]
fn sources_stay_short() {
    let sources = files().into_iter().filter(|path| has_ending(path, &["rs", "mjs", "js", "css", "html", "sql"]));
    let faults: Vec<_> = sources
        .filter_map(|path| {
            let lines = text(&path)?.lines().count();
            (lines > MAX_LINES).then(|| format!("{}: {lines} lines", short(&path)))
        })
        .collect();
    expect_none("files over 800 lines; split them by subject", &faults);
}

#[test]
fn every_module_says_what_it_is_for() {
    let faults: Vec<_> = files()
        .into_iter()
        .filter(|path| has_ending(path, &["rs"]))
        .filter(|path| {
            !path.ends_with("tests.rs") && !short(path).ends_with("_tests.rs") && !short(path).contains("/tests/")
        })
        .filter(|path| text(path).is_some_and(|text| !text.starts_with("//!")))
        .map(|path| short(&path))
        .collect();
    expect_none("modules without `//!` on their first line", &faults);
}

#[test]
fn no_file_names_a_registry() {
    let mut faults = Vec::new();
    for path in files() {
        // Cargo writes the name of its index into its own lock file.
        if path.ends_with("Cargo.lock") {
            continue;
        }
        let Some(text) = text(&path) else { continue };
        for (start, end) in HOSTS {
            let host = [*start, *end].concat();
            if text.contains(&host) {
                faults.push(format!("{}: {host}", short(&path)));
            }
        }
    }
    expect_none("hosts of package registries", &faults);
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X:"].concat()];
    let faults: Vec<_> = files()
        .into_iter()
        .filter(|path| has_ending(path, &["rs", "mjs", "sql", "ftl", "html", "css"]))
        .filter(|path| text(path).is_some_and(|text| marks.iter().any(|mark| text.contains(mark.as_str()))))
        .map(|path| short(&path))
        .collect();
    expect_none("unfinished work belongs into an issue, not into a comment", &faults);
}

#[test]
fn no_crate_is_an_empty_shell() {
    let mut faults = Vec::new();
    for folder in crates() {
        let sources = walk(&folder.join("src")).into_iter().filter(|path| has_ending(path, &["rs"]));
        let lines: usize = sources
            .filter_map(|path| text(&path))
            .map(|text| text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")).count())
            .sum();
        if lines < 20 {
            faults.push(format!("{}: {lines} lines of code", short(&folder)));
        }
    }
    expect_none("crates come into being with the first line that belongs in them", &faults);
}

#[test]
fn manifests_inherit_from_the_workspace() {
    let mut faults = Vec::new();
    for folder in crates() {
        let manifest = text(&folder.join("Cargo.toml")).expect("a manifest");
        let name = short(&folder);
        if !manifest.contains("[lints]\nworkspace = true") {
            faults.push(format!("{name}: add [lints] workspace = true"));
        }
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            if !manifest.contains(&format!("\n{key}.workspace = true")) {
                faults.push(format!("{name}: write {key}.workspace = true"));
            }
        }
        faults.extend(versions_of_its_own(&manifest).map(|line| format!("{name}: `{line}` has a version of its own")));
        let package = format!("name = \"madang-{}\"", folder.file_name().unwrap_or_default().to_string_lossy());
        if !manifest.contains(&package) && !manifest.contains("name = \"madang\"") {
            faults.push(format!("{name}: its {package} is missing"));
        }
    }
    expect_none("manifests", &faults);
}

#[test]
fn the_glossary_names_only_what_exists() {
    let sources: String = files()
        .iter()
        .filter(|path| has_ending(path, &["rs", "sql"]) && !short(path).starts_with("crates/base/tests/"))
        .filter_map(|path| text(path))
        .collect();
    let words: std::collections::BTreeSet<&str> =
        sources.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let glossary = text(&root().join("docs/glossary.md")).expect("docs/glossary.md");
    let mut names = 0;
    let mut faults = Vec::new();
    for row in glossary.lines().filter(|line| line.starts_with("| ") && !line.contains("in code")) {
        let column = row.split('|').nth(3).unwrap_or_default();
        for name in column.split('`').skip(1).step_by(2) {
            names += 1;
            if !name.split("::").all(|part| words.contains(part)) {
                faults.push(format!("`{name}` in: {row}"));
            }
        }
    }
    assert!(names > 40, "only {names} names found in docs/glossary.md");
    expect_none("names in docs/glossary.md that no source has", &faults);
}

/// The dependency lines of a manifest that do not take their version from the root's table.
fn versions_of_its_own(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().map(str::trim).filter(move |line| {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
            return false;
        }
        inside && line.contains('=') && !line.starts_with('#') && !line.contains("workspace = true")
    })
}

#[test]
fn a_version_of_its_own_is_found() {
    let manifest = "[package]\nversion = \"1\"\n[dependencies]\na.workspace = true\nb = \"1\"\n[dev-dependencies]\n\
                    c = { workspace = true, features = [\"x\"] }\nd = { version = \"2\" }\n";
    assert_eq!(versions_of_its_own(manifest).collect::<Vec<_>>(), ["b = \"1\"", "d = { version = \"2\" }"]);
}
