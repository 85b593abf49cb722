//! Tables `search_…`: the words that assets are found by, and whose names they stand in.

mod expression;
mod spread;
mod vocabulary;

use std::collections::BTreeSet;

use model::{AccountId, AssetId};
use sqlx::AssertSqlSafe;

pub(crate) use expression::{Question, Tier, Word};
pub(crate) use spread::{advance, end, find_spread, index_again, is_any_on_its_way, list_holders};
pub(crate) use vocabulary::{
    is_any_unlearned, is_known, is_learnable, learn, list_alike, list_unlearned, list_whole,
};

use super::{
    many::places,
    tx::{Tx, execute, fetch_all},
};
use crate::{Result, words::tokens};

/// The most tags, teams and folders that one word of a question stands for: those changed just now.
const REFS_MOST: i64 = 128;

/// Notes the words of the name of a tag, a team or a folder that nothing has yet.
pub(crate) async fn add_name(
    tx: &mut Tx,
    account: AccountId,
    id: impl ToString,
    name: &str,
) -> Result<()> {
    const INSERT: &str = "\
        insert into search_names (account_id, word, ref, is_learned) values ($1, $2, $3, false) \
        on conflict do nothing";
    let id = id.to_string();
    for word in words_of(name) {
        execute!(tx, sqlx::query(INSERT).bind(account).bind(&word).bind(&id))?;
    }
    Ok(())
}

/// Notes the words of the name of a tag, a team or a folder, in place of those it had.
pub(crate) async fn put_name(
    tx: &mut Tx,
    account: AccountId,
    id: impl ToString,
    name: &str,
) -> Result<()> {
    const LIST: &str = "select word from search_names where ref = $1";
    let id = id.to_string();
    let had: Vec<String> = fetch_all!(&mut *tx, sqlx::query_scalar(LIST).bind(&id))?;
    if had.into_iter().collect::<BTreeSet<_>>() == words_of(name) {
        return Ok(());
    }
    forget_name(tx, &id).await?;
    add_name(tx, account, &id, name).await?;
    spread::begin(tx, account, &id).await
}

fn words_of(name: &str) -> BTreeSet<String> {
    let keys = tokens(name).into_iter().flat_map(|token| token.keys);
    keys.collect()
}

/// Notes the words of some names from before there was a search, after one of them; which it came
/// to, while there are more.
pub(crate) async fn put_missing_names(
    tx: &mut Tx,
    after: &str,
    rows: i64,
) -> Result<Option<String>> {
    const LIST: &str = "\
        select account_id, id, name from (\
            select account_id, id, name from tags where is_leaving = false \
            union all select account_id, id, name from teams where is_leaving = false \
            union all select account_id, id, name from folders) as named \
         where id > $1 and not exists (select 1 from search_names where ref = named.id) \
         order by id limit $2";
    let missing: Vec<(AccountId, String, String)> =
        fetch_all!(&mut *tx, sqlx::query_as(LIST).bind(after).bind(rows))?;
    let last = missing.last().map(|(_, id, _)| id.clone());
    for (account, id, name) in missing {
        put_name(tx, account, id, &name).await?;
    }
    Ok(last)
}

/// Forgets the words of a name.
pub(crate) async fn forget_name(tx: &mut Tx, id: &impl ToString) -> Result<()> {
    const DELETE: &str = "delete from search_names where ref = $1";
    let id = id.to_string();
    execute!(tx, sqlx::query(DELETE).bind(&id))?;
    end(tx, &id).await
}

/// Tags, teams and folders with a word in their names that begins like this, and that is not in
/// all documents yet.
pub(crate) async fn list_refs(
    tx: &mut Tx,
    account: AccountId,
    beginning: &str,
) -> Result<Vec<String>> {
    const LIST: &str = "\
        select distinct names.ref \
          from search_spreads as spreads join search_names as names on names.ref = spreads.ref \
         where spreads.account_id = $1 and names.word >= $2 and names.word < $3 limit $4";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(beginning)
            .bind(after_all(beginning))
            .bind(REFS_MOST)
    )?)
}

/// The names of the folders that some assets lie in.
pub(crate) async fn list_folder_names(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
) -> Result<Vec<(AssetId, Option<String>)>> {
    let list = format!(
        "select assets.id, folders.name from assets join folders on folders.id = assets.folder_id \
          where assets.account_id = $1 and assets.id in ({})",
        places(2, assets.len())
    );
    list_by_ids(tx, account, assets, &list).await
}

/// What documents say.
pub(crate) async fn list_contents(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
) -> Result<Vec<(AssetId, Option<String>)>> {
    let list = format!(
        "select assets.id, blob_texts.text \
           from assets join blob_texts on blob_texts.blob_id = assets.blob_id \
          where assets.account_id = $1 and assets.id in ({})",
        places(2, assets.len())
    );
    list_by_ids(tx, account, assets, &list).await
}

async fn list_by_ids(
    tx: &mut Tx,
    account: AccountId,
    assets: &[AssetId],
    list: &str,
) -> Result<Vec<(AssetId, Option<String>)>> {
    if assets.is_empty() {
        return Ok(Vec::new());
    }
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.to_owned())).bind(account);
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?)
}

/// What is after every text that begins like this.
pub(crate) fn after_all(beginning: &str) -> String {
    format!("{beginning}\u{10ffff}")
}
