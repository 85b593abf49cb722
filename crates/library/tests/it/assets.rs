//! Assets are renamed, described, moved, tagged, trashed, restored and purged.

use std::time::Duration;

use model::{
    AltText, AssetPatch, AssetState, ByteSize,
    EventKind::{AssetCreated, AssetRenamed, AssetShared, AssetTrashed, AssetUnshared},
    Limit, ProblemCode, UploadMetadata,
};

use crate::support::{code, fresh_library, jpeg, meta, text};

fn rename(name: &str) -> AssetPatch {
    AssetPatch {
        name: Some(name.parse().unwrap()),
        ..AssetPatch::default()
    }
}

#[tokio::test]
async fn the_second_of_two_people_who_rename_a_file_is_told() {
    let library = fresh_library().await;
    let (anna, ben) = (library.agent("anna").await, library.agent("ben").await);
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    let from = |before: &str, name: &str| AssetPatch {
        if_name: Some(before.parse().unwrap()),
        ..rename(name)
    };
    let told = |before: &str, alt: &str| AssetPatch {
        alt_text: Some(alt.parse().unwrap()),
        if_alt_text: Some(before.parse().unwrap()),
        ..AssetPatch::default()
    };
    let first = library.update_asset(&anna, asset.id, from("a.jpg", "Cat.jpg"));
    let second = library.update_asset(&ben, asset.id, from("a.jpg", "Dog.jpg"));
    let (first, second) = tokio::join!(first, second);

    let (kept, refused) = match first {
        Ok(first) => (first, second),
        refused => (second.unwrap(), refused),
    };
    assert_eq!(code(refused), ProblemCode::Conflict);
    let now = library.get_asset(&ben, asset.id).await.unwrap();
    assert_eq!(now.name, kept.name);
    let again = from(now.name.as_str(), "Dog and cat.jpg");
    library.update_asset(&ben, asset.id, again).await.unwrap();

    let said = library.update_asset(&anna, asset.id, told("", "A cat"));
    said.await.unwrap();
    let refused = library
        .update_asset(&ben, asset.id, told("", "A dog"))
        .await;
    assert_eq!(code(refused), ProblemCode::Conflict);
    let now = library.get_asset(&ben, asset.id).await.unwrap();
    assert_eq!(now.alt_text.as_str(), "A cat");
}

#[tokio::test]
async fn an_asset_is_renamed_described_moved_and_tagged_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let folder = library
        .create_folder(&anna, None, "Pets".parse().unwrap())
        .await
        .unwrap();
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;

    let patch = AssetPatch {
        alt_text: Some("A cat on a wall".parse().unwrap()),
        folder_id: Some(Some(folder.id)),
        tags: Some(vec!["Pets".into(), "cats".into(), "pets".into()]),
        ..rename("Cat ☀️.jpg")
    };
    let changed = library.update_asset(&anna, asset.id, patch).await.unwrap();

    assert_eq!(changed.name.as_str(), "Cat ☀️.jpg");
    assert_eq!(changed.alt_text.as_str(), "A cat on a wall");
    assert_eq!(
        (changed.folder_id, changed.tags),
        (Some(folder.id), vec!["cats".into(), "Pets".into()])
    );
    assert!(changed.updated_at > asset.updated_at);
    let tags = library
        .list_tags(&anna, None, Limit::default())
        .await
        .unwrap()
        .items;
    assert_eq!(
        tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(),
        ["cats", "Pets"]
    );
    let top = AssetPatch {
        folder_id: Some(None),
        ..AssetPatch::default()
    };
    assert_eq!(
        library
            .update_asset(&anna, asset.id, top)
            .await
            .unwrap()
            .folder_id,
        None
    );
}

#[tokio::test]
async fn a_change_that_cannot_be_made_changes_nothing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let hers = library
        .create_folder(&eve, None, "Hers".parse().unwrap())
        .await
        .unwrap();
    let asset = library.upload(&anna, "a.txt", b"words").await;

    let patch = AssetPatch {
        folder_id: Some(Some(hers.id)),
        ..rename("b.txt")
    };

    assert_eq!(
        code(library.update_asset(&anna, asset.id, patch).await),
        ProblemCode::NotFound
    );
    let long = AssetPatch {
        tags: Some(vec!["x".repeat(65)]),
        ..rename("b.txt")
    };
    assert_eq!(
        code(library.update_asset(&anna, asset.id, long).await),
        ProblemCode::Invalid
    );
    assert_eq!(library.get_asset(&anna, asset.id).await.unwrap(), asset);
}

#[tokio::test]
async fn assets_of_another_account_are_not_there() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let asset = library.upload(&anna, "a.txt", b"words").await;
    let id = asset.id;

    assert_eq!(
        code(library.get_asset(&eve, id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.update_asset(&eve, id, rename("b")).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.trash_asset(&eve, id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.restore_asset(&eve, id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.purge_asset(&eve, id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.share_asset(&eve, id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.unshare_asset(&eve, id).await),
        ProblemCode::NotFound
    );
    assert_eq!(library.get_asset(&anna, id).await.unwrap(), asset);
}

#[tokio::test]
async fn a_trashed_asset_can_be_restored_to_its_folder() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut into = meta("a.txt");
    into.relative_path = Some("Summer/a.txt".to_owned());
    let asset = library.try_upload(&anna, into, b"words").await.unwrap();

    let trashed = library.trash_asset(&anna, asset.id).await.unwrap();
    let usage = library.usage(&anna).await.unwrap();
    let restored = library.restore_asset(&anna, asset.id).await.unwrap();

    assert_eq!(trashed.state, AssetState::Trashed);
    let kept = trashed.purge_at.unwrap().since(trashed.trashed_at.unwrap());
    assert_eq!(kept, Duration::from_hours(30 * 24));
    assert_eq!(
        (usage.used, usage.trash),
        (ByteSize::bytes(5), ByteSize::bytes(5))
    );
    assert_eq!(
        (restored.state, restored.folder_id),
        (AssetState::Active, asset.folder_id)
    );
    assert_eq!((restored.trashed_at, restored.purge_at), (None, None));
}

#[tokio::test]
async fn only_administrators_purge_and_only_from_the_trash() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ada = library.administrator("ada").await;
    let asset = library.upload(&anna, "a.txt", &text(1, 100)).await;

    assert_eq!(
        code(library.purge_asset(&ada, asset.id).await),
        ProblemCode::Conflict
    );
    library.trash_asset(&anna, asset.id).await.unwrap();
    assert_eq!(
        code(library.purge_asset(&anna, asset.id).await),
        ProblemCode::Forbidden
    );
    library.purge_asset(&ada, asset.id).await.unwrap();

    assert_eq!(
        code(library.get_asset(&anna, asset.id).await),
        ProblemCode::NotFound
    );
    assert_eq!(library.usage(&anna).await.unwrap().used, ByteSize::ZERO);
}

#[tokio::test]
async fn names_stay_as_people_wrote_them_and_are_never_a_path() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let long = format!("{}.txt", "ü".repeat(300));
    let cases = [
        ("João & Zoë 🦊.txt", "João & Zoë 🦊.txt"),
        ("صورة.txt", "صورة.txt"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x\0.txt", "aSet-Cookie: x.txt"),
    ];
    for (seed, (name, expected)) in (0..).zip(cases) {
        let asset = library.upload(&anna, name, &text(seed, 50)).await;
        assert_eq!(asset.name.as_str(), expected);
    }
    let asset = library.upload(&anna, &long, &text(99, 50)).await;
    assert_eq!(asset.name.as_str().chars().count(), 255);
    let nameless = library
        .try_upload(&anna, UploadMetadata::default(), &jpeg(1))
        .await
        .unwrap();
    assert_eq!(nameless.name.as_str(), "untitled.jpg");
    let described: AltText = "x".parse().unwrap();
    assert_eq!(described.as_str(), "x");
}

#[tokio::test]
async fn what_was_done_is_in_the_audit_trail() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ada = library.administrator("ada").await;
    let asset = library.upload(&anna, "a.txt", b"words").await;
    library
        .update_asset(&anna, asset.id, rename("b.txt"))
        .await
        .unwrap();
    library.share_asset(&anna, asset.id).await.unwrap();
    library.trash_asset(&anna, asset.id).await.unwrap();

    let trail = library
        .list_audit(&ada, &model::AuditFilter::default(), None, Limit::default())
        .await
        .unwrap();

    let id = asset.id.to_string();
    let done: Vec<_> = trail
        .items
        .iter()
        .filter(|line| line.subject.as_ref() == Some(&id))
        .map(|line| line.kind)
        .collect();
    assert_eq!(
        done,
        [
            AssetUnshared,
            AssetTrashed,
            AssetShared,
            AssetRenamed,
            AssetCreated
        ]
    );
}
