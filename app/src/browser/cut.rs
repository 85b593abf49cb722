//! Crops pictures in the browser, before they go up; the original on the computer is not touched.

use model::{Edit, Turn, placement::Extent};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlCanvasElement, ImageBitmap};

use super::canvas;
use crate::upload::cropping;

/// How well JPEG and WebP are encoded; PNG keeps every pixel.
const QUALITY: f64 = 0.92;
/// How far into a file its head is looked for signs of motion.
const HEAD: f64 = 65_536.0;

/// The part of a picture that an edit leaves, in its own format and under its name.
pub async fn cut(file: &File, edit: Edit) -> Result<File, JsValue> {
    let picture = canvas::decode(file).await?;
    let drawn = draw(&picture, edit);
    picture.close();
    let wanted = cropping::target_type(&file.name(), &file.type_());
    let blob = canvas::encode(drawn?, wanted, QUALITY).await?;
    canvas::named(&blob, file)
}

/// A picture as JPEG; an error where the browser cannot decode it.
pub async fn jpeg(file: &File) -> Result<File, JsValue> {
    let picture = canvas::decode(file).await?;
    let drawn = draw(&picture, Edit::default());
    picture.close();
    let blob = canvas::encode(drawn?, "image/jpeg", QUALITY).await?;
    canvas::named(&blob, file)
}

/// Whether a picture moves: a canvas would leave a still of it.
pub async fn moves(file: &File) -> bool {
    let Ok(head) = file.slice_with_f64_and_f64(0.0, HEAD) else {
        return false;
    };
    match JsFuture::from(head.array_buffer()).await {
        Ok(bytes) => cropping::moves(&js_sys::Uint8Array::new(&bytes).to_vec()),
        Err(_) => false,
    }
}

fn draw(picture: &ImageBitmap, edit: Edit) -> Result<HtmlCanvasElement, JsValue> {
    let upright = Extent {
        width: picture.width(),
        height: picture.height(),
    };
    let kept = edit.kept(upright).map_err(|_| JsValue::NULL)?;
    let at = matrix(edit, upright).ok_or(JsValue::NULL)?;
    let (canvas, brush) = canvas::blank(kept.extent())?;
    // Whole turns put pixel on pixel.
    brush.set_image_smoothing_enabled(edit.straighten != 0);
    brush.set_transform(at[0], at[1], at[2], at[3], at[4], at[5])?;
    let (width, height) = (f64::from(upright.width), f64::from(upright.height));
    brush.draw_image_with_image_bitmap(picture, -width / 2.0, -height / 2.0)?;
    Ok(canvas)
}

/// Where an edit puts the points of a picture, counted from its middle: turned, then mirrored, then
/// straightened, as the region has it.
fn matrix(edit: Edit, upright: Extent) -> Option<[f64; 6]> {
    let canvas = edit.canvas(upright).ok()?;
    let kept = edit.kept(upright).ok()?;
    // Where a step to the right leads, and one down.
    let (right, down): ((f64, f64), (f64, f64)) = match edit.turn {
        Turn::None => ((1.0, 0.0), (0.0, 1.0)),
        Turn::Quarter => ((0.0, 1.0), (-1.0, 0.0)),
        Turn::Half => ((-1.0, 0.0), (0.0, -1.0)),
        Turn::ThreeQuarters => ((0.0, -1.0), (1.0, 0.0)),
    };
    let mirror = if edit.flip { -1.0 } else { 1.0 };
    let (sine, cosine) = match edit.straighten {
        0 => (0.0, 1.0),
        _ => edit.radians().sin_cos(),
    };
    let turned = |(x, y): (f64, f64)| {
        let x = x * mirror;
        (x * cosine - y * sine, x * sine + y * cosine)
    };
    let (right, down) = (turned(right), turned(down));
    Some([
        right.0,
        right.1,
        down.0,
        down.1,
        f64::from(canvas.width) / 2.0 - f64::from(kept.x),
        f64::from(canvas.height) / 2.0 - f64::from(kept.y),
    ])
}

#[cfg(test)]
mod tests {
    use model::placement::Region;

    use super::*;

    const UPRIGHT: Extent = Extent {
        width: 301,
        height: 200,
    };

    /// Where the upper left corner and the upper right corner of the picture come to lie.
    fn corners(edit: Edit) -> [(f64, f64); 2] {
        let at = matrix(edit, UPRIGHT).unwrap();
        [(-150.5, -100.0), (150.5, -100.0)]
            .map(|(x, y)| (at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]))
    }

    #[test]
    fn a_region_begins_where_it_says() {
        let region = Region {
            x: 30,
            y: 20,
            width: 100,
            height: 50,
        };
        let edit = Edit {
            region: Some(region),
            ..Edit::default()
        };

        assert_eq!(corners(edit), [(-30.0, -20.0), (271.0, -20.0)]);
    }

    #[test]
    fn whole_turns_and_mirrors_put_pixel_on_pixel() {
        let turned = |turn, flip| {
            corners(Edit {
                turn,
                flip,
                ..Edit::default()
            })
        };

        assert_eq!(turned(Turn::Quarter, false), [(200.0, 0.0), (200.0, 301.0)]);
        assert_eq!(turned(Turn::Half, false), [(301.0, 200.0), (0.0, 200.0)]);
        assert_eq!(
            turned(Turn::ThreeQuarters, false),
            [(0.0, 301.0), (0.0, 0.0)]
        );
        assert_eq!(turned(Turn::None, true), [(301.0, 0.0), (0.0, 0.0)]);
        assert_eq!(turned(Turn::Quarter, true), [(0.0, 0.0), (0.0, 301.0)]);
    }

    #[test]
    fn straightening_comes_last_and_turns_around_the_middle() {
        let straightened = |flip| {
            let edit = Edit {
                flip,
                straighten: 100,
                ..Edit::default()
            };
            let [across, down, .., x, y] = matrix(edit, UPRIGHT).unwrap();
            let (canvas, kept) = (edit.canvas(UPRIGHT).unwrap(), edit.kept(UPRIGHT).unwrap());
            let middle = (x + f64::from(kept.x), y + f64::from(kept.y));
            let wanted = (
                f64::from(canvas.width) / 2.0,
                f64::from(canvas.height) / 2.0,
            );
            assert_eq!(middle, wanted);
            down.atan2(across).to_degrees()
        };

        assert!((straightened(false) - 10.0).abs() < 1e-9);
        assert!(
            (straightened(true) + 170.0).abs() < 1e-9,
            "mirrored before that"
        );
    }
}
