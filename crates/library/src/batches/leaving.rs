//! Tags and teams that leave: out of sight at once, taken off all that carry them in pieces.

use model::{AssetId, Batch, BatchItem, EventKind, Outcome, Right, TagId, TeamId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{AT_ONCE, Among, Deed, rows};
use crate::{
    Actor, Library, Result,
    db::{
        Tx,
        asset_marks::{self, Mark},
        asset_states, gone_marks, tags, teams,
    },
};

/// A tag or a team that is taken off all that carry it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Leaving {
    Tag(TagId),
    Team(TeamId),
}

impl Leaving {
    /// Whether more carry it than let go of it while somebody waits.
    pub async fn is_on_very_many(self, tx: &mut Tx) -> Result<bool> {
        Ok(self.list(tx, rows(AT_ONCE + 1)).await?.len() > AT_ONCE)
    }

    pub(super) fn right(self) -> Right {
        match self {
            Self::Tag(_) => Right::Edit,
            Self::Team(_) => Right::Administer,
        }
    }

    /// The event of its coming back.
    pub(super) const fn return_event(self) -> EventKind {
        match self {
            Self::Tag(_) => EventKind::TagRestored,
            Self::Team(_) => EventKind::TeamRestored,
        }
    }

    pub(super) const fn event(self) -> EventKind {
        match self {
            Self::Tag(_) => EventKind::TagDeleted,
            Self::Team(_) => EventKind::TeamDeleted,
        }
    }

    /// Lets nobody say meanwhile that another tag comes in its place.
    pub(super) async fn lock(self, tx: &mut Tx, actor: &Actor) -> Result<()> {
        if let Self::Tag(id) = self {
            tags::lock_leaving(tx, actor.account_id, id).await?;
        }
        Ok(())
    }

    pub(super) async fn list(self, tx: &mut Tx, rows: i64) -> Result<Vec<AssetId>> {
        let (mark, id) = self.mark();
        asset_marks::list_carriers(tx, (mark, &id), rows).await
    }

    pub(super) async fn count(self, tx: &mut Tx) -> Result<u64> {
        let (mark, id) = self.mark();
        asset_marks::count_carriers(tx, (mark, &id)).await
    }

    /// Removes what nothing carries any more.
    pub(super) async fn remove(self, tx: &mut Tx, actor: &Actor) -> Result<()> {
        match self {
            Self::Tag(id) => tags::delete(tx, actor.account_id, id).await,
            Self::Team(id) => teams::delete(tx, actor.account_id, id).await,
        }
    }

    /// What assets are marked with, and its id.
    pub(crate) fn mark(self) -> (Mark, String) {
        match self {
            Self::Tag(id) => (Mark::Tag, id.to_string()),
            Self::Team(id) => (Mark::Team, id.to_string()),
        }
    }
}

impl Library {
    /// Begins to take off what was put out of sight.
    pub(crate) async fn begin_leaving(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        leaving: Leaving,
    ) -> Result<Batch> {
        let (deed, among) = (Deed::TakeOff(leaving), Among::Carrying(leaving));
        self.begin_batch(tx, actor, &deed, &among).await
    }

    /// Takes a tag or a team off some assets; what comes in its place is put on.
    pub(super) async fn take_off(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        leaving: Leaving,
        ids: &[AssetId],
        now: Timestamp,
    ) -> Result<Vec<BatchItem>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let account = actor.account_id;
        let into = match leaving {
            Leaving::Tag(id) => tags::lock_leaving(tx, account, id).await?,
            Leaving::Team(_) => None,
        };
        let into = into.map(|into| into.to_string());
        let (mark, id) = leaving.mark();
        gone_marks::keep(tx, (mark, &id), into.as_deref(), ids).await?;
        if let Some(into) = into {
            asset_marks::put(tx, account, (Mark::Tag, &into), ids).await?;
        }
        asset_marks::take(tx, account, (mark, &id), ids).await?;
        asset_states::touch_many(tx, account, ids, now).await?;
        let changed = |id: &AssetId| BatchItem {
            id: *id,
            outcome: Outcome::Changed,
            problem: None,
            before: None,
            after: None,
            elsewhere: false,
        };
        Ok(ids.iter().map(changed).collect())
    }
}
