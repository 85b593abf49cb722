//! Table `users`.

use model::{AccountId, ByteSize, Email, Language, Role, Theme, Timestamp, User, UserId};

use super::tx::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::Result;

#[derive(sqlx::FromRow)]
struct UserRow {
    id: UserId,
    account_id: AccountId,
    email: Email,
    name: String,
    role: Role,
    operator: bool,
    quota: Option<ByteSize>,
    password: String,
    created_at: Timestamp,
    disabled_at: Option<Timestamp>,
    language: Option<Language>,
    theme: Theme,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            email: row.email,
            name: row.name,
            role: row.role,
            operator: row.operator,
            language: row.language,
            theme: row.theme,
            quota: row.quota,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
        }
    }
}

/// Adds a person with the hash of their password; the email address must be new.
pub(crate) async fn insert(tx: &mut Tx, user: &User, password: &str) -> Result<()> {
    const INSERT: &str = "\
        insert into users (id, account_id, email, name, role, operator, password, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(user.id)
            .bind(user.account_id)
            .bind(&user.email)
            .bind(&user.name)
            .bind(user.role)
            .bind(user.operator)
            .bind(password)
            .bind(user.created_at)
    )?;
    Ok(())
}

/// The person with an id.
pub(crate) async fn find(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    const FIND: &str = "select * from users where id = $1";
    let row: Option<UserRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(id))?;
    Ok(row.map(User::from))
}

/// The person with an id, whom nobody else changes until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    const LOCK: &str = "update users set name = name where id = $1 returning *";
    let row: Option<UserRow> = fetch_optional!(tx, sqlx::query_as(LOCK).bind(id))?;
    Ok(row.map(User::from))
}

/// The person with an email address, and the hash of their password.
pub(crate) async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<(User, String)>> {
    const FIND: &str = "select * from users where email = $1";
    let row: Option<UserRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(email))?;
    Ok(row.map(|mut row| {
        let password = std::mem::take(&mut row.password);
        (User::from(row), password)
    }))
}

/// The people of an account after a name and an id, by name.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    (name, id): &(String, String),
    rows: i64,
) -> Result<Vec<User>> {
    const LIST: &str = "\
        select * from users where account_id = $1 and (lower(name), id) > (lower($2), $3) \
         order by lower(name), id limit $4";
    let rows: Vec<UserRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST)
            .bind(account)
            .bind(name)
            .bind(id)
            .bind(rows)
    )?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// People of an account who have added an asset, by name.
pub(crate) async fn list_adders(
    tx: &mut Tx,
    account: AccountId,
    most: i64,
) -> Result<Vec<(UserId, String)>> {
    const LIST: &str = "\
        select users.id, users.name from users \
         where users.account_id = $1 \
           and exists (select 1 from assets \
                        where assets.account_id = $1 and assets.created_by = users.id \
                          and assets.state in ('active', 'archived', 'trashed')) \
         order by lower(users.name), users.id limit $2";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(most)
    )?)
}

/// Whether there is anybody at all.
pub(crate) async fn any(tx: &mut Tx) -> Result<bool> {
    const ANY: &str = "select exists (select 1 from users)";
    Ok(fetch_one!(tx, sqlx::query_scalar(ANY))?)
}

/// Writes the name of a person, and how they want the interface.
pub(crate) async fn set_profile(tx: &mut Tx, user: &User) -> Result<()> {
    const SET: &str = "update users set name = $2, language = $3, theme = $4 where id = $1";
    execute!(
        tx,
        sqlx::query(SET)
            .bind(user.id)
            .bind(&user.name)
            .bind(user.language)
            .bind(user.theme)
    )?;
    Ok(())
}

/// Sets since when a person cannot sign in, or that they can.
pub(crate) async fn set_disabled(tx: &mut Tx, id: UserId, since: Option<Timestamp>) -> Result<()> {
    const SET: &str = "update users set disabled_at = $2 where id = $1";
    tx.changes_callers();
    execute!(tx, sqlx::query(SET).bind(id).bind(since))?;
    Ok(())
}

/// Replaces the hash of a password, unless somebody else did since it was read.
pub(crate) async fn replace_password(
    tx: &mut Tx,
    id: UserId,
    old: &str,
    new: &str,
) -> Result<bool> {
    const REPLACE: &str = "update users set password = $3 where id = $1 and password = $2";
    tx.changes_callers();
    Ok(execute!(tx, sqlx::query(REPLACE).bind(id).bind(old).bind(new))? == 1)
}

/// Writes what administrators and operators may change about a person.
pub(crate) async fn update(tx: &mut Tx, user: &User) -> Result<()> {
    const UPDATE: &str = "update users set role = $2, quota = $3 where id = $1";
    tx.changes_callers();
    execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(user.id)
            .bind(user.role)
            .bind(user.quota)
    )?;
    Ok(())
}

/// Replaces the hash of a password, whatever it was.
pub(crate) async fn set_password(tx: &mut Tx, id: UserId, hash: &str) -> Result<()> {
    const SET: &str = "update users set password = $2 where id = $1";
    tx.changes_callers();
    execute!(tx, sqlx::query(SET).bind(id).bind(hash))?;
    Ok(())
}

/// How many administrators of an account can sign in, but for one person.
pub(crate) async fn count_other_administrators(
    tx: &mut Tx,
    account: AccountId,
    but: UserId,
) -> Result<i64> {
    const COUNT: &str = "\
        select count(*) from users where account_id = $1 and role = 'administrator' \
           and disabled_at is null and id <> $2";
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(COUNT).bind(account).bind(but)
    )?)
}
