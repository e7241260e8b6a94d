//! What newsletters are made of, out of cases and plans: the port [`Contributor`] of the newsletters.
//!
//! Only what everybody may read is looked at. Titles and answers are read anew whenever an issue is shown, so that what
//! was hidden, withdrawn, erased or corrected since is gone from it too. Start reading at [`Contributions`].

mod cases;
mod plans;
mod sentence;
mod store;
#[cfg(test)]
mod tests;
mod topic;

use std::collections::BTreeMap;

use madang_base::{LocalizedText, Result};
use madang_cases::Cases;
use madang_db::Tx;
use madang_kernel::{Ctx, ObjectKind, Ref};
use madang_newsletter::model::{Item, SectionKind};
use madang_newsletter::{Contributor, Gathered, Wanted, Words};

/// [`Contributor`] of one site. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Contributions {
    pub cases: Cases,
}

impl Contributor for Contributions {
    fn gather(&self, tx: &mut Tx, ctx: &Ctx, section: SectionKind, wanted: &Wanted) -> Result<Gathered> {
        match section {
            SectionKind::Asked => cases::asked(tx, &self.cases, wanted),
            SectionKind::Answered => cases::answered(tx, &self.cases, wanted),
            SectionKind::Moved => plans::moved(tx, wanted),
            SectionKind::Late => {
                let late = cases::late(tx, &self.cases, wanted)?;
                Ok(merged(late, plans::late(tx, ctx, wanted)?, wanted.limit))
            }
        }
    }

    fn shown(&self, tx: &mut Tx, items: &[&Item]) -> Result<Vec<Option<Words>>> {
        let refs: Vec<Ref> = items.iter().map(|item| item.object.clone()).collect();
        let of_cases = cases::titles(tx, &self.cases, &refs)?;
        let of_plans: BTreeMap<Ref, LocalizedText> =
            madang_plans::views::searched::of(tx, &refs)?.into_iter().map(|found| (found.id, found.title)).collect();
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            let title = match item.object.kind {
                ObjectKind::Case => of_cases.get(&item.object).cloned(),
                _ => of_plans.get(&item.object).cloned(),
            };
            let Some(title) = title else {
                out.push(None);
                continue;
            };
            let text = if item.text.is_empty() { String::new() } else { cases::answer(tx, &item.object, item.at)? };
            out.push(Some(Words { title, text }));
        }
        Ok(out)
    }
}

/// What became late last comes first.
fn merged(mut one: Gathered, other: Gathered, limit: usize) -> Gathered {
    one.items.extend(other.items);
    one.items.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.object.cmp(&b.object)));
    one.items.truncate(limit);
    Gathered { items: one.items, count: one.count + other.count }
}
