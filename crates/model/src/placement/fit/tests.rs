//! Plans, over the whole catalogue.

use proptest::prelude::*;

use super::super::{Color, ColorMode, Outcome, catalogue, judge};
use super::{
    asked::{GIF, JPEG, PNG, WEBP},
    *,
};
use crate::{ByteSize, FocalPoint, Kind, Mime};

fn picture(mime: &str, width: u32, height: u32, frames: u32) -> Facts {
    Facts {
        pixels: Some(Extent { width, height }),
        frames: Some(frames),
        has_alpha: Some(mime != JPEG),
        color: Some(Color {
            mode: ColorMode::Rgb,
            bits: 8,
        }),
        ..Facts::new(Kind::Image, Mime(mime.to_owned()), ByteSize::megabytes(4))
    }
}

/// The picture as a plan leaves it, small enough in bytes.
fn done(plan: &Plan, facts: &Facts) -> Facts {
    let (mime, still) = plan.formats[0].clone();
    Facts {
        mime,
        size: ByteSize::bytes(1),
        pixels: Some(plan.size),
        frames: Some(if still { 1 } else { facts.frames.unwrap_or(1) }),
        has_alpha: facts.has_alpha.map(|alpha| alpha && !plan.is_opaque),
        ..facts.clone()
    }
}

#[test]
fn a_large_photo_fits_wherever_still_pictures_are_taken() {
    let facts = picture(JPEG, 4_000, 3_000, 1);
    let unmet: Vec<_> = catalogue()
        .iter()
        .filter(|one| plan(one, &facts, FocalPoint::MIDDLE).is_err())
        .map(|one| one.id.as_str())
        .filter(|id| {
            !["audio", "video", "pdf", "-file", "document"]
                .iter()
                .any(|word| id.contains(word))
        })
        .collect();
    assert_eq!(unmet, ["whatsapp-sticker-animated"]);
}

#[test]
fn an_animation_moves_where_it_may() {
    let facts = picture(GIF, 900, 900, 12);
    let format = |id: &str| {
        let placement = catalogue()
            .iter()
            .find(|one| one.id.as_str() == id)
            .unwrap();
        plan(placement, &facts, FocalPoint::MIDDLE).unwrap().formats[0].clone()
    };
    assert_eq!(format("push-ios"), (Mime(GIF.to_owned()), false));
    assert_eq!(format("whatsapp-image"), (Mime(PNG.to_owned()), true));
    let sticker = "whatsapp-sticker-animated";
    assert_eq!(format(sticker), (Mime(WEBP.to_owned()), false));
}

proptest! {
    #[test]
    fn what_is_planned_fits_or_the_reason_is_told(
        (width, height) in (1_u32..12_000, 1_u32..12_000),
        mime in prop::sample::select(vec![JPEG, PNG, WEBP, GIF, "image/avif"]),
        frames in prop::sample::select(vec![1_u32, 12]),
        (x, y) in (0_u16..=1_000, 0_u16..=1_000),
    ) {
        let facts = picture(mime, width, height, frames);
        for placement in catalogue() {
            match plan(placement, &facts, FocalPoint { x, y }) {
                Ok(plan) => {
                    let verdict = judge(placement, &done(&plan, &facts));
                    prop_assert_eq!(&verdict.outcome, &Outcome::Fits, "{} {:?}", &placement.id, plan);
                    let whole = Extent { width, height };
                    prop_assert!(plan.region.check_in(whole).is_ok());
                    prop_assert!(plan.size.width <= plan.region.width);
                    prop_assert!(plan.size.height <= plan.region.height);
                }
                Err(why) => prop_assert!(!why.is_empty()),
            }
        }
    }
}
