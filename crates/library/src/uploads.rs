//! Uploads: bytes on their way, kept safely from the first to the last.

mod append;
mod concat;
mod finish;
pub(crate) mod gate;
mod hold;
mod once;

use std::time::Duration;

use bytes::Bytes;
use futures::Stream;
use model::{
    AccountId, AccountLimits, Asset, ByteSize, Problem, ProblemCode, Timestamp, Upload, UploadId,
    UploadMetadata, UserId, tag::clean_tags,
};

use crate::{
    Actor, Error, Library, Result,
    db::{
        self, folders,
        uploads::{self as rows, UploadRow},
        usage,
    },
    embed::{Door, fence},
    staging::{Lock, busy},
};

pub use once::Staged;

/// The longest upload that is worth no promise of room before its bytes come.
pub const SMALL: ByteSize = ByteSize::megabytes(16);
/// How long an upload waits for its next byte.
pub(crate) const LIFETIME: Duration = Duration::from_hours(24);
/// How long somebody waits for an older request to save what it has and let an upload go.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// An upload to be begun.
#[derive(Clone, Debug, Default)]
pub struct NewUpload {
    /// How long it will be; absent when the client will say later.
    pub length: Option<ByteSize>,
    pub metadata: UploadMetadata,
    /// Whether it is one part of a larger file.
    pub is_partial: bool,
}

/// Bytes to be added to an upload.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where they start: must be where the last ones ended.
    pub offset: ByteSize,
    /// How many the client announced; absent when it did not.
    pub announced: Option<ByteSize>,
    /// The upload's length, when the client says it only now.
    pub length: Option<ByteSize>,
    pub checksum: Option<Checksum>,
}

/// A digest the client sent along with a piece; a piece that does not match is dropped whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    Sha1([u8; 20]),
    Sha256([u8; 32]),
}

/// What an upload came to.
#[derive(Clone, Debug)]
pub struct Progress {
    pub upload: Upload,
    /// The asset, once the last byte is there.
    pub asset: Option<Asset>,
}

/// The body of a request.
pub trait Body: Stream<Item = std::io::Result<Bytes>> + Send + Unpin {}
impl<S: Stream<Item = std::io::Result<Bytes>> + Send + Unpin> Body for S {}

impl Library {
    /// Begins an upload; checks size and folder and reserves quota before any byte is taken.
    ///
    /// An upload of no bytes is refused as an empty file unless it is partial.
    pub async fn create_upload(&self, actor: &Actor, upload: NewUpload) -> Result<Upload> {
        self.admit(actor, Door::Upload).await?;
        let NewUpload {
            length,
            metadata,
            is_partial,
        } = upload;
        let metadata = actor.place(metadata);
        self.check_metadata(actor, &metadata).await?;
        if let Some(length) = length {
            if length == ByteSize::ZERO && !is_partial {
                return Err(once::empty().into());
            }
            self.check_length(actor, &metadata, length, is_partial)
                .await?;
        }
        let mut row = self.new_row(actor, length, &metadata, is_partial)?;
        row.reserved = length.unwrap_or_default();
        let mut tx = self.inner.db.write().await?;
        rows::insert(&mut tx, &row).await?;
        if row.reserved > ByteSize::ZERO {
            self.reserve(&mut tx, actor.account_id, row.created_by, row.reserved)
                .await?;
        }
        tx.commit().await?;
        Ok(row.into())
    }

    /// Begins an upload whose bytes all come along, and makes it an asset.
    ///
    /// Nothing is written down before that: should it break off, nobody knows the upload's name,
    /// so nobody could go on with it.
    pub async fn create_whole_upload(
        &self,
        actor: &Actor,
        length: ByteSize,
        metadata: UploadMetadata,
        body: impl Body,
    ) -> Result<Progress> {
        self.admit(actor, Door::Upload).await?;
        let metadata = actor.place(metadata);
        self.check_metadata(actor, &metadata).await?;
        self.check_length(actor, &metadata, length, false).await?;
        self.take_upload(actor, length, metadata, body).await
    }

    /// An upload as it lies on disk; `Gone` once expired or terminated.
    pub async fn get_upload(&self, actor: &Actor, id: UploadId) -> Result<Upload> {
        self.admit(actor, Door::ContinueUpload).await?;
        let asked = self.find_upload(actor, id).await?;
        // A request that is just ending still saves what came; the offset is told after that.
        let _quiet = self.lock_upload(asked.id).await.ok();
        let mut row = self.find_upload(actor, id).await?;
        row.position = self.safe_position(&row).await?;
        Ok(row.into())
    }

    /// Adds bytes to an upload; with the last one it becomes an asset.
    ///
    /// Bytes that arrived before a connection broke are kept; what is acknowledged is on disk.
    /// A second writer takes over: the first is told to stop, and keeps what it has.
    pub async fn append_upload(
        &self,
        actor: &Actor,
        id: UploadId,
        piece: Piece,
        body: impl Body,
    ) -> Result<Progress> {
        self.admit(actor, Door::ContinueUpload).await?;
        self.append(actor, id, piece, body).await
    }

    /// Joins finished partial uploads into one and makes it an asset.
    pub async fn concat_uploads(
        &self,
        actor: &Actor,
        parts: Vec<UploadId>,
        metadata: UploadMetadata,
    ) -> Result<Progress> {
        self.admit(actor, Door::Upload).await?;
        let metadata = actor.place(metadata);
        self.check_metadata(actor, &metadata).await?;
        self.join(actor, parts, metadata).await
    }

    /// Gives an upload up and frees what it held.
    pub async fn terminate_upload(&self, actor: &Actor, id: UploadId) -> Result<()> {
        self.admit(actor, Door::ContinueUpload).await?;
        self.find_upload(actor, id).await?;
        let lock = self.lock_upload(id).await?;
        self.end_upload(&lock).await
    }

    /// Takes a whole file in one go and makes it an asset.
    ///
    /// `announced` is what the client says the length is, where it says so.
    pub async fn upload_asset(
        &self,
        actor: &Actor,
        metadata: UploadMetadata,
        announced: Option<ByteSize>,
        body: impl Body,
    ) -> Result<Asset> {
        self.admit(actor, Door::Upload).await?;
        let metadata = actor.place(metadata);
        self.check_metadata(actor, &metadata).await?;
        if let Some(announced) = announced {
            self.check_length(actor, &metadata, announced, false)
                .await?;
        }
        self.take_whole(actor, metadata, announced, body).await
    }

    /// Takes a whole file in one go, before all is known that is said about it.
    ///
    /// For forms, whose fields may come after the file; `metadata` is what came before it, and
    /// `at_least` a size the file cannot be below, where the form's own length tells.
    pub async fn stage_file(
        &self,
        actor: &Actor,
        metadata: &UploadMetadata,
        at_least: Option<ByteSize>,
        body: impl Body,
    ) -> Result<Staged> {
        self.admit(actor, Door::Upload).await?;
        self.check_metadata(actor, metadata).await?;
        if let Some(size) = at_least {
            self.check_length(actor, metadata, size, false).await?;
        }
        self.stage_whole(actor, metadata, at_least, body).await
    }

    /// Makes a staged file an asset; what is said about it is checked first.
    pub async fn ingest_staged(
        &self,
        actor: &Actor,
        staged: Staged,
        metadata: UploadMetadata,
    ) -> Result<Asset> {
        self.admit(actor, Door::ContinueUpload).await?;
        let metadata = actor.place(metadata);
        self.check_metadata(actor, &metadata).await?;
        self.ingest_whole(actor, staged, metadata).await
    }

    /// Ends uploads that nobody has gone on with, and forgets those that were over long ago.
    pub(crate) async fn expire_uploads(&self) -> Result<u64> {
        let now = self.inner.clock.now();
        let mut ended = 0;
        let mut tx = self.inner.db.read().await?;
        let expired = rows::list_expired(&mut tx, now, 1_000).await?;
        drop(tx);
        for row in expired {
            // One that is being written to right now is not given up.
            if let Some(lock) = self.inner.staging.lock(row.id) {
                self.end_upload(&lock).await?;
                ended += 1;
            }
        }
        let mut tx = self.inner.db.write().await?;
        rows::delete_over(&mut tx, now.before(LIFETIME)).await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// What an account may hold and bring in, as read a moment ago or now.
    pub(crate) async fn limits_of(&self, account: AccountId) -> Result<AccountLimits> {
        let (now, changes) = (self.inner.clock.now(), self.inner.db.caller_changes());
        if let Some(limits) = self.inner.limits.find(&account, now, changes) {
            return Ok(limits);
        }
        let mut tx = self.inner.db.read().await?;
        let found = db::accounts::find(&mut tx, account).await?;
        let limits = found.ok_or_else(Problem::not_found)?.limits;
        let held = &self.inner.limits;
        held.hold(account, limits.clone(), now, changes);
        Ok(limits)
    }

    /// Holds quota of the account and of a person back in a transaction, or says what is in the
    /// way.
    pub(crate) async fn reserve(
        &self,
        tx: &mut db::Tx,
        account: AccountId,
        user: Option<UserId>,
        size: ByteSize,
    ) -> Result<()> {
        require_place(tx, account, 1).await?;
        if !usage::reserve(tx, account, size).await? {
            return Err(quota_exceeded(&usage::get(tx, account).await?, size).into());
        }
        match user {
            Some(user) if !usage::reserve_of_user(tx, user, size).await? => {
                Err(own_quota_exceeded(&usage::get_of_user(tx, user).await?, size).into())
            }
            _ => Ok(()),
        }
    }

    /// Refuses a file for which there is no room now.
    async fn check_room(&self, actor: &Actor, size: ByteSize) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        require_place(&mut tx, actor.account_id, 1).await?;
        let meter = usage::get(&mut tx, actor.account_id).await?;
        if !has_room(&meter, size) {
            return Err(quota_exceeded(&meter, size).into());
        }
        let Some(user) = actor.user_id() else {
            return Ok(());
        };
        let own = usage::get_of_user(&mut tx, user).await?;
        if has_room(&own, size) {
            Ok(())
        } else {
            Err(own_quota_exceeded(&own, size).into())
        }
    }

    /// Refuses a length that no file of this name may have; a part may be as long as any file.
    async fn check_length(
        &self,
        actor: &Actor,
        metadata: &UploadMetadata,
        length: ByteSize,
        is_partial: bool,
    ) -> Result<()> {
        let sizes = self.limits_of(actor.account_id).await?.max_size;
        let nothing = UploadMetadata::default();
        let told = if is_partial { &nothing } else { metadata };
        Ok(gate::check_announced(&sizes, told, length)?)
    }

    /// Refuses metadata that could not be obeyed at the end.
    async fn check_metadata(&self, actor: &Actor, metadata: &UploadMetadata) -> Result<()> {
        clean_tags(metadata.tags.iter().map(String::as_str))?;
        let Some(folder) = metadata.folder_id else {
            return Ok(());
        };
        let mut tx = self.inner.db.read().await?;
        let depth = folders::find_depth(&mut tx, actor.account_id, folder).await?;
        depth.ok_or_else(Problem::not_found)?;
        fence::require_seen_folder(&mut tx, actor, folder).await
    }

    fn new_row(
        &self,
        actor: &Actor,
        length: Option<ByteSize>,
        metadata: &UploadMetadata,
        is_partial: bool,
    ) -> Result<UploadRow> {
        let now = self.inner.clock.now();
        let metadata = serde_json::to_string(metadata)
            .map_err(|error| Error::Inconsistent(error.to_string()))?;
        Ok(UploadRow {
            id: self.inner.clock.new_id(),
            account_id: actor.account_id,
            owner: actor.who.to_string(),
            created_by: actor.user_id(),
            state: rows::OPEN.to_owned(),
            position: ByteSize::ZERO,
            length,
            reserved: ByteSize::ZERO,
            is_partial,
            metadata,
            asset_id: None,
            machine: None,
            created_at: now,
            expires_at: now.after(LIFETIME),
        })
    }

    /// An upload of the actor's that is open or finished.
    async fn find_upload(&self, actor: &Actor, id: UploadId) -> Result<UploadRow> {
        let mut tx = self.inner.db.read().await?;
        let owner = actor.who.to_string();
        let row = rows::find(&mut tx, actor.account_id, &owner, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        if has_ended(&row, self.inner.clock.now()) {
            return Err(gone().into());
        }
        let machine = row.machine.as_deref().filter(|_| row.state == rows::OPEN);
        if machine.is_some_and(|machine| machine != self.inner.staging.machine()) {
            return Err(elsewhere().into());
        }
        Ok(row)
    }

    /// Bytes of an upload that are both on disk and written down.
    async fn safe_position(&self, row: &UploadRow) -> Result<ByteSize> {
        if row.state != rows::OPEN {
            return Ok(row.position);
        }
        let length = self.inner.staging.length(row.id).await?;
        Ok(row.position.min(ByteSize::bytes(length)))
    }

    /// The right to write to an upload. An older request that still has it, perhaps on a connection
    /// whose other end is long gone, is asked to save what it has and let go.
    async fn lock_upload(&self, id: UploadId) -> Result<Lock> {
        let deadline = tokio::time::Instant::now() + LOCK_PATIENCE;
        loop {
            if let Some(lock) = self.inner.staging.lock(id) {
                return Ok(lock);
            }
            if tokio::time::Instant::now() >= deadline {
                return Err(busy().into());
            }
            self.inner.staging.ask_to_let_go(id);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn has_ended(row: &UploadRow, now: Timestamp) -> bool {
    match row.state.as_str() {
        rows::OPEN => row.expires_at < now,
        rows::FINISHED => false,
        _ => true,
    }
}

fn gone() -> Problem {
    Problem::new(
        ProblemCode::Gone,
        "This upload has expired or was given up. Start again.",
    )
}

/// Where nobody leads a client back to the machine that has its bytes, no upload in pieces ends.
fn elsewhere() -> Problem {
    Problem::unavailable(
        "The bytes of this upload lie on another machine of this installation. What stands in \
         front of them must lead all of one upload to the same one.",
    )
}

fn has_room(meter: &model::Meter, size: ByteSize) -> bool {
    meter
        .quota
        .is_none_or(|quota| meter.used + meter.reserved + size <= quota)
}

/// A person may not bring so many more bytes.
pub(crate) fn own_quota_exceeded(meter: &model::Meter, size: ByteSize) -> Problem {
    let quota = meter.quota.unwrap_or(ByteSize::MAX);
    Problem::own_quota_exceeded(meter.used + meter.reserved, quota, size)
}

/// There is no room for so many more bytes.
pub(crate) fn quota_exceeded(meter: &model::Meter, size: ByteSize) -> Problem {
    let quota = meter.quota.unwrap_or(ByteSize::MAX);
    Problem::quota_exceeded(meter.used + meter.reserved, quota, size)
}

/// Refuses so many more assets than an account may have.
pub(crate) async fn require_place(tx: &mut db::Tx, account: AccountId, more: i64) -> Result<()> {
    let (assets, most) = usage::count_assets(tx, account).await?;
    if assets + more <= most {
        return Ok(());
    }
    Err(Problem::too_many_assets(u32::try_from(most).unwrap_or(u32::MAX)).into())
}
