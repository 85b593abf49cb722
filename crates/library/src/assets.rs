//! Assets: found, renamed, described, moved, tagged, archived, trashed, restored and purged.

use model::{
    AccountId, Asset, AssetFilter, AssetId, AssetPatch, Cursor, EventKind, Limit, Page, Problem,
    Right, tag::clean_tags,
};

use crate::{
    Actor, Library, Result, audit,
    batches::Deed,
    db::{
        self, Tx,
        asset_list::{self, Key},
        assets::{self, AssetRow},
        blobs, folder_tree, folders, page, tags, uploads, usage,
    },
};

/// Counting stops here.
const COUNT_MOST: i64 = 100_000;

impl Library {
    /// A page of the account's assets.
    pub async fn list_assets(
        &self,
        actor: &Actor,
        filter: &AssetFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Asset>> {
        self.require(actor, Right::View).await?;
        let after: Option<Key> = page::decode(cursor)?;
        if after.as_ref().is_some_and(|key| !key.fits(filter.sort)) {
            return Err(Problem::malformed("The `cursor` belongs to another order.").into());
        }
        let mut tx = self.inner.db.read().await?;
        let rows = asset_list::list(&mut tx, actor.account_id, filter, after, limit).await?;
        let page = page::cut(rows, limit, |row| Key::of(row, filter.sort));
        Ok(Page {
            items: self.show(&mut tx, actor.account_id, page.items).await?,
            next_cursor: page.next_cursor,
        })
    }

    /// How many assets a filter shows; exact up to 100 000, then at least that many.
    pub async fn count_assets(&self, actor: &Actor, filter: &AssetFilter) -> Result<u64> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        asset_list::count(&mut tx, actor.account_id, filter, COUNT_MOST).await
    }

    /// One asset, in any state.
    pub async fn get_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        self.read_asset(&mut tx, actor.account_id, id).await
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
        let mut events = self.apply(&mut tx, account, &mut row, &patch).await?;
        if !events.is_empty() {
            assets::update(&mut tx, account, &row, self.inner.clock.now()).await?;
        }
        if let Some(words) = &patch.tags {
            let words = clean_tags(words.iter().map(String::as_str))?;
            tags::detach_all(&mut tx, id).await?;
            self.put_tags(&mut tx, actor, id, &words).await?;
            events.push(EventKind::AssetTagged);
        }
        for event in events {
            audit::record(&mut tx, &*self.inner.clock, actor, event, id).await?;
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
        let retention_days = if rows.iter().any(|row| row.trashed_at.is_some()) {
            let account = db::accounts::find(tx, account).await?;
            account.map_or(0, |account| account.limits.retention_days)
        } else {
            0
        };
        let media_url = &self.inner.config.media_url;
        let shown = rows.into_iter().map(|row| {
            let tags = tags.remove(&row.id).unwrap_or_default();
            row.into_asset(tags, media_url, retention_days)
        });
        Ok(shown.collect())
    }
}
