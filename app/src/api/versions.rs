//! Doors to versions: what an asset showed before, and the way back.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Asset, AssetId, Cursor, Page, Version};

use super::Failure;

/// A page of the versions of an asset, the newest first.
#[server(prefix = "/rpc", endpoint = "list_versions", input = Json)]
pub async fn list_versions(id: AssetId, cursor: Option<Cursor>) -> Result<Page<Version>, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_versions(&actor, id, cursor.as_ref(), Limit::default());
    Ok(page.await?)
}

/// Lets an asset show what an earlier version of it showed.
#[server(prefix = "/rpc", endpoint = "revert_asset", input = Json)]
pub async fn revert_asset(id: AssetId, number: u32, seen: u32) -> Result<Asset, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    let asset = library.revert_asset(&actor, id, number, Some(seen));
    Ok(asset.await?)
}
