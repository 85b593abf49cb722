//! Request bodies that end: when a client falls silent, and when the server is told to stop.
//!
//! To a handler both look like a broken connection, so an upload keeps what has arrived.

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

/// A body with an end.
struct Patient {
    inner: Body,
    idle: Duration,
    timer: Pin<Box<Sleep>>,
    closing: Pin<Box<WaitForCancellationFutureOwned>>,
}

/// Lets a body end when nothing arrives for a while, or when the server stops.
pub fn patient(body: Body, idle: Duration, closing: &CancellationToken) -> Body {
    if http_body::Body::is_end_stream(&body) {
        return body;
    }
    Body::new(Patient {
        inner: body,
        idle,
        timer: Box::pin(sleep(idle)),
        closing: Box::pin(closing.clone().cancelled_owned()),
    })
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
            this.timer.as_mut().reset(Instant::now() + this.idle);
            return Poll::Ready(frame);
        }
        if this.closing.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(broken("the server is stopping"))));
        }
        if this.timer.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(broken("the client has fallen silent"))));
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
