//! What `madang demo` does beyond `madang serve`: the fifth plan, the demo's accounts, the banner.

use std::path::Path;

use madang_base::Locale;
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

/// How many agencies have an account on the sign-in page.
const OFFICERS: usize = 3;

/// Loads the plan through the same import that a ministry uses, and makes the accounts. A plan that is there stays as
/// it is: people may have changed it.
pub(crate) async fn prepare(site: &Site) -> Outcome {
    let file = import::read(PLAN.as_bytes(), Format::Toml).map_err(|found| {
        Failure::new(Exit::Data, "the plan of the demo is not in order").why(problems(&found, site.locale))
    })?;
    // The demo's people are Korean, whatever the language of the terminal.
    let (ctx, setup) = (Ctx { locale: Locale::Ko, ..site.ctx() }, setup(&file));
    let options = madang_identity::Options { site: "Madang".to_owned(), demo: true };
    let done = site.db.write(move |tx| {
        if service::import::preview(tx, &ctx, &file)?.new {
            service::import::apply(tx, &ctx, &file)?;
        }
        madang_identity::demo::create(tx, &ctx, &options, &setup)
    });
    done.await.map_err(|error| site.failure(&error))?;
    Ok(())
}

/// An officer for each of the first agencies that lead a commitment, the lead ministry, and the forum's civil chair.
fn setup(file: &PlanFile) -> Setup {
    let mut agencies: Vec<String> = Vec::new();
    for (_, _, commitment) in file.commitments() {
        for lead in &commitment.lead {
            if agencies.len() < OFFICERS && !agencies.contains(&lead.agency) {
                agencies.push(lead.agency.clone());
            }
        }
    }
    let forum = file.plan.forum.as_ref();
    let chair = forum.and_then(|forum| forum.civil_chair.clone().or_else(|| forum.civil.first().cloned()));
    Setup { agencies, lead: file.plan.lead.clone(), civil_society: chair.unwrap_or_default() }
}

/// Where the demo is, in both languages.
pub(crate) fn banner(address: &str, data: &Path) {
    let folder = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    let folder = folder.display();
    terminal::line(format_args!(
        "\n  마당 Madang\n\n  \
         {address}/ko   브라우저에서 열어 보세요. 로그인 화면에 체험용 계정이 있습니다.\n  \
         {address}/en   Open it in a browser. The sign-in page lists the demo's accounts.\n\n  \
         자료 폴더 Data: {folder}\n  \
         보낸 편지함 Outbox: {address}/ko/outbox   (메일은 밖으로 나가지 않습니다. No mail leaves the house.)\n\n  \
         Ctrl+C를 누르면 멈춥니다. Ctrl+C stops it.\n"
    ));
}
