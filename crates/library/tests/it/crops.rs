//! Cropping: a copy that knows where it is from, or a new version that can be cropped anew.

use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt as _;
use imaging::{Budget, Format, Pixels, decode::decode};
use library::{Actor, media::View};
use model::{
    Asset, AssetId, AssetPatch, AuditFilter, ByteSize, Crop, CropTarget, Edit, EventKind,
    FocalPoint, Limit, ProblemCode, Reason, Turn, placement::Region,
};

use crate::support::{TestLibrary, code, fresh_library, grid, jpeg, png, text};

fn region(x: u32, y: u32, width: u32, height: u32) -> Edit {
    let region = Region {
        x,
        y,
        width,
        height,
    };
    Edit {
        region: Some(region),
        ..Edit::default()
    }
}

fn crop(edit: Edit, target: CropTarget) -> Crop {
    Crop {
        edit,
        target,
        if_version: None,
        name: None,
    }
}

async fn bytes(library: &TestLibrary, actor: &Actor, id: AssetId) -> Bytes {
    let media = library.open_media(actor, id, View::Original).await.unwrap();
    let pieces: Vec<Bytes> = library
        .stream_media(&media, 0..media.size)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat().into()
}

async fn pixels(library: &TestLibrary, actor: &Actor, asset: &Asset) -> Pixels {
    let bytes = bytes(library, actor, asset.id).await;
    let decoded = decode(&bytes, Format::Png, u32::MAX, &Budget::default()).unwrap();
    decoded.pixels.unwrap()
}

#[tokio::test]
async fn a_copy_has_the_pixels_of_the_region_and_knows_where_it_is_from() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let patch = AssetPatch {
        tags: Some(vec!["sea".to_owned()]),
        alt_text: Some("The sea".parse().unwrap()),
        ..AssetPatch::default()
    };
    library.update_asset(&anna, photo.id, patch).await.unwrap();
    let edit = region(10, 8, 32, 16);

    let copy = library
        .crop_asset(&anna, photo.id, crop(edit, CropTarget::Copy))
        .await
        .unwrap();

    assert_ne!(copy.id, photo.id);
    assert_eq!(copy.name.as_str(), "photo 32x16.png");
    assert_eq!((copy.width, copy.height), (Some(32), Some(16)));
    assert_eq!(
        (copy.tags[0].as_str(), copy.alt_text.as_str()),
        ("sea", "The sea")
    );
    let from = copy.derived_from.clone().unwrap();
    assert_eq!(
        (from.asset_id, from.version, from.edit),
        (photo.id, 1, edit)
    );
    assert!(!from.is_outdated && from.placement.is_none());
    let wanted = grid(64, 48).cropped(edit.region.unwrap());
    assert_eq!(pixels(&library, &anna, &copy).await, wanted);
    // The original is untouched.
    let before = library.get_asset(&anna, photo.id).await.unwrap();
    assert_eq!((before.version, before.sha256), (1, photo.sha256));
}

#[tokio::test]
async fn a_version_is_cropped_again_from_the_original() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let small = crop(region(10, 8, 32, 16), CropTarget::Version);
    let cropped = library.crop_asset(&anna, photo.id, small).await.unwrap();
    assert_eq!((cropped.id, cropped.version), (photo.id, 2));
    assert_eq!(cropped.name, photo.name);
    assert_eq!(cropped.width, Some(32));
    let from = cropped.derived_from.unwrap();
    assert_eq!((from.asset_id, from.version), (photo.id, 1));
    assert!(!from.is_outdated);
    let source = library.open_source(&anna, photo.id).await.unwrap();
    assert_eq!(ByteSize::bytes(source.size), photo.size);

    // The region is one of the original's, and larger than the picture as it is now.
    let edit = Edit {
        turn: Turn::Quarter,
        ..region(0, 0, 48, 64)
    };
    let again = crop(edit, CropTarget::Version);
    let turned = library.crop_asset(&anna, photo.id, again).await.unwrap();

    assert_eq!(
        (turned.version, turned.width, turned.height),
        (3, Some(48), Some(64))
    );
    assert_eq!(turned.derived_from.as_ref().unwrap().edit, edit);
    assert_eq!(
        pixels(&library, &anna, &turned).await.at(47, 0),
        grid(64, 48).at(0, 0)
    );
    let audit = library.administrator("bea").await;
    let lines = library
        .list_audit(&audit, &AuditFilter::default(), None, Limit::default())
        .await
        .unwrap();
    let cropped = |kind| lines.items.iter().filter(|line| line.kind == kind).count();
    assert_eq!(cropped(EventKind::AssetCropped), 2);
}

#[tokio::test]
async fn a_copy_is_outdated_once_its_original_is_replaced() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let copy = crop(region(0, 0, 20, 20), CropTarget::Copy);
    let copy = library.crop_asset(&anna, photo.id, copy).await.unwrap();
    let version = crop(region(5, 5, 30, 30), CropTarget::Version);
    library.crop_asset(&anna, photo.id, version).await.unwrap();

    let copy = library.get_asset(&anna, copy.id).await.unwrap();
    assert!(copy.derived_from.unwrap().is_outdated);
    // A copy made now is of the same original, and of what that shows now.
    let fresh = crop(region(0, 0, 64, 48), CropTarget::Copy);
    let fresh = library.crop_asset(&anna, photo.id, fresh).await.unwrap();
    assert_eq!(fresh.width, Some(64));
    assert!(!fresh.derived_from.unwrap().is_outdated);
}

#[tokio::test]
async fn who_crops_what_somebody_else_replaced_is_told() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let asked = |width| Crop {
        if_version: Some(1),
        ..crop(region(0, 0, width, 10), CropTarget::Version)
    };

    // Both begin with version 1; one of them is later, wherever the two meet.
    let (one, other) = tokio::join!(
        library.crop_asset(&anna, photo.id, asked(10)),
        library.crop_asset(&anna, photo.id, asked(20)),
    );

    let refusals: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    let [refusal] = &refusals[..] else {
        panic!("{refusals:?}");
    };
    let library::Error::Problem(problem) = refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(problem.code, ProblemCode::Conflict);
    assert_eq!(problem.reason, Some(Reason::ChangedMeanwhile));
    assert_eq!(library.get_asset(&anna, photo.id).await.unwrap().version, 2);
}

#[tokio::test]
async fn what_cannot_be_cropped_is_refused_and_nothing_is_left() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let stranger = library.stranger("zoe").await;
    let photo = library.upload(&anna, "photo.jpg", &jpeg(1)).await;
    let note = library.upload(&anna, "note.txt", &text(1, 50)).await;
    let before = library.meter(&anna).await.unwrap().used;
    let copy = |edit| crop(edit, CropTarget::Copy);

    let all = copy(Edit::default());
    for (actor, id, asked, expected) in [
        (&anna, note.id, all.clone(), ProblemCode::UnsupportedKind),
        (&stranger, photo.id, all.clone(), ProblemCode::NotFound),
        (
            &anna,
            photo.id,
            copy(region(0, 0, 0, 9)),
            ProblemCode::Invalid,
        ),
        (
            &anna,
            photo.id,
            copy(region(60, 0, 5, 9)),
            ProblemCode::Invalid,
        ),
    ] {
        assert_eq!(code(library.crop_asset(actor, id, asked).await), expected);
    }
    library.trash_asset(&anna, photo.id).await.unwrap();
    let trashed = library.crop_asset(&anna, photo.id, all).await;
    assert_eq!(code(trashed), ProblemCode::Conflict);
    assert_eq!(library.meter(&anna).await.unwrap().used, before);
}

#[tokio::test]
async fn a_single_pixel_is_cropped_to_itself() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let dot = library.upload(&anna, "dot.png", &png(1, 1)).await;
    let edit = Edit {
        straighten: 123,
        ..region(0, 0, 1, 1)
    };

    let copy = crop(edit, CropTarget::Copy);
    let copy = library.crop_asset(&anna, dot.id, copy).await.unwrap();

    assert_eq!((copy.width, copy.height), (Some(1), Some(1)));
}

#[tokio::test]
async fn what_a_picture_was_made_of_may_go_for_good() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let bea = library.administrator("bea").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let version = crop(region(0, 0, 40, 40), CropTarget::Version);
    library.crop_asset(&anna, photo.id, version).await.unwrap();
    let copy = crop(region(0, 0, 20, 20), CropTarget::Copy);
    let copy = library.crop_asset(&anna, photo.id, copy).await.unwrap();

    library.trash_asset(&anna, photo.id).await.unwrap();
    library.purge_asset(&bea, photo.id).await.unwrap();

    let copy = library.get_asset(&anna, copy.id).await.unwrap();
    assert_eq!(copy.derived_from, None);
    assert_eq!(library.meter(&anna).await.unwrap().used, copy.size);
    // From now on it is cropped by itself.
    let again = crop(region(0, 0, 10, 10), CropTarget::Copy);
    assert!(library.crop_asset(&anna, copy.id, again).await.is_ok());
}

#[tokio::test]
async fn a_focal_point_is_set_and_taken_away() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let point = FocalPoint::new(250, 1_000).unwrap();
    for point in [Some(point), None] {
        let patch = AssetPatch {
            focal_point: Some(point),
            ..AssetPatch::default()
        };
        let patched = library.update_asset(&anna, photo.id, patch).await.unwrap();
        assert_eq!(patched.focal_point, point);
    }
}

#[tokio::test]
async fn animated_pngs_and_webps_keep_all_their_pictures_when_cropped() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let films = [
        (
            "dance.png",
            include_bytes!("../../../imaging/tests/fixtures/anim_8f.apng.png").as_slice(),
        ),
        (
            "dance.webp",
            include_bytes!("../../../imaging/tests/fixtures/anim_8f.webp"),
        ),
    ];
    for (name, bytes) in films {
        let film = library.upload(&anna, name, bytes).await;
        assert_eq!(film.frames, Some(8), "{name}");
        let edit = region(1, 2, film.width.unwrap() / 2, film.height.unwrap() / 2);

        let cropped = library
            .crop_asset(&anna, film.id, crop(edit, CropTarget::Version))
            .await
            .unwrap();

        assert_eq!((cropped.version, &cropped.mime), (2, &film.mime), "{name}");
        assert_eq!(
            (cropped.frames, cropped.duration),
            (film.frames, film.duration),
            "{name}"
        );
        let kept = edit.region.unwrap().extent();
        assert_eq!(
            (cropped.width, cropped.height),
            (Some(kept.width), Some(kept.height)),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_new_version_says_when_it_came() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let modified = async || {
        let media = library.open_media(&anna, photo.id, View::Original).await;
        media.unwrap().modified_at
    };
    let before = modified().await;
    library.clock.advance(Duration::from_hours(1));

    let version = crop(region(5, 5, 30, 30), CropTarget::Version);
    library.crop_asset(&anna, photo.id, version).await.unwrap();

    assert_eq!(before, photo.created_at);
    assert!(modified().await >= before.after(Duration::from_hours(1)));
}
