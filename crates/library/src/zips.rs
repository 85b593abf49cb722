//! Many originals as one zip: named rightly, streamed, with flat memory.

mod frame;
mod names;

use std::io;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use model::{AssetId, EventKind, FileName, FolderId, Problem, Reason, Right, Selection};

use crate::{
    Actor, Library, Result, audit,
    batches::list_ids,
    blobs::BlobKey,
    db::{
        Tx, folders,
        zips::{self, ZipRow},
    },
    tags::in_one_order,
};
use frame::{Entry, Frame};

/// The most files of one zip: what is kept in memory of each is small, and the sum stays so.
const MOST: usize = 10_000;
/// Rows that are read in one go.
const ROWS: usize = 500;
/// The most files that the audit trail names of one zip.
const NAMED_MOST: usize = 10;

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
    /// Tells beforehand whether a zip can be had: what a browser saves takes it off the page, and
    /// a refusal would take the page's place.
    pub async fn check_zip(&self, actor: &Actor, of: &ZipOf) -> Result<()> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let (_, ids) = self.list_chosen(&mut tx, actor, of).await?;
        read_rows(&mut tx, actor, &ids).await.map(drop)
    }

    /// Makes ready a zip of many originals, and writes down that they were taken.
    pub async fn open_zip(&self, actor: &Actor, of: ZipOf) -> Result<Zip> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let (name, ids) = self.list_chosen(&mut tx, actor, &of).await?;
        let mut rows = read_rows(&mut tx, actor, &ids).await?;
        let mut paths = zips::list_paths(&mut tx, actor.account_id, &rows).await?;
        drop(tx);
        for row in &mut rows {
            row.path = row.folder_id.and_then(|id| paths.get_mut(&id)).cloned();
        }
        for id in ids {
            self.note_use(id);
        }
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
        self.record_zip(actor, &of, &rows).await?;
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

    /// What a zip is called, and the assets that are in it.
    async fn list_chosen(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        of: &ZipOf,
    ) -> Result<(FileName, Vec<AssetId>)> {
        let account = actor.account_id;
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let (name, ids) = match of {
            ZipOf::Folder(id) => {
                let folder = folders::find(tx, account, *id).await?;
                let folder = folder.filter(|folder| folder.trashed_at.is_none());
                let folder = folder.ok_or_else(Problem::not_found)?;
                let ids = zips::list_below(tx, account, *id, most).await?;
                (folder.name.to_string(), ids)
            }
            ZipOf::Assets(Selection::Ids(ids)) => ("Satchel".to_owned(), in_one_order(ids)),
            ZipOf::Assets(Selection::Filter(filter)) => {
                let newest = self.inner.clock.new_id();
                let ids = list_ids(tx, actor, filter, ("", newest), most);
                ("Satchel".to_owned(), ids.await?)
            }
        };
        if ids.is_empty() {
            return Err(Problem::conflict("There are no files to download here.")
                .because(Reason::NothingToTake)
                .into());
        }
        if ids.len() > MOST {
            return Err(too_many().into());
        }
        Ok((FileName::clean(&format!("{name}.zip")), ids))
    }

    async fn record_zip(&self, actor: &Actor, of: &ZipOf, rows: &[ZipRow]) -> Result<()> {
        let (subject, told) = match of {
            ZipOf::Folder(id) => (id.to_string(), rows.len().to_string()),
            ZipOf::Assets(_) => (String::new(), named(rows)),
        };
        let mut tx = self.inner.db.write().await?;
        let kind = (actor.account_id, EventKind::AssetsDownloaded);
        audit::record_with(&mut tx, &*self.inner.clock, actor, kind, subject, told).await?;
        tx.commit().await
    }
}

/// The originals of assets, which are all there.
async fn read_rows(tx: &mut Tx, actor: &Actor, ids: &[AssetId]) -> Result<Vec<ZipRow>> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS) {
        rows.extend(zips::list_rows(tx, actor.account_id, ids).await?);
    }
    if rows.len() < ids.len() {
        return Err(Problem::not_found().into());
    }
    Ok(rows)
}

/// How many files were taken, and what the first of them are called.
fn named(rows: &[ZipRow]) -> String {
    let first = rows.iter().take(NAMED_MOST);
    let names: Vec<_> = first.map(|row| row.name.as_str()).collect();
    let more = if rows.len() > NAMED_MOST { ", …" } else { "" };
    format!("{}: {}{more}", rows.len(), names.join(", "))
}

fn too_many() -> Problem {
    let detail = format!("A zip holds at most {MOST} files; take fewer at a time.");
    Problem::invalid("ids", detail)
        .because(Reason::TooManyFiles)
        .at_most(MOST as u64)
}
