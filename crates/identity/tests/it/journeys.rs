//! Signing in with a provider; the provider itself is played here, a real one is in the tests of `adapters`.

use std::collections::BTreeMap;

use madang_base::{LocalizedText, Result};
use madang_identity::oidc::{self, Begun, Claims, Journey, Returned};
use madang_identity::{Method, ProviderConfig, SignedIn, account, person};
use madang_kernel::{Assurance, Ctx};

use crate::house::{AGENT, House, code};
use crate::in_each_house;

pub fn provider(slug: &str) -> ProviderConfig {
    ProviderConfig {
        slug: slug.to_owned(),
        name: LocalizedText::new("정부", "Government"),
        issuer: format!("https://{slug}.example"),
        client_id: "madang".to_owned(),
        client_secret: "secret".to_owned(),
        scopes: Vec::new(),
        person_claim: "ci".to_owned(),
        person_space: "kr-ci".to_owned(),
        assurance: Assurance::Verified,
    }
}

fn claims(provider: &ProviderConfig, subject: &str, ci: Option<&str>) -> Claims {
    let mut texts = BTreeMap::from([("sub".to_owned(), subject.to_owned())]);
    if let Some(ci) = ci {
        texts.insert("ci".to_owned(), ci.to_owned());
    }
    Claims {
        issuer: provider.issuer.clone(),
        subject: subject.to_owned(),
        email: Some(format!("{subject}@example.org")),
        email_verified: true,
        name: Some("홍길동".to_owned()),
        texts,
    }
}

const BROWSER: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

async fn begin(house: &House, ctx: &Ctx, provider: &ProviderConfig, journey: Journey) -> Result<String> {
    let state = ctx.rng.token();
    let begun = Begun {
        url: String::new(),
        state: state.clone(),
        nonce: "nonce".to_owned(),
        verifier: "the-verifier".to_owned(),
    };
    let provider = provider.clone();
    house.write(ctx, move |tx, ctx| oidc::begin(tx, ctx, &provider, &begun, &journey)).await?;
    Ok(state)
}

fn journey(add: bool) -> Journey {
    Journey { browser: BROWSER.to_owned(), network: "n".to_owned(), return_to: Some("/ko/plans".to_owned()), add }
}

async fn take(house: &House, ctx: &Ctx, state: &str, browser: &'static str) -> Result<Returned> {
    let state = state.to_owned();
    house.write(ctx, move |tx, ctx| oidc::take(tx, ctx, &state, browser)).await
}

async fn finish(
    house: &House,
    ctx: &Ctx,
    provider: &ProviderConfig,
    claims: Claims,
    returned: Returned,
) -> Result<SignedIn> {
    let provider = provider.clone();
    house.write(ctx, move |tx, ctx| oidc::sign_in(tx, ctx, &provider, &claims, &returned, AGENT)).await
}

async fn whole(house: &House, ctx: &Ctx, provider: &ProviderConfig, claims: Claims, add: bool) -> Result<SignedIn> {
    let state = begin(house, ctx, provider, journey(add)).await?;
    let returned = take(house, ctx, &state, BROWSER).await?;
    finish(house, ctx, provider, claims, returned).await
}

in_each_house!(a_journey_comes_back_once_to_the_same_browser, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    let state = begin(&house, &nobody, &gov, journey(false)).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM oidc_state WHERE state_hash LIKE '________________________________________________________________'"), 1);
    let returned = take(&house, &nobody, &state, BROWSER).await.unwrap();
    assert_eq!(
        (returned.provider.as_str(), returned.nonce.as_str(), returned.verifier.as_str()),
        ("gov", "nonce", "the-verifier")
    );
    assert_eq!(returned.return_to.as_deref(), Some("/ko/plans"));
    assert_eq!(take(&house, &nobody, &state, BROWSER).await.err().unwrap().code(), "identity.journey-unknown");

    let state = begin(&house, &nobody, &gov, journey(false)).await.unwrap();
    let other = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
    for browser in [other, "", "x"] {
        assert_eq!(take(&house, &nobody, &state, browser).await.err().unwrap().code(), "identity.journey-unknown");
    }
    assert_eq!(take(&house, &nobody, "x", BROWSER).await.err().unwrap().code(), "identity.journey-unknown");
    house.clock.advance_seconds(15 * 60);
    let late = house.nobody();
    assert_eq!(take(&house, &late, &state, BROWSER).await.err().unwrap().code(), "identity.journey-unknown");
});

in_each_house!(the_first_sign_in_makes_an_account_and_the_next_finds_it, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    let first = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    assert!(first.created);
    assert_eq!((first.device.method, first.device.assurance), (Method::Oidc, Assurance::Verified));
    assert_eq!(first.return_to.as_deref(), Some("/ko/plans"));
    let (ctx, _) = house.as_token(&first.token).await;
    let me = house.read(&ctx, account::me).await.unwrap();
    assert_eq!(me.account.email.as_deref(), Some("u1@example.org"));
    assert_eq!(me.account.name.exact("ko"), Some("홍길동"));
    assert!(house.text("SELECT key FROM person_key").is_some_and(|key| !key.contains("ci-1") && key.len() == 64));
    let second = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    assert!(!second.created);
    assert_eq!(second.device.account, first.device.account);
});

in_each_house!(an_equal_address_joins_nothing, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    let mail = house.enter("u1@example.org").await.device.account;
    let signed_in = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    assert_ne!(signed_in.device.account, mail);
    assert_eq!(house.enter("u1@example.org").await.device.account, mail);
});

in_each_house!(an_address_that_is_not_verified_is_not_kept, house, {
    let gov = provider("gov");
    let unverified = Claims { email_verified: false, name: None, ..claims(&gov, "u1", Some("ci-1")) };
    whole(&house, &house.nobody(), &gov, unverified, false).await.unwrap();
    assert_eq!(house.text("SELECT email FROM account"), None);
    assert_eq!(house.text("SELECT name FROM account").as_deref(), Some("{}"));
});

in_each_house!(one_person_has_one_account_whichever_provider_says_so, house, {
    let (gov, bank, nobody) = (provider("gov"), provider("bank"), house.nobody());
    let first = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    let second = whole(&house, &nobody, &bank, claims(&bank, "b7", Some("ci-1")), false).await.unwrap();
    assert_eq!(first.device.account, second.device.account, "the same person in the same space");
    let other = whole(&house, &nobody, &bank, claims(&bank, "b8", Some("ci-2")), false).await.unwrap();
    assert_ne!(other.device.account, first.device.account);
    let elsewhere = ProviderConfig { person_space: String::new(), ..provider("abroad") };
    let third = whole(&house, &nobody, &elsewhere, claims(&elsewhere, "x", Some("ci-1")), false).await.unwrap();
    assert_ne!(third.device.account, first.device.account, "the same word in another space is another person");
});

in_each_house!(a_person_who_comes_back_is_the_same_person, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    let first = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    let old = first.device.account;
    let before = house.db.read(move |tx| person::of(tx, old, Assurance::Verified)).await.unwrap().unwrap();
    let (ctx, _) = house.as_token(&first.token).await;
    house.write(&ctx, |tx, ctx| account::delete(tx, ctx, &[])).await.unwrap();
    let again = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    assert!(again.created);
    let new = again.device.account;
    assert_eq!(house.db.read(move |tx| person::of(tx, new, Assurance::Verified)).await.unwrap(), Some(before));
});

in_each_house!(an_identity_is_added_to_the_account_that_is_signed_in, house, {
    let gov = provider("gov");
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let added = whole(&house, &kim, &gov, claims(&gov, "u1", Some("ci-1")), true).await.unwrap();
    assert_eq!(added.device.account, kim.account().unwrap());
    let me = house.read(&kim, account::me).await.unwrap();
    assert_eq!(me.credentials.len(), 2);
    assert_eq!(me.account.email.as_deref(), Some("kim@example.org"), "an address that is there stays");
    let id = added.device.account;
    assert!(house.db.read(move |tx| person::of(tx, id, Assurance::Verified)).await.unwrap().is_some());

    let (lee, _, _) = house.citizen("lee@example.org").await;
    let taken = whole(&house, &lee, &gov, claims(&gov, "u1", Some("ci-1")), true).await;
    assert_eq!(code(taken), "identity.identity-taken");
    let same_person = whole(&house, &lee, &gov, claims(&gov, "u2", Some("ci-1")), true).await;
    assert_eq!(code(same_person), "identity.person-has-account");
    assert_eq!(code(begin(&house, &house.nobody(), &gov, journey(true)).await), "permission.sign-in");
    let state = begin(&house, &kim, &gov, journey(true)).await.unwrap();
    let returned = take(&house, &lee, &state, BROWSER).await.unwrap();
    let swapped = finish(&house, &lee, &gov, claims(&gov, "u3", Some("ci-3")), returned).await;
    assert_eq!(code(swapped), "identity.link-of-another");
});

in_each_house!(deleting_an_account_ends_its_journeys, house, {
    let gov = provider("gov");
    let (kim, _, _) = house.citizen("kim@example.org").await;
    begin(&house, &kim, &gov, journey(true)).await.unwrap();
    house.write(&kim, |tx, ctx| account::delete(tx, ctx, &[])).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM oidc_state"), 0);
});

in_each_house!(a_provider_that_proves_persons_must_say_which, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    let silent = whole(&house, &nobody, &gov, claims(&gov, "u1", None), false).await;
    assert_eq!(code(silent), "identity.person-claim");
    let empty = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("")), false).await;
    assert_eq!(code(empty), "identity.person-claim");
    let weak = ProviderConfig { assurance: Assurance::Pseudonymous, ..gov.clone() };
    let signed_in = whole(&house, &nobody, &weak, claims(&weak, "u1", None), false).await.unwrap();
    assert_eq!(signed_in.device.assurance, Assurance::Pseudonymous);
});

in_each_house!(claims_of_another_provider_are_a_defect, house, {
    let (gov, bank, nobody) = (provider("gov"), provider("bank"), house.nobody());
    let crossed = whole(&house, &nobody, &gov, claims(&bank, "u1", Some("ci-1")), false).await;
    assert_eq!(code(crossed), "internal");
});

in_each_house!(a_suspended_person_does_not_get_in_by_another_door, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    let (admin, _) = house.administrator().await;
    let first = whole(&house, &nobody, &gov, claims(&gov, "u1", Some("ci-1")), false).await.unwrap();
    let id = first.device.account;
    house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, id, "도배")).await.unwrap();
    for subject in ["u1", "u2"] {
        let back = whole(&house, &nobody, &gov, claims(&gov, subject, Some("ci-1")), false).await;
        assert_eq!(code(back), "identity.suspended");
    }
});

in_each_house!(journeys_from_one_network_have_a_limit, house, {
    let (gov, nobody) = (provider("gov"), house.nobody());
    for _ in 0..120 {
        begin(&house, &nobody, &gov, journey(false)).await.unwrap();
    }
    assert_eq!(code(begin(&house, &nobody, &gov, journey(false)).await), "identity.too-many");
});

#[test]
fn the_configuration_of_a_provider_is_checked() {
    provider("gov").check().unwrap();
    let with = |change: fn(&mut ProviderConfig)| {
        let mut config = provider("gov");
        change(&mut config);
        config.check().map_err(|error| error.code())
    };
    assert_eq!(with(|c| c.slug = "G ov".to_owned()), Err("identity.provider-slug"));
    assert_eq!(with(|c| c.issuer = "http://gov.example".to_owned()), Err("identity.provider-issuer"));
    assert_eq!(with(|c| c.issuer = "http://localhost.evil.example".to_owned()), Err("identity.provider-issuer"));
    assert_eq!(with(|c| c.issuer = "http://127.0.0.1:4000".to_owned()), Ok(()));
    assert_eq!(with(|c| c.assurance = Assurance::Anonymous), Err("identity.provider-assurance"));
    assert_eq!(provider("gov").space(), "kr-ci");
    let shown = format!("{:?}", provider("gov"));
    assert!(!shown.contains("\"secret\""), "{shown}");
}

/// A first and a second sign-in, and a person who comes back, for the story of all statements.
pub async fn round(house: &House, gov: &ProviderConfig) {
    let nobody = house.nobody();
    let first = whole(house, &nobody, gov, claims(gov, "u1", Some("ci-1")), false).await.unwrap();
    let (ctx, _) = house.as_token(&first.token).await;
    house.write(&ctx, |tx, ctx| account::delete(tx, ctx, &[])).await.unwrap();
    whole(house, &nobody, gov, claims(gov, "u1", Some("ci-1")), false).await.unwrap();
}
