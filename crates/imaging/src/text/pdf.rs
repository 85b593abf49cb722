//! What a PDF says, page by page.

use lopdf::{Document, LoadOptions};

use crate::{Error, Result};

/// The most pages that are read.
const PAGES_MOST: usize = 200;
/// The most bytes that one stream of a PDF may unpack to.
const UNPACKED_MOST: usize = 16 << 20;
/// In a PDF of so many pages it takes too long to look for each of them alone.
const MANY: usize = 2_000;

/// What a PDF says; a page that cannot be read is left out, and a locked one says nothing.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<String> {
    let options = LoadOptions {
        max_decompressed_size: Some(UNPACKED_MOST),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options)
        .map_err(|error| Error::corrupt(format!("the PDF cannot be read: {error}")))?;
    let mut text = String::new();
    if document.is_encrypted() {
        return Ok(text);
    }
    let pages = document.get_pages();
    let together = if pages.len() > MANY { PAGES_MOST } else { 1 };
    let numbers: Vec<_> = pages.into_keys().take(PAGES_MOST).collect();
    for some in numbers.chunks(together) {
        if text.len() >= most {
            break;
        }
        let pieces = document.extract_text_chunks_with_limit(some, UNPACKED_MOST);
        pieces
            .into_iter()
            .flatten()
            .for_each(|piece| text.push_str(&piece));
        text.push('\n');
    }
    Ok(text)
}
