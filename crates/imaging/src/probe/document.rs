//! Pages of PDF, character sets of text, cards in a contact file.

use std::io::SeekFrom;

use super::Facts;
use crate::{
    Error, Format, Result, Source,
    sniff::{decode_text, looks_binary},
    source::read_at,
};

/// How much of a PDF is looked through for pages.
const PDF_WINDOW: usize = 8 << 20;
/// How much of a text is looked at.
const TEXT_WINDOW: usize = 64 * 1024;
/// The largest contact file: some 400 000 bare cards.
const MAX_CARDS: u64 = 16 << 20;

/// A PDF must have a header and at least one object.
pub(super) fn pdf(source: &mut dyn Source) -> Result<Facts> {
    let bytes = read_at(source, 0, PDF_WINDOW)?;
    if crate::source::find(&bytes, b" obj").is_none() {
        return Err(Error::corrupt("the document is cut off: it holds no page"));
    }
    let pages = bytes.split(|byte| *byte == b'/').collect::<Vec<_>>();
    let pages = pages
        .windows(2)
        .filter(|pair| is_page(pair[0], pair[1]))
        .count();
    let pages = u32::try_from(pages).ok().filter(|pages| *pages > 0);
    Ok(Facts {
        pages,
        ..Facts::new(Format::Pdf)
    })
}

/// Whether `/Type` is followed by `/Page`; pages packed into streams are not seen.
fn is_page(name: &[u8], next: &[u8]) -> bool {
    name.trim_ascii_end() == b"Type"
        && next.strip_prefix(b"Page").is_some_and(|rest| {
            rest.first()
                .is_none_or(|byte| !byte.is_ascii_alphanumeric())
        })
}

pub(super) fn text(source: &mut dyn Source, format: Format) -> Result<Facts> {
    let head = read_at(source, 0, TEXT_WINDOW)?;
    let charset = match decode_text(&head).1 {
        "utf-16le" | "utf-16be" => "utf-16",
        charset => charset,
    };
    Ok(Facts {
        charset: Some(charset.to_owned()),
        ..Facts::new(format)
    })
}

pub(super) fn vcard(source: &mut dyn Source) -> Result<Facts> {
    if source.seek(SeekFrom::End(0))? > MAX_CARDS {
        return Err(Error::unsupported("the contact file is larger than 16 MB"));
    }
    let bytes = read_at(source, 0, usize::try_from(MAX_CARDS).unwrap_or(usize::MAX))?;
    if looks_binary(&bytes) {
        return Err(Error::corrupt("the contact file holds something else"));
    }
    let (text, charset) = decode_text(&bytes);
    let count = |wanted: &str| {
        text.lines()
            .filter(|line| line.trim().eq_ignore_ascii_case(wanted))
            .count()
    };
    let (begun, ended) = (count("BEGIN:VCARD"), count("END:VCARD"));
    if begun == 0 || ended == 0 {
        return Err(Error::corrupt("the contact card is cut off"));
    }
    Ok(Facts {
        contacts: u32::try_from(begun.min(ended)).ok(),
        charset: Some(charset.to_owned()),
        ..Facts::new(Format::Vcard)
    })
}
