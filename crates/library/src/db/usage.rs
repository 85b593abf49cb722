//! Table `account_usage`: the storage meter, with the conditions that keep it within the quota.

use model::{AccountId, ByteSize, Kind, KindUsage, Meter};

use super::tx::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::Result;

/// What an account's meter says.
pub(crate) async fn get(tx: &mut Tx, account: AccountId) -> Result<Meter> {
    const GET: &str = "\
        select coalesce(used, 0) as used, coalesce(reserved, 0) as reserved, quota \
          from accounts left join account_usage on account_usage.account_id = accounts.id \
         where accounts.id = $1";
    let row = fetch_optional!(tx, sqlx::query_as(GET).bind(account))?;
    Ok(row.unwrap_or_default())
}

/// Holds bytes back, unless that would pass the quota; says whether it did.
pub(crate) async fn reserve(tx: &mut Tx, account: AccountId, size: ByteSize) -> Result<bool> {
    settle(tx, account, -signed(size), ByteSize::ZERO).await
}

/// Frees bytes that were held back.
pub(crate) async fn release(tx: &mut Tx, account: AccountId, size: ByteSize) -> Result<()> {
    const RELEASE: &str = "\
        update account_usage \
           set reserved = case when reserved >= $2 then reserved - $2 else 0 end \
         where account_id = $1";
    execute!(tx, sqlx::query(RELEASE).bind(account).bind(size))?;
    Ok(())
}

/// Turns bytes held back into bytes used, unless more is used than was held back and that would
/// pass the quota; says whether it did.
pub(crate) async fn charge(
    tx: &mut Tx,
    account: AccountId,
    reserved: ByteSize,
    used: ByteSize,
) -> Result<bool> {
    settle(tx, account, signed(reserved), used).await
}

async fn settle(tx: &mut Tx, account: AccountId, freed: i64, used: ByteSize) -> Result<bool> {
    const PREPARE: &str = "\
        insert into account_usage (account_id, used, reserved) values ($1, 0, 0) \
        on conflict (account_id) do nothing";
    const SETTLE: &str = "\
        update account_usage set used = used + $3, reserved = reserved - $2 \
         where account_id = $1 \
           and ($3 - $2 <= 0 or used + reserved - $2 + $3 <= coalesce( \
                   (select quota from accounts where id = $1), 9223372036854775807))";
    execute!(tx, sqlx::query(PREPARE).bind(account))?;
    Ok(execute!(
        tx,
        sqlx::query(SETTLE)
            .bind(account)
            .bind(freed)
            .bind(signed(used))
    )? == 1)
}

/// Takes bytes off the meter whose last reference went.
pub(crate) async fn discharge(tx: &mut Tx, account: AccountId, size: ByteSize) -> Result<()> {
    const DISCHARGE: &str = "\
        update account_usage set used = case when used >= $2 then used - $2 else 0 end \
         where account_id = $1";
    execute!(tx, sqlx::query(DISCHARGE).bind(account).bind(size))?;
    Ok(())
}

/// What each kind holds; the same bytes twice counted once.
pub(crate) async fn list_kinds(tx: &mut Tx, account: AccountId) -> Result<Vec<KindUsage>> {
    const LIST: &str = "\
        select kind, cast(sum(assets) as bigint) as assets, cast(sum(size) as bigint) as size \
          from (select kind, blob_id, count(*) as assets, max(size) as size \
                  from assets where account_id = $1 group by kind, blob_id) as originals \
         group by kind order by kind";
    let rows: Vec<(Kind, i64, ByteSize)> = fetch_all!(tx, sqlx::query_as(LIST).bind(account))?;
    Ok(rows
        .into_iter()
        .map(|(kind, count, size)| KindUsage {
            kind,
            count: count.unsigned_abs(),
            size,
        })
        .collect())
}

/// The bytes that only the trash holds.
pub(crate) async fn trash(tx: &mut Tx, account: AccountId) -> Result<ByteSize> {
    const TRASH: &str = "\
        select cast(coalesce(sum(size), 0) as bigint) from blobs \
         where account_id = $1 and refs > 0 \
           and id in (select blob_id from assets where account_id = $1 and state = 'trashed') \
           and id not in (select blob_id from assets where account_id = $1 and state <> 'trashed')";
    Ok(fetch_one!(tx, sqlx::query_scalar(TRASH).bind(account))?)
}

/// Accounts with what their meter says they use, and what a recount says.
pub(crate) async fn recount(tx: &mut Tx) -> Result<Vec<(AccountId, ByteSize, ByteSize)>> {
    const RECOUNT: &str = "\
        select accounts.id, coalesce(account_usage.used, 0) as recorded, \
               cast(coalesce((select sum(size) from blobs \
                 where blobs.account_id = accounts.id \
                   and exists (select 1 from versions where versions.blob_id = blobs.id)), 0) \
               as bigint) as counted \
          from accounts left join account_usage on account_usage.account_id = accounts.id \
         order by accounts.id";
    Ok(fetch_all!(tx, sqlx::query_as(RECOUNT))?)
}

fn signed(size: ByteSize) -> i64 {
    size.as_u64().cast_signed()
}
