//! The loop that takes connections: patient with slow clients, but only so much.

mod framing;
mod linger;
mod patience;
mod strict;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::config::ServerSettings;
use strict::Strict;

/// The most that one connection holds in memory of what it reads.
const MAX_BUFFER: usize = 256 << 10;

/// Serves a router until the server is told to stop, then lets requests under way finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: &ServerSettings,
    closing: CancellationToken,
) {
    let permits = Arc::new(Semaphore::new(settings.max_connections as usize));
    let graceful = GracefulShutdown::new();
    let http = connection_settings(settings);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &permits) => accepted,
            () = closing.cancelled() => break,
        };
        match accepted {
            Ok((stream, address, permit)) => {
                let connection = Connection {
                    stream,
                    address,
                    permit,
                    router: router.clone(),
                    idle: settings.body_idle(),
                    closing: closing.clone(),
                };
                tokio::spawn(connection.run(http.clone(), graceful.watcher()));
            }
            // Out of file descriptors, as a rule: those under way must finish first.
            Err(error) => {
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    let patience = Duration::from_secs(settings.shutdown_timeout);
    if timeout(patience, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still under way and were cut off");
    }
}

fn connection_settings(settings: &ServerSettings) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(settings.header_timeout))
        .max_buf_size(MAX_BUFFER);
    http
}

async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    Ok((stream, address, permit))
}

/// One client's connection.
struct Connection {
    stream: TcpStream,
    address: SocketAddr,
    permit: OwnedSemaphorePermit,
    router: Router,
    /// How long the client may take nothing of an answer.
    idle: Duration,
    closing: CancellationToken,
}

impl Connection {
    async fn run(self, http: http1::Builder, watcher: Watcher) {
        let Self {
            stream,
            address,
            permit,
            router,
            idle,
            closing,
        } = self;
        let _ = stream.set_nodelay(true);
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(address);
            router.clone().oneshot(request)
        });
        let stream = TokioIo::new(Strict::new(stream, idle, closing));
        let connection = http.serve_connection(stream, service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(permit);
    }
}
