//! The accounts of a demonstration.

use madang_identity::demo::{self, Setup};
use madang_identity::{Factor, Options, account, person, second_factor};
use madang_kernel::{Assurance, Role};

use crate::house::{AGENT, House, code};
use crate::in_each_house;

async fn enter(house: &House, key: &'static str) -> madang_base::Result<madang_identity::SignedIn> {
    let options = house.options.clone();
    house.write(&house.nobody(), move |tx, ctx| demo::sign_in(tx, ctx, &options, key, Some("/ko/"), AGENT)).await
}

async fn shown(house: &House, account: madang_kernel::AccountId, options: Options) -> Option<String> {
    house.read(&house.nobody(), move |tx, ctx| demo::code(tx, ctx, &options, account)).await.unwrap()
}

in_each_house!(each_role_has_an_account_that_is_named_after_it, house, {
    let accounts = house.demo().await;
    let keys: Vec<_> = accounts.iter().map(|account| account.key.as_str()).collect();
    let house_keys = [
        ("administrator", "누리집 관리자", true),
        ("citizen", "시민", false),
        ("citizen-2", "둘째 시민", false),
        ("citizen-3", "셋째 시민", false),
        ("civil-society", "opennet 기관 활동가", false),
        ("clerk-mois", "mois 기관 창구 직원", true),
        ("committee", "위원", false),
        ("lead", "mois 기관 총괄 담당자", true),
        ("officer-mogef", "mogef 기관 담당자", true),
        ("officer-mois", "mois 기관 담당자", true),
        ("officer-mois-2", "mois 기관 둘째 담당자", true),
    ];
    assert_eq!(keys, house_keys.map(|(key, ..)| key));
    let names: Vec<_> = accounts.iter().map(|account| account.name.exact("ko").unwrap()).collect();
    assert_eq!(names, house_keys.map(|(_, name, _)| name));
    let asked: Vec<_> = accounts.iter().map(|account| account.second_factor).collect();
    assert_eq!(asked, house_keys.map(|(.., asked)| asked));
    assert_eq!(house.demo().await, accounts, "made once");
});

in_each_house!(they_are_entered_without_mail_and_the_page_shows_the_code, house, {
    house.demo().await;
    let citizen = enter(&house, "citizen").await.unwrap();
    assert_eq!((citizen.factor, citizen.device.assurance), (Factor::NotNeeded, Assurance::Verified));
    assert_eq!(citizen.return_to.as_deref(), Some("/ko/"));
    let id = citizen.device.account;
    assert!(house.db.read(move |tx| person::of(tx, id, Assurance::Verified)).await.unwrap().is_some());
    assert_eq!(shown(&house, id, house.options.clone()).await, None);

    for _ in 0..2 {
        let lead = enter(&house, "lead").await.unwrap();
        assert_eq!(lead.factor, Factor::ToCheck);
        let code = shown(&house, lead.device.account, house.options.clone()).await.unwrap();
        let (_, session) = house.as_token(&lead.token).await;
        let own = session.clone();
        let wrong =
            house.write(&house.nobody(), move |tx, ctx| second_factor::check(tx, ctx, &own, "0")).await.unwrap();
        assert!(wrong.is_err());
        let passed = house
            .write(&house.nobody(), move |tx, ctx| second_factor::check(tx, ctx, &session, &code))
            .await
            .unwrap()
            .unwrap();
        let (ctx, session) = house.as_token(&passed.token).await;
        assert!(
            ctx.actor.holds(Role::Lead) && session.factor == Factor::Passed,
            "the same code twice is all right here"
        );
        let options = house.options.clone();
        let enrolled = house.write(&ctx, move |tx, ctx| second_factor::enrol(tx, ctx, &session, &options)).await;
        assert_eq!(enrolled.err().unwrap().code(), "identity.factor-of-demo");
    }
    assert_eq!(code(enter(&house, "nobody").await), "identity.account-unknown");
});

in_each_house!(what_an_account_did_before_anybody_came_was_done_with_its_roles, house, {
    let accounts = house.demo().await;
    let options = house.options.clone();
    let system = house.system();
    let actor =
        |key: &'static str, options: Options| house.write(&system, move |tx, ctx| demo::person(tx, ctx, &options, key));
    let second = actor("officer-mois-2", options.clone()).await.unwrap();
    assert!(second.holds(Role::Officer) && second.second_factor && second.keys.verified.is_some());
    assert!(accounts.iter().any(|account| account.key == "officer-mois-2" && account.account == second.account));
    assert!(actor("clerk-mois", options.clone()).await.unwrap().holds(Role::Clerk));
    assert_eq!(code(actor("nobody", options.clone()).await), "identity.account-unknown");
    assert_eq!(code(actor("citizen", Options { demo: false, ..options.clone() }).await), "identity.demo-off");
    let asked = house.write(&house.nobody(), move |tx, ctx| demo::person(tx, ctx, &options, "citizen")).await;
    assert_eq!(code(asked), "permission.sign-in");
});

in_each_house!(a_code_of_a_real_account_is_never_shown, house, {
    let (_, _, token) = house.citizen("kim@example.org").await;
    let (token, ..) = house.enrol(&token).await;
    let (_, session) = house.as_token(&token).await;
    assert_eq!(shown(&house, session.account, house.options.clone()).await, None);
});

in_each_house!(where_it_is_no_demonstration_there_is_nothing, house, {
    let accounts = house.demo().await;
    let off = Options { demo: false, ..house.options.clone() };
    let options = off.clone();
    assert!(house.db.read(move |tx| demo::list(tx, &options)).await.unwrap().is_empty());
    let options = off.clone();
    let entered = house
        .write(&house.nobody(), move |tx, ctx| demo::sign_in(tx, ctx, &options, "administrator", None, AGENT))
        .await;
    assert_eq!(code(entered), "identity.demo-off");
    assert_eq!(shown(&house, accounts[0].account, off.clone()).await, None);
    let made = house.write(&house.system(), move |tx, ctx| demo::create(tx, ctx, &off, &Setup::default())).await;
    assert_eq!(code(made), "identity.demo-off");
});

in_each_house!(only_the_machine_makes_them_and_organisations_must_exist, house, {
    let options = house.options.clone();
    let made = house.write(&house.nobody(), move |tx, ctx| demo::create(tx, ctx, &options, &Setup::default())).await;
    assert_eq!(code(made), "permission.sign-in");
    let options = house.options.clone();
    let setup = Setup { agencies: vec!["nowhere".to_owned()], ..Setup::default() };
    let made = house.write(&house.system(), move |tx, ctx| demo::create(tx, ctx, &options, &setup)).await;
    assert_eq!(code(made), "identity.demo-organisation");
});

in_each_house!(a_demonstration_account_that_was_deleted_comes_back_as_the_same_person, house, {
    house.demo().await;
    let citizen = enter(&house, "citizen").await.unwrap();
    let id = citizen.device.account;
    let before = house.db.read(move |tx| person::of(tx, id, Assurance::Verified)).await.unwrap();
    let (ctx, _) = house.as_token(&citizen.token).await;
    house.write(&ctx, |tx, ctx| account::delete(tx, ctx, &[])).await.unwrap();
    house.demo().await;
    let id = enter(&house, "citizen").await.unwrap().device.account;
    assert_eq!(house.db.read(move |tx| person::of(tx, id, Assurance::Verified)).await.unwrap(), before);
});
