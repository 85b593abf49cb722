//! Shares: the public addresses of assets, while somebody wants them public.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{Asset, AssetId, AssetState, EventKind, FileName, Problem, Reason, Right};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::{
    Actor, Clock, Library, Result, audit,
    db::{assets, media, shares},
    embed::{Door, fence},
};

/// What stays as it is in the last part of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Library {
    /// Gives an asset a public address; the same one as long as it is shared.
    pub async fn share_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.admit(actor, Door::ShareAsset).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.read().await?;
        fence::require_seen(&mut tx, actor, id).await?;
        let row = media::find(&mut tx, account, id).await?;
        drop(tx);
        // The first visitor does not wait for it, and what cannot be made public is not shared.
        self.prepare_public(&row.ok_or_else(Problem::not_found)?)
            .await?;
        let clock = &*self.inner.clock;
        let mut tx = self.inner.db.write().await?;
        assets::lock(&mut tx, account, id).await?;
        let asset = self.read_seen(&mut tx, actor, id).await?;
        if asset.state == AssetState::Trashed {
            return Err(Problem::conflict("Restore it from the trash first.")
                .because(Reason::InTrash)
                .into());
        }
        let key = new_key(clock);
        if shares::insert(&mut tx, &key, account, id, clock.now(), actor.user_id()).await? {
            audit::record(&mut tx, clock, actor, EventKind::AssetShared, id).await?;
        }
        let asset = self.read_seen(&mut tx, actor, id).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(asset)
    }

    /// Takes the public address away; a later share gets a new one.
    pub async fn unshare_asset(&self, actor: &Actor, id: AssetId) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        self.read_asset(&mut tx, account, id).await?;
        if shares::delete(&mut tx, account, id).await? {
            audit::record(
                &mut tx,
                &*self.inner.clock,
                actor,
                EventKind::AssetUnshared,
                id,
            )
            .await?;
        }
        let asset = self.read_asset(&mut tx, account, id).await?;
        tx.commit().await?;
        self.inner.media.forget(id);
        Ok(asset)
    }
}

/// A key of 128 random bits, in 22 letters that need no escaping.
fn new_key(clock: &dyn Clock) -> String {
    let mut random = [0; 16];
    clock.fill_random(&mut random);
    URL_SAFE_NO_PAD.encode(random)
}

/// The public address of an asset.
pub(crate) fn url(media_url: &str, key: &str, name: &FileName) -> String {
    let name = escaped(name.as_str());
    format!("{media_url}/m/{key}/{name}")
}

/// A name as the last part of an address.
pub(crate) fn escaped(name: &str) -> PercentEncode<'_> {
    utf8_percent_encode(name, PLAIN)
}
