//! Why an asset was found: the places where its words stand, cut short, the words marked.

use std::ops::Range;

use model::{Asset, Hit, HitField, Span};

use crate::words::{is_found_by, places};

/// Letters before the first marked word of a long text.
const BEFORE: usize = 60;
/// Letters of a long text that are shown.
const SHOWN: usize = 180;

/// Where the words stand in an asset; its folder's name and its document's text come from elsewhere.
pub(crate) fn hits(
    asset: &Asset,
    words: &[String],
    folder: Option<&str>,
    content: Option<&str>,
) -> Vec<Hit> {
    let named = |field, texts: &[String]| -> Vec<(HitField, String)> {
        texts.iter().map(|text| (field, text.clone())).collect()
    };
    let mut places = vec![(HitField::Name, asset.name.to_string())];
    places.extend(named(HitField::Tag, &asset.tags));
    places.extend(named(HitField::Team, &asset.teams));
    places.push((HitField::AltText, asset.alt_text.to_string()));
    places.extend(folder.map(|name| (HitField::Folder, name.to_owned())));
    places.extend(content.map(|text| (HitField::Content, text.to_owned())));
    places
        .into_iter()
        .filter_map(|(field, text)| {
            let snippet = snippet(&text, words)?;
            Some(Hit { field, snippet })
        })
        .collect()
}

/// Whether each word stands in the name, the alt text, a tag or a team, so that no more need be read.
pub(crate) fn explains_all(asset: &Asset, words: &[String], folder: Option<&str>) -> bool {
    let mut text = format!("{} {}", asset.name, asset.alt_text);
    for more in asset
        .tags
        .iter()
        .chain(&asset.teams)
        .map(String::as_str)
        .chain(folder)
    {
        text.push(' ');
        text.push_str(more);
    }
    words.iter().all(|word| {
        let word = std::slice::from_ref(word);
        places(&text).any(|place| is_found_by(&text[place], word))
    })
}

/// The text around its marked words; `None` where it has none.
fn snippet(text: &str, words: &[String]) -> Option<Vec<Span>> {
    let is_marked = |place: &Range<usize>| is_found_by(&text[place.clone()], words);
    let first = places(text).find(is_marked)?.start;
    let (start, end) = window(text, first);
    let marked = places(&text[first..])
        .map(|place| first + place.start..first + place.end)
        .take_while(|place| place.end <= end)
        .filter(is_marked);
    let mut spans = Vec::new();
    let mut push = |text: &str, is_match| {
        if !text.is_empty() {
            let text = text.one_line();
            spans.push(Span { text, is_match });
        }
    };
    if start > 0 {
        push("…", false);
    }
    let mut at = start;
    for place in marked {
        push(&text[at..place.start], false);
        push(&text[place.clone()], true);
        at = place.end;
    }
    push(&text[at..end], false);
    if end < text.len() {
        push("…", false);
    }
    Some(spans)
}

/// The part of a text that is shown, begun and ended between words where it is cut.
fn window(text: &str, first: usize) -> (usize, usize) {
    if text.chars().count() <= SHOWN {
        return (0, text.len());
    }
    let back = text[..first].char_indices().rev().nth(BEFORE);
    let start = back.map_or(0, |(at, _)| {
        text[at..first]
            .find(char::is_whitespace)
            .map_or(at, |space| at + space + 1)
    });
    let start = (start..=first)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(first);
    let end = text[start..]
        .char_indices()
        .nth(SHOWN)
        .map_or(text.len(), |(at, _)| start + at);
    (start, end)
}

/// Text on one line.
trait OneLine {
    /// Every line break and tab turned into a space.
    fn one_line(&self) -> String;
}

impl OneLine for str {
    fn one_line(&self) -> String {
        self.chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, words: &[&str]) -> Option<String> {
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        let spans = snippet(text, &words)?;
        let mark = |span: Span| {
            if span.is_match {
                format!("[{}]", span.text)
            } else {
                span.text
            }
        };
        Some(spans.into_iter().map(mark).collect())
    }

    #[test]
    fn the_words_are_marked_as_they_were_written() {
        assert_eq!(
            shown("Praia de São João.jpg", &["sao", "pra"]).as_deref(),
            Some("[Praia] de [São] João.jpg")
        );
        assert_eq!(shown("Praia", &["sun"]), None);
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_of_them() {
        let text = format!("{} a lone otter {}", "sea ".repeat(99), "sand ".repeat(99));

        let shown = shown(&text, &["otter"]).unwrap();

        assert!(shown.starts_with("…sea "), "{shown}");
        assert!(shown.contains(" a lone [otter] sand"), "{shown}");
        assert!(
            shown.ends_with('…') && shown.chars().count() < 200,
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,400}", word in "[a-z]") {
            if let Some(spans) = snippet(&text, &[word]) {
                prop_assert!(spans.iter().any(|span| span.is_match) || text.chars().count() > SHOWN);
            }
        }
    }
}
