//! Writes the storage meters and their totals anew, from what they count.

use super::{
    Dialect,
    tx::{Tx, execute},
};
use crate::Result;

/// Nobody brings or removes anything meanwhile; `SQLite` lets one write at a time anyway.
const ALONE: &str = "\
    lock table assets, versions, uploads, account_usage, user_usage, usage_totals \
      in share row exclusive mode";

/// The same figures as `usage::recount` and `usage::recount_totals` compare with.
const STATEMENTS: [&str; 7] = [
    "insert into account_usage (account_id, used, reserved) \
     select id, 0, 0 from accounts where true on conflict (account_id) do nothing",
    "update account_usage \
        set used = coalesce((select sum(blobs.size) from blobs \
                              where blobs.account_id = account_usage.account_id \
                                and exists (select 1 from versions \
                                             where versions.blob_id = blobs.id)), 0), \
            reserved = coalesce((select sum(uploads.reserved) from uploads \
                                  where uploads.account_id = account_usage.account_id \
                                    and uploads.state = 'open'), 0)",
    "insert into user_usage (user_id, account_id, used, reserved) \
     select id, account_id, 0, 0 from users where true on conflict (user_id) do nothing",
    "update user_usage \
        set used = coalesce((select sum(blobs.size) from blobs \
                              where exists (select 1 from versions \
                                             where versions.blob_id = blobs.id \
                                               and versions.created_by = user_usage.user_id)), 0), \
            reserved = coalesce((select sum(uploads.reserved) from uploads \
                                  where uploads.created_by = user_usage.user_id \
                                    and uploads.state = 'open'), 0)",
    "update usage_totals set assets = 0, size = 0",
    "insert into usage_totals (account_id, kind, state, assets, size) \
     select account_id, kind, state, count(*), 0 from assets where true \
      group by account_id, kind, state \
     on conflict (account_id, kind, state) do update set assets = excluded.assets",
    "insert into usage_totals (account_id, kind, state, assets, size) \
     select account_id, kind, \
            case place when 1 then 'active' when 2 then 'archived' else 'trashed' end, \
            0, cast(sum(size) as bigint) \
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
              group by blobs.id, blobs.account_id, blobs.size, blobs.mime) as held \
      where true group by account_id, kind, place \
     on conflict (account_id, kind, state) do update set size = excluded.size",
];

/// Holds everybody else off, before anything is compared.
pub(crate) async fn hold_others_off(tx: &mut Tx) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        execute!(tx, sqlx::query(ALONE))?;
    }
    Ok(())
}

/// Writes every meter and total as a recount has it.
pub(crate) async fn write_anew(tx: &mut Tx) -> Result<()> {
    for statement in STATEMENTS {
        execute!(tx, sqlx::query(statement))?;
    }
    Ok(())
}
