//! Every SQL statement runs on both engines, and SQL stands in the store alone.

use std::collections::BTreeSet;
use std::path::Path;

use madang_db::testing;
use madang_kernel::{Actor, OrganisationId};

use super::{House, person, system, text};
use crate::model::IssueState;
use crate::service::{issue, send, settings, subscribe};
use crate::{store, views};

fn statements() -> BTreeSet<(String, u32)> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut out = BTreeSet::new();
    for file in testing::sources(&store).unwrap() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for (number, line) in (1..).zip(std::fs::read_to_string(&file).unwrap().lines()) {
            if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                out.insert((name.clone(), number));
            }
            // Those that stand on a line of their own are called on the next one.
            assert!(!line.trim_end().ends_with("tx"), "{name}:{number}");
        }
    }
    out
}

/// One story that needs every statement.
async fn story(house: &House) {
    let news = house.newsletter("news").await;
    let (id, office) = (news.id, house.office);
    let officer = house.officer();
    house.write(&officer, move |tx, ctx| settings::edit(tx, ctx, id, 1, &super::monthly())).await.unwrap();
    let draft = house.draft(&news).await;
    let again = house.draft(&news).await;
    assert_eq!(again.id, draft.id);
    let words = issue::Edit { intro: text("글"), ..issue::Edit::default() };
    let made = house.write(&officer, move |tx, ctx| issue::edit(tx, ctx, draft.id, 1, &words)).await.unwrap();
    let (offices, nobody): (Vec<OrganisationId>, _) = (vec![office], system().with_actor(Actor::Anonymous));
    let told = house.write(&officer, move |tx, ctx| views::desk(tx, ctx, &offices)).await.unwrap();
    assert_eq!((told.0.len(), told.0[0].open.len(), told.1.len()), (1, 1, 1));
    let none = house.write(&nobody, move |tx, ctx| views::desk(tx, ctx, &[office])).await.unwrap();
    assert!(none.0.is_empty() && none.1.is_empty());
    assert!(house.write(&nobody, |tx, ctx| views::desk_one(tx, ctx, "news")).await.is_err());
    let there = house.told.clone();
    house
        .write(&officer, move |tx, ctx| {
            send::schedule(tx, ctx, &*there, draft.id, made.revision, super::now().plus_days(1))
        })
        .await
        .unwrap();
    house.write(&officer, move |tx, ctx| send::take_back(tx, ctx, draft.id, 3)).await.unwrap();
    let kim = person("kim", None);
    house.write(&kim, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap();
    house
        .write(&nobody, move |tx, ctx| subscribe::subscribe_by_mail(tx, ctx, id, "a@b.kr", madang_base::Locale::Ko))
        .await
        .unwrap();
    house
        .write(&nobody, move |tx, ctx| subscribe::subscribe_by_mail(tx, ctx, id, "a@b.kr", madang_base::Locale::Ko))
        .await
        .unwrap();
    house.jobs().await;
    let token = house.mails()[0].2.clone();
    house.write(&nobody, move |tx, ctx| subscribe::confirm(tx, ctx, &token)).await.unwrap();
    let there = house.told.clone();
    house.write(&officer, move |tx, ctx| send::send(tx, ctx, &*there, draft.id, 4)).await.unwrap();
    house.jobs().await;
    house.write(&officer, move |tx, ctx| send::correct(tx, ctx, draft.id, 5, &text("바로잡음"))).await.unwrap();
    let there = house.told.clone();
    house.db.read(move |tx| views::page(tx, &*there, None, 5)).await.unwrap();
    let list = house.db.read(views::newsletters).await.unwrap();
    assert_eq!((list[0].issues, list[0].last_sent), (1, Some(super::now())));
    let sent = house.db.read(move |tx| views::archive(tx, id, None, 5)).await.unwrap();
    assert_eq!((sent.len(), sent[0].state), (1, IssueState::Sent));
    house.db.read(move |tx| subscribe::export_own(tx, super::account("kim"))).await.unwrap();
    house.write(&kim, move |tx, ctx| subscribe::unsubscribe(tx, ctx, id)).await.unwrap();
    house.db.write(|tx| subscribe::forget(tx, super::account("kim"))).await.unwrap();
    house.db.write(|tx| subscribe::sweep(tx, super::now())).await.unwrap();
    house.write(&officer, move |tx, ctx| settings::retire(tx, ctx, id)).await.unwrap();
    assert!(!house.db.read(move |tx| store::issue::mailing(tx, id)).await.unwrap());
}

#[tokio::test]
async fn every_statement_runs() {
    let wanted = statements();
    assert!(wanted.len() > 25, "{} statements found", wanted.len());
    for house in House::all(&["a"]).await {
        story(&house).await;
        let ran: BTreeSet<_> = testing::ran(house.db.engine())
            .into_iter()
            .filter_map(|(file, line)| Some((file.split_once("newsletter/src/store/")?.1.to_owned(), line)))
            .collect();
        let missed: Vec<_> = wanted.difference(&ran).collect();
        assert!(missed.is_empty(), "{}: the story leaves out {missed:?}", house.db.engine());
    }
}

#[test]
fn sql_is_in_the_store_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in testing::sources(&folder).unwrap() {
        if file.components().any(|part| matches!(part.as_os_str().to_str(), Some("store" | "tests"))) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}
