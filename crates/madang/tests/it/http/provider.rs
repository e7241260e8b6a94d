//! An identity provider in this process: says yes to the code `good`, for one person. The real thing is met in the tests
//! of `adapters`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use madang_base::{Error, LocalizedText, Result, Rng, SeededRng};
use madang_identity::{Begun, Claims, OidcProvider, ProviderConfig};
use madang_kernel::{Assurance, BoxFuture};

use super::browser::{Browser, between};
use super::site::{TestSite, Who};

pub struct Provider {
    config: ProviderConfig,
    journeys: AtomicU64,
}

impl Default for Provider {
    fn default() -> Self {
        Self {
            config: ProviderConfig {
                slug: "gov".into(),
                name: LocalizedText::new("모바일 신분증", "Mobile ID"),
                issuer: "https://id.test".into(),
                client_id: "madang".into(),
                client_secret: String::new(),
                scopes: Vec::new(),
                person_claim: "ci".into(),
                person_space: String::new(),
                assurance: Assurance::Verified,
            },
            journeys: AtomicU64::new(0),
        }
    }
}

impl OidcProvider for Provider {
    fn config(&self) -> &ProviderConfig {
        &self.config
    }

    fn begin(&self) -> BoxFuture<'_, Result<Begun>> {
        let number = self.journeys.fetch_add(1, Ordering::SeqCst);
        let rng: &dyn Rng = &SeededRng::new(&number.to_be_bytes());
        let state = rng.token();
        let url = format!("https://id.test/authorize?state={state}");
        Box::pin(async move { Ok(Begun { url, state, nonce: "nonce".into(), verifier: "verifier".into() }) })
    }

    fn finish<'a>(&'a self, code: &'a str, nonce: &'a str, verifier: &'a str) -> BoxFuture<'a, Result<Claims>> {
        assert_eq!((nonce, verifier), ("nonce", "verifier"));
        Box::pin(async move {
            if code != "good" {
                return Err(Error::unauthenticated("identity.provider-refused"));
            }
            Ok(Claims {
                issuer: "https://id.test".into(),
                subject: "s-1".into(),
                email: Some("hong@id.test".into()),
                email_verified: true,
                name: Some("홍길동".into()),
                texts: BTreeMap::from([("ci".to_owned(), "CI-1".to_owned())]),
            })
        })
    }
}

/// Goes to the provider; gives the address to which it would send the browser back, without the code.
async fn away(browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> String {
    let sent = browser.post("/en/sign-in/oidc/gov", fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let state = sent.location().strip_prefix("https://id.test/authorize?state=").expect("to the provider").to_owned();
    format!("/sign-in/oidc/gov/return?state={state}")
}

#[tokio::test]
async fn a_provider_signs_in_the_browser_that_went_there() {
    for site in TestSite::all().await {
        let mut browser = site.visitor();
        browser.get("/ko/sign-in").await.shows("모바일 신분증");
        let back = away(&mut browser, &[("back", "/en/me/security")]).await;
        let mut other = site.visitor();
        assert_eq!(other.get(&format!("{back}&code=good")).await.status, 410, "another's journey");
        assert!(!other.has_session());

        let back = away(&mut browser, &[("back", "/en/me/security")]).await;
        let entered = browser.get(&format!("{back}&code=good")).await;
        assert_eq!((entered.status, entered.location().as_str()), (303, "/en/me/security"));
        browser.get("/en/me").await.shows("hong@id.test");
        assert_eq!(browser.get(&format!("{back}&code=good")).await.status, 410, "a journey is made once");
    }
}

#[tokio::test]
async fn what_a_provider_refuses_is_said_on_the_sign_in_page() {
    for site in TestSite::all().await {
        for end in ["&error=access_denied", "&code=bad"] {
            let mut browser = site.visitor();
            let back = away(&mut browser, &[]).await;
            let refused = browser.get(&format!("{back}{end}")).await;
            assert_eq!(refused.status, 422);
            refused.shows("error-summary");
            refused.shows("name=\"email\"");
            assert!(!browser.has_session());
        }
        assert_eq!(site.visitor().post("/en/sign-in/oidc/none", &[]).await.status, 404);
        assert_eq!(site.visitor().get("/sign-in/oidc/gov/return").await.status, 410);
    }
}

#[tokio::test]
async fn an_identity_is_added_to_the_account_that_is_signed_in() {
    for site in TestSite::all().await {
        let mut browser = site.sign_in_as(Who::Member).await;
        let page = browser.get("/en/me/security").await;
        let form = between(page.text(), "action=\"/en/sign-in/oidc/gov\"", "</form>").expect("a form that adds");
        assert!(form.contains("name=\"add\""));
        let back = away(&mut browser, &[("add", "yes"), ("back", "/en/me/security")]).await;
        let added = browser.get(&format!("{back}&code=good")).await;
        assert_eq!((added.status, added.location().as_str()), (303, "/en/me/security"), "{}", added.text());
        // From now on the provider leads to the same account.
        let mut other = site.visitor();
        let back = away(&mut other, &[]).await;
        other.get(&format!("{back}&code=good")).await;
        let ids = (other.get("/en/me/data").await.json(), browser.get("/en/me/data").await.json());
        assert_eq!(ids.0["account"]["id"], ids.1["account"]["id"]);
    }
}
