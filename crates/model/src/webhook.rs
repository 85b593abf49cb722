//! Webhooks: places outside that are told of what happens here, and what came of each telling.

use serde::{Deserialize, Serialize};

use crate::{EventId, EventKind, Timestamp, UserId, WebhookDeliveryId, WebhookId, word::words};

/// A place outside that is told of what happens in the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    pub id: WebhookId,
    /// What people call it.
    pub name: String,
    /// Where it is told.
    pub url: String,
    /// What it is told of; everything when empty.
    pub events: Vec<WebhookEvent>,
    pub state: WebhookState,
    /// Since when nothing has arrived there; absent while all is well.
    pub failing_since: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Who made it, where that was a person.
    pub created_by: Option<UserId>,
}

/// Whether a webhook is told of anything, and why it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    On,
    /// An administrator switched it off.
    Off,
    /// Nothing arrived there for days.
    GivenUp,
    /// It answered 410.
    Gone,
}

words!(WebhookState, ParseWebhookStateError: "not a state of a webhook", [
    On = "on",
    Off = "off",
    GivenUp = "given_up",
    Gone = "gone",
]);

/// What webhooks are told of, in the words of their messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WebhookEvent {
    #[serde(rename = "asset.created")]
    AssetCreated,
    /// Its name, alt text, place, tags, teams or pictures.
    #[serde(rename = "asset.changed")]
    AssetChanged,
    /// It shows other bytes under the same id and address.
    #[serde(rename = "asset.replaced")]
    AssetReplaced,
    #[serde(rename = "asset.archived")]
    AssetArchived,
    #[serde(rename = "asset.unarchived")]
    AssetUnarchived,
    #[serde(rename = "asset.trashed")]
    AssetTrashed,
    #[serde(rename = "asset.restored")]
    AssetRestored,
    #[serde(rename = "asset.purged")]
    AssetPurged,
    #[serde(rename = "asset.shared")]
    AssetShared,
    #[serde(rename = "asset.unshared")]
    AssetUnshared,
    #[serde(rename = "folder.created")]
    FolderCreated,
    /// Its name, color or place.
    #[serde(rename = "folder.changed")]
    FolderChanged,
    /// With all that lies in it, which is not told one by one.
    #[serde(rename = "folder.trashed")]
    FolderTrashed,
    #[serde(rename = "folder.restored")]
    FolderRestored,
    #[serde(rename = "folder.purged")]
    FolderPurged,
    #[serde(rename = "tag.created")]
    TagCreated,
    #[serde(rename = "tag.changed")]
    TagChanged,
    /// It is gone, or another is carried in its place.
    #[serde(rename = "tag.deleted")]
    TagDeleted,
    /// The account uses 80 percent of its quota.
    #[serde(rename = "storage.high")]
    StorageHigh,
    /// The account uses 95 percent of its quota.
    #[serde(rename = "storage.critical")]
    StorageCritical,
    /// Somebody wants to see whether it arrives; sent whatever else is asked for.
    #[serde(rename = "webhook.test")]
    WebhookTest,
}

words!(WebhookEvent, ParseWebhookEventError: "not an event of webhooks", [
    AssetCreated = "asset.created",
    AssetChanged = "asset.changed",
    AssetReplaced = "asset.replaced",
    AssetArchived = "asset.archived",
    AssetUnarchived = "asset.unarchived",
    AssetTrashed = "asset.trashed",
    AssetRestored = "asset.restored",
    AssetPurged = "asset.purged",
    AssetShared = "asset.shared",
    AssetUnshared = "asset.unshared",
    FolderCreated = "folder.created",
    FolderChanged = "folder.changed",
    FolderTrashed = "folder.trashed",
    FolderRestored = "folder.restored",
    FolderPurged = "folder.purged",
    TagCreated = "tag.created",
    TagChanged = "tag.changed",
    TagDeleted = "tag.deleted",
    StorageHigh = "storage.high",
    StorageCritical = "storage.critical",
    WebhookTest = "webhook.test",
]);

impl WebhookEvent {
    /// What webhooks are told of a line of the audit trail; of people, keys and looks, nothing.
    pub const fn of(kind: EventKind) -> Option<Self> {
        Some(match kind {
            EventKind::AssetCreated => Self::AssetCreated,
            EventKind::AssetRenamed
            | EventKind::AssetDescribed
            | EventKind::AssetMoved
            | EventKind::AssetTagged
            | EventKind::AssetAssigned
            | EventKind::AssetPictured => Self::AssetChanged,
            EventKind::AssetReplaced
            | EventKind::AssetReverted
            | EventKind::AssetCropped
            | EventKind::AssetRemade => Self::AssetReplaced,
            EventKind::AssetArchived => Self::AssetArchived,
            EventKind::AssetUnarchived => Self::AssetUnarchived,
            EventKind::AssetTrashed => Self::AssetTrashed,
            EventKind::AssetRestored => Self::AssetRestored,
            EventKind::AssetPurged => Self::AssetPurged,
            EventKind::AssetShared => Self::AssetShared,
            EventKind::AssetUnshared => Self::AssetUnshared,
            EventKind::FolderCreated => Self::FolderCreated,
            EventKind::FolderRenamed | EventKind::FolderColored | EventKind::FolderMoved => {
                Self::FolderChanged
            }
            EventKind::FolderTrashed => Self::FolderTrashed,
            EventKind::FolderRestored => Self::FolderRestored,
            EventKind::FolderPurged => Self::FolderPurged,
            EventKind::TagCreated | EventKind::TagRestored => Self::TagCreated,
            EventKind::TagRenamed | EventKind::TagColored => Self::TagChanged,
            EventKind::TagMerged | EventKind::TagDeleted => Self::TagDeleted,
            EventKind::StorageHigh => Self::StorageHigh,
            EventKind::StorageCritical => Self::StorageCritical,
            _ => return None,
        })
    }
}

/// One telling of a webhook, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookDelivery {
    pub id: WebhookDeliveryId,
    pub webhook_id: WebhookId,
    /// What its header `webhook-id` says, at every try and every replay.
    pub message_id: EventId,
    pub event: WebhookEvent,
    pub state: WebhookDeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// The body, byte for byte as it is signed.
    pub payload: String,
    /// The status of the last answer; absent where there was none.
    pub response_status: Option<u16>,
    /// The first 1 024 bytes of the last answer.
    pub response_body: Option<String>,
    /// Why the last try failed.
    pub error: Option<String>,
    /// How long the last try took.
    pub duration_ms: Option<u64>,
    pub created_at: Timestamp,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
}

/// How far a telling has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WebhookDeliveryState {
    /// It is tried now or later.
    Waiting,
    /// It was answered with a 2xx.
    Delivered,
    /// It is not tried again.
    Failed,
}

words!(WebhookDeliveryState, ParseWebhookDeliveryStateError: "not a state of a delivery", [
    Waiting = "waiting",
    Delivered = "delivered",
    Failed = "failed",
]);

#[cfg(feature = "sqlx")]
crate::id::as_text!(WebhookState);
#[cfg(feature = "sqlx")]
crate::id::as_text!(WebhookEvent);
#[cfg(feature = "sqlx")]
crate::id::as_text!(WebhookDeliveryState);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_sees_of_files_is_told_and_what_is_of_people_is_not() {
        for kind in EventKind::ALL {
            let noun = kind.as_str().split('_').next();
            if WebhookEvent::of(kind).is_some() {
                assert!(kind.is_of_library(), "{kind}");
            } else {
                assert!(!matches!(noun, Some("asset" | "folder" | "tag")), "{kind}");
            }
        }
    }
}
