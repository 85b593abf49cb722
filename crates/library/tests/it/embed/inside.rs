//! What an embed session sees: its folder and those below, its kinds, and nothing of the trash.

use library::{
    Actor,
    embed::NewEmbedSession,
    media::{View, Wish},
    uploads::NewUpload,
};
use model::{
    Asset, AssetFilter, AssetId, AssetPatch, AssetState, ByteSize, Crop, CropTarget, Edit,
    FileName, FolderFilter, FolderId, FolderParent, Kind, KnownBy, Limit, ProblemCode, Role,
    UploadMetadata, placement::Region,
};

use super::{letter, picker, wide};
use crate::support::{TestLibrary, body, code, fresh_library, meta, png, text};

/// A library with a folder in a folder in a folder, and a page that sees the second.
struct Ground {
    library: TestLibrary,
    shop: Actor,
    page: Actor,
    above: FolderId,
    root: FolderId,
    below: FolderId,
}

impl Ground {
    async fn prepare(kinds: &[Kind]) -> Self {
        let library = fresh_library().await;
        let shop = library.token("Acme", Role::Administrator, &[]).await;
        let folder = async |parent, name: &str| {
            let made = library.create_folder(&shop, parent, FileName::clean(name));
            made.await.unwrap().id
        };
        let above = folder(None, "Secret plans").await;
        let root = folder(Some(above), "Campaigns").await;
        let below = folder(Some(root), "Summer").await;
        let wanted = NewEmbedSession {
            folder_id: Some(root),
            kinds: kinds.to_vec(),
            ..wide()
        };
        let page = picker(&library, &shop, wanted).await;
        Self {
            library,
            shop,
            page,
            above,
            root,
            below,
        }
    }

    /// A picture in a folder, with a tag.
    async fn picture(&self, folder: Option<FolderId>, name: &str, tag: &str) -> Asset {
        let metadata = UploadMetadata {
            folder_id: folder,
            tags: vec![tag.to_owned()],
            ..meta(name)
        };
        let size = 20 + u32::try_from(name.len()).unwrap();
        self.library
            .try_upload(&self.shop, metadata, &png(size, 20))
            .await
            .expect("a picture is brought")
    }

    /// What the page is shown of a list.
    async fn listed(&self, filter: AssetFilter) -> Vec<AssetId> {
        let listed = self
            .library
            .list_assets(&self.page, &filter, None, Limit::default());
        let listed = listed.await.unwrap().items;
        listed.into_iter().map(|asset| asset.id).collect()
    }
}

/// The codes of everything that can be asked about one asset.
async fn answers(ground: &Ground, id: AssetId) -> Vec<ProblemCode> {
    let Ground { library, page, .. } = ground;
    let wish = Wish {
        preset: None,
        download: false,
        lifetime: std::time::Duration::from_hours(1),
    };
    let fit = "push-web-image".parse().unwrap();
    vec![
        code(library.get_asset(page, id).await),
        code(library.open_media(page, id, View::Original).await),
        code(library.sign_media(page, id, wish).await),
        code(library.judge_asset(page, id, None, Limit::default()).await),
        code(library.share_asset(page, id).await),
        code(library.crop_asset(page, id, crop()).await),
        code(library.fit_asset(page, id, &fit, None).await),
        code(
            library
                .record_usage(page, id, letter(), KnownBy::Picker)
                .await,
        ),
    ]
}

fn crop() -> Crop {
    let region = Region {
        x: 0,
        y: 0,
        width: 8,
        height: 8,
    };
    Crop {
        edit: Edit {
            region: Some(region),
            ..Edit::default()
        },
        target: CropTarget::Copy,
        if_version: None,
        name: None,
    }
}

#[tokio::test]
async fn what_lies_outside_answers_like_what_does_not_exist() {
    let ground = Ground::prepare(&[]).await;
    let inside = ground.picture(Some(ground.root), "in.png", "sea").await;
    let deeper = ground.picture(Some(ground.below), "deep.png", "sea").await;
    let higher = ground.picture(Some(ground.above), "high.png", "sea").await;
    let at_top = ground.picture(None, "atop.png", "sea").await;
    let away = ground.library.stranger("away").await;
    let theirs = ground
        .library
        .upload(&away, "theirs.txt", &text(1, 40))
        .await;
    let gone = ground.picture(Some(ground.root), "gone.png", "sea").await;
    ground
        .library
        .trash_asset(&ground.shop, gone.id)
        .await
        .unwrap();

    for hidden in [&higher, &at_top, &theirs, &gone] {
        let answers = answers(&ground, hidden.id).await;
        let all_alike = answers.iter().all(|code| *code == ProblemCode::NotFound);
        assert!(all_alike, "{}: {answers:?}", hidden.name);
    }
    let both = [deeper.id, inside.id];
    assert_eq!(ground.listed(AssetFilter::default()).await, both);
    let all = AssetFilter::default;
    let words = |q: &str| AssetFilter {
        q: Some(q.to_owned()),
        ..all()
    };
    let in_folder = |id| AssetFilter {
        folder_id: Some(id),
        ..all()
    };
    let tagged = AssetFilter {
        tags: vec!["sea".to_owned()],
        ..all()
    };
    let trashed = AssetFilter {
        state: AssetState::Trashed,
        ..all()
    };
    for (filter, found) in [
        (words("sea"), both.to_vec()),
        (tagged, both.to_vec()),
        (in_folder(ground.below), vec![deeper.id]),
        (in_folder(ground.above), Vec::new()),
        (words("high"), Vec::new()),
        (trashed, Vec::new()),
    ] {
        assert_eq!(ground.listed(filter.clone()).await, found, "{filter:?}");
    }
    assert!(
        ground
            .library
            .open_media(&ground.page, inside.id, View::Original)
            .await
            .is_ok()
    );
    assert!(
        ground
            .library
            .share_asset(&ground.page, deeper.id)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn what_is_moved_out_is_gone_at_once() {
    let ground = Ground::prepare(&[]).await;
    let picture = ground.picture(Some(ground.below), "in.png", "sea").await;
    let seen = async || {
        ground
            .library
            .get_asset(&ground.page, picture.id)
            .await
            .is_ok()
    };
    assert!(seen().await);
    let to = async |folder| {
        let patch = AssetPatch {
            folder_id: Some(folder),
            ..AssetPatch::default()
        };
        let moved = ground.library.update_asset(&ground.shop, picture.id, patch);
        moved.await.unwrap();
    };

    to(Some(ground.above)).await;
    assert!(!seen().await);
    to(Some(ground.root)).await;
    assert!(seen().await);
}

#[tokio::test]
async fn the_root_is_the_top_of_the_tree() {
    let ground = Ground::prepare(&[Kind::Image]).await;
    let Ground { library, page, .. } = &ground;
    ground.picture(Some(ground.root), "in.png", "sea").await;
    ground.picture(Some(ground.below), "deep.png", "sea").await;
    let note = UploadMetadata {
        folder_id: Some(ground.below),
        ..meta("note.txt")
    };
    library
        .try_upload(&ground.shop, note, &text(1, 40))
        .await
        .unwrap();
    let list = async |filter: FolderFilter| {
        let listed = library.list_folders(page, &filter, None, Limit::default());
        listed.await.map(|page| page.items)
    };
    let parent = |parent| FolderFilter {
        parent: Some(parent),
        ..FolderFilter::default()
    };
    let words = |q: &str| FolderFilter {
        q: Some(q.to_owned()),
        ..FolderFilter::default()
    };

    let top = list(parent(FolderParent::Top)).await.unwrap();
    let under = list(parent(FolderParent::In(ground.root))).await.unwrap();
    let all = list(FolderFilter::default()).await.unwrap();

    assert_eq!((top.len(), under.len(), all.len()), (1, 1, 2));
    assert_eq!((top[0].id, top[0].parent_id), (ground.root, None));
    assert!(top[0].path.is_empty());
    assert_eq!((top[0].asset_count, top[0].total_count), (1, 2));
    assert_eq!(under[0].id, ground.below);
    assert_eq!(under[0].path, [FileName::clean("Campaigns")]);
    assert_eq!((under[0].asset_count, under[0].total_count), (1, 1));
    let outside = list(parent(FolderParent::In(ground.above))).await;
    assert_eq!(code(outside), ProblemCode::NotFound);
    assert_eq!(list(words("summer")).await.unwrap().len(), 1);
    assert_eq!(list(words("campaigns summer")).await.unwrap().len(), 1);
    assert!(list(words("secret")).await.unwrap().is_empty());
    assert!(list(words("secret summer")).await.unwrap().is_empty());
    let trashed = FolderFilter {
        trashed: true,
        ..FolderFilter::default()
    };
    assert_eq!(code(list(trashed).await), ProblemCode::Forbidden);
}

#[tokio::test]
async fn tags_are_those_of_what_is_seen() {
    let ground = Ground::prepare(&[Kind::Image]).await;
    let Ground { library, page, .. } = &ground;
    ground.picture(Some(ground.root), "in.png", "sea").await;
    ground.picture(None, "atop.png", "sea").await;
    ground.picture(None, "other.png", "secret").await;
    let note = UploadMetadata {
        folder_id: Some(ground.root),
        tags: vec!["seaside".to_owned()],
        ..meta("note.txt")
    };
    library
        .try_upload(&ground.shop, note, &text(1, 40))
        .await
        .unwrap();

    let listed = library.list_tags(page, None, Limit::default());
    let listed = listed.await.unwrap().items;

    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].name.as_str(), listed[0].asset_count), ("sea", 1));
    let suggest = async |word| library.suggest_tags(page, word).await.unwrap().len();
    assert_eq!((suggest("se").await, suggest("sec").await), (1, 0));
}

#[tokio::test]
async fn what_a_page_brings_comes_to_its_root_or_below() {
    let ground = Ground::prepare(&[Kind::Image]).await;
    let Ground { library, page, .. } = &ground;
    let bring = async |folder, name: &str, bytes: &[u8]| {
        let metadata = UploadMetadata {
            folder_id: folder,
            ..meta(name)
        };
        library.try_upload(page, metadata, bytes).await
    };

    let here = bring(None, "a.png", &png(9, 9)).await.unwrap();
    let below = bring(Some(ground.below), "b.png", &png(8, 8))
        .await
        .unwrap();
    let above = bring(Some(ground.above), "c.png", &png(7, 7)).await;
    let note = bring(None, "note.txt", &text(1, 40)).await;

    assert_eq!(here.folder_id, Some(ground.root));
    assert_eq!(below.folder_id, Some(ground.below));
    assert_eq!(code(above), ProblemCode::NotFound);
    assert_eq!(code(note), ProblemCode::UnsupportedKind);
    let nested = UploadMetadata {
        relative_path: Some("Autumn/leaf.png".to_owned()),
        ..meta("leaf.png")
    };
    let nested = library.try_upload(page, nested, &png(6, 6)).await.unwrap();
    assert!(library.get_asset(page, nested.id).await.is_ok());
    let picture = png(5, 5);
    let upload = NewUpload {
        length: Some(ByteSize::bytes(picture.len() as u64)),
        metadata: meta("tus.png"),
        is_partial: false,
    };
    let upload = library.create_upload(page, upload).await.unwrap();
    let done = library.append(page, upload.id, 0, &picture).await.unwrap();
    assert_eq!(done.asset.unwrap().folder_id, Some(ground.root));
    let staged = library
        .stage_file(page, &meta("form.png"), None, body(&png(4, 4)))
        .await
        .unwrap();
    let kept = library.ingest_staged(page, staged, meta("form.png")).await;
    assert_eq!(kept.unwrap().folder_id, Some(ground.root));
}

#[tokio::test]
async fn a_kind_that_is_not_there_is_not_found() {
    let ground = Ground::prepare(&[Kind::Image]).await;
    let note = UploadMetadata {
        folder_id: Some(ground.root),
        ..meta("note.txt")
    };
    let note = ground
        .library
        .try_upload(&ground.shop, note, &text(1, 40))
        .await
        .unwrap();

    let answers = answers(&ground, note.id).await;

    let all_alike = answers.iter().all(|code| *code == ProblemCode::NotFound);
    assert!(all_alike, "{answers:?}");
    assert!(ground.listed(AssetFilter::default()).await.is_empty());
}

#[tokio::test]
async fn a_copy_of_something_outside_begins_with_itself() {
    let ground = Ground::prepare(&[]).await;
    let Ground { library, page, .. } = &ground;
    let outside = ground.picture(None, "atop.png", "sea").await;
    let copy = library
        .crop_asset(&ground.shop, outside.id, crop())
        .await
        .unwrap();
    let patch = AssetPatch {
        folder_id: Some(Some(ground.root)),
        ..AssetPatch::default()
    };
    library
        .update_asset(&ground.shop, copy.id, patch)
        .await
        .unwrap();

    let seen = library.get_asset(page, copy.id).await.unwrap();
    let all = AssetFilter::default();
    let listed = library.list_assets(page, &all, None, Limit::default());
    let listed = listed.await.unwrap().items;
    let wide = Crop {
        edit: Edit::default(),
        ..crop()
    };
    let again = library.crop_asset(page, copy.id, wide).await.unwrap();

    assert_eq!((seen.derived_from, &listed[0].derived_from), (None, &None));
    assert_eq!((again.width, again.height), (Some(8), Some(8)));
    assert_eq!(again.folder_id, Some(ground.root));
    assert_eq!(again.derived_from.unwrap().asset_id, copy.id);
}

#[tokio::test]
async fn a_copy_begins_with_what_it_was_made_of_where_that_is_seen() {
    let ground = Ground::prepare(&[]).await;
    let Ground { library, page, .. } = &ground;
    let picture = ground.picture(Some(ground.root), "in.png", "sea").await;
    let wide = Crop {
        edit: Edit::default(),
        ..crop()
    };
    let copy = library.crop_asset(page, picture.id, crop()).await.unwrap();

    let anew = library
        .crop_asset(page, copy.id, wide.clone())
        .await
        .unwrap();
    let version = Crop {
        target: CropTarget::Version,
        ..crop()
    };
    let cut = library.crop_asset(&ground.shop, picture.id, version).await;
    let of_version = library.crop_asset(page, picture.id, wide).await.unwrap();

    assert_eq!(anew.width, picture.width);
    assert_eq!(anew.derived_from.unwrap().asset_id, picture.id);
    // What it showed before is no longer seen.
    assert_eq!(of_version.width, cut.unwrap().width);
    let seen = library.get_asset(page, copy.id).await.unwrap();
    assert_eq!(seen.derived_from, None);
}

#[tokio::test]
async fn a_page_makes_no_versions_of_what_is_there() {
    let ground = Ground::prepare(&[]).await;
    let picture = ground.picture(Some(ground.root), "in.png", "sea").await;
    let version = Crop {
        target: CropTarget::Version,
        ..crop()
    };

    let cropped = ground
        .library
        .crop_asset(&ground.page, picture.id, version)
        .await;

    assert_eq!(code(cropped), ProblemCode::Forbidden);
    let asset = ground.library.get_asset(&ground.shop, picture.id).await;
    assert_eq!(asset.unwrap().version, 1);
}

#[tokio::test]
async fn nothing_is_left_where_the_root_was_purged() {
    let ground = Ground::prepare(&[]).await;
    let Ground {
        library,
        page,
        shop,
        ..
    } = &ground;
    ground.picture(None, "atop.png", "sea").await;
    library.trash_folder(shop, ground.root).await.unwrap();
    library.run_due_jobs().await.unwrap();
    library.purge_folder(shop, ground.root).await.unwrap();
    library.run_due_jobs().await.unwrap();

    assert!(ground.listed(AssetFilter::default()).await.is_empty());
    let all = FolderFilter::default();
    let folders = library.list_folders(page, &all, None, Limit::default());
    assert!(folders.await.unwrap().items.is_empty());
    let brought = library.try_upload(page, meta("a.txt"), &text(1, 40)).await;
    assert_eq!(code(brought), ProblemCode::NotFound);
}
