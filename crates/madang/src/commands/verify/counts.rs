//! `madang verify counts`.

use madang_cases::support::{self, Difference, Verified};
use madang_cases::{Cases, figures};
use madang_kernel::change;

use super::Invocation;
use crate::app;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Absent;
use crate::terminal;

pub(super) fn run(position: Option<i64>, json: bool, invocation: &Invocation) -> Outcome {
    let cases = app::cases(&invocation.config);
    let (verified, figures) = counted(position, &cases, invocation)?;
    if json {
        let mut result = serde_json::to_value(&verified).map_err(|error| Failure::new(Exit::Failed, error))?;
        result["figures"] = serde_json::json!(figures);
        terminal::line(result);
    } else {
        print(&verified);
        print_figures(figures.as_deref());
    }
    match verified.differences.len() + figures.map_or(0, |figures| figures.len()) {
        0 => Ok(()),
        many => {
            Err(Failure::new(Exit::Data, format_args!("{many} differences between the change feed and the counts"))
                .advice("the change feed is what holds; find out who changed the database beside the program"))
        }
    }
}

/// The counts of supports, and what of the figures differs from the cases; none while the figures are behind the feed.
fn counted(position: Option<i64>, cases: &Cases, invocation: &Invocation) -> Outcome<(Verified, Option<Vec<String>>)> {
    invocation.with_site(Absent::Refuse, async |site| {
        let cases = cases.clone();
        let counted = site.db.read(move |tx| {
            let verified = support::verify(tx, &cases, position)?;
            let level = figures::position(tx)? == Some(change::head(tx)?);
            let differences = level.then(|| figures::differences(tx, &cases)).transpose()?;
            Ok((verified, differences))
        });
        counted.await.map_err(|error| site.failure(&error))
    })
}

fn print_figures(figures: Option<&[String]>) {
    match figures {
        None => terminal::line("figures: behind the change feed just now, so they were not compared"),
        Some([]) => terminal::line("figures: the sums agree with the cases"),
        Some(differences) => {
            for difference in differences {
                terminal::line(format_args!("figures: {difference}"));
            }
        }
    }
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
