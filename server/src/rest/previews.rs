//! `/assets/{id}/preview`: what there is to see of an asset that is no picture.

use axum::extract::State as Extract;
use library::Library;
use model::{AssetId, Preview};

use super::{Answer, Private, extract::Id};
use crate::identify::SignedIn;

/// Tells what there is to see and to know of an asset before it is opened.
#[utoipa::path(get, path = "/assets/{id}/preview", tag = "assets",
    params(("id" = AssetId, Path)),
    responses((status = 200, body = Preview, example = json!({
        "codecs": ["opus"],
        "content": { "type": "waveform", "peaks": [0, 31, 122, 255, 90, 12], "is_cut": false }
    }))))]
pub async fn preview_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Preview> {
    Ok(Private(library.preview_asset(&actor, id).await?))
}
