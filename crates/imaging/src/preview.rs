//! What there is to see of files that are no pictures.

mod archive;
mod contacts;
mod page;
mod sound;

use model::{
    Kind,
    preview::{Content, Pages},
};

use crate::{Budget, Error, Format, Result, Source, pdf, probe, sniff};

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
        (Format::Pdf, _) => pages(source, budget)?,
        (Format::Zip, _) => Content::Archive(archive::read(source)?),
        _ => page::words(source, budget)?.map_or(Content::None, Content::Text),
    })
}

/// The pages of a document alone, without its words.
///
/// # Errors
/// As [`read`], and `Unsupported` for what has no pages that can be drawn.
pub fn outline(source: &mut dyn Source, budget: &Budget) -> Result<Content> {
    let format = sniff::sniff(source, None)?;
    if format != Format::Pdf {
        return Err(Error::unsupported("it has no pages that are drawn"));
    }
    let total = pdf::count(source, budget)?;
    Ok(Content::Pages(Pages { total, text: None }))
}

/// The pages of a document that can be drawn, with its words; else its words alone.
fn pages(source: &mut dyn Source, budget: &Budget) -> Result<Content> {
    let total = match pdf::count(source, budget) {
        Err(error @ Error::TooHeavy { .. }) => return Err(error),
        total => total.ok(),
    };
    let text = page::words(source, budget).unwrap_or_default();
    Ok(match (total, text) {
        (Some(total), text) => Content::Pages(Pages { total, text }),
        (None, Some(text)) => Content::Text(text),
        (None, None) => Content::None,
    })
}
