//! Doors to tags.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Asset, AssetId, Cursor, FolderColor, GoneTag, Page, Tag};

use super::Failure;

/// A page of the account's tags, by name, and for administrators the last that went.
#[server(prefix = "/rpc", endpoint = "list_tags", input = Json)]
pub async fn list_tags(cursor: Option<Cursor>) -> Result<(Page<Tag>, Vec<GoneTag>), Failure> {
    use super::context::{actor, library};
    use model::{Limit, Right};

    let (library, actor) = (library(), actor()?);
    let page = library.list_tags(&actor, cursor.as_ref(), Limit::default());
    let page = page.await?;
    let gone = if actor.may(Right::Purge) {
        let gone = library.list_gone_tags(&actor, None, Limit::MOST);
        gone.await?.items
    } else {
        Vec::new()
    };
    Ok((page, gone))
}

/// Tags with a word that begins like this, most used first.
#[server(prefix = "/rpc", endpoint = "suggest_tags", input = Json)]
pub async fn suggest_tags(beginning: String) -> Result<Vec<Tag>, Failure> {
    use super::context::{actor, library};

    Ok(library().suggest_tags(&actor()?, &beginning).await?)
}

/// Those of some tags that have a color, with it.
#[server(prefix = "/rpc", endpoint = "color_tags", input = Json)]
pub async fn color_tags(names: Vec<String>) -> Result<Vec<(String, FolderColor)>, Failure> {
    use super::context::{actor, library};

    Ok(library().list_tag_colors(&actor()?, &names).await?)
}

/// Puts tags on an asset and takes others off.
#[server(prefix = "/rpc", endpoint = "retag_asset", input = Json)]
pub async fn retag_asset(
    id: AssetId,
    add: Vec<String>,
    remove: Vec<String>,
) -> Result<Asset, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    for done in library.tag_assets(&actor, &[id], &add, &remove).await? {
        done.changed?;
    }
    Ok(library.get_asset(&actor, id).await?)
}
