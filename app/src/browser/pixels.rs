//! How many pixels a picture of this computer has.

use model::placement::Extent;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ImageBitmap};

/// The pixels of a picture, upright; an error where the browser cannot decode it.
pub async fn pixels(file: &File) -> Result<Extent, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let decoded = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?;
    let picture: ImageBitmap = decoded.dyn_into()?;
    let extent = Extent {
        width: picture.width(),
        height: picture.height(),
    };
    picture.close();
    Ok(extent)
}
