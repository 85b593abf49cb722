//! Both tables say all, and say it in their own language.

use std::collections::BTreeSet;

use model::{Batch, ByteSize, Kind, Problem, ProblemCode, Reason};

use super::*;

/// Entries that read the same in both languages.
const SAME: [&str; 8] = [
    "details.slides",
    "text.general.bytes.one",
    "text.general.bytes.many",
    "text.general.moment",
    "text.webhooks.title",
    "upload.per_second",
    "find.filter_of",
    "details.codecs",
];

/// What of a table can be walked, entry by entry.
pub trait Entries {
    fn walk(&self, path: &str, found: &mut Vec<(String, Word)>);
}

impl Entries for Word {
    fn walk(&self, path: &str, found: &mut Vec<(String, Word)>) {
        found.push((path.to_owned(), self));
    }
}

impl Entries for Counted {
    fn walk(&self, path: &str, found: &mut Vec<(String, Word)>) {
        self.one.walk(&format!("{path}.one"), found);
        self.many.walk(&format!("{path}.many"), found);
    }
}

impl<const N: usize> Entries for [Word; N] {
    fn walk(&self, path: &str, found: &mut Vec<(String, Word)>) {
        for (index, word) in self.iter().enumerate() {
            word.walk(&format!("{path}.{index}"), found);
        }
    }
}

impl Entries for Language {
    fn walk(&self, _: &str, _: &mut Vec<(String, Word)>) {}
}

fn entries(text: &Text) -> Vec<(String, Word)> {
    let mut found = Vec::new();
    text.walk("text", &mut found);
    let find = match text.language {
        Language::English => &english::find::FIND,
        Language::Portuguese => &portuguese::find::FIND,
    };
    find.walk("find", &mut found);
    text.entry().walk("entry", &mut found);
    text.crop().walk("crop", &mut found);
    text.details().walk("details", &mut found);
    text.order().walk("order", &mut found);
    text.placements().walk("placements", &mut found);
    text.uploading().walk("upload", &mut found);
    found
}

fn both() -> impl Iterator<Item = (String, Word, Word)> {
    entries(&ENGLISH)
        .into_iter()
        .zip(entries(&PORTUGUESE))
        .map(|((path, english), (_, portuguese))| (path, english, portuguese))
}

/// What a sentence has filled in.
fn figures(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn no_entry_is_empty_or_ragged() {
    for text in [&ENGLISH, &PORTUGUESE] {
        for (path, word) in entries(text) {
            assert!(!word.is_empty(), "{path} is empty");
            assert_eq!(word.trim(), word, "{path} has room at an end");
            assert!(!word.contains("  "), "{path} has a double space: {word}");
        }
    }
}

#[test]
fn every_entry_is_translated() {
    for (path, english, portuguese) in both() {
        let same = SAME.contains(&path.as_str());
        assert_eq!(
            english == portuguese,
            same,
            "{path}: {english} / {portuguese}"
        );
    }
}

#[test]
fn both_languages_name_the_same_figures() {
    for (path, english, portuguese) in both() {
        assert_eq!(figures(english), figures(portuguese), "{path}");
    }
}

#[test]
fn one_is_one_and_nothing_is_many_only_in_english() {
    assert_eq!(ENGLISH.files(0), "0 files");
    assert_eq!(ENGLISH.files(1), "1 file");
    assert_eq!(ENGLISH.files(1_234), "1,234 files");
    assert_eq!(PORTUGUESE.files(0), "0 arquivo");
    assert_eq!(PORTUGUESE.files(1), "1 arquivo");
    assert_eq!(PORTUGUESE.files(1_234), "1.234 arquivos");
}

#[test]
fn one_file_goes_by_its_name() {
    assert_eq!(ENGLISH.trashed(1, "beach.jpg"), "beach.jpg moved to trash");
    assert_eq!(ENGLISH.trashed(3, "beach.jpg"), "3 files moved to trash");
    assert_eq!(
        PORTUGUESE.moved(2, "Verão"),
        "2 arquivos movidos para Verão"
    );
}

#[test]
fn what_is_filled_in_is_never_read_as_a_place_to_fill() {
    assert_eq!(ENGLISH.folder_created("{count}"), "Folder {count} created");
}

#[test]
fn long_work_says_how_it_ended_and_what_it_left() {
    let told = |state: &str, refused: u64| -> Batch {
        serde_json::from_value(serde_json::json!({
            "id": "bat_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "state": state, "total": 1_200, "done": 1_000,
            "changed": 900, "refused": refused, "created_at": "2026-01-01T00:00:00Z",
            "undoable": false, "stoppable": false,
        }))
        .unwrap()
    };
    let failed = Batch {
        problem: Some(Problem::not_found()),
        ..told("failed", 1)
    };

    assert_eq!(
        ENGLISH.progress(&told("finished", 0)),
        "1,000 of 1,200 done, that was all"
    );
    assert_eq!(
        ENGLISH.progress(&told("cancelled", 3)),
        "Stopped: 997 of 1,200 done, the others stay as they were · 3 could not be changed"
    );
    let said = ENGLISH.progress(&failed);
    assert!(said.starts_with("This could not go on: 999 of 1,200 done · 1 could not"));
    assert!(said.ends_with(&ENGLISH.problem(&Problem::not_found())));
}

#[test]
fn counting_ends_at_ten_thousand() {
    assert_eq!(ENGLISH.total(10_000), "10,000+ files");
    assert_eq!(PORTUGUESE.total(10_000), "10.000+ arquivos");
    assert_eq!(PORTUGUESE.total(0), "Nenhum arquivo");
}

#[test]
fn a_problem_names_its_figures_in_the_readers_way() {
    let (size, limit) = (ByteSize::bytes(7_200_000), ByteSize::megabytes(5));
    let large = Problem::too_large("praia.png", size, Kind::Image, limit);
    let long = Problem::invalid("alt_text", "Alt text has at most 2 000 characters.")
        .because(Reason::AltTextTooLong)
        .at_most(2_000);

    assert_eq!(ENGLISH.problem(&large), large.detail);
    assert_eq!(
        PORTUGUESE.problem(&large),
        "praia.png tem 7,2 MB; o máximo para imagens é 5 MB."
    );
    assert_eq!(
        ENGLISH.problem(&long),
        "Alt text has at most 2,000 characters."
    );
    assert_eq!(
        PORTUGUESE.problem(&long),
        "O texto alternativo tem no máximo 2.000 caracteres."
    );
    assert_eq!(
        PORTUGUESE.problem(&Problem::too_many_requests(1)),
        "Tentativas demais. Aguarde 1 segundo e tente de novo."
    );
}

#[test]
fn a_problem_that_says_no_more_than_its_code_is_still_told() {
    let conflict = Problem::conflict("Something only machines know of.");

    assert_eq!(ENGLISH.problem(&conflict), conflict.detail);
    assert_eq!(
        PORTUGUESE.problem(&conflict),
        "Não dá para fazer isso agora. Recarregue a página e tente de novo."
    );
}

// Some are said on plain pages alone, which the server draws.
#[cfg(feature = "ssr")]
#[test]
fn every_reason_is_told_in_both_languages_with_its_figures() {
    let mut told = BTreeSet::new();
    for reason in Reason::ALL {
        let detail = "Something only machines know of.";
        let problem = Problem {
            kind: Some(Kind::Image),
            size: Some(ByteSize::megabytes(7)),
            limit: Some(ByteSize::megabytes(5)),
            ..Problem::new(ProblemCode::Invalid, detail)
                .because(*reason)
                .named("beach.jpg")
                .at_most(7)
        };
        for text in [&ENGLISH, &PORTUGUESE] {
            for sentence in [text.problem(&problem), text.form_problem(&problem)] {
                assert!(!sentence.contains(['{', '}']), "{reason:?}: {sentence}");
                assert_ne!(sentence, detail, "{reason:?}");
                assert_ne!(sentence, text.problem.invalid, "{reason:?}");
                told.insert(sentence);
            }
        }
    }

    // Each is a sentence of its own in each language.
    assert_eq!(told.len(), Reason::ALL.len() * 2, "{told:#?}");
}
