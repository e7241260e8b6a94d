//! Definitions: put in, replaced, opened and shut; cases stay on their version until they are moved.

use std::collections::BTreeMap;

use madang_kernel::Role;

use super::people::{anybody, person};
use super::{TODAY, VILLAGE, act, filed, input, look, system, villages};
use crate::model::EventKind;
use crate::registry::{Origin, shipped};
use crate::service::{apply, lookup};

#[tokio::test]
pub(super) async fn shipped_services_are_put_in_once_and_never_over_the_operators() {
    for (db, cases) in villages().await {
        let ctx = system(TODAY);
        let first = act(&db, &ctx, &cases, apply::install).await.unwrap();
        assert_eq!(usize::try_from(first).unwrap(), shipped().len());
        assert_eq!(act(&db, &ctx, &cases, apply::install).await.unwrap(), 0);
        let own = shipped()[0].1.replacen("name = {", "# of this site\nname = {", 1);
        let applied =
            act(&db, &ctx, &cases, move |tx, ctx, cases| apply::apply(tx, ctx, cases, "own", &own)).await.unwrap();
        assert!(applied.changed);
        assert_eq!(act(&db, &ctx, &cases, apply::install).await.unwrap(), 0);
        let id = applied.service.clone();
        let (version, all, versions, text) = look(&db, &ctx, &cases, move |tx, _, cases| {
            let version = cases.services.current(tx, &id)?;
            let (all, versions) = (cases.services.list(tx)?.len(), apply::versions(tx, &id)?.len());
            let text = apply::text(tx, &version.digest)?;
            Ok((version, all, versions, text))
        })
        .await
        .unwrap();
        assert_eq!((version.origin, version.open, versions), (Origin::Operator, true, 2));
        assert_eq!(all, shipped().len() + 1);
        assert!(text.contains("# of this site"));
        let member = person("member", &[], TODAY);
        let refused = act(&db, &member, &cases, |tx, ctx, cases| apply::apply(tx, ctx, cases, "v", VILLAGE)).await;
        assert_eq!(refused.unwrap_err().code(), "permission.denied");
        let broken = act(&db, &ctx, &cases, |tx, ctx, cases| apply::apply(tx, ctx, cases, "v", "id = 3")).await;
        assert_eq!(broken.unwrap_err().code(), "service.invalid");
    }
}

#[tokio::test]
pub(super) async fn a_case_stays_on_its_version_until_it_is_moved() {
    for (db, cases) in villages().await {
        let admin = person("admin", &[(Role::Administrator, None)], TODAY);
        let receipt = filed(&db, &anybody(TODAY), &cases, input("옛 판", "road", true, "old")).await;
        let before = look(&db, &admin, &cases, |tx, _, cases| cases.services.current(tx, "village")).await.unwrap();
        let fresh = VILLAGE
            .replace("id = \"received\"", "id = \"arrived\"")
            .replace("\"received\", \"working\"", "\"arrived\", \"working\"")
            .replace("from = \"received\"", "from = \"arrived\"")
            .replace("[\"received\", \"answered\"]", "[\"arrived\", \"answered\"]")
            .replace("7 business days", "14 business days");
        act(&db, &admin, &cases, move |tx, ctx, cases| apply::apply(tx, ctx, cases, "v", &fresh)).await.unwrap();
        let (number, digest) = (receipt.number.clone(), before.digest.clone());
        let view =
            look(&db, &admin, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, None)).await.unwrap();
        assert_eq!((view.case.state.as_str(), &view.service.digest), ("received", &digest));
        // A process that has just started knows the old version too.
        let (fresh, number) =
            (crate::Cases { services: crate::registry::Services::new(), ..cases.clone() }, receipt.number.clone());
        let again = look(&db, &admin, &fresh, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, None)).await;
        let again = again.unwrap().service;
        assert_eq!((&again.digest, again.open), (&digest, false));
        let newer = filed(&db, &anybody(TODAY), &cases, input("새 판", "road", true, "new")).await;
        assert_eq!(newer.clocks[0].due_on.unwrap().to_string(), "2026-03-30");

        let from = digest.clone();
        let refused = act(&db, &admin, &cases, move |tx, ctx, cases| {
            apply::migrate(tx, ctx, cases, "village", &from, &BTreeMap::new())
        });
        assert_eq!(refused.await.unwrap_err().code(), "service.migrate-state");
        let from = digest.clone();
        let moved = act(&db, &admin, &cases, move |tx, ctx, cases| {
            let states = BTreeMap::from([("received".to_owned(), "arrived".to_owned())]);
            apply::migrate(tx, ctx, cases, "village", &from, &states)
        });
        assert_eq!(moved.await.unwrap(), 1);
        let number = receipt.number.clone();
        let (view, open) = look(&db, &admin, &cases, move |tx, ctx, cases| {
            Ok((lookup::open(tx, ctx, cases, &number, None)?, apply::open_cases_by_version(tx, "village")?))
        })
        .await
        .unwrap();
        assert_eq!(view.case.state, "arrived");
        assert_eq!(view.clocks[0].due_on.unwrap().to_string(), "2026-03-30", "counted by the new definition");
        assert_eq!(view.timeline.last().unwrap().kind, EventKind::Migrated);
        assert_eq!(open, [(view.service.digest.clone(), 2)]);
    }
}

#[test]
fn every_definition_of_the_folder_is_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    there.sort();
    assert_eq!(shipped().iter().map(|(name, _)| *name).collect::<Vec<_>>(), there);
}
