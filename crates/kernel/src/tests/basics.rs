//! References, keys, digests, words.

use std::collections::BTreeMap;
use std::path::Path;

use madang_base::SeededRng;
use proptest::prelude::*;

use crate::actor::Role;
use crate::job::JobState;
use crate::links::LinkType;
use crate::mail::MailState;
use crate::object::{ObjectKind, Ref};
use crate::organisation::OrganisationKind;
use crate::{Keys, Verb, digest};

#[test]
fn references_are_read_as_they_are_written() {
    for text in ["plan:kr-2021", "commitment:kr-2021/2.1", "milestone:kr-2021/2.1/3", "api-key:0190_a"] {
        assert_eq!(text.parse::<Ref>().unwrap().to_string(), text);
    }
    let long = format!("plan:{}", "a".repeat(201));
    for text in ["", "plan", "plan:", "Plan:x", "plan:행안부", "plan:a b", "plan:a:b", "plan:a\nb", "nothing:x", &long]
    {
        assert_eq!(text.parse::<Ref>().unwrap_err().kind(), madang_base::Kind::Invalid, "{text:?}");
    }
}

proptest! {
    /// No text that a person wrote becomes a reference by chance of its letters.
    #[test]
    fn only_machine_words_are_references(id in "\\PC{1,20}") {
        let ok = id.chars().all(|c| c.is_ascii_alphanumeric() || "._/-".contains(c));
        prop_assert_eq!(Ref::new(ObjectKind::Plan, &id).check().is_ok(), ok);
    }

    #[test]
    fn hexadecimal_digits_come_back(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        prop_assert_eq!(digest::unhex(&digest::hex(&bytes)), Some(bytes));
    }

    #[test]
    fn broken_hexadecimal_is_refused(text in "\\PC{0,10}") {
        let good = text.len() % 2 == 0 && text.bytes().all(|b| b.is_ascii_hexdigit());
        prop_assert_eq!(digest::unhex(&text).is_some(), good);
    }
}

#[test]
fn digests_are_the_published_ones() {
    // FIPS 180-2, B.1.
    assert_eq!(digest::sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // Computed with Python's hmac: key of 32 bytes 0x0b, message u64(2) "Hi" u64(5) "There".
    let expected = "66e428cd536597bf9f72b4a149d781414a7d8b6b054da8352b6563e78a87590c";
    assert_eq!(digest::hmac_hex(&[0x0b; 32], &[b"Hi", b"There"]), expected);
    assert_ne!(digest::hmac(&[1; 32], &[b"ab", b"c"]), digest::hmac(&[1; 32], &[b"a", b"bc"]));
}

#[test]
fn keys_are_read_as_they_are_written_and_never_shown() {
    let keys = Keys::generate(&SeededRng::new(b"keys"));
    let text = keys.to_text();
    assert!(Keys::from_text(&text).unwrap() == keys);
    assert!(keys.person != keys.master && keys.master != keys.session);
    assert_eq!(format!("{keys:?}"), "Keys(hidden)");
    for broken in [
        "",
        "madang keys 1\n",
        &text.replace("madang", "other"),
        &text[..text.len() - 3],
        &text.replace("master", "other"),
    ] {
        let error = Keys::from_text(broken).unwrap_err();
        assert_eq!(error.code(), "keys.format");
        assert!(error.args().is_empty());
    }
}

/// The keys of a catalogue with their texts.
fn messages(locale: &str, file: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(locale).join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    lines.filter_map(|line| line.split_once(" = ")).map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
}

#[test]
fn every_word_has_a_name_in_both_languages() {
    fn keys<T: Copy>(prefix: &str, all: &[T], code: fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|word| format!("{prefix}-{}", code(*word))).collect()
    }
    let wanted = [
        keys("role", Role::ALL, Role::code),
        keys("object", ObjectKind::ALL, ObjectKind::code),
        keys("verb", Verb::ALL, Verb::code),
        keys("link", LinkType::ALL, LinkType::code),
        keys("link-back", LinkType::ALL, LinkType::code),
        keys("job-state", JobState::ALL, JobState::code),
        keys("mail-state", MailState::ALL, MailState::code),
        keys("organisation-kind", OrganisationKind::ALL, OrganisationKind::code),
    ]
    .concat();
    for locale in ["ko", "en"] {
        let there = messages(locale, "kernel.ftl");
        for key in &wanted {
            assert!(there.contains_key(key), "{locale}/kernel.ftl lacks {key}");
        }
        for key in there.keys() {
            assert!(wanted.contains(key) || key.starts_with("job-kind-"), "{locale}/kernel.ftl: nobody uses {key}");
        }
    }
}

/// The codes of `Error::kind("code")` and `coded!(Name("code"))` in the sources of the kernel and its adapters.
fn error_codes() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut out = Vec::new();
    for folder in ["kernel/src", "adapters/src"] {
        for file in madang_db::testing::sources(&root.join(folder)).unwrap() {
            let tests = file.ends_with("tests.rs") || file.components().any(|part| part.as_os_str() == "tests");
            if tests || file.ends_with("oidc.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&file).unwrap();
            for piece in text.split('"').skip(1).step_by(2) {
                let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                let known = [
                    "permission",
                    "object",
                    "role",
                    "verb",
                    "assurance",
                    "scope",
                    "keys",
                    "blob",
                    "link",
                    "job",
                    "mail",
                    "organisation",
                    "sequencer",
                    "http",
                    "webhook",
                    "ledger",
                    "log",
                    "log-key",
                ];
                let Some((front, rest)) = piece.split_once('.') else { continue };
                if known.contains(&front)
                    && word(rest)
                    && !["added", "removed", "created", "changed", "key-changed", "key-lost", "send", "db", "deliver"]
                        .contains(&rest)
                {
                    out.push(piece.to_owned());
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn every_error_has_a_text_in_both_languages() {
    let codes = error_codes();
    assert!(codes.len() > 30, "only {} codes found", codes.len());
    for locale in ["ko", "en"] {
        let there = messages(locale, "errors-kernel.ftl");
        for code in &codes {
            let key = format!("error-{}", code.replace('.', "-"));
            assert!(there.contains_key(&key), "{locale}/errors-kernel.ftl lacks {key}");
        }
        for key in there.keys() {
            let used = codes.iter().any(|code| *key == format!("error-{}", code.replace('.', "-")));
            assert!(used, "{locale}/errors-kernel.ftl: nobody uses {key}");
        }
    }
}
