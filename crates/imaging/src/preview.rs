//! What there is to see of files that are no pictures.

mod archive;
mod contacts;
mod page;
mod sound;

use model::{Kind, preview::Content};

use crate::{Budget, Format, Result, Source, probe, sniff};

/// What is in a file, as far as it is shown.
///
/// # Errors
/// `TooHeavy` for what needs more room, `Unsupported` or `Corrupt`, as for any other question.
pub fn read(source: &mut dyn Source, budget: &Budget) -> Result<Content> {
    let format = match sniff::sniff(source, None)? {
        // Sound and films begin alike: what is in them tells.
        film if film.kind() == Kind::Video => probe::probe(source, film)?.format,
        format => format,
    };
    Ok(match (format, format.kind()) {
        (_, Kind::Image | Kind::Video) => Content::None,
        (_, Kind::Audio) => sound::read(source, budget)?.map_or(Content::None, Content::Waveform),
        (Format::Vcard, _) => Content::Contacts(contacts::read(source)?),
        (Format::Text | Format::Csv, _) => Content::Text(page::plain(source)?),
        (Format::Zip, _) => Content::Archive(archive::read(source)?),
        _ => page::words(source, budget)?.map_or(Content::None, Content::Text),
    })
}
