//! API keys.

use madang_base::Result;
use madang_identity::api_key::{self, Made};
use madang_identity::{account, membership, session};
use madang_kernel::organisation::OrganisationKind;
use madang_kernel::{Actor, Ctx, ObjectKind, Owner, Role, Verb};

use crate::house::{House, code};
use crate::in_each_house;

async fn make(house: &House, ctx: &Ctx, scopes: &'static [&'static str], days: i64) -> Result<Made> {
    let expiry = house.clock_now().plus_days(days);
    house
        .write(ctx, move |tx, ctx| {
            let scopes = scopes.iter().map(|scope| scope.parse()).collect::<Result<Vec<_>>>()?;
            api_key::create(tx, ctx, "자동 보고", &scopes, expiry)
        })
        .await
}

async fn person(house: &House, secret: &str) -> Option<madang_kernel::Person> {
    let (secret, now) = (secret.to_owned(), house.clock_now());
    house.db.read(move |tx| api_key::person(tx, &secret, now)).await.unwrap()
}

in_each_house!(a_key_acts_for_its_owner_within_its_scopes, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (officer, _) = house.staff("officer@example.org", Role::Officer, Some(agency)).await;
    let made = make(&house, &officer, &["milestone:report", "*:read"], 30).await.unwrap();
    assert!(made.secret.starts_with("mdg_") && made.secret.contains(&made.key.prefix));
    assert_eq!(house.number("SELECT COUNT(*) FROM api_key WHERE secret_hash LIKE 'mdg%'"), 0);

    let found = person(&house, &made.secret).await.unwrap();
    assert!(found.second_factor, "made in a session that had presented it");
    let ctx = house.ctx(Actor::Person(found));
    let owner = Some(Owner::Organisation(agency));
    ctx.require(Verb::Report, ObjectKind::Milestone, owner).unwrap();
    assert_eq!(code(ctx.require(Verb::Edit, ObjectKind::Milestone, owner)), "permission.scope");
    assert_eq!(code(make(&house, &ctx, &["*:*"], 30).await), "permission.not-by-key");
    assert_eq!(code(house.write(&ctx, |tx, ctx| session::end_all(tx, ctx, None)).await), "permission.not-by-key");

    house
        .write(&house.system(), move |tx, ctx| {
            membership::remove(tx, ctx, officer.account().unwrap(), Role::Officer, Some(agency))
        })
        .await
        .unwrap();
    assert!(person(&house, &made.secret).await.unwrap().grants.is_empty(), "roles are read anew each time");
});

in_each_house!(what_is_no_key_stands_for_nobody, house, {
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let made = make(&house, &kim, &["*:read"], 30).await.unwrap();
    assert!(person(&house, "").await.is_none());
    assert!(person(&house, "mdg_0123456789ab").await.is_none());
    let wrong = format!("mdg_{}_{}", made.key.prefix, "0".repeat(64));
    assert!(person(&house, &wrong).await.is_none());
    let unknown = format!("mdg_{}_{}", "0".repeat(12), "0".repeat(64));
    assert!(person(&house, &unknown).await.is_none());
    assert!(person(&house, &made.secret).await.is_some());
    house.clock.advance_seconds(30 * 86_400);
    assert!(person(&house, &made.secret).await.is_none(), "it has run out");
});

in_each_house!(a_key_needs_a_name_scopes_and_an_end, house, {
    let (kim, _, _) = house.citizen("kim@example.org").await;
    assert_eq!(code(make(&house, &kim, &[], 30).await), "identity.key-scopes");
    assert_eq!(code(make(&house, &kim, &["*:read"; 41], 30).await), "identity.key-scopes");
    assert_eq!(code(make(&house, &kim, &["*:read"], 0).await), "identity.key-expiry");
    assert_eq!(code(make(&house, &kim, &["*:read"], 367).await), "identity.key-expiry");
    assert_eq!(code(make(&house, &house.nobody(), &["*:read"], 30).await), "permission.sign-in");
    let expiry = house.clock_now().plus_days(1);
    let unnamed = house.write(&kim, move |tx, ctx| api_key::create(tx, ctx, " ", &["*:read".parse()?], expiry)).await;
    assert_eq!(unnamed.unwrap_err().code(), "identity.name");
    for _ in 0..20 {
        make(&house, &kim, &["*:read"], 366).await.unwrap();
    }
    assert_eq!(code(make(&house, &kim, &["*:read"], 30).await), "identity.key-most");
});

in_each_house!(the_day_of_the_last_use_is_kept, house, {
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let made = make(&house, &kim, &["*:read"], 30).await.unwrap();
    for expected in ["2026-03-02", "2026-03-03"] {
        let (secret, now) = (made.secret.clone(), house.clock_now());
        let (key, _) = house.db.read(move |tx| api_key::find(tx, &secret, now)).await.unwrap().unwrap();
        house.db.write(move |tx| api_key::used(tx, &key, now)).await.unwrap();
        assert_eq!(house.read(&kim, api_key::list).await.unwrap()[0].last_used_on.as_deref(), Some(expected));
        house.clock.advance_seconds(86_400);
    }
});

in_each_house!(a_key_is_revoked_by_its_owner_or_an_administrator, house, {
    let (admin, _) = house.administrator().await;
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let (lee, _, _) = house.citizen("lee@example.org").await;
    let first = make(&house, &kim, &["*:read"], 30).await.unwrap();
    let second = make(&house, &kim, &["*:read"], 30).await.unwrap();
    let id = first.key.id;
    assert_eq!(code(house.write(&lee, move |tx, ctx| api_key::revoke(tx, ctx, id)).await), "identity.key-unknown");
    house.write(&kim, move |tx, ctx| api_key::revoke(tx, ctx, id)).await.unwrap();
    assert!(person(&house, &first.secret).await.is_none());
    assert_eq!(code(house.write(&kim, move |tx, ctx| api_key::revoke(tx, ctx, id)).await), "identity.key-revoked");
    let id = second.key.id;
    house.write(&admin, move |tx, ctx| api_key::revoke(tx, ctx, id)).await.unwrap();
    assert!(person(&house, &second.secret).await.is_none());
    assert_eq!(house.read(&kim, api_key::list).await.unwrap().len(), 2);
});

in_each_house!(a_key_of_a_suspended_account_stands_for_nobody, house, {
    let (admin, _) = house.administrator().await;
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let made = make(&house, &kim, &["*:read"], 30).await.unwrap();
    let id = kim.account().unwrap();
    house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, id, "남용 신고")).await.unwrap();
    assert!(person(&house, &made.secret).await.is_none());
});
