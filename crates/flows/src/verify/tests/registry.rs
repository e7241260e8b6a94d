//! An engine cannot forget its recount.

use std::collections::BTreeSet;

use madang_kernel::ledger::Counted;

use super::*;

#[test]
fn every_kind_that_is_counted_has_a_recount_and_claims() {
    let folder: Arc<dyn Folder> = Arc::new(Memory::default());
    let recounts: BTreeSet<&str> = recounts(&folder, &heap()).unwrap().iter().map(|recount| recount.name()).collect();
    let mut counted = BTreeSet::new();
    for kind in crate::ledger::kinds() {
        match kind.counted {
            Counted::By(name) => {
                assert!(recounts.contains(name), "{}: there is no recount {name}", kind.name);
                counted.insert(name);
            }
            Counted::Not(why) => assert!(!why.is_empty(), "{}", kind.name),
        }
    }
    assert_eq!(counted, recounts, "every recount counts some kind");
    let cases =
        madang_cases::Cases::new(madang_cases::registry::Services::new(), madang_base::calendar::Calendar::korea());
    let claims: BTreeSet<&str> = claims(&cases).iter().map(|claims| claims.name()).collect();
    assert_eq!(claims, recounts, "what is counted again is what is claimed");
}
