//! Batches: one deed on many assets, each of them answered.

use serde::{Deserialize, Serialize};

use crate::{
    Asset, AssetFilter, AssetId, AssetState, BatchId, FolderId, Problem, TeamId, Timestamp,
    asset::present,
};

/// What is done to each asset of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BatchAction {
    /// Puts it into a folder, or at the top.
    Move {
        folder_id: Option<FolderId>,
    },
    /// Puts words on it, beside those it has.
    Tag {
        tags: Vec<String>,
    },
    /// Takes words off it.
    Untag {
        tags: Vec<String>,
    },
    /// Lets it be for teams, beside those it is for.
    Assign {
        teams: Vec<TeamId>,
    },
    /// Lets it no longer be for teams.
    Unassign {
        teams: Vec<TeamId>,
    },
    Archive,
    Unarchive,
    Trash,
    Restore,
    /// Removes it from the trash for good; for administrators.
    Purge,
}

/// Which assets a batch is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// These.
    Ids(Vec<AssetId>),
    /// All that a filter shows.
    Filter(Box<AssetFilter>),
}

impl Selection {
    /// The most assets named one by one.
    pub const MAX_IDS: usize = 1_000;

    /// What was asked for in one of two ways: one by one, or by a filter.
    pub fn either(ids: Option<Vec<AssetId>>, filter: Option<AssetFilter>) -> Result<Self, Problem> {
        match (ids, filter) {
            (Some(ids), None) => Ok(Self::Ids(ids)),
            (None, Some(filter)) => Ok(Self::Filter(Box::new(filter))),
            _ => Err(Problem::invalid(
                "ids",
                "Say either `ids` or `filter`, and not both.",
            )),
        }
    }
}

/// The word for what is done to each asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BatchVerb {
    Move,
    Tag,
    Untag,
    Assign,
    Unassign,
    Archive,
    Unarchive,
    Trash,
    Restore,
    Purge,
}

/// One deed on many assets, as it is asked for: either `ids` or `filter` says on which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({ "action": "tag", "tags": ["summer"], "ids": ["ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"] }))))]
pub struct BatchRequest {
    pub action: BatchVerb,
    /// The assets, one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub ids: Option<Vec<AssetId>>,
    /// All assets that this shows; `{}` is all that is in sight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<AssetFilter>,
    /// Where `move` puts them; `null` is the top.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FolderId>))]
    pub folder_id: Option<Option<FolderId>>,
    /// The words of `tag` and `untag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The teams of `assign` and `unassign`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<TeamId>>,
}

impl BatchRequest {
    /// One deed on these assets.
    pub const fn of(action: BatchVerb, ids: Vec<AssetId>) -> Self {
        Self {
            action,
            ids: Some(ids),
            filter: None,
            folder_id: None,
            tags: None,
            teams: None,
        }
    }

    /// What is done, and to which assets; what does not belong together is refused.
    pub fn parse(self) -> Result<(BatchAction, Selection), Problem> {
        let selection = Selection::either(self.ids, self.filter)?;
        let action = match (self.action, self.folder_id, self.tags, self.teams) {
            (BatchVerb::Move, Some(folder_id), None, None) => BatchAction::Move { folder_id },
            (BatchVerb::Tag, None, Some(tags), None) => BatchAction::Tag { tags },
            (BatchVerb::Untag, None, Some(tags), None) => BatchAction::Untag { tags },
            (BatchVerb::Assign, None, None, Some(teams)) => BatchAction::Assign { teams },
            (BatchVerb::Unassign, None, None, Some(teams)) => BatchAction::Unassign { teams },
            (BatchVerb::Archive, None, None, None) => BatchAction::Archive,
            (BatchVerb::Unarchive, None, None, None) => BatchAction::Unarchive,
            (BatchVerb::Trash, None, None, None) => BatchAction::Trash,
            (BatchVerb::Restore, None, None, None) => BatchAction::Restore,
            (BatchVerb::Purge, None, None, None) => BatchAction::Purge,
            _ => {
                return Err(Problem::invalid(
                    "action",
                    "`move` needs `folder_id`, `tag` and `untag` need `tags`, `assign` and \
                     `unassign` need `teams`; the others need none of them.",
                ));
            }
        };
        Ok((action, selection))
    }
}

/// What became of one asset of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Changed,
    /// It was so already.
    Unchanged,
    /// It was not done; `problem` says why.
    Refused,
}

/// What a batch says of one asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchItem {
    pub id: AssetId,
    pub outcome: Outcome,
    /// Why it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Where it was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Whereabouts>,
    /// Where it is now; absent where it is gone for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Whereabouts>,
    /// Whether it came back from the trash to another place than it lay in, as that is gone.
    pub elsewhere: bool,
}

impl BatchItem {
    /// The answer for an asset that could not be changed.
    pub fn refused(id: AssetId, problem: Problem) -> Self {
        Self {
            id,
            outcome: Outcome::Refused,
            problem: Some(problem),
            before: None,
            after: None,
            elsewhere: false,
        }
    }
}

/// Where an asset is: its folder and its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Whereabouts {
    /// The folder it lies in; absent at the top.
    pub folder_id: Option<FolderId>,
    pub state: AssetState,
}

/// What became of a batch: every asset answered, or a batch to watch where there are very many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchAnswer {
    /// Each asset, in the order it was named; empty where a batch is to be watched.
    pub items: Vec<BatchItem>,
    /// The batch under way, where there are very many assets.
    pub batch: Option<Batch>,
    /// The batch that can be undone, where all is done and something changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<BatchId>,
}

/// What came of a deed on assets that were chosen one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Those it was done to, as they are now.
    pub assets: Vec<Asset>,
    /// Those that are other than before.
    pub changed: Vec<AssetId>,
    /// Those that came back to another place than they lay in.
    pub elsewhere: Vec<AssetId>,
    /// What turns it back.
    pub undo: Vec<BatchId>,
    /// Why some could not be changed.
    pub problem: Option<Problem>,
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    Running,
    Finished,
    /// Somebody stopped it; what was done stays done.
    Cancelled,
    Failed,
}

/// A deed on very many assets, done a piece at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    pub id: BatchId,
    pub state: BatchState,
    /// Assets there were when it began.
    pub total: u64,
    /// Assets it has come to.
    pub done: u64,
    /// Of these, how many changed.
    pub changed: u64,
    /// Of these, how many could not be changed.
    pub refused: u64,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// Whether the one who asks can undo it now.
    pub undoable: bool,
    /// Whether the one who asks can stop it now; what a folder takes along cannot be stopped.
    pub stoppable: bool,
    /// The batch that this one undoes.
    pub undoes: Option<BatchId>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Option<(BatchAction, Selection)> {
        let request: BatchRequest = serde_json::from_str(json).ok()?;
        request.parse().ok()
    }

    #[test]
    fn a_request_says_what_and_on_which() {
        let (action, _) = parse(r#"{"action": "move", "folder_id": null, "ids": []}"#).unwrap();

        assert_eq!(action, BatchAction::Move { folder_id: None });
        assert!(parse(r#"{"action": "trash", "filter": {"q": "beach"}}"#).is_some());
    }

    #[test]
    fn a_request_that_leaves_something_open_is_refused() {
        for json in [
            r#"{"action": "trash"}"#,
            r#"{"action": "trash", "ids": [], "filter": {}}"#,
            r#"{"action": "move", "ids": []}"#,
            r#"{"action": "tag", "ids": []}"#,
            r#"{"action": "assign", "ids": [], "tags": ["sea"]}"#,
            r#"{"action": "trash", "ids": [], "folder_id": null}"#,
            r#"{"action": "trash", "filter": {"foldr_id": "x"}}"#,
        ] {
            assert!(parse(json).is_none(), "{json}");
        }
    }
}
