//! Shares: the public addresses of assets, while somebody wants them public.

use model::{Asset, AssetId};

use crate::{Actor, Library, Result};

impl Library {
    /// Gives an asset a public address; the same one as long as it is shared.
    pub async fn share_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        todo!()
    }

    /// Takes the public address away; a later share gets a new one.
    pub async fn unshare_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        todo!()
    }
}
