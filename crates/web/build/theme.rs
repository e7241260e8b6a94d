//! A theme: which package gives colours, components, fonts and icons. Another country replaces the folder.
//!
//! `theme/<name>/theme.txt` holds one `key value` per line; `theme.css` maps the package's tokens to the names that the
//! site's own sheets use (`--color-…`, `--space-…`, `--text-…`, `--radius-…`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::css::{self, Rule};
use crate::{Files, sprite};

pub struct Theme {
    modules: PathBuf,
    package: PathBuf,
    settings: Vec<(String, String)>,
    own: String,
}

impl Theme {
    pub fn read(folder: &Path, modules: &Path) -> Result<Self, String> {
        let text = file(&folder.join("theme.txt"))?;
        let settings: Vec<(String, String)> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .filter_map(|line| line.split_once(' ').map(|(key, value)| (key.to_owned(), value.trim().to_owned())))
            .collect();
        let mut theme = Self {
            modules: modules.to_owned(),
            package: PathBuf::new(),
            settings,
            own: file(&folder.join("theme.css"))?,
        };
        theme.package = modules.join(theme.one("package")?);
        if !theme.package.is_dir() || !modules.join("htmx.org").is_dir() {
            return Err(format!(
                "the front-end parts are missing ({} is not there): run script/bootstrap first",
                theme.package.display()
            ));
        }
        Ok(theme)
    }

    fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.settings.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn one<'a>(&'a self, key: &'a str) -> Result<&'a str, String> {
        self.all(key).next().ok_or_else(|| format!("theme.txt: {key} is missing"))
    }

    /// Tokens, the theme's own names, the components in use and `site`, with nothing in it that is not read.
    pub fn style_sheet(&self, site: &str, words: &BTreeSet<String>, files: &mut Files) -> Result<String, String> {
        let mut rules = self.tokens()?;
        rules.extend(css::parse(&self.own)?);
        let roots: Vec<String> = self.all("component").map(str::to_owned).collect();
        if site.contains("@components;") {
            let text = file(&self.package.join(self.one("components")?))?;
            let other = self.one("other-modes")?;
            let modes = css::drop_rules(css::parse(&self.modes_joined(&text)?)?, &|prelude| {
                prelude.contains(other) || prelude.contains("prefers-color-scheme")
            });
            rules.extend(css::keep_used(modes, &roots, words));
        }
        rules.extend(css::parse(&site.replace("@components;", ""))?);
        for rule in &mut rules {
            self.take_images(rule, files)?;
        }
        let mut sheet = String::from("@charset \"utf-8\";\n");
        css::write(&css::drop_unread(rules), &mut sheet);
        Ok(sheet)
    }

    /// The package writes each colour once per mode; here a colour has one name and the mode sets its value.
    fn modes_joined(&self, text: &str) -> Result<String, String> {
        Ok(text.replace(self.one("light-prefix")?, "--color-"))
    }

    fn tokens(&self) -> Result<Vec<Rule>, String> {
        let (light, dark) = (self.one("light-prefix")?, self.one("dark-prefix")?);
        let text = file(&self.package.join(self.one("tokens")?))?;
        let mut sets = [Vec::new(), Vec::new(), Vec::new()];
        for declaration in css::parse(&text)?.into_iter().flat_map(|rule| rule.body) {
            if let Some(rest) = declaration.strip_prefix(light) {
                sets[1].push(format!("--color-{rest}"));
            } else if let Some(rest) = declaration.strip_prefix(dark) {
                sets[2].push(format!("--color-{rest}"));
            } else {
                sets[0].push(declaration);
            }
        }
        let [plain, light, dark] = sets;
        let rule =
            |prelude: &str, body: &[String]| Rule { prelude: prelude.into(), body: body.to_vec(), children: vec![] };
        let mut rules = vec![rule(":root", &plain), rule(":root", &light), rule(":root[data-mode=dark]", &dark)];
        for query in ["@media screen and (prefers-color-scheme: dark)", "@media screen and (prefers-contrast: more)"] {
            rules.push(Rule {
                prelude: query.into(),
                body: vec![],
                children: vec![rule(":root:not([data-mode])", &dark)],
            });
        }
        Ok(rules)
    }

    /// Images named by a kept rule are copied and their addresses made relative to the sheet.
    fn take_images(&self, rule: &mut Rule, files: &mut Files) -> Result<(), String> {
        let images = self.package.join(self.one("images")?);
        for declaration in &mut rule.body {
            let mut done = String::new();
            let mut rest = declaration.as_str();
            while let Some(at) = rest.find("url(") {
                let end = rest[at..].find(')').map_or(rest.len(), |end| at + end);
                let address = rest[at + 4..end].trim_matches(['"', '\'']);
                done.push_str(&rest[..at]);
                if address.starts_with("../../") {
                    // Some addresses in the package do not lead anywhere; the name of the file is always right.
                    let name = address.rsplit('/').next().unwrap_or(address);
                    let source = images.join(name);
                    let bytes = fs::read(&source).map_err(|e| format!("{}: {e}", source.display()))?;
                    files.insert(format!("theme/{name}"), bytes);
                    done.push_str(&format!("url(../theme/{name}"));
                } else {
                    done.push_str(&format!("url({address}"));
                }
                rest = &rest[end..];
            }
            done.push_str(rest);
            *declaration = done;
        }
        for child in &mut rule.children {
            self.take_images(child, files)?;
        }
        Ok(())
    }

    pub fn copy_fonts(&self, files: &mut Files) -> Result<(), String> {
        for path in self.all("font") {
            let source = self.package.join(path);
            let bytes = fs::read(&source).map_err(|e| format!("{}: {e}", source.display()))?;
            let name = path.rsplit('/').next().unwrap_or(path);
            files.insert(format!("font/{name}"), bytes);
        }
        Ok(())
    }

    /// The theme's icons under the site's names, and the site's own.
    pub fn sprite(&self, own: &std::collections::BTreeMap<String, String>) -> Result<String, String> {
        let mut sheet = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
        for line in self.all("icon") {
            let (name, path) = line.split_once(' ').ok_or_else(|| format!("theme.txt: icon {line}: name and file"))?;
            sheet.push_str(&sprite::symbol(name, &file(&self.package.join(path.trim()))?)?);
        }
        for (path, text) in own {
            sheet.push_str(&sprite::symbol(path.trim_end_matches(".svg"), text)?);
        }
        sheet.push_str("</svg>\n");
        Ok(sheet)
    }

    pub fn htmx(&self) -> Result<String, String> {
        let text = file(&self.modules.join("htmx.org/dist/htmx.min.js"))?;
        Ok(text.lines().filter(|line| !line.starts_with("//# sourceMappingURL")).collect::<Vec<_>>().join("\n"))
    }
}

fn file(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
