//! Bytes on their way out.

use std::time::Duration;

use futures::TryStreamExt as _;
use library::{
    Library,
    media::{Media, Signed, View, Wish},
};
use model::{Preset, ProblemCode, RenditionFormat};

use crate::support::{TestLibrary, at, code, fresh_library, jpeg, text};

pub async fn read(library: &Library, media: &Media) -> Vec<u8> {
    range(library, media, 0..media.size).await
}

async fn range(library: &Library, media: &Media, range: std::ops::Range<u64>) -> Vec<u8> {
    let pieces: Vec<_> = library
        .stream_media(media, range)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat()
}

pub const fn thumb(format: RenditionFormat) -> View {
    View::Rendition {
        preset: Preset::Thumb,
        format,
    }
}

#[tokio::test]
async fn an_original_comes_back_byte_for_byte_in_any_range() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 300_000);
    let asset = library.upload(&anna, "a.txt", &note).await;

    let media = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();

    assert_eq!((media.size, media.mime.as_str()), (300_000, "text/plain"));
    assert_eq!(media.fingerprint, asset.fingerprint());
    for part in [
        0..1,
        5..5,
        131_071..131_073,
        299_999..300_000,
        0..300_000,
        1..2,
    ] {
        let expected =
            &note[usize::try_from(part.start).unwrap()..usize::try_from(part.end).unwrap()];
        assert_eq!(
            range(&library, &media, part.clone()).await,
            expected,
            "{part:?}"
        );
    }
    assert_eq!(range(&library, &media, 299_990..999_999).await.len(), 10);
}

#[tokio::test]
async fn a_large_original_comes_in_small_pieces() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = text(1, 3_000_000);
    let asset = library.upload(&anna, "a.txt", &note).await;
    let media = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();

    let pieces: Vec<_> = library
        .stream_media(&media, 0..media.size)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();

    assert!(pieces.iter().all(|piece| piece.len() <= 1 << 20));
    assert_eq!(pieces.concat(), note);
}

#[tokio::test]
async fn renditions_are_made_once_in_the_format_that_is_asked_for() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "Cat.jpeg", &jpeg(1)).await;

    for (preset, format) in [
        (Preset::Thumb, RenditionFormat::Webp),
        (Preset::Thumb, RenditionFormat::Jpeg),
        (Preset::Preview, RenditionFormat::Webp),
        (Preset::Preview, RenditionFormat::Jpeg),
    ] {
        let view = View::Rendition { preset, format };
        let media = library.open_media(&anna, asset.id, view).await.unwrap();
        let bytes = read(&library, &media).await;
        let magic: &[u8] = match format {
            RenditionFormat::Webp => b"RIFF",
            RenditionFormat::Jpeg => b"\xff\xd8\xff",
            RenditionFormat::Avif => unreachable!("made later"),
        };
        assert!(bytes.starts_with(magic), "{view:?}");
        assert_eq!(media.mime.as_str(), format.mime());
        assert_eq!(media.name.as_str(), format!("Cat.{}", format.extension()));
    }
    library.run_due_jobs().await.unwrap();
    assert_eq!(
        library
            .database
            .texts("select id from renditions")
            .await
            .len(),
        4
    );
}

#[tokio::test]
async fn what_has_no_renditions_has_none() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.txt", b"words").await;

    let opened = library
        .open_media(&anna, asset.id, thumb(RenditionFormat::Webp))
        .await;

    assert_eq!(code(opened), ProblemCode::NotFound);
    assert!(!asset.has_renditions);
}

/// Takes the thumbnails out of the store.
async fn lose_thumbs(library: &TestLibrary) {
    let store = library.store();
    for entry in store.list_with("/").recursive(true).await.unwrap() {
        if entry.path().contains(".thumb.") {
            store.delete(entry.path()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_rendition_that_is_lost_after_it_was_opened_is_made_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    let opened = library
        .open_media(&anna, asset.id, thumb(RenditionFormat::Webp))
        .await
        .unwrap();
    lose_thumbs(&library).await;

    let streamed = library.stream_media(&opened, 0..opened.size).await;
    let again = library.reopen_media(&opened).await.unwrap();

    assert!(matches!(streamed.err(), Some(library::Error::Lost)));
    assert!(read(&library, &again).await.starts_with(b"RIFF"));
}

#[tokio::test]
async fn a_rendition_that_a_power_cut_took_is_made_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    lose_thumbs(&library).await;

    let media = library
        .open_media(&anna, asset.id, thumb(RenditionFormat::Webp))
        .await
        .unwrap();

    assert!(read(&library, &media).await.starts_with(b"RIFF"));
}

#[tokio::test]
async fn tags_of_equal_bytes_tell_nothing_across_accounts() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let mut tags = Vec::new();
    for actor in [&anna, &anna, &eve] {
        let asset = library.upload(actor, "a.txt", b"the same words").await;
        let media = library
            .open_media(actor, asset.id, View::Original)
            .await
            .unwrap();
        tags.push(media.etag);
    }

    assert_eq!(tags[0], tags[1]);
    assert_ne!(tags[0], tags[2]);
}

#[tokio::test]
async fn an_ending_that_would_run_is_not_served() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library
        .upload(&anna, "jpeg_named_html.html", &jpeg(1))
        .await;

    let media = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();

    assert_eq!(asset.name.as_str(), "jpeg_named_html.html");
    assert_eq!(media.name.as_str(), "jpeg_named_html.html.jpg");
}

#[tokio::test]
async fn a_signed_address_is_good_for_a_while_and_for_one_thing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    let other = library.upload(&anna, "b.jpg", &jpeg(2)).await;
    let minute = Duration::from_mins(1);
    let wish = Wish {
        preset: None,
        download: false,
        lifetime: minute,
    };

    let link = library.sign_media(&anna, asset.id, wish).await.unwrap();
    let stolen = library.sign_media(&eve, asset.id, wish).await;

    assert_eq!(code(stolen), ProblemCode::NotFound);
    let (path, query) = link.url.split_once('?').unwrap();
    let expected = format!("https://media.example.com/m/signed/{}/a.jpg", asset.id);
    assert_eq!(path, expected);
    let (_, signature) = query.split_once("&signature=").unwrap();
    let signed = Signed {
        id: asset.id,
        preset: None,
        name: "a.jpg".to_owned(),
        download: false,
        expires: link.expires_at,
    };
    let others = [
        Signed {
            id: other.id,
            ..signed.clone()
        },
        Signed {
            preset: Some(Preset::Thumb),
            ..signed.clone()
        },
        Signed {
            name: "a.html".to_owned(),
            ..signed.clone()
        },
        Signed {
            download: true,
            ..signed.clone()
        },
        Signed {
            expires: link.expires_at.after(minute),
            ..signed.clone()
        },
    ];
    let client = at("203.0.113.5");
    let open = async |signed: &Signed| {
        let format = RenditionFormat::Webp;
        library
            .open_signed_media(signed, signature, format, &client)
            .await
    };
    library.clock.advance(minute / 4);
    let (media, left) = open(&signed).await.unwrap();
    assert_eq!(read(&library, &media).await, jpeg(1));
    assert!(left <= minute / 4 * 3 && left > minute / 2, "{left:?}");
    for other in &others {
        assert_eq!(code(open(other).await), ProblemCode::NotFound, "{other:?}");
    }
    library.clock.advance(minute);
    assert_eq!(code(open(&signed).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_download_under_way_ends_whole_though_the_file_is_purged() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let book = text(1, 3_000_000);
    let id = library.upload(&ada, "book.txt", &book).await.id;
    let media = library.open_media(&ada, id, View::Original).await.unwrap();
    let mut pieces = library.stream_media(&media, 0..media.size).await.unwrap();
    let first = pieces.try_next().await.unwrap().expect("bytes");
    assert!(first.len() < book.len(), "there is more to come");

    library.trash_asset(&ada, id).await.unwrap();
    library.purge_asset(&ada, id).await.unwrap();
    library.collect_garbage().await.unwrap();

    let rest: Vec<_> = pieces.try_collect().await.unwrap();
    assert!([vec![first], rest].concat().concat() == book);
    let again = library.open_media(&ada, id, View::Original).await;
    assert_eq!(code(again), ProblemCode::NotFound);
}
