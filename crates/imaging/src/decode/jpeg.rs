//! JPEG by libjpeg, which makes pictures of a half, a quarter or an eighth straight from their
//! coefficients: thumbnails cost little more than reading the file.

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use model::placement::{Color, ColorMode};
use mozjpeg::{ColorSpace, Decompress};

use super::{Raw, upright};
use crate::{
    Budget, Error, Facts, Format, Pixels, Result, color,
    probe::{Jpeg, parse_jpeg},
};

pub(super) fn decode(bytes: &[u8], wanted: u32, budget: &Budget) -> Result<Raw> {
    let mut jpeg = parse_jpeg(bytes, budget)?;
    if jpeg.end.is_none() {
        return Err(Error::corrupt("the picture is cut off"));
    }
    let scale = u32::from(eighths(&jpeg, wanted));
    let part = |edge: u32| edge.saturating_mul(scale).div_ceil(8);
    let inks = jpeg.components == 4;
    budget.check_memory(
        part(jpeg.width),
        part(jpeg.height),
        if inks { 7 } else { 3 },
    )?;
    let mode = match jpeg.components {
        1 => ColorMode::Gray,
        4 => ColorMode::Cmyk,
        _ => ColorMode::Rgb,
    };
    let facts = Facts {
        color: Some(Color { mode, bits: 8 }),
        ..upright(Format::Jpeg, jpeg.width, jpeg.height, jpeg.orientation)
    };
    // libjpeg reports errors by unwinding, and libraries may not print: the hook stays silent.
    let pixels = catch_unwind(AssertUnwindSafe(|| read(bytes, &jpeg, wanted)))
        .unwrap_or_else(|payload| Err(judge(payload)))?;
    // Four inks are turned into light by their own profile, inside `read`.
    let icc = if jpeg.components == 4 {
        Vec::new()
    } else {
        std::mem::take(&mut jpeg.icc)
    };
    Ok(Raw { facts, pixels, icc })
}

/// Eighths of the full size that still give the wanted longer edge; libjpeg is fast at these.
fn eighths(jpeg: &Jpeg, wanted: u32) -> u8 {
    let longer = u64::from(jpeg.width.max(jpeg.height));
    let enough = |n: &u8| (longer * u64::from(*n)).div_ceil(8) >= u64::from(wanted);
    [1, 2, 4].into_iter().find(enough).unwrap_or(8)
}

/// What libjpeg stumbled over: the picture, unless memory ran out, which is not its fault.
fn judge(payload: Box<dyn Any + Send>) -> Error {
    if payload
        .downcast_ref::<String>()
        .is_some_and(|text| text.contains("memory"))
    {
        resume_unwind(payload);
    }
    Error::corrupt("the picture's data is damaged")
}

fn read(bytes: &[u8], jpeg: &Jpeg, wanted: u32) -> Result<Pixels> {
    let damaged = |_: io::Error| Error::corrupt("the picture's data is damaged");
    let mut decoder = Decompress::new_mem(bytes).map_err(damaged)?;
    decoder.scale(eighths(jpeg, wanted));
    decoder.do_fancy_upsampling(false);
    let inks = jpeg.components == 4;
    let space = if inks {
        ColorSpace::JCS_CMYK
    } else {
        ColorSpace::JCS_RGB
    };
    let mut started = decoder.to_colorspace(space).map_err(damaged)?;
    let (width, height) = (started.width(), started.height());
    let data: Vec<u8> = started.read_scanlines().map_err(damaged)?;
    started.finish().map_err(damaged)?;
    let (width, height) = (u32::try_from(width), u32::try_from(height));
    let (Ok(width), Ok(height)) = (width, height) else {
        return Err(Error::corrupt("the picture's header is damaged"));
    };
    let data = if inks {
        color::from_inks(data, jpeg.adobe, &jpeg.icc)
    } else {
        data
    };
    Ok(Pixels {
        width,
        height,
        alpha: false,
        data,
    })
}
