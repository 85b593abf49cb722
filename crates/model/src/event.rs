//! What happens, in the past tense: the words of the audit trail, and later of webhooks.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, word::words};

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
    UserChanged,
    UserInvited,
    InvitationWithdrawn,
    PasswordResetMade,
    SessionsEnded,
    UserSignedIn,
    UserSignInFailed,
    UserSignedOut,
    PasswordChanged,
    ProfileChanged,
    TokenCreated,
    TokenRevoked,
    EmbedSessionCreated,
    EmbedSessionEnded,
    AssetCreated,
    AssetRenamed,
    AssetDescribed,
    AssetMoved,
    AssetTagged,
    AssetCropped,
    AssetRemade,
    /// Another file took the place of what it shows.
    AssetReplaced,
    /// It shows what an earlier version of it showed.
    AssetReverted,
    /// A first picture was made of a document or a film.
    AssetPictured,
    AssetArchived,
    AssetUnarchived,
    AssetAssigned,
    AssetTrashed,
    AssetRestored,
    AssetPurged,
    AssetShared,
    AssetUnshared,
    /// A place outside was recorded that uses an asset.
    UsageRecorded,
    UsageRemoved,
    /// Which assets a place outside uses was read from what is written there.
    UsagesScanned,
    FolderCreated,
    FolderRenamed,
    FolderColored,
    FolderMoved,
    FolderTrashed,
    FolderRestored,
    FolderPurged,
    /// Many assets were taken as one zip.
    AssetsDownloaded,
    /// The account uses 80 percent of its quota.
    StorageHigh,
    /// The account uses 95 percent of its quota.
    StorageCritical,
    AuditExported,
    TagCreated,
    TagRenamed,
    TagColored,
    TagMerged,
    TagDeleted,
    /// A tag came back that was deleted or merged.
    TagRestored,
    TeamCreated,
    TeamRenamed,
    TeamMembersChanged,
    TeamDeleted,
    TeamRestored,
    WebhookCreated,
    WebhookChanged,
    WebhookDeleted,
    WebhookSecretRotated,
    /// Satchel told it no more: it failed for days, or said that it is gone.
    WebhookSwitchedOff,
    /// An operator said what a placement takes.
    PlacementSet,
    PlacementRemoved,
    AccessDenied,
}

words!(EventKind, ParseEventKindError: "not an event of the audit trail", [
    AccountCreated = "account_created",
    AccountChanged = "account_changed",
    UserCreated = "user_created",
    UserDisabled = "user_disabled",
    UserEnabled = "user_enabled",
    UserChanged = "user_changed",
    UserInvited = "user_invited",
    InvitationWithdrawn = "invitation_withdrawn",
    PasswordResetMade = "password_reset_made",
    SessionsEnded = "sessions_ended",
    UserSignedIn = "user_signed_in",
    UserSignInFailed = "user_sign_in_failed",
    UserSignedOut = "user_signed_out",
    PasswordChanged = "password_changed",
    ProfileChanged = "profile_changed",
    TokenCreated = "token_created",
    TokenRevoked = "token_revoked",
    EmbedSessionCreated = "embed_session_created",
    EmbedSessionEnded = "embed_session_ended",
    AssetCreated = "asset_created",
    AssetRenamed = "asset_renamed",
    AssetDescribed = "asset_described",
    AssetMoved = "asset_moved",
    AssetTagged = "asset_tagged",
    AssetAssigned = "asset_assigned",
    AssetCropped = "asset_cropped",
    AssetRemade = "asset_remade",
    AssetReplaced = "asset_replaced",
    AssetReverted = "asset_reverted",
    AssetPictured = "asset_pictured",
    AssetArchived = "asset_archived",
    AssetUnarchived = "asset_unarchived",
    AssetTrashed = "asset_trashed",
    AssetRestored = "asset_restored",
    AssetPurged = "asset_purged",
    AssetShared = "asset_shared",
    AssetUnshared = "asset_unshared",
    UsageRecorded = "usage_recorded",
    UsageRemoved = "usage_removed",
    UsagesScanned = "usages_scanned",
    FolderCreated = "folder_created",
    FolderRenamed = "folder_renamed",
    FolderColored = "folder_colored",
    FolderMoved = "folder_moved",
    FolderTrashed = "folder_trashed",
    FolderRestored = "folder_restored",
    FolderPurged = "folder_purged",
    AssetsDownloaded = "assets_downloaded",
    StorageHigh = "storage_high",
    StorageCritical = "storage_critical",
    AuditExported = "audit_exported",
    TagCreated = "tag_created",
    TagRenamed = "tag_renamed",
    TagColored = "tag_colored",
    TagMerged = "tag_merged",
    TagDeleted = "tag_deleted",
    TagRestored = "tag_restored",
    TeamCreated = "team_created",
    TeamRenamed = "team_renamed",
    TeamMembersChanged = "team_members_changed",
    TeamDeleted = "team_deleted",
    TeamRestored = "team_restored",
    WebhookCreated = "webhook_created",
    WebhookChanged = "webhook_changed",
    WebhookDeleted = "webhook_deleted",
    WebhookSecretRotated = "webhook_secret_rotated",
    WebhookSwitchedOff = "webhook_switched_off",
    PlacementSet = "placement_set",
    PlacementRemoved = "placement_removed",
    AccessDenied = "access_denied",
]);

impl EventKind {
    /// Whether it is about what everybody in the account sees, and not about people and keys.
    pub const fn is_of_library(self) -> bool {
        !matches!(
            self,
            Self::AccountCreated
                | Self::AccountChanged
                | Self::UserCreated
                | Self::UserDisabled
                | Self::UserEnabled
                | Self::UserChanged
                | Self::UserInvited
                | Self::InvitationWithdrawn
                | Self::PasswordResetMade
                | Self::SessionsEnded
                | Self::UserSignedIn
                | Self::UserSignInFailed
                | Self::UserSignedOut
                | Self::PasswordChanged
                | Self::TokenCreated
                | Self::TokenRevoked
                | Self::EmbedSessionCreated
                | Self::EmbedSessionEnded
                | Self::ProfileChanged
                | Self::WebhookCreated
                | Self::WebhookChanged
                | Self::WebhookDeleted
                | Self::WebhookSecretRotated
                | Self::WebhookSwitchedOff
                | Self::AuditExported
                | Self::AssetsDownloaded
                | Self::AccessDenied
        )
    }

    /// Whether somebody may be let in no longer after it.
    pub const fn ends_access(self) -> bool {
        matches!(
            self,
            Self::AccountChanged
                | Self::UserDisabled
                | Self::UserChanged
                | Self::SessionsEnded
                | Self::UserSignedOut
                | Self::PasswordChanged
                | Self::TokenRevoked
                | Self::EmbedSessionEnded
        )
    }
}

/// Something that just happened in the account, as open pages are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveEvent {
    /// Its place among the events of the account.
    pub seq: i64,
    pub at: Timestamp,
    pub kind: EventKind,
    /// Who: the id of a user, token or embed session, or `system`.
    pub actor: String,
    /// What it was done to: an id, or the place outside that was read.
    pub subject: Option<String>,
}
