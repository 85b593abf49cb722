//! Assets: found, renamed, described, moved, tagged, archived, trashed, restored and purged.

use std::collections::HashMap;

use model::{
    AccountId, Asset, AssetFilter, AssetId, AssetPage, AssetPatch, Cursor, EventKind, Limit,
    Problem, Right, Selection, tag::clean_tags,
};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Library, Result, audit,
    batches::Deed,
    db::{
        self, Tx,
        asset_list::{self, Key, Placed},
        assets::{self, AssetRow},
        blobs, folder_tree, folders, page, uploads, usage,
    },
    embed::{Door, fence},
    search::narrow,
    tags::require_few,
};

/// Counting stops here.
const COUNT_MOST: i64 = 10_000;

/// Where a page of a list ended.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    key: Key,
    /// The words that were looked for instead of those that were asked for.
    instead: Option<String>,
}

impl Library {
    /// A page of the account's assets.
    pub async fn list_assets(
        &self,
        actor: &Actor,
        filter: &AssetFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<AssetPage> {
        self.admit(actor, Door::ListAssets).await?;
        let mark: Option<Mark> = page::decode(cursor)?;
        let words = filter.words();
        if mark
            .as_ref()
            .is_some_and(|mark| !mark.key.fits(filter.sort, words.is_some()))
        {
            return Err(Problem::malformed("The `cursor` belongs to another order.").into());
        }
        let (after, mut instead) = match mark {
            Some(mark) => (Some(mark.key), mark.instead),
            None => (None, None),
        };
        let is_first = after.is_none();
        self.catch_up(filter).await?;
        let mut tx = self.inner.db.read().await?;
        let asked = instead.as_deref().or(words);
        let mut placed = self
            .walk(&mut tx, actor, filter, asked, after, limit)
            .await?;
        if let Some(words) = words.filter(|_| placed.is_empty() && is_first) {
            // What came a moment ago may not have been learned yet.
            drop(tx);
            self.learn_words().await?;
            tx = self.inner.db.read().await?;
            instead = self.correct(&mut tx, actor.account_id, words).await?;
            if let Some(words) = instead.as_deref() {
                placed = self
                    .walk(&mut tx, actor, filter, Some(words), None, limit)
                    .await?;
            }
            instead = instead.filter(|_| !placed.is_empty());
        }
        let asked = instead.as_deref().or(words);
        self.show_page(&mut tx, actor, placed, limit, asked, instead.clone())
            .await
    }

    async fn walk(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        filter: &AssetFilter,
        words: Option<&str>,
        after: Option<Key>,
        limit: Limit,
    ) -> Result<Vec<Placed>> {
        match narrow(tx, actor, filter, words).await? {
            Some(narrowed) => asset_list::list(tx, &narrowed, after, limit).await,
            None => Ok(Vec::new()),
        }
    }

    async fn show_page(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        placed: Vec<Placed>,
        limit: Limit,
        words: Option<&str>,
        instead: Option<String>,
    ) -> Result<AssetPage> {
        let account = actor.account_id;
        let ids: Vec<_> = placed.iter().map(|(id, _)| *id).collect();
        let rows = assets::list(tx, account, &ids).await?;
        let mut keys: HashMap<_, _> = placed.into_iter().collect();
        let page = page::cut(rows, limit, |row| Mark {
            key: asset_list::key_of(row, keys.remove(&row.id).flatten()),
            instead: instead.clone(),
        });
        let mut items = self.show(tx, account, page.items).await?;
        fence::veil(tx, actor, &mut items).await?;
        if let Some(words) = words {
            self.show_hits(tx, account, &mut items, words).await?;
        }
        Ok(AssetPage {
            items,
            next_cursor: page.next_cursor,
            searched_instead: instead,
        })
    }

    /// How many assets a filter shows; exact up to 10 000, then at least that many.
    pub async fn count_assets(&self, actor: &Actor, filter: &AssetFilter) -> Result<u64> {
        self.require(actor, Right::View).await?;
        self.catch_up(filter).await?;
        let mut tx = self.inner.db.read().await?;
        let words = filter.words();
        let counted = self.count_with(&mut tx, actor, filter, words).await?;
        let Some(words) = words.filter(|_| counted == 0) else {
            return Ok(counted);
        };
        match self.correct(&mut tx, actor.account_id, words).await? {
            Some(instead) => {
                self.count_with(&mut tx, actor, filter, Some(&instead))
                    .await
            }
            None => Ok(0),
        }
    }

    /// Those of some assets that a filter shows, by id.
    pub async fn find_shown(
        &self,
        actor: &Actor,
        filter: &AssetFilter,
        ids: &[AssetId],
    ) -> Result<Vec<AssetId>> {
        self.require(actor, Right::View).await?;
        require_few(ids)?;
        self.catch_up(filter).await?;
        let mut tx = self.inner.db.read().await?;
        match narrow(&mut tx, actor, filter, filter.words()).await? {
            Some(narrowed) if !ids.is_empty() => {
                asset_list::list_among(&mut tx, &narrowed, ids).await
            }
            _ => Ok(Vec::new()),
        }
    }

    async fn count_with(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        filter: &AssetFilter,
        words: Option<&str>,
    ) -> Result<u64> {
        match narrow(tx, actor, filter, words).await? {
            Some(narrowed) => asset_list::count(tx, &narrowed, COUNT_MOST).await,
            None => Ok(0),
        }
    }

    /// One asset, in any state.
    pub async fn get_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.admit(actor, Door::GetAsset).await?;
        let mut tx = self.inner.db.read().await?;
        self.read_seen(&mut tx, actor, id).await
    }

    /// One asset as an actor sees it.
    pub(crate) async fn read_seen(&self, tx: &mut Tx, actor: &Actor, id: AssetId) -> Result<Asset> {
        fence::require_seen(tx, actor, id).await?;
        let mut asset = self.read_asset(tx, actor.account_id, id).await?;
        fence::veil(tx, actor, std::slice::from_mut(&mut asset)).await?;
        Ok(asset)
    }

    /// Some assets, in any state and in this order; those that are gone are left out.
    pub async fn find_assets(&self, actor: &Actor, ids: &[AssetId]) -> Result<Vec<Asset>> {
        self.require(actor, Right::View).await?;
        let (account, mut tx) = (actor.account_id, self.inner.db.read().await?);
        let mut found = Vec::new();
        for piece in ids.chunks(Selection::MAX_IDS) {
            let rows = assets::list(&mut tx, account, piece).await?;
            found.extend(self.show(&mut tx, account, rows).await?);
        }
        Ok(found)
    }

    /// Renames, describes, moves and tags an asset, all or nothing.
    pub async fn update_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        patch: AssetPatch,
    ) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        if patch.folder_id.is_some() {
            folder_tree::lock(&mut tx, account).await?;
        }
        let row = assets::lock(&mut tx, account, id).await?;
        let mut row = row.ok_or_else(Problem::not_found)?;
        let before = row.name.to_string();
        require_unchanged(&row, &patch)?;
        let events = self.apply(&mut tx, account, &mut row, &patch).await?;
        if !events.is_empty() {
            assets::update(&mut tx, account, &row, self.inner.clock.now()).await?;
        }
        if let Some(words) = &patch.tags {
            let words = clean_tags(words.iter().map(String::as_str))?;
            self.set_tags(&mut tx, actor, id, &words).await?;
        }
        if let Some(names) = &patch.teams {
            self.set_teams(&mut tx, actor, id, names).await?;
        }
        for event in events {
            let detail = match event {
                EventKind::AssetRenamed => before.as_str(),
                _ => "",
            };
            let clock = &*self.inner.clock;
            audit::record_with(&mut tx, clock, actor, (account, event), id, detail).await?;
        }
        let asset = self.read_asset(&mut tx, account, id).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(asset)
    }

    /// Keeps an asset out of sight.
    pub async fn archive_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.change_asset(actor, id, &Deed::Archive).await
    }

    /// Brings an asset back in sight.
    pub async fn unarchive_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.change_asset(actor, id, &Deed::Unarchive).await
    }

    /// Moves an asset to the trash; it is no longer shared.
    pub async fn trash_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.change_asset(actor, id, &Deed::Trash(None)).await
    }

    /// Brings an asset back from the trash to the folder it lay in, or to the nearest there is.
    pub async fn restore_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.change_asset(actor, id, &Deed::Restore).await
    }

    /// Removes an asset in the trash for good; its bytes go later, unless something else holds
    /// them. For administrators.
    pub async fn purge_asset(&self, actor: &Actor, id: AssetId) -> Result<()> {
        self.require(actor, Right::Purge).await?;
        let mut tx = self.inner.db.write().await?;
        self.do_to_one(&mut tx, actor, id, &Deed::Purge).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(())
    }

    /// Does to one asset what a batch does to many.
    async fn change_asset(&self, actor: &Actor, id: AssetId, deed: &Deed) -> Result<Asset> {
        self.require(actor, deed.right()).await?;
        let mut tx = self.inner.db.write().await?;
        self.do_to_one(&mut tx, actor, id, deed).await?;
        let asset = self.read_asset(&mut tx, actor.account_id, id).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(asset)
    }

    async fn do_to_one(&self, tx: &mut Tx, actor: &Actor, id: AssetId, deed: &Deed) -> Result<()> {
        let items = self.apply_deed(tx, actor, deed, &[id]).await?;
        match items.into_iter().find_map(|item| item.problem) {
            Some(problem) => Err(problem.into()),
            None => Ok(()),
        }
    }

    /// Removes an asset with its history; what it held is taken off the meter.
    pub(crate) async fn delete_asset(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: AssetId,
    ) -> Result<()> {
        uploads::forget_asset(tx, id).await?;
        let now = self.inner.clock.now();
        for (blob, refs) in assets::delete(tx, account, id).await? {
            if let Some(size) = blobs::unrefer(tx, account, blob, refs, now).await? {
                usage::discharge(tx, account, size).await?;
            }
        }
        Ok(())
    }

    /// Changes a row as a patch says; what happened by that.
    async fn apply(
        &self,
        tx: &mut Tx,
        account: AccountId,
        row: &mut AssetRow,
        patch: &AssetPatch,
    ) -> Result<Vec<EventKind>> {
        let mut events = Vec::new();
        if let Some(name) = patch.name.clone().filter(|name| *name != row.name) {
            row.name = name;
            events.push(EventKind::AssetRenamed);
        }
        if let Some(alt_text) = patch.alt_text.clone().filter(|text| *text != row.alt_text) {
            row.alt_text = alt_text;
            events.push(EventKind::AssetDescribed);
        }
        if let Some(point) = patch
            .focal_point
            .filter(|point| *point != row.focal_point())
        {
            (row.focal_x, row.focal_y) = (
                point.map(|point| i64::from(point.x)),
                point.map(|point| i64::from(point.y)),
            );
            events.push(EventKind::AssetDescribed);
        }
        if let Some(folder) = patch.folder_id.filter(|folder| *folder != row.folder_id) {
            if let Some(folder) = folder {
                let depth = folders::find_depth(tx, account, folder).await?;
                depth.ok_or_else(Problem::not_found)?;
            }
            row.folder_id = folder;
            events.push(EventKind::AssetMoved);
        }
        Ok(events)
    }

    /// Rows as people see them, with one more question for all their tags.
    pub(crate) async fn show(
        &self,
        tx: &mut Tx,
        account: AccountId,
        rows: Vec<AssetRow>,
    ) -> Result<Vec<Asset>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut tags = assets::list_tags(tx, &ids).await?;
        let mut teams = assets::list_teams(tx, &ids).await?;
        let retention_days = if rows.iter().any(|row| row.trashed_at.is_some()) {
            let account = db::accounts::find(tx, account).await?;
            account.map_or(0, |account| account.limits.retention_days)
        } else {
            0
        };
        let media_url = &self.inner.config.media_url;
        let shown = rows.into_iter().map(|row| {
            let tags = tags.remove(&row.id).unwrap_or_default();
            let teams = teams.remove(&row.id).unwrap_or_default();
            row.into_asset((tags, teams), media_url, retention_days)
        });
        Ok(shown.collect())
    }
}

/// Tells the second of two people who name or describe an asset at once.
fn require_unchanged(row: &AssetRow, patch: &AssetPatch) -> Result<()> {
    let is_renamed = patch.if_name.as_ref().is_some_and(|it| *it != row.name);
    let expected = patch.if_alt_text.as_ref();
    let is_described = expected.is_some_and(|it| *it != row.alt_text);
    if !is_renamed && !is_described {
        return Ok(());
    }
    let name = &row.name;
    Err(Problem::changed_meanwhile(format!(
        "Somebody else changed this file just now; it is named “{name}”. Look, and try again."
    ))
    .into())
}
