//! Words as they are looked for: without case and accents, the same for both databases.

use std::{collections::HashSet, ops::Range};

use crate::db::text::folded;

/// The longest word that is told apart, in characters.
const MAX_CHARS: usize = 64;
/// The most words of a question.
const MAX_WORDS: usize = 12;

/// A word in a text: where it stands, and what it is looked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub place: Range<usize>,
    /// The whole word first, then its parts: `Beach2024` is found by `2024`, too.
    pub keys: Vec<String>,
}

/// Where the words of a text stand, in its order.
pub(crate) fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|(_, c)| is_of_word(*c))?;
        let mut end = start + first.len_utf8();
        // Scripts without spaces are looked for letter by letter.
        while !stands_alone(first) {
            let more = |&(_, c): &(usize, char)| continues_word(c) && !stands_alone(c);
            let Some((at, c)) = rest.next_if(more) else {
                break;
            };
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// The words of a text, in its order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let token = |place: Range<usize>| {
        let keys = keys(&text[place.clone()]);
        (!keys.is_empty()).then_some(Token { place, keys })
    };
    places(text).filter_map(token).collect()
}

/// Whether a word of a text is found by one of the words of a question.
///
/// Documents have thousands of words: most are told apart without making their keys.
pub(crate) fn is_found_by(word: &str, asked: &[String]) -> bool {
    if word.is_ascii() && !asked.iter().any(|asked| holds(word, asked)) {
        return false;
    }
    let begins = |key: &String| asked.iter().any(|asked| key.starts_with(asked.as_str()));
    keys(word).iter().any(begins)
}

/// Whether a word has another in it, whatever its case.
fn holds(word: &str, other: &str) -> bool {
    let mut parts = word.as_bytes().windows(other.len().max(1));
    parts.any(|part| part.eq_ignore_ascii_case(other.as_bytes()))
}

/// Everything a text is found by, each once, with a space between; at most so many bytes.
pub(crate) fn index_words(text: &str, most: usize) -> String {
    let (mut seen, mut words) = (HashSet::new(), String::new());
    for key in tokens(text).into_iter().flat_map(|token| token.keys) {
        if words.len() + key.len() >= most {
            break;
        }
        if seen.insert(key.clone()) {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&key);
        }
    }
    words
}

/// The words of a question.
pub(crate) fn question_words(question: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in tokens(question).into_iter().take(MAX_WORDS) {
        let word = token.keys.into_iter().next().unwrap_or_default();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
}

fn continues_word(c: char) -> bool {
    is_of_word(c) || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a letter is of a script that puts no spaces between words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn keys(word: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut add = |part: &str| {
        for key in folded(part).split(|c: char| !is_of_word(c)) {
            let key: String = key.chars().take(MAX_CHARS).collect();
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
    };
    add(word);
    for part in parts(word) {
        add(part);
        add(part.trim_start_matches('0'));
    }
    keys
}

/// The parts of a word: letters and digits, and words put together `LikeThis`.
fn parts(word: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    for pair in letters.windows(2) {
        let ((_, a), (at, b)) = (pair[0], pair[1]);
        if a.is_ascii_digit() != b.is_ascii_digit() || (a.is_lowercase() && b.is_uppercase()) {
            parts.push(&word[start..at]);
            start = at;
        }
    }
    if start > 0 || word.starts_with('0') {
        parts.push(&word[start..]);
    }
    parts
}

/// What a word shares with words like it: its runs of three letters, with its ends marked.
pub(crate) fn trigrams(word: &str) -> HashSet<String> {
    let letters: Vec<char> = "  ".chars().chain(word.chars()).chain([' ']).collect();
    letters
        .windows(3)
        .map(|three| three.iter().collect())
        .collect()
}

/// How many letters must be put in, taken out, changed or swapped to make one word of another.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// How many slips a word of this length may hold.
pub(crate) fn forgiven(word: &str) -> usize {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_told_apart_without_case_and_accents() {
        assert_eq!(
            index_words("Praia de São_João (2024)-ﬁnal.JPG", 999),
            "praia de sao joao 2024 final jpg"
        );
    }

    #[test]
    fn words_put_together_are_found_by_their_parts() {
        assert_eq!(
            index_words("IMG0042 beachSunset", 999),
            "img0042 img 0042 42 beachsunset beach sunset"
        );
    }

    #[test]
    fn a_script_without_spaces_is_found_letter_by_letter() {
        assert_eq!(index_words("東京タワー2024", 999), "東 京 タ ワ ー 2024");
    }

    #[test]
    fn signs_are_no_words() {
        assert_eq!(
            question_words(r#""* - ( ) : ^ % _ ' \ 🏖"#),
            Vec::<String>::new()
        );
        assert_eq!(
            question_words("NEAR(a, b) OR a:*"),
            ["near", "a", "b", "or"]
        );
    }

    #[test]
    fn a_slip_costs_one() {
        for (a, b, slips) in [
            ("beach", "baech", 1),
            ("beach", "beah", 1),
            ("beach", "beeach", 1),
            ("beach", "reach", 1),
            ("beach", "sand", 4),
            ("", "ab", 2),
        ] {
            assert_eq!(distance(a, b), slips, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn every_key_is_plain_and_stays_itself(text in any::<String>()) {
            for token in tokens(&text) {
                prop_assert!(text.is_char_boundary(token.place.start));
                prop_assert!(text.is_char_boundary(token.place.end));
                for key in token.keys {
                    prop_assert!(!key.is_empty() && key.chars().count() <= MAX_CHARS);
                    prop_assert!(!key.contains(|c: char| c.is_whitespace() || "'\"\\:*&|!()".contains(c)));
                    prop_assert_eq!(folded(&key), key);
                }
            }
        }

        #[test]
        fn what_is_indexed_is_asked_for_alike(text in "[\\PC]{0,40}") {
            let indexed = index_words(&text, usize::MAX);
            let indexed: Vec<_> = indexed.split(' ').collect();
            for word in question_words(&text) {
                prop_assert!(indexed.contains(&word.as_str()), "{}", word);
            }
        }

        #[test]
        fn a_word_is_found_by_what_begins_a_key(text in "[\\PC]{0,40}", asked in "[a-c0-9é]{1,2}") {
            let asked = question_words(&asked);
            for token in tokens(&text) {
                let begins = token.keys.iter().any(|key| {
                    asked.iter().any(|asked| key.starts_with(asked.as_str()))
                });
                prop_assert_eq!(is_found_by(&text[token.place], &asked), begins);
            }
        }

        #[test]
        fn distance_is_the_same_both_ways(a in "[a-c]{0,6}", b in "[a-c]{0,6}") {
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
            prop_assert_eq!(distance(&a, &b) == 0, a == b);
        }
    }
}
