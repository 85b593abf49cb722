//! Copies that were made of a picture: listed, and made again once that was replaced.

use model::{
    Asset, AssetId, Cursor, Derived, EventKind, Limit, Page, Problem, Right, Slug,
    placement::Extent,
};

use crate::{
    Actor, Library, Result,
    crops::{changed_meanwhile, derivation},
    db::{
        assets,
        derivations::{self, DerivationRow},
        page::{cut, decode, rows},
    },
    decoder::{Made, Recipe},
    ingest::MadeOf,
};

impl Library {
    /// A page of the copies in sight that were made of a picture, the newest first.
    pub async fn list_copies(
        &self,
        actor: &Actor,
        id: AssetId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Asset>> {
        self.require(actor, Right::View).await?;
        let (account, seen) = (actor.account_id, decode(cursor)?);
        let mut tx = self.inner.db.read().await?;
        let source = assets::find(&mut tx, account, id).await?;
        source.ok_or_else(Problem::not_found)?;
        let ids = derivations::list_copies(&mut tx, account, id, seen, rows(limit)).await?;
        let Page { items, next_cursor } = cut(ids, limit, |id| *id);
        let copies = assets::list(&mut tx, account, &items).await?;
        Ok(Page {
            items: self.show(&mut tx, account, copies).await?,
            next_cursor,
        })
    }

    /// Makes a copy again, as a new version of it, where its original was replaced since.
    ///
    /// It is cut and made to fit as before; where the original is still the one it was made of,
    /// nothing changes.
    pub async fn remake_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        if_version: Option<u32>,
    ) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let copy = self.find_picture(actor, id, None).await?;
        let from = copy.asset.derived_from.clone();
        let Some(from) = from.filter(|from| from.is_outdated) else {
            return Ok(copy.asset);
        };
        if if_version.is_some_and(|version| version != copy.asset.version) {
            return Err(changed_meanwhile(&copy.row).into());
        }
        let (made, row) = match &from.placement {
            Some(placement) => self.fit_as_before(actor, &from, placement).await?,
            None => self.cut_as_before(actor, &from, copy.upright()).await?,
        };
        let origin = MadeOf {
            row,
            version_of: Some((id, copy.row.version)),
            event: EventKind::AssetRemade,
            alt_text: copy.row.alt_text.clone(),
            teams: copy.asset.teams.clone(),
        };
        let name = copy.row.name.clone();
        self.keep_made(actor, &copy, made, name, origin).await
    }

    async fn fit_as_before(
        &self,
        actor: &Actor,
        from: &Derived,
        placement: &Slug,
    ) -> Result<(Made, DerivationRow)> {
        let subject = self.find_subject(actor, from.asset_id).await?;
        let fitting = self.make_fitting(actor, &subject, placement, from.background.into());
        let fitting = fitting.await?;
        Ok((fitting.made, fitting.row))
    }

    async fn cut_as_before(
        &self,
        actor: &Actor,
        from: &Derived,
        before: Extent,
    ) -> Result<(Made, DerivationRow)> {
        let original = self.find_picture(actor, from.asset_id, None).await?;
        let original = original.anew();
        let edit = from.edit.onto(before, original.upright());
        let recipe = Recipe {
            max_bytes: Some(self.most_bytes(actor).await?.as_u64()),
            ..Recipe::of(edit)
        };
        let made = self.make_picture(actor, &original, recipe).await?;
        Ok((made, derivation(&original.base, &edit)))
    }
}
