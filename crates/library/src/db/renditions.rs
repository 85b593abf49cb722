//! Table `renditions`.

use model::{AccountId, BlobId, ByteSize, Preset, RenditionFormat, RenditionId, Timestamp};

use super::tx::{Tx, execute, fetch_optional};
use crate::Result;

/// A stored result of a preset, or the memory that there is none.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct RenditionRow {
    pub id: RenditionId,
    pub account_id: AccountId,
    pub blob_id: BlobId,
    pub preset: Preset,
    pub format: RenditionFormat,
    pub state: String,
    pub width: i64,
    pub height: i64,
    pub size: ByteSize,
    pub created_at: Timestamp,
}

/// It is there.
pub(crate) const READY: &str = "ready";
/// It cannot be made.
pub(crate) const FAILED: &str = "failed";
/// It was made and thrown away, as it is no smaller than what is made at once.
pub(crate) const LARGER: &str = "larger";

/// What is known of a preset's result.
pub(crate) async fn find(
    tx: &mut Tx,
    blob: BlobId,
    preset: Preset,
    format: RenditionFormat,
) -> Result<Option<RenditionRow>> {
    const FIND: &str = "\
        select * from renditions where blob_id = $1 and preset = $2 and format = $3";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND).bind(blob).bind(preset).bind(format)
    )?)
}

/// Writes down what a preset came to, in place of what was known before.
pub(crate) async fn put(tx: &mut Tx, row: &RenditionRow) -> Result<()> {
    const PUT: &str = "\
        insert into renditions (id, account_id, blob_id, preset, format, state, width, height, \
            size, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        on conflict (blob_id, preset, format) do update \
        set state = excluded.state, width = excluded.width, height = excluded.height, \
            size = excluded.size, created_at = excluded.created_at";
    execute!(
        tx,
        sqlx::query(PUT)
            .bind(row.id)
            .bind(row.account_id)
            .bind(row.blob_id)
            .bind(row.preset)
            .bind(row.format)
            .bind(&row.state)
            .bind(row.width)
            .bind(row.height)
            .bind(row.size)
            .bind(row.created_at)
    )?;
    Ok(())
}
