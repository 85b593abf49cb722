//! `/assets/{id}/links`: signed addresses, good for a while and for whoever has them.

use std::time::Duration;

use axum::extract::State as Extract;
use library::media::View;
use model::{AssetId, Preset, Problem, RenditionFormat, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Id, MaybeSaid},
};
use crate::{identify::SignedIn, state::State};

/// The longest life of a link.
const LONGEST: u32 = 7 * 24 * 3_600;

/// A link to be made.
#[derive(Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewLink {
    /// Seconds it is good for; an hour unless said, at most seven days.
    #[schema(minimum = 1, maximum = 604_800, default = 3_600)]
    lifetime: u32,
    /// A rendition instead of the original.
    preset: Option<Preset>,
}

impl Default for NewLink {
    fn default() -> Self {
        Self {
            lifetime: 3_600,
            preset: None,
        }
    }
}

/// A signed link.
#[derive(Serialize, ToSchema)]
pub struct Link {
    url: String,
    expires_at: Timestamp,
}

/// Signs a link to an asset's bytes.
#[utoipa::path(post, path = "/assets/{id}/links", tag = "sharing", params(("id" = AssetId, Path)),
    request_body = Option<NewLink>, responses((status = 200, body = Link)))]
pub async fn sign_link(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    MaybeSaid(link): MaybeSaid<NewLink>,
) -> Answer<Link> {
    if link.lifetime == 0 || link.lifetime > LONGEST {
        return Err(Problem::invalid("lifetime", "A link lives 1 second to 7 days.").into());
    }
    let view = link
        .preset
        .map_or(View::Original, |preset| View::Rendition {
            preset,
            format: RenditionFormat::Webp,
        });
    let lifetime = Duration::from_secs(link.lifetime.into());
    let path = state.library.sign_media(&actor, id, view, lifetime).await?;
    let expires_at = expiry(&path).ok_or_else(|| Problem::internal("signed link"))?;
    Ok(Private(Link {
        url: state.links.to(&path),
        expires_at,
    }))
}

/// The moment a signed path says it ends.
fn expiry(path: &str) -> Option<Timestamp> {
    let (_, query) = path.split_once('?')?;
    let text = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("expires="))?;
    text.parse().ok().map(Timestamp::from_millis)
}
