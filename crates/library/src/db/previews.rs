//! Table `blob_previews`: what there is to see of files that are no pictures.

use model::{AccountId, BlobId, Timestamp, preview::Content};

use super::tx::{Tx, execute, fetch_optional};
use crate::{Error, Result};

/// What was read of some bytes, by this state of the reader or a later one.
pub(crate) async fn find(tx: &mut Tx, blob: BlobId, reader: i64) -> Result<Option<Content>> {
    const FIND: &str = "select content from blob_previews where blob_id = $1 and reader >= $2";
    let found: Option<String> =
        fetch_optional!(tx, sqlx::query_scalar(FIND).bind(blob).bind(reader))?;
    let read = |body: String| {
        serde_json::from_str(&body)
            .map_err(|error| Error::Inconsistent(format!("the preview of {blob}: {error}")))
    };
    found.map(read).transpose()
}

/// Keeps what was read of bytes, in place of what was read before.
pub(crate) async fn put(
    tx: &mut Tx,
    (account, blob): (AccountId, BlobId),
    reader: i64,
    content: &Content,
    now: Timestamp,
) -> Result<()> {
    const PUT: &str = "\
        insert into blob_previews (blob_id, account_id, reader, content, created_at) \
        values ($1, $2, $3, $4, $5) \
        on conflict (blob_id) do update \
           set reader = excluded.reader, content = excluded.content, \
               created_at = excluded.created_at";
    let body = serde_json::to_string(content)
        .map_err(|error| Error::Inconsistent(format!("the preview of {blob}: {error}")))?;
    execute!(
        tx,
        sqlx::query(PUT)
            .bind(blob)
            .bind(account)
            .bind(reader)
            .bind(body)
            .bind(now)
    )?;
    Ok(())
}
