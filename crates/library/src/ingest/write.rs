//! Everything that is said of a new asset, in one transaction.

use model::{
    Asset, AssetId, ByteSize, EventKind, FileName, FolderId, Kind, Mime, Preset, Source,
    UploadMetadata, tag::clean_tags,
};

use super::{
    Draft, MadeOf, Origin,
    place::{Place, cost},
};
use crate::{
    Actor, Library, Result, audit,
    crops::changed_meanwhile,
    db::{
        Dialect, Tx,
        assets::{self, NewAsset},
        blobs, derivations,
        renditions::{self, RenditionRow},
        uploads, usage,
    },
    facts::{learned, told},
    jobs::Job,
    looks::Look,
    uploads::{own_quota_exceeded, quota_exceeded, require_place},
};

impl Library {
    /// Writes the asset down; `None` where the place was lost meanwhile.
    pub(super) async fn write_down(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        draft: &Draft<'_>,
        place: &Place,
    ) -> Result<Option<Asset>> {
        let made = match &draft.arrival.origin {
            Origin::Made(made) => Some(&**made),
            _ => None,
        };
        if let Some((made, (id, version))) = made.and_then(|made| Some((made, made.version_of?))) {
            return self
                .write_version(tx, actor, (draft, place), made, (id, version))
                .await;
        }
        let metadata = &draft.arrival.metadata;
        let folder = self.folder_for(tx, actor, metadata).await?;
        let Some(charged) = self.refer(tx, draft, place).await? else {
            return Ok(None);
        };
        let asset = self.new_asset(actor, draft, place, folder);
        assets::insert(tx, &asset).await?;
        self.put_tags(
            tx,
            actor,
            asset.id,
            &clean_tags(metadata.tags.iter().map(String::as_str))?,
        )
        .await?;
        self.write_renditions(tx, draft, &asset).await?;
        if draft.found.facts.format.has_text() {
            let (account, blob) = (asset.account, asset.blob);
            self.enqueue(tx, &Job::ReadText { account, blob }).await?;
        }
        // Sound takes a while to listen to; what else there is to see is read when it is asked for.
        if asset.kind == Kind::Audio {
            let (account, blob) = (asset.account, asset.blob);
            self.enqueue(tx, &Job::ReadContent { account, blob })
                .await?;
        }
        audit::record(
            tx,
            &*self.inner.clock,
            actor,
            EventKind::AssetCreated,
            asset.id,
        )
        .await?;
        let look = Look::of(&asset.mime);
        if look.is_made_later() {
            let (account, blob) = (asset.account, asset.blob);
            self.show_poster(tx, account, blob).await?;
            if self.can_draw(look) {
                self.enqueue(tx, &Job::MakePoster { account, blob }).await?;
            }
        }
        self.settle_quota(tx, actor, draft, &asset, charged).await?;
        // After that, which takes the meter's row, nobody else brings one at the same moment.
        let own = match tx.dialect() {
            Dialect::Sqlite => 0,
            Dialect::Postgres => 1,
        };
        require_place(tx, asset.account, own).await?;
        // Counts the bytes in with the person who brought them, so the person's quota comes first.
        assets::insert_version(tx, self.inner.clock.new_id(), 1, &asset).await?;
        if let Some(made) = made {
            self.write_copy(tx, actor, &asset, made).await?;
        }
        self.read_asset(tx, actor.account_id, asset.id)
            .await
            .map(Some)
    }

    /// What a copy takes over from its original, and where it is from.
    async fn write_copy(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: &NewAsset,
        made: &MadeOf,
    ) -> Result<()> {
        let account = actor.account_id;
        let source = assets::lock(tx, account, made.row.source).await?;
        source.ok_or_else(model::Problem::not_found)?;
        derivations::insert(tx, account, asset.id, 1, &made.row).await?;
        let row = assets::find(tx, account, asset.id).await?;
        let mut row = row.ok_or_else(model::Problem::not_found)?;
        row.alt_text = made.alt_text.clone();
        assets::update(tx, account, &row, asset.now).await?;
        if !made.teams.is_empty() {
            self.set_teams(tx, actor, asset.id, &made.teams).await?;
        }
        Ok(())
    }

    /// Writes the picture down as a new version of an asset that nobody has replaced meanwhile.
    async fn write_version(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (draft, place): (&Draft<'_>, &Place),
        made: &MadeOf,
        (id, version): (AssetId, i64),
    ) -> Result<Option<Asset>> {
        let account = actor.account_id;
        let row = assets::lock(tx, account, id).await?;
        let row = row.ok_or_else(model::Problem::not_found)?;
        if row.version != version {
            return Err(changed_meanwhile(&row).into());
        }
        let Some(charged) = self.refer(tx, draft, place).await? else {
            return Ok(None);
        };
        let asset = NewAsset {
            id,
            ..self.new_asset(actor, draft, place, row.folder_id)
        };
        assets::replace(tx, &asset, version + 1).await?;
        self.write_renditions(tx, draft, &asset).await?;
        derivations::insert(tx, account, id, version + 1, &made.row).await?;
        let clock = &*self.inner.clock;
        audit::record(tx, clock, actor, made.event, id).await?;
        self.charge(tx, actor, &asset, ByteSize::ZERO, charged)
            .await?;
        assets::insert_version(tx, clock.new_id(), version + 1, &asset).await?;
        self.read_asset(tx, account, id).await.map(Some)
    }

    /// Counts the asset in at its bytes; what that costs, or `None` where the bytes are going.
    async fn refer(
        &self,
        tx: &mut Tx,
        draft: &Draft<'_>,
        place: &Place,
    ) -> Result<Option<ByteSize>> {
        let blob = place.blob();
        Ok(match place {
            Place::New(_) => blobs::insert(tx, blob, self.inner.clock.now())
                .await?
                .then_some(blob.size),
            Place::Known(known) => {
                if known.facts.is_none() {
                    blobs::learn(tx, blob.id, &told(&learned(&draft.found))).await?;
                }
                cost(blobs::refer(tx, blob.account_id, blob.id).await?, blob.size)
            }
        })
    }

    fn new_asset(
        &self,
        actor: &Actor,
        draft: &Draft<'_>,
        place: &Place,
        folder: Option<FolderId>,
    ) -> NewAsset {
        let (found, facts) = (&draft.found, &draft.found.facts);
        NewAsset {
            id: self.inner.clock.new_id(),
            account: actor.account_id,
            folder,
            name: name_of(&draft.arrival.metadata, facts.format.extension()),
            kind: facts.format.kind(),
            source: Source::Upload,
            blob: place.blob().id,
            mime: Mime(facts.format.mime().to_owned()),
            size: draft.arrival.size,
            sha256: draft.sha256,
            width: facts.width,
            height: facts.height,
            duration: facts.duration_ms,
            frames: facts.frames,
            placeholder: found.placeholder.clone(),
            color: found.color.clone(),
            has_renditions: found.thumb.is_some(),
            now: self.inner.clock.now(),
            created_by: actor.user_id(),
        }
    }

    /// Writes down the thumbnail that came with the first look, and has the preview made later.
    async fn write_renditions(
        &self,
        tx: &mut Tx,
        draft: &Draft<'_>,
        asset: &NewAsset,
    ) -> Result<()> {
        let Some(thumb) = &draft.found.thumb else {
            return Ok(());
        };
        let row = RenditionRow {
            id: self.inner.clock.new_id(),
            account_id: asset.account,
            blob_id: asset.blob,
            preset: Preset::Thumb,
            format: thumb.format,
            state: renditions::READY.to_owned(),
            width: i64::from(thumb.width),
            height: i64::from(thumb.height),
            size: ByteSize::bytes(thumb.bytes.len() as u64),
            created_at: asset.now,
        };
        renditions::put(tx, &row).await?;
        let job = Job::MakePreview {
            account: asset.account,
            blob: asset.blob,
        };
        self.enqueue(tx, &job).await
    }

    /// Turns what was held back into what is used. The meter is the row everybody wants, so it
    /// comes last and is held shortest.
    async fn settle_quota(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        draft: &Draft<'_>,
        asset: &NewAsset,
        charged: ByteSize,
    ) -> Result<()> {
        let id = draft.arrival.lock.id();
        let reserved = match &draft.arrival.origin {
            Origin::Request | Origin::Made(_) => ByteSize::ZERO,
            Origin::Upload { reserved } => *reserved,
            Origin::Whole(row) => {
                uploads::insert(tx, row).await?;
                ByteSize::ZERO
            }
        };
        let is_upload = !matches!(draft.arrival.origin, Origin::Request | Origin::Made(_));
        if is_upload && !uploads::finish(tx, id, asset.size, asset.id).await? {
            return Err(model::Problem::conflict("This upload was given up.").into());
        }
        self.charge(tx, actor, asset, reserved, charged).await
    }

    /// Charges the account and the person who brings the bytes, or says what is in the way.
    async fn charge(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: &NewAsset,
        reserved: ByteSize,
        charged: ByteSize,
    ) -> Result<()> {
        if !usage::charge(tx, asset.account, reserved, charged).await? {
            return Err(quota_exceeded(&usage::get(tx, asset.account).await?, charged).into());
        }
        if let Some(user) = asset.created_by
            && !usage::charge_user(tx, user, reserved, asset.blob, asset.size).await?
        {
            let own = usage::get_of_user(tx, user).await?;
            return Err(own_quota_exceeded(&own, asset.size).into());
        }
        self.warn_when_full(tx, actor.account_id).await
    }

    /// An asset as people see it, read back in the transaction that wrote it.
    pub(crate) async fn read_asset(
        &self,
        tx: &mut Tx,
        account: model::AccountId,
        id: AssetId,
    ) -> Result<Asset> {
        let row = assets::find(tx, account, id).await?;
        let row = row.ok_or_else(model::Problem::not_found)?;
        let mut shown = self.show(tx, account, vec![row]).await?;
        shown
            .pop()
            .ok_or_else(|| model::Problem::not_found().into())
    }
}

/// The name a person gave it, or one that tells what it is.
fn name_of(metadata: &UploadMetadata, extension: &str) -> FileName {
    let untitled = || FileName::clean(&format!("untitled.{extension}"));
    metadata.name.clone().unwrap_or_else(untitled)
}
