//! Invitations: one-use links by which people join an account.

use serde::{Deserialize, Serialize};

use crate::{Email, InvitationId, Role, Timestamp};

/// Somebody who may join the account, and has not yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    pub id: InvitationId,
    pub email: Email,
    pub role: Role,
    pub created_at: Timestamp,
    /// Until when its link works.
    pub expires_at: Timestamp,
    /// When somebody wanted to accept it and could not, as its address cannot be used here;
    /// another address is needed.
    pub refused_at: Option<Timestamp>,
}

/// What somebody who opens a one-use link is told before they say anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The account they join, or come back to.
    pub account: String,
    pub email: Email,
}
