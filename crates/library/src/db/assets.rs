//! Tables `assets` and `versions`.

use std::collections::HashMap;

use model::{
    AccountId, AltText, Asset, AssetId, AssetState, BlobId, ByteSize, Derived, FileName,
    FocalPoint, FolderId, Kind, Mime, PlayTime, Sha256, Source, Timestamp, UserId, VersionId,
};
use sqlx::AssertSqlSafe;

use super::{
    many::places,
    text,
    tx::{Tx, execute, fetch_all, fetch_optional},
};
use crate::{Result, words::index_words};

/// The columns of an [`AssetRow`] and where they come from.
const SELECT: &str = "\
    select assets.id, assets.name, assets.name_key, assets.kind, assets.mime, assets.size, \
           assets.sha256, assets.width, assets.height, assets.duration, assets.folder_id, \
           assets.state, assets.source, assets.alt_text, assets.created_at, assets.updated_at, \
           assets.created_by, assets.version, assets.trashed_at, assets.trashed_by, \
           assets.placeholder, assets.color, assets.has_renditions, assets.frames, \
           assets.focal_x, assets.focal_y, \
           made.source_id, made.source_version, made.seen_version, made.edit, made.placement, \
           made.background, made_versions.created_at as made_at, \
           sources.version as source_now, \
           shares.key as share_key, users.name as created_by_name, \
           trashers.name as trashed_by_name \
      from assets left join shares on shares.asset_id = assets.id \
                  left join users on users.id = assets.created_by \
                  left join users as trashers on trashers.id = assets.trashed_by \
                  left join derivations as made on made.asset_id = assets.id \
                                               and made.number = assets.version \
                  left join versions as made_versions \
                         on made_versions.asset_id = made.asset_id \
                        and made_versions.number = made.number \
                  left join assets as sources on sources.id = made.source_id ";

/// An asset, as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AssetRow {
    pub id: AssetId,
    pub name: FileName,
    pub name_key: String,
    pub kind: Kind,
    pub mime: Mime,
    pub size: ByteSize,
    pub sha256: Sha256,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub duration: Option<i64>,
    pub folder_id: Option<FolderId>,
    pub state: AssetState,
    pub source: Source,
    pub alt_text: AltText,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub created_by: Option<UserId>,
    pub version: i64,
    pub trashed_at: Option<Timestamp>,
    pub trashed_by: Option<UserId>,
    pub placeholder: Option<String>,
    pub color: Option<String>,
    pub has_renditions: bool,
    pub frames: Option<i64>,
    pub focal_x: Option<i64>,
    pub focal_y: Option<i64>,
    /// What it was made of, where it was made of something.
    pub source_id: Option<AssetId>,
    pub source_version: Option<i64>,
    pub seen_version: Option<i64>,
    pub edit: Option<String>,
    pub placement: Option<String>,
    pub background: Option<String>,
    pub made_at: Option<Timestamp>,
    pub source_now: Option<i64>,
    pub share_key: Option<String>,
    pub created_by_name: Option<String>,
    pub trashed_by_name: Option<String>,
}

/// An asset to be made.
#[derive(Clone, Debug)]
pub(crate) struct NewAsset {
    pub id: AssetId,
    pub account: AccountId,
    pub folder: Option<FolderId>,
    pub name: FileName,
    pub kind: Kind,
    pub source: Source,
    pub blob: BlobId,
    pub mime: Mime,
    pub size: ByteSize,
    pub sha256: Sha256,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub duration: Option<u64>,
    pub frames: Option<u32>,
    pub placeholder: Option<String>,
    pub color: Option<String>,
    pub has_renditions: bool,
    pub now: Timestamp,
    pub created_by: Option<UserId>,
}

/// Adds an asset.
pub(crate) async fn insert(tx: &mut Tx, asset: &NewAsset) -> Result<()> {
    const INSERT: &str = "\
        insert into assets (id, account_id, folder_id, name, name_key, name_words, alt_text, \
            kind, state, source, blob_id, mime, size, sha256, width, height, duration, frames, \
            placeholder, color, has_renditions, version, created_at, updated_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, '', $7, 'active', $8, $9, $10, $11, $12, $13, $14, $15, \
            $16, $17, $18, $19, 1, $20, $20, $21)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(asset.id)
            .bind(asset.account)
            .bind(asset.folder)
            .bind(&asset.name)
            .bind(text::sort_key(asset.name.as_str()))
            .bind(index_words(asset.name.as_str(), usize::MAX))
            .bind(asset.kind)
            .bind(asset.source)
            .bind(asset.blob)
            .bind(&asset.mime)
            .bind(asset.size)
            .bind(asset.sha256)
            .bind(asset.width.map(i64::from))
            .bind(asset.height.map(i64::from))
            .bind(asset.duration.map(u64::cast_signed))
            .bind(asset.frames.map(i64::from))
            .bind(&asset.placeholder)
            .bind(&asset.color)
            .bind(asset.has_renditions)
            .bind(asset.now)
            .bind(asset.created_by)
    )?;
    Ok(())
}

/// Puts another original in the place of an asset's; its focal point goes with the old one.
pub(crate) async fn replace(tx: &mut Tx, asset: &NewAsset, number: i64) -> Result<()> {
    const REPLACE: &str = "\
        update assets set name = $3, name_key = $4, name_words = $5, blob_id = $6, mime = $7, \
               size = $8, sha256 = $9, width = $10, height = $11, frames = $12, \
               placeholder = $13, color = $14, has_renditions = $15, version = $16, \
               updated_at = $17, duration = $18, focal_x = null, focal_y = null \
         where account_id = $1 and id = $2";
    execute!(
        tx,
        sqlx::query(REPLACE)
            .bind(asset.account)
            .bind(asset.id)
            .bind(&asset.name)
            .bind(text::sort_key(asset.name.as_str()))
            .bind(index_words(asset.name.as_str(), usize::MAX))
            .bind(asset.blob)
            .bind(&asset.mime)
            .bind(asset.size)
            .bind(asset.sha256)
            .bind(asset.width.map(i64::from))
            .bind(asset.height.map(i64::from))
            .bind(asset.frames.map(i64::from))
            .bind(&asset.placeholder)
            .bind(&asset.color)
            .bind(asset.has_renditions)
            .bind(number)
            .bind(asset.now)
            .bind(asset.duration.map(u64::cast_signed))
    )?;
    Ok(())
}

/// Says of all assets with these bytes that there are pictures of them; those that had none.
pub(crate) async fn show_renditions(
    tx: &mut Tx,
    account: AccountId,
    blob: BlobId,
) -> Result<Vec<AssetId>> {
    const SHOW: &str = "\
        update assets set has_renditions = true \
         where account_id = $1 and blob_id = $2 and not has_renditions returning id";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(SHOW).bind(account).bind(blob)
    )?)
}

/// Adds an original to an asset's history.
pub(crate) async fn insert_version(
    tx: &mut Tx,
    id: VersionId,
    number: i64,
    asset: &NewAsset,
) -> Result<()> {
    const INSERT: &str = "\
        insert into versions (id, account_id, asset_id, number, blob_id, created_at, created_by) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    execute!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(asset.account)
            .bind(asset.id)
            .bind(number)
            .bind(asset.blob)
            .bind(asset.now)
            .bind(asset.created_by)
    )?;
    Ok(())
}

/// An asset of an account, in any state.
pub(crate) async fn find(tx: &mut Tx, account: AccountId, id: AssetId) -> Result<Option<AssetRow>> {
    let find = format!("{SELECT} where assets.account_id = $1 and assets.id = $2");
    Ok(fetch_optional!(
        tx,
        sqlx::query_as(AssertSqlSafe(find.clone()))
            .bind(account)
            .bind(id)
    )?)
}

/// An asset that nobody else changes before this transaction is over.
///
/// `SQLite` has one writer anyway; Postgres keeps others from a row that was written.
pub(crate) async fn lock(tx: &mut Tx, account: AccountId, id: AssetId) -> Result<Option<AssetRow>> {
    const LOCK: &str = "\
        update assets set updated_at = updated_at where account_id = $1 and id = $2";
    execute!(tx, sqlx::query(LOCK).bind(account).bind(id))?;
    find(tx, account, id).await
}

/// Writes what about an asset a person may change.
pub(crate) async fn update(
    tx: &mut Tx,
    account: AccountId,
    asset: &AssetRow,
    now: Timestamp,
) -> Result<()> {
    const UPDATE: &str = "\
        update assets set name = $3, name_key = $4, name_words = $5, alt_text = $6, \
               alt_words = $7, folder_id = $8, updated_at = $9, focal_x = $10, focal_y = $11 \
         where account_id = $1 and id = $2";
    execute!(
        tx,
        sqlx::query(UPDATE)
            .bind(account)
            .bind(asset.id)
            .bind(&asset.name)
            .bind(text::sort_key(asset.name.as_str()))
            .bind(index_words(asset.name.as_str(), usize::MAX))
            .bind(&asset.alt_text)
            .bind(index_words(asset.alt_text.as_str(), usize::MAX))
            .bind(asset.folder_id)
            .bind(now)
            .bind(asset.focal_x)
            .bind(asset.focal_y)
    )?;
    Ok(())
}

/// Assets of an account that have been in the trash since before a moment, oldest first.
pub(crate) async fn list_purgeable(
    tx: &mut Tx,
    account: AccountId,
    before: Timestamp,
    rows: i64,
) -> Result<Vec<AssetId>> {
    const LIST: &str = "\
        select id from assets \
         where account_id = $1 and state = 'trashed' and trashed_at < $2 \
         order by trashed_at limit $3";
    Ok(fetch_all!(
        tx,
        sqlx::query_scalar(LIST)
            .bind(account)
            .bind(before)
            .bind(rows)
    )?)
}

/// Removes an asset with its history; the blobs it pointed at and how often.
pub(crate) async fn delete(
    tx: &mut Tx,
    account: AccountId,
    id: AssetId,
) -> Result<Vec<(BlobId, i64)>> {
    const BLOBS: &str = "\
        select blob_id, count(*) as refs from versions \
         where account_id = $1 and asset_id = $2 group by blob_id order by blob_id";
    const PARTS: [&str; 5] = [
        "delete from asset_usages where asset_id = $1",
        "delete from derivations where asset_id = $1 or source_id = $1",
        "delete from asset_tags where asset_id = $1",
        "delete from shares where asset_id = $1",
        "delete from versions where asset_id = $1",
    ];
    const DELETE: &str = "delete from assets where account_id = $1 and id = $2";
    let blobs = fetch_all!(tx, sqlx::query_as(BLOBS).bind(account).bind(id))?;
    for part in PARTS {
        execute!(tx, sqlx::query(part).bind(id))?;
    }
    execute!(tx, sqlx::query(DELETE).bind(account).bind(id))?;
    Ok(blobs)
}

/// Some assets of an account, in this order; those that are gone are left out.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    ids: &[AssetId],
) -> Result<Vec<AssetRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = format!(
        "{SELECT} where assets.account_id = $1 and assets.id in ({})",
        places(2, ids.len())
    );
    let mut rows: Vec<AssetRow> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone())).bind(account);
        ids.iter().fold(query, |query, id| query.bind(*id))
    })?;
    let order: HashMap<_, _> = ids.iter().zip(0..).collect();
    rows.sort_by_key(|row| order.get(&row.id).copied().unwrap_or(ids.len()));
    Ok(rows)
}

/// Notes that an asset changed.
pub(crate) async fn touch(
    tx: &mut Tx,
    account: AccountId,
    id: AssetId,
    now: Timestamp,
) -> Result<()> {
    const TOUCH: &str = "update assets set updated_at = $3 where account_id = $1 and id = $2";
    execute!(tx, sqlx::query(TOUCH).bind(account).bind(id).bind(now))?;
    Ok(())
}

/// The tags of some assets, each in the order of the alphabet; what comes in place of a tag that
/// is leaving shows at once.
pub(crate) async fn list_tags(
    tx: &mut Tx,
    assets: &[AssetId],
) -> Result<HashMap<AssetId, Vec<String>>> {
    let list = format!(
        "select distinct asset_tags.asset_id, shown.name, shown.name_key \
           from asset_tags join tags on tags.id = asset_tags.tag_id \
                           join tags as shown on shown.id = coalesce(tags.merged_into, tags.id) \
          where asset_tags.asset_id in ({}) and shown.is_leaving = false \
          order by shown.name_key",
        places(1, assets.len())
    );
    list_names(tx, assets, &list).await
}

/// The teams of some assets, each in the order of the alphabet.
pub(crate) async fn list_teams(
    tx: &mut Tx,
    assets: &[AssetId],
) -> Result<HashMap<AssetId, Vec<String>>> {
    let list = format!(
        "select asset_teams.asset_id, teams.name \
           from asset_teams join teams on teams.id = asset_teams.team_id \
          where asset_teams.asset_id in ({}) and teams.is_leaving = false \
          order by teams.name_key",
        places(1, assets.len())
    );
    list_names(tx, assets, &list).await
}

async fn list_names(
    tx: &mut Tx,
    assets: &[AssetId],
    list: &str,
) -> Result<HashMap<AssetId, Vec<String>>> {
    let mut names: HashMap<AssetId, Vec<String>> = HashMap::new();
    if assets.is_empty() {
        return Ok(names);
    }
    let rows: Vec<(AssetId, String)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.to_owned()));
        assets.iter().fold(query, |query, id| query.bind(*id))
    })?;
    for (asset, name) in rows {
        names.entry(asset).or_default().push(name);
    }
    Ok(names)
}

impl AssetRow {
    /// What of it must stay visible.
    pub fn focal_point(&self) -> Option<FocalPoint> {
        let (x, y) = self.focal_x.zip(self.focal_y)?;
        FocalPoint::new(u16::try_from(x).ok()?, u16::try_from(y).ok()?).ok()
    }

    fn derived_from(&self) -> Option<Derived> {
        let (asset_id, version) = self.source_id.zip(self.source_version)?;
        let is_other = asset_id != self.id;
        Some(Derived {
            asset_id,
            version: u32::try_from(version).unwrap_or(u32::MAX),
            edit: serde_json::from_str(self.edit.as_deref()?).ok()?,
            placement: self.placement.as_deref().and_then(|id| id.parse().ok()),
            background: self
                .background
                .as_deref()
                .and_then(|text| text.parse().ok()),
            made_at: self.made_at.unwrap_or(self.updated_at),
            is_outdated: is_other && self.source_now > self.seen_version,
        })
    }

    /// The asset as people see it.
    pub fn into_asset(
        self,
        (tags, teams): (Vec<String>, Vec<String>),
        media_url: &str,
        retention_days: u32,
    ) -> Asset {
        let number = |value: Option<i64>| value.and_then(|value| u32::try_from(value).ok());
        let derived_from = self.derived_from();
        let focal_point = self.focal_point();
        let kept = std::time::Duration::from_secs(u64::from(retention_days) * 86_400);
        Asset {
            url: self.share_key.map(|key| {
                crate::shares::url(
                    media_url,
                    &key,
                    &crate::media::served_name(&self.name, self.mime.as_str()),
                )
            }),
            id: self.id,
            name: self.name,
            kind: self.kind,
            mime: self.mime,
            size: self.size,
            sha256: self.sha256,
            width: number(self.width),
            height: number(self.height),
            duration: self
                .duration
                .map(|plays| PlayTime::from_millis(plays.unsigned_abs())),
            folder_id: self.folder_id,
            tags,
            teams,
            state: self.state,
            source: self.source,
            alt_text: self.alt_text,
            created_at: self.created_at,
            updated_at: self.updated_at,
            created_by: self.created_by,
            created_by_name: self.created_by_name,
            version: u32::try_from(self.version).unwrap_or(u32::MAX),
            trashed_at: self.trashed_at,
            purge_at: self.trashed_at.map(|at| at.after(kept)),
            trashed_by: self.trashed_by,
            trashed_by_name: self.trashed_by_name,
            placeholder: self.placeholder,
            color: self.color,
            has_renditions: self.has_renditions,
            frames: number(self.frames),
            focal_point,
            derived_from,
            hits: Vec::new(),
        }
    }
}
