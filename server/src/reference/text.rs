//! Text on its way into the page: nothing of it is markup but what is made here.

use std::fmt::Write as _;

/// Text that cannot be mistaken for markup.
pub fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Paragraphs with `code` and **what matters**, as descriptions are written.
pub fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(str::trim);
    let drawn: Vec<_> = paragraphs
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", line(paragraph)))
        .collect();
    drawn.concat()
}

/// The same within a line.
pub fn line(text: &str) -> String {
    let strong = paired(&plain(text), "**", "strong");
    paired(&strong, "`", "code")
}

/// Puts every second piece between marks into an element.
fn paired(text: &str, mark: &str, element: &str) -> String {
    let pieces: Vec<&str> = text.split(mark).collect();
    if pieces.len().is_multiple_of(2) {
        // A mark without its other half is a sign like any other.
        return text.to_owned();
    }
    let mut drawn = String::with_capacity(text.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        if at % 2 == 0 {
            drawn.push_str(piece);
        } else {
            let _ = write!(drawn, "<{element}>{piece}</{element}>");
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_drawn_and_are_no_markup() {
        let drawn = paragraphs("**One** `a<b>`.\n\n\"Two\" & `three");

        assert_eq!(
            drawn,
            "<p><strong>One</strong> <code>a&lt;b&gt;</code>.</p>\n\
             <p>&quot;Two&quot; &amp; `three</p>\n"
        );
    }
}
