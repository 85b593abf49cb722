//! Words find files: by name, alt text, tag, team, folder and what documents say.

mod documents;
mod names;
mod slips;

use library::Actor;
use model::{
    AssetFilter, AssetPage, AssetPatch, AssetSort, AssetState, HitField, Kind, Limit, ProblemCode,
};

use crate::support::{TestLibrary, code, fresh_library, jpeg, meta, text};

async fn search(library: &TestLibrary, actor: &Actor, words: &str) -> AssetPage {
    let filter = AssetFilter {
        q: Some(words.to_owned()),
        sort: AssetSort::Relevance,
        ..AssetFilter::default()
    };
    page(library, actor, &filter).await
}

async fn page(library: &TestLibrary, actor: &Actor, filter: &AssetFilter) -> AssetPage {
    library
        .list_assets(actor, filter, None, Limit::default())
        .await
        .expect("a list is shown")
}

async fn found(library: &TestLibrary, actor: &Actor, words: &str) -> Vec<String> {
    let page = search(library, actor, words).await;
    page.items
        .iter()
        .map(|asset| asset.name.to_string())
        .collect()
}

/// Gives an asset an alt text and tags.
fn described(alt: &str, tags: &[&str]) -> AssetPatch {
    AssetPatch {
        alt_text: Some(alt.parse().unwrap()),
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        ..AssetPatch::default()
    }
}

/// A photo of this name, with an alt text and tags.
async fn photo(library: &TestLibrary, actor: &Actor, name: &str, patch: AssetPatch) {
    let seed = name.bytes().fold(0_u8, u8::wrapping_add);
    let asset = library.upload(actor, name, &jpeg(seed)).await;
    library.update_asset(actor, asset.id, patch).await.unwrap();
}

#[tokio::test]
async fn the_best_match_comes_first_and_of_equals_the_newest() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "seaside.jpg", AssetPatch::default()).await;
    photo(&library, &anna, "old sea.jpg", AssetPatch::default()).await;
    photo(
        &library,
        &anna,
        "waves.jpg",
        described("The sea at noon", &[]),
    )
    .await;
    photo(&library, &anna, "sand.jpg", described("", &["Seashells"])).await;
    photo(&library, &anna, "new sea.jpg", AssetPatch::default()).await;
    photo(&library, &anna, "hills.jpg", AssetPatch::default()).await;

    assert_eq!(
        found(&library, &anna, "sea").await,
        [
            "new sea.jpg",
            "old sea.jpg",
            "seaside.jpg",
            "sand.jpg",
            "waves.jpg"
        ]
    );
    assert_eq!(found(&library, &anna, "sea jpg").await.len(), 5);
    assert_eq!(found(&library, &anna, "old seas").await, [""; 0]);
    assert_eq!(found(&library, &anna, "SÉA óld").await, ["old sea.jpg"]);
}

#[tokio::test]
async fn pages_of_a_search_hold_everything_once_in_every_order() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for (seed, name) in (1..).zip(["sea b.txt", "seaside.txt", "a sea.txt", "c.txt", "sea.txt"]) {
        let asset = library
            .upload(&anna, name, &text(seed, 60 + name.len()))
            .await;
        let patch = described("the sea", &[]);
        library.update_asset(&anna, asset.id, patch).await.unwrap();
    }
    for sort in AssetSort::ALL {
        let filter = AssetFilter {
            q: Some("sea".to_owned()),
            sort,
            ..AssetFilter::default()
        };
        let whole = page(&library, &anna, &filter).await.items;
        assert_eq!(whole.len(), 5, "{sort:?}");
        let (mut walked, mut cursor) = (Vec::new(), None);
        loop {
            let two = Limit::new(2).unwrap();
            let page = library
                .list_assets(&anna, &filter, cursor.as_ref(), two)
                .await
                .unwrap();
            walked.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(walked, whole, "{sort:?}");
        assert_eq!(library.count_assets(&anna, &filter).await.unwrap(), 5);
    }
}

#[tokio::test]
async fn every_hit_says_where_its_words_stand() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut note = meta("Notes.txt");
    note.relative_path = Some("São Paulo/Notes.txt".to_owned());
    let body = b"We met at the harbor.\nThe otter slept on the pier.";
    library.try_upload(&anna, note, body).await.unwrap();
    photo(
        &library,
        &anna,
        "Otter.jpg",
        described("An otter asleep", &["River otters"]),
    )
    .await;
    library.run_due_jobs().await.unwrap();

    let page = search(&library, &anna, "otter").await;
    let fields: Vec<Vec<_>> = page
        .items
        .iter()
        .map(|asset| asset.hits.iter().map(|hit| hit.field).collect())
        .collect();
    assert_eq!(
        fields,
        [
            vec![HitField::Name, HitField::Tag, HitField::AltText],
            vec![HitField::Content]
        ]
    );
    let marked: Vec<_> = page.items[1].hits[0]
        .snippet
        .iter()
        .map(|span| (span.text.as_str(), span.is_match))
        .collect();
    assert_eq!(
        marked,
        [
            ("We met at the harbor. The ", false),
            ("otter", true),
            (" slept on the pier.", false)
        ]
    );
    let page = search(&library, &anna, "paulo sao").await;
    assert_eq!(page.items[0].hits[0].field, HitField::Folder);
    assert!(search(&library, &anna, "harbor otter").await.items.len() == 1);
}

#[tokio::test]
async fn words_and_filters_narrow_together() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "sea.jpg", described("", &["Blue"])).await;
    let note = library.upload(&anna, "sea.txt", &text(1, 50)).await;
    let gone = library.upload(&anna, "sea gone.txt", &text(2, 50)).await;
    library.trash_asset(&anna, gone.id).await.unwrap();
    let of = |filter: AssetFilter| AssetFilter {
        q: Some("sea".to_owned()),
        ..filter
    };
    let all = AssetFilter::default;
    for (filter, expected) in [
        (
            AssetFilter {
                kind: Some(Kind::Document),
                ..all()
            },
            "sea.txt",
        ),
        (
            AssetFilter {
                tags: vec!["blue".to_owned()],
                ..all()
            },
            "sea.jpg",
        ),
        (
            AssetFilter {
                state: AssetState::Trashed,
                ..all()
            },
            "sea gone.txt",
        ),
        (
            AssetFilter {
                created_after: Some(note.created_at),
                ..all()
            },
            "",
        ),
    ] {
        let page = page(&library, &anna, &of(filter.clone())).await;
        let names: Vec<_> = page.items.iter().map(|asset| asset.name.as_str()).collect();
        assert_eq!(names.join(","), expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_question_is_malformed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for seed in 1..4 {
        library.upload(&anna, "sea.txt", &text(seed, 50)).await;
    }
    let one = Limit::new(1).unwrap();
    let all = AssetFilter::default();
    let words = AssetFilter {
        q: Some("sea".to_owned()),
        ..AssetFilter::default()
    };
    let plain = library.list_assets(&anna, &all, None, one).await.unwrap();
    let asked = library.list_assets(&anna, &words, None, one).await.unwrap();

    let crossed = library
        .list_assets(&anna, &words, plain.next_cursor.as_ref(), one)
        .await;
    assert_eq!(code(crossed), ProblemCode::Malformed);
    let crossed = library
        .list_assets(&anna, &all, asked.next_cursor.as_ref(), one)
        .await;
    assert_eq!(code(crossed), ProblemCode::Malformed);
}

#[tokio::test]
async fn a_file_that_is_gone_for_good_is_not_found() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = library.upload(&ada, "sea.txt", &text(1, 50)).await;
    let kept = library.upload(&ada, "sea too.txt", &text(1, 50)).await;
    library.run_due_jobs().await.unwrap();
    library.trash_asset(&ada, note.id).await.unwrap();
    library.purge_asset(&ada, note.id).await.unwrap();

    assert_eq!(found(&library, &ada, "sea").await, ["sea too.txt"]);
    library.trash_asset(&ada, kept.id).await.unwrap();
    library.restore_asset(&ada, kept.id).await.unwrap();
    assert_eq!(found(&library, &ada, "sea").await, ["sea too.txt"]);
}

#[tokio::test]
async fn words_find_what_lies_in_the_trash_or_the_archive_as_it_lies_now() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut ids = Vec::new();
    for (seed, name) in ["sea one.txt", "sea two.txt", "sea three.txt"]
        .into_iter()
        .enumerate()
    {
        let made = library.upload(&anna, name, &text(seed as u64, 60)).await;
        ids.push(made.id);
    }
    let of = async |state| {
        let mut names = Vec::new();
        for sort in [AssetSort::Relevance, AssetSort::Newest, AssetSort::Name] {
            let filter = AssetFilter {
                q: Some("sea".to_owned()),
                state,
                sort,
                ..AssetFilter::default()
            };
            let page = page(&library, &anna, &filter).await;
            let count = library.count_assets(&anna, &filter).await.unwrap();
            assert_eq!(count, page.items.len() as u64);
            let shown = page.items.iter().map(|asset| asset.name.to_string());
            let mut shown: Vec<_> = shown.collect();
            shown.sort_unstable();
            names.push(shown);
        }
        assert!(names.iter().all(|shown| *shown == names[0]), "{names:?}");
        names.remove(0)
    };

    library.trash_asset(&anna, ids[0]).await.unwrap();
    library.archive_asset(&anna, ids[1]).await.unwrap();
    assert_eq!(of(AssetState::Active).await, ["sea three.txt"]);
    assert_eq!(of(AssetState::Trashed).await, ["sea one.txt"]);
    assert_eq!(of(AssetState::Archived).await, ["sea two.txt"]);

    library.restore_asset(&anna, ids[0]).await.unwrap();
    library.trash_asset(&anna, ids[1]).await.unwrap();
    let both = ["sea one.txt", "sea three.txt"];
    assert_eq!(of(AssetState::Active).await, both);
    assert_eq!(of(AssetState::Trashed).await, ["sea two.txt"]);
    assert_eq!(of(AssetState::Archived).await, [""; 0]);
}
