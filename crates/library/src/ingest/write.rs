//! Everything that is said of a new asset, in one transaction.

use model::{
    AccountId, AltText, Asset, AssetId, ByteSize, EventKind, FileName, FolderId, Kind, Mime,
    Preset, Problem, ProblemCode, Reason, Source, UploadId, UploadMetadata, tag::clean_tags,
};

use super::{
    Draft, MadeOf, Origin, Replacement,
    place::{Place, cost},
};
use crate::{
    Actor, Library, Result, audit,
    crops::{changed_meanwhile, fitting_name},
    db::{
        Dialect, Tx,
        assets::{self, AssetRow, NewAsset},
        blobs,
        derivations::{self, DerivationRow},
        renditions::{self, RenditionRow},
        uploads, usage,
    },
    facts::{learned, told},
    jobs::Job,
    looks::Look,
    uploads::{own_quota_exceeded, quota_exceeded, require_place},
};

/// A version that takes the place of the one an asset shows.
struct Next<'a> {
    asset: AssetId,
    /// The version it has now.
    version: i64,
    event: EventKind,
    /// What it was made of here.
    made: Option<&'a DerivationRow>,
    /// The version whose bytes come back.
    again: Option<i64>,
}

impl<'a> Next<'a> {
    fn of(origin: &'a Origin) -> Option<Self> {
        match origin {
            Origin::Made(made) => made.version_of.map(|(asset, version)| Self {
                asset,
                version,
                event: made.event,
                made: Some(&made.row),
                again: None,
            }),
            Origin::Replacement(Replacement {
                asset,
                version,
                again,
            }) => Some(Self {
                asset: *asset,
                version: *version,
                event: if again.is_some() {
                    EventKind::AssetReverted
                } else {
                    EventKind::AssetReplaced
                },
                made: None,
                again: *again,
            }),
            _ => None,
        }
    }
}

impl Library {
    /// Writes the asset down; `None` where the place was lost meanwhile.
    pub(super) async fn write_down(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        draft: &Draft<'_>,
        place: &Place,
    ) -> Result<Option<Asset>> {
        if let Some(next) = Next::of(&draft.arrival.origin) {
            return self.write_version(tx, actor, (draft, place), &next).await;
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
        if let Some(alt_text) = &metadata.alt_text {
            describe(tx, &asset, alt_text).await?;
        }
        self.write_renditions(tx, draft, &asset).await?;
        self.read_later(tx, draft, &asset).await?;
        audit::record(
            tx,
            &*self.inner.clock,
            actor,
            EventKind::AssetCreated,
            asset.id,
        )
        .await?;
        self.settle_quota(tx, actor, draft, &asset, charged).await?;
        require_own_place(tx, asset.account).await?;
        // Counts the bytes in with the person who brought them, so the person's quota comes first.
        assets::insert_version(tx, self.inner.clock.new_id(), 1, &asset).await?;
        if let Origin::Made(made) = &draft.arrival.origin {
            self.write_copy(tx, actor, &asset, made).await?;
        }
        self.read_asset(tx, actor.account_id, asset.id)
            .await
            .map(Some)
    }

    /// Has words, sound and a first picture read of what came, later.
    async fn read_later(&self, tx: &mut Tx, draft: &Draft<'_>, asset: &NewAsset) -> Result<()> {
        let (account, blob) = (asset.account, asset.blob);
        if draft.found.facts.format.has_text() {
            self.enqueue(tx, &Job::ReadText { account, blob }).await?;
        }
        // Sound takes a while to listen to; what else there is to see is read when it is asked for.
        if asset.kind == Kind::Audio {
            self.enqueue(tx, &Job::ReadContent { account, blob })
                .await?;
        }
        let look = Look::of(&asset.mime);
        if look.is_made_later() {
            self.show_poster(tx, account, blob).await?;
            if self.can_draw(look) {
                self.enqueue(tx, &Job::MakePoster { account, blob }).await?;
            }
        }
        Ok(())
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
        source.ok_or_else(Problem::not_found)?;
        derivations::insert(tx, account, asset.id, 1, &made.row).await?;
        describe(tx, asset, &made.alt_text).await?;
        if !made.teams.is_empty() {
            self.set_teams(tx, actor, asset.id, &made.teams).await?;
        }
        Ok(())
    }

    /// Writes the file down as a new version of an asset that nobody has replaced meanwhile.
    async fn write_version(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (draft, place): (&Draft<'_>, &Place),
        next: &Next<'_>,
    ) -> Result<Option<Asset>> {
        let (account, id, number) = (actor.account_id, next.asset, next.version + 1);
        let row = assets::lock(tx, account, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        if row.version != next.version {
            return Err(changed_meanwhile(&row).into());
        }
        require_same_kind(&row, draft)?;
        let Some(charged) = self.refer(tx, draft, place).await? else {
            return Ok(None);
        };
        let asset = self.new_asset(actor, draft, place, row.folder_id);
        let asset = NewAsset {
            id,
            name: fitting_name(&row.name, &asset.mime),
            ..asset
        };
        assets::replace(tx, &asset, number).await?;
        self.write_renditions(tx, draft, &asset).await?;
        self.read_later(tx, draft, &asset).await?;
        if let Some(made) = next.made {
            derivations::insert(tx, account, id, number, made).await?;
        }
        if let Some(again) = next.again {
            derivations::repeat(tx, account, id, (again, number)).await?;
        }
        let clock = &*self.inner.clock;
        audit::record(tx, clock, actor, next.event, id).await?;
        self.charge(tx, actor, &asset, ByteSize::ZERO, charged)
            .await?;
        assets::insert_version(tx, clock.new_id(), number, &asset).await?;
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
            Origin::Request | Origin::Made(_) | Origin::Replacement(_) => ByteSize::ZERO,
            Origin::Upload { reserved } => *reserved,
            Origin::Whole(row) => {
                uploads::insert(tx, row).await?;
                ByteSize::ZERO
            }
            Origin::Joined { whole, parts } => {
                uploads::insert(tx, whole).await?;
                end_parts(tx, parts).await?
            }
        };
        let is_upload = matches!(
            draft.arrival.origin,
            Origin::Upload { .. } | Origin::Whole(_) | Origin::Joined { .. }
        );
        if is_upload && !uploads::finish(tx, id, asset.size, asset.id).await? {
            return Err(given_up().into());
        }
        self.charge(tx, actor, asset, reserved, charged).await
    }

    /// Charges the account and the person who brings the bytes, or says what is in the way.
    pub(crate) async fn charge(
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
        account: AccountId,
        id: AssetId,
    ) -> Result<Asset> {
        let row = assets::find(tx, account, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        let mut shown = self.show(tx, account, vec![row]).await?;
        shown.pop().ok_or_else(|| Problem::not_found().into())
    }
}

/// Refuses one asset too many, once the meter's row is taken: from then on nobody else brings one
/// at the same moment.
pub(crate) async fn require_own_place(tx: &mut Tx, account: AccountId) -> Result<()> {
    let own = match tx.dialect() {
        Dialect::Sqlite => 0,
        Dialect::Postgres => 1,
    };
    require_place(tx, account, own).await
}

/// Refuses a file of another kind: what shows a picture somewhere shows no sound.
fn require_same_kind(row: &AssetRow, draft: &Draft<'_>) -> Result<()> {
    let format = draft.found.facts.format;
    if format.kind() == row.kind {
        return Ok(());
    }
    let (name, is, other) = (&row.name, row.kind, format.kind());
    let detail =
        format!("“{name}” is of the kind {is}; a file of the kind {other} cannot replace it.");
    let problem = Problem::new(ProblemCode::UnsupportedKind, detail);
    Err(problem.because(Reason::OtherKind).into())
}

/// Says of a new asset what it is for those who cannot see it.
async fn describe(tx: &mut Tx, asset: &NewAsset, alt_text: &AltText) -> Result<()> {
    let row = assets::find(tx, asset.account, asset.id).await?;
    let mut row = row.ok_or_else(Problem::not_found)?;
    row.alt_text = alt_text.clone();
    assets::update(tx, asset.account, &row, asset.now).await
}

/// Ends the parts that an asset was joined from; what they held back.
async fn end_parts(tx: &mut Tx, parts: &[UploadId]) -> Result<ByteSize> {
    let mut reserved = ByteSize::ZERO;
    for part in parts {
        let (_, _, held) = uploads::end(tx, *part).await?.ok_or_else(given_up)?;
        reserved = reserved + held;
    }
    Ok(reserved)
}

fn given_up() -> Problem {
    Problem::conflict("This upload was given up.")
}

/// The name a person gave it, or one that tells what it is.
fn name_of(metadata: &UploadMetadata, extension: &str) -> FileName {
    let untitled = || FileName::clean(&format!("untitled.{extension}"));
    metadata.name.clone().unwrap_or_else(untitled)
}
