//! Writes the ordered list of migrations, so that adding one is adding a file.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    let mut out = String::from("&[\n");
    for (index, path) in files.iter().enumerate() {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let number = name.split('_').next().and_then(|digits| digits.parse::<usize>().ok());
        if number != Some(index + 1) {
            println!("cargo::error=migrations must be numbered 0001, 0002 … without a gap; {name}.sql is not");
        }
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(
            out,
            "    Migration {{ version: {}, name: {name:?}, text: include_str!({:?}) }},",
            index + 1,
            path.display().to_string()
        );
    }
    out.push(']');
    #[expect(clippy::disallowed_methods, reason = "a build script gets its folder from cargo this way")]
    let to = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&to).join("migrations.rs"), out)
}
