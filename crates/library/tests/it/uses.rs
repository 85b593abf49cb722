//! Which files nobody used: seen, downloaded and delivered count, thumbnails in a grid do not.

use std::time::Duration;

use library::{Actor, media::View, zips::ZipOf};
use model::{AssetFilter, AssetSort, Limit, Preset, RenditionFormat, Selection};

use crate::support::{TestLibrary, fresh_library, jpeg, text};

async fn unused(library: &TestLibrary, actor: &Actor) -> Vec<String> {
    let filter = AssetFilter {
        used: Some(false),
        sort: AssetSort::Largest,
        ..AssetFilter::default()
    };
    let page = library.list_assets(actor, &filter, None, Limit::default());
    let names = page.await.unwrap().items.into_iter();
    names.map(|asset| asset.name.to_string()).collect()
}

const fn rendition(preset: Preset) -> View {
    View::Rendition {
        preset,
        format: RenditionFormat::Webp,
    }
}

#[tokio::test]
async fn what_is_opened_downloaded_or_delivered_is_used() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut notes = Vec::new();
    for (index, name) in ["opened", "shared", "signed", "zipped", "left"]
        .iter()
        .enumerate()
    {
        let note = text(index as u64, 1_000 + index * 100);
        notes.push(
            library
                .upload(&anna, &format!("{name}.txt"), &note)
                .await
                .id,
        );
    }
    let all = [
        "left.txt",
        "zipped.txt",
        "signed.txt",
        "shared.txt",
        "opened.txt",
    ];
    assert_eq!(unused(&library, &anna).await, all);

    let opened = library.open_media(&anna, notes[0], View::Original);
    opened.await.unwrap();
    let shared = library.share_asset(&anna, notes[1]).await.unwrap();
    let address = shared.url.unwrap();
    let key = address.split("/m/").nth(1).unwrap().split('/').next();
    let delivered = library.open_shared_media(key.unwrap(), View::Original);
    delivered.await.unwrap();
    let zip = ZipOf::Assets(Selection::Ids(vec![notes[3]]));
    library.open_zip(&anna, zip).await.unwrap();
    assert_eq!(unused(&library, &anna).await, ["left.txt", "signed.txt"]);

    let filter = AssetFilter {
        used: Some(true),
        ..AssetFilter::default()
    };
    assert_eq!(library.count_assets(&anna, &filter).await.unwrap(), 3);
}

#[tokio::test]
async fn a_thumbnail_in_a_grid_is_not_a_use_and_a_preview_is() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "a.jpg", &jpeg(1)).await;

    let seen = library.open_media(&anna, photo.id, rendition(Preset::Thumb));
    seen.await.unwrap();
    assert_eq!(unused(&library, &anna).await, ["a.jpg"]);

    let seen = library.open_media(&anna, photo.id, rendition(Preset::Preview));
    seen.await.unwrap();
    assert_eq!(unused(&library, &anna).await, Vec::<String>::new());
}

#[tokio::test]
async fn uses_outlive_the_process_that_saw_them() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = library.upload(&anna, "a.txt", &text(1, 1_000)).await;
    let opened = library.open_media(&anna, note.id, View::Original);
    opened.await.unwrap();
    library.clock.advance(Duration::from_mins(2));

    library.close().await;
    let again = library.reopen().await;

    let filter = AssetFilter {
        used: Some(true),
        ..AssetFilter::default()
    };
    assert_eq!(again.count_assets(&anna, &filter).await.unwrap(), 1);
}

#[tokio::test]
async fn the_largest_come_first_page_by_page_also_where_some_are_as_large() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    library.upload(&eve, "theirs.txt", &text(9, 9_000)).await;
    for (seed, size) in (1..).zip([300, 900, 500, 500, 500, 100]) {
        let name = format!("{seed}.txt");
        library.upload(&anna, &name, &text(seed, size)).await;
    }
    let filter = AssetFilter {
        used: Some(false),
        sort: AssetSort::Largest,
        ..AssetFilter::default()
    };

    let (mut names, mut cursor) = (Vec::new(), None);
    loop {
        let two = Limit::new(2).unwrap();
        let page = library.list_assets(&anna, &filter, cursor.as_ref(), two);
        let page = page.await.unwrap();
        names.extend(page.items.iter().map(|asset| asset.name.to_string()));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }

    // Of those that are as large, the newest.
    let expected = ["2.txt", "5.txt", "4.txt", "3.txt", "1.txt", "6.txt"];
    assert_eq!(names, expected);
}
