//! Versions: an asset's file replaced under the same id and address, its history, and the way back.

use model::{Asset, AssetId, AssetState, Cursor, Limit, Page, Problem, Reason, Right, Version};

use crate::{
    Actor, Library, Result,
    crops::{changed_meanwhile, fitting_name},
    db::{
        assets::{self, AssetRow},
        media::{self, MediaRow},
        page,
        versions::{self, VersionRow},
    },
    ingest::Replacement,
    media::{Media, View},
    uploads::Staged,
};

impl Library {
    /// A page of the originals an asset has and had, the newest first.
    pub async fn list_versions(
        &self,
        actor: &Actor,
        id: AssetId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Version>> {
        self.require(actor, Right::View).await?;
        let below: Option<i64> = page::decode(cursor)?;
        let (account, mut tx) = (actor.account_id, self.inner.db.read().await?);
        let row = assets::find(&mut tx, account, id).await?;
        row.ok_or_else(Problem::not_found)?;
        let below = below.unwrap_or(i64::MAX);
        let rows = versions::list(&mut tx, account, id, below, page::rows(limit)).await?;
        let Page { items, next_cursor } = page::cut(rows, limit, |row| row.number);
        Ok(Page {
            items: items.into_iter().map(Version::from).collect(),
            next_cursor,
        })
    }

    /// The bytes of a version, for a member.
    pub async fn open_version(
        &self,
        actor: &Actor,
        id: AssetId,
        number: u32,
        view: View,
    ) -> Result<Media> {
        self.require(actor, Right::View).await?;
        let (row, version) = self.find_version(actor, id, number).await?;
        let row = MediaRow {
            name: fitting_name(&row.name, &version.mime),
            mime: version.mime,
            size: version.size,
            sha256: version.sha256,
            blob_id: version.blob_id,
            modified_at: version.created_at,
            ..row
        };
        self.open_for_member(row, view).await
    }

    /// Lets a file take the place of what an asset shows; its id and addresses stay.
    ///
    /// `if_version` is the version that who replaces it has seen.
    pub async fn replace_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        staged: Staged,
        if_version: Option<u32>,
    ) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let replacement = self.find_replaceable(actor, id, if_version).await?;
        self.ingest_replacement(actor, staged, replacement).await
    }

    /// Refuses to replace what cannot be replaced, before the file is taken.
    pub async fn check_replaceable(
        &self,
        actor: &Actor,
        id: AssetId,
        if_version: Option<u32>,
    ) -> Result<()> {
        self.require(actor, Right::Edit).await?;
        self.find_replaceable(actor, id, if_version).await?;
        Ok(())
    }

    /// Lets an asset show what an earlier version of it showed, as a new version.
    ///
    /// Where it shows the same bytes already, nothing changes.
    pub async fn revert_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        number: u32,
        if_version: Option<u32>,
    ) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let replacement = self.find_replaceable(actor, id, if_version).await?;
        let (row, version) = self.find_version(actor, id, number).await?;
        if row.blob_id == version.blob_id {
            return self.get_asset(actor, id).await;
        }
        let replacement = Replacement {
            again: Some(version.number),
            ..replacement
        };
        self.ingest_again(actor, version.blob_id, replacement).await
    }

    async fn find_version(
        &self,
        actor: &Actor,
        id: AssetId,
        number: u32,
    ) -> Result<(MediaRow, VersionRow)> {
        let (account, mut tx) = (actor.account_id, self.inner.db.read().await?);
        let row = media::find(&mut tx, account, id).await?;
        let version = versions::find(&mut tx, account, id, number.into()).await?;
        row.zip(version).ok_or_else(|| Problem::not_found().into())
    }

    async fn find_replaceable(
        &self,
        actor: &Actor,
        id: AssetId,
        if_version: Option<u32>,
    ) -> Result<Replacement> {
        let mut tx = self.inner.db.read().await?;
        let row = assets::find(&mut tx, actor.account_id, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        require_replaceable(&row, if_version)?;
        Ok(Replacement {
            asset: id,
            version: row.version,
            again: None,
        })
    }
}

fn require_replaceable(row: &AssetRow, if_version: Option<u32>) -> Result<()> {
    if row.state == AssetState::Trashed {
        let problem = Problem::conflict("It lies in the trash. Restore it first.");
        return Err(problem.because(Reason::InTrash).into());
    }
    if if_version.is_some_and(|version| i64::from(version) != row.version) {
        return Err(changed_meanwhile(row).into());
    }
    Ok(())
}
