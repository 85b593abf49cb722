//! `/usage`: the storage meter.

use axum::extract::State as Extract;
use library::Library;
use model::Usage;

use super::{Answer, Private};
use crate::identify::SignedIn;

/// Tells what the account holds, of what it may.
#[utoipa::path(get, path = "/usage", tag = "me", responses((status = 200, body = Usage)))]
pub async fn get_usage(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Answer<Usage> {
    Ok(Private(library.usage(&actor).await?))
}
