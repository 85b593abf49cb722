//! Table `embed_sessions`.

use model::{
    AccountId, EmbedSession, EmbedSessionId, EmbedUser, FolderId, NewUsage, Sha256, Timestamp,
    TokenId, UsageKind, UsageReference, UsageTitle, UserId, WebAddress, WebOrigin, id::Id as _,
};
use sqlx::AssertSqlSafe;

use super::tx::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::{Error, Result};

/// Sessions that live at the moment `$1`: until they expire or are ended, and as long as what
/// made them is good and the library of their account is on.
const LIVING: &str = "\
    from embed_sessions \
         join accounts on accounts.id = embed_sessions.account_id \
         left join tokens on tokens.id = embed_sessions.token_id \
         left join users on users.id = coalesce(embed_sessions.created_by, tokens.created_by) \
   where embed_sessions.ended_at is null and embed_sessions.expires_at > $1 \
     and accounts.library_enabled and tokens.revoked_at is null and users.disabled_at is null \
     and (embed_sessions.created_by is null or users.role = 'administrator')";

#[derive(sqlx::FromRow)]
struct EmbedRow {
    id: EmbedSessionId,
    account_id: AccountId,
    origin: WebOrigin,
    scopes: String,
    folder_id: Option<FolderId>,
    kinds: String,
    max_operations: Option<i64>,
    used_in_kind: Option<UsageKind>,
    used_in_reference: Option<UsageReference>,
    used_in_title: Option<UsageTitle>,
    used_in_url: Option<WebAddress>,
    host_user: Option<EmbedUser>,
    token_id: Option<TokenId>,
    created_by: Option<UserId>,
    created_at: Timestamp,
    expires_at: Timestamp,
}

impl TryFrom<EmbedRow> for EmbedSession {
    type Error = Error;

    fn try_from(row: EmbedRow) -> Result<Self> {
        let used_in = row.used_in_kind.zip(row.used_in_reference);
        let used_in = used_in.map(|(kind, reference)| NewUsage {
            kind,
            reference,
            title: row.used_in_title,
            url: row.used_in_url,
        });
        Ok(Self {
            id: row.id,
            origin: row.origin,
            scopes: parse_words(&row.scopes)?,
            folder_id: row.folder_id,
            kinds: parse_words(&row.kinds)?,
            max_operations: row
                .max_operations
                .map(|most| u32::try_from(most).unwrap_or(u32::MAX)),
            used_in,
            user: row.host_user,
            token_id: row.token_id,
            created_by: row.created_by,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}

fn parse_words<T: std::str::FromStr>(text: &str) -> Result<Vec<T>> {
    text.split_whitespace()
        .map(|word| {
            word.parse()
                .map_err(|_| Error::Inconsistent(format!("embed_sessions holds `{word}`")))
        })
        .collect()
}

/// Words with spaces between.
pub(crate) fn write_words<T: ToString>(words: &[T]) -> String {
    let words: Vec<_> = words.iter().map(ToString::to_string).collect();
    words.join(" ")
}

/// Adds a session with the digest of its secret.
pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    session: &EmbedSession,
    digest: Sha256,
) -> Result<()> {
    const INSERT: &str = "\
        insert into embed_sessions (id, account_id, digest, origin, scopes, folder_id, kinds, \
            max_operations, used_in_kind, used_in_reference, used_in_title, used_in_url, \
            host_user, token_id, created_by, created_at, expires_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let place = session.used_in.as_ref();
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(session.id)
            .bind(account)
            .bind(digest)
            .bind(&session.origin)
            .bind(write_words(&session.scopes))
            .bind(session.folder_id)
            .bind(write_words(&session.kinds))
            .bind(session.max_operations.map(i64::from))
            .bind(place.map(|place| place.kind))
            .bind(place.map(|place| &place.reference))
            .bind(place.and_then(|place| place.title.as_ref()))
            .bind(place.and_then(|place| place.url.as_ref()))
            .bind(&session.user)
            .bind(session.token_id)
            .bind(session.created_by)
            .bind(session.created_at)
            .bind(session.expires_at)
    )?;
    Ok(())
}

/// The living session of a secret, and the account it acts in.
pub(crate) async fn find_living(
    tx: &mut Tx,
    digest: Sha256,
    now: Timestamp,
) -> Result<Option<(AccountId, EmbedSession)>> {
    let find = format!("select embed_sessions.* {LIVING} and embed_sessions.digest = $2");
    let row: Option<EmbedRow> = fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(now)
            .bind(digest)
    )?;
    row.map(|row| Ok((row.account_id, row.try_into()?)))
        .transpose()
}

/// A living session of an account.
pub(crate) async fn find(
    tx: &mut Tx,
    account: AccountId,
    id: EmbedSessionId,
    now: Timestamp,
) -> Result<Option<EmbedSession>> {
    let find = format!(
        "select embed_sessions.* {LIVING} \
            and embed_sessions.account_id = $2 and embed_sessions.id = $3"
    );
    let row: Option<EmbedRow> = fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(now)
            .bind(account)
            .bind(id)
    )?;
    row.map(EmbedSession::try_from).transpose()
}

/// Which page a living session is for. It is asked by whoever loads the frame, before anybody
/// says who they are: the id alone tells it.
pub(crate) async fn find_origin(
    tx: &mut Tx,
    id: EmbedSessionId,
    now: Timestamp,
) -> Result<Option<WebOrigin>> {
    let find = format!("select embed_sessions.origin {LIVING} and embed_sessions.id = $2");
    Ok(fetch_optional!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(find.clone()))
            .bind(now)
            .bind(id)
    )?)
}

/// Whether a session lives.
pub(crate) async fn lives(tx: &mut Tx, id: EmbedSessionId, now: Timestamp) -> Result<bool> {
    Ok(find_origin(tx, id, now).await?.is_some())
}

/// How many living sessions an account has.
pub(crate) async fn count_living(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<i64> {
    let count = format!("select count(*) {LIVING} and embed_sessions.account_id = $2");
    Ok(fetch_one!(
        tx,
        sqlx::query_scalar(AssertSqlSafe(count.clone()))
            .bind(now)
            .bind(account)
    )?)
}

/// The living sessions of an account made before one, newest first.
pub(crate) async fn list_living(
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
    before: Option<EmbedSessionId>,
    rows: i64,
) -> Result<Vec<EmbedSession>> {
    let list = format!(
        "select embed_sessions.* {LIVING} \
            and embed_sessions.account_id = $2 and embed_sessions.id < $3 \
          order by embed_sessions.id desc limit $4"
    );
    let before = before.unwrap_or_else(|| EmbedSessionId::from_parts(u64::MAX, u128::MAX));
    let rows: Vec<EmbedRow> = fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(now)
            .bind(account)
            .bind(before)
            .bind(rows)
    )?;
    rows.into_iter().map(EmbedSession::try_from).collect()
}

/// Gives a session another secret in place of one; says whether it still had that one.
pub(crate) async fn rotate(
    tx: &mut Tx,
    account: AccountId,
    id: EmbedSessionId,
    (spent, fresh): (Sha256, Sha256),
) -> Result<bool> {
    const ROTATE: &str = "\
        update embed_sessions set digest = $4 \
         where id = $1 and account_id = $2 and digest = $3 and ended_at is null";
    tx.changes_callers();
    Ok(execute!(
        tx,
        sqlx::query(ROTATE)
            .bind(id)
            .bind(account)
            .bind(spent)
            .bind(fresh)
    )? == 1)
}

/// Counts one more write of a session; says whether it may write that often.
pub(crate) async fn count_operation(
    tx: &mut Tx,
    account: AccountId,
    id: EmbedSessionId,
) -> Result<bool> {
    const COUNT: &str = "\
        update embed_sessions set operations = operations + 1 \
         where id = $1 and account_id = $2 and operations < max_operations";
    Ok(execute!(tx, sqlx::query(COUNT).bind(id).bind(account))? == 1)
}

/// Ends a session; a second time changes nothing.
pub(crate) async fn end(
    tx: &mut Tx,
    account: AccountId,
    id: EmbedSessionId,
    now: Timestamp,
) -> Result<bool> {
    const END: &str = "\
        update embed_sessions set ended_at = $3 \
         where id = $1 and account_id = $2 and ended_at is null";
    tx.changes_callers();
    Ok(execute!(tx, sqlx::query(END).bind(id).bind(account).bind(now))? == 1)
}

/// Ends all that a token made; which of them still had time left.
pub(crate) async fn end_of_token(
    tx: &mut Tx,
    token: TokenId,
    now: Timestamp,
) -> Result<Vec<(EmbedSessionId, AccountId)>> {
    const END: &str = "\
        update embed_sessions set ended_at = $2 \
         where token_id = $1 and ended_at is null and expires_at > $2 returning id, account_id";
    tx.changes_callers();
    Ok(fetch_all!(tx, sqlx::query_as(END).bind(token).bind(now))?)
}

/// Ends all that a person made; which of them still had time left.
pub(crate) async fn end_made_by(
    tx: &mut Tx,
    maker: UserId,
    now: Timestamp,
) -> Result<Vec<(EmbedSessionId, AccountId)>> {
    const END: &str = "\
        update embed_sessions set ended_at = $2 \
         where created_by = $1 and ended_at is null and expires_at > $2 returning id, account_id";
    tx.changes_callers();
    Ok(fetch_all!(tx, sqlx::query_as(END).bind(maker).bind(now))?)
}

/// Forgets sessions that expired before a moment.
pub(crate) async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64> {
    const DELETE: &str = "delete from embed_sessions where expires_at < $1";
    tx.changes_callers();
    Ok(execute!(tx, sqlx::query(DELETE).bind(moment))?)
}
