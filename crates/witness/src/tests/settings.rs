//! The configuration file.

use std::path::Path;

use madang_base::{Locale, SeededRng};
use madang_tlog::note::{Algorithm, SigningKey};

use crate::config::{Config, example, slug};
use crate::{new_key, read_key};

const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("/etc/witness")).map_err(|fault| fault.to_string())
}

#[test]
fn the_example_is_in_order_and_so_it_is_with_everything_in_it() {
    let plain = parse(&example()).unwrap();
    assert!(plain.logs.is_empty() && plain.mail.is_none());
    let full: String = example()
        .lines()
        .map(|line| {
            let rest = line.strip_prefix("# ").unwrap_or(line);
            let setting = rest.starts_with('[') || rest.split_once(" = ").is_some_and(|(name, _)| !name.contains(' '));
            let line = if setting { rest } else { line };
            format!("{line}\n")
        })
        .collect();
    let full = full
        .replace("madang.example.org/log+xxxxxxxx+…", KEY)
        .replace("secret_file = \"webhook.secret\"", "secret = \"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz\"")
        .replace("password_file = \"mail.password\"", "password = \"x\"");
    let config = parse(&full).unwrap();
    let log = &config.logs[0];
    assert_eq!((log.name.as_str(), log.url.as_str(), log.audit), ("madang", "https://madang.example.org/log", true));
    assert_eq!((log.period.as_secs(), log.stall.unwrap().as_secs(), log.unreachable.as_secs()), (10, 259_200, 300));
    assert_eq!(config.alarms.webhook.unwrap().secret.len(), 24);
    assert_eq!(config.mail.unwrap().port, 587);
    assert_eq!(config.key, Path::new("/etc/witness/witness.key"));
    assert_eq!(config.languages, [Locale::Ko, Locale::En]);
}

#[test]
fn what_is_wrong_is_named_with_the_way_out() {
    let log = |more: &str| {
        format!("key = \"k\"\n[[log]]\norigin = \"a b\"\nkeys = [\"{KEY}\"]\nurl = \"https://a.example/log\"\n{more}\n")
    };
    assert_eq!(parse(&log("")).unwrap().logs[0].name, "a-b");
    for (text, expected) in [
        (String::new(), "missing field `key`"),
        ("key = 1".to_owned(), "invalid type"),
        ("key = \"k\"\nkey2 = 1".to_owned(), "unknown field `key2`"),
        ("key = \"k\"\nlanguages = [\"fr\"]".to_owned(), "languages"),
        ("key = \"k\"\n[alarms]\nmail = [\"a@b\"]".to_owned(), "[mail]"),
        (log("period = \"10\""), "log.period"),
        (log("period = \"0s\""), "log.period"),
        (log("stall = \"10y\""), "log.stall"),
        (log("name = \"A\""), "log.name"),
        (log("name = \"../x\""), "log.name"),
        (log("").replace("https://", "ftp://"), "log.url"),
        (log("").replace(KEY, "nonsense"), "log.keys"),
        (log("").replace(&format!("\"{KEY}\""), ""), "log.keys"),
        (format!("{}{}", log(""), log("").replace("key = \"k\"\n", "")), "log.name"),
        ("key = \"k\"\n[alarms.webhook]\nurl = \"https://a.example\"".to_owned(), "secret"),
        ("key = \"k\"\n[alarms.webhook]\nurl = \"https://a.example\"\nsecret = \"x\"".to_owned(), "whsec_"),
    ] {
        let told = parse(&text).unwrap_err();
        assert!(told.contains(expected), "{text}\n→ {told}");
    }
}

#[test]
fn a_key_that_cosigns_is_not_a_key_that_signs() {
    let (_, vkey) = new_key("witness.example", &SeededRng::new(b"x")).unwrap();
    let log = format!("key = \"k\"\n[[log]]\norigin = \"a\"\nkeys = [\"{vkey}\"]\nurl = \"https://a.example/log\"\n");
    assert!(parse(&log).unwrap_err().contains("not one that cosigns"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let of_log = SigningKey::from_seed("log.example", Algorithm::Ed25519, [1; 32]).unwrap();
    crate::durable::write_secret(&path, &of_log.to_string()).unwrap();
    assert!(read_key(&path).unwrap_err().why.contains("of a log"));
    for bad in ["", "two words", "a+b"] {
        assert!(new_key(bad, &SeededRng::new(b"x")).is_err(), "{bad:?}");
    }
}

#[test]
fn short_names_come_from_origins() {
    for (origin, expected) in [("madang.example/log", "madang-example-log"), ("마당", "log"), ("A/b//C ", "a-b-c")] {
        assert_eq!(slug(origin), expected);
    }
    assert!(slug(&"x".repeat(200)).len() <= 40);
}
