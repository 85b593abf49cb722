//! Tags: words people find assets by.

use model::{AssetId, Right, Tag};

use crate::{
    Actor, Library, Result,
    db::{Tx, tags},
};

impl Library {
    /// The account's tags, by name.
    pub async fn list_tags(&self, actor: &Actor) -> Result<Vec<Tag>> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        tags::list(&mut tx, actor.account_id).await
    }

    /// Lets an asset carry tags; words nobody has used yet become tags of the account.
    pub(crate) async fn put_tags(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        words: &[String],
    ) -> Result<()> {
        // In one order for everybody, so that two uploads never wait for each other's tags.
        let mut words: Vec<_> = words.iter().collect();
        words.sort_unstable_by_key(|word| word.to_lowercase());
        for word in words {
            let id = self.inner.clock.new_id();
            let tag = tags::find_or_insert(tx, actor.account_id, id, word).await?;
            tags::attach(tx, asset, tag).await?;
        }
        Ok(())
    }
}
