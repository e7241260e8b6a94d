//! What `madang demo` does beyond `madang serve`: the fifth plan, the demo's accounts, what its services have been given so
//! far ([`cases`]), who answers for what
//! ([`directory`]), its newsletters, the banner.

mod cases;
mod directory;
mod newsletters;
#[cfg(test)]
mod tampering;
#[cfg(test)]
mod tests;
pub(crate) mod witnesses;

use std::path::Path;

use madang_base::Locale;
use madang_cases::Cases;
use madang_identity::demo::Setup;
use madang_kernel::Ctx;
use madang_plans::file::PlanFile;
use madang_plans::import::{self, Format};
use madang_plans::service;

use super::import::problems;
use crate::exit::{Exit, Failure, Outcome};
use crate::site::Site;
use crate::terminal;

/// Korea's fifth action plan.
const PLAN: &str = include_str!("../../../../plans/kr-2021.toml");

/// The agencies that have an officer on the sign-in page: those to which the shipped services send most.
const AGENCIES: [&str; 4] = ["mois", "acrc", "molit", "nia"];

/// The organisation that gets what no rule of a service sends elsewhere.
pub(crate) const LEADING: &str = "mois";

pub(crate) use cases::Receipts;

/// Loads the plan through the same import that a ministry uses, and makes the accounts. A plan that is there stays as
/// it is: people may have changed it.
pub(crate) async fn prepare(site: &Site) -> Outcome {
    let file = import::read(PLAN.as_bytes(), Format::Toml).map_err(|found| {
        Failure::new(Exit::Data, "the plan of the demo is not in order").why(problems(&found, site.locale))
    })?;
    // The demo's people are Korean, whatever the language of the terminal.
    let (ctx, setup) = (Ctx { locale: Locale::Ko, ..site.ctx() }, setup(&file));
    let options = options();
    let done = site.db.write(move |tx| {
        if service::import::preview(tx, &ctx, &file)?.new {
            service::import::apply(tx, &ctx, &file)?;
        }
        madang_identity::demo::create(tx, &ctx, &options, &setup)
    });
    done.await.map_err(|error| site.failure(&error))?;
    Ok(())
}

fn options() -> madang_identity::Options {
    madang_identity::Options { site: "Madang".to_owned(), demo: true }
}

/// An officer for each of these agencies, the lead ministry, and the forum's civil chair.
fn setup(file: &PlanFile) -> Setup {
    let forum = file.plan.forum.as_ref();
    let chair = forum.and_then(|forum| forum.civil_chair.clone().or_else(|| forum.civil.first().cloned()));
    Setup {
        agencies: AGENCIES.map(str::to_owned).to_vec(),
        lead: file.plan.lead.clone(),
        civil_society: chair.unwrap_or_default(),
    }
}

/// Gives the services what they have been given so far, once. The services are in force.
pub(crate) async fn fill(site: &Site, there: &Cases) -> Outcome<Receipts> {
    let (ctx, there) = (Ctx { locale: Locale::Ko, ..site.ctx() }, there.clone());
    let done = site.db.write(move |tx| {
        directory::fill(tx, &ctx)?;
        let receipts = cases::fill(tx, &ctx, &there)?;
        newsletters::fill(tx, &ctx, &there)?;
        Ok(receipts)
    });
    done.await.map_err(|error| site.failure(&error))
}

/// Where the demo is, in both languages.
pub(crate) fn banner(address: &str, data: &Path, receipts: &Receipts, witnesses: &[&str]) {
    let folder = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    let folder = folder.display();
    // What those without an account were given.
    let look_up: String = receipts
        .0
        .iter()
        .map(|(number, code)| format!("조회 Look up: {address}/ko/lookup   {number}   {code}\n  "))
        .collect();
    let witnessed: String = witnesses.iter().map(|url| format!("증인 Witness: {url}/\n  ")).collect();
    terminal::line(format_args!(
        "\n  마당 Madang\n\n  \
         {address}/ko   브라우저에서 열어 보세요. 로그인 화면에 체험용 계정이 있습니다.\n  \
         {address}/en   Open it in a browser. The sign-in page lists the demo's accounts.\n\n  \
         {look_up}{witnessed}자료 폴더 Data: {folder}\n  \
         보낸 편지함 Outbox: {address}/ko/outbox   (메일은 밖으로 나가지 않습니다. No mail leaves the house.)\n\n  \
         Ctrl+C를 누르면 멈춥니다. Ctrl+C stops it.\n"
    ));
}
