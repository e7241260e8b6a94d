//! Identity's port [`OidcProvider`] made real: discovery, the authorisation address, the exchange of the code, and the
//! check of what the provider signed (signature, issuer, audience, times, nonce, hash of the access token).
//!
//! What the provider's documents say is kept for an hour; when a signature does not hold, keys may have changed, so the
//! documents are fetched once more before the sign-in is refused. Only signatures with a key pair are accepted.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use madang_base::{Error, Result, SharedClock, SharedRng, Time};
use madang_identity::{Begun, Claims, OidcProvider, ProviderConfig};
use madang_kernel::BoxFuture;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AdditionalClaims, AsyncHttpClient, AuthType, AuthorizationCode, Client, ClientId,
    ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IdTokenClaims, IdTokenFields, IdTokenVerifier, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, StandardErrorResponse,
    StandardTokenResponse, SubjectIdentifier, TokenResponse as _, UserInfoClaims, http,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

/// Claims that the standard has no field for: `ci`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Other {
    #[serde(flatten)]
    all: BTreeMap<String, serde_json::Value>,
}

impl AdditionalClaims for Other {}

type Fields = IdTokenFields<
    Other,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Signed = IdTokenClaims<Other, CoreGenderClaim>;
type Told = UserInfoClaims<Other, CoreGenderClaim>;

/// A client that can read [`Other`] claims.
type Reader = Client<
    Other,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// How long a provider's documents are kept, in seconds.
const KEEP: i64 = 3600;
/// The longest answer that is read, in bytes.
const LONGEST: usize = 1 << 20;
/// Signatures that are accepted: those whose key the provider alone has.
const SIGNATURES: [CoreJwsSigningAlgorithm; 10] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EcdsaP521Sha512,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Carries the library's requests.
struct Carrier(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Carrier {
    type Error = io::Error;
    type Future = BoxFuture<'c, io::Result<HttpResponse>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(io::Error::other)?;
            let mut response = self.0.execute(request).await.map_err(io::Error::other)?;
            let mut out = http::Response::builder().status(response.status());
            for (name, value) in response.headers() {
                out = out.header(name, value);
            }
            let mut body = Vec::new();
            while let Some(chunk) = response.chunk().await.map_err(io::Error::other)? {
                if body.len() + chunk.len() > LONGEST {
                    return Err(io::Error::other("the answer is too long"));
                }
                body.extend_from_slice(&chunk);
            }
            out.body(body).map_err(io::Error::other)
        })
    }
}

/// One provider.
pub struct OidcClient {
    config: ProviderConfig,
    /// The callback's whole address, as registered with the provider.
    callback: RedirectUrl,
    http: Carrier,
    clock: SharedClock,
    rng: SharedRng,
    known: Mutex<Option<(Time, Arc<CoreProviderMetadata>)>>,
}

impl std::fmt::Debug for OidcClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OidcClient").field("config", &self.config).finish_non_exhaustive()
    }
}

impl OidcClient {
    /// A client for the provider. Nothing is fetched yet: a provider that is away must not keep the site from starting.
    ///
    /// # Errors
    /// Those of [`ProviderConfig::check`]; `Kind::Invalid` `identity.provider-issuer` or `identity.provider-callback` for
    /// addresses that are none.
    pub fn new(
        config: ProviderConfig,
        callback: &str,
        http: reqwest::Client,
        clock: SharedClock,
        rng: SharedRng,
    ) -> Result<Self> {
        config.check()?;
        IssuerUrl::new(config.issuer.clone())
            .map_err(|e| Error::invalid("identity.provider-issuer").arg("value", &config.issuer).source(e))?;
        let callback = RedirectUrl::new(callback.to_owned())
            .map_err(|e| Error::invalid("identity.provider-callback").arg("value", callback).source(e))?;
        Ok(Self { config, callback, http: Carrier(http), clock, rng, known: Mutex::new(None) })
    }

    fn away(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::unavailable("identity.provider-away").arg("provider", &self.config.slug).source(source)
    }

    fn refused(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::unauthenticated("identity.provider-refused").arg("provider", &self.config.slug).source(source)
    }

    /// The provider's documents: kept ones, when they are fresh and `anew` is not asked for.
    async fn documents(&self, anew: bool) -> Result<Arc<CoreProviderMetadata>> {
        let mut known = self.known.lock().await;
        let now = self.clock.now();
        if let Some((at, documents)) = &*known
            && !anew
            && now.seconds_since(*at) < KEEP
        {
            return Ok(Arc::clone(documents));
        }
        let issuer = IssuerUrl::new(self.config.issuer.clone()).map_err(Error::internal)?;
        let found = CoreProviderMetadata::discover_async(issuer, &self.http).await;
        let found = Arc::new(found.map_err(|e| self.away(chain(&e)))?);
        *known = Some((now, Arc::clone(&found)));
        Ok(found)
    }

    fn secret(&self) -> Option<ClientSecret> {
        Some(self.config.client_secret.clone()).filter(|secret| !secret.is_empty()).map(ClientSecret::new)
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.config.client_id.clone())
    }

    async fn start(&self) -> Result<Begun> {
        let documents = self.documents(false).await?;
        let client = CoreClient::from_provider_metadata((*documents).clone(), self.id(), self.secret())
            .set_redirect_uri(self.callback.clone());
        let (state, nonce, verifier) = (self.rng.token(), self.rng.token(), self.rng.token());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (csrf, once) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let (url, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || csrf, move || once)
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Begun { url: url.into(), state, nonce, verifier })
    }

    async fn exchange(&self, code: &str, nonce: &str, verifier: &str) -> Result<Claims> {
        let documents = self.documents(false).await?;
        let tokens = self.tokens(&documents, code, verifier).await?;
        let nonce = Nonce::new(nonce.to_owned());
        let signed = match self.verify(&documents, &tokens, &nonce) {
            Ok(signed) => signed,
            Err(_) => self.verify(&*self.documents(true).await?, &tokens, &nonce)?,
        };
        let mut claims = self.signed(&signed);
        let wanting = claims.email.is_none() || !claims.texts.contains_key(&self.config.person_claim);
        if wanting && documents.userinfo_endpoint().is_some() {
            let subject = signed.subject().clone();
            let told = self.ask(&documents, tokens.access_token().clone(), subject).await?;
            add(&mut claims, &told);
        }
        Ok(claims)
    }

    async fn tokens(&self, documents: &CoreProviderMetadata, code: &str, verifier: &str) -> Result<Tokens> {
        let mut client = Reader::from_provider_metadata(documents.clone(), self.id(), self.secret())
            .set_redirect_uri(self.callback.clone());
        if let Some(methods) = documents.token_endpoint_auth_methods_supported()
            && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        {
            client = client.set_auth_type(AuthType::RequestBody);
        }
        client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| self.away(e))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(|e| match e {
                RequestTokenError::Request(e) => self.away(e.to_string()),
                RequestTokenError::ServerResponse(answer) => self.refused(answer.error().to_string()),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => self.refused("an answer that is none"),
            })
    }

    fn verify(&self, documents: &CoreProviderMetadata, tokens: &Tokens, nonce: &Nonce) -> Result<Signed> {
        let verifier: IdTokenVerifier<'_, CoreJsonWebKey> =
            IdTokenVerifier::new_public_client(self.id(), documents.issuer().clone(), documents.jwks().clone())
                .set_allowed_algs(SIGNATURES);
        let token = tokens.id_token().ok_or_else(|| self.refused("no ID token"))?;
        let claims = token.claims(&verifier, nonce).map_err(|e| self.refused(e))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|e| self.refused(e))?;
            let key = token.signing_key(&verifier).map_err(|e| self.refused(e))?;
            let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if actual.map_err(|e| self.refused(e))? != *expected {
                return Err(self.refused("another access token"));
            }
        }
        Ok(claims.clone())
    }

    async fn ask(
        &self,
        documents: &CoreProviderMetadata,
        token: AccessToken,
        subject: SubjectIdentifier,
    ) -> Result<Told> {
        let client = Reader::from_provider_metadata(documents.clone(), self.id(), self.secret());
        let request = client.user_info(token, Some(subject)).map_err(|e| self.away(e))?;
        request.request_async(&self.http).await.map_err(|e| self.refused(chain(&e)))
    }

    fn signed(&self, signed: &Signed) -> Claims {
        let mut texts = texts(signed.additional_claims());
        texts.insert("sub".to_owned(), signed.subject().to_string());
        Claims {
            issuer: self.config.issuer.clone(),
            subject: signed.subject().to_string(),
            email: signed.email().map(|email| email.to_string()),
            email_verified: signed.email_verified().unwrap_or(false),
            name: signed.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            texts,
        }
    }
}

fn texts(other: &Other) -> BTreeMap<String, String> {
    let text = |(name, value): (&String, &serde_json::Value)| Some((name.clone(), value.as_str()?.to_owned()));
    other.all.iter().filter_map(text).collect()
}

/// Fills in what was not signed. What was signed stays.
fn add(claims: &mut Claims, told: &Told) {
    if claims.email.is_none() {
        claims.email = told.email().map(|email| email.to_string());
        claims.email_verified = told.email_verified().unwrap_or(false);
    }
    if claims.name.is_none() {
        claims.name = told.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    }
    for (name, text) in texts(told.additional_claims()) {
        claims.texts.entry(name).or_insert(text);
    }
}

/// An error with its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut out = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        out = format!("{out}: {inner}");
        cause = inner.source();
    }
    out
}

impl OidcProvider for OidcClient {
    fn config(&self) -> &ProviderConfig {
        &self.config
    }

    fn begin(&self) -> BoxFuture<'_, Result<Begun>> {
        Box::pin(self.start())
    }

    fn finish<'a>(&'a self, code: &'a str, nonce: &'a str, verifier: &'a str) -> BoxFuture<'a, Result<Claims>> {
        Box::pin(self.exchange(code, nonce, verifier))
    }
}
