//! The end of a connection on which a client still sends.
//!
//! Who closes with bytes unread sends a reset, and that takes the answer along: the client hears
//! "connection reset" in place of why its file was refused. So it is heard out for a while.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, ReadBuf},
    time::{Instant, Sleep, sleep},
};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// The most that is read and dropped.
const MOST: usize = 4 << 20;
/// How long all of it may take.
const LONGEST: Duration = Duration::from_secs(10);
/// How long a client may be silent meanwhile.
const SILENCE: Duration = Duration::from_secs(2);
/// How much is dropped at once.
const PIECE: usize = 8 << 10;

/// Hears a client out.
pub struct Linger {
    left: usize,
    end: Pin<Box<Sleep>>,
    silence: Pin<Box<Sleep>>,
    closing: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Linger {
    /// Begins to hear a client out, until the server stops at the latest.
    pub fn new(closing: CancellationToken) -> Self {
        Self {
            left: MOST,
            end: Box::pin(sleep(LONGEST)),
            silence: Box::pin(sleep(SILENCE)),
            closing: Box::pin(closing.cancelled_owned()),
        }
    }

    /// Reads and drops until the client is done, or has had its time.
    pub fn poll(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        context: &mut Context<'_>,
    ) -> Poll<()> {
        let is_over = self.closing.as_mut().poll(context).is_ready()
            || self.end.as_mut().poll(context).is_ready();
        if is_over {
            return Poll::Ready(());
        }
        let mut dropped = [0; PIECE];
        while self.left > 0 {
            let mut buffer = ReadBuf::new(&mut dropped);
            match Pin::new(&mut *stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    self.left = self.left.saturating_sub(buffer.filled().len());
                    self.silence.as_mut().reset(Instant::now() + SILENCE);
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return self.silence.as_mut().poll(context),
            }
        }
        Poll::Ready(())
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::{AsyncWriteExt as _, duplex};

    use super::*;

    async fn hear_out(linger: &mut Linger, stream: &mut (impl AsyncRead + Unpin)) {
        poll_fn(|context| linger.poll(stream, context)).await;
    }

    #[tokio::test]
    async fn a_client_is_heard_out_to_its_end_and_no_further_than_that() {
        let (mut client, mut server) = duplex(1 << 10);
        let mut linger = Linger::new(CancellationToken::new());
        let sends = async move {
            client.write_all(&vec![b'a'; 100_000]).await.unwrap();
        };

        tokio::join!(hear_out(&mut linger, &mut server), sends);

        assert_eq!(linger.left, MOST - 100_000);
    }

    #[tokio::test]
    async fn one_without_end_is_cut_and_a_server_that_stops_hears_nobody_out() {
        let (mut client, mut server) = duplex(PIECE);
        let mut linger = Linger::new(CancellationToken::new());
        let sends = async { while client.write_all(&[b'a'; PIECE]).await.is_ok() {} };
        tokio::select! {
            () = hear_out(&mut linger, &mut server) => {}
            () = sends => panic!("it ends"),
        }
        assert_eq!(linger.left, 0);

        let closing = CancellationToken::new();
        closing.cancel();
        let mut stopped = Linger::new(closing);
        hear_out(&mut stopped, &mut server).await;
        assert_eq!(stopped.left, MOST);
    }
}
