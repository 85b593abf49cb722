//! A file replaced under its id and address, what it was before, and the way back.

use library::{Actor, media::View};
use model::{
    Asset, AssetId, AuditFilter, ByteSize, Crop, CropTarget, Edit, EventKind, Limit, ProblemCode,
    Reason, UploadMetadata, Version, placement::Region,
};

use crate::support::{TestLibrary, body, code, fresh_library, jpeg, png, problem, text};

async fn try_replace(
    library: &TestLibrary,
    actor: &Actor,
    id: AssetId,
    bytes: &[u8],
    if_version: Option<u32>,
) -> library::Result<Asset> {
    let metadata = UploadMetadata::default();
    let staged = library.stage_file(actor, &metadata, None, body(bytes));
    let staged = staged.await?;
    library.replace_asset(actor, id, staged, if_version).await
}

async fn replace(library: &TestLibrary, actor: &Actor, id: AssetId, bytes: &[u8]) -> Asset {
    try_replace(library, actor, id, bytes, None).await.unwrap()
}

async fn history(library: &TestLibrary, actor: &Actor, id: AssetId) -> Vec<Version> {
    let page = library.list_versions(actor, id, None, Limit::default());
    page.await.unwrap().items
}

async fn bytes(library: &TestLibrary, actor: &Actor, id: AssetId, number: u32) -> Vec<u8> {
    let media = library.open_version(actor, id, number, View::Original);
    crate::media::read(library, &media.await.unwrap()).await
}

#[tokio::test]
async fn a_replaced_file_keeps_its_id_address_and_words() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let before = library.upload(&anna, "beach.jpg", &jpeg(1)).await;
    let before = library.share_asset(&anna, before.id).await.unwrap();

    let after = replace(&library, &anna, before.id, &png(64, 48)).await;

    assert_eq!((after.id, after.version), (before.id, 2));
    assert_eq!((after.width, after.height), (Some(64), Some(48)));
    // What it is called follows what it is.
    assert_eq!(after.name.as_str(), "beach.png");
    assert_ne!(after.fingerprint(), before.fingerprint());
    let key = |asset: &Asset| {
        let url = asset.url.clone().expect("shared");
        url.rsplit('/').nth(1).map(str::to_owned)
    };
    assert_eq!(key(&after), key(&before));
    let (ada, filter) = (library.administrator("ada").await, AuditFilter::default());
    let lines = library.list_audit(&ada, &filter, None, Limit::default());
    let kinds: Vec<_> = lines
        .await
        .unwrap()
        .items
        .iter()
        .map(|line| line.kind)
        .collect();
    assert!(kinds.contains(&EventKind::AssetReplaced), "{kinds:?}");
}

#[tokio::test]
async fn the_history_tells_who_when_and_what() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    let asset = library.upload(&anna, "note.txt", b"one").await;
    library.clock.advance(std::time::Duration::from_mins(1));
    replace(&library, &ben, asset.id, b"two words").await;

    let versions = history(&library, &anna, asset.id).await;

    let told: Vec<_> = versions
        .iter()
        .map(|one| (one.number, one.size.as_u64(), one.is_current))
        .collect();
    assert_eq!(told, [(2, 9, true), (1, 3, false)]);
    assert_eq!(versions[0].created_by, ben.user_id());
    assert_eq!(versions[1].created_by, anna.user_id());
    assert!(versions[0].created_at > versions[1].created_at);
    assert!(!versions[0].is_made && versions[0].created_by_name.is_some());
    assert_eq!(bytes(&library, &anna, asset.id, 1).await, b"one");
    assert_eq!(bytes(&library, &anna, asset.id, 2).await, b"two words");
    let page = library.list_versions(&anna, asset.id, None, Limit::new(1).unwrap());
    let page = page.await.unwrap();
    let rest = library.list_versions(
        &anna,
        asset.id,
        page.next_cursor.as_ref(),
        Limit::new(1).unwrap(),
    );
    let rest = rest.await.unwrap();
    assert_eq!(
        (page.items, rest.items),
        (versions[..1].to_vec(), versions[1..].to_vec())
    );
    assert_eq!(rest.next_cursor, None);
}

#[tokio::test]
async fn an_earlier_version_comes_back_as_a_new_one() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    replace(&library, &anna, asset.id, &png(64, 48)).await;
    let used = library.usage(&anna).await.unwrap().used;

    let back = library
        .revert_asset(&anna, asset.id, 1, Some(2))
        .await
        .unwrap();
    let again = library
        .revert_asset(&anna, asset.id, 3, None)
        .await
        .unwrap();

    assert_eq!((back.version, back.sha256), (3, asset.sha256));
    assert_eq!(
        (back.width, back.mime.as_str()),
        (asset.width, "image/jpeg")
    );
    assert_eq!(back.name.as_str(), "a.jpg");
    assert_eq!(again.version, 3, "it shows that already");
    // The same bytes are kept once.
    assert_eq!(library.usage(&anna).await.unwrap().used, used);
    assert_eq!(library.staged(), Vec::<String>::new());
    let media = library.open_version(
        &anna,
        asset.id,
        2,
        crate::media::thumb(model::RenditionFormat::Webp),
    );
    assert!(
        crate::media::read(&library, &media.await.unwrap())
            .await
            .starts_with(b"RIFF")
    );
}

#[tokio::test]
async fn a_crop_that_comes_back_can_be_cropped_anew() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let edit = Edit {
        region: Some(Region {
            x: 8,
            y: 8,
            width: 20,
            height: 10,
        }),
        ..Edit::default()
    };
    let crop = Crop {
        edit,
        target: CropTarget::Version,
        if_version: None,
        name: None,
    };
    library.crop_asset(&anna, photo.id, crop).await.unwrap();
    let replaced = replace(&library, &anna, photo.id, &jpeg(2)).await;

    let back = library
        .revert_asset(&anna, photo.id, 2, None)
        .await
        .unwrap();

    assert_eq!(replaced.derived_from, None);
    assert_eq!((back.width, back.height), (Some(20), Some(10)));
    let from = back.derived_from.expect("it knows what it was made of");
    assert_eq!(
        (from.asset_id, from.version, from.edit),
        (photo.id, 1, edit)
    );
    let made: Vec<_> = history(&library, &anna, photo.id)
        .await
        .iter()
        .map(|one| one.is_made)
        .collect();
    assert_eq!(made, [true, false, true, false]);
}

#[tokio::test]
async fn copies_of_a_replaced_picture_are_offered_to_be_made_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let crop = Crop {
        edit: Edit::default(),
        target: CropTarget::Copy,
        if_version: None,
        name: None,
    };
    let copy = library.crop_asset(&anna, photo.id, crop).await.unwrap();

    replace(&library, &anna, photo.id, &png(32, 24)).await;

    let copy = library.get_asset(&anna, copy.id).await.unwrap();
    assert!(copy.derived_from.expect("a copy").is_outdated);
    let made = library.remake_asset(&anna, copy.id, None).await.unwrap();
    assert_eq!((made.width, made.height), (Some(32), Some(24)));
}

#[tokio::test]
async fn what_cannot_take_its_place_is_refused_and_nothing_is_kept() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let asset = library.upload(&anna, "a.jpg", &jpeg(1)).await;
    let used = library.usage(&anna).await.unwrap().used;

    let other = problem(try_replace(&library, &anna, asset.id, b"words", None).await);
    let damaged = try_replace(&library, &anna, asset.id, &jpeg(2)[..200], None).await;
    let stale = problem(try_replace(&library, &anna, asset.id, &jpeg(2), Some(7)).await);
    let hers = try_replace(&library, &eve, asset.id, &jpeg(2), None).await;
    let unknown = library.revert_asset(&anna, asset.id, 9, None).await;
    let theirs = library.revert_asset(&eve, asset.id, 1, None).await;

    assert_eq!(
        (other.code, other.reason),
        (ProblemCode::UnsupportedKind, Some(Reason::OtherKind))
    );
    assert_eq!(code(damaged), ProblemCode::CorruptFile);
    assert_eq!(stale.reason, Some(Reason::ChangedMeanwhile));
    assert_eq!(code(hers), ProblemCode::NotFound);
    assert_eq!(code(unknown), ProblemCode::NotFound);
    assert_eq!(code(theirs), ProblemCode::NotFound);
    library.trash_asset(&anna, asset.id).await.unwrap();
    let trashed = problem(try_replace(&library, &anna, asset.id, &jpeg(2), None).await);
    assert_eq!(trashed.reason, Some(Reason::InTrash));
    assert_eq!(library.get_asset(&anna, asset.id).await.unwrap().version, 1);
    assert_eq!(library.usage(&anna).await.unwrap().used, used);
    assert_eq!(library.staged(), Vec::<String>::new());
}

#[tokio::test]
async fn of_two_who_replace_at_once_the_second_is_told() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.txt", b"first").await;

    let (one, two) = (text(1, 100), text(2, 100));
    let (one, other) = tokio::join!(
        try_replace(&library, &anna, asset.id, &one, Some(1)),
        try_replace(&library, &anna, asset.id, &two, Some(1)),
    );

    let (won, lost): (Vec<_>, Vec<_>) = [one, other].into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 1));
    for outcome in lost {
        assert_eq!(problem(outcome).reason, Some(Reason::ChangedMeanwhile));
    }
    assert_eq!(history(&library, &anna, asset.id).await.len(), 2);
}

#[tokio::test]
async fn a_replacement_counts_and_no_quota_is_passed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.txt", &text(1, 1_000)).await;

    replace(&library, &anna, asset.id, &text(2, 3_000)).await;

    // Both are kept, as one can go back.
    assert_eq!(
        library.usage(&anna).await.unwrap().used,
        ByteSize::bytes(4_000)
    );
    library.trash_asset(&anna, asset.id).await.unwrap();
    library
        .purge_asset(&library.administrator("ada").await, asset.id)
        .await
        .unwrap();
    assert_eq!(library.usage(&anna).await.unwrap().used, ByteSize::ZERO);
}
