//! Pictures turned, mirrored, straightened and cropped, kept as copies or as new versions.
//!
//! An edit is always of the picture that a first one began with, so nothing is lost by cropping,
//! and a crop can be opened again and changed.

use model::{
    Asset, AssetId, AssetState, ByteSize, Crop, CropTarget, Edit, EventKind, FileName, Kind, Mime,
    Problem, ProblemCode, Reason, Right, UploadMetadata, placement::Extent,
};

use crate::{
    Actor, Library, Result,
    db::{
        assets::{self, AssetRow},
        derivations::{self, BaseRow, DerivationRow},
        media,
    },
    decoder::{DecodeError, KNOWN, Made, Rank, Recipe},
    embed::{Door, fence},
    ingest::{MadeOf, refusal},
    looks::Look,
    media::{Media, View},
    renditions::Subject,
};

/// A picture that may be changed, and what it began with.
pub(crate) struct Picture {
    pub row: AssetRow,
    /// The asset as people see it.
    pub asset: Asset,
    pub base: BaseRow,
    /// The picture as it is now.
    own: BaseRow,
}

impl Picture {
    /// The same, beginning with the picture as it is now.
    pub fn anew(self) -> Self {
        Self {
            base: self.own.clone(),
            ..self
        }
    }

    /// Its name with a word more.
    pub fn named(&self, word: &str) -> FileName {
        let (stem, ending) = (self.row.name.stem(), self.row.name.extension());
        FileName::clean(&format!("{stem} {word}.{ending}"))
    }

    /// The pixels of what it began with, upright.
    pub fn upright(&self) -> Extent {
        let pixels = |edge: i64| u32::try_from(edge).unwrap_or(u32::MAX);
        Extent {
            width: pixels(self.base.width),
            height: pixels(self.base.height),
        }
    }
}

impl Library {
    /// Crops a picture: as a copy that knows where it is from, or as a new version of it.
    pub async fn crop_asset(&self, actor: &Actor, id: AssetId, crop: Crop) -> Result<Asset> {
        match crop.target {
            CropTarget::Copy => self.admit(actor, Door::CropAsset).await?,
            CropTarget::Version => self.require(actor, Right::Edit).await?,
        }
        let picture = self.find_picture(actor, id, crop.if_version).await?;
        let kept = crop.edit.extent(picture.upright())?;
        let recipe = Recipe {
            max_bytes: Some(self.most_bytes(actor).await?.as_u64()),
            ..Recipe::of(crop.edit)
        };
        let made = self.make_picture(actor, &picture, recipe).await?;
        let is_version = crop.target == CropTarget::Version;
        let untitled = || {
            if is_version {
                return picture.row.name.clone();
            }
            // The same in every language.
            picture.named(&format!("{}x{}", kept.width, kept.height))
        };
        let name = crop.name.filter(|_| !is_version).unwrap_or_else(untitled);
        let origin = MadeOf {
            row: derivation(&picture.base, &crop.edit),
            version_of: is_version.then_some((id, picture.row.version)),
            event: EventKind::AssetCropped,
            alt_text: picture.row.alt_text.clone(),
            teams: picture.asset.teams.clone(),
        };
        self.keep_made(actor, &picture, made, name, origin).await
    }

    /// The picture that an asset's edits begin with: what it was made of, or its own original.
    pub async fn open_source(&self, actor: &Actor, id: AssetId) -> Result<Media> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let row = media::find(&mut tx, actor.account_id, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        let base = derivations::find_base(&mut tx, actor.account_id, id).await?;
        drop(tx);
        let row = match base {
            Some(base) => media::MediaRow {
                blob_id: base.blob_id,
                size: base.size,
                sha256: base.sha256,
                name: fitting_name(&row.name, &base.mime),
                mime: base.mime,
                ..row
            },
            None => row,
        };
        self.open_for_member(row, View::Original).await
    }

    /// The pixels of the picture that an asset's edits begin with, upright.
    pub async fn measure_source(&self, actor: &Actor, id: AssetId) -> Result<Extent> {
        self.require(actor, Right::View).await?;
        let picture = self.find_picture(actor, id, None).await?;
        Ok(picture.upright())
    }

    /// A picture of the account that can be changed, with what it began with.
    pub(crate) async fn find_picture(
        &self,
        actor: &Actor,
        id: AssetId,
        if_version: Option<u32>,
    ) -> Result<Picture> {
        let account = actor.account_id;
        let mut tx = self.inner.db.read().await?;
        let row = assets::find(&mut tx, account, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        fence::require_seen(&mut tx, actor, id).await?;
        if if_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(changed_meanwhile(&row).into());
        }
        require_picture(&row)?;
        let media = media::find(&mut tx, account, id).await?;
        let own = own_base(&row, media.ok_or_else(Problem::not_found)?);
        let mut found = derivations::find_base(&mut tx, account, id).await?;
        if let Some(base) = &found {
            let source = (base.source_id, base.source_version);
            if !fence::begins_with(&mut tx, actor, id, source).await? {
                found = None;
            }
        }
        let base = match found {
            // A copy of what was cropped is of what that shows now.
            Some(base) if base.source_id == id => BaseRow {
                seen_version: row.version,
                ..base
            },
            Some(base) => base,
            None => own.clone(),
        };
        let shown = self.show(&mut tx, account, vec![row.clone()]).await?;
        let asset = shown.into_iter().next().ok_or_else(Problem::not_found)?;
        Ok(Picture {
            row,
            asset,
            base,
            own,
        })
    }

    /// The largest picture the account takes.
    pub(crate) async fn most_bytes(&self, actor: &Actor) -> Result<ByteSize> {
        Ok(self.limits_of(actor.account_id).await?.max_size.image)
    }

    /// What the decoder makes of the picture it began with.
    pub(crate) async fn make_picture(
        &self,
        actor: &Actor,
        picture: &Picture,
        recipe: Recipe,
    ) -> Result<Made> {
        let subject = Subject {
            account: actor.account_id,
            blob: picture.base.blob_id,
            size: picture.base.size,
            look: Look::Itself,
        };
        let source = self.open_original(&subject.original()).await?;
        let frames = picture.asset.frames.filter(|frames| *frames > 1);
        let moving = frames.filter(|_| !recipe.still);
        // All pictures of a film, tried again until they are small enough, take many times what one
        // takes: who only looks at something goes before.
        let rank = moving.map_or(Rank::Viewer, |_| Rank::Later);
        let decoder = self.inner.decoder.ranked(rank, actor.account_id);
        let made = decoder.transform(source, recipe).await;
        let name = &picture.row.name;
        made.map_err(|error| match moving {
            Some(frames) => not_moving(&error, name, frames).into(),
            None => not_made(&error, name).into(),
        })
    }

    /// Makes an asset, or a version of one, of a picture that was made.
    pub(crate) async fn keep_made(
        &self,
        actor: &Actor,
        picture: &Picture,
        made: Made,
        name: FileName,
        origin: MadeOf,
    ) -> Result<Asset> {
        let metadata = UploadMetadata {
            name: Some(fitting_name(&name, &Mime(made.format.mime().to_owned()))),
            folder_id: picture.row.folder_id,
            tags: picture.asset.tags.clone(),
            ..UploadMetadata::default()
        };
        self.ingest_made(actor, made.bytes, metadata, origin).await
    }
}

/// What a picture was made of, as it is kept.
pub(crate) fn derivation(base: &BaseRow, edit: &Edit) -> DerivationRow {
    DerivationRow {
        source: base.source_id,
        source_version: base.source_version,
        seen_version: base.seen_version,
        width: base.width,
        height: base.height,
        edit: serde_json::to_string(edit).unwrap_or_default(),
        placement: None,
        background: None,
    }
}

/// An asset that was not made of anything is its own beginning.
pub(crate) fn own_base(row: &AssetRow, media: media::MediaRow) -> BaseRow {
    BaseRow {
        source_id: row.id,
        source_version: row.version,
        seen_version: row.version,
        width: row.width.unwrap_or_default(),
        height: row.height.unwrap_or_default(),
        blob_id: media.blob_id,
        size: media.size,
        mime: media.mime,
        sha256: media.sha256,
    }
}

/// Tells the second of two people who change a picture at once.
pub(crate) fn changed_meanwhile(row: &AssetRow) -> Problem {
    let (name, version) = (&row.name, row.version);
    Problem::changed_meanwhile(format!(
        "Somebody else replaced “{name}” just now; this is version {version}. Look, and try again."
    ))
}

fn require_picture(row: &AssetRow) -> Result<()> {
    if row.state == AssetState::Trashed {
        let problem = Problem::conflict("It lies in the trash. Restore it first.");
        return Err(problem.because(Reason::InTrash).into());
    }
    if row.kind != Kind::Image || !row.has_renditions {
        let (name, mime) = (&row.name, &row.mime);
        let detail = format!("{name} is {mime}; only pictures that can be decoded are cropped.");
        let problem = Problem::new(ProblemCode::UnsupportedKind, detail);
        return Err(problem.because(Reason::NoPicture).into());
    }
    Ok(())
}

/// A name whose ending is one of the format's.
pub(crate) fn fitting_name(name: &FileName, mime: &Mime) -> FileName {
    let known = KNOWN.iter().find(|known| known.mime == mime.as_str());
    match known {
        Some(known) if !known.extensions.contains(&name.extension().as_str()) => {
            FileName::clean(&format!("{}.{}", name.stem(), known.extensions[0]))
        }
        _ => name.clone(),
    }
}

/// Why nothing was made of a picture, which was sound when it came in.
fn not_made(error: &DecodeError, name: &FileName) -> Problem {
    match error {
        DecodeError::Unsupported { reason } => {
            let detail = format!("{name} cannot be changed: {reason}.");
            Problem::new(ProblemCode::UnsupportedKind, detail).because(Reason::NoPicture)
        }
        DecodeError::TimedOut | DecodeError::Exhausted | DecodeError::Crashed => {
            let detail = "Try again in a moment, or begin with fewer pixels.";
            Problem::unavailable(format!("{name} could not be made in time. {detail}"))
        }
        error => refusal(error, Some(name)),
    }
}

/// Why nothing was made of an animation: many pictures of many pixels take longer every time.
///
/// A decoder that was ended for the time it computed is exhausted; one that was merely late may
/// have had to wait for others.
fn not_moving(error: &DecodeError, name: &FileName, frames: u32) -> Problem {
    match error {
        DecodeError::Exhausted | DecodeError::Crashed | DecodeError::TooManyPixels { .. } => {
            let detail = format!(
                "{name} has {frames} pictures, together more than can be changed here. \
                 A still of it can be made."
            );
            Problem::new(ProblemCode::UnsupportedKind, detail)
        }
        error => not_made(error, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_animation_of_too_many_pixels_is_not_tried_again() {
        let name = FileName::clean("cat.gif");
        let problem = not_moving(&DecodeError::Exhausted, &name, 900);
        let late = not_moving(&DecodeError::TimedOut, &name, 900);

        assert_eq!(problem.code, ProblemCode::UnsupportedKind);
        assert_eq!(late.code, ProblemCode::Unavailable);
        assert!(
            problem.detail.contains("900 pictures"),
            "{}",
            problem.detail
        );
    }

    #[test]
    fn a_late_decoder_is_not_the_fault_of_the_picture() {
        let name = FileName::clean("cat.jpg");
        for error in [
            DecodeError::TimedOut,
            DecodeError::Exhausted,
            DecodeError::Crashed,
            DecodeError::Busy,
        ] {
            let problem = not_made(&error, &name);
            assert_eq!(problem.code, ProblemCode::Unavailable, "{error}");
            assert!(problem.detail.contains("Try again"), "{}", problem.detail);
        }
    }
}
