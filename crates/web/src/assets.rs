//! Files that pages refer to, embedded with their digests.
//!
//! All of them are served below `/assets/{digest of all}/`, so that an answer may be cached for ever and relative
//! addresses inside the style sheet keep working. `build.rs` writes the table.

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The path below the digest: `css/site.css`.
    pub path: &'static str,
    pub media_type: &'static str,
    /// Lower-case hexadecimal; also good as an entity tag.
    pub sha256: &'static str,
    pub bytes: &'static [u8],
    /// The same, compressed, where that makes it at least a tenth smaller.
    pub gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The first segment of every address.
pub const PREFIX: &str = "/assets/";

/// All files, by path.
#[must_use]
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The digest of all files: it changes when one of them does.
#[must_use]
pub fn digest() -> &'static str {
    DIGEST
}

/// The file at `css/site.css`.
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok().map(|at| &ASSETS[at])
}

/// The file for what follows [`PREFIX`] in a request: `{digest}/css/site.css`. An older digest finds nothing, so that a
/// page of an older version never gets a newer file under an address that is cached for ever.
#[must_use]
pub fn lookup(rest: &str) -> Option<&'static Asset> {
    let (digest, path) = rest.split_once('/')?;
    (digest == DIGEST).then(|| find(path)).flatten()
}

/// The address of a file, or nothing when there is no such file.
#[must_use]
pub fn url(path: &str) -> Option<String> {
    find(path).map(|asset| format!("{PREFIX}{DIGEST}/{}", asset.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_address() {
        let url = url("css/site.css").unwrap();
        let asset = lookup(url.strip_prefix(PREFIX).unwrap()).unwrap();
        assert_eq!(asset.media_type, "text/css; charset=utf-8");
        assert!(asset.gzip.is_some_and(|gzip| gzip.len() < asset.bytes.len()));
        assert!(lookup("0000000000000000/css/site.css").is_none());
        assert!(super::url("css/none.css").is_none());
    }

    #[test]
    fn the_style_sheet_stays_small_and_complete() {
        let sheet = std::str::from_utf8(find("css/site.css").unwrap().bytes).unwrap();
        assert!(sheet.len() < 160_000, "{} bytes", sheet.len());
        for (at, _) in sheet.match_indices("url(../") {
            let rest = &sheet[at + 7..];
            let path = &rest[..rest.find(')').unwrap()];
            assert!(find(path).is_some(), "{path} is named by the style sheet and is not there");
        }
        let defined: std::collections::BTreeSet<&str> = sheet
            .split(['{', ';', '}', '\n'])
            .filter_map(|part| part.split_once(':').map(|(name, _)| name))
            .filter(|name| name.starts_with("--"))
            .collect();
        for (at, _) in sheet.match_indices("var(--") {
            let rest = &sheet[at + 4..];
            let name = &rest[..rest.find([')', ',']).unwrap()];
            // The theme's package reads one or two names that it never sets; that is its own affair.
            assert!(name.starts_with("--krds") || defined.contains(name.trim()), "{name} is read and never set");
        }
    }
}
