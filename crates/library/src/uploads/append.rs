//! Bytes added to an upload, and what becomes of them when the connection breaks.

use bytes::Bytes;
use futures::StreamExt as _;
use model::{ByteSize, Problem, ProblemCode, UploadId};
use tokio::runtime::Handle;

use super::{Body, Piece, Progress, gate::Gate};
use crate::{
    Actor, Error, Library, Result,
    db::uploads::{self as rows, UploadRow},
    staging::{Lock, Writer},
};

/// So many bytes may be lost at a power cut, and sent again.
const CHECKPOINT: u64 = 32 << 20;

/// An upload with an open file. However it ends, what has arrived is kept.
struct Appending {
    library: Library,
    row: UploadRow,
    lock: Lock,
    writer: Option<Writer>,
    /// Absent for pieces with a checksum, which are taken whole or not at all.
    keeps_parts: bool,
}

impl Library {
    pub(super) async fn append(
        &self,
        actor: &Actor,
        id: UploadId,
        piece: Piece,
        body: impl Body,
    ) -> Result<Progress> {
        // Looked up before as well: a stranger does not learn that somebody writes to it.
        self.find_upload(actor, id).await?;
        let lock = self.lock_upload(id).await?;
        let mut row = self.find_upload(actor, id).await?;
        if row.state == rows::FINISHED {
            return self.append_to_finished(actor, row, &piece, body).await;
        }
        row.position = self.safe_position(&row).await?;
        if piece.offset != row.position {
            return Err(offset_mismatch(row.position).into());
        }
        self.settle_length(actor, &mut row, piece.length).await?;
        check_fits(&row, &piece)?;
        let mut appending = self.begin(row, lock, &piece).await?;
        let done = appending.receive(actor, &piece, body).await;
        appending.close(actor, &piece, done).await
    }

    /// Bytes for an upload that is an asset already: none are fine, and get the same answer.
    async fn append_to_finished(
        &self,
        actor: &Actor,
        row: UploadRow,
        piece: &Piece,
        mut body: impl Body,
    ) -> Result<Progress> {
        if piece.offset != row.position {
            return Err(offset_mismatch(row.position).into());
        }
        while let Some(bytes) = body.next().await {
            if !bytes?.is_empty() {
                return Err(Problem::conflict("This upload is complete.").into());
            }
        }
        self.finished(actor, row).await
    }

    /// Takes the length a client says only now, and holds back what it needs.
    async fn settle_length(
        &self,
        actor: &Actor,
        row: &mut UploadRow,
        length: Option<ByteSize>,
    ) -> Result<()> {
        let Some(length) = length else { return Ok(()) };
        match row.length {
            Some(known) if known == length => return Ok(()),
            Some(_) => return Err(Problem::conflict("The upload has another length.").into()),
            None => {}
        }
        if length < row.position {
            return Err(Problem::invalid("length", "More bytes than that have arrived.").into());
        }
        self.check_length(actor, &row.metadata(), length, row.is_partial)
            .await?;
        row.length = Some(length);
        self.advance_upload(row, row.position).await
    }

    async fn begin(&self, row: UploadRow, lock: Lock, piece: &Piece) -> Result<Appending> {
        let staging = &self.inner.staging;
        let mut writer = staging.write(&lock, row.position.as_u64()).await?;
        if let Some(checksum) = &piece.checksum {
            writer.expect(checksum);
        }
        Ok(Appending {
            library: self.clone(),
            row,
            lock,
            writer: Some(writer),
            keeps_parts: piece.checksum.is_none(),
        })
    }

    /// Writes down how far an upload has come, holding back quota for it where its length is
    /// not known; the bytes must be synced.
    pub(super) async fn advance_upload(
        &self,
        row: &mut UploadRow,
        position: ByteSize,
    ) -> Result<()> {
        let needed = row.length.unwrap_or(position);
        let more = needed.saturating_sub(row.reserved);
        let changed = UploadRow {
            position,
            reserved: row.reserved + more,
            machine: Some(self.inner.staging.machine().to_owned()),
            expires_at: self.inner.clock.now().after(super::LIFETIME),
            ..row.clone()
        };
        let mut tx = self.inner.db.write().await?;
        if !rows::advance(&mut tx, &changed).await? {
            return Err(super::gone().into());
        }
        if more > ByteSize::ZERO {
            self.reserve(&mut tx, row.account_id, row.created_by, more)
                .await?;
        }
        tx.commit().await?;
        *row = changed;
        Ok(())
    }
}

impl Appending {
    /// Takes the body in, writing down now and then how far it has come.
    async fn receive(&mut self, actor: &Actor, piece: &Piece, mut body: impl Body) -> Result<()> {
        let sizes = self.library.limits_of(actor.account_id).await?.max_size;
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let announced = self.row.length;
        let mut gate = Gate::new(
            sizes,
            &self.row.metadata(),
            writer.head().await?,
            announced,
            self.row.length,
        );
        if self.row.is_partial {
            gate = gate.of_a_part();
        }
        let mut recorded = writer.position();
        let mut watch = self.library.watch(actor);
        while let Some(bytes) = next(&mut body, &self.lock).await? {
            watch.look().await?;
            gate.admit(writer.position(), &bytes)?;
            writer.write(&bytes).await?;
            if self.keeps_parts && writer.position() - recorded >= CHECKPOINT {
                writer.sync().await?;
                recorded = writer.position();
                let position = ByteSize::bytes(recorded);
                self.library.advance_upload(&mut self.row, position).await?;
            }
        }
        if let Some(checksum) = &piece.checksum {
            writer.finish().await?;
            if !writer.matches(checksum) {
                return Err(mismatch().into());
            }
        }
        Ok(())
    }

    /// Keeps what arrived, drops what must not stay, and finishes what is whole.
    async fn close(mut self, actor: &Actor, piece: &Piece, done: Result<()>) -> Result<Progress> {
        let Some(mut writer) = self.writer.take() else {
            return Err(super::gone().into());
        };
        let library = self.library.clone();
        let mut row = self.row.clone();
        if let Err(error) = done {
            if let Err(unkept) =
                settle_broken(&library, &self.lock, row, writer, piece, &error).await
            {
                tracing::warn!(upload = %self.row.id, %unkept, "what arrived could not be kept");
            }
            return Err(error);
        }
        let position = ByteSize::bytes(writer.position());
        let is_whole = !row.is_partial && row.length == Some(position);
        if !is_whole {
            save(&library, &self.lock, &mut row, writer).await?;
            return Ok(Progress {
                upload: row.into(),
                asset: None,
            });
        }
        // Whoever names the file syncs it, so that small files are synced once.
        if let Err(error) = writer.finish().await {
            if let Err(unkept) = save(&library, &self.lock, &mut row, writer).await {
                tracing::warn!(upload = %row.id, %unkept, "what arrived could not be kept");
            }
            return Err(error);
        }
        library
            .inner
            .staging
            .remember(&self.lock, position.as_u64(), writer.into_digest());
        library
            .finish_upload(actor, self.lock.clone(), row, position)
            .await
    }
}

impl Drop for Appending {
    /// A client that went away has not taken back what it sent.
    fn drop(&mut self) {
        let Some(writer) = self.writer.take().filter(|_| self.keeps_parts) else {
            return;
        };
        let (library, lock, mut row) = (self.library.clone(), self.lock.clone(), self.row.clone());
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = save(&library, &lock, &mut row, writer).await {
                    tracing::warn!(upload = %row.id, %error, "what arrived could not be kept");
                }
            });
        }
    }
}

/// The next bytes of a body, unless somebody else wants to go on with the upload.
async fn next(body: &mut impl Body, lock: &Lock) -> Result<Option<Bytes>> {
    tokio::select! {
        biased;
        () = lock.wanted() => Err(Problem::conflict("A newer request went on with this upload.").into()),
        bytes = body.next() => bytes.transpose().map_err(|error| broken(&error)),
    }
}

/// Keeps or drops what arrived before an error, as the error asks for.
async fn settle_broken(
    library: &Library,
    lock: &Lock,
    mut row: UploadRow,
    mut writer: Writer,
    piece: &Piece,
    error: &Error,
) -> Result<()> {
    if ends_upload(error) {
        drop(writer);
        return library.end_upload(lock).await;
    }
    if piece.checksum.is_none() && !is_about_bytes(error) {
        return save(library, lock, &mut row, writer).await;
    }
    writer.roll_back().await?;
    let start = writer.position();
    library
        .inner
        .staging
        .remember(lock, start, writer.into_digest());
    Ok(())
}

/// Syncs what arrived and writes it down; where the disk took only a part, that part is kept, and
/// the error told: a client that heard "yes" would send the rest again at once.
async fn save(
    library: &Library,
    lock: &Lock,
    row: &mut UploadRow,
    mut writer: Writer,
) -> Result<()> {
    let synced = writer.sync().await;
    if synced.is_err() {
        // A full disk took a part of it, or none.
        writer.settle().await?;
        writer.sync().await?;
    }
    let position = ByteSize::bytes(writer.position());
    if position > row.position
        && let Err(error) = library.advance_upload(row, position).await
    {
        // What is not written down is as if it never came.
        writer.roll_back().await?;
        return Err(error);
    }
    library
        .inner
        .staging
        .remember(lock, position.as_u64(), writer.into_digest());
    synced
}

/// Refuses a body that says it is longer than what is missing.
fn check_fits(row: &UploadRow, piece: &Piece) -> Result<()> {
    let (Some(length), Some(announced)) = (row.length, piece.announced) else {
        return Ok(());
    };
    if row.position + announced > length {
        return Err(Problem::new(
            ProblemCode::BodyTooLarge,
            "There are more bytes than the upload's length says.",
        )
        .into());
    }
    Ok(())
}

/// Whether more of the same would not help: the file is too large for its kind.
fn ends_upload(error: &Error) -> bool {
    matches!(error, Error::Problem(problem) if problem.code == ProblemCode::TooLarge)
}

/// Whether the piece itself is wrong, so that nothing of it stays.
fn is_about_bytes(error: &Error) -> bool {
    matches!(error, Error::Problem(problem)
        if matches!(problem.code, ProblemCode::BodyTooLarge | ProblemCode::ChecksumMismatch))
}

fn offset_mismatch(position: ByteSize) -> Problem {
    let position = position.as_u64();
    Problem::new(
        ProblemCode::OffsetMismatch,
        format!("The next byte of this upload is number {position}."),
    )
}

fn mismatch() -> Problem {
    Problem::new(
        ProblemCode::ChecksumMismatch,
        "The bytes are not those the checksum was made of; send them again.",
    )
}

pub(super) fn broken(error: &std::io::Error) -> Error {
    tracing::debug!(%error, "a body ended early");
    Problem::malformed("The connection ended before the body did.").into()
}
