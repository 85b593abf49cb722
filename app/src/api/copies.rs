//! Doors to copies: what an asset was made of, and what was made of it.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Asset, AssetId, Language, Timestamp};
use serde::{Deserialize, Serialize};

use super::Failure;

/// An asset that a copy was made of, or a copy of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative {
    pub id: AssetId,
    pub name: String,
    /// Where the copy was made to fit; absent where somebody cropped it.
    pub place: Option<String>,
    /// When the copy was made.
    pub made_at: Timestamp,
    /// Whether the original was replaced since.
    pub is_outdated: bool,
}

/// What an asset was made of, and what was made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kin {
    pub original: Option<Relative>,
    /// The newest first.
    pub copies: Vec<Relative>,
    /// Whether there are more copies than these.
    pub has_more: bool,
}

/// What an asset was made of, and what was made of it.
#[server(prefix = "/rpc", endpoint = "list_kin", input = Json)]
pub async fn list_kin(id: AssetId, language: Language) -> Result<Kin, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let asset = library.get_asset(&actor, id).await?;
    let copies = library.list_copies(&actor, id, None, Limit::default());
    let copies = copies.await?;
    let from = asset.derived_from.as_ref();
    let from = from.filter(|from| from.asset_id != id);
    // Most pictures are no copies and have none.
    if from.is_none() && copies.items.is_empty() {
        return Ok(Kin::default());
    }
    let placements = library.list_placements(&actor, None, Limit::MOST).await?;
    let places = placements.items;
    let original = match from {
        Some(from) => {
            let original = library.get_asset(&actor, from.asset_id).await?;
            relative(&original, &asset, &places, language)
        }
        None => None,
    };
    Ok(Kin {
        original,
        has_more: copies.next_cursor.is_some(),
        copies: copies
            .items
            .iter()
            .filter_map(|copy| relative(copy, copy, &places, language))
            .collect(),
    })
}

/// Makes a copy again of its original as that is now.
#[server(prefix = "/rpc", endpoint = "remake_asset", input = Json)]
pub async fn remake_asset(id: AssetId, version: u32) -> Result<Asset, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    Ok(library.remake_asset(&actor, id, Some(version)).await?)
}

/// An asset, and how the copy among the two was made.
#[cfg(feature = "ssr")]
fn relative(
    shown: &Asset,
    copy: &Asset,
    places: &[model::Placement],
    language: Language,
) -> Option<Relative> {
    let from = copy.derived_from.as_ref()?;
    let place = from.placement.as_ref().map(|id| {
        let known = places.iter().find(|place| place.id == *id);
        known.map_or_else(
            || id.to_string(),
            |place| {
                let (channel, name) = (place.channel.name.of(language), place.name.of(language));
                format!("{channel}, {name}")
            },
        )
    });
    Some(Relative {
        id: shown.id,
        name: shown.name.to_string(),
        place,
        made_at: from.made_at,
        is_outdated: from.is_outdated,
    })
}
