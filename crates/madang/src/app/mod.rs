//! The application that handlers see, put together from an open site and its configuration, and what runs beside it.

mod cases;
mod follow;
mod jobs;
mod ledger;
mod mail;
mod personal;
mod search;
mod supports;
mod webhooks;

use std::net::SocketAddr;
use std::sync::Arc;

use madang_adapters::{HttpOptions, http, oidc::OidcClient, webhook::HttpCaller};
use madang_base::{Error, LocalizedText};
use madang_cases::Cases;
use madang_flows::search::Search;
use madang_http::{App, AppParts, Site as Face};
use madang_identity::{OidcProvider, ProviderConfig};
use madang_kernel::Assurance;
use madang_kernel::log::Log;
use madang_kernel::webhook::Caller;
use madang_web::mail_texts::SiteMailTexts;
use madang_web::view::{Folders, Templates};
use madang_web::{CatalogueWords, Wiring};
use tokio::sync::watch;

use crate::config::{Config, Oidc};
use crate::exit::{Exit, Failure, Outcome};
use crate::site::{self, Site};

pub(crate) use cases::{cases, install, read as read_definition};
pub(crate) use follow::Follower;
pub(crate) use jobs::worker;
pub(crate) use ledger::{cosign, integrator, key_file, signing_key};
pub(crate) use search::{search, search_builder, search_follower};
pub(crate) use supports::folds;
pub(crate) use webhooks::Webhooks;

/// How the site calls itself.
pub(crate) fn face(config: &Config, listen: SocketAddr, demo: bool) -> Face {
    let base_url = config.base_url(listen);
    Face {
        name: LocalizedText::new(&config.site.name_ko, &config.site.name_en),
        government: LocalizedText::new(&config.site.government_ko, &config.site.government_en),
        official: config.site.official,
        demo,
        secure_cookies: base_url.starts_with("https://"),
        base_url,
    }
}

/// Templates and messages, with the site's own over those shipped.
fn templates(config: &Config) -> Outcome<Arc<Templates>> {
    let folders = Folders { templates: config.site.templates.clone(), locales: config.site.messages.clone() };
    Templates::new(&folders).map(Arc::new).map_err(|error| {
        Failure::new(Exit::Configuration, "a template or a message file is not in order")
            .why(site::cause(&error))
            .advice("mend it, or leave site.templates and site.messages away")
    })
}

/// The words of identity's mails.
pub(crate) fn mail_texts(config: &Config) -> Outcome<SiteMailTexts> {
    Ok(SiteMailTexts::new(templates(config)?, face(config, config.server.listen, false)))
}

/// The application, and the switch that tells menus which plan is in force.
pub(crate) fn build(
    site: &Site,
    config: &Config,
    listen: SocketAddr,
    demo: bool,
    cases: Cases,
    log: Log,
    search: Search,
) -> Outcome<(App, Wiring)> {
    let templates = templates(config)?;
    let wiring = Wiring::new(Arc::clone(&templates)).with_personal_data(vec![
        Arc::new(personal::Follows),
        Arc::new(personal::Filed(cases.clone())),
        Arc::new(personal::Reads),
    ]);
    let face = face(config, listen, demo);
    let mut own = axum::http::Extensions::new();
    own.insert(wiring.clone());
    own.insert(cases);
    own.insert(log);
    own.insert(search);
    own.insert(caller(site, demo)?);
    let app = App::new(AppParts {
        db: site.db.clone(),
        clock: Arc::clone(&site.clock),
        rng: Arc::clone(&site.rng),
        keys: Arc::clone(&site.keys),
        blobs: site.blobs.clone(),
        oidc: providers(site, config, &face)?,
        site: face,
        words: Arc::new(CatalogueWords(templates)),
        own,
    });
    Ok((app, wiring))
}

/// What calls webhooks. A demonstration may call programs on the same machine.
pub(crate) fn caller(site: &Site, demo: bool) -> Outcome<Arc<dyn Caller>> {
    HttpCaller::new(demo).map(|caller| Arc::new(caller) as Arc<dyn Caller>).map_err(|error| site.failure(&error))
}

/// What keeps the wiring up to date; it has looked once.
pub(crate) async fn follower(site: &Site, position: watch::Receiver<i64>, wiring: Wiring) -> Outcome<Follower> {
    let follower = Follower { db: site.db.clone(), position, wiring };
    follower.look().await.map_err(|error| site.failure(&error))?;
    Ok(follower)
}

fn providers(site: &Site, config: &Config, face: &Face) -> Outcome<Vec<Arc<dyn OidcProvider>>> {
    if config.oidc.is_empty() {
        return Ok(Vec::new());
    }
    let bad = |name: &str, error: &Error| {
        Failure::new(Exit::Configuration, format_args!("the provider {name} cannot be used"))
            .why(site::cause(error))
            .advice(site::message(error, site.locale))
    };
    let client = http::client(&HttpOptions::default()).map_err(|error| bad("(any)", &error))?;
    let provider = |oidc: &Oidc| {
        let callback = format!("{}/sign-in/oidc/{}/return", face.base_url, oidc.name);
        let (clock, rng) = (Arc::clone(&site.clock), Arc::clone(&site.rng));
        OidcClient::new(provider_config(oidc), &callback, client.clone(), clock, rng)
            .map(|client| Arc::new(client) as Arc<dyn OidcProvider>)
            .map_err(|error| bad(&oidc.name, &error))
    };
    config.oidc.iter().map(provider).collect()
}

fn provider_config(oidc: &Oidc) -> ProviderConfig {
    ProviderConfig {
        slug: oidc.name.clone(),
        name: LocalizedText::new(&oidc.label_ko, &oidc.label_en),
        issuer: oidc.issuer.clone(),
        client_id: oidc.client_id.clone(),
        client_secret: oidc.client_secret.as_ref().map(|secret| secret.expose().to_owned()).unwrap_or_default(),
        scopes: oidc.scopes.clone(),
        person_claim: oidc.claim.clone(),
        person_space: oidc.space.clone(),
        assurance: if oidc.verified { Assurance::Verified } else { Assurance::Pseudonymous },
    }
}
