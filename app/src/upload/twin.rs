//! Finds out whether a file arrived whose answer was lost, so that nothing is uploaded twice.

use model::{AssetFilter, AssetId, Limit};
use web_sys::File;

use super::item::Item;
use crate::{
    api::{Failure, assets::list_assets},
    browser::digest::sha256,
};

/// The asset that a lost request made after all: among the newest, with this name and these bytes.
pub async fn find_twin(item: &Item, file: &File) -> Result<Option<AssetId>, Failure> {
    let Some(digest) = sha256(file).await else {
        return Ok(None);
    };
    let newest = list_assets(AssetFilter::default(), None, Limit::default()).await?;
    let twin = newest
        .items
        .into_iter()
        .find(|asset| asset.sha256 == digest && asset.name.as_str() == item.facts.name);
    Ok(twin.map(|asset| asset.id))
}
