//! Pictures of this computer, decoded, drawn and encoded by the browser.

use js_sys::{Function, Promise};
use model::placement::Extent;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::files;
use crate::upload::smaller;

/// A picture, upright; an error where the browser cannot decode it.
pub async fn decode(file: &File) -> Result<ImageBitmap, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let decoded = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?;
    decoded.dyn_into()
}

/// Something to draw on, and what draws.
pub fn blank(size: Extent) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(size.width);
    canvas.set_height(size.height);
    let brush = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    Ok((canvas, brush))
}

/// What was drawn, encoded; an error where it is more than the browser can encode.
pub async fn encode(
    canvas: HtmlCanvasElement,
    media_type: &str,
    quality: f64,
) -> Result<Blob, JsValue> {
    let encoded = Promise::new(&mut |resolve: Function, reject| {
        let quality = JsValue::from_f64(quality);
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

/// A file of what was made of another one.
///
/// Browsers that cannot encode a type hand back another: the name follows the bytes.
pub fn named(blob: &Blob, file: &File) -> Result<File, JsValue> {
    let media_type = blob.type_();
    let name = smaller::name_for(&file.name(), &media_type);
    files::renamed(blob, &name, &media_type)
}
