//! `satchel serve`: opens the library, listens, works, and ends in good order.

use std::{io::Write, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use library::{Library, SystemClock, jobs::Workers};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    cli::{CommandError, Outcome},
    config::Settings,
    health,
    links::Links,
    listen, logging, metering,
    middleware::rates::Rates,
    router::router,
    site::Site,
    state::{Shared, State},
};

/// How long requests under way may go on as if nothing had happened, before their bodies end.
const UNDISTURBED: Duration = Duration::from_secs(3);

pub(crate) async fn run(settings: Settings) -> Outcome {
    logging::start(&settings.log);
    let stopping = CancellationToken::new();
    let closing = CancellationToken::new();
    // Signals count from here on, so that a stop during the start is not lost.
    tokio::spawn(stop_on_signal(stopping.clone(), closing.clone())?);

    let listener = bind(settings.listen).await?;
    let bound = listener.local_addr()?;
    let public_url = settings.public_url(bound)?;
    let library = Library::open(settings.library(&public_url)?, Arc::new(SystemClock)).await?;
    let state = state(&settings, library.clone(), public_url, closing)?;
    let metrics = serve_metrics(&settings, &state, stopping.clone()).await?;
    let workers = library.start_workers();

    announce(bound, &state).await?;
    if bound.ip().is_unspecified() && settings.public_url.is_empty() {
        println(
            "other machines need an address in links: set SATCHEL_PUBLIC_URL to the one people use",
        )?;
    }
    tokio::join!(
        listen::serve(listener, router(state), &settings.server, stopping.clone()),
        drain(workers, &settings, stopping),
    );
    if let Some(metrics) = metrics {
        let _ = metrics.await;
    }
    library.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Lets jobs under way finish once the server is told to stop, within the time there is.
async fn drain(workers: Workers, settings: &Settings, stopping: CancellationToken) {
    stopping.cancelled().await;
    let patience = Duration::from_secs(settings.server.shutdown_timeout);
    if timeout(patience, workers.drain()).await.is_err() {
        tracing::warn!("some jobs were still under way; they will be taken up again");
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| CommandError::Usage(format!("cannot listen on {address}: {error}")))
}

fn state(
    settings: &Settings,
    library: Library,
    public_url: String,
    closing: CancellationToken,
) -> Result<State, CommandError> {
    let media_url = settings.library(&public_url)?.media_url;
    let metrics = metering::start().map_err(|error| CommandError::Usage(error.to_string()))?;
    let shared = Shared {
        links: Links {
            public_url,
            media_url,
        },
        cors_origins: settings.cors_origins()?,
        proxies: settings.proxies()?,
        server: settings.server.clone(),
        rates: Rates::new(settings.rate_limits),
        max_body: settings.server.max_body()?,
        site: Site::find(&settings.site_dir),
        metrics,
        metrics_token: settings.metrics.token.clone(),
        default_limits: settings.limits.account_limits()?,
        closing,
    };
    Ok(State::new(library, shared))
}

/// Serves `/metrics` on its own address, where one is set.
async fn serve_metrics(
    settings: &Settings,
    state: &State,
    closing: CancellationToken,
) -> Result<Option<tokio::task::JoinHandle<()>>, CommandError> {
    let address = settings.metrics.listen.trim();
    if address.is_empty() {
        return Ok(None);
    }
    let address: SocketAddr = address
        .parse()
        .map_err(|_| CommandError::Usage("metrics.listen: not an address and port".to_owned()))?;
    let listener = bind(address).await?;
    println(&format!("metrics on http://{}", listener.local_addr()?))?;
    let routes = health::metrics_routes(state);
    let settings = settings.server.clone();
    Ok(Some(tokio::spawn(async move {
        listen::serve(listener, routes, &settings, closing).await;
    })))
}

/// Says where we listen and, while nobody has an account, how to make the first.
async fn announce(bound: SocketAddr, state: &State) -> Outcome {
    println(&format!("listening on http://{bound}"))?;
    if let Some(token) = state.library.create_setup_token().await? {
        let link = state.links.to(&format!("/setup/{}", token.expose()));
        println(&format!("set up at {link}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a line at once, for scripts that wait for it.
fn println(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Stops the server at the first `SIGTERM` or `SIGINT`; bodies still arriving end a little later.
fn stop_on_signal(
    stopping: CancellationToken,
    closing: CancellationToken,
) -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        stopping.cancel();
        tokio::time::sleep(UNDISTURBED).await;
        closing.cancel();
    })
}
