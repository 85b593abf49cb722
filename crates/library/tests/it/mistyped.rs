//! A slip is forgiven beside numbers and short words, too.

use library::Actor;
use model::{AssetFilter, AssetPage, Limit};

use crate::support::{TestLibrary, fresh_library, text};

async fn search(library: &TestLibrary, actor: &Actor, words: &str) -> AssetPage {
    let filter = AssetFilter {
        q: Some(words.to_owned()),
        ..AssetFilter::default()
    };
    let page = library.list_assets(actor, &filter, None, Limit::default());
    page.await.unwrap()
}

#[tokio::test]
async fn a_slip_beside_a_number_or_a_short_word_is_forgiven() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let names = ["Beach 2024.txt", "IMG 0042 sunset.txt", "Praia de São.txt"];
    for (seed, name) in (1..).zip(names) {
        library.upload(&anna, name, &text(seed, 60)).await;
    }

    for (words, instead, name) in [
        ("baech 2024", "beach 2024", names[0]),
        ("IMG 0042 sunest", "img 0042 sunset", names[1]),
        ("praja de sao", "praia de sao", names[2]),
    ] {
        let page = search(&library, &anna, words).await;
        assert_eq!(page.searched_instead.as_deref(), Some(instead), "{words}");
        let found: Vec<_> = page
            .items
            .iter()
            .map(|asset| asset.name.to_string())
            .collect();
        assert_eq!(found, [name], "{words}");
    }
}

#[tokio::test]
async fn a_number_that_nothing_has_finds_nothing_whatever_stands_beside_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "Beach 2024.txt", &text(1, 60)).await;

    for words in ["baech 1999", "beach 1999", "1999"] {
        assert_eq!(search(&library, &anna, words).await, AssetPage::default());
    }
}
