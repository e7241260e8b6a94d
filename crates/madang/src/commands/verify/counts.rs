//! `madang verify counts`.

use madang_cases::Cases;
use madang_cases::support::{self, Difference, Verified};

use super::Invocation;
use crate::app;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Absent;
use crate::terminal;

pub(super) fn run(position: Option<i64>, json: bool, invocation: &Invocation) -> Outcome {
    let cases = app::cases(&invocation.config);
    let verified = counted(position, &cases, invocation)?;
    if json {
        terminal::line(serde_json::to_string(&verified).map_err(|error| Failure::new(Exit::Failed, error))?);
    } else {
        print(&verified);
    }
    match verified.differences.len() {
        0 => Ok(()),
        many => {
            Err(Failure::new(Exit::Data, format_args!("{many} differences between the change feed and the counts"))
                .advice("the change feed is what holds; find out who changed the database beside the program"))
        }
    }
}

fn counted(position: Option<i64>, cases: &Cases, invocation: &Invocation) -> Outcome<Verified> {
    invocation.with_site(Absent::Refuse, async |site| {
        let cases = cases.clone();
        let verified = site.db.read(move |tx| support::verify(tx, &cases, position)).await;
        verified.map_err(|error| site.failure(&error))
    })
}

fn print(verified: &Verified) {
    let Verified { position, cases, supports, differences } = verified;
    terminal::line(format_args!("recounted as of position {position}: {cases} cases, {supports} supports"));
    if differences.is_empty() {
        terminal::line("counts, rows and thresholds agree with the change feed");
    }
    for difference in differences {
        let Difference { what, case, number, value, expected, found, position } = difference;
        let name = if number.is_empty() { case } else { number };
        let value = if value.is_empty() { String::new() } else { format!(" {value}") };
        let place = position.map_or_else(String::new, |position| format!(" (position {position})"));
        terminal::line(format_args!("{name}: {what}{value}: the feed says {expected}, stored is {found}{place}"));
    }
}
