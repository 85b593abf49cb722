//! Who may do what: the table of product.md, asked by the interface and enforced by the library.

use serde::{Deserialize, Serialize};

use crate::word::words;

/// What a user is in an account; the operator is a user of any role with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works with the library.
    Agent,
    /// Answers for the library.
    Administrator,
}

words!(Role, ParseRoleError: "not a role: agent or administrator", [
    Agent = "agent",
    Administrator = "administrator",
]);

/// Something a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See, search, download, pick and send.
    View,
    /// Upload, rename, describe, tag, move, archive, trash, restore and share.
    Edit,
    /// Delete for good, empty the trash, delete a folder, erase a person's files.
    Purge,
    /// Users, teams, channels, tokens, embed origins, webhooks and the audit trail.
    Administer,
    /// Accounts and their limits.
    Operate,
}

impl Role {
    /// Whether the role, with or without the operator's mark, has a right.
    pub const fn may(self, right: Right, operator: bool) -> bool {
        match right {
            Right::View | Right::Edit => true,
            Right::Purge | Right::Administer => matches!(self, Self::Administrator),
            Right::Operate => operator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_edits_but_does_not_purge() {
        assert!(Role::Agent.may(Right::Edit, false));
        assert!(!Role::Agent.may(Right::Purge, false));
    }

    #[test]
    fn only_the_operator_operates() {
        assert!(!Role::Administrator.may(Right::Operate, false));
        assert!(Role::Agent.may(Right::Operate, true));
    }
}
