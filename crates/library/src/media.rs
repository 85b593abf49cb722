//! Bytes on their way out: originals, renditions and their public copies.

pub(crate) mod desk;
mod name;
mod overlay;
mod pages;
mod prepare;
mod sign;

use std::{io, ops::Range, sync::Arc, time::Duration};

use bytes::Bytes;
use futures::{StreamExt as _, TryFutureExt as _, TryStreamExt as _, stream, stream::BoxStream};
use model::{AssetId, FileName, Kind, Mime, Preset, Problem, RenditionFormat, Right, Timestamp};

use crate::{
    Actor, Client, Error, Library, Result,
    blobs::BlobKey,
    db::media::{self as rows, MediaRow},
    decoder::Patch,
    embed::{Door, fence},
};
use desk::{Asked, Made, SMALL};
use name::made_name;
pub(crate) use name::served_name;
use pages::Sheet;
pub use sign::Signed;

/// The longest that a signed address is good.
const LONGEST_SIGNED: Duration = Duration::from_hours(7 * 24);

/// Which bytes of an asset are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The original, byte for byte for members, without metadata in public.
    Original,
    /// A rendition by preset, in a format the reader takes; who takes AVIF takes WebP, too, and
    /// gets that where there is no AVIF.
    Rendition {
        preset: Preset,
        format: RenditionFormat,
    },
    /// A page of a document, counted from 1, as large as a rendition by preset.
    Page {
        page: u32,
        preset: Preset,
        format: RenditionFormat,
    },
}

/// What a signed address shall open.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// A rendition instead of the original.
    pub preset: Option<Preset>,
    /// Whether it is saved rather than shown.
    pub download: bool,
    /// How long it is good; at most seven days.
    pub lifetime: Duration,
}

/// A signed address, and when it ends.
#[derive(Clone, Debug)]
pub struct SignedLink {
    pub url: String,
    pub expires_at: Timestamp,
}

/// Bytes to be served, and what to say about them.
#[derive(Clone, Debug)]
pub struct Media {
    pub name: FileName,
    pub kind: Kind,
    pub mime: Mime,
    pub size: u64,
    /// Opaque, strong, without quotes; the same for the same bytes of the same account.
    pub etag: String,
    /// When this version of the asset came.
    pub modified_at: Timestamp,
    /// A word that changes with the original; equal to `Asset::fingerprint`.
    pub fingerprint: String,
    pub(crate) body: Body,
    source: Source,
}

/// What was asked for, so that it can be asked for again.
#[derive(Clone, Debug)]
struct Source {
    row: Arc<MediaRow>,
    view: View,
    audience: Audience,
}

/// Where the bytes lie.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    key: BlobKey,
    /// Bytes that are served in place of stored ones.
    patches: Arc<[Patch]>,
    /// All of it, where it is stored nowhere.
    held: Option<Bytes>,
    /// What they are known as, where they were made of an original.
    made: Option<Made>,
}

/// Bytes made of an original, or the original itself.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub key: BlobKey,
    pub size: u64,
    pub patches: Arc<[Patch]>,
    /// All of it, where it is stored nowhere.
    pub held: Option<Bytes>,
}

/// Who gets to see the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    Members,
    Public,
}

impl Library {
    /// An asset's bytes, for a member.
    pub async fn open_media(&self, actor: &Actor, id: AssetId, view: View) -> Result<Media> {
        match view {
            View::Original | View::Rendition { .. } => self.admit(actor, Door::OpenMedia).await?,
            View::Page { .. } => self.require(actor, Right::View).await?,
        }
        let row = self.find_seen(actor, id).await?;
        self.note_view(row.id, view);
        self.open_view(row, view, Audience::Members).await
    }

    /// The bytes that a row names, for a member.
    pub(crate) async fn open_for_member(&self, row: MediaRow, view: View) -> Result<Media> {
        self.open_view(row.into(), view, Audience::Members).await
    }

    /// An asset's bytes, for whoever has its public key while it is shared.
    pub async fn open_shared_media(&self, key: &str, view: View) -> Result<Media> {
        let row = self.find_media(Asked::Shared(key.to_owned())).await?;
        self.note_use(row.id);
        self.open_view(row, view, Audience::Public).await
    }

    /// An asset's bytes, for whoever has an address that a member had signed; and for how long the
    /// address is good.
    pub async fn open_signed_media(
        &self,
        signed: &Signed,
        signature: &str,
        format: RenditionFormat,
        client: &Client,
    ) -> Result<(Media, Duration)> {
        let now = self.inner.clock.now();
        let is_genuine = signed.is_genuine(&self.inner.secret, signature);
        if !is_genuine {
            self.note_forged(signed.id, client);
        }
        if !is_genuine || signed.expires < now {
            return Err(Problem::not_found().into());
        }
        let view = signed
            .preset
            .map_or(View::Original, |preset| View::Rendition { preset, format });
        let row = self.find_media(Asked::Signed(signed.id)).await?;
        self.note_use(row.id);
        let media = self.open_view(row, view, Audience::Members).await?;
        Ok((media, signed.expires.since(now)))
    }

    /// Signs an address of an asset's bytes, good for a while and for these alone.
    pub async fn sign_media(&self, actor: &Actor, id: AssetId, wish: Wish) -> Result<SignedLink> {
        self.admit(actor, Door::SignMedia).await?;
        let row = self.find_seen(actor, id).await?;
        let lifetime = wish.lifetime.min(LONGEST_SIGNED);
        let signed = Signed {
            id,
            preset: wish.preset,
            name: served_name(&row.name, row.mime.as_str()).to_string(),
            download: wish.download,
            expires: self.inner.clock.now().after(lifetime),
        };
        let address = signed.address(&self.inner.secret);
        Ok(SignedLink {
            url: format!("{}{address}", self.inner.config.media_url),
            expires_at: signed.expires,
        })
    }

    /// The same once more; made anew, where it was lost.
    pub async fn reopen_media(&self, media: &Media) -> Result<Media> {
        let Source {
            row,
            view,
            audience,
        } = media.source.clone();
        self.open_view(row, view, audience).await
    }

    /// Streams a range of the bytes, in pieces, with flat memory.
    ///
    /// What was made of an original and is lost is [`Error::Lost`]: to be opened once more.
    pub async fn stream_media(
        &self,
        media: &Media,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, io::Result<Bytes>>> {
        let range = range.start.min(media.size)..range.end.min(media.size);
        if range.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let Body {
            key,
            patches,
            held,
            made,
        } = media.body.clone();
        // What is small is read whole and held, unless only a part of it is wanted.
        let mut pieces = match held.or_else(|| self.inner.media.bytes(&key)) {
            Some(bytes) => piece(&bytes, &range),
            None if media.size <= SMALL && range == (0..media.size) => {
                self.read_and_hold(key, range.clone())
            }
            None => self.inner.blobs.stream(&key, range.clone()),
        };
        // The first piece says whether they lie there, while another answer is still possible.
        let first = match (pieces.next().await, made) {
            (Some(Err(error)), Some(made)) if error.kind() == io::ErrorKind::NotFound => {
                self.inner.media.forget_made(&made);
                return Err(Error::Lost);
            }
            (first, _) => first.transpose()?,
        };
        let pieces = stream::iter(first.map(Ok)).chain(pieces).boxed();
        Ok(overlay::overlay(pieces, range.start, patches))
    }

    fn read_and_hold(
        &self,
        key: BlobKey,
        range: Range<u64>,
    ) -> BoxStream<'static, io::Result<Bytes>> {
        let library = self.clone();
        let read = async move {
            let pieces = library.inner.blobs.stream(&key, range.clone());
            let pieces: Vec<_> = pieces.try_collect().await?;
            let bytes = match <[Bytes; 1]>::try_from(pieces) {
                Ok([one]) => one,
                Err(pieces) => pieces.concat().into(),
            };
            if bytes.len() as u64 != range.end {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            library.inner.media.hold_bytes(key, bytes.clone());
            Ok(piece(&bytes, &range))
        };
        read.try_flatten_stream().boxed()
    }

    /// The row of an asset that an actor sees.
    async fn find_seen(&self, actor: &Actor, id: AssetId) -> Result<Arc<MediaRow>> {
        if actor.embed.is_some() {
            let mut tx = self.inner.db.read().await?;
            fence::require_seen(&mut tx, actor, id).await?;
        }
        self.find_media(Asked::Member(actor.account_id, id)).await
    }

    /// The row of an asset, held for a moment.
    pub(crate) async fn find_media(&self, asked: Asked) -> Result<Arc<MediaRow>> {
        let changes = match self.inner.media.row(&asked) {
            Ok(row) => return Ok(row),
            Err(changes) => changes,
        };
        let mut tx = self.inner.db.read().await?;
        let row = match &asked {
            Asked::Member(account, id) => rows::find(&mut tx, *account, *id).await?,
            Asked::Shared(key) => rows::find_shared(&mut tx, key).await?,
            Asked::Signed(id) => rows::find_signed(&mut tx, *id).await?,
        };
        let row = Arc::new(row.ok_or_else(Problem::not_found)?);
        self.inner.media.hold_row(asked, &row, changes);
        Ok(row)
    }

    async fn open_view(&self, row: Arc<MediaRow>, view: View, audience: Audience) -> Result<Media> {
        let name = served_name(&row.name, row.mime.as_str());
        let (prepared, word, format, made) = match (view, audience) {
            (View::Original, Audience::Members) => {
                (Arc::new(original(&row)), "original".to_owned(), None, None)
            }
            (View::Original, Audience::Public) => {
                let made = Made::Public(row.blob_id);
                let prepared = self.prepare_public(&row).await?;
                (prepared, "public".to_owned(), None, Some(made))
            }
            (View::Rendition { preset, format }, _) => {
                let (prepared, format) = self.prepare_best(&row, preset, format).await?;
                let word = format!("{preset}.{}", format.extension());
                let made = Made::Rendition(row.blob_id, preset, format);
                (prepared, word, Some(format), Some(made))
            }
            (
                View::Page {
                    page,
                    preset,
                    format,
                },
                _,
            ) => {
                let format = format.at_once();
                let sheet = Sheet {
                    page,
                    preset,
                    format,
                };
                let word = format!("page-{page}.{preset}.{}", format.extension());
                let prepared = self.prepare_page(&row, sheet).await?;
                (prepared, word, Some(format), None)
            }
        };
        let (name, kind, mime) = match format {
            None => (name, row.kind, row.mime.clone()),
            Some(format) => (
                made_name(&name, row.mime.as_str(), format.extension()),
                Kind::Image,
                Mime(format.mime().to_owned()),
            ),
        };
        let mut fingerprint = row.sha256.to_string();
        fingerprint.truncate(12);
        Ok(Media {
            name,
            kind,
            mime,
            size: prepared.size,
            etag: sign::etag(&self.inner.secret, row.account_id, row.sha256, &word),
            modified_at: row.modified_at,
            fingerprint,
            body: Body {
                key: prepared.key,
                patches: Arc::clone(&prepared.patches),
                held: prepared.held.clone(),
                made,
            },
            source: Source {
                row,
                view,
                audience,
            },
        })
    }
}

fn original(row: &MediaRow) -> Prepared {
    Prepared {
        key: BlobKey::Original {
            account: row.account_id,
            blob: row.blob_id,
        },
        size: row.size.as_u64(),
        patches: Arc::default(),
        held: None,
    }
}

fn piece(bytes: &Bytes, range: &Range<u64>) -> BoxStream<'static, io::Result<Bytes>> {
    let within =
        |position: u64| usize::try_from(position).map_or(bytes.len(), |at| at.min(bytes.len()));
    let piece = bytes.slice(within(range.start)..within(range.end));
    stream::once(async { Ok(piece) }).boxed()
}
