//! `madang serve` and `madang demo`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use madang_cases::figures::Follower as FigureFollower;
use madang_kernel::sequencer::Sequencer;
use madang_kernel::wake;
use madang_tlog::note::SigningKey;

use super::{Invocation, demo};
use crate::app::Webhooks;
use crate::exit::{Exit, Failure, Outcome};
use crate::metrics::Registry;
use crate::ops::{self, Ops};
use crate::server::{self, Listener, Outside};
use crate::site::{self, Absent, Site};
use crate::{app, terminal};

/// What is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Site,
    /// With two witnesses beside it, or without.
    Demo {
        witnesses: bool,
    },
}

pub(crate) fn run(invocation: &Invocation, what: What) -> Outcome {
    invocation.block_on(serve(invocation, what))
}

async fn serve(invocation: &Invocation, what: What) -> Outcome {
    let (as_demo, witnesses) = (what != What::Site, what == What::Demo { witnesses: true });
    let begun = Instant::now();
    let config = &invocation.config;
    let (stopper, stop) = wake::stop();
    // The addresses first: when one cannot be had, nothing has been made yet.
    let socket = server::bind(config.server.listen)?;
    let listen = socket.local_addr().map_err(|error| Failure::new(Exit::Address, error))?;
    let metrics_socket = config.server.metrics_listen.map(server::bind).transpose()?;
    server::on_signals(stopper)?;

    let site = site::open(config, Absent::Make, invocation.locale).await?;
    if as_demo {
        demo::prepare(&site).await?;
    }
    let mut cases = app::cases(config);
    if as_demo && cases.leading.is_none() {
        cases = cases.with_leading(Some(demo::LEADING.to_owned()));
    }
    app::install(&site, config, &cases).await?;
    let receipts = if as_demo { demo::fill(&site, &cases).await? } else { demo::Receipts::default() };
    let key = app::signing_key(&site, config, as_demo).await?;
    let verifier = key.as_ref().map(SigningKey::verifier);
    let integrator = app::integrator(&site, config, key).await;
    let log = integrator.log();
    let search = app::search(&site, config, &cases)?;
    let (app, wiring) = app::build(&site, config, listen, as_demo, cases.clone(), log.clone(), search.clone())?;
    let face = app.site.clone();
    let metrics = Arc::new(Registry::default());
    let ops = Arc::new(Ops {
        db: site.db.clone(),
        data: config.data.clone(),
        metrics: Arc::clone(&metrics),
        log: log.clone(),
    });
    let router = routes(app).merge(ops::router(Arc::clone(&ops), metrics_socket.is_none()));
    let router = server::wrap(router, outside(&site, invocation, &metrics));

    let sequencer = Sequencer::new(site.db.clone(), app::folds(&site, &cases)).behind(integrator.gate().clone());
    let position = sequencer.position();
    let worker = app::worker(&site, config, &face, &wiring.templates, &cases)?;
    let searching = app::search_follower(&site, &search, sequencer.position());
    let counting = FigureFollower { db: site.db.clone(), cases: cases.clone(), position: sequencer.position() };
    let follower = app::follower(&site, sequencer.position(), wiring).await?;
    let webhooks = Webhooks {
        db: site.db.clone(),
        clock: Arc::clone(&site.clock),
        rng: Arc::clone(&site.rng),
        keys: Arc::clone(&site.keys),
        position: sequencer.position(),
    };
    let mut asked = config.ledger.witnesses.clone();
    let own_witnesses = match verifier.filter(|_| witnesses) {
        Some(log) => demo::witnesses::start(&config.data, &log, listen, &stop)?,
        None => Vec::new(),
    };
    asked.extend(own_witnesses.iter().map(|one| one.address.clone()));
    let cosign = app::cosign(&site, &log, asked, as_demo)?;
    let background = [
        tokio::spawn({
            let stop = stop.clone();
            async move { sequencer.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { integrator.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { cosign.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { worker.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { follower.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { webhooks.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { searching.run(stop).await }
        }),
        tokio::spawn({
            let stop = stop.clone();
            async move { counting.run(stop).await }
        }),
        tokio::spawn({
            let (stop, db, position) = (stop.clone(), site.db.clone(), position);
            async move { cases.live.clone().run(db, cases, position, stop).await }
        }),
    ];
    let metrics_listener = metrics_socket.map(|socket| {
        let router = server::wrap(ops::metrics_router(ops), outside(&site, invocation, &metrics));
        tokio::spawn(Listener::new(socket, router, Arc::clone(&metrics), &config.server).run(stop.clone()))
    });

    announce(invocation, listen, as_demo.then_some(&receipts), &own_witnesses);
    let started = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%listen, version = env!("CARGO_PKG_VERSION"), engine = site.db.engine().name(), started_ms = started, "serving");
    Listener::new(socket, router, metrics, &config.server).run(stop).await;

    for task in background.into_iter().chain(metrics_listener) {
        if let Err(error) = task.await {
            tracing::error!(%error, "a background task ended in a panic");
        }
    }
    for witness in own_witnesses {
        witness.running.ended().await;
    }
    site.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The one route table.
fn routes(app: madang_http::App) -> Router {
    let routes = madang_web::routes().into_iter().chain(madang_api::routes()).collect();
    madang_http::router(app, routes)
}

fn outside(site: &Site, invocation: &Invocation, metrics: &Arc<Registry>) -> Outside {
    let server = &invocation.config.server;
    Outside {
        metrics: Arc::clone(metrics),
        trusted_proxies: server.trusted_proxies.clone(),
        request_timeout: server.request_timeout,
        body: server.body,
        log: invocation.config.log.requests,
        instance: site.rng.token()[..16].to_owned(),
        counter: 0.into(),
    }
}

fn announce(
    invocation: &Invocation,
    listen: SocketAddr,
    of_demo: Option<&demo::Receipts>,
    witnesses: &[demo::witnesses::Started],
) {
    let address = invocation.config.base_url(listen);
    if let Some(receipts) = of_demo {
        let witnesses: Vec<&str> = witnesses.iter().map(|one| one.address.url.as_str()).collect();
        demo::banner(&address, &invocation.config.data, receipts, &witnesses);
    } else {
        terminal::line(format_args!("madang listens on http://{listen}"));
    }
}
