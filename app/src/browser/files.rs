//! Files as the browser hands them over: chosen, dropped with their folders, or pasted.

use js_sys::{Array, Promise, Reflect};
use model::ByteSize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DataTransfer, DataTransferItem, File, FileList, FilePropertyBag,
    FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

use crate::upload::{gather::Found, item::FileFacts};

/// A file of this computer, and what is known of it.
#[derive(Clone, Debug)]
pub struct LocalFile {
    pub file: File,
    pub found: Found,
}

/// What somebody dropped, taken out of the event before it is over.
pub struct Dropped {
    entries: Vec<FileSystemEntry>,
    files: Vec<LocalFile>,
}

/// What a drop brought, once its folders were walked.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    pub files: Vec<LocalFile>,
    /// Dropped folders without a single file.
    pub empty: Vec<String>,
}

impl LocalFile {
    /// A file, with the path it had in a folder.
    pub fn new(file: File, relative_path: Option<String>) -> Self {
        let found = Found {
            facts: facts(&file),
            relative_path,
        };
        Self { file, found }
    }
}

/// What the browser says about a file.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes and moments are whole and never below nothing"
)]
pub fn facts(file: &File) -> FileFacts {
    FileFacts {
        name: file.name(),
        size: ByteSize::bytes(file.size() as u64),
        mime: file.type_(),
        last_modified: file.last_modified() as u64,
    }
}

/// The files of an `<input type=file>`, with their paths where a folder was chosen.
pub fn listed(list: &FileList) -> Vec<LocalFile> {
    (0..list.length())
        .filter_map(|at| list.get(at))
        .map(|file| {
            let path = Reflect::get(&file, &"webkitRelativePath".into())
                .ok()
                .and_then(|path| path.as_string())
                .filter(|path| path.contains('/'));
            LocalFile::new(file, path)
        })
        .collect()
}

/// The files of a paste.
pub fn pasted(data: &DataTransfer) -> Vec<File> {
    data.files()
        .map(|list| listed(&list))
        .unwrap_or_default()
        .into_iter()
        .map(|local| local.file)
        .collect()
}

/// Takes out of a drop what would be gone after the event.
pub fn dropped(data: &DataTransfer) -> Dropped {
    let items = data.items();
    let mut dropped = Dropped {
        entries: Vec::new(),
        files: Vec::new(),
    };
    for at in 0..items.length() {
        if let Some(item) = items.get(at).filter(|item| item.kind() == "file") {
            dropped.take(&item);
        }
    }
    dropped
}

impl Dropped {
    fn take(&mut self, item: &DataTransferItem) {
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) if entry.is_directory() => self.entries.push(entry),
            _ => {
                let file = item.get_as_file().ok().flatten();
                self.files
                    .extend(file.map(|file| LocalFile::new(file, None)));
            }
        }
    }

    /// Walks the dropped folders to their last file.
    ///
    /// A folder or file that cannot be read is passed over.
    pub async fn walk(self) -> Walked {
        let mut walked = Walked {
            files: self.files,
            ..Walked::default()
        };
        for folder in self.entries {
            let before = walked.files.len();
            walk(&folder, &mut walked.files).await;
            if walked.files.len() == before {
                walked.empty.push(folder.name());
            }
        }
        walked
    }
}

async fn walk(folder: &FileSystemEntry, files: &mut Vec<LocalFile>) {
    let mut open = vec![folder.clone()];
    let first = files.len();
    while let Some(entry) = open.pop() {
        if entry.is_directory() {
            open.extend(children(entry.unchecked_ref()).await);
        } else if let Some(file) = file_of(entry.unchecked_ref()).await {
            let path = entry.full_path().trim_start_matches('/').to_owned();
            files.push(LocalFile::new(file, Some(path)));
        }
    }
    files[first..].sort_by(|a, b| a.found.relative_path.cmp(&b.found.relative_path));
}

/// What lies right in a folder; browsers hand it over in parts, and an empty part is the end.
async fn children(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let part = Promise::new(&mut |resolve, reject| {
            let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
        });
        match JsFuture::from(part)
            .await
            .map(JsCast::unchecked_into::<Array>)
        {
            Ok(part) if part.length() > 0 => {
                all.extend(part.iter().map(JsCast::unchecked_into));
            }
            _ => return all,
        }
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let file = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(file).await.ok()?.dyn_into().ok()
}

/// A file of other bytes under another name.
pub fn renamed(blob: &Blob, name: &str, media_type: &str) -> Result<File, JsValue> {
    let bag = FilePropertyBag::new();
    bag.set_type(media_type);
    File::new_with_blob_sequence_and_options(&Array::of1(blob), name, &bag)
}

/// Whether the file can still be read: it may have been changed or moved since it was chosen.
pub async fn is_readable(file: &File) -> bool {
    match file.slice_with_f64_and_f64(0.0, 1.0) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}
