use madang_base::{SeededRng, Time};
use proptest::prelude::*;

use super::email::{Email, masked};
use super::token::{ApiKeyText, recovery_code, recovery_normal, token_hash};
use super::{agent, secret, session, text, totp};

fn seeded(seed: &[u8]) -> SeededRng {
    SeededRng::new(seed)
}

#[test]
fn addresses_are_accepted_and_written_one_way() {
    for (text, normal) in [
        ("Kim@Example.ORG", "kim@example.org"),
        ("  a.b+c@sub.example.co.kr ", "a.b+c@sub.example.co.kr"),
        ("o'neil@example.org", "o'neil@example.org"),
    ] {
        assert_eq!(Email::parse(text).unwrap().as_str(), normal);
    }
}

#[test]
fn what_is_no_plain_address_is_refused_with_its_field() {
    let long = format!("{}@example.org", "a".repeat(250));
    for text in [
        "",
        "kim",
        "kim@",
        "@example.org",
        "kim@localhost",
        "kim@[127.0.0.1]",
        "Kim <kim@example.org>",
        "\"kim lee\"@example.org",
        "kim@example.org, lee@example.org",
        "kim@ex ample.org",
        "kim@example.org\r\nBcc: x@y.org",
        "a@b@c.org",
        "kim@-.org",
        ".kim@example.org",
        &long,
    ] {
        let error = Email::parse(text).expect_err(text);
        assert_eq!((error.code(), error.fields()[0].field.as_str()), ("identity.email", "email"), "{text:?}");
    }
}

#[test]
fn masking_and_debug_hide_the_address() {
    let email = Email::parse("gildong@example.org").unwrap();
    assert_eq!(email.masked(), "g***@example.org");
    assert_eq!(format!("{email:?}"), "g***@example.org");
    assert_eq!(masked(""), "***@");
}

proptest! {
    #[test]
    fn address_parsing_never_panics_and_is_idempotent(text in ".{0,300}") {
        if let Ok(email) = Email::parse(&text) {
            prop_assert_eq!(&Email::parse(email.as_str()).unwrap(), &email);
            prop_assert!(!email.as_str().contains(char::is_whitespace));
            prop_assert!(!email.as_str().contains(char::is_control));
            prop_assert_eq!(email.as_str().matches('@').count(), 1);
            prop_assert!(email.as_str().len() <= 254);
        }
    }

    #[test]
    fn ordinary_addresses_are_accepted(local in "[a-z0-9][a-z0-9_+-]{0,30}", host in "[a-z][a-z0-9]{0,20}", tld in "[a-z]{2,6}") {
        let address = format!("{local}@{host}.{tld}");
        prop_assert_eq!(Email::parse(&address.to_uppercase()).unwrap().to_string(), address);
    }

    #[test]
    fn tokens_that_are_none_have_no_hash(text in ".{0,80}") {
        let is_token = text.len() == 64 && text.bytes().all(|b| b"0123456789abcdef".contains(&b));
        prop_assert_eq!(token_hash(&text).is_some(), is_token);
    }

    #[test]
    fn made_tokens_have_a_hash_that_is_not_the_token(seed in any::<[u8; 8]>()) {
        let rng: &dyn madang_base::Rng = &seeded(&seed);
        let token = rng.token();
        let hash = token_hash(&token).unwrap();
        prop_assert_eq!(hash.len(), 64);
        prop_assert_ne!(hash, token);
    }

    #[test]
    fn api_keys_come_back_from_their_text(seed in any::<[u8; 8]>()) {
        let key = ApiKeyText::new(&seeded(&seed));
        let read = ApiKeyText::parse(&key.reveal()).unwrap();
        prop_assert_eq!(read.hash(), key.hash());
        prop_assert_eq!(read.prefix(), key.prefix());
        let shown = format!("{key:?}");
        prop_assert!(!key.reveal().ends_with(shown.trim_end_matches('…')) && shown.len() < 24);
    }

    #[test]
    fn api_key_parsing_never_panics(text in "(mdg_)?[0-9a-f_]{0,90}|.{0,90}") {
        if let Some(key) = ApiKeyText::parse(&text) {
            prop_assert_eq!(key.reveal(), text);
        }
    }

    #[test]
    fn recovery_codes_are_read_however_they_are_typed(seed in any::<[u8; 8]>()) {
        let code = recovery_code(&seeded(&seed));
        let normal = recovery_normal(&code).unwrap();
        prop_assert_eq!(normal.len(), 10);
        let typed = format!(" {} ", code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " "));
        prop_assert_eq!(recovery_normal(&typed), Some(normal));
    }

    #[test]
    fn recovery_parsing_never_panics(text in ".{0,30}") {
        if let Some(code) = recovery_normal(&text) {
            prop_assert_eq!(recovery_normal(&code), Some(code.clone()));
        }
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_purpose_and_owner_only(plain in any::<Vec<u8>>(), seed in any::<[u8; 8]>()) {
        let key = [7; 32];
        let sealed = secret::seal(&key, "totp", "owner", &plain, &seeded(&seed)).unwrap();
        prop_assert_eq!(secret::unseal(&key, "totp", "owner", &sealed).unwrap(), plain);
        prop_assert!(secret::unseal(&[8; 32], "totp", "owner", &sealed).is_err());
        prop_assert!(secret::unseal(&key, "oidc", "owner", &sealed).is_err());
        prop_assert!(secret::unseal(&key, "totp", "another", &sealed).is_err());
        let mut changed = sealed.clone();
        let last = changed.len() - 1;
        changed[last] ^= 1;
        prop_assert!(secret::unseal(&key, "totp", "owner", &changed).is_err());
    }

    #[test]
    fn pages_to_go_back_to_stay_on_this_site(path in ".{0,60}") {
        if let Some(path) = text::return_to(Some(&path)) {
            prop_assert!(path.starts_with('/') && !path.starts_with("//"));
            prop_assert!(!path.contains('\\') && !path.contains(char::is_control));
        }
    }
}

#[test]
fn short_sealed_values_are_refused() {
    assert!(secret::unseal(&[7; 32], "totp", "owner", b"short").is_err());
}

#[test]
fn keyed_hashes_differ_by_purpose_and_by_where_parts_end() {
    let mac = |purpose, parts: &[&str]| secret::mac(&[1; 32], purpose, parts);
    assert_eq!(mac("a", &["b"]), mac("a", &["b"]));
    assert_ne!(mac("a", &["b"]), mac("b", &["a"]));
    assert_ne!(mac("a", &["bc", "d"]), mac("a", &["b", "cd"]));
}

#[test]
fn pages_to_go_back_to() {
    assert_eq!(text::return_to(Some("/ko/plans/kr-2021?q=1")).as_deref(), Some("/ko/plans/kr-2021?q=1"));
    for path in ["", "ko", "//evil.example", "/\\evil.example", "https://evil.example/", "/a b", "/가"] {
        assert_eq!(text::return_to(Some(path)), None, "{path}");
    }
    assert_eq!(text::return_to(None), None);
}

#[test]
fn names_and_reasons() {
    assert_eq!(text::name("  홍길동 ").unwrap(), "홍길동");
    assert_eq!(text::name(&"가".repeat(80)).unwrap().chars().count(), 80);
    for name in ["", "   ", "a\nb", &"가".repeat(81)] {
        assert_eq!(text::name(name).unwrap_err().code(), "identity.name");
    }
    assert_eq!(text::reason(" 문의 답변 ").unwrap(), "문의 답변");
    for reason in ["", "\t", &"x".repeat(501)] {
        assert_eq!(text::reason(reason).unwrap_err().code(), "identity.reason");
    }
}

/// RFC 6238, appendix B, SHA-1 (the last six of its eight digits).
#[test]
fn codes_are_those_of_the_standard() {
    let secret = b"12345678901234567890";
    for (seconds, expected) in
        [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
    {
        let now = Time::from_micros(seconds * 1_000_000);
        assert_eq!(totp::code(secret, now).unwrap(), expected);
        assert_eq!(totp::check(secret, expected, now).unwrap(), Some(seconds / 30));
    }
}

#[test]
fn a_code_is_good_one_step_early_or_late_and_no_more() {
    let secret = b"12345678901234567890";
    let now = Time::from_micros(1_234_567_890_000_000);
    let code = totp::code(secret, now).unwrap();
    for (seconds, good) in [(-30, true), (0, true), (30, true), (-60, false), (60, false)] {
        assert_eq!(totp::check(secret, &code, now.plus_seconds(seconds)).unwrap().is_some(), good, "{seconds}");
    }
    assert!(totp::check(secret, &format!("{} {}", &code[..3], &code[3..]), now).unwrap().is_some());
    for wrong in ["", "12345", "+05924", "abcdef", "0059240"] {
        assert_eq!(totp::check(secret, wrong, now).unwrap(), None);
    }
}

#[test]
fn the_app_gets_the_secret_in_both_forms() {
    let (secret, uri) = totp::for_app(b"12345678901234567890", "마당: 시험", "kim@example.org").unwrap();
    assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert!(uri.starts_with("otpauth://totp/") && uri.contains(&secret), "{uri}");
    assert!(totp::for_app(b"short", "s", "a").is_err());
}

#[test]
fn sessions_end_when_idle_and_in_any_case() {
    let start = Time::from_micros(1_000_000_000_000_000);
    let life = session::life(true);
    let expires = start.plus_seconds(life.absolute);
    assert!(session::holds(start, life.idle, expires, start.plus_seconds(life.idle - 1)));
    assert!(!session::holds(start, life.idle, expires, start.plus_seconds(life.idle)));
    assert!(!session::holds(expires, life.idle, expires, expires));
    assert!(session::life(false).absolute > life.absolute);
}

#[test]
fn browsers_are_summed_up() {
    for (user_agent, summary) in [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
            "Samsung Internet · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0 Whale/4.31 Safari/537.36",
            "Whale · Windows",
        ),
        ("curl/8.0", "? · ?"),
    ] {
        assert_eq!(agent::summary(user_agent), summary);
    }
}
