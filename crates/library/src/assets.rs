//! Assets: found, renamed, described, moved, tagged, trashed, restored and purged.

use model::{
    AccountId, Asset, AssetFilter, AssetId, AssetPatch, AssetState, Cursor, EventKind, Limit, Page,
    Problem, Reason, Right, tag::clean_tags,
};

use crate::{
    Actor, Library, Result, audit,
    db::{
        self, Tx,
        asset_list::{self, Key},
        assets::{self, AssetRow},
        blobs, folders, page, shares, tags, uploads, usage,
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

    /// Moves an asset to the trash; it is no longer shared.
    pub async fn trash_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        let account = actor.account_id;
        assets::lock(&mut tx, account, id).await?;
        let asset = self.read_asset(&mut tx, account, id).await?;
        if asset.state == AssetState::Trashed {
            return Ok(asset);
        }
        let change = (asset.state, AssetState::Trashed);
        self.change_state(&mut tx, actor, id, change, EventKind::AssetTrashed)
            .await?;
        if shares::delete(&mut tx, account, id).await? {
            audit::record(
                &mut tx,
                &*self.inner.clock,
                actor,
                EventKind::AssetUnshared,
                id,
            )
            .await?;
        }
        let asset = self.read_asset(&mut tx, account, id).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(asset)
    }

    /// Brings an asset back from the trash to the folder it lay in.
    pub async fn restore_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        assets::lock(&mut tx, actor.account_id, id).await?;
        let asset = self.read_asset(&mut tx, actor.account_id, id).await?;
        if asset.state != AssetState::Trashed {
            return Ok(asset);
        }
        let change = (AssetState::Trashed, AssetState::Active);
        self.change_state(&mut tx, actor, id, change, EventKind::AssetRestored)
            .await?;
        let asset = self.read_asset(&mut tx, actor.account_id, id).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(asset)
    }

    /// Removes an asset in the trash for good; its bytes go later, unless something else holds
    /// them. For administrators.
    pub async fn purge_asset(&self, actor: &Actor, id: AssetId) -> Result<()> {
        self.require(actor, Right::Purge).await?;
        let mut tx = self.inner.db.write().await?;
        let account = actor.account_id;
        let row = assets::lock(&mut tx, account, id).await?;
        if row.ok_or_else(Problem::not_found)?.state != AssetState::Trashed {
            return Err(Problem::conflict("Move it to the trash first.")
                .because(Reason::NotInTrash)
                .into());
        }
        uploads::forget_asset(&mut tx, id).await?;
        let now = self.inner.clock.now();
        for (blob, refs) in assets::delete(&mut tx, account, id).await? {
            if let Some(size) = blobs::unrefer(&mut tx, account, blob, refs, now).await? {
                usage::discharge(&mut tx, account, size).await?;
            }
        }
        audit::record(
            &mut tx,
            &*self.inner.clock,
            actor,
            EventKind::AssetPurged,
            id,
        )
        .await?;
        tx.commit().await?;
        self.inner.media.forget(id);
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

    async fn change_state(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        id: AssetId,
        change: (AssetState, AssetState),
        event: EventKind,
    ) -> Result<()> {
        let now = self.inner.clock.now();
        if !assets::set_state(tx, actor.account_id, id, change, now).await? {
            return Err(Problem::conflict("Somebody else changed it just now.")
                .because(Reason::ChangedMeanwhile)
                .into());
        }
        audit::record(tx, &*self.inner.clock, actor, event, id).await
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
