//! The audit trail: who did what to which, written in the same transaction as what they did.

use model::{AuditLine, Cursor, Limit, Page};

use crate::{Actor, Library, Result};

impl Library {
    /// The account's audit trail, newest first; for administrators.
    pub async fn list_audit(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<AuditLine>> {
        todo!()
    }
}
