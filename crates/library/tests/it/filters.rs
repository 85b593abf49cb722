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
