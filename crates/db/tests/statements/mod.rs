//! Finds every SQL statement in the sources: the first argument of `exec`, `rows`, `row` and `one`.
//!
//! Another crate's tests may include this file with `#[path]`, to compare it with `madang_db::testing::ran`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use madang_db::testing::sources;
use syn::visit::{self, Visit};

/// A call that runs SQL. `sql` is empty when the argument is neither a literal nor a constant that is one.
#[derive(Debug)]
pub struct Statement {
    /// Relative to the workspace, as `Location::caller` tells it.
    pub file: String,
    pub line: u32,
    pub sql: Option<String>,
}

/// All statements in `crates/*/src` below `workspace`, tests excepted, and this crate's own (they are made at run time).
pub fn find(workspace: &Path) -> Vec<Statement> {
    let mut parsed = Vec::new();
    let mut constants = Constants::default();
    for folder in fs::read_dir(workspace.join("crates")).unwrap() {
        let folder = folder.unwrap().path();
        if folder.ends_with("db") || !folder.join("src").is_dir() {
            continue;
        }
        for path in sources(&folder.join("src")).unwrap() {
            if path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            let name = path.strip_prefix(workspace).unwrap().display().to_string();
            constants.visit_file(&file);
            parsed.push((name, file));
        }
    }
    let mut out = Vec::new();
    for (file, syntax) in &parsed {
        Calls { file, constants: &constants, out: &mut out }.visit_file(syntax);
    }
    out
}

/// Constants of type `&str` by name; a name that stands for two texts is kept with both.
#[derive(Default)]
struct Constants(HashMap<String, Vec<String>>);

impl Constants {
    fn add(&mut self, name: &syn::Ident, value: &syn::Expr) {
        if let Some(text) = literal(value) {
            let texts = self.0.entry(name.to_string()).or_default();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Constants {
    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.add(&item.ident, &item.expr);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.add(&item.ident, &item.expr);
    }
}

struct Calls<'a> {
    file: &'a str,
    constants: &'a Constants,
    out: &'a mut Vec<Statement>,
}

impl Calls<'_> {
    fn add(&mut self, line: usize, sql: Option<String>) {
        self.out.push(Statement { file: self.file.to_owned(), line: u32::try_from(line).unwrap(), sql });
    }
}

impl<'ast> Visit<'ast> for Calls<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        let name = call.method.to_string();
        if !matches!(name.as_str(), "exec" | "rows" | "row" | "one") || call.args.len() != 2 {
            return;
        }
        let line = call.method.span().start().line;
        match &call.args[0] {
            syn::Expr::Path(path) => {
                let name = path.path.segments.last().unwrap().ident.to_string();
                match self.constants.0.get(&name) {
                    Some(texts) => texts.iter().for_each(|text| self.add(line, Some(text.clone()))),
                    None => self.add(line, None),
                }
            }
            other => self.add(line, literal(other)),
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let test = item.attrs.iter().any(|a| a.path().is_ident("cfg") && quote_has_test(a));
        if !test {
            visit::visit_item_mod(self, item);
        }
    }
}

fn quote_has_test(attribute: &syn::Attribute) -> bool {
    matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
}

fn literal(expr: &syn::Expr) -> Option<String> {
    match expr {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}
