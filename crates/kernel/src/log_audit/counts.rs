//! The folded counts of the feed against the feed.

use std::collections::BTreeMap;

use madang_base::Result;
use madang_db::Tx;

use super::store::{self, Count};
use crate::ledger::{Audit, Audited, Difference};

const PAGE: u32 = 500;

/// How often each kind of event happened to an object, as it is kept, against the rows of the feed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts;

impl Audit for Counts {
    fn name(&self) -> &'static str {
        "counts"
    }

    fn check(&self, tx: &mut Tx, cursor: &str, audited: &mut Audited) -> Result<Option<String>> {
        let (object, name) = cursor.split_once('\n').unwrap_or_default();
        let kept = store::counts(tx, object, name, PAGE)?;
        let counted = store::counted(tx, object, name, PAGE)?;
        // Each list is complete up to its own end; what lies behind the earlier end is for the next part.
        let end = [&kept, &counted].into_iter().filter(|list| list.len() == PAGE as usize).filter_map(|l| l.last());
        let end = end.map(|count| (count.object.clone(), count.name.clone())).min();
        let mut both = BTreeMap::<(String, String), [Option<(i64, i64)>; 2]>::new();
        for (side, list) in [counted, kept].into_iter().enumerate() {
            for Count { object, name, value, position } in list {
                both.entry((object, name)).or_default()[side] = Some((value, position));
            }
        }
        for ((object, name), [counted, kept]) in both {
            if end.as_ref().is_some_and(|end| (&object, &name) > (&end.0, &end.1)) {
                break;
            }
            audited.looked("folded_count");
            if counted != kept {
                let spell = |count: Option<(i64, i64)>| {
                    count.map_or_else(|| "none".to_owned(), |(value, at)| format!("{value} as of position {at}"))
                };
                audited.differs(Difference {
                    by: "counts",
                    what: name,
                    object,
                    name: String::new(),
                    expected: spell(counted),
                    found: spell(kept),
                    leaf: counted.and_then(|(_, position)| u64::try_from(position - 1).ok()),
                });
            }
        }
        Ok(end.map(|(object, name)| format!("{object}\n{name}")))
    }
}
