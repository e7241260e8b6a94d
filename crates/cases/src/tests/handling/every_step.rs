//! Every step of every shipped service, from every state and by everybody: what the definition allows succeeds, nothing
//! else does.

use madang_form::walk::every_step;
use madang_form::{Definition, Need, Party};
use madang_kernel::{Ctx, Role};

use super::*;
use crate::registry::shipped;
use crate::service::parties;
use crate::store;

fn who(site: &Site, party: &Party, now: Time) -> Ctx {
    match party {
        Party::Author => citizen("author", now),
        Party::Agency => site.officer("officer", now),
        Party::Member => citizen("passer-by", now),
        Party::System => nobody(now),
        Party::Named(id) => citizen(id, now),
    }
}

fn definitions() -> Vec<Definition> {
    let load = |(name, text): &(&str, &str)| madang_form::load(madang_form::Source { name, text }).unwrap().definition;
    shipped().iter().map(load).collect()
}

#[tokio::test]
#[ignore = "slow: some thousand steps, each in its own transaction"]
async fn only_those_take_a_step_whom_the_definition_lets() {
    let site = Site::sqlite().await;
    let (mut tried, mut taken) = (0, 0);
    for def in definitions() {
        let service: &'static str = String::leak(def.id.clone());
        let day = def.filing.opens.unwrap_or(DAY);
        let receipt = site.file(&citizen("author", at(day, 10)), service).await;
        let lead = person("lead", &[(Role::Lead, Some(site.mois))], at(DAY, 10));
        for party in &def.parties {
            let id = party.id.clone();
            site.act(&lead, move |tx, ctx, cases| parties::add(tx, ctx, cases, service, &id, account(&id)))
                .await
                .unwrap();
        }
        let answers = site.case(&receipt.number).await.answers;
        for (state, step, party, allowed) in every_step(&def, &answers) {
            let Some(step) = def.step(&step).cloned() else { continue };
            // The engine's own steps are taken by nobody; that whoever is signed in may do what members may goes for all.
            let allowed = allowed && party != Party::System;
            let member = step.from.contains(&state) && step.by(&Party::Member) && party != Party::System;
            let member = member && madang_form::steps::meant(&step, &answers);
            let (def, number, place) = (def.clone(), receipt.number.clone(), state.clone());
            let ctx = who(&site, &party, at(day, 11));
            let named = step.clone();
            let outcome = site
                .act(&ctx, move |tx, ctx, cases| {
                    let (mut case, _) = case_of(tx, cases, &number)?;
                    let to = def.state(&place).unwrap();
                    (case.state, case.phase) = (to.id.clone(), to.phase);
                    case.publication = crate::model::Publication::Published;
                    store::case::save(tx, &mut case)?;
                    crate::service::approve::drop_all(tx, ctx, case.id)?;
                    let (input, uploads) = needed(&def, &named, ctx.now.kst_date());
                    take(tx, ctx, cases, &number, &named.id, &input, &uploads, None)
                })
                .await;
            tried += 1;
            let what = format!("{service}: {} in {state} by {}: {outcome:?}", step.id, party.code());
            match outcome {
                Ok(Taken::Submitted(_)) => {
                    assert!(allowed && step.needs(&Need::Approval) && party == Party::Agency, "{what}");
                }
                Ok(Taken::Done { state: now, .. }) => {
                    assert!(allowed || member, "{what}");
                    assert!(!(step.needs(&Need::Approval) && party == Party::Agency), "{what}");
                    assert!(step.to.is_none_or(|to| to == now), "{what}");
                    taken += 1;
                }
                Err(error) if error.code() == "case.step-late" => {
                    assert!((allowed || member) && step.within.is_some(), "{what}");
                }
                Err(error) => {
                    assert!(!allowed && !member, "{what} {:?}", error.fields());
                    let refused = ["case.step-shut", "case.step-who", "case.step-when", "permission.sign-in"];
                    assert!(refused.contains(&error.code()), "{what}");
                }
            }
        }
    }
    assert!(tried > 3_000 && taken > 100, "{tried} tried, {taken} taken");
}
