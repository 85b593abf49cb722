//! A stranger sees what is shared until it is not.

use library::media::View;
use model::{ProblemCode, RenditionFormat};

use crate::{
    media::{read, thumb},
    support::{code, fresh_library, jpeg},
};

/// The public key in an address.
fn key(url: Option<&str>) -> String {
    let url = url.expect("a public address");
    let rest = url
        .strip_prefix("https://media.example.com/m/")
        .expect("below /m/");
    rest.split_once('/').expect("a key and a name").0.to_owned()
}

/// A photo that tells where it was taken, and with what.
fn telling() -> Vec<u8> {
    let photo = jpeg(1);
    let comment = b"\xff\xfe\x00\x18taken at home by Anna\0";
    [&photo[..2], comment, &photo[2..]].concat()
}

#[tokio::test]
async fn a_shared_asset_has_one_address_until_it_is_unshared() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "Cat & dog.jpg", &jpeg(1)).await;

    let shared = library.share_asset(&anna, asset.id).await.unwrap();
    let again = library.share_asset(&anna, asset.id).await.unwrap();
    library.unshare_asset(&anna, asset.id).await.unwrap();
    let anew = library.share_asset(&anna, asset.id).await.unwrap();

    assert_eq!(asset.url, None);
    assert!(
        shared
            .url
            .as_ref()
            .unwrap()
            .ends_with("/Cat%20%26%20dog.jpg")
    );
    assert_eq!(key(shared.url.as_deref()).len(), 22);
    assert_eq!(shared.url, again.url);
    assert_ne!(key(shared.url.as_deref()), key(anew.url.as_deref()));
}

#[tokio::test]
async fn an_address_dies_with_the_share_and_with_the_trash() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    let view = thumb(RenditionFormat::Webp);

    let first = key(library
        .share_asset(&anna, asset.id)
        .await
        .unwrap()
        .url
        .as_deref());
    assert!(library.open_shared_media(&first, view).await.is_ok());
    library.unshare_asset(&anna, asset.id).await.unwrap();
    assert_eq!(
        code(library.open_shared_media(&first, view).await),
        ProblemCode::NotFound
    );

    let second = key(library
        .share_asset(&anna, asset.id)
        .await
        .unwrap()
        .url
        .as_deref());
    assert!(
        library
            .open_shared_media(&second, View::Original)
            .await
            .is_ok()
    );
    library.trash_asset(&anna, asset.id).await.unwrap();
    assert_eq!(
        code(library.open_shared_media(&second, view).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.share_asset(&anna, asset.id).await),
        ProblemCode::Conflict
    );

    let restored = library.restore_asset(&anna, asset.id).await.unwrap();
    assert_eq!(restored.url, None);
    assert_eq!(
        code(library.open_shared_media(&second, view).await),
        ProblemCode::NotFound
    );
}

#[tokio::test]
async fn the_public_sees_no_metadata_and_members_see_all() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = telling();
    let asset = library.upload(&anna, "a.jpg", &photo).await;
    let key = key(library
        .share_asset(&anna, asset.id)
        .await
        .unwrap()
        .url
        .as_deref());

    let public = library
        .open_shared_media(&key, View::Original)
        .await
        .unwrap();
    let member = library
        .open_media(&anna, asset.id, View::Original)
        .await
        .unwrap();

    let public_bytes = read(&library, &public).await;
    assert!(public_bytes.starts_with(b"\xff\xd8\xff"));
    assert!(!String::from_utf8_lossy(&public_bytes).contains("Anna"));
    assert_eq!(public_bytes.len() as u64, public.size);
    assert_eq!(read(&library, &member).await, photo);
    assert_ne!(public.etag, member.etag);
}

#[tokio::test]
async fn keys_that_were_never_given_out_open_nothing() {
    let library = fresh_library().await;
    for key in ["", "AAAAAAAAAAAAAAAAAAAAAA", "../../etc/passwd", "' or 1=1"] {
        let opened = library.open_shared_media(key, View::Original).await;
        assert_eq!(code(opened), ProblemCode::NotFound, "{key}");
    }
}
