//! `/assets/{id}/usages`, `/usages/scan` and `/usages/count`: where assets are used outside.

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{
    AssetFilter, AssetId, AssetUsage, KnownBy, NewUsage, Page, Problem, ScannedUsages, Selection,
    UsageCount, UsageId, UsageScan,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Asked, Id, Said, Words},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn};

/// Assets that are looked for in places: either `ids` or `filter` says which.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "ids": ["ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"] })))]
pub struct CountUsages {
    /// The assets, one by one.
    #[schema(max_items = 1000)]
    ids: Option<Vec<AssetId>>,
    /// All assets that this shows; `{}` is all that is in sight.
    filter: Option<AssetFilter>,
}

/// Lists the places that use an asset, those first known last.
#[utoipa::path(get, path = "/assets/{id}/usages", tag = "usages",
    params(("id" = AssetId, Path), ListPage),
    responses((status = 200, body = Page<AssetUsage>)))]
pub async fn list_usages(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<AssetUsage>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_usages(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Records that a place uses an asset; one that is known is said anew, with title and address.
///
/// An asset is known in 1 000 places at most. An embed session records the place that it was made
/// for (`used_in`) and no other, under the title and the address that were given then.
#[utoipa::path(post, path = "/assets/{id}/usages", tag = "usages",
    params(("id" = AssetId, Path)), request_body = NewUsage,
    responses(
        (status = 201, description = "It was not known", body = AssetUsage),
        (status = 200, description = "It was known", body = AssetUsage)))]
pub async fn record_usage(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Said(place): Said<NewUsage>,
) -> Result<(StatusCode, Private<AssetUsage>)> {
    let known_by = match actor.embed {
        Some(_) => KnownBy::Picker,
        None => KnownBy::Api,
    };
    let recorded = library.record_usage(&actor, id, place, known_by);
    let recorded = recorded.await?;
    let status = if recorded.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Private(recorded.usage)))
}

/// Forgets a place that uses an asset.
#[utoipa::path(delete, path = "/assets/{id}/usages/{usage}", tag = "usages",
    params(("id" = AssetId, Path), ("usage" = UsageId, Path)),
    responses((status = 204)))]
pub async fn remove_usage(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Words((id, usage)): Words<(String, String)>,
) -> Result<StatusCode> {
    let asset = id.parse().map_err(|_| Problem::not_found())?;
    let usage = usage.parse().map_err(|_| Problem::not_found())?;
    library.remove_usage(&actor, asset, usage).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Finds the assets of the account that are linked in what is written in a place: public
/// addresses, addresses of this interface, and `data-satchel-asset="ast_…"`. From then on the
/// place uses these and no others.
///
/// What is another account's is not found. An empty `html` takes the place away.
#[utoipa::path(post, path = "/usages/scan", tag = "usages", request_body = UsageScan,
    responses((status = 200, body = ScannedUsages)))]
pub async fn scan_usages(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(scan): Said<UsageScan>,
) -> Answer<ScannedUsages> {
    Ok(Private(library.scan_usages(&actor, scan).await?))
}

/// Counts the places that use some assets, and names up to three: those seen last.
///
/// It is for asking before they are replaced or go to the trash. A place that uses several of them
/// is one. What is not there is used nowhere. Where a filter shows more than 1 000 assets that are used,
/// the rest is not counted.
#[utoipa::path(post, path = "/usages/count", tag = "usages", request_body = CountUsages,
    responses((status = 200, body = UsageCount)))]
pub async fn count_usages(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(among): Said<CountUsages>,
) -> Answer<UsageCount> {
    let among = Selection::either(among.ids, among.filter)?;
    Ok(Private(library.count_usages(&actor, &among).await?))
}
