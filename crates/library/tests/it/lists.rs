//! Lists are walked page by page, in every order, and words find what they should.

use std::collections::HashSet;

use library::{Actor, Library};
use model::{
    Asset, AssetFilter, AssetPatch, AssetSort, AssetState, Cursor, Kind, Limit, ProblemCode,
};

use crate::support::{TestLibrary, code, fresh_library, jpeg, meta, text};

async fn walk(library: &Library, actor: &Actor, filter: &AssetFilter, limit: u32) -> Vec<Asset> {
    let limit = Limit::new(limit).unwrap();
    let (mut all, mut cursor) = (Vec::new(), None::<Cursor>);
    loop {
        let page = library
            .list_assets(actor, filter, cursor.as_ref(), limit)
            .await
            .unwrap();
        assert!(page.items.len() <= limit.get() as usize);
        all.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return all,
        }
    }
}

async fn names(library: &Library, actor: &Actor, filter: AssetFilter) -> Vec<String> {
    let all = walk(library, actor, &filter, 200).await;
    all.iter().map(|asset| asset.name.to_string()).collect()
}

async fn shelf(library: &TestLibrary, actor: &Actor) {
    for (seed, name) in (1..).zip(["b 10.txt", "B 9.txt", "ärger.txt", "a.txt", "c.txt"]) {
        let length = usize::try_from(60 + seed * 7 % 5).unwrap();
        library.upload(actor, name, &text(seed, length)).await;
    }
}

#[tokio::test]
async fn every_order_is_walked_whole_without_doubles() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    shelf(&library, &anna).await;

    for sort in AssetSort::ALL {
        let filter = AssetFilter {
            sort,
            ..AssetFilter::default()
        };
        let whole = walk(&library, &anna, &filter, 200).await;
        for limit in 1..=6 {
            assert_eq!(
                walk(&library, &anna, &filter, limit).await,
                whole,
                "{sort:?} by {limit}"
            );
        }
        let ids: HashSet<_> = whole.iter().map(|asset| asset.id).collect();
        assert_eq!(ids.len(), 5);
        let in_order = whole.is_sorted_by(|a, b| match sort {
            AssetSort::Newest | AssetSort::Relevance => a.created_at > b.created_at,
            AssetSort::Oldest => a.created_at < b.created_at,
            AssetSort::Largest => a.size >= b.size,
            AssetSort::Name => true,
        });
        assert!(in_order, "{sort:?}");
    }
    let by_name = AssetFilter {
        sort: AssetSort::Name,
        ..AssetFilter::default()
    };
    assert_eq!(
        names(&library, &anna, by_name).await,
        ["a.txt", "ärger.txt", "B 9.txt", "b 10.txt", "c.txt"]
    );
}

#[tokio::test]
async fn what_is_added_meanwhile_moves_nothing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    shelf(&library, &anna).await;
    let filter = AssetFilter::default();
    let two = Limit::new(2).unwrap();
    let first = library
        .list_assets(&anna, &filter, None, two)
        .await
        .unwrap();

    library.upload(&anna, "new.txt", &text(77, 50)).await;
    let second = library
        .list_assets(&anna, &filter, first.next_cursor.as_ref(), two)
        .await
        .unwrap();

    let seen: Vec<_> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|a| a.name.as_str())
        .collect();
    assert_eq!(seen, ["c.txt", "a.txt", "ärger.txt", "B 9.txt"]);
}

#[tokio::test]
async fn a_cursor_of_another_order_is_malformed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    shelf(&library, &anna).await;
    let one = Limit::new(1).unwrap();
    let page = library
        .list_assets(&anna, &AssetFilter::default(), None, one)
        .await
        .unwrap();
    let by_name = AssetFilter {
        sort: AssetSort::Name,
        ..AssetFilter::default()
    };

    let listed = library
        .list_assets(&anna, &by_name, page.next_cursor.as_ref(), one)
        .await;
    let made_up = Cursor("bm9uc2Vuc2U".to_owned());
    let made_up = library
        .list_assets(&anna, &by_name, Some(&made_up), one)
        .await;

    assert_eq!(code(listed), ProblemCode::Malformed);
    assert_eq!(code(made_up), ProblemCode::Malformed);
}

#[tokio::test]
async fn words_find_names_alt_texts_and_tags_whatever_their_case_and_accents() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let beach = library
        .upload(&anna, "Praia de São João.txt", &text(1, 50))
        .await;
    library.upload(&anna, "100%_sure.txt", &text(2, 50)).await;
    let patch = AssetPatch {
        alt_text: Some("Ein Hund läuft am STRAND".parse().unwrap()),
        tags: Some(vec!["Holiday".to_owned()]),
        ..AssetPatch::default()
    };
    library.update_asset(&anna, beach.id, patch).await.unwrap();

    for (question, found) in [
        ("sao joao", 1),
        ("JOÃO praia", 1),
        ("hund strand", 1),
        ("hund katze", 0),
        ("holiday praia", 1),
        ("100%_su", 1),
        ("sure 1", 1),
        ("1_0", 0),
        ("%", 0),
        ("  ", 2),
        ("' or 1=1 --", 0),
    ] {
        let filter = AssetFilter {
            q: Some(question.to_owned()),
            ..AssetFilter::default()
        };
        assert_eq!(
            library.count_assets(&anna, &filter).await.unwrap(),
            found,
            "{question:?}"
        );
        assert_eq!(
            names(&library, &anna, filter).await.len() as u64,
            found,
            "{question:?}"
        );
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_folder_kind_tag_state_and_time() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut note = meta("note.txt");
    note.relative_path = Some("Notes/note.txt".to_owned());
    note.tags = vec!["Work".to_owned()];
    let note = library.try_upload(&anna, note, b"words").await.unwrap();
    let photo = library.upload(&anna, "photo.jpg", &jpeg(1)).await;
    let gone = library.upload(&anna, "gone.txt", &text(3, 50)).await;
    library.trash_asset(&anna, gone.id).await.unwrap();

    let all = AssetFilter::default;
    let cases = [
        (
            AssetFilter {
                folder_id: note.folder_id,
                ..all()
            },
            vec!["note.txt"],
        ),
        (
            AssetFilter {
                kind: Some(Kind::Image),
                ..all()
            },
            vec!["photo.jpg"],
        ),
        (
            AssetFilter {
                tags: vec!["WORK".into()],
                ..all()
            },
            vec!["note.txt"],
        ),
        (
            AssetFilter {
                state: AssetState::Trashed,
                ..all()
            },
            vec!["gone.txt"],
        ),
        (
            AssetFilter {
                created_after: Some(note.created_at),
                ..all()
            },
            vec!["photo.jpg"],
        ),
        (
            AssetFilter {
                created_before: Some(photo.created_at),
                ..all()
            },
            vec!["note.txt"],
        ),
        (
            AssetFilter {
                tags: vec!["play".into()],
                ..all()
            },
            vec![],
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(
            names(&library, &anna, filter.clone()).await,
            expected,
            "{filter:?}"
        );
        assert_eq!(
            library.count_assets(&anna, &filter).await.unwrap(),
            expected.len() as u64
        );
    }
}

#[tokio::test]
async fn other_accounts_see_nothing_of_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    shelf(&library, &anna).await;

    let filter = AssetFilter::default();

    assert!(walk(&library, &eve, &filter, 50).await.is_empty());
    assert_eq!(library.count_assets(&eve, &filter).await.unwrap(), 0);
    assert!(
        library
            .list_tags(&eve, None, Limit::default())
            .await
            .unwrap()
            .items
            .is_empty()
    );
}
