//! What triggers keep in step, made in one go.

/// Rows that take part in an account's usage, as `usage.rs` counts them.
pub const COUNTS: [&str; 12] = [
    "delete from usage_totals",
    "delete from blob_uses",
    "delete from user_blobs",
    "delete from user_usage",
    "delete from account_usage",
    "update blobs set refs = (select count(*) from versions where blob_id = blobs.id)",
    "insert into blob_uses (blob_id, account_id, kind, size, active, archived, trashed, state) \
     select blobs.id, blobs.account_id, 'image', blobs.size, \
            sum(case when assets.state = 'active' then 1 else 0 end), \
            sum(case when assets.state = 'archived' then 1 else 0 end), \
            sum(case when assets.state = 'trashed' then 1 else 0 end), min(assets.state) \
       from versions join assets on assets.id = versions.asset_id \
                     join blobs on blobs.id = versions.blob_id \
      group by blobs.id, blobs.account_id, blobs.size",
    "insert into usage_totals (account_id, kind, state, assets, size) \
     select account_id, kind, state, count(*), 0 from assets group by account_id, kind, state",
    "update usage_totals set size = coalesce((select sum(size) from blob_uses \
      where blob_uses.account_id = usage_totals.account_id \
        and blob_uses.kind = usage_totals.kind and blob_uses.state = usage_totals.state), 0)",
    "insert into user_blobs (blob_id, user_id, size, uses) \
     select blobs.id, versions.created_by, blobs.size, count(*) \
       from versions join blobs on blobs.id = versions.blob_id \
      where versions.created_by is not null group by blobs.id, versions.created_by, blobs.size",
    "insert into user_usage (user_id, account_id, used, reserved) \
     select users.id, users.account_id, sum(user_blobs.size), 0 \
       from user_blobs join users on users.id = user_blobs.user_id \
      group by users.id, users.account_id",
    "insert into account_usage (account_id, used, reserved, last_event) \
     select account_id, sum(size), 0, \
            coalesce((select max(seq) from events where events.account_id = blob_uses.account_id), 0) \
       from blob_uses group by account_id",
];

/// What carries a tag or is for a team, and is not in sight.
pub const UNSEEN: [&str; 2] = [
    "update asset_tags set is_seen = false \
      where asset_id in (select id from assets where state <> 'active')",
    "update asset_teams set is_seen = false \
      where asset_id in (select id from assets where state <> 'active')",
];

/// How many assets there are in each folder, and in all below.
pub const FOLDER_COUNTS: [&str; 2] = [
    "update folders set asset_count = (select count(*) from assets \
      where assets.account_id = folders.account_id and assets.folder_id = folders.id \
        and assets.state = 'active')",
    "update folders set total_count = (select sum(held.asset_count) \
       from folder_ancestors join folders as held on held.id = folder_ancestors.folder_id \
      where folder_ancestors.ancestor_id = folders.id)",
];

/// The index of words. Only some words are left to be learned: there are no others.
pub const SEARCH_SQLITE: [&str; 3] = [
    "insert into search_documents (number, asset_id, account_id, is_learned) \
     select created_at * 1048576 + (row_number() over (partition by created_at order by id)) - 1, \
            id, account_id, row_number() over (partition by assets.account_id order by assets.id) > 1000 \
       from assets where id not in (select asset_id from search_documents)",
    "insert into search_index (search_index) values ('delete-all')",
    "insert into search_index (rowid, name, alt, refs, content) \
     select number, name, alt, refs, content from search_rows",
];
pub const SEARCH_POSTGRES: [&str; 1] = ["insert into search_documents \
            (number, asset_id, account_id, is_learned, vector) \
     select assets.created_at * 1048576 \
                + row_number() over (partition by assets.created_at order by assets.id) + 999, \
            assets.id, assets.account_id, row_number() over (partition by assets.account_id order by assets.id) > 1000, search_rows.vector \
       from assets join search_rows on search_rows.asset_id = assets.id \
      where assets.id not in (select asset_id from search_documents)"];
