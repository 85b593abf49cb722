//! Many originals as one zip: named rightly, streamed, with flat memory.

mod frame;
mod names;

use std::io;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use model::{AssetId, EventKind, FileName, FolderId, Problem, Right, Selection};

use crate::{
    Actor, Error, Library, Result, audit,
    batches::list_ids,
    blobs::BlobKey,
    db::{
        folders,
        zips::{self, ZipRow},
    },
};
use frame::{Entry, Frame};

/// The most files of one zip: what is kept in memory of each is small, and the sum stays so.
const MOST: usize = 10_000;
/// Rows that are read in one go.
const ROWS: usize = 500;

/// What a zip is made of.
#[derive(Clone, Debug)]
pub enum ZipOf {
    /// These, in the folders they lie in below the one they share.
    Assets(Selection),
    /// All in sight in a folder and below.
    Folder(FolderId),
}

/// A zip that can be streamed.
#[derive(Clone, Debug)]
pub struct Zip {
    pub name: FileName,
    /// All its bytes.
    pub size: u64,
    pub(crate) files: Vec<ZipFile>,
}

/// A file in a zip.
#[derive(Clone, Debug)]
pub(crate) struct ZipFile {
    key: BlobKey,
    entry: Entry,
}

impl Library {
    /// Makes ready a zip of many originals, and writes down that they were taken.
    pub async fn open_zip(&self, actor: &Actor, of: ZipOf) -> Result<Zip> {
        self.require(actor, Right::View).await?;
        let (name, rows) = self.read_rows(actor, &of).await?;
        let names = names::of(&rows);
        let files: Vec<_> = rows
            .iter()
            .zip(names)
            .map(|(row, name)| ZipFile {
                key: BlobKey::Original {
                    account: actor.account_id,
                    blob: row.blob_id,
                },
                entry: Entry::new(name, row.size.as_u64(), row.created_at),
            })
            .collect();
        self.record_zip(actor, &of, files.len()).await?;
        Ok(Zip {
            name,
            size: frame::size(files.iter().map(|file| &file.entry)),
            files,
        })
    }

    /// Streams a zip: one file after the other, a piece at a time.
    pub fn stream_zip(&self, zip: Zip) -> BoxStream<'static, io::Result<Bytes>> {
        let library = self.clone();
        let state = (Frame::default(), zip.files.into_iter());
        let files = stream::try_unfold(Some(state), move |state| {
            let library = library.clone();
            async move {
                let Some((mut frame, mut files)) = state else {
                    return Ok::<_, io::Error>(None);
                };
                let Some(file) = files.next() else {
                    let end = stream::once(async move { Ok(frame.end()) }).boxed();
                    return Ok(Some((end, None)));
                };
                let pieces = library.zip_file(frame.begin(file.entry.clone()), file);
                Ok(Some((pieces, Some((frame, files)))))
            }
        });
        files.try_flatten().boxed()
    }

    /// The bytes of one file, with what stands before and after it.
    fn zip_file(&self, part: frame::Part, file: ZipFile) -> BoxStream<'static, io::Result<Bytes>> {
        let size = file.entry.size;
        let pieces = self.inner.blobs.stream(&file.key, 0..size);
        let start = stream::once({
            let start = part.start();
            async move { Ok(start) }
        });
        let counted = part.clone();
        let body = pieces.inspect_ok(move |piece| counted.count(piece));
        let end = stream::once(async move { part.end(size) });
        start.chain(body).chain(end).boxed()
    }

    async fn read_rows(&self, actor: &Actor, of: &ZipOf) -> Result<(FileName, Vec<ZipRow>)> {
        let account = actor.account_id;
        let mut tx = self.inner.db.read().await?;
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let (name, ids) = match of {
            ZipOf::Folder(id) => {
                let folder = folders::find(&mut tx, account, *id).await?;
                let folder = folder.filter(|folder| folder.trashed_at.is_none());
                let folder = folder.ok_or_else(Problem::not_found)?;
                let ids = zips::list_below(&mut tx, account, *id, most).await?;
                (folder.name.to_string(), ids)
            }
            ZipOf::Assets(Selection::Ids(ids)) => ("Satchel".to_owned(), once_each(ids)?),
            ZipOf::Assets(Selection::Filter(filter)) => {
                let newest = self.inner.clock.new_id();
                let ids = list_ids(&mut tx, actor, filter, ("", newest), most);
                ("Satchel".to_owned(), ids.await?)
            }
        };
        if ids.is_empty() {
            return Err(Problem::conflict("There are no files to download here.").into());
        }
        if ids.len() > MOST {
            return Err(Problem::invalid("filter", too_many()).into());
        }
        let mut rows = Vec::with_capacity(ids.len());
        for ids in ids.chunks(ROWS) {
            rows.extend(zips::list_rows(&mut tx, account, ids).await?);
        }
        if rows.len() < ids.len() {
            return Err(Problem::not_found().into());
        }
        for id in &ids {
            self.note_use(*id);
        }
        let mut paths = zips::list_paths(&mut tx, account, &rows).await?;
        for row in &mut rows {
            row.path = row.folder_id.and_then(|id| paths.get_mut(&id)).cloned();
        }
        Ok((FileName::clean(&format!("{name}.zip")), rows))
    }

    async fn record_zip(&self, actor: &Actor, of: &ZipOf, files: usize) -> Result<()> {
        let subject = match of {
            ZipOf::Folder(id) => id.to_string(),
            ZipOf::Assets(_) => String::new(),
        };
        let mut tx = self.inner.db.write().await?;
        let kind = (actor.account_id, EventKind::AssetsDownloaded);
        audit::record_with(&mut tx, &*self.inner.clock, actor, kind, subject, files).await?;
        tx.commit().await
    }
}

/// The assets in their order, each once.
fn once_each(ids: &[AssetId]) -> Result<Vec<AssetId>, Error> {
    if ids.is_empty() || ids.len() > Selection::MAX_IDS {
        return Err(Problem::invalid("ids", "Name 1 to 1 000 assets.").into());
    }
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn too_many() -> String {
    format!("A zip holds at most {MOST} files; take fewer at a time.")
}
