//! Table `tokens`.

use model::{AccountId, Role, Scope, Sha256, Timestamp, Token, TokenId, UserId, id::Id as _};

use super::tx::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::{Error, Result};

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: TokenId,
    name: String,
    role: Role,
    scopes: String,
    created_at: Timestamp,
    created_by: Option<UserId>,
    last_used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

impl TryFrom<TokenRow> for Token {
    type Error = Error;

    fn try_from(row: TokenRow) -> Result<Self> {
        Ok(Self {
            scopes: parse_scopes(&row.scopes)?,
            id: row.id,
            name: row.name,
            role: row.role,
            created_at: row.created_at,
            created_by: row.created_by,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        })
    }
}

/// A token that is good, with the account it acts in.
#[derive(Clone)]
pub(crate) struct Valid {
    pub id: TokenId,
    pub account_id: AccountId,
    pub role: Role,
    pub scopes: Vec<Scope>,
    pub last_used_at: Option<Timestamp>,
    pub library_enabled: bool,
}

#[derive(sqlx::FromRow)]
struct ValidRow {
    id: TokenId,
    account_id: AccountId,
    role: Role,
    scopes: String,
    last_used_at: Option<Timestamp>,
    library_enabled: bool,
}

fn parse_scopes(text: &str) -> Result<Vec<Scope>> {
    text.split_whitespace()
        .map(|word| {
            word.parse()
                .map_err(|_| Error::Inconsistent(format!("tokens.scopes holds `{word}`")))
        })
        .collect()
}

fn write_scopes(scopes: &[Scope]) -> String {
    let words: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    words.join(" ")
}

/// Adds a token with the digest of its secret.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    token: &Token,
    digest: Sha256,
) -> Result<()> {
    const INSERT: &str = "\
        insert into tokens (id, account_id, name, role, scopes, digest, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(token.id)
            .bind(account)
            .bind(&token.name)
            .bind(token.role)
            .bind(write_scopes(&token.scopes))
            .bind(digest)
            .bind(token.created_at)
            .bind(token.created_by)
    )?;
    Ok(())
}

/// The token of a secret, unless it was revoked.
pub(crate) async fn find_valid(tx: &mut Tx, digest: Sha256) -> Result<Option<Valid>> {
    const FIND: &str = "\
        select tokens.id, tokens.account_id, tokens.role, tokens.scopes, tokens.last_used_at, \
            accounts.library_enabled \
        from tokens join accounts on accounts.id = tokens.account_id \
        where tokens.digest = $1 and tokens.revoked_at is null";
    let row: Option<ValidRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(digest))?;
    row.map(|row| {
        Ok(Valid {
            scopes: parse_scopes(&row.scopes)?,
            id: row.id,
            account_id: row.account_id,
            role: row.role,
            last_used_at: row.last_used_at,
            library_enabled: row.library_enabled,
        })
    })
    .transpose()
}

/// Notes that a token was used.
pub(crate) async fn touch(tx: &mut Tx, id: TokenId, now: Timestamp) -> Result<()> {
    const TOUCH: &str = "update tokens set last_used_at = $2 where id = $1";
    execute!(tx, sqlx::query(TOUCH).bind(id).bind(now))?;
    Ok(())
}

/// One token of an account.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: TokenId) -> Result<Option<Token>> {
    const FIND: &str = "select * from tokens where id = $1 and account_id = $2";
    let row: Option<TokenRow> = fetch_optional!(tx, sqlx::query_as(FIND).bind(id).bind(account))?;
    row.map(Token::try_from).transpose()
}

/// Whether a token is good, and the library of its account is on.
pub(crate) async fn lives(tx: &mut Tx, id: TokenId) -> Result<bool> {
    const LIVES: &str = "\
        select exists (select 1 from tokens join accounts on accounts.id = tokens.account_id \
            where tokens.id = $1 and tokens.revoked_at is null and accounts.library_enabled)";
    Ok(fetch_one!(tx, sqlx::query_scalar(LIVES).bind(id))?)
}

/// The tokens of an account made before one, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    before: Option<TokenId>,
    rows: i64,
) -> Result<Vec<Token>> {
    const LIST: &str = "\
        select * from tokens where account_id = $1 and id < $2 order by id desc limit $3";
    let before = before.unwrap_or_else(|| TokenId::from_parts(u64::MAX, u128::MAX));
    let rows: Vec<TokenRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(before).bind(rows)
    )?;
    rows.into_iter().map(Token::try_from).collect()
}

/// The tokens of an account that somebody made, newest first.
pub(crate) async fn list_made_by(
    tx: &mut Tx,
    account: AccountId,
    maker: UserId,
    rows: i64,
) -> Result<Vec<Token>> {
    const LIST: &str = "\
        select * from tokens where created_by = $2 and account_id = $1 order by id desc limit $3";
    let rows: Vec<TokenRow> = fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(maker).bind(rows)
    )?;
    rows.into_iter().map(Token::try_from).collect()
}

/// The person behind a token.
pub(crate) async fn find_maker(tx: &mut Tx, id: TokenId) -> Result<Option<UserId>> {
    const FIND: &str = "select created_by from tokens where id = $1";
    let maker: Option<Option<UserId>> = fetch_optional!(tx, sqlx::query_scalar(FIND).bind(id))?;
    Ok(maker.flatten())
}

/// Makes all tokens worthless that somebody made, in whichever account; which they were.
pub(crate) async fn revoke_made_by(
    tx: &mut Tx,
    maker: UserId,
    now: Timestamp,
) -> Result<Vec<(TokenId, AccountId)>> {
    const REVOKE: &str = "\
        update tokens set revoked_at = $2 where created_by = $1 and revoked_at is null \
        returning id, account_id";
    tx.changes_callers();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(REVOKE).bind(maker).bind(now)
    )?)
}

/// Makes a token worthless from now on; a second time changes nothing.
pub(crate) async fn revoke(tx: &mut Tx, id: TokenId, now: Timestamp) -> Result<bool> {
    const REVOKE: &str = "update tokens set revoked_at = $2 where id = $1 and revoked_at is null";
    tx.changes_callers();
    Ok(execute!(tx, sqlx::query(REVOKE).bind(id).bind(now))? == 1)
}

/// Whether a token was not revoked.
pub(crate) async fn is_valid(tx: &mut Tx, id: TokenId) -> Result<bool> {
    const VALID: &str = "\
        select exists (select 1 from tokens where id = $1 and revoked_at is null)";
    Ok(fetch_one!(tx, sqlx::query_scalar(VALID).bind(id))?)
}
