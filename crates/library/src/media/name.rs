//! The name bytes are served under: a person's own, with an ending that tells no lies.

use model::FileName;

use crate::decoder::KNOWN;

/// A name whose ending is one of its media type's.
pub(crate) fn served_name(name: &FileName, mime: &str) -> FileName {
    let Some(known) = KNOWN.iter().find(|known| known.mime == mime) else {
        return name.clone();
    };
    let extension = name.extension();
    if known.extensions.contains(&extension.as_str()) {
        return name.clone();
    }
    let right = known.extensions[0];
    // An ending that is a word makes a claim; anything else after a dot is part of the name.
    let is_claim = (1..=8).contains(&extension.len())
        && extension.chars().all(|c| c.is_ascii_alphanumeric())
        && extension.chars().any(|c| c.is_ascii_alphabetic());
    let stem = if is_claim { name.stem() } else { name.as_str() };
    FileName::clean(&format!("{}.{right}", stem.trim_end_matches(['.', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(name: &str, mime: &str) -> String {
        served_name(&FileName::clean(name), mime).to_string()
    }

    #[test]
    fn an_ending_that_lies_is_put_right() {
        assert_eq!(
            served("jpeg_named_html.html", "image/jpeg"),
            "jpeg_named_html.jpg"
        );
        assert_eq!(served("photo.php.", "image/png"), "photo.php.png");
        assert_eq!(served("photo", "image/png"), "photo.png");
        assert_eq!(served("v1.2", "application/pdf"), "v1.2.pdf");
        assert_eq!(served(".htaccess", "text/plain"), ".htaccess.txt");
    }

    #[test]
    fn an_honest_ending_stays_as_it_was_written() {
        assert_eq!(served("Photo.JPEG", "image/jpeg"), "Photo.JPEG");
        assert_eq!(served("notes.md", "text/plain"), "notes.md");
    }
}
