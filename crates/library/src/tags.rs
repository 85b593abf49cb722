//! Tags: words people find assets by.

use model::{AssetId, Cursor, Limit, Page, Right, Tag};

use crate::{
    Actor, Library, Result,
    db::{Tx, page, tags},
};

impl Library {
    /// The account's tags, by name.
    pub async fn list_tags(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Tag>> {
        self.require(actor, Right::View).await?;
        let after: String = page::decode(cursor)?.unwrap_or_default();
        let mut tx = self.inner.db.read().await?;
        let tags = tags::list(&mut tx, actor.account_id, &after, page::rows(limit)).await?;
        Ok(page::cut(tags, limit, |tag| tag.name.clone()))
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
