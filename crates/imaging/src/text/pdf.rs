//! What a PDF says, page by page.

use lopdf::Document;

use crate::{Error, Result};

/// The most pages that are read.
const PAGES_MOST: usize = 200;

/// What a PDF says; a page that cannot be read is left out, and a locked one says nothing.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<String> {
    let document = Document::load_mem(bytes)
        .map_err(|error| Error::corrupt(format!("the PDF cannot be read: {error}")))?;
    let mut text = String::new();
    if document.is_encrypted() {
        return Ok(text);
    }
    for number in document.get_pages().into_keys().take(PAGES_MOST) {
        if text.len() >= most {
            break;
        }
        if let Ok(page) = document.extract_text(&[number]) {
            text.push_str(&page);
            text.push('\n');
        }
    }
    Ok(text)
}
