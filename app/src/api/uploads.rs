//! The door to what an upload became.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Asset, AssetId};

use super::Failure;

/// Assets by their ids; those that are gone again are left out.
#[server(prefix = "/rpc", endpoint = "list_uploaded_assets", input = Json)]
pub async fn list_uploaded_assets(ids: Vec<AssetId>) -> Result<Vec<Asset>, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    let mut assets = Vec::new();
    for id in ids.into_iter().take(model::Limit::MAX as usize) {
        if let Ok(asset) = library.get_asset(&actor, id).await {
            assets.push(asset);
        }
    }
    Ok(assets)
}
