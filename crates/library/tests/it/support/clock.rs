//! A clock that moves when told.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use library::{Clock, SystemClock};
use model::Timestamp;

/// Starts at a quiet moment; every look takes a millisecond, so that what comes later sorts later.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Lets time pass.
    pub fn advance(&self, duration: Duration) {
        let milliseconds = i64::try_from(duration.as_millis()).expect("a sensible duration");
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        // 2026-11-21T09:30:00Z.
        Self(AtomicI64::new(1_795_253_400_000))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.fetch_add(1, Ordering::SeqCst))
    }

    fn fill_random(&self, buffer: &mut [u8]) {
        SystemClock.fill_random(buffer);
    }
}
