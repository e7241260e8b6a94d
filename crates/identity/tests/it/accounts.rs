//! One's own account, and everybody's for administrators.

use std::sync::Arc;

use madang_base::{Locale, Result};
use madang_db::{Tx, params};
use madang_identity::account::{self, Filter};
use madang_identity::{PersonalData, Status, api_key, link, person, session};
use madang_kernel::organisation::OrganisationKind;
use madang_kernel::{AccountId, Assurance, Ctx, Role};
use serde_json::{Value, json};

use crate::house::{House, code};
use crate::in_each_house;

/// Another domain with data of its own: here it is the mails' table, which a test can write.
struct Follows;

impl PersonalData for Follows {
    fn name(&self) -> &'static str {
        "follows"
    }

    fn export(&self, tx: &mut Tx, _: &Ctx, account: AccountId) -> Result<Value> {
        let rows = tx.rows("SELECT target FROM link WHERE created_by = $1", params![account])?;
        Ok(json!(rows.iter().map(|row| row.get::<String>("target")).collect::<Result<Vec<_>>>()?))
    }

    fn erase(&self, tx: &mut Tx, _: &Ctx, account: AccountId) -> Result<()> {
        tx.exec("DELETE FROM link WHERE created_by = $1", params![account])?;
        Ok(())
    }
}

fn others() -> Vec<Arc<dyn PersonalData>> {
    vec![Arc::new(Follows)]
}

async fn follow(house: &House, ctx: &Ctx) {
    let id = ctx.account().unwrap();
    house
        .write(ctx, move |tx, ctx| {
            tx.exec(
                "INSERT INTO link (source, type, target, created_at, created_by) VALUES ('account:x', 'measures', 'plan:kr', $1, $2)",
                params![ctx.now, id],
            )
        })
        .await
        .unwrap();
}

in_each_house!(the_profile_is_ones_own, house, {
    let (kim, _, _) = house.citizen("kim@example.org").await;
    house.write(&kim, |tx, ctx| account::edit(tx, ctx, "김하나", Locale::En)).await.unwrap();
    let me = house.read(&kim, account::me).await.unwrap();
    assert_eq!(me.account.name.exact("ko"), Some("김하나"));
    assert_eq!(me.account.locale, Locale::En);
    assert_eq!(me.account.status, Status::Active);
    assert!(!me.second_factor && me.memberships.is_empty());
    assert_eq!(
        code(house.write(&kim, |tx, ctx| account::edit(tx, ctx, &"x".repeat(81), Locale::Ko)).await),
        "identity.name"
    );
    house.write(&kim, |tx, ctx| account::edit(tx, ctx, "", Locale::Ko)).await.unwrap();
    assert!(house.read(&kim, account::me).await.unwrap().account.name.is_empty());
    assert_eq!(code(house.read(&house.nobody(), account::me).await), "permission.sign-in");
    assert_eq!(code(house.read(&house.system(), account::me).await), "permission.sign-in");
});

in_each_house!(the_export_holds_everything_and_no_secret, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (admin, _) = house.administrator().await;
    let (officer, _) = house.staff("officer@example.org", Role::Officer, Some(agency)).await;
    let id = officer.account().unwrap();
    let expiry = house.clock_now().plus_days(9);
    let key = house
        .write(&officer, move |tx, ctx| api_key::create(tx, ctx, "자동", &["*:read".parse()?], expiry))
        .await
        .unwrap();
    follow(&house, &officer).await;
    house.write(&admin, move |tx, ctx| account::view(tx, ctx, id, "문의 2026-14 답변")).await.unwrap();
    let out = house.read(&officer, |tx, ctx| account::export(tx, ctx, &others())).await.unwrap();
    assert_eq!(out["account"]["email"], "officer@example.org");
    assert_eq!(out["account"]["roles"][0]["role"], "officer");
    assert_eq!(out["account"]["sign_in_with"][0]["subject"], "officer@example.org");
    assert_eq!(out["account"]["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(out["account"]["api_keys"][0]["prefix"], key.key.prefix.as_str());
    assert_eq!(out["account"]["looked_at"][0]["why"], "문의 2026-14 답변");
    assert_eq!(out["account"]["recovery_codes_left"], 10);
    assert_eq!(out["account"]["created_at"], "2026-03-02T09:00:10+09:00");
    assert_eq!(out["follows"], json!(["plan:kr"]));
    assert_eq!(out["changes"][0]["field"], "second-factor");
    let text = out.to_string();
    for column in
        ["SELECT token_hash FROM session", "SELECT secret_hash FROM api_key", "SELECT code_hash FROM recovery_code"]
    {
        assert!(!text.contains(&house.text(column).unwrap()), "{column}");
    }
    assert!(!text.contains(&key.secret));
    assert_eq!(code(house.read(&house.nobody(), |tx, ctx| account::export(tx, ctx, &[])).await), "permission.sign-in");
});

in_each_house!(deletion_leaves_an_empty_account_and_a_tombstone, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (officer, _) = house.staff("officer@example.org", Role::Officer, Some(agency)).await;
    let id = officer.account().unwrap();
    let expiry = house.clock_now().plus_days(9);
    house.write(&officer, move |tx, ctx| api_key::create(tx, ctx, "k", &["*:read".parse()?], expiry)).await.unwrap();
    follow(&house, &officer).await;
    let letters = Arc::clone(&house.letters);
    let request = link::Request { address: "new@example.org".to_owned(), ..link::Request::default() };
    house.write(&officer, move |tx, ctx| link::request_address(tx, ctx, &*letters, &request)).await.unwrap();
    let before = house.db.read(move |tx| person::of(tx, id, Assurance::Pseudonymous)).await.unwrap().unwrap();

    house.write(&officer, |tx, ctx| account::delete(tx, ctx, &others())).await.unwrap();
    for table in ["session", "api_key", "totp", "recovery_code", "credential", "membership", "link", "login_link"] {
        assert_eq!(house.number(&format!("SELECT COUNT(*) FROM {table}")), 0, "{table}");
    }
    let row = "SELECT status || name || COALESCE(email, '-') FROM account";
    assert_eq!(house.text(row).as_deref(), Some("deleted{}-"));
    assert_eq!(house.number("SELECT COUNT(*) FROM person_key WHERE account IS NULL AND released_at IS NOT NULL"), 1);
    assert_eq!(
        house.text("SELECT object FROM inbox WHERE kind = 'account.deleted' AND public = 0"),
        Some(format!("account:{id}"))
    );
    assert_eq!(house.db.read(move |tx| account::contact(tx, id)).await.unwrap(), None);

    let back = house.enter("officer@example.org").await;
    assert!(back.created);
    let new = back.device.account;
    assert_ne!(new, id);
    let after = house.db.read(move |tx| person::of(tx, new, Assurance::Pseudonymous)).await.unwrap().unwrap();
    assert_eq!(after, before, "the same person is recognised");
    assert_eq!(code(house.grant(&house.system(), "gone", Role::Officer, Some(agency)).await), "identity.email");
    let gone = madang_identity::membership::Whom::Account(id);
    let granted = house
        .write(&house.system(), move |tx, ctx| {
            madang_identity::membership::grant(tx, ctx, &gone, Role::Officer, Some(agency))
        })
        .await;
    assert_eq!(code(granted), "identity.account-unknown");
});

in_each_house!(the_last_administrator_cannot_delete_or_be_shut, house, {
    let (admin, _) = house.administrator().await;
    let id = admin.account().unwrap();
    assert_eq!(code(house.write(&admin, |tx, ctx| account::delete(tx, ctx, &[])).await), "identity.last-administrator");
    assert!(house.read(&admin, account::me).await.is_ok(), "nothing was deleted");
    assert_eq!(
        code(house.write(&house.system(), move |tx, ctx| account::suspend(tx, ctx, id, "x")).await),
        "identity.last-administrator"
    );
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, id, "x")).await),
        "identity.suspend-own"
    );
});

in_each_house!(a_suspended_account_is_shut_until_it_is_restored, house, {
    let (admin, _) = house.administrator().await;
    let (kim, _, token) = house.citizen("kim@example.org").await;
    let id = kim.account().unwrap();
    assert_eq!(
        code(house.write(&kim, move |tx, ctx| account::suspend(tx, ctx, id, "x")).await),
        "identity.suspend-own"
    );
    let (lee, _, _) = house.citizen("lee@example.org").await;
    assert_eq!(code(house.write(&lee, move |tx, ctx| account::suspend(tx, ctx, id, "x")).await), "permission.denied");
    assert_eq!(code(house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, id, " ")).await), "identity.reason");
    assert_eq!(code(house.write(&admin, move |tx, ctx| account::restore(tx, ctx, id, "x")).await), "identity.status");
    house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, id, "도배 신고")).await.unwrap();
    assert!(house.session(&token).await.is_none());
    let link = house.ask("kim@example.org").await.unwrap();
    assert_eq!(code(house.redeem(&house.nobody(), &link).await), "identity.suspended");
    assert_eq!(house.db.read(move |tx| account::contact(tx, id)).await.unwrap(), None);
    house.write(&admin, move |tx, ctx| account::restore(tx, ctx, id, "해제")).await.unwrap();
    assert!(house.redeem(&house.nobody(), &link).await.is_ok(), "the refusal did not use the link up");
    let (email, locale) = house.db.read(move |tx| account::contact(tx, id)).await.unwrap().unwrap();
    assert_eq!((email, locale), (crate::house::email("kim@example.org"), Locale::Ko));
    let unknown: AccountId = madang_base::Id::from_uuid(uuid::Uuid::nil());
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, unknown, "x")).await),
        "identity.account-unknown"
    );
});

async fn list(
    house: &House,
    ctx: &Ctx,
    filter: Filter,
    before: Option<AccountId>,
    limit: u32,
) -> Result<account::Page> {
    house.write(ctx, move |tx, ctx| account::list(tx, ctx, &filter, before, limit, "점검")).await
}

in_each_house!(administrators_find_accounts_page_by_page, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (admin, _) = house.administrator().await;
    let mut all = vec![admin.account().unwrap()];
    for n in 0..4 {
        house.clock.advance_seconds(1);
        all.push(house.enter(&format!("p{n}@example.org")).await.device.account);
    }
    let admin = Ctx { now: admin.now.plus_seconds(10), ..admin };
    all.push(house.grant(&admin, "officer@example.org", Role::Officer, Some(agency)).await.unwrap());
    all.reverse();

    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = list(&house, &admin, Filter::default(), before, 4).await.unwrap();
        seen.extend(page.accounts.iter().map(|(account, _)| account.id));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, all);

    let one = Filter { email: Some("P2@example.org".to_owned()), ..Filter::default() };
    assert_eq!(list(&house, &admin, one, None, 9).await.unwrap().accounts.len(), 1);
    let officers = Filter { role: Some(Role::Officer), organisation: Some(agency), ..Filter::default() };
    let found = list(&house, &admin, officers, None, 9).await.unwrap().accounts;
    assert_eq!((found.len(), found[0].1[0].role), (1, Role::Officer));
    let nobody = Filter { role: Some(Role::Lead), organisation: Some(agency), ..Filter::default() };
    assert!(list(&house, &admin, nobody, None, 9).await.unwrap().accounts.is_empty());
    let shut = Filter { status: Some(Status::Suspended), ..Filter::default() };
    assert!(list(&house, &admin, shut, None, 9).await.unwrap().accounts.is_empty());
    let bad = Filter { email: Some("p2".to_owned()), ..Filter::default() };
    assert_eq!(code(list(&house, &admin, bad, None, 9).await), "identity.email");
    let (kim, _, _) = house.citizen("kim@example.org").await;
    assert_eq!(code(list(&house, &kim, Filter::default(), None, 9).await), "permission.denied");
});

in_each_house!(an_administrator_without_the_second_factor_sees_nobody, house, {
    house.grant(&house.system(), "admin@example.org", Role::Administrator, None).await.unwrap();
    let token = house.enter("admin@example.org").await.token;
    let (admin, _) = house.as_token(&token).await;
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let id = kim.account().unwrap();
    assert_eq!(code(list(&house, &admin, Filter::default(), None, 9).await), "permission.second-factor");
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| account::view(tx, ctx, id, "x")).await),
        "permission.second-factor"
    );
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| session::end_all_of(tx, ctx, id)).await),
        "permission.second-factor"
    );
});

in_each_house!(public_pages_name_the_role_and_never_the_person, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (admin, _) = house.administrator().await;
    let officer = house.grant(&admin, "officer@example.org", Role::Officer, Some(agency)).await.unwrap();
    let label = house.db.read(move |tx| account::public_label(tx, officer)).await.unwrap();
    assert_eq!(label, Some((Role::Officer, agency)));
    let admin = admin.account().unwrap();
    assert_eq!(house.db.read(move |tx| account::public_label(tx, admin)).await.unwrap(), None);
});
