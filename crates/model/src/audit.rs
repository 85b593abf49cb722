//! Lines of the audit trail: who did what.

use serde::{Deserialize, Serialize};

use crate::{EventId, EventKind, Timestamp};

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditLine {
    pub id: EventId,
    pub at: Timestamp,
    pub kind: EventKind,
    /// Who: the id of a user or token, or `system`.
    pub actor: String,
    /// What it was done to: an id.
    pub subject: Option<String>,
    /// The network address it was asked from.
    pub ip: Option<String>,
}
