//! Doors to where assets are used outside.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AssetId, Selection, UsageCount, UsageKind};
use serde::{Deserialize, Serialize};

use super::Failure;

/// A place that uses an asset, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsingPlace {
    pub kind: UsageKind,
    pub title: String,
    pub url: Option<String>,
}

/// The places that use an asset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsingPlaces {
    /// How many there are.
    pub count: u64,
    /// The first of them, those first known last.
    pub places: Vec<UsingPlace>,
}

/// The places that use an asset.
#[server(prefix = "/rpc", endpoint = "list_usages", input = Json)]
pub async fn list_usages(id: AssetId) -> Result<UsingPlaces, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let usages = library.list_usages(&actor, id, None, Limit::default());
    let usages = usages.await?;
    let shown = usages.items.len() as u64;
    let count = if usages.next_cursor.is_some() {
        let this = Selection::Ids(vec![id]);
        library.count_usages(&actor, &this).await?.places
    } else {
        shown
    };
    let places = usages.items.into_iter().map(|usage| UsingPlace {
        kind: usage.kind,
        title: usage.title.to_string(),
        url: usage.url.map(|url| url.to_string()),
    });
    Ok(UsingPlaces {
        count,
        places: places.collect(),
    })
}

/// In how many places some assets are used.
#[server(prefix = "/rpc", endpoint = "count_usages", input = Json)]
pub async fn count_usages(among: Selection) -> Result<UsageCount, Failure> {
    use super::context::{actor, library};

    Ok(library().count_usages(&actor()?, &among).await?)
}
