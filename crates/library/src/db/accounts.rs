//! Table `accounts`.

use model::{Account, AccountId, AccountLimits, ByteSize, KindSizes, Timestamp};

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::{Error, Result};

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: AccountId,
    name: String,
    library_enabled: bool,
    quota: Option<ByteSize>,
    max_image: ByteSize,
    max_video: ByteSize,
    max_audio: ByteSize,
    max_document: ByteSize,
    max_contact: ByteSize,
    folder_images: i64,
    retention_days: i64,
    user_quota: Option<ByteSize>,
    audit_days: i64,
    max_assets: i64,
    created_at: Timestamp,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            library_enabled: row.library_enabled,
            limits: AccountLimits {
                quota: row.quota,
                max_size: KindSizes {
                    image: row.max_image,
                    video: row.max_video,
                    audio: row.max_audio,
                    document: row.max_document,
                    contact: row.max_contact,
                },
                folder_images: count(row.folder_images),
                retention_days: count(row.retention_days),
                user_quota: row.user_quota,
                audit_days: count(row.audit_days),
                max_assets: count(row.max_assets),
            },
            created_at: row.created_at,
        }
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Adds an account; its name must be new.
pub(crate) async fn insert(tx: &mut Tx, account: &Account) -> Result<()> {
    const INSERT: &str = "\
        insert into accounts (id, name, library_enabled, quota, max_image, max_video, max_audio, \
            max_document, max_contact, folder_images, retention_days, created_at, user_quota, \
            audit_days, max_assets) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let limits = &account.limits;
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(account.id)
            .bind(&account.name)
            .bind(account.library_enabled)
            .bind(limits.quota)
            .bind(limits.max_size.image)
            .bind(limits.max_size.video)
            .bind(limits.max_size.audio)
            .bind(limits.max_size.document)
            .bind(limits.max_size.contact)
            .bind(i64::from(limits.folder_images))
            .bind(i64::from(limits.retention_days))
            .bind(account.created_at)
            .bind(limits.user_quota)
            .bind(i64::from(limits.audit_days))
            .bind(i64::from(limits.max_assets))
    )?;
    Ok(())
}

/// Writes what an operator may change.
pub(crate) async fn update(tx: &mut Tx, account: &Account) -> Result<()> {
    const UPDATE: &str = "\
        update accounts set library_enabled = $2, quota = $3, max_image = $4, max_video = $5, \
            max_audio = $6, max_document = $7, max_contact = $8, folder_images = $9, \
            retention_days = $10, user_quota = $11, audit_days = $12, max_assets = $13 \
        where id = $1";
    tx.changes_callers();
    let limits = &account.limits;
    execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(account.id)
            .bind(account.library_enabled)
            .bind(limits.quota)
            .bind(limits.max_size.image)
            .bind(limits.max_size.video)
            .bind(limits.max_size.audio)
            .bind(limits.max_size.document)
            .bind(limits.max_size.contact)
            .bind(i64::from(limits.folder_images))
            .bind(i64::from(limits.retention_days))
            .bind(limits.user_quota)
            .bind(i64::from(limits.audit_days))
            .bind(i64::from(limits.max_assets))
    )?;
    Ok(())
}

/// The account with an id.
pub(crate) async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    const FIND: &str = "select * from accounts where id = $1";
    let row: Option<AccountRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(id))?;
    Ok(row.map(Account::from))
}

/// The account with an id, which nobody else changes until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    const LOCK: &str = "update accounts set name = name where id = $1 returning *";
    let row: Option<AccountRow> = fetch_optional!(tx, sqlx::query_as(LOCK).bind(id))?;
    Ok(row.map(Account::from))
}

/// An account that must be there, because something that belongs to it is.
pub(crate) async fn get(tx: &mut Tx, id: AccountId) -> Result<Account> {
    find(tx, id)
        .await?
        .ok_or_else(|| Error::Inconsistent(format!("no account {id}")))
}

/// The account of a name.
pub(crate) async fn find_by_name(tx: &mut Tx, name: &str) -> Result<Option<Account>> {
    const FIND: &str = "select * from accounts where name = $1";
    let row: Option<AccountRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(name))?;
    Ok(row.map(Account::from))
}

/// The accounts after a name and an id, by name.
pub(crate) async fn list(
    tx: &mut Tx,
    (name, id): &(String, String),
    rows: i64,
) -> Result<Vec<Account>> {
    const LIST: &str = "\
        select * from accounts where (lower(name), id) > (lower($1), $2) \
         order by lower(name), id limit $3";
    let rows: Vec<AccountRow> =
        fetch_all!(tx, sqlx::query_as(LIST).bind(name).bind(id).bind(rows))?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// How many days each account's audit trail is kept.
pub(crate) async fn list_audit_days(tx: &mut Tx) -> Result<Vec<(AccountId, u32)>> {
    const LIST: &str = "select id, audit_days from accounts order by id";
    let rows: Vec<(AccountId, i64)> = fetch_all!(tx, sqlx::query_as(LIST))?;
    Ok(rows
        .into_iter()
        .map(|(id, days)| (id, count(days)))
        .collect())
}

/// How many days each account's trash is kept.
pub(crate) async fn list_retention_days(tx: &mut Tx) -> Result<Vec<(AccountId, u32)>> {
    const LIST: &str = "select id, retention_days from accounts order by id";
    let rows: Vec<(AccountId, i64)> = fetch_all!(tx, sqlx::query_as(LIST))?;
    Ok(rows
        .into_iter()
        .map(|(id, days)| (id, count(days)))
        .collect())
}
