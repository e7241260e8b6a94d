//! Mail addresses, also with the @ spelled out: (at), [at], 골뱅이.

use super::finding::{Confidence, Finding, Kind, finding};
use super::fold::Sym;

/// The most characters before the @ and of the domain (RFC 5321, section 4.5.3.1).
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 255;

/// Mailboxes of an office rather than of a person (RFC 2142 and what is usual).
const OFFICES: &[&str] = &[
    "abuse",
    "admin",
    "contact",
    "git",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "info",
    "mail",
    "marketing",
    "minwon",
    "news",
    "noc",
    "no-reply",
    "noreply",
    "office",
    "postmaster",
    "press",
    "privacy",
    "sales",
    "security",
    "service",
    "support",
    "webmaster",
];
/// Ends of file names, as in `icon@2x.png`.
const FILES: &[&str] =
    &["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "css", "js", "mjs", "ts", "json", "html", "pdf", "hwp"];

pub(super) fn look(syms: &[Sym], at: usize, found: &mut Vec<Finding>) {
    let Some(width) = sign(syms, at) else { return };
    let spelled = width > 1;
    // Blanks stand beside a sign that is spelled out, and beside @ where somebody hides an address.
    let blank = |at: usize| syms.get(at).is_some_and(|s| s.ch == ' ');
    let before = usize::from(at > 0 && blank(at - 1));
    let after = usize::from(blank(at + width));
    let local_end = at - before;
    let mut local = local_end;
    while local > 0 && local_end - local <= MAX_LOCAL && is_local(syms[local - 1].ch) {
        local -= 1;
    }
    while local < local_end && matches!(syms[local].ch, '.' | '-' | '+' | '%') {
        local += 1;
    }
    let length = local_end - local;
    if length == 0 || length > MAX_LOCAL || syms[local_end - 1].ch == '.' {
        return;
    }
    let Some(last) = domain(syms, at + width + after) else { return };
    let apart = before + after > 0;
    let name: String = syms[local..local_end].iter().map(|s| s.ch.to_ascii_lowercase()).collect();
    let confidence = if OFFICES.contains(&name.as_str()) {
        Confidence::Possible
    } else if spelled || apart {
        Confidence::Likely
    } else {
        Confidence::Certain
    };
    found.push(finding(syms, local, last, Kind::Email, confidence));
}

/// How many symbols an @ at this place takes: `@`, `(at)`, `[at]`, 골뱅이.
fn sign(syms: &[Sym], at: usize) -> Option<usize> {
    let spells = |word: &str| {
        word.chars().enumerate().all(|(k, c)| syms.get(at + k).is_some_and(|s| s.ch.to_ascii_lowercase() == c))
    };
    match syms[at].ch {
        '@' => Some(1),
        '(' => spells("(at)").then_some(4).or_else(|| spells("(골뱅이)").then_some(5)),
        '[' => spells("[at]").then_some(4),
        '골' => spells("골뱅이").then_some(3),
        _ => None,
    }
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// The last symbol of a domain that begins at `from`: labels with dots between them, the last of two or more letters.
fn domain(syms: &[Sym], from: usize) -> Option<usize> {
    let char_at = |at: usize| syms.get(at).map_or('\n', |s| s.ch);
    let mut last = None;
    let mut at = from;
    let mut label = from;
    let mut dots = 0;
    while at - from < MAX_DOMAIN {
        let c = char_at(at);
        if c.is_ascii_alphanumeric() || (c == '-' && at > label) {
            at += 1;
            continue;
        }
        if at == label {
            break;
        }
        let ending: String = syms[label..at].iter().map(|s| s.ch.to_ascii_lowercase()).collect();
        if dots > 0
            && ending.len() >= 2
            && ending.chars().all(|c| c.is_ascii_lowercase())
            && !FILES.contains(&ending.as_str())
        {
            last = Some(at - 1);
        }
        // `name @ agency . kr`
        let spaced = usize::from(c == ' ' && char_at(at + 1) == '.' && char_at(at + 2) == ' ');
        if char_at(at + spaced) != '.' {
            break;
        }
        dots += 1;
        at += 1 + 2 * spaced;
        label = at;
    }
    last
}
