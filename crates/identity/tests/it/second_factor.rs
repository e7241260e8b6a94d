//! The second factor.

use madang_base::{Error, Kind, Result};
use madang_identity::second_factor::{self, Passed};
use madang_identity::{Factor, api_key, session};
use madang_kernel::organisation::OrganisationKind;
use madang_kernel::{Ctx, ObjectKind, Role, Verb, history};

use crate::house::{House, code};
use crate::in_each_house;

async fn check(house: &House, session: &session::Session, code: &str) -> Result<Result<Passed>> {
    let (session, code) = (session.clone(), code.to_owned());
    house.write(&house.nobody(), move |tx, ctx| second_factor::check(tx, ctx, &session, &code)).await
}

async fn officer(house: &House) -> String {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    house.grant(&house.system(), "officer@example.org", Role::Officer, Some(agency)).await.unwrap();
    house.enter("officer@example.org").await.token
}

fn may_report(house: &House, ctx: &Ctx) -> Result<()> {
    let organisations: Vec<_> = ctx.actor.person().unwrap().organisations(Role::Officer).collect();
    let _ = house;
    ctx.require(Verb::Report, ObjectKind::Milestone, Some(madang_kernel::Owner::Organisations(&organisations)))
}

in_each_house!(an_officer_can_do_nothing_before_enrolling_and_all_after, house, {
    let token = officer(&house).await;
    let (ctx, session) = house.as_token(&token).await;
    assert_eq!(session.factor, Factor::ToEnrol);
    assert_eq!(code(may_report(&house, &ctx)), "permission.second-factor");

    let (raised, _, codes) = house.enrol(&token).await;
    assert_eq!(codes.len(), 10);
    assert!(house.session(&token).await.is_none(), "the token before is worth nothing");
    let (ctx, session) = house.as_token(&raised).await;
    assert_eq!(session.factor, Factor::Passed);
    may_report(&house, &ctx).unwrap();
    let state = house.read(&ctx, second_factor::state).await.unwrap();
    assert_eq!(state, second_factor::State { enrolled: true, codes_left: 10 });
});

in_each_house!(every_new_session_is_asked_for_a_code_that_is_good_once, house, {
    let token = officer(&house).await;
    let (_, secret, _) = house.enrol(&token).await;
    let signed_in = house.enter("officer@example.org").await;
    assert_eq!(signed_in.factor, Factor::ToCheck);
    let (_, session) = house.as_token(&signed_in.token).await;

    let used = house.code(&secret);
    let error: Error = check(&house, &session, &used).await.unwrap().err().unwrap();
    assert_eq!((error.kind(), error.code()), (Kind::Unauthenticated, "identity.code-wrong"), "used at enrolment");
    house.clock.advance_seconds(30);
    let next = house.code(&secret);
    let passed = check(&house, &session, &next).await.unwrap().unwrap();
    assert!(passed.recovery_codes.is_empty() && passed.codes_left.is_none());
    let (ctx, _) = house.as_token(&passed.token).await;
    may_report(&house, &ctx).unwrap();
    assert!(house.session(&signed_in.token).await.is_none());

    let again = house.enter("officer@example.org").await;
    let (_, session) = house.as_token(&again.token).await;
    assert_eq!(check(&house, &session, &next).await.unwrap().err().unwrap().code(), "identity.code-wrong", "a replay");
    assert_eq!(check(&house, &session, "000000").await.unwrap().err().unwrap().code(), "identity.code-wrong");
    assert_eq!(check(&house, &session, "").await.unwrap().err().unwrap().code(), "identity.code-wrong");
});

in_each_house!(a_recovery_code_is_good_once_and_counted, house, {
    let token = officer(&house).await;
    let (_, _, codes) = house.enrol(&token).await;
    let signed_in = house.enter("officer@example.org").await;
    let (_, session) = house.as_token(&signed_in.token).await;
    let passed = check(&house, &session, &codes[0].to_lowercase()).await.unwrap().unwrap();
    assert_eq!(passed.codes_left, Some(9));
    let (ctx, session) = house.as_token(&passed.token).await;
    assert_eq!(check(&house, &session, &codes[0]).await.unwrap().err().unwrap().code(), "identity.code-wrong");
    let stored = house.text("SELECT code_hash FROM recovery_code").unwrap();
    assert!(codes.iter().all(|code| !stored.contains(&code.replace('-', ""))));

    let fresh = house.write(&ctx, move |tx, ctx| second_factor::new_codes(tx, ctx, &session)).await.unwrap();
    assert_eq!(fresh.len(), 10);
    let signed_in = house.enter("officer@example.org").await;
    let (_, session) = house.as_token(&signed_in.token).await;
    assert!(check(&house, &session, &codes[1]).await.unwrap().is_err(), "the earlier codes are void");
    assert!(check(&house, &session, &fresh[1]).await.unwrap().is_ok());
});

in_each_house!(guessing_ends_after_ten_attempts_and_success_forgets_them, house, {
    let token = officer(&house).await;
    let (_, secret, _) = house.enrol(&token).await;
    let signed_in = house.enter("officer@example.org").await;
    let (_, session) = house.as_token(&signed_in.token).await;
    house.clock.advance_seconds(30);
    for _ in 0..9 {
        assert!(check(&house, &session, "123456").await.unwrap().is_err());
    }
    let passed = check(&house, &session, &house.code(&secret)).await.unwrap().unwrap();
    let (_, session) = house.as_token(&passed.token).await;
    for _ in 0..10 {
        assert!(check(&house, &session, "123456").await.unwrap().is_err(), "wrong attempts are written down");
    }
    house.clock.advance_seconds(30);
    assert_eq!(code(check(&house, &session, &house.code(&secret)).await), "identity.too-many");
    house.clock.advance_seconds(901);
    assert!(check(&house, &session, &house.code(&secret)).await.unwrap().is_ok());
});

in_each_house!(a_session_that_owes_a_code_may_nothing, house, {
    let (_, _, token) = house.citizen("kim@example.org").await;
    let (raised, ..) = house.enrol(&token).await;
    let signed_in = house.enter("kim@example.org").await;
    assert_eq!(signed_in.factor, Factor::ToCheck, "enrolled of free will");
    let (ctx, session) = house.as_token(&signed_in.token).await;
    assert_eq!(code(house.read(&ctx, madang_identity::account::me).await), "permission.scope");
    assert_eq!(code(house.read(&ctx, session::list).await), "permission.scope");
    let expiry = house.clock_now().plus_days(1);
    let made = house.write(&ctx, move |tx, ctx| api_key::create(tx, ctx, "k", &["*:*".parse()?], expiry)).await;
    assert_eq!(made.unwrap_err().code(), "permission.not-by-key");
    let (options, own) = (house.options.clone(), session.clone());
    let enrolled = house.write(&ctx, move |tx, ctx| second_factor::enrol(tx, ctx, &own, &options)).await;
    assert!(enrolled.is_err());
    let (ctx, _) = house.as_token(&raised).await;
    assert!(house.read(&ctx, madang_identity::account::me).await.is_ok());
});

in_each_house!(an_officer_who_owes_a_code_cannot_enrol_another_app, house, {
    let token = officer(&house).await;
    house.enrol(&token).await;
    let signed_in = house.enter("officer@example.org").await;
    let (ctx, session) = house.as_token(&signed_in.token).await;
    let (options, own) = (house.options.clone(), session.clone());
    let enrolled = house.write(&ctx, move |tx, ctx| second_factor::enrol(tx, ctx, &own, &options)).await;
    assert_eq!(enrolled.err().unwrap().code(), "permission.second-factor");
    let own = session.clone();
    let confirmed = house.write(&ctx, move |tx, ctx| second_factor::confirm(tx, ctx, &own, "123456")).await;
    assert_eq!(confirmed.err().unwrap().code(), "permission.second-factor");
    let codes = house.write(&ctx, move |tx, ctx| second_factor::new_codes(tx, ctx, &session)).await;
    assert_eq!(code(codes), "permission.second-factor");
});

in_each_house!(a_new_app_replaces_the_old_one_only_when_confirmed, house, {
    let token = officer(&house).await;
    let (token, old, _) = house.enrol(&token).await;
    house.clock.advance_seconds(60);
    let (ctx, session) = house.as_token(&token).await;
    let (options, own) = (house.options.clone(), session.clone());
    let new = house.write(&ctx, move |tx, ctx| second_factor::enrol(tx, ctx, &own, &options)).await.unwrap();
    assert!(new.uri.contains("otpauth://totp/") && new.uri.contains("officer"));
    assert!(check(&house, &session, &house.code(&old)).await.unwrap().is_ok(), "the old one is still in force");

    let signed_in = house.enter("officer@example.org").await;
    house.clock.advance_seconds(30);
    let (_, waiting) = house.as_token(&signed_in.token).await;
    let passed = check(&house, &waiting, &house.code(&old)).await.unwrap().unwrap();
    let (ctx, session) = house.as_token(&passed.token).await;
    let (wrong, right) = ("000000".to_owned(), house.code(&new.secret));
    let own = session.clone();
    let refused = house.write(&ctx, move |tx, ctx| second_factor::confirm(tx, ctx, &own, &wrong)).await.unwrap();
    assert_eq!(refused.err().unwrap().code(), "identity.code-wrong");
    let own = session.clone();
    let passed =
        house.write(&ctx, move |tx, ctx| second_factor::confirm(tx, ctx, &own, &right)).await.unwrap().unwrap();
    house.clock.advance_seconds(60);
    let (ctx, session) = house.as_token(&passed.token).await;
    assert!(check(&house, &session, &house.code(&old)).await.unwrap().is_err());
    assert!(check(&house, &session, &house.code(&new.secret)).await.unwrap().is_ok());
    let own = session.clone();
    let nothing = house.write(&ctx, move |tx, ctx| second_factor::confirm(tx, ctx, &own, "000000")).await.unwrap();
    assert_eq!(nothing.err().unwrap().code(), "identity.not-enrolling");
});

in_each_house!(it_can_be_given_up_only_where_no_role_demands_it, house, {
    let token = officer(&house).await;
    let (token, ..) = house.enrol(&token).await;
    let (ctx, session) = house.as_token(&token).await;
    let own = session.clone();
    assert_eq!(
        code(house.write(&ctx, move |tx, ctx| second_factor::remove(tx, ctx, &own)).await),
        "identity.factor-demanded"
    );

    let (_, _, token) = house.citizen("kim@example.org").await;
    let (ctx, session) = house.as_token(&token).await;
    let own = session.clone();
    assert_eq!(
        code(house.write(&ctx, move |tx, ctx| second_factor::remove(tx, ctx, &own)).await),
        "identity.not-enrolled"
    );
    let own = session.clone();
    assert_eq!(
        code(house.write(&ctx, move |tx, ctx| second_factor::new_codes(tx, ctx, &own)).await),
        "identity.not-enrolled"
    );
    assert_eq!(check(&house, &session, "123456").await.unwrap().err().unwrap().code(), "identity.not-enrolled");
    let (token, ..) = house.enrol(&token).await;
    let (ctx, session) = house.as_token(&token).await;
    house.write(&ctx, move |tx, ctx| second_factor::remove(tx, ctx, &session)).await.unwrap();
    assert_eq!(house.enter("kim@example.org").await.factor, Factor::NotNeeded);
});

in_each_house!(an_enrolment_that_was_begun_asks_nothing_yet, house, {
    let (ctx, session, _) = house.citizen("kim@example.org").await;
    let (options, own) = (house.options.clone(), session.clone());
    house.write(&ctx, move |tx, ctx| second_factor::enrol(tx, ctx, &own, &options)).await.unwrap();
    assert_eq!(house.enter("kim@example.org").await.factor, Factor::NotNeeded);
    assert_eq!(check(&house, &session, "123456").await.unwrap().err().unwrap().code(), "identity.not-enrolled");
});

in_each_house!(an_administrator_resets_it_for_another, house, {
    let (admin, own) = house.administrator().await;
    let token = officer(&house).await;
    let (token, ..) = house.enrol(&token).await;
    let (officer, session) = house.as_token(&token).await;
    let id = session.account;
    assert_eq!(
        code(house.write(&officer, move |tx, ctx| second_factor::reset(tx, ctx, id)).await),
        "permission.denied"
    );
    let mine = own.account;
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| second_factor::reset(tx, ctx, mine)).await),
        "identity.reset-own"
    );
    house.write(&admin, move |tx, ctx| second_factor::reset(tx, ctx, id)).await.unwrap();
    assert!(house.session(&token).await.is_none());
    assert_eq!(house.enter("officer@example.org").await.factor, Factor::ToEnrol);
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| second_factor::reset(tx, ctx, id)).await),
        "identity.not-enrolled"
    );
    let object = madang_kernel::Ref::new(ObjectKind::Account, id);
    let page = house.db.read(move |tx| history::history_of(tx, &object, None, 50)).await.unwrap();
    let last = page.entries.iter().find(|entry| entry.field == "second-factor").unwrap();
    assert_eq!((last.account, last.after.as_deref()), (Some(mine), Some("reset")));
});
