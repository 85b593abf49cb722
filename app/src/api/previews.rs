//! The door to what there is to see of assets that are no pictures.

use leptos::prelude::*;
use model::{AssetId, Preview};

use super::Failure;

/// What there is to see and to know of an asset before it is opened.
#[server(prefix = "/rpc", endpoint = "preview_asset")]
pub async fn preview_asset(id: AssetId) -> Result<Preview, Failure> {
    use super::context::{actor, library};

    Ok(library().preview_asset(&actor()?, id).await?)
}
