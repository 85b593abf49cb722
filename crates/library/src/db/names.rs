//! Names from before there were sort keys and a search: they get theirs, which SQL cannot make.

use super::{Db, folders, search, settings};
use crate::Result;

/// How many names one transaction deals with.
const AT_ONCE: i64 = 500;

/// Brings the names of a database up to date, once in its life.
pub(crate) async fn catch_up(db: &Db) -> Result<()> {
    if settings::find(&mut db.read().await?, settings::NAMES)
        .await?
        .is_some()
    {
        return Ok(());
    }
    add_sort_keys(db).await?;
    put_missing_names(db).await?;
    let mut tx = db.write().await?;
    settings::insert_if_absent(&mut tx, settings::NAMES, "done").await?;
    tx.commit().await
}

async fn add_sort_keys(db: &Db) -> Result<()> {
    let mut after = Some(String::new());
    while let Some(place) = after {
        let mut tx = db.write().await?;
        after = folders::add_sort_keys(&mut tx, &place, AT_ONCE).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn put_missing_names(db: &Db) -> Result<()> {
    let mut after = Some(String::new());
    while let Some(place) = after {
        let mut tx = db.write().await?;
        after = search::put_missing_names(&mut tx, &place, AT_ONCE).await?;
        tx.commit().await?;
    }
    Ok(())
}
