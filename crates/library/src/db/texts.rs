//! Table `blob_texts`: what documents say.

use model::{AccountId, BlobId};

use super::tx::{Tx, execute, fetch_optional};
use crate::Result;

/// Keeps what a document says; what is known already stays.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    blob: BlobId,
    text: &str,
    words: &str,
) -> Result<()> {
    const INSERT: &str = "\
        insert into blob_texts (blob_id, account_id, text, words) values ($1, $2, $3, $4) \
        on conflict do nothing";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(blob)
            .bind(account)
            .bind(text)
            .bind(words)
    )?;
    Ok(())
}

/// Whether a document has been read.
pub(crate) async fn is_there(tx: &mut Tx, blob: BlobId) -> Result<bool> {
    const FIND: &str = "select blob_id from blob_texts where blob_id = $1";
    let found: Option<BlobId> = fetch_optional!(tx, sqlx::query_scalar(FIND).bind(blob))?;
    Ok(found.is_some())
}
