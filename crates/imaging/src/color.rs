//! Colours as the picture means them, brought to sRGB.

use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, Transform16BitExecutor, TransformOptions};

use crate::Pixels;

/// Profiles beyond this are no profiles.
const MAX_PROFILE: usize = 8 << 20;
/// Pixels that are converted at a time, so that no second picture is held.
const PART: usize = 8192;

/// The pixels in sRGB; a profile that is damaged or of other channels is passed over.
///
/// `gray` tells that the file holds no colors, so that a profile of gray may be meant.
#[must_use]
pub fn to_srgb(pixels: Pixels, icc: &[u8], gray: bool) -> Pixels {
    if gray && let Some(profile) = profile(icc, DataColorSpace::Gray) {
        return of_gray(pixels, &profile);
    }
    let layout = if pixels.alpha {
        Layout::Rgba
    } else {
        Layout::Rgb
    };
    let Some(profile) = profile(icc, DataColorSpace::Rgb) else {
        return pixels;
    };
    let srgb = ColorProfile::new_srgb();
    let transform =
        profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default());
    let Ok(transform) = transform else {
        return pixels;
    };
    let mut pixels = pixels;
    let mut part = vec![0; PART * pixels.channels()];
    for run in pixels.data.chunks_mut(part.len()) {
        let part = &mut part[..run.len()];
        if transform.transform(run, part).is_err() {
            break;
        }
        run.copy_from_slice(part);
    }
    pixels
}

/// What brings sixteen bits a channel to sRGB; nothing where no profile of colors asks for it.
pub(crate) fn deep(icc: &[u8], layout: Layout) -> Option<Arc<Transform16BitExecutor>> {
    let profile = profile(icc, DataColorSpace::Rgb)?;
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_16bit(layout, &srgb, layout, options);
    transform.ok()
}

/// Three equal channels of gray in sRGB: there are but 256 of them.
fn of_gray(mut pixels: Pixels, profile: &ColorProfile) -> Pixels {
    let grays: [u8; 256] = std::array::from_fn(|gray| u8::try_from(gray).unwrap_or(255));
    let mut colors = [0; 256 * 3];
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options);
    let done = transform.and_then(|transform| transform.transform(&grays, &mut colors));
    if done.is_ok() {
        let channels = pixels.channels();
        for pixel in pixels.data.chunks_exact_mut(channels) {
            let start = usize::from(pixel[0]) * 3;
            pixel[..3].copy_from_slice(&colors[start..start + 3]);
        }
    }
    pixels
}

/// RGB of four inks: by their profile, or by the rule of thumb where there is none.
#[must_use]
pub fn from_inks(mut data: Vec<u8>, inverted: bool, icc: &[u8]) -> Vec<u8> {
    if inverted {
        for ink in &mut data {
            *ink = 255 - *ink;
        }
    }
    by_profile(&data, icc).unwrap_or_else(|| {
        let light = |ink: u8, black: u8| {
            let product = (255 - u32::from(ink)) * (255 - u32::from(black));
            u8::try_from((product + 127) / 255).unwrap_or(255)
        };
        data.chunks_exact(4)
            .flat_map(|p| [0, 1, 2].map(|ink| light(p[ink], p[3])))
            .collect()
    })
}

fn by_profile(inks: &[u8], icc: &[u8]) -> Option<Vec<u8>> {
    let profile = profile(icc, DataColorSpace::Cmyk)?;
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    // Four inks have the layout of four channels.
    let transform = profile
        .create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, options)
        .ok()?;
    let mut data = vec![0; inks.len() / 4 * 3];
    transform.transform(inks, &mut data).ok()?;
    Some(data)
}

fn profile(icc: &[u8], wanted: DataColorSpace) -> Option<ColorProfile> {
    if icc.is_empty() || icc.len() > MAX_PROFILE {
        return None;
    }
    ColorProfile::new_from_slice(icc)
        .ok()
        .filter(|profile| profile.color_space == wanted)
}
