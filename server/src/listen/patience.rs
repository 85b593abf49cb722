//! Answers that end: when a client stops reading, or takes too little on the whole.
//!
//! It holds a connection and an open file meanwhile, and of both there are only so many.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep};

use crate::middleware::body::Pace;

/// How long the client of a connection may let us wait.
pub struct Patience {
    idle: Duration,
    pace: Pace,
    /// Since when we wait for the client right now, and until when.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Patience {
    /// Patience with a client that may take nothing for a while.
    pub fn new(idle: Duration) -> Self {
        Self {
            idle,
            pace: Pace::default(),
            waiting: None,
        }
    }

    /// Lets a write wait, for as long as the client may still take.
    pub fn with(
        &mut self,
        write: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(done) = write {
            let waited = self.waiting.take().map(|(since, _)| since.elapsed());
            let bytes = done.as_ref().copied().unwrap_or_default();
            self.pace.came(bytes, waited.unwrap_or_default());
            return Poll::Ready(done);
        }
        let left = self.pace.left(self.idle);
        let (_, timer) = self
            .waiting
            .get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        timer.as_mut().poll(context).map(|()| {
            let why = "the client does not read its answer";
            Err(io::Error::new(io::ErrorKind::TimedOut, why))
        })
    }
}
