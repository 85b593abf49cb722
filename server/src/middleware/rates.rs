//! How often each token and each session may ask the interface.
//!
//! A bucket that fills evenly: all that is kept of somebody is when theirs is full again, so who
//! is full need not be kept at all. `governor` keeps everybody until it is told to sweep, and does
//! not say when a bucket is full; what would be left of it here is the arithmetic of [`Bucket`].
//! Who guesses passwords is slowed down elsewhere, by the library.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::api::context::Caller;
use axum::{
    extract::{MatchedPath, Request, State as Extract},
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use library::Who;
use model::{EmbedSessionId, Problem, ProblemCode, SessionId, TokenId};

use crate::{config::RateSettings, failure::Failure, state::State};

/// In which a bucket fills.
const WINDOW: Duration = Duration::from_mins(1);
/// The most callers whose buckets are kept; of more, whoever is nearest to full is forgotten.
const MOST: usize = 10_000;

// The fields of draft-ietf-httpapi-ratelimit-headers-11.
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Everybody's bucket.
#[derive(Debug)]
pub struct Rates {
    settings: RateSettings,
    full_at: Mutex<HashMap<Key, Instant>>,
}

/// Who has a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Token(TokenId),
    Session(SessionId),
    /// Behind the picker in another page sits a person, too.
    Embed(EmbedSessionId),
}

/// A bucket of so many requests, which fills in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    name: &'static str,
    quota: u32,
}

/// What a bucket says to one more request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    /// It may come; so many may follow at once.
    Yes {
        left: u128,
        full_at: Instant,
        full_in: Duration,
    },
    /// It may come after a while.
    After(Duration),
}

impl Bucket {
    /// The bucket of one who asks; none where there is no limit.
    fn of(key: Key, settings: RateSettings) -> Option<Self> {
        let (name, quota) = match key {
            Key::Token(_) => ("token", settings.token),
            Key::Session(_) | Key::Embed(_) => ("session", settings.session),
        };
        (quota > 0).then_some(Self { name, quota })
    }

    /// Takes one request out of a bucket that is full at a moment.
    fn take(self, full_at: Option<Instant>, now: Instant) -> Taken {
        // Rounded down, so that nobody loses a request by it.
        let one = WINDOW / self.quota;
        let full_in = full_at.map_or(Duration::ZERO, |at| at.saturating_duration_since(now)) + one;
        match full_in.checked_sub(WINDOW) {
            Some(wait) if !wait.is_zero() => Taken::After(wait),
            _ => Taken::Yes {
                left: WINDOW.saturating_sub(full_in).as_nanos() / one.as_nanos(),
                full_at: now + full_in,
                full_in,
            },
        }
    }

    /// What the answer says of it.
    fn write(self, headers: &mut HeaderMap, left: u128, seconds: u64) {
        let Self { name, quota } = self;
        let policy = format!("\"{name}\";q={quota};w={}", WINDOW.as_secs());
        let limit = format!("\"{name}\";r={left};t={seconds}");
        for (name, text) in [(POLICY, policy), (LIMIT, limit)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

impl Rates {
    /// Empty books.
    pub fn new(settings: RateSettings) -> Self {
        Self {
            settings,
            full_at: Mutex::default(),
        }
    }

    fn take(&self, key: Key, bucket: Bucket, now: Instant) -> Taken {
        let mut held = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = bucket.take(held.get(&key).copied(), now);
        if let Taken::Yes { full_at, .. } = taken {
            if held.len() >= MOST && !held.contains_key(&key) {
                make_room(&mut held, now);
            }
            held.insert(key, full_at);
        }
        taken
    }
}

/// Forgets all that are full, or whoever is nearest to it.
fn make_room(held: &mut HashMap<Key, Instant>, now: Instant) {
    held.retain(|_, full_at| *full_at > now);
    let nearest = held.iter().min_by_key(|(_, full_at)| **full_at);
    let nearest = nearest.map(|(key, _)| *key);
    if let Some(key) = nearest.filter(|_| held.len() >= MOST) {
        held.remove(&key);
    }
}

/// Counts a request, or refuses it; the answer says how many may follow.
///
/// Nobody who is not signed in is counted, and nobody who looks at media: a page shows hundreds.
pub async fn counted(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let key = key_of(&request).filter(|_| !is_media(&request));
    let bucket = key.and_then(|key| Some((key, Bucket::of(key, state.rates.settings)?)));
    let Some((key, bucket)) = bucket else {
        return next.run(request).await;
    };
    match state.rates.take(key, bucket, Instant::now()) {
        Taken::Yes { left, full_in, .. } => {
            let mut response = next.run(request).await;
            bucket.write(response.headers_mut(), left, whole_seconds(full_in));
            response
        }
        Taken::After(wait) => {
            let seconds = whole_seconds(wait);
            let mut response = Failure(too_many(bucket.quota, seconds)).into_response();
            bucket.write(response.headers_mut(), 0, seconds);
            response
        }
    }
}

fn key_of(request: &Request) -> Option<Key> {
    let Caller(actor) = request.extensions().get::<Caller>()?;
    match actor.as_ref()?.who {
        Who::Token(id) => Some(Key::Token(id)),
        Who::User { session, .. } => Some(Key::Session(session)),
        Who::Embed(id) => Some(Key::Embed(id)),
        Who::System => None,
    }
}

/// Whether bytes of a file are asked for.
fn is_media(request: &Request) -> bool {
    let is_look = matches!(*request.method(), Method::GET | Method::HEAD);
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("", MatchedPath::as_str);
    is_look && (route.ends_with("/content") || route.ends_with("/renditions/{preset}"))
}

/// A wait as headers write it: never less than it is.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn too_many(quota: u32, seconds: u64) -> Problem {
    let detail = format!(
        "More than {quota} requests came in a minute. Ask again in {seconds} seconds, \
         and change many assets in one request: POST /api/v1/assets/batch."
    );
    Problem {
        retry_after: Some(seconds),
        ..Problem::new(ProblemCode::TooManyRequests, detail).at_most(quota.into())
    }
}

#[cfg(test)]
mod tests {
    use model::id::Id as _;

    use super::*;

    const SIX: Bucket = Bucket {
        name: "token",
        quota: 6,
    };

    fn token(number: u128) -> Key {
        Key::Token(TokenId::from_parts(1, number))
    }

    fn rates() -> Rates {
        Rates::new(RateSettings {
            token: 6,
            session: 0,
        })
    }

    #[test]
    fn all_of_a_minute_may_come_at_once_and_then_one_after_another() {
        let (rates, start) = (rates(), Instant::now());
        let take = |seconds| rates.take(token(1), SIX, start + Duration::from_secs(seconds));

        for expected in (0..6).rev() {
            assert!(matches!(take(0), Taken::Yes { left, .. } if left == expected));
        }
        assert_eq!(take(0), Taken::After(Duration::from_secs(10)));
        assert_eq!(take(4), Taken::After(Duration::from_secs(6)));
        assert!(matches!(take(10), Taken::Yes { left: 0, .. }));
        assert_eq!(take(10), Taken::After(Duration::from_secs(10)));
        assert!(matches!(take(600), Taken::Yes { left: 5, .. }));
    }

    #[test]
    fn one_who_asks_too_much_hinders_nobody_else() {
        let (rates, now) = (rates(), Instant::now());
        for _ in 0..20 {
            rates.take(token(1), SIX, now);
        }

        assert!(matches!(rates.take(token(1), SIX, now), Taken::After(_)));
        assert!(matches!(rates.take(token(2), SIX, now), Taken::Yes { .. }));
    }

    #[test]
    fn a_quota_that_does_not_divide_a_minute_is_given_whole() {
        for quota in [7, 600, 3_000, 999_983] {
            let bucket = Bucket {
                name: "token",
                quota,
            };
            let (now, mut full_at) = (Instant::now(), None);
            for _ in 0..quota {
                match bucket.take(full_at, now) {
                    Taken::Yes { full_at: at, .. } => full_at = Some(at),
                    Taken::After(wait) => panic!("{quota}: {wait:?}"),
                }
            }
        }
    }

    #[test]
    fn only_so_many_are_kept() {
        let (rates, now) = (rates(), Instant::now());
        for number in 0..=MOST as u128 {
            rates.take(token(number), SIX, now);
        }

        assert!(rates.full_at.lock().unwrap().len() <= MOST);
    }

    #[test]
    fn without_a_limit_there_is_no_bucket() {
        let session = Key::Session(SessionId::from_parts(1, 1));

        assert_eq!(Bucket::of(session, rates().settings), None);
        assert!(Bucket::of(token(1), rates().settings).is_some());
    }
}
