//! Every door of the library that is open to embed sessions, and what each asks of one.
//!
//! [`Library::require`](crate::Library) refuses embed sessions whatever the right, so a verb that
//! does not stand here is closed to them, the one that is written tomorrow too.

use model::{EmbedScope, EmbedSession, Problem, Right};

use crate::{Actor, Library, Result, db::embed_sessions};

/// A verb that an embed session may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    ReadLimits,
    ListPlacements,
    ListFolders,
    ListTags,
    ListAssets,
    GetAsset,
    OpenMedia,
    SignMedia,
    RecordUsage,
    /// The first request of a file that is brought.
    Upload,
    /// What follows it.
    ContinueUpload,
    CropAsset,
    FitAsset,
    ShareAsset,
}

impl Door {
    /// What it asks of an embed session; nothing where each may pass.
    const fn scope(self) -> Option<EmbedScope> {
        Some(match self {
            Self::ReadLimits => return None,
            Self::ListPlacements
            | Self::ListFolders
            | Self::ListTags
            | Self::ListAssets
            | Self::GetAsset
            | Self::OpenMedia
            | Self::SignMedia
            | Self::RecordUsage => EmbedScope::Browse,
            Self::Upload | Self::ContinueUpload => EmbedScope::Upload,
            Self::CropAsset | Self::FitAsset => EmbedScope::Crop,
            Self::ShareAsset => EmbedScope::Share,
        })
    }

    /// What it asks of everybody else.
    const fn right(self) -> Right {
        match self {
            Self::RecordUsage => Right::Edit,
            _ => match self.scope() {
                Some(scope) => right_of(scope),
                None => Right::View,
            },
        }
    }

    /// Whether it is one more operation of those that a session may have.
    const fn is_counted(self) -> bool {
        !matches!(self, Self::ContinueUpload) && matches!(self.right(), Right::Edit)
    }
}

/// The right that a scope is a part of: nobody without it makes a session with the scope.
pub(super) const fn right_of(scope: EmbedScope) -> Right {
    match scope {
        EmbedScope::Browse => Right::View,
        EmbedScope::Upload | EmbedScope::Crop | EmbedScope::Share => Right::Edit,
    }
}

impl Library {
    /// Refuses an actor that may not pass a door, and writes the refusal down.
    pub(crate) async fn admit(&self, actor: &Actor, door: Door) -> Result<()> {
        let Some(session) = actor.embed.as_deref() else {
            return self.require(actor, door.right()).await;
        };
        if !actor.library_enabled {
            return Err(Problem::not_found().into());
        }
        let asked = door.scope();
        if asked.is_some_and(|scope| !session.scopes.contains(&scope)) {
            self.record_denial(actor).await;
            return Err(Problem::not_in_session().into());
        }
        match session.max_operations {
            Some(most) if door.is_counted() => self.count_operation(actor, session, most).await,
            _ => Ok(()),
        }
    }

    /// Counts a write before it is done, so that of many at once none is one too many; one that
    /// fails has been counted too.
    async fn count_operation(
        &self,
        actor: &Actor,
        session: &EmbedSession,
        most: u32,
    ) -> Result<()> {
        let mut tx = self.inner.db.write().await?;
        if !embed_sessions::count_operation(&mut tx, actor.account_id, session.id).await? {
            return Err(Problem::operations_spent(most).into());
        }
        tx.commit().await
    }
}
