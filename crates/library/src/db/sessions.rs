//! Table `sessions`.

use model::{AccountId, Role, Session, SessionId, Sha256, Timestamp, UserId, id::Id as _};

use super::tx::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::{
    Client, Result,
    sessions::{ABSOLUTE, IDLE},
};

/// A living session, with what its owner is at this moment.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct Living {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub role: Role,
    pub operator: bool,
    pub library_enabled: bool,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: SessionId,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    ip: Option<String>,
    user_agent: Option<String>,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            ip: row.ip,
            user_agent: row.user_agent,
        }
    }
}

/// Adds a session.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: SessionId,
    user: UserId,
    digest: Sha256,
    now: Timestamp,
    client: &Client,
) -> Result<()> {
    const INSERT: &str = "\
        insert into sessions (id, user_id, token_digest, created_at, last_seen_at, ip, user_agent) \
        values ($1, $2, $3, $4, $4, $5, $6)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(user)
            .bind(digest)
            .bind(now)
            .bind(client.ip_text())
            .bind(client.browser())
    )?;
    Ok(())
}

/// The session of a token, while it lives and its owner may sign in.
pub(crate) async fn find_living(
    tx: &mut Tx,
    digest: Sha256,
    now: Timestamp,
) -> Result<Option<Living>> {
    const FIND: &str = "\
        select sessions.id, sessions.created_at, sessions.last_seen_at, users.id as user_id, users.account_id, \
            users.role, users.operator, accounts.library_enabled \
        from sessions \
        join users on users.id = sessions.user_id \
        join accounts on accounts.id = users.account_id \
        where sessions.token_digest = $1 and users.disabled_at is null \
            and sessions.created_at > $2 and sessions.last_seen_at > $3";
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(FIND)
            .bind(digest)
            .bind(now.before(ABSOLUTE))
            .bind(now.before(IDLE))
    )?)
}

/// Whether a session lives, its owner may sign in, and their library is on.
pub(crate) async fn lives(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<bool> {
    const LIVES: &str = "\
        select exists (select 1 from sessions \
            join users on users.id = sessions.user_id \
            join accounts on accounts.id = users.account_id \
            where sessions.id = $1 and users.disabled_at is null and accounts.library_enabled \
            and sessions.created_at > $2)";
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(LIVES)
            .bind(id)
            .bind(now.before(ABSOLUTE))
    )?)
}

/// Whether a person has a living session with this token or at this address.
pub(crate) async fn is_known(
    tx: &mut Tx,
    email: &str,
    digest: Option<Sha256>,
    ip: Option<String>,
    now: Timestamp,
) -> Result<bool> {
    const KNOWN: &str = "\
        select exists (select 1 from sessions join users on users.id = sessions.user_id \
            where users.email = $1 and (sessions.token_digest = $2 or sessions.ip = $3) \
            and sessions.created_at > $4 and sessions.last_seen_at > $5)";
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(KNOWN)
            .bind(email)
            .bind(digest)
            .bind(ip.clone())
            .bind(now.before(ABSOLUTE))
            .bind(now.before(IDLE))
    )?)
}

/// Notes that a session was used.
pub(crate) async fn touch(
    tx: &mut Tx,
    id: SessionId,
    now: Timestamp,
    client: &Client,
) -> Result<()> {
    const TOUCH: &str =
        "update sessions set last_seen_at = $2, ip = coalesce($3, ip) where id = $1";
    execute!(
        tx,
        sqlx::query(TOUCH).bind(id).bind(now).bind(client.ip_text())
    )?;
    Ok(())
}

/// The living sessions of a person begun before one, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    user: UserId,
    now: Timestamp,
    before: Option<SessionId>,
    rows: i64,
) -> Result<Vec<Session>> {
    const LIST: &str = "\
        select id, created_at, last_seen_at, ip, user_agent from sessions \
        where user_id = $1 and created_at > $2 and last_seen_at > $3 and id < $4 \
        order by id desc limit $5";
    let before = before.unwrap_or_else(|| SessionId::from_parts(u64::MAX, u128::MAX));
    let rows: Vec<SessionRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST)
            .bind(user)
            .bind(now.before(ABSOLUTE))
            .bind(now.before(IDLE))
            .bind(before)
            .bind(rows)
    )?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Gives a session another token; says whether it was there.
pub(crate) async fn rotate(tx: &mut Tx, id: SessionId, digest: Sha256) -> Result<bool> {
    const ROTATE: &str = "update sessions set token_digest = $2 where id = $1";
    tx.changes_callers();
    Ok(execute!(tx, sqlx::query(ROTATE).bind(id).bind(digest))? == 1)
}

/// Ends one session.
pub(crate) async fn delete(tx: &mut Tx, id: SessionId) -> Result<()> {
    tx.changes_callers();
    execute!(
        tx,
        sqlx::query("delete from sessions where id = $1").bind(id)
    )?;
    Ok(())
}

/// Ends the session of a token.
pub(crate) async fn delete_by_digest(tx: &mut Tx, digest: Sha256) -> Result<()> {
    const DELETE: &str = "delete from sessions where token_digest = $1";
    tx.changes_callers();
    execute!(tx, sqlx::query(DELETE).bind(digest))?;
    Ok(())
}

/// Ends all sessions of a person, but perhaps one.
pub(crate) async fn delete_of_user(
    tx: &mut Tx,
    user: UserId,
    except: Option<SessionId>,
) -> Result<()> {
    const DELETE: &str = "delete from sessions where user_id = $1 and id <> $2";
    tx.changes_callers();
    let except = except.map(|id| id.to_string()).unwrap_or_default();
    execute!(tx, sqlx::query(DELETE).bind(user).bind(except.clone()))?;
    Ok(())
}

/// Removes sessions that have ended by themselves.
pub(crate) async fn delete_expired(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    const DELETE: &str = "delete from sessions where created_at <= $1 or last_seen_at <= $2";
    tx.changes_callers();
    Ok(execute!(
        tx,
        sqlx::query(DELETE)
            .bind(now.before(ABSOLUTE))
            .bind(now.before(IDLE))
    )?)
}

/// Ends one session of a person; says whether there was one.
pub(crate) async fn delete_own(tx: &mut Tx, id: SessionId, user: UserId) -> Result<bool> {
    const DELETE: &str = "delete from sessions where id = $1 and user_id = $2";
    tx.changes_callers();
    Ok(execute!(tx, sqlx::query(DELETE).bind(id).bind(user))? == 1)
}

/// Whether a session lives and its owner may sign in.
pub(crate) async fn is_living(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<bool> {
    const LIVING: &str = "\
        select exists (select 1 from sessions join users on users.id = sessions.user_id \
            where sessions.id = $1 and users.disabled_at is null \
            and sessions.created_at > $2 and sessions.last_seen_at > $3)";
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(LIVING)
            .bind(id)
            .bind(now.before(ABSOLUTE))
            .bind(now.before(IDLE))
    )?)
}
