//! Tables `account_usage` and `user_usage`: the storage meters, with the conditions that keep them
//! within their quotas, and the totals behind them, which triggers keep.

use std::collections::BTreeMap;

use model::{AccountId, BlobId, ByteSize, Fullness, Kind, KindUsage, Meter, UserId, UserUsage};

use super::tx::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::Result;

/// `$1` is the account.
pub(super) const GET: &str = "\
    select coalesce(used, 0) as used, coalesce(reserved, 0) as reserved, quota \
      from accounts left join account_usage on account_usage.account_id = accounts.id \
     where accounts.id = $1";

/// What an account's meter says.
pub(crate) async fn get(tx: &mut Tx, account: AccountId) -> Result<Meter> {
    let row = fetch_optional!(tx, sqlx::query_as(GET).bind(account))?;
    Ok(row.unwrap_or_default())
}

/// `$1` is the person.
pub(super) const GET_OF_USER: &str = "\
    select coalesce(used, 0) as used, coalesce(reserved, 0) as reserved, \
           coalesce(users.quota, accounts.user_quota) as quota \
      from users join accounts on accounts.id = users.account_id \
                 left join user_usage on user_usage.user_id = users.id \
     where users.id = $1";

/// What a person's own meter says.
pub(crate) async fn get_of_user(tx: &mut Tx, user: UserId) -> Result<Meter> {
    let row = fetch_optional!(tx, sqlx::query_as(GET_OF_USER).bind(user))?;
    Ok(row.unwrap_or_default())
}

/// What the people of an account have brought, most first.
pub(crate) async fn list_users(
    tx: &mut Tx,
    account: AccountId,
    rows: i64,
) -> Result<Vec<UserUsage>> {
    const LIST: &str = "\
        select users.id as user_id, users.name, user_usage.used, \
               coalesce(users.quota, accounts.user_quota) as quota \
          from user_usage join users on users.id = user_usage.user_id \
                          join accounts on accounts.id = user_usage.account_id \
         where user_usage.account_id = $1 and user_usage.used > 0 \
         order by user_usage.used desc, users.id limit $2";
    Ok(fetch_all!(
        tx,
        sqlx::query_as(LIST).bind(account).bind(rows)
    )?)
}

/// How many assets an account has, and the most it may have.
///
/// While a transaction holds the row of the meter, which every charge takes, nobody else brings
/// one; its own are counted in at once by `SQLite`, and by Postgres when it is over.
pub(crate) async fn count_assets(tx: &mut Tx, account: AccountId) -> Result<(i64, i64)> {
    const COUNT: &str = "\
        select cast(coalesce((select sum(assets) from usage_totals where account_id = $1), 0) \
                    as bigint) as assets, max_assets \
          from accounts where id = $1";
    Ok(fetch_one!(tx, sqlx::query_as(COUNT).bind(account))?)
}

/// Holds bytes back, unless that would pass the account's quota; says whether it did.
pub(crate) async fn reserve(tx: &mut Tx, account: AccountId, size: ByteSize) -> Result<bool> {
    settle(tx, account, -signed(size), ByteSize::ZERO).await
}

/// Holds bytes back of what a person may bring; after [`reserve`], which locks the account's row.
pub(crate) async fn reserve_of_user(tx: &mut Tx, user: UserId, size: ByteSize) -> Result<bool> {
    settle_user(tx, user, -signed(size), ByteSize::ZERO).await
}

/// Frees bytes that were held back.
pub(crate) async fn release(
    tx: &mut Tx,
    account: AccountId,
    user: Option<UserId>,
    size: ByteSize,
) -> Result<()> {
    const RELEASE: &str = "\
        update account_usage \
           set reserved = case when reserved >= $2 then reserved - $2 else 0 end \
         where account_id = $1";
    const RELEASE_OF_USER: &str = "\
        update user_usage \
           set reserved = case when reserved >= $2 then reserved - $2 else 0 end \
         where user_id = $1";
    execute!(tx, sqlx::query(RELEASE).bind(account).bind(size))?;
    if let Some(user) = user {
        execute!(tx, sqlx::query(RELEASE_OF_USER).bind(user).bind(size))?;
    }
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

/// Frees what a person had held back, unless what they bring instead would pass their quota; says
/// whether it did. The bytes are counted where the version is written, which comes after this.
pub(crate) async fn charge_user(
    tx: &mut Tx,
    user: UserId,
    reserved: ByteSize,
    blob: BlobId,
    size: ByteSize,
) -> Result<bool> {
    const HAS: &str = "\
        select exists (select 1 from user_blobs where blob_id = $1 and user_id = $2)";
    let has: bool = fetch_one!(tx, sqlx::query_scalar(HAS).bind(blob).bind(user))?;
    let brought = if has { ByteSize::ZERO } else { size };
    settle_user(tx, user, signed(reserved), brought).await
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

async fn settle_user(tx: &mut Tx, user: UserId, freed: i64, brought: ByteSize) -> Result<bool> {
    const PREPARE: &str = "\
        insert into user_usage (user_id, account_id, used, reserved) \
        select id, account_id, 0, 0 from users where id = $1 \
        on conflict (user_id) do nothing";
    const SETTLE: &str = "\
        update user_usage set reserved = reserved - $2 \
         where user_id = $1 \
           and ($3 - $2 <= 0 or used + reserved - $2 + $3 <= coalesce( \
                   (select coalesce(users.quota, accounts.user_quota) \
                      from users join accounts on accounts.id = users.account_id \
                     where users.id = $1), 9223372036854775807))";
    execute!(tx, sqlx::query(PREPARE).bind(user))?;
    Ok(execute!(
        tx,
        sqlx::query(SETTLE)
            .bind(user)
            .bind(freed)
            .bind(signed(brought))
    )? == 1)
}

/// Takes bytes off the meter whose last reference went.
pub(crate) async fn discharge(tx: &mut Tx, account: AccountId, size: ByteSize) -> Result<()> {
    const DISCHARGE: &str = "\
        update account_usage set used = case when used >= $2 then used - $2 else 0 end \
         where account_id = $1";
    execute!(tx, sqlx::query(DISCHARGE).bind(account).bind(size))?;
    let level = percent(get(tx, account).await?.fullness());
    calm(tx, account, level).await
}

/// Ends what was warned of, where less is held by now: who passes the mark again is told again.
async fn calm(tx: &mut Tx, account: AccountId, level: i64) -> Result<()> {
    const CALM: &str = "update account_usage set warned = $2 where account_id = $1 and warned > $2";
    const UNSEE: &str = "update storage_seen set level = $2 where account_id = $1 and level > $2";
    execute!(&mut *tx, sqlx::query(CALM).bind(account).bind(level))?;
    execute!(&mut *tx, sqlx::query(UNSEE).bind(account).bind(level))?;
    Ok(())
}

/// How full an account is of which a person was not told yet, or has not said so.
pub(crate) async fn find_unseen(
    tx: &mut Tx,
    account: AccountId,
    user: UserId,
) -> Result<Option<Fullness>> {
    const FIND: &str = "\
        select warned from account_usage \
         where account_id = $1 and warned > coalesce( \
               (select level from storage_seen where user_id = $2), 0)";
    let level: Option<i64> =
        fetch_optional!(tx, sqlx::query_scalar(FIND).bind(account).bind(user))?;
    Ok(match level {
        Some(95..) => Some(Fullness::Critical),
        Some(80..) => Some(Fullness::High),
        _ => None,
    })
}

/// Notes that a person has seen how full their account is.
pub(crate) async fn see(tx: &mut Tx, account: AccountId, user: UserId) -> Result<()> {
    const SEE: &str = "\
        insert into storage_seen (user_id, account_id, level) \
        select users.id, users.account_id, account_usage.warned \
          from users join account_usage on account_usage.account_id = users.account_id \
         where users.account_id = $1 and users.id = $2 and account_usage.warned > 0 \
        on conflict (user_id) do update set level = excluded.level";
    execute!(tx, sqlx::query(SEE).bind(account).bind(user))?;
    Ok(())
}

/// How many accounts are at least this full, in percent, of which administrators are warned.
pub(crate) async fn count_warned(tx: &mut Tx, level: i64) -> Result<u64> {
    const COUNT: &str = "select count(*) from account_usage where warned >= $1";
    let count: i64 = fetch_one!(tx, sqlx::query_scalar(COUNT).bind(level))?;
    Ok(count.unsigned_abs())
}

/// How full an account is, where nobody was told yet that it is so full; told by this.
pub(crate) async fn cross(tx: &mut Tx, account: AccountId) -> Result<Option<Fullness>> {
    const CROSS: &str = "\
        update account_usage set warned = $2 where account_id = $1 and warned < $2";
    let fullness = get(tx, account).await?.fullness();
    let level = percent(fullness);
    let crossed = execute!(tx, sqlx::query(CROSS).bind(account).bind(level))? == 1;
    calm(tx, account, level).await?;
    Ok(crossed.then_some(fullness))
}

const fn percent(fullness: Fullness) -> i64 {
    match fullness {
        Fullness::Fine => 0,
        Fullness::High => 80,
        Fullness::Critical => 95,
    }
}

/// One total: what the assets of a kind hold in a state.
#[derive(sqlx::FromRow)]
struct Total {
    kind: Kind,
    state: String,
    assets: i64,
    size: ByteSize,
}

/// `$1` is the account.
pub(super) const LIST_KINDS: &str = "\
    select kind, state, assets, size from usage_totals \
     where account_id = $1 and (assets <> 0 or size <> 0) order by kind, state";

/// What each kind holds, by state; the same bytes twice counted once.
pub(crate) async fn list_kinds(tx: &mut Tx, account: AccountId) -> Result<Vec<KindUsage>> {
    let rows: Vec<Total> = fetch_all!(tx, sqlx::query_as(LIST_KINDS).bind(account))?;
    let mut kinds: Vec<KindUsage> = Vec::new();
    for row in rows {
        if kinds.last().is_none_or(|last| last.kind != row.kind) {
            kinds.push(KindUsage {
                kind: row.kind,
                count: 0,
                size: ByteSize::ZERO,
                archive: ByteSize::ZERO,
                trash: ByteSize::ZERO,
            });
        }
        let Some(last) = kinds.last_mut() else {
            continue;
        };
        last.count += row.assets.unsigned_abs();
        last.size = last.size + row.size;
        match row.state.as_str() {
            "archived" => last.archive = row.size,
            "trashed" => last.trash = row.size,
            _ => {}
        }
    }
    Ok(kinds)
}

/// What an account holds, the same bytes twice counted once; it is told by what its id is called.
macro_rules! bytes_of {
    ($id:literal) => {
        concat!(
            "cast(coalesce((select sum(blobs.size) from blobs where blobs.account_id = ",
            $id,
            " and exists (select 1 from versions where versions.blob_id = blobs.id)), 0) as bigint)"
        )
    };
}

/// What each account holds of a kind in a state: bytes that several assets have are where the
/// first of active, archived and trashed is.
macro_rules! bytes_by_kind {
    () => {
        "(select account_id, kind, \
                 case place when 1 then 'active' when 2 then 'archived' else 'trashed' end \
                   as state, \
                 cast(sum(size) as bigint) as size \
            from (select blobs.account_id, blobs.size, \
                         case when blobs.mime like 'image/%' then 'image' \
                              when blobs.mime like 'video/%' then 'video' \
                              when blobs.mime like 'audio/%' then 'audio' \
                              when blobs.mime = 'text/vcard' then 'contact' \
                              else 'document' end as kind, \
                         min(case assets.state when 'active' then 1 when 'archived' then 2 \
                                  else 3 end) as place \
                    from versions join assets on assets.id = versions.asset_id \
                                  join blobs on blobs.id = versions.blob_id \
                   group by blobs.id, blobs.account_id, blobs.size, blobs.mime) as placed \
           group by account_id, kind, place) as held"
    };
}

pub(super) use {bytes_by_kind, bytes_of};

/// Accounts with what their meter says they use, and what a recount says.
pub(crate) async fn recount(tx: &mut Tx) -> Result<Vec<(AccountId, ByteSize, ByteSize)>> {
    const RECOUNT: &str = concat!(
        "select accounts.id, coalesce(account_usage.used, 0) as recorded, ",
        bytes_of!("accounts.id"),
        " as counted \
          from accounts left join account_usage on account_usage.account_id = accounts.id \
         order by accounts.id"
    );
    Ok(fetch_all!(tx, sqlx::query_as(RECOUNT))?)
}

/// A total that is not what a recount says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub account: AccountId,
    /// What is counted: `bytes of image, trashed`, or a person.
    pub what: String,
    pub recorded: i64,
    pub counted: i64,
}

/// Totals that are not what a recount says.
pub(crate) async fn recount_totals(tx: &mut Tx) -> Result<Vec<Difference>> {
    const QUESTIONS: [(&str, &str); 5] = [
        (
            "select account_id, 'bytes of ' || kind || ', ' || state, size from usage_totals \
              where size <> 0",
            concat!(
                "select account_id, 'bytes of ' || kind || ', ' || state, size from ",
                bytes_by_kind!()
            ),
        ),
        (
            "select account_id, 'assets of ' || kind || ', ' || state, assets from usage_totals \
              where assets <> 0",
            "select account_id, 'assets of ' || kind || ', ' || state, count(*) from assets \
              group by account_id, kind, state",
        ),
        (
            "select account_id, 'bytes brought by ' || user_id, used from user_usage \
              where used <> 0",
            "select account_id, 'bytes brought by ' || created_by, cast(sum(size) as bigint) \
               from (select distinct versions.account_id, versions.created_by, blobs.id, \
                            blobs.size \
                       from versions join blobs on blobs.id = versions.blob_id \
                      where versions.created_by is not null) as brought \
              group by account_id, created_by",
        ),
        (
            "select account_id, 'bytes held for uploads', reserved from account_usage \
              where reserved <> 0",
            "select account_id, 'bytes held for uploads', cast(sum(reserved) as bigint) \
               from uploads where state = 'open' and reserved <> 0 group by account_id",
        ),
        (
            "select account_id, 'bytes held for uploads of ' || user_id, reserved \
               from user_usage where reserved <> 0",
            "select account_id, 'bytes held for uploads of ' || created_by, \
                    cast(sum(reserved) as bigint) \
               from uploads \
              where state = 'open' and reserved <> 0 and created_by is not null \
              group by account_id, created_by",
        ),
    ];
    let mut differences = Vec::new();
    for (recorded, counted) in QUESTIONS {
        let recorded: Vec<(AccountId, String, i64)> = fetch_all!(tx, sqlx::query_as(recorded))?;
        let counted: Vec<(AccountId, String, i64)> = fetch_all!(tx, sqlx::query_as(counted))?;
        differences.extend(compare(recorded, counted));
    }
    Ok(differences)
}

/// What two lists of figures do not agree on.
fn compare(
    recorded: Vec<(AccountId, String, i64)>,
    counted: Vec<(AccountId, String, i64)>,
) -> impl Iterator<Item = Difference> {
    let mut figures: BTreeMap<(AccountId, String), (i64, i64)> = BTreeMap::new();
    for (account, what, figure) in recorded {
        figures.entry((account, what)).or_default().0 = figure;
    }
    for (account, what, figure) in counted {
        figures.entry((account, what)).or_default().1 = figure;
    }
    figures
        .into_iter()
        .filter(|(_, (recorded, counted))| recorded != counted)
        .map(|((account, what), (recorded, counted))| Difference {
            account,
            what,
            recorded,
            counted,
        })
}

fn signed(size: ByteSize) -> i64 {
    size.as_u64().cast_signed()
}
