//! The listener and its connections: HTTP/1.1 with a limit on their number, on the time a head may take, and an orderly
//! end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use madang_kernel::wake::Stop;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::config::Server;
use crate::exit::{Exit, Failure, Outcome};
use crate::metrics::Registry;

/// Takes the address.
pub(crate) fn bind(address: SocketAddr) -> Outcome<TcpListener> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(1024)
    };
    listen().map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!(
                    "another program has port {}; stop it, or choose another with --listen {}:PORT",
                    address.port(),
                    address.ip()
                )
            }
            io::ErrorKind::PermissionDenied => {
                "ports below 1024 belong to the administrator; choose another with --listen and put a proxy in front"
                    .to_owned()
            }
            io::ErrorKind::AddrNotAvailable => {
                "this machine does not have that address; 0.0.0.0 stands for all of its own".to_owned()
            }
            _ => "choose another address with --listen ADDR:PORT".to_owned(),
        };
        Failure::new(Exit::Address, "cannot listen").at(address).why(error).advice(advice)
    })
}

/// Serves connections until told to stop.
pub(crate) struct Listener {
    pub(crate) socket: TcpListener,
    pub(crate) router: Router,
    pub(crate) metrics: Arc<Registry>,
    pub(crate) header_timeout: Duration,
    pub(crate) connections: usize,
    pub(crate) grace: Duration,
}

impl Listener {
    pub(crate) fn new(socket: TcpListener, router: Router, metrics: Arc<Registry>, server: &Server) -> Self {
        let Server { header_timeout, connections, grace, .. } = *server;
        Self { socket, router, metrics, header_timeout, connections, grace }
    }

    /// Takes connections until `stop` is told, then lets running requests end, for at most the grace.
    pub(crate) async fn run(self, mut stop: Stop) {
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(self.connections));
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (place, self.socket.accept().await)
            };
            let (place, accepted) = tokio::select! {
                next = next => next,
                () = stop.set() => break,
            };
            let Ok(place) = place else { break };
            match accepted {
                Ok((stream, peer)) => {
                    let connection = self.connection(stream, peer, &graceful);
                    let metrics = Arc::clone(&self.metrics);
                    tokio::spawn(async move {
                        let open = metrics.connection_opens();
                        // A connection that breaks is the client's business.
                        connection.await;
                        drop((open, place));
                    });
                }
                Err(error) => {
                    // Out of file descriptors, or a client that left before it was taken: never an end of serving.
                    tracing::warn!(%error, "cannot take a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(self.socket);
        if tokio::time::timeout(self.grace, graceful.shutdown()).await.is_err() {
            tracing::warn!(grace = ?self.grace, "requests did not end in time and are cut off");
        }
    }

    fn connection(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        graceful: &GracefulShutdown,
    ) -> impl Future<Output = ()> + use<> {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY is not to be had");
        }
        let router = self.router.clone();
        let service = tower::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header_timeout)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
        }
    }
}
