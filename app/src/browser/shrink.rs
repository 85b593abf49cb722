//! Makes pictures smaller in the browser; the original on the computer is not touched.

use js_sys::{Function, Promise};
use model::ByteSize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::files;
use crate::upload::{
    smaller::{self, Attempt},
    verdict::extension,
};

/// A copy of a picture that is no larger than `limit`; absent when no try gets there.
pub async fn shrink(
    file: &File,
    limit: ByteSize,
    max_pixels: u64,
) -> Result<Option<File>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let decoded = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?;
    let picture: ImageBitmap = decoded.dyn_into()?;
    let wanted = smaller::target_type(&extension(&file.name()));
    let mut result = Ok(None);
    for attempt in smaller::attempts(picture.width(), picture.height(), max_pixels) {
        match encode(&picture, attempt, wanted).await {
            Ok(blob) if is_within(&blob, limit) => {
                result = Ok(Some(blob));
                break;
            }
            Ok(_) => {}
            Err(error) => {
                result = Err(error);
                break;
            }
        }
    }
    picture.close();
    result?.map(|blob| named(&blob, file)).transpose()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and never below nothing"
)]
fn is_within(blob: &Blob, limit: ByteSize) -> bool {
    blob.size() as u64 <= limit.as_u64()
}

/// Browsers that cannot encode a type hand back another: the name follows the bytes.
fn named(blob: &Blob, file: &File) -> Result<File, JsValue> {
    let media_type = blob.type_();
    let name = smaller::name_for(&file.name(), &media_type);
    files::renamed(blob, &name, &media_type)
}

async fn encode(
    picture: &ImageBitmap,
    attempt: Attempt,
    media_type: &str,
) -> Result<Blob, JsValue> {
    let canvas = draw(picture, attempt)?;
    let encoded = Promise::new(&mut |resolve: Function, reject| {
        let quality = JsValue::from_f64(attempt.quality);
        let asked = canvas.to_blob_with_type_and_encoder_options(&resolve, media_type, &quality);
        if let Err(error) = asked {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let blob = JsFuture::from(encoded).await?;
    // Frees the memory of large canvases at once.
    canvas.set_width(0);
    canvas.set_height(0);
    blob.dyn_into()
}

fn draw(picture: &ImageBitmap, attempt: Attempt) -> Result<HtmlCanvasElement, JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(attempt.width);
    canvas.set_height(attempt.height);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.set_image_smoothing_enabled(true);
    context.draw_image_with_image_bitmap_and_dw_and_dh(
        picture,
        0.0,
        0.0,
        f64::from(attempt.width),
        f64::from(attempt.height),
    )?;
    Ok(canvas)
}
