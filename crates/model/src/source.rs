//! Where assets came from.

use serde::{Deserialize, Serialize};

use crate::word::words;

/// Where an asset came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sqlx",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Somebody brought it in.
    #[default]
    Upload,
    /// Received in a conversation.
    Conversation,
    /// From the customer records.
    Crm,
    /// From a task.
    Task,
    /// From the catalog.
    Catalog,
    /// Brought over from what existed before.
    Import,
    /// Made from a description.
    Generation,
}

words!(Source, ParseSourceError: "not a source", [
    Upload = "upload",
    Conversation = "conversation",
    Crm = "crm",
    Task = "task",
    Catalog = "catalog",
    Import = "import",
    Generation = "generation",
]);

impl Source {}
