//! `/assets`: found, looked at, changed, trashed and restored.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::extract::State as Extract;
use library::Library;
use model::{
    Asset, AssetFilter, AssetId, AssetPage, AssetPatch, AssetSort, AssetState, ByteSize, Cursor,
    FolderId, Kind, Orientation, Problem, Source, Timestamp, UserId,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Answer, Private,
    extract::{Asked, Id, Said},
    page,
};
use crate::{failure::Result, identify::SignedIn};

/// Which assets are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAssets {
    /// Only what lies right in this folder.
    folder_id: Option<FolderId>,
    kind: Option<Kind>,
    /// Only what carries all these tags, with commas between.
    tag: Option<String>,
    /// Only what is for one of these teams, by id, with commas between; `mine` for those one is in.
    team: Option<String>,
    source: Option<Source>,
    /// Only what was received on this channel; nothing is, before there are captures.
    channel: Option<String>,
    /// Only what was received of this participant; nothing is, before there are captures.
    participant_id: Option<String>,
    /// Only what this person added.
    created_by: Option<UserId>,
    /// What is in sight unless said.
    state: Option<AssetState>,
    /// Only what somebody opened, downloaded or was delivered, or only what nobody was.
    used: Option<bool>,
    /// Words that a name, an alt text, a tag, a team, a folder or a document has.
    q: Option<String>,
    sort: Option<AssetSort>,
    created_after: Option<Timestamp>,
    created_before: Option<Timestamp>,
    /// The smallest original, in bytes.
    size_min: Option<ByteSize>,
    /// The largest original, in bytes.
    size_max: Option<ByteSize>,
    orientation: Option<Orientation>,
    /// The fewest pixels across.
    width_min: Option<u32>,
    /// The fewest pixels down.
    height_min: Option<u32>,
    /// Only what has an alt text, or only what has none.
    described: Option<bool>,
    /// Where the page starts: `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items a page holds; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl ListAssets {
    fn filter(self) -> Result<(AssetFilter, Option<Cursor>)> {
        let teams = words(self.team.as_deref()).map(str::parse);
        let teams = teams.collect::<std::result::Result<_, _>>();
        let teams = teams.map_err(|_| Problem::malformed("`team` is `mine` or ids of teams."))?;
        let filter = AssetFilter {
            folder_id: self.folder_id,
            kind: self.kind,
            tags: words(self.tag.as_deref()).map(str::to_owned).collect(),
            teams,
            source: self.source,
            created_by: self.created_by,
            state: self.state.unwrap_or_default(),
            used: self.used,
            q: self.q,
            sort: self.sort.unwrap_or_default(),
            created_after: self.created_after,
            created_before: self.created_before,
            size_min: self.size_min,
            size_max: self.size_max,
            orientation: self.orientation,
            width_min: self.width_min,
            height_min: self.height_min,
            described: self.described,
        };
        Ok((filter, self.cursor))
    }
}

/// The words of a parameter that takes several.
fn words(several: Option<&str>) -> impl Iterator<Item = &str> {
    let words = several.unwrap_or_default().split(',').map(str::trim);
    words.filter(|word| !word.is_empty())
}

/// Lists assets, a page at a time.
#[utoipa::path(get, path = "/assets", tag = "assets", params(ListAssets),
    responses((status = 200, body = AssetPage)))]
pub async fn list_assets(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(asked): Asked<ListAssets>,
) -> Answer<AssetPage> {
    let limit = asked.limit;
    let is_received = asked.channel.is_some() || asked.participant_id.is_some();
    let (filter, cursor) = asked.filter()?;
    let (cursor, limit) = page::read(cursor, limit)?;
    let page = library
        .list_assets(&actor, &filter, cursor.as_ref(), limit)
        .await?;
    Ok(Private(if is_received {
        AssetPage::default()
    } else {
        page
    }))
}

/// Tells everything about an asset.
#[utoipa::path(get, path = "/assets/{id}", tag = "assets", params(("id" = AssetId, Path)),
    responses((status = 200, body = Asset)))]
pub async fn get_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.get_asset(&actor, id).await?))
}

/// Renames, describes, moves, tags and assigns an asset, all or nothing.
#[utoipa::path(patch, path = "/assets/{id}", tag = "assets", params(("id" = AssetId, Path)),
    request_body = AssetPatch, responses((status = 200, body = Asset)))]
pub async fn update_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Said(patch): Said<AssetPatch>,
) -> Answer<Asset> {
    Ok(Private(library.update_asset(&actor, id, patch).await?))
}

/// Moves an asset to the trash; it is no longer shared.
#[utoipa::path(delete, path = "/assets/{id}", tag = "assets", params(("id" = AssetId, Path)),
    responses((status = 200, body = Asset)))]
pub async fn trash_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.trash_asset(&actor, id).await?))
}

/// Keeps an asset out of sight.
#[utoipa::path(post, path = "/assets/{id}/archive", tag = "assets",
    params(("id" = AssetId, Path)), responses((status = 200, body = Asset)))]
pub async fn archive_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.archive_asset(&actor, id).await?))
}

/// Brings an asset back in sight.
#[utoipa::path(post, path = "/assets/{id}/unarchive", tag = "assets",
    params(("id" = AssetId, Path)), responses((status = 200, body = Asset)))]
pub async fn unarchive_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.unarchive_asset(&actor, id).await?))
}

/// Brings an asset back from the trash to the folder it lay in, or to the nearest there is.
#[utoipa::path(post, path = "/assets/{id}/restore", tag = "assets",
    params(("id" = AssetId, Path)), responses((status = 200, body = Asset)))]
pub async fn restore_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
) -> Answer<Asset> {
    Ok(Private(library.restore_asset(&actor, id).await?))
}
