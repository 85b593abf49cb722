//! The picture as the draft has it: turned, mirrored, straightened, and cut by what is around it.

use std::fmt::Write;

use leptos::prelude::*;
use model::placement::{Extent, Region};

use super::studio::Studio;

/// The picture, filling the canvas that is around it.
pub fn picture(studio: Studio) -> AnyView {
    let address = studio.bench.with_value(|bench| bench.picture.clone());
    view! {
        <img src=address alt="" draggable="false" decoding="async" style=move || transform(studio) />
    }
    .into_any()
}

/// The part that stays, and nothing else.
pub fn kept(studio: Studio) -> AnyView {
    let window = move || {
        let Extent { width, height } = studio.now.get().draft.region.extent();
        format!("aspect-ratio:{width}/{height}")
    };
    let canvas = move || {
        let draft = studio.now.get().draft;
        let (canvas, region) = (draft.canvas(), draft.region);
        format!(
            "width:{}%;height:{}%;left:-{}%;top:-{}%",
            percent(canvas.width, region.width),
            percent(canvas.height, region.height),
            percent(region.x, region.width),
            percent(region.y, region.height),
        )
    };
    view! {
        <div class="crop-kept" style=window>
            <div style=canvas>{picture(studio)}</div>
        </div>
    }
    .into_any()
}

/// Where a region lies on its canvas.
pub fn place(region: Region, canvas: Extent) -> String {
    format!(
        "left:{}%;top:{}%;width:{}%;height:{}%",
        percent(region.x, canvas.width),
        percent(region.y, canvas.height),
        percent(region.width, canvas.width),
        percent(region.height, canvas.height),
    )
}

/// What a browser has to do to the upright picture, in the order it reads transforms: last first.
fn transform(studio: Studio) -> String {
    let draft = studio.now.get().draft;
    let (canvas, upright, edit) = (draft.canvas(), draft.upright(), draft.edit());
    let mut style = format!(
        "width:{}%;height:{}%;transform:translate(-50%,-50%)",
        percent(upright.width, canvas.width),
        percent(upright.height, canvas.height),
    );
    if edit.straighten != 0 {
        let _ = write!(style, " rotate({}deg)", f64::from(edit.straighten) / 10.0);
    }
    if edit.flip {
        style.push_str(" scaleX(-1)");
    }
    let turn = match edit.turn {
        model::Turn::None => return style,
        model::Turn::Quarter => 90,
        model::Turn::Half => 180,
        model::Turn::ThreeQuarters => 270,
    };
    let _ = write!(style, " rotate({turn}deg)");
    style
}

/// A part of a length, in percent.
pub fn percent(part: u32, of: u32) -> f64 {
    f64::from(part) * 100.0 / f64::from(of.max(1))
}
