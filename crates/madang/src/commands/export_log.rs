//! `madang export log`, `madang export salts`, `madang ledger fetch`.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use madang_flows::export::{Source, salts as salts_page};
use madang_kernel::log::Log;
use serde_json::json;

use super::Invocation;
use crate::exit::{Exit, Failure, Outcome};
use crate::export::{Disk, Mirrored, Remote, disk, mirror};
use crate::site::{self, Absent, Site};
use crate::{app, terminal};

/// What exports see of this site.
fn source(site: &Site, invocation: &Invocation) -> Source {
    let config = &invocation.config;
    let log = Log::following(site.db.clone(), site.blobs.tiles());
    let base = config.base_url(config.server.listen);
    Source::new(site.db.clone(), log, app::cases(config), site.ctx(), Arc::clone(&site.clock), base)
}

pub(crate) fn write(folder: &Path, as_json: bool, invocation: &Invocation) -> Outcome {
    let bar = terminal::bar(0, "leaves");
    let mirrored = invocation.with_site(Absent::Refuse, async |site| {
        mirror(&Remote::Here(Box::new(source(site, invocation))), &Disk::new(folder), &bar, invocation.locale).await
    });
    bar.finish_and_clear();
    print(folder, &mirrored?, as_json);
    Ok(())
}

pub(crate) fn fetch(url: &str, folder: &Path, invocation: &Invocation) -> Outcome {
    let remote = Remote::there(url).map_err(|error| site::explain(&error, invocation.locale))?;
    let bar = terminal::bar(0, "leaves");
    let mirrored = invocation.block_on(async { mirror(&remote, &Disk::new(folder), &bar, invocation.locale).await });
    bar.finish_and_clear();
    print(folder, &mirrored?, false);
    Ok(())
}

fn print(folder: &Path, mirrored: &Mirrored, as_json: bool) {
    let Mirrored { manifest, new, claims } = mirrored;
    if as_json {
        let result = json!({
            "folder": folder, "origin": manifest.origin, "size": manifest.size, "new": new, "claims": claims,
            "months": manifest.months.len(),
        });
        terminal::line(format_args!("{result:#}"));
        return;
    }
    let months = manifest.months.len();
    terminal::line(format_args!(
        "{}: {} leaves of {} in {months} months ({new} new), {claims} claims",
        folder.display(),
        manifest.size,
        manifest.origin
    ));
    terminal::line(format_args!("`madang verify export {}` counts it again", folder.display()));
}

pub(crate) fn salts(output: &Path, invocation: &Invocation) -> Outcome {
    invocation.with_site(Absent::Refuse, async |site| {
        let mut out: Box<dyn std::io::Write + Send> =
            if output == Path::new("-") { Box::new(std::io::stdout()) } else { Box::new(secret(output)?) };
        let (mut cursor, mut lines) = (Some(String::new()), 0);
        while let Some(from) = cursor {
            let page = salts_page(&site.db, &from).await.map_err(|error| site.failure(&error))?;
            out.write_all(&page.bytes).map_err(|error| disk::unwritable(output, error))?;
            lines += page.lines;
            cursor = page.next;
        }
        out.flush().map_err(|error| disk::unwritable(output, error))?;
        terminal::note(format_args!("{}: {lines} salts; they are for auditors only", output.display()));
        Ok(())
    })
}

/// A file that its owner alone can read.
fn secret(path: &Path) -> Outcome<std::io::BufWriter<std::fs::File>> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    let file =
        file.map_err(|error| Failure::new(Exit::Files, "a file cannot be written").at(path.display()).why(error))?;
    Ok(std::io::BufWriter::new(file))
}
