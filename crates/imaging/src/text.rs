//! What documents say: words to be found by, in their order, cut at a measure.

mod compound;
pub(crate) mod markup;
mod office;
mod pdf;
pub(crate) mod rtf;

use crate::{
    Budget, Format, Result, Source, sniff,
    source::{read_all, read_at},
};

/// The most text of one document, in bytes.
pub(crate) const MOST: usize = 64 * 1024;

/// How much of RTF is read, which holds its pictures between its words.
const RTF_MOST: usize = 16 << 20;

/// What a document says, at most 64 KiB of it; nothing where it says nothing we can read.
///
/// # Errors
/// `Unsupported` or `Corrupt`, as for any other question.
pub fn read(source: &mut dyn Source, budget: &Budget) -> Result<String> {
    let format = sniff::sniff(source, None)?;
    let text = match format {
        Format::Pdf => pdf::read(&read_all(source, budget.max_input)?, MOST)?,
        Format::Text | Format::Csv | Format::Vcard => {
            let bytes = read_at(source, 0, MOST)?;
            sniff::decode_text(&bytes).0.into_owned()
        }
        Format::Rtf => rtf::read(&read_at(source, 0, RTF_MOST)?, MOST).text,
        Format::Doc | Format::Xls | Format::Ppt => compound::read(source, format, MOST),
        _ => office::read(source, format, MOST)?,
    };
    Ok(cut(text, MOST))
}

/// At most so many bytes, ended between letters; without zeros, which no database keeps.
fn cut(mut text: String, most: usize) -> String {
    text.retain(|letter| letter != '\0');
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or(0));
    text
}
