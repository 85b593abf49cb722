//! Office files of today: zip archives, told apart by the names in their central directory.

use crate::{
    Error, Format, Result, Source,
    source::{Numbers, find, read_at},
};

/// The farthest from the end that the directory's end record may stand.
const TAIL: u64 = 65_557;
/// How much of the directory is read: some ten thousand names.
const MAX_DIRECTORY: usize = 1 << 20;

/// Archives of all sorts are zip underneath, programs too: a plain one must be named as what it is.
pub(super) fn sniff(source: &mut dyn Source, len: u64, extension: Option<&str>) -> Result<Format> {
    let names = names(source, len)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let macros = names
        .iter()
        .any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"));
    if has("[Content_Types].xml") {
        if macros {
            return Err(macros_refused());
        }
        return match () {
            () if under("word/") => Ok(Format::Docx),
            () if under("xl/") => Ok(Format::Xlsx),
            () if under("ppt/") => Ok(Format::Pptx),
            () => Err(Error::unsupported(
                "this kind of office file is not kept here",
            )),
        };
    }
    if has("mimetype") {
        let format = open_document(source)?;
        return if under("Basic/") || under("Scripts/") {
            Err(macros_refused())
        } else {
            Ok(format)
        };
    }
    match extension {
        None | Some("zip") => Ok(Format::Zip),
        Some(other) => Err(Error::unsupported(format!(
            "the file is named .{other}, but it is a zip archive"
        ))),
    }
}

fn macros_refused() -> Error {
    Error::unsupported("office files with macros are not kept here")
}

/// `OpenDocument` names its type in the first entry, stored without compression.
fn open_document(source: &mut dyn Source) -> Result<Format> {
    let head = read_at(source, 0, 256)?;
    let name = usize::from(head.le16(26).unwrap_or(0));
    let extra = usize::from(head.le16(28).unwrap_or(0));
    let stored = head.get(30..30 + name) == Some(b"mimetype".as_slice()) && head.le16(8) == Some(0);
    let content = head
        .get(30 + name + extra..)
        .filter(|_| stored)
        .unwrap_or_default();
    [Format::Odt, Format::Ods, Format::Odp]
        .into_iter()
        .find(|format| content.starts_with(format.mime().as_bytes()))
        .ok_or_else(|| Error::unsupported("this kind of archive is not kept here"))
}

/// The names in the central directory; nothing is unpacked.
fn names(source: &mut dyn Source, len: u64) -> Result<Vec<String>> {
    let cut = || Error::corrupt("the archive is cut off: its directory is missing");
    let start = len.saturating_sub(TAIL);
    let tail = read_at(source, start, usize::try_from(TAIL).unwrap_or(usize::MAX))?;
    let end = tail
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .ok_or_else(cut)?;
    let size = tail.le32(end + 12).ok_or_else(cut)? as usize;
    let offset = tail.le32(end + 16).ok_or_else(cut)?;
    let directory = read_at(source, u64::from(offset), size.min(MAX_DIRECTORY))?;
    let mut names = Vec::new();
    let mut at = 0;
    while directory.get(at..at + 4) == Some(b"PK\x01\x02") {
        let part = |offset| usize::from(directory.le16(at + offset).unwrap_or(0));
        let Some(name) = directory.get(at + 46..at + 46 + part(28)) else {
            break;
        };
        names.push(String::from_utf8_lossy(name).into_owned());
        at += 46 + part(28) + part(30) + part(32);
    }
    if names.is_empty() && find(&tail, b"PK\x01\x02").is_none() {
        return Err(cut());
    }
    Ok(names)
}
