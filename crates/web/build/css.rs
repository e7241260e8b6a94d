//! As much of CSS as the build needs: read rules, keep those that the templates use, write them small.

use std::collections::{BTreeMap, BTreeSet};

/// One rule or at-rule; `body` holds declarations, `children` nested rules.
#[derive(Clone, Debug)]
pub struct Rule {
    pub prelude: String,
    pub body: Vec<String>,
    pub children: Vec<Rule>,
}

/// Reads a sheet. Comments are dropped; `@charset` and `@import` statements too.
pub fn parse(text: &str) -> Result<Vec<Rule>, String> {
    let clean = without_comments(text);
    let mut rest = clean.as_str();
    let (rules, _) = block(&mut rest, true)?;
    Ok(rules)
}

fn without_comments(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        clean.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    clean.push_str(rest);
    clean
}

/// Where the first of `; { }` stands outside quotes and brackets.
fn next_mark(text: &str) -> Option<(usize, char)> {
    let (mut quote, mut depth) = (None, 0_u32);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), _) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';' | '{' | '}') if depth == 0 => return Some((at, c)),
            _ => {}
        }
    }
    None
}

fn block(rest: &mut &str, top: bool) -> Result<(Vec<Rule>, Vec<String>), String> {
    let (mut rules, mut declarations) = (Vec::new(), Vec::new());
    while let Some((at, mark)) = next_mark(rest) {
        let head = squeeze(&rest[..at]);
        *rest = &rest[at + 1..];
        match mark {
            ';' if head.is_empty() || head.starts_with("@charset") || head.starts_with("@import") => {}
            ';' => declarations.push(head),
            '{' => {
                let (children, body) = block(rest, false)?;
                rules.push(Rule { prelude: head, body, children });
            }
            _ => {
                if !head.is_empty() {
                    declarations.push(head);
                }
                if top {
                    return Err("css: a closing brace too many".into());
                }
                return Ok((rules, declarations));
            }
        }
    }
    if top { Ok((rules, declarations)) } else { Err("css: a closing brace is missing".into()) }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every word that could be a class or an id.
pub fn words(text: &str, found: &mut BTreeSet<String>) {
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')) {
        if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.insert(word.to_owned());
        }
    }
}

/// The classes and ids a selector asks for.
fn names(selector: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = selector;
    while let Some(at) = rest.find(['.', '#']) {
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            names.push(&rest[..end]);
        }
        rest = &rest[end..];
    }
    names
}

/// Keeps rules below one of `roots` whose classes all occur in the templates.
pub fn keep_used(rules: Vec<Rule>, roots: &[String], words: &BTreeSet<String>) -> Vec<Rule> {
    rules
        .into_iter()
        .filter_map(|mut rule| {
            if rule.prelude.starts_with('@') {
                rule.children = keep_used(rule.children, roots, words);
                let whole = ["@font-face", "@keyframes", "@page"].iter().any(|at| rule.prelude.starts_with(at));
                return (whole || !rule.children.is_empty()).then_some(rule);
            }
            let selectors: Vec<&str> = rule
                .prelude
                .split(',')
                .map(str::trim)
                .filter(|selector| {
                    let names = names(selector);
                    names.first().is_some_and(|first| roots.iter().any(|root| root == first))
                        && names.iter().all(|name| words.contains(*name))
                })
                .collect();
            if selectors.is_empty() {
                return None;
            }
            rule.prelude = selectors.join(",");
            Some(rule)
        })
        .collect()
}

/// Drops rules for which `drop` says yes, at any depth.
pub fn drop_rules(rules: Vec<Rule>, drop: &dyn Fn(&str) -> bool) -> Vec<Rule> {
    rules
        .into_iter()
        .filter(|rule| !drop(&rule.prelude))
        .map(|mut rule| {
            rule.children = drop_rules(rule.children, drop);
            rule
        })
        .filter(|rule| !(rule.body.is_empty() && rule.children.is_empty()))
        .collect()
}

/// Drops custom properties that nothing reads, until none is left.
pub fn drop_unread(mut rules: Vec<Rule>) -> Vec<Rule> {
    loop {
        let mut read = BTreeSet::new();
        let mut defined = BTreeMap::new();
        survey(&rules, &mut read, &mut defined);
        let unread: BTreeSet<String> = defined.into_keys().filter(|name| !read.contains(name)).collect();
        if unread.is_empty() {
            return rules;
        }
        rules = forget(rules, &unread);
    }
}

fn survey(rules: &[Rule], read: &mut BTreeSet<String>, defined: &mut BTreeMap<String, ()>) {
    for rule in rules {
        for declaration in &rule.body {
            if let Some(name) = custom(declaration) {
                defined.insert(name.to_owned(), ());
            }
            for (at, _) in declaration.match_indices("var(") {
                let name = declaration[at + 4..].trim_start();
                let end = name.find([',', ')', ' ']).unwrap_or(name.len());
                read.insert(name[..end].to_owned());
            }
        }
        survey(&rule.children, read, defined);
    }
}

fn custom(declaration: &str) -> Option<&str> {
    let name = declaration.split(':').next()?.trim();
    name.starts_with("--").then_some(name)
}

fn forget(rules: Vec<Rule>, unread: &BTreeSet<String>) -> Vec<Rule> {
    rules
        .into_iter()
        .map(|mut rule| {
            rule.body.retain(|declaration| custom(declaration).is_none_or(|name| !unread.contains(name)));
            rule.children = forget(rule.children, unread);
            rule
        })
        .filter(|rule| !(rule.body.is_empty() && rule.children.is_empty()))
        .collect()
}

/// Writes rules without needless white space.
pub fn write(rules: &[Rule], text: &mut String) {
    for rule in rules {
        text.push_str(&rule.prelude.replace(", ", ","));
        text.push('{');
        for (n, declaration) in rule.body.iter().enumerate() {
            if n > 0 {
                text.push(';');
            }
            match declaration.split_once(':') {
                Some((name, value)) => {
                    text.push_str(name.trim());
                    text.push(':');
                    text.push_str(value.trim());
                }
                None => text.push_str(declaration),
            }
        }
        if !rule.body.is_empty() && !rule.children.is_empty() {
            text.push(';');
        }
        write(&rule.children, text);
        text.push_str("}\n");
    }
}
