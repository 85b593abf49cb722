//! A connection on which an ambiguous request becomes one that is refused, and a client that is
//! refused hears why.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_util::sync::CancellationToken;

use super::{framing::Framing, linger::Linger, patience::Patience};

/// What stands in for the rest of an ambiguous request: no head has a line like it, so it is
/// answered with 400, and the connection ends.
const REFUSED: &[u8] = b"\r\n\0\r\n\r\n";

/// A connection that is read strictly.
pub struct Strict<S> {
    stream: S,
    framing: Framing,
    /// What is left to say in place of an ambiguous request.
    refusal: Option<&'static [u8]>,
    patience: Patience,
    /// At the end, where the client still sends.
    linger: Option<Linger>,
    closing: CancellationToken,
}

impl<S> Strict<S> {
    /// Reads a connection strictly, until the server stops; its client may rest for so long in the
    /// middle of an answer.
    pub fn new(stream: S, idle: Duration, closing: CancellationToken) -> Self {
        Self {
            stream,
            framing: Framing::default(),
            refusal: None,
            patience: Patience::new(idle),
            linger: None,
            closing,
        }
    }

    /// Whether the client may be sending what nobody will read.
    fn is_cut_short(&self) -> bool {
        self.refusal.is_some() || self.framing.is_in_body()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Strict<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.refusal.is_none() {
            let before = buffer.filled().len();
            ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
            let (good, read) = this.framing.read(&buffer.filled()[before..]);
            if read.is_ok() {
                return Poll::Ready(Ok(()));
            }
            buffer.set_filled(before + good);
            this.refusal = Some(REFUSED);
        }
        let left = this.refusal.unwrap_or_default();
        let (now, later) = left.split_at(left.len().min(buffer.remaining()));
        buffer.put_slice(now);
        this.refusal = Some(later);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Strict<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        let write = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.patience.with(write, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        let write = Pin::new(&mut this.stream).poll_write_vectored(context, pieces);
        this.patience.with(write, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.linger.is_none() {
            // Says that there is no more to hear; what was said is still on its way.
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            if !this.is_cut_short() {
                return Poll::Ready(Ok(()));
            }
        }
        let closing = &this.closing;
        let linger = this
            .linger
            .get_or_insert_with(|| Linger::new(closing.clone()));
        linger.poll(&mut this.stream, context).map(Ok)
    }
}
