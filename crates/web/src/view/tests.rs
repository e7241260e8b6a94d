//! Every template renders in both languages with its samples, and keeps the promises of the policy for scripts.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use serde_json::{Map, Value as Json};

use super::*;

/// The samples: `samples/admin--jobs.json` holds contexts for `admin/jobs.html` by the name of the case; `page`, when
/// it is there, changes parts of `samples/page.json`.
fn samples() -> Vec<(String, String, Json)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/samples");
    let read = |path: &Path| -> Map<String, Json> {
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let frame = read(&folder.join("page.json"));
    let mut cases = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().replace("--", "/");
        if name == "page" {
            continue;
        }
        let mut file = read(&path);
        let mut page = frame.clone();
        if let Some(Json::Object(own)) = file.remove("page") {
            page.extend(own);
        }
        for (case, mut context) in file {
            context.as_object_mut().unwrap().insert("page".into(), Json::Object(page.clone()));
            for ending in ["html", "txt", "svg"] {
                let template = format!("{name}.{ending}");
                if Templates::names().any(|known| known == template) {
                    cases.push((template, case.clone(), context.clone()));
                }
            }
        }
    }
    cases
}

#[test]
fn every_template_renders_in_both_languages() {
    let templates = Templates::new(&Folders::default()).unwrap();
    let mut seen = BTreeSet::new();
    for (name, case, context) in samples() {
        for locale in Locale::ALL {
            let text = templates.render(&name, locale, &context).unwrap_or_else(|e| panic!("{name}, {case}: {e}"));
            assert!(!text.trim().is_empty(), "{name}, {case} is empty");
            if name.ends_with(".html") && !name.starts_with("mail/") {
                keeps_the_policy(&name, &text);
                assert!(
                    text.contains(&format!("<html lang=\"{}\"", locale.tag())),
                    "{name}: the language is not named"
                );
                assert!(text.len() < 60_000, "{name}, {case}: {} bytes", text.len());
            }
        }
        seen.insert(name);
    }
    let frames = [
        "base.html",
        "parts.html",
        "forms.html",
        "cases-desk/parts.html",
        "admin/frame.html",
        "mail/frame.html",
        "services/parts.html",
        "services/fields.html",
        "witness/frame.html",
        "witness/parts.html",
        "log/parts.html",
        "receipts/check.html",
        "newsletters/parts.html",
        "offices/parts.html",
        "search/parts.html",
        "figures/parts.html",
    ];
    let unseen: Vec<_> = Templates::names().filter(|name| !seen.contains(*name) && !frames.contains(name)).collect();
    assert!(unseen.is_empty(), "these templates have no sample: {unseen:?}");
}

/// No inline style, no inline script, nothing from another host.
fn keeps_the_policy(name: &str, html: &str) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>') else { break };
        let tag = &rest[start..start + end];
        assert!(!tag.contains(" style=") && !tag.starts_with("<style"), "{name}: inline style in {tag}");
        assert!(!tag.starts_with("<script") || tag.contains(" src=\"/"), "{name}: inline script");
        let handler = tag.split(' ').find(|part| part.starts_with("on") && part.contains('='));
        assert!(handler.is_none(), "{name}: inline handler {handler:?}");
        for attribute in ["src=\"http", "src=\"//"] {
            assert!(!tag.contains(attribute) || tag.starts_with("<textarea"), "{name}: another host in {tag}");
        }
        assert!(!tag.starts_with("<link") || !tag.contains("href=\"http"), "{name}: another host in {tag}");
        rest = &rest[start + end..];
    }
}

#[test]
fn texts_are_escaped_and_marked() {
    let templates = Templates::new(&Folders::default()).unwrap();
    let environment = &templates.environments[&Locale::En];
    let show =
        |source: &str, context: Json| environment.render_named_str("t.html", source, to_value(&context)).unwrap();
    assert_eq!(show("{{ x|lt }}", serde_json::json!({"x": {"ko": "<b>"}})), "<span lang=\"ko\">&lt;b&gt;</span>");
    assert_eq!(show("{{ x|lt }}", serde_json::json!({"x": {"ko": "나", "en": "me & you"}})), "me &amp; you");
    assert_eq!(show("{{ x|lt_text }}", serde_json::json!({"x": {"ko": "<b>"}})), "&lt;b&gt;");
    assert_eq!(
        show("{{ x|lt_prose }}", serde_json::json!({"x": {"en": "One\ntwo\n\n- a\n- b"}})),
        "<p>One<br>two</p><ul><li>a</li><li>b</li></ul>"
    );
    assert_eq!(show("{{ x|ending('csv') }}", serde_json::json!({"x": "/en/plans?a=b"})), "/en/plans.csv?a=b");
    assert_eq!(
        show("{{ x|with('q', '청원') }}", serde_json::json!({"x": "/p?q=1&b=2"})),
        "/p?b=2&amp;q=%EC%B2%AD%EC%9B%90"
    );
    assert_eq!(show("{{ 1234567|num }}", serde_json::json!({})), "1,234,567");
    assert!(environment.render_named_str("t.html", "{{ missing }}", ()).is_err(), "an unknown name must not pass");
}

#[test]
fn a_folder_lies_over_the_embedded_templates() {
    let folder = env::temp_dir().join(format!("madang-view-{}", std::process::id()));
    fs::create_dir_all(folder.join("en")).unwrap();
    fs::write(folder.join("explain.html"), "{{ t('about') }} {{ lang }}").unwrap();
    fs::write(folder.join("en/own.ftl"), "about = About our city\n").unwrap();
    let folders = Folders { templates: Some(folder.clone()), locales: Some(folder.clone()) };
    let templates = Templates::new(&folders).unwrap();
    let context = serde_json::json!({});
    assert_eq!(templates.render("explain.html", Locale::En, &context).unwrap(), "About our city en");
    fs::write(folder.join("explain.html"), "{{ unclosed").unwrap();
    let error = Templates::new(&folders).unwrap_err().to_string();
    assert!(error.contains("internal") && error.contains("explain.html"), "{error}");
    fs::remove_dir_all(folder).unwrap();
}
