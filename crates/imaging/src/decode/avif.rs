//! AVIF by rav1d, dav1d in Rust.

use std::ops::Range;

use re_rav1d::dav1d::{Decoder, Error as Av1Error, Picture, Settings};

use super::{Raw, heif_facts, yuv};
use crate::{Budget, Error, Facts, Format, Pixels, Result, probe::parse_heif};

/// Bytes a pixel while planes and their picture are held together.
const BYTES_PER_PIXEL: u64 = 8;

pub(super) fn decode(bytes: &[u8], budget: &Budget) -> Result<Raw> {
    let mut heif = parse_heif(bytes, budget)?;
    if heif.coded.is_empty() {
        return Err(Error::unsupported(
            "pictures put together from tiles have no renditions",
        ));
    }
    budget.check_memory(heif.width, heif.height, BYTES_PER_PIXEL)?;
    let color = plane(&gather(bytes, &heif.coded)?, budget)?;
    let mut pixels = yuv::to_rgb(&color)?;
    if !heif.alpha.is_empty() {
        let alpha = yuv::to_luma(&plane(&gather(bytes, &heif.alpha)?, budget)?);
        pixels = with_alpha(pixels, &alpha, heif.premultiplied);
    }
    // The coded picture is the truth where a property tells otherwise.
    (heif.width, heif.height) = (pixels.width, pixels.height);
    heif.has_alpha = pixels.alpha;
    let facts = Facts {
        frames: None,
        ..heif_facts(&heif, Format::Avif)
    };
    Ok(Raw {
        facts,
        pixels,
        icc: heif.icc,
    })
}

/// The extents of an item, one after the other; together no more than the file has.
fn gather(bytes: &[u8], extents: &[Range<usize>]) -> Result<Vec<u8>> {
    let told: usize = extents.iter().map(ExactSizeIterator::len).sum();
    if told > bytes.len() {
        return Err(Error::corrupt("the picture tells of more data than it has"));
    }
    let parts = extents
        .iter()
        .filter_map(|extent| bytes.get(extent.clone()));
    Ok(parts.flatten().copied().collect())
}

/// One coded picture.
fn plane(item: &[u8], budget: &Budget) -> Result<Picture> {
    if item.is_empty() {
        return Err(Error::corrupt("the picture is cut off"));
    }
    let damaged = |_: Av1Error| Error::corrupt("the picture's data is damaged");
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(budget.max_pixels).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(damaged)?;
    match decoder.send_data(item.to_vec(), None, None, None) {
        Ok(()) | Err(Av1Error::Again) => {}
        Err(error) => return Err(damaged(error)),
    }
    decoder.get_picture().map_err(damaged)
}

/// Colour and transparency as one picture; a plane of another size is passed over.
fn with_alpha(pixels: Pixels, alpha: &[u8], premultiplied: bool) -> Pixels {
    if alpha.len() * 3 != pixels.data.len() {
        return pixels;
    }
    let straight = |channel: u8, alpha: u8| match alpha {
        0 => 0,
        _ if !premultiplied => channel,
        alpha => u8::try_from(u32::from(channel) * 255 / u32::from(alpha)).unwrap_or(255),
    };
    let both = pixels.data.chunks_exact(3).zip(alpha);
    let data = both.flat_map(|(p, a)| {
        [
            straight(p[0], *a),
            straight(p[1], *a),
            straight(p[2], *a),
            *a,
        ]
    });
    Pixels {
        alpha: true,
        data: data.collect(),
        ..pixels
    }
}
