//! Request bodies that end: when a client falls silent or trickles, and when the server is told to
//! stop.
//!
//! To a handler all look like a broken connection, so an upload keeps what has arrived.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// How long a body may keep us waiting whatever its size.
const GRACE: Duration = Duration::from_mins(2);
/// Beyond the grace so many bytes a second must come on the whole: an old telephone's line does
/// more. A slower upload is cut, and goes on where it was.
const SLOWEST: u32 = 10_000;

/// A body with an end.
struct Patient {
    inner: Body,
    idle: Duration,
    timer: Pin<Box<Sleep>>,
    closing: Pin<Box<WaitForCancellationFutureOwned>>,
    /// Since when we wait for the client right now.
    waiting: Option<Instant>,
    pace: Pace,
}

/// How long a client has kept us waiting, and how long it may: for what it sends, and for what it
/// reads.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    waited: Duration,
    allowed: Duration,
}

/// Lets a body end when nothing arrives for a while or too little on the whole, or when the
/// server stops.
pub fn patient(body: Body, idle: Duration, closing: &CancellationToken) -> Body {
    if http_body::Body::is_end_stream(&body) {
        return body;
    }
    Body::new(Patient {
        inner: body,
        idle,
        timer: Box::pin(sleep(idle)),
        closing: Box::pin(closing.clone().cancelled_owned()),
        waiting: None,
        pace: Pace::default(),
    })
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            waited: Duration::ZERO,
            allowed: GRACE,
        }
    }
}

impl Pace {
    /// Counts what has come or gone after a while.
    pub fn came(&mut self, bytes: usize, waited: Duration) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.waited += waited;
        self.allowed += Duration::from_secs(bytes.into()) / SLOWEST;
    }

    /// How long the next bytes may take, that may be late by themselves too.
    pub fn left(&self, idle: Duration) -> Duration {
        self.allowed.saturating_sub(self.waited).min(idle)
    }
}

impl Patient {
    /// Begins to wait, for as long as the client may still take.
    fn wait(&mut self) {
        if self.waiting.is_none() {
            let now = Instant::now();
            self.waiting = Some(now);
            let left = self.pace.left(self.idle);
            self.timer.as_mut().reset(now + left);
        }
    }
}

impl http_body::Body for Patient {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.inner).poll_frame(cx) {
            let data = frame.as_ref().and_then(|frame| frame.as_ref().ok());
            let bytes = data.and_then(Frame::data_ref).map_or(0, Bytes::len);
            let waited = this.waiting.take().map(|since| since.elapsed());
            this.pace.came(bytes, waited.unwrap_or_default());
            return Poll::Ready(frame);
        }
        this.wait();
        if this.closing.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(broken("the server is stopping"))));
        }
        if this.timer.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(broken("the client is silent or too slow"))));
        }
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

fn broken(why: &'static str) -> axum::Error {
    axum::Error::new(io::Error::new(io::ErrorKind::TimedOut, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_secs(30);

    /// How many pieces come in that take so long each, of at most a thousand.
    fn pieces(bytes: usize, each: Duration) -> usize {
        let mut pace = Pace::default();
        (0..1_000)
            .take_while(|_| {
                let in_time = each < pace.left(IDLE);
                pace.came(bytes, each);
                in_time
            })
            .count()
    }

    #[test]
    fn a_body_that_trickles_is_cut_and_a_slow_one_is_not() {
        let second = Duration::from_secs(1);

        assert_eq!(pieces(1, second * 29), 4, "a byte now and then");
        assert_eq!(pieces(100_000, second * 9), 1_000, "slow, but going on");
        assert_eq!(pieces(1_000, second), 133, "a thousand bytes a second");
        assert_eq!(pieces(1_000_000, second * 31), 0, "silence");
    }
}
