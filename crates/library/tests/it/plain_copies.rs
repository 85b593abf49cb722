//! Copies on the same bytes.

use library::plain_copies::NewCopy;
use model::{AltText, AssetPatch, AssetState, ByteSize, FileName, FocalPoint, ProblemCode, Reason};

use crate::support::{code, fresh_library, jpeg, problem, text};

fn named(name: &str) -> NewCopy {
    NewCopy {
        name: Some(FileName::clean(name)),
        ..NewCopy::default()
    }
}

#[tokio::test]
async fn a_copy_says_what_its_original_says_and_costs_nothing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let bytes = jpeg(1);
    let photo = library.upload(&anna, "beach.jpg", &bytes).await;
    let summer = library.create_folder(&anna, None, FileName::clean("Summer"));
    let summer = summer.await.unwrap().id;
    let patch = AssetPatch {
        alt_text: Some("A beach".parse::<AltText>().unwrap()),
        folder_id: Some(Some(summer)),
        tags: Some(vec!["sea".to_owned()]),
        focal_point: Some(Some(FocalPoint::new(10, 20).unwrap())),
        ..AssetPatch::default()
    };
    let photo = library.update_asset(&anna, photo.id, patch).await.unwrap();
    library.share_asset(&anna, photo.id).await.unwrap();

    let copy = library.copy_asset(&anna, photo.id, NewCopy::default());
    let copy = copy.await.unwrap();

    assert_ne!(copy.id, photo.id);
    assert_eq!(copy.name.as_str(), "beach copy.jpg");
    assert_eq!((copy.sha256, copy.size), (photo.sha256, photo.size));
    assert_eq!((copy.width, copy.height), (photo.width, photo.height));
    assert_eq!(copy.folder_id, Some(summer));
    assert_eq!(copy.tags, photo.tags);
    assert_eq!(copy.alt_text, photo.alt_text);
    assert_eq!(copy.focal_point, photo.focal_point);
    assert!(copy.has_renditions);
    assert_eq!((copy.version, copy.url, copy.derived_from), (1, None, None));
    let used = library.usage(&anna).await.unwrap().used;
    assert_eq!(used, ByteSize::bytes(bytes.len() as u64));
    assert!(library.fsck(false).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_copy_lives_without_its_original() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = library.upload(&ada, "note.txt", &text(1, 100)).await;
    let summer = library.create_folder(&ada, None, FileName::clean("Summer"));
    let summer = summer.await.unwrap().id;
    let there = NewCopy {
        folder_id: Some(Some(summer)),
        ..named("other.txt")
    };
    let copy = library.copy_asset(&ada, note.id, there).await.unwrap();
    assert_eq!(copy.folder_id, Some(summer));

    library.trash_asset(&ada, note.id).await.unwrap();
    library.purge_asset(&ada, note.id).await.unwrap();
    library.collect_garbage().await.unwrap();

    let kept = library.get_asset(&ada, copy.id).await.unwrap();
    assert_eq!(
        (kept.name.as_str(), kept.state),
        ("other.txt", AssetState::Active)
    );
    assert_eq!(library.usage(&ada).await.unwrap().used, note.size);
}

#[tokio::test]
async fn what_lies_in_the_trash_is_not_copied() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let note = library.upload(&anna, "note.txt", &text(1, 100)).await;

    let stolen = library.copy_asset(&eve, note.id, NewCopy::default()).await;
    assert_eq!(code(stolen), ProblemCode::NotFound);
    library.trash_asset(&anna, note.id).await.unwrap();
    let refused = library.copy_asset(&anna, note.id, NewCopy::default()).await;
    assert_eq!(problem(refused).reason, Some(Reason::InTrash));
}
