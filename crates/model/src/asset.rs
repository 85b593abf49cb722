//! Assets: the things people manage.

use serde::{Deserialize, Serialize};

use crate::{
    AltText, AssetId, ByteSize, Derived, FileName, FocalPoint, FolderId, Kind, Mime, PlayTime,
    Preset, Sha256, Source, TeamChoice, Timestamp, UserId, found::Hit,
};

/// A thing people manage: an original with a name, alt text, tags and a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
        "id": "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "name": "beach.jpg", "kind": "image", "mime": "image/jpeg",
        "size": 240_128, "width": 1600, "height": 900, "duration": null, "frames": 1,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "folder_id": null, "tags": ["sea"], "teams": [], "state": "active", "source": "upload",
        "alt_text": "A beach at noon.", "url": null, "version": 1, "has_renditions": true,
        "created_at": "2026-11-21T09:30:00.000Z", "updated_at": "2026-11-21T09:30:00.000Z",
        "created_by": "usr_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "created_by_name": "Anna", "color": "#88aacc"
    }))))]
pub struct Asset {
    pub id: AssetId,
    pub name: FileName,
    pub kind: Kind,
    pub mime: Mime,
    /// Bytes of the original.
    pub size: ByteSize,
    /// The digest of the original.
    pub sha256: Sha256,
    /// Pixels across, upright; absent where there is nothing to see.
    pub width: Option<u32>,
    /// Pixels down, upright; absent where there is nothing to see.
    pub height: Option<u32>,
    /// Seconds it plays; absent where nothing plays.
    pub duration: Option<PlayTime>,
    /// The folder it lies in; absent at the top.
    pub folder_id: Option<FolderId>,
    /// Tags, in the order of the alphabet.
    pub tags: Vec<String>,
    /// Teams, in the order of the alphabet.
    pub teams: Vec<String>,
    pub state: AssetState,
    pub source: Source,
    /// What a person who cannot see it should know; empty when nobody has said.
    pub alt_text: AltText,
    /// Its public address, while it is shared.
    pub url: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Who added it; absent when a machine did.
    pub created_by: Option<UserId>,
    /// The name of who added it, for people.
    pub created_by_name: Option<String>,
    /// Counts the originals it has had, from 1.
    pub version: u32,
    /// When it was moved to the trash.
    pub trashed_at: Option<Timestamp>,
    /// When the trash lets it go for good.
    pub purge_at: Option<Timestamp>,
    /// Who moved it to the trash; absent when a machine did.
    pub trashed_by: Option<UserId>,
    /// The name of who moved it to the trash, for people.
    pub trashed_by_name: Option<String>,
    /// A tiny blurred picture as a `data:` address, shown before the real one.
    pub placeholder: Option<String>,
    /// The dominant color, as `#rrggbb`.
    pub color: Option<String>,
    /// Whether there are renditions: of pictures Satchel can decode, and of documents and films it
    /// could make a first picture of.
    pub has_renditions: bool,
    /// Frames of an animation; 1 for a still picture.
    pub frames: Option<u32>,
    /// What of it must stay visible; absent where nobody has said.
    // What grids do without, the client does not read: that is a kilobyte less of its first load.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub focal_point: Option<FocalPoint>,
    /// What it was made of; absent where it came as it is.
    #[cfg_attr(target_family = "wasm", serde(skip_deserializing))]
    pub derived_from: Option<Derived>,
    /// Where the words stand that it was found by; absent where none were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<Hit>,
}

impl Asset {
    /// A short word that changes with the original: lets addresses be cached for good.
    pub fn fingerprint(&self) -> String {
        let mut digest = self.sha256.to_string();
        digest.truncate(12);
        digest
    }

    /// Whether it is a picture that can be cropped: one that Satchel decodes.
    pub fn can_be_cropped(&self) -> bool {
        let is_picture = self.kind == Kind::Image && self.has_renditions;
        is_picture && self.width.is_some() && self.state != AssetState::Trashed
    }

    /// Where members find the original.
    pub fn content_path(&self) -> String {
        let id = self.id;
        format!("/api/v1/assets/{id}/content?v={}", self.fingerprint())
    }

    /// Where members download the original.
    pub fn download_path(&self) -> String {
        let id = self.id;
        format!("/api/v1/assets/{id}/content?download")
    }

    /// Where members find a page, counted from 1, as large as a rendition by preset.
    pub fn page_path(&self, page: u32, preset: Preset) -> String {
        let id = self.id;
        format!(
            "/api/v1/assets/{id}/pages/{page}/renditions/{preset}?v={}",
            self.fingerprint()
        )
    }

    /// Where members find a rendition.
    pub fn rendition_path(&self, preset: Preset) -> String {
        let id = self.id;
        format!(
            "/api/v1/assets/{id}/renditions/{preset}?v={}",
            self.fingerprint()
        )
    }
}

/// Where an asset stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssetState {
    /// In sight.
    #[default]
    Active,
    /// Kept out of sight.
    Archived,
    /// Deleted but kept.
    Trashed,
}

impl AssetState {
    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
        }
    }
}

/// Which assets a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AssetFilter {
    /// Only what lies right in this folder.
    pub folder_id: Option<FolderId>,
    pub kind: Option<Kind>,
    /// Only what carries all these tags.
    pub tags: Vec<String>,
    /// Only what is for one of these teams.
    pub teams: Vec<TeamChoice>,
    pub source: Option<Source>,
    /// Only what this person added.
    pub created_by: Option<UserId>,
    pub state: AssetState,
    /// Only what somebody opened, downloaded or was delivered, or only what nobody was.
    pub used: Option<bool>,
    /// Words that a name, an alt text, a tag, a team, a folder or a document has.
    pub q: Option<String>,
    pub sort: AssetSort,
    pub created_after: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
    /// The smallest original, in bytes.
    pub size_min: Option<ByteSize>,
    /// The largest original, in bytes.
    pub size_max: Option<ByteSize>,
    pub orientation: Option<Orientation>,
    /// The fewest pixels across.
    pub width_min: Option<u32>,
    /// The fewest pixels down.
    pub height_min: Option<u32>,
    /// Only what has an alt text, or only what has none.
    pub described: Option<bool>,
}

impl AssetFilter {
    /// The words that are asked for, if any.
    pub fn words(&self) -> Option<&str> {
        self.q.as_deref().map(str::trim).filter(|q| !q.is_empty())
    }
}

/// Which way a picture lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Wider than high.
    Landscape,
    /// Higher than wide.
    Portrait,
    /// As wide as high.
    Square,
}

impl Orientation {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Landscape, Self::Portrait, Self::Square];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Landscape => "landscape",
            Self::Portrait => "portrait",
            Self::Square => "square",
        }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssetSort {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By name, A to Z.
    Name,
    /// Largest first.
    Largest,
    /// Where words were asked for: those in names first, then in tags and alt texts, then in
    /// folders and documents; each newest first. Without words it is newest first.
    Relevance,
}

impl AssetSort {
    /// All orders, as people see them.
    pub const ALL: [Self; 5] = [
        Self::Newest,
        Self::Oldest,
        Self::Name,
        Self::Largest,
        Self::Relevance,
    ];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Name => "name",
            Self::Largest => "largest",
            Self::Relevance => "relevance",
        }
    }
}

/// What about an asset changes; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "name": "beach.jpg", "alt_text": "A beach at noon.", "tags": ["sea", "summer"], "focal_point": { "x": 500, "y": 300 } }))))]
pub struct AssetPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<FileName>,
    /// The name it has until then; where it has another by now, nothing changes, and the answer is
    /// 409.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_name: Option<FileName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt_text: Option<AltText>,
    /// The alt text it has until then, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_alt_text: Option<AltText>,
    /// The folder to move it to; `null` moves it to the top.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FolderId>))]
    pub folder_id: Option<Option<FolderId>>,
    /// What of a picture must stay visible; `null` takes it away.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FocalPoint>))]
    pub focal_point: Option<Option<FocalPoint>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Teams it is for, by name or id, in place of those it was for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<String>>,
}

/// Tells a value that is `null` from one that is absent.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_tells_absent_from_null() {
        let absent: AssetPatch = serde_json::from_str("{}").unwrap();
        let null: AssetPatch = serde_json::from_str(r#"{"folder_id": null}"#).unwrap();

        assert_eq!(absent.folder_id, None);
        assert_eq!(null.folder_id, Some(None));
    }

    #[test]
    fn a_patch_refuses_what_is_not_its_to_change() {
        for field in ["account_id", "sha256", "size", "state", "public"] {
            let patch = format!(r#"{{"{field}": "x"}}"#);
            assert!(
                serde_json::from_str::<AssetPatch>(&patch).is_err(),
                "{field}"
            );
        }
    }
}
