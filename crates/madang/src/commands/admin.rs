//! `madang admin`.

use std::sync::Arc;

use madang_base::LocalizedText;
use madang_identity::admin;
use madang_kernel::Role;
use serde_json::json;

use super::Invocation;
use crate::cli::{Admin as Command, StaffRole};
use crate::exit::Outcome;
use crate::site::{Absent, Site};
use crate::{app, terminal};

pub(crate) fn run(command: &Command, invocation: &Invocation) -> Outcome {
    match command {
        Command::Create { email, name } => {
            invocation.with_site(Absent::Make, async |site| create(email, name, site, invocation).await)
        }
        Command::List { role, json } => {
            invocation.with_site(Absent::Refuse, async |site| list(*role, *json, site).await)
        }
        Command::ResetSecondFactor { email } => {
            invocation.with_site(Absent::Refuse, async |site| reset_second_factor(email, site).await)
        }
    }
}

async fn create(email: &str, name: &str, site: &Site, invocation: &Invocation) -> Outcome {
    let texts = Arc::new(app::mail_texts(&invocation.config)?);
    let (ctx, email, name) = (site.ctx(), email.to_owned(), LocalizedText::new(name, name));
    let made = site.db.write(move |tx| admin::create(tx, &ctx, &*texts, &email, &name)).await;
    let made = made.map_err(|error| site.failure(&error))?;
    terminal::note(format_args!("Administrator. This link signs in once, within {} minutes:", made.minutes));
    terminal::line(made.url);
    Ok(())
}

async fn list(role: StaffRole, as_json: bool, site: &Site) -> Outcome {
    let role = match role {
        StaffRole::Administrator => Role::Administrator,
        StaffRole::Lead => Role::Lead,
        StaffRole::Officer => Role::Officer,
        StaffRole::CivilSociety => Role::CivilSociety,
        StaffRole::Clerk => Role::Clerk,
    };
    let (mut rows, mut before) = (Vec::new(), None);
    loop {
        let ctx = site.ctx();
        // The look is written down in the access log, so it is a write.
        let page = site.db.write(move |tx| admin::list(tx, &ctx, Some(role), before, 200)).await;
        let page = page.map_err(|error| site.failure(&error))?;
        rows.extend(page.accounts);
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    if as_json {
        let accounts: Vec<_> = rows
            .iter()
            .map(|(account, _)| {
                json!({
                    "id": account.id.to_string(), "name": account.name, "email": account.email, "status": account.status.code(),
                })
            })
            .collect();
        terminal::line(format_args!("{:#}", json!({ "accounts": accounts })));
    } else {
        for (account, _) in &rows {
            let name = account.name.get(site.locale);
            let email = account.email.as_deref().unwrap_or("-");
            terminal::line(format_args!("{email}\t{name}\t{}", account.status.code()));
        }
        if rows.is_empty() {
            terminal::note("nobody; `madang admin create EMAIL --name NAME` makes the first administrator");
        }
    }
    Ok(())
}

async fn reset_second_factor(email: &str, site: &Site) -> Outcome {
    let (ctx, address) = (site.ctx(), email.to_owned());
    let done = site.db.write(move |tx| admin::reset_second_factor(tx, &ctx, &address)).await;
    done.map_err(|error| site.failure(&error))?;
    terminal::line(format_args!("{email}: the second factor is gone; a new one is set up at the next sign-in"));
    Ok(())
}
