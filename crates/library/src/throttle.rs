//! Slows down who guesses passwords: by person and network, by person, and by network.
//!
//! A person's own browser is let through while others guess at their door, so nobody can lock
//! them out; a session that lives is not touched at all.

use std::{net::IpAddr, time::Duration};

use model::{Problem, Sha256, Timestamp};

use crate::{
    Result,
    db::{Tx, attempts},
    digest,
};

/// Tries of one person from one network.
const CLOSE: Rule = Rule::new(5, 15 * 60);
/// Tries of one person from anywhere; for who comes from many networks.
const WIDE: Rule = Rule::new(9, 15 * 60);
/// Tries of anybody from one network; for who tries one password with many people.
const SPRAY: Rule = Rule::new(9, 5 * 60);

/// So many tries in so much time; the next one waits.
struct Rule {
    tries: i64,
    window: Duration,
}

impl Rule {
    const fn new(tries: i64, seconds: u64) -> Self {
        Self {
            tries,
            window: Duration::from_secs(seconds),
        }
    }

    /// How long the next try has to wait, given when the n-th last one was.
    fn wait(&self, nth_last: Option<Timestamp>, now: Timestamp) -> Option<Duration> {
        nth_last.map(|at| at.after(self.window).since(now))
    }
}

/// A try to sign in: who somebody says they are, and where they come from.
pub(crate) struct Try {
    email: Sha256,
    network: String,
}

impl Try {
    /// A try with an email address in lower case.
    pub fn new(email: &str, ip: Option<IpAddr>) -> Self {
        Self {
            email: digest::of(email.as_bytes()),
            network: ip.map(network).unwrap_or_default(),
        }
    }

    /// Notes the try, or refuses it; a refused one leaves no trace, so waiting helps.
    ///
    /// `known` says that the person's own browser asks.
    pub async fn begin(&self, tx: &mut Tx, now: Timestamp, known: bool) -> Result<()> {
        attempts::lock(tx).await?;
        if let Some(wait) = self.wait(tx, now, known).await? {
            return Err(Problem::too_many_requests(wait.as_secs() + 1).into());
        }
        attempts::insert(tx, self.email, &self.network, now).await
    }

    /// Forgets the tries of a person who got in.
    pub async fn succeed(&self, tx: &mut Tx) -> Result<()> {
        attempts::forgive(tx, self.email, &self.network).await
    }

    async fn wait(&self, tx: &mut Tx, now: Timestamp, known: bool) -> Result<Option<Duration>> {
        let since = |rule: &Rule| now.before(rule.window);
        let (email, network) = (self.email, self.network.as_str());
        let close = attempts::nth_last(tx, email, network, since(&CLOSE), CLOSE.tries).await?;
        let wide = attempts::nth_last_of_email(tx, email, since(&WIDE), WIDE.tries).await?;
        let spray = attempts::nth_last_of_network(tx, network, since(&SPRAY), SPRAY.tries).await?;
        let of_others = [WIDE.wait(wide, now), SPRAY.wait(spray, now)];
        Ok(of_others
            .into_iter()
            .filter(|_| !known)
            .chain([CLOSE.wait(close, now)])
            .flatten()
            .max())
    }
}

/// When a try no longer counts for any rule.
pub(crate) fn forgotten_before(now: Timestamp) -> Timestamp {
    now.before(CLOSE.window.max(WIDE.window).max(SPRAY.window))
}

/// An IPv4 address, or the 64 bits of an IPv6 address that one subscriber has.
fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_subscriber_is_one_network() {
        let of = |ip: &str| network(ip.parse().unwrap());

        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
