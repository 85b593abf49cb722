//! `/tags`: words people find assets by.

use axum::extract::State as Extract;
use library::Library;
use model::{Page, Tag};

use super::{Answer, Private};
use crate::identify::SignedIn;

/// Lists the account's tags, by name.
#[utoipa::path(get, path = "/tags", tag = "tags", responses((status = 200, body = Page<Tag>)))]
pub async fn list_tags(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
) -> Answer<Page<Tag>> {
    Ok(Private(Page {
        items: library.list_tags(&actor).await?,
        next_cursor: None,
    }))
}
