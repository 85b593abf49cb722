//! What people type: slips of the pen, strange signs and beginnings still find, or find nothing.

use model::{AssetPage, AssetPatch};
use proptest::strategy::{Strategy as _, ValueTree as _};

use super::{described, found, photo, search};
use crate::support::{fresh_library, text};

#[tokio::test]
async fn a_slip_of_the_pen_still_finds_and_says_so() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "Beach holiday.jpg", AssetPatch::default()).await;
    photo(
        &library,
        &anna,
        "City.jpg",
        described("", &["Architecture"]),
    )
    .await;

    // No job has run yet: as while many others come in.
    for (words, instead) in [
        ("baech", "beach"),
        ("beach holyday", "beach holiday"),
        ("arhcitec", "architecture"),
    ] {
        let page = search(&library, &anna, words).await;
        assert_eq!(page.searched_instead.as_deref(), Some(instead), "{words}");
        assert_eq!(page.items.len(), 1, "{words}");
    }
    let right = search(&library, &anna, "beach").await;
    assert_eq!(right.searched_instead, None);
    let nothing = search(&library, &anna, "zzzzzz").await;
    assert_eq!((nothing.items.len(), nothing.searched_instead), (0, None));
    // A word that others have is no hint to anybody else.
    let eve = library.stranger("eve").await;
    assert_eq!(search(&library, &eve, "baech").await, AssetPage::default());
    assert_eq!(search(&library, &eve, "beach").await, AssetPage::default());
}

#[tokio::test]
async fn what_others_call_their_files_is_nothing_to_who_has_no_such_word() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    photo(&library, &anna, "Beach.jpg", AssetPatch::default()).await;
    photo(&library, &eve, "City.jpg", AssetPatch::default()).await;
    // All words have been learned after the first that finds nothing.
    assert!(found(&library, &eve, "zzzzzz").await.is_empty());

    assert!(found(&library, &eve, "beach").await.is_empty());
    // What comes now has not been learned when it is looked for.
    photo(&library, &eve, "Beachcomber.jpg", AssetPatch::default()).await;
    assert_eq!(found(&library, &eve, "beach").await, ["Beachcomber.jpg"]);
    let tagged = described("", &["Beach"]);
    photo(&library, &eve, "Village.jpg", tagged).await;
    assert_eq!(found(&library, &eve, "beach").await.len(), 2);
    assert_eq!(found(&library, &eve, "city jpg").await, ["City.jpg"]);
    assert!(found(&library, &eve, "city zebra").await.is_empty());
}

#[tokio::test]
async fn no_words_are_too_strange_to_look_for() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "NEAR or AND.txt", &text(1, 50)).await;
    let operators = [
        "\"",
        "*",
        "-",
        "(",
        ")",
        ":",
        "^",
        "'",
        "\\",
        "&",
        "|",
        "!",
        "<->",
        "%",
        "_",
        "\0",
        "🏖",
        "AND",
        "OR",
        "NOT",
        "NEAR(a b)",
        "name:x",
        "{refs}: a",
        "a*b",
        "\"a",
        "a'b\\",
        "x:*ABC",
    ];
    for words in operators {
        search(&library, &anna, words).await;
        search(&library, &anna, &format!("near {words} or")).await;
        search(&library, &anna, &format!("{words}near{words}")).await;
    }
    assert_eq!(found(&library, &anna, "near AND or").await.len(), 1);

    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60 {
        let words = "[\\PC\"'*()^:&|!\\\\-]{0,40}"
            .new_tree(&mut runner)
            .unwrap()
            .current();
        search(&library, &anna, &words).await;
    }
}

#[tokio::test]
async fn the_beginning_of_a_very_long_word_finds_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let long = "Donaudampfschifffahrtsgesellschaftskapitän.txt";
    library.upload(&anna, long, &text(1, 50)).await;
    library
        .upload(&anna, "Donaudampfer.txt", &text(2, 50))
        .await;
    library.run_due_jobs().await.unwrap();

    assert_eq!(found(&library, &anna, "donaudampf").await.len(), 2);
    assert_eq!(found(&library, &anna, "donaudampfschifff").await, [long]);
    // What came a moment ago is found before its words are learned.
    library
        .upload(&anna, "Donaudampfbad.txt", &text(3, 50))
        .await;
    assert_eq!(found(&library, &anna, "donaudampf").await.len(), 3);
}
