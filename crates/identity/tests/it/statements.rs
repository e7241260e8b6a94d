//! Every SQL statement of the domain runs on both engines in these tests.

use std::path::Path;

use madang_db::testing::ran;

use crate::house::{AGENT, House, houses};

/// Where statements are called: file and line of every `tx.exec(`, `.rows(`, `.row(`, `.one(` in the store.
fn written() -> Vec<(String, u32)> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut out = Vec::new();
    for path in madang_db::testing::sources(&store).unwrap() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        for (line, number) in text.lines().zip(1_u32..) {
            if ["tx.exec(", "tx.rows(", "tx.row(", "tx.one("].iter().any(|call| line.contains(call)) {
                out.push((name.clone(), number));
            }
        }
    }
    out
}

/// One story that needs every table.
async fn story(house: &House) {
    use madang_identity::*;
    use madang_kernel::Role;
    use madang_kernel::organisation::OrganisationKind;

    house.demo().await;
    let (admin, _) = house.administrator().await;
    let society = house.organisation("code", OrganisationKind::CivilSociety).await;
    let (kim, session, token) = house.citizen("kim@example.org").await;
    let id = session.account;
    house.write(&kim, |tx, ctx| account::edit(tx, ctx, "김", madang_base::Locale::Ko)).await.unwrap();
    house
        .db
        .read({
            let (token, now) = (house.ask("kim@example.org").await.unwrap(), house.clock_now());
            move |tx| link::open(tx, &token, now)
        })
        .await
        .unwrap();
    let own = session.clone();
    house.write(&kim, move |tx, ctx| session::touch(tx, ctx, &own)).await.unwrap();
    let devices = house.read(&kim, session::list).await.unwrap();
    let (raised, _, codes) = house.enrol(&token).await;
    let (kim, session) = house.as_token(&raised).await;
    house.read(&kim, second_factor::state).await.unwrap();
    let (own, code) = (session.clone(), codes[0].clone());
    let passed = house.write(&kim, move |tx, ctx| second_factor::check(tx, ctx, &own, &code)).await.unwrap().unwrap();
    let (kim, session) = house.as_token(&passed.token).await;
    let (letters, request) = (
        std::sync::Arc::clone(&house.letters),
        link::Request { address: "kim2@example.org".to_owned(), ..Default::default() },
    );
    house.write(&kim, move |tx, ctx| link::request_address(tx, ctx, &*letters, &request)).await.unwrap();
    house.redeem(&kim, &house.letters.last()).await.unwrap();

    let expiry = house.clock_now().plus_days(3);
    let made =
        house.write(&kim, move |tx, ctx| api_key::create(tx, ctx, "k", &["*:read".parse()?], expiry)).await.unwrap();
    let (secret, now, key) = (made.secret.clone(), house.clock_now(), made.key.clone());
    house.db.read(move |tx| api_key::person(tx, &secret, now)).await.unwrap().unwrap();
    house.db.write(move |tx| api_key::used(tx, &key, now)).await.unwrap();
    house.read(&kim, api_key::list).await.unwrap();
    let key = made.key.id;
    house.write(&kim, move |tx, ctx| api_key::revoke(tx, ctx, key)).await.unwrap();

    let whom = membership::Whom::Account(id);
    house
        .write(&admin, move |tx, ctx| membership::grant(tx, ctx, &whom, Role::CivilSociety, Some(society)))
        .await
        .unwrap();
    house.write(&admin, move |tx, ctx| membership::list(tx, ctx, society, "확인")).await.unwrap();
    house
        .write(&admin, move |tx, ctx| membership::remove(tx, ctx, id, Role::CivilSociety, Some(society)))
        .await
        .unwrap();
    house.write(&admin, |tx, ctx| account::list(tx, ctx, &account::Filter::default(), None, 9, "확인")).await.unwrap();
    house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, id, "확인")).await.unwrap();
    house.write(&admin, move |tx, ctx| account::restore(tx, ctx, id, "확인")).await.unwrap();
    house.read(&admin, |tx, ctx| access::list(tx, ctx, &access::Filter::default(), None, 9)).await.unwrap();
    let options = house.options.clone();
    house.db.read(move |tx| demo::list(tx, &options)).await.unwrap();
    let _ = (devices, AGENT);

    let provider = crate::journeys::provider("gov");
    crate::journeys::round(house, &provider).await;
    let citizen = house.enter("kim2@example.org").await;
    let (_, waiting) = house.as_token(&citizen.token).await;
    let one = waiting.id;
    let code = codes[1].clone();
    let passed = house
        .write(&house.nobody(), move |tx, ctx| second_factor::check(tx, ctx, &waiting, &code))
        .await
        .unwrap()
        .unwrap();
    let (kim, _) = house.as_token(&passed.token).await;
    house.read(&kim, |tx, ctx| account::export(tx, ctx, &[])).await.unwrap();
    house.write(&kim, move |tx, ctx| session::end(tx, ctx, one)).await.unwrap();
    house.write(&kim, |tx, ctx| session::end_all(tx, ctx, None)).await.unwrap();
    let own = session.clone();
    house.write(&kim, move |tx, _| session::sign_out(tx, &own)).await.unwrap();
    house.write(&kim, |tx, ctx| account::delete(tx, ctx, &[])).await.unwrap();
    let now = house.clock_now();
    house.db.write(move |tx| upkeep::purge(tx, now)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_statement_runs() {
    let written = written();
    assert!(written.len() > 40, "{}", written.len());
    for house in houses() {
        story(&house).await;
        crate::directory::story(&house).await;
        let ran = ran(house.engine());
        let missing: Vec<_> = written
            .iter()
            .filter(|(name, line)| {
                let end = format!("identity/src/store/{name}");
                !ran.iter().any(|(file, at)| file.ends_with(&end) && at == line)
            })
            .collect();
        assert!(missing.is_empty(), "{}: {missing:?}", house.engine());
    }
}
