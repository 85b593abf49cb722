//! Files that people in stories bring.

use bytes::Bytes;
use futures::stream;
use imaging::{Pixels, encode};
use library::{
    Actor, Error,
    uploads::{NewUpload, Piece, Progress},
};
use model::{Asset, ByteSize, FileName, RenditionFormat, Upload, UploadId, UploadMetadata};
use opendal::Operator;

use super::TestLibrary;

/// A small photo; every seed looks different.
pub fn jpeg(seed: u8) -> Vec<u8> {
    let (width, height) = (64_u32, 48_u32);
    let data = (0..width * height)
        .flat_map(|pixel| {
            let shade = u8::try_from(pixel % 200).expect("below 200");
            [shade, seed, shade.wrapping_add(seed)]
        })
        .collect();
    let pixels = Pixels {
        width,
        height,
        alpha: false,
        data,
    };
    encode::encode(pixels, RenditionFormat::Jpeg).expect("a photo")
}

/// A picture without loss whose every pixel is another color.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    encode::png(&grid(width, height)).expect("a picture")
}

/// The pixels of that picture.
pub fn grid(width: u32, height: u32) -> Pixels {
    let color = |x: u32, y: u32| [x, y, x + y].map(|c| u8::try_from(c % 251).expect("a byte"));
    let rows = (0..height).flat_map(|y| (0..width).flat_map(move |x| color(x, y)));
    Pixels {
        width,
        height,
        alpha: false,
        data: rows.collect(),
    }
}

/// A text of so many bytes; every seed reads different.
pub fn text(seed: u64, length: usize) -> Vec<u8> {
    format!("{seed:020} is what this note is about. ")
        .into_bytes()
        .into_iter()
        .cycle()
        .take(length)
        .collect()
}

/// What a client says of a file of this name.
pub fn meta(name: &str) -> UploadMetadata {
    UploadMetadata {
        name: Some(FileName::clean(name)),
        ..UploadMetadata::default()
    }
}

/// A body that arrives in pieces.
pub fn body(bytes: &[u8]) -> impl library::uploads::Body + 'static {
    let pieces: Vec<_> = bytes
        .chunks(16 * 1024)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    stream::iter(pieces)
}

impl TestLibrary {
    /// Somebody uploads a file by form.
    pub async fn upload(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Asset {
        self.try_upload(actor, meta(name), bytes)
            .await
            .expect("the upload works")
    }

    /// Somebody tries to upload a file by form.
    pub async fn try_upload(
        &self,
        actor: &Actor,
        metadata: UploadMetadata,
        bytes: &[u8],
    ) -> Result<Asset, Error> {
        let announced = Some(ByteSize::bytes(bytes.len() as u64));
        self.upload_asset(actor, metadata, announced, body(bytes))
            .await
    }

    /// Somebody begins an upload of a known length.
    pub async fn begin(&self, actor: &Actor, name: &str, length: usize) -> Upload {
        self.try_begin(actor, name, length)
            .await
            .expect("the upload begins")
    }

    /// Somebody tries to begin an upload of a known length.
    pub async fn try_begin(
        &self,
        actor: &Actor,
        name: &str,
        length: usize,
    ) -> Result<Upload, Error> {
        let upload = NewUpload {
            length: Some(ByteSize::bytes(length as u64)),
            metadata: meta(name),
            is_partial: false,
        };
        self.create_upload(actor, upload).await
    }

    /// Somebody adds bytes at an offset.
    pub async fn append(
        &self,
        actor: &Actor,
        id: UploadId,
        offset: usize,
        bytes: &[u8],
    ) -> Result<Progress, Error> {
        self.append_upload(actor, id, at(offset), body(bytes)).await
    }
}

/// A piece at an offset, of which nothing else is told.
pub fn at(offset: usize) -> Piece {
    Piece {
        offset: ByteSize::bytes(offset as u64),
        announced: None,
        length: None,
        checksum: None,
    }
}

impl TestLibrary {
    /// Names of staged files.
    pub fn staged(&self) -> Vec<String> {
        let folder = self.config.data_dir.join("staging");
        let entries = std::fs::read_dir(folder).expect("a folder for bytes on their way");
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    /// How many originals lie in the store.
    pub async fn stored(&self) -> usize {
        self.originals().await.len()
    }

    /// Removes every original behind the library's back.
    pub async fn lose_blobs(&self) {
        let store = self.store();
        for path in self.originals().await {
            store.delete(&path).await.expect("a blob is removed");
        }
    }

    /// Paths of the originals in the store.
    pub async fn originals(&self) -> Vec<String> {
        let entries = self.store().list_with("/").recursive(true).await;
        let entries = entries.expect("the store lists what it has").into_iter();
        entries
            .map(|entry| entry.path().to_owned())
            .filter(|path| path.ends_with(".original"))
            .collect()
    }

    /// The store, behind the library's back.
    pub fn store(&self) -> Operator {
        Operator::from_uri(self.config.storage_url.expose()).expect("a store")
    }
}
