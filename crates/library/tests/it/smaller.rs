//! AVIF: made when nothing else is to do, for readers that take it, and kept where it is smaller.

use std::time::Duration;

use futures::future::join_all;
use imaging::{Pixels, encode};
use library::{
    Actor, Library,
    media::{Media, View},
};
use model::{Asset, Preset, RenditionFormat};

use crate::{
    media::read,
    support::{TestLibrary, fresh_library, library_with},
};

const STORED: &str = "select preset || ' ' || state || ' ' || id from renditions \
    where format = 'avif'";
const NAMES: [&str; 3] = ["image/avif", "image/webp", "image/jpeg"];

const fn view(preset: Preset, format: RenditionFormat) -> View {
    View::Rendition { preset, format }
}

/// A photograph, as drawings may be smaller as WebP.
const PHOTO: &[u8] = include_bytes!("../../../../end2end/media/coffee.jpg");

/// A preview for a reader that takes AVIF.
const PREVIEW: View = view(Preset::Preview, RenditionFormat::Avif);

async fn with_photo() -> (TestLibrary, Actor, Asset) {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.jpg", PHOTO).await;
    (library, anna, asset)
}

async fn seen(library: &Library, actor: &Actor, asset: &Asset, view: View) -> Media {
    let media = library.open_media(actor, asset.id, view).await.unwrap();
    let bytes = read(library, &media).await;
    let told = match &bytes[..12] {
        [b'R', b'I', b'F', b'F', ..] => NAMES[1],
        [0xff, 0xd8, ..] => NAMES[2],
        head if head.ends_with(b"ftypavif") => NAMES[0],
        head => panic!("{head:?}"),
    };
    assert_eq!(media.mime.as_str(), told);
    assert_eq!(media.size, bytes.len() as u64);
    media
}

/// Takes the AVIFs out of the store, as a lost disk would.
async fn lose(library: &TestLibrary) -> usize {
    let store = library.store();
    let stored = store.list_with("/").recursive(true).await.unwrap();
    let lost = stored.iter().filter(|entry| {
        entry
            .path()
            .rsplit_once('.')
            .is_some_and(|(_, kind)| kind == "avif")
    });
    let lost: Vec<_> = lost.collect();
    for entry in &lost {
        store.delete(entry.path()).await.unwrap();
    }
    lost.len()
}

#[tokio::test]
async fn webp_is_served_at_once_and_avif_as_soon_as_it_is_made() {
    let (library, anna, asset) = with_photo().await;

    let first = seen(&library, &anna, &asset, PREVIEW).await;
    library.run_due_jobs().await.unwrap();
    let then = seen(&library, &anna, &asset, PREVIEW).await;

    assert_eq!(
        [first.mime.as_str(), then.mime.as_str()],
        [NAMES[1], NAMES[0]]
    );
    assert!(then.size < first.size, "{} < {}", then.size, first.size);
    assert_ne!(first.etag, then.etag);
    assert_eq!(then.name.as_str(), "a.avif");
    for (format, mime) in [(RenditionFormat::Webp, 1), (RenditionFormat::Jpeg, 2)] {
        let other = seen(&library, &anna, &asset, view(Preset::Preview, format)).await;
        assert_eq!(other.mime.as_str(), NAMES[mime]);
    }
    // A thumbnail would save too little.
    for _ in 0..2 {
        let thumb = view(Preset::Thumb, RenditionFormat::Avif);
        assert_eq!(
            seen(&library, &anna, &asset, thumb).await.mime.as_str(),
            NAMES[1]
        );
        library.run_due_jobs().await.unwrap();
    }
    assert_eq!(library.database.texts(STORED).await.len(), 1);
}

#[tokio::test]
async fn it_is_made_once_however_many_ask() {
    let (library, anna, asset) = with_photo().await;
    let looks = (0..20).map(|_| seen(&library, &anna, &asset, PREVIEW));
    join_all(looks).await;

    library.run_due_jobs().await.unwrap();
    let made = library.database.texts(STORED).await;
    let again = library.reopen().await;
    seen(&again, &anna, &asset, PREVIEW).await;
    again.run_due_jobs().await.unwrap();

    assert_eq!(made.len(), 1);
    assert_eq!(library.database.texts(STORED).await, made);
}

#[tokio::test]
async fn one_that_is_lost_is_made_again() {
    let (library, anna, asset) = with_photo().await;
    seen(&library, &anna, &asset, PREVIEW).await;
    library.run_due_jobs().await.unwrap();
    assert_eq!(lose(&library).await, 1);

    let again = library.reopen().await;
    let first = seen(&again, &anna, &asset, PREVIEW).await;
    again.run_due_jobs().await.unwrap();
    let then = seen(&again, &anna, &asset, PREVIEW).await;

    assert_eq!(
        [first.mime.as_str(), then.mime.as_str()],
        [NAMES[1], NAMES[0]]
    );
}

#[tokio::test]
async fn one_that_is_no_smaller_is_not_kept_and_not_tried_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let flat = Pixels {
        width: 8,
        height: 8,
        alpha: false,
        data: vec![90; 8 * 8 * 3],
    };
    let flat = encode::png(&flat).unwrap();
    let asset = library.upload(&anna, "flat.png", &flat).await;

    seen(&library, &anna, &asset, PREVIEW).await;
    library.run_due_jobs().await.unwrap();
    let known = library.database.texts(STORED).await;
    let again = library.reopen().await;
    let media = seen(&again, &anna, &asset, PREVIEW).await;
    again.run_due_jobs().await.unwrap();

    assert_eq!(media.mime.as_str(), NAMES[1]);
    assert!(known[0].starts_with("preview larger "), "{known:?}");
    assert_eq!(library.database.texts(STORED).await, known);
    assert_eq!(lose(&library).await, 0);
}

#[tokio::test]
async fn it_is_outside_the_quota_clean_to_a_check_and_collected_with_its_original() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let asset = library.upload(&ada, "a.jpg", PHOTO).await;
    seen(&library, &ada, &asset, PREVIEW).await;
    library.run_due_jobs().await.unwrap();
    library.clock.advance(Duration::from_hours(48));

    assert_eq!(library.meter(&ada).await.unwrap().used, asset.size);
    let report = library.fsck(true).await.unwrap();
    assert!(report.is_clean(), "{report:?}");

    library.trash_asset(&ada, asset.id).await.unwrap();
    library.purge_asset(&ada, asset.id).await.unwrap();
    library.clock.advance(Duration::from_hours(26));
    library.collect_garbage().await.unwrap();
    assert_eq!(lose(&library).await, 0);
    assert!(library.database.texts(STORED).await.is_empty());
}

#[tokio::test]
async fn an_operator_can_do_without() {
    let library = library_with(|config| config.avif = false).await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.jpg", PHOTO).await;

    for _ in 0..2 {
        let media = seen(&library, &anna, &asset, PREVIEW).await;
        assert_eq!(media.mime.as_str(), NAMES[1]);
        library.run_due_jobs().await.unwrap();
    }
    assert!(library.database.texts(STORED).await.is_empty());
}
