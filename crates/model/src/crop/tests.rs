//! What holds whatever a hand does, and some things that hands do.

use proptest::prelude::*;

use super::*;
use crate::edit::{Edit, Turn};
use crate::focal_point::FocalPoint;

const fn extent(width: u32, height: u32) -> Extent {
    Extent { width, height }
}

const fn region(x: u32, y: u32, width: u32, height: u32) -> Region {
    Region {
        x,
        y,
        width,
        height,
    }
}

const FREE: Frame = Frame {
    within: extent(600, 400),
    ratio: None,
};

const WIDE: Frame = Frame {
    within: extent(600, 400),
    ratio: Some(extent(2, 1)),
};

#[test]
fn a_region_moves_as_far_as_there_is_room() {
    let start = region(100, 100, 200, 100);

    assert_eq!(FREE.moved(start, 10, -1), region(110, 99, 200, 100));
    assert_eq!(FREE.moved(start, -500, 500), region(0, 300, 200, 100));
}

#[test]
fn a_handle_pulls_its_edges_and_leaves_the_others() {
    let start = region(100, 100, 200, 100);
    let pulled = |handle| FREE.resized(start, handle, 10, 20);

    let [
        upper_left,
        upper,
        upper_right,
        right,
        lower_right,
        lower,
        lower_left,
        left,
    ] = Handle::ALL.map(pulled);
    assert_eq!(upper_left, region(110, 120, 190, 80));
    assert_eq!(upper, region(100, 120, 200, 80));
    assert_eq!(upper_right, region(100, 120, 210, 80));
    assert_eq!(right, region(100, 100, 210, 100));
    assert_eq!(lower_right, region(100, 100, 210, 120));
    assert_eq!(lower, region(100, 100, 200, 120));
    assert_eq!(lower_left, region(110, 100, 190, 120));
    assert_eq!(left, region(110, 100, 190, 100));
}

#[test]
fn an_edge_never_passes_the_one_it_faces() {
    let start = region(100, 100, 200, 100);

    let pulled = FREE.resized(start, Handle::ALL[0], 900, 900);
    assert_eq!(pulled, region(299, 199, 1, 1));
}

#[test]
fn a_corner_keeps_the_ratio_and_follows_the_longer_way() {
    let start = region(100, 100, 200, 100);

    let pulled = WIDE.resized(start, Handle::LAST, 40, 60);
    assert_eq!(pulled, region(100, 100, 320, 160));
    let pulled = WIDE.resized(start, Handle::LAST, 9_000, 0);
    assert_eq!(pulled, region(100, 100, 500, 250));
}

#[test]
fn an_edge_in_a_ratio_grows_around_its_middle() {
    let start = region(100, 100, 200, 100);

    let pulled = WIDE.resized(start, Handle::ALL[3], 100, 0);
    assert_eq!(pulled, region(100, 75, 300, 150));
}

#[test]
fn a_ratio_is_taken_from_the_middle_and_back() {
    let square = Frame {
        ratio: Some(extent(1, 1)),
        ..FREE
    };

    assert_eq!(WIDE.whole(), region(0, 50, 600, 300));
    assert_eq!(square.whole(), region(100, 0, 400, 400));
    let start = region(100, 100, 200, 100);
    assert_eq!(WIDE.fitted(square.fitted(start)), region(100, 99, 199, 100));
}

#[test]
fn a_pinch_keeps_its_point_in_place() {
    let start = region(100, 100, 200, 100);

    assert_eq!(
        FREE.pinched(start, 2.0, (100.0, 100.0)),
        region(100, 100, 400, 200)
    );
    assert_eq!(
        FREE.pinched(start, 0.5, (200.0, 150.0)),
        region(150, 125, 100, 50)
    );
}

#[test]
fn exact_numbers_are_taken_where_there_is_room() {
    let start = region(500, 300, 50, 50);

    assert_eq!(
        FREE.sized(start, Some(300), None),
        region(300, 300, 300, 50)
    );
    assert_eq!(
        WIDE.sized(start, Some(300), None),
        region(300, 250, 300, 150)
    );
    assert_eq!(
        WIDE.sized(start, None, Some(9_999)),
        region(0, 100, 600, 300)
    );
}

#[test]
fn a_picture_that_shrinks_about_its_middle_keeps_what_is_there() {
    let smaller = Frame {
        within: extent(500, 300),
        ratio: None,
    };

    assert_eq!(
        smaller.carried(region(100, 100, 200, 100), extent(600, 400)),
        region(50, 50, 200, 100)
    );
    assert_eq!(
        smaller.carried(region(0, 0, 600, 400), extent(600, 400)),
        region(0, 0, 500, 300)
    );
}

fn any_extent() -> impl Strategy<Value = Extent> {
    (1..40_000u32, 1..40_000u32).prop_map(|(width, height)| extent(width, height))
}

fn any_frame() -> impl Strategy<Value = Frame> {
    let ratio = prop::option::of((1..3_000u32, 1..3_000u32));
    (any_extent(), ratio).prop_map(|(within, ratio)| Frame {
        within,
        ratio: ratio.map(|(width, height)| extent(width, height)),
    })
}

fn any_region() -> impl Strategy<Value = Region> {
    let length = || prop_oneof![0..50_000u32, Just(u32::MAX)];
    (length(), length(), length(), length())
        .prop_map(|(x, y, width, height)| region(x, y, width, height))
}

fn any_length() -> impl Strategy<Value = i64> {
    prop_oneof![-50_000..50_000i64, Just(i64::MIN), Just(i64::MAX)]
}

/// The region is inside and not empty.
fn is_sound(frame: Frame, region: Region) -> bool {
    let fits =
        |from: u32, length: u32, within: u32| length > 0 && from <= within - length.min(within);
    region.width <= frame.within.width
        && region.height <= frame.within.height
        && fits(region.x, region.width, frame.within.width)
        && fits(region.y, region.height, frame.within.height)
}

/// The ratio is kept within a pixel of one edge.
fn is_in_ratio(frame: Frame, region: Region) -> bool {
    frame.ratio.is_none_or(|ratio| {
        let (width, height) = (f64::from(region.width), f64::from(region.height));
        let shape = f64::from(ratio.width) / f64::from(ratio.height);
        (width - height * shape).abs() <= 1.0 || (height - width / shape).abs() <= 1.0
    })
}

proptest! {
    #[test]
    fn whatever_a_hand_does_the_region_stays_inside(
        frame in any_frame(),
        start in any_region(),
        handle in 0..8usize,
        across in any_length(),
        down in any_length(),
        times in prop_oneof![0.0..50.0f64, Just(f64::NAN), Just(f64::INFINITY), Just(-1.0)],
        at in (-9e4..9e4f64, -9e4..9e4f64),
        before in any_extent(),
        size in prop::option::of(any::<u32>()),
    ) {
        let inner = frame.fitted(start);
        prop_assert!(is_sound(frame, inner) && is_in_ratio(frame, inner));
        for region in [
            frame.whole(),
            frame.fitted(start),
            frame.resized(start, Handle::ALL[handle], across, down),
            frame.pinched(inner, times, at),
            frame.moved(inner, across, down),
            frame.sized(start, size, None),
            frame.sized(start, None, size),
            frame.carried(Frame { within: before, ratio: None }.fitted(start), before),
        ] {
            prop_assert!(is_sound(frame, region), "{region:?}");
            prop_assert!(is_in_ratio(frame, region), "{region:?}");
        }
    }

    #[test]
    fn moving_changes_no_size(frame in any_frame(), start in any_region(), by in any_length()) {
        let start = frame.fitted(start);
        let moved = frame.moved(start, by, by);

        prop_assert_eq!((moved.width, moved.height), (start.width, start.height));
    }

    #[test]
    fn four_quarters_and_two_mirrors_lead_back(within in any_extent(), start in any_region()) {
        let start = Frame { within, ratio: None }.fitted(start);
        let mut now = (start, within);
        for _ in 0..4 {
            now = (now.0.turned(now.1), turned(now.1));
            let frame = Frame { within: now.1, ratio: None };
            prop_assert!(is_sound(frame, now.0));
        }

        prop_assert_eq!(now, (start, within));
        prop_assert_eq!(start.mirrored(within).mirrored(within), start);
    }
}

fn draft() -> Draft {
    Draft::new(extent(600, 400), None).with_region(region(100, 50, 200, 100))
}

#[test]
fn what_nobody_changed_is_no_edit() {
    let draft = Draft::new(extent(600, 400), None);

    assert_eq!(draft.edit(), Edit::default());
    assert_eq!(draft.region, region(0, 0, 600, 400));
}

#[test]
fn a_draft_goes_on_where_it_was_left() {
    let left = draft().turned().mirrored().straightened(35);

    let taken_up = Draft::new(extent(600, 400), Some(left.edit()));
    assert_eq!(taken_up, left);
}

#[test]
fn a_region_turns_with_its_picture() {
    let turned = draft().turned();

    assert_eq!(turned.canvas(), extent(400, 600));
    assert_eq!(turned.region, region(250, 100, 100, 200));
    assert_eq!(turned.edit().turn, Turn::Quarter);
}

#[test]
fn behind_a_mirror_clockwise_is_the_other_way() {
    let turned = draft().mirrored().turned();

    assert_eq!(turned.edit().turn, Turn::ThreeQuarters);
    assert_eq!(turned.mirrored().edit().turn, Turn::ThreeQuarters);
    assert_eq!(turned.turned().turned().turned(), draft().mirrored());
}

#[test]
fn top_to_bottom_and_left_to_right_is_a_half_turn() {
    let both = draft().overturned().mirrored();

    assert_eq!(both.edit().turn, Turn::Half);
    assert!(!both.edit().flip);
    assert_eq!(draft().overturned().overturned(), draft());
}

#[test]
fn straightening_back_gives_the_whole_picture_back() {
    let whole = Draft::new(extent(600, 400), None);

    let there = whole.straightened(50);
    assert!(there.canvas().width < 600);
    assert_eq!(there.region, there.canvas().whole());
    assert_eq!(there.straightened(0), whole);
}

#[test]
fn a_focal_point_stays_on_what_it_was_set_on() {
    let draft = draft().turned().mirrored().straightened(100);
    let Region {
        x,
        y,
        width,
        height,
    } = draft.region;
    let point = draft.focal_at(
        f64::from(x) + f64::from(width) / 4.0,
        f64::from(y) + f64::from(height) / 2.0,
    );

    let seen = draft.focal_in(point).unwrap();
    assert!(
        seen.x.abs_diff(250) <= 5 && seen.y.abs_diff(500) <= 5,
        "{seen:?}"
    );
    let corner = FocalPoint { x: 0, y: 0 };
    assert_eq!(draft.focal_in(corner), None);
}

proptest! {
    #[test]
    fn whatever_is_done_the_edit_can_be_made(
        upright in any_extent(),
        ratio in prop::option::of((1..3_000u32, 1..3_000u32)),
        verbs in prop::collection::vec((0..5u8, -450..=450i16), 0..8),
        start in any_region(),
    ) {
        let mut draft = Draft::new(upright, None);
        for (verb, tenths) in verbs {
            draft = match verb {
                0 => draft.turned(),
                1 => draft.mirrored(),
                2 => draft.overturned(),
                3 => draft.straightened(tenths),
                _ => draft.in_ratio(ratio.map(|(width, height)| extent(width, height))),
            };
            prop_assert!(draft.edit().kept(upright).is_ok(), "{draft:?}");
        }
        draft = draft.with_region(draft.frame().fitted(start));
        prop_assert!(draft.edit().kept(upright).is_ok());
        prop_assert_eq!(draft.edit().kept(upright).unwrap(), draft.region);
    }
}
