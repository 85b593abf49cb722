//! `/assets/{id}/links`: signed addresses, good for a while and for whoever has them.

use std::time::Duration;

use axum::extract::State as Extract;
use library::{Library, media::Wish};
use model::{AssetId, Preset, Problem, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Id, MaybeSaid},
};
use crate::identify::SignedIn;

/// The longest life of a link.
const LONGEST: u32 = 7 * 24 * 3_600;

/// A link to be made.
#[derive(Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(examples(json!({ "lifetime": 3600, "preset": "preview", "download": false })))]
pub struct NewLink {
    /// Seconds it is good for; an hour unless said, at most seven days.
    #[schema(minimum = 1, maximum = 604_800, default = 3_600)]
    lifetime: u32,
    /// A rendition instead of the original.
    preset: Option<Preset>,
    /// Whether it is saved rather than shown.
    download: bool,
}

impl Default for NewLink {
    fn default() -> Self {
        Self {
            lifetime: 3_600,
            preset: None,
            download: false,
        }
    }
}

/// A signed link.
#[derive(Serialize, ToSchema)]
#[schema(examples(json!({ "url": "https://cdn.example.com/m/signed/ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD/beach.jpg?expires=1795253400000&signature=…", "expires_at": "2026-11-21T09:30:00.000Z" })))]
pub struct Link {
    /// An address that is good as it stands: with anything changed or added it opens nothing.
    url: String,
    expires_at: Timestamp,
}

/// Signs a link to an asset's bytes.
#[utoipa::path(post, path = "/assets/{id}/links", tag = "sharing", params(("id" = AssetId, Path)),
    request_body = Option<NewLink>, responses((status = 200, body = Link)))]
pub async fn sign_link(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    MaybeSaid(link): MaybeSaid<NewLink>,
) -> Answer<Link> {
    if link.lifetime == 0 || link.lifetime > LONGEST {
        return Err(Problem::invalid("lifetime", "A link lives 1 second to 7 days.").into());
    }
    let wish = Wish {
        preset: link.preset,
        download: link.download,
        lifetime: Duration::from_secs(link.lifetime.into()),
    };
    let signed = library.sign_media(&actor, id, wish).await?;
    Ok(Private(Link {
        url: signed.url,
        expires_at: signed.expires_at,
    }))
}
