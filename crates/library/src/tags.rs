//! Tags: words people find assets by.

use model::Tag;

use crate::{Actor, Library, Result};

impl Library {
    /// The account's tags, by name.
    pub async fn list_tags(&self, actor: &Actor) -> Result<Vec<Tag>> {
        todo!()
    }
}
