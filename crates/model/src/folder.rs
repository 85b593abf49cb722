//! Folders: places in a tree.

use serde::{Deserialize, Serialize};

use crate::{FileName, FolderId, Timestamp};

/// A place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Folder {
    pub id: FolderId,
    /// The folder it lies in; absent at the top.
    pub parent_id: Option<FolderId>,
    pub name: FileName,
    pub color: Option<FolderColor>,
    /// Assets in sight right in it.
    pub asset_count: u64,
    pub created_at: Timestamp,
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
