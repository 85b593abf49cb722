//! What a decoder is handed: one open file, be it on disk or in memory.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use bytes::Bytes;

/// Bytes to be decoded.
#[derive(Debug)]
pub enum DecodeSource {
    /// A file, open for reading alone; it is read by position, so that its own stays.
    File(File),
    /// Bytes in memory.
    Bytes(Bytes),
}

impl DecodeSource {
    /// A file by its path.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        File::open(path).map(Self::File)
    }

    /// Writes it to a new file.
    pub(crate) fn copy_to(self, path: &Path) -> io::Result<()> {
        let mut to = File::create_new(path)?;
        match self {
            Self::File(mut from) => io::copy(&mut from, &mut to).map(|_| ()),
            Self::Bytes(bytes) => to.write_all(&bytes),
        }
    }

    /// The one file that is handed over.
    pub(super) fn into_file(self) -> io::Result<File> {
        match self {
            Self::File(file) => Ok(file),
            Self::Bytes(bytes) => {
                let flags = rustix::fs::MemfdFlags::CLOEXEC;
                let mut file = File::from(rustix::fs::memfd_create("picture", flags)?);
                file.write_all(&bytes)?;
                Ok(file)
            }
        }
    }
}

impl From<File> for DecodeSource {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

impl From<Bytes> for DecodeSource {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}
