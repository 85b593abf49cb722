//! `/assets/{id}/share`: the public address of an asset.

use axum::extract::State as Extract;
use library::Library;
use model::{Asset, AssetId};

use super::{Answer, Private, extract::Id};
use crate::identify::SignedIn;

/// Gives an asset a public address; the same one as long as it is shared.
#[utoipa::path(post, path = "/assets/{id}/share", tag = "sharing",
    params(("id" = AssetId, Path)), responses((status = 200, body = Asset)))]
pub async fn share_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.share_asset(&actor, id).await?))
}

/// Takes the public address away; a later share gets a new one.
#[utoipa::path(delete, path = "/assets/{id}/share", tag = "sharing",
    params(("id" = AssetId, Path)), responses((status = 200, body = Asset)))]
pub async fn unshare_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.unshare_asset(&actor, id).await?))
}
