//! `madang export`.

use std::path::Path;

use madang_base::Error;
use madang_plans::{export, views};

use super::Invocation;
use crate::cli::{Export as Command, PlanFormat};
use crate::exit::{Exit, Failure, Outcome};
use crate::site::{self, Absent};
use crate::terminal;

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    match command {
        Command::PlanTemplate { output } => {
            let bytes = export::template().map_err(|error| site::explain(&error, invocation.locale))?;
            terminal::write(Some(output), &bytes)
        }
        Command::Log { folder, json } => super::export_log::write(folder, *json, invocation),
        Command::Salts { output } => super::export_log::salts(output, invocation),
        Command::Plan { plan, format, output } => {
            let format = format.or_else(|| by_ending(output)).ok_or_else(|| {
                Failure::new(Exit::Usage, "the format of the file is not told by its ending")
                    .at(output.display())
                    .advice("add --format toml, json, xlsx or csv")
            })?;
            let bytes = plan_bytes(plan, format, invocation)?;
            terminal::write(Some(output), &bytes)
        }
    }
}

fn by_ending(path: &Path) -> Option<PlanFormat> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "toml" => Some(PlanFormat::Toml),
        "json" => Some(PlanFormat::Json),
        "csv" => Some(PlanFormat::Csv),
        "xlsx" => Some(PlanFormat::Xlsx),
        _ => None,
    }
}

fn plan_bytes(plan: &str, format: PlanFormat, invocation: &Invocation) -> Outcome<Vec<u8>> {
    invocation.with_site(Absent::Refuse, async |site| {
        let (plan, locale) = (plan.to_owned(), site.locale);
        let today = site.clock.now().kst_date();
        let bytes = site.db.read(move |tx| {
            let unknown = || Error::not_found("plan.unknown").arg("value", &plan);
            if format == PlanFormat::Csv {
                let all = views::milestones(tx, &plan, &views::Filter::default(), None, usize::MAX, today)?;
                return export::csv::milestones(&all.items, locale).map(String::into_bytes);
            }
            let file = views::load::plan_file(tx, &plan)?.ok_or_else(unknown)?;
            match format {
                PlanFormat::Toml => export::to_toml(&file).map(String::into_bytes),
                PlanFormat::Json => export::to_json(&file).map(String::into_bytes),
                PlanFormat::Xlsx | PlanFormat::Csv => export::to_xlsx(&file),
            }
        });
        bytes.await.map_err(|error| site.failure(&error))
    })
}
