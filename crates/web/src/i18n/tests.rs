//! Nothing that a citizen reads may be missing, different in shape between languages, or dead.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::*;

/// The keys of one language with the variables each message reads.
fn keys(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    let mut last = String::new();
    for (_, text) in MESSAGES.iter().filter(|(path, _)| path.starts_with(locale.tag())) {
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| is_key(key)) {
                assert!(keys.insert(key.to_owned(), BTreeSet::new()).is_none(), "{key} is there twice");
                key.clone_into(&mut last);
            }
            for (at, _) in line.match_indices('$') {
                let name = &line[at + 1..];
                let end =
                    name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(name.len());
                if let Some(names) = keys.get_mut(&last) {
                    names.insert(name[..end].to_owned());
                }
            }
        }
    }
    keys
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// What templates and code ask for: whole keys, and beginnings such as `state-` that are completed at run time.
#[derive(Default)]
struct Asked {
    whole: BTreeSet<String>,
    beginnings: BTreeSet<String>,
    /// Beginnings in the code; some are of other things than messages.
    perhaps: BTreeSet<String>,
}

impl Asked {
    fn template(&mut self, text: &str) {
        for quote in ['"', '\''] {
            let mark = format!("t({quote}");
            for (at, _) in text.match_indices(&mark) {
                let before = text[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let rest = &text[at + mark.len()..];
                let Some(end) = rest.find(quote) else { continue };
                if rest[end + 1..].trim_start().starts_with('~') {
                    self.beginnings.insert(rest[..end].to_owned());
                } else {
                    self.whole.insert(rest[..end].to_owned());
                }
            }
        }
        // Keys that are handed to a macro which calls `t` for them.
        for (at, _) in text.match_indices(", \"") {
            let rest = &text[at + 3..];
            if let Some(key) = rest.split('"').next().filter(|key| key.starts_with("menu-") && is_key(key)) {
                self.whole.insert(key.to_owned());
            }
        }
    }

    /// Error codes become `error-…`; `.text(locale, "key", …)` and `words("key")` name keys outright.
    fn rust(&mut self, text: &str) {
        let kinds =
            ["invalid", "unauthenticated", "forbidden", "not_found", "conflict", "gone", "rate_limited", "unavailable"];
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for kind in kinds {
            for (at, mark) in flat.match_indices(&format!("Error::{kind}(")) {
                self.code(&flat[at + mark.len()..]);
            }
        }
        for mark in ["Error::new(", ".field("] {
            for (at, _) in flat.match_indices(mark) {
                if let Some((_, rest)) = flat[at + mark.len()..].split_once(", ") {
                    self.code(rest);
                }
            }
        }
        for (at, mark) in flat.match_indices("code: \"") {
            self.code(&flat[at + mark.len() - 1..]);
        }
        // Keys that code completes at run time: `format!("claim-{}", …)`.
        for (at, mark) in flat.match_indices("format!(\"") {
            let start = flat[at + mark.len()..].split(['{', '"']).next().unwrap_or("");
            let filled = flat[at + mark.len() + start.len()..].starts_with('{');
            if filled && start.len() > 1 && start.ends_with('-') && is_key(start) && !start.starts_with("error-") {
                self.perhaps.insert(start.to_owned());
            }
        }
    }

    /// What a page says after an act: `done(&visit, path, "saved")` shows `done-saved`.
    fn acts(&mut self, text: &str) {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, mark) in flat.match_indices("done(") {
            let call = &flat[at + mark.len()..];
            if !call.trim_start_matches('&').starts_with("visit") {
                continue;
            }
            let mut depth = 1_u32;
            let end = call.find(|c: char| {
                depth = if c == '(' {
                    depth + 1
                } else if c == ')' {
                    depth - 1
                } else {
                    depth
                };
                depth == 0
            });
            let inside = call[..end.unwrap_or(0)].trim_end_matches([',', ' ']);
            if let Some(code) = inside.strip_suffix('"').and_then(|text| text.rsplit('"').next()) {
                self.whole.insert(format!("done-{code}"));
            }
        }
    }

    /// The list of what can be wrong with a definition file: each has a message that says so and one that helps.
    fn definitions(&mut self, text: &str) {
        for (at, mark) in text.match_indices("\"form.") {
            self.code(&text[at..]);
            let name = text[at + mark.len()..].split('"').next().unwrap_or("");
            self.whole.insert(format!("help-form-{name}"));
        }
    }

    fn code(&mut self, rest: &str) {
        let Some(rest) = rest.trim_start().strip_prefix('"') else { return };
        let Some(code) = rest.split('"').next().filter(|code| is_key(&code.replace(['.', '_'], "-"))) else { return };
        self.whole.insert(format!("error-{}", code.replace('.', "-")));
    }
}

fn sources(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, each);
        } else if path.extension().is_some_and(|ext| ext == "rs" || ext == "html" || ext == "txt" || ext == "svg") {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

fn asked() -> (Asked, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut asked, mut code) = (Asked::default(), String::new());
    sources(&root.join("templates"), &mut |_, text| asked.template(text));
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let source = entry.unwrap().path().join("src");
        if !source.is_dir() {
            continue;
        }
        sources(&source, &mut |path, text| {
            // Codes inside tests are examples.
            let text = text.split("#[cfg(test)]").next().unwrap_or("");
            if !path.ends_with("tests.rs") && !path.components().any(|part| part.as_os_str() == "tests") {
                asked.rust(text);
                if path.ends_with("form/src/problem/codes.rs") {
                    asked.definitions(text);
                }
                if path.components().any(|part| part.as_os_str() == "web") {
                    asked.acts(text);
                }
                code.push_str(text);
            }
        });
    }
    (asked, code)
}

#[test]
fn languages_have_the_same_messages() {
    let (ko, en) = (keys(Locale::Ko), keys(Locale::En));
    let missing = |a: &BTreeMap<String, BTreeSet<String>>, b: &BTreeMap<String, BTreeSet<String>>| {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert!(missing(&ko, &en).is_empty(), "only in Korean: {:?}", missing(&ko, &en));
    assert!(missing(&en, &ko).is_empty(), "only in English: {:?}", missing(&en, &ko));
    let differing: Vec<_> = ko.iter().filter(|(key, names)| en[*key] != **names).map(|(key, _)| key).collect();
    assert!(differing.is_empty(), "these read other variables in the other language: {differing:?}");
    let empty: Vec<_> = ko.keys().filter(|key| key.is_empty()).collect();
    assert!(empty.is_empty());
}

/// Words of the kernel's closed lists; its own tests demand one for each code, whether or not a page shows it today.
const WORDS: [&str; 4] = ["verb-", "job-kind-", "job-state-", "mail-state-"];

#[test]
fn no_message_is_missing_and_none_is_dead() {
    let ko = keys(Locale::Ko);
    let (asked, code) = asked();
    let missing: Vec<_> = asked.whole.iter().filter(|key| !ko.contains_key(*key)).collect();
    assert!(missing.is_empty(), "these messages are asked for and not written: {missing:#?}");
    let hollow: Vec<_> =
        asked.beginnings.iter().filter(|start| !ko.keys().any(|key| key.starts_with(start.as_str()))).collect();
    assert!(hollow.is_empty(), "no message begins so: {hollow:?}");
    let dead: Vec<_> = ko
        .keys()
        .filter(|key| {
            !asked.whole.contains(*key)
                && !asked.beginnings.iter().chain(&asked.perhaps).any(|start| key.starts_with(start.as_str()))
                && !code.contains(&format!("\"{key}\""))
                && !key.starts_with("error-")
                && !WORDS.iter().any(|words| key.starts_with(words))
        })
        .collect();
    assert!(dead.is_empty(), "nobody asks for these messages: {dead:#?}");
}

#[test]
fn messages_fill_in_numbers_and_texts() {
    let catalogue = catalogue(None).unwrap();
    assert_eq!(catalogue.text(Locale::En, "days-left", &[("n", Arg::Number(1))]), "1 day left");
    assert_eq!(catalogue.text(Locale::En, "days-left", &[("n", Arg::Number(1200))]), "1,200 days left");
    assert_eq!(catalogue.text(Locale::Ko, "days-left", &[("n", Arg::Number(3))]), "3일 남음");
    assert_eq!(catalogue.text(Locale::Ko, "no-such-message", &[]), "no-such-message");
}
