//! `/limits`: what is enforced on the way in.

use axum::extract::State as Extract;
use library::Library;
use model::Limits;

use super::{Answer, Private};
use crate::identify::SignedIn;

/// Tells what is enforced on the way in.
#[utoipa::path(get, path = "/limits", tag = "me", responses((status = 200, body = Limits)))]
pub async fn get_limits(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Answer<Limits> {
    Ok(Private(library.limits(&actor).await?))
}
