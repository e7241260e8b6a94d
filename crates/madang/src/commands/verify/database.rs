//! `madang verify database`.

use madang_flows::verify::{self, Order};
use madang_kernel::ledger::Audited;

use super::words::{Words, leaf, number, text};
use super::{Invocation, json_line};
use crate::app;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Absent;
use crate::terminal;

/// Differences that are printed; all are in the JSON.
const SHOWN: usize = 50;

pub(super) fn run(as_json: bool, files: bool, invocation: &Invocation) -> Outcome {
    let cases = app::cases(&invocation.config);
    let bar = terminal::bar(0, "leaves");
    let audited = invocation.with_site(Absent::Refuse, async |site| {
        let mut told = |name: &'static str, done: Option<(u64, u64)>| {
            bar.set_message(name);
            if let Some((done, all)) = done {
                bar.set_length(all);
                bar.set_position(done);
            }
        };
        let order = Order { files, ..Order::default() };
        let tiles = site.blobs.tiles();
        let audited = verify::database(&site.db, &tiles, &site.blobs, &cases, &order, &mut told).await;
        audited.map_err(|error| site.failure(&error))
    });
    bar.finish_and_clear();
    let audited = audited?;
    let words = Words::new(invocation.locale);
    if as_json {
        json_line(&audited)?;
    } else {
        print(&audited, &words);
    }
    let many = audited.differences.len() as u64 + audited.more;
    match audited.differences.first() {
        None => Ok(()),
        Some(first) => {
            Err(Failure::new(Exit::Data, words.text("differs", &[("count", number(many))])).at(&first.object))
        }
    }
}

fn print(audited: &Audited, words: &Words) {
    for (table, rows) in &audited.rows {
        words.line("rows", &[("table", text(table)), ("rows", number(*rows))]);
    }
    for (table, rows) in &audited.uncovered {
        words.line("uncovered", &[("table", text(table)), ("rows", number(*rows))]);
    }
    if audited.erased > 0 {
        words.line("erased", &[("count", number(audited.erased))]);
    }
    if audited.differences.is_empty() {
        words.line("database-agrees", &[]);
        return;
    }
    for difference in audited.differences.iter().take(SHOWN) {
        words.difference(difference, &[&difference.object, &difference.name, &leaf(difference)]);
    }
    let more = audited.differences.len().saturating_sub(SHOWN) as u64 + audited.more;
    if more > 0 {
        words.line("more", &[("count", number(more))]);
    }
}
