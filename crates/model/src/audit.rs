//! Lines of the audit trail: who did what.

use serde::{Deserialize, Serialize};

use crate::{EventId, EventKind, Timestamp};

/// Which lines of the audit trail are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Who did it: the id of a user or token, the address a person signs in with, or `system`.
    pub actor: Option<String>,
    pub kind: Option<EventKind>,
    /// What it was done to: an id, or the address a person signs in with.
    pub subject: Option<String>,
    /// Not before this moment.
    pub after: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditLine {
    pub id: EventId,
    pub at: Timestamp,
    pub kind: EventKind,
    /// Who: the id of a user or token, or `system`.
    pub actor: String,
    /// What the one who did it is called today.
    pub actor_name: Option<String>,
    /// What it was done to: an id, or the place outside that was read.
    pub subject: Option<String>,
    /// What that was called then; absent where it has no name.
    pub subject_name: Option<String>,
    /// A little more: what it was called before, which right was missing, how many files.
    pub detail: Option<String>,
    /// The network address it was asked from.
    pub ip: Option<String>,
}
