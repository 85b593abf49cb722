//! Doors to assets.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Asset, AssetFilter, AssetId, AssetPage, Changes, Cursor, Problem};

use super::Failure;

/// A page of assets.
#[server(prefix = "/rpc", endpoint = "list_assets", input = Json)]
pub async fn list_assets(
    filter: AssetFilter,
    cursor: Option<Cursor>,
    limit: model::Limit,
) -> Result<AssetPage, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    Ok(library
        .list_assets(&actor, &filter, cursor.as_ref(), limit)
        .await?)
}

/// How many assets a filter shows.
#[server(prefix = "/rpc", endpoint = "count_assets", input = Json)]
pub async fn count_assets(filter: AssetFilter) -> Result<u64, Failure> {
    use super::context::{actor, library};

    Ok(library().count_assets(&actor()?, &filter).await?)
}

/// One asset.
pub async fn get_asset(id: AssetId) -> Result<Asset, Failure> {
    let found = find_assets(vec![id]).await?.pop();
    found.ok_or_else(|| Problem::not_found().into())
}

/// Assets by their ids; those that are gone again are left out.
#[server(prefix = "/rpc", endpoint = "find_assets", input = Json)]
pub async fn find_assets(ids: Vec<AssetId>) -> Result<Vec<Asset>, Failure> {
    use super::context::{actor, library};

    let most = ids.len().min(model::Limit::MAX as usize);
    Ok(library().find_assets(&actor()?, &ids[..most]).await?)
}

/// Assets by their ids: those that a filter shows, and the others; those that are gone again are
/// left out.
#[server(prefix = "/rpc", endpoint = "find_shown", input = Json)]
pub async fn find_shown(
    ids: Vec<AssetId>,
    filter: AssetFilter,
) -> Result<(Vec<Asset>, Vec<Asset>), Failure> {
    use super::context::{actor, library};

    let shown = library().find_shown(&actor()?, &filter, &ids).await?;
    let here = find_assets(ids).await?.into_iter();
    Ok(here.partition(|asset| shown.contains(&asset.id)))
}

/// Gives an asset a new name, unless it has another by now than the person saw.
#[server(prefix = "/rpc", endpoint = "rename_asset")]
pub async fn rename_asset(
    id: AssetId,
    name: String,
    before: Option<String>,
) -> Result<Asset, Failure> {
    use super::context::{actor, library};
    use model::{AssetPatch, FileName};

    let name: FileName = name.parse()?;
    let patch = AssetPatch {
        name: Some(name),
        if_name: before.map(|name| name.parse()).transpose()?,
        ..AssetPatch::default()
    };
    Ok(library().update_asset(&actor()?, id, patch).await?)
}

/// Says what a person who cannot see an asset should know, unless somebody else said it meanwhile.
#[server(prefix = "/rpc", endpoint = "describe_asset")]
pub async fn describe_asset(
    id: AssetId,
    #[server(default)] alt_text: String,
    before: Option<String>,
) -> Result<Asset, Failure> {
    use super::context::{actor, library};
    use model::{AltText, AssetPatch};

    let alt_text: AltText = alt_text.parse()?;
    let patch = AssetPatch {
        alt_text: Some(alt_text),
        if_alt_text: before.map(|text| text.parse()).transpose()?,
        ..AssetPatch::default()
    };
    Ok(library().update_asset(&actor()?, id, patch).await?)
}

/// Puts words on an asset, separated by commas, in place of those it had.
#[server(prefix = "/rpc", endpoint = "tag_asset")]
pub async fn tag_asset(id: AssetId, #[server(default)] tags: String) -> Result<Asset, Failure> {
    use super::context::{actor, library};
    use model::AssetPatch;

    let tags = model::tag::clean_tags(tags.split(','))?;
    let patch = AssetPatch {
        tags: Some(tags),
        ..AssetPatch::default()
    };
    Ok(library().update_asset(&actor()?, id, patch).await?)
}

/// Moves assets to the trash, as a form does without a script.
#[server(prefix = "/rpc", endpoint = "trash_assets")]
pub async fn trash_assets(ids: Vec<AssetId>) -> Result<Changes, Failure> {
    super::batches::change(model::BatchAction::Trash, &ids).await
}

/// Brings assets back from the trash, as a form does without a script.
#[server(prefix = "/rpc", endpoint = "restore_assets")]
pub async fn restore_assets(ids: Vec<AssetId>) -> Result<Changes, Failure> {
    super::batches::change(model::BatchAction::Restore, &ids).await
}

/// Gives an asset a public address.
#[server(prefix = "/rpc", endpoint = "share_asset")]
pub async fn share_asset(id: AssetId) -> Result<Asset, Failure> {
    use super::context::{actor, library};

    Ok(library().share_asset(&actor()?, id).await?)
}

/// Takes the public address away.
#[server(prefix = "/rpc", endpoint = "unshare_asset")]
pub async fn unshare_asset(id: AssetId) -> Result<Asset, Failure> {
    use super::context::{actor, library};

    Ok(library().unshare_asset(&actor()?, id).await?)
}
