//! Lists are narrowed by what is known of files.

use imaging::{Pixels, encode};
use library::Actor;
use model::{AssetFilter, AssetPatch, ByteSize, Limit, Orientation, RenditionFormat, Source};

use crate::support::{TestLibrary, fresh_library, text};

/// A plain picture of a size.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let data = vec![width.to_le_bytes()[0]; (width * height * 3) as usize];
    let pixels = Pixels {
        width,
        height,
        alpha: false,
        data,
    };
    encode::encode(pixels, RenditionFormat::Jpeg).expect("a picture")
}

async fn shown(library: &TestLibrary, actor: &Actor, filter: AssetFilter) -> Vec<String> {
    let page = library
        .list_assets(actor, &filter, None, Limit::default())
        .await
        .unwrap();
    let counted = library.count_assets(actor, &filter).await.unwrap();
    assert_eq!(counted, page.items.len() as u64, "{filter:?}");
    let mut names: Vec<_> = page
        .items
        .iter()
        .map(|asset| asset.name.to_string())
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn files_are_found_by_their_figures_and_by_who_added_them() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    let wide = library.upload(&anna, "wide.jpg", &picture(90, 30)).await;
    library.upload(&anna, "high.jpg", &picture(30, 90)).await;
    library.upload(&ben, "square.jpg", &picture(50, 50)).await;
    library.upload(&ben, "note.txt", &text(1, 5_000)).await;
    let patch = AssetPatch {
        alt_text: Some("A wall".parse().unwrap()),
        ..AssetPatch::default()
    };
    library.update_asset(&anna, wide.id, patch).await.unwrap();

    let all = AssetFilter::default;
    let is = |orientation| AssetFilter {
        orientation: Some(orientation),
        ..all()
    };
    let cases = [
        (is(Orientation::Landscape), vec!["wide.jpg"]),
        (is(Orientation::Portrait), vec!["high.jpg"]),
        (is(Orientation::Square), vec!["square.jpg"]),
        (
            AssetFilter {
                width_min: Some(50),
                ..all()
            },
            vec!["square.jpg", "wide.jpg"],
        ),
        (
            AssetFilter {
                width_min: Some(40),
                height_min: Some(40),
                ..all()
            },
            vec!["square.jpg"],
        ),
        (
            AssetFilter {
                size_min: Some(ByteSize::bytes(5_000)),
                ..all()
            },
            vec!["note.txt"],
        ),
        (
            AssetFilter {
                size_max: Some(ByteSize::bytes(1)),
                ..all()
            },
            vec![],
        ),
        (
            AssetFilter {
                created_by: ben.user_id(),
                ..all()
            },
            vec!["note.txt", "square.jpg"],
        ),
        (
            AssetFilter {
                described: Some(true),
                ..all()
            },
            vec!["wide.jpg"],
        ),
        (
            AssetFilter {
                described: Some(false),
                created_by: anna.user_id(),
                ..all()
            },
            vec!["high.jpg"],
        ),
        (
            AssetFilter {
                source: Some(Source::Import),
                ..all()
            },
            vec![],
        ),
        (
            AssetFilter {
                q: Some("jpg".to_owned()),
                created_by: anna.user_id(),
                ..all()
            },
            vec!["high.jpg", "wide.jpg"],
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(
            shown(&library, &anna, filter.clone()).await,
            expected,
            "{filter:?}"
        );
    }
}

#[tokio::test]
async fn several_tags_are_all_meant_and_walked_page_by_page() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for seed in 1..=6 {
        let asset = library
            .upload(&anna, &format!("{seed}.txt"), &text(seed, 50))
            .await;
        let mut tags = vec!["all".to_owned()];
        if seed % 2 == 0 {
            tags.push("even".to_owned());
        }
        library
            .tag_assets(&anna, &[asset.id], &tags, &[])
            .await
            .unwrap();
    }
    let filter = AssetFilter {
        tags: vec!["All".to_owned(), "EVEN".to_owned()],
        ..AssetFilter::default()
    };
    let two = Limit::new(2).unwrap();
    let first = library
        .list_assets(&anna, &filter, None, two)
        .await
        .unwrap();
    let second = library
        .list_assets(&anna, &filter, first.next_cursor.as_ref(), two)
        .await
        .unwrap();
    let names: Vec<_> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|asset| asset.name.as_str())
        .collect();

    assert_eq!(names, ["6.txt", "4.txt", "2.txt"]);
    assert_eq!(second.next_cursor, None);
}

#[tokio::test]
async fn of_some_files_a_filter_shows_those_that_its_list_has() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let wide = library.upload(&anna, "wide.jpg", &picture(90, 30)).await.id;
    let note = library.upload(&anna, "Beach.txt", &text(1, 500)).await.id;
    let gone = library.upload(&anna, "gone.txt", &text(2, 50)).await.id;
    let theirs = library.upload(&eve, "beach.jpg", &picture(80, 30)).await.id;
    let summer = library.folder(&anna, None, "Summer").await;
    library.upload_into(&anna, summer.id, 3).await;
    let sea = ["Sea".to_owned()];
    library
        .tag_assets(&anna, &[wide, gone], &sea, &[])
        .await
        .unwrap();
    library.trash_asset(&anna, gone).await.unwrap();
    let ids = [theirs, gone, note, wide];
    let find = async |filter: AssetFilter| {
        let found = library.find_shown(&anna, &filter, &ids).await.unwrap();
        let page = library.list_assets(&anna, &filter, None, Limit::default());
        let mut listed: Vec<_> = page.await.unwrap().items;
        listed.retain(|asset| ids.contains(&asset.id));
        let mut listed: Vec<_> = listed.into_iter().map(|asset| asset.id).collect();
        listed.sort_unstable();
        assert_eq!(found, listed, "{filter:?}");
        found
    };

    let all = AssetFilter::default;
    assert_eq!(find(all()).await, [wide, note]);
    let tagged = AssetFilter {
        tags: vec!["sea".to_owned()],
        ..all()
    };
    assert_eq!(find(tagged.clone()).await, [wide]);
    let trashed = AssetFilter {
        state: model::AssetState::Trashed,
        ..tagged
    };
    assert_eq!(find(trashed).await, [gone]);
    let wider = AssetFilter {
        width_min: Some(50),
        orientation: Some(Orientation::Landscape),
        ..all()
    };
    assert_eq!(find(wider).await, [wide]);
    let words = AssetFilter {
        q: Some("bea".to_owned()),
        ..all()
    };
    assert_eq!(find(words).await, [note]);
    let nobodys = AssetFilter {
        tags: vec!["nothing".to_owned()],
        ..all()
    };
    assert!(find(nobodys).await.is_empty());
    let found = library.find_shown(&anna, &all(), &[]).await.unwrap();
    assert!(found.is_empty());
}
