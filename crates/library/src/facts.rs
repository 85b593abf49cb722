//! What bytes tell about themselves besides what lists show: verdicts need it.

use model::{AccountId, Asset, FocalPoint, Kind, placement::Learned};

use crate::{
    Error, Library, Result,
    db::blobs::{self, BlobRow},
    decoder::{Inspected, ThumbSpec},
    renditions::Subject,
};

impl Library {
    /// What the bytes of an asset tell; those that came before anybody asked are looked at now.
    pub(crate) async fn learned(&self, account: AccountId, asset: &Asset) -> Result<Learned> {
        self.learned_if(account, asset, |_| true).await
    }

    /// The same with what stands out of a picture, which was not always looked for.
    pub(crate) async fn learned_salient(
        &self,
        account: AccountId,
        asset: &Asset,
    ) -> Result<Learned> {
        let is_picture = asset.kind == Kind::Image && asset.has_renditions;
        let is_whole = |known: &Learned| known.salient.is_some() || !is_picture;
        self.learned_if(account, asset, is_whole).await
    }

    async fn learned_if(
        &self,
        account: AccountId,
        asset: &Asset,
        is_enough: impl Fn(&Learned) -> bool,
    ) -> Result<Learned> {
        let mut tx = self.inner.db.read().await?;
        let blob = blobs::of_asset(&mut tx, account, asset.id).await?;
        drop(tx);
        let Some(blob) = blob else {
            return Ok(Learned::default());
        };
        let Some(facts) = &blob.facts else {
            return self.learn_late(&blob, asset, Learned::default()).await;
        };
        let known = serde_json::from_str(facts).map_err(|error| {
            Error::Inconsistent(format!("the facts of blob {}: {error}", blob.id))
        })?;
        if is_enough(&known) {
            return Ok(known);
        }
        self.learn_late(&blob, asset, known).await
    }

    /// Looks at bytes and keeps what they tell, so that nobody looks at them for it again.
    ///
    /// Where that cannot be done now, no more is known yet, and the next who asks tries again.
    async fn learn_late(&self, blob: &BlobRow, asset: &Asset, known: Learned) -> Result<Learned> {
        let subject = Subject::of_blob(blob);
        let source = match self.open_original(&subject.original()).await {
            Ok(source) => source,
            Err(error) => {
                tracing::warn!(blob = %blob.id, %error, "an original cannot be looked at");
                return Ok(known);
            }
        };
        let name = Some(asset.name.as_str());
        let looked = self
            .inner
            .decoder
            .inspect(source, name, ThumbSpec::default());
        let learned = match looked.await {
            Ok(found) => learned(&found),
            Err(error) if error.is_final() => {
                tracing::info!(blob = %blob.id, %error, "bytes tell nothing about themselves");
                Learned {
                    salient: asset.has_renditions.then_some(FocalPoint::MIDDLE),
                    ..known
                }
            }
            // Dead, late or busy: that may have been anybody's fault.
            Err(_) => return Ok(known),
        };
        let mut tx = self.inner.db.write().await?;
        blobs::learn(&mut tx, blob.id, &told(&learned)).await?;
        tx.commit().await?;
        Ok(learned)
    }
}

/// What was found in bytes besides what lists show.
pub(crate) fn learned(found: &Inspected) -> Learned {
    let facts = &found.facts;
    Learned {
        salient: found.salient,
        has_alpha: (facts.format.kind() == Kind::Image).then_some(facts.has_alpha),
        color: facts.color,
        codecs: (!facts.codecs.is_empty()).then(|| facts.codecs.clone()),
        pages: facts.pages,
        about: facts.about.clone(),
        is_turned: facts.format.kind() == Kind::Video && matches!(facts.orientation, 5..=8),
    }
}

/// It as it is kept.
pub(crate) fn told(learned: &Learned) -> String {
    serde_json::to_string(learned).unwrap_or_default()
}
