//! Copies that are what their originals are: other assets on the same bytes.

use model::{
    Asset, AssetId, AssetState, ByteSize, EventKind, FileName, FolderId, Problem, Reason, Right,
    Source, UploadMetadata,
};

use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx,
        assets::{self, AssetRow, NewAsset},
        blobs, media,
    },
    ingest::{cost, require_own_place},
};

/// What of a copy is other than of its original.
#[derive(Clone, Debug, Default)]
pub struct NewCopy {
    /// Its name; that of the original with a word more where it is left out.
    pub name: Option<FileName>,
    /// The folder it lies in, or the top; where the original lies where it is left out.
    pub folder_id: Option<Option<FolderId>>,
}

impl Library {
    /// Makes another asset of what an asset shows, with the words, tags and teams that one has.
    ///
    /// The same bytes count once, so it costs an account nothing; its history begins anew, and it
    /// is shared and used nowhere.
    pub async fn copy_asset(&self, actor: &Actor, id: AssetId, copy: NewCopy) -> Result<Asset> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        let row = assets::find(&mut tx, account, id).await?;
        let row = row.ok_or_else(Problem::not_found)?;
        if row.state == AssetState::Trashed {
            let problem = Problem::conflict("It lies in the trash. Restore it first.");
            return Err(problem.because(Reason::InTrash).into());
        }
        let metadata = UploadMetadata {
            folder_id: copy.folder_id.unwrap_or(row.folder_id),
            ..UploadMetadata::default()
        };
        let folder = self.folder_for(&mut tx, actor, &metadata).await?;
        let media = media::find(&mut tx, account, id).await?;
        let blob = media.ok_or_else(Problem::not_found)?.blob_id;
        let refs = blobs::refer(&mut tx, account, blob).await?;
        // Where the original went at this moment, its bytes go, too.
        let charged = cost(refs, row.size).ok_or_else(Problem::not_found)?;
        let asset = NewAsset {
            id: self.inner.clock.new_id(),
            account,
            folder,
            name: copy.name.unwrap_or_else(|| name_of_copy(&row.name)),
            kind: row.kind,
            source: Source::Upload,
            blob,
            mime: row.mime.clone(),
            size: row.size,
            sha256: row.sha256,
            width: number(row.width),
            height: number(row.height),
            duration: row.duration.map(i64::unsigned_abs),
            frames: number(row.frames),
            placeholder: row.placeholder.clone(),
            color: row.color.clone(),
            has_renditions: row.has_renditions,
            now: self.inner.clock.now(),
            created_by: actor.user_id(),
        };
        assets::insert(&mut tx, &asset).await?;
        self.take_over(&mut tx, actor, &asset, row).await?;
        let clock = &*self.inner.clock;
        audit::record(&mut tx, clock, actor, EventKind::AssetCreated, asset.id).await?;
        self.charge(&mut tx, actor, &asset, ByteSize::ZERO, charged)
            .await?;
        require_own_place(&mut tx, account).await?;
        assets::insert_version(&mut tx, clock.new_id(), 1, &asset).await?;
        let made = self.read_asset(&mut tx, account, asset.id).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Says of a copy what is said of its original.
    async fn take_over(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: &NewAsset,
        original: AssetRow,
    ) -> Result<()> {
        let copy = assets::find(tx, asset.account, asset.id).await?;
        let copy = AssetRow {
            alt_text: original.alt_text.clone(),
            focal_x: original.focal_x,
            focal_y: original.focal_y,
            ..copy.ok_or_else(Problem::not_found)?
        };
        assets::update(tx, asset.account, &copy, asset.now).await?;
        let shown = self.show(tx, asset.account, vec![original]).await?;
        let original = shown.into_iter().next().ok_or_else(Problem::not_found)?;
        self.put_tags(tx, actor, asset.id, &original.tags).await?;
        if !original.teams.is_empty() {
            self.set_teams(tx, actor, asset.id, &original.teams).await?;
        }
        Ok(())
    }
}

fn number(value: Option<i64>) -> Option<u32> {
    value.and_then(|value| u32::try_from(value).ok())
}

/// The name of the original with a word more, before its ending.
fn name_of_copy(name: &FileName) -> FileName {
    let (stem, ending) = (name.stem(), name.extension());
    let ending = if ending.is_empty() {
        String::new()
    } else {
        format!(".{ending}")
    };
    FileName::clean(&format!("{stem} copy{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_like_its_original_with_a_word_more() {
        for (name, copy) in [
            ("beach.jpg", "beach copy.jpg"),
            ("LICENSE", "LICENSE copy"),
            (".env", ".env copy"),
        ] {
            assert_eq!(name_of_copy(&FileName::clean(name)).as_str(), copy);
        }
    }
}
