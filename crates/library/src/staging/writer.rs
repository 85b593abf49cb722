//! Writes a staged file: bytes are gathered, then hashed and written in one step off the
//! event loop, so that memory stays flat and small pieces stay cheap.

use std::{fs::File, os::unix::fs::FileExt as _, path::PathBuf, sync::Arc};

use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::Lock;
use crate::{
    Error, Result,
    blobs::blocking,
    uploads::{Checksum, gate::HEAD},
};

/// How much is gathered before it is written.
const BUFFER: usize = 256 * 1024;

/// A staged file that is being written at its end.
#[derive(Debug)]
pub(crate) struct Writer {
    file: Arc<File>,
    /// Held by every write under way too, so that an abandoned one is over before the next begins.
    lock: Lock,
    buffer: Vec<u8>,
    /// Bytes that are in the file, synced or not.
    written: u64,
    /// The digest of the whole, while every byte of it has passed here.
    digest: Option<Sha256>,
    /// The digest of this piece, where the client wants it compared.
    piece: Option<Piece>,
    /// The folder, until the file's name in it is on disk.
    unnamed_in: Option<PathBuf>,
    /// How much of it is known to be on disk, or was there before a piece with a checksum.
    start: u64,
    digest_at_start: Option<Sha256>,
    /// Whether a sync failed: what it was about may be gone, though another sync says nothing.
    is_doubted: bool,
}

#[derive(Clone, Debug)]
enum Piece {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Writer {
    pub(super) fn new(file: Arc<File>, lock: Lock, position: u64, digest: Option<Sha256>) -> Self {
        // Most files that have bytes to go on from have had a sync.
        let unnamed_in = (position == 0).then(|| lock.folder().to_owned());
        Self {
            unnamed_in,
            lock,
            file,
            buffer: Vec::new(),
            written: position,
            digest_at_start: digest.clone(),
            digest,
            piece: None,
            start: position,
            is_doubted: false,
        }
    }

    /// Also takes the digest of this piece alone, to be compared with what the client says.
    pub fn expect(&mut self, checksum: &Checksum) {
        self.piece = Some(match checksum {
            Checksum::Sha1(_) => Piece::Sha1(Sha1::new()),
            Checksum::Sha256(_) => Piece::Sha256(Sha256::new()),
        });
    }

    /// Where the next byte goes.
    pub fn position(&self) -> u64 {
        self.written + self.buffer.len() as u64
    }

    /// The first bytes of the file, where they are there already.
    pub async fn head(&self) -> Result<Vec<u8>> {
        if self.written == 0 {
            return Ok(Vec::new());
        }
        let (file, length) = (Arc::clone(&self.file), self.written);
        blocking(move || {
            let mut head = vec![0; HEAD.min(usize::try_from(length).unwrap_or(HEAD))];
            file.read_exact_at(&mut head, 0)?;
            Ok(head)
        })
        .await
    }

    /// Takes bytes.
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            if self.buffer.capacity() == 0 {
                self.buffer.reserve_exact(BUFFER);
            }
            let (now, later) = bytes.split_at(bytes.len().min(BUFFER - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            bytes = later;
            if self.buffer.len() == BUFFER {
                self.flush(false).await?;
            }
        }
        Ok(())
    }

    /// Makes everything taken so far survive a power cut.
    pub async fn sync(&mut self) -> Result<()> {
        self.flush(true).await?;
        if let Some(folder) = self.unnamed_in.clone() {
            blocking(move || Ok(File::open(folder)?.sync_all()?)).await?;
            self.unnamed_in = None;
        }
        // What is safe is never dropped again, unless the whole piece has to match a checksum.
        if self.piece.is_none() {
            self.start = self.written;
            self.digest_at_start.clone_from(&self.digest);
        }
        Ok(())
    }

    /// The same for a file that has bytes, though its name may not be on disk.
    pub async fn sync_with_name(&mut self) -> Result<()> {
        self.unnamed_in = Some(self.lock.folder().to_owned());
        self.sync().await
    }

    /// Writes what is gathered without waiting for the disk; who names the file syncs it.
    pub async fn finish(&mut self) -> Result<()> {
        self.flush(false).await
    }

    /// Whether the piece is what the client said.
    pub fn matches(&self, checksum: &Checksum) -> bool {
        match (self.piece.clone(), checksum) {
            (Some(Piece::Sha1(found)), Checksum::Sha1(told)) => found.finalize()[..] == told[..],
            (Some(Piece::Sha256(found)), Checksum::Sha256(told)) => {
                found.finalize()[..] == told[..]
            }
            _ => false,
        }
    }

    /// Drops the piece whole.
    pub async fn roll_back(&mut self) -> Result<()> {
        self.roll_back_to(self.start).await?;
        self.digest.clone_from(&self.digest_at_start);
        Ok(())
    }

    /// Cuts off what a full disk left beyond the last whole write, and all that a sync failed of.
    pub async fn settle(&mut self) -> Result<()> {
        if self.is_doubted {
            return self.roll_back().await;
        }
        self.roll_back_to(self.written).await
    }

    /// The digest of everything so far, where it is known.
    pub fn into_digest(self) -> Option<Sha256> {
        self.digest
    }

    async fn roll_back_to(&mut self, position: u64) -> Result<()> {
        self.buffer.clear();
        self.written = position;
        let (file, lock) = (Arc::clone(&self.file), self.lock.clone());
        blocking(move || {
            let _lock = lock;
            Ok(file.set_len(position)?)
        })
        .await
    }

    async fn flush(&mut self, sync: bool) -> Result<()> {
        let mut buffer = std::mem::take(&mut self.buffer);
        let (file, at) = (Arc::clone(&self.file), self.written);
        let (mut digest, mut piece) = (self.digest.take(), self.piece.take());
        let lock = self.lock.clone();
        let (buffer, digest, piece, done) = tokio::task::spawn_blocking(move || {
            let _lock = lock;
            let written = file.write_all_at(&buffer, at);
            let length = buffer.len() as u64;
            let done = written.map(|()| {
                update(&mut digest, &mut piece, &buffer);
                let synced = if sync { file.sync_data() } else { Ok(()) };
                (length, synced)
            });
            buffer.clear();
            (buffer, digest, piece, done)
        })
        .await
        .map_err(|error| Error::Inconsistent(error.to_string()))?;
        (self.buffer, self.digest, self.piece) = (buffer, digest, piece);
        let (length, synced) = done?;
        self.written += length;
        self.is_doubted |= synced.is_err();
        Ok(synced?)
    }
}

fn update(digest: &mut Option<Sha256>, piece: &mut Option<Piece>, bytes: &[u8]) {
    if let Some(digest) = digest {
        digest.update(bytes);
    }
    match piece {
        Some(Piece::Sha1(piece)) => piece.update(bytes),
        Some(Piece::Sha256(piece)) => piece.update(bytes),
        None => {}
    }
}
