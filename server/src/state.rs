//! What every handler may reach.

use std::sync::Arc;

use axum::extract::FromRef;
use ipnet::IpNet;
use library::Library;
use metrics_exporter_prometheus::PrometheusHandle;
use model::{AccountLimits, Secret};
use tokio_util::sync::CancellationToken;

use crate::{
    config::ServerSettings,
    links::{Links, Origin},
    middleware::rates::Rates,
    site::Site,
};

/// What every handler may reach; cheap to clone.
#[derive(Clone)]
pub struct State {
    pub library: Library,
    shared: Arc<Shared>,
}

/// The part of the state that never changes.
pub struct Shared {
    pub links: Links,
    /// The sites whose scripts may read media.
    pub cors_origins: Vec<Origin>,
    pub proxies: Vec<IpNet>,
    pub server: ServerSettings,
    /// How often each token and session may ask.
    pub rates: Rates,
    /// The largest body of a request that is not an upload.
    pub max_body: usize,
    pub site: Site,
    pub metrics: PrometheusHandle,
    /// Opens `/metrics` on the main address; empty keeps it closed.
    pub metrics_token: Secret,
    /// What a new account may hold and bring in.
    pub default_limits: AccountLimits,
    /// Ends when the server is told to stop: bodies under way end there.
    pub closing: CancellationToken,
}

impl State {
    /// Puts together what handlers may reach.
    pub fn new(library: Library, shared: Shared) -> Self {
        Self {
            library,
            shared: Arc::new(shared),
        }
    }
}

impl std::ops::Deref for State {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl FromRef<State> for Library {
    fn from_ref(state: &State) -> Self {
        state.library.clone()
    }
}
