//! What happens, in the past tense: the words of the audit trail, and later of webhooks.

use serde::{Deserialize, Serialize};

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    AccountCreated,
    AccountChanged,
    UserCreated,
    UserDisabled,
    UserEnabled,
    UserSignedIn,
    UserSignInFailed,
    UserSignedOut,
    PasswordChanged,
    ProfileChanged,
    TokenCreated,
    TokenRevoked,
    AssetCreated,
    AssetRenamed,
    AssetDescribed,
    AssetMoved,
    AssetTagged,
    AssetArchived,
    AssetUnarchived,
    AssetTrashed,
    AssetRestored,
    AssetPurged,
    AssetShared,
    AssetUnshared,
    FolderCreated,
    FolderRenamed,
    FolderColored,
    FolderMoved,
    FolderTrashed,
    FolderRestored,
    FolderPurged,
    /// Many assets were taken as one zip.
    AssetsDownloaded,
    AccessDenied,
}
