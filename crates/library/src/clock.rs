//! Time and chance, brought in through the door.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{Secret, Timestamp, id::Id};

/// Where time and chance come from; tests hold both still.
pub trait Clock: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Fills a buffer with bytes nobody can guess.
    fn fill_random(&self, buffer: &mut [u8]);
}

impl dyn Clock {
    /// A new identifier.
    pub fn new_id<I: Id>(&self) -> I {
        let mut random = [0; 16];
        self.fill_random(&mut random[..10]);
        let now = u64::try_from(self.now().as_millis()).unwrap_or_default();
        I::from_parts(now, u128::from_le_bytes(random))
    }

    /// A new secret of 256 bits, in letters that need no escaping anywhere.
    pub fn new_secret(&self, prefix: &str) -> Secret {
        let mut random = [0; 32];
        self.fill_random(&mut random);
        Secret::new(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random)))
    }
}

/// The machine's clock and its source of chance.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        let since_1970 = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::default().after(since_1970)
    }

    fn fill_random(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}
