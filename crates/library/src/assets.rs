//! Assets: found, renamed, described, moved, tagged, trashed and restored.

use model::{Asset, AssetFilter, AssetId, AssetPatch, Cursor, Limit, Page};

use crate::{Actor, Library, Result};

impl Library {
    /// A page of the account's assets.
    pub async fn list_assets(
        &self,
        actor: &Actor,
        filter: &AssetFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Asset>> {
        todo!()
    }

    /// How many assets a filter shows; exact up to 100 000, then at least that many.
    pub async fn count_assets(&self, actor: &Actor, filter: &AssetFilter) -> Result<u64> {
        todo!()
    }

    /// One asset, in any state.
    pub async fn get_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        todo!()
    }

    /// Renames, describes, moves and tags an asset, all or nothing.
    pub async fn update_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        patch: AssetPatch,
    ) -> Result<Asset> {
        todo!()
    }

    /// Moves an asset to the trash; it is no longer shared.
    pub async fn trash_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        todo!()
    }

    /// Brings an asset back from the trash to the folder it lay in.
    pub async fn restore_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        todo!()
    }
}
