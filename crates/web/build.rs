//! Gathers what the pages need into the binary: style sheet, fonts, icons, scripts, templates and messages.
//!
//! Everything comes from folders of this repository and from `assets/node_modules`, which `script/bootstrap` fills from
//! the lock file. The result is one table per kind in `OUT_DIR`, read by `assets.rs`, `i18n.rs` and `view.rs`.

#[path = "build/css.rs"]
mod css;
#[path = "build/sprite.rs"]
mod sprite;
#[path = "build/theme.rs"]
mod theme;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};

type Files = BTreeMap<String, Vec<u8>>;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().unwrap_or(root);
    if let Err(message) = build(&root) {
        println!("cargo::error={message}");
    }
}

fn build(root: &Path) -> Result<(), String> {
    for folder in ["assets/css", "assets/js", "assets/img", "theme", "templates", "locales"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    for file in ["build.rs", "build/css.rs", "build/sprite.rs", "build/theme.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    println!("cargo::rerun-if-changed={}", root.join("assets/package-lock.json").display());
    println!("cargo::rerun-if-changed={}", root.join("assets/node_modules/.package-lock.json").display());

    let out = out_dir()?;
    let templates = texts(&root.join("templates"))?;
    let locales = texts(&root.join("locales"))?;
    embed_texts(&out.join("templates.rs"), "TEMPLATES", &root.join("templates"), &templates)?;
    embed_texts(&out.join("locales.rs"), "MESSAGES", &root.join("locales"), &locales)?;

    let theme = theme::Theme::read(&root.join("theme/krds"), &root.join("assets/node_modules"))?;
    let own_css = texts(&root.join("assets/css"))?;
    let scripts = texts(&root.join("assets/js"))?;
    let mut words = BTreeSet::new();
    for text in templates.values().chain(scripts.values()) {
        css::words(text, &mut words);
    }

    let mut files = Files::new();
    for (name, bundle) in bundles(&own_css) {
        let sheet = theme.style_sheet(&bundle, &words, &mut files)?;
        files.insert(format!("css/{name}.css"), sheet.into_bytes());
    }
    theme.copy_fonts(&mut files)?;
    files.insert("img/icons.svg".into(), theme.sprite(&texts(&root.join("assets/img/icons"))?)?.into_bytes());
    for (path, bytes) in binaries(&root.join("assets/img"))? {
        if !path.starts_with("icons/") {
            files.insert(format!("img/{path}"), bytes);
        }
    }
    for (path, text) in scripts {
        files.insert(format!("js/{path}"), text.into_bytes());
    }
    files.insert("js/htmx.js".into(), theme.htmx()?.into_bytes());
    for (path, bytes) in &files {
        refuse_other_hosts(path, bytes)?;
    }
    embed_assets(&out, &files)
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script its folder through the environment")]
fn out_dir() -> Result<PathBuf, String> {
    std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| "OUT_DIR is not set".into())
}

/// `assets/css/site/*.css` become `css/site.css`; a file directly in the folder becomes a sheet of its own.
fn bundles(own: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut bundles = BTreeMap::<String, String>::new();
    for (path, text) in own {
        let name = path.split_once('/').map_or(path.trim_end_matches(".css"), |(folder, _)| folder);
        let bundle = bundles.entry(name.into()).or_default();
        bundle.push_str(text);
        bundle.push('\n');
    }
    bundles
}

fn texts(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    binaries(folder)?
        .into_iter()
        .map(|(path, bytes)| {
            String::from_utf8(bytes)
                .map(|text| (path.clone(), text))
                .map_err(|_| format!("{}/{path} is not UTF-8", folder.display()))
        })
        .collect()
}

fn binaries(folder: &Path) -> Result<Files, String> {
    fn walk(base: &Path, folder: &Path, files: &mut Files) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if name.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                walk(base, &path, files)?;
            } else {
                files.insert(name, fs::read(&path)?);
            }
        }
        Ok(())
    }
    let mut files = Files::new();
    if folder.is_dir() {
        walk(folder, folder, &mut files).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    Ok(files)
}

/// A page must never make a reader's browser talk to somebody else.
fn refuse_other_hosts(path: &str, bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    for scheme in ["http://", "https://", "url(//", "url(\"//", "url('//"] {
        for (at, _) in text.match_indices(scheme) {
            let rest = &text[at..];
            if !rest.starts_with("http://www.w3.org/") {
                let shown: String = rest.chars().take(60).collect();
                return Err(format!("assets: {path} names another host: {shown}"));
            }
        }
    }
    Ok(())
}

fn embed_texts(target: &Path, name: &str, folder: &Path, texts: &BTreeMap<String, String>) -> Result<(), String> {
    let mut code = format!("pub(crate) static {name}: &[(&str, &str)] = &[\n");
    for path in texts.keys() {
        let file = folder.join(path);
        writeln!(code, "    ({path:?}, include_str!({:?})),", file.display().to_string()).map_err(|e| e.to_string())?;
    }
    code.push_str("];\n");
    save(target, code.as_bytes())
}

fn embed_assets(out: &Path, files: &Files) -> Result<(), String> {
    let folder = out.join("assets");
    let mut all = Sha256::new();
    let mut rows = String::new();
    for (path, bytes) in files {
        let sha256 = hex(&Sha256::digest(bytes));
        all.update(path.as_bytes());
        all.update(sha256.as_bytes());
        let file = folder.join(path);
        save(&file, bytes)?;
        let mut gzip = "None".to_owned();
        if media_type(path)?.1 {
            let small = compress(bytes).map_err(|e| format!("{path}: {e}"))?;
            if small.len() * 10 < bytes.len() * 9 {
                let packed = PathBuf::from(format!("{}.gz", file.display()));
                save(&packed, &small)?;
                gzip = format!("Some(include_bytes!({:?}))", packed.display().to_string());
            }
        }
        writeln!(
            rows,
            "    Asset {{ path: {path:?}, media_type: {:?}, sha256: {sha256:?}, bytes: include_bytes!({:?}), gzip: {gzip} }},",
            media_type(path)?.0,
            file.display().to_string(),
        )
        .map_err(|e| e.to_string())?;
    }
    let digest = &hex(&all.finalize())[..16];
    let code =
        format!("pub(crate) const DIGEST: &str = {digest:?};\npub(crate) static ASSETS: &[Asset] = &[\n{rows}];\n");
    save(&out.join("assets.rs"), code.as_bytes())
}

/// The media type, and whether compression helps.
fn media_type(path: &str) -> Result<(&'static str, bool), String> {
    Ok(match path.rsplit('.').next() {
        Some("css") => ("text/css; charset=utf-8", true),
        Some("js") => ("text/javascript; charset=utf-8", true),
        Some("svg") => ("image/svg+xml", true),
        Some("png") => ("image/png", false),
        Some("woff2") => ("font/woff2", false),
        _ => return Err(format!("assets: no media type is known for {path}")),
    })
}

fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Writes only what changed, so that an unchanged build stays unchanged.
fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let parent = path.parent().ok_or("a file needs a folder")?;
    fs::create_dir_all(parent).and_then(|()| fs::write(path, bytes)).map_err(|e| format!("{}: {e}", path.display()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
