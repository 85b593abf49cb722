//! Whether bytes are a drawing in SVG, by its first element; it is never read any further.

use super::{HEAD, extension, looks_binary, promises_media};
use crate::{Result, Source, source::read_at};

/// Whether it is a drawing, under a name that promises nothing else.
///
/// # Errors
/// Where the bytes cannot be read.
pub fn is_drawing(source: &mut dyn Source, name: Option<&str>) -> Result<bool> {
    if extension(name).is_some_and(|extension| promises_media(&extension)) {
        return Ok(false);
    }
    let head = read_at(source, 0, HEAD)?;
    let (text, _) = super::decode_text(&head);
    Ok(!looks_binary(&head) && begins(&text))
}

/// Looks for the first element behind what may stand before it.
fn begins(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!DOCTYPE") {
            ">"
        } else {
            break;
        };
        let Some((passed, more)) = rest.split_once(end) else {
            return false;
        };
        // What defines words of its own is no drawing for us.
        if passed.starts_with("<!DOCTYPE") && passed.contains('[') {
            return false;
        }
        rest = more.trim_start();
    }
    rest.strip_prefix("<svg")
        .is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n', '>', '/']))
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn a_drawing_begins_with_its_element() {
        for text in [
            "<svg/>",
            "\u{feff} <svg xmlns='http://www.w3.org/2000/svg'>",
            "<?xml version='1.0'?>\n<!-- by hand -->\n<svg>",
            "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd'><svg>",
        ] {
            assert!(begins(text), "{text}");
        }
        for text in [
            "",
            "<html><svg/>",
            "<svgs/>",
            "<!-- <svg/>",
            "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg>&a;</svg>",
            "words <svg/>",
        ] {
            assert!(!begins(text), "{text}");
        }
    }
}
