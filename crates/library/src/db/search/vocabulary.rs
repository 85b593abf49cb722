//! The words that an account uses: what a word that nothing has is compared with.

use std::collections::BTreeSet;

use model::{AccountId, AssetId};
use sqlx::AssertSqlSafe;

use super::after_all;
use crate::{
    Result,
    db::{
        Dialect,
        many::places,
        tx::{Tx, execute, fetch_all, fetch_optional},
    },
    words::trigrams,
};

/// How many words one statement adds.
const WORDS_AT_ONCE: usize = 500;
/// How many whole words a beginning stands for at most.
const WHOLE_MOST: i64 = 16;
/// Beginnings of so many letters stand in FTS5's index themselves (migration 0021).
const SQLITE_KEEPS: usize = 4;
/// How many words are looked at for one that nothing has.
const ALIKE_MOST: i64 = 200;

/// Takes some words that have not been learned yet, and notes that they are.
///
/// They are learned apart from the change that brought them: uploads at the same time would
/// otherwise wait for each other's words.
pub(crate) async fn list_unlearned(tx: &mut Tx, rows: i64) -> Result<BTreeSet<(String, String)>> {
    const TAKE_DOCUMENTS: &str = "\
        update search_documents set is_learned = true \
         where number in (select number from search_documents \
                           where is_learned = false order by number limit $1) \
        returning asset_id";
    const TAKE_NAMES: &str = "\
        update search_names set is_learned = true where is_learned = false \
        returning account_id, word";
    let assets: Vec<AssetId> = fetch_all!(tx, sqlx::query_scalar(TAKE_DOCUMENTS).bind(rows))?;
    let named: Vec<(AccountId, String)> = fetch_all!(tx, sqlx::query_as(TAKE_NAMES))?;
    let mut words: BTreeSet<_> = named
        .into_iter()
        .map(|(account, word)| (account.to_string(), word))
        .collect();
    if assets.is_empty() {
        return Ok(words);
    }
    let list = format!(
        "select assets.account_id, assets.name_words, assets.alt_words, \
                coalesce(blob_texts.words, '') as content \
           from assets left join blob_texts on blob_texts.blob_id = assets.blob_id \
          where assets.id in ({})",
        places(1, assets.len())
    );
    let texts: Vec<(AccountId, String, String, String)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone()));
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    for (account, name, alt, content) in texts {
        let account = account.to_string();
        for text in [name, alt, content] {
            words.extend(
                text.split_whitespace()
                    .map(|word| (account.clone(), word.to_owned())),
            );
        }
    }
    Ok(words)
}

/// Adds words, each with its account; those that are known are left as they are.
pub(crate) async fn learn(tx: &mut Tx, words: &[(String, String)]) -> Result<()> {
    for some in words.chunks(WORDS_AT_ONCE) {
        let added: Vec<(String, String)> = fetch_all!(tx, {
            let rows = rows_of(some.len(), 2);
            let insert = format!(
                "insert into search_words (account_id, word) values {rows} \
                 on conflict do nothing returning account_id, word"
            );
            let query = sqlx::query_as(AssertSqlSafe(insert));
            some.iter().fold(query, |query, (account, word)| {
                query.bind(account.clone()).bind(word.clone())
            })
        })?;
        learn_trigrams(tx, &added).await?;
    }
    Ok(())
}

async fn learn_trigrams(tx: &mut Tx, words: &[(String, String)]) -> Result<()> {
    let parts: BTreeSet<(&str, String, &str)> = words
        .iter()
        .flat_map(|(account, word)| {
            let parts = trigrams(word).into_iter();
            parts.map(|part| (account.as_str(), part, word.as_str()))
        })
        .collect();
    let parts: Vec<_> = parts.into_iter().collect();
    for some in parts.chunks(WORDS_AT_ONCE) {
        let rows = rows_of(some.len(), 3);
        let insert = format!(
            "insert into search_trigrams (account_id, trigram, word) values {rows} \
             on conflict do nothing"
        );
        execute!(tx, {
            let query = sqlx::query(AssertSqlSafe(insert.clone()));
            some.iter().fold(query, |query, (account, part, word)| {
                query
                    .bind((*account).to_owned())
                    .bind(part.clone())
                    .bind((*word).to_owned())
            })
        })?;
    }
    Ok(())
}

fn rows_of(rows: usize, columns: usize) -> String {
    let row = |at: usize| format!("({})", places(at * columns + 1, columns));
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Numbers and single letters are not what people mistype and mean.
pub(crate) fn is_learnable(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().any(char::is_alphabetic)
}

/// All words of the account that begin like this, where they are few and surely all.
///
/// An index puts together all places of all words that begin as asked before it gives the first
/// place, but walks along those of whole words. Of none at all nothing is to be walked: others in
/// the same index may have what this account has not.
pub(crate) async fn list_whole(
    tx: &mut Tx,
    account: AccountId,
    beginning: &str,
) -> Result<Option<Vec<String>>> {
    const LIST: &str = "\
        select word from search_words \
         where account_id = $1 and word >= $2 and word < $3 order by word limit $4";
    let kept = match tx.dialect() {
        Dialect::Sqlite => SQLITE_KEEPS,
        Dialect::Postgres => 0,
    };
    let is_kept = beginning.chars().count() <= kept;
    if is_kept || !is_learnable(beginning) || is_any_unlearned(tx).await? {
        return Ok(None);
    }
    let words: Vec<String> = fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(beginning)
            .bind(after_all(beginning))
            .bind(WHOLE_MOST + 1)
    )?;
    let is_few = i64::try_from(words.len()).is_ok_and(|count| count <= WHOLE_MOST);
    Ok(is_few.then_some(words))
}

/// Whether any word of the account begins like this.
pub(crate) async fn is_known(tx: &mut Tx, account: AccountId, beginning: &str) -> Result<bool> {
    const FIND: &str = "\
        select word from search_words \
         where account_id = $1 and word >= $2 and word < $3 limit 1";
    let found: Option<String> = fetch_optional!(
        tx,
        sqlx::query_scalar(FIND)
            .bind(account)
            .bind(beginning)
            .bind(after_all(beginning))
    )?;
    Ok(found.is_some())
}

/// Words of the account that share most with this one.
pub(crate) async fn list_alike(tx: &mut Tx, account: AccountId, word: &str) -> Result<Vec<String>> {
    let parts: Vec<_> = trigrams(word).into_iter().collect();
    let list = format!(
        "select word from search_trigrams where account_id = $1 and trigram in ({}) \
          group by word order by count(*) desc, word limit $2",
        places(3, parts.len())
    );
    Ok(fetch_all!(tx, {
        let query = sqlx::query_scalar(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(ALIKE_MOST);
        parts
            .iter()
            .fold(query, |query, part| query.bind(part.clone()))
    })?)
}

/// Whether any words have not been learned yet; looking is cheaper than taking them.
pub(crate) async fn is_any_unlearned(tx: &mut Tx) -> Result<bool> {
    const FIND: &str = "\
        select 1 as one where exists (select 1 from search_documents where is_learned = false) \
            or exists (select 1 from search_names where is_learned = false)";
    let found: Option<i32> = fetch_optional!(tx, sqlx::query_scalar(FIND))?;
    Ok(found.is_some())
}
