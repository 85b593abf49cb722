//! How many pixels a picture of this computer has.

use model::placement::Extent;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::canvas;

/// The pixels of a picture, upright; an error where the browser cannot decode it.
pub async fn pixels(file: &File) -> Result<Extent, JsValue> {
    let picture = canvas::decode(file).await?;
    let extent = Extent {
        width: picture.width(),
        height: picture.height(),
    };
    picture.close();
    Ok(extent)
}
