//! Copies of pictures: listed with their original, and made again once that was replaced.

use imaging::encode;
use library::Actor;
use model::{
    Asset, AssetId, AuditFilter, Crop, CropTarget, Edit, EventKind, Limit, ProblemCode, Reason,
    Slug,
    placement::{Outcome, Region, Rgb},
};

use crate::support::{TestLibrary, code, fresh_library, grid, png, problem};

fn region(x: u32, y: u32, width: u32, height: u32) -> Edit {
    Edit {
        region: Some(Region {
            x,
            y,
            width,
            height,
        }),
        ..Edit::default()
    }
}

async fn cropped(
    library: &TestLibrary,
    actor: &Actor,
    id: AssetId,
    edit: Edit,
    target: CropTarget,
) -> Asset {
    let crop = Crop {
        edit,
        target,
        if_version: None,
        name: None,
    };
    library.crop_asset(actor, id, crop).await.unwrap()
}

async fn copies(library: &TestLibrary, actor: &Actor, id: AssetId) -> Vec<Asset> {
    let page = library.list_copies(actor, id, None, Limit::default());
    page.await.unwrap().items
}

fn push() -> Slug {
    "push-android-expanded".parse().unwrap()
}

#[tokio::test]
async fn an_original_lists_the_copies_made_of_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    assert!(copies(&library, &anna, photo.id).await.is_empty());
    let mut made = Vec::new();
    for width in [10, 20, 30] {
        let edit = region(0, 0, width, 10);
        made.insert(
            0,
            cropped(&library, &anna, photo.id, edit, CropTarget::Copy).await,
        );
        library.clock.advance(std::time::Duration::from_secs(1));
    }

    assert_eq!(copies(&library, &anna, photo.id).await, made);
    let limit = Limit::new(2).unwrap();
    let first = library.list_copies(&anna, photo.id, None, limit);
    let first = first.await.unwrap();
    assert_eq!(first.items, made[..2]);
    let rest = library.list_copies(&anna, photo.id, first.next_cursor.as_ref(), limit);
    let rest = rest.await.unwrap();
    assert_eq!(
        (rest.items, rest.next_cursor),
        (vec![made[2].clone()], None)
    );

    // An own version is no copy, what lies in the trash is out of sight, and copies have none.
    let small = region(0, 0, 60, 40);
    cropped(&library, &anna, photo.id, small, CropTarget::Version).await;
    library.trash_asset(&anna, made[0].id).await.unwrap();
    let left = copies(&library, &anna, photo.id).await;
    assert_eq!(left.len(), 2);
    assert!(
        left.iter()
            .all(|copy| copy.derived_from.as_ref().unwrap().is_outdated)
    );
    assert!(copies(&library, &anna, made[1].id).await.is_empty());
}

#[tokio::test]
async fn a_crop_is_made_again_of_the_new_original() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = library.upload(&anna, "photo.png", &png(64, 48)).await;
    let edit = region(16, 12, 32, 24);
    let copy = cropped(&library, &anna, photo.id, edit, CropTarget::Copy).await;
    let shared = library.share_asset(&anna, copy.id).await.unwrap();
    // Nothing is outdated yet.
    let same = library.remake_asset(&anna, copy.id, None).await.unwrap();
    assert_eq!((same.version, same.sha256), (1, copy.sha256));
    let half = region(0, 0, 32, 24);
    cropped(&library, &anna, photo.id, half, CropTarget::Version).await;

    let stale = library.remake_asset(&anna, copy.id, Some(7)).await;
    assert_eq!(code(stale), ProblemCode::Conflict);
    library.clock.advance(std::time::Duration::from_mins(1));
    let again = library.remake_asset(&anna, copy.id, Some(1)).await.unwrap();

    assert_eq!((again.id, again.version), (copy.id, 2));
    assert_eq!((&again.name, &again.url), (&copy.name, &shared.url));
    // Half the picture of what is half as large.
    assert_eq!((again.width, again.height), (Some(16), Some(12)));
    let from = again.derived_from.clone().unwrap();
    assert_eq!((from.asset_id, from.version), (photo.id, 2));
    assert_eq!(from.edit, region(8, 6, 16, 12));
    assert!(!from.is_outdated && from.made_at > copy.derived_from.unwrap().made_at);
    let once_more = library.remake_asset(&anna, copy.id, None).await.unwrap();
    assert_eq!(once_more.version, 2);
    let bea = library.administrator("bea").await;
    let everything = AuditFilter::default();
    let audit = library.list_audit(&bea, &everything, None, Limit::default());
    let lines = audit.await.unwrap().items;
    let remade = lines
        .iter()
        .filter(|line| line.kind == EventKind::AssetRemade);
    assert_eq!(remade.count(), 1);
}

#[tokio::test]
async fn what_fits_a_place_fits_it_again_on_the_same_color() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut pixels = grid(2_000, 1_500);
    pixels.alpha = true;
    pixels.data = pixels
        .data
        .chunks(3)
        .flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 128])
        .collect();
    let bytes = encode::webp(&pixels, 80.0).unwrap();
    let photo = library.upload(&anna, "photo.webp", &bytes).await;
    let red = Rgb([255, 0, 0]);
    let push = push();
    let fitted = library.fit_asset(&anna, photo.id, &push, Some(red));
    let fitted = fitted.await.unwrap();
    let small = region(0, 0, 1_000, 750);
    cropped(&library, &anna, photo.id, small, CropTarget::Version).await;

    let copy = library.get_asset(&anna, fitted.asset.id).await.unwrap();
    assert!(copy.derived_from.unwrap().is_outdated);
    let again = library.remake_asset(&anna, copy.id, None).await.unwrap();

    assert_eq!(again.version, 2);
    assert_ne!(again.sha256, copy.sha256);
    let from = again.derived_from.unwrap();
    assert_eq!(
        (from.placement, from.background),
        (Some(push.clone()), Some(red))
    );
    assert!(!from.is_outdated);
    let verdicts = library.judge_asset(&anna, copy.id, None, Limit::MOST).await;
    let verdicts = verdicts.unwrap().items;
    let verdict = verdicts.iter().find(|one| one.placement == push).unwrap();
    assert_eq!(verdict.outcome, Outcome::Fits);
}

#[tokio::test]
async fn where_the_new_original_is_too_small_the_copy_stays() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = encode::jpeg(&grid(2_000, 1_500), 85.0).unwrap();
    let photo = library.upload(&anna, "photo.jpg", &photo).await;
    let push = push();
    let fitted = library.fit_asset(&anna, photo.id, &push, None);
    let fitted = fitted.await.unwrap();
    let tiny = region(0, 0, 40, 30);
    cropped(&library, &anna, photo.id, tiny, CropTarget::Version).await;

    let refused = library.remake_asset(&anna, fitted.asset.id, None).await;

    assert_eq!(problem(refused).reason, Some(Reason::CannotFit));
    let copy = library.get_asset(&anna, fitted.asset.id).await.unwrap();
    assert_eq!((copy.version, copy.sha256), (1, fitted.asset.sha256));
}
