//! Make it fit: copies that pass their own verdict, or the reason why there is none.

use imaging::{Pixels, encode};
use model::{
    AssetPatch, ByteSize, FocalPoint, ProblemCode, Reason, Slug,
    placement::{Backdrop, Focus, Outcome, Rgb, Step, catalogue},
};

use crate::support::{code, fresh_library, grid, jpeg, text};

fn slug(id: &str) -> Slug {
    id.parse().unwrap()
}

/// A picture that is clear in places and too large for most.
fn sticker() -> Vec<u8> {
    let (width, height) = (1_300, 1_000);
    let data = (0..width * height).flat_map(|at: u32| {
        let [.., a, b, c] = at.wrapping_mul(2_654_435_761).to_be_bytes();
        [a, b, c, if at.is_multiple_of(7) { 0 } else { 255 }]
    });
    let pixels = Pixels {
        width,
        height,
        alpha: true,
        data: data.collect(),
    };
    encode::webp(&pixels, 80.0).unwrap()
}

/// A photo as large as cameras of phones make them small.
fn photo() -> Vec<u8> {
    encode::jpeg(&grid(2_400, 1_800), 85.0).unwrap()
}

/// Two pictures that move.
fn film() -> Vec<u8> {
    let mut encoder = gif::Encoder::new(Vec::new(), 700, 700, &[200, 30, 30, 30, 30, 200]).unwrap();
    for index in [0, 1] {
        let frame = gif::Frame {
            width: 700,
            height: 700,
            delay: 20,
            buffer: vec![index; 490_000].into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).unwrap();
    }
    encoder.into_inner().unwrap()
}

#[tokio::test]
async fn every_placement_is_met_or_says_why_not() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let all: Vec<Slug> = catalogue().iter().map(|one| one.id.clone()).collect();
    for (name, bytes) in [
        ("photo.jpg", photo()),
        ("sticker.webp", sticker()),
        ("film.gif", film()),
        ("tiny.jpg", jpeg(1)),
    ] {
        let asset = library.upload(&anna, name, &bytes).await;
        let mut met = 0;
        for some in all.chunks(40) {
            let answers = library
                .fit_asset_many(&anna, asset.id, some, Backdrop::default())
                .await;
            for answer in answers.unwrap() {
                match (answer.fitted, answer.problem) {
                    (Some(fitted), None) => {
                        met += 1;
                        let (id, verdict) = (answer.placement, fitted.verdict);
                        assert_eq!(verdict.outcome, Outcome::Fits, "{name} {id}");
                        let from = fitted.asset.derived_from.unwrap();
                        assert_eq!(from.asset_id, asset.id);
                        assert_eq!(from.placement, Some(id));
                    }
                    (None, Some(problem)) => {
                        assert_eq!(problem.reason, Some(Reason::CannotFit), "{problem:?}");
                        assert!(problem.name.is_some() && problem.status == 422);
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
        assert!(met >= 10, "{name}: {met}");
    }
}

#[tokio::test]
async fn advice_about_bytes_costs_no_pixels() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut seed = 7_u32;
    let noise = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    });
    let pixels = Pixels {
        width: 1_038,
        height: 519,
        alpha: true,
        data: noise.take(1_038 * 519 * 4).collect(),
    };
    let bytes = encode::png(&pixels).unwrap();
    let asset = library.upload(&anna, "noise.png", &bytes).await;

    let push = slug("push-ios");
    let fitted = library
        .fit_asset(&anna, asset.id, &push, None)
        .await
        .unwrap();

    // Advised are 500 KB; taken is much more.
    assert!(fitted.asset.size > ByteSize::bytes(500_000));
    assert_eq!(fitted.asset.width, Some(1_038));
    assert_eq!(fitted.verdict.outcome, Outcome::Fits);
}

#[tokio::test]
async fn a_film_becomes_a_sticker_that_moves() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "film.gif", &film()).await;

    let sticker = slug("whatsapp-sticker-animated");
    let fitted = library.fit_asset(&anna, asset.id, &sticker, None);
    let fitted = fitted.await.unwrap();

    assert_eq!(fitted.asset.mime.as_str(), "image/webp");
    assert_eq!(fitted.asset.frames, Some(2));
    assert_eq!(fitted.verdict.outcome, Outcome::Fits);
    assert_eq!(
        (fitted.asset.width, fitted.asset.height),
        (Some(512), Some(512))
    );
}

#[tokio::test]
async fn a_picture_is_cut_around_what_must_stay_visible() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "photo.jpg", &photo()).await;
    let patch = AssetPatch {
        focal_point: Some(Some(FocalPoint::new(500, 1_000).unwrap())),
        ..AssetPatch::default()
    };
    library.update_asset(&anna, asset.id, patch).await.unwrap();

    let push = slug("push-ios");
    let fitted = library.fit_asset(&anna, asset.id, &push, None);
    let fitted = fitted.await.unwrap();

    assert_eq!(fitted.asset.name.as_str(), "photo push-ios.jpg");
    assert!(fitted.asset.size <= ByteSize::bytes(500_000));
    let [
        Step::Cropped {
            region,
            around: Focus::FocalPoint,
        },
        Step::Resized { to, .. },
        Step::Encoded { .. },
    ] = &fitted.steps[..]
    else {
        panic!("{:?}", fitted.steps);
    };
    assert_eq!((region.y, region.height), (600, 1_200));
    assert_eq!(Some(to.width), fitted.asset.width);
    assert!(to.width <= 1_038 && to.width == 2 * to.height);
}

#[tokio::test]
async fn transparency_is_laid_on_the_color_asked_for() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "sticker.webp", &sticker()).await;
    let red: Rgb = "#ff0000".parse().unwrap();

    let image = slug("whatsapp-image");
    let fitted = library.fit_asset(&anna, asset.id, &image, Some(red));

    let steps = fitted.await.unwrap().steps;
    assert!(
        steps.contains(&Step::Flattened { background: red }),
        "{steps:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_met_says_why_and_what_can() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let tiny = library.upload(&anna, "tiny.jpg", &jpeg(1)).await;
    let note = library.upload(&anna, "note.txt", &text(1, 50)).await;

    let sticker = slug("whatsapp-sticker");
    let refused = library.fit_asset(&anna, tiny.id, &sticker, None);
    let Err(library::Error::Problem(problem)) = refused.await else {
        panic!("64 pixels are too few");
    };

    assert_eq!(problem.code, ProblemCode::Invalid);
    assert!(problem.detail.contains("64 × 48") && problem.detail.contains("512 × 512"));
    let nearest: Slug = problem.name.unwrap().parse().unwrap();
    assert!(
        library
            .fit_asset(&anna, tiny.id, &nearest, None)
            .await
            .is_ok()
    );
    for (id, placement, expected) in [
        (note.id, "push-ios", ProblemCode::UnsupportedKind),
        (tiny.id, "no-such-place", ProblemCode::NotFound),
    ] {
        let refused = library.fit_asset(&anna, id, &slug(placement), None).await;
        assert_eq!(code(refused), expected);
    }
    let nowhere = library
        .fit_asset_many(&anna, tiny.id, &[], Backdrop::default())
        .await;
    assert_eq!(code(nowhere), ProblemCode::Invalid);
}

/// Bold stripes at the far left of plain gray.
fn off_the_middle() -> Vec<u8> {
    let mut pixels = grid(2_400, 1_600);
    for (at, pixel) in (0_usize..).zip(pixels.data.chunks_exact_mut(3)) {
        let (x, y) = (at % 2_400, at / 2_400);
        let is_thing = (80..400).contains(&x) && (640..960).contains(&y);
        let color = match (is_thing, (x / 20 + y / 20) % 2) {
            (true, 0) => [220, 30, 40],
            (true, _) => [250, 240, 60],
            (false, _) => [128; 3],
        };
        pixel.copy_from_slice(&color);
    }
    encode::jpeg(&pixels, 85.0).unwrap()
}

#[tokio::test]
async fn without_a_focal_point_a_picture_is_cut_around_what_stands_out() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "ball.jpg", &off_the_middle()).await;
    let square = slug("whatsapp-sticker");
    let cut = async || {
        let fitted = library.fit_asset(&anna, asset.id, &square, None).await;
        let mut steps = fitted.unwrap().steps.into_iter();
        let cropped = steps.find_map(|step| match step {
            Step::Cropped { region, around } => Some((region, around)),
            _ => None,
        });
        cropped.unwrap()
    };

    let (region, around) = cut().await;
    assert_eq!((region.x, around), (0, Focus::Salient));
    // What bytes told before anybody looked for it is completed.
    let forget = "update blobs set facts = '{\"has_alpha\": false}'";
    library.database.execute(forget).await;
    assert_eq!(cut().await, (region, Focus::Salient));
    let foreseen = library.foresee_fits(&anna, asset.id).await.unwrap();
    assert_eq!(
        (foreseen.around, foreseen.flat),
        (Focus::Salient, Vec::new())
    );

    let patch = AssetPatch {
        focal_point: Some(Some(FocalPoint::new(1_000, 500).unwrap())),
        ..AssetPatch::default()
    };
    library.update_asset(&anna, asset.id, patch).await.unwrap();
    let (region, around) = cut().await;
    assert_eq!((region.x, around), (800, Focus::FocalPoint));
}

#[tokio::test]
async fn it_is_foreseen_where_transparency_is_lost() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let clear = library.upload(&anna, "sticker.webp", &sticker()).await;
    let solid = library.upload(&anna, "photo.jpg", &photo()).await;

    let foreseen = library.foresee_fits(&anna, clear.id).await.unwrap();
    let everywhere: Vec<Slug> = catalogue().iter().map(|one| one.id.clone()).collect();
    let red = Rgb([255, 0, 0]);
    for some in everywhere.chunks(40) {
        let backdrop = Backdrop::WhereLost(red);
        let answers = library.fit_asset_many(&anna, clear.id, some, backdrop);
        for answer in answers.await.unwrap() {
            let Some(fitted) = &answer.fitted else {
                continue;
            };
            let flat = Step::Flattened { background: red };
            if fitted.steps.contains(&flat) {
                assert!(foreseen.flat.contains(&answer.placement), "{answer:?}");
            }
        }
    }
    assert!(!foreseen.flat.contains(&slug("whatsapp-sticker")));
    let foreseen = library.foresee_fits(&anna, solid.id).await.unwrap();
    assert!(foreseen.flat.is_empty());
}
