//! Makes pictures smaller in the browser; the original on the computer is not touched.

use model::{ByteSize, placement::Extent};
use wasm_bindgen::JsValue;
use web_sys::{Blob, File, ImageBitmap};

use super::canvas;
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
    let picture = canvas::decode(file).await?;
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
    result?.map(|blob| canvas::named(&blob, file)).transpose()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and never below nothing"
)]
fn is_within(blob: &Blob, limit: ByteSize) -> bool {
    blob.size() as u64 <= limit.as_u64()
}

async fn encode(
    picture: &ImageBitmap,
    attempt: Attempt,
    media_type: &str,
) -> Result<Blob, JsValue> {
    let (canvas, brush) = canvas::blank(Extent {
        width: attempt.width,
        height: attempt.height,
    })?;
    brush.set_image_smoothing_enabled(true);
    brush.draw_image_with_image_bitmap_and_dw_and_dh(
        picture,
        0.0,
        0.0,
        f64::from(attempt.width),
        f64::from(attempt.height),
    )?;
    canvas::encode(canvas, media_type, attempt.quality).await
}
