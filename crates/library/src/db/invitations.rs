//! Tables `invitations` and `password_resets`: one-use links, by their digests.

use model::{AccountId, Email, Invitation, InvitationId, Role, Sha256, Timestamp, UserId};

use super::tx::{Tx, execute, fetch_all, fetch_optional};
use crate::Result;

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: InvitationId,
    account_id: AccountId,
    email: Email,
    role: Role,
    created_at: Timestamp,
    expires_at: Timestamp,
    refused_at: Option<Timestamp>,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            role: row.role,
            created_at: row.created_at,
            expires_at: row.expires_at,
            refused_at: row.refused_at,
        }
    }
}

/// Adds an invitation in place of earlier ones of the same address.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    invitation: &Invitation,
    digest: Sha256,
    by: Option<UserId>,
) -> Result<()> {
    const FORGET: &str = "delete from invitations where account_id = $1 and email = $2";
    const INSERT: &str = "\
        insert into invitations (id, account_id, email, role, token_digest, created_at, \
            created_by, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    execute!(
        tx,
        sqlx::query(FORGET).bind(account).bind(&invitation.email)
    )?;
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(invitation.id)
            .bind(account)
            .bind(&invitation.email)
            .bind(invitation.role)
            .bind(digest)
            .bind(invitation.created_at)
            .bind(by)
            .bind(invitation.expires_at)
    )?;
    Ok(())
}

/// Invitations of an account whose links still work, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<Invitation>> {
    const LIST: &str = "\
        select * from invitations where account_id = $1 and expires_at > $2 order by id desc";
    let rows: Vec<InvitationRow> = fetch_all!(tx, sqlx::query_as(LIST).bind(account).bind(now))?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// Makes an invitation worthless; says whether there was one.
pub(crate) async fn delete(tx: &mut Tx, account: AccountId, id: InvitationId) -> Result<bool> {
    const DELETE: &str = "delete from invitations where id = $1 and account_id = $2";
    Ok(execute!(tx, sqlx::query(DELETE).bind(id).bind(account))? == 1)
}

/// The invitation of a link that still works, with its account.
pub(crate) async fn find(
    tx: &mut Tx,
    digest: Sha256,
    now: Timestamp,
) -> Result<Option<(AccountId, Invitation)>> {
    const FIND: &str = "select * from invitations where token_digest = $1 and expires_at > $2";
    let row: Option<InvitationRow> =
        fetch_optional!(tx, sqlx::query_as(FIND).bind(digest).bind(now))?;
    Ok(row.map(|row| (row.account_id, row.into())))
}

/// Uses a link up; says whether it was this one who did.
pub(crate) async fn take(tx: &mut Tx, digest: Sha256) -> Result<bool> {
    const TAKE: &str = "delete from invitations where token_digest = $1";
    Ok(execute!(tx, sqlx::query(TAKE).bind(digest))? == 1)
}

/// Lets a person choose a new password by a link; an earlier link of theirs works no longer.
pub(crate) async fn put_reset(
    tx: &mut Tx,
    user: UserId,
    digest: Sha256,
    by: Option<UserId>,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<()> {
    const PUT: &str = "\
        insert into password_resets (user_id, token_digest, created_at, created_by, expires_at) \
        values ($1, $2, $3, $4, $5) \
        on conflict (user_id) do update set token_digest = excluded.token_digest, \
            created_at = excluded.created_at, created_by = excluded.created_by, \
            expires_at = excluded.expires_at";
    execute!(
        tx,
        sqlx::query(PUT)
            .bind(user)
            .bind(digest)
            .bind(now)
            .bind(by)
            .bind(expires_at)
    )?;
    Ok(())
}

/// Whose password a link that still works is for.
pub(crate) async fn find_reset(
    tx: &mut Tx,
    digest: Sha256,
    now: Timestamp,
) -> Result<Option<UserId>> {
    const FIND: &str = "\
        select user_id from password_resets where token_digest = $1 and expires_at > $2";
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(FIND).bind(digest).bind(now)
    )?)
}

/// Uses a link for a new password up; says whether it was this one who did.
pub(crate) async fn take_reset(tx: &mut Tx, digest: Sha256) -> Result<bool> {
    const TAKE: &str = "delete from password_resets where token_digest = $1";
    Ok(execute!(tx, sqlx::query(TAKE).bind(digest))? == 1)
}

/// Notes that somebody wanted to use a link and cannot.
pub(crate) async fn refuse(tx: &mut Tx, digest: Sha256, now: Timestamp) -> Result<()> {
    const REFUSE: &str = "update invitations set refused_at = $2 where token_digest = $1";
    execute!(tx, sqlx::query(REFUSE).bind(digest).bind(now))?;
    Ok(())
}

/// Makes a person's link for a new password worthless.
pub(crate) async fn forget_reset(tx: &mut Tx, user: UserId) -> Result<()> {
    const FORGET: &str = "delete from password_resets where user_id = $1";
    execute!(tx, sqlx::query(FORGET).bind(user))?;
    Ok(())
}

/// Makes the links worthless that a person made for others.
pub(crate) async fn forget_made_by(tx: &mut Tx, user: UserId) -> Result<()> {
    const INVITATIONS: &str = "delete from invitations where created_by = $1";
    const RESETS: &str = "delete from password_resets where created_by = $1";
    for forget in [INVITATIONS, RESETS] {
        execute!(&mut *tx, sqlx::query(forget).bind(user))?;
    }
    Ok(())
}

/// Forgets links that work no longer.
pub(crate) async fn delete_expired(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    const INVITATIONS: &str = "delete from invitations where expires_at <= $1";
    const RESETS: &str = "delete from password_resets where expires_at <= $1";
    let invitations = execute!(tx, sqlx::query(INVITATIONS).bind(now))?;
    Ok(invitations + execute!(tx, sqlx::query(RESETS).bind(now))?)
}
