//! Signing in by mail.

use std::sync::Arc;

use madang_base::{Error, Kind, Locale};
use madang_identity::{Factor, Method, account, link, person, upkeep};
use madang_kernel::Assurance;

use crate::house::{House, code};
use crate::in_each_house;

in_each_house!(a_link_signs_in_once_and_makes_the_account, house, {
    let token = house.ask("Kim@Example.org").await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM account"), 0, "asking makes no account");
    assert_eq!(house.text("SELECT recipient FROM mail").as_deref(), Some("kim@example.org"));
    assert_eq!(house.text("SELECT subject FROM mail").as_deref(), Some("로그인"));
    assert!(house.text("SELECT token_hash FROM login_link").is_some_and(|hash| hash != token));

    let link::Redeemed::SignedIn(first) = house.redeem(&house.nobody(), &token).await.unwrap() else { panic!() };
    assert!(first.created);
    assert_eq!((first.factor, first.device.method), (Factor::NotNeeded, Method::Mail));
    assert_eq!(first.device.assurance, Assurance::Pseudonymous);
    assert_eq!(first.device.agent, "Firefox · Linux");
    let (session, person) = house.session(&first.token).await.unwrap();
    assert_eq!((session.account, person.account), (first.device.account, first.device.account));
    assert!(person.grants.is_empty() && !person.second_factor && person.scopes.is_none());
    assert_eq!(code(house.redeem(&house.nobody(), &token).await), "identity.link-used");

    let second = house.enter("kim@example.org").await;
    assert!(!second.created);
    assert_eq!(second.device.account, first.device.account);
    assert_ne!(second.token, first.token);
});

in_each_house!(opening_a_link_changes_nothing, house, {
    let token = house.ask("kim@example.org").await.unwrap();
    let now = house.clock_now();
    let before = house.text("SELECT CAST(used_at AS TEXT) FROM login_link");
    for _ in 0..3 {
        let token = token.clone();
        let opened = house.db.read(move |tx| link::open(tx, &token, now)).await.unwrap();
        assert_eq!(opened.address, "k***@example.org");
        assert_eq!(opened.purpose, link::Purpose::SignIn);
    }
    assert_eq!(house.text("SELECT CAST(used_at AS TEXT) FROM login_link"), before);
    assert_eq!(house.number("SELECT COUNT(*) FROM session"), 0);
    assert!(house.redeem(&house.nobody(), &token).await.is_ok());
});

in_each_house!(old_and_unknown_links_say_what_they_are, house, {
    let token = house.ask("kim@example.org").await.unwrap();
    house.clock.advance_seconds(15 * 60);
    assert_eq!(code(house.redeem(&house.nobody(), &token).await), "identity.link-expired");
    assert_eq!(code(open(&house, &token).await), "identity.link-expired");
    let unknown = "0".repeat(64);
    assert_eq!(code(house.redeem(&house.nobody(), &unknown).await), "identity.link-unknown");
    assert_eq!(code(open(&house, "no token").await), "identity.link-unknown");
    assert_eq!(house.number("SELECT COUNT(*) FROM account"), 0);
});

async fn open(house: &House, token: &str) -> madang_base::Result<link::Opened> {
    let (token, now) = (token.to_owned(), house.clock_now());
    house.db.read(move |tx| link::open(tx, &token, now)).await
}

in_each_house!(using_one_link_ends_the_others_in_the_mailbox, house, {
    let first = house.ask("kim@example.org").await.unwrap();
    let other = house.ask("lee@example.org").await.unwrap();
    let second = house.ask("kim@example.org").await.unwrap();
    house.redeem(&house.nobody(), &second).await.unwrap();
    assert_eq!(code(house.redeem(&house.nobody(), &first).await), "identity.link-used");
    assert!(house.redeem(&house.nobody(), &other).await.is_ok());
});

in_each_house!(two_at_once_with_one_link_let_one_in, house, {
    let token = house.ask("kim@example.org").await.unwrap();
    let nobody = house.nobody();
    let (a, b) = tokio::join!(house.redeem(&nobody, &token), house.redeem(&nobody, &token));
    assert_eq!([&a, &b].iter().filter(|outcome| outcome.is_ok()).count(), 1, "{a:?} {b:?}");
    assert_eq!(house.number("SELECT COUNT(*) FROM session"), 1);
});

in_each_house!(the_sixth_request_for_an_address_in_an_hour_is_refused, house, {
    for _ in 0..5 {
        house.ask("kim@example.org").await.unwrap();
    }
    let error: Error = house.ask("KIM@example.org").await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (Kind::RateLimited, "identity.too-many"));
    assert_eq!(error.args()["minutes"], "60");
    assert!(house.ask("lee@example.org").await.is_ok(), "another address is another's");
    assert_eq!(house.number("SELECT COUNT(*) FROM mail"), 6);
    assert!(house.text("SELECT bucket FROM rate_limit").is_some_and(|bucket| !bucket.contains("kim")));
    house.clock.advance_seconds(3601);
    assert!(house.ask("kim@example.org").await.is_ok(), "the window moves on");
});

in_each_house!(a_network_has_its_limit_too, house, {
    for n in 0..60 {
        house.ask(&format!("a{n}@example.org")).await.unwrap();
    }
    assert_eq!(code(house.ask("b@example.org").await), "identity.too-many");
    let letters = Arc::clone(&house.letters);
    let unknown = link::Request { address: "b@example.org".to_owned(), ..link::Request::default() };
    house.write(&house.nobody(), move |tx, ctx| link::request(tx, ctx, &*letters, &unknown)).await.unwrap();
});

in_each_house!(what_is_no_address_is_refused, house, {
    assert_eq!(code(house.ask("kim").await), "identity.email");
    assert_eq!(house.number("SELECT COUNT(*) FROM mail"), 0);
});

in_each_house!(the_mail_speaks_the_language_of_the_page_and_the_way_back_is_kept, house, {
    let letters = Arc::clone(&house.letters);
    let mut ctx = house.nobody();
    ctx.locale = Locale::En;
    let request = link::Request {
        address: "kim@example.org".to_owned(),
        network: String::new(),
        return_to: Some("/en/plans/kr-2021".to_owned()),
    };
    house.write(&ctx, move |tx, ctx| link::request(tx, ctx, &*letters, &request)).await.unwrap();
    assert_eq!(house.text("SELECT subject FROM mail").as_deref(), Some("Sign in"));
    assert!(house.text("SELECT text FROM mail").unwrap().contains("/en/"));
    let link::Redeemed::SignedIn(signed_in) = house.redeem(&ctx, &house.letters.last()).await.unwrap() else {
        panic!()
    };
    assert_eq!(signed_in.return_to.as_deref(), Some("/en/plans/kr-2021"));
    assert_eq!(house.text("SELECT locale FROM account").as_deref(), Some("en"));
});

async fn ask_address(house: &House, ctx: &madang_kernel::Ctx, address: &str) -> madang_base::Result<String> {
    let letters = Arc::clone(&house.letters);
    let request = link::Request { address: address.to_owned(), ..link::Request::default() };
    house.write(ctx, move |tx, ctx| link::request_address(tx, ctx, &*letters, &request)).await?;
    Ok(house.letters.last())
}

in_each_house!(an_address_is_changed_by_its_owner_only, house, {
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let (lee, _, _) = house.citizen("lee@example.org").await;
    assert_eq!(code(ask_address(&house, &house.nobody(), "new@example.org").await), "permission.sign-in");

    let token = ask_address(&house, &kim, "new@example.org").await.unwrap();
    assert_eq!(code(house.redeem(&lee, &token).await), "identity.link-of-another");
    assert_eq!(code(house.redeem(&house.nobody(), &token).await), "permission.sign-in");
    assert!(matches!(house.redeem(&kim, &token).await.unwrap(), link::Redeemed::AddressAdded));
    let me = house.read(&kim, account::me).await.unwrap();
    assert_eq!(me.account.email.as_deref(), Some("new@example.org"));
    assert_eq!(me.credentials.len(), 1, "the old address signs in no more");
    assert_eq!(house.enter("new@example.org").await.device.account, kim.account().unwrap());
    assert!(house.enter("kim@example.org").await.created, "the old address is anybody's");

    let taken = ask_address(&house, &kim, "lee@example.org").await.unwrap();
    assert_eq!(code(house.redeem(&kim, &taken).await), "identity.address-taken");
    let same = ask_address(&house, &kim, "new@example.org").await.unwrap();
    assert!(house.redeem(&kim, &same).await.is_ok());
});

in_each_house!(an_address_that_moves_to_another_does_not_make_two_people_one, house, {
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let own = kim.account().unwrap();
    let first = house.db.read(move |tx| person::of(tx, own, Assurance::Pseudonymous)).await.unwrap().unwrap();
    let token = ask_address(&house, &kim, "new@example.org").await.unwrap();
    house.redeem(&kim, &token).await.unwrap();
    let after = house.db.read(move |tx| person::of(tx, own, Assurance::Pseudonymous)).await.unwrap().unwrap();
    assert_eq!(first, after);
    let next = house.enter("kim@example.org").await.device.account;
    assert_eq!(house.db.read(move |tx| person::of(tx, next, Assurance::Pseudonymous)).await.unwrap(), None);
    assert_eq!(house.db.read(move |tx| person::of(tx, own, Assurance::Verified)).await.unwrap(), None);
});

in_each_house!(upkeep_throws_away_what_has_run_out, house, {
    house.ask("lee@example.org").await.unwrap();
    house.enter("kim@example.org").await;
    let now = house.clock_now();
    assert_eq!(house.db.write(move |tx| upkeep::purge(tx, now)).await.unwrap(), 0);
    let later = now.plus_days(200);
    assert!(house.db.write(move |tx| upkeep::purge(tx, later)).await.unwrap() >= 6);
    for table in ["login_link", "session", "rate_limit", "oidc_state"] {
        assert_eq!(house.number(&format!("SELECT COUNT(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(house.number("SELECT COUNT(*) FROM account"), 1);
});
