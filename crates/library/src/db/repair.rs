//! Writes the storage meters and their totals anew, from what they count.

use super::{
    Dialect,
    tx::{Tx, execute},
    usage::{bytes_by_kind, bytes_of},
};
use crate::Result;

/// Nobody brings or removes anything meanwhile; `SQLite` lets one write at a time anyway.
const ALONE: &str = "\
    lock table assets, versions, uploads, account_usage, user_usage, usage_totals \
      in share row exclusive mode";

/// The same figures as `usage::recount` and `usage::recount_totals` compare with, by the same text
/// where it is long.
const STATEMENTS: [&str; 7] = [
    "insert into account_usage (account_id, used, reserved) \
     select id, 0, 0 from accounts where true on conflict (account_id) do nothing",
    concat!(
        "update account_usage set used = ",
        bytes_of!("account_usage.account_id"),
        ", \
            reserved = coalesce((select sum(uploads.reserved) from uploads \
                                  where uploads.account_id = account_usage.account_id \
                                    and uploads.state = 'open'), 0)"
    ),
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
    concat!(
        "insert into usage_totals (account_id, kind, state, assets, size) \
         select account_id, kind, state, 0, size from ",
        bytes_by_kind!(),
        " where true \
         on conflict (account_id, kind, state) do update set size = excluded.size"
    ),
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
