//! The beginning of a text, as it is written, and the words of a document.

use model::preview::TextPage;

use crate::{Budget, Result, Source, sniff::decode_text, source::read_at, text};

/// The most of a text that is shown, in bytes.
const MOST: usize = 64 * 1024;

/// The beginning of a text.
pub(super) fn plain(source: &mut dyn Source) -> Result<TextPage> {
    let bytes = read_at(source, 0, MOST + 1)?;
    let is_cut = bytes.len() > MOST;
    let (text, charset) = decode_text(&bytes[..bytes.len().min(MOST)]);
    // A letter cut in two at the end says nothing.
    let text = text.trim_end_matches('\u{fffd}').replace("\r\n", "\n");
    Ok(TextPage {
        text: text.replace('\0', "\u{fffd}"),
        charset: Some(charset.to_owned()),
        is_cut,
    })
}

/// The words of a document, without what they look like; nothing where it says none.
pub(super) fn words(source: &mut dyn Source, budget: &Budget) -> Result<Option<TextPage>> {
    let text = text::read(source, budget)?;
    let is_cut = text.len() + 4 > text::MOST;
    let text = text.trim().to_owned();
    Ok((!text.is_empty()).then_some(TextPage {
        text,
        charset: None,
        is_cut,
    }))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_long_text_ends_between_letters_and_says_so() {
        let text = format!("x{}", "é".repeat(MOST));
        let page = plain(&mut Cursor::new(text.into_bytes())).expect("text");

        assert!(
            page.is_cut && page.text.ends_with('é'),
            "{}",
            page.text.len()
        );
        assert_eq!(page.charset.as_deref(), Some("utf-8"));
    }

    #[test]
    fn text_of_windows_has_its_own_signs() {
        let page = plain(&mut Cursor::new(
            b"Ol\xe1 \x93mundo\x94 \x80 5\r\n".to_vec(),
        ));

        let page = page.expect("text");
        assert_eq!(page.text, "Olá “mundo” € 5\n");
        assert_eq!(page.charset.as_deref(), Some("windows-1252"));
    }
}
