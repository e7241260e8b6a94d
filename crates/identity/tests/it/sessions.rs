//! Sessions: how long they hold, who ends them.

use madang_base::LocalizedText;
use madang_identity::session;
use madang_kernel::Role;
use madang_kernel::organisation::OrganisationKind;

use crate::house::code;
use crate::in_each_house;

in_each_house!(a_session_ends_when_idle_and_is_kept_by_being_seen, house, {
    let (_, _, token) = house.citizen("kim@example.org").await;
    house.clock.advance_seconds(13 * 86_400);
    let (ctx, session) = house.as_token(&token).await;
    assert!(session.touch);
    let seen = session.clone();
    house.write(&ctx, move |tx, ctx| session::touch(tx, ctx, &seen)).await.unwrap();
    house.clock.advance_seconds(299);
    assert!(!house.session(&token).await.unwrap().0.touch);
    house.clock.advance_seconds(13 * 86_400);
    assert!(house.session(&token).await.is_some(), "seen within two weeks");
    house.clock.advance_seconds(2 * 86_400);
    assert!(house.session(&token).await.is_none(), "not seen for two weeks");
});

in_each_house!(a_session_ends_after_ninety_days_in_any_case, house, {
    let (_, _, token) = house.citizen("kim@example.org").await;
    for _ in 0..8 {
        house.clock.advance_seconds(11 * 86_400);
        let (ctx, session) = house.as_token(&token).await;
        house.write(&ctx, move |tx, ctx| session::touch(tx, ctx, &session)).await.unwrap();
    }
    house.clock.advance_seconds(2 * 86_400);
    assert!(house.session(&token).await.is_none());
});

in_each_house!(staff_are_signed_out_sooner, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    house.grant(&house.system(), "officer@example.org", Role::Officer, Some(agency)).await.unwrap();
    let token = house.enter("officer@example.org").await.token;
    house.clock.advance_seconds(2 * 3600 - 1);
    assert!(house.session(&token).await.is_some());
    house.clock.advance_seconds(1);
    assert!(house.session(&token).await.is_none());
});

in_each_house!(tokens_that_are_none_find_nothing, house, {
    house.citizen("kim@example.org").await;
    assert!(house.session("").await.is_none());
    assert!(house.session("'; DROP TABLE session; --").await.is_none());
    assert!(house.session(&"f".repeat(64)).await.is_none());
    assert_eq!(house.text("SELECT token_hash FROM session").map(|hash| hash.len()), Some(64));
});

in_each_house!(people_see_and_end_their_own_sessions, house, {
    let (kim, here, token) = house.citizen("kim@example.org").await;
    house.clock.advance_seconds(60);
    let (_, there, elsewhere) = house.citizen("kim@example.org").await;
    let (lee, other, _) = house.citizen("lee@example.org").await;

    let devices = house.read(&kim, session::list).await.unwrap();
    assert_eq!(devices.iter().map(|device| device.id).collect::<Vec<_>>(), [there.id, here.id]);
    assert_eq!(code(house.read(&house.nobody(), session::list).await), "permission.sign-in");

    let id = other.id;
    assert_eq!(code(house.write(&kim, move |tx, ctx| session::end(tx, ctx, id)).await), "identity.session-unknown");
    let id = there.id;
    house.write(&kim, move |tx, ctx| session::end(tx, ctx, id)).await.unwrap();
    assert!(house.session(&elsewhere).await.is_none());
    assert_eq!(code(house.write(&kim, move |tx, ctx| session::end(tx, ctx, id)).await), "identity.session-unknown");

    house.citizen("kim@example.org").await;
    let keep = here.clone();
    assert_eq!(house.write(&kim, move |tx, ctx| session::end_all(tx, ctx, Some(&keep))).await.unwrap(), 1);
    assert!(house.session(&token).await.is_some());
    assert_eq!(house.write(&kim, |tx, ctx| session::end_all(tx, ctx, None)).await.unwrap(), 1);
    assert!(house.session(&token).await.is_none());
    assert_eq!(house.read(&lee, session::list).await.unwrap().len(), 1);
});

in_each_house!(signing_out_ends_this_session, house, {
    let (ctx, session, token) = house.citizen("kim@example.org").await;
    house.write(&ctx, move |tx, _| session::sign_out(tx, &session)).await.unwrap();
    assert!(house.session(&token).await.is_none());
});

in_each_house!(an_administrator_signs_somebody_out_everywhere, house, {
    let (admin, _) = house.administrator().await;
    let (kim, _, token) = house.citizen("kim@example.org").await;
    let id = kim.account().unwrap();
    assert_eq!(code(house.write(&kim, move |tx, ctx| session::end_all_of(tx, ctx, id)).await), "permission.denied");
    assert_eq!(house.write(&admin, move |tx, ctx| session::end_all_of(tx, ctx, id)).await.unwrap(), 1);
    assert!(house.session(&token).await.is_none());
});

in_each_house!(the_header_knows_the_name, house, {
    let (kim, _, token) = house.citizen("kim@example.org").await;
    house
        .write(&kim, |tx, ctx| madang_identity::account::edit(tx, ctx, " 김하나 ", madang_base::Locale::En))
        .await
        .unwrap();
    let (session, _) = house.session(&token).await.unwrap();
    assert_eq!(session.name, LocalizedText::default().with("ko", "김하나"));
    assert_eq!(session.locale, madang_base::Locale::En);
});
