//! Office documents as PDF, printed by `LibreOffice` where the operator has it, and kept.
//!
//! It works in a folder of its own that is thrown away, within walls, without macros and without
//! anything that a document points to. What it writes is as untrusted as the document.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use model::Problem;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    Library, Result,
    blobs::{BlobKey, blocking},
    decoder::{DecodeError, DecodeSource, Errand, Room},
    media::{Prepared, desk::Made},
    renditions::Subject,
};

/// The most address space of `LibreOffice`, which maps much more than it fills.
const MAPPED: u64 = 3 << 30;
/// The most processor time, and the longest that it may take on a busy machine.
const CPU_SECONDS: u64 = 60;
const WALL: Duration = Duration::from_mins(2);
/// The largest PDF.
const WRITTEN: u64 = 64 << 20;
/// How `LibreOffice` ends where it made its folder ready and wants to be started once more.
const READY: i32 = 81;
/// What stands in the address of a file as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_');
/// No macros, no links that are followed.
const SETTINGS: &str = include_str!("office/settings.xcu");

impl Library {
    /// An office document as PDF; printed now where nobody has.
    pub(super) async fn print_of(
        &self,
        subject: &Subject,
        extension: &str,
    ) -> Result<Result<DecodeSource, DecodeError>> {
        if let Some(kept) = self.open_print(subject).await? {
            return Ok(Ok(kept));
        }
        let Some(program) = &self.inner.config.soffice else {
            return Err(Problem::unavailable("Nothing here prints office documents.").into());
        };
        let _flight = self.inner.media.flight(Made::Print(subject.blob)).await;
        if let Some(kept) = self.open_print(subject).await? {
            return Ok(Ok(kept));
        }
        let mut printed = None;
        for room in Room::ALL {
            printed = match self.print(program, subject, extension, room).await? {
                Ok(printed) => printed,
                Err(error @ (DecodeError::Io(_) | DecodeError::Busy)) => return Ok(Err(error)),
                Err(error) => {
                    tracing::info!(blob = %subject.blob, %error, "a document was not printed");
                    if error.may_want_room() {
                        continue;
                    }
                    break;
                }
            };
            if printed.is_some() {
                break;
            }
        }
        let Some(printed) = printed else {
            let reason = "this document could not be printed".to_owned();
            return Ok(Err(DecodeError::Unsupported { reason }));
        };
        self.inner
            .blobs
            .put(printed.clone(), &print_key(subject))
            .await?;
        Ok(Ok(DecodeSource::Bytes(printed)))
    }

    /// Prints a document in a new folder; nothing where the program says nothing and leaves none.
    async fn print(
        &self,
        program: &Path,
        subject: &Subject,
        extension: &str,
        room: Room,
    ) -> Result<Result<Option<Bytes>, DecodeError>> {
        let document = self.open_original(&subject.original()).await?;
        let folder = self.inner.staging.room(self.inner.clock.new_id()).await?;
        let (path, name) = (folder.path().to_owned(), format!("document.{extension}"));
        blocking(move || {
            furnish(&path)?;
            Ok(document.copy_to(&path.join(name))?)
        })
        .await?;
        let errand = errand(program, folder.path(), extension);
        let nothing = DecodeSource::Bytes(Bytes::new());
        match self.inner.decoder.run_errand(&errand, nothing, room).await {
            Ok(_) => Ok(Ok(read_print(folder.path().join("out/document.pdf")).await?)),
            Err(error) => Ok(Err(error)),
        }
    }

    /// The PDF of an office document that was printed before.
    pub(crate) async fn open_print(&self, subject: &Subject) -> Result<Option<DecodeSource>> {
        let key = print_key(subject);
        let Some(size) = self.inner.blobs.size_of(&key).await? else {
            return Ok(None);
        };
        let kept = Prepared {
            key,
            size,
            patches: Arc::default(),
            held: None,
        };
        self.open_original(&kept).await.map(Some)
    }

    /// What `LibreOffice` calls itself; nothing where there is none.
    pub(crate) async fn soffice_version(&self) -> Option<Result<String, DecodeError>> {
        let program = self.inner.config.soffice.as_deref()?;
        let room = self.inner.staging.room(self.inner.clock.new_id()).await;
        let room = match room {
            Ok(room) => room,
            Err(error) => return Some(Err(DecodeError::Io(error.to_string()))),
        };
        let errand = Errand {
            args: [own(room.path()), vec!["--version".to_owned()]].concat(),
            printed: 64 << 10,
            ..errand(program, room.path(), "txt")
        };
        let nothing = DecodeSource::Bytes(Bytes::new());
        let told = self
            .inner
            .decoder
            .run_errand(&errand, nothing, Room::Shared);
        let told = told.await;
        Some(told.map(|told| {
            let told = String::from_utf8_lossy(&told);
            let words: Vec<_> = told.split_whitespace().take(2).collect();
            words.join(" ")
        }))
    }
}

fn print_key(subject: &Subject) -> BlobKey {
    BlobKey::Print {
        account: subject.account,
        blob: subject.blob,
    }
}

/// What was written, unless there is nothing.
async fn read_print(path: PathBuf) -> Result<Option<Bytes>> {
    blocking(move || {
        // A link could lead out of the folder, to what only this process may read.
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        Ok(if is_file {
            Some(fs::read(path)?.into())
        } else {
            None
        })
    })
    .await
}

/// The program itself, where a script would start it.
fn binary(program: &Path) -> PathBuf {
    let found = fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    let binary = found.with_extension("bin");
    if binary.is_file() { binary } else { found }
}

/// Its settings and its socket lie in its own folder.
fn own(folder: &Path) -> Vec<String> {
    let folder = folder.to_string_lossy();
    let folder = utf8_percent_encode(&folder, PLAIN);
    vec![
        format!("-env:UserInstallation=file://{folder}/profile"),
        "-env:OSL_SOCKET_PATH=.".to_owned(),
    ]
}

fn errand(program: &Path, folder: &Path, extension: &str) -> Errand {
    let document = format!("document.{extension}");
    let told = [
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        "pdf",
        "--outdir",
        "out",
        &document,
    ];
    Errand {
        program: binary(program),
        args: own(folder)
            .into_iter()
            .chain(told.map(str::to_owned))
            .collect(),
        mapped: MAPPED,
        cpu_seconds: CPU_SECONDS,
        wall: WALL,
        printed: 1 << 20,
        folder: Some(folder.to_owned()),
        written: WRITTEN,
        again_on: Some(READY),
    }
}

/// Brings the settings into a new folder.
fn furnish(folder: &Path) -> io::Result<()> {
    let settings = folder.join("profile/user");
    fs::create_dir_all(&settings)?;
    fs::write(settings.join("registrymodifications.xcu"), SETTINGS)
}
