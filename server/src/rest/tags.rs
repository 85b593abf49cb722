//! `/tags`: words people find assets by.

use axum::extract::State as Extract;
use library::Library;
use model::{Page, Tag};

use super::{Answer, Private, extract::Asked, page::ListPage};
use crate::identify::SignedIn;

/// Lists the account's tags, by name.
#[utoipa::path(get, path = "/tags", tag = "tags", params(ListPage), responses((status = 200, body = Page<Tag>)))]
pub async fn list_tags(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Tag>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_tags(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}
