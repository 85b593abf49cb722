//! The format of bytes, told by content alone; a name only refines text, and never widens.

mod bmff;
mod drawing;
mod ole;
mod text;
mod zip;

use std::io::SeekFrom;

pub use drawing::is_drawing;
pub(crate) use text::{decode as decode_text, legacy as decode_legacy, looks_binary};

use crate::{
    Error, Format, KNOWN, Result, Source,
    source::{Numbers, find, read_at},
};

/// How much of the beginning is looked at for magic numbers.
const HEAD: usize = 4096;
/// PDF readers look for the header in the first kibibyte.
const PDF_WINDOW: usize = 1024;

/// Tells the format of a whole file.
///
/// `name` may turn text into CSV, and turns text away that pretends to be a picture; it never
/// decides between anything else.
///
/// # Errors
/// `Unsupported` for what is not kept here, `Corrupt` for what is broken beyond telling.
pub fn sniff(source: &mut dyn Source, name: Option<&str>) -> Result<Format> {
    let len = source.seek(SeekFrom::End(0))?;
    if len == 0 {
        return Err(Error::corrupt("the file is empty"));
    }
    let head = read_at(source, 0, HEAD)?;
    if let Some(format) = by_magic(&head) {
        return Ok(format);
    }
    if let Some(what) = refused(&head) {
        return Err(Error::unsupported(format!("{what} are not kept here")));
    }
    let extension = extension(name);
    if let Some(format) = container(source, &head, len, extension.as_deref())? {
        return Ok(format);
    }
    if find(&head[..head.len().min(PDF_WINDOW)], b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    text::sniff(source, &head, len, extension.as_deref())
}

/// The last extension of a name, in lower case.
fn extension(name: Option<&str>) -> Option<String> {
    let (_, extension) = name?.trim_end_matches(['.', ' ']).rsplit_once('.')?;
    Some(extension.to_ascii_lowercase())
}

/// Whether an extension belongs to a format that is not text.
fn promises_media(extension: &str) -> bool {
    KNOWN.iter().any(|known| {
        !matches!(
            known.format,
            Format::Text | Format::Csv | Format::Vcard | Format::Svg
        ) && known.extensions.contains(&extension)
    })
}

/// Formats whose first bytes say enough.
fn by_magic(head: &[u8]) -> Option<Format> {
    let riff = |form: &[u8]| head.starts_with(b"RIFF") && head.get(8..12) == Some(form);
    match head {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        _ if head.starts_with(b"\x89PNG\r\n\x1a\n") => Some(Format::Png),
        _ if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") => Some(Format::Gif),
        _ if riff(b"WEBP") => Some(Format::Webp),
        _ if riff(b"WAVE") => Some(Format::Wav),
        _ if riff(b"AVI ") => Some(Format::Avi),
        _ if head.starts_with(b"fLaC") => Some(Format::Flac),
        _ if head.starts_with(b"OggS") => Some(Format::Ogg),
        _ if head.starts_with(b"#!AMR\n") || head.starts_with(b"#!AMR-WB\n") => Some(Format::Amr),
        _ if head.starts_with(b"%PDF-") => Some(Format::Pdf),
        _ if head.starts_with(b"{\\rtf") => Some(Format::Rtf),
        _ => None,
    }
}

/// Formats that are known, and known to be unwelcome.
fn refused(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"MZ", "Windows programs"),
        (b"\x7fELF", "Linux programs"),
        (b"\xcf\xfa\xed\xfe", "macOS programs"),
        (b"\xca\xfe\xba\xbe", "programs"),
        (b"#!", "scripts"),
        (b"#EXTM3U", "playlists"),
        (b"%!PS", "PostScript files"),
        (b"\xc5\xd0\xd3\xc6", "PostScript files"),
        (b"AT&TFORM", "DjVu files"),
        (b"push graphic-context", "ImageMagick scripts"),
        (b"BM", "BMP pictures"),
        (b"II*\0", "TIFF pictures"),
        (b"MM\0*", "TIFF pictures"),
        (b"\0\0\x01\0", "icons"),
        (b"8BPS", "Photoshop files"),
        (b"\x1f\x8b", "gzip archives"),
        (b"Rar!", "RAR archives"),
        (b"7z\xbc\xaf\x27\x1c", "7z archives"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media files"),
        (b"FLV\x01", "Flash videos"),
    ];
    let (_, what) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic))?;
    // Two letters are a weak sign: text may begin with them.
    if matches!(*what, "BMP pictures" | "Windows programs") && !looks_binary(head) {
        return None;
    }
    Some(what)
}

/// Formats that must be looked into.
fn container(
    source: &mut dyn Source,
    head: &[u8],
    len: u64,
    extension: Option<&str>,
) -> Result<Option<Format>> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zip::sniff(source, len, extension).map(Some);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return ole::sniff(source).map(Some);
    }
    if head.starts_with(b"\x1a\x45\xdf\xa3") {
        return Ok(Some(Format::Mkv));
    }
    if let Some(format) = bmff::sniff(head)? {
        return Ok(Some(format));
    }
    frames(source, head)
}

/// Sound without a header of its own: frames of MP3 or AAC, perhaps after an ID3 tag.
fn frames(source: &mut dyn Source, head: &[u8]) -> Result<Option<Format>> {
    let tagged = head.starts_with(b"ID3");
    let start = crate::probe::after_id3(head);
    let window = if start == 0 {
        head.to_vec()
    } else {
        read_at(source, start, HEAD)?
    };
    if window.starts_with(b"fLaC") {
        return Ok(Some(Format::Flac));
    }
    if crate::probe::is_adts(&window) {
        return Ok(Some(Format::Aac));
    }
    if crate::probe::is_mp3(&window, tagged) {
        return Ok(Some(Format::Mp3));
    }
    if tagged {
        return Err(Error::corrupt("an audio tag without sound after it"));
    }
    Ok(None)
}

/// Whether the numbers of a box header are believable: a size, then a type of four letters.
fn is_box(head: &[u8], kind: [u8; 4]) -> bool {
    head.be32(0).is_some_and(|size| size == 1 || size >= 8)
        && head.get(4..8) == Some(kind.as_slice())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn told(bytes: &[u8], name: &str) -> Result<Format> {
        sniff(&mut Cursor::new(bytes.to_vec()), Some(name))
    }

    #[test]
    fn a_name_turns_text_into_a_table_and_nothing_else() {
        assert_eq!(told(b"a,b\n1,2\n", "t.csv"), Ok(Format::Csv));
        assert_eq!(told(b"a,b\n1,2\n", "t.txt"), Ok(Format::Text));
        assert_eq!(told(b"\xff\xd8\xff\xe0JFIF", "t.csv"), Ok(Format::Jpeg));
    }

    #[test]
    fn text_that_calls_itself_a_picture_is_refused() {
        assert!(matches!(
            told(b"hello", "cat.PNG"),
            Err(Error::Unsupported { .. })
        ));
        assert!(matches!(
            told(b"hello", "cat.vcf"),
            Err(Error::Unsupported { .. })
        ));
    }

    #[test]
    fn markup_scripts_and_playlists_are_refused_under_any_name() {
        for bytes in [
            b"<!DOCTYPE html><p>".as_slice(),
            b"  \n<svg xmlns='x'/>",
            b"#!/bin/sh\n",
            b"#EXTM3U\n",
            b"push graphic-context\n",
            b"%!PS-Adobe",
        ] {
            assert!(matches!(
                told(bytes, "a.txt"),
                Err(Error::Unsupported { .. })
            ));
        }
    }

    #[test]
    fn words_that_look_like_boxes_are_still_words() {
        assert_eq!(
            told(b"The wide river, and what is free in it.", "a.txt"),
            Ok(Format::Text)
        );
        assert_eq!(
            told(b"BMW and MZ built motorcycles.", "a.txt"),
            Ok(Format::Text)
        );
    }

    #[test]
    fn emptiness_is_not_a_kind() {
        assert_eq!(told(b"", "a.ogg"), Err(Error::corrupt("the file is empty")));
    }
}
