//! Requests to addresses that people write: never into a private network.
//!
//! A name is looked up once for each connection, every address it has is looked at, and only those
//! are connected to, so that a name which leads elsewhere a moment later gains nothing. Redirects
//! are answers like others, and a proxy of the surroundings, which would look names up itself, is
//! not asked.

mod networks;

use std::{
    error::Error as StdError,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use futures::future::BoxFuture;
use model::Problem;
use reqwest::{
    Client, Method, RequestBuilder, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use tokio::sync::OnceCell;
use url::{Host, Url};

use crate::{Error, Result, config};

/// How long a request may take, from looking the name up to the last byte of the answer.
pub(crate) const DEADLINE: Duration = Duration::from_secs(15);
/// The most characters of an address.
const LONGEST: usize = 2_000;

/// The way out.
pub(crate) struct Egress {
    guard: Guard,
    /// Made when somebody first goes out: it reads the machine's certificates.
    client: OnceCell<Client>,
}

/// An address that may be asked, as far as can be told before its name is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination(Url);

/// Why nothing is sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error(
        "Write an address such as https://hooks.example.com/satchel, of at most 2 000 characters."
    )]
    Unreadable,
    #[error("Only https:// addresses are asked.")]
    Scheme,
    #[error("An address may not hold a name or a password.")]
    Credentials,
    #[error("This address leads into a private network, where nothing is sent.")]
    Private,
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::invalid("url", refused.to_string())
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Problem::from(refused).into()
    }
}

/// Looks names up.
trait Lookup: Send + Sync + 'static {
    fn lookup(&self, host: &str) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;
}

/// Looks names up as the machine does.
struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        let host = host.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.collect()) })
    }
}

/// Lets names through whose every address is open to all.
#[derive(Clone)]
struct Guard {
    rules: config::Egress,
    names: Arc<dyn Lookup>,
}

impl Guard {
    fn is_allowed(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        networks::is_public(ip) || self.rules.allow.iter().any(|network| network.contains(&ip))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = guard.names.lookup(name.as_str()).await?;
            if found.iter().all(|address| guard.is_allowed(address.ip())) {
                let addresses: Addrs = Box::new(found.into_iter());
                Ok(addresses)
            } else {
                Err(Refused::Private.into())
            }
        })
    }
}

impl Egress {
    /// The way out, under an operator's rules.
    pub fn new(rules: config::Egress) -> Self {
        Self::looking_up(rules, Arc::new(SystemLookup))
    }

    fn looking_up(rules: config::Egress, names: Arc<dyn Lookup>) -> Self {
        Self {
            guard: Guard { rules, names },
            client: OnceCell::new(),
        }
    }

    /// Reads an address; numbers in disguise (`http://2130706433/`) are read as what they are.
    pub fn parse(&self, text: &str) -> Result<Destination, Refused> {
        if text.len() > LONGEST {
            return Err(Refused::Unreadable);
        }
        let mut url = Url::parse(text.trim()).map_err(|_| Refused::Unreadable)?;
        match url.scheme() {
            "https" => {}
            "http" if self.guard.rules.http => {}
            _ => return Err(Refused::Scheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let ip: Option<IpAddr> = match url.host() {
            Some(Host::Ipv4(ip)) => Some(ip.into()),
            Some(Host::Ipv6(ip)) => Some(ip.into()),
            // Names are looked up when they are asked, each time anew.
            Some(Host::Domain(name)) => is_home(name).then_some(Ipv4Addr::LOCALHOST.into()),
            None => return Err(Refused::Unreadable),
        };
        if ip.is_some_and(|ip| !self.guard.is_allowed(ip)) {
            return Err(Refused::Private);
        }
        url.set_fragment(None);
        Ok(Destination(url))
    }

    /// A request to an address, without a body yet.
    pub async fn request(&self, method: Method, to: &Destination) -> Result<RequestBuilder> {
        let client = self.client.get_or_try_init(|| async { self.make_client() });
        Ok(client.await?.request(method, to.0.clone()))
    }

    fn make_client(&self) -> Result<Client> {
        // Quiet when it was done before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .dns_resolver(self.guard.clone())
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .timeout(DEADLINE)
            // A connection that is kept would not ask for its name again.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("Satchel/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Error::Inconsistent(format!("no way out: {}", reason(&error))))
    }
}

impl Destination {
    /// The address as it is kept.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Whether a name means this machine, whatever it is looked up as.
fn is_home(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// The first bytes of an answer; the rest is not read.
pub(crate) async fn read_some(response: &mut Response, most: usize) -> reqwest::Result<Vec<u8>> {
    let mut read = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = most - read.len();
        read.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if read.len() == most {
            break;
        }
    }
    Ok(read)
}

/// Why a request failed, in a sentence that names neither addresses nor what lies behind them.
pub(crate) fn reason(error: &reqwest::Error) -> String {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(refused) = error.downcast_ref::<Refused>() {
            return refused.to_string();
        }
        cause = error.source();
    }
    let what = if error.is_timeout() {
        "There was no answer in 15 seconds."
    } else if error.is_connect() {
        "No connection could be made: the name is not known, nobody listens, or TLS failed."
    } else {
        "The connection broke before the answer was there."
    };
    what.to_owned()
}

#[cfg(test)]
mod tests;
