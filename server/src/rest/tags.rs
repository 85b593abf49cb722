//! `/tags`: words people find assets by.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::{
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use library::Library;
use model::{Batch, Cursor, GoneTag, Page, Tag, TagId, TagPatch};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Private, batches,
    extract::{Asked, Id, Said},
    page::{self, ListPage},
};
use crate::{failure::Result, identify::SignedIn};

/// Which tags are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListTags {
    /// Only some that have a word which begins like this, most used first.
    q: Option<String>,
    /// Where the page starts: `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items a page holds; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A tag to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "summer" })))]
pub struct NewTag {
    #[schema(min_length = 1, max_length = 64)]
    name: String,
}

/// The tag that is to be carried instead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "into": "tag_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" })))]
pub struct MergeTag {
    into: TagId,
}

/// Lists the account's tags by name, or suggests some.
#[utoipa::path(get, path = "/tags", tag = "tags", params(ListTags),
    responses((status = 200, body = Page<Tag>)))]
pub async fn list_tags(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(asked): Asked<ListTags>,
) -> Answer<Page<Tag>> {
    let (cursor, limit) = page::read(asked.cursor, asked.limit)?;
    if let Some(q) = asked.q.filter(|q| !q.trim().is_empty()) {
        return Ok(Private(Page {
            items: library.suggest_tags(&actor, &q).await?,
            next_cursor: None,
        }));
    }
    Ok(Private(
        library.list_tags(&actor, cursor.as_ref(), limit).await?,
    ))
}

/// Makes a tag that nothing carries yet.
#[utoipa::path(post, path = "/tags", tag = "tags", request_body = NewTag,
    responses((status = 201, body = Tag)))]
pub async fn create_tag(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(tag): Said<NewTag>,
) -> Result<(StatusCode, Private<Tag>)> {
    let tag = library.create_tag(&actor, &tag.name).await?;
    Ok((StatusCode::CREATED, Private(tag)))
}

/// Renames or colors a tag, which all that carry it show at once; with `version`, only as it was
/// then.
#[utoipa::path(patch, path = "/tags/{id}", tag = "tags", params(("id" = TagId, Path)),
    request_body = TagPatch, responses((status = 200, body = Tag)))]
pub async fn update_tag(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TagId>,
    Said(patch): Said<TagPatch>,
) -> Answer<Tag> {
    Ok(Private(library.update_tag(&actor, id, patch).await?))
}

/// Takes a tag off all that carry it, and removes it; very many let go of it in a batch to watch.
#[utoipa::path(delete, path = "/tags/{id}", tag = "tags", params(("id" = TagId, Path)),
    responses((status = 204),
        (status = 202, description = "It is under way: watch it", body = Batch)))]
pub async fn delete_tag(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TagId>,
) -> Result<Response> {
    Ok(batches::under_way(library.delete_tag(&actor, id).await?))
}

/// Lets all that carry a tag carry another instead, very many of them in a batch to watch; the
/// first is gone then.
#[utoipa::path(post, path = "/tags/{id}/merge", tag = "tags", params(("id" = TagId, Path)),
    request_body = MergeTag, responses((status = 200, body = Tag),
        (status = 202, description = "It is under way: watch it", body = Batch)))]
pub async fn merge_tag(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TagId>,
    Said(merge): Said<MergeTag>,
) -> Result<Response> {
    let merged = library.merge_tag(&actor, id, merge.into).await?;
    Ok(match merged.batch {
        None => Private(merged.tag).into_response(),
        batch => batches::under_way(batch),
    })
}

/// Lists the tags that can be brought back, the last that went first.
#[utoipa::path(get, path = "/tags/gone", tag = "tags", params(ListPage),
    responses((status = 200, body = Page<GoneTag>)))]
pub async fn list_gone_tags(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<GoneTag>> {
    let (cursor, limit) = page.read()?;
    let gone = library.list_gone_tags(&actor, cursor.as_ref(), limit);
    Ok(Private(gone.await?))
}

/// Brings a tag back, with its color and what carried it; very much in a batch to watch.
#[utoipa::path(post, path = "/tags/{id}/restore", tag = "tags", params(("id" = TagId, Path)),
    responses((status = 200, body = Tag),
        (status = 202, description = "It is under way: watch it", body = Batch)))]
pub async fn restore_tag(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<TagId>,
) -> Result<Response> {
    let returned = library.restore_tag(&actor, id).await?;
    Ok(match returned.batch {
        None => Private(returned.mark).into_response(),
        batch => batches::under_way(batch),
    })
}
