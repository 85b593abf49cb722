//! `/events`: what others do, told to open pages as it happens, by server-sent events.
//!
//! A stream belongs to one account, and ends when the one who asked is no longer let in. Somebody
//! who comes back names the last event they heard; where that is too long ago they are told to
//! look at everything again.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use std::time::Duration;

use axum::{
    body::Body,
    extract::{Extension, State as Extract},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::stream;
use library::{
    Actor, Library,
    live::{Follower, Told},
};
use model::Problem;
use serde::Deserialize;
use tokio::time::{Interval, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use utoipa::{IntoParams, ToSchema};

use super::extract::Asked;
use crate::{
    failure::Result,
    identify::SignedIn,
    middleware::{origin, proxies::Peer},
    state::State,
};

/// How often a quiet stream shows that it lives, and is asked whether it still may.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Who is no longer let in hears nothing more within a minute, whatever took that away.
const _: () = assert!(HEARTBEAT.as_secs() <= 60, "v4_4");
/// Keeps proxies from holding back what is meant for now.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// From where on, and for how long, events are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FollowEvents {
    /// The number of the last event heard, where `Last-Event-ID` does not say it.
    #[param(minimum = 0)]
    since: Option<i64>,
    /// Tells what was missed and ends.
    once: Option<bool>,
}

/// One event of the stream, as a browser's `EventSource` gives it.
#[derive(ToSchema)]
#[schema(examples(json!({ "event": "change", "id": "412", "data": "{\"seq\":412,\"at\":\"2026-11-21T09:30:00.000Z\",\"kind\":\"asset_created\",\"actor\":\"usr_01J8Z3V5T0M6W2Q4R8X9Y7B1CD\",\"subject\":\"ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD\"}" })))]
#[expect(dead_code, reason = "describes what is written line by line")]
pub struct StreamedEvent {
    event: StreamedName,
    /// The number of the last event, to come back with.
    id: Option<String>,
    /// A `LiveEvent` in JSON where it is a `change`; else `{}`.
    data: String,
    /// Milliseconds to wait before coming back.
    retry: Option<u32>,
}

/// What an event of the stream says.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum StreamedName {
    /// The stream has begun.
    Hello,
    /// Something happened.
    Change,
    /// Too much happened to be told one by one: look at everything again.
    Reload,
}

/// Follows what happens in the account, as server-sent events.
///
/// Each is named `change` and holds a `LiveEvent`, or `reload` where too much happened to be told
/// one by one. The stream begins with `hello`.
#[utoipa::path(get, path = "/events", tag = "events", params(FollowEvents),
    responses((status = 200, body = StreamedEvent, content_type = "text/event-stream")))]
pub async fn follow_events(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    Asked(asked): Asked<FollowEvents>,
) -> Result<Response> {
    origin::check_reader(&headers, &state.links.public_url, peer.as_deref())?;
    if asked.since.is_some_and(|since| since < 0) {
        return Err(Problem::malformed("`since` is the number of an event.").into());
    }
    let since = last_heard(&headers).or(asked.since);
    let mut follower = state.library.follow_events(&actor, since).await?;
    if asked.once == Some(true) {
        let mut text = hello(follower.last());
        while let Some(told) = follower.missed() {
            text.push_str(&write(&told));
        }
        return Ok(answer(Body::from(text)));
    }
    let stream = Stream {
        hello: Some(hello(follower.last())),
        follower,
        library: state.library.clone(),
        actor,
        heartbeat: heartbeat(),
        closing: state.closing.clone(),
    };
    let pieces = stream::unfold(stream, |mut stream| async move {
        let text = stream.next().await?;
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(text)), stream))
    });
    Ok(answer(Body::from_stream(pieces)))
}

/// One open page, being told what happens.
struct Stream {
    hello: Option<String>,
    follower: Follower,
    library: Library,
    actor: Actor,
    heartbeat: Interval,
    closing: CancellationToken,
}

impl Stream {
    /// What is said next; nothing more, once the listener is no longer let in.
    async fn next(&mut self) -> Option<String> {
        if let Some(hello) = self.hello.take() {
            return Some(hello);
        }
        loop {
            tokio::select! {
                () = self.closing.cancelled() => return None,
                told = self.follower.next() => match told {
                    Told::Check => {}
                    told => return Some(write(&told)),
                },
                _ = self.heartbeat.tick() => {
                    return self.is_let_in().await.then(|| ": still here\n\n".to_owned());
                }
            }
            if !self.is_let_in().await {
                return None;
            }
        }
    }

    /// A database that does not answer lets nobody stay.
    async fn is_let_in(&self) -> bool {
        let asked = self.library.is_still_let_in(&self.actor).await;
        asked.unwrap_or(false)
    }
}

fn heartbeat() -> Interval {
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick of an interval comes at once.
    heartbeat.reset();
    heartbeat
}

/// The event a browser heard last, as it says when it comes back.
fn last_heard(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

fn hello(last: i64) -> String {
    format!("retry: 3000\nid: {last}\nevent: hello\ndata: {{}}\n\n")
}

/// An event as it goes over the wire; JSON has no line breaks of its own.
fn write(told: &Told) -> String {
    match told {
        Told::Event(event) => {
            let data = serde_json::to_string(event).unwrap_or_default();
            format!("id: {}\nevent: change\ndata: {data}\n\n", event.seq)
        }
        Told::Reload(last) => format!("id: {last}\nevent: reload\ndata: {{}}\n\n"),
        Told::Check => String::new(),
    }
}

fn answer(body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(UNBUFFERED, HeaderValue::from_static("no"));
    response
}
