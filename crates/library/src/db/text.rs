//! Text as it is sorted and searched: the same in both databases, because it is made here.

use std::fmt::Write as _;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Text without case and accents: what words are looked for in.
pub(crate) fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What names sort by: without case and accents, and numbers by their value.
pub(crate) fn sort_key(text: &str) -> String {
    let folded = folded(text);
    let mut key = String::with_capacity(folded.len() + 8);
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if digits == 0 {
            key.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (number, after) = rest.split_at(digits);
        let number = number.trim_start_matches('0');
        // Longer numbers are larger ones, so their length comes first.
        let _ = write!(key, "{:03}{number}", number.len());
        rest = after;
    }
    key
}

/// The words of a question.
pub(crate) fn words(question: &str) -> Vec<String> {
    folded(question)
        .split_whitespace()
        .take(16)
        .map(str::to_owned)
        .collect()
}

/// A word in which nothing stands for anything else in a `like`.
pub(crate) fn escaped(word: &str) -> String {
    word.chars()
        .flat_map(|c| {
            let mark = matches!(c, '%' | '_' | '\\').then_some('\\');
            mark.into_iter().chain([c])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_hide_a_word() {
        assert_eq!(folded("João ÀÉÎ Straße ﬁn"), "joao aei straße fin");
    }

    #[test]
    fn numbers_sort_by_their_value() {
        let mut names = [
            "img 10.jpg",
            "IMG 9.jpg",
            "img 009b.jpg",
            "Img 1.jpg",
            "ima.jpg",
        ];
        names.sort_by_key(|name| sort_key(name));

        assert_eq!(
            names,
            [
                "ima.jpg",
                "Img 1.jpg",
                "IMG 9.jpg",
                "img 009b.jpg",
                "img 10.jpg"
            ]
        );
    }

    #[test]
    fn signs_of_patterns_stand_for_themselves() {
        assert_eq!(escaped(r"50%_a\b"), r"50\%\_a\\b");
    }
}
