//! Folders: places in a tree.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{FileName, FolderId, ParseIdError, Timestamp, UsageCount, UserId, asset::present};

/// A place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
        "id": "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "parent_id": null, "name": "Summer", "path": [], "color": "blue",
        "asset_count": 12, "total_count": 40, "has_folders": true, "version": 1,
        "created_at": "2026-11-21T09:30:00.000Z"
    }))))]
pub struct Folder {
    pub id: FolderId,
    /// The folder it lies in; absent at the top.
    pub parent_id: Option<FolderId>,
    pub name: FileName,
    /// The names of the folders it lies in, from the top down.
    pub path: Vec<FileName>,
    pub color: Option<FolderColor>,
    /// Assets in sight right in it.
    pub asset_count: u64,
    /// Assets in sight in it and in all folders below.
    pub total_count: u64,
    /// Whether folders lie in it.
    pub has_folders: bool,
    /// Counts its changes, from 1: said with a change, it keeps that from undoing somebody else's.
    pub version: u32,
    pub created_at: Timestamp,
    /// When it was moved to the trash.
    pub trashed_at: Option<Timestamp>,
    /// When the trash lets it go for good.
    pub purge_at: Option<Timestamp>,
    /// Who moved it to the trash; absent when a machine did.
    pub trashed_by: Option<UserId>,
    /// The name of who moved it to the trash, for people.
    pub trashed_by_name: Option<String>,
}

/// Which folders a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FolderFilter {
    /// Only what lies right here; everywhere when absent.
    pub parent: Option<FolderParent>,
    /// Words of the name, or of the names of what it lies in.
    pub q: Option<String>,
    /// Those in the trash that somebody chose, instead of those in the tree.
    pub trashed: bool,
}

/// Where folders lie: in another, or at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FolderParent {
    Top,
    In(FolderId),
}

impl FolderParent {
    /// The word for the top.
    pub const TOP: &'static str = "top";

    /// The folder, where it is one.
    pub fn id(self) -> Option<FolderId> {
        match self {
            Self::Top => None,
            Self::In(id) => Some(id),
        }
    }
}

impl From<Option<FolderId>> for FolderParent {
    fn from(id: Option<FolderId>) -> Self {
        id.map_or(Self::Top, Self::In)
    }
}

impl fmt::Display for FolderParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str(Self::TOP),
            Self::In(id) => id.fmt(f),
        }
    }
}

impl FromStr for FolderParent {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            Self::TOP => Ok(Self::Top),
            id => id.parse().map(Self::In),
        }
    }
}

impl Serialize for FolderParent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FolderParent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// What about a folder changes; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "name": "Summer 2026", "color": "blue", "version": 1 }))))]
pub struct FolderPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<FileName>,
    /// `null` takes the color away.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FolderColor>))]
    pub color: Option<Option<FolderColor>>,
    /// The folder to move it to; `null` moves it to the top.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FolderId>))]
    pub parent_id: Option<Option<FolderId>>,
    /// The version this change is made to; another one is a conflict, and nothing changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// What moving a folder to the trash takes along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FolderContents {
    /// Folders in it and below, without itself.
    pub folders: u64,
    /// Assets in it and below, in sight or archived.
    pub assets: u64,
    /// Of these, how many have a public address, which ends.
    pub shared: u64,
    /// Where these are used outside.
    pub used_in: UsageCount,
}

/// The palette folders are colored from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FolderColor {
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    Blue,
    Purple,
    Pink,
}

impl FolderColor {
    /// The whole palette, as people see it.
    pub const ALL: [Self; 8] = [
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Purple,
        Self::Pink,
    ];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Pink => "pink",
        }
    }
}

/// The names of folders from the top down, as a dropped folder has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderPath(Vec<FileName>);

impl FolderPath {
    /// As deep as folders may nest.
    pub const MAX_DEPTH: usize = 32;

    /// Reads the folders of a relative path such as `Summer/2026/beach.jpg`, leaving out the file.
    ///
    /// Empty parts, `.` and `..` are dropped, so the path never leaves where it starts;
    /// folders deeper than [`Self::MAX_DEPTH`] fall together into the deepest one.
    pub fn of_file(relative_path: &str) -> Self {
        let mut parts: Vec<&str> = relative_path.split(['/', '\\']).collect();
        parts.pop();
        Self(
            parts
                .into_iter()
                .filter(|part| !matches!(part.trim(), "" | "." | ".."))
                .take(Self::MAX_DEPTH)
                .map(FileName::clean)
                .collect(),
        )
    }

    /// The names, from the top down.
    pub fn names(&self) -> &[FileName] {
        &self.0
    }

    /// Whether there is no folder at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &str) -> Vec<String> {
        FolderPath::of_file(path)
            .names()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_dropped_file_tells_its_folders() {
        assert_eq!(names("Summer/2026/beach.jpg"), ["Summer", "2026"]);
        assert_eq!(names("beach.jpg"), Vec::<String>::new());
    }

    #[test]
    fn a_path_never_leaves_where_it_starts() {
        assert_eq!(names("../../etc/passwd"), ["etc"]);
        assert_eq!(names("..\\..\\Windows\\system.ini"), ["Windows"]);
        assert_eq!(names("/./a//b"), ["a"]);
    }
}
