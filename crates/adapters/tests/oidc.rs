//! Signing in with a real OpenID Connect provider: npm `oidc-provider`, started by this test, walked through with plain
//! HTTP as a browser would.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use madang_adapters::oidc::OidcClient;
use madang_adapters::{HttpOptions, OsRng, SystemClock, http};
use madang_base::{Clock as _, Kind, LocalizedText, SharedRng};
use madang_db::testing::TestDb;
use madang_identity::oidc::{self, Journey};
use madang_identity::{Claims, OidcProvider as _, ProviderConfig, session};
use madang_kernel::{Actor, Assurance, Ctx, Keys};

const CALLBACK: &str = "http://127.0.0.1:9/sign-in/oidc/callback";

struct Provider {
    child: Child,
    /// Kept open: the provider ends when it cannot write.
    _said: BufReader<ChildStdout>,
    issuer: String,
}

impl Provider {
    fn start() -> Self {
        let e2e: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e");
        assert!(
            e2e.join("node_modules/oidc-provider").is_dir(),
            "the test provider is missing: script/bootstrap brings it (npm ci in e2e/)"
        );
        let mut child = Command::new("node")
            .arg(e2e.join("oidc-provider.mjs"))
            .arg(CALLBACK)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node runs: script/bootstrap brings it");
        let mut issuer = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut issuer).unwrap();
        if issuer.is_empty() {
            let mut why = String::new();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("the provider did not start: {why}");
        }
        Self { child, _said: said, issuer: issuer.trim().to_owned() }
    }

    fn config(&self) -> ProviderConfig {
        ProviderConfig {
            slug: "test".to_owned(),
            name: LocalizedText::new("시험", "Test"),
            issuer: self.issuer.clone(),
            client_id: "madang".to_owned(),
            client_secret: "a-secret-for-tests-only".to_owned(),
            scopes: vec!["email".to_owned(), "profile".to_owned()],
            person_claim: "ci".to_owned(),
            person_space: String::new(),
            assurance: Assurance::Verified,
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn client(config: ProviderConfig) -> OidcClient {
    let rng: SharedRng = Arc::new(OsRng);
    OidcClient::new(config, CALLBACK, http::client(&HttpOptions::default()).unwrap(), Arc::new(SystemClock), rng)
        .unwrap()
}

/// A browser: cookies and redirects, followed until the site's own callback.
struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        Self { http: http::client(&HttpOptions::default()).unwrap(), cookies: BTreeMap::new() }
    }

    /// Follows from `url` to a page or to the callback: the address where it ended, and the page.
    async fn go(&mut self, url: &str, form: Option<&[(&str, &str)]>) -> (String, String) {
        let mut url = url::Url::parse(url).unwrap();
        let mut form = form;
        for _ in 0..20 {
            if url.as_str().starts_with(CALLBACK) {
                return (url.into(), String::new());
            }
            let request = match form.take() {
                Some(fields) => self.http.post(url.clone()).form(fields),
                None => self.http.get(url.clone()),
            };
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let response = request.header("cookie", cookies.join("; ")).send().await.unwrap();
            for line in response.headers().get_all("set-cookie") {
                let pair = line.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            match response.headers().get("location") {
                Some(location) => url = url.join(location.to_str().unwrap()).unwrap(),
                None => return (url.into(), response.text().await.unwrap()),
            }
        }
        panic!("it goes round in circles");
    }

    /// Signs in as `login` and consents: the code and the state of the callback.
    async fn sign_in(&mut self, start: &str, login: &str) -> (String, String) {
        let (mut at, mut page) = self.go(start, None).await;
        for _ in 0..3 {
            if at.starts_with(CALLBACK) {
                break;
            }
            let action = page.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
            let action = url::Url::parse(&at).unwrap().join(action).unwrap().to_string();
            let prompt = if page.contains("name=\"login\"") { "login" } else { "consent" };
            (at, page) = self.go(&action, Some(&[("prompt", prompt), ("login", login), ("password", "any")])).await;
        }
        let url = url::Url::parse(&at).unwrap();
        let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        (query["code"].clone(), query["state"].clone())
    }
}

/// One whole journey.
async fn claims(client: &OidcClient, login: &str) -> Claims {
    let begun = client.begin().await.unwrap();
    let (code, state) = Browser::new().sign_in(&begun.url, login).await;
    assert_eq!(state, begun.state);
    client.finish(&code, &begun.nonce, &begun.verifier).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_provider_tells_who_somebody_is() {
    let provider = Provider::start();
    let client = client(provider.config());
    let begun = client.begin().await.unwrap();
    for part in ["code_challenge_method=S256", "nonce=", "state=", "scope=openid+email+profile", "client_id=madang"] {
        assert!(begun.url.contains(part), "{part} in {}", begun.url);
    }
    let claims = claims(&client, "gildong").await;
    assert_eq!((claims.issuer.as_str(), claims.subject.as_str()), (provider.issuer.as_str(), "gildong"));
    assert_eq!(claims.texts["ci"], "ci-gildong");
    assert_eq!((claims.email.as_deref(), claims.email_verified), (Some("gildong@example.org"), true));
    assert_eq!(claims.name.as_deref(), Some("Person gildong"));
    let unverified = self::claims(&client, "unverified-one").await;
    assert!(!unverified.email_verified);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_good_for_its_own_journey_only() {
    let provider = Provider::start();
    let client = client(provider.config());
    let first = client.begin().await.unwrap();
    let (code, _) = Browser::new().sign_in(&first.url, "gildong").await;
    let other = client.begin().await.unwrap();
    let refused = client.finish(&code, &first.nonce, &other.verifier).await.err().unwrap();
    assert_eq!((refused.kind(), refused.code()), (Kind::Unauthenticated, "identity.provider-refused"), "PKCE");

    let (code, _) = Browser::new().sign_in(&other.url, "gildong").await;
    let refused = client.finish(&code, &first.nonce, &other.verifier).await.err().unwrap();
    assert_eq!(refused.code(), "identity.provider-refused", "the nonce");
    let refused = client.finish(&code, &other.nonce, &other.verifier).await.err().unwrap();
    assert_eq!(refused.code(), "identity.provider-refused", "used before");
    let refused = client.finish("no code", &other.nonce, &other.verifier).await.err().unwrap();
    assert_eq!(refused.code(), "identity.provider-refused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_secret_is_refused_and_an_absent_provider_is_away() {
    let provider = Provider::start();
    let wrong = client(ProviderConfig { client_secret: "wrong".to_owned(), ..provider.config() });
    let begun = wrong.begin().await.unwrap();
    let (code, _) = Browser::new().sign_in(&begun.url, "gildong").await;
    let refused = wrong.finish(&code, &begun.nonce, &begun.verifier).await.err().unwrap();
    assert_eq!(refused.code(), "identity.provider-refused");
    assert!(!refused.to_string().contains("a-secret") && !format!("{wrong:?}").contains("wrong"));

    let away = client(ProviderConfig { issuer: "http://127.0.0.1:9".to_owned(), ..provider.config() });
    let error = away.begin().await.err().unwrap();
    assert_eq!((error.kind(), error.code()), (Kind::Unavailable, "identity.provider-away"));
    let other = ProviderConfig { issuer: provider.issuer.replace("127.0.0.1", "localhost"), ..provider.config() };
    assert_eq!(client(other).begin().await.err().unwrap().code(), "identity.provider-away", "the issuer to the letter");
}

#[test]
fn addresses_that_are_none_are_refused_at_once() {
    let http = http::client(&HttpOptions::default()).unwrap();
    let rng: SharedRng = Arc::new(OsRng);
    let config = |issuer: &str| ProviderConfig {
        slug: "test".to_owned(),
        name: LocalizedText::default(),
        issuer: issuer.to_owned(),
        client_id: String::new(),
        client_secret: String::new(),
        scopes: Vec::new(),
        person_claim: "sub".to_owned(),
        person_space: String::new(),
        assurance: Assurance::Pseudonymous,
    };
    let code = |issuer: &str, callback: &str| {
        OidcClient::new(config(issuer), callback, http.clone(), Arc::new(SystemClock), Arc::clone(&rng))
            .err()
            .map(|e| e.code())
    };
    assert_eq!(code("https://a.example", CALLBACK), None);
    assert_eq!(code("http://a.example", CALLBACK), Some("identity.provider-issuer"));
    assert_eq!(code("https://", CALLBACK), Some("identity.provider-issuer"));
    assert_eq!(code("https://a.example", "callback"), Some("identity.provider-callback"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_way_ends_in_a_session() {
    let provider = Provider::start();
    let client = Arc::new(client(provider.config()));
    let keys = Arc::new(Keys::generate(&OsRng));
    for db in TestDb::both() {
        let ctx = Ctx {
            actor: Actor::Anonymous,
            now: SystemClock.now(),
            rng: Arc::new(OsRng),
            locale: madang_base::Locale::Ko,
            keys: Arc::clone(&keys),
        };
        let mut accounts = Vec::new();
        for login in ["same-one", "same-two", "another", "same-one"] {
            let begun = client.begin().await.unwrap();
            let browser = ctx.rng.token();
            let journey = Journey { browser: browser.clone(), ..Journey::default() };
            let (at, config, start) = (ctx.clone(), client.config().clone(), begun.clone());
            db.write(move |tx| oidc::begin(tx, &at, &config, &start, &journey)).await.unwrap();

            let (code, state) = Browser::new().sign_in(&begun.url, login).await;
            let at = ctx.clone();
            let returned = db.write(move |tx| oidc::take(tx, &at, &state, &browser)).await.unwrap();
            let claims = client.finish(&code, &returned.nonce, &returned.verifier).await.unwrap();
            let (at, config) = (ctx.clone(), client.config().clone());
            let signed_in =
                db.write(move |tx| oidc::sign_in(tx, &at, &config, &claims, &returned, "curl")).await.unwrap();
            let (token, now) = (signed_in.token.clone(), ctx.now);
            let (_, person) = db.read(move |tx| session::find(tx, &token, now)).await.unwrap().unwrap();
            assert_eq!(person.assurance, Assurance::Verified);
            accounts.push(person.account);
        }
        assert_eq!(accounts[0], accounts[1], "one person, two logins");
        assert_eq!(accounts[0], accounts[3]);
        assert_ne!(accounts[0], accounts[2]);
    }
}
